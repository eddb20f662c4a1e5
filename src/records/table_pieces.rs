//! Tables that are drawn as one and are several: further down a row of headings stands again.
//!
//! In goes a table, out come its pieces, each with its own headings. A row that repeats the headings above is left out.
//! What stands alone in the row before such headings is what the piece below is called.

use super::column_heading::ColumnHeading;
use super::table::{Certainty, Table};
use super::table_grid::{GridRow, TableGrid};
use crate::place::At;
use crate::vocabulary::{Column, Vocabulary, fold};

/// A table, or a part of one under headings of its own.
#[derive(Clone, Debug)]
pub(crate) struct Piece<'a> {
    /// Its rows.
    pub(crate) grid: TableGrid<'a>,
    /// What the row above it calls it.
    pub(crate) title: Option<&'a str>,
    /// Whether it is the first of its table.
    pub(crate) is_first: bool,
    /// Where it stands.
    pub(crate) at: At,
}

/// The pieces of a table from the top.
pub(crate) fn pieces_of<'a>(table: &'a Table, vocabulary: &Vocabulary) -> Vec<Piece<'a>> {
    let mut whole = TableGrid::new(table);
    let heads = (whole.header_rows as usize).max(1);
    let words = |row: &GridRow<'_>| -> Vec<(usize, String)> {
        row.filled().map(|(column, cell)| (column, fold(&cell.text))).collect()
    };
    let mut begins: Vec<usize> = Vec::new();
    let mut rows: Vec<GridRow<'a>> = Vec::with_capacity(whole.rows.len());
    for (at, row) in std::mem::take(&mut whole.rows).into_iter().enumerate() {
        if at >= heads && names_columns(&row, vocabulary) {
            let above = begins.last().map_or(heads - 1, |begin| *begin);
            if rows.get(above).is_some_and(|above| words(above) == words(&row)) {
                continue;
            }
            begins.push(rows.len());
        }
        rows.push(row);
    }
    whole.rows = rows;
    // Where cells cannot be told apart, rows of headings cannot either.
    if begins.is_empty() || table.certainty == Certainty::Uncertain {
        let at = table.at.iter().copied().collect();
        return vec![Piece { grid: whole, title: None, is_first: true, at }];
    }
    let mut found: Vec<Piece<'a>> = Vec::with_capacity(begins.len() + 1);
    let ends = begins.iter().copied().chain([whole.rows.len()]);
    let mut from = 0;
    for end in ends {
        let rows = whole.rows[from..end].to_vec();
        let title = found.last_mut().and_then(take_title);
        let header_rows = if from == 0 { whole.header_rows } else { 1 };
        let mut at = At::default();
        rows.iter().for_each(|row| at.extend(&row.at()));
        found.push(Piece {
            grid: TableGrid { columns: whole.columns, header_rows, rows },
            title,
            is_first: from == 0,
            at,
        });
        from = end;
    }
    found
}

/// The text that stands alone in the last row of a piece, which is taken off it.
fn take_title<'a>(piece: &mut Piece<'a>) -> Option<&'a str> {
    let row = piece.grid.rows.last()?;
    let mut filled = row.filled();
    let (column, cell) = filled.next()?;
    let is_title = filled.next().is_none() && column == 0 && cell.text.chars().any(char::is_alphabetic);
    let text = cell.text.trim();
    if !is_title || piece.grid.rows.len() < 2 {
        return None;
    }
    drop(filled);
    piece.grid.rows.pop();
    Some(text)
}

/// Whether a row below the headings names columns: two or more are named by what they hold, or by a year beside a word
/// for the labels, and no cell but the first is anything else.
fn names_columns(row: &GridRow<'_>, vocabulary: &Vocabulary) -> bool {
    let read = |text: &str| ColumnHeading::read(&[text], None, vocabulary);
    let is_labels = |text: &str| matches!(read(text).code, Some(Column::Label | Column::Indicator));
    let mut heads_labels = None;
    let mut named = 0;
    for (_, cell) in row.filled().filter(|(column, _)| *column > 0) {
        let has_letters = cell.text.chars().any(char::is_alphabetic);
        // Most cells are figures, and only one that holds a year names a column.
        if !has_letters && !holds_four_digits(&cell.text) {
            return false;
        }
        let heading = read(&cell.text);
        let is_of_values = heading.is_of_values()
            && (has_letters
                || *heads_labels
                    .get_or_insert_with(|| row.cell(0).is_some_and(|cell| is_labels(&cell.text))));
        if !is_of_values && heading.code.is_none() {
            return false;
        }
        named += usize::from(is_of_values && heading.part.is_none());
    }
    named > 1
}

/// Whether four digits stand side by side, as in a year.
fn holds_four_digits(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::table_grid::tests::table;

    #[test]
    fn headings_further_down_begin_a_piece() {
        let source = table(&[
            "Tkr | Bokslut 2024 | Budget 2024 | Avvikelse",
            "Bibliotek | 10 | 12 | 2",
            "Tkr | Bokslut 2024 | Budget 2024 | Avvikelse",
            "Simhall | 20 | 21 | 1",
            "Investeringar |  |  | ",
            "Projekt (tkr) | Budget 2024 | Utfall 2024 | Avvikelse",
            "Ny ventilation | 5 | 4 | 1",
        ]);
        let pieces = pieces_of(&source, Vocabulary::builtin());
        let [first, second] = pieces.as_slice() else { panic!("{pieces:?}") };
        assert_eq!((first.grid.rows.len(), second.grid.rows.len()), (3, 2));
        assert_eq!((first.title, second.title), (None, Some("Investeringar")));
        assert_eq!(second.grid.rows[0].text(1), "Budget 2024");
    }

    #[test]
    fn rows_of_figures_and_words_begin_none() {
        let source = table(&[
            "Mått | 2023 | 2024",
            "Första år | 2019 | 2020",
            "Mäts i | Bokslut | Enkät",
            "Kön | Kvinnor | Män",
        ]);
        assert_eq!(pieces_of(&source, Vocabulary::builtin()).len(), 1);
    }
}
