//! Mentions of one thing that expect it to be done in different years.
//!
//! Sure: two years, or a year against "ständigt pågående". A mention without a year says nothing.

use super::{Finding, Subject, in_words, places};
use crate::records::activity::{Activity, ExpectedCompletion, Mention};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    subject.paper.activities.iter().filter_map(disagreement).collect()
}

fn disagreement(activity: &Activity) -> Option<Finding> {
    let mut told: Vec<(&Mention, &ExpectedCompletion)> = Vec::new();
    for mention in &activity.mentions {
        let Some(expected) = mention.expected_completion.as_ref() else { continue };
        let says_when = expected.year.is_some() || expected.open_ended;
        if says_when && !told.iter().any(|(_, other)| other.year == expected.year) {
            told.push((mention, expected));
        }
    }
    if told.len() < 2 {
        return None;
    }
    let says: Vec<String> = told
        .iter()
        .map(|(mention, expected)| {
            format!("{} in {}", in_words::expected(expected), in_words::origin(mention.origin))
        })
        .collect();
    let at = places(told.iter().map(|(mention, _)| &mention.at));
    Some(Finding::new(
        format!("{}: expected completion {}", in_words::name(activity), in_words::listed(&says)),
        at,
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{activity, messages, paper};
    use super::*;

    #[test]
    fn two_years() {
        let late = activity("1b", &[("table", "Bygg bron", "", Some(2031)), ("section", "", "", Some(2032))]);
        let endless = activity("2", &[("table", "Måla bron", "", Some(2031)), ("section", "", "", Some(0))]);
        assert_eq!(
            messages(check, &paper(json!({"activities": [late, endless]}))),
            [
                "Aktivitet 1b: expected completion 2031 in the table and 2032 in the section",
                "Aktivitet 2: expected completion 2031 in the table and 'Löpande' in the section",
            ]
        );
    }

    #[test]
    fn the_same_year_or_none() {
        let same = activity("1", &[("table", "Bygg bron", "", Some(2031)), ("section", "", "", Some(2031))]);
        let silent = activity("2", &[("table", "Måla bron", "", Some(2031)), ("section", "", "", None)]);
        assert!(messages(check, &paper(json!({"activities": [same, silent]}))).is_empty());
    }
}
