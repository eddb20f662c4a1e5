//! Which blocks are headings, how deep, and what they head.

use crate::layout::{Block, BlockKind, Layout};
use crate::records::section::SectionKind;
use crate::vocabulary::{HeadingMatch, Label, Vocabulary, fold};

use super::Part;
use super::entries::{self, EntryHead, is_status_line, opens_entry};
use super::tokens::whole_organ;

/// How much larger than the body a heading's letters are at least, as a ratio.
const LARGER: f32 = 1.07;
/// Longest heading, in characters.
const LONGEST_HEADING: usize = 220;
/// Longest heading that only its being alone on a line shows, in characters.
const LONGEST_PLAIN_HEADING: usize = 75;

/// How a file is set, by which headings are told from text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Typography {
    /// The font size that most of its letters are set in.
    pub(super) body: f32,
    /// Whether it is a text, which shows no type.
    pub(super) grid: bool,
    /// Whether it marks its headings itself, as Markdown does; then nothing else is one.
    pub(super) marked: bool,
}

impl Typography {
    pub(super) fn of(layout: &Layout) -> Self {
        let marked = layout.grid && layout.blocks.iter().any(|b| b.heading().is_some());
        Self { body: body_size(&layout.blocks), grid: layout.grid, marked }
    }
}

/// The font size that most of the letters are set in.
#[must_use]
fn body_size(blocks: &[Block]) -> f32 {
    let mut sizes: Vec<(i32, usize)> = Vec::new();
    let text = || blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Table(_)));
    // Paragraphs tell; a short report may consist of single lines alone.
    let prose = text().filter(|b| b.lines.len() > 1 && b.text.chars().count() > 100);
    let lines: Vec<_> = prose.flat_map(|b| &b.lines).collect();
    let lines = if lines.is_empty() { text().flat_map(|b| &b.lines).collect() } else { lines };
    for line in lines {
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

/// A numbered heading, "1. Förslag till beslut", looks like an item of a list until its look or its words tell.
pub(super) fn unlisted(block: &Block, vocabulary: &Vocabulary) -> Block {
    let numbered =
        matches!(&block.kind, BlockKind::ListItem(mark) if mark.starts_with(|c: char| c.is_ascii_digit()));
    let single =
        block.lines.len() <= 2 && block.text.chars().count() < 120 && !block.text.ends_with(['.', ',', ';']);
    let standard = || vocabulary.heading_kind(&block.text).is_some_and(|h| h.standard);
    if numbered && single && (block.heading().is_some() || (block.is_bold() && standard())) {
        return Block { kind: BlockKind::Paragraph, text: block.text_with_mark(), ..block.clone() };
    }
    block.clone()
}

/// Whether a block looks like a heading; `next` is what follows it.
#[must_use]
pub(super) fn is_heading(
    block: &Block,
    next: Option<&Block>,
    faces: Typography,
    vocabulary: &Vocabulary,
) -> bool {
    looks_like_heading(block, next, faces, || vocabulary.heading_kind(&block.text), vocabulary)
}

/// The same of a block whose words have been looked up, or are once that is needed.
fn looks_like_heading(
    block: &Block,
    next: Option<&Block>,
    faces: Typography,
    known: impl FnOnce() -> Option<HeadingMatch>,
    vocabulary: &Vocabulary,
) -> bool {
    let Typography { body, grid, marked } = faces;
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
    let known = known();
    if single && block.lines.len() <= 2 && known.is_some_and(|h| h.standard) && !block.text.ends_with('.') {
        return true;
    }
    let ends_open = !block.text.ends_with(['.', ',', ';']);
    let larger = block.size() > LARGER * body;
    if !grid {
        let alone =
            next.is_some_and(|n| n.is_italic() != block.is_italic() || n.is_bold() != block.is_bold());
        let signed = !larger
            && (vocabulary.is_role(&block.text)
                || crate::records::person::looks_like_name(&block.text, vocabulary));
        if signed {
            return false;
        }
        let emphasised = block.is_italic() && letters < 90 && alone && next.is_some();
        let stands_out =
            larger && letters > 2 && (ends_open || block.is_bold() || block.size() > 1.25 * body);
        let short = letters < 130 || block.is_bold() || block.size() > 1.25 * body;
        return single && ((stands_out && short) || (ends_open && (block.is_bold() || emphasised)));
    }
    if block.is_bold() && ends_open && single {
        return true;
    }
    !marked && is_plain_heading(block, next, known, vocabulary)
}

/// A heading of a text without marks: one short line that begins like one, ends in no sentence mark, and has a
/// paragraph under it.
fn is_plain_heading(
    block: &Block,
    next: Option<&Block>,
    known: Option<HeadingMatch>,
    vocabulary: &Vocabulary,
) -> bool {
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
    let close = block.lines.last().zip(next.lines.first()).is_some_and(|(a, b)| b.bbox.y0 - a.bbox.y0 < 30.0);
    if known.is_some_and(|h| !h.weak) {
        return close;
    }
    let prose =
        next.kind == BlockKind::Paragraph && next.text.chars().count() > 90 && next.text.contains(' ');
    close
        && prose
        && !block.text.contains(',')
        && vocabulary.decision(&block.text).is_none()
        && !crate::records::person::looks_like_name(&block.text, vocabulary)
}

/// Part a paper's blocks by its headings.
#[must_use]
pub(super) fn part_by_headings(
    blocks: &[Block],
    title: Option<&str>,
    faces: Typography,
    vocabulary: &Vocabulary,
) -> Vec<Part> {
    let grid = faces.grid;
    let blocks = &entries::part_blocks(blocks, vocabulary);
    let mut parts: Vec<Part> = Vec::new();
    // The headings that are open, outermost first.
    let mut open: Vec<Open> = Vec::new();
    // The look of the heading of the thing followed up that is being reported on.
    let mut entry_look: Option<Look> = None;
    // A head printed again on a later page: the title, and what follows it there.
    let title = title.map(fold);
    let mut repeating = false;
    for (index, block) in blocks.iter().enumerate() {
        let look = Look::of(block);
        if opens_entry(block, &blocks[index + 1..], vocabulary) {
            let level = open.last().map_or(1, |o| o.level + 1);
            let entry = EntryHead::read(&block.text, vocabulary);
            parts.push(Part {
                heading: Some(block.clone()),
                kind: SectionKind::Activities,
                level,
                entry,
                blocks: vec![],
            });
            entry_look = Some(look);
            continue;
        }
        let known = vocabulary.heading_kind(&block.text);
        // On the grid nothing but the space above it lifts an unknown line out of the text.
        let lifted = !grid
            || block.heading().is_some()
            || block.is_bold()
            || known.is_some_and(|h| !h.weak)
            || index.checked_sub(1).is_none_or(|i| stands_apart(&blocks[i], block))
            || index
                .checked_sub(1)
                .is_some_and(|i| is_short_line_between(&blocks[i], block, blocks.get(index + 1)));
        let in_list = parts.last().is_some_and(|p| {
            use SectionKind::{Proposal, Recipients, SupportingDocuments};
            grid && matches!(p.kind, Proposal | Recipients | SupportingDocuments) && p.blocks.is_empty()
        });
        let heads = lifted
            && !(in_list && known.is_none_or(|h| h.weak))
            && looks_like_heading(block, blocks.get(index + 1), faces, || known, vocabulary)
            && !is_status_line(block, vocabulary)
            && entry_look.is_none_or(|own| {
                // Inside the report on one thing only what weighs as much as its own heading begins something new.
                let named = known.is_some_and(|h| !h.weak);
                if grid && block.heading().is_none() && !block.is_bold() {
                    named
                } else {
                    named || look.rank() <= own.rank()
                }
            });
        if !heads {
            match parts.last_mut() {
                Some(part) => part.blocks.push(block.clone()),
                None => parts.push(Part::headless(SectionKind::Other, 1, vec![block.clone()])),
            }
            continue;
        }
        let text = fold(&block.text);
        let printed = |p: &Part| p.heading.as_ref().is_some_and(|h| fold(&h.text) == text);
        repeating = title.as_ref() == Some(&text) || (repeating && parts.iter().any(printed));
        if repeating {
            continue;
        }
        // "Förvaltningens förslag till beslut i kommunstyrelsen" under "Förslag till beslut": one heading in two lines.
        let twice = known.is_some_and(|h| h.kind == SectionKind::Proposal)
            && parts.last().is_some_and(|p| {
                p.kind == SectionKind::Proposal && p.heading.is_some() && p.blocks.is_empty()
            });
        if twice {
            if let Some(part) = parts.last_mut() {
                part.blocks.push(block.clone());
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
            // "Fokusmål 1" under "Indikatorer" gathers indicators.
            Some(h) if !h.standard && h.kind == SectionKind::Activities => passed_on.unwrap_or(h.kind),
            Some(h) if h.kind == SectionKind::Finance && under_consequences(&open) => {
                SectionKind::EconomicConsequences
            }
            Some(h) if !h.weak => h.kind,
            Some(h) => passed_on.unwrap_or(h.kind),
            None => passed_on.unwrap_or(SectionKind::Other),
        };
        open.push(Open { look, level, kind });
        parts.push(Part { heading: Some(block.clone()), kind, level, entry: None, blocks: vec![] });
    }
    parts
}

/// "Ekonomi" under "Konsekvenser" tells of consequences.
fn under_consequences(open: &[Open]) -> bool {
    use SectionKind::{EconomicConsequences, OtherConsequences};
    open.last().is_some_and(|o| matches!(o.kind, OtherConsequences | EconomicConsequences))
}

/// A few words on a line of their own between two paragraphs.
fn is_short_line_between(above: &Block, block: &Block, below: Option<&Block>) -> bool {
    let few = block.text.chars().count() <= 40 && block.text.split_whitespace().count() <= 5;
    few && above.text.ends_with('.')
        && below.is_some_and(|b| b.lines.len() >= 2 && b.text.chars().count() > 90)
}

/// Whether an empty line parts two blocks of a text.
fn stands_apart(above: &Block, below: &Block) -> bool {
    let (Some(a), Some(b)) = (above.lines.last(), below.lines.first()) else { return true };
    a.sheet != b.sheet || b.bbox.y0 - a.bbox.y0 > 20.0
}

/// Leave out what is no section: a table of contents, and the lines of a cover that head nothing.
pub(super) fn without_front_matter(parts: Vec<Part>, vocabulary: &Vocabulary) -> Vec<Part> {
    let contents = |p: &Part| {
        p.heading
            .as_ref()
            .is_some_and(|h| vocabulary.labels.whole(&h.text).is_some_and(|l| l.code == Label::Contents))
    };
    let mut kept: Vec<Part> = Vec::with_capacity(parts.len());
    let mut begun = false;
    let mut parts = parts.into_iter().peekable();
    while let Some(part) = parts.next() {
        if contents(&part) {
            continue;
        }
        let heads_deeper = parts.peek().is_some_and(|next| next.level > part.level);
        let empty = part.blocks.is_empty() && !heads_deeper && part.entry.is_none();
        let names_a_body = part.heading.as_ref().is_some_and(|h| whole_organ(&h.text, vocabulary).is_some());
        let known = part.heading.as_ref().is_some_and(|h| vocabulary.heading_kind(&h.text).is_some());
        if empty && (names_a_body || (!begun && !known && parts.peek().is_some())) {
            continue;
        }
        begun |= !part.blocks.is_empty();
        kept.push(part);
    }
    kept
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
