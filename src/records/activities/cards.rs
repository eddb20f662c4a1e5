//! Tables that set out one thing after another: its labels down the first column, what they say beside them.
//!
//! In goes a table such as "Uppdrag | Utreda …", "Status | Pågår", "Kommentar | …", once or for several things, out
//! comes it with the labels as headings and a row for each thing. The first label may hold the thing's number, "Åtgärd
//! 3", or be no more than that, "A1".

use super::super::table::{Cell, Table};
use super::super::table_grid::TableGrid;
use crate::pattern::Pattern;
use crate::place::At;
use crate::vocabulary::{Column, Vocabulary, fold};

/// Words of what stands beside a label, on average, from which it is a comment.
const COMMENT_WORDS: usize = 5;

/// Longest label, in characters.
const LONGEST_LABEL: usize = 30;

/// A label with the number of its thing, "Åtgärd 3", or the number alone, "A1".
static NUMBERED: Pattern =
    Pattern::new(r"^(?:(\p{L}{4,})\s+)?(\p{Lu}{0,3}\s?[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}[a-zåäö]?)[.:]?$");

/// A label as the table has it.
struct Label<'t> {
    /// Folded, without a number.
    key: String,
    /// As it heads a column.
    text: String,
    cell: &'t Cell,
}

/// The table turned to rows; `None` where it does not set out things so.
pub(super) fn as_rows(table: &Table, vocabulary: &Vocabulary) -> Option<Table> {
    let grid = TableGrid::new(table);
    if grid.columns < 2 {
        return None;
    }
    let mut labels: Vec<Label<'_>> = Vec::new();
    // What reaches over the whole width stands between two things: a group's name.
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut numbers: Vec<Option<Cell>> = Vec::new();
    let mut things = 0;
    for row in &grid.rows {
        let mut filled = row.filled();
        let (column, label) = filled.next()?;
        let pictured =
            || (1..grid.columns).filter_map(|at| row.covering(at)).find(|cell| cell.image.is_some());
        let value = filled.next().map(|(_, cell)| cell).or_else(pictured);
        if column > 0 || filled.next().is_some() {
            return None;
        }
        let printed = label.text.trim().trim_end_matches(':').trim();
        if value.is_none()
            && label.col_span as usize >= grid.columns
            && vocabulary.column_role(printed).is_none()
        {
            rows.push(vec![label.clone()]);
            numbers.push(None);
            continue;
        }
        if printed.chars().count() > LONGEST_LABEL {
            return None;
        }
        let (word, number) = apart(printed);
        let key = fold(word);
        let begins = labels.first().is_none_or(|first| first.key == key);
        if number.is_some() && !begins {
            return None;
        }
        let at = labels.iter().position(|other| other.key == key).unwrap_or_else(|| {
            // A number by itself heads nothing; what the thing is, the headings above may say.
            let text = if word.is_empty() { TITLE.to_owned() } else { word.to_owned() };
            labels.push(Label { key, text, cell: label });
            labels.len() - 1
        });
        if begins {
            things += 1;
            rows.push(Vec::new());
            let cell = |number: &str| Cell::single(number, label.at.clone());
            numbers.push(number.map(cell));
        }
        let thing = rows.iter_mut().rev().find(|row| row.len() != 1 || row[0].col_span == 1)?;
        while thing.len() <= at {
            thing.push(blank());
        }
        if !thing[at].text.is_empty() {
            return None;
        }
        thing[at] = Cell { col_span: 1, row_span: 1, ..value.cloned().unwrap_or_else(blank) };
    }
    call_comments(&mut labels, &rows, vocabulary)?;
    let role = |label: &Label<'_>| vocabulary.column_role(&label.text);
    let tells = |role: Column| {
        matches!(role, Column::Status | Column::Assessment | Column::ExpectedCompletion | Column::Comment)
    };
    let titled =
        matches!(labels.first().and_then(role), Some(Column::Title | Column::Target | Column::Number));
    if things == 0 || !titled || !labels[1..].iter().filter_map(role).any(tells) {
        return None;
    }
    let heading =
        |label: &Label<'_>| Cell { text: label.text.clone(), col_span: 1, row_span: 1, ..label.cell.clone() };
    let are_numbered = numbers.iter().any(Option::is_some);
    let width = labels.len();
    let mut all = vec![labels.iter().map(heading).collect::<Vec<_>>()];
    all.extend(rows.into_iter().map(|mut row| {
        if row.len() == 1 && row[0].col_span > 1 {
            row[0].col_span = u32::try_from(width + usize::from(are_numbered)).unwrap_or(1);
        } else {
            row.resize_with(width, blank);
        }
        row
    }));
    if are_numbered {
        let heading = Cell::single(NUMBER, At::default());
        for (row, number) in all.iter_mut().zip([Some(heading)].into_iter().chain(numbers)) {
            if row.len() == width {
                row.insert(0, number.unwrap_or_else(blank));
            }
        }
    }
    Some(Table { rows: all, header_rows: 1, ..table.clone() })
}

/// What heads numbers.
const NUMBER: &str = "Nr";
/// What heads titles whose label is a number alone.
const TITLE: &str = "Titel";
/// What heads comments under a word that the vocabulary does not know for them: "Resultat".
const COMMENT: &str = "Kommentar";

/// A label's word and the number behind it.
fn apart(label: &str) -> (&str, Option<&str>) {
    match NUMBERED.captures(label) {
        Some(found) => {
            (found.get(1).map_or("", |word| word.as_str()), found.get(2).map(|number| number.as_str()))
        }
        None => (label, None),
    }
}

/// Where no label is known for comments, the one unknown label that sentences stand beside heads them. `None` where
/// most labels are unknown: the table sets out something else.
fn call_comments(labels: &mut [Label<'_>], rows: &[Vec<Cell>], vocabulary: &Vocabulary) -> Option<()> {
    let role = |label: &Label<'_>| vocabulary.column_role(&label.text);
    let unknown: Vec<usize> = (1..labels.len()).filter(|at| role(&labels[*at]).is_none()).collect();
    if 2 * unknown.len() > labels.len() {
        return None;
    }
    if labels.iter().any(|label| role(label) == Some(Column::Comment)) {
        return Some(());
    }
    let words = |at: usize| {
        let texts: Vec<&str> = rows
            .iter()
            .filter_map(|row| row.get(at))
            .map(|c| c.text.as_str())
            .filter(|t| !t.is_empty())
            .collect();
        texts.iter().map(|text| text.split_whitespace().count()).sum::<usize>() / texts.len().max(1)
    };
    let mut told = unknown.into_iter().filter(|at| words(*at) >= COMMENT_WORDS);
    if let (Some(only), None) = (told.next(), told.next()) {
        labels[only].text = COMMENT.to_owned();
    }
    Some(())
}

fn blank() -> Cell {
    Cell::single("", At::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::table_grid::tests::table;

    fn rows(lines: &[&str]) -> Option<Vec<String>> {
        let turned = as_rows(&table(lines), Vocabulary::builtin())?;
        let text = |row: &Vec<Cell>| row.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" | ");
        Some(turned.rows.iter().map(text).collect())
    }

    #[test]
    fn one_thing_after_another() {
        let found = rows(&[
            "Uppdrag | 3.1 Utreda parken",
            "Status | Pågår",
            "Kommentar | Klart i maj.",
            "Uppdrag | 3.2 Bygga bron",
            "Kommentar | Väntar på bygglov.",
        ]);
        assert_eq!(
            found.unwrap(),
            [
                "Uppdrag | Status | Kommentar",
                "3.1 Utreda parken | Pågår | Klart i maj.",
                "3.2 Bygga bron |  | Väntar på bygglov.",
            ]
        );
    }

    #[test]
    fn numbers_in_the_first_label() {
        let numbered = [
            "Åtgärd 1 | Räkna om avgifter",
            "Status | Genomförd",
            "Resultat | Av 45 granskade ärenden var 41 rätt.",
            "Åtgärd 2 | Följa upp avtal",
            "Status | Pågår",
        ];
        assert_eq!(
            rows(&numbered).unwrap(),
            [
                "Nr | Åtgärd | Status | Kommentar",
                "1 | Räkna om avgifter | Genomförd | Av 45 granskade ärenden var 41 rätt.",
                "2 | Följa upp avtal | Pågår | ",
            ]
        );
        assert_eq!(
            rows(&["A1 | Öppen ateljé", "Status | Försenad"]).unwrap()[1],
            "A1 | Öppen ateljé | Försenad"
        );
    }

    #[test]
    fn headings_over_columns_are_none() {
        assert!(rows(&["Uppdrag | Status", "Utreda parken | Pågår", "Bygga bron | Klar"]).is_none());
        assert!(rows(&["Ansvarig | Parkchefen", "Datum | 2031-04-20"]).is_none());
    }
}
