//! Mentions of one thing that give it different statuses.
//!
//! Sure: statuses that mean different things. "Avviker från plan" and "Försenad" may both be said of the same, and so may
//! "Ej påbörjad" and "Väntar"; a status that the vocabulary lacks is compared with none.

use super::{Finding, Subject, in_words, places};
use crate::records::activity::{Activity, Mention};
use crate::records::status::{Status, StatusCode};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    subject.paper.activities.iter().filter_map(disagreement).collect()
}

fn disagreement(activity: &Activity) -> Option<Finding> {
    let mut told: Vec<(&Mention, &Status)> = Vec::new();
    for mention in &activity.mentions {
        let Some(status) = mention.status.as_ref().filter(|s| s.code != StatusCode::Unknown) else {
            continue;
        };
        if !told.iter().any(|(_, other)| agree(status.code, other.code)) {
            told.push((mention, status));
        }
    }
    if told.len() < 2 {
        return None;
    }
    let says = |(mention, status): &(&Mention, &Status)| {
        let when = mention.expected_completion.as_ref().map(|e| format!(", {}", e.raw)).unwrap_or_default();
        format!("{} says '{}{when}'", in_words::origin(mention.origin), status.raw)
    };
    let at = places(told.iter().map(|(mention, _)| &mention.at));
    let says: Vec<String> = told.iter().map(says).collect();
    Some(Finding::new(format!("{}: {}", in_words::name(activity), in_words::listed(&says)), at))
}

fn agree(one: StatusCode, other: StatusCode) -> bool {
    let class = |code| match code {
        StatusCode::Delayed => StatusCode::Deviating,
        StatusCode::Waiting => StatusCode::NotStarted,
        code => code,
    };
    class(one) == class(other)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{activity, messages, paper};
    use super::*;

    #[test]
    fn table_and_section_disagree() {
        let bridge = activity(
            "3",
            &[("table", "Bygg bron", "Pågående", Some(2026)), ("section", "Bygg bron", "Stoppad", None)],
        );
        assert_eq!(
            messages(check, &paper(json!({"activities": [bridge]}))),
            ["Aktivitet 3: the table says 'Pågående, 2026' and the section says 'Stoppad'"]
        );
    }

    #[test]
    fn words_of_one_meaning_agree() {
        let same = activity(
            "3",
            &[("table", "Bygg bron", "Pågående", None), ("section", "Bygg bron", "Påbörjad", None)],
        );
        let near = activity(
            "4",
            &[("table", "Måla bron", "Försenad", None), ("section", "Måla bron", "Avviker från plan", None)],
        );
        let silent = activity("5", &[("table", "Riv bron", "Färdig", None), ("list", "Riv bron", "", None)]);
        assert!(messages(check, &paper(json!({"activities": [same, near, silent]}))).is_empty());
    }
}
