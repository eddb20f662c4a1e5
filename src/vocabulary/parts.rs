//! Named parts of patterns: what `{year}` stands for in a file's regular expressions.
//!
//! The build script puts them into the built-in patterns, the program into a user's.

/// A pattern with its named parts put in, each a name and a regular expression.
pub(crate) fn with_parts(pattern: &str, parts: &[(&str, &str)]) -> String {
    parts.iter().fold(pattern.to_owned(), |whole, (name, part)| whole.replace(&format!("{{{name}}}"), part))
}
