//! Lines that look like headings and are what a table is called.
//!
//! In go a paper's parts, out comes which of their headings are captions: right over a table, by the word and number of one
//! ("Tabell 2. Driften") or by how they are set. Such a caption is no larger than the text, and so is each of its like,
//! all of them over tables, while the headings of sections are larger. Where sections are set like captions none is told
//! apart, and captions stay headings.

use super::caption_text;
use crate::layout::{Block, BlockKind};
use crate::sections::Part;
use crate::vocabulary::{CaptionWord, Vocabulary};

/// How much larger than the text a caption may be, as a ratio.
const LARGER: f32 = 1.07;
/// Smallest difference between the sizes of headings, in points.
const STEP: f32 = 0.4;

/// For each part whether its heading is the caption of the table under it.
pub(super) fn among(parts: &[Part], vocabulary: &Vocabulary) -> Vec<bool> {
    let texts = parts
        .iter()
        .flat_map(|p| &p.blocks)
        .filter(|b| b.kind == BlockKind::Paragraph && b.text.chars().count() > 100 && b.lines.len() > 1);
    let text = texts.map(Block::size).fold(f32::MAX, f32::min);
    let over_table = |p: &Part| p.blocks.first().is_some_and(|b| matches!(b.kind, BlockKind::Table(_)));
    let headings =
        || parts.iter().filter(|p| p.entry.is_none()).filter_map(|p| Some((p, p.heading.as_ref()?)));
    let alike = |a: &Block, b: &Block| {
        (a.size() - b.size()).abs() < STEP && a.is_bold() == b.is_bold() && a.is_italic() == b.is_italic()
    };
    parts
        .iter()
        .map(|part| {
            let Some(own) = part.heading.as_ref().filter(|_| part.entry.is_none() && part.level > 1) else {
                return false;
            };
            // "Tabell 2. Driften" says so itself.
            let is_numbered = caption_text::numbered(&own.text, CaptionWord::Table, vocabulary).is_some();
            if is_numbered && over_table(part) {
                return true;
            }
            let is_page = own.lines.first().is_some_and(|l| matches!(l.place, crate::place::Place::Page(_)));
            is_page
                && own.heading().is_none()
                && over_table(part)
                && own.size() <= LARGER * text
                && headings().any(|(_, h)| h.size() > own.size() + STEP)
                && headings().all(|(p, h)| !alike(own, h) || over_table(p))
        })
        .collect()
}
