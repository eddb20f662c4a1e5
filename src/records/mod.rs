//! Stage 5: what does it say? The record types, the only ones that are written to JSON.

mod activities;
pub mod activity;
pub mod agenda;
mod agenda_items;
mod agenda_papers;
pub mod attachment;
mod broken_words;
mod caption_text;
mod captions;
pub mod chart;
mod chart_labels;
pub mod claim;
mod column_heading;
pub mod date;
pub mod diarienummer;
pub mod document;
mod figures;
pub mod financial_table;
mod financial_tables;
pub mod indicator;
mod indicators;
pub mod key_figure;
mod key_figures;
pub mod noticed;
pub mod number;
mod own_text;
pub mod paper;
mod paper_tables;
pub mod particulars;
pub mod period;
pub mod person;
pub mod proposal;
mod read;
mod relations;
mod reporting_period;
pub mod section;
mod section_kinds;
pub mod signatory;
mod spread_cells;
pub mod status;
pub mod table;
mod table_grid;
mod table_pieces;
mod unit;
mod volumes;

pub use read::read_papers;

/// A date, ISO 8601. Part of the schema, so a document with another kind of date is refused.
pub(crate) const DATE_PATTERN: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
/// A SHA-256 digest.
pub(crate) const SHA256_PATTERN: &str = "^[0-9a-f]{64}$";
