//! `schema`: the JSON Schema of the documents.

use skrivelse::output::json::{Layout, write};
use skrivelse::output::schema::document_schema;

use super::{Outcome, Result};

pub(crate) fn run() -> Result {
    write(&document_schema(), Layout::Pretty, std::io::stdout().lock())?;
    Ok(Outcome::Fine)
}
