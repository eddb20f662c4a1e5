//! Stage 5: what does it say? The record types, the only ones that are written to JSON.

mod activities;
pub mod activity;
pub mod agenda;
pub mod attachment;
pub mod chart;
pub mod claim;
pub mod date;
pub mod diarienummer;
pub mod document;
pub mod financial_table;
pub mod indicator;
pub mod key_figure;
pub mod number;
pub mod paper;
pub mod particulars;
pub mod period;
pub mod person;
pub mod proposal;
mod read;
pub mod section;
pub mod signatory;
pub mod status;
pub mod table;

pub use read::read_papers;

/// A date, ISO 8601. Part of the schema, so a document with another kind of date is refused.
pub(crate) const DATE_PATTERN: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
/// A SHA-256 digest.
pub(crate) const SHA256_PATTERN: &str = "^[0-9a-f]{64}$";
