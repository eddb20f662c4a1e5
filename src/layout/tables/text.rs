//! Tables in plain text and Markdown: between pipes, between tabs, or in aligned columns.

use std::ops::Range;

use crate::records::table::Table;

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
pub fn find_in_text(_lines: &[&str]) -> Vec<TextTable> {
    Vec::new()
}
