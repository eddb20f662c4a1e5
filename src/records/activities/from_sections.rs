//! Reports on single things: "Uppdrag 12. …", its status, what is told of it, and the measures under it.

use super::super::activity::{ActivityKind, Origin, Reference};
use super::narrative::{self, Told};
use super::{Sighting, headings_above, is_group_heading};
use crate::diagnostic::{Code, Report};
use crate::layout::{Block, BlockKind};
use crate::place::At;
use crate::sections::{EntryHead, Part};
use crate::vocabulary::Vocabulary;

/// Largest difference in points between two headings of one rank.
const SAME_SIZE: f32 = 0.3;

/// Read the parts that report on one thing each.
pub(super) fn read(parts: &[Part], vocabulary: &Vocabulary, report: &mut Report) -> Vec<Sighting> {
    let groups: Vec<&Block> = parts
        .iter()
        .filter_map(|p| p.heading.as_ref())
        .filter(|h| is_group_heading(&h.text, vocabulary))
        .collect();
    let mut found: Vec<Sighting> = Vec::new();
    let mut statusless: Vec<Sighting> = Vec::new();
    let mut whole: Option<Reference> = None;
    let mut index = 0;
    while index < parts.len() {
        let Some(first) = entry_of(&parts[index]) else {
            whole = None;
            index += 1;
            continue;
        };
        let count = 1 + shared(parts, index);
        let heads: Vec<(&Part, Head)> =
            parts[index..index + count].iter().filter_map(|p| entry_of(p).map(|head| (p, head))).collect();
        let told = narrative::read(&parts[index + count - 1].blocks, vocabulary);
        if count > 1 {
            report_shared(&heads, &told, report);
        }
        report_uncertain(&heads, &told, report);
        let group = group_of(parts, index, &groups);
        if !is_part_of_another(first.kind) {
            whole = first.number.clone().map(|number| Reference { kind: first.kind, number });
        }
        for (at, (part, head)) in heads.iter().enumerate() {
            let title = if count == 1 {
                title_with_rest(&head.title, &told.preamble)
            } else {
                Some(head.title.clone())
            };
            let sighting = Sighting {
                label: Some(head.label.clone()),
                number: head.number.clone(),
                title: title.filter(|t| !t.is_empty()),
                parent: whole.clone().filter(|_| is_part_of_another(head.kind)),
                group: group.clone(),
                status: told.status.clone(),
                expected: told.expected.clone(),
                narrative: share_of(&told, &heads, at),
                ..Sighting::new(Origin::Section, head.kind, place(part, &told), (index + at, 0, 0))
            };
            if sighting.status.is_none() {
                statusless.push(sighting.clone());
            }
            found.push(sighting);
        }
        index += count;
    }
    report_missing(&statusless, found.len(), report);
    found
}

/// What the heading of one thing says.
struct Head {
    kind: ActivityKind,
    label: String,
    number: Option<String>,
    title: String,
}

fn entry_of(part: &Part) -> Option<Head> {
    let EntryHead { word, label, number, title } = part.entry.clone()?;
    Some(Head { kind: word.kind()?, label, number, title })
}

/// Measures and activities are parts of the assignment or goal that is reported on before them.
fn is_part_of_another(kind: ActivityKind) -> bool {
    matches!(kind, ActivityKind::Measure | ActivityKind::Activity)
}

/// How many of the following headings share a section with this one: they stand directly under it, and their numbers
/// are one number with different letters. Another heading without text under it is just that.
fn shared(parts: &[Part], index: usize) -> usize {
    let stem = |part: &Part| {
        let head = entry_of(part)?;
        let number = head.number?;
        let stem = number.trim_end_matches(|c: char| c.is_alphabetic());
        (stem.len() < number.len()).then(|| (head.kind, stem.to_owned()))
    };
    let Some(own) = stem(&parts[index]) else { return 0 };
    let pairs = parts[index..].windows(2);
    pairs.take_while(|pair| pair[0].blocks.is_empty() && stem(&pair[1]).as_ref() == Some(&own)).count()
}

/// The nearest heading above that gathers several things: one with a word for that, or one of the same rank.
fn group_of(parts: &[Part], index: usize, groups: &[&Block]) -> Option<String> {
    let like_a_group = |h: &&Block| {
        groups.iter().any(|g| {
            (g.size() - h.size()).abs() < SAME_SIZE
                && g.is_bold() == h.is_bold()
                && g.heading() == h.heading()
        })
    };
    headings_above(parts, index).into_iter().find(like_a_group).map(|h| h.text.clone())
}

/// A title and what follows it before its status: the rest of a long one, the items after a colon.
fn title_with_rest(title: &str, preamble: &[Block]) -> Option<String> {
    let mut title = title.to_owned();
    for block in preamble {
        let goes_on = !title.ends_with(['.', '!', '?']) && block.text.starts_with(char::is_lowercase);
        let item = matches!(block.kind, BlockKind::ListItem(_)) && !title.ends_with(['.', '!', '?']);
        if !goes_on && !item {
            break;
        }
        title.push(' ');
        title.push_str(&block.text);
    }
    (!title.is_empty()).then_some(title)
}

/// What a shared section tells of one of its things: the paragraphs from its mark ("1b.") to the next one's. Where the
/// text has no marks, all of it is told of each.
fn share_of(told: &Told, heads: &[(&Part, Head)], at: usize) -> Option<String> {
    if heads.len() == 1 {
        return told.narrative();
    }
    let mut mine = Told::default();
    let mut current: Option<usize> = None;
    for block in &told.rest {
        let text = block.text_with_mark();
        let marked = heads.iter().enumerate().find_map(|(i, (_, head))| {
            let rest = after_mark(&text, head.number.as_deref()?)?;
            Some((i, rest.to_owned()))
        });
        let mut block = block.clone();
        if let Some((i, rest)) = marked {
            current = Some(i);
            block = Block { kind: BlockKind::Paragraph, text: rest, ..block };
        }
        if current.is_none_or(|i| i == at) {
            mine.rest.push(block);
        }
    }
    mine.narrative()
}

/// The text behind a mark: "1b. Två utbildningar startas".
fn after_mark<'a>(text: &'a str, number: &str) -> Option<&'a str> {
    let start = text.get(..number.len()).filter(|s| s.eq_ignore_ascii_case(number))?;
    let rest = text[start.len()..].trim_start_matches(['.', ')', ':']);
    rest.starts_with(' ').then(|| rest.trim_start())
}

/// Heading and status lines and text.
fn place(part: &Part, told: &Told) -> At {
    let mut at = At::default();
    for block in part.heading.iter().chain(&part.blocks).chain(&told.rest) {
        at.extend(&block.at);
    }
    at
}

fn names(heads: &[(&Part, Head)]) -> String {
    let numbers: Vec<&str> = heads.iter().filter_map(|(_, h)| h.number.as_deref()).collect();
    let label = heads.first().map_or("", |(_, h)| h.label.as_str());
    format!("{label} {}", numbers.join(" and ")).trim().to_owned()
}

fn heading_at(heads: &[(&Part, Head)]) -> At {
    let mut at = At::default();
    for block in heads.iter().filter_map(|(part, _)| part.heading.as_ref()) {
        at.extend(&block.at);
    }
    at
}

fn report_shared(heads: &[(&Part, Head)], told: &Told, report: &mut Report) {
    let what = match (&told.status, &told.expected) {
        (Some(_), Some(_)) => " with one status and one expected completion",
        (Some(_), None) => " with one status",
        (None, Some(_)) => " with one expected completion",
        (None, None) => "",
    };
    let message = format!("{} share one section{what}", names(heads));
    report.add(Code::SharedSection, None, heading_at(heads), message);
}

fn report_uncertain(heads: &[(&Part, Head)], told: &Told, report: &mut Report) {
    if let Some(expected) = told.expected.as_ref().filter(|e| e.raw.contains('?')) {
        let message = format!("{}: the expected completion reads '{}'", names(heads), expected.raw);
        report.add(Code::UncertainValue, None, heading_at(heads), message);
    }
}

/// Where most reports give a status, those that do not are worth a look.
fn report_missing(statusless: &[Sighting], all: usize, report: &mut Report) {
    let (Some(first), true) = (statusless.first(), statusless.len() * 2 < all) else { return };
    let names: Vec<String> = statusless.iter().map(Sighting::name).collect();
    let verb = if names.len() == 1 { "has" } else { "have" };
    let year = statusless.iter().all(|s| s.expected.is_some());
    let but = if year { "an expected completion but no status" } else { "no status" };
    report.add(Code::StatusMissing, None, first.at.clone(), format!("{} {verb} {but}", names.join(", ")));
}
