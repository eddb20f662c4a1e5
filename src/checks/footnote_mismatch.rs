//! Footnote marks without a note, and notes without a mark, under key figures.
//!
//! Sure: a key figure with both marks and notes, whose notes begin with marks of the same sort (`*)`, `**)`), and the
//! two differ. A key figure without any note may have its notes elsewhere.

use std::collections::BTreeSet;

use super::{Finding, Subject, in_words, places};
use crate::pattern::Pattern;
use crate::records::key_figure::KeyFigure;

static MARK: Pattern = Pattern::new(r"\*+\)");

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let wrong: Vec<Unmatched<'_>> = subject.paper.key_figures.iter().filter_map(Unmatched::of).collect();
    if wrong.is_empty() {
        return Vec::new();
    }
    let unexplained = quoted(wrong.iter().flat_map(|figure| &figure.marks));
    let unused = quoted(wrong.iter().flat_map(|figure| &figure.notes));
    let names: Vec<String> = wrong.iter().map(|unmatched| format!("'{}'", unmatched.figure.name)).collect();
    let what = match (unexplained.is_empty(), unused.is_empty()) {
        (false, false) => format!("lines are marked {unexplained} but notes {unused}"),
        (false, true) => format!("lines are marked {unexplained} and no note is"),
        _ => format!("notes are marked {unused} and no line is"),
    };
    let at = places(wrong.iter().map(|unmatched| &unmatched.figure.at));
    vec![Finding::new(format!("{}: {what}", in_words::listed(&names)), at)]
}

/// Marks in quotes, each once.
fn quoted<'a>(marks: impl Iterator<Item = &'a &'a str>) -> String {
    let marks: BTreeSet<String> = marks.map(|mark| format!("'{mark}'")).collect();
    in_words::listed(&marks.into_iter().collect::<Vec<_>>())
}

/// A key figure with the marks that no note has, and those of notes that no line has.
struct Unmatched<'a> {
    figure: &'a KeyFigure,
    marks: BTreeSet<&'a str>,
    notes: BTreeSet<&'a str>,
}

impl<'a> Unmatched<'a> {
    fn of(figure: &'a KeyFigure) -> Option<Self> {
        let labels = figure.lines.iter().map(|line| line.label.as_str());
        let labels = labels
            .chain(figure.result.as_ref().map(|result| result.label.as_str()))
            .chain([figure.name.as_str()]);
        let marks: BTreeSet<&str> =
            labels.flat_map(|label| MARK.find_iter(label).map(|m| m.as_str())).collect();
        let at_start =
            |note: &'a String| MARK.find(note.trim_start()).filter(|m| m.start() == 0).map(|m| m.as_str());
        let notes: BTreeSet<&str> = figure.notes.iter().filter_map(at_start).collect();
        (!marks.is_empty() && !notes.is_empty() && marks != notes).then(|| Self {
            figure,
            marks: marks.difference(&notes).copied().collect(),
            notes: notes.difference(&marks).copied().collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{messages, paper};
    use super::*;

    fn figure(labels: &[&str], notes: &[&str]) -> Value {
        let lines: Vec<Value> = labels
            .iter()
            .map(|label| json!({"label": label, "raw": "1", "value": 1, "unit": null}))
            .collect();
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
