//! "Bilaga 1": the number of an appendix, as titles and lists print it.

use crate::pattern::Pattern;

static PREFIX: Pattern = Pattern::new(r"(?i)^\s*bilaga\s*(?:nr\.?\s*)?([0-9]{1,3}|[a-h])\b\s*[.:,)–-]?\s*");
static SUFFIX: Pattern = Pattern::new(r"(?i)[\s,(–-]+bilaga\s*(?:nr\.?\s*)?([0-9]{1,3}|[a-h])\)?\.?\s*$");
static UNNUMBERED: Pattern = Pattern::new(r"(?i)^\s*bilaga\s*[,:–-]\s*");

/// The number that a text begins with, and the text behind it; letters count from A = 1.
#[must_use]
pub fn split(text: &str) -> Option<(u32, &str)> {
    let found = PREFIX.captures(text)?;
    let number = read(found.get(1)?.as_str())?;
    Some((number, text[found.get(0)?.end()..].trim()))
}

/// The number that a text states anywhere at its start or end: "Bilaga 1 Karta", "Uppföljningsrapport, bilaga 1".
#[must_use]
pub fn number(text: &str) -> Option<u32> {
    split(text).map(|(number, _)| number).or_else(|| read(SUFFIX.captures(text)?.get(1)?.as_str()))
}

/// The title that is an appendix's though it has no number: "Bilaga, Karta", "Bilaga: Karta", "Bilaga – Karta".
#[must_use]
pub fn unnumbered(text: &str) -> Option<&str> {
    Some(text[UNNUMBERED.find(text)?.end()..].trim()).filter(|title| !title.is_empty())
}

fn read(text: &str) -> Option<u32> {
    text.parse().ok().or_else(|| {
        let letter = text.chars().next()?.to_ascii_lowercase();
        letter.is_ascii_lowercase().then(|| u32::from(letter) - u32::from('a') + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_front_and_behind() {
        assert_eq!(split("Bilaga 1. Verksamhetsuppföljning"), Some((1, "Verksamhetsuppföljning")));
        assert_eq!(split("BILAGA 12 – Karta"), Some((12, "Karta")));
        assert_eq!(split("Bilaga A: Rapport"), Some((1, "Rapport")));
        assert_eq!(split("Bilagan redovisas"), None);
        assert_eq!(number("Uppföljningsrapport, bilaga 1"), Some(1));
        assert_eq!(number("Redovisning (bilaga 3)"), Some(3));
        assert_eq!(number("framgår i bilagan"), None);
        assert_eq!(unnumbered("Bilaga, Karta"), Some("Karta"));
        assert_eq!(unnumbered("Bilaga 1, Karta"), None);
    }
}
