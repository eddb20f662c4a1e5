//! Stage 5: what does it say? The record types, the only ones that are written to JSON.

pub mod activity;
pub mod agenda;
mod agenda_items;
pub mod attachment;
mod broken_words;
pub mod chart;
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
pub mod number;
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
pub mod signatory;
pub mod status;
pub mod table;
mod table_grid;

pub use read::read_papers;
