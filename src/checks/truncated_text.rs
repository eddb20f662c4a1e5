//! Texts that break off.
//!
//! Sure: the name of an indicator or the title of something followed up opens a bracket that nothing closes, and ends
//! without a point. Prose that breaks off may only look so.

use super::wording::beginning;
use super::{Finding, Subject};
use crate::place::At;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let paper = subject.paper;
    let names = paper.indicators.iter().map(|indicator| (indicator.name.as_str(), &indicator.at));
    let mentions = paper.activities.iter().flat_map(|activity| &activity.mentions);
    let titles = mentions.filter_map(|mention| Some((mention.title.as_deref()?, &mention.at)));
    let mut told: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for (text, at) in names.chain(titles) {
        if breaks_off(text) && !told.contains(&text) {
            told.push(text);
            found.push(tell(text, at.clone()));
        }
    }
    found
}

fn tell(text: &str, at: At) -> Finding {
    let end: Vec<&str> = text.split_whitespace().collect();
    let end = end[end.len().saturating_sub(4)..].join(" ");
    Finding::new(format!("'{}' breaks off inside its brackets, after '{end}'", beginning(text)), at)
}

fn breaks_off(text: &str) -> bool {
    let mut open = 0_i32;
    for mark in text.chars() {
        match mark {
            '(' => open += 1,
            // A bracket that closes nothing is a list's mark: "a)".
            ')' => open = (open - 1).max(0),
            _ => {}
        }
    }
    open > 0 && !text.trim_end().ends_with(['.', '!', '?', ')'])
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{messages, paper};
    use super::*;

    fn named(name: &str) -> Value {
        json!({"indicators": [{"name": name, "kolada_ids": [], "relates_to": [], "values": [], "at": []}]})
    }

    #[test]
    fn a_bracket_that_nothing_closes() {
        assert_eq!(
            messages(check, &paper(named("Antal träd per invånare (planterade enligt planen per sista"))),
            [
                "'Antal träd per invånare (planterade enligt planen per sista' breaks off inside its brackets, after 'enligt planen per sista'"
            ]
        );
    }

    #[test]
    fn closed_brackets_and_list_marks() {
        for name in [
            "Antal träd (planterade)",
            "a) Antal träd (nya) b) Antal buskar",
            "Antal träd (med en glömd parentes.",
        ] {
            assert!(messages(check, &paper(named(name))).is_empty(), "{name}");
        }
    }
}
