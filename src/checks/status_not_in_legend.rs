//! Statuses in use that the paper's own legend does not explain.
//!
//! Sure: the paper has a legend of its own, and a status stands by itself, as in a cell or on a status line. Forms of one
//! word are the same ("Påbörjad", "Påbörjat"); a status within a sentence may use other words than the legend.

use super::wording::is_form_of;
use super::{Finding, Subject, in_words, places};
use crate::place::At;
use crate::records::status::Status;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let legend = &subject.paper.status_legend;
    if legend.len() < 2 {
        return Vec::new();
    }
    let explained = |status: &Status| legend.iter().any(|entry| is_form_of(&entry.status.raw, &status.raw));
    let mut used: Vec<String> = Vec::new();
    let mut first_uses: Vec<&At> = Vec::new();
    for mention in subject.paper.activities.iter().flat_map(|a| &a.mentions) {
        let Some(status) = &mention.status else { continue };
        let stands_alone = status.raw.starts_with(char::is_uppercase);
        if stands_alone && !explained(status) && !used.iter().any(|word| is_form_of(word, &status.raw)) {
            used.push(status.raw.clone());
            first_uses.push(&mention.at);
        }
    }
    if used.is_empty() {
        return Vec::new();
    }
    let quoted = |words: Vec<String>| {
        in_words::listed(&words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>())
    };
    let known = legend.iter().map(|entry| entry.status.raw.clone()).collect();
    vec![Finding::new(
        format!("{} in use, but the legend has only {}", quoted(used), quoted(known)),
        places(first_uses),
    )]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{activity, messages, paper};
    use super::*;

    fn legend(words: &[&str]) -> Value {
        words.iter().map(|raw| json!({"status": {"code": "ongoing", "raw": raw}, "description": "Det är så.", "at": []})).collect()
    }

    #[test]
    fn another_word_than_the_legend_has() {
        let tree = activity("1", &[("table", "Plantera träd", "Pågående", None)]);
        let bench = activity("2", &[("table", "Måla bänkar", "Klar", None)]);
        let found = messages(
            check,
            &paper(json!({"activities": [tree, bench], "status_legend": legend(&["Färdig", "Påbörjad"])})),
        );
        assert_eq!(found, ["'Pågående' and 'Klar' in use, but the legend has only 'Färdig' and 'Påbörjad'"]);
    }

    #[test]
    fn forms_sentences_and_papers_without_a_legend() {
        let tree = activity("1", &[("table", "Plantera träd", "Påbörjat", None)]);
        let bench = activity("2", &[("section", "Måla bänkar", "genomförd", None)]);
        let activities = json!([tree, bench]);
        assert!(
            messages(
                check,
                &paper(json!({"activities": activities, "status_legend": legend(&["Färdig", "Påbörjad"])}))
            )
            .is_empty()
        );
        let alone = activity("1", &[("table", "Plantera träd", "Pågående", None)]);
        assert!(messages(check, &paper(json!({"activities": [alone]}))).is_empty());
    }
}
