//! The commands on archives. Thrown away at the merge, but for its `mod` lines.

pub(crate) mod archive_run;
pub(crate) mod find;
pub(crate) mod get;
pub(crate) mod ingest;
pub(crate) mod retry;
pub(crate) mod status;
pub(crate) mod worker;
