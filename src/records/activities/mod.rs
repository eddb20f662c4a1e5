//! Whatever a paper follows up: aktiviteter, uppdrag, åtgärder, mål.
//!
//! In go a paper's parts and tables, out come one record for each thing with every place that mentions it, and what
//! the paper says its status words mean. Each reader looks at one kind of place by itself and gives sightings;
//! [`merge`] makes records of them. Whether mentions agree is for the checks to say.

mod banners;
mod cards;
mod crosses;
mod from_frames;
mod from_headings;
mod from_lists;
mod from_running_rows;
mod from_sections;
mod from_tables;
mod group;
mod legend;
mod merge;
mod narrative;
mod pictures;
mod signs;
mod table_rows;

use super::activity::{Activity, ActivityKind, ExpectedCompletion, LegendEntry, Origin, Reference};
use super::status::{Status, StatusCode};
use crate::diagnostic::{Code, Report};
use crate::layout::{Block, Layout};
use crate::place::At;
use crate::sections::{EntryHead, Part};
use crate::vocabulary::{ActivityWord, Entry, Form, Vocabulary};

/// What the paper follows up, and how it explains its status words.
#[derive(Debug, Default)]
pub(super) struct FollowUp {
    /// The paper's own explanation of its status words.
    pub(super) legend: Vec<LegendEntry>,
    /// What it follows up.
    pub(super) activities: Vec<Activity>,
    /// The parts that report on one thing of a table each, with what they report on.
    pub(super) reports: Vec<(usize, EntryHead)>,
}

/// One place that mentions something followed up, and what it says there.
#[derive(Clone, Debug, PartialEq)]
struct Sighting {
    origin: Origin,
    kind: ActivityKind,
    label: Option<String>,
    number: Option<String>,
    title: Option<String>,
    parent: Option<Reference>,
    group: Option<String>,
    status: Option<Status>,
    expected: Option<ExpectedCompletion>,
    narrative: Option<String>,
    at: At,
    /// Part, block and row: reading order.
    order: (usize, usize, usize),
}

impl Sighting {
    fn new(origin: Origin, kind: ActivityKind, at: At, order: (usize, usize, usize)) -> Self {
        Self {
            origin,
            kind,
            label: None,
            number: None,
            title: None,
            parent: None,
            group: None,
            status: None,
            expected: None,
            narrative: None,
            at,
            order,
        }
    }

    /// What the thing is called in messages: "Uppdrag 12", "Åtgärd 'Ta fram …'".
    fn name(&self) -> String {
        let label = self.label.as_deref().unwrap_or_default();
        match (&self.number, &self.title) {
            (Some(number), _) => format!("{label} {number}").trim().to_owned(),
            (None, Some(title)) => {
                let start: String = title.chars().take(40).collect();
                let more = if start.len() < title.len() { "…" } else { "" };
                format!("{label} '{start}{more}'").trim().to_owned()
            }
            (None, None) => label.to_owned(),
        }
    }
}

/// Read what a paper follows up.
pub(super) fn read(
    parts: &[Part],
    layout: &Layout,
    vocabulary: &Vocabulary,
    report: &mut Report,
) -> FollowUp {
    let legend = legend::read(parts, layout, vocabulary);
    let mut pictures = pictures::read(parts, layout, vocabulary);
    pictures.extend(signs::read(parts, layout, vocabulary));
    let mut sightings = from_tables::read(parts, layout, &pictures, vocabulary, report);
    let (told, reports) = from_headings::read(parts, &sightings, vocabulary);
    sightings.extend(told);
    sightings.extend(from_running_rows::read(parts, vocabulary));
    sightings.extend(from_frames::read(parts, vocabulary));
    sightings.extend(from_sections::read(parts, vocabulary, report));
    sightings.extend(from_lists::read(parts, vocabulary));
    tell_of_numbered(&mut sightings);
    for status in sightings.iter_mut().filter_map(|s| s.status.as_mut()) {
        status.code = legend::explained(status, &legend).unwrap_or(status.code);
    }
    group::by_siblings(&mut sightings, parts, vocabulary);
    report_unknown(&sightings, report);
    FollowUp { legend, activities: merge::merge(sightings), reports }
}

/// "Aktivitet 1. Portalen öppnade i maj." is no title where a table has one under that number: it is what is told of it.
fn tell_of_numbered(sightings: &mut [Sighting]) {
    let of_tables: Vec<(ActivityKind, String)> = sightings
        .iter()
        .filter(|s| s.origin == Origin::Table && s.title.is_some() && s.narrative.is_none())
        .filter_map(|s| Some((s.kind, s.number.clone()?)))
        .collect();
    for sighting in sightings.iter_mut().filter(|s| matches!(s.origin, Origin::Text | Origin::List)) {
        let is_sentence = sighting.title.as_deref().is_some_and(|title| title.trim_end().ends_with('.'));
        let is_bare = sighting.status.is_none() && sighting.narrative.is_none();
        let is_in_table = sighting.number.as_ref().is_some_and(|number| {
            of_tables.iter().any(|(kind, own)| *kind == sighting.kind && own == number)
        });
        if is_sentence && is_bare && is_in_table {
            sighting.narrative = sighting.title.take();
            sighting.origin = Origin::Section;
        }
    }
}

/// One diagnostic for each status word that the vocabulary lacks.
fn report_unknown(sightings: &[Sighting], report: &mut Report) {
    let mut told: Vec<&str> = Vec::new();
    for sighting in sightings {
        let Some(status) = sighting.status.as_ref().filter(|s| s.code == StatusCode::Unknown) else {
            continue;
        };
        if !told.contains(&status.raw.as_str()) {
            told.push(&status.raw);
            let message =
                format!("{}: the status '{}' has no meaning in the vocabulary", sighting.name(), status.raw);
            report.add(Code::StatusUnknown, None, sighting.at.clone(), message);
        }
    }
}

/// The headings that a part stands under, its own first. Headings of single things followed up are left out.
fn headings_above(parts: &[Part], index: usize) -> Vec<&Block> {
    let mut found = Vec::new();
    let mut level = parts[index].level + u32::from(parts[index].entry.is_none());
    for part in parts[..=index].iter().rev() {
        if part.entry.is_none() && part.level < level {
            level = part.level;
            found.extend(&part.heading);
        }
    }
    found
}

/// Whether a heading gathers several things: "Fokusmål 1: …".
fn is_group_heading(text: &str, vocabulary: &Vocabulary) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    vocabulary.activity_kinds.prefix(text).is_some_and(|(entry, _)| entry.code == ActivityWord::Group)
}

/// The kind of record and the label that a text names: "Förkortad beskrivning av aktivitet", "Centrala uppdrag".
/// `None` where it names none, or several.
fn kind_named(text: &str, vocabulary: &Vocabulary) -> Option<(ActivityKind, String)> {
    let found = vocabulary.activity_kinds.find_all(text);
    let mut kinds = found.iter().filter(|(range, _)| range.len() > 2).filter_map(|(range, entry)| {
        entry.code.kind().map(|kind| (kind, label_of(&text[range.clone()], entry)))
    });
    let first = kinds.next()?;
    kinds.all(|(kind, _)| kind == first.0).then_some(first)
}

/// A word for something followed up as it labels one of them: "Aktivitet" for "aktiviteter".
fn label_of(matched: &str, entry: &Entry<ActivityWord>) -> String {
    let is_stem = matched.to_lowercase().starts_with(&entry.canonical.to_lowercase());
    let word =
        if entry.form(matched) != Form::Singular && is_stem { &entry.canonical } else { matched.trim() };
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A text without spaces around it and between its lines; `None` where nothing is left.
fn cleaned(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod testing {
    use super::*;
    use crate::glyphs::plain_text::read_lines;
    use crate::layout::lay_out_text;
    use crate::records::document::MediaType;
    use crate::sections::{outline, with_headed_tables};

    /// What a Markdown paper follows up, a line for each thing, and what was found wrong with it.
    pub(super) fn follow_up(text: &str) -> (Vec<String>, Vec<String>) {
        let layout =
            with_headed_tables(lay_out_text(&read_lines(text, MediaType::Markdown)), Vocabulary::builtin());
        let vocabulary = Vocabulary::builtin();
        let mut report = Report::default();
        let papers = outline(&layout, vocabulary);
        let found: Vec<String> = papers
            .iter()
            .flat_map(|paper| read(&paper.parts, &layout, vocabulary, &mut report).activities)
            .map(|activity| shown(&activity))
            .collect();
        (found, report.diagnostics.into_iter().map(|d| format!("{}: {}", d.code, d.message)).collect())
    }

    /// The same for a plain text.
    pub(super) fn follow_up_plain(text: &str) -> Vec<String> {
        let layout =
            with_headed_tables(lay_out_text(&read_lines(text, MediaType::PlainText)), Vocabulary::builtin());
        let papers = outline(&layout, Vocabulary::builtin());
        let activities = papers
            .iter()
            .flat_map(|p| read(&p.parts, &layout, Vocabulary::builtin(), &mut Report::default()).activities);
        activities.map(|activity| shown(&activity)).collect()
    }

    /// "Åtgärd 3 <Uppdrag 1> [group] Title | status | completion | narrative | origins", empty parts left out.
    pub(super) fn shown(activity: &Activity) -> String {
        let mut text = activity.label.clone().unwrap_or_default();
        activity.number.iter().for_each(|n| text += &format!(" {n}"));
        activity.parent.iter().for_each(|p| text += &format!(" <{:?} {}>", p.kind, p.number));
        activity.group.iter().for_each(|g| text += &format!(" [{g}]"));
        text += &format!(" {}", activity.title.as_deref().unwrap_or("-"));
        activity.status.iter().for_each(|s| text += &format!(" | {:?} {}", s.code, s.raw));
        if let Some(expected) = &activity.expected_completion {
            let open = if expected.open_ended { " …" } else { "" };
            text += &format!(" | {} {:?}{open}", expected.raw, expected.year.unwrap_or(0));
        }
        activity.narrative.iter().for_each(|n| text += &format!(" | {}", n.replace("\n\n", " / ")));
        let origins: Vec<String> = activity.mentions.iter().map(|m| format!("{:?}", m.origin)).collect();
        text + &format!(" | {}", origins.join(" "))
    }
}
