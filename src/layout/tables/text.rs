//! Tables in plain text and Markdown: between pipes, between tabs, or in aligned columns.
//!
//! In go the lines of a text, out come its tables with the lines they take. A pipe table's widths are its own; a row
//! with fewer cells is short at its end, as Markdown has it. Between tabs a cell stands
//! where the tabs put it: each is whole, and which column a shifted one is for is left to the records. Aligned columns are
//! read as those of a page, by the same witnesses.

use std::ops::Range;

use super::certainty;
use super::drawn_text::{self, DrawnTable};
use super::kind::{Kind, continues_group, kind_of, starts_group};
use super::segments;
use super::{Doubt, GridCell, PageTable};
use crate::geometry::Rect;
use crate::glyphs::unescaped;
use crate::layout::{PageWords, Word};
use crate::pattern::Pattern;
use crate::place::{At, Place};
use crate::records::table::{Cell, Certainty, Table};

/// Fewest lines of a table in aligned columns.
const ALIGNED_LINES: usize = 3;
/// Most words between two gaps of two lines: more is no text for people.
const MOST_WORDS: usize = 50_000;
/// Font size of a text that is laid out as a page, in points.
const SIZE: f32 = 10.0;
/// Distance between its lines, in points.
const PITCH: f32 = 12.0;
/// Width of its characters, in points: a typewriter's are 0.6 of the font size.
const CHARACTER: f32 = 6.0;
/// How far a word's box reaches over its last character, in points: one space is then a word space of 0.4 of the font
/// size, which may part thousands, and two are 1.0, which part columns.
const OVERHANG: f32 = 2.0;
/// How much the places of a table's columns may differ from its other page's, in parts of the smallest distance between
/// two columns, but for a shift of all.
const SAME_SHIFT: f32 = 0.34;
/// Fewest figures of two rows that make them rows of one table over a wide space.
const FEWEST_ALIKE: usize = 3;
/// Most lines that such a space and the heading below it take.
const WIDEST_SPACE: usize = 6;
/// Most lines of a heading within a table.
const LONGEST_GROUP: usize = 2;
/// Most words of a label's line.
const LONGEST_LABEL: usize = 8;
/// Most lines between a table and where it goes on: the foot and the head of a page.
const FURTHEST: usize = 24;
/// Fewest cells that all say the same where they are one.
const FEWEST_REPEATED: usize = 3;
/// A line break within a cell.
const PART: &str = "\n";
/// Characters from one tab to the next.
const TAB: usize = 8;

/// A line break within a cell.
static BREAK: Pattern = Pattern::new(r"(?i)<br\s*/?>");

/// A table in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextTable {
    /// Its lines, from 0.
    pub lines: Range<usize>,
    /// Its cells; their places are lines from 1.
    pub table: Table,
    /// Why it is uncertain.
    pub doubts: Vec<Doubt>,
    /// Its lines on later pages.
    more: Vec<Range<usize>>,
    /// Left and right end of each column, in points of the grid; none where widths are its own.
    ends: Vec<(f32, f32)>,
}

impl TextTable {
    /// The stretches of lines it takes: one on each of its pages.
    pub fn ranges(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        std::iter::once(self.lines.clone()).chain(self.more.iter().cloned())
    }

    /// Give its places the numbers that its lines have in the file: comments are left out, and a page may begin within
    /// a line.
    pub fn number_lines(&mut self, numbers: &[u32]) {
        let number = |line: u32| numbers.get(line as usize - 1).copied().unwrap_or(line);
        let cells = self.table.rows.iter_mut().flatten().flat_map(|c| &mut c.at.0);
        for place in cells.chain(&mut self.table.at) {
            if let Place::Lines(lines) = place {
                (lines.line, lines.end_line) = (number(lines.line), number(lines.end_line));
            }
        }
    }

    /// The line after its last, from 0.
    fn end(&self) -> usize {
        self.more.last().unwrap_or(&self.lines).end
    }

    fn width(&self) -> usize {
        self.table.rows.first().map_or(0, |r| r.iter().map(|c| c.col_span as usize).sum())
    }

    /// Whether the other's heading repeats this one's.
    fn same_heading(&self, other: &Self) -> bool {
        let heads = |t: &Self| -> Vec<Vec<String>> {
            let rows = t.table.rows.iter().take(t.table.header_rows as usize);
            rows.map(|r| r.iter().map(|c| c.text.clone()).collect()).collect()
        };
        self.table.header_rows > 0 && heads(self) == heads(other)
    }

    /// Whether the other's columns stand where this one's do, but for a shift that they share. Texts made of pages put
    /// them a character or two off.
    fn same_places(&self, other: &Self) -> bool {
        let shifts = self.ends.iter().zip(&other.ends).skip(1).map(|(a, b)| b.1 - a.1);
        let (least, most) = shifts.fold((f32::INFINITY, f32::NEG_INFINITY), |(l, m), s| (l.min(s), m.max(s)));
        let pitch = self.ends.windows(2).map(|p| p[1].1 - p[0].1).fold(f32::INFINITY, f32::min);
        self.ends.len() == other.ends.len() && self.ends.len() >= 3 && most - least <= SAME_SHIFT * pitch
    }

    fn append(&mut self, other: Self, headed: bool) {
        let skipped = if headed { other.table.header_rows as usize } else { 0 };
        self.table.rows.extend(other.table.rows.into_iter().skip(skipped));
        self.table.at.extend(other.table.at);
        if other.table.certainty == Certainty::Uncertain {
            self.table.certainty = Certainty::Uncertain;
        }
        self.doubts.extend(other.doubts);
        self.doubts.sort_unstable();
        self.doubts.dedup();
        self.more.push(other.lines);
        self.more.extend(other.more);
    }
}

/// Find the tables in a text's lines, from top to bottom. `pages` tells the lines' pages where the text marks them.
#[must_use]
pub fn find_in_text(lines: &[&str], pages: &[Option<u32>]) -> Vec<TextTable> {
    let mut found = Vec::new();
    let mut taken = vec![false; lines.len()];
    let mut at = 0;
    while at < lines.len() {
        match pipe_table(lines, at).or_else(|| tab_table(lines, at)).or_else(|| drawn_table(lines, at)) {
            Some(table) => {
                taken[table.lines.clone()].fill(true);
                at = table.lines.end.max(at + 1);
                found.push(table);
            }
            None => at += 1,
        }
    }
    found.extend(aligned_tables(lines, pages, &taken));
    found.sort_by_key(|t| t.lines.start);
    join(found, lines, pages)
}

/// Join tables in aligned columns that go on: over a page with their heading repeated or without one, or below a wide
/// space without one.
fn join(found: Vec<TextTable>, lines: &[&str], pages: &[Option<u32>]) -> Vec<TextTable> {
    let mut joined: Vec<TextTable> = Vec::new();
    for table in found {
        let before = joined.last().filter(|before| goes_on(before, &table, lines, pages));
        let headed = before.map(|before| before.same_heading(&table));
        match (joined.last_mut(), headed) {
            (Some(before), Some(headed)) => before.append(table, headed),
            _ => joined.push(table),
        }
    }
    joined
}

fn goes_on(before: &TextTable, next: &TextTable, lines: &[&str], pages: &[Option<u32>]) -> bool {
    let aligned = !before.ends.is_empty() && !next.ends.is_empty();
    let (from, to) = (before.end(), next.lines.start);
    if !aligned || from > to || to - from > FURTHEST || before.width() != next.width() {
        return false;
    }
    let turn = (from..=to).any(|at| turns(lines, pages, at));
    let masked = |line: &str| -> String {
        squeezed(line).chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
    };
    let repeated = |line: &str| {
        let text = masked(line);
        lines.iter().filter(|l| masked(l) == text).count() >= 2
    };
    let between = || lines[from..to].iter().filter(|l| !l.trim().is_empty());
    if turn {
        let headless =
            before.table.header_rows > 0 && next.table.header_rows == 0 && before.same_places(next);
        return between().all(|l| repeated(l)) && (before.same_heading(next) || headless);
    }
    before.table.header_rows > 0
        && next.table.header_rows == 0
        && between().next().is_none()
        && before.same_places(next)
}

/// Whether a page begins with a line.
fn turns(lines: &[&str], pages: &[Option<u32>], at: usize) -> bool {
    pages.get(at) != pages.get(at.wrapping_sub(1)) || lines.get(at).is_some_and(|l| l.contains('\u{c}'))
}

/// A table between pipes that begins at a line.
fn pipe_table(lines: &[&str], first: usize) -> Option<TextTable> {
    let is_row = |line: &str| {
        let line = line.trim();
        line.starts_with('|') && line.len() > 1 && line[1..].contains('|')
    };
    let end = first + lines[first..].iter().take_while(|l| is_row(l)).count();
    if end < first + 2 {
        return None;
    }
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    let mut header_rows = 0;
    for (at, line) in lines.iter().enumerate().take(end).skip(first) {
        let cells = pipe_cells(line);
        let rule = cells.iter().all(|c| !c.is_empty() && c.chars().all(|c| matches!(c, '-' | ':' | '=')));
        if rule {
            header_rows = header_rows.max(rows.len().min(1));
        } else {
            rows.push((at, cells));
        }
    }
    let width = rows.iter().map(|r| r.1.len()).max()?;
    let ragged = rows.iter().any(|r| r.1.len() != width);
    let rows = parted(rows);
    let rows: Vec<_> = rows.into_iter().map(|(at, cells)| (at..at + 1, cells)).collect();
    (rows.len() >= 2 && width >= 2).then(|| written(rows, width, header_rows, ragged, first..end))
}

fn pipe_cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_start_matches('|');
    let line = line.strip_suffix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for ch in line.chars() {
        match ch {
            '|' if !escaped => cells.push(String::new()),
            _ => {
                if let Some(cell) = cells.last_mut() {
                    if ch == '|' {
                        cell.pop();
                    }
                    cell.push(ch);
                }
            }
        }
        escaped = ch == '\\' && !escaped;
    }
    let shown = |part: &str| squeezed(&unescaped(part));
    let parts = cells.iter().map(|c| BREAK.replace_all(c, PART));
    parts.map(|c| c.split(PART).map(shown).collect::<Vec<_>>().join(PART)).collect()
}

/// The rows of a pipe table with those apart that a cell's line breaks hold together: the first row below a heading,
/// or several rows in one. What cannot be told apart for sure stays one row.
fn parted(rows: Vec<(usize, Vec<String>)>) -> Vec<(usize, Vec<String>)> {
    let mut parted = Vec::new();
    for (index, (at, cells)) in rows.into_iter().enumerate() {
        let parts: Vec<Vec<&str>> = cells.iter().map(|c| c.split(PART).collect()).collect();
        let figure = |text: &str| kind_of([text]).is_figure() && !text.starts_with('(');
        let merged = parts.len() >= 3
            && parts[1..].iter().all(|p| {
                p.last().is_some_and(|last| figure(last))
                    && p.len() >= 2
                    && !p[..p.len() - 1].iter().any(|t| figure(t))
            });
        let count = parts[0].len();
        let stacked = count >= 2
            && parts[0].iter().all(|label| kind_of([*label]) == Kind::Words)
            && parts[1..].iter().any(|p| p.len() == count)
            && parts[1..].iter().all(|p| **p == [""] || p.len() == count && p.iter().all(|t| figure(t)));
        let whole = |parts: &[&str]| parts.join(" ");
        if index == 0 && merged && count <= 2 {
            let head = |p: &Vec<&str>| whole(&p[..p.len() - 1]);
            // A row of figures has a label; what stands over the labels may be blank.
            parted.push((at, parts.iter().map(head).collect()));
            parted.push((at, parts.iter().map(|p| p[p.len() - 1].to_owned()).collect()));
        } else if stacked {
            for row in 0..count {
                let part = |p: &Vec<&str>| p.get(row).copied().unwrap_or_default().to_owned();
                parted.push((at, parts.iter().map(part).collect()));
            }
        } else {
            parted.push((at, parts.iter().map(|p| whole(p)).collect()));
        }
    }
    parted
}

/// A table between tabs that begins at a line. Lines without a tab go on with the cell before, if a row follows.
fn tab_table(lines: &[&str], first: usize) -> Option<TextTable> {
    let cells = |line: &str| -> Vec<String> { line.split('\t').map(squeezed).collect() };
    let filled = |line: &str| line.split('\t').filter(|cell| !cell.trim().is_empty()).count();
    // A row whose only text is its label ends in tabs as well.
    let is_row = |line: &str| line.contains('\t') && filled(line) > 0;
    let end = first + lines[first..].iter().take_while(|l| is_row(l)).count();
    if end < first + 2 || filled(lines[first]) < 2 {
        return None;
    }
    let rows: Vec<(Range<usize>, Vec<String>)> =
        (first..end).map(|at| (at..at + 1, cells(lines[at]))).collect();
    if is_list(&rows) || are_signatures(&rows) {
        return None;
    }
    let width = rows.iter().map(|r| r.1.len()).max()?;
    let figures = |cells: &[String]| cells.iter().skip(1).any(|c| kind_of([c.as_str()]) == Kind::Figure);
    let header_rows = usize::from(!figures(&rows[0].1));
    Some(written(rows, width, header_rows, false, first..end))
}

/// Whether tabs stand between the marks of a list and its items.
fn is_list(rows: &[(Range<usize>, Vec<String>)]) -> bool {
    let is_mark = |mark: &str| {
        let number = mark.trim_end_matches(['.', ')']);
        let counts = number.len() < mark.len() && (1..=2).contains(&number.chars().count());
        let bullet = mark.chars().count() == 1 && !mark.chars().all(char::is_alphanumeric);
        bullet || counts && number.chars().all(char::is_alphanumeric)
    };
    rows.iter().all(|(_, cells)| matches!(&cells[..], [mark, text] if is_mark(mark) && !text.is_empty()))
}

/// Whether two lines of words and nothing else stand side by side: names over what they are.
fn are_signatures(rows: &[(Range<usize>, Vec<String>)]) -> bool {
    let are_words = |cells: &[String]| {
        cells.len() == 2
            && cells.iter().all(|c| !c.is_empty() && !c.contains(|c: char| c.is_ascii_digit() || c == ':'))
    };
    rows.len() == 2 && rows.iter().all(|(_, cells)| are_words(cells))
}

/// Tables in aligned columns among lines that no other table takes: a text is a page on which every character is as
/// wide as every other.
fn aligned_tables(lines: &[&str], pages: &[Option<u32>], taken: &[bool]) -> Vec<TextTable> {
    let blank = |at: usize| taken[at] || lines[at].trim().is_empty();
    let mut found = Vec::new();
    let mut start = 0;
    // Two blank lines, or the page's end, end whatever stands above them.
    for at in 0..=lines.len() {
        let gap = taken.get(at).is_none_or(|taken| *taken)
            || (blank(at) && (at + 1 == lines.len() || blank(at + 1)) && !rows_go_on(lines, start, at));
        if !gap && !turns(lines, pages, at) {
            continue;
        }
        if at >= start + ALIGNED_LINES {
            found.extend(aligned_in(lines, start..at));
        }
        start = if gap { at + 1 } else { at };
    }
    found
}

/// Whether a row of as many figures as the last one follows blank lines, after a heading of a few words at most: a space
/// within a table.
fn rows_go_on(lines: &[&str], start: usize, blank: usize) -> bool {
    let Some(above) = (start..blank).rev().map(|l| figures_of(lines[l])).find(|f| *f != Some(0)) else {
        return false;
    };
    let below: Vec<Option<usize>> = lines[blank..]
        .iter()
        .take(WIDEST_SPACE)
        .filter(|l| !l.trim().is_empty())
        .map(|l| if l.contains('\u{c}') { None } else { figures_of(l) })
        .collect();
    let row = below.iter().take(LONGEST_GROUP + 1).find(|f| **f != Some(0));
    above.is_some_and(|f| f >= FEWEST_ALIKE) && row == Some(&above)
}

/// How many figures stand at the end of a line, each apart from the next; `None` where words follow one, or where the
/// line is long without any.
fn figures_of(line: &str) -> Option<usize> {
    let mut parts = line.split("  ").map(str::trim).filter(|p| !p.is_empty());
    let label = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let figures = rest.iter().all(|p| kind_of(p.split(' ')).is_figure());
    (figures && label.split(' ').count() <= LONGEST_LABEL && !kind_of([label]).is_figure())
        .then_some(rest.len())
}

fn aligned_in(lines: &[&str], range: Range<usize>) -> Vec<TextTable> {
    // Of several blank lines, one is kept.
    let blank = |at: usize| lines[at].trim().is_empty();
    let kept: Vec<usize> =
        range.clone().filter(|at| *at == range.start || !blank(*at) || !blank(at - 1)).collect();
    let texts: Vec<&str> = kept.iter().map(|at| lines[*at]).collect();
    let page = grid_page(&texts);
    if page.words.len() > MOST_WORDS {
        return Vec::new();
    }
    let line_of = |word: usize| kept[(page.words[word].baseline / PITCH) as usize - 1];
    let mut found: Vec<TextTable> = Vec::new();
    for table in super::find(&page, &crate::settings::Settings::default()) {
        let words: Vec<usize> = table.words().collect();
        let first = words.iter().map(|w| line_of(*w)).min().unwrap_or(0);
        let end = words.iter().map(|w| line_of(*w) + 1).max().unwrap_or(0);
        // What stands beside a table would be lost with its lines.
        let beside = (0..page.words.len())
            .filter(|w| (first..end).contains(&line_of(*w)) && !segments::is_drawn(&page.words[*w].text))
            .count();
        if words.len() == beside
            && has_figures(&table, &page)
            && found.last().is_none_or(|t| t.lines.end <= first)
        {
            found.push(from_page(&table, &page, first..end, &line_of));
        }
    }
    found
}

/// Whether a column after the first is mostly figures: columns of words alone are addresses, signatures, lists and prose
/// as often as tables, and what reads lines reads them better.
fn has_figures(table: &PageTable, page: &PageWords) -> bool {
    (1..table.grid.columns).any(|column| {
        let cells = table.grid.cells.iter().filter(|c| {
            c.column == column && c.row >= table.header_rows && c.col_span == 1 && !c.words.is_empty()
        });
        let kinds: Vec<Kind> =
            cells.map(|c| kind_of(c.words.iter().map(|w| page.words[*w].text.as_str()))).collect();
        let figures = kinds.iter().filter(|k| k.is_figure()).count();
        figures > 0 && 2 * figures >= kinds.len()
    })
}

/// Whether a row has a figure, or the mark of a missing one, in each column of figures, or in none.
fn is_complete(table: &PageTable, page: &PageWords, row: usize) -> bool {
    let kind = |c: &GridCell| kind_of(c.words.iter().map(|w| page.words[*w].text.as_str()));
    let kinds: Vec<Kind> = table.grid.cells.iter().map(kind).collect();
    let columns = certainty::figure_columns(&table.grid, &kinds, table.header_rows);
    let all = columns.iter().filter(|numeric| **numeric).count();
    let own = table.grid.cells.iter().zip(&kinds).filter(|(c, k)| {
        c.row == row && c.col_span == 1 && columns[c.column] && !c.words.is_empty() && k.is_numeric()
    });
    let filled = own.count();
    filled == all || filled == 0
}

/// Whether the values of labels of several lines stand on the first line here, on the last there, or between: which
/// lines make a row is then a guess.
fn values_wander(table: &PageTable, line_of: &dyn Fn(usize) -> usize) -> bool {
    let (mut first, mut last) = (false, false);
    for label in table.grid.cells.iter().filter(|c| c.column == 0 && c.row >= table.header_rows) {
        let lines = |c: &GridCell| {
            let at = || c.words.iter().map(|w| line_of(*w));
            at().min().zip(at().max())
        };
        let Some((top, bottom)) = lines(label).filter(|(top, bottom)| top < bottom) else { continue };
        for value in table.grid.cells.iter().filter(|c| c.row == label.row && c.column > 0) {
            let Some((from, to)) = lines(value).filter(|(from, to)| from == to) else { continue };
            first |= from == top;
            last |= to == bottom;
            if from > top && to < bottom {
                return true;
            }
        }
    }
    first && last
}

/// Lines of text as a page: a typewriter's, whose word space is smaller than what parts two columns.
fn grid_page(lines: &[&str]) -> PageWords {
    let mut words = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let baseline = (at + 1) as f32 * PITCH;
        let mut add = |from: usize, text: String| {
            if text.is_empty() {
                return;
            }
            let (x0, x1) = (from as f32 * CHARACTER, (from + text.chars().count()) as f32 * CHARACTER);
            let bbox = Rect { x0, y0: baseline - 0.8 * SIZE, x1: x1 + OVERHANG, y1: baseline + 0.2 * SIZE };
            words.push(Word { text, bbox, baseline, size: SIZE, ..Word::default() });
        };
        let (mut from, mut text, mut column) = (0, String::new(), 0);
        for ch in line.chars() {
            if ch.is_whitespace() {
                add(from, std::mem::take(&mut text));
            } else {
                if text.is_empty() {
                    from = column;
                }
                text.push(ch);
            }
            column = if ch == '\t' { (column / TAB + 1) * TAB } else { column + 1 };
        }
        add(from, text);
    }
    let width = words.iter().map(|w| w.bbox.x1).fold(0.0, f32::max);
    // The last tenth of a page is for its footer, which a text does not have there.
    let height = 2.0 * lines.len() as f32 * PITCH;
    PageWords { number: 1, width, height, words, ..PageWords::default() }
}

fn from_page(
    table: &PageTable,
    page: &PageWords,
    lines: Range<usize>,
    line_of: &dyn Fn(usize) -> usize,
) -> TextTable {
    let number = |line: usize| u32::try_from(line + 1).unwrap_or(u32::MAX);
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new(); table.grid.rows];
    let mut crowded = false;
    for cell in &table.grid.cells {
        let text = squeezed(&cell.text(&page.words));
        crowded |= if cell.row < table.header_rows {
            ends_in_figure(&text)
        } else {
            let lines = cell.words.iter().map(|w| line_of(*w));
            let wrapped = lines.clone().min() != lines.max();
            cell.column == 0
                && (swallows_figures(&text)
                    || wrapped && holds_figure(&text) && !is_complete(table, page, cell.row))
        };
        let own = || cell.words.iter().map(|w| line_of(*w));
        let at = match (own().min(), own().max()) {
            (Some(from), Some(to)) => Place::lines(number(from), number(to), None).into(),
            _ => At::default(),
        };
        rows[cell.row].push(Cell {
            text,
            col_span: u32::try_from(cell.col_span).unwrap_or(u32::MAX),
            row_span: u32::try_from(cell.row_span).unwrap_or(u32::MAX),
            image: None,
            at,
            title_end: None,
        });
    }
    let mut doubts = table.doubts.clone();
    // Where no value is blank, their order tells the columns; headings of their own order tell nothing.
    let spans: Vec<usize> =
        table.grid.cells.iter().filter(|c| c.row == 0 && c.column > 0).map(|c| c.col_span).collect();
    let plain = table.header_rows <= 1 || spans.windows(2).all(|p| p[0] == p[1]);
    if plain && (table.header_rows..table.grid.rows).all(|row| is_complete(table, page, row)) {
        doubts.retain(|d| *d != Doubt::Alignment);
    }
    if crowded {
        doubts.push(Doubt::TwoFigures);
    }
    // Without boxes, a heading over several columns that stands below another may as well be two set tight.
    if table.grid.cells.iter().any(|c| (1..table.header_rows).contains(&c.row) && c.col_span > 1) {
        doubts.push(Doubt::Heading);
    }
    if values_wander(table, line_of) {
        doubts.push(Doubt::Guessed);
    }
    doubts.sort_unstable();
    doubts.dedup();
    let mut ends = vec![(f32::INFINITY, f32::NEG_INFINITY); table.grid.columns];
    for cell in table.grid.cells.iter().filter(|c| c.row >= table.header_rows && c.col_span == 1) {
        for word in &cell.words {
            let (b, ends) = (page.words[*word].bbox, &mut ends[cell.column]);
            *ends = (ends.0.min(b.x0), ends.1.max(b.x1));
        }
    }
    TextTable {
        table: Table {
            caption: None,
            header_rows: u32::try_from(table.header_rows).unwrap_or(0),
            certainty: if doubts.is_empty() { Certainty::Sure } else { Certainty::Uncertain },
            rows,
            at: vec![Place::lines(number(lines.start), number(lines.end - 1), None)],
        },
        doubts,
        lines,
        more: Vec::new(),
        ends,
    }
}

/// Whether a cell holds nothing but figures, and more than one: rows or columns that were run together.
fn holds_two_figures(text: &str) -> bool {
    let words: Vec<&str> =
        text.split_whitespace().filter(|w| !matches!(*w, "%" | "*" | "**" | "***")).collect();
    let digits = |w: &str| w.bytes().any(|b| b.is_ascii_digit());
    if words.len() < 2 || !words.iter().all(|w| kind_of([*w]).is_numeric()) {
        return false;
    }
    words.windows(2).any(|p| {
        let joins = (starts_group(p[0]) || continues_group(p[0])) && continues_group(p[1]);
        digits(p[0]) && digits(p[1]) && !joins && !p[1].starts_with('(')
    })
}

/// Whether a label ends in two figures: the first values were run together with it.
fn swallows_figures(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    let figures = words.iter().rev().take_while(|w| kind_of([**w]) == Kind::Figure).count();
    figures >= 2 && figures < words.len()
}

/// Whether a figure stands among the words of a label: a value that was drawn level with the label's middle line.
fn holds_figure(label: &str) -> bool {
    label.split_whitespace().skip(1).any(|w| kind_of([w]) == Kind::Figure && !w.contains(['-', '–', '(']))
}

/// Whether a heading ends in a figure with decimals: the first row was run together with it.
fn ends_in_figure(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().filter(|w| *w != "%").collect();
    words.len() >= 2
        && words.last().is_some_and(|w| kind_of([*w]) == Kind::Figure && w.contains([',', '.']))
        && words.iter().any(|w| kind_of([*w]) == Kind::Words || kind_of([*w]) == Kind::Year)
}

fn squeezed(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in ["<b>", "</b>", "<i>", "</i>"] {
        text = text.replace(mark, "");
    }
    // Emphasis stands around the cell; "59***" has a footnote's mark.
    let bare = text.trim_matches('*');
    let is_emphasis = text.starts_with('*') && text.ends_with('*') && bare.chars().any(char::is_alphanumeric);
    if is_emphasis { bare.trim().to_owned() } else { text }
}

/// A table drawn with characters that begins at a line.
fn drawn_table(lines: &[&str], first: usize) -> Option<TextTable> {
    let DrawnTable { mut rows, header_rows, lines } = drawn_text::read(lines, first)?;
    let width = rows.first()?.1.len();
    rows.iter_mut().flat_map(|(_, cells)| cells).for_each(|cell| *cell = squeezed(&unescaped(cell)));
    Some(written(rows, width, header_rows, false, lines))
}

/// Whether a row says the same words in each of its cells: programs repeat the text of a cell that covers the row.
fn names_group(cells: &[String]) -> bool {
    let same = |pair: &[String]| pair[0] == pair[1];
    cells.len() >= FEWEST_REPEATED
        && cells.windows(2).all(same)
        && kind_of([cells[0].as_str()]) == Kind::Words
}

fn written(
    rows: Vec<(Range<usize>, Vec<String>)>,
    width: usize,
    header_rows: usize,
    doubtful: bool,
    lines: Range<usize>,
) -> TextTable {
    let crowded = rows.iter().any(|r| r.1.iter().any(|c| holds_two_figures(c)))
        || rows.first().is_some_and(|r| r.1.iter().any(|c| ends_in_figure(c)))
        || rows.iter().any(|r| r.1.first().is_some_and(|c| swallows_figures(c)));
    let line = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
    let place = |at: &Range<usize>| Place::lines(line(at.start), line(at.end.saturating_sub(1)), None);
    let rows = rows
        .into_iter()
        .map(|(at, mut cells)| {
            cells.resize(width, String::new());
            let cell = |text: String| Cell::single(text, place(&at).into());
            if names_group(&cells) {
                let col_span = u32::try_from(width).unwrap_or(1);
                return vec![Cell { col_span, ..cell(cells.swap_remove(0)) }];
            }
            cells.into_iter().map(cell).collect()
        })
        .collect();
    let mut doubts = Vec::new();
    if doubtful {
        doubts.push(Doubt::Guessed);
    }
    if crowded {
        doubts.push(Doubt::TwoFigures);
    }
    TextTable {
        table: Table {
            caption: None,
            header_rows: u32::try_from(header_rows).unwrap_or(0),
            certainty: if doubts.is_empty() { Certainty::Sure } else { Certainty::Uncertain },
            rows,
            at: vec![Place::lines(line(lines.start), line(lines.end.saturating_sub(1)), None)],
        },
        doubts,
        lines,
        more: Vec::new(),
        ends: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(table: &TextTable) -> Vec<Vec<&str>> {
        table.table.rows.iter().map(|r| r.iter().map(|c| c.text.as_str()).collect()).collect()
    }

    #[test]
    fn between_pipes() {
        let lines = ["Text", "| Mått | 2024 |", "|---|---:|", "| Antal | 1 236 |", "", "Text"];
        let found = find_in_text(&lines, &[]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].lines, 1..4);
        assert_eq!(found[0].table.header_rows, 1);
        assert_eq!(texts(&found[0]), [["Mått", "2024"], ["Antal", "1 236"]]);
        assert_eq!(found[0].table.certainty, Certainty::Sure);
    }

    #[test]
    fn a_text_repeated_in_all_cells_is_one_cell() {
        let lines =
            ["| Nr | Uppdrag | Status |", "|---|---|---|", "| Park | Park | Park |", "| 1 | Gräva | Klar |"];
        let found = find_in_text(&lines, &[]);
        let row = &found[0].table.rows[1];
        assert_eq!((row.len(), row[0].text.as_str(), row[0].col_span), (1, "Park", 3));
        assert_eq!(found[0].table.rows[2].len(), 3);
    }

    #[test]
    fn escapes_and_breaks_between_pipes() {
        let lines = [
            "| Mnkr | 2025<br>Utfall |",
            "|---|---|",
            r"| &nbsp;&nbsp;– Män | \-171,2 |",
            r"| A \| B | 59\*\* |",
        ];
        let found = find_in_text(&lines, &[]);
        assert_eq!(texts(&found[0]), [["Mnkr", "2025 Utfall"], ["– Män", "-171,2"], ["A | B", "59**"]]);
    }

    #[test]
    fn rows_that_line_breaks_hold_together() {
        let lines = [
            "| Utfall<br>Intäkter | Utfall 2023<br>879,9 | Utfall 2024<br>858,1 |",
            "|---|---|---|",
            "| Lokaler<br>Resor | 2 202<br>1 229 | 347<br>12 |",
            "| Kostnader | 12<br>14 | 17 |",
        ];
        let found = find_in_text(&lines[..3], &[]);
        assert_eq!(
            texts(&found[0]),
            [
                ["Utfall", "Utfall 2023", "Utfall 2024"],
                ["Intäkter", "879,9", "858,1"],
                ["Lokaler", "2 202", "347"],
                ["Resor", "1 229", "12"]
            ]
        );
        assert_eq!((found[0].table.header_rows, found[0].table.certainty), (1, Certainty::Sure));
        // Two figures beside one label cannot be told apart.
        assert_eq!(find_in_text(&lines, &[])[0].table.certainty, Certainty::Uncertain);
    }

    #[test]
    fn a_table_goes_on_over_pages_and_wide_spaces() {
        let lines = [
            "                        Utfall   Utfall   Prognos   Mål",
            "Indikator                 2023     2024      2025  2026",
            "Total sjukfrånvaro, %      9,4      8,8       8,1   7,5",
            "",
            "",
            "Kommunen                                          1 (2)",
            "                       Utfall    Utfall   Prognos   Mål",
            "Indikator                2023      2024      2025  2026",
            "    Kvinnor               9,9       9,2       8,6   7,9",
            "    Män                   6,2       6,4       5,9   5,0",
            "",
            "",
            "Andel heltid              7,2       7,4       7,9   8,0",
            "Andel trygga               41        43        44    45",
            "",
            "",
            "Kommunen                                          2 (2)",
        ];
        let pages = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2].map(Some);
        let found = find_in_text(&lines, &pages);
        assert_eq!(found.len(), 1);
        let rows = texts(&found[0]);
        assert_eq!(rows.len(), 6);
        assert_eq!(rows[0], ["Indikator", "Utfall 2023", "Utfall 2024", "Prognos 2025", "Mål 2026"]);
        assert_eq!(rows[2], ["Kvinnor", "9,9", "9,2", "8,6", "7,9"]);
        assert_eq!(found[0].ranges().collect::<Vec<_>>(), [0..3, 6..14]);
    }

    #[test]
    fn headings_over_as_many_columns_each() {
        let lines = [
            " Belopp i tkr              Januari-augusti                    Helår",
            "                      Utfall  Budget  Avvikelse   Prognos  Budget  Avvikelse",
            " Avgifter             11 842  13 400     -1 558    17 100  20 100     -3 000",
            " Bidrag                2 204   1 800       +404     3 100   2 700       +400",
            " Summa                27 991  28 534       -543    40 800  42 800     -2 000",
        ];
        let found = find_in_text(&lines, &[]);
        let heads: Vec<(&str, u32)> =
            found[0].table.rows[0].iter().map(|c| (c.text.as_str(), c.col_span)).collect();
        assert_eq!(heads[1..], [("Januari-augusti", 3), ("Helår", 3)]);
    }

    #[test]
    fn a_group_above_values_on_first_lines_is_no_label() {
        let lines = [
            "Indikator                                  2023    2024   2025-08-31 Mål",
            "En attraktiv och växande kommun",
            "Tid för bygglov, från komplett               41      36           29 minska",
            "ansökan till beslut",
            "Andel ärenden som avgörs inom tio          94,1    95,7         98,0 öka",
            "veckor",
            "Planlagda bostäder i planerna               612     388          271 öka",
        ];
        let rows = find_in_text(&lines, &[]);
        let rows = texts(&rows[0]);
        assert_eq!(rows[1][0], "En attraktiv och växande kommun");
        assert_eq!(rows[2][..3], ["Tid för bygglov, från komplett ansökan till beslut", "41", "36"]);
        assert_eq!(rows[2][3..], ["29", "minska"]);
    }

    #[test]
    fn cells_between_tabs_stand_where_the_tabs_put_them() {
        let lines = ["Nr\tIndikator\t2024", "1\tAntal\t6 954", "\t\tKvinnor\t**12**", "Män\t\t"];
        let found = find_in_text(&lines, &[]);
        assert_eq!(found[0].table.certainty, Certainty::Sure);
        assert_eq!(texts(&found[0])[2], ["", "", "Kvinnor", "12"]);
        assert_eq!(found[0].lines, 0..4);
        assert!(find_in_text(&["Text med tabb i slutet\t", "och en rad till\t"], &[]).is_empty());
    }

    #[test]
    fn lists_and_signatures_between_tabs_are_no_tables() {
        for text in
            ["1.\tAlla badar.\n2.\tIngen fryser.", "•\tKarta\n•\tPlan", "Anna Ek\tBo Alm\nParkchef\tUtredare"]
        {
            assert!(find_in_text(&text.split('\n').collect::<Vec<_>>(), &[None, None]).is_empty(), "{text}");
        }
        let rows = ["Nr\tPark", "1\tNorra"];
        assert_eq!(find_in_text(&rows, &[None, None]).len(), 1);
    }

    #[test]
    fn aligned_columns() {
        let lines = [
            "Belopp i mnkr        Utfall   Budget",
            "Intäkter               21,4     20,9",
            "Kostnader             -61,8    -63,0",
            "Kommunbidrag, som är",
            "långt                  42,2     42,2",
        ];
        let found = find_in_text(&lines, &[]);
        assert_eq!(found.len(), 1);
        assert_eq!(texts(&found[0])[1], ["Intäkter", "21,4", "20,9"]);
        assert_eq!(found[0].table.header_rows, 1);
        assert!(find_in_text(&["Här är text  med två", "luckor som inte", "är en tabell"], &[]).is_empty());
    }
    #[test]
    fn a_gap_between_thousands_is_no_column() {
        let lines = [
            "                      Period            Helår",
            "                 Utfall    Budget     Prognos",
            "Intäkter          1 236     1 200      13 200",
            "Kostnader        -1 100    -1 150     -12 900",
            "Resultat            136        50         300",
        ];
        let found = find_in_text(&lines, &[]);
        assert_eq!(found[0].table.certainty, Certainty::Sure);
        assert_eq!(texts(&found[0])[3], ["Kostnader", "-1 100", "-1 150", "-12 900"]);
        assert_eq!(found[0].table.header_rows, 2);
    }

    #[test]
    fn values_level_with_the_middle_of_a_label_are_a_guess() {
        let lines = [
            "Nyckeltal                     2023    2024",
            "Andel elever i kommunens",
            "skolor som är nöjda med        61,4    63,0",
            "Andel lärare i kommunens",
            "skolor som",
            "är nöjda                       41,0    38,5",
            "Antal kök",
            "som väger                      18      26",
            "allt svinn",
        ];
        let found = find_in_text(&lines, &[]);
        assert!(found.iter().all(|t| t.table.certainty == Certainty::Uncertain));
    }

    #[test]
    fn a_page_ends_a_table() {
        let lines = ["A   1   2", "B   3   4", "C   5   6", "A   1   2", "B   3   4", "C   5   6"];
        let pages = [1, 1, 1, 2, 2, 2].map(Some);
        let ends: Vec<Range<usize>> = find_in_text(&lines, &pages).into_iter().map(|t| t.lines).collect();
        assert_eq!(ends, [0..3, 3..6]);
    }
}
