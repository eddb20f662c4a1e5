//! Indicators, read from the tables that hold them.
//!
//! In go a paper's tables with their surroundings, out come indicators, each with its values by period and by
//! kvinnor/män. Cells that a broken text layer shifted are put back by the headings and by what each cell can be;
//! what is put back is told, and what is not sure gives no number.

mod columns;
mod confirm;
mod content;
mod groups;
mod moves;
mod rows;
mod shifted;
mod unit;

use super::figures::Finding;
use super::indicator::Indicator;
use super::paper_tables::PaperTable;
use super::period::Period;
use super::table_grid::TableGrid;
use crate::diagnostic::Code;
use crate::place::At;
use crate::vocabulary::Vocabulary;

pub(crate) use unit::of_name as unit_of_name;

use columns::IndicatorColumns;
use rows::RowReader;

/// What the tables of a paper hold of indicators.
#[derive(Debug, Default)]
pub(crate) struct Indicators {
    /// The indicators in reading order.
    pub(crate) found: Vec<Indicator>,
    /// What was put back, and what is not sure.
    pub(crate) findings: Vec<Finding>,
    /// Which of the tables hold indicators.
    pub(crate) tables: Vec<usize>,
}

/// Read the indicators of a paper's tables.
pub(crate) fn read(tables: &[PaperTable<'_>], reporting: Option<&Period>, vocabulary: &Vocabulary) -> Indicators {
    let mut all = Indicators::default();
    let mut reader: Option<(RowReader<'_>, String)> = None;
    for (index, placed) in tables.iter().enumerate() {
        if !placed.is_sure() {
            all.close(reader.take());
            continue;
        }
        let grid = TableGrid::new(placed.table);
        let own = IndicatorColumns::read(placed, &grid, reporting, vocabulary);
        if let Some(columns) = own {
            let rows = columns.header_rows;
            match &mut reader {
                Some((reader, _)) if placed.follows => {
                    let goes_on = columns.is_like(reader.columns());
                    reader.change_columns(columns);
                    reader.read(&grid.rows[rows..], goes_on);
                }
                _ => {
                    all.close(reader.take());
                    let mut new = RowReader::new(columns, groups::group_of(&placed.headings, vocabulary), vocabulary);
                    new.read(&grid.rows[rows..], false);
                    reader = Some((new, placed.name().to_owned()));
                }
            }
            all.tables.push(index);
            continue;
        }
        let Some((before, name)) = reader.as_mut().filter(|_| placed.follows) else {
            all.close(reader.take());
            continue;
        };
        if let Some(columns) = before.columns().go_on(&grid, vocabulary) {
            let is_same = columns.is_like(before.columns());
            if !is_same {
                let first = grid.rows.iter().find_map(|row| row.filled().next()).map_or("", |(_, cell)| cell.text.as_str());
                let at: At = placed.table.at.iter().copied().collect();
                let lost = before.columns().roles.iter().flatten().count() - columns.roles.iter().flatten().count();
                let columns_lost = if lost == 1 { "a column".to_owned() } else { format!("{lost} columns") };
                let message = format!(
                    "{name}: the rows from '{first}' on lack the headings and {columns_lost}; their cells were put under the headings of the rows before"
                );
                all.findings.push((Code::CellsMoved, message, at));
            }
            before.change_columns(columns);
            before.read(&grid.rows, is_same);
            all.tables.push(index);
        } else {
            all.close(reader.take());
        }
    }
    all.close(reader.take());
    all
}

impl Indicators {
    /// Take over what a reader has found.
    fn close(&mut self, reader: Option<(RowReader<'_>, String)>) {
        let Some((mut reader, name)) = reader else { return };
        reader.finish();
        self.found.append(&mut reader.done);
        let moved = reader.moves.messages(&name);
        self.findings.extend(moved.into_iter().map(|(message, at)| (Code::CellsMoved, message, at)));
        if !reader.doubtful.is_empty() {
            let mut at = At::default();
            reader.doubtful.iter().for_each(|(_, place)| at.extend(place));
            let names: Vec<&str> = reader.doubtful.iter().map(|(name, _)| name.as_str()).filter(|n| !n.is_empty()).collect();
            let message = format!(
                "{name}: {} rows whose cells cannot be put under their headings with certainty: {}",
                reader.doubtful.len(),
                names.join("; ")
            );
            self.findings.push((Code::TableUncertain, message, at));
        }
        if !reader.unnumbered.is_empty() {
            let mut at = At::default();
            reader.unnumbered.iter().for_each(|(_, place)| at.extend(place));
            let message = format!("{name}: {} rows carry a sign in place of a number", reader.unnumbered.len());
            self.findings.push((Code::NumberUnreadable, message, at));
        }
    }
}
