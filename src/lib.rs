//! Reads the papers that Swedish municipal committees decide on, and writes data that can be trusted.
//!
//! The way of the data, one module a stage; a stage uses only those before it:
//!
//! 1. [`source`]: which kind of file is this?
//! 2. [`glyphs`]: what stands on each page?
//! 3. [`layout`]: what belongs together?
//! 4. [`sections`]: what is under which heading?
//! 5. [`records`]: what does it say?
//! 6. [`checks`]: does it agree with itself?
//! 7. [`output`]: how does it leave?
//!
//! [`extract()`] calls each once. [`reader`] reads files with it so that a bad one stops neither the others nor the
//! program.
//!
//! ```
//! use skrivelse::{extract, settings::Settings};
//!
//! let text = "Tjänsteskrivelse\n2025-04-29\n\nFörslag till beslut\n\nNämnden godkänner uppföljningen.\n";
//! let document = extract(text.into(), "uppfoljning.txt", &Settings::default())?;
//! assert_eq!(document.source.name, "uppfoljning.txt");
//! for finding in &document.diagnostics {
//!     println!("{}[{}]: {}", finding.severity, finding.code, finding.message);
//! }
//! # Ok::<(), skrivelse::source::ReadError>(())
//! ```

pub mod archive;
pub mod checks;
pub mod diagnostic;
pub mod explanations;
mod extract;
pub mod geometry;
pub mod glyphs;
pub mod layout;
pub mod output;
mod pattern;
pub mod place;
pub mod reader;
pub mod records;
pub mod sections;
pub mod settings;
pub mod source;
pub mod vocabulary;

pub use extract::extract;
