//! One thing under two numbers.
//!
//! Sure: the running text gives a number and then the very title of another thing of the same kind, and nothing with
//! that title has the number; or two records of one kind have one title and different numbers, and each is mentioned
//! only where the other is not (a list says 13, the report 14).

use super::wording::{beginning, key};
use super::{Finding, Subject, in_words, named, places};
use crate::records::activity::{Activity, Origin};

/// Shortest title that tells one thing from another, in letters and digits.
const SHORTEST_TITLE: usize = 16;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let activities = &subject.paper.activities;
    let titles: Vec<Vec<String>> = activities.iter().map(titles).collect();
    let mut found = Vec::new();
    for named in named::in_text(subject.paper, subject.vocabulary) {
        let rest = key(&named.rest);
        let is_titled_so = |(a, titles): &(&Activity, &Vec<String>)| {
            a.kind == named.kind && titles.iter().any(|title| rest.starts_with(title.as_str()))
        };
        let of_title: Vec<&Activity> =
            activities.iter().zip(&titles).filter(is_titled_so).map(|(activity, _)| activity).collect();
        let [one] = of_title.as_slice() else { continue };
        let Some(number) = one.number.as_deref().filter(|number| *number != named.number) else { continue };
        let is_other =
            activities.iter().any(|a| a.kind == named.kind && a.number.as_ref() == Some(&named.number));
        let or_none = if is_other { "which is another" } else { "which is not reported" };
        let place = named
            .heading
            .as_ref()
            .map_or_else(|| "the text".to_owned(), |heading| format!("'{}'", beginning(heading)));
        found.push(Finding::new(
            format!(
                "{place} calls '{}' {} {}, {or_none}; elsewhere it is number {number}",
                beginning(one.title.as_deref().unwrap_or_default()),
                named.label,
                named.number,
            ),
            named.at,
        ));
    }
    for (index, one) in activities.iter().enumerate() {
        for (after, other) in (index + 1..).zip(&activities[index + 1..]) {
            if titles[index].iter().any(|title| titles[after].contains(title)) {
                found.extend(two_numbers(one, other));
            }
        }
    }
    found
}

/// Two records with one title that are one thing.
fn two_numbers(one: &Activity, other: &Activity) -> Option<Finding> {
    let (Some(first), Some(second)) = (&one.number, &other.number) else { return None };
    let origins = |a: &Activity| -> Vec<Origin> { a.mentions.iter().map(|m| m.origin).collect() };
    let apart = !origins(one).iter().any(|origin| origins(other).contains(origin));
    if one.kind != other.kind
        || first == second
        || !apart
        || one.group != other.group && one.group.is_some() && other.group.is_some()
    {
        return None;
    }
    let (here, there) = (one.mentions.first()?, other.mentions.first()?);
    Some(Finding::new(
        format!(
            "'{}' is number {first} in {} and number {second} in {}",
            beginning(one.title.as_deref().unwrap_or_default()),
            in_words::origin(here.origin),
            in_words::origin(there.origin),
        ),
        places([&here.at, &there.at]),
    ))
}

/// The titles that a thing has in its mentions, by which others are compared.
fn titles(activity: &Activity) -> Vec<String> {
    let all = activity.mentions.iter().filter_map(|m| m.title.as_deref()).chain(activity.title.as_deref());
    all.map(key).filter(|title| title.chars().count() >= SHORTEST_TITLE).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{activity, messages, paper};
    use super::*;

    fn section(text: &str) -> Value {
        json!([{"kind": "other", "heading": "Nämndens plan", "level": 1, "text": text, "at": [], "sections": []}])
    }

    #[test]
    fn the_text_has_another_number() {
        let trees = activity("14", &[("section", "Plantera fler träd vid skolorna.", "", None)]);
        let text = "Nämnden samordnar aktivitet 13: Plantera fler träd vid skolorna. Mer följer.";
        assert_eq!(
            messages(check, &paper(json!({"activities": [trees], "sections": section(text)}))),
            [
                "'Nämndens plan' calls 'Plantera fler träd vid skolorna' aktivitet 13, which is not reported; elsewhere it is number 14"
            ]
        );
    }

    #[test]
    fn list_and_report_have_two_numbers() {
        let listed = activity("13", &[("list", "Plantera fler träd vid skolorna", "", None)]);
        let reported = activity("14", &[("section", "Plantera fler träd vid skolorna", "", None)]);
        assert_eq!(
            messages(check, &paper(json!({"activities": [listed, reported]}))),
            ["'Plantera fler träd vid skolorna' is number 13 in the list and number 14 in the section"]
        );
    }

    #[test]
    fn the_same_number_and_a_repeated_title() {
        let trees = activity("14", &[("section", "Plantera fler träd vid skolorna.", "", None)]);
        let text = "Nämnden samordnar aktivitet 14: Plantera fler träd vid skolorna.";
        assert!(
            messages(check, &paper(json!({"activities": [trees], "sections": section(text)}))).is_empty()
        );
        let rows = [
            activity("1.2", &[("table", "Utbilda alla medarbetare i mätning", "", None)]),
            activity("2.4", &[("table", "Utbilda alla medarbetare i mätning", "", None)]),
        ];
        assert!(messages(check, &paper(json!({"activities": rows}))).is_empty());
    }
}
