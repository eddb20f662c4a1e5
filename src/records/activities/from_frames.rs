//! Reports on single things that stand in frames, as systems for follow-up print them: a title with its status at the end
//! of the line, a row of labels over a row of values, and what is told.
//!
//! In go a paper's parts, out come the things in such frames. What begins one is two lines that nothing else is: a title
//! beside a status, and below it labels side by side of which one says when the thing is done or who does it.

use super::super::activity::{ActivityKind, ExpectedCompletion, Origin};
use super::super::section::text_of;
use super::super::status::Status;
use super::from_tables::numbered;
use super::{Sighting, headings_above, is_group_heading, kind_named};
use crate::layout::{Block, BlockKind, Line};
use crate::place::At;
use crate::sections::Part;
use crate::vocabulary::{Column, Vocabulary};

/// Most lines of a title.
const LONGEST_TITLE: usize = 3;
/// How far apart, in points, a label and the value below it may begin.
const SAME_PLACE: f32 = 6.0;

/// Read the frames of a paper.
pub(super) fn read(parts: &[Part], vocabulary: &Vocabulary) -> Vec<Sighting> {
    let mut found = Vec::new();
    for (index, part) in parts.iter().enumerate().filter(|(_, part)| part.entry.is_none()) {
        let headings: Vec<&str> = headings_above(parts, index).into_iter().map(|h| h.text.as_str()).collect();
        let Some((kind, label)) = headings.iter().find_map(|heading| kind_named(heading, vocabulary)) else {
            continue;
        };
        let group = headings.iter().find(|heading| is_group_heading(heading, vocabulary));
        let begins = |at: usize| Some((at, Frame::begins(&part.blocks[at..], vocabulary)?));
        let frames: Vec<(usize, Frame)> = (0..part.blocks.len()).filter_map(begins).collect();
        let ends: Vec<usize> =
            frames.iter().skip(1).map(|(start, _)| *start).chain([part.blocks.len()]).collect();
        for (order, ((start, frame), end)) in frames.into_iter().zip(ends).enumerate() {
            let group = group.map(|heading| (*heading).to_owned());
            found.push(frame.sighting(
                &part.blocks[start..end],
                (kind, &label),
                group,
                (index, start + 1, order),
                vocabulary,
            ));
        }
    }
    found
}

/// What the first lines of a frame say.
struct Frame {
    title: String,
    status: Status,
    expected: Option<ExpectedCompletion>,
    /// How many blocks they take.
    length: usize,
}

impl Frame {
    /// The frame that some blocks begin with.
    fn begins(blocks: &[Block], vocabulary: &Vocabulary) -> Option<Self> {
        let (head, below) = blocks.split_first()?;
        let (title, status) = title_and_status(head, vocabulary)?;
        // Labels and values are two lines of one block, or of two.
        let lines: Vec<(usize, &Line)> = below
            .iter()
            .take(2)
            .take_while(|block| block.kind == BlockKind::Paragraph)
            .enumerate()
            .flat_map(|(at, block)| block.lines.iter().map(move |line| (at, line)))
            .take(2)
            .collect();
        let [(_, labels), (last, values)] = lines[..] else { return None };
        let codes: Vec<Option<Column>> =
            labels.spans.iter().map(|span| vocabulary.column(&span.text)).collect();
        let tells = |code: &Option<Column>| {
            matches!(code, Some(Column::ExpectedCompletion | Column::Responsible | Column::Degree))
        };
        if codes.len() < 2 || codes.iter().filter(|code| tells(code)).count() < 2 {
            return None;
        }
        let value_under = |code: Column| {
            let at = codes.iter().position(|own| *own == Some(code))?;
            let x0 = labels.spans[at].bbox.x0;
            values.spans.iter().find(|value| (value.bbox.x0 - x0).abs() <= SAME_PLACE)
        };
        let expected = value_under(Column::ExpectedCompletion)
            .and_then(|value| ExpectedCompletion::read(&value.text, vocabulary));
        Some(Self { title, status, expected, length: 2 + last })
    }

    fn sighting(
        self,
        blocks: &[Block],
        (kind, label): (ActivityKind, &str),
        group: Option<String>,
        order: (usize, usize, usize),
        vocabulary: &Vocabulary,
    ) -> Sighting {
        let is_label = |block: &&Block| {
            vocabulary
                .columns
                .whole(block.text.trim_end_matches(':'))
                .is_some_and(|e| e.code == Column::Comment)
        };
        let told: Vec<Block> = blocks
            .iter()
            .skip(self.length)
            .filter(|block| !matches!(block.kind, BlockKind::Table(_)) && !is_label(block))
            .cloned()
            .collect();
        let mut at = At::default();
        blocks
            .iter()
            .filter(|block| !matches!(block.kind, BlockKind::Table(_)))
            .for_each(|block| at.extend(&block.at));
        let (number, title) = match numbered(&self.title) {
            Some((number, title)) => (Some(number), title),
            None => (None, self.title),
        };
        Sighting {
            label: Some(label.to_owned()),
            number,
            title: Some(title),
            group,
            status: Some(self.status),
            expected: self.expected,
            narrative: Some(text_of(&told)).filter(|text| !text.is_empty()),
            ..Sighting::new(Origin::Section, kind, at, order)
        }
    }
}

/// A title with a known status at the end of its first line, far behind it.
fn title_and_status(block: &Block, vocabulary: &Vocabulary) -> Option<(String, Status)> {
    let (first, rest) = block.lines.split_first()?;
    let (last, title) = first.spans.split_last()?;
    if block.kind != BlockKind::Paragraph || title.is_empty() || block.lines.len() > LONGEST_TITLE {
        return None;
    }
    let status = Status::known(&last.text, vocabulary)?;
    let texts: Vec<&str> =
        title.iter().chain(rest.iter().flat_map(|line| &line.spans)).map(|span| span.text.as_str()).collect();
    let title = texts.join(" ");
    let begins = title.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    begins.then_some((title, status))
}
