//! Headings of what is followed up: "Aktivitet 1a. …", "Uppdrag 12. …", "N 2.1. …", "KS-BESLUT: …".

use std::collections::BTreeMap;

use super::Part;
use crate::layout::{Block, BlockKind, Line};
use crate::pattern::Pattern;
use crate::records::status::{Status, StatusSentence};
use crate::vocabulary::{ActivityWord, StatusPhrase, Vocabulary};

/// What the heading of something followed up says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryHead {
    /// What sort of thing it is.
    pub word: ActivityWord,
    /// The paper's own word.
    pub label: String,
    /// The number; `None` where it has none.
    pub number: Option<String>,
    /// The text behind label and number.
    pub title: String,
}

static NUMBER: Pattern =
    Pattern::new(r"^\s*\.?\s*([0-9]{1,3}(?:\.[0-9]{1,3}){0,3}\s?[a-zå]?)(?:\s*[.:)–-]+\s*|\s+|$)");

impl EntryHead {
    /// Read a text that begins with a label and its number, or with a label that needs none and a colon.
    #[must_use]
    pub fn read(text: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let text = text.trim();
        if !text.starts_with(char::is_uppercase) {
            return None;
        }
        let letters = text.len() - text.trim_start_matches(char::is_alphabetic).len();
        let glued = text[letters..].starts_with(|c: char| c.is_ascii_digit());
        let (entry, length) = if glued {
            // "NB1.1": the label and its number are one word.
            (vocabulary.activity_kinds.whole(&text[..letters])?, letters)
        } else {
            vocabulary.activity_kinds.prefix(text)?
        };
        if entry.code == ActivityWord::Group {
            return None;
        }
        let label = text[..length].trim().to_owned();
        let rest = &text[length..];
        if let Some(found) = NUMBER.captures(rest) {
            let number = found.get(1)?.as_str().replace(' ', "").to_lowercase();
            let title = rest[found.get(0)?.end()..].trim().to_owned();
            // "Mål 2025 är att …" and "Åtgärd 3 har försenats" are prose: a title begins with a capital.
            let titled = title.chars().next().is_none_or(|c| !c.is_lowercase());
            return (titled && number.len() < 8).then_some(Self {
                word: entry.code,
                label,
                number: Some(number),
                title,
            });
        }
        let title = rest.trim_start().strip_prefix(':')?.trim();
        let is_name = label.contains(['-', ' ']) && title.chars().next().is_some_and(char::is_uppercase);
        (is_name && !title.is_empty()).then(|| Self {
            word: entry.code,
            label,
            number: None,
            title: title.to_owned(),
        })
    }
}

/// Whether a block opens the report on something followed up: it reads like the heading of one, and it looks like a
/// heading or has a status under it.
#[must_use]
pub fn opens_entry(block: &Block, following: &[Block], vocabulary: &Vocabulary) -> bool {
    if !matches!(block.kind, BlockKind::Paragraph) {
        return false;
    }
    let Some(head) = EntryHead::read(&block.text, vocabulary) else { return false };
    if head.title.is_empty() {
        return block.is_bold() || block.heading().is_some();
    }
    block.is_bold() || block.heading().is_some() || has_status_under(following, vocabulary)
}

/// Most lines of an entry's heading that runs into its status.
const LONGEST_HEAD: usize = 3;
/// Blocks between a heading and its status at most: the rest of a long title, a list that belongs to it.
const FARTHEST_STATUS: usize = 8;

/// Whether a status line stands under a heading that nothing but its words shows to be one.
fn has_status_under(following: &[Block], vocabulary: &Vocabulary) -> bool {
    let is_entry = |b: &Block| EntryHead::read(&b.text, vocabulary).is_some();
    // Headings that share a section stand under one another.
    let stacked = following.iter().take_while(|b| is_entry(b)).count();
    following[stacked..]
        .iter()
        .take(FARTHEST_STATUS)
        .take_while(|b| {
            let is_heading = b.is_bold() || b.heading().is_some();
            !matches!(b.kind, BlockKind::Table(_))
                && (!is_heading || is_status_line(b, vocabulary))
                && !is_entry(b)
        })
        .any(|b| is_status_line(b, vocabulary))
}

/// Headings of goals under which nothing is told of the goals themselves, "Delmål 2. Rätt skydd" over a table or over
/// the reports on its measures, gather what stands there: where all of a label are so, they are headings like others.
pub(super) fn let_gather(parts: &mut [Part]) {
    let label_of = |part: &Part| {
        let entry = part.entry.as_ref().filter(|entry| entry.word == ActivityWord::Goal)?;
        entry.number.as_ref().map(|_| entry.label.clone())
    };
    let is_silent = |index: usize| {
        let is_table = |block: &Block| matches!(block.kind, BlockKind::Table(_));
        let blocks = &parts[index].blocks;
        let next = parts.get(index + 1).and_then(|next| next.entry.as_ref());
        let heads_entry =
            || next.is_some_and(|next| next.word != ActivityWord::Goal && next.number.is_some());
        blocks.iter().all(is_table) && (!blocks.is_empty() || heads_entry())
    };
    let mut of_label: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, part) in parts.iter().enumerate() {
        if let Some(label) = label_of(part) {
            of_label.entry(label).or_default().push(index);
        }
    }
    of_label.retain(|_, indices| indices.len() > 1 && indices.iter().all(|index| is_silent(*index)));
    for index in of_label.into_values().flatten() {
        parts[index].entry = None;
        let level = parts[index].level;
        for below in parts[index + 1..].iter_mut().take_while(|part| {
            part.level == level && part.entry.as_ref().is_some_and(|e| e.word != ActivityWord::Goal)
        }) {
            below.level += 1;
        }
    }
}

/// Part blocks that run two headings of things followed up, or a text and the next heading, into one: without a gap
/// between them only their words part them.
#[must_use]
pub(super) fn part_blocks(blocks: &[Block], vocabulary: &Vocabulary) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::with_capacity(blocks.len());
    // From the end: whether a block opens an entry depends on what follows it.
    for block in blocks.iter().rev() {
        let mut first = block.clone();
        for at in (1..block.lines.len()).rev() {
            if matches!(block.kind, BlockKind::Table(_)) {
                continue;
            }
            if tells_status_of_entry(&first, at, vocabulary) {
                if let Some((before, after)) = split(&first, at) {
                    match split(&after, 1) {
                        Some((status, told)) => found.extend([told, status]),
                        None => found.push(after),
                    }
                    first = before;
                }
                continue;
            }
            if !begins_entry(&first, at, vocabulary) {
                continue;
            }
            let Some((before, after)) = split(&first, at) else { continue };
            let following: Vec<Block> = found.iter().rev().take(FARTHEST_STATUS + 4).cloned().collect();
            let in_list = EntryHead::read(&before.text, vocabulary).is_some();
            if in_list || opens_entry(&after, &following, vocabulary) {
                found.push(after);
                first = before;
            }
        }
        found.push(first);
    }
    found.reverse();
    found
}

/// Whether a line within a block reads like the heading of an entry, and the line before it like an end.
fn begins_entry(block: &Block, line: usize, vocabulary: &Vocabulary) -> bool {
    let text = block.lines[line].text();
    let titled =
        EntryHead::read(&text, vocabulary).is_some_and(|h| h.number.is_some() && !h.title.is_empty());
    titled && block.lines[line - 1].text().trim_end().ends_with(['.', '!', '?', ':'])
}

/// Whether a line within a block says how it stands with the entry whose heading fills the lines before it.
fn tells_status_of_entry(block: &Block, line: usize, vocabulary: &Vocabulary) -> bool {
    if line > LONGEST_HEAD {
        return false;
    }
    let text = block.lines[line].text();
    let head: Vec<String> = block.lines[..line].iter().map(Line::text).collect();
    let ends = head.last().is_some_and(|last| last.trim_end().ends_with(['.', '!', '?', ':', '-']));
    text.starts_with(char::is_uppercase)
        && !ends
        && EntryHead::read(&head.join(" "), vocabulary)
            .is_some_and(|h| h.number.is_some() && !h.title.is_empty())
        && StatusSentence::read(&text, vocabulary).is_some()
}

/// Part a block before one of its lines.
fn split(block: &Block, line: usize) -> Option<(Block, Block)> {
    let start = block.lines.get(line)?.text();
    // A line's end may have been joined with the next one; its beginning stands as it is.
    let words = start.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let at = block.text.rfind(&words)?;
    let (before, after) = block.text.split_at(at);
    let part = |lines: &[Line], text: &str, kind: BlockKind| Block {
        kind,
        at: lines.iter().map(|l| l.place).collect(),
        sheet: lines.first().map_or(block.sheet, |l| l.sheet),
        lines: lines.to_vec(),
        text: text.trim().to_owned(),
    };
    Some((
        part(&block.lines[..line], before, block.kind.clone()),
        part(&block.lines[line..], after, BlockKind::Paragraph),
    ))
}

/// Whether a block is a status line: "Status", "Färdig.", "Uppdraget är påbörjat och bedöms vara färdigt 2027."
#[must_use]
pub fn is_status_line(block: &Block, vocabulary: &Vocabulary) -> bool {
    let text = block.text.trim();
    if text.chars().count() > 120 {
        return false;
    }
    // "Uppdrag som bedöms bli färdiga 2026" heads a list.
    let heads_list = vocabulary.activity_kinds.prefix(text).is_some_and(|(_, length)| {
        let phrase = vocabulary.status_phrases.prefix(text[length..].trim_start());
        phrase.is_some_and(|(entry, _)| entry.code == StatusPhrase::That)
    });
    if heads_list {
        return false;
    }
    let label = text.trim_end_matches(':').eq_ignore_ascii_case("status");
    let labelled = text.get(..7).is_some_and(|t| t.eq_ignore_ascii_case("status:"));
    label
        || labelled
        || Status::read(text, vocabulary).is_some()
        || StatusSentence::read(text, vocabulary).is_some()
}
