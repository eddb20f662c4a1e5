//! Tables that came out of a text layer as running lines: column headings in a row, then for each thing its number,
//! its title and its status, one after the other, cells broken over lines.
//!
//! Nothing but the words tells one cell from the next here. So a row counts only where its number follows on the one
//! before it, and where it ends in a status, or a status and a time, that leaves no word over.

use super::super::activity::{ActivityKind, ExpectedCompletion, Origin};
use super::super::status::Status;
use super::{Sighting, kind_named};
use crate::layout::{Block, BlockKind, Lexicon, Line};
use crate::pattern::Pattern;
use crate::place::At;
use crate::sections::Part;
use crate::vocabulary::{Column, Vocabulary};

/// Lines that a row of column headings is broken over at most.
const LONGEST_HEADER: usize = 4;
/// Rows that such a table has at least.
const FEWEST_ROWS: usize = 2;

static ROW: Pattern = Pattern::new(r"^([0-9]{1,3}(?:\.[0-9]{1,3})?)([a-zåäö]?)\.?\s+(\S.*)$");

/// Read the tables of a paper that stand as running lines.
pub(super) fn read(parts: &[Part], vocabulary: &Vocabulary) -> Vec<Sighting> {
    let mut found = Vec::new();
    let is_text = |b: &&Block| !matches!(b.kind, BlockKind::Table(_));
    let mut lines: Vec<((usize, usize), &Line)> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        if part.entry.is_some() {
            continue;
        }
        let blocks = part.heading.iter().chain(&part.blocks).enumerate().filter(|(_, b)| is_text(b));
        lines.extend(blocks.flat_map(|(at, b)| b.lines.iter().map(move |l| ((index, at), l))));
    }
    let mut at = 0;
    while at < lines.len() {
        match header(&lines[at..], vocabulary) {
            Some((length, kind, label)) => {
                let (rows, taken) = read_rows(&lines[at + length..], vocabulary);
                at += length + taken;
                if rows.len() >= FEWEST_ROWS {
                    found.extend(
                        rows.into_iter().enumerate().filter_map(|(i, row)| row.sighting(i, kind, &label)),
                    );
                }
            }
            None => at += 1,
        }
    }
    found
}

/// Column headings in a row: a number, a title and a status among them, and no other word between. Gives how many
/// lines they take, and what the rows are.
fn header(
    lines: &[((usize, usize), &Line)],
    vocabulary: &Vocabulary,
) -> Option<(usize, ActivityKind, String)> {
    // Headings that stand apart are columns that are still there.
    let first = lines.first().map(|(_, line)| line).filter(|line| line.spans.len() == 1)?.text();
    vocabulary.columns.prefix(&first).filter(|(e, _)| e.code == Column::Number)?;
    let mut text = String::new();
    let mut best = None;
    for (at, (_, line)) in lines.iter().take(LONGEST_HEADER).enumerate() {
        text = format!("{text} {}", line.text()).trim().to_owned();
        if let Some(found) = columns_in(&text, vocabulary) {
            best = Some((at + 1, found.0, found.1));
        }
    }
    best
}

fn columns_in(text: &str, vocabulary: &Vocabulary) -> Option<(ActivityKind, String)> {
    let mut rest = text;
    let mut codes = Vec::new();
    let mut named = None;
    while !rest.trim_start().is_empty() {
        rest = rest.trim_start();
        let (entry, length) = vocabulary.columns.prefix(rest)?;
        codes.push(entry.code);
        if entry.code == Column::Title {
            named = kind_named(&rest[..length], vocabulary);
        }
        rest = &rest[length..];
    }
    // The order is the one in which rows can be told apart: number, title, status, time.
    let known: &[&[Column]] = &[
        &[Column::Number, Column::Title, Column::Status],
        &[Column::Number, Column::Title, Column::Status, Column::ExpectedCompletion],
    ];
    if known.contains(&codes.as_slice()) { named } else { None }
}

/// A row that is being put together.
struct RunningRow {
    number: String,
    lines: Vec<String>,
    at: At,
    place: (usize, usize),
    read: Option<(String, Status, Option<ExpectedCompletion>)>,
}

impl RunningRow {
    fn sighting(self, index: usize, kind: ActivityKind, label: &str) -> Option<Sighting> {
        let (title, status, expected) = self.read?;
        Some(Sighting {
            label: Some(label.to_owned()),
            number: Some(self.number),
            title: Some(title),
            status: Some(status),
            expected,
            ..Sighting::new(Origin::Table, kind, self.at, (self.place.0, self.place.1, index))
        })
    }
}

/// The rows from here on, and how many lines they take. The table ends where a line neither begins the next row nor
/// goes on with the last one.
fn read_rows(lines: &[((usize, usize), &Line)], vocabulary: &Vocabulary) -> (Vec<RunningRow>, usize) {
    let mut rows: Vec<RunningRow> = Vec::new();
    for (taken, (place, line)) in lines.iter().enumerate() {
        let text = line.text();
        let begun = rows.last().is_none_or(|r| r.read.is_some());
        if let (Some((number, rest)), true) = (next_number(rows.last(), &text), begun) {
            let mut row =
                RunningRow { number, lines: vec![rest], at: line.place.into(), place: *place, read: None };
            row.read = cells(&row.lines, vocabulary);
            rows.push(row);
            continue;
        }
        let Some(row) = rows.last_mut() else { return (rows, taken) };
        let mut longer = row.lines.clone();
        longer.push(text);
        let read = cells(&longer, vocabulary);
        if read.is_none() && row.read.is_some() {
            return (rows, taken);
        }
        row.lines = longer;
        row.at.add(line.place);
        row.read = read;
        if row.lines.len() > 12 {
            rows.pop();
            return (rows, taken);
        }
    }
    (rows, lines.len())
}

/// The number and the rest of a line that begins the row after this one.
fn next_number(before: Option<&RunningRow>, text: &str) -> Option<(String, String)> {
    let found = ROW.captures(text.trim()).filter(|found| found[3].starts_with(char::is_uppercase))?;
    let number = format!("{}{}", &found[1], &found[2]);
    let follows = before.is_none_or(|before| {
        let digits = |n: &str| -> Vec<u32> {
            n.trim_end_matches(char::is_alphabetic).split('.').filter_map(|d| d.parse().ok()).collect()
        };
        let (old, new) = (digits(&before.number), digits(&number));
        let letter = |n: &str| n.chars().last().filter(|c| c.is_alphabetic());
        if old == new { letter(&number) > letter(&before.number) } else { new > old }
    });
    follows.then(|| (number, found[3].to_owned()))
}

/// Part a row's text into title, status and time.
fn cells(lines: &[String], vocabulary: &Vocabulary) -> Option<(String, Status, Option<ExpectedCompletion>)> {
    let text = Lexicon::default().join(lines.iter().map(String::as_str));
    vocabulary.statuses.find_all(&text).into_iter().find_map(|(range, entry)| {
        let (title, raw) = (text[..range.start].trim(), &text[range.clone()]);
        // A cell begins with a capital, and there is a title in front of it.
        let is_cell = raw.starts_with(char::is_uppercase) && title.split_whitespace().count() > 1;
        if !is_cell || entry.only_in_sentence(raw) {
            return None;
        }
        let rest = text[range.end..].trim_matches(['.', ' ']);
        let expected = if rest.is_empty() { None } else { Some(time(rest, vocabulary)?) };
        Some((title.to_owned(), Status { code: entry.code, raw: raw.to_owned() }, expected))
    })
}

/// A cell that holds nothing but a time: "2027", "Ständigt pågående", "2026-12-31".
fn time(text: &str, vocabulary: &Vocabulary) -> Option<ExpectedCompletion> {
    let expected = ExpectedCompletion::read(text, vocabulary)?;
    let open = vocabulary.statuses.whole(text).is_some_and(|e| e.open_ended);
    let dated = expected.year.is_some() && text.split_whitespace().count() <= 2;
    (open || dated).then_some(expected)
}

#[cfg(test)]
mod tests {
    use super::super::testing::follow_up;

    #[test]
    fn rows_that_came_out_as_lines() {
        let text = "\
# Rapport

## Sammanställning

Nr Förkortad beskrivning av åtgärd Status Bedöms
bli färdig

1a Bygga en lång brygga vid sjön och sätta upp
två bänkar.

Avviker
från plan

2031

1b Måla bryggan blå. Pågående 2030
2 Köpa en eka. Färdig
3 Ro ekan varje dag. Pågående Ständigt
pågående

## Slutord

Det var allt för denna gång, och nästa gång berättar vi mer.
";
        let (found, _) = follow_up(text);
        assert_eq!(
            found,
            [
                "Åtgärd 1a Bygga en lång brygga vid sjön och sätta upp två bänkar. | Deviating Avviker från plan | 2031 2031 | Table",
                "Åtgärd 1b Måla bryggan blå. | Ongoing Pågående | 2030 2030 | Table",
                "Åtgärd 2 Köpa en eka. | Completed Färdig | Table",
                "Åtgärd 3 Ro ekan varje dag. | Ongoing Pågående | Ständigt pågående 0 … | Table",
            ]
        );
    }
}
