//! Tables that stand twice.
//!
//! Sure: the same cells in the same order, headings and at least two numbers among them. Empty forms and heads that
//! each page repeats hold no numbers.

use super::wording::{beginning, key};
use super::{Finding, Subject, places};
use crate::place::At;
use crate::records::table::{Certainty, Table};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let tables: Vec<(&Table, String)> =
        subject.paper.tables.iter().filter_map(|table| Some((table, cells(table)?))).collect();
    let mut found = Vec::new();
    for (index, (table, own)) in tables.iter().enumerate() {
        let is_first = !tables[..index].iter().any(|(_, other)| other == own);
        let again = tables[index + 1..].iter().filter(|(_, other)| other == own).count();
        if again == 0 || !is_first {
            continue;
        }
        let alike: Vec<At> =
            tables.iter().filter(|(_, other)| other == own).map(|(t, _)| At(t.at.clone())).collect();
        let at = places(&alike);
        let row = table
            .rows
            .last()
            .map(|row| row.iter().map(|cell| cell.text.trim()).filter(|t| !t.is_empty()).collect::<Vec<_>>());
        let times = if again == 1 { "twice".to_owned() } else { format!("{} times", again + 1) };
        found.push(Finding::new(
            format!(
                "the table with the row '{}' stands {times}",
                beginning(&row.unwrap_or_default().join(" | "))
            ),
            at,
        ));
    }
    found
}

/// The cells of a table as one text; `None` where they tell too little.
fn cells(table: &Table) -> Option<String> {
    let is_number =
        |text: &str| text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic);
    let below = table.rows.iter().skip(table.header_rows as usize).flatten();
    let numbers = below.filter(|cell| is_number(&cell.text)).count();
    let text: Vec<String> = table
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| key(&cell.text)).collect::<Vec<_>>().join("|"))
        .collect();
    (numbers > 1 && table.rows.len() > 1 && table.certainty == Certainty::Sure).then(|| text.join("\n"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{messages, paper};
    use super::*;

    fn table(rows: &[&[&str]]) -> Value {
        let cell = |text: &&str| json!({"text": text, "col_span": 1, "row_span": 1, "at": []});
        let rows: Vec<Vec<Value>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        json!({"caption": null, "header_rows": 1, "certainty": "sure", "rows": rows, "at": []})
    }

    #[test]
    fn the_same_numbers_again() {
        let costs = || table(&[&["Mnkr", "2030", "2031"], &["Parker", "3", "4"]]);
        let found = messages(check, &paper(json!({"tables": [costs(), costs()]})));
        assert_eq!(found, ["the table with the row 'Parker | 3 | 4' stands twice"]);
    }

    #[test]
    fn other_numbers_and_empty_forms() {
        let tables = json!([
            table(&[&["Mnkr", "2030", "2031"], &["Parker", "3", "4"]]),
            table(&[&["Mnkr", "2030", "2031"], &["Parker", "3", "5"]]),
            table(&[&["Namn", "Datum"], &["", ""]]),
            table(&[&["Namn", "Datum"], &["", ""]]),
        ]);
        assert!(messages(check, &paper(json!({"tables": tables}))).is_empty());
    }
}
