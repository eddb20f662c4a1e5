//! Headings of several lines put together.
//!
//! In go blocks, out come blocks in which the second line of a heading is no block of its own. Lines of a heading look
//! alike and stand close; what shows that they are one is that the first ends in a word that calls for more, that the
//! next begins small, or that it hangs under the title of a numbered one.

use super::headings::{LARGER, Typography};
use super::numbering::depth_of;
use crate::layout::{Block, BlockKind, Lexicon};
use crate::vocabulary::{Vocabulary, close_letter_spacing};

/// Largest distance between the lines of a heading, in parts of its font size.
const PITCH: f32 = 1.9;
/// Most lines of a heading.
const MOST_LINES: usize = 4;
/// Most characters of a heading.
const LONGEST: usize = 220;

/// Put the lines of headings together.
pub(super) fn join(blocks: Vec<Block>, faces: Typography, vocabulary: &Vocabulary) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match found.last_mut() {
            Some(last) if goes_on(last, &block, faces, vocabulary) => {
                last.text = Lexicon::default().join([last.text.as_str(), block.text.as_str()]);
                last.lines.extend(block.lines);
                last.at.extend(&block.at);
            }
            _ => found.push(block),
        }
    }
    join_paragraph_signs(found)
}

/// In minutes with several matters the sign and number of each stand alone above its heading: "§ 47". Where there is but
/// one, the heading is the title of the paper.
fn join_paragraph_signs(blocks: Vec<Block>) -> Vec<Block> {
    let is_sign = |b: &Block| {
        let number = b.text.strip_prefix('§').map(str::trim);
        b.lines.len() == 1
            && number.is_some_and(|n| (1..=4).contains(&n.len()) && n.bytes().all(|c| c.is_ascii_digit()))
    };
    if blocks.iter().filter(|b| is_sign(b)).count() < 2 {
        return blocks;
    }
    let mut found: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        let heads = block.kind == BlockKind::Paragraph && (block.heading().is_some() || block.is_bold());
        match found.pop() {
            Some(sign) if heads && is_sign(&sign) => {
                // The sign's line goes without its look, which need not be the heading's.
                block.text = format!("{} {}", sign.text, block.text);
                let mut at = sign.at;
                at.extend(&block.at);
                block.at = at;
            }
            Some(other) => found.push(other),
            None => {}
        }
        found.push(block);
    }
    found
}

fn goes_on(last: &Block, next: &Block, faces: Typography, vocabulary: &Vocabulary) -> bool {
    let (Some(end), Some(start)) = (last.lines.last(), next.lines.first()) else { return false };
    let plain = |b: &Block| b.kind == BlockKind::Paragraph && b.lines.len() < MOST_LINES;
    let pitch = start.bbox.y1 - end.bbox.y1;
    let small = next.text.starts_with(char::is_lowercase) && !next.text.ends_with('.');
    // A text's line that begins small may have lost its place: an empty line may stand between.
    let reach = match (faces.grid, small) {
        (false, _) => PITCH * end.size,
        (true, false) => PITCH * 10.0,
        (true, true) => 2.0 * PITCH * 10.0,
    };
    let close = end.sheet == start.sheet && pitch > 0.0 && pitch < reach;
    let alike = (end.size - start.size).abs() < 0.3
        && last.is_bold() == next.is_bold()
        && last.is_italic() == next.is_italic()
        && last.heading() == next.heading();
    let letters = last.text.chars().count() + next.text.chars().count();
    if !(plain(last) && plain(next) && close && alike)
        || letters > LONGEST
        || last.text.ends_with(['.', ':', ','])
    {
        return false;
    }
    let numbered = depth_of(&last.text).is_some() && depth_of(&next.text).is_none();
    let shown = last.heading().is_some() || last.size() > LARGER * faces.body || last.is_bold();
    // On the grid nothing but its number shows a heading that goes on.
    if !(if faces.grid { numbered || last.heading().is_some() } else { shown || numbered }) {
        return false;
    }
    if faces.grid && next.lines.len() > 2 {
        return false;
    }
    let closed = close_letter_spacing(&last.text);
    let word = closed.split_whitespace().next_back().unwrap_or_default();
    let links = vocabulary.linking_words.whole(word).is_some() || word.ends_with('-');
    let hangs = numbered && !faces.grid && start.bbox.x0 > end.bbox.x0 + end.size && last.lines.len() == 1;
    links || small || hangs
}
