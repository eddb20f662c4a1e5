//! Patterns that stand in the code as constants. Patterns of Swedish words stand in the vocabulary.

use regex::Regex;

/// A pattern that is a constant.
///
/// # Panics
///
/// When it is no regular expression, which the first test that uses it shows.
#[allow(clippy::expect_used)]
pub(crate) fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}
