//! Reads the papers that Swedish municipal committees decide on, and writes data that can be trusted.

pub mod diagnostic;
pub mod geometry;
pub mod place;
pub mod records;
pub mod vocabulary;
