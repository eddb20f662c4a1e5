//! Numbers of chapters: "3", "3.1", "2.2.1 ".

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::pattern;

/// A chapter's number and the title behind it.
static CHAPTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(\p{Lu}.*)$"));

/// How deep a numbered heading is by its number: 1 for "3 Ekonomi", 3 for "2.2.1 Personal".
pub(super) fn depth_of(heading: &str) -> Option<u8> {
    let found = CHAPTER.captures(heading.trim())?;
    let dots = found[1].bytes().filter(|b| *b == b'.').count();
    u8::try_from(dots + 1).ok()
}

/// Whether a text is the number of a chapter and no more.
pub(super) fn is_number(text: &str) -> bool {
    let parts = text.trim_end_matches('.').split('.');
    parts.clone().count() <= 5
        && parts.into_iter().all(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::depth_of;

    #[test]
    fn depth_is_by_parts() {
        assert_eq!(depth_of("3 Ekonomi"), Some(1));
        assert_eq!(depth_of("3. Ekonomi"), Some(1));
        assert_eq!(depth_of("2.2.1   Personalvolym"), Some(3));
        assert_eq!(depth_of("2024 Ekonomi"), None);
        assert_eq!(depth_of("12 personer"), None);
        assert_eq!(depth_of("3.1"), None);
    }
}
