//! Tables of money: which tables they are, their columns, rows, groups and totals.
//!
//! A table holds money when its headings name bases or periods over figures and its unit, or its bases, say money.
//! What holds indicators is none. A value is always a cell's own number; a blank cell is never zero.

use super::broken_words::mend;
use super::caption_text;
use super::column_heading::{
    ColumnHeading, has_slipped, names_columns, read_headings, unit_in, unit_of_amounts_in,
};
use super::figures::Finding;
use super::financial_table::{FinancialColumn, FinancialRow, FinancialTable, FinancialValue};
use super::indicator::{Basis, Unit};
use super::number::{CellValue, Grouping, NumberStyle, parse_cell};
use super::paper_tables::PaperTable;
use super::period::Period;
use super::table_grid::{GridRow, TableGrid};
use super::volumes::is_of_volumes;
use crate::diagnostic::Code;
use crate::layout::{Block, BlockKind};
use crate::place::{At, Place};
use crate::sections::Title;
use crate::vocabulary::{Column, Entry, RowWord, Vocabulary, fold, without_number};

/// Longest line before a table that can be its caption, in characters.
const LONGEST_CAPTION: usize = 80;

/// Read the tables of money among a paper's tables. `taken` are those that hold indicators, `title` is the paper's.
pub(crate) fn read(
    tables: &[PaperTable<'_>],
    taken: &[usize],
    title: Option<&Title>,
    reporting: Option<&Period>,
    vocabulary: &Vocabulary,
) -> (Vec<FinancialTable>, Vec<Finding>) {
    let mut found: Vec<FinancialTable> = Vec::new();
    let mut findings = Vec::new();
    // The table before, where the one after it may go on with it.
    let mut open: Option<(Layout, usize)> = None;
    for (index, placed) in tables.iter().enumerate() {
        if !placed.is_sure() || taken.contains(&index) {
            open = None;
            continue;
        }
        let grid = &placed.grid;
        match Layout::read(placed, grid, reporting, vocabulary) {
            Some(Layout { doubt: Some(doubt), .. }) => {
                let message = format!("{}: {doubt}; no number of the table is used", placed.name());
                findings.push((Code::TableUncertain, message, placed.at.clone()));
                open = None;
            }
            // The headings again on the next page: one table.
            Some(layout)
                if open.as_ref().is_some_and(|(before, at)| {
                    placed.follows && before.is_like(&layout) && turns_page(&found[*at].at, &placed.at)
                }) =>
            {
                let Some((_, at)) = open.take() else { continue };
                let before = &mut found[at];
                let last = before.rows.last().filter(|row| !row.is_total);
                let group = last.and_then(|row| row.group.clone());
                let mut shifts = Shifts::default();
                before.rows.extend(read_rows(
                    &grid.rows[layout.header_rows..],
                    &layout,
                    group,
                    &mut shifts,
                    vocabulary,
                ));
                findings.extend(shifts.findings(placed.name()));
                before.at.extend(&placed.at);
                open = Some((layout, at));
            }
            Some(layout) => {
                let mut shifts = Shifts::default();
                let rows =
                    read_rows(&grid.rows[layout.header_rows..], &layout, None, &mut shifts, vocabulary);
                findings.extend(shifts.findings(placed.name()));
                let (name, mut at) = title_of(placed, title, vocabulary);
                // The title's place stays a place of its own: other tables may stand between.
                at.0.extend(&placed.at.0);
                found.push(FinancialTable {
                    title: name,
                    unit: layout.unit,
                    columns: layout
                        .columns
                        .iter()
                        .map(|(_, heading)| column_of(heading, layout.unit))
                        .collect(),
                    rows,
                    at,
                });
                open = Some((layout, found.len() - 1));
            }
            None => {
                let line = placed.between.filter(|text| !names_columns(text, vocabulary));
                let goes_on = open.take().filter(|(layout, _)| {
                    (placed.follows || line.is_some()) && layout.goes_on(grid, vocabulary)
                });
                if let Some((layout, at)) = goes_on {
                    let before = &mut found[at];
                    let last = before.rows.last().filter(|row| !row.is_total);
                    let group = line.map(mend).or_else(|| last.and_then(|row| row.group.clone()));
                    let mut shifts = Shifts::default();
                    before.rows.extend(read_rows(&grid.rows, &layout, group, &mut shifts, vocabulary));
                    findings.extend(shifts.findings(placed.name()));
                    before.at.extend(&placed.at);
                    open = Some((layout, at));
                }
            }
        }
    }
    (found, findings)
}

/// Rows whose cells stand outside their columns.
#[derive(Debug, Default)]
struct Shifts {
    moved: Vec<(String, At)>,
    unsure: Vec<(String, At)>,
}

impl Shifts {
    fn findings(self, table: &str) -> Vec<Finding> {
        let told = |rows: Vec<(String, At)>, code: Code, what: &str| {
            let mut at = At::default();
            rows.iter().for_each(|(_, place)| at.extend(place));
            let names: Vec<String> = rows.iter().map(|(label, _)| format!("'{label}'")).collect();
            let message = format!(
                "{table}: in {} the cells stand outside the columns of their headings; {what}",
                names.join(", ")
            );
            (!rows.is_empty()).then_some((code, message, at))
        };
        let moved = told(self.moved, Code::CellsMoved, "they were put back");
        let unsure = told(
            self.unsure,
            Code::TableUncertain,
            "which column each is for is not certain, and no value of them is used",
        );
        moved.into_iter().chain(unsure).collect()
    }
}

/// Which columns of a table hold what.
#[derive(Clone, Debug)]
struct Layout {
    /// The column of labels.
    label: usize,
    /// The columns of values.
    columns: Vec<(usize, ColumnHeading)>,
    unit: Option<Unit>,
    header_rows: usize,
    /// How many columns the table has.
    width: usize,
    /// Which columns have a heading, or are the labels'.
    headed: Vec<bool>,
    /// What makes it uncertain which row and period a figure is for.
    doubt: Option<&'static str>,
}

impl Layout {
    fn read(
        placed: &PaperTable<'_>,
        grid: &TableGrid<'_>,
        reporting: Option<&Period>,
        vocabulary: &Vocabulary,
    ) -> Option<Self> {
        let (headings, header_rows) = read_headings(grid, reporting, vocabulary);
        if header_rows == 0 || header_rows >= grid.rows.len() {
            return None;
        }
        let body = &grid.rows[header_rows..];
        let around = [placed.table.caption.as_deref(), placed.lead_line(), placed.headings.first().copied()];
        let is_money = |unit: Option<Unit>| unit.is_some_and(Unit::is_money);
        // Where the caption says that all is money, what it is for may be in the headings' own words.
        let is_captioned = || {
            let nearest = around.into_iter().flatten().next();
            let captioned = nearest.and_then(|text| unit_in(text, vocabulary));
            let others = || headings.iter().enumerate().skip(1);
            is_money(captioned)
                && others().all(|(_, heading)| !heading.label.is_empty() && heading.code.is_none())
                && others().all(|(at, _)| is_numeric(body, at, vocabulary))
        };
        // "Kostnad | Kronor": what the figures count in is all that their heading says.
        let says_unit = |(at, heading): &(usize, &ColumnHeading)| {
            let own = vocabulary.units.whole(&heading.label).map(|entry| entry.code);
            *at > 0 && is_money(own) && is_numeric(body, *at, vocabulary)
        };
        let of_unit = || headings.iter().enumerate().find(says_unit).map(|(at, _)| at);
        let first = headings
            .iter()
            .position(ColumnHeading::is_of_values)
            .or_else(of_unit)
            .or_else(|| (headings.len() > 1 && is_captioned()).then_some(1))?;
        // "Enhet" is a unit over "kr" and "st", and a part of the organisation over names.
        let names_parts = |column: usize| {
            let cells = body.iter().map(|row| row.text(column)).filter(|text| !text.is_empty());
            headings[column].code == Some(Column::Unit)
                && cells.clone().next().is_some()
                && cells.clone().all(|text| vocabulary.units.whole(text).is_none())
        };
        let label = (0..first).find(|column| {
            (names_parts(*column)
                || matches!(
                    headings[*column].code,
                    None | Some(Column::Label | Column::Title | Column::Description | Column::Indicator)
                ))
                && body.iter().any(|row| row.text(*column).chars().any(char::is_alphabetic))
        });
        // "År | Budget (mkr) | Utfall (mkr)": a row for each year.
        let is_of_years = |column: &usize| {
            let mut labels = body.iter().map(|row| row.text(*column)).filter(|text| !text.is_empty());
            headings[*column].period.is_none()
                && labels.clone().count() == body.len()
                && labels.all(|text| Period::find(text).is_some_and(|(range, _)| range == (0..text.len())))
        };
        let label = label.or_else(|| (0..first).find(is_of_years))?;
        // What is followed up has no amounts of its own: "Prognos effekt" beside "Status".
        let follows_up =
            headings.iter().any(|heading| matches!(heading.code, Some(Column::Status | Column::Assessment)));
        let has_amounts = |heading: &&ColumnHeading| {
            matches!(heading.basis, Some(Basis::Budget | Basis::Plan | Basis::Deviation | Basis::Outcome))
        };
        let follows_up = follows_up && headings.iter().filter(has_amounts).count() < 2;
        if follows_up || is_of_volumes(placed, &headings[label], vocabulary) {
            return None;
        }
        // Beside figures that the headings know, a column that only they do not name holds figures too: "Total utgift".
        let holds_figures = |(at, heading): &(usize, &ColumnHeading)| {
            heading.is_of_values()
                || says_unit(&(*at, *heading))
                || *at > label
                    && matches!(heading.code, None | Some(Column::Trend))
                    && !heading.label.is_empty()
                    && is_numeric(body, *at, vocabulary)
        };
        let mut columns: Vec<(usize, ColumnHeading)> = headings
            .iter()
            .enumerate()
            .filter(holds_figures)
            .map(|(at, heading)| (at, heading.clone()))
            .collect();
        // "Avvikelse, %" beside amounts.
        let style = NumberStyle { grouping: Grouping::Certain, vocabulary };
        let is_of_shares = |column: usize| {
            let cells = || body.iter().map(|row| parse_cell(row.text(column), &style));
            let is_share = |cell: &CellValue| cell.unit() == Some(Unit::Percent);
            cells().any(|cell| is_share(&cell))
                && cells().all(|cell| cell.number().is_none() || is_share(&cell))
        };
        let shares: Vec<usize> = columns.iter().map(|(at, _)| *at).filter(|at| is_of_shares(*at)).collect();
        for (_, heading) in columns.iter_mut().filter(|(at, _)| shares.contains(at)) {
            heading.unit = Some(Unit::Percent);
        }
        let told = || placed.lead.and_then(|lead| unit_of_amounts_in(&lead.text, vocabulary));
        let corner = headings[label].unit.or_else(|| {
            let amounts = columns.iter().filter(|(_, heading)| heading.unit != Some(Unit::Percent));
            let units: Vec<Option<Unit>> = amounts.map(|(_, heading)| heading.unit).collect();
            units.first().copied().flatten().filter(|unit| units.iter().all(|other| *other == Some(*unit)))
        });
        // "Fast avgift per år (kr)" over the rows of each group.
        let of_groups = || {
            let groups = body.iter().filter(|row| row.filled().count() == 1);
            let mut units = groups.map(|row| unit_in(row.text(label), vocabulary));
            let first = units.next().flatten();
            first.filter(|first| units.all(|unit| unit == Some(*first)))
        };
        let unit = corner
            .or_else(|| around.into_iter().flatten().find_map(|text| unit_in(text, vocabulary)))
            .or_else(of_groups)
            .or_else(told)
            .or_else(|| unit_in(placed.paper_unit?, vocabulary))
            .filter(|unit| is_money(Some(*unit)));
        let has_money_basis = columns.iter().any(|(_, heading)| {
            matches!(heading.basis, Some(Basis::Budget | Basis::Deviation | Basis::Forecast | Basis::Plan))
        });
        let (mut numbers, mut words) = (0, 0);
        for (column, _) in columns.iter().filter(|(column, _)| !shares.contains(column)) {
            for row in body {
                match parse_cell(row.text(*column), &style) {
                    CellValue::Number {
                        unit: Some(Unit::Percent | Unit::Count | Unit::Days | Unit::Other),
                        ..
                    } => return None,
                    CellValue::Number { .. } => numbers += 1,
                    CellValue::Words => words += 1,
                    CellValue::Missing(_) | CellValue::Unreadable => {}
                }
            }
        }
        if !shares.is_empty() && unit.is_none() {
            return None;
        }
        let is_of_money = unit.is_some() || has_money_basis && corner.is_none();
        let is_torn = columns.iter().any(|(_, heading)| heading.is_torn);
        let places: Vec<usize> = columns.iter().map(|(column, _)| *column).collect();
        let doubt = if is_torn {
            Some("a heading names two periods")
        } else {
            has_slipped(body, &places, vocabulary).then_some("a heading stands among the figures")
        };
        let holds = numbers > 0 && numbers > words && is_of_money;
        let headed = headings
            .iter()
            .enumerate()
            .map(|(at, heading)| at == label || !heading.label.is_empty())
            .collect();
        holds.then_some(Self { label, columns, unit, header_rows, width: grid.columns, headed, doubt })
    }

    /// Whether the same headings stand over the same columns.
    fn is_like(&self, other: &Self) -> bool {
        (self.label, &self.columns, self.unit, self.width)
            == (other.label, &other.columns, other.unit, other.width)
    }

    /// Whether a table without headings goes on with this one: as many columns, words and figures in the same ones.
    fn goes_on(&self, grid: &TableGrid<'_>, vocabulary: &Vocabulary) -> bool {
        let style = NumberStyle { grouping: Grouping::Certain, vocabulary };
        grid.columns == self.width
            && grid.rows.iter().all(|row| {
                let label = row.text(self.label);
                (label.is_empty() || label.chars().any(char::is_alphabetic))
                    && self
                        .columns
                        .iter()
                        .all(|(column, _)| !matches!(parse_cell(row.text(*column), &style), CellValue::Words))
            })
    }
}

/// Whether a table begins on the page after the one that another ends on.
fn turns_page(before: &At, after: &At) -> bool {
    let page = |place: Option<&Place>| place.and_then(Place::page);
    match (page(before.0.last()), page(after.0.first())) {
        (Some(last), Some(first)) => first == last + 1,
        _ => false,
    }
}

/// Whether most cells of a column are numbers.
fn is_numeric(rows: &[GridRow<'_>], column: usize, vocabulary: &Vocabulary) -> bool {
    let style = NumberStyle { grouping: Grouping::Certain, vocabulary };
    let filled = rows.iter().map(|row| row.text(column)).filter(|text| !text.is_empty());
    let (numbers, all) = filled.fold((0, 0), |(numbers, all), text| {
        (numbers + usize::from(parse_cell(text, &style).number().is_some()), all + 1)
    });
    2 * numbers > all
}

fn column_of(heading: &ColumnHeading, table: Option<Unit>) -> FinancialColumn {
    FinancialColumn {
        label: heading.label.clone(),
        period: heading.period.clone(),
        basis: heading.basis,
        unit: heading.unit.filter(|unit| Some(*unit) != table),
    }
}

fn read_rows(
    rows: &[GridRow<'_>],
    layout: &Layout,
    mut group: Option<String>,
    shifts: &mut Shifts,
    vocabulary: &Vocabulary,
) -> Vec<FinancialRow> {
    let style = NumberStyle { grouping: Grouping::Certain, vocabulary };
    let mut found: Vec<FinancialRow> = Vec::new();
    let index = index_column(rows, layout);
    let blank = blank_rows(rows, layout);
    let has_values = |row: &GridRow<'_>| layout.columns.iter().any(|(column, _)| row.cell(*column).is_some());
    let last_valued = rows.iter().rposition(has_values);
    for (at, (row, is_blank)) in rows.iter().zip(blank).enumerate() {
        let placing = place(row, layout, vocabulary);
        if let Placing::Moved(texts) = &placing {
            shifts.moved.push((texts[0].to_owned(), row.at()));
            let values = texts[1..].iter().map(|text| value_of(text, &style)).collect();
            let is_total = is_total(texts[0], &found, vocabulary);
            group = group.filter(|_| !is_total);
            found.push(FinancialRow { label: mend(texts[0]), group: group.clone(), values, is_total });
            continue;
        }
        let label = match row.text(layout.label) {
            // A row across the table begins in its first column.
            "" => row
                .filled()
                .next()
                .filter(|(column, _)| *column < layout.label)
                .map_or("", |(_, cell)| cell.text.trim()),
            label => label,
        };
        let is_unsure = placing == Placing::Unsure;
        if is_unsure {
            shifts.unsure.push((label.to_owned(), row.at()));
        }
        if !has_values(row) && !is_blank {
            let begins_small = label.chars().next().is_some_and(char::is_lowercase);
            let lacks_index = index.is_some_and(|column| column < layout.label && row.cell(column).is_none());
            match found.last_mut() {
                // The rest of a label that ran on.
                Some(last)
                    if !label.is_empty() && (begins_small || lacks_index && row.filled().count() == 1) =>
                {
                    last.label = mend(&format!("{} {label}", last.label));
                }
                _ if !label.is_empty() => group = Some(mend(label)),
                _ => {}
            }
            continue;
        }
        let value = |column: usize| {
            let mut value = value_of(row.text(column), &style);
            if is_unsure {
                (value.value, value.missing) = (None, None);
            }
            value
        };
        let values: Vec<FinancialValue> = layout.columns.iter().map(|(column, _)| value(*column)).collect();
        let is_total = is_total(label, &found, vocabulary)
            || is_net_of(label, &values, &found, last_valued == Some(at), vocabulary);
        if is_total {
            group = None;
        }
        found.push(FinancialRow { label: mend(label), group: group.clone(), values, is_total });
    }
    found
}

fn value_of(text: &str, style: &NumberStyle<'_>) -> FinancialValue {
    let read = parse_cell(text, style);
    FinancialValue { raw: text.to_owned(), value: read.number(), missing: read.missing() }
}

/// Whether a row's cells stand in their columns.
#[derive(Debug, PartialEq)]
enum Placing<'a> {
    AsItStands,
    /// They do not, and a label and as many values as there are columns follow each other.
    Moved(Vec<&'a str>),
    /// They do not, and which column each is for is not certain.
    Unsure,
}

fn place<'a>(row: &GridRow<'a>, layout: &Layout, vocabulary: &Vocabulary) -> Placing<'a> {
    let style = NumberStyle { grouping: Grouping::Certain, vocabulary };
    let is_value = |text: &str| !matches!(parse_cell(text, &style), CellValue::Words);
    let filled: Vec<(usize, &str)> = row.filled().map(|(column, cell)| (column, cell.text.trim())).collect();
    let has_figures = filled.iter().any(|(_, text)| is_value(text));
    let strays = filled
        .iter()
        .any(|(column, text)| !layout.headed.get(*column).copied().unwrap_or(false) && is_value(text));
    let is_label_shifted = row.cell(layout.label).is_none()
        && filled.first().is_some_and(|(column, text)| {
            layout.columns.iter().any(|(at, _)| at == column) && !is_value(text)
        });
    if !has_figures || !(strays || is_label_shifted) {
        return Placing::AsItStands;
    }
    let mut rest = filled.iter().map(|(_, text)| *text).skip_while(|text| is_value(text));
    let texts: Vec<&str> = rest.by_ref().collect();
    let whole = texts.len() == layout.columns.len() + 1 && texts[1..].iter().all(|text| is_value(text));
    if whole { Placing::Moved(texts) } else { Placing::Unsure }
}

/// Which rows without values are no groups but rows whose values are blank: their label heads values elsewhere in the
/// table, or they follow a group and another such row.
fn blank_rows(rows: &[GridRow<'_>], layout: &Layout) -> Vec<bool> {
    let has_values = |row: &GridRow<'_>| layout.columns.iter().any(|(column, _)| row.cell(*column).is_some());
    let is_bare = |row: &GridRow<'_>| !has_values(row) && row.cell(layout.label).is_some();
    let valued = |label: &str| rows.iter().any(|row| has_values(row) && row.text(layout.label) == label);
    let mut run = 0;
    let mut blank = vec![false; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        run = if is_bare(row) { run + 1 } else { 0 };
        let is_within = run >= 3 || run == 2 && rows.get(at + 1).is_some_and(is_bare);
        let begins_small = row.text(layout.label).chars().next().is_some_and(char::is_lowercase);
        blank[at] = run > 0 && !begins_small && (is_within || valued(row.text(layout.label)));
    }
    blank
}

/// A column in which every row with values has something: numbers of projects, priorities. A row without it goes on
/// with the one above.
fn index_column(rows: &[GridRow<'_>], layout: &Layout) -> Option<usize> {
    let valued =
        || rows.iter().filter(|row| layout.columns.iter().any(|(column, _)| row.cell(*column).is_some()));
    (0..layout.label).find(|column| valued().count() > 2 && valued().all(|row| row.cell(*column).is_some()))
}

/// Whether a label says that its row sums up others, those `above` it. What is left of sums ("Netto") is a sum itself;
/// of rows that are none, it is an amount of its own.
fn is_total(label: &str, above: &[FinancialRow], vocabulary: &Vocabulary) -> bool {
    let words = &vocabulary.row_words;
    let is_sum = |entry: &Entry<RowWord>| entry.code == RowWord::Sum;
    let last = label.rsplit(char::is_whitespace).next().unwrap_or_default();
    if let Some(entry) = words.whole(label) {
        return match entry.code {
            RowWord::Net => above.iter().any(|row| row.is_total),
            RowWord::Result | RowWord::Sum => true,
            RowWord::Part | RowWord::Age => false,
        };
    }
    words.prefix(label).is_some_and(|(entry, _)| is_sum(entry)) || words.whole(last).is_some_and(is_sum)
}

/// Whether a row that says to be net of others, "Netto" or the last row "Nettokostnad", is the sum of those above it or
/// of those of their last group, in each column where both have a number.
fn is_net_of(
    label: &str,
    values: &[FinancialValue],
    above: &[FinancialRow],
    is_last: bool,
    vocabulary: &Vocabulary,
) -> bool {
    let Some(entry) = vocabulary.row_words.whole(label).filter(|entry| entry.code == RowWord::Net) else {
        return false;
    };
    if !is_last && fold(label) != fold(&entry.canonical) {
        return false;
    }
    let group = above.last().and_then(|row| row.group.as_ref());
    let of_group: Vec<&FinancialRow> =
        above.iter().filter(|row| group.is_some() && row.group.as_ref() == group).collect();
    let is_sum_of = |rows: &[&FinancialRow]| {
        let mut exact = 0;
        let agrees = values.iter().enumerate().all(|(column, value)| {
            let parts = rows.iter().filter_map(|row| row.values.get(column)?.value);
            let (sum, count) = parts.fold((0.0, 0), |(sum, count), part| (sum + part.value, count + 1));
            let Some(own) = value.value.filter(|_| count > 0) else { return true };
            let steps = (sum - own.value).abs() * 10_f64.powi(i32::from(own.decimals));
            exact += usize::from(own.value != 0.0 && steps < 0.1);
            // What is printed may be rounded.
            steps < 1.1
        });
        agrees && exact > 0
    };
    is_sum_of(&above.iter().collect::<Vec<_>>()) || is_sum_of(&of_group)
}

/// The caption, a line like one, the heading that the table stands under, or the paper's title, and where that stands.
fn title_of(placed: &PaperTable<'_>, title: Option<&Title>, vocabulary: &Vocabulary) -> (Option<String>, At) {
    let named = |text: &str| Some(caption_text::name_of_money(text, vocabulary).to_owned());
    let says_more = |text: &&str| !caption_text::says_only_unit(text, vocabulary);
    if let Some(caption) = placed.title.or(placed.table.caption.as_deref()).filter(says_more) {
        return (named(caption), At::default());
    }
    if let Some(lead) = placed.lead.filter(|lead| is_caption(lead, vocabulary)) {
        return (named(&lead.text), lead.at.clone());
    }
    if let Some(heading) = placed.headings.iter().find(|heading| says_more(heading)) {
        let own = placed.part.heading.as_ref().filter(|block| block.text == *heading);
        let is_dated = heading.split(' ').next().is_some_and(|word| word.len() == 4);
        let name = if is_dated { heading } else { without_number(heading) };
        return (named(name), own.map(|block| block.at.clone()).unwrap_or_default());
    }
    title.map_or_else(Default::default, |title| (Some(title.text.clone()), title.at.clone()))
}

/// Whether the text before a table is its caption: one line that is no sentence and more than a unit.
fn is_caption(lead: &Block, vocabulary: &Vocabulary) -> bool {
    let text = lead.text.trim();
    lead.kind == BlockKind::Paragraph
        && lead.lines.len() == 1
        && text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', ':', ';', ',', '!', '?', ')'])
        && text.chars().count() <= LONGEST_CAPTION
        && vocabulary.columns.prefix(text).is_none()
        && unit_in(caption_text::name_of_money(text, vocabulary), vocabulary).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::section::SectionKind;
    use crate::records::table::Table;
    use crate::records::table_grid::tests::table;
    use crate::sections::Part;

    fn read_one(table: &Table) -> Option<FinancialTable> {
        let part =
            Part { heading: None, kind: SectionKind::Finance, level: 1, entry: None, blocks: Vec::new() };
        let placed = PaperTable { headings: vec!["Driften"], ..PaperTable::alone(table, &part) };
        read(&[placed], &[], None, None, Vocabulary::builtin()).0.pop()
    }

    #[test]
    fn columns_rows_groups_and_totals() {
        let found = read_one(&table(&[
            "Belopp i tkr | Budget 2025 | Utfall 2025 | Avvikelse",
            "Kultur |  |  | ",
            "- Bibliotek | 1 200 | 1 150 | 50",
            "- Museum | 300 | – | ",
            "Summa kultur | 1 500 | 1 150 | 50",
            "Park | -7 | 5 | 12",
        ]))
        .unwrap();
        assert_eq!(found.title.as_deref(), Some("Driften"));
        assert_eq!(found.unit, Some(Unit::Tkr));
        assert_eq!(found.columns.len(), 3);
        assert_eq!(found.columns[0].basis, Some(Basis::Budget));
        assert_eq!(found.rows.len(), 4);
        assert_eq!(found.rows[0].group.as_deref(), Some("Kultur"));
        assert_eq!(found.rows[1].values[1].missing, Some(crate::records::indicator::Missing::NotApplicable));
        assert_eq!(found.rows[1].values[2].missing, Some(crate::records::indicator::Missing::Blank));
        assert!(found.rows[2].is_total && found.rows[2].group.is_none());
        assert!(!found.rows[3].is_total);
        assert!((found.rows[3].values[0].value.unwrap().value + 7.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_column_that_slipped_by_a_line_is_refused() {
        let found = read_one(&table(&[
            "Verksamhet, tkr | Avvikelse period | Prognos helår | Avvikelse helår",
            "Förskola | -10 | Avvikelse | 54",
            "Skola | 5 | 0 | 64",
            "Summa | -5 | 7 | 118",
        ]));
        assert!(found.is_none());
    }

    #[test]
    fn a_heading_may_say_no_more_than_the_unit() {
        let found = read_one(&table(&["Post | Kronor", "Takspån | 31 200", "Hantverkare | 52 400"])).unwrap();
        assert_eq!((found.unit, found.columns.len(), found.rows.len()), (Some(Unit::Sek), 1, 2));
        // "Enhet" over names is a part of the organisation.
        let found =
            read_one(&table(&["Enhet (tkr) | Utfall 2031 | Budget 2031", "Park | 7 | 8", "Gata | 1 | 2"]));
        assert_eq!(found.unwrap().rows[0].label, "Park");
    }

    #[test]
    fn amounts_beside_a_status_are_amounts_and_an_effect_is_none() {
        let investments = table(&[
            "Stat us | Investeringar (tkr) | Budget 2027 | Plan 2028",
            "P | Ventilation | 1 000 | 500",
            "N | Inventarier | 400 | 100",
        ]);
        assert_eq!(read_one(&investments).unwrap().rows.len(), 2);
        let measures = table(&["Åtgärd | Status | Prognos effekt, tkr", "Färre vikarier | Pågår | 400"]);
        assert!(read_one(&measures).is_none());
    }

    #[test]
    fn rows_without_values_are_groups_or_blank() {
        let found = read_one(&table(&[
            "Mnkr | Budget 2025 | Prognos 2025",
            "Årliga investeringar |  | ",
            "Utgifter | -4,4 | -6,3",
            "Övriga investeringar |  | ",
            "Inkomster |  | ",
            "Utgifter |  | ",
            "Netto | -4,4 | -6,3",
        ]))
        .unwrap();
        let rows: Vec<(&str, Option<&str>)> =
            found.rows.iter().map(|row| (row.label.as_str(), row.group.as_deref())).collect();
        let (first, second) = (Some("Årliga investeringar"), Some("Övriga investeringar"));
        assert_eq!(rows, [("Utgifter", first), ("Inkomster", second), ("Utgifter", second), ("Netto", None)]);
        assert!(found.rows[3].is_total);
        assert!(found.rows[1].values.iter().all(|value| value.value.is_none()));
    }

    #[test]
    fn a_net_amount_that_others_are_set_against_is_none_of_the_sums() {
        let totals = |lines: &[&str]| -> Vec<bool> {
            read_one(&table(lines)).unwrap().rows.iter().map(|row| row.is_total).collect()
        };
        let rows = ["Mnkr | Budget 2025 | Prognos 2025", "Intäkter | 4 | 5", "Kostnader | -9 | -9"];
        assert_eq!(totals(&[&rows[..], &["Nettokostnad | -5 | -4"]].concat()), [false, false, true]);
        assert_eq!(totals(&[&rows[..], &["Netto | -8 | -4"]].concat()), [false, false, false]);
        let more = [&rows[..], &["Nettokostnad | -5 | -4", "Kommunbidrag | 5 | 5"]].concat();
        assert_eq!(totals(&more), [false, false, false, false]);
    }

    #[test]
    fn shifted_rows_are_put_back_or_give_no_value() {
        let found = read_one(&table(&[
            "Belopp i tkr | Budget 2025 | Utfall 2025 | ",
            "Gata | 1 | 2 | ",
            "Park |  | 30 | 40",
            "Kultur |  |  | 50",
            " | Skola | 6 | 7",
        ]))
        .unwrap();
        let numbers = |row: usize| -> Vec<Option<f64>> {
            found.rows[row].values.iter().map(|v| v.value.map(|n| n.value)).collect()
        };
        assert_eq!(numbers(0), [Some(1.0), Some(2.0)]);
        assert_eq!(numbers(1), [Some(30.0), Some(40.0)]);
        assert!(found.rows.iter().all(|row| row.values.iter().all(|v| v.raw != "50" || v.value.is_none())));
        assert_eq!(
            (found.rows.last().unwrap().label.as_str(), numbers(found.rows.len() - 1)),
            ("Skola", vec![Some(6.0), Some(7.0)])
        );
    }

    #[test]
    fn other_tables_hold_no_money() {
        for lines in [
            &["Mått | 2023 | 2024", "Andel nöjda | 81% | 84%"][..],
            &["Status | Beräknas klart | Uppdrag", "Pågår | 2026 | Bygg ut"],
            &["Ärende | Beteckning", "Upprop | "],
            &["Budget 2025 | Utfall 2025", "12 | 14"],
        ] {
            assert_eq!(read_one(&table(lines)), None, "{lines:?}");
        }
        let mut doubtful = table(&["tkr | Budget 2025", "Drift | 12"]);
        doubtful.certainty = crate::records::table::Certainty::Uncertain;
        assert_eq!(read_one(&doubtful), None);
    }

    #[test]
    fn shares_beside_amounts() {
        let found = read_one(&table(&[
            "Belopp i tkr | Budget 2025 | Utfall 2025 | Avvikelse, %",
            "Drift | 200 | 190 | 5,0 %",
        ]))
        .unwrap();
        assert_eq!((found.unit, found.columns[2].unit), (Some(Unit::Tkr), Some(Unit::Percent)));
    }

    #[test]
    fn units_in_sentences() {
        let told = |text: &str| unit_of_amounts_in(text, Vocabulary::builtin());
        assert_eq!(told("Utfallet visas i tabellen (belopp i tkr)."), Some(Unit::Tkr));
        assert_eq!(told("Underskottet uppgår till 4 mnkr."), None);
    }

    #[test]
    fn totals() {
        for (label, expected) in [
            ("Nämnden totalt", true),
            ("Summa", true),
            ("Resultat", true),
            ("Total förvaltning", true),
            ("Nettokostnader", false),
            ("Resultatenhet Norr", false),
            ("Budgetavvikelse", false),
        ] {
            assert_eq!(is_total(label, &[], Vocabulary::builtin()), expected, "{label}");
        }
        let sum = FinancialRow { label: "Summa".into(), group: None, values: Vec::new(), is_total: true };
        assert!(is_total("Nettokostnader", &[sum], Vocabulary::builtin()));
    }
}
