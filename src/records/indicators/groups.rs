//! The heading that gathers the indicators of a table: "Fokusmål 2. Uppsala ska …".

use crate::pattern::Pattern;
use crate::records::caption_text::numbered;
use crate::records::section::SectionKind;
use crate::vocabulary::{ActivityWord, CaptionWord, Column, Vocabulary};

/// Longest text that can be the title of a goal, in characters.
const LONGEST_GROUP: usize = 140;

static NUMBERED: Pattern = Pattern::new(r"^\s*[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}\s*(?:[.:–-]|\s)\s*(\S)");

/// The heading that gathers the indicators of a table: the text before it or the nearest heading that says so itself,
/// else the nearest heading, where that is none for indicators or a part that every paper has.
pub(super) fn group_of(lead: Option<&str>, headings: &[&str], vocabulary: &Vocabulary) -> Option<String> {
    let named = lead.into_iter().chain(headings.iter().copied()).find(|text| names_group(text, vocabulary));
    let nearest = || headings.first().copied().filter(|heading| !is_general(heading, vocabulary));
    named.or_else(nearest).map(|text| text.trim().to_owned())
}

/// Whether a number and a title follow: "2. Fler i arbete".
fn is_numbered(text: &str) -> bool {
    NUMBERED.captures(text).is_some_and(|found| found[1].starts_with(char::is_uppercase))
}

/// Whether a text names a goal or a focus: "Fokusmål 2. Fler i arbete", "Målområde: Trygga barn", "Fokusområde Kunskap".
pub(super) fn names_group(text: &str, vocabulary: &Vocabulary) -> bool {
    let text = text.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
    let is_line = text.chars().count() <= LONGEST_GROUP && !text.ends_with('.');
    vocabulary.activity_kinds.prefix(text).is_some_and(|(entry, length)| {
        let rest = &text[length..];
        let is_titled = rest.trim_start().starts_with(':');
        match entry.code {
            ActivityWord::Group => {
                let is_named = rest.trim_start().starts_with(char::is_uppercase);
                is_numbered(rest) || is_line && (is_titled || is_named)
            }
            ActivityWord::Goal => is_numbered(rest) || is_line && is_titled,
            _ => false,
        }
    })
}

/// Whether a heading says no more of the indicators below than that they are some, or heads a part that every paper has.
fn is_general(heading: &str, vocabulary: &Vocabulary) -> bool {
    let is_of_indicators =
        vocabulary.columns.find_all(heading).iter().any(|(_, entry)| entry.code == Column::Indicator);
    is_of_indicators
        || numbered(heading, CaptionWord::Table, vocabulary).is_some()
        || vocabulary.heading_kind(heading).is_some_and(|found| found.kind != SectionKind::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_numbered_goal() {
        let group = |headings: &[&str]| group_of(None, headings, Vocabulary::builtin());
        assert_eq!(
            group(&["Indikatorer", "Fokusmål 2. Fler ska ha ett arbete", "Fokusmål 1. Ekonomin är stark"])
                .as_deref(),
            Some("Fokusmål 2. Fler ska ha ett arbete")
        );
        assert_eq!(group(&["Indikatorer", "Uppföljning av mål"]), None);
        assert_eq!(group(&["2.1 Mått för nämndens grunduppdrag"]), None);
        assert_eq!(group(&["Tabell 3. Personal"]), None);
        assert_eq!(group(&["5 Medarbetare"]).as_deref(), Some("5 Medarbetare"));
        let led = group_of(Some("Målområde Trygg omsorg"), &["Indikatorer"], Vocabulary::builtin());
        assert_eq!(led.as_deref(), Some("Målområde Trygg omsorg"));
        let said = group_of(Some("Målet nås inte i år."), &["Indikatorer"], Vocabulary::builtin());
        assert_eq!(said, None);
        assert_eq!(group(&["Mål 3: Skolan är trygg"]).as_deref(), Some("Mål 3: Skolan är trygg"));
    }
}
