//! The way of the data, each stage called once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::diagnostic::Report;
use crate::records::document::{Document, MediaType, Metadata, SCHEMA_VERSION, SourceInfo, TextLayer};
use crate::settings::Settings;
use crate::source::{ReadError, Source};

/// Read one file. Only opening the bytes may fail; every later stage gives its best and says what it doubts.
pub fn extract(bytes: Vec<u8>, name: &str, settings: &Settings) -> Result<Document, ReadError> {
    catch_unwind(AssertUnwindSafe(|| extract_unguarded(Arc::new(bytes), name, settings)))
        .unwrap_or_else(|panic| Err(ReadError::Internal(panic_message(&panic))))
}

fn extract_unguarded(bytes: Arc<Vec<u8>>, name: &str, settings: &Settings) -> Result<Document, ReadError> {
    let report = Report::default();
    let source = Source::open(Arc::clone(&bytes), settings)?;
    let (media_type, pages, metadata) = match &source {
        Source::Pdf(pdf) => (MediaType::Pdf, u32::try_from(pdf.page_count()).ok(), pdf.metadata()),
        Source::Text { media_type, .. } => (*media_type, None, Metadata::default()),
    };
    Ok(Document {
        schema_version: SCHEMA_VERSION.to_owned(),
        source: SourceInfo {
            name: name.to_owned(),
            sha256: format!("{:x}", Sha256::digest(bytes.as_slice())),
            bytes: bytes.len() as u64,
            media_type,
            pages,
            text_layer: TextLayer::Native,
            metadata,
        },
        papers: Vec::new(),
        diagnostics: report.diagnostics,
    })
}

fn panic_message(panic: &Box<dyn std::any::Any + Send>) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("an internal error").lines().next().unwrap_or_default().to_owned()
}
