//! Indicators that stand twice.
//!
//! Sure: one name twice in a paper, and the same id in Kolada or the same values. One name with other values may well
//! be another measurement.

use super::wording::{beginning, key};
use super::{Finding, Subject, places};
use crate::records::indicator::Indicator;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let indicators = &subject.paper.indicators;
    let mut found = Vec::new();
    let names: Vec<String> = indicators.iter().map(|indicator| key(&indicator.name)).collect();
    for (index, one) in indicators.iter().enumerate() {
        let mut others = (index + 1..indicators.len()).filter(|other| names[*other] == names[index]);
        if let Some(other) = others.find_map(|at| Some(&indicators[at]).filter(|other| is_same(one, other))) {
            let at = places([&one.at, &other.at]);
            let id = one.kolada_ids.first().map(|id| format!(" (Kolada {id})")).unwrap_or_default();
            let under = match (&one.group, &other.group) {
                (Some(first), Some(second)) if first != second => {
                    format!("under both '{}' and '{}'", beginning(first), beginning(second))
                }
                _ => "twice".to_owned(),
            };
            found.push(Finding::new(format!("'{}'{id} is listed {under}", one.name), at));
        }
    }
    found
}

/// Whether two indicators of one name are the same.
fn is_same(one: &Indicator, other: &Indicator) -> bool {
    let has_values = one.values.iter().any(|value| value.value.is_some());
    let raws = |i: &Indicator| i.values.iter().map(|v| v.raw.clone()).collect::<Vec<_>>();
    !one.kolada_ids.is_empty() && one.kolada_ids == other.kolada_ids || has_values && raws(one) == raws(other)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{messages, paper};
    use super::*;

    fn indicator(group: &str, id: &str, value: i64) -> Value {
        let period = json!({"raw": "2031", "start": null, "end": null});
        let values = json!([{"period": period, "basis": null, "breakdown": "total", "breakdown_label": null, "raw": value.to_string(), "value": value, "missing": null}]);
        let ids = if id.is_empty() { json!([]) } else { json!([id]) };
        json!({"name": "Antal träd", "group": group, "kolada_ids": ids, "relates_to": [], "values": values, "at": []})
    }

    #[test]
    fn one_id_or_one_value() {
        let by_id = json!([indicator("Mål 2", "U00001", 5), indicator("Mål 4", "U00001", 6)]);
        assert_eq!(
            messages(check, &paper(json!({"indicators": by_id}))),
            ["'Antal träd' (Kolada U00001) is listed under both 'Mål 2' and 'Mål 4'"]
        );
        let by_value = json!([indicator("Mål 2", "", 5), indicator("Mål 2", "", 5)]);
        assert_eq!(
            messages(check, &paper(json!({"indicators": by_value}))),
            ["'Antal träd' is listed twice"]
        );
    }

    #[test]
    fn one_name_for_two_measurements() {
        let others = json!([indicator("Norr", "", 5), indicator("Söder", "", 6)]);
        assert!(messages(check, &paper(json!({"indicators": others}))).is_empty());
    }
}
