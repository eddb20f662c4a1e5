//! Stage 3: what belongs together?
//!
//! In goes a page's glyphs, out come words, tables, lines and blocks in reading order. Reading happens in the page's
//! reading frame: a page whose text runs upwards is turned first, and places are turned back when they are written.

pub mod tables;
mod words;

pub use words::{Frame, PageWords, Word};
