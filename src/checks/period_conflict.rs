//! Different periods or dates for one thing.
//!
//! Sure:
//! - a sentence that refers to an appendix by its number names a period of the same sort as the appendix's title does
//!   ("per mars 2021", "per mars 2022"), and the sentence has most of the title's other words;
//! - the list of supporting documents and the appendix name periods of one sort;
//! - the list has exactly one "Tjänsteskrivelse daterad …" and the paper, which calls itself so, another date.

use super::texts::{sections, sentences};
use super::wording::{is_form_of, words};
use super::{Finding, Subject};
use crate::records::attachment;
use crate::records::date;
use crate::records::paper::{Paper, PaperKind};
use crate::records::period::Period;

/// Share of a title's words that a sentence about the same thing has.
const ABOUT_THE_SAME: f64 = 0.5;
/// What may stand between a document's name and its date; any other word makes it another's document.
const LEADS_TO_DATE: &[&str] = &["daterad", "daterat", "den"];

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = own_date(subject);
    found.extend(in_sentences(subject));
    found.extend(in_list(subject));
    found
}

/// Sentences that refer to an appendix.
fn in_sentences(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for section in sections(subject.paper) {
        for sentence in sentences(&section.text) {
            let Some(number) = appendix_named(sentence) else { continue };
            let Some((_, told)) = Period::find(sentence) else { continue };
            let Some(title) = title_of(subject, number) else { continue };
            let Some((range, own)) = Period::find(&title) else { continue };
            let bare = format!("{} {}", &title[..range.start], &title[range.end..]);
            let several =
                Period::find(&sentence.replacen(&told.raw, "", 1)).is_some_and(|(_, p)| p.end.is_some());
            if !several && conflict(&told, &own) && is_about(sentence, &bare) {
                found.push(Finding::new(
                    format!(
                        "'{}' says '{}' of bilaga {number}, which is titled '{title}'",
                        section_name(section.heading.as_deref()),
                        told.raw
                    ),
                    section.at.clone(),
                ));
            }
        }
    }
    found
}

fn section_name(heading: Option<&str>) -> &str {
    heading.unwrap_or("the text")
}

/// The number of the one appendix that a sentence refers to.
fn appendix_named(sentence: &str) -> Option<u32> {
    let lower = sentence.to_lowercase();
    let mut numbers = lower
        .match_indices("bilaga")
        .filter_map(|(at, _)| attachment::split(&lower[at..]).map(|(number, _)| number));
    let first = numbers.next()?;
    numbers.all(|number| number == first).then_some(first)
}

/// The title of an appendix: its own, or the one in the list of supporting documents.
fn title_of(subject: &Subject<'_>, number: u32) -> Option<String> {
    let own =
        subject.appendices.iter().find(|p| p.attachment_number == Some(number)).and_then(|p| p.title.clone());
    let listed = || {
        let document =
            subject.paper.supporting_documents.iter().find(|d| d.attachment_number == Some(number))?;
        attachment::split(&document.title).map(|(_, rest)| rest.to_owned())
    };
    own.or_else(listed)
}

/// Whether two periods are of one sort and differ: two months, two years, two days up to which something is told.
fn conflict(one: &Period, other: &Period) -> bool {
    let month_day = |date: &Option<String>| date.as_ref().and_then(|d| d.get(4..).map(str::to_owned));
    let sort = |p: &Period| (p.start.is_some(), month_day(&p.start), month_day(&p.end));
    let is_day = |p: &Period| p.raw.chars().filter(|c| *c == '-').count() == 2;
    // The same part of another year: a sentence that names another month may tell of something else.
    one.end.is_some() && sort(one) == sort(other) && is_day(one) == is_day(other) && one.end != other.end
}

/// Whether a sentence has most of a title's words, in whatever form.
fn is_about(sentence: &str, title: &str) -> bool {
    let said = words(sentence);
    let own: Vec<String> = words(title).into_iter().filter(|word| word.chars().count() > 3).collect();
    let shared = own.iter().filter(|word| said.iter().any(|other| is_near_form(word, other))).count();
    #[allow(clippy::cast_precision_loss)] // titles are short
    let share = shared as f64 / own.len().max(1) as f64;
    share >= ABOUT_THE_SAME && !own.is_empty()
}

/// "uppföljning" and "uppföljningen".
fn is_near_form(one: &str, other: &str) -> bool {
    is_form_of(one, other)
        || one.chars().count() > 5
            && other.starts_with(one)
            && other.chars().count() <= one.chars().count() + 3
}

/// The appendix's own title against the list of supporting documents.
fn in_list(subject: &Subject<'_>) -> Option<Finding> {
    let number = subject.paper.attachment_number?;
    let title = subject.paper.title.as_deref()?;
    let listed = subject.main?.supporting_documents.iter().find(|d| d.attachment_number == Some(number))?;
    let (_, own) = Period::find(title)?;
    let (_, told) = Period::find(attachment::split(&listed.title)?.1)?;
    conflict(&told, &own).then(|| {
        let message =
            format!("the list of supporting documents has '{}', the paper itself '{}'", listed.title, title);
        Finding::new(message, listed.at.clone())
    })
}

/// "Tjänsteskrivelse daterad 2022-04-20" in the list of a tjänsteskrivelse of another day.
fn own_date(subject: &Subject<'_>) -> Vec<Finding> {
    let paper = subject.paper;
    let (Some(date), Some(kind)) = (&paper.date, own_word(paper)) else { return Vec::new() };
    let named_so = paper.supporting_documents.iter().filter(|document| {
        let Some((range, _)) = date::find_dates(&document.title).into_iter().next() else { return false };
        let bare = format!("{} {}", &document.title[..range.start], &document.title[range.end..]);
        let words = words(&bare);
        words.first() == Some(&kind) && words[1..].iter().all(|word| LEADS_TO_DATE.contains(&word.as_str()))
    });
    let named_so: Vec<_> = named_so.collect();
    match named_so.as_slice() {
        [one] if one.date.as_ref().is_some_and(|d| d != date) => vec![Finding::new(
            format!("the list of supporting documents has '{}', but the paper is dated {date}", one.title),
            one.at.clone(),
        )],
        _ => Vec::new(),
    }
}

/// The word that a paper calls itself by: "tjänsteskrivelse" of "Tjänsteskrivelse till nämnden".
fn own_word(paper: &Paper) -> Option<String> {
    let word = words(paper.document_type.as_deref()?).into_iter().next()?;
    (paper.kind == PaperKind::Tjansteskrivelse).then_some(word)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{matter, messages, paper};
    use super::*;

    fn main(text: &str, documents: Value) -> Paper {
        paper(json!({
            "kind": "tjansteskrivelse", "document_type": "Tjänsteskrivelse till parknämnden", "date": "2031-04-20",
            "sections": [{"kind": "matter", "heading": "Ärendet", "level": 1, "text": text, "at": [], "sections": []}],
            "supporting_documents": documents,
        }))
    }

    fn document(title: &str, date: Value) -> Value {
        json!({"title": title, "attachment_number": attachment::number(title), "date": date, "at": []})
    }

    #[test]
    fn the_text_has_another_year_than_the_appendix() {
        let documents = json!([document("Bilaga 1 Uppföljning av trädplan per mars 2031", Value::Null)]);
        let text = "Nämnden har en plan. Uppföljningen av trädplanen per mars 2030 framgår i bilaga 1.";
        assert_eq!(
            messages(check, &main(text, documents)),
            [
                "'Ärendet' says 'per mars 2030' of bilaga 1, which is titled 'Uppföljning av trädplan per mars 2031'"
            ]
        );
    }

    #[test]
    fn another_period_that_is_no_conflict() {
        let documents = || json!([document("Bilaga 1 Uppföljning av trädplan per mars 2031", Value::Null)]);
        for text in [
            "Uppföljningen av trädplanen per mars 2031 framgår i bilaga 1.",
            "Trädplanen antogs i mars 2029. Den framgår av bilaga 1.",
            "Av bilaga 1 framgår att kostnaden sjönk sedan mars 2030.",
            "Uppföljningen av trädplanen visar i bilaga 1 hur det gick från mars 2030 till mars 2031.",
        ] {
            assert!(messages(check, &main(text, documents())).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_list_has_another_date_or_year() {
        let documents = json!([
            document("Tjänsteskrivelse daterad 2031-04-19", json!("2031-04-19")),
            document("Bilaga 1. Bokslut mars 2030", Value::Null),
        ]);
        let appendix = paper(json!({"kind": "bilaga", "attachment_number": 1, "title": "Bokslut mars 2031"}));
        assert_eq!(
            matter(check, &main("", documents), &[appendix]),
            [
                "the list of supporting documents has 'Tjänsteskrivelse daterad 2031-04-19', but the paper is dated 2031-04-20",
                "the list of supporting documents has 'Bilaga 1. Bokslut mars 2030', the paper itself 'Bokslut mars 2031'",
            ]
        );
        let right = json!([
            document("Tjänsteskrivelse daterad den 20 april 2031", json!("2031-04-20")),
            document("Trafikkontorets tjänsteskrivelse 2030-01-01", json!("2030-01-01")),
        ]);
        assert!(matter(check, &main("", right), &[]).is_empty());
    }
}
