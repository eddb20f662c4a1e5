//! Lists of what is followed up, and mentions in running text: "Uppdrag som bedöms bli färdiga 2026" over its items,
//! "Aktiviteter" over items that end with their status.

use super::super::activity::{ActivityKind, ExpectedCompletion, Origin, Reference};
use super::super::section::SectionKind;
use super::super::status::{Status, StatusCode, StatusSentence};
use super::{Sighting, kind_named};
use crate::layout::{Block, BlockKind};
use crate::sections::{EntryHead, Part};
use crate::vocabulary::{ActivityWord, StatusPhrase, Vocabulary};

/// Read the items of lists, and the paragraphs that begin like a title.
pub(super) fn read(parts: &[Part], vocabulary: &Vocabulary) -> Vec<Sighting> {
    let mut found = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let is_formal = matches!(
            part.kind,
            SectionKind::Proposal
                | SectionKind::SupportingDocuments
                | SectionKind::Signatures
                | SectionKind::Recipients
        );
        if part.entry.is_some() || is_formal {
            continue;
        }
        let told = with_statuses(parts, index, vocabulary);
        if !told.is_empty() {
            found.extend(told);
            continue;
        }
        let says = part.heading.as_ref().map(|h| HeadingSays::read(&h.text, vocabulary)).unwrap_or_default();
        let blocks = part.heading.iter().chain(&part.blocks).enumerate();
        found.extend(blocks.filter_map(|(at, block)| {
            let sighting = read_block(block, (index, at, 0), vocabulary)?;
            let in_list = at > 0 && (sighting.origin == Origin::List || says.expected.is_some());
            Some(if in_list {
                Sighting {
                    origin: Origin::List,
                    status: says.status.clone(),
                    expected: says.expected.clone(),
                    ..sighting
                }
            } else {
                Sighting { origin: Origin::Text, ..sighting }
            })
        }));
    }
    found
}

/// The items of a list under a bare "Aktiviteter" or "Åtgärder", each with its status at the end: "Måla bänkar – Pågår".
/// None where one has no status. They are parts of what is reported on right before.
fn with_statuses(parts: &[Part], index: usize, vocabulary: &Vocabulary) -> Vec<Sighting> {
    let part = &parts[index];
    let heading = part.heading.as_ref();
    let Some((kind, label)) = heading.and_then(|heading| {
        let word = heading.text.trim().trim_end_matches(':');
        vocabulary.activity_kinds.whole(word).and_then(|_| kind_named(word, vocabulary))
    }) else {
        return Vec::new();
    };
    let whole = index.checked_sub(1).and_then(|before| {
        let entry = parts[before].entry.as_ref()?;
        Some(Reference { kind: entry.word.kind()?, number: entry.number.clone()? })
    });
    let is_item = |block: &&Block| matches!(block.kind, BlockKind::ListItem(_));
    let read = |(at, block): (usize, &Block)| {
        let (title, status) = parted(&block.text, vocabulary)?;
        Some(Sighting {
            label: Some(label.clone()),
            title: Some(title),
            status: Some(status),
            parent: whole.clone().filter(|whole| whole.kind != kind && kind != ActivityKind::Goal),
            ..Sighting::new(Origin::List, kind, block.at.clone(), (index, at + 1, 0))
        })
    };
    let items = part.blocks.iter().filter(is_item).enumerate();
    let mut found: Vec<Sighting> = items.map(read).collect::<Option<_>>().unwrap_or_default();
    // The heading says no more than what they are.
    let is_bare = part.blocks.iter().all(|b| !matches!(b.kind, BlockKind::Paragraph));
    if let (Some(first), Some(heading), true) = (found.first_mut(), heading, is_bare) {
        first.at.extend(&heading.at);
    }
    found
}

/// A title and the status behind it: after a dash or a colon, or in brackets.
pub(super) fn parted(text: &str, vocabulary: &Vocabulary) -> Option<(String, Status)> {
    let text = text.trim().trim_end_matches('.');
    let (title, tail) =
        [" – ", " — ", " - ", ": ", " ("].iter().rev().find_map(|mark| text.rsplit_once(mark))?;
    let word = tail.trim().trim_end_matches(')');
    let status = Status::known(word, vocabulary)?;
    let is_title = title.starts_with(char::is_uppercase) || title.starts_with(|c: char| c.is_ascii_digit());
    is_title.then(|| (title.trim().to_owned(), status))
}

/// What a heading says of all that is listed under it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct HeadingSays {
    pub(super) status: Option<Status>,
    pub(super) expected: Option<ExpectedCompletion>,
}

impl HeadingSays {
    pub(super) fn read(heading: &str, vocabulary: &Vocabulary) -> Self {
        if kind_named(heading, vocabulary).is_none() {
            return Self::default();
        }
        let expects = vocabulary
            .status_phrases
            .find_all(heading)
            .into_iter()
            .filter(|(_, e)| e.code == StatusPhrase::Expects);
        let expected = expects
            .filter_map(|(range, _)| StatusSentence::read(&heading[range.start..], vocabulary)?.expected)
            .next();
        if expected.is_some() {
            return Self { status: None, expected };
        }
        let mut statuses = vocabulary.statuses.find_all(heading).into_iter();
        match (statuses.next(), statuses.next()) {
            (Some((range, entry)), None) if entry.code != StatusCode::Unknown => {
                let status = Status { code: entry.code, raw: heading[range].to_owned() };
                Self { status: Some(status), expected: None }
            }
            _ => Self::default(),
        }
    }
}

/// An item or paragraph that begins with a label, a number and a title, or names one in a sentence.
fn read_block(block: &Block, order: (usize, usize, usize), vocabulary: &Vocabulary) -> Option<Sighting> {
    let origin = match block.kind {
        BlockKind::ListItem(_) => Origin::List,
        BlockKind::Paragraph => Origin::Text,
        BlockKind::Table(_) => return None,
    };
    let begins = EntryHead::read(&block.text, vocabulary).filter(|head| {
        head.number.is_some() && head.title.starts_with(|c: char| c.is_uppercase() || c == '"')
    });
    let (head, titled) = match begins {
        Some(head) => (head, true),
        None if origin == Origin::Text => (named_within(&block.text, vocabulary)?, false),
        None => return None,
    };
    let kind = head.word.kind().filter(|_| head.word != ActivityWord::Other)?;
    Some(Sighting {
        label: Some(head.label),
        number: head.number,
        // Where a title ends within a sentence only its setting shows.
        title: Some(head.title).filter(|_| titled),
        ..Sighting::new(origin, kind, block.at.clone(), order)
    })
}

/// The first thing that a sentence names with label, number and title: "… finns ett mål, N.1.1. Kommunen ska …".
fn named_within(text: &str, vocabulary: &Vocabulary) -> Option<EntryHead> {
    vocabulary.activity_kinds.find_all(text).into_iter().filter(|(range, _)| range.start > 0).find_map(
        |(range, _)| {
            let head = EntryHead::read(&text[range.start..], vocabulary)?;
            let label_end = range.start + head.label.len();
            let number = head.number.as_deref()?;
            let behind = text[label_end..].find(number).map(|at| &text[label_end + at + number.len()..])?;
            (behind.starts_with(['.', ':']) && head.title.starts_with(char::is_uppercase)).then_some(head)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::follow_up;
    use super::*;

    #[test]
    fn a_heading_says_when_all_under_it_are_done() {
        let text = "\
# Rapport

## Inledning

Rapporten handlar om sjöar och träd.

## Uppdrag som bedöms bli färdiga 2031

- Uppdrag 5. Bygga en brygga.
- N 2.1. Sjön ska vara ren.

## Redovisning

### Uppdrag 5. Bygga en brygga vid sjön

Uppdraget är påbörjat.
";
        let (found, _) = follow_up(text);
        assert_eq!(
            found,
            [
                "Uppdrag 5 Bygga en brygga vid sjön | Ongoing påbörjat | 2031 2031 | List Section",
                "N 2.1 Sjön ska vara ren. | 2031 2031 | List",
            ]
        );
    }

    #[test]
    fn items_end_with_their_status() {
        let text = "\
# Rapport

## Inledning

Rapporten handlar om sjöar och träd.

## Mål 1. En ren sjö

Status: Pågår

Sjön klarnar.

## Aktiviteter

- Rensa diken – Genomförd
- Mäta djupet (försenad)

## Åtgärder

- Måla bänkar – Pågår
- Sätta upp skyltar vid ån
";
        let (found, _) = follow_up(text);
        assert_eq!(
            found,
            [
                "Mål 1 En ren sjö | Ongoing Pågår | Sjön klarnar. | Section",
                "Aktivitet <Goal 1> Rensa diken | Completed Genomförd | List",
                "Aktivitet <Goal 1> Mäta djupet | Delayed försenad | List",
            ]
        );
    }

    #[test]
    fn running_text_mentions_what_is_reported_elsewhere() {
        let text = "\
# Rapport

## Inledning

Nämnden har ett mål, N.2.1. Sjön ska vara ren, och ansvarar för uppdrag 99: Rensa diken.

## Redovisning

### N 2.1. Sjön ska vara ren

Målet är uppfyllt.
";
        let (found, _) = follow_up(text);
        assert_eq!(found.len(), 1, "what only running text names is no record: {found:?}");
        assert!(found[0].ends_with("Text Section"), "{}", found[0]);
    }

    #[test]
    fn what_headings_say() {
        let says = |heading: &str| {
            let says = HeadingSays::read(heading, Vocabulary::builtin());
            (says.status.map(|s| s.code), says.expected.and_then(|e| e.year))
        };
        assert_eq!(says("Uppdrag som bedöms bli färdiga 2031"), (None, Some(2031)));
        assert_eq!(says("Åtgärder som beräknas vara klara under 2032"), (None, Some(2032)));
        assert_eq!(says("Försenade uppdrag"), (Some(StatusCode::Delayed), None));
        assert_eq!(says("Nya uppdrag"), (None, None));
        assert_eq!(says("Budget 2031"), (None, None));
    }
}
