//! What stands under the heading of something followed up: lines that tell its status, and what is told of it.

use super::super::activity::ExpectedCompletion;
use super::super::section::text_of;
use super::super::status::{Status, StatusSentence};
use crate::layout::{Block, BlockKind, Line, Span};
use crate::records::chart;
use crate::vocabulary::{Column, Vocabulary};

/// Longest value of a status that the vocabulary lacks, in words.
const LONGEST_STATUS: usize = 4;
/// How far apart, in points, a label and the value below it may begin.
const SAME_COLUMN: f32 = 3.0;
/// Blocks between a heading and the label "Status" at most: the rest of a long title, a list that belongs to it.
const LONGEST_PREAMBLE: usize = 8;

/// A report on something followed up, its status lines read.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) status: Option<Status>,
    pub(super) expected: Option<ExpectedCompletion>,
    /// What stands between the heading and the label "Status": it says what the thing is.
    pub(super) preamble: Vec<Block>,
    /// What is told: everything that is no status line.
    pub(super) rest: Vec<Block>,
}

impl Told {
    /// The paragraphs that are left, parted by blank lines; `None` where there are none.
    pub(super) fn narrative(&self) -> Option<String> {
        Some(text_of(&self.rest)).filter(|t| !t.is_empty())
    }

    /// Whether nothing is told.
    pub(super) fn is_silent(&self) -> bool {
        self.status.is_none() && self.expected.is_none() && self.rest.is_empty()
    }

    fn add(&mut self, status: Option<Status>, expected: Option<ExpectedCompletion>) {
        self.status = self.status.take().or(status);
        self.expected = self.expected.take().or(expected);
    }
}

/// What a line says of status.
enum Says {
    /// "Status": the value stands on the next line.
    StatusLabel,
    /// "Bedöms bli färdig": the value stands on the next line.
    CompletionLabel,
    /// A value, or two.
    Value(Option<Status>, Option<ExpectedCompletion>),
}

/// What is still awaited after a label.
#[derive(Clone, Copy, PartialEq)]
enum Awaited {
    Nothing,
    Status,
    Completion,
}

/// Read what stands under a heading. Status lines stand first, or after the label "Status".
pub(super) fn read(blocks: &[Block], vocabulary: &Vocabulary) -> Told {
    let is_text = |b: &&Block| !matches!(b.kind, BlockKind::Table(_)) && !chart::is_caption(b, vocabulary);
    let mut blocks: Vec<Block> = blocks.iter().filter(is_text).cloned().collect();
    if let Some(told) = below_labels(&mut blocks, vocabulary) {
        return told;
    }
    let label = blocks.iter().take(LONGEST_PREAMBLE).position(|b| begins_with_label(b, vocabulary));
    // The end of a heading that was taken for a paragraph begins in lower case.
    let goes_on = blocks.first().is_some_and(|b| b.text.starts_with(char::is_lowercase))
        && blocks.get(1).is_some_and(|b| says(&b.text, vocabulary).is_some());
    let mut told =
        Told { preamble: blocks.drain(..label.unwrap_or(goes_on.into())).collect(), ..Told::default() };
    let mut awaited = Awaited::Nothing;
    let mut open = true;
    for mut block in blocks {
        while open {
            open = take_from(&mut block, &mut told, &mut awaited, vocabulary);
            if block.text.is_empty() {
                break;
            }
        }
        if !block.text.is_empty() {
            if told.rest.is_empty() {
                drop_side_label(&mut block, told.status.is_some(), vocabulary);
            }
            told.rest.push(block);
        }
    }
    told
}

/// What a row of labels with their values below it tells: "Status  Bedöms klart  Ansvarig" over "Pågår  2027  Skolchef".
fn below_labels(blocks: &mut Vec<Block>, vocabulary: &Vocabulary) -> Option<Told> {
    let code_of = |span: &Span| vocabulary.columns.whole(&span.text).map(|entry| entry.code);
    let labels_of = |line: &Line| -> Option<Vec<(f32, Column)>> {
        let codes: Vec<(f32, Column)> =
            line.spans.iter().map(|span| Some((span.bbox.x0, code_of(span)?))).collect::<Option<_>>()?;
        let tells = |(_, code): &(f32, Column)| matches!(code, Column::Status | Column::ExpectedCompletion);
        (codes.len() > 1 && codes.iter().any(tells)).then_some(codes)
    };
    let at = (0..blocks.len().min(LONGEST_PREAMBLE))
        .find(|at| blocks[*at].lines.first().is_some_and(|line| labels_of(line).is_some()))?;
    let labels = labels_of(blocks[at].lines.first()?)?;
    let values = blocks[at].lines.get(1).or_else(|| blocks.get(at + 1)?.lines.first())?.clone();
    let value_of = |wanted: Column| {
        let (x, _) = labels.iter().find(|(_, code)| *code == wanted)?;
        let below = values.spans.iter().find(|span| (span.bbox.x0 - x).abs() <= SAME_COLUMN)?;
        Some(below.text.as_str())
    };
    let status = value_of(Column::Status).and_then(|text| Status::read_cell(text, vocabulary));
    let expected = value_of(Column::ExpectedCompletion)
        .and_then(|text| ExpectedCompletion::read(text, vocabulary).filter(is_dated));
    if status.is_none() && expected.is_none() {
        return None;
    }
    let mut told = Told { status, expected, preamble: blocks.drain(..at).collect(), ..Told::default() };
    for _ in 0..2 {
        drop_first_line(blocks);
    }
    told.rest = std::mem::take(blocks);
    Some(told)
}

/// Takes the first line off the first block, and the block with its last.
fn drop_first_line(blocks: &mut Vec<Block>) {
    let Some(block) = blocks.first_mut().filter(|block| block.lines.len() > 1) else {
        blocks.drain(..blocks.len().min(1));
        return;
    };
    let line: Vec<String> = block.lines.remove(0).spans.into_iter().map(|span| span.text).collect();
    let text = block.text.strip_prefix(&line.join(" ")).map(|rest| rest.trim_start().to_owned());
    let of_lines = || block.lines.iter().map(Line::text).collect::<Vec<_>>().join(" ");
    block.text = text.unwrap_or_else(of_lines);
}

/// Take away the label "Kommentar:", also where it has no colon and stands beside its text as "Status" beside its word
/// above: "Kommentar Planen är antagen".
fn drop_side_label(block: &mut Block, below_status: bool, vocabulary: &Vocabulary) {
    let Some((entry, length)) = vocabulary.columns.prefix(&block.text) else { return };
    let after = block.text[length..].trim_start();
    let rest = after.trim_start_matches([':', ' ']);
    let is_label = rest.len() < after.len() || below_status && rest.starts_with(char::is_uppercase);
    if entry.code == Column::Comment && is_label && !rest.is_empty() {
        block.text = rest.to_owned();
    }
}

/// The status in a cell or paragraph that begins with a status sentence or word, and the text after it.
pub(super) fn split_status<'a>(
    text: &'a str,
    vocabulary: &Vocabulary,
) -> Option<(Option<Status>, Option<ExpectedCompletion>, &'a str)> {
    let end = sentence_end(text);
    let (sentence, rest) = (&text[..end], text[end..].trim_start());
    match says(sentence, vocabulary)? {
        Says::Value(status, expected) => Some((status, expected, rest)),
        Says::StatusLabel | Says::CompletionLabel => None,
    }
}

fn begins_with_label(block: &Block, vocabulary: &Vocabulary) -> bool {
    let first = block.lines.first().map(Line::text).unwrap_or_default();
    [first.as_str(), block.text.as_str()].iter().any(|text| {
        labelled(text, vocabulary).is_some_and(|(code, rest)| {
            code == Column::Status && (rest.is_empty() || Status::read(rest, vocabulary).is_some())
        })
    })
}

/// Take a status line from the start of a block; false where there is none.
fn take_from(block: &mut Block, told: &mut Told, awaited: &mut Awaited, vocabulary: &Vocabulary) -> bool {
    if block.text.is_empty() {
        return true;
    }
    if take_labelled(block, told, vocabulary) {
        *awaited = Awaited::Nothing;
        return true;
    }
    // The whole block, its first line, its first sentence.
    let whole = block.text.clone();
    let first_line = block.lines.first().map(Line::text).unwrap_or_default();
    let first_line = if whole.starts_with(first_line.trim()) { first_line.trim().len() } else { 0 };
    let sentence = sentence_end(&whole);
    for end in [whole.len(), first_line, sentence] {
        let text = whole[..end].trim();
        let Some(found) =
            awaited_value(text, *awaited, end == whole.len(), vocabulary).or_else(|| says(text, vocabulary))
        else {
            continue;
        };
        // A bare word in running text is a status only where it is a line of its own or a label stands before it.
        let bare = end == sentence && end < whole.len() && end != first_line;
        if bare && *awaited == Awaited::Nothing && !text.contains(' ') {
            continue;
        }
        *awaited = match found {
            Says::StatusLabel => Awaited::Status,
            Says::CompletionLabel => Awaited::Completion,
            Says::Value(status, expected) => {
                told.add(status, expected);
                Awaited::Nothing
            }
        };
        block.text = whole[end..].trim_start().to_owned();
        if end == first_line && !block.lines.is_empty() {
            block.lines.remove(0);
        }
        return true;
    }
    false
}

/// Take a line of several labels and values from the start of a block: "Status: Pågår | Slutår: 2026 | Ansvarig: X".
fn take_labelled(block: &mut Block, told: &mut Told, vocabulary: &Vocabulary) -> bool {
    let whole = block.text.trim();
    let first = block.lines.first().map(Line::text).unwrap_or_default();
    let first = first.trim();
    let line = if whole.starts_with(first) { first } else { whole };
    let parts = labelled_parts(line, vocabulary);
    let told_of = |code: Column| parts.iter().find(|(c, _)| *c == code).map(|(_, value)| *value);
    let status = told_of(Column::Status).and_then(|value| Status::read_cell(value, vocabulary));
    let expected = told_of(Column::ExpectedCompletion)
        .and_then(|value| ExpectedCompletion::read(value, vocabulary).filter(is_dated));
    if parts.len() < 2 || (status.is_none() && expected.is_none()) {
        return false;
    }
    told.add(status, expected);
    // The last value may go on on the next line; a line of labels is a block of its own then.
    let rest = whole[line.len()..].trim_start();
    let goes_on =
        !rest.is_empty() && rest.split_whitespace().count() <= LONGEST_STATUS && !rest.ends_with('.');
    block.text = if goes_on { String::new() } else { rest.to_owned() };
    if !block.lines.is_empty() {
        block.lines.remove(0);
    }
    true
}

/// The labels with a colon in a text that begins with one, and what stands behind each. The first may be a word that is
/// not known: "Beslut: KF § 148 Status: Pågår Slutår: 2026".
fn labelled_parts<'t>(text: &'t str, vocabulary: &Vocabulary) -> Vec<(Column, &'t str)> {
    let mut starts: Vec<(usize, usize, Column)> = Vec::new();
    for at in text.char_indices().map(|(at, _)| at) {
        let begins = at == 0
            || text[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, '|' | '•' | '·' | ','));
        if !begins || !text[at..].starts_with(char::is_uppercase) {
            continue;
        }
        let Some((entry, length)) = vocabulary.columns.prefix(&text[at..]) else { continue };
        if text[at + length..].trim_start_matches('*').starts_with(':') {
            starts.push((at, at + length, entry.code));
        }
    }
    let is_label =
        |text: &str| text.split_once(':').is_some_and(|(word, _)| word.chars().all(char::is_alphabetic));
    if starts.first().is_none_or(|first| first.0 > 0 && !is_label(text)) {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).map(|next| next.0).chain([text.len()]);
    let edge = |c: char| c.is_whitespace() || matches!(c, ':' | '*' | '|' | '•' | '·' | ',' | ';' | '–');
    starts
        .iter()
        .zip(ends)
        .map(|((_, start, code), end)| (*code, text[*start..end].trim_matches(edge)))
        .collect()
}

fn awaited_value(text: &str, awaited: Awaited, is_whole: bool, vocabulary: &Vocabulary) -> Option<Says> {
    match awaited {
        Awaited::Nothing => None,
        Awaited::Status
            if matches!(says(text, vocabulary), Some(Says::CompletionLabel | Says::StatusLabel)) =>
        {
            None
        }
        Awaited::Status => {
            let known = Status::read(text, vocabulary);
            let short = is_whole && text.split_whitespace().count() <= LONGEST_STATUS;
            let status = known.or_else(|| short.then(|| Status::read_cell(text, vocabulary)).flatten())?;
            Some(Says::Value(Some(status), None))
        }
        Awaited::Completion => {
            let expected = ExpectedCompletion::read(text, vocabulary).filter(is_dated)?;
            (text.chars().count() < 60).then_some(Says::Value(None, Some(expected)))
        }
    }
}

fn is_dated(expected: &ExpectedCompletion) -> bool {
    expected.year.is_some() || expected.open_ended
}

/// What a line says of status; `None` where it says something else.
fn says(text: &str, vocabulary: &Vocabulary) -> Option<Says> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 160 {
        return None;
    }
    if let Some((code, rest)) = labelled(text, vocabulary) {
        let status_word = vocabulary.statuses.whole(text).is_some();
        match code {
            Column::Status if rest.is_empty() => return Some(Says::StatusLabel),
            Column::ExpectedCompletion if rest.is_empty() && !status_word => {
                return Some(Says::CompletionLabel);
            }
            Column::ExpectedCompletion if !status_word && rest.chars().count() < 60 => {
                let told = |expected: &ExpectedCompletion| {
                    is_dated(expected) || rest.split_whitespace().count() <= LONGEST_STATUS
                };
                let expected = ExpectedCompletion::read(rest, vocabulary).filter(told);
                if expected.is_some() {
                    return Some(Says::Value(None, expected));
                }
            }
            Column::Status => {
                // "Status: Påbörjad. Bedöms bli färdig: 2026"
                let end = sentence_end(rest);
                if let (Some(status), Some(Says::Value(None, expected))) =
                    (Status::read(&rest[..end], vocabulary), says(&rest[end..], vocabulary))
                {
                    return Some(Says::Value(Some(status), expected));
                }
            }
            // "Bedömning: På väg"
            Column::Assessment
                if rest.len() + 1 < text.len() && rest.split_whitespace().count() <= LONGEST_STATUS =>
            {
                let status = Status::read_cell(rest, vocabulary);
                if status.is_some() {
                    return Some(Says::Value(status, None));
                }
            }
            // "Lägesbeskrivning: Uppdraget är inte påbörjat."
            Column::Comment if rest.len() < text.len() => {
                if let Some(sentence) = StatusSentence::read(rest, vocabulary) {
                    return Some(Says::Value(sentence.status, sentence.expected));
                }
            }
            _ => {}
        }
    }
    if let Some(sentence) = StatusSentence::read(text, vocabulary) {
        return Some(Says::Value(sentence.status, sentence.expected));
    }
    Status::read(text, vocabulary).map(|status| Says::Value(Some(status), None))
}

/// The label that a line begins with, and what stands behind it.
fn labelled<'a>(text: &'a str, vocabulary: &Vocabulary) -> Option<(Column, &'a str)> {
    let (entry, length) = vocabulary.columns.prefix(text)?;
    let rest = text[length..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '*' | '–'));
    Some((entry.code, rest))
}

/// Where the first sentence of a text ends, its full stop included.
fn sentence_end(text: &str) -> usize {
    let mut before = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let ends = matches!(character, '.' | '!' | '?') && before.is_alphanumeric();
        if ends && characters.peek().is_none_or(|(_, next)| next.is_whitespace()) {
            return at + character.len_utf8();
        }
        before = character;
    }
    text.len()
}
