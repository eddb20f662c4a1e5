//! Which blocks are headings, how deep, and what they head.

use crate::layout::{Block, BlockKind, Line, lines_to_blocks};
use crate::records::section::SectionKind;
use crate::vocabulary::{HeadingMatch, Label, Vocabulary, fold};

use super::Part;
use super::entries::{self, EntryHead, is_status_line, opens_entry};
use super::numbering::depth_of;
use super::plain_headings;
use super::tokens::whole_organ;

/// How much larger than the body a heading's letters are at least, as a ratio.
pub(super) const LARGER: f32 = 1.07;
/// Longest heading, in characters.
const LONGEST_HEADING: usize = 220;
/// Letters from which a paragraph is prose.
const PROSE: usize = 90;
/// Longest heading that only its being alone on a line shows, in characters.
const LONGEST_PLAIN_HEADING: usize = 75;

/// Fewest chapters that are told by their numbers, and least space above each of them, in points of a text's grid.
const FEWEST_CHAPTERS: usize = 3;
const CHAPTER_SPACE: f32 = 8.0;
/// A line of a paragraph is wider than this share of it.
const FULL_SHARE: f32 = 0.75;

/// How a file is set, by which headings are told from text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Typography {
    /// The font size that most of its letters are set in.
    pub(super) body: f32,
    /// Whether it is a text, which shows no type.
    pub(super) grid: bool,
    /// Whether it marks its headings itself, as Markdown does; then nothing else is one.
    pub(super) marked: bool,
    /// Whether its text is set in colour.
    pub(super) colored: bool,
}

impl Typography {
    pub(super) fn of(blocks: &[Block], grid: bool) -> Self {
        let marked = grid && blocks.iter().any(|b| b.heading().is_some());
        let letters = |colored: bool| -> usize {
            let lines = blocks.iter().flat_map(|b| &b.lines).filter(|l| l.colored == colored);
            lines.map(Line::len).sum()
        };
        Self { body: body_size(blocks), grid, marked, colored: letters(true) > letters(false) }
    }
}

/// The font size that most of the letters are set in.
#[must_use]
pub(super) fn body_size(blocks: &[Block]) -> f32 {
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
pub(super) fn unlisted(block: &Block, grid: bool, body: f32, vocabulary: &Vocabulary) -> Block {
    let numbered =
        matches!(&block.kind, BlockKind::ListItem(mark) if mark.starts_with(|c: char| c.is_ascii_digit()));
    let single =
        block.lines.len() <= 2 && block.text.chars().count() < 120 && !block.text.ends_with(['.', ',', ';']);
    let standard = || vocabulary.heading_kind(&block.text).is_some_and(|h| h.standard);
    let stands_out = || !grid && block.is_bold() && block.size() > LARGER * body;
    let is_told = || block.heading().is_some() || stands_out() || (block.is_bold() || grid) && standard();
    if numbered && single && is_told() {
        return Block { kind: BlockKind::Paragraph, text: block.text_with_mark(), ..block.clone() };
    }
    block.clone()
}

/// Chapters of a text without marks, "1. Sammanfattning", "2. Ekonomi", look like items of a list until they are seen
/// together: they count up from one, each stands alone, and other text stands between them.
pub(super) fn unlist_chapters(blocks: &mut Vec<Block>) {
    let number = |block: &Block| match &block.kind {
        BlockKind::ListItem(mark) => mark.strip_suffix('.').and_then(|number| number.parse::<usize>().ok()),
        // One that its words have told already.
        BlockKind::Paragraph => block.text.split_once(". ").and_then(|(number, _)| number.parse().ok()),
        BlockKind::Table(_) => None,
    };
    let space_above = |at: usize| match (
        at.checked_sub(1).and_then(|i| blocks[i].lines.last()),
        blocks[at].lines.first(),
    ) {
        (Some(above), Some(own)) => above.sheet != own.sheet || own.bbox.y0 - above.bbox.y1 > CHAPTER_SPACE,
        _ => true,
    };
    let mut chapters: Vec<usize> = Vec::new();
    for at in 0..blocks.len() {
        let block = &blocks[at];
        let Some(text) = chapter_line(block) else { continue };
        let heads = number(block) == Some(chapters.len() + 1)
            && text.chars().count() <= LONGEST_PLAIN_HEADING
            && text
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ')
                .starts_with(char::is_uppercase)
            && !text.ends_with(['.', ',', ';', ':'])
            && space_above(at)
            && (block.lines.len() > 1 || blocks.get(at + 1).is_some_and(|next| number(next).is_none()));
        if heads {
            chapters.push(at);
        }
    }
    if chapters.len() < FEWEST_CHAPTERS {
        return;
    }
    chapters.retain(|at| matches!(blocks[*at].kind, BlockKind::ListItem(_)));
    for at in chapters.into_iter().rev() {
        let item = blocks[at].clone();
        let (first, rest) = item.lines.split_at(1);
        if rest.is_empty() {
            blocks[at] = Block { kind: BlockKind::Paragraph, text: item.text_with_mark(), ..item };
            continue;
        }
        let mut parted = lines_to_blocks(rest, true);
        let at_first = first.iter().map(|line| line.place).collect();
        let heading = first.iter().map(Line::text).collect::<String>();
        parted.insert(
            0,
            Block {
                kind: BlockKind::Paragraph,
                lines: first.to_vec(),
                text: heading,
                sheet: item.sheet,
                at: at_first,
            },
        );
        blocks.splice(at..=at, parted);
    }
}

/// The line that may name a chapter: the only one of a block, or the first above text that is not set in as an item's is.
fn chapter_line(block: &Block) -> Option<String> {
    match (block.lines.as_slice(), &block.kind) {
        ([_], _) => Some(block.text.clone()),
        ([first, second, ..], BlockKind::ListItem(_)) => {
            let flush = (second.bbox.x0 - first.bbox.x0).abs() < 1.0;
            // A line that goes on is full.
            let right = block.lines.iter().map(|line| line.bbox.x1).fold(0.0, f32::max);
            let short = first.bbox.width() < FULL_SHARE * (right - first.bbox.x0);
            (flush && short && second.text().starts_with(char::is_uppercase)).then(|| first.text())
        }
        _ => None,
    }
}

/// Whether a block looks like a heading; `next` is what follows it.
#[must_use]
pub(super) fn is_heading(
    block: &Block,
    next: Option<&Block>,
    faces: Typography,
    vocabulary: &Vocabulary,
) -> bool {
    let Typography { body, grid, marked, .. } = faces;
    if block.kind != BlockKind::Paragraph || block.lines.is_empty() || block.text.is_empty() {
        return false;
    }
    let letters = block.text.chars().count();
    if letters > LONGEST_HEADING || block.lines.len() > 4 || !block.text.chars().any(char::is_alphabetic) {
        return false;
    }
    // "Trend: positiv" in bold type below a chart says which way it goes.
    if block.text.contains(' ') && vocabulary.trends.whole(&block.text).is_some() {
        return false;
    }
    if block.heading().is_some() {
        return grid || !is_prose_by_look(block, body);
    }
    // "**) Ännu ej publicerad" is a note.
    if block.text.starts_with('*') {
        return false;
    }
    let single = block.lines.iter().all(|l| l.spans.len() == 1);
    let standard = vocabulary.heading_kind(&block.text);
    if single && block.lines.len() <= 2 && standard.is_some_and(|h| h.standard) && !block.text.ends_with('.')
    {
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
        // The styles of word processors set headings in colour, however small. Words for a status are often in colour.
        let in_color = || {
            block.is_colored()
                && !faces.colored
                && ends_open
                && !block.text.ends_with(':')
                && block.lines.len() <= 2
                && letters <= LONGEST_PLAIN_HEADING
                && block.size() > 0.98 * body
                && block.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                && !block.text.contains('@')
                && vocabulary.statuses.prefix(&block.text).is_none()
                && next.is_some_and(|n| !n.is_colored() || n.size() < 0.98 * block.size())
        };
        // "2.1 Demokrati" in the body's own size is told by its number and by the paragraph under it.
        let numbered = || {
            ends_open
                && block.lines.len() == 1
                && letters <= LONGEST_PLAIN_HEADING
                && block.size() > 0.95 * body
                && depth_of(&block.text).is_some_and(|depth| depth > 1)
                && next.is_some_and(heads_paragraph)
        };
        return single
            && ((stands_out && short)
                || (ends_open && (block.is_bold() || emphasised))
                || numbered()
                || in_color());
    }
    if block.is_bold() && ends_open && single {
        return true;
    }
    !marked && is_plain_heading(block, next, vocabulary)
}

/// Whether what a tagged page calls a heading is drawn as the text is: lines of a sentence in its size.
fn is_prose_by_look(block: &Block, body: f32) -> bool {
    block.lines.len() > 1
        && block.text.chars().count() > PROSE
        && block.text.ends_with('.')
        && !block.is_bold()
        && !block.is_italic()
        && block.size() <= LARGER * body
}

/// Whether a block is prose that a heading may stand over.
fn heads_paragraph(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph
        && block.text.chars().count() > LONGEST_PLAIN_HEADING
        && depth_of(&block.text).is_none()
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
    let close = block.lines.last().zip(next.lines.first()).is_some_and(|(a, b)| b.bbox.y0 - a.bbox.y0 < 30.0);
    if vocabulary.heading_kind(&block.text).is_some_and(|h| !h.weak) {
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
        let heads = stands_as_heading(blocks, index, parts.last(), faces, vocabulary)
            && !is_status_line(block, vocabulary)
            && entry_look.is_none_or(|own| {
                // Inside the report on one thing only what weighs as much as its own heading begins something new.
                let named = known.is_some_and(|h| !h.weak);
                if faces.grid && block.heading().is_none() && !block.is_bold() {
                    named || depth_of(&block.text).is_some() || !block.text.chars().any(char::is_lowercase)
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
        // "Förvaltningens förslag till beslut i kommunstyrelsen" under "Förslag till beslut", and "Förslag till eget
        // beslut:" between its items: one section.
        let within = known.is_some_and(|h| h.kind == SectionKind::Proposal)
            && parts.last().is_some_and(|p| {
                p.kind == SectionKind::Proposal
                    && p.heading.as_ref().is_some_and(|h| {
                        p.blocks.is_empty() || block.text.ends_with(':') || look.rank() > Look::of(h).rank()
                    })
            });
        if within {
            if let Some(part) = parts.last_mut() {
                part.blocks.push(block.clone());
            }
            continue;
        }
        entry_look = None;
        // A heading that a marked text does not mark stands beside the one before it, or below if that has no text.
        let unmarked = faces.marked && block.heading().is_none() && !block.is_bold();
        let unmarked = unmarked && parts.last().is_none_or(|above| !above.blocks.is_empty());
        let look = if unmarked { open.last().map_or(look, |o| o.look) } else { look };
        let chapter = Chapter { look, depth: depth_of(&block.text) };
        let in_chapter = open.iter().any(|o| o.chapter.depth.is_some());
        if known.is_some_and(|h| h.standard) && !in_chapter {
            open.clear();
        } else {
            while open.last().is_some_and(|last| chapter.ends(last.chapter, in_chapter, faces)) {
                open.pop();
            }
        }
        let level = open.last().map_or(1, |o| o.level + 1);
        let kind = kind_of(known, &open);
        open.push(Open { look, chapter, level, kind });
        parts.push(Part { heading: Some(block.clone()), kind, level, entry: None, blocks: vec![] });
    }
    parts
}

/// Whether a block is a heading where it stands; `part` is what it would end.
fn stands_as_heading(
    blocks: &[Block],
    index: usize,
    part: Option<&Part>,
    faces: Typography,
    vocabulary: &Vocabulary,
) -> bool {
    use SectionKind::{Proposal, Recipients, SupportingDocuments};
    let block = &blocks[index];
    let next = blocks.get(index + 1);
    if !faces.grid || block.heading().is_some() || block.is_bold() {
        return is_heading(block, next, faces, vocabulary);
    }
    // On the grid nothing but what stands around it lifts a line out of the text.
    let known = vocabulary.heading_kind(&block.text);
    let opens_list = part.is_some_and(|p| {
        matches!(p.kind, Proposal | Recipients | SupportingDocuments) && p.blocks.is_empty()
    });
    if opens_list && known.is_none_or(|h| h.weak) {
        return false;
    }
    if faces.marked {
        return is_heading(block, next, faces, vocabulary)
            || plain_headings::is_unmarked(blocks, index, vocabulary);
    }
    plain_headings::is_heading(blocks, index, vocabulary)
}

/// What a heading says its section is about, and what the headings above it say.
fn kind_of(known: Option<HeadingMatch>, open: &[Open]) -> SectionKind {
    let passed_on = open.last().and_then(|o| passed_on(o.kind));
    match known {
        // "Fokusmål 1" under "Indikatorer" gathers indicators.
        Some(h) if !h.standard && h.kind == SectionKind::Activities => passed_on.unwrap_or(h.kind),
        Some(h) if h.kind == SectionKind::Finance && under_consequences(open) => {
            SectionKind::EconomicConsequences
        }
        Some(h) if !h.weak => h.kind,
        Some(h) => passed_on.unwrap_or(h.kind),
        None => passed_on.unwrap_or(SectionKind::Other),
    }
}

/// The look and number of a heading, by which it stands above, beside or below another.
#[derive(Clone, Copy, Debug)]
struct Chapter {
    look: Look,
    depth: Option<u8>,
}

impl Chapter {
    /// Whether this heading ends what another opened. `numbered` says that a numbered heading is open.
    fn ends(self, other: Self, numbered: bool, faces: Typography) -> bool {
        let by_look = self.look.rank() <= other.look.rank();
        match (self.depth, other.depth) {
            (Some(own), Some(others)) => own <= others,
            (Some(_), None) => numbered || by_look,
            // A text's headings all look alike: those without a number stand below the one that has one.
            (None, Some(_)) if faces.grid && !faces.marked => false,
            _ => by_look,
        }
    }
}

/// "Ekonomi" under "Konsekvenser" tells of consequences.
fn under_consequences(open: &[Open]) -> bool {
    use SectionKind::{EconomicConsequences, OtherConsequences};
    open.last().is_some_and(|o| matches!(o.kind, OtherConsequences | EconomicConsequences))
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
            // The list itself is gone already; prose under its heading is what the next page begins with.
            let prose: Vec<Block> =
                part.blocks.into_iter().filter(|b| b.text.chars().count() > PROSE).collect();
            if !prose.is_empty() {
                kept.push(Part::headless(SectionKind::Other, 1, prose));
            }
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
    chapter: Chapter,
    level: u32,
    kind: SectionKind,
}

/// Report chapters pass their subject on to the headings below them; the sections of a tjänsteskrivelse do not.
fn passed_on(kind: SectionKind) -> Option<SectionKind> {
    use SectionKind::{Activities, Finance, Indicators, KeyFigures};
    matches!(kind, Finance | Activities | Indicators | KeyFigures).then_some(kind)
}
