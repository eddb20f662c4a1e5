//! Whom a value is for. In: the label of its row and the part that its column is for. Out: the breakdown and what the
//! paper calls it.

use crate::records::column_heading::Part;
use crate::records::indicator::Breakdown;
use crate::vocabulary::Vocabulary;

/// Whom a label says a row is for: "Kvinnor", "- varav män".
pub(super) fn breakdown_of(label: &str, vocabulary: &Vocabulary) -> Option<Breakdown> {
    let bare = label.trim_start_matches(['-', '–', '•', '·', ' ']);
    vocabulary.breakdowns.whole(label).or_else(|| vocabulary.breakdowns.whole(bare)).map(|entry| entry.code)
}

/// Whom a value is for, by its row and its column.
pub(super) fn part_of(row: Breakdown, label: &str, column: Option<&Part>) -> (Breakdown, Option<String>) {
    let labelled = |breakdown: Breakdown, label: &str| {
        (breakdown, (breakdown != Breakdown::Total).then(|| label.to_owned()))
    };
    match column {
        None => labelled(row, label),
        Some(part) if part.breakdown == Breakdown::Total => labelled(row, label),
        Some(part) if row == Breakdown::Total => labelled(part.breakdown, &part.label),
        Some(part) => (Breakdown::Other, Some(format!("{label}, {}", part.label))),
    }
}
