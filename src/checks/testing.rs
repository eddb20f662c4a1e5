//! Papers for the tests of the checks, written as JSON: what a test does not say is empty.

use serde_json::{Value, json};

use super::{Check, Subject};
use crate::records::noticed::Noticed;
use crate::records::paper::Paper;
use crate::vocabulary::Vocabulary;

/// A paper with the given fields.
pub(super) fn paper(fields: Value) -> Paper {
    let mut paper = json!({
        "kind": "other", "diarienummer": [], "case_officers": [], "signatories": [], "sections": [],
        "supporting_documents": [], "status_legend": [], "activities": [], "indicators": [], "financial_tables": [],
        "key_figures": [], "charts": [], "claims": [], "agenda": [], "tables": [], "at": [],
    });
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    fields.into_iter().for_each(|(key, value)| paper[key] = value);
    serde_json::from_value(paper).expect("the fields are those of a paper")
}

/// What a check says of a paper that stands alone.
pub(super) fn messages(check: Check, paper: &Paper) -> Vec<String> {
    noticing(check, paper, &Noticed::default())
}

/// What a check says of a paper of which reading noticed something.
pub(super) fn noticing(check: Check, paper: &Paper, noticed: &Noticed) -> Vec<String> {
    let subject =
        Subject { paper, noticed, main: None, appendices: Vec::new(), vocabulary: Vocabulary::builtin() };
    check(&subject).into_iter().map(|finding| finding.message).collect()
}

/// What a check says of a paper and of its appendices.
pub(super) fn matter(check: Check, main: &Paper, appendices: &[Paper]) -> Vec<String> {
    let vocabulary = Vocabulary::builtin();
    let noticed = &Noticed::default();
    let head =
        Subject { paper: main, noticed, main: None, appendices: appendices.iter().collect(), vocabulary };
    let mut found = check(&head);
    for paper in appendices {
        found.extend(check(&Subject {
            paper,
            noticed,
            main: Some(main),
            appendices: Vec::new(),
            vocabulary,
        }));
    }
    found.into_iter().map(|finding| finding.message).collect()
}

/// An activity "Aktivitet n" with its mentions: origin, title, status and year or nothing.
pub(super) fn activity(number: &str, mentions: &[(&str, &str, &str, Option<i32>)]) -> Value {
    let code = |raw: &str| match raw {
        "Färdig" | "Klar" => "completed",
        "Försenad" => "delayed",
        "Avviker från plan" => "deviating",
        "Stoppad" => "stopped",
        "Väntar" => "waiting",
        "Ej påbörjad" => "not_started",
        _ => "ongoing",
    };
    let status =
        |raw: &str| if raw.is_empty() { Value::Null } else { json!({"code": code(raw), "raw": raw}) };
    let expected = |year: Option<i32>| match year {
        None => Value::Null,
        Some(0) => json!({"raw": "Löpande", "year": null, "open_ended": true}),
        Some(year) => json!({"raw": year.to_string(), "year": year, "open_ended": false}),
    };
    let mention = |(origin, title, raw, year): &(&str, &str, &str, Option<i32>)| {
        let title = if title.is_empty() { Value::Null } else { json!(title) };
        json!({"origin": origin, "title": title, "status": status(raw), "expected_completion": expected(*year), "at": []})
    };
    let first = &mentions[0];
    json!({
        "kind": "activity", "label": "Aktivitet", "number": number, "title": first.1,
        "status": status(first.2), "expected_completion": expected(first.3),
        "mentions": mentions.iter().map(mention).collect::<Vec<_>>(),
    })
}
