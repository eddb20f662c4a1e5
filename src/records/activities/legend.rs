//! How a paper explains its status words: a table of word and explanation, or lines that begin with the word.

use super::super::activity::LegendEntry;
use super::super::status::{Status, StatusCode, StatusSentence, without_symbol};
use super::super::table::{Certainty, Table};
use super::table_rows::Columns;
use crate::layout::{Block, BlockKind, Layout, Lexicon, Line};
use crate::place::At;
use crate::sections::Part;
use crate::vocabulary::{Column, Vocabulary, fold};

/// Fewest words that lines outside a table explain, to be a legend.
const FEWEST: usize = 2;

/// Read the paper's explanations of its status words. The first table or run of lines is the legend.
pub(super) fn read(parts: &[Part], layout: &Layout, vocabulary: &Vocabulary) -> Vec<LegendEntry> {
    let tables = parts.iter().flat_map(|p| &p.blocks).filter_map(|b| match b.kind {
        BlockKind::Table(index) => layout.tables.get(index),
        _ => None,
    });
    let found = tables.map(|table| from_table(table, vocabulary)).find(|found| !found.is_empty());
    let mut found = found.unwrap_or_else(|| from_lines(parts, vocabulary));
    for entry in &mut found {
        if entry.status.code == StatusCode::Unknown {
            entry.status.code = meaning(&entry.description, vocabulary).unwrap_or(StatusCode::Unknown);
        }
    }
    found
}

/// What the explanation of a word says that it means: "Aktiviteten är försenad." makes a delay of "Röd". Only the first
/// sentence counts, and only where it names one status.
fn meaning(description: &str, vocabulary: &Vocabulary) -> Option<StatusCode> {
    let end = description.find(['.', ',', ';']).map_or(description.len(), |at| at + 1);
    let sentence = description[..end].trim_end_matches([',', ';']);
    if let Some(StatusSentence { status: Some(status), .. }) = StatusSentence::read(sentence, vocabulary) {
        return Some(status.code).filter(|code| *code != StatusCode::Unknown);
    }
    let mut codes: Vec<StatusCode> =
        vocabulary.statuses.find_all(sentence).iter().map(|(_, entry)| entry.code).collect();
    codes.dedup();
    match codes.as_slice() {
        [StatusCode::Unknown] => None,
        [one] => Some(*one),
        // "Åtgärden är påbörjad men avviker från planen."
        [StatusCode::Ongoing, other @ (StatusCode::Deviating | StatusCode::Delayed)] => Some(*other),
        _ => None,
    }
}

/// What the paper says that a status means whose word says nothing by itself.
pub(super) fn explained(status: &Status, legend: &[LegendEntry]) -> Option<StatusCode> {
    let entry = legend.iter().find(|entry| fold(&entry.status.raw) == fold(&status.raw))?;
    (status.code == StatusCode::Unknown && entry.status.code != StatusCode::Unknown)
        .then_some(entry.status.code)
}

/// A table is a legend where each row but the heading is a status and a sentence on it.
fn from_table(table: &Table, vocabulary: &Vocabulary) -> Vec<LegendEntry> {
    if table.certainty == Certainty::Uncertain {
        return Vec::new();
    }
    let mut columns = Columns::of(table, vocabulary);
    // What looks like a heading may be the first word and its explanation.
    let first = columns.labels.iter().map(|label| Status::read(label, vocabulary));
    if columns.roles.iter().all(Option::is_none) && first.flatten().count() == 1 {
        columns = columns.without_headings();
    }
    let of = |code: &[Column]| columns.position(|c| code.contains(&c));
    if of(&[Column::Title, Column::ExpectedCompletion]).is_some() {
        return Vec::new();
    }
    let (word, text) = match (of(&[Column::Status, Column::Assessment]), of(&[Column::Description])) {
        (Some(word), Some(text)) => (word, text),
        // A legend may do without a heading, or have a picture in front.
        _ if columns.roles.iter().all(Option::is_none) && columns.roles.len() == 2 => (0, 1),
        _ if columns.roles.iter().all(Option::is_none) && columns.roles.len() == 3 => (1, 2),
        _ => return Vec::new(),
    };
    let mut found: Vec<LegendEntry> = Vec::new();
    for row in columns.rows(table) {
        let status = row.text(word).and_then(|t| Status::read(&t, vocabulary));
        match (status, row.text(text)) {
            (Some(status), Some(description)) => {
                found.push(LegendEntry { status, description, at: row.at() })
            }
            // A row that goes on from the one above.
            (None, Some(more)) if row.text(word).is_none() && !found.is_empty() => {
                if let Some(last) = found.last_mut() {
                    last.description = Lexicon::default().join([last.description.as_str(), more.as_str()]);
                    last.at.extend(&row.at());
                }
            }
            _ => return Vec::new(),
        }
    }
    let mut words: Vec<&str> = found.iter().map(|e| e.status.raw.as_str()).collect();
    words.sort_unstable();
    words.dedup();
    // Activities without numbers may look like a legend too, but they share statuses.
    if found.len() < FEWEST || words.len() < found.len() { Vec::new() } else { found }
}

/// A legend that is being read off lines.
struct Entry {
    status: Status,
    lines: Vec<String>,
    at: At,
    /// Left edge of the word and of its explanation.
    edges: (f32, f32),
}

/// Lines that begin with a status and go on with a sentence.
fn from_lines(parts: &[Part], vocabulary: &Vocabulary) -> Vec<LegendEntry> {
    let mut found: Vec<Entry> = Vec::new();
    let is_text = |b: &&Block| !matches!(b.kind, BlockKind::Table(_));
    for part in parts.iter().filter(|p| p.entry.is_none()) {
        for block in part.heading.iter().chain(&part.blocks).filter(is_text) {
            for (index, line) in block.lines.iter().enumerate() {
                let listed = matches!(block.kind, BlockKind::ListItem(_));
                if let Some(side_by_side) = openings(line, listed, vocabulary) {
                    found.extend(side_by_side);
                    continue;
                }
                if let Some(entry) = opening(line, listed, vocabulary) {
                    found.push(entry);
                    continue;
                }
                let Some(last) = found.last_mut() else { continue };
                if goes_on(last, line, index > 0) {
                    last.lines.push(line.text());
                    last.at.add(line.place);
                } else if found.len() >= FEWEST {
                    return finish(found);
                } else {
                    found.clear();
                }
            }
        }
    }
    if found.len() < FEWEST { Vec::new() } else { finish(found) }
}

/// What a line of several columns explains, where each of them begins with a status.
fn openings(line: &Line, listed: bool, vocabulary: &Vocabulary) -> Option<Vec<Entry>> {
    if line.spans.len() < 2 {
        return None;
    }
    let alone =
        line.spans.iter().map(|span| Line { bbox: span.bbox, spans: vec![span.clone()], ..line.clone() });
    alone.map(|line| opening(&line, listed, vocabulary)).collect()
}

/// A line that begins with a status and explains it. In a list the word may be a sentence of its own: "• Klar. Åtgärden är
/// genomförd."
fn opening(line: &Line, listed: bool, vocabulary: &Vocabulary) -> Option<Entry> {
    let text = line.text();
    let marked = text.trim_start_matches(['•', '-', '–', '*', ' ']);
    // "● Klar Åtgärden är genomförd."
    let text = without_symbol(marked);
    let is_signed = text.len() < marked.len();
    let (entry, length) = vocabulary.statuses.prefix(text)?;
    let rest = text[length..]
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '–' | '-' | '=' | '*'))
        .trim_start_matches(|c: char| listed && (c.is_whitespace() || c == '.'));
    // "Färdig Aktiviteten är färdig." and "Klar: åtgärden är genomförd", but not "Pågående arbete".
    let parted = text.len() - rest.len() > length + 1;
    let sentence = rest.starts_with(char::is_uppercase) || (parted && rest.starts_with(char::is_alphabetic));
    let capital = text.starts_with(char::is_uppercase);
    if !capital || !sentence || entry.only_in_sentence(&text[..length]) || rest.split_whitespace().count() < 2
    {
        return None;
    }
    let status = Status { code: entry.code, raw: text[..length].trim().to_owned() };
    let x0 = line.bbox.x0;
    // Behind a sign stands the word, whether near to it or apart.
    let told = if is_signed { line.spans.last() } else { line.spans.get(1) };
    let edges = (x0, told.map_or(x0, |s| s.bbox.x0));
    Some(Entry { status, lines: vec![rest.to_owned()], at: line.place.into(), edges })
}

/// Whether a line goes on with an explanation: it is in the same block, begins in lower case, or stands under it.
fn goes_on(entry: &Entry, line: &Line, same_block: bool) -> bool {
    let text = line.text();
    let under = entry.edges.1 > entry.edges.0 + line.size && (line.bbox.x0 - entry.edges.1).abs() < line.size;
    same_block || under || text.starts_with(char::is_lowercase)
}

fn finish(found: Vec<Entry>) -> Vec<LegendEntry> {
    let mut codes: Vec<StatusCode> = found.iter().map(|e| e.status.code).collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.len() < FEWEST {
        return Vec::new();
    }
    let lexicon = Lexicon::default();
    let entry = |e: Entry| LegendEntry {
        status: e.status,
        description: lexicon.join(e.lines.iter().map(String::as_str)),
        at: e.at,
    };
    found.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyphs::plain_text::read_lines;
    use crate::layout::lay_out_text;
    use crate::records::document::MediaType;
    use crate::records::table_grid::tests::table;
    use crate::sections::outline;

    fn legend(text: &str) -> Vec<String> {
        let layout = lay_out_text(&read_lines(text, MediaType::PlainText));
        let papers = outline(&layout, Vocabulary::builtin());
        let entries = papers.iter().flat_map(|p| read(&p.parts, &layout, Vocabulary::builtin()));
        entries.map(|e| format!("{:?} {}: {}", e.status.code, e.status.raw, e.description)).collect()
    }

    #[test]
    fn lines_that_begin_with_the_word() {
        let text = "\
Uppföljning av badplanen

Statusen för aktiviteterna kommenteras på följande sätt:

Färdig  Aktiviteten är färdig. Med motivation varför den bedöms vara
färdig.

Avviker från plan Aktiviteten är påbörjad, men flyter inte på enligt plan. Med
beskrivning varför.

Stoppad  Aktiviteten kommer inte att genomföras.

Sammanfattning
Planen löper på och alla badar mer än någonsin förr i kommunens sjöar.
";
        assert_eq!(
            legend(text),
            [
                "Completed Färdig: Aktiviteten är färdig. Med motivation varför den bedöms vara färdig.",
                "Deviating Avviker från plan: Aktiviteten är påbörjad, men flyter inte på enligt plan. Med beskrivning varför.",
                "Stopped Stoppad: Aktiviteten kommer inte att genomföras.",
            ]
        );
    }

    #[test]
    fn a_list_whose_words_are_sentences() {
        let text = "Uppföljning\n\nSå läses statusen\n\n- Klar. Åtgärden är genomförd.\n- Stoppad. Åtgärden genomförs inte.\n";
        assert_eq!(
            legend(text),
            ["Completed Klar: Åtgärden är genomförd.", "Stopped Stoppad: Åtgärden genomförs inte."]
        );
        assert!(legend(&text.replace("- ", "")).is_empty());
    }

    #[test]
    fn a_table_of_word_and_meaning() {
        let vocabulary = Vocabulary::builtin();
        let found = from_table(
            &table(&[
                "Status | Innebörd",
                "Klar | Åtgärden är genomförd.",
                "Utgår | Åtgärden genomförs inte.",
            ]),
            vocabulary,
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].description, "Åtgärden genomförs inte.");
        let activities = table(&["Status | Åtgärd", "Klar | Köpa båt", "Klar | Sälja båt"]);
        assert!(from_table(&activities, vocabulary).is_empty());
        let described = table(&[
            "Uppdrag | Beskrivning | Status | Slutdatum",
            "KF 4 | Köpa båt | Klar | 2031",
            "KF 5 | Sälja båt | Pågår | 2032",
        ]);
        assert!(from_table(&described, vocabulary).is_empty());
    }
}
