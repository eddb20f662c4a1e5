//! One thing under two titles.
//!
//! Sure for things followed up: list and section give titles of one length that differ in letters and share enough words
//! to be meant as one. A longer title may be told in full where the shorter is abridged, as tables do, which are left
//! out. Running text must name the thing by its number and go on with a title that is nearly its own.
//!
//! Nothing is sure where letters were read from pictures.
//!
//! Sure for appendices: the list of supporting documents and the appendix itself print different titles for one number.

use super::wording::{beginning, key, shared_words, words};
use super::{Finding, Subject, in_words, named, places};
use crate::diagnostic::Severity;
use crate::place::At;
use crate::records::activity::{Activity, Mention, Origin};
use crate::records::attachment;

/// Share of words by which two texts are meant as one title.
const MEANT_AS_ONE: f64 = 0.4;
/// Fewest words of a title that running text may be compared with: what begins like a short one may be a sentence.
const FEWEST_WORDS: usize = 5;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.noticed.is_recognised {
        return Vec::new();
    }
    let mut found: Vec<Finding> = subject.paper.activities.iter().filter_map(mentions).collect();
    for named in named::in_text(subject.paper, subject.vocabulary) {
        let is_it = |a: &&Activity| a.kind == named.kind && a.number.as_ref() == Some(&named.number);
        let Some(activity) = subject.paper.activities.iter().find(is_it) else { continue };
        let titles: Vec<&str> = activity.mentions.iter().filter_map(|m| m.title.as_deref()).collect();
        let rest = key(&named.rest);
        let agrees = titles.iter().any(|title| rest.starts_with(&key(main_part(title))));
        let Some(title) = titles.first().copied().filter(|_| !agrees) else { continue };
        let told = first_words(&named.rest, words(main_part(title)).len());
        let is_long = words(main_part(title)).len() >= FEWEST_WORDS;
        if is_long && shared_words(&told, main_part(title)) >= MEANT_AS_ONE {
            let place = named.heading.as_deref().map_or("the text", |heading| heading);
            found.push(Finding::new(
                format!(
                    "{}: '{told}' in '{place}', '{}' in {}",
                    in_words::name(activity),
                    beginning(title),
                    origins(activity)
                ),
                named.at,
            ));
        }
    }
    found.extend(appendix(subject));
    found
}

/// Titles that differ between a thing's mentions.
fn mentions(activity: &Activity) -> Option<Finding> {
    let titled = |m: &&Mention| m.title.is_some() && m.origin != Origin::Table;
    let mut told: Vec<&Mention> = Vec::new();
    for mention in activity.mentions.iter().filter(titled) {
        if !told.iter().any(|other| agree(title_of(other), title_of(mention))) {
            told.push(mention);
        }
    }
    let [one, other, ..] = told.as_slice() else { return None };
    let lengths = [words(title_of(one)).len(), words(title_of(other)).len()];
    let is_abridged = lengths[0].abs_diff(lengths[1]) > 1;
    if is_abridged || shared_words(title_of(one), title_of(other)) < MEANT_AS_ONE {
        return None;
    }
    let at = places(told.iter().map(|mention| &mention.at));
    Some(Finding::new(
        format!(
            "{}: {} writes {} and {} {}",
            in_words::name(activity),
            in_words::origin(one.origin),
            differing(title_of(one), title_of(other)),
            in_words::origin(other.origin),
            differing(title_of(other), title_of(one)),
        ),
        at,
    ))
}

fn title_of(mention: &Mention) -> &str {
    mention.title.as_deref().unwrap_or_default()
}

fn agree(one: &str, other: &str) -> bool {
    let (one, other) = (key(one), key(other));
    one.starts_with(&other) || other.starts_with(&one)
}

/// The words of a title that another lacks, quoted; all of it where that is most of them.
fn differing(title: &str, other: &str) -> String {
    let known = words(other);
    let own: Vec<&str> =
        title.split_whitespace().filter(|word| words(word).iter().any(|w| !known.contains(w))).collect();
    if own.is_empty() || own.len() > 4 {
        return format!("'{}'", beginning(title));
    }
    own.iter()
        .map(|word| format!("'{}'", word.trim_matches(|c: char| !c.is_alphanumeric())))
        .collect::<Vec<_>>()
        .join(" … ")
}

/// A title without what stands in brackets behind it.
fn main_part(title: &str) -> &str {
    title.split(" (").next().unwrap_or(title).trim()
}

fn first_words(text: &str, count: usize) -> String {
    text.split_whitespace()
        .take(count)
        .collect::<Vec<_>>()
        .join(" ")
        .trim_end_matches(['.', ',', ':'])
        .to_owned()
}

fn origins(activity: &Activity) -> String {
    let mut all: Vec<&str> = Vec::new();
    for mention in activity.mentions.iter().filter(|m| m.title.is_some()) {
        let name = in_words::origin(mention.origin);
        if !all.contains(&name) {
            all.push(name);
        }
    }
    in_words::listed(&all)
}

/// An appendix's own title against the one in the list of supporting documents.
fn appendix(subject: &Subject<'_>) -> Option<Finding> {
    let number = subject.paper.attachment_number?;
    let title = subject.paper.title.as_deref()?;
    let listed = subject.main?.supporting_documents.iter().find(|d| d.attachment_number == Some(number))?;
    let bare = attachment::split(&listed.title).map_or(listed.title.as_str(), |(_, rest)| rest);
    (!bare.is_empty() && key(bare) != key(title)).then(|| {
        let message =
            format!("the list of supporting documents has '{}', the paper itself '{title}'", listed.title);
        Finding::new(message, At::default()).with(Severity::Info)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{activity, matter, messages, noticing, paper};
    use super::*;
    use crate::records::noticed::Noticed;

    #[test]
    fn list_and_section_differ() {
        let shop = activity(
            "12",
            &[
                ("list", "Förenkla affärens vardag genom snabb service.", "", None),
                ("section", "Förenkla affärernas vardag genom snabb service.", "", None),
            ],
        );
        assert_eq!(
            messages(check, &paper(json!({"activities": [shop]}))),
            ["Aktivitet 12: the list writes 'affärens' and the section 'affärernas'"]
        );
    }

    #[test]
    fn letters_read_from_pictures_prove_nothing() {
        let shop = activity(
            "12",
            &[
                ("list", "Öka takten i arbetet med vägar", "", None),
                ("section", "Öka takten i arbetet med vagar", "", None),
            ],
        );
        let noticed = Noticed { is_recognised: true, ..Noticed::default() };
        let paper = paper(json!({"activities": [shop]}));
        assert_eq!(messages(check, &paper).len(), 1);
        assert!(noticing(check, &paper, &noticed).is_empty());
    }

    #[test]
    fn the_text_names_it_otherwise() {
        let work = activity(
            "1.1",
            &[("section", "Kommunen ska ha ett gott och hållbart arbetsliv (Gemensamt mål)", "", None)],
        );
        let text = "Det finns en gemensam aktivitet 1.1. Koncernen ska ha ett friskt och hållbart arbetssätt samt annat.";
        let sections =
            json!([{"kind": "other", "heading": "Mål", "level": 1, "text": text, "at": [], "sections": []}]);
        assert_eq!(
            messages(check, &paper(json!({"activities": [work], "sections": sections}))),
            [
                "Aktivitet 1.1: 'Koncernen ska ha ett friskt och hållbart arbetssätt' in 'Mål', 'Kommunen ska ha ett gott och hållbart arbetsliv (Gemensamt mål)' in the section"
            ]
        );
    }

    #[test]
    fn setting_abridging_and_brackets_are_no_conflict() {
        let set = activity(
            "1",
            &[
                ("list", "Öka takten i arbets- livet.", "", None),
                ("section", "Öka takten i arbetslivet", "", None),
            ],
        );
        let short = activity(
            "2",
            &[("table", "Fler bänkar", "", None), ("section", "Sätt upp bänkar i alla parker.", "", None)],
        );
        let longer = activity(
            "3",
            &[("list", "Måla bron.", "", None), ("section", "Måla bron. Arbetet sker i maj.", "", None)],
        );
        assert!(messages(check, &paper(json!({"activities": [set, short, longer]}))).is_empty());
    }

    #[test]
    fn the_list_of_documents_has_another_title() {
        let main = paper(json!({"supporting_documents": [
            {"title": "Bilaga 1. Karta över parken", "attachment_number": 1, "date": null, "at": []},
            {"title": "Bilaga 2. Kalkyl", "attachment_number": 2, "date": null, "at": []},
        ]}));
        let map = paper(json!({"kind": "bilaga", "attachment_number": 1, "title": "Karta över parken"}));
        let costs = paper(json!({"kind": "bilaga", "attachment_number": 2, "title": "Kostnader"}));
        assert_eq!(
            matter(check, &main, &[map, costs]),
            ["the list of supporting documents has 'Bilaga 2. Kalkyl', the paper itself 'Kostnader'"]
        );
    }
}
