//! A table as a full grid: every row has every column, and a cell that covers several is found from each of them.

use super::table::{Cell, Table};
use crate::place::At;

/// No table has more columns; what a broken file claims beyond is left out.
const MOST_COLUMNS: usize = 200;

/// No heading of a column that ends in a full stop has as many words.
const FEWEST_WORDS_OF_SENTENCE: usize = 6;

/// A table whose cells are found by row and column.
#[derive(Clone, Debug)]
pub(crate) struct TableGrid<'a> {
    /// How many columns it has.
    pub(crate) columns: usize,
    /// How many rows the table's own reader takes for headings.
    pub(crate) header_rows: u32,
    /// Its rows from the top.
    pub(crate) rows: Vec<GridRow<'a>>,
}

/// A row of the grid.
#[derive(Clone, Debug)]
pub(crate) struct GridRow<'a> {
    slots: Vec<Slot<'a>>,
}

/// A place in the grid.
#[derive(Clone, Copy, Debug, Default)]
struct Slot<'a> {
    cell: Option<&'a Cell>,
    /// Whether the cell begins here.
    begins: bool,
}

impl<'a> TableGrid<'a> {
    /// Lay a table's cells out: a cell takes the next free column of its row, as in HTML.
    pub(crate) fn new(table: &'a Table) -> Self {
        let mut rows: Vec<Vec<Slot<'a>>> = vec![Vec::new(); table.rows.len()];
        for (at, row) in table.rows.iter().enumerate() {
            let mut column = 0;
            for cell in row {
                while rows[at].get(column).is_some_and(|slot| slot.cell.is_some()) {
                    column += 1;
                }
                let width = (cell.col_span.max(1) as usize).min(MOST_COLUMNS.saturating_sub(column));
                let end = (at + cell.row_span.max(1) as usize).min(rows.len());
                for (below, slots) in rows[at..end].iter_mut().enumerate() {
                    if slots.len() < column + width {
                        slots.resize(column + width, Slot::default());
                    }
                    for (beside, slot) in slots[column..column + width].iter_mut().enumerate() {
                        *slot = Slot { cell: Some(cell), begins: below == 0 && beside == 0 };
                    }
                }
                column += width;
            }
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        rows.iter_mut().for_each(|slots| slots.resize(columns, Slot::default()));
        let header_rows = table.header_rows;
        Self { columns, header_rows, rows: rows.into_iter().map(|slots| GridRow { slots }).collect() }
    }

    /// The texts over a column in its first rows, from the top, each cell once. What covers the whole table is a caption,
    /// and a sentence is the end of the text above.
    pub(crate) fn headings(&self, column: usize, header_rows: usize) -> Vec<&'a str> {
        let mut found: Vec<&'a Cell> = Vec::new();
        for row in self.rows.iter().take(header_rows) {
            if let Some(cell) = row.covering(column) {
                let is_caption = self.columns > 1 && cell.col_span as usize >= self.columns;
                let is_sentence = cell.text.trim_end().ends_with('.')
                    && cell.text.split_whitespace().count() >= FEWEST_WORDS_OF_SENTENCE;
                if !is_caption && !is_sentence && !found.iter().any(|other| std::ptr::eq(*other, cell)) {
                    found.push(cell);
                }
            }
        }
        found.into_iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect()
    }
}

impl<'a> GridRow<'a> {
    /// The cell that begins at a column, where it holds text.
    pub(crate) fn cell(&self, column: usize) -> Option<&'a Cell> {
        let slot = self.slots.get(column)?;
        slot.cell.filter(|cell| slot.begins && !cell.text.trim().is_empty())
    }

    /// The cell that covers a column, wherever it begins.
    pub(crate) fn covering(&self, column: usize) -> Option<&'a Cell> {
        self.slots.get(column)?.cell
    }

    /// The text of the cell that begins at a column.
    pub(crate) fn text(&self, column: usize) -> &'a str {
        self.cell(column).map_or("", |cell| cell.text.trim())
    }

    /// The cells that begin in the row and hold text, with their columns.
    pub(crate) fn filled(&self) -> impl Iterator<Item = (usize, &'a Cell)> + '_ {
        (0..self.slots.len()).filter_map(|column| Some((column, self.cell(column)?)))
    }

    /// Where the row's cells stand.
    pub(crate) fn at(&self) -> At {
        let mut at = At::default();
        self.filled().for_each(|(_, cell)| at.extend(&cell.at));
        at
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::place::Place;
    use crate::records::table::Certainty;
    use proptest::prelude::*;

    /// A table from lines of cells between bars; "x 3>" before a text spans three columns, "x 2v" two rows.
    pub(crate) fn table(lines: &[&str]) -> Table {
        let mut rows = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let place = Place::lines(u32::try_from(at + 1).unwrap(), u32::try_from(at + 1).unwrap(), None);
            let cells = line.split('|').map(|text| {
                let mut text = text.trim();
                let (mut col_span, mut row_span) = (1, 1);
                if let Some((count, rest)) = text.split_once("> ")
                    && let Ok(count) = count.parse()
                {
                    (col_span, text) = (count, rest);
                }
                if let Some((count, rest)) = text.split_once("v ")
                    && let Ok(count) = count.parse()
                {
                    (row_span, text) = (count, rest);
                }
                Cell {
                    text: text.to_owned(),
                    col_span,
                    row_span,
                    image: None,
                    at: place.into(),
                    title_end: None,
                }
            });
            rows.push(cells.collect());
        }
        Table { caption: None, header_rows: 1, certainty: Certainty::Sure, rows, at: Vec::new() }
    }

    #[test]
    fn spans_cover_rows_and_columns() {
        let table =
            table(&["2v Mnkr | 2> Januari | Helår", "Utfall | Budget | Prognos", "Drift | 1 | 2 | 3"]);
        let grid = TableGrid::new(&table);
        assert_eq!(grid.columns, 4);
        assert_eq!(grid.headings(0, 2), ["Mnkr"]);
        assert_eq!(grid.headings(2, 2), ["Januari", "Budget"]);
        assert_eq!(grid.rows[2].text(3), "3");
        assert_eq!(grid.rows[1].text(0), "");
        assert_eq!(grid.rows[1].filled().count(), 3);
    }

    #[test]
    fn a_sentence_is_no_heading() {
        let swallowed =
            table(&["3> Verksamheten står för hela det negativa utfallet.", "Tkr | Budget 2030 | Utf. 2030"]);
        assert_eq!(TableGrid::new(&swallowed).headings(2, 2), ["Utf. 2030"]);
        let wide = table(&["Tkr | 2> Utgifter sedan starten", " | Budget | Utfall"]);
        assert_eq!(TableGrid::new(&wide).headings(1, 2), ["Utgifter sedan starten", "Budget"]);
    }

    proptest! {
        #[test]
        fn every_cell_begins_once(spans in prop::collection::vec(prop::collection::vec((0_u32..4, 0_u32..4), 0..5), 0..5)) {
            let cell = |(col_span, row_span): &(u32, u32)| Cell {
                text: "a".into(), col_span: *col_span, row_span: *row_span, image: None, at: At::default(), title_end: None,
            };
            let rows: Vec<Vec<Cell>> = spans.iter().map(|row| row.iter().map(cell).collect()).collect();
            let count: usize = rows.iter().map(Vec::len).sum();
            let table = Table { caption: None, header_rows: 0, certainty: Certainty::Sure, rows, at: Vec::new() };
            let grid = TableGrid::new(&table);
            prop_assert!(grid.rows.iter().map(|row| row.filled().count()).sum::<usize>() <= count);
            prop_assert!(grid.rows.iter().all(|row| row.slots.len() == grid.columns));
        }
    }
}
