//! Reports on single things: "Uppdrag 12. …", its status, what is told of it, and the measures under it.

use super::super::activity::{ActivityKind, Origin, Reference};
use super::narrative::{self, Told};
use super::{Sighting, from_lists, headings_above, is_group_heading};
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
        if heads_nothing(&first, &told, &parts[index + count - 1]) {
            index += count;
            continue;
        }
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
            // "Aktivitet 3: Erbjuda hembesök (Pågår)": the heading tells how it stands.
            let (title, stated) = match title.as_deref().and_then(|t| from_lists::parted(t, vocabulary)) {
                Some((title, status)) => (Some(title), Some(status)),
                None => (title, None),
            };
            let sighting = Sighting {
                label: Some(head.label.clone()),
                number: head.number.clone(),
                title: title.filter(|t| !t.is_empty()),
                parent: whole.clone().filter(|_| is_part_of_another(head.kind)),
                group: group.clone(),
                status: stated.or_else(|| told.status.clone()),
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

/// Whether a heading heads what stands in a table under it rather than a report of its own: "Mål 1. En ren sjö" over
/// a table of measures, "Punkt 2" over no report at all.
fn heads_nothing(first: &Head, told: &Told, part: &Part) -> bool {
    let silent = told.status.is_none() && told.expected.is_none();
    let over_table =
        part.blocks.iter().any(|b| matches!(b.kind, BlockKind::Table(_))) && told.rest.is_empty();
    silent && (first.kind == ActivityKind::Other || (over_table && first.kind == ActivityKind::Goal))
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

#[cfg(test)]
mod tests {
    use super::super::testing::follow_up;

    #[test]
    fn status_lines_in_many_forms() {
        let text = "\
# Uppföljning av trädplanen

## Redovisning

**Aktivitet 1. Plantera lindar längs ån.**

Status
Färdig.

Alla lindar är planterade.

**Aktivitet 2. Gallra i parken.**

Status: Pågår
Bedöms bli färdig: Ständigt pågående

Gallringen sker i etapper.

Hälften återstår.

**Aktivitet 3. Mäta skuggan.**

Aktiviteten är försenad och beräknas vara klar under 2031.

Mätaren gick sönder.
";
        let (found, _) = follow_up(text);
        assert_eq!(
            found,
            [
                "Aktivitet 1 Plantera lindar längs ån. | Completed Färdig | Alla lindar är planterade. | Section",
                "Aktivitet 2 Gallra i parken. | Ongoing Pågår | Ständigt pågående 0 … | Gallringen sker i etapper. / \
                 Hälften återstår. | Section",
                "Aktivitet 3 Mäta skuggan. | Delayed försenad | 2031 2031 | Mätaren gick sönder. | Section",
            ]
        );
    }

    #[test]
    fn a_status_that_runs_on_from_the_heading_and_labels_on_one_line() {
        let text = "\
# Uppföljning av trädplanen

## Redovisning

Åtgärd 1: Plantera lindar längs ån och på de torg som byggs om i stadens mitt under året
Åtgärden pågår och beräknas vara färdig 2031.
Hälften är planterade.

**Uppdrag 2. Gallra i parken**

Beslut: KF 2030-11-20 § 148 Status: Pågående Slutdatum: 2031-12-31
Gallringen sker i etapper.
";
        let (found, _) = follow_up(text);
        assert_eq!(
            found,
            [
                "Åtgärd 1 Plantera lindar längs ån och på de torg som byggs om i stadens mitt under året | \
                 Ongoing pågår | 2031 2031 | Hälften är planterade. | Section",
                "Uppdrag 2 Gallra i parken | Ongoing Pågående | 2031-12-31 2031 | Gallringen sker i etapper. | Section",
            ]
        );
    }

    #[test]
    fn a_status_in_brackets_behind_the_title() {
        let text = "\
# Uppföljning av trädplanen

## Redovisning

### Aktivitet 1: Plantera lindar (längs ån) (Genomförd)

Alla lindar är planterade.

### Aktivitet 2: Gallra i parken (södra delen)

Aktiviteten är påbörjad och bedöms vara klar under 2031. Hälften återstår.
";
        let (found, _) = follow_up(text);
        assert_eq!(
            found[0],
            "Aktivitet 1 Plantera lindar (längs ån) | Completed Genomförd | Alla lindar är planterade. | Section"
        );
        assert!(
            found[1].starts_with("Aktivitet 2 Gallra i parken (södra delen) | Ongoing påbörjad"),
            "{found:?}"
        );
    }

    #[test]
    fn measures_under_their_assignment_and_goal_groups() {
        let text = "\
# Rapport

## Inledning

Rapporten handlar om sjöar och träd.

## Fokusmål 1: En grön stad

### Uppdrag 4. Plantera fler träd

Uppdraget är påbörjat och bedöms vara färdigt 2031.

Lindar växer.

### Åtgärd 9. Köpa spadar

Åtgärden är genomförd.

Spadarna är köpta.

## Tillkommande uppdrag

### KS-BESLUT: Räkna alla fåglar i parken

Uppdraget har påbörjats.

Räkningen pågår.
";
        let (found, _) = follow_up(text);
        assert_eq!(
            found,
            [
                "Uppdrag 4 [Fokusmål 1: En grön stad] Plantera fler träd | Ongoing påbörjat | 2031 2031 | Lindar växer. | Section",
                "Åtgärd 9 <Assignment 4> [Fokusmål 1: En grön stad] Köpa spadar | Completed genomförd | Spadarna är köpta. | Section",
                "KS-BESLUT [Tillkommande uppdrag] Räkna alla fåglar i parken | Ongoing påbörjats | Räkningen pågår. | Section",
            ]
        );
    }

    #[test]
    fn a_shared_section_is_parted_by_its_marks() {
        let text = "\
# Rapport

## Redovisning

**Aktivitet 7a. Bygga en bro.**

**Aktivitet 7b. Måla bron.**

Status
Avviker från plan
Bedöms bli färdig: Tidigare 2030, nu 2031?

7a. Pelarna står.

Räcket saknas.

7b. Färgen är vald.
";
        let (found, diagnostics) = follow_up(text);
        let rest = "Deviating Avviker från plan | Tidigare 2030, nu 2031? 2031";
        assert_eq!(
            found,
            [
                format!("Aktivitet 7a Bygga en bro. | {rest} | Pelarna står. / Räcket saknas. | Section"),
                format!("Aktivitet 7b Måla bron. | {rest} | Färgen är vald. | Section"),
            ]
        );
        assert_eq!(
            diagnostics,
            [
                "shared-section: Aktivitet 7a and 7b share one section with one status and one expected completion",
                "uncertain-value: Aktivitet 7a and 7b: the expected completion reads 'Tidigare 2030, nu 2031?'",
            ]
        );
    }

    #[test]
    fn one_report_without_a_status_among_many_is_reported() {
        let text = "\
# Rapport

## Redovisning

### Åtgärd 1. Gräva

Åtgärden är genomförd.

### Åtgärd 2. Så

Åtgärden är påbörjad.

### Åtgärd 3. Skörda

Skörden blir i höst.
";
        let (found, diagnostics) = follow_up(text);
        assert_eq!(found[2], "Åtgärd 3 Skörda | Skörden blir i höst. | Section");
        assert_eq!(diagnostics, ["status-missing: Åtgärd 3 has no status"]);
    }
}
