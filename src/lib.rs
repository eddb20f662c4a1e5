//! Reads the papers that Swedish municipal committees decide on, and writes data that can be trusted.
//!
//! The way of the data, one module a stage; a stage uses only those before it:
//!
//! 1. [`source`]: which kind of file is this?
//! 2. [`glyphs`]: what stands on each page?
//! 3. [`layout`]: what belongs together?
//! 4. `sections`: what is under which heading?
//! 5. [`records`]: what does it say?
//! 6. `checks`: does it agree with itself?
//! 7. `output`: how does it leave?
//!
//! [`extract()`] calls each once.

pub mod archive;
pub mod diagnostic;
mod extract;
pub mod geometry;
pub mod glyphs;
pub mod layout;
pub mod place;
pub mod records;
pub mod settings;
pub mod source;

pub use extract::extract;
