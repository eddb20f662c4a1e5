//! Tables in plain text and Markdown: between pipes, between tabs, or in aligned columns.

use std::ops::Range;

use crate::place::{At, Place};
use crate::records::table::{Cell, Certainty, Table};

/// A table in a text.
#[derive(Clone, Debug)]
pub struct TextTable {
    /// Its lines, from 0.
    pub lines: Range<usize>,
    /// Its cells; their places are lines from 1.
    pub table: Table,
}

/// Find the tables in a text's lines, from top to bottom.
#[must_use]
pub fn find_in_text(lines: &[&str]) -> Vec<TextTable> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = at + lines[at..].iter().take_while(|line| line.contains('\t')).count();
        if end >= at + 2 {
            found.push(TextTable { lines: at..end, table: read_tabs(&lines[at..end], at) });
        }
        at = end.max(at + 1);
    }
    found
}

/// Reads lines whose cells end at tabs. Nothing is moved: a cell stands where the tabs put it.
fn read_tabs(lines: &[&str], first: usize) -> Table {
    let columns = lines.iter().map(|line| line.split('\t').count()).max().unwrap_or_default();
    let mut rows = Vec::with_capacity(lines.len());
    let mut at = At::default();
    for (offset, line) in lines.iter().enumerate() {
        let number = u32::try_from(first + offset + 1).unwrap_or(u32::MAX);
        let place = Place::lines(number, number, None);
        at.add(place);
        let mut row: Vec<Cell> = line.split('\t').map(|text| cell(text, place)).collect();
        row.resize_with(columns, || cell("", place));
        rows.push(row);
    }
    Table { caption: None, header_rows: 1, certainty: Certainty::Sure, rows, at: at.0 }
}

fn cell(text: &str, place: Place) -> Cell {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in ["<b>", "</b>", "**"] {
        text = text.replace(mark, "");
    }
    let at = if text.is_empty() { At::default() } else { place.into() };
    Cell { text, col_span: 1, row_span: 1, image: None, at }
}
