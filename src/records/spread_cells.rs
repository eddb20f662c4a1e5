//! Names that cover several rows though no cell says so: "Brukarbedömning hemtjänst, andel (%)" over three lines beside
//! the rows "Kvinnor", "Män" and "Totalt".
//!
//! In goes a layout, out comes it with each such name as one cell over its rows, and with it the cells of columns that
//! say one thing for all of them, such as a target midway. It is told by the rows' own words, which come again in the
//! same order; where one of the names could be a row's own, the table stays as it is.

use std::borrow::Cow;

use super::table::{Cell, Certainty, Table};
use crate::layout::{Layout, Lexicon};
use crate::place::At;
use crate::vocabulary::{Vocabulary, fold};

/// Most rows that one name covers: women, men, total and one more.
const MOST_ROWS: usize = 4;

/// The layout with names that cover several rows as cells that do.
pub(super) fn gathered<'l>(layout: &'l Layout, vocabulary: &Vocabulary) -> Cow<'l, Layout> {
    let sure = |table: &&Table| table.certainty == Certainty::Sure;
    let found: Vec<(usize, Table)> = layout
        .tables
        .iter()
        .enumerate()
        .filter(|(_, table)| sure(table))
        .filter_map(|(index, table)| Some((index, gather(table, vocabulary)?)))
        .collect();
    if found.is_empty() {
        return Cow::Borrowed(layout);
    }
    let mut layout = layout.clone();
    for (index, table) in found {
        layout.tables[index] = table;
    }
    Cow::Owned(layout)
}

fn gather(table: &Table, vocabulary: &Vocabulary) -> Option<Table> {
    let head = table.header_rows as usize;
    let width = table.rows.get(head)?.len();
    let is_plain =
        |row: &Vec<Cell>| row.len() == width && row.iter().all(|c| c.col_span == 1 && c.row_span == 1);
    // What lies across the table parts its rows and belongs to none.
    let rows: Vec<usize> = (head..table.rows.len()).filter(|at| is_plain(&table.rows[*at])).collect();
    let across = |at: usize| table.rows[at].len() == 1 && width > 1;
    if (head..table.rows.len()).any(|at| !rows.contains(&at) && !across(at)) {
        return None;
    }
    let text = |row: usize, column: usize| table.rows[row][column].text.trim();
    let is_part = |text: &str| vocabulary.breakdowns.whole(text).is_some();
    let parts = (1..width).find(|column| rows.iter().all(|row| is_part(text(*row, *column))))?;
    let said: Vec<String> = rows.iter().map(|row| fold(text(*row, parts))).collect();
    let count = (1..said.len()).find(|at| said[*at] == said[0]).unwrap_or(said.len());
    let comes_again = (0..said.len()).all(|at| said[at] == said[at % count]);
    let groups: Vec<&[usize]> = rows.chunks(count).collect();
    let unbroken = groups.iter().all(|g| g.len() == count && g[count - 1] - g[0] == count - 1);
    if !(2..=MOST_ROWS).contains(&count) || !comes_again || !unbroken {
        return None;
    }
    let names_one = |group: &&[usize]| {
        !text(group[0], 0).is_empty()
            && group[1..].iter().all(|row| {
                let rest = text(*row, 0);
                rest.is_empty() || rest.starts_with(|c: char| c.is_lowercase() || !c.is_alphabetic())
            })
    };
    if !groups.iter().all(names_one) {
        return None;
    }
    let filled =
        |group: &[usize], column: usize| group.iter().filter(|row| !text(**row, column).is_empty()).count();
    let says_one = |column: &usize| {
        let once = groups.iter().all(|group| filled(group, *column) <= 1);
        once && groups.iter().any(|group| filled(group, *column) == 1)
    };
    let columns: Vec<usize> =
        std::iter::once(0).chain((1..width).filter(|c| *c != parts).filter(says_one)).collect();
    let goes_on = |column: &usize| {
        groups.iter().flat_map(|group| &group[1..]).any(|row| !text(*row, *column).is_empty())
    };
    if !columns.iter().any(goes_on) {
        return None;
    }
    let mut gathered = table.clone();
    for group in groups {
        for column in &columns {
            let cells: Vec<&Cell> = group.iter().map(|row| &table.rows[*row][*column]).collect();
            gathered.rows[group[0]][*column] = over_rows(&cells);
        }
        for row in &group[1..] {
            let mut column = 0;
            gathered.rows[*row].retain(|_| {
                column += 1;
                !columns.contains(&(column - 1))
            });
        }
    }
    Some(gathered)
}

/// One cell of those below one another.
fn over_rows(cells: &[&Cell]) -> Cell {
    let filled: Vec<&Cell> = cells.iter().copied().filter(|cell| !cell.text.trim().is_empty()).collect();
    let mut at = At::default();
    filled.iter().for_each(|cell| at.extend(&cell.at));
    Cell {
        text: Lexicon::default().join(filled.iter().map(|cell| cell.text.trim())),
        col_span: 1,
        row_span: u32::try_from(cells.len()).unwrap_or(1),
        image: cells.iter().find_map(|cell| cell.image.clone()),
        at,
        title_end: filled.first().and_then(|cell| cell.title_end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::table_grid::tests::table;

    fn gathered(rows: &[&str]) -> Option<Vec<Vec<(String, u32)>>> {
        let table = Table { header_rows: 1, ..table(rows) };
        let found = gather(&table, Vocabulary::builtin())?;
        let cells = |row: &Vec<Cell>| row.iter().map(|c| (c.text.clone(), c.row_span)).collect();
        Some(found.rows.iter().map(cells).collect())
    }

    #[test]
    fn a_name_covers_the_rows_beside_it() {
        let rows = gathered(&[
            "Indikator | | 2024 | Mål",
            "Fallskador bland | Kvinnor | 61 | ",
            "äldre, antal | Män | 44 | 50",
            "Väntetid till | Kvinnor | 39 | ",
            "boende, dagar | Män | 36 | 35",
        ])
        .unwrap();
        assert_eq!(rows[1][0], ("Fallskador bland äldre, antal".to_owned(), 2));
        assert_eq!(rows[1][3], ("50".to_owned(), 2), "a target midway is of both");
        assert_eq!(rows[2].iter().map(|c| c.0.as_str()).collect::<Vec<_>>(), ["Män", "44"]);
    }

    #[test]
    fn names_that_may_be_the_rows_own_stay() {
        let own = ["Indikator | | 2024", "Sjukfrånvaro | Kvinnor | 6", "Frisknärvaro | Män | 4"];
        assert!(gathered(&own).is_none());
    }
}
