//! Characters that Markdown writes behind a backslash or by name: "\-171,2", "&nbsp;".
//!
//! In goes a text as it stands in the file, out comes what it shows. A name that is not known stays as it is.

/// Longest name with its number sign, in bytes.
const LONGEST_NAME: usize = 8;

/// The named characters that programs write into tables and text. Accented letters are written as they are today.
const NAMES: &[(&str, char)] = &[
    ("nbsp", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("shy", '\u{ad}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("minus", '\u{2212}'),
    ("ndash", '\u{2013}'),
    ("mdash", '\u{2014}'),
    ("hellip", '\u{2026}'),
    ("bull", '\u{2022}'),
    ("sect", '\u{a7}'),
    ("plusmn", '\u{b1}'),
];

/// The text with what stands behind backslashes and names in their place.
#[must_use]
pub fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (shown, length) = escaped(rest).or_else(|| named(rest)).unwrap_or((first, first.len_utf8()));
        out.push(shown);
        rest = &rest[length..];
    }
    out
}

/// The mark that a text begins with behind a backslash, and how many bytes both take.
fn escaped(text: &str) -> Option<(char, usize)> {
    let mark = text.strip_prefix('\\')?.chars().next().filter(char::is_ascii_punctuation)?;
    Some((mark, 2))
}

/// The character that a text begins with by its name or number, and how many bytes that takes.
pub(super) fn named(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('&')?;
    let end = inner.bytes().take(LONGEST_NAME + 1).position(|byte| byte == b';')?;
    let name = &inner[..end];
    let number = || {
        let digits = name.strip_prefix('#')?;
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        };
        char::from_u32(code).filter(|shown| !shown.is_control())
    };
    let shown = NAMES.iter().find(|(known, _)| *known == name).map(|(_, shown)| *shown).or_else(number)?;
    Some((shown, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_and_names() {
        for (text, shown) in [
            (r"\-171,2", "-171,2"),
            ("&nbsp;&nbsp;– Kvinnor", "\u{a0}\u{a0}– Kvinnor"),
            ("Hälso&shy; &amp; sjukvård", "Hälso\u{ad} & sjukvård"),
            ("&#8722;12&#xA0;400", "−12\u{a0}400"),
            (r"C:\mapp", r"C:\mapp"),
            ("Park & gata; &okänt;", "Park & gata; &okänt;"),
            ("å&", "å&"),
        ] {
            assert_eq!(unescaped(text), shown, "{text}");
        }
    }

    proptest! {
        #[test]
        fn garbage_never_panics(text in "(\\PC|&#?[a-z0-9]{0,9};?|\\\\)*") {
            let _ = unescaped(&text);
        }
    }
}
