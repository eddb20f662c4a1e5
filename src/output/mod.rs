//! Stage 7: how does it leave?
//!
//! In goes a document, out come bytes: JSON as the output contract has it, the schema that describes it, and pictures
//! of what the earlier stages saw. Nothing here changes a value.

pub mod conformance;
pub mod json;
pub mod schema;
pub mod svg;
