//! Tables whose years stand in a column: each indicator has a row for each year, its name only in the first.
//!
//! In goes a table with its headings read, out come its indicators where every column is known: the names, the years,
//! values without a period of their own, values with one ("Mål 2025"), units and sources. Where a column is not known, or
//! an indicator names a year twice, nobody knows what is meant, and nothing is read.

use crate::records::broken_words::mend;
use crate::records::column_heading::ColumnHeading;
use crate::records::indicator::{Basis, Breakdown, Indicator, IndicatorValue};
use crate::records::number::{Grouping, NumberStyle, parse_cell};
use crate::records::paper_tables::PaperTable;
use crate::records::period::Period;
use crate::records::table_grid::GridRow;
use crate::records::unit;
use crate::vocabulary::{Column, Vocabulary};

use super::groups;
use super::rows::kolada_ids;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Holds {
    Name,
    Year,
    /// Values for the row's year.
    Yearly,
    /// Values for the heading's own period.
    Dated,
    Unit,
    Source,
}

/// An indicator that is being read.
struct Draft {
    indicator: Indicator,
    /// Its values for periods of the headings.
    dated: Vec<IndicatorValue>,
    /// The years that it has had.
    years: Vec<Period>,
}

impl Draft {
    fn whole(mut self) -> Indicator {
        self.indicator.values.append(&mut self.dated);
        self.indicator
    }
}

/// The indicators of a table; `None` where its years stand in no column.
pub(super) fn read(
    placed: &PaperTable<'_>,
    headings: &[ColumnHeading],
    header_rows: usize,
    vocabulary: &Vocabulary,
) -> Option<Vec<Indicator>> {
    let rows: Vec<&GridRow<'_>> =
        placed.grid.rows.iter().skip(header_rows).filter(|row| row.filled().next().is_some()).collect();
    let columns = columns_of(headings, &rows)?;
    let year_at = columns.iter().position(|holds| *holds == Holds::Year)?;
    let mut group = groups::group_of(placed.lead_line(), &placed.headings, vocabulary);
    let mut found: Vec<Draft> = Vec::new();
    for row in rows {
        if row.text(year_at).is_empty() {
            // A row that names a group holds nothing else.
            let only = row.filled().map(|(_, cell)| cell.text.trim()).collect::<Vec<_>>();
            let [name] = only[..] else { return None };
            group = Some(name.to_owned());
            continue;
        }
        let year = Period::parse(row.text(year_at))?;
        let name = row.text(0);
        if !name.is_empty() {
            let indicator = begun(name, group.clone(), vocabulary);
            found.push(Draft { indicator, dated: Vec::new(), years: Vec::new() });
        }
        let draft = found.last_mut()?;
        if draft.years.contains(&year) {
            return None;
        }
        read_row(row, &columns, headings, &year, draft, vocabulary)?;
        draft.years.push(year);
    }
    let several = found.iter().any(|draft| draft.years.len() > 1);
    let indicators: Vec<Indicator> = found.into_iter().map(Draft::whole).collect();
    let has_values = indicators.iter().flat_map(|one| &one.values).any(|value| value.value.is_some());
    (several && has_values).then_some(indicators)
}

/// What each column holds; `None` where one is not known, or where there are no years or no values for them.
fn columns_of(headings: &[ColumnHeading], rows: &[&GridRow<'_>]) -> Option<Vec<Holds>> {
    let is_year = |column: usize| {
        let texts = || rows.iter().map(|row| row.text(column)).filter(|text| !text.is_empty());
        let is_one = |text: &str| text.len() == 4 && Period::parse(text).is_some();
        headings[column].period.is_none() && texts().count() > 1 && texts().all(is_one)
    };
    let holds = |column: usize| -> Option<Holds> {
        let heading = &headings[column];
        match heading.code {
            _ if column == 0 => Some(Holds::Name),
            _ if is_year(column) => Some(Holds::Year),
            Some(Column::Unit) => Some(Holds::Unit),
            Some(Column::DataSource) => Some(Holds::Source),
            Some(Column::Target) | None if heading.period.is_some() && !heading.is_torn => Some(Holds::Dated),
            None if heading.is_of_values() => Some(Holds::Yearly),
            _ => None,
        }
    };
    let columns: Vec<Holds> = (0..headings.len()).map(holds).collect::<Option<_>>()?;
    let count = |wanted: Holds| columns.iter().filter(|holds| **holds == wanted).count();
    let are_named =
        headings.first().is_some_and(|first| matches!(first.code, Some(Column::Indicator) | None));
    (are_named && count(Holds::Year) == 1 && count(Holds::Yearly) > 0).then_some(columns)
}

fn begun(name: &str, group: Option<String>, vocabulary: &Vocabulary) -> Indicator {
    Indicator {
        unit: unit::of_name(name, vocabulary),
        kolada_ids: kolada_ids(name, None),
        name: mend(name),
        activity_number: None,
        group,
        target: None,
        data_source: None,
        comment: None,
        relates_to: Vec::new(),
        values: Vec::new(),
        at: crate::place::At::default(),
    }
}

/// Add a row's values to its indicator; `None` where one contradicts a row before.
fn read_row(
    row: &GridRow<'_>,
    columns: &[Holds],
    headings: &[ColumnHeading],
    year: &Period,
    draft: &mut Draft,
    vocabulary: &Vocabulary,
) -> Option<()> {
    let indicator = &mut draft.indicator;
    let style = NumberStyle { grouping: Grouping::Certain, vocabulary };
    indicator.at.extend(&row.at());
    for (column, (holds, heading)) in columns.iter().zip(headings).enumerate() {
        let raw = row.text(column).to_owned();
        let period = match holds {
            Holds::Yearly => year.clone(),
            Holds::Dated if !raw.is_empty() => heading.period.clone()?,
            Holds::Unit if !raw.is_empty() => {
                indicator.unit = unit::of_cell(&raw, vocabulary);
                continue;
            }
            Holds::Source if !raw.is_empty() => {
                indicator.data_source = Some(raw);
                continue;
            }
            _ => continue,
        };
        let cell = parse_cell(&raw, &style);
        let part = heading.part.as_ref();
        let breakdown = part.map_or(Breakdown::Total, |part| part.breakdown);
        let is_other = breakdown == Breakdown::Other;
        let is_target = heading.code == Some(Column::Target);
        let value = IndicatorValue {
            basis: if is_target { Some(Basis::Target) } else { heading.basis },
            breakdown,
            breakdown_label: part.filter(|_| is_other).map(|part| part.label.clone()),
            value: cell.number(),
            missing: cell.missing(),
            period,
            raw,
        };
        let is_same = |other: &&IndicatorValue| {
            (&other.period, other.basis, other.breakdown, &other.breakdown_label)
                == (&value.period, value.basis, value.breakdown, &value.breakdown_label)
        };
        let values = if *holds == Holds::Dated { &mut draft.dated } else { &mut indicator.values };
        match values.iter().find(is_same) {
            Some(other) if other.raw != value.raw => return None,
            Some(_) => {}
            None => values.push(value),
        }
        indicator.unit = indicator.unit.or_else(|| cell.unit());
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::column_heading::read_headings;
    use crate::records::section::SectionKind;
    use crate::records::table_grid::tests::table;
    use crate::sections::Part;

    fn read_rows(rows: &[&str]) -> Option<Vec<String>> {
        let table = table(rows);
        let part =
            Part { heading: None, kind: SectionKind::Indicators, level: 1, entry: None, blocks: Vec::new() };
        let placed = PaperTable::alone(&table, &part);
        let (headings, header_rows) = read_headings(&placed.grid, None, Vocabulary::builtin());
        let found = read(&placed, &headings, header_rows, Vocabulary::builtin())?;
        let value = |v: &IndicatorValue| format!("{} {:?} {}", v.period.raw, v.breakdown, v.raw);
        let shown = |one: &Indicator| {
            format!("{}: {}", one.name, one.values.iter().map(value).collect::<Vec<_>>().join(", "))
        };
        Some(found.iter().map(shown).collect())
    }

    #[test]
    fn a_row_for_each_year() {
        let found = read_rows(&[
            "Indikator | År | Kvinnor | Män | Mål 2025",
            "Trygga (%) | 2023 | 58 | 79 | 75",
            " | 2024 | 60 | .. | ",
        ]);
        assert_eq!(
            found.unwrap(),
            ["Trygga (%): 2023 Women 58, 2023 Men 79, 2024 Women 60, 2024 Men .., 2025 Total 75"]
        );
    }

    #[test]
    fn what_is_not_known_or_said_twice_is_not_read() {
        let twice = ["Indikator | År | Kvinnor", "Trygga | 2023 | 58", " | 2023 | 60"];
        assert!(read_rows(&twice).is_none());
        let unknown = ["Indikator | År | Kvinnor | Fågel", "Trygga | 2023 | 58 | 3", " | 2024 | 60 | 4"];
        assert!(read_rows(&unknown).is_none());
        let plain = ["Indikator | 2023 | 2024", "Trygga | 58 | 60"];
        assert!(read_rows(&plain).is_none());
    }
}
