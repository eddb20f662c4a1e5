//! Lines that look like headings and are what a table is called.
//!
//! In go a paper's parts, out comes which of their headings are captions. A caption is set no larger than the text, stands
//! right over a table, and so does each of its like, while the headings of sections are larger. Where sections are
//! set like captions none is told apart, and captions stay headings.

use crate::layout::{Block, BlockKind};
use crate::sections::Part;

/// How much larger than the text a caption may be, as a ratio.
const LARGER: f32 = 1.07;
/// Smallest difference between the sizes of headings, in points.
const STEP: f32 = 0.4;

/// For each part whether its heading is the caption of the table under it.
pub(super) fn among(parts: &[Part]) -> Vec<bool> {
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
