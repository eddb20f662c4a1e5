//! Paragraphs that stand twice.
//!
//! Sure: a paragraph of at least ninety letters and digits of one report stands word for word in another of the same
//! paper, or again in its own; or a section has the same paragraph twice in a row. Summaries repeat what the sections
//! say, and timetables, rules and notes what goes for each of their parts, so sections are compared no further. Things
//! that share are told together.

use memchr::memmem::Finder;

use super::texts::sections;
use super::wording::{beginning, key};
use super::{Finding, Subject, in_words, places};
use crate::place::At;
use crate::records::activity::Activity;

/// Shortest paragraph that nobody writes twice by chance, in letters and digits.
const SHORTEST: usize = 90;
/// Shortest paragraph that tells when it stands twice in one report.
const SHORTEST_IN_REPORT: usize = 60;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let reports: Vec<Report<'_>> = subject.paper.activities.iter().filter_map(Report::of).collect();
    let mut found: Vec<Finding> = Vec::new();
    for report in &reports {
        let twice = twice_in(report.text, SHORTEST_IN_REPORT, false);
        found.extend(twice.map(|text| {
            Finding::new(
                format!(
                    "{}: the paragraph '{}' stands twice",
                    in_words::name(report.activity),
                    beginning(text)
                ),
                report.at(),
            )
        }));
    }
    for section in sections(subject.paper) {
        found.extend(twice_in(&section.text, SHORTEST, true).map(|text| {
            let name = section.heading.as_deref().map(|heading| format!("'{}'", beginning(heading)));
            let name = name.unwrap_or_else(|| "the text".to_owned());
            Finding::new(
                format!("{name}: the paragraph '{}' stands twice", beginning(text)),
                section.at.clone(),
            )
        }));
    }
    found.extend(shared(&reports));
    found
}

/// What a paper tells of one thing.
struct Report<'a> {
    activity: &'a Activity,
    text: &'a str,
    whole: String,
    paragraphs: Vec<(&'a str, String)>,
}

impl<'a> Report<'a> {
    fn of(activity: &'a Activity) -> Option<Self> {
        let text = activity.narrative.as_deref()?;
        Some(Self { activity, text, whole: key(text), paragraphs: paragraphs(text, SHORTEST) })
    }

    fn at(&self) -> At {
        self.activity
            .mentions
            .iter()
            .find(|m| m.status.is_some())
            .or(self.activity.mentions.first())
            .map(|m| m.at.clone())
            .unwrap_or_default()
    }
}

fn paragraphs(text: &str, shortest: usize) -> Vec<(&str, String)> {
    let all = text.split("\n\n").map(|paragraph| (paragraph, key(paragraph)));
    all.filter(|(_, key)| key.chars().count() >= shortest).collect()
}

/// A paragraph that another of the same text repeats or begins with; the next one, where they must stand in a row.
fn twice_in(text: &str, shortest: usize, in_a_row: bool) -> Option<&str> {
    let all: Vec<(&str, String)> = paragraphs(text, 0);
    let repeats = |index: usize, own: &str| {
        let others =
            all.iter().enumerate().filter(|(other, _)| *other != index && (!in_a_row || *other == index + 1));
        others.into_iter().any(|(_, (_, key))| key.starts_with(own))
    };
    let long = all.iter().enumerate().filter(|(_, (_, own))| own.chars().count() >= shortest);
    long.into_iter().find(|(index, (_, own))| repeats(*index, own)).map(|(_, (text, _))| *text)
}

/// Groups of reports that have a paragraph in common.
fn shared(reports: &[Report<'_>]) -> Vec<Finding> {
    let mut groups: Vec<(Vec<usize>, &str)> = Vec::new();
    for (index, report) in reports.iter().enumerate() {
        for (text, own) in &report.paragraphs {
            let finder = Finder::new(own.as_bytes());
            let holds = |report: &Report<'_>| finder.find(report.whole.as_bytes()).is_some();
            let others = (0..reports.len()).filter(|other| *other != index && holds(&reports[*other]));
            let mut all: Vec<usize> = others.chain([index]).collect();
            if all.len() < 2 {
                continue;
            }
            let mut first = *text;
            while let Some(at) =
                groups.iter().position(|(group, _)| group.iter().any(|member| all.contains(member)))
            {
                let (group, text) = groups.remove(at);
                all.extend(group);
                first = text;
            }
            all.sort_unstable();
            all.dedup();
            groups.push((all, first));
        }
    }
    groups.sort();
    let tell = |(group, text): (Vec<usize>, &str)| {
        let names: Vec<String> = group.iter().map(|index| in_words::name(reports[*index].activity)).collect();
        let first = &reports[group[0]];
        let is_whole = group.iter().all(|index| reports[*index].whole == first.whole);
        let what = if is_whole { "have the same report" } else { "share a paragraph" };
        let own: Vec<At> = group.iter().map(|index| reports[*index].at()).collect();
        let at = places(&own);
        Finding::new(format!("{} {what}: '{}'", in_words::listed(&names), beginning(text)), at)
    };
    groups.into_iter().map(tell).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{activity, messages, paper};
    use super::*;

    const LONG: &str = "Under våren har förvaltningen planterat trettio träd längs ån och vid skolorna, och i höst följer ytterligare tjugo i parkerna vid torget.";

    fn told(number: &str, narrative: &str) -> Value {
        let mut one = activity(number, &[("section", "Plantera", "Pågående", None)]);
        one["narrative"] = json!(narrative);
        one
    }

    #[test]
    fn two_reports_alike_and_three_that_share() {
        let activities = json!([
            told("1", LONG),
            told("2", &format!("Inledning.\n\n{LONG} Och mer.")),
            told(
                "3",
                "Något annat som inte liknar det första alls men ändå är långt nog för att räknas som ett eget stycke här."
            ),
        ]);
        let found = messages(check, &paper(json!({"activities": activities})));
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with("Aktivitet 1 and Aktivitet 2 share a paragraph: 'Under våren"),
            "{found:?}"
        );
        let same = json!([told("1", LONG), told("2", LONG)]);
        assert!(messages(check, &paper(json!({"activities": same})))[0].contains("have the same report"));
    }

    #[test]
    fn twice_in_one_report() {
        let text = format!("Början.\n\n{LONG}\n\n{LONG} Leveransen är försenad.");
        let found = messages(check, &paper(json!({"activities": [told("1a", &text)]})));
        assert!(found[0].starts_with("Aktivitet 1a: the paragraph 'Under våren"), "{found:?}");
    }

    #[test]
    fn sections_repeat_in_a_row_only() {
        let section = |text: String| json!({"sections": [{"kind": "other", "heading": "Regler", "level": 1, "text": text, "at": [], "sections": []}]});
        assert_eq!(messages(check, &paper(section(format!("{LONG}\n\n{LONG}")))).len(), 1);
        assert!(
            messages(check, &paper(section(format!("{LONG}\n\nAvgiften är 5 kronor.\n\n{LONG}")))).is_empty()
        );
    }

    #[test]
    fn short_and_different_paragraphs() {
        let activities =
            json!([told("1", "Arbetet pågår enligt plan."), told("2", "Arbetet pågår enligt plan.")]);
        assert!(messages(check, &paper(json!({"activities": activities}))).is_empty());
    }
}
