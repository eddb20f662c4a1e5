//! From lines to blocks: paragraphs, list items, headings, tables, in reading order.

use super::hyphenation::Lexicon;
use super::line::Line;
use crate::place::At;

/// Gap between two baselines, in parts of the usual one, that parts two paragraphs.
const PARAGRAPH_GAP: f32 = 1.28;
/// Relative difference in font size that parts two blocks.
const SIZE_STEP: f32 = 0.06;
/// Indentation, in parts of the font size, that begins something new.
const INDENT: f32 = 1.2;

/// Share of a text file's widest line that a line may fall short of it and still be full.
const GRID_SLACK: f32 = 0.8;

/// Share of a text file's widest line that a heading between paragraphs keeps within.
const TITLE_WIDTH: f32 = 0.6;

/// Something that is read as one: a paragraph, a list item, a heading, a table's place.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it looks like.
    pub kind: BlockKind,
    /// Its lines; a table's are those that it would be if it were none.
    pub lines: Vec<Line>,
    /// Its lines joined, hyphenation undone. A list item is without its mark.
    pub text: String,
    /// Sheet that it begins on, from 1.
    pub sheet: u32,
    /// Where it stands.
    pub at: At,
}

/// What a block looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// Running text, or a line of its own.
    Paragraph,
    /// An item of a list, with its mark: "1.", "a)", "•".
    ListItem(String),
    /// A table: an index into the layout's tables.
    Table(usize),
}

impl Block {
    /// Font size of most of its letters.
    #[must_use]
    pub fn size(&self) -> f32 {
        self.lines.first().map_or(0.0, |l| l.size)
    }

    /// Whether it is bold as a whole.
    #[must_use]
    pub fn is_bold(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|l| l.bold)
    }

    /// Whether it is italic as a whole.
    #[must_use]
    pub fn is_italic(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|l| l.italic)
    }

    /// Whether it is in colour as a whole.
    #[must_use]
    pub fn is_colored(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|l| l.colored)
    }

    /// Depth of the heading that a mark or a tag says it is.
    #[must_use]
    pub fn heading(&self) -> Option<u8> {
        self.lines.first().and_then(|l| l.heading)
    }

    /// The block's text with its list mark in front, as a paper's own text reads.
    #[must_use]
    pub fn text_with_mark(&self) -> String {
        match &self.kind {
            BlockKind::ListItem(mark) if mark.chars().next().is_some_and(char::is_alphanumeric) => {
                format!("{mark} {}", self.text)
            }
            BlockKind::ListItem(_) => format!("- {}", self.text),
            _ => self.text.clone(),
        }
    }
}

/// What stands on a page, from the top down.
#[derive(Clone, Debug)]
pub(super) enum Piece<'a> {
    /// A line.
    Line(&'a Line),
    /// A table.
    Table {
        /// Its index in the layout.
        index: usize,
        /// Where it stands.
        at: At,
        /// The lines that it would be if it were none.
        lines: Vec<Line>,
    },
}

/// How many long lines, and distances between lines, tell what is usual on a page.
const FEWEST_LINES: usize = 8;

/// What is usual in a file: by it lines are gathered into paragraphs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habit {
    /// Distance between baselines in parts of the font size.
    pub pitch: f32,
    /// Whether the lines stand on a text file's grid, where an empty line is the only sure gap.
    pub grid: bool,
    /// Left edge of most long lines.
    pub left: f32,
    /// Right edge that the long lines reach.
    pub right: f32,
}

impl Habit {
    /// The usual distance between lines of one paragraph.
    #[must_use]
    pub(super) fn of(pages: &[Vec<Line>], grid: bool) -> Self {
        let pitches: Vec<f32> = pages.iter().flat_map(|lines| pitches(lines)).collect();
        let (left, right) = edges(pages.iter().flatten());
        let (left, right) = (left.unwrap_or(0.0), right.unwrap_or(0.0));
        // A third of the way: gaps between paragraphs are in the list too, and they are the larger ones.
        let pitch = if grid { None } else { share_of(pitches, 0.33) }.unwrap_or(1.2);
        Self { pitch, grid, left, right }
    }

    /// The same with what is usual on a page, where that has lines enough to tell: a paper's appendix is often set in
    /// another way than the paper.
    #[must_use]
    pub(super) fn on(self, page: &[Line]) -> Self {
        if self.grid || page.iter().filter(|line| is_long(line)).count() < FEWEST_LINES {
            return self;
        }
        let pitches: Vec<f32> = pitches(page).collect();
        let enough = pitches.len() >= FEWEST_LINES;
        let pitch = share_of(pitches, 0.33).filter(|_| enough).unwrap_or(self.pitch);
        let (left, right) = edges(page.iter());
        Self { pitch, left: left.unwrap_or(self.left), right: right.unwrap_or(self.right), ..self }
    }
}

/// Whether a line is so long that it tells where lines begin and end.
fn is_long(line: &Line) -> bool {
    line.len() > 60 && line.spans.len() == 1
}

/// The left edge of most long lines, and the right edge that they reach.
fn edges<'a>(lines: impl Iterator<Item = &'a Line>) -> (Option<f32>, Option<f32>) {
    let (starts, ends) = lines.filter(|line| is_long(line)).map(|line| (line.bbox.x0, line.bbox.x1)).unzip();
    (share_of(starts, 0.5), share_of(ends, 0.9))
}

/// Distances between the baselines of a page's long lines, in parts of the font size.
fn pitches(lines: &[Line]) -> impl Iterator<Item = f32> {
    lines
        .windows(2)
        .filter(|pair| pair[0].len() > 40 && (pair[0].size - pair[1].size).abs() < 0.1)
        .map(|pair| (pair[1].bbox.y1 - pair[0].bbox.y1) / pair[0].size)
        .filter(|pitch| (0.8..2.6).contains(pitch))
}

/// The value that so large a share of the values lies below.
fn share_of(mut values: Vec<f32>, share: f32) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let at = (values.len() as f32 * share) as usize;
    values.get(at).copied()
}

/// Gather what stands on one page into blocks.
#[must_use]
pub(super) fn gather_blocks(pieces: Vec<Piece<'_>>, habit: Habit, lexicon: &Lexicon) -> Vec<Block> {
    let line = |p: &Piece<'_>| if let Piece::Line(l) = p { Some((*l).clone()) } else { None };
    let lines: Vec<Line> = pieces.iter().filter_map(line).collect();
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Vec<Line> = Vec::new();
    let flush = |open: &mut Vec<Line>, blocks: &mut Vec<Block>| {
        if !open.is_empty() {
            blocks.push(paragraph(std::mem::take(open), lexicon));
        }
    };
    for piece in pieces {
        match piece {
            Piece::Line(line) => {
                let parts = open.last().is_none_or(|last| {
                    begins_block(&open[0], last, line, right_edge(&lines, last, habit), habit)
                });
                if parts {
                    flush(&mut open, &mut blocks);
                }
                open.push(line.clone());
            }
            Piece::Table { index, at, lines } => {
                flush(&mut open, &mut blocks);
                let sheet = lines.first().map_or(1, |l| l.sheet);
                blocks.push(Block { kind: BlockKind::Table(index), lines, text: String::new(), sheet, at });
            }
        }
    }
    flush(&mut open, &mut blocks);
    blocks
}

/// Whether a page's first paragraph goes on from the last page's last one.
#[must_use]
pub(super) fn continues(last: &Block, next: &Block, page_right: f32) -> bool {
    let (Some(end), Some(start)) = (last.lines.last(), next.lines.first()) else { return false };
    if next.kind != BlockKind::Paragraph || next.heading().is_some() || last.heading().is_some() {
        return false;
    }
    let same_look = (end.size - start.size).abs() <= SIZE_STEP * end.size
        && last.is_bold() == next.is_bold()
        && end.spans.len() == 1
        && start.spans.len() == 1;
    let lower = next.text.chars().next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
        && !begins_chapter(&next.text);
    let open_end = !last.text.ends_with(['.', ':', '!', '?']);
    same_look && open_end && (lower || (end.len() > 50 && !first_word_fits(end, start, page_right)))
}

/// "1 Inledning", "2.1 Ekonomi": a number and a word with a capital begin a chapter on a new page.
fn begins_chapter(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(number, rest)| {
        number.len() <= 6
            && number.chars().all(|c| c.is_ascii_digit() || c == '.')
            && rest.trim_start().starts_with(char::is_uppercase)
    })
}

/// Join two blocks that are one.
pub(super) fn append(last: &mut Block, next: Block, lexicon: &Lexicon) {
    last.text = lexicon.join([last.text.as_str(), next.text.as_str()]);
    last.lines.extend(next.lines);
    last.at.extend(&next.at);
}

fn paragraph(lines: Vec<Line>, lexicon: &Lexicon) -> Block {
    let texts: Vec<String> = lines.iter().map(Line::text).collect();
    let joined = lexicon.join(texts.iter().map(String::as_str));
    let (kind, text) = match list_mark(&joined) {
        Some(length) => {
            let mark = joined[..length].trim().to_owned();
            (BlockKind::ListItem(mark), joined[length..].trim().to_owned())
        }
        None => (BlockKind::Paragraph, joined),
    };
    let at = lines.iter().map(|l| l.place).collect();
    Block { kind, sheet: lines.first().map_or(1, |l| l.sheet), lines, text, at }
}

/// Length in bytes of the mark that a list item begins with, the space behind it included.
#[must_use]
pub fn list_mark(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let bullet = "•●▪◦‣–—∙·■□➢*-\u{2043}".contains(first);
    if bullet {
        let rest = &text[first.len_utf8()..];
        // "-188.370" and "- 6 279" are numbers, "–" in front of a word is a dash or a mark.
        let spaced =
            rest.starts_with(' ') && rest.trim_start().chars().next().is_some_and(|c| !c.is_ascii_digit());
        let glued = "•●▪◦‣■□➢".contains(first) && !rest.is_empty();
        return (spaced || glued).then(|| text.len() - rest.trim_start().len());
    }
    if text.starts_with("o ") && text[2..].chars().next().is_some_and(char::is_uppercase) {
        return Some(2);
    }
    let end = text.find(' ')?;
    let mark = &text[..end];
    let body = mark.strip_suffix(['.', ')'])?;
    let body = body.strip_prefix('(').unwrap_or(body);
    let number = body.len() <= 2 && !body.is_empty() && body.chars().all(|c| c.is_ascii_digit());
    let letter = body.chars().count() == 1 && body.chars().all(char::is_lowercase);
    (number || letter).then_some(end + 1)
}

fn begins_block(first: &Line, last: &Line, line: &Line, right: f32, habit: Habit) -> bool {
    let pitch = line.bbox.y1 - last.bbox.y1;
    let usual = if habit.grid { super::line::LINE_HEIGHT } else { habit.pitch * last.size.max(line.size) };
    if line.sheet != last.sheet || line.heading != last.heading || line.furniture != last.furniture {
        return true;
    }
    if pitch > PARAGRAPH_GAP * usual || pitch < -0.5 * usual {
        return true;
    }
    if (line.size - last.size).abs() > SIZE_STEP * last.size || line.bold != last.bold {
        // Emphasis inside a paragraph changes no line as a whole unless the line is short.
        let emphasis =
            line.bold != last.bold && (line.size - last.size).abs() <= SIZE_STEP * last.size && habit.grid;
        if !emphasis {
            return true;
        }
    }
    if list_mark(&line.text()).is_some() && !mid_sentence_dash(last, line) {
        return true;
    }
    if begins_att_clause(last, line) {
        return true;
    }
    if !habit.grid && (last.spans.len() > 1 || line.spans.len() > 1) {
        return true;
    }
    let hanging = list_mark(&first.text()).is_some();
    let indent = line.bbox.x0 - last.bbox.x0;
    if !hanging && indent.abs() > INDENT * line.size && !habit.grid {
        return true;
    }
    if hanging && first.bbox.x0 - line.bbox.x0 > 0.5 * line.size {
        return true;
    }
    if habit.grid && follows_an_end(last, line, right) {
        return true;
    }
    if habit.grid && goes_on(last, line, right) {
        return false;
    }
    // Printed text stands in letters of many widths; on the grid its lines differ by a tenth.
    let right = if habit.grid { right * GRID_SLACK } else { right };
    first_word_fits(last, line, right)
}

/// A dash at the start of a line in the middle of a sentence: "socialtjänst\n- ekonomiskt bistånd".
fn mid_sentence_dash(last: &Line, line: &Line) -> bool {
    let text = line.text();
    text.starts_with(['-', '–'])
        && text.trim_start_matches(['-', '–', ' ']).chars().next().is_some_and(char::is_lowercase)
        && !ends_sentence(last)
        && last.len() > 50
        && list_mark(&last.text()).is_none()
}

/// The clauses of a decision stand on lines of their own: "att godkänna rapporten, samt" / "att …".
fn begins_att_clause(last: &Line, line: &Line) -> bool {
    let begins = line.spans.first().is_some_and(|s| s.text.starts_with("att "));
    let ends = last.spans.last().map(|s| s.text.as_str()).unwrap_or_default();
    begins && [",", ":", " samt", " beslutar", " besluta", ", dels"].iter().any(|e| ends.ends_with(e))
}

/// A short line after a sentence's end that begins like one and does not end like one: a heading without space around it.
fn follows_an_end(last: &Line, line: &Line, right: f32) -> bool {
    let text = line.text();
    ends_sentence(last)
        && last.bbox.x1 < GRID_SLACK * right
        && line.bbox.x1 < TITLE_WIDTH * right
        && line.spans.len() == 1
        && text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', ',', ':', ';', '!', '?', '-'])
}

/// Whether a long line without a sentence's end is followed by small letters: however wide the text may be elsewhere, the
/// sentence goes on.
fn goes_on(last: &Line, line: &Line, right: f32) -> bool {
    last.bbox.x1 >= TITLE_WIDTH * right
        && last.spans.len() == 1
        && line.spans.first().is_some_and(|span| span.text.starts_with(char::is_lowercase))
        && !ends_sentence(last)
}

fn ends_sentence(line: &Line) -> bool {
    line.spans.last().is_some_and(|s| s.text.ends_with(['.', ':', '!', '?']))
}

/// Whether a line's first word would have fitted on the line before: then the break between them was meant.
fn first_word_fits(last: &Line, line: &Line, right: f32) -> bool {
    let Some(span) = line.spans.first() else { return false };
    let letters = span.text.chars().count().max(1);
    let word = span.text.split_whitespace().next().unwrap_or_default().chars().count();
    // A hyphenated word could have been broken after its hyphen.
    #[allow(clippy::cast_precision_loss)] // a word's length is small
    let width = span.bbox.width() / letters as f32 * word as f32;
    last.bbox.x1 + 0.35 * last.size + width < right - 0.6 * last.size
}

/// The right edge of the column that a line stands in.
fn right_edge(lines: &[Line], line: &Line, habit: Habit) -> f32 {
    let same = |l: &&Line| (l.bbox.x0 - line.bbox.x0).abs() < 6.0 * line.size && l.spans.len() == 1;
    let here = lines.iter().filter(same).map(|l| l.bbox.x1).fold(line.bbox.x1, f32::max);
    // A page with nothing but short lines does not show how wide its column is; the others do.
    let in_body = (line.bbox.x0 - habit.left).abs() < 8.0 * line.size;
    if in_body { here.max(habit.right) } else { here }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;
    use crate::layout::line::Span;
    use crate::place::Place;

    /// A page of long lines, the first of a paragraph set farther from the line before than the others.
    fn page(sheet: u32, pitch: f32, x1: f32, paragraphs: &[usize]) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut y = 100.0;
        for lengths in paragraphs {
            for at in 0..*lengths {
                let last = at + 1 == *lengths;
                let end = if last { x1 - 150.0 } else { x1 };
                let text = format!("ord {}", "bokstäver ".repeat(7).trim_end());
                let bbox = Rect { x0: 70.0, y0: y, x1: end, y1: y + 11.0 };
                let span = Span { text, bbox, size: 11.0, bold: false, italic: false, colored: false };
                lines.push(Line::new(vec![span], sheet, Place::on_page(sheet, bbox)));
                y += pitch;
            }
            y += 8.0;
        }
        lines
    }

    #[test]
    fn an_appendix_set_wider_and_closer_does_not_break_the_papers_lines() {
        let paper = page(1, 18.0, 430.0, &[3, 4, 3]);
        let appendix: Vec<Line> = (2..6).flat_map(|sheet| page(sheet, 12.5, 520.0, &[9, 9, 9])).collect();
        let file = Habit::of(&[paper.clone(), appendix], false);
        let blocks = |habit: Habit| {
            let pieces = paper.iter().map(Piece::Line).collect();
            gather_blocks(pieces, habit, &Lexicon::default()).len()
        };
        assert_eq!((blocks(file.on(&paper)), blocks(file)), (3, 10));
    }
}
