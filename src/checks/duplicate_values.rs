//! Two indicators with the same values.
//!
//! Sure: they have different names, and values for the same periods that are alike throughout: two different ones at
//! least, with seven figures together, so that chance is unlikely.

use super::wording::{beginning, key};
use super::{Finding, Subject, places};
use crate::records::indicator::Indicator;

/// Fewest figures of the values that are alike.
const FEWEST_FIGURES: usize = 7;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let indicators = &subject.paper.indicators;
    let all: Vec<_> = indicators.iter().map(values).collect();
    let mut found = Vec::new();
    for (index, one) in indicators.iter().enumerate() {
        for (after, other) in (index + 1..).zip(&indicators[index + 1..]) {
            if !is_alike(one, other, &all[index], &all[after]) {
                continue;
            }
            let at = places([&one.at, &other.at]);
            let values: Vec<&str> =
                one.values.iter().filter(|v| v.value.is_some()).map(|v| v.raw.as_str()).collect();
            let number =
                one.activity_number.as_deref().filter(|_| one.activity_number == other.activity_number);
            let number = number.map(|number| format!("{number}: ")).unwrap_or_default();
            found.push(Finding::new(
                format!(
                    "{number}'{}' and '{}' have the same values: {}",
                    beginning(&one.name),
                    beginning(&other.name),
                    values.join(", ")
                ),
                at,
            ));
        }
    }
    found
}

/// An indicator's values that are numbers, each as its period and figures without spaces.
fn values(indicator: &Indicator) -> Vec<(&str, String)> {
    let numbers = indicator.values.iter().filter(|v| v.value.is_some());
    numbers.map(|v| (v.period.raw.as_str(), v.raw.split_whitespace().collect())).collect()
}

fn is_alike(one: &Indicator, other: &Indicator, own: &[(&str, String)], others: &[(&str, String)]) -> bool {
    if own != others {
        return false;
    }
    let mut different: Vec<&str> = own.iter().map(|(_, raw)| raw.as_str()).collect();
    different.sort_unstable();
    different.dedup();
    let figures: usize = different.iter().map(|raw| raw.chars().filter(char::is_ascii_digit).count()).sum();
    different.len() > 1 && figures >= FEWEST_FIGURES && key(&one.name) != key(&other.name)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{messages, paper};
    use super::*;

    fn indicator(name: &str, raws: &[&str]) -> Value {
        let value = |(index, raw): (usize, &&str)| {
            let period = json!({"raw": (2030 + index).to_string(), "start": null, "end": null});
            let number: i64 = raw.replace(' ', "").parse().unwrap();
            json!({"period": period, "basis": null, "breakdown": "total", "breakdown_label": null, "raw": raw, "value": number, "missing": null})
        };
        let values: Vec<Value> = raws.iter().enumerate().map(value).collect();
        json!({"name": name, "activity_number": "8", "kolada_ids": [], "relates_to": [], "values": values, "at": []})
    }

    #[test]
    fn received_and_applied_for() {
        let indicators = json!([
            indicator("Sökta medel", &["12 450", "13 870"]),
            indicator("Beviljade medel", &["12 450", "13 870"])
        ]);
        assert_eq!(
            messages(check, &paper(json!({"indicators": indicators}))),
            ["8: 'Sökta medel' and 'Beviljade medel' have the same values: 12 450, 13 870"]
        );
    }

    #[test]
    fn small_numbers_meet_by_chance() {
        let indicators =
            json!([indicator("Nya träd", &["12", "14"]), indicator("Nya bänkar", &["12", "14"])]);
        assert!(messages(check, &paper(json!({"indicators": indicators}))).is_empty());
        let constant = json!([indicator("Tak", &["10000", "10000"]), indicator("Golv", &["10000", "10000"])]);
        assert!(messages(check, &paper(json!({"indicators": constant}))).is_empty());
    }
}
