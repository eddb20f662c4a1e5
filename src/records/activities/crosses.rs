//! Tables in which a cross says how it stands: one column for each status, a mark in one of them.
//!
//! In goes a table such as "Åtgärd | Ej påbörjad | Pågår | Klar" with an "X" in each row, out comes it with one column
//! "Status" in place of these. A row with two marks leaves the table as it is.

use super::super::status::Status;
use super::super::table::{Cell, Table};
use super::super::table_grid::TableGrid;
use crate::vocabulary::Vocabulary;

/// Fewest columns of one status each.
const FEWEST: usize = 2;
/// What marks a cell.
const MARKS: [&str; 14] = ["X", "x", "×", "✓", "✔", "✗", "✘", "☒", "☑", "√", "•", "●", "■", "\u{f0fc}"];

/// The table with its statuses in one column; `None` where it has none that are marked.
pub(super) fn as_statuses(table: &Table, vocabulary: &Vocabulary) -> Option<Table> {
    let grid = TableGrid::new(table);
    let header_rows = usize::try_from(table.header_rows).ok().filter(|rows| *rows > 0)?;
    let headings: Vec<String> =
        (0..grid.columns).map(|column| grid.headings(column, header_rows).join(" ")).collect();
    let body = grid.rows.get(header_rows..)?;
    let is_mark = |text: &str| MARKS.contains(&text);
    let holds_marks = |column: &usize| {
        let cells = || {
            body.iter()
                .filter_map(|row| row.cell(*column))
                .filter(|cell| (cell.col_span as usize) < grid.columns)
        };
        cells().all(|cell| cell.text.trim().is_empty() || is_mark(cell.text.trim()))
    };
    let statuses: Vec<usize> = (0..grid.columns)
        .filter(|column| Status::read(&headings[*column], vocabulary).is_some() && holds_marks(column))
        .collect();
    let first = *statuses.first().filter(|_| statuses.len() >= FEWEST)?;
    let kept = |column: &usize| *column == first || !statuses.contains(column);
    let heading = |column: usize| {
        let at = grid.rows[header_rows - 1].covering(column).map(|cell| cell.at.clone());
        let text = if column == first { "Status" } else { headings[column].as_str() };
        Cell::single(text, at.unwrap_or_default())
    };
    let mut rows: Vec<Vec<Cell>> = vec![(0..grid.columns).filter(kept).map(heading).collect()];
    for (row, printed) in body.iter().zip(table.rows.get(header_rows..)?) {
        if let [only] = &printed[..]
            && only.col_span as usize >= grid.columns
        {
            rows.push(vec![Cell { col_span: u32::try_from(rows[0].len()).unwrap_or(1), ..only.clone() }]);
            continue;
        }
        let marked: Vec<usize> =
            statuses.iter().copied().filter(|column| is_mark(row.text(*column).trim())).collect();
        if marked.len() > 1 {
            return None;
        }
        let cell = |column: usize| {
            let own = if column == first { marked.first().copied() } else { Some(column) };
            let covering = own.and_then(|own| row.covering(own));
            let text = match (column == first, own) {
                (true, Some(own)) => headings[own].clone(),
                (true, None) => String::new(),
                (false, _) => row.text(column).to_owned(),
            };
            covering.map_or_else(
                || Cell::single("", Default::default()),
                |cell| Cell { text, col_span: 1, ..cell.clone() },
            )
        };
        rows.push((0..grid.columns).filter(kept).map(cell).collect());
    }
    Some(Table { rows, header_rows: 1, ..table.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::table_grid::tests::table;

    fn statuses(rows: &[&str]) -> Option<Vec<String>> {
        let found = as_statuses(&table(rows), Vocabulary::builtin())?;
        let shown =
            |row: &Vec<Cell>| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" | ");
        Some(found.rows.iter().map(shown).collect())
    }

    #[test]
    fn a_cross_under_its_status() {
        let rows = [
            "Åtgärd | Klart | Ej påbörjad | Pågår | Klar | Kommentar",
            "Gräva | 2031 | | X | | Djupt.",
            "Så | | | | |",
        ];
        assert_eq!(
            statuses(&rows).unwrap(),
            ["Åtgärd | Klart | Status | Kommentar", "Gräva | 2031 | Pågår | Djupt.", "Så |  |  | "]
        );
    }

    #[test]
    fn two_crosses_or_words_are_no_status() {
        assert!(statuses(&["Åtgärd | Pågår | Klar", "Gräva | X | X"]).is_none());
        assert!(statuses(&["Åtgärd | Pågår | Klar", "Gräva | 3 | 4"]).is_none());
    }
}
