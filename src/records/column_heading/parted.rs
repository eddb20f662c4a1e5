//! Periods over women and men, where nothing drawn says how far each reaches: "Utfall 2023" and "Utfall 2024" somewhere
//! over "K", "M", "T", "K", "M", "T".
//!
//! In goes a table with the rows that its headings take, out come the headings of the columns of parts. The parts tell:
//! they come again in the same order as often as there are periods, so each period has its own run of them. A period
//! that stands more over another's run than over its own leaves all open.

use super::{ColumnHeading, remainder};
use crate::records::table_grid::TableGrid;
use crate::vocabulary::{Vocabulary, fold};

/// What stands over the columns.
struct Found<'a> {
    /// The columns of parts, with the part's word, from the left.
    parts: Vec<(usize, String)>,
    /// The texts that name a period or a basis, with the columns they stand over, from the left.
    uppers: Vec<(String, std::ops::Range<usize>)>,
    grid: &'a TableGrid<'a>,
}

/// The headings of the columns of parts, each with its period; `None` where the parts do not tell.
pub(super) fn read(
    grid: &TableGrid<'_>,
    rows: usize,
    vocabulary: &Vocabulary,
) -> Option<Vec<(usize, ColumnHeading)>> {
    let Found { parts, uppers, .. } = Found::of(grid, rows, vocabulary);
    let each = parts.len().checked_div(uppers.len())?;
    if uppers.len() < 2 || each < 2 || each * uppers.len() != parts.len() {
        return None;
    }
    let words: Vec<String> = parts.iter().map(|(_, word)| fold(word)).collect();
    let first = &words[..each];
    let are_distinct = first.iter().enumerate().all(|(at, word)| !first[..at].contains(word));
    if !are_distinct || words.chunks(each).any(|run| run != first) {
        return None;
    }
    let stands_over = |upper: &std::ops::Range<usize>, run: &[(usize, String)]| {
        run.iter().filter(|(column, _)| upper.contains(column)).count()
    };
    let runs: Vec<&[(usize, String)]> = parts.chunks(each).collect();
    for (own, (_, upper)) in uppers.iter().enumerate() {
        let over = stands_over(upper, runs[own]);
        if runs.iter().enumerate().any(|(other, run)| other != own && stands_over(upper, run) >= over) {
            return None;
        }
    }
    let heading = |(at, (column, word)): (usize, &(usize, String))| {
        (*column, ColumnHeading::read(&[&uppers[at / each].0, word], None, vocabulary))
    };
    let mut found: Vec<(usize, ColumnHeading)> = parts.iter().enumerate().map(heading).collect();
    // A column beside the parts has its own heading, however far the last period was drawn: "Mål 2027".
    let is_part = |column: &usize| parts.iter().any(|(part, _)| part == column);
    let is_under = |column: &usize| uppers.iter().any(|(_, over)| over.contains(column));
    for column in (0..grid.columns).filter(|column| !is_part(column) && is_under(column)) {
        let mut own = grid.headings(column, rows);
        own.retain(|text| !uppers.iter().any(|(upper, _)| upper == text));
        found.push((column, ColumnHeading::read(&own, None, vocabulary)));
    }
    Some(found)
}

impl<'a> Found<'a> {
    fn of(grid: &'a TableGrid<'a>, rows: usize, vocabulary: &Vocabulary) -> Self {
        let mut found = Self { parts: Vec::new(), uppers: Vec::new(), grid };
        for row in grid.rows.iter().take(rows) {
            for (column, cell) in row.filled() {
                let range = column..column + cell.col_span.max(1) as usize;
                found.add(cell.text.trim(), range, vocabulary);
            }
        }
        found.parts.sort_by_key(|(column, _)| *column);
        found.uppers.sort_by_key(|(_, range)| range.start);
        found
    }

    /// Take a heading down: a part, a period, or one of each in a cell that holds both ("Utfall 2023 M").
    fn add(&mut self, text: &str, range: std::ops::Range<usize>, vocabulary: &Vocabulary) {
        let heading = ColumnHeading::read(&[text], None, vocabulary);
        let is_whole_table = self.grid.columns > 1 && range.len() >= self.grid.columns;
        if heading.code.is_some() || is_whole_table {
            return;
        }
        let timed = heading.period.is_some() || heading.basis.is_some();
        match heading.part {
            Some(part) if timed && range.len() == 1 && remainder(text, vocabulary) == part.label => {
                let upper = text.strip_suffix(part.label.as_str()).map(str::trim_end);
                self.parts.push((range.start, part.label.clone()));
                self.uppers.extend(upper.map(|upper| (upper.to_owned(), range)));
            }
            Some(part) if !timed => self.parts.push((range.start, part.label)),
            None if timed => self.uppers.push((text.to_owned(), range)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::table_grid::tests::table;

    fn headings(lines: &[&str]) -> Option<Vec<String>> {
        let table = table(lines);
        let found = read(&TableGrid::new(&table), 2, Vocabulary::builtin())?;
        Some(found.into_iter().map(|(column, heading)| format!("{column} {}", heading.label)).collect())
    }

    #[test]
    fn each_period_has_its_run_of_parts() {
        let expected = ["1 2023 K", "2 2023 M", "3 2023 T", "4 2024 K", "5 2024 M", "6 2024 T"];
        for lines in [
            ["2v Mått | | 2023 | | | 2024 | ", "K | M | T | K | M | T"],
            ["2v Mått | 2v K | 2v 2023 M | 2v T | 2> 2024 | 2v T", "K | M"],
            ["2v Mått | 2> 2023 | 4> 2024", "K | M | T | K | M | T"],
        ] {
            assert_eq!(headings(&lines).as_deref(), Some(&expected.map(str::to_owned)[..]), "{lines:?}");
        }
    }

    #[test]
    fn a_column_beside_the_parts_has_its_own_heading() {
        let found = headings(&["2v Mått | 2> 2023 | 3> 2024", "K | M | K | M | Mål 2027"]).unwrap();
        assert_eq!(found, ["1 2023 K", "2 2023 M", "3 2024 K", "4 2024 M", "5 Mål 2027"]);
    }

    #[test]
    fn what_leaves_it_open_is_refused() {
        for lines in [
            // Three periods over two runs, runs that differ, a period over another's run.
            ["2v Mått | 2022 | 2023 | | 2024 | | ", "K | M | T | K | M | T"],
            ["2v Mått | | 2023 | | | 2024 | ", "K | M | T | K | T | M"],
            ["2v Mått | 2023 | 2024 | | | | ", "K | M | T | K | M | T"],
        ] {
            assert_eq!(headings(&lines), None, "{lines:?}");
        }
    }
}
