//! Tables of one indicator: its name stands above, and each row is a part of it, its target or a period.
//!
//! In goes a table with what stands around it, out comes the indicator where every row says whom its values are for
//! ("Totalt", "Kvinnor", "Män") or what they are ("Utfall", "Målvärde") and every column is for a period, or the other
//! way round.

use crate::place::At;
use crate::records::broken_words::mend;
use crate::records::caption_text;
use crate::records::column_heading::{ColumnHeading, unit_in};
use crate::records::indicator::{Basis, Breakdown, Indicator, IndicatorValue};
use crate::records::number::{Grouping, NumberStyle, parse_cell};
use crate::records::paper_tables::PaperTable;
use crate::records::period::Period;
use crate::records::table_grid::GridRow;
use crate::records::unit;
use crate::vocabulary::{Column, Vocabulary};

use super::groups;
use super::rows::kolada_ids;

/// Most rows: what came out, what is aimed for, each for all, women, men and others.
const MOST_ROWS: usize = 8;

/// What a row's label or a column's heading says of its values.
#[derive(Clone, Debug, PartialEq)]
struct Says {
    period: Option<Period>,
    basis: Option<Basis>,
    breakdown: Breakdown,
    /// The label where the breakdown has no word of its own.
    other: Option<String>,
}

impl Says {
    /// What a heading says; `None` where it says anything else than when values are from, whom they are for or what they
    /// are.
    fn of_heading(heading: &ColumnHeading, vocabulary: &Vocabulary) -> Option<Self> {
        let is_target = heading.code == Some(Column::Target);
        if heading.period.is_none() {
            return Self::of_label(&heading.label, vocabulary);
        }
        let is_dated = heading.part.is_none() && !heading.is_torn && (heading.code.is_none() || is_target);
        is_dated.then(|| Self {
            period: heading.period.clone(),
            basis: if is_target { Some(Basis::Target) } else { heading.basis },
            breakdown: Breakdown::Total,
            other: None,
        })
    }

    fn of_label(text: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let text = text.trim().trim_end_matches(':');
        let says = |basis, breakdown| Self { period: None, basis, breakdown, other: None };
        if let Some(period) = Period::parse(text) {
            return Some(Self { period: Some(period), ..says(None, Breakdown::Total) });
        }
        if let Some(entry) = vocabulary.breakdowns.whole(text) {
            let other = (entry.code == Breakdown::Other).then(|| text.to_owned());
            return Some(Self { other, ..says(None, entry.code) });
        }
        let basis = vocabulary.bases.whole(text).map(|entry| entry.code);
        let is_target = || vocabulary.columns.whole(text).is_some_and(|entry| entry.code == Column::Target);
        let basis = basis.or_else(|| is_target().then_some(Basis::Target))?;
        matches!(basis, Basis::Outcome | Basis::Target | Basis::Forecast)
            .then_some(says(Some(basis), Breakdown::Total))
    }
}

/// The indicator that a table is of; `None` where it is of several, or where nothing names it.
pub(super) fn read(
    placed: &PaperTable<'_>,
    headings: &[ColumnHeading],
    header_rows: usize,
    vocabulary: &Vocabulary,
) -> Option<Indicator> {
    let rows: Vec<&GridRow<'_>> =
        placed.grid.rows.iter().skip(header_rows).filter(|row| row.filled().next().is_some()).collect();
    let values = headings.get(1..)?;
    if header_rows == 0 || !(1..=MOST_ROWS).contains(&rows.len()) {
        return None;
    }
    let columns: Vec<Says> =
        values.iter().map(|heading| Says::of_heading(heading, vocabulary)).collect::<Option<_>>()?;
    let labels: Vec<Says> =
        rows.iter().map(|row| Says::of_label(row.text(0), vocabulary)).collect::<Option<_>>()?;
    let are_dated = |says: &[Says]| says.iter().all(|says| says.period.is_some());
    let are_parts = |says: &[Says]| says.iter().all(|says| says.period.is_none());
    let are_targets = |says: &[Says]| says.iter().all(|says| says.basis == Some(Basis::Target));
    let are_distinct = |says: &[Says]| says.iter().enumerate().all(|(at, one)| !says[..at].contains(one));
    let parts_down = are_dated(&columns) && are_parts(&labels) && are_distinct(&labels);
    let years_down =
        are_dated(&labels) && are_parts(&columns) && are_distinct(&labels) && are_distinct(&columns);
    if !(parts_down || years_down) || are_targets(&columns) || are_targets(&labels) {
        return None;
    }
    let (name, headings_above) = name_of(placed, vocabulary)?;
    let style = NumberStyle { grouping: Grouping::Certain, vocabulary };
    let mut read: Vec<IndicatorValue> = Vec::new();
    for (row, label) in rows.iter().zip(&labels) {
        for (at, heading) in columns.iter().enumerate() {
            let raw = row.text(at + 1).to_owned();
            let cell = parse_cell(&raw, &style);
            let target = [label, heading].into_iter().find(|says| says.basis == Some(Basis::Target));
            let part = if parts_down { label } else { heading };
            read.push(IndicatorValue {
                period: label.period.clone().or_else(|| heading.period.clone())?,
                basis: target.map_or(label.basis.or(heading.basis), |target| target.basis),
                breakdown: part.breakdown,
                breakdown_label: part.other.clone(),
                value: cell.number(),
                missing: cell.missing(),
                raw,
            });
        }
    }
    if read.iter().all(|value| value.value.is_none()) {
        return None;
    }
    let printed = read.iter().find_map(|value| parse_cell(&value.raw, &style).unit());
    let source = below(placed, Column::DataSource, vocabulary);
    let mut at: At = placed.at.clone();
    at.extend(&name.1);
    Some(Indicator {
        unit: printed.or_else(|| unit::of_name(name.0, vocabulary)).or_else(|| unit_in(name.0, vocabulary)),
        kolada_ids: kolada_ids(name.0, source.as_deref()),
        name: mend(caption_text::name(name.0, vocabulary)),
        activity_number: None,
        group: groups::group_of(None, headings_above, vocabulary),
        target: None,
        data_source: source,
        comment: None,
        relates_to: Vec::new(),
        values: read,
        at,
    })
}

/// The name and where it stands, and the headings above it: the caption, the line above the table, else the heading
/// that the table stands under.
fn name_of<'p>(
    placed: &'p PaperTable<'_>,
    vocabulary: &Vocabulary,
) -> Option<((&'p str, At), &'p [&'p str])> {
    let measures = |text: &str| {
        let is_line = text.chars().any(char::is_alphabetic) && !text.ends_with(['.', ':', ';']);
        is_line && vocabulary.heading_kind(text).is_none_or(|found| found.weak)
    };
    if let Some(caption) = placed.table.caption.as_deref().filter(|text| measures(text)) {
        return Some(((caption, At::default()), &placed.headings));
    }
    if let Some(lead) = placed.lead {
        let text = placed.lead_line().filter(|text| lead.lines.len() <= 2 && measures(text))?;
        return Some(((text, lead.at.clone()), &placed.headings));
    }
    let (first, above) = placed.headings.split_first()?;
    let own = placed.part.heading.as_ref().filter(|heading| heading.text == *first && !placed.follows)?;
    measures(first).then(|| ((*first, own.at.clone()), above))
}

/// What a line below the table says behind its label: "Källa: Kolada N31807".
fn below(placed: &PaperTable<'_>, wanted: Column, vocabulary: &Vocabulary) -> Option<String> {
    let behind = |text: &str| -> Option<String> {
        let (entry, length) = vocabulary.columns.prefix(text)?;
        let rest = text[length..].trim_start().strip_prefix(':')?.trim();
        (entry.code == wanted && !rest.is_empty()).then(|| rest.to_owned())
    };
    placed.after.iter().find_map(|block| behind(block.text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::column_heading::read_headings;
    use crate::records::section::SectionKind;
    use crate::records::table_grid::tests::table;
    use crate::sections::Part;

    fn read_under(caption: &str, lines: &[&str]) -> Option<Indicator> {
        let mut source = table(lines);
        source.caption = Some(caption.to_owned());
        let part =
            Part { heading: None, kind: SectionKind::Other, level: 1, entry: None, blocks: Vec::new() };
        let headings = vec!["2.1 Fler får arbete"];
        let placed = PaperTable { headings, ..PaperTable::alone(&source, &part) };
        let (headings, rows) = read_headings(&placed.grid, None, Vocabulary::builtin());
        read(&placed, &headings, rows, Vocabulary::builtin())
    }

    #[test]
    fn each_row_is_a_part_of_the_indicator_above() {
        let found = read_under(
            "Andel som fått arbete, %",
            &["Utfall | 2023 | 2024", "Totalt | 41 | 43", "Kvinnor | 40 | –", "Målvärde |  | 45"],
        );
        let found = found.unwrap();
        assert_eq!(
            (found.name.as_str(), found.group.as_deref()),
            ("Andel som fått arbete, %", Some("2.1 Fler får arbete"))
        );
        let told: Vec<_> =
            found.values.iter().map(|v| (v.breakdown, v.basis, v.value.map(|n| n.value))).collect();
        assert_eq!(told[1], (Breakdown::Total, Some(Basis::Outcome), Some(43.0)));
        assert_eq!(told[3], (Breakdown::Women, Some(Basis::Outcome), None));
        assert_eq!(told[5], (Breakdown::Total, Some(Basis::Target), Some(45.0)));
    }

    #[test]
    fn years_may_stand_below_one_another() {
        let found = read_under(
            "Andel behöriga, %",
            &[
                "År | Kvinnor | Män | Totalt | Målvärde",
                "2023 | 86,1 | 84,0 | 85,0 | 87",
                "2024 | – | – | 85,8 |",
            ],
        );
        let told: Vec<_> = (found.unwrap().values.into_iter())
            .map(|v| (v.period.raw, v.breakdown, v.basis, v.value.map(|n| n.value)))
            .collect();
        assert_eq!(told.len(), 8);
        assert_eq!(told[0], ("2023".to_owned(), Breakdown::Women, None, Some(86.1)));
        assert_eq!(told[3], ("2023".to_owned(), Breakdown::Total, Some(Basis::Target), Some(87.0)));
        assert_eq!(told[6], ("2024".to_owned(), Breakdown::Total, None, Some(85.8)));
    }

    #[test]
    fn rows_with_names_of_their_own_are_several() {
        assert!(
            read_under("Arbete", &["Mått | 2023 | 2024", "Totalt | 41 | 43", "Antal jobb | 40 | 41"])
                .is_none()
        );
        assert!(read_under("Måluppfyllelse", &["Utfall | 2023", "Totalt | 41"]).is_none());
        assert!(read_under("Andel nöjda", &["Utfall | Antal", "Totalt | 41"]).is_none());
    }
}
