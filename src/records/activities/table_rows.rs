//! Tables as columns with a meaning and rows of texts, whatever the order and the spans of their cells.

use super::super::table::Table;
use super::super::table_grid::{GridRow, TableGrid};
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
    cells: GridRow<'t>,
    width: usize,
}

impl Columns {
    /// Read a table's headings. A table whose first row reads like headings has them there even where its layout does
    /// not show it.
    pub(super) fn of(table: &Table, vocabulary: &Vocabulary) -> Self {
        let grid = TableGrid::new(table);
        let width = grid.columns;
        let read = |header_rows: usize| {
            let labels: Vec<String> = (0..width).map(|c| grid.headings(c, header_rows).join(" ")).collect();
            let roles: Vec<Option<Column>> = labels.iter().map(|l| vocabulary.column_role(l)).collect();
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
                && (0..row.width).all(|c| {
                    row.text(c).unwrap_or_default()
                        == self.labels.get(c).map(String::as_str).unwrap_or_default()
                })
        };
        let grid = TableGrid::new(table);
        let width = grid.columns;
        let rows = grid.rows.into_iter().skip(self.header_rows).map(|cells| Row { cells, width });
        rows.filter(|row| !repeats(row)).collect()
    }

    /// The same columns for a table that goes on without headings of its own.
    pub(super) fn without_headings(&self) -> Self {
        Self { header_rows: 0, ..self.clone() }
    }
}

impl Row<'_> {
    /// The text of the cell that begins here; `None` where it is empty or goes on from above or from the left.
    pub(super) fn text(&self, column: usize) -> Option<String> {
        cleaned(self.cells.text(column))
    }

    /// The title and what is told below it in the cell that begins here, where they are set apart.
    pub(super) fn title_and_text(&self, column: usize) -> Option<(String, String)> {
        let cell = self.cells.cell(column)?;
        let (title, told) = cell.text.split_at_checked(cell.title_end?)?;
        cleaned(title).zip(cleaned(told))
    }

    /// The text of the cell that covers this place, wherever it begins.
    pub(super) fn covering_text(&self, column: usize) -> Option<String> {
        cleaned(&self.cells.covering(column)?.text)
    }

    /// The picture in the cell.
    pub(super) fn image(&self, column: usize) -> Option<&str> {
        self.cells.covering(column)?.image.as_deref()
    }

    /// The only text of a row whose one cell reaches over several columns: a group's heading, a comment.
    pub(super) fn across(&self) -> Option<String> {
        let (column, text) = self.only_text()?;
        (self.cells.covering(column)?.col_span > 1).then_some(text)
    }

    /// The only text of a row, and its column.
    pub(super) fn only_text(&self) -> Option<(usize, String)> {
        let mut filled = self.cells.filled();
        let (column, cell) = filled.next()?;
        let pictures = (0..self.width).any(|c| self.image(c).is_some());
        (filled.next().is_none() && !pictures)
            .then(|| cleaned(&cell.text).map(|text| (column, text)))
            .flatten()
    }

    /// Where the row stands.
    pub(super) fn at(&self) -> At {
        self.cells.at()
    }
}
