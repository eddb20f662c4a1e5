//! Tables under a banner: a row above the headings names what their rows belong to.
//!
//! In goes a table such as "Risk 2. Avbrott | Sannolikhet 3" over "Åtgärd | Status | Slutdatum", out comes it with the
//! headings first and the banner's name as a row across the table, which gathers those below it.

use super::super::table::{Cell, Table};
use super::super::table_grid::TableGrid;
use crate::vocabulary::Vocabulary;

/// Fewest headings that show which row has them.
const FEWEST: usize = 3;

/// The table with its banner below the headings; `None` where it has none.
pub(super) fn as_group(table: &Table, vocabulary: &Vocabulary) -> Option<Table> {
    let [banner, headings, rows @ ..] = table.rows.as_slice() else { return None };
    let is_heading = |cell: &Cell| vocabulary.column_role(cell.text.trim()).is_some();
    let is_known = headings.len() >= FEWEST && headings.iter().all(is_heading);
    if table.header_rows > 1 || rows.is_empty() || !is_known || banner.iter().any(is_heading) {
        return None;
    }
    let first = banner.first().filter(|cell| !cell.text.trim().is_empty())?;
    let columns = u32::try_from(TableGrid::new(table).columns).ok()?;
    let group = Cell { col_span: columns, row_span: 1, ..first.clone() };
    let rows = [headings.clone(), vec![group]].into_iter().chain(rows.iter().cloned()).collect();
    Some(Table { rows, header_rows: 1, ..table.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::table_grid::tests::table;

    #[test]
    fn the_banner_gathers_the_rows_below_the_headings() {
        let found = as_group(
            &table(&[
                "Risk 2. Avbrott | Sannolikhet 3 | Riskvärde 9",
                "Åtgärd | Status | Slutdatum",
                "Gräva | Klar | 2031",
            ]),
            Vocabulary::builtin(),
        )
        .unwrap();
        let texts: Vec<&str> = found.rows.iter().map(|row| row[0].text.as_str()).collect();
        assert_eq!(texts, ["Åtgärd", "Risk 2. Avbrott", "Gräva"]);
        assert_eq!(found.rows[1][0].col_span, 3);
    }

    #[test]
    fn headings_above_rows_are_no_banner() {
        let rows = ["Åtgärd | Status | Slutdatum", "Gräva | Klar | 2031", "Så | Pågår | 2032"];
        assert!(as_group(&table(&rows), Vocabulary::builtin()).is_none());
    }
}
