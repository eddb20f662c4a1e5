//! Many files: the archive.
//!
//! In go folders of papers of every age, out comes a folder that holds one document for each different file and a
//! catalogue of them all. A run may be stopped at any moment; the next one goes on where it was.
//!
//! The way of a file: [`walk`] finds it, [`identify`] tells by its content whether it is known, [`pool`] has a worker
//! process read it ([`worker`] is that process, [`sandbox`] its fence, [`protocol`] their language), [`store`] makes
//! the document durable and [`catalog`] then the row. [`ingest`] runs all of it, [`report`] tells how it went and
//! [`search`] finds things again. An archive's layout is described in `docs/archive.md`.

pub mod catalog;
pub mod clock;
pub mod entry;
mod error;
pub mod identify;
pub mod ingest;
mod lock;
pub mod pool;
pub mod progress;
pub mod protocol;
mod reason;
mod renewal;
pub mod report;
pub mod sandbox;
pub mod search;
pub mod shown;
pub mod store;
pub mod walk;
pub mod worker;

pub use error::ArchiveError;
pub use reason::Reason;
