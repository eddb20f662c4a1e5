//! Statuses given as signs: what "●" or "◐" means where the paper itself says so.
//!
//! In go a paper's parts and tables, out comes a status for each sign that a word stands behind: in a table's next cell,
//! "● | Klar", or in a line, "● Klar ◐ Pågår". A sign by itself is no evidence, since signs differ from paper to paper,
//! and one that has different words has none: circles of several colours are the same sign.

use super::super::status::{Status, StatusCode, is_symbol};
use super::pictures::{Pictures, of_one_meaning};
use crate::layout::{BlockKind, Layout};
use crate::sections::Part;
use crate::vocabulary::Vocabulary;

/// Fewest signs of different meaning that a legend explains: one alone is the mark of a list.
const FEWEST: usize = 2;
/// Most characters of a sign.
const LONGEST: usize = 2;

/// Find the signs that have a word behind them.
pub(super) fn read(parts: &[Part], layout: &Layout, vocabulary: &Vocabulary) -> Pictures {
    // Most lines hold no sign, and are not put together to look for one.
    let line = |texts: &mut dyn Iterator<Item = &str>| {
        let texts: Vec<&str> = texts.collect();
        texts.iter().any(|text| text.contains(is_symbol)).then(|| texts.join(" "))
    };
    let mut lines: Vec<String> = Vec::new();
    for block in parts.iter().flat_map(|part| part.heading.iter().chain(&part.blocks)) {
        if let BlockKind::Table(index) = block.kind {
            let rows = layout.tables.get(index).into_iter().flat_map(|table| &table.rows);
            lines.extend(rows.filter_map(|row| line(&mut row.iter().map(|cell| cell.text.as_str()))));
        } else {
            let spans = block.lines.iter().map(|own| &own.spans);
            lines.extend(spans.filter_map(|spans| line(&mut spans.iter().map(|span| span.text.as_str()))));
        }
    }
    let found = of_one_meaning(lines.iter().flat_map(|line| in_line(line, vocabulary)));
    let mut codes: Vec<StatusCode> = found.values().map(|status| status.code).collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.len() < FEWEST { Pictures::new() } else { found }
}

/// The sign that a cell is, without what only says how it is drawn.
pub(super) fn alone(text: &str) -> Option<String> {
    let is_form = |c: &char| c.is_whitespace() || ('\u{fe00}'..='\u{fe0f}').contains(c);
    let sign: String = text.chars().filter(|c| !is_form(c)).collect();
    (!sign.is_empty() && sign.chars().count() <= LONGEST && sign.chars().all(is_symbol)).then_some(sign)
}

/// The signs of a line, each with the status behind it: "● = klar, ◐ = pågår".
fn in_line(line: &str, vocabulary: &Vocabulary) -> Vec<(String, Status)> {
    let starts: Vec<(usize, &str)> = line
        .split_whitespace()
        .filter(|token| alone(token.trim_end_matches(['=', ':'])).is_some())
        .map(|token| (token.as_ptr() as usize - line.as_ptr() as usize, token))
        .collect();
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([line.len()]);
    let pairs = starts.iter().zip(ends).filter_map(|((at, token), end)| {
        let sign = alone(token.trim_end_matches(['=', ':']))?;
        Some((sign, leading_status(&line[at + token.len()..end], vocabulary)?))
    });
    pairs.collect()
}

/// The status that a text begins with, by itself or with what explains it behind: "Klar", "Klar: arbetet är gjort".
fn leading_status(text: &str, vocabulary: &Vocabulary) -> Option<Status> {
    let announced = text.trim_start().starts_with(['=', ':', '–', '-']);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "=:–-".contains(c)).trim_end();
    let (entry, length) = vocabulary.statuses.prefix(text)?;
    let raw = &text[..length];
    let rest = text[length..].trim_start();
    let is_whole = rest.is_empty()
        || rest
            .starts_with(|c: char| c.is_uppercase() || matches!(c, ',' | ';' | '.' | ':' | '–' | '-' | '='));
    let is_word = announced || raw.starts_with(char::is_uppercase);
    let known = entry.code != StatusCode::Unknown && !entry.only_in_sentence(raw);
    (is_whole && is_word && known).then(|| Status { code: entry.code, raw: raw.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::testing::follow_up;
    use super::*;

    #[test]
    fn signs_of_a_line() {
        let signs = |line: &str| -> Vec<String> {
            let found = in_line(line, Vocabulary::builtin());
            found.into_iter().map(|(sign, status)| format!("{sign} {}", status.raw)).collect()
        };
        assert_eq!(signs("● Klar ◐ Pågår"), ["● Klar", "◐ Pågår"]);
        assert_eq!(signs("Tecken: ● = klar, ○ = ej påbörjad"), ["● klar", "○ ej påbörjad"]);
        assert_eq!(signs("✕ Utgår Åtgärden genomförs inte."), ["✕ Utgår"]);
        assert!(signs("● Pågående arbete").is_empty() && signs("– Klar").is_empty());
    }

    #[test]
    fn a_legend_of_signs() {
        let paper = |legend: &str| {
            let table = "| Nr | Aktivitet | Status |\n|---|---|---|\n\
                | 1 | Köpa en eka | ● |\n| 2 | Ro ekan | ◐ |\n";
            follow_up(&format!("# Uppföljning\n\n{legend}\n\n## Aktiviteter\n\n{table}")).0
        };
        let found = paper("● Klar ◐ Pågår");
        assert_eq!(found[0], "Aktivitet 1 Köpa en eka | Completed Klar | Table");
        assert_eq!(found[1], "Aktivitet 2 Ro ekan | Ongoing Pågår | Table");
        // One sign with two words has none, and without the paper's own word a sign says nothing.
        for legend in ["● Klar ● Pågår ◐ Pågår", "Bra läst."] {
            assert_eq!(paper(legend)[0], "Aktivitet 1 Köpa en eka | Table", "{legend}");
        }
    }
}
