//! Tables over pages.
//!
//! In go the tables of pages in order, their words already turned into text so that no page need be kept, out come
//! tables as they are written. A table that goes on is one table: its repeated heading is dropped and a row that the
//! page cut is joined again. A table with other columns, or with another heading, is another table. Columns that are
//! blank on the later page are its columns still.
//!
//! Headings in a drawn grid over rows that are drawn otherwise come as two tables of one page, and are one as well.

use super::kind::{Kind, kind_of};
use super::segments;
use super::{Doubt, PageTable, is_all_headings};
use crate::geometry::Rect;
use crate::layout::PageWords;
use crate::place::{At, Place};
use crate::records::table::{Cell, Certainty, Table};

/// How far, in points, the ends of a column may differ between two pages.
const SAME_END: f32 = 5.0;
/// How far, in points, rows may reach out of the drawn heading over them.
const SAME_LINE: f32 = 1.5;
/// Largest space between headings and the rows below them, in points: a row's padding.
const BELOW_HEADINGS: f32 = 14.0;
/// Above this part of a page's height, and below what it leaves of the foot, stand page headers and footers.
const FURNITURE: f32 = 0.07;
/// How many lines at the top and at the foot of a page are compared with the next page's.
const FURNITURE_LINES: usize = 8;

/// A page's table that no longer needs the page.
#[derive(Clone, Debug)]
pub struct PlacedTable {
    /// The page's number, from 1.
    pub page: u32,
    /// Where the table stands in the page's reading frame.
    pub bbox: Rect,
    /// How many rows it has.
    pub rows: usize,
    /// Left and right end of each column in the reading frame.
    pub columns: Vec<(f32, f32)>,
    /// The cells as they are written, with their row and column.
    pub cells: Vec<(usize, usize, Cell)>,
    /// How many rows at the top are headings.
    pub header_rows: usize,
    /// Whether the cells can be relied on.
    pub certainty: Certainty,
    /// Why not.
    pub doubts: Vec<Doubt>,
    /// Its caption.
    pub caption: Option<String>,
    /// Its box on the page.
    pub at: Vec<Place>,
    /// How each row is set.
    looks: Vec<Look>,
    /// Lines of the page that stand above it, from the top.
    above: Vec<PageLine>,
    /// Lines of the page that stand below it, from the foot.
    below: Vec<PageLine>,
    /// The page's first lines.
    top: Vec<PageLine>,
    /// The page's last lines.
    foot: Vec<PageLine>,
}

/// How a row is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Look {
    bold: bool,
    /// The colour of the shade its first text stands on.
    shade: Option<u32>,
}

/// A line of a page, its figures masked so that page numbers do not tell lines apart.
#[derive(Clone, Debug, PartialEq)]
struct PageLine {
    text: String,
    /// Whether it stands so near the page's edge, or is so marked, that it is no part of the body.
    furniture: bool,
}

/// A table, joined over its pages.
#[derive(Clone, Debug)]
pub struct JoinedTable {
    /// The table as it is written.
    pub table: Table,
    /// Why it is uncertain.
    pub doubts: Vec<Doubt>,
    /// Which of the tables that went in it was joined from, in order.
    pub parts: Vec<usize>,
}

/// Turn a page's table into what is written, its places turned back to the page.
#[must_use]
pub fn place(table: &PageTable, page: &PageWords) -> PlacedTable {
    let mut columns = vec![(f32::INFINITY, f32::NEG_INFINITY); table.grid.columns];
    let mut cells = Vec::new();
    let all_headings = is_all_headings(table, page);
    for cell in &table.grid.cells {
        let blank = cell.words.is_empty() && cell.image.is_none();
        let at = if blank {
            At::default()
        } else {
            Place::on_page(page.number, page.frame.rect_out(cell.bbox)).into()
        };
        // Headings may be drawn askew of the rows below them.
        let heading = table.ruled
            && cell.row < table.header_rows
            && table.header_rows < table.grid.rows
            && !all_headings;
        if cell.col_span == 1 && (!blank || table.ruled) && !heading {
            let ends = &mut columns[cell.column];
            *ends = (ends.0.min(cell.bbox.x0), ends.1.max(cell.bbox.x1));
        }
        let written = Cell {
            text: cell.text(&page.words),
            col_span: u32::try_from(cell.col_span).unwrap_or(u32::MAX),
            row_span: u32::try_from(cell.row_span).unwrap_or(u32::MAX),
            image: cell.image.map(|digest| format!("{digest:016x}")),
            at,
            title_end: cell.title_end(&page.words),
        };
        cells.push((cell.row, cell.column, written));
    }
    let caption: Vec<&str> =
        table.caption.iter().filter_map(|w| page.words.get(*w)).map(|w| w.text.as_str()).collect();
    let lines = page_lines(page);
    let plain = |lines: &[(f32, PageLine)]| -> Vec<PageLine> { lines.iter().map(|l| l.1.clone()).collect() };
    let above: Vec<(f32, PageLine)> = lines.iter().filter(|l| l.0 < table.bbox.y0 - 1.0).cloned().collect();
    let below: Vec<(f32, PageLine)> = lines.iter().filter(|l| l.0 > table.bbox.y1 + 1.0).cloned().collect();
    PlacedTable {
        page: page.number,
        bbox: table.bbox,
        rows: table.grid.rows,
        columns,
        cells,
        header_rows: table.header_rows,
        certainty: table.certainty,
        doubts: table.doubts.clone(),
        caption: (!caption.is_empty()).then(|| caption.join(" ")),
        at: vec![Place::on_page(page.number, page.frame.rect_out(table.bbox))],
        looks: (0..table.grid.rows).map(|row| look(table, row, page)).collect(),
        above: plain(&above),
        below: plain(&below),
        top: plain(&lines[..lines.len().min(FURNITURE_LINES)]),
        foot: plain(&lines[lines.len().saturating_sub(FURNITURE_LINES)..]),
    }
}

/// How a row is set.
fn look(table: &PageTable, row: usize, page: &PageWords) -> Look {
    let filled = || table.grid.cells.iter().filter(|c| c.row == row && !c.words.is_empty());
    let shade = filled().next().and_then(|c| {
        let middle = page.words.get(*c.words.first()?)?.bbox.center();
        page.fills.iter().rev().find(|f| f.bbox.contains(middle)).map(|f| f.color)
    });
    let bold = filled().flat_map(|c| &c.words).all(|w| page.words.get(*w).is_some_and(|word| word.bold));
    Look { bold: bold && filled().next().is_some(), shade }
}

/// A page's lines with the height of their middle, from the top.
fn page_lines(page: &PageWords) -> Vec<(f32, PageLine)> {
    segments::gather(0..page.words.len(), &page.words, &|_, _, _| false)
        .iter()
        .map(|line| {
            let y = line.bbox.center().y;
            let texts: Vec<&str> = line.words().map(|w| page.words[w].text.as_str()).collect();
            let text = texts.join(" ").chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
            let margin = FURNITURE * page.height;
            let artifact = line.words().all(|w| page.words[w].artifact);
            (y, PageLine { text, furniture: artifact || y < margin || y > page.height - margin })
        })
        .collect()
}

/// Join tables that go on over pages. The tables come in the order of their pages.
#[must_use]
pub fn join_pages(tables: Vec<PlacedTable>) -> Vec<JoinedTable> {
    let mut joined: Vec<(PlacedTable, Vec<usize>)> = Vec::new();
    for (at, table) in tables.into_iter().enumerate() {
        match joined.last_mut() {
            Some((before, parts)) if heads(before, &table) => {
                before.header_rows = before.rows;
                let mut table = table;
                if let Some(places) = under_headings(before, &table) {
                    table.move_columns(&places, before.columns.len());
                }
                append(before, table);
                parts.push(at);
            }
            Some((before, parts)) if goes_on(before, &table) => {
                append(before, table);
                parts.push(at);
            }
            _ => joined.push((table, vec![at])),
        }
    }
    joined.into_iter().map(|(table, parts)| written(table, parts)).collect()
}

/// Whether a table without headings stands right below one that is nothing but headings.
fn heads(before: &PlacedTable, next: &PlacedTable) -> bool {
    let space = next.bbox.y0 - before.bbox.y1;
    let figure = |c: &&(usize, usize, Cell)| kind_of([c.2.text.as_str()]).is_figure();
    // A lone cell on top of the rows gathers them.
    let gathers = |row: usize| next.row(row).iter().filter(|text| !text.is_empty()).count() <= 1;
    next.page == before.page
        && (0..next.header_rows).all(gathers)
        && (-SAME_END..=BELOW_HEADINGS).contains(&space)
        && !before.cells.iter().any(|c| figure(&c))
        && next.cells.iter().any(|c| figure(&c))
        && (same_columns(before, next) || under_headings(before, next).is_some())
}

/// Which of the headings' columns those of rows with fewer of them are: each stands within the heading of one, and the
/// others are blank.
fn under_headings(before: &PlacedTable, next: &PlacedTable) -> Option<Vec<usize>> {
    if next.columns.len() < 2 || next.columns.len() >= before.columns.len() {
        return None;
    }
    let known = |c: &(f32, f32)| c.0.is_finite() && c.1.is_finite();
    let mut from = 0;
    let mut places = Vec::new();
    for column in next.columns.iter() {
        let within = |over: &(f32, f32)| over.0 - SAME_LINE <= column.0 && column.1 <= over.1 + SAME_LINE;
        let is_over =
            |at: &usize| known(&before.columns[*at]) && known(column) && within(&before.columns[*at]);
        let at = (from..before.columns.len()).find(is_over)?;
        places.push(at);
        from = at + 1;
    }
    Some(places)
}

/// Whether two tables have as many columns, at the same places where these are known.
fn same_columns(before: &PlacedTable, next: &PlacedTable) -> bool {
    before.columns.len() == next.columns.len()
        && before.columns.iter().zip(&next.columns).all(|(a, b)| {
            let known = a.0.is_finite() && b.0.is_finite();
            !known || same_ends(*a, *b) || (a.0 <= b.1 && b.0 <= a.1)
        })
}

fn same_ends(a: (f32, f32), b: (f32, f32)) -> bool {
    (a.0 - b.0).abs() <= SAME_END || (a.1 - b.1).abs() <= SAME_END
}

/// Which columns of the table before those of a table with fewer of them are: each begins and ends where one does, and
/// the others are blank on its page.
fn fewer_columns(before: &PlacedTable, next: &PlacedTable) -> Option<Vec<usize>> {
    if next.header_rows > 0 || next.columns.len() < 2 || next.columns.len() >= before.columns.len() {
        return None;
    }
    let mut from = 0;
    let mut places = Vec::new();
    for column in &next.columns {
        let known = |c: &(f32, f32)| c.0.is_finite() && c.1.is_finite();
        // At both ends: a column over two of the others is none of them.
        let near = |a: f32, b: f32| (a - b).abs() <= SAME_END;
        let same = |c: &(f32, f32)| known(c) && known(column) && near(c.0, column.0) && near(c.1, column.1);
        let at = (from..before.columns.len()).find(|c| same(&before.columns[*c]))?;
        places.push(at);
        from = at + 1;
    }
    Some(places)
}

/// Whether a table is the continuation of the one before.
fn goes_on(before: &PlacedTable, next: &PlacedTable) -> bool {
    if next.page != before.page + 1 {
        return false;
    }
    let body = |lines: &[PageLine], others: &[PageLine]| {
        lines.iter().any(|l| !l.furniture && !others.iter().any(|o| o.text == l.text))
    };
    if body(&before.below, &next.foot) || body(&next.above, &before.top) || next.is_titled_like(before) {
        return false;
    }
    let headless = next.header_rows == 0
        || before.same_heading(next)
        || !next.looks_headed()
        || next.begins_as_a_row_of(before);
    same_columns(before, next) && headless || fewer_columns(before, next).is_some()
}

impl PlacedTable {
    /// The texts of a row, by column; a cell over several rows counts for its first.
    fn row(&self, row: usize) -> Vec<&str> {
        let mut texts = vec![""; self.columns.len()];
        for (_, column, cell) in self.cells.iter().filter(|c| c.0 == row) {
            texts[*column] = cell.text.as_str();
        }
        texts
    }

    /// Put the columns where another table has them; the others are blank.
    fn move_columns(&mut self, places: &[usize], count: usize) {
        let mut columns = vec![(f32::INFINITY, f32::NEG_INFINITY); count];
        for (column, place) in self.columns.iter().zip(places) {
            columns[*place] = *column;
        }
        let place = |column: usize| places.get(column).copied().unwrap_or(count);
        for (_, column, cell) in &mut self.cells {
            let end = place(*column + cell.col_span as usize - 1);
            *column = place(*column);
            cell.col_span = u32::try_from(end + 1 - *column).unwrap_or(cell.col_span);
        }
        // Places that no cell covers.
        for row in 0..self.rows {
            for column in 0..count {
                if self.covering(row, column).is_none() {
                    let (text, at) = (String::new(), At::default());
                    self.cells.push((row, column, Cell::single(text, at)));
                }
            }
        }
        self.columns = columns;
    }

    /// The cell that covers a place.
    fn covering(&mut self, row: usize, column: usize) -> Option<&mut Cell> {
        let covers = |c: &&mut (usize, usize, Cell)| {
            (c.0..c.0 + c.2.row_span as usize).contains(&row)
                && (c.1..c.1 + c.2.col_span as usize).contains(&column)
        };
        self.cells.iter_mut().find(covers).map(|c| &mut c.2)
    }

    /// Whether the other's heading repeats this one's.
    fn same_heading(&self, other: &Self) -> bool {
        let rows = other.header_rows;
        let bare = |row: Vec<&str>| -> Vec<String> {
            row.iter().map(|t| t.chars().filter(|c| c.is_alphanumeric()).collect()).collect()
        };
        rows > 0
            && rows <= self.rows
            && rows < other.rows
            && (0..rows).all(|r| bare(self.row(r)) == bare(other.row(r)))
    }

    /// Whether a title of its own stands across the columns over headings that the table before has too: a table of
    /// the same form.
    fn is_titled_like(&self, before: &Self) -> bool {
        let across = |t: &Self, row: usize| {
            t.cells.iter().any(|c| c.0 == row && c.2.col_span as usize == t.columns.len())
        };
        let headings = || (0..before.header_rows).map(|row| before.row(row));
        self.columns.len() > 1
            && self.rows > 1
            && across(self, 0)
            && !across(self, 1)
            && headings().all(|row| row != self.row(0))
            && headings().any(|row| row == self.row(1))
    }

    /// Whether the first row is set as the rows of the table before are, and its heading is not.
    fn begins_as_a_row_of(&self, before: &Self) -> bool {
        let Some(rows) = before.looks.get(before.header_rows..) else { return false };
        let heading = &before.looks[..before.header_rows];
        let as_a_row = |look: &Look| rows.contains(look) && !heading.contains(look);
        !heading.is_empty()
            && !heading.iter().any(|h| rows.contains(h))
            && self.looks.first().is_some_and(as_a_row)
    }

    /// Whether the first row holds words where the rows below hold figures.
    fn looks_headed(&self) -> bool {
        let first = self.row(0);
        let numeric = self.figure_columns();
        let words =
            |c: &usize| !first[*c].is_empty() && matches!(kind_of([first[*c]]), Kind::Words | Kind::Year);
        let heads = (0..first.len()).filter(|c| numeric[*c] && words(c)).count();
        heads > 0 || !numeric.contains(&true) && first.iter().all(|t| !t.is_empty())
    }

    /// The columns whose cells below the first row are mostly figures.
    fn figure_columns(&self) -> Vec<bool> {
        let mut counts = vec![(0_usize, 0_usize); self.columns.len()];
        for (_, column, cell) in
            self.cells.iter().filter(|c| c.0 >= self.header_rows.max(1) && !c.2.text.is_empty())
        {
            counts[*column].0 +=
                usize::from(matches!(kind_of([cell.text.as_str()]), Kind::Figure | Kind::Missing));
            counts[*column].1 += 1;
        }
        counts.iter().map(|(figures, all)| *figures > 0 && 2 * figures >= *all).collect()
    }
}

/// Add a continuation's rows.
fn append(table: &mut PlacedTable, mut next: PlacedTable) {
    if let Some(places) = fewer_columns(table, &next) {
        next.move_columns(&places, table.columns.len());
    }
    let skipped = if table.same_heading(&next) { next.header_rows } else { 0 };
    let cut = cuts_row(table, &next, skipped);
    let mut base = table.rows;
    if cut {
        let last = table.rows - 1;
        for (_, column, cell) in next.cells.iter().filter(|c| c.0 == skipped) {
            if let Some(own) = table.covering(last, *column) {
                own.text = format!("{} {}", own.text, cell.text).trim().to_owned();
                own.at.extend(&cell.at);
                own.row_span += cell.row_span - 1;
                own.image = own.image.take().or_else(|| cell.image.clone());
            }
        }
        base -= 1;
    }
    let first = skipped + usize::from(cut);
    for (row, column, cell) in next.cells {
        if row >= first {
            table.cells.push((base + row - skipped, column, cell));
        }
    }
    table.rows = base + next.rows - skipped;
    table.looks.extend(next.looks.iter().skip(first));
    table.at.extend(next.at);
    table.doubts.extend(next.doubts);
    table.doubts.sort_unstable();
    table.doubts.dedup();
    if next.certainty == Certainty::Uncertain {
        table.certainty = Certainty::Uncertain;
    }
    for (own, other) in table.columns.iter_mut().zip(next.columns) {
        *own = (own.0.min(other.0), own.1.max(other.1));
    }
    table.page = next.page;
    table.bbox = next.bbox;
    table.below = next.below;
    table.top = next.top;
    table.foot = next.foot;
}

/// Whether a continuation's first row is the end of the last row of the page before: it has no figure where the last
/// row has one too, and either goes on in small letters or lacks what tells a row of this table.
fn cuts_row(table: &PlacedTable, next: &PlacedTable, row: usize) -> bool {
    let wide = |t: &PlacedTable, row: usize| t.cells.iter().any(|c| c.0 == row && c.2.col_span > 1);
    let tall = next.cells.iter().any(|c| c.0 == row && c.2.row_span > 1 && !c.2.text.is_empty());
    if table.rows == 0 || row >= next.rows || tall || wide(table, table.rows - 1) || wide(next, row) {
        return false;
    }
    let (last, first) = (table.row(table.rows - 1), next.row(row));
    let figure = |text: &str| matches!(kind_of([text]), Kind::Figure | Kind::Year | Kind::Missing);
    let clash =
        last.iter().zip(&first).any(|(a, b)| !a.is_empty() && !b.is_empty() && (figure(a) || figure(b)));
    let filled: Vec<usize> = (0..first.len()).filter(|c| !first[*c].is_empty()).collect();
    let Some(leading) = filled.first() else { return false };
    if clash || filled.iter().any(|c| last[*c].is_empty() && !figure(first[*c])) {
        return false;
    }
    let lower = first[*leading].chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    if lower && !figure(first[0]) {
        return true;
    }
    // Only later columns of words are filled, and there is no figure: such rows do not stand for themselves.
    let tail = *leading >= 2 && filled.iter().all(|c| !figure(first[*c]));
    if first[0].is_empty() && tail {
        return true;
    }
    // A lone label that is said once, in a table whose other lone labels come again and again ("Kvinnor", "Män").
    if first[0].is_empty() && filled.len() == 1 {
        let lone = |t: &PlacedTable, from: usize| -> Vec<String> {
            (from..t.rows)
                .map(|r| t.row(r))
                .filter(|r| {
                    r[*leading..].iter().filter(|t| !t.is_empty()).count() == 1
                        && r[..*leading].iter().all(|t| t.is_empty())
                })
                .map(|r| r[*leading].to_owned())
                .filter(|t| !t.is_empty())
                .collect()
        };
        let mut others = lone(table, table.header_rows);
        others.extend(lone(next, row + 1));
        let said = |text: &str| {
            let count =
                |t: &PlacedTable| t.cells.iter().filter(|c| c.1 == *leading && c.2.text == text).count();
            count(table) + count(next)
        };
        return said(first[*leading]) == 1 && others.iter().all(|t| said(t) > 1);
    }
    false
}

/// The table as it is written.
fn written(table: PlacedTable, parts: Vec<usize>) -> JoinedTable {
    let mut rows: Vec<Vec<(usize, Cell)>> = vec![Vec::new(); table.rows];
    for (row, column, cell) in table.cells {
        if let Some(cells) = rows.get_mut(row) {
            cells.push((column, cell));
        }
    }
    for row in &mut rows {
        row.sort_by_key(|c| c.0);
    }
    JoinedTable {
        table: Table {
            caption: table.caption,
            header_rows: u32::try_from(table.header_rows).unwrap_or(0),
            certainty: table.certainty,
            rows: rows.into_iter().map(|row| row.into_iter().map(|c| c.1).collect()).collect(),
            at: table.at,
        },
        doubts: table.doubts,
        parts,
    }
}
