//! Tables as cells: what was seen, and how sure it is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::place::{At, Place};

/// A table, joined over the pages it runs over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The caption.
    pub caption: Option<String>,
    /// How many rows at the top are headings.
    pub header_rows: u32,
    /// Whether the cells can be relied on.
    pub certainty: Certainty,
    /// The rows; a cell takes the next free column of its row, as in HTML.
    pub rows: Vec<Vec<Cell>>,
    /// The table's box on each of its pages, or its lines.
    pub at: Vec<Place>,
}

/// Whether a table's cells can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Witnesses agree.
    Sure,
    /// Witnesses disagree or are missing: the cells are what was seen, no number of them becomes a record's value, and
    /// the diagnostic `table-uncertain` names the table.
    Uncertain,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The cell's text, lines joined by a space.
    pub text: String,
    /// How many columns it covers.
    #[schemars(range(min = 1))]
    pub col_span: u32,
    /// How many rows it covers.
    #[schemars(range(min = 1))]
    pub row_span: u32,
    /// A digest of the picture in the cell, equal for equal pictures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Where it stands; an empty list for an empty cell.
    pub at: At,
    /// How many bytes of the text are a title: bold lines with plain ones below them. Not written.
    #[serde(skip)]
    #[schemars(skip)]
    pub title_end: Option<usize>,
}

impl Cell {
    /// A cell of one column and one row, without a picture.
    #[must_use]
    pub fn single(text: impl Into<String>, at: At) -> Self {
        Self { text: text.into(), col_span: 1, row_span: 1, image: None, at, title_end: None }
    }
}
