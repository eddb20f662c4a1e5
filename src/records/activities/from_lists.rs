//! Lists of what is followed up, and mentions in running text: "Uppdrag som bedöms bli färdiga 2026" over its items.

use super::super::activity::{ExpectedCompletion, Origin};
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

/// What a heading says of all that is listed under it.
#[derive(Debug, Default, PartialEq)]
struct HeadingSays {
    status: Option<Status>,
    expected: Option<ExpectedCompletion>,
}

impl HeadingSays {
    fn read(heading: &str, vocabulary: &Vocabulary) -> Self {
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
