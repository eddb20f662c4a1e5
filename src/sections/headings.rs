//! Which blocks are headings, how deep, and what they head.

use crate::layout::{Block, BlockKind};
use crate::records::section::SectionKind;
use crate::vocabulary::Vocabulary;

use super::Part;
use super::entries::{EntryHead, is_status_line, opens_entry};

/// How much larger than the body a heading's letters are at least, as a ratio.
const LARGER: f32 = 1.07;
/// Longest heading, in characters.
const LONGEST_HEADING: usize = 220;
/// Longest heading that only its being alone on a line shows, in characters.
const LONGEST_PLAIN_HEADING: usize = 75;

/// The font size that most of the letters are set in.
#[must_use]
pub(super) fn body_size(blocks: &[Block]) -> f32 {
    let mut sizes: Vec<(i32, usize)> = Vec::new();
    for line in blocks.iter().flat_map(|b| &b.lines) {
        #[allow(clippy::cast_possible_truncation)] // font sizes are small
        let key = (line.size * 4.0).round() as i32;
        match sizes.iter_mut().find(|(size, _)| *size == key) {
            Some((_, letters)) => *letters += line.len(),
            None => sizes.push((key, line.len())),
        }
    }
    let most = sizes.iter().max_by_key(|(size, letters)| (*letters, *size)).map_or(40, |(size, _)| *size);
    #[allow(clippy::cast_precision_loss)]
    let size = most as f32 / 4.0;
    size
}

/// How a block looks, for telling one rank of headings from another: larger before smaller, bold before light.
#[derive(Clone, Copy, Debug)]
struct Look {
    size: f32,
    bold: bool,
    italic: bool,
}

impl Look {
    fn of(block: &Block) -> Self {
        let size = match block.heading() {
            Some(level) => 30.0 - f32::from(level),
            None => (block.size() * 2.0).round() / 2.0,
        };
        Self { size, bold: block.is_bold(), italic: block.is_italic() }
    }

    fn rank(self) -> (i32, i32) {
        #[allow(clippy::cast_possible_truncation)]
        let size = (self.size * -2.0) as i32;
        (size, if self.bold { i32::from(self.italic) } else { 2 })
    }
}

/// Whether a block looks like a heading; `next` is what follows it.
#[must_use]
pub(super) fn is_heading(block: &Block, next: Option<&Block>, body: f32, grid: bool, vocabulary: &Vocabulary) -> bool {
    if block.kind != BlockKind::Paragraph || block.lines.is_empty() || block.text.is_empty() {
        return false;
    }
    let letters = block.text.chars().count();
    if letters > LONGEST_HEADING || block.lines.len() > 4 || !block.text.chars().any(char::is_alphabetic) {
        return false;
    }
    if block.heading().is_some() {
        return true;
    }
    let single = block.lines.iter().all(|l| l.spans.len() == 1);
    let standard = vocabulary.heading_kind(&block.text);
    if single && block.lines.len() <= 2 && standard.is_some_and(|h| h.standard) && !block.text.ends_with('.') {
        return true;
    }
    let ends_open = !block.text.ends_with(['.', ',', ';']);
    let larger = block.size() > LARGER * body;
    if !grid {
        let alone = next.is_some_and(|n| n.is_italic() != block.is_italic() || n.is_bold() != block.is_bold());
        let emphasised = block.is_italic() && letters < 90 && alone && next.is_some();
        return single && ((larger && letters > 2) || (ends_open && (block.is_bold() || emphasised)));
    }
    if block.is_bold() && ends_open && single {
        return true;
    }
    is_plain_heading(block, next, vocabulary)
}

/// A heading of a text without marks: one short line that begins like one, ends in no sentence mark, and has a
/// paragraph under it.
fn is_plain_heading(block: &Block, next: Option<&Block>, vocabulary: &Vocabulary) -> bool {
    let Some(next) = next else { return false };
    let letters = block.text.chars().count();
    let first = block.text.chars().next().unwrap_or(' ');
    let shape = block.lines.len() == 1
        && block.lines[0].spans.len() == 1
        && letters <= LONGEST_PLAIN_HEADING
        && letters > 3
        && (first.is_uppercase() || first.is_ascii_digit())
        && !block.text.ends_with(['.', ',', ';', ':', '-'])
        && block.lines[0].bbox.x0 < 30.0
        && !block.text.chars().any(|c| c == '@')
        && block.text.chars().filter(char::is_ascii_digit).count() * 3 < letters;
    if !shape {
        return false;
    }
    let prose = next.kind == BlockKind::Paragraph && next.text.chars().count() > 90 && next.text.contains(' ');
    let close = block.lines.last().zip(next.lines.first()).is_some_and(|(a, b)| b.bbox.y0 - a.bbox.y0 < 30.0);
    let known = vocabulary.heading_kind(&block.text).is_some();
    close && (prose || known) && !crate::records::person::looks_like_name(&block.text, vocabulary)
}

/// Part a paper's blocks by its headings.
#[must_use]
pub(super) fn part_by_headings(blocks: &[Block], body: f32, grid: bool, vocabulary: &Vocabulary) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    // The headings that are open, outermost first.
    let mut open: Vec<Open> = Vec::new();
    // The look of the heading of the thing followed up that is being reported on.
    let mut entry_look: Option<Look> = None;
    for (index, block) in blocks.iter().enumerate() {
        let look = Look::of(block);
        if opens_entry(block, &blocks[index + 1..], vocabulary) {
            let level = open.last().map_or(1, |o| o.level + 1);
            let entry = EntryHead::read(&block.text, vocabulary);
            parts.push(Part { heading: Some(block.clone()), kind: SectionKind::Activities, level, entry, blocks: vec![] });
            entry_look = Some(look);
            continue;
        }
        let known = vocabulary.heading_kind(&block.text);
        let heads = is_heading(block, blocks.get(index + 1), body, grid, vocabulary)
            && !is_status_line(block, vocabulary)
            && entry_look.is_none_or(|own| {
                // Inside the report on one thing only what weighs as much as its own heading begins something new.
                let named = known.is_some_and(|h| !h.weak);
                if grid && block.heading().is_none() && !block.is_bold() { named } else { named || look.rank() <= own.rank() }
            });
        if !heads {
            match parts.last_mut() {
                Some(part) => part.blocks.push(block.clone()),
                None => parts.push(Part::headless(SectionKind::Other, 1, vec![block.clone()])),
            }
            continue;
        }
        entry_look = None;
        let standard = known.is_some_and(|h| h.standard);
        if standard {
            open.clear();
        } else {
            while open.last().is_some_and(|last| look.rank() <= last.look.rank()) {
                open.pop();
            }
        }
        let level = open.last().map_or(1, |o| o.level + 1);
        let passed_on = open.last().and_then(|o| passed_on(o.kind));
        let kind = match known {
            Some(h) if !h.weak => h.kind,
            Some(h) => passed_on.unwrap_or(h.kind),
            None => passed_on.unwrap_or(SectionKind::Other),
        };
        open.push(Open { look, level, kind });
        parts.push(Part { heading: Some(block.clone()), kind, level, entry: None, blocks: vec![] });
    }
    parts
}

/// A heading that is open.
struct Open {
    look: Look,
    level: u32,
    kind: SectionKind,
}

/// Report chapters pass their subject on to the headings below them; the sections of a tjänsteskrivelse do not.
fn passed_on(kind: SectionKind) -> Option<SectionKind> {
    use SectionKind::{Activities, Finance, Indicators, KeyFigures};
    matches!(kind, Finance | Activities | Indicators | KeyFigures).then_some(kind)
}
