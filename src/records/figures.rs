//! The figures of a paper: indicators, tables of money, key figures, and the agenda of a kallelse, which is a table too.

use super::agenda::AgendaItem;
use super::financial_table::FinancialTable;
use super::indicator::Indicator;
use super::key_figure::KeyFigure;
use super::paper_tables::{PaperTable, tables_of};
use super::period::Period;
use super::{agenda_items, financial_tables, indicators, key_figures, reporting_period};
use crate::diagnostic::Code;
use crate::layout::Layout;
use crate::place::At;
use crate::sections::PaperOutline;
use crate::vocabulary::Vocabulary;

/// Something to tell of a paper: a code, a message, a place.
pub(crate) type Finding = (Code, String, At);

/// What a paper holds of figures.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    /// Its indicators.
    pub(crate) indicators: Vec<Indicator>,
    /// Its tables of money.
    pub(crate) financial_tables: Vec<FinancialTable>,
    /// Its key figures.
    pub(crate) key_figures: Vec<KeyFigure>,
    /// The items of its agenda.
    pub(crate) agenda: Vec<AgendaItem>,
    /// What a reader of the data should know.
    pub(crate) findings: Vec<Finding>,
}

/// Read the figures of a paper. `reporting` is the period that the paper reports on.
pub(crate) fn read(
    outline: &PaperOutline,
    layout: &Layout,
    is_kallelse: bool,
    reporting: Option<&Period>,
    vocabulary: &Vocabulary,
) -> Figures {
    let title = outline.title.as_ref().map(|title| title.text.as_str());
    let titled =
        title.filter(|_| reporting.is_none()).and_then(|title| reporting_period::of_title(title, vocabulary));
    let reporting = reporting.or(titled.as_ref());
    let tables = tables_of(&outline.parts, layout, vocabulary);
    let mut findings = uncertain_tables(&tables);
    let key_figures = key_figures::read(outline, layout, vocabulary);
    let is_of_key_figure = |index: &usize| key_figures.tables.contains(&tables[*index].number);
    let mut taken: Vec<usize> = (0..tables.len()).filter(is_of_key_figure).collect();
    let indicators = indicators::read(&tables, &taken, reporting, vocabulary);
    findings.extend(indicators.findings);
    taken.extend(indicators.tables);
    let (financial_tables, shifted) =
        financial_tables::read(&tables, &taken, outline.title.as_ref(), reporting, vocabulary);
    findings.extend(shifted);
    Figures {
        indicators: indicators.found,
        financial_tables,
        key_figures: key_figures.found,
        agenda: if is_kallelse {
            agenda_items::read(&outline.parts, &tables, vocabulary)
        } else {
            Vec::new()
        },
        findings,
    }
}

/// A table that cannot be relied on is told of once; its cells stay in `tables`.
fn uncertain_tables(tables: &[PaperTable<'_>]) -> Vec<Finding> {
    tables
        .iter()
        .filter(|placed| !placed.is_sure())
        .map(|placed| {
            let at = placed.at.clone();
            let message = format!(
                "{}: the table's cells cannot be told apart with certainty; no number of it is used",
                placed.name()
            );
            (Code::TableUncertain, message, at)
        })
        .collect()
}
