//! From sightings to records: one for each thing, however often the paper mentions it.

use super::super::activity::{Activity, Mention, Origin, Reference};
use super::Sighting;
use crate::vocabulary::fold;

/// Share of words that two titles from the same kind of place have in common at least, where both are of one thing.
/// Reports that number anew under each goal have several "Åtgärd 1".
const SAME_TITLE: f32 = 0.2;

/// Letters of a word that tells one title from another.
const SHORTEST_TELLING_WORD: usize = 4;

/// Make records of sightings. What only running text names is no record: the text may well mean another paper's.
pub(super) fn merge(mut sightings: Vec<Sighting>) -> Vec<Activity> {
    sightings.sort_by_key(|s| s.order);
    let mut found: Vec<Vec<Sighting>> = Vec::new();
    let (texts, others): (Vec<_>, Vec<_>) = sightings.into_iter().partition(|s| s.origin == Origin::Text);
    for sighting in others {
        match found.iter_mut().filter(|s| is_same(s, &sighting)).max_by_key(|s| likeness(s, &sighting)) {
            Some(record) => record.push(sighting),
            None => found.push(vec![sighting]),
        }
    }
    for sighting in texts {
        if let Some(record) = found.iter_mut().find(|s| is_same(s, &sighting)) {
            record.push(sighting);
        }
    }
    // A list at the start of a report gives no order to the report's own.
    found.sort_by_key(|s| s.iter().map(|s| (rank_of_place(s.origin), s.order)).min());
    let known: Vec<(super::ActivityKind, String)> =
        found.iter().filter_map(|s| Some((s[0].kind, s[0].number.clone()?))).collect();
    let is_known = |r: &Reference| known.iter().any(|(kind, number)| (*kind, number) == (r.kind, &r.number));
    found.into_iter().map(|s| record(s, &is_known)).collect()
}

fn rank_of_place(origin: Origin) -> u8 {
    u8::from(!matches!(origin, Origin::Table | Origin::Section))
}

fn is_same(record: &[Sighting], sighting: &Sighting) -> bool {
    let first = &record[0];
    if first.kind != sighting.kind {
        return false;
    }
    match (&first.number, &sighting.number) {
        (Some(one), Some(other)) => {
            one == other
                && !record.iter().any(|s| {
                    s.origin == sighting.origin
                        && sighting.origin != Origin::Text
                        && (s.group != sighting.group || s.parent != sighting.parent)
                        && shared_words(s.title.as_deref(), sighting.title.as_deref()) < SAME_TITLE
                })
        }
        _ => record.iter().any(|s| {
            s.title.is_some() && s.title.as_deref().map(fold) == sighting.title.as_deref().map(fold)
        }),
    }
}

/// How many words a record's titles share with a sighting's, in hundredths.
fn likeness(record: &[Sighting], sighting: &Sighting) -> u32 {
    let best = record
        .iter()
        .map(|s| shared_words(s.title.as_deref(), sighting.title.as_deref()))
        .fold(0.0, f32::max);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 100
    let hundredths = (best * 100.0) as u32;
    hundredths
}

/// The share of the shorter title's words that the other has; all of them where one says nothing.
fn shared_words(one: Option<&str>, other: Option<&str>) -> f32 {
    let (Some(one), Some(other)) = (one, other) else { return 1.0 };
    // "i" and "och" make no two things one.
    let words = |t: &str| -> Vec<String> {
        let all: Vec<String> = fold(t).split_whitespace().map(str::to_owned).collect();
        let telling: Vec<String> =
            all.iter().filter(|w| w.chars().count() >= SHORTEST_TELLING_WORD).cloned().collect();
        if telling.is_empty() { all } else { telling }
    };
    let (one, other) = (words(one), words(other));
    let shared = one.iter().filter(|w| other.contains(w)).count();
    #[allow(clippy::cast_precision_loss)] // titles are short
    let share = shared as f32 / one.len().min(other.len()).max(1) as f32;
    share
}

/// A record of all its sightings: its own fields are the first one's that has them, tables before sections before
/// lists. A report tells more than a table's comment does, so its narrative comes first.
fn record(sightings: Vec<Sighting>, is_known: &dyn Fn(&Reference) -> bool) -> Activity {
    let mut ranked: Vec<&Sighting> = sightings.iter().collect();
    ranked.sort_by_key(|s| (s.origin, s.order));
    let narrative =
        |origin: Origin| ranked.iter().filter(|s| s.origin == origin).find_map(|s| s.narrative.clone());
    let first = ranked[0];
    Activity {
        kind: first.kind,
        label: ranked.iter().find_map(|s| s.label.clone()),
        number: ranked.iter().find_map(|s| s.number.clone()),
        title: ranked.iter().find_map(|s| s.title.clone()),
        parent: ranked.iter().filter_map(|s| s.parent.clone()).find(|p| is_known(p)),
        group: ranked.iter().find_map(|s| s.group.clone()),
        status: ranked.iter().find_map(|s| s.status.clone()),
        expected_completion: ranked.iter().find_map(|s| s.expected.clone()),
        narrative: narrative(Origin::Section)
            .or_else(|| narrative(Origin::Table))
            .or_else(|| narrative(Origin::List)),
        mentions: in_reading_order(sightings),
    }
}

fn in_reading_order(mut sightings: Vec<Sighting>) -> Vec<Mention> {
    sightings.sort_by_key(|s| s.order);
    let mention = |s: Sighting| Mention {
        origin: s.origin,
        title: s.title,
        status: s.status,
        expected_completion: s.expected,
        at: s.at,
    };
    sightings.into_iter().map(mention).collect()
}

#[cfg(test)]
mod tests {
    use super::super::ActivityKind;
    use super::*;
    use crate::place::At;

    fn sighting(origin: Origin, number: &str, title: &str, order: usize) -> Sighting {
        Sighting {
            number: Some(number.to_owned()),
            title: Some(title.to_owned()),
            ..Sighting::new(origin, ActivityKind::Measure, At::default(), (order, 0, 0))
        }
    }

    #[test]
    fn one_record_for_each_number() {
        let records = merge(vec![
            sighting(Origin::Section, "1", "Bygga en lång brygga vid ån", 5),
            sighting(Origin::Table, "1", "Bygga brygga", 9),
            sighting(Origin::Text, "2", "Något annat", 1),
        ]);
        assert_eq!(records.len(), 1, "running text alone makes no record");
        assert_eq!(records[0].title.as_deref(), Some("Bygga brygga"), "the table's title comes first");
        let origins: Vec<Origin> = records[0].mentions.iter().map(|m| m.origin).collect();
        assert_eq!(origins, [Origin::Section, Origin::Table], "mentions stand in reading order");
    }

    #[test]
    fn numbers_that_begin_anew_under_each_goal_are_different_things() {
        let under = |group: &str, title: &str, order| Sighting {
            group: Some(group.to_owned()),
            ..sighting(Origin::Table, "1", title, order)
        };
        let records = merge(vec![under("Mål A", "Måla bänkar", 1), under("Mål B", "Anställa två lärare", 2)]);
        assert_eq!(records.len(), 2);
        let records =
            merge(vec![under("Mål A", "Måla bänkar i parker", 1), under("Mål B", "Rensa i diken", 2)]);
        assert_eq!(records.len(), 2, "they share no word but \"i\"");
    }

    #[test]
    fn a_parent_that_the_paper_does_not_follow_up_is_none() {
        let mut child = sighting(Origin::Section, "4", "Räkna fåglar", 2);
        child.parent = Some(Reference { kind: ActivityKind::Goal, number: "7".to_owned() });
        assert_eq!(merge(vec![child])[0].parent, None);
    }
}
