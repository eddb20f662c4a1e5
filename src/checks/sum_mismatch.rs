//! Parts that do not add up to their total.
//!
//! Sure for tables of money: a total is what its rows add up to where they do so exactly in at least one other column
//! with two numbers or more that count; then a column in which they do not is told. Which rows are meant is what proves
//! true: those since the last total, the totals before, or all rows. A column with a cell that cannot be read, and one
//! of per cent, is left out.
//!
//! Sure for indicators that count: kvinnor and män make the total in another period of the same indicator, or are more
//! than the total together. Shares of each have the total between them where they do so in another period of the same
//! indicator; what is printed may be rounded.

use std::collections::HashSet;

use super::wording::beginning;
use super::{Finding, Subject};
use crate::diagnostic::Severity;
use crate::records::financial_table::{FinancialRow, FinancialTable};
use crate::records::indicator::{Breakdown, Indicator, IndicatorValue, Missing, Unit};
use crate::records::paper::Paper;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = subject.paper.financial_tables.iter().flat_map(totals).collect();
    found.extend(subject.paper.indicators.iter().flat_map(parts));
    found
}

/// How many numbers of a paper's tables of money stand in sums that are exact.
pub(super) fn confirmed(paper: &Paper) -> usize {
    let in_table = |table: &FinancialTable| {
        let mut found: HashSet<(usize, usize)> = HashSet::new();
        for Proof { total, rows, sums } in proofs(table) {
            for sum in sums.iter().filter(|sum| sum.is_exact() && sum.counting > 1) {
                let numbers = rows.iter().copied().chain([total]);
                found.extend(
                    numbers
                        .filter(|row| {
                            table.rows[*row].values.get(sum.column).is_some_and(|v| v.value.is_some())
                        })
                        .map(|row| (row, sum.column)),
                );
            }
        }
        found.len()
    };
    paper.financial_tables.iter().map(in_table).sum()
}

/// The totals of a table that are not what their rows add up to.
fn totals(table: &FinancialTable) -> Vec<Finding> {
    let mut found = Vec::new();
    for Proof { total, sums, .. } in proofs(table) {
        let wrong = sums.iter().filter(|sum| !sum.is_exact());
        found.extend(wrong.map(|sum| sum.told(table, &table.rows[total])));
    }
    found
}

/// A total and the rows that it is shown to be the sum of, in each column where that can be told.
struct Proof {
    total: usize,
    rows: Vec<usize>,
    sums: Vec<Sum>,
}

fn proofs(table: &FinancialTable) -> Vec<Proof> {
    let mut found = Vec::new();
    let is_total = |row: &usize| table.rows[*row].is_total;
    for total in (0..table.rows.len()).filter(is_total) {
        let last = (0..total).rfind(is_total).map_or(0, |at| at + 1);
        let since: Vec<usize> = (last..total).collect();
        let (subtotals, plain): (Vec<usize>, Vec<usize>) = (0..total).partition(is_total);
        found.extend([since, subtotals, plain].into_iter().find_map(|rows| {
            let meant: Vec<&FinancialRow> = rows.iter().map(|row| &table.rows[*row]).collect();
            let sums: Vec<Sum> = (0..table.columns.len())
                .filter_map(|column| Sum::of(table, &meant, &table.rows[total], column))
                .collect();
            let exact = sums.iter().filter(|sum| sum.is_exact() && sum.counting > 1).count();
            let wrong = sums.iter().filter(|sum| !sum.is_exact()).count();
            (rows.len() > 1 && exact > 0 && wrong <= exact).then_some(Proof { total, rows, sums })
        }));
    }
    found
}

/// A column's rows against its total.
struct Sum {
    column: usize,
    rows: f64,
    total: f64,
    /// How many rows have a number other than 0.
    counting: usize,
    /// What rounding each row and the total may make.
    rounding: f64,
    decimals: u8,
}

impl Sum {
    fn of(
        table: &FinancialTable,
        rows: &[&FinancialRow],
        total: &FinancialRow,
        column: usize,
    ) -> Option<Self> {
        if table.columns[column].unit.or(table.unit) == Some(Unit::Percent) {
            return None;
        }
        let whole = total.values.get(column)?.value?;
        let mut sum = 0.0;
        let (mut counting, mut decimals, mut numbers) = (0, whole.decimals, 1.0);
        for row in rows {
            let cell = row.values.get(column)?;
            let Some(number) = cell.value else {
                // A dash or an empty cell is nothing; what could not be read may be anything.
                let is_nothing = matches!(cell.missing, Some(Missing::Blank | Missing::NotApplicable));
                if is_nothing { continue } else { return None }
            };
            sum += number.value;
            numbers += 1.0;
            counting += usize::from(number.value != 0.0);
            decimals = decimals.max(number.decimals);
        }
        // A column may be filled in for the total alone.
        if numbers < 2.0 {
            return None;
        }
        let step = 10_f64.powi(-i32::from(decimals));
        Some(Self {
            column,
            rows: sum,
            total: whole.value,
            counting,
            rounding: step * numbers / 2.0,
            decimals,
        })
    }

    fn difference(&self) -> f64 {
        (self.rows - self.total).abs()
    }

    fn is_exact(&self) -> bool {
        self.difference() < 0.1 * 10_f64.powi(-i32::from(self.decimals))
    }

    fn told(&self, table: &FinancialTable, total: &FinancialRow) -> Finding {
        let name = table.title.as_deref().unwrap_or("a table");
        let places = usize::from(self.decimals);
        let column = &table.columns[self.column].label;
        let is_rounding = self.difference() <= self.rounding;
        let (by, most) =
            (format!("{:.places$}", self.difference()), format!("{:.1$}", self.rounding, places.max(1)));
        let why = if is_rounding {
            format!("the difference of {by} may be rounding, which can make up to {most}")
        } else {
            format!("the difference is {by}, rounding can make up to {most}")
        };
        let message = format!(
            "{name}, {column}: the rows sum to {:.places$}, '{}' says {:.places$}; {why}",
            self.rows, total.label, self.total
        );
        let severity = if is_rounding { Severity::Info } else { Severity::Warning };
        Finding::new(message, table.at.clone()).with(severity)
    }
}

/// Kvinnor and män of one period.
struct Parts<'a> {
    total: &'a IndicatorValue,
    women: f64,
    men: f64,
    others: f64,
    whole: f64,
    step: f64,
}

/// The periods in which kvinnor and män do not go with the total.
fn parts(indicator: &Indicator) -> Vec<Finding> {
    let periods: Vec<Parts<'_>> =
        indicator.values.iter().filter_map(|value| Parts::of(indicator, value)).collect();
    let tell = |parts: &Parts<'_>, what: String| {
        let message = format!("'{}', {}: {what}", beginning(&indicator.name), parts.total.period.raw);
        Finding::new(message, indicator.at.clone())
    };
    let mut found = Vec::new();
    for parts in &periods {
        let sum = parts.women + parts.men + parts.others;
        let is_sum = |p: &Parts<'_>| (p.women + p.men + p.others - p.whole).abs() < p.step / 10.0;
        if indicator.unit == Some(Unit::Count) && parts.step >= 1.0 {
            let proven = periods.iter().any(|other| is_sum(other) && other.women > 0.0 && other.men > 0.0);
            let is_mean = (parts.women.min(parts.men)..=parts.women.max(parts.men)).contains(&parts.whole);
            let too_many =
                sum > parts.whole && !is_mean && periods.iter().all(|p| p.whole >= p.women.max(p.men));
            if !is_sum(parts) && (proven || too_many && parts.whole > parts.women.max(parts.men)) {
                found.push(tell(
                    parts,
                    format!(
                        "kvinnor {} and män {} make {sum}, the total is {}",
                        parts.women, parts.men, parts.whole
                    ),
                ));
            }
        } else if indicator.unit == Some(Unit::Percent) && parts.others == 0.0 {
            // Parts of the whole add up to it instead.
            let is_parts = (sum - parts.whole).abs() <= 2.0 * parts.step;
            // Of households, or of those whose sex is not known, the total may lie anywhere.
            let lies_between = periods.iter().any(|other| other.is_between() && other.women != other.men);
            if !parts.is_between() && !is_parts && lies_between {
                found.push(tell(
                    parts,
                    format!(
                        "the total {} is not between kvinnor {} and män {}",
                        parts.whole, parts.women, parts.men
                    ),
                ));
            }
        }
    }
    found
}

impl<'a> Parts<'a> {
    /// Whether the total lies between kvinnor and män, a printed step to either side.
    fn is_between(&self) -> bool {
        (self.women.min(self.men) - self.step..=self.women.max(self.men) + self.step).contains(&self.whole)
    }

    fn of(indicator: &Indicator, total: &'a IndicatorValue) -> Option<Self> {
        if total.breakdown != Breakdown::Total {
            return None;
        }
        let whole = total.value?;
        let beside =
            || indicator.values.iter().filter(|v| v.period == total.period && v.basis == total.basis);
        let only = |breakdown: Breakdown| {
            let mut values = beside().filter(|v| v.breakdown == breakdown);
            let value = values.next()?.value?;
            values.next().is_none().then_some(value)
        };
        only(Breakdown::Total)?;
        let (women, men) = (only(Breakdown::Women)?, only(Breakdown::Men)?);
        let others: Vec<&IndicatorValue> = beside().filter(|v| v.breakdown == Breakdown::Other).collect();
        let others_sum = others.iter().filter_map(|v| v.value).map(|n| n.value).sum();
        let decimals = whole.decimals.max(women.decimals).max(men.decimals);
        let step = 10_f64.powi(-i32::from(decimals));
        let is_read = others.iter().all(|v| v.value.is_some());
        is_read.then_some(Self {
            total,
            women: women.value,
            men: men.value,
            others: others_sum,
            whole: whole.value,
            step,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{messages, paper};
    use super::*;

    fn table(rows: &[(&str, &[f64], bool)]) -> Value {
        let columns: Vec<Value> = (0..rows[0].1.len())
            .map(|index| json!({"label": format!("Kolumn {}", index + 1), "period": null, "basis": null, "unit": null}))
            .collect();
        let number = |v: &f64| if v.fract() == 0.0 { json!(*v as i64) } else { json!(v) };
        let cell = |v: &f64| {
            if v.is_nan() {
                json!({"raw": "-", "value": null, "missing": "not_applicable"})
            } else {
                json!({"raw": v.to_string(), "value": number(v)})
            }
        };
        let rows: Vec<Value> = rows
            .iter()
            .map(|(label, values, is_total)| {
                json!({"label": label, "group": null, "values": values.iter().map(cell).collect::<Vec<_>>(), "is_total": is_total})
            })
            .collect();
        json!({"financial_tables": [{"title": "Bokslut", "unit": "mnkr", "columns": columns, "rows": rows, "at": []}]})
    }

    #[test]
    fn a_column_that_does_not_add_up() {
        let rounded = table(&[
            ("Parker", &[2.0, 5.0], false),
            ("Gator", &[3.0, 7.0], false),
            ("Totalt", &[5.0, 11.0], true),
        ]);
        assert_eq!(
            messages(check, &paper(rounded)),
            [
                "Bokslut, Kolumn 2: the rows sum to 12, 'Totalt' says 11; the difference of 1 may be rounding, which can make up to 1.5"
            ]
        );
        let wrong = table(&[
            ("Parker", &[2.0, 5.0], false),
            ("Gator", &[3.0, 7.0], false),
            ("Totalt", &[5.0, 21.0], true),
        ]);
        assert_eq!(
            messages(check, &paper(wrong)),
            [
                "Bokslut, Kolumn 2: the rows sum to 12, 'Totalt' says 21; the difference is 9, rounding can make up to 1.5"
            ]
        );
    }

    #[test]
    fn a_column_with_nothing_but_a_total() {
        let nothing = f64::NAN;
        let granted = table(&[
            ("Tak", &[2.0, nothing], false),
            ("Golv", &[3.0, nothing], false),
            ("Summa", &[5.0, 6.0], true),
        ]);
        assert!(messages(check, &paper(granted)).is_empty());
    }

    #[test]
    fn sums_of_sums_and_dashes() {
        let right = table(&[
            ("Bidrag", &[10.0, 12.0], false),
            ("Avgifter", &[4.0, f64::NAN], false),
            ("Summa intäkter", &[14.0, 12.0], true),
            ("Löner", &[-8.0, -9.0], false),
            ("Hyror", &[-5.0, -5.0], false),
            ("Summa kostnader", &[-13.0, -14.0], true),
            ("Netto", &[1.0, -2.0], true),
        ]);
        let right = paper(right);
        assert!(messages(check, &right).is_empty());
        // Of the first column all seven, of the second all but the dash and the one number that it is added to, each once.
        assert_eq!(confirmed(&right), 12);
    }

    #[test]
    fn a_total_that_nothing_proves() {
        let other = table(&[
            ("Parker", &[2.0], false),
            ("Gator", &[3.0], false),
            ("Budgetram totalt", &[40.0], true),
        ]);
        assert!(messages(check, &paper(other)).is_empty());
    }

    fn indicator(unit: &str, periods: &[(f64, f64, f64)]) -> Value {
        let mut values = Vec::new();
        for (index, (total, women, men)) in periods.iter().enumerate() {
            for (breakdown, number) in [("total", total), ("women", women), ("men", men)] {
                let number = if number.fract() == 0.0 { json!(*number as i64) } else { json!(number) };
                let period = json!({"raw": (2030 + index).to_string(), "start": null, "end": null});
                values.push(
                    json!({"period": period, "basis": null, "breakdown": breakdown, "breakdown_label": null,
                    "raw": number.to_string(), "value": number, "missing": null}),
                );
            }
        }
        json!({"indicators": [{"name": "Besök i parken", "unit": unit, "kolada_ids": [], "relates_to": [], "values": values, "at": []}]})
    }

    #[test]
    fn women_and_men_against_the_total() {
        assert_eq!(
            messages(check, &paper(indicator("count", &[(10.0, 6.0, 4.0), (12.0, 6.0, 7.0)]))),
            ["'Besök i parken', 2031: kvinnor 6 and män 7 make 13, the total is 12"]
        );
        assert_eq!(
            messages(check, &paper(indicator("percent", &[(33.5, 20.5, 30.5), (24.5, 20.5, 30.5)]))),
            ["'Besök i parken', 2030: the total 33.5 is not between kvinnor 20.5 and män 30.5"]
        );
    }

    #[test]
    fn means_shares_and_unknown_sex() {
        assert!(messages(check, &paper(indicator("count", &[(14.0, 15.0, 12.0)]))).is_empty());
        assert!(messages(check, &paper(indicator("count", &[(20.0, 9.0, 8.0)]))).is_empty());
        assert!(messages(check, &paper(indicator("percent", &[(25.5, 20.5, 30.5)]))).is_empty());
        assert!(
            messages(check, &paper(indicator("percent", &[(33.5, 20.5, 30.5)]))).is_empty(),
            "of households"
        );
        assert!(messages(check, &paper(indicator("percent", &[(100.0, 60.0, 40.0)]))).is_empty());
    }
}
