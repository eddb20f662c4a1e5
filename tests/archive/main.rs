//! The archive, from the outside: the program itself is run on folders made for it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod bench;
mod hostile;
mod identity;
mod kill;
mod search;
mod trouble;
