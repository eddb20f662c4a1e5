//! Reports under headings that repeat what a table follows up: "1.2 Konserter utanför centralorten" and a paragraph.
//!
//! In go the paper's parts and what its tables show, out come sightings and which parts they are. Such a heading has no
//! word that says what it heads; that its number and its words, or its words alone, are those of one thing in a table
//! does.

use super::super::activity::Origin;
use super::{Sighting, narrative};
use crate::layout::BlockKind;
use crate::sections::{EntryHead, Part};
use crate::vocabulary::{ActivityWord, Vocabulary, fold};

/// Fewest words of a title that is told by its words alone.
const FEWEST_WORDS: usize = 3;

/// Read the parts that report on one thing of a table each, and say which parts they are.
pub(super) fn read(
    parts: &[Part],
    tables: &[Sighting],
    vocabulary: &Vocabulary,
) -> (Vec<Sighting>, Vec<(usize, EntryHead)>) {
    let things: Vec<(String, &Sighting)> = tables
        .iter()
        .filter(|sighting| sighting.origin == Origin::Table)
        .filter_map(|sighting| Some((fold(sighting.title.as_deref()?), sighting)))
        .collect();
    let mut found = Vec::new();
    let mut heads = Vec::new();
    if things.is_empty() {
        return (found, heads);
    }
    for (index, part) in parts.iter().enumerate().filter(|(_, part)| part.entry.is_none()) {
        let Some(heading) = &part.heading else { continue };
        let Some((own, is_numbered)) = thing_named(&heading.text, &things) else { continue };
        let told = narrative::read(&part.blocks, vocabulary);
        let holds_table = part.blocks.iter().any(|block| matches!(block.kind, BlockKind::Table(_)));
        // Without the number what is told must be: labels and values may as well be figures of the thing.
        let is_told = told.narrative().is_some_and(|text| text.ends_with(['.', '!', '?']));
        if holds_table || told.is_silent() || !(is_numbered || is_told) {
            continue;
        }
        let mut at = heading.at.clone();
        told.rest.iter().for_each(|block| at.extend(&block.at));
        found.push(Sighting {
            label: own.label.clone(),
            number: own.number.clone(),
            title: own.title.clone(),
            status: told.status.clone(),
            expected: told.expected.clone(),
            narrative: told.narrative(),
            ..Sighting::new(Origin::Section, own.kind, at, (index, 0, 0))
        });
        let head = EntryHead {
            word: ActivityWord::Other,
            label: own.label.clone().unwrap_or_default(),
            number: own.number.clone(),
            title: own.title.clone().unwrap_or_default(),
        };
        heads.push((index, head));
    }
    (found, heads)
}

/// The one thing of the tables that a heading names, and whether by its number.
fn thing_named<'s>(heading: &str, things: &[(String, &'s Sighting)]) -> Option<(&'s Sighting, bool)> {
    let whole = fold(heading);
    let names = |(title, sighting): &(String, &'s Sighting)| {
        if !whole.ends_with(title.as_str()) {
            return None;
        }
        let front = whole[..whole.len() - title.len()].trim_end_matches(['.', ':', ')', ' ']);
        let is_numbered = !front.is_empty() && sighting.number.as_deref() == Some(front);
        let is_worded = || front.is_empty() && title.split(' ').count() >= FEWEST_WORDS;
        (is_numbered || is_worded()).then_some((*sighting, is_numbered))
    };
    let mut found = things.iter().filter_map(names);
    let first = found.next()?;
    let key = |sighting: &'s Sighting| (&sighting.number, sighting.kind);
    found.all(|(other, _)| key(other) == key(first.0)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::testing::follow_up;

    #[test]
    fn a_heading_with_number_and_words_of_a_row_reports_on_it() {
        let table = "# Uppföljning\n\n## Aktiviteter\n\n| Nr | Aktivitet | Status |\n|---|---|---|\n\
            | 1.1 | Fler konserter i byarna | Pågår |\n| 1.2 | En ny scen | Klar |\n\n## Kommentarer\n\n";
        let (found, _) = follow_up(&format!("{table}### 1.1 Fler konserter i byarna\n\nÅtta har getts.\n"));
        assert!(found[0].contains("Åtta har getts."), "{found:?}");
        let (found, _) = follow_up(&format!("{table}### 1.1 Fler konserter i staden\n\nÅtta har getts.\n"));
        assert!(!found.iter().any(|line| line.contains("Åtta har getts.")), "{found:?}");
    }
}
