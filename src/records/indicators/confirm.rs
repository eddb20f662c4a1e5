//! What arithmetic says of an indicator's values: women and men make up the total, or the total lies between them.

use crate::records::indicator::{Breakdown, Indicator, IndicatorValue, Unit};
use crate::records::number::Number;

/// What arithmetic says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The values agree.
    Confirmed,
    /// There is nothing to compare.
    Silent,
    /// No arithmetic makes the total of its parts.
    Contradicted,
}

/// Rounding may part a sum or a mean from its parts by this much, in units of the last decimal.
const SLACK: f64 = 1.5;

/// Whether no arithmetic makes some total of its parts.
pub(super) fn contradicts(indicator: &Indicator) -> bool {
    let same =
        |one: &IndicatorValue, other: &IndicatorValue| one.period == other.period && one.basis == other.basis;
    indicator.values.iter().enumerate().any(|(index, value)| {
        let is_first = !indicator.values[..index].iter().any(|earlier| same(earlier, value));
        let of_period: Vec<&IndicatorValue> =
            indicator.values.iter().filter(|other| same(other, value)).collect();
        is_first && compare(&of_period, indicator.unit) == Verdict::Contradicted
    })
}

/// Whether women and men make up a total or have it between them.
pub(super) fn agrees(total: Number, women: Number, men: Number) -> bool {
    let slack = slack_of(&[total, women, men]);
    (women.value + men.value - total.value).abs() <= slack || is_between(total, women, men, slack)
}

fn slack_of(numbers: &[Number]) -> f64 {
    let decimals = numbers.iter().map(|number| number.decimals).max().unwrap_or_default();
    SLACK / 10_f64.powi(i32::from(decimals))
}

fn is_between(total: Number, women: Number, men: Number, slack: f64) -> bool {
    total.value >= women.value.min(men.value) - slack && total.value <= women.value.max(men.value) + slack
}

/// Compare the values of one period.
fn compare(values: &[&IndicatorValue], unit: Option<Unit>) -> Verdict {
    let number = |wanted: Breakdown| values.iter().find(|v| v.breakdown == wanted).and_then(|v| v.value);
    let (Some(total), Some(women), Some(men)) =
        (number(Breakdown::Total), number(Breakdown::Women), number(Breakdown::Men))
    else {
        return Verdict::Silent;
    };
    let slack = slack_of(&[total, women, men]);
    let others: f64 = values
        .iter()
        .filter(|v| v.breakdown == Breakdown::Other)
        .filter_map(|v| v.value)
        .map(|n| n.value)
        .sum();
    let sums = |rest: f64| (women.value + men.value + rest - total.value).abs() <= slack;
    let between = is_between(total, women, men, slack);
    let agrees = if unit == Some(Unit::Percent) { between } else { sums(0.0) || sums(others) || between };
    if agrees { Verdict::Confirmed } else { Verdict::Contradicted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::period::Period;

    fn verdict(unit: Unit, values: &[(Breakdown, f64)]) -> Verdict {
        let value = |(breakdown, value): &(Breakdown, f64)| IndicatorValue {
            period: Period { raw: "2024".into(), start: None, end: None },
            basis: None,
            breakdown: *breakdown,
            breakdown_label: None,
            raw: value.to_string(),
            value: Some(Number { value: *value, decimals: 0 }),
            missing: None,
        };
        let values: Vec<IndicatorValue> = values.iter().map(value).collect();
        compare(&values.iter().collect::<Vec<_>>(), Some(unit))
    }

    #[test]
    fn sums_and_means() {
        use Breakdown::{Men, Other, Total, Women};
        let counts = |values: &[(Breakdown, f64)]| verdict(Unit::Count, values);
        assert_eq!(counts(&[(Total, 89.0), (Women, 44.0), (Men, 45.0)]), Verdict::Confirmed);
        assert_eq!(counts(&[(Total, 197.0), (Other, 101.0), (Women, 49.0), (Men, 47.0)]), Verdict::Confirmed);
        assert_eq!(counts(&[(Total, 85.0), (Women, 44.0), (Men, 20.0)]), Verdict::Contradicted);
        assert_eq!(counts(&[(Total, 85.0), (Women, 44.0)]), Verdict::Silent);
        let shares = |values: &[(Breakdown, f64)]| verdict(Unit::Percent, values);
        assert_eq!(shares(&[(Total, 11.0), (Women, 12.0), (Men, 9.0)]), Verdict::Confirmed);
        assert_eq!(shares(&[(Total, 21.0), (Women, 12.0), (Men, 9.0)]), Verdict::Contradicted);
    }
}
