//! Tables as columns with a meaning and rows of texts, whatever the order and the spans of their cells.

use super::super::table::{Cell, Table};
use super::cleaned;
use crate::place::At;
use crate::vocabulary::{Column, Vocabulary};

/// What a table's columns hold.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// The meaning of each column; `None` where its heading has none that is known.
    pub(super) roles: Vec<Option<Column>>,
    /// The columns' headings, rows over one another joined.
    pub(super) labels: Vec<String>,
    /// How many rows at the top are headings.
    header_rows: usize,
}

/// A row, its cells by column.
#[derive(Clone, Debug)]
pub(super) struct Row<'t> {
    /// For each column the cell that covers it, and whether the cell begins in this row and column.
    cells: Vec<Option<(&'t Cell, bool)>>,
    /// Whether this row has a cell of its own in each column that it has.
    own: Vec<&'t Cell>,
}

impl Columns {
    /// Read a table's headings. A table whose first row reads like headings has them there even where its layout does
    /// not show it.
    pub(super) fn of(table: &Table, vocabulary: &Vocabulary) -> Self {
        let rows = expand(table);
        let width = rows.first().map_or(0, |r| r.cells.len());
        let read = |header_rows: usize| {
            let labels: Vec<String> =
                (0..width).map(|c| label(&rows[..header_rows.min(rows.len())], c)).collect();
            let roles: Vec<Option<Column>> = labels.iter().map(|l| role(l, vocabulary)).collect();
            Self { roles, labels, header_rows }
        };
        let stated = usize::try_from(table.header_rows).unwrap_or(0);
        let found = read(stated);
        if stated == 0 && width > 1 {
            let first = read(1);
            if first.roles.iter().flatten().count() * 2 > width {
                return first;
            }
        }
        found
    }

    /// Whether any heading has a meaning.
    pub(super) fn are_known(&self) -> bool {
        self.roles.iter().any(Option::is_some)
    }

    /// The first column whose meaning is asked for.
    pub(super) fn position(&self, wanted: impl Fn(Column) -> bool) -> Option<usize> {
        self.roles.iter().position(|role| role.is_some_and(&wanted))
    }

    /// All columns whose meaning is asked for.
    pub(super) fn positions(&self, wanted: impl Fn(Column) -> bool) -> Vec<usize> {
        (0..self.roles.len()).filter(|&at| self.roles[at].is_some_and(&wanted)).collect()
    }

    /// The rows below the headings. A heading repeated further down, over a page break, is left out.
    pub(super) fn rows<'t>(&self, table: &'t Table) -> Vec<Row<'t>> {
        let repeats = |row: &Row<'_>| {
            self.are_known()
                && (0..row.cells.len()).all(|c| {
                    row.text(c).unwrap_or_default()
                        == self.labels.get(c).map(String::as_str).unwrap_or_default()
                })
        };
        expand(table).into_iter().skip(self.header_rows).filter(|row| !repeats(row)).collect()
    }
}

impl Row<'_> {
    /// The text of the cell that begins here; `None` where it is empty or goes on from above or from the left.
    pub(super) fn text(&self, column: usize) -> Option<String> {
        let (cell, begins) = (*self.cells.get(column)?)?;
        if begins { cleaned(&cell.text) } else { None }
    }

    /// The text of the cell that covers this place, wherever it begins.
    pub(super) fn covering_text(&self, column: usize) -> Option<String> {
        cleaned(&(*self.cells.get(column)?)?.0.text)
    }

    /// The picture in the cell.
    pub(super) fn image(&self, column: usize) -> Option<&str> {
        (*self.cells.get(column)?)?.0.image.as_deref()
    }

    /// The only text of a row whose one cell reaches over several columns: a group's heading, a comment.
    pub(super) fn across(&self) -> Option<String> {
        let mut filled = self.own.iter().filter(|c| !c.text.trim().is_empty() || c.image.is_some());
        let only = filled.next()?;
        (filled.next().is_none() && only.col_span > 1).then(|| cleaned(&only.text)).flatten()
    }

    /// The only text of a row, and its column.
    pub(super) fn only_text(&self) -> Option<(usize, String)> {
        let mut filled = (0..self.cells.len()).filter_map(|c| Some((c, self.text(c)?)));
        let only = filled.next()?;
        let pictures = self.own.iter().any(|c| c.image.is_some());
        (filled.next().is_none() && !pictures).then_some(only)
    }

    /// Where the row stands.
    pub(super) fn at(&self) -> At {
        let mut at = At::default();
        for cell in &self.own {
            at.extend(&cell.at);
        }
        at
    }
}

/// Lay a table's cells out by column, as HTML does.
fn expand(table: &Table) -> Vec<Row<'_>> {
    let span = |n: u32| usize::try_from(n.max(1)).unwrap_or(1);
    let mut width = 0;
    let mut pending: Vec<Option<(&Cell, usize)>> = Vec::new();
    let mut rows: Vec<Row<'_>> = Vec::new();
    for cells in &table.rows {
        let mut row: Vec<Option<(&Cell, bool)>> = Vec::new();
        let mut cells = cells.iter();
        let mut column = 0;
        loop {
            if let Some(Some((cell, left))) = pending.get_mut(column) {
                row.push(Some((cell, false)));
                *left -= 1;
                if *left == 0 {
                    pending[column] = None;
                }
                column += 1;
                continue;
            }
            let Some(cell) = cells.next() else {
                if column < pending.len() {
                    row.push(None);
                    column += 1;
                    continue;
                }
                break;
            };
            for part in 0..span(cell.col_span) {
                row.push(Some((cell, part == 0)));
                if pending.len() <= column {
                    pending.resize(column + 1, None);
                }
                if span(cell.row_span) > 1 {
                    pending[column] = Some((cell, span(cell.row_span) - 1));
                }
                column += 1;
            }
        }
        width = width.max(row.len());
        rows.push(Row { own: table.rows[rows.len()].iter().collect(), cells: row });
    }
    for row in &mut rows {
        row.cells.resize(width, None);
    }
    rows
}

/// A column's heading: the texts of the heading rows over it.
fn label(rows: &[Row<'_>], column: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    for row in rows {
        if let Some(text) = row.covering_text(column) {
            if parts.last() != Some(&text) {
                parts.push(text);
            }
        }
    }
    parts.join(" ")
}

/// What a column's heading means: all of it, or its beginning where more words may follow.
fn role(label: &str, vocabulary: &Vocabulary) -> Option<Column> {
    if label.is_empty() {
        return None;
    }
    if let Some(entry) = vocabulary.columns.whole(label) {
        return Some(entry.code);
    }
    if let Some((entry, _)) = vocabulary.columns.prefix(label).filter(|(entry, _)| entry.open) {
        return Some(entry.code);
    }
    let entry = vocabulary.activity_kinds.whole(label)?;
    entry.code.kind().map(|_| Column::Title)
}
