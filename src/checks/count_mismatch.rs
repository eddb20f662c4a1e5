//! Counts that the prose states against what the paper follows up.
//!
//! A claim is about a set of things, and which one is not always plain: "22 uppdrag" leaves out two that came later and
//! have no number. Sure:
//! - the set is the one that has as many as the claim's total: all of a kind, those with a number, or those that share
//!   a label. Claims without a total are about nothing that can be named, and are left.
//! - where no set has the total, the numbers must tell why: 1a and 1b are two rows and one activity. The total is then
//!   what does not agree, and the rows are the set.
//! - each of the set has a status, or a year where the claim is of years. Of what the prose says in the same place at
//!   least half agrees with the records; where it counts the paper's own rows and has their number right, one claim
//!   that agrees is enough, and one that stands alone needs none.
//! - in an appendix's own prose the record counts, which is what its table shows. A claim of the main paper is made of
//!   the same things from further off: there any of a thing's mentions may bear it out.

use super::{Finding, Subject, in_words};
use crate::diagnostic::Severity;
use crate::records::activity::{Activity, ActivityKind, ExpectedCompletion};
use crate::records::claim::Claim;
use crate::records::paper::Paper;
use crate::records::status::{Status, StatusCode};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let paper = subject.paper;
    let mut found = Vec::new();
    let mut told: Vec<&Claim> = Vec::new();
    for group in by_place(&paper.claims) {
        let kind = group[0].subject;
        let follows_up = |paper: &&Paper| paper.activities.iter().any(|a| a.kind == kind);
        let (records, is_own) =
            match (follows_up(&paper), subject.appendices.iter().copied().find(follows_up)) {
                (true, _) => (paper, true),
                (false, Some(appendix)) => (appendix, false),
                (false, None) => continue,
            };
        // What an appendix says of itself is checked there.
        let group: Vec<&Claim> = group
            .into_iter()
            .filter(|claim| {
                (is_own || !records.claims.iter().any(|c| is_same(c, claim)))
                    && !told.iter().any(|c| is_same(c, claim))
            })
            .collect();
        told.extend(&group);
        found.extend(compare(&group, &records.activities, is_own));
    }
    found
}

/// The claims of one place about one kind of thing and with one total.
fn by_place(claims: &[Claim]) -> Vec<Vec<&Claim>> {
    let mut groups: Vec<Vec<&Claim>> = Vec::new();
    for claim in claims.iter().filter(|claim| claim.total.is_some()) {
        let together = |group: &&mut Vec<&Claim>| {
            group[0].at == claim.at && group[0].subject == claim.subject && group[0].total == claim.total
        };
        match groups.iter_mut().find(together) {
            Some(group) => group.push(claim),
            None => groups.push(vec![claim]),
        }
    }
    groups
}

fn is_same(one: &Claim, other: &Claim) -> bool {
    let what = |c: &Claim| (c.subject, c.status, c.year, c.open_ended, c.count, c.total);
    what(one) == what(other)
}

fn compare(claims: &[&Claim], activities: &[Activity], is_own: bool) -> Vec<Finding> {
    let Some((kind, total)) = claims.first().and_then(|c| Some((c.subject, c.total?))) else {
        return Vec::new();
    };
    let Some(set) = Set::of(activities, kind, total) else { return Vec::new() };
    let mut found = Vec::new();
    let verdicts: Vec<(&Claim, Option<Vec<&Activity>>)> =
        claims.iter().map(|claim| (*claim, borne_out_by(claim, claims, &set.things, is_own))).collect();
    let judged = verdicts.iter().filter(|(_, records)| records.is_some()).count();
    let agreeing = verdicts.iter().filter(|(_, records)| records.is_none()).count();
    // Of its own rows, as many as it says there are, a paper's prose cannot mean others.
    let is_about_them = is_own && set.split.is_none() && (agreeing > 0 || claims.len() == 1);
    let agrees_mostly = agreeing > 0 && agreeing >= judged;
    if !claims.iter().all(|claim| answerable(claim, &set.things)) || !(is_about_them || agrees_mostly) {
        return found;
    }
    if let (Some(split), true) = (&set.split, is_own) {
        let rows = in_words::counted(set.things.len(), kind);
        let message = format!("the text counts {total}, but {rows} reported: {}", in_words::listed(split));
        found.push(Finding::new(message, claims[0].at.clone()).with(Severity::Info));
    }
    for (claim, records) in verdicts {
        let Some(records) = records else { continue };
        let names: Vec<&str> = records.iter().filter_map(|a| a.number.as_deref()).collect();
        let which = if names.len() == records.len() && !names.is_empty() {
            format!(" ({})", in_words::listed(&names))
        } else {
            String::new()
        };
        let message = format!(
            "the text says '{}', but {} {}{which}",
            claim.raw.trim(),
            in_words::counted(records.len(), kind),
            what(claim),
        );
        found.push(Finding::new(message, claim.at.clone()));
    }
    found
}

/// What a claim says of those that it counts.
fn what(claim: &Claim) -> String {
    let status = claim.status.map(in_words::status);
    let when = match (claim.year, claim.open_ended) {
        (Some(year), _) => Some(format!("expected to be done in {year}")),
        (None, true) => Some("open-ended".to_owned()),
        (None, false) => None,
    };
    match (status, when) {
        (Some(status), Some(when)) => format!("{status} and {when}"),
        (Some(status), None) => status.to_owned(),
        (None, when) => when.unwrap_or_default(),
    }
}

/// The things that claims are about.
struct Set<'a> {
    things: Vec<&'a Activity>,
    /// "1a and 1b share the number 1" where that is why there are more than the total.
    split: Option<Vec<String>>,
}

impl<'a> Set<'a> {
    fn of(activities: &'a [Activity], kind: ActivityKind, total: u32) -> Option<Self> {
        let all: Vec<&Activity> = activities.iter().filter(|a| a.kind == kind).collect();
        let total = usize::try_from(total).ok()?;
        let numbered: Vec<&Activity> = all.iter().copied().filter(|a| a.number.is_some()).collect();
        if let Some(things) = [&all, &numbered].into_iter().find(|things| things.len() == total) {
            return Some(Self { things: things.clone(), split: None });
        }
        for one in &all {
            let alike: Vec<&Activity> = all.iter().copied().filter(|a| a.label == one.label).collect();
            if alike.len() == total {
                return Some(Self { things: alike, split: None });
            }
        }
        let whole =
            |a: &Activity| a.number.as_deref().map(|n| n.trim_end_matches(char::is_alphabetic).to_owned());
        let mut numbers: Vec<String> = numbered.iter().filter_map(|a| whole(a)).collect();
        let rows = numbers.len();
        numbers.dedup();
        let split = numbers.iter().filter_map(|number| {
            let parts: Vec<&str> = numbered
                .iter()
                .filter(|a| whole(a).as_ref() == Some(number))
                .filter_map(|a| a.number.as_deref())
                .collect();
            (parts.len() > 1).then(|| format!("{} share the number {number}", in_words::listed(&parts)))
        });
        let split: Vec<String> = split.collect();
        (numbers.len() == total && rows > total && rows == all.len())
            .then_some(Self { things: numbered, split: Some(split) })
    }
}

/// Whether the records have what it takes to answer a claim: a status each, or a year for most.
fn answerable(claim: &Claim, things: &[&Activity]) -> bool {
    let known = |s: &Status| s.code != StatusCode::Unknown;
    match claim.status {
        Some(_) => things.iter().all(|a| a.status.as_ref().is_some_and(known)),
        None => things.iter().all(|a| a.expected_completion.is_some()),
    }
}

/// `None` where the records bear the claim out, else those that fit it.
fn borne_out_by<'a>(
    claim: &Claim,
    beside: &[&Claim],
    things: &[&'a Activity],
    is_own: bool,
) -> Option<Vec<&'a Activity>> {
    let count = usize::try_from(claim.count).unwrap_or(usize::MAX);
    let shown = |a: &Activity| fits(claim, a.status.as_ref(), a.expected_completion.as_ref(), things);
    let records: Vec<&Activity> = things.iter().copied().filter(|a| shown(a)).collect();
    if records.len() == count {
        return None;
    }
    // "Två pågår" may leave out those that go on without an end, where the same sentence counts them.
    let narrower = |a: &Activity| {
        beside.iter().any(|other| {
            let narrows = other.status == claim.status && (other.year.is_some() || other.open_ended);
            narrows && fits(other, a.status.as_ref(), a.expected_completion.as_ref(), things)
        })
    };
    let is_wide = claim.year.is_none() && !claim.open_ended;
    if is_wide && records.iter().filter(|a| !narrower(a)).count() == count {
        return None;
    }
    if !is_own {
        let mentioned = |a: &Activity| {
            a.mentions.iter().any(|m| {
                let expected = m.expected_completion.as_ref().or(a.expected_completion.as_ref());
                fits(claim, m.status.as_ref().or(a.status.as_ref()), expected, things)
            })
        };
        let always = |a: &Activity| {
            a.mentions.iter().all(|m| {
                m.status.is_none() || fits(claim, m.status.as_ref(), a.expected_completion.as_ref(), things)
            })
        };
        let most = things.iter().filter(|a| mentioned(a)).count();
        let least = records.iter().filter(|a| always(a)).count();
        if (least..=most).contains(&count) {
            return None;
        }
    }
    Some(records)
}

fn fits(
    claim: &Claim,
    status: Option<&Status>,
    expected: Option<&ExpectedCompletion>,
    things: &[&Activity],
) -> bool {
    let used = |code: StatusCode| things.iter().any(|a| a.status.as_ref().is_some_and(|s| s.code == code));
    // Papers use these words for one another, unless they use both.
    let near = |one: StatusCode, other: StatusCode| {
        let pair = |a, b| (one == a && other == b || one == b && other == a) && !(used(a) && used(b));
        one == other
            || pair(StatusCode::Deviating, StatusCode::Delayed)
            || pair(StatusCode::Waiting, StatusCode::NotStarted)
    };
    let status_fits = claim.status.is_none_or(|code| status.is_some_and(|s| near(code, s.code)));
    let year_fits = claim.year.is_none_or(|year| expected.is_some_and(|e| e.year == Some(year)));
    let end_fits = !claim.open_ended || expected.is_some_and(|e| e.open_ended);
    status_fits && year_fits && end_fits
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{activity, matter, messages, paper};
    use super::*;

    fn claim(status: Value, year: Value, open_ended: bool, count: u32, total: u32, raw: &str) -> Value {
        json!({"subject": "activity", "status": status, "year": year, "open_ended": open_ended, "count": count,
            "total": total, "raw": raw, "at": []})
    }

    fn plan() -> Vec<Value> {
        vec![
            activity("1a", &[("table", "Bygg bron", "Pågående", Some(2031))]),
            activity(
                "1b",
                &[("table", "Måla bron", "Pågående", Some(2031)), ("section", "", "Försenad", None)],
            ),
            activity("2", &[("table", "Plantera träd", "Färdig", None)]),
            activity("3", &[("table", "Riv muren", "Färdig", None)]),
            activity("4", &[("table", "Vattna", "Pågående", Some(0))]),
        ]
    }

    #[test]
    fn the_table_shows_another_count() {
        let claims = json!([
            claim(json!("completed"), Value::Null, false, 2, 4, "Av de fyra är två färdiga"),
            claim(json!("ongoing"), json!(2031), false, 1, 4, "en pågår och blir klar 2031"),
            claim(json!("ongoing"), Value::Null, true, 1, 4, "en är ständigt pågående"),
        ]);
        assert_eq!(
            messages(check, &paper(json!({"activities": plan(), "claims": claims}))),
            [
                "the text counts 4, but 5 activities are reported: 1a and 1b share the number 1",
                "the text says 'en pågår och blir klar 2031', but 2 activities are ongoing and expected to be done in 2031 (1a and 1b)",
            ]
        );
    }

    #[test]
    fn a_right_count_and_one_of_other_things() {
        let right = json!([
            claim(json!("completed"), Value::Null, false, 2, 5, "två är färdiga"),
            claim(json!("ongoing"), Value::Null, false, 3, 5, "tre pågår"),
        ]);
        assert!(messages(check, &paper(json!({"activities": plan(), "claims": right}))).is_empty());
        let of_others =
            json!([claim(json!("completed"), Value::Null, false, 7, 30, "av kommunens 30 är sju färdiga")]);
        assert!(messages(check, &paper(json!({"activities": plan(), "claims": of_others}))).is_empty());
    }

    #[test]
    fn a_lone_claim_with_the_right_total() {
        let claims = json!([claim(json!("completed"), Value::Null, false, 3, 5, "Av de fem är tre färdiga")]);
        assert_eq!(
            messages(check, &paper(json!({"activities": plan(), "claims": claims}))),
            ["the text says 'Av de fem är tre färdiga', but 2 activities are completed (2 and 3)"]
        );
    }

    #[test]
    fn a_narrower_claim_beside_takes_its_own() {
        let claims = json!([
            claim(json!("ongoing"), Value::Null, false, 2, 5, "två pågår"),
            claim(json!("ongoing"), Value::Null, true, 1, 5, "en är ständigt pågående"),
        ]);
        assert!(messages(check, &paper(json!({"activities": plan(), "claims": claims}))).is_empty());
    }

    #[test]
    fn a_main_paper_may_count_by_any_mention() {
        let claims = json!([
            claim(json!("completed"), Value::Null, false, 2, 5, "två är färdiga"),
            claim(json!("ongoing"), Value::Null, false, 2, 5, "två pågår"),
            claim(json!("delayed"), Value::Null, false, 1, 5, "en är försenad"),
        ]);
        let appendix = paper(json!({"kind": "bilaga", "activities": plan()}));
        assert!(matter(check, &paper(json!({"claims": claims})), std::slice::from_ref(&appendix)).is_empty());
        let wrong = json!([
            claim(json!("completed"), Value::Null, false, 4, 5, "fyra är färdiga"),
            claim(json!("ongoing"), Value::Null, true, 1, 5, "en är ständigt pågående"),
        ]);
        assert_eq!(matter(check, &paper(json!({"claims": wrong})), &[appendix]).len(), 1);
    }
}
