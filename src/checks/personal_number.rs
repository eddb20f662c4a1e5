//! Swedish personal identity numbers.
//!
//! Sure: a day that exists (or a day plus 60, as coordination numbers have), four figures behind a hyphen or plus or a
//! century in front, and a check digit that fits. Numbers of organisations have no such month. The message prints the
//! year alone.

use super::{Finding, Subject, texts};
use crate::pattern::Pattern;
use crate::place::At;

static NUMBER: Pattern = Pattern::new(
    r"(?:^|[^0-9A-Za-z./-])((?:18|19|20)?)([0-9]{2})([0-9]{2})([0-9]{2})([-+]?)([0-9]{4})(?:$|[^0-9A-Za-z/-])",
);

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut told: Vec<String> = Vec::new();
    let mut found: Vec<Finding> = Vec::new();
    for (text, at) in texts::all(subject.paper) {
        for (number, masked) in numbers(text) {
            if !told.contains(&number) {
                told.push(number);
                found.push(tell(&masked, at.clone()));
            }
        }
    }
    found
}

fn tell(masked: &str, at: At) -> Finding {
    Finding::new(format!("a personal identity number stands in the paper: {masked}"), at)
}

/// The figures of each number in a text, and what a message may show of it.
fn numbers(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for parts in NUMBER.captures_iter(text) {
        let part = |index: usize| parts.get(index).map_or("", |m| m.as_str());
        let (century, year, month, day, sign, last) = (part(1), part(2), part(3), part(4), part(5), part(6));
        let is_marked = !sign.is_empty() || !century.is_empty();
        let (Ok(month_number), Ok(day_number)) = (month.parse::<u32>(), day.parse::<u32>()) else { continue };
        let exists = (1..=12).contains(&month_number) && (1..=31).contains(&(day_number % 60));
        let figures = format!("{year}{month}{day}{last}");
        if is_marked && exists && has_check_digit(&figures) {
            found.push((
                figures,
                format!("{century}{year}****{}****", if sign.is_empty() { "-" } else { sign }),
            ));
        }
    }
    found
}

/// Luhn's check: every other figure doubled, the figures of all summed, is a multiple of ten.
fn has_check_digit(figures: &str) -> bool {
    let sum: u32 = figures
        .chars()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(index, figure)| if index % 2 == 0 { 2 * figure } else { figure })
        .map(|figure| figure / 10 + figure % 10)
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{messages, paper};
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let sections =
            json!([{"kind": "other", "heading": null, "level": 1, "text": text, "at": [], "sections": []}]);
        messages(check, &paper(json!({"sections": sections})))
    }

    #[test]
    fn a_number_is_told_but_not_printed() {
        // The tax agency's own test numbers.
        assert_eq!(
            found("Sökanden, 900118-9811, bor i parken."),
            ["a personal identity number stands in the paper: 90****-****"]
        );
        assert_eq!(
            found("(199001189811)"),
            ["a personal identity number stands in the paper: 1990****-****"]
        );
        assert!(found("Sökanden, 900118-9811.").iter().all(|message| !message.contains("9811")));
    }

    #[test]
    fn other_numbers() {
        for text in [
            "Org.nr 212000-0357",
            "Tel. 018-727 00 00",
            "KS-2031-00123 och 900118-9812",
            "Summan blev 9001189811 kronor",
            "Konto 123456-7890",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
