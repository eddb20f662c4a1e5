//! What a caption says: which table or chart it is, and what that is called.

use super::column_heading::unit_in;
use crate::vocabulary::{CaptionWord, Column, Vocabulary};

/// The number of a chart or table and what follows it: "Diagram 1: Antal träd".
pub(super) fn numbered<'t>(
    text: &'t str,
    wanted: CaptionWord,
    vocabulary: &Vocabulary,
) -> Option<(u32, &'t str)> {
    let text = text.trim();
    let (word, rest) = text.split_once(char::is_whitespace)?;
    vocabulary.caption_words.whole(word).filter(|entry| entry.code == wanted)?;
    let rest = rest.trim_start();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = rest[..digits].parse().ok()?;
    let behind = &rest[digits..];
    let is_parted = behind.is_empty() || behind.starts_with([' ', '.', ':', '\u{a0}']);
    is_parted.then(|| (number, behind.trim_start_matches(['.', ':', ' ', '\u{a0}', '–', '-'])))
}

/// What a caption calls its table, without the table's number. "Tabell 2 visar" is prose and stays.
pub(super) fn name<'t>(caption: &'t str, vocabulary: &Vocabulary) -> &'t str {
    let text = caption.trim();
    match numbered(text, CaptionWord::Table, vocabulary) {
        Some((_, name)) if name.starts_with(|c: char| !c.is_lowercase()) => name,
        _ => text,
    }
}

/// What a caption calls a table of money: without the unit behind its name either, which is a field of its own.
pub(super) fn name_of_money<'t>(caption: &'t str, vocabulary: &Vocabulary) -> &'t str {
    let name = name(caption, vocabulary);
    let is_money = |unit: &str| vocabulary.units.whole(unit).is_some_and(|entry| entry.code.is_money());
    match name.rsplit_once(',') {
        Some((bare, unit)) if is_money(unit.trim()) => bare.trim_end(),
        _ => name,
    }
}

/// Whether a caption says no more than what the table counts in: "Belopp i tusentals kronor", "(tkr)".
pub(super) fn says_only_unit(caption: &str, vocabulary: &Vocabulary) -> bool {
    let text = caption.trim().trim_matches(['(', ')', '.', ':', '*', ' ']);
    let behind = vocabulary.columns.prefix(text).filter(|(entry, _)| entry.code == Column::Label).map(
        |(_, length)| text[length..].trim_start().trim_start_matches("i ").trim_matches(['(', ')', ' ']),
    );
    let is_unit = |text: &str| vocabulary.units.whole(text).is_some();
    is_unit(text)
        || behind.is_some_and(|rest| is_unit(rest) || rest.is_empty() && unit_in(text, vocabulary).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_number_and_unit() {
        let vocabulary = Vocabulary::builtin();
        for (caption, expected) in [
            ("Tabell 1. Driften per verksamhet, tkr", "Driften per verksamhet"),
            ("TABELL 12: Investeringar, miljoner kronor", "Investeringar"),
            ("Tabell 3 Kostnad för park, gata, vatten", "Kostnad för park, gata, vatten"),
            ("Driften (tkr)", "Driften (tkr)"),
            ("Tabell 4", "Tabell 4"),
            ("Tabell 4 visar driften", "Tabell 4 visar driften"),
            ("Tabellbilaga 2", "Tabellbilaga 2"),
        ] {
            assert_eq!(name_of_money(caption, vocabulary), expected, "{caption}");
        }
        for text in ["Belopp i tusentals kronor", "(tkr)", "Belopp i tkr", "Mnkr"] {
            assert!(says_only_unit(text, vocabulary), "{text}");
        }
        for text in ["Driften, tkr", "Verksamhet", "Nettokostnad för park", "Årets resultat"] {
            assert!(!says_only_unit(text, vocabulary), "{text}");
        }
        assert_eq!(name("Tabell 2. Elever per lärare, antal", vocabulary), "Elever per lärare, antal");
    }
}
