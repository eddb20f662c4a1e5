//! What of a paper's parts its sections keep: what became a record is left out of their text, and headings that are a
//! record's name are no sections.
//!
//! In go a paper's parts and the places of its records, out come the parts that sections are made of.

use super::{captions, chart, chart_labels};
use crate::layout::{Block, BlockKind, Lexicon, Line};
use crate::place::{At, Place};
use crate::sections::Part;
use crate::vocabulary::Vocabulary;

/// Slack of boxes, in points: places are rounded.
const SLACK: f64 = 1.0;

/// Longest line that goes with the rows of a table around it, in characters.
const LONGEST_ROW: usize = 100;

/// The parts that sections are made of. `records` are the places of what became records, and `rows` those of rows that
/// were read where no table was found.
pub(super) fn without_records(
    parts: &[Part],
    records: &[&At],
    rows: &[&At],
    vocabulary: &Vocabulary,
) -> Vec<Part> {
    let captions = captions::among(parts, vocabulary);
    let mut kept: Vec<Part> = Vec::with_capacity(parts.len());
    // Reports on single things that are followed up are records as a whole.
    for (index, part) in parts.iter().enumerate().filter(|(_, p)| p.entry.is_none()) {
        let part = &without_rows(part, rows);
        let blocks = chart_labels::without(
            part.blocks.iter().filter_map(|b| outside(b, records, vocabulary)).collect(),
        );
        let names_record = captions[index]
            || part
                .heading
                .as_ref()
                .is_some_and(|h| chart::is_caption(h, vocabulary) || is_within(&h.at, records));
        match kept.last_mut().filter(|_| names_record) {
            Some(last) => last.blocks.extend(blocks),
            None => {
                let heading = part.heading.clone().filter(|_| !names_record);
                kept.push(Part { heading, blocks, ..part.clone() });
            }
        }
    }
    kept
}

/// A part without the rows of a table that was read from running text: its heading row and the lines that group its
/// rows go with them.
fn without_rows(part: &Part, rows: &[&At]) -> Part {
    let is_text = |b: &Block| !matches!(b.kind, BlockKind::Table(_));
    let is_row = |b: &Block| is_text(b) && b.lines.iter().any(|l| is_within(&At::from(l.place), rows));
    let found: Vec<usize> = (0..part.blocks.len()).filter(|i| is_row(&part.blocks[*i])).collect();
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return part.clone() };
    let is_heading_row = |b: &Block| is_text(b) && b.lines.iter().any(|l| l.spans.len() > 1);
    let first = if *first > 0 && is_heading_row(&part.blocks[first - 1]) { first - 1 } else { *first };
    let stays = |index: usize, block: &Block| {
        let between = (first..=*last).contains(&index);
        !between || !is_text(block) || (!is_row(block) && block.text.chars().count() > LONGEST_ROW)
    };
    let blocks =
        part.blocks.iter().enumerate().filter(|(i, b)| stays(*i, b)).map(|(_, b)| b.clone()).collect();
    Part { blocks, ..part.clone() }
}

/// What of a block stands outside the records; `None` where nothing does.
fn outside(block: &Block, records: &[&At], vocabulary: &Vocabulary) -> Option<Block> {
    if matches!(block.kind, BlockKind::Table(_)) {
        return Some(block.clone());
    }
    if chart::is_caption(block, vocabulary) || is_within(&block.at, records) {
        return None;
    }
    let is_out = |l: &&Line| !is_within(&At::from(l.place), records);
    let lines: Vec<Line> = block.lines.iter().filter(is_out).cloned().collect();
    if lines.len() == block.lines.len() {
        return Some(block.clone());
    }
    if lines.is_empty() {
        return None;
    }
    let texts: Vec<String> = lines.iter().map(Line::text).collect();
    let text = Lexicon::default().join(texts.iter().map(String::as_str));
    let at = lines.iter().map(|l| l.place).collect();
    Some(Block { kind: BlockKind::Paragraph, lines, text, at, ..block.clone() })
}

/// Whether all places lie in those of one record.
pub(super) fn is_within(at: &At, records: &[&At]) -> bool {
    !at.0.is_empty()
        && records.iter().any(|r| at.0.iter().all(|own| r.0.iter().any(|whole| holds(whole, own))))
}

fn holds(whole: &Place, own: &Place) -> bool {
    match (whole, own) {
        (Place::Page(whole), Place::Page(own)) => {
            let (w, o) = (whole.bbox, own.bbox);
            whole.page == own.page
                && w[0] - SLACK <= o[0]
                && w[1] - SLACK <= o[1]
                && o[2] <= w[2] + SLACK
                && o[3] <= w[3] + SLACK
        }
        (Place::Lines(whole), Place::Lines(own)) => whole.line <= own.line && own.end_line <= whole.end_line,
        _ => false,
    }
}
