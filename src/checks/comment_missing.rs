//! Indicators without a comment among others that have one.
//!
//! Sure: a table of at least eight indicators in which three quarters have a comment, some before and some after the
//! one without; and it has a value to comment. Elsewhere a comment is a choice.

use super::wording::beginning;
use super::{Finding, Subject, in_words, places};
use crate::records::indicator::Indicator;

/// Fewest indicators of a table that show a habit.
const FEWEST: usize = 8;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut groups: Vec<(Option<&str>, Vec<&Indicator>)> = Vec::new();
    for indicator in &subject.paper.indicators {
        match groups.last_mut().filter(|(name, _)| *name == indicator.group.as_deref()) {
            Some((_, group)) => group.push(indicator),
            None => groups.push((indicator.group.as_deref(), vec![indicator])),
        }
    }
    for (name, group) in groups {
        let commented = group.iter().filter(|i| i.comment.is_some()).count();
        if group.len() < FEWEST || commented * 4 < group.len() * 3 {
            continue;
        }
        let first = group.iter().position(|i| i.comment.is_some()).unwrap_or_default();
        let last = group.iter().rposition(|i| i.comment.is_some()).unwrap_or_default();
        let has_value = |i: &Indicator| i.values.iter().any(|v| v.value.is_some());
        let without: Vec<&Indicator> =
            group[first..=last].iter().copied().filter(|i| i.comment.is_none() && has_value(i)).collect();
        if without.is_empty() {
            continue;
        }
        let names: Vec<String> = without
            .iter()
            .map(|i| match &i.activity_number {
                Some(number) => format!("{number} '{}'", beginning(&i.name)),
                None => format!("'{}'", beginning(&i.name)),
            })
            .collect();
        let at = places(without.iter().map(|i| &i.at));
        let place = name.map(|name| format!("{name}: ")).unwrap_or_default();
        found.push(Finding::new(
            format!(
                "{place}{commented} of {} indicators have a comment, but not {}",
                group.len(),
                in_words::listed(&names)
            ),
            at,
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{messages, paper};
    use super::*;

    fn indicators(comments: &[bool]) -> Value {
        let one = |(index, has): (usize, &bool)| {
            let comment = if *has { json!("Redovisas årligen") } else { Value::Null };
            let period = json!({"raw": "2031", "start": null, "end": null});
            let value = json!({"period": period, "basis": null, "breakdown": "total", "breakdown_label": null, "raw": "5", "value": 5, "missing": null});
            json!({"name": format!("Antal träd i park {index}"), "activity_number": index.to_string(), "group": "Mål 1",
                "comment": comment, "kolada_ids": [], "relates_to": [], "values": [value], "at": []})
        };
        json!({"indicators": comments.iter().enumerate().map(one).collect::<Vec<_>>()})
    }

    #[test]
    fn one_among_many() {
        let mut comments = [true; 9];
        comments[4] = false;
        assert_eq!(
            messages(check, &paper(indicators(&comments))),
            ["Mål 1: 8 of 9 indicators have a comment, but not 4 'Antal träd i park 4'"]
        );
    }

    #[test]
    fn comments_are_a_choice() {
        assert!(
            messages(check, &paper(indicators(&[true, false, true, false, true, false, true, false])))
                .is_empty()
        );
        assert!(messages(check, &paper(indicators(&[true, false, true]))).is_empty());
        assert!(
            messages(
                check,
                &paper(indicators(&[false, true, true, true, true, true, true, true, true, true]))
            )
            .is_empty()
        );
    }
}
