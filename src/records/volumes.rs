//! Tables of what is produced or counted under the headings of money: "Volymer" by "Bokslut" and "Budget".
//!
//! In go a table with what stands around it and the heading over its labels, out comes whether its rows are measured
//! rather than paid.

use super::column_heading::{ColumnHeading, unit_in};
use super::indicator::Unit;
use super::paper_tables::PaperTable;
use crate::vocabulary::{Column, Vocabulary};

/// Whether a table without a unit of money says that its rows are measures: the heading over them does ("Produktion,
/// antal"), its caption, or the nearest heading ("Volymer och nyckeltal").
pub(crate) fn is_of_volumes(
    placed: &PaperTable<'_>,
    labels: &ColumnHeading,
    vocabulary: &Vocabulary,
) -> bool {
    let nearest = placed.title.or(placed.table.caption.as_deref()).or(placed.headings.first().copied());
    let around = [nearest, placed.lead_line(), Some(labels.label.as_str())];
    if labels.unit.is_some_and(Unit::is_money)
        || around.into_iter().flatten().any(|text| unit_in(text, vocabulary).is_some_and(Unit::is_money))
    {
        return false;
    }
    let measures = |text: &str| {
        let found = vocabulary.columns.find_all(text);
        found.iter().any(|(_, entry)| entry.code == Column::Indicator && !entry.colon)
    };
    labels.code == Some(Column::Indicator)
        || [nearest, Some(labels.label.as_str())].into_iter().flatten().any(measures)
}
