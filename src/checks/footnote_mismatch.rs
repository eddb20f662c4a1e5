//! Footnote marks without a note, and notes without a mark, under key figures.
//!
//! Sure: a key figure with both marks and notes, whose notes begin with marks of the same sort (`*)`, `**)`), and the
//! two differ. A key figure without any note may have its notes elsewhere.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::{Finding, Subject, in_words, places};
use crate::records::key_figure::KeyFigure;

#[allow(clippy::expect_used)] // a constant, compiled by every test
static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\*+\)").expect("the pattern is a constant"));

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let figures = subject.paper.key_figures.iter();
    let wrong: Vec<(&KeyFigure, BTreeSet<&str>, BTreeSet<&str>)> = figures.filter_map(unmatched).collect();
    if wrong.is_empty() {
        return Vec::new();
    }
    let all = |of: fn(&(&KeyFigure, BTreeSet<&str>, BTreeSet<&str>)) -> Vec<String>| {
        let marks: BTreeSet<String> = wrong.iter().flat_map(of).collect();
        in_words::listed(&marks.into_iter().collect::<Vec<_>>())
    };
    let unexplained = all(|(_, marks, _)| marks.iter().map(|m| format!("'{m}'")).collect());
    let unused = all(|(_, _, notes)| notes.iter().map(|m| format!("'{m}'")).collect());
    let names: Vec<String> = wrong.iter().map(|(figure, ..)| format!("'{}'", figure.name)).collect();
    let what = match (unexplained.is_empty(), unused.is_empty()) {
        (false, false) => format!("lines are marked {unexplained} but notes {unused}"),
        (false, true) => format!("lines are marked {unexplained} and no note is"),
        _ => format!("notes are marked {unused} and no line is"),
    };
    let at = places(wrong.iter().map(|(figure, ..)| &figure.at));
    vec![Finding::new(format!("{}: {what}", in_words::listed(&names)), at)]
}

/// The marks that no note has, and those of notes that no line has.
fn unmatched(figure: &KeyFigure) -> Option<(&KeyFigure, BTreeSet<&str>, BTreeSet<&str>)> {
    let labels = figure.lines.iter().map(|line| line.label.as_str());
    let labels = labels.chain(figure.result.as_ref().map(|result| result.label.as_str())).chain([figure.name.as_str()]);
    let marks: BTreeSet<&str> = labels.flat_map(|label| MARK.find_iter(label).map(|m| m.as_str())).collect();
    let of_notes = figure.notes.iter().filter_map(|note| MARK.find(note.trim_start()).filter(|m| m.start() == 0).map(|m| m.as_str()));
    let notes: BTreeSet<&str> = of_notes.collect();
    if marks.is_empty() || notes.is_empty() || marks == notes {
        return None;
    }
    Some((figure, marks.difference(&notes).copied().collect(), notes.difference(&marks).copied().collect()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{messages, paper};
    use super::*;

    fn figure(labels: &[&str], notes: &[&str]) -> Value {
        let lines: Vec<Value> = labels.iter().map(|label| json!({"label": label, "raw": "1", "value": 1, "unit": null})).collect();
        json!({"key_figures": [{"name": "Simhall", "lines": lines, "notes": notes, "at": []}]})
    }

    #[test]
    fn a_mark_that_no_note_has() {
        let wrong = figure(&["Kostnader *)", "Besök **)"], &["*) Utan hyra", "***) Snitt under året"]);
        assert_eq!(messages(check, &paper(wrong)), ["'Simhall': lines are marked '**)' but notes '***)'"]);
    }

    #[test]
    fn marks_that_match_and_notes_elsewhere() {
        assert!(messages(check, &paper(figure(&["Kostnader *)"], &["*) Utan hyra"]))).is_empty());
        assert!(messages(check, &paper(figure(&["Kostnader *)"], &[]))).is_empty());
    }
}
