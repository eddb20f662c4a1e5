//! The way of the data, each stage called once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::checks;
use crate::diagnostic::{Code, Report};
use crate::glyphs::{PdfFile, plain_text};
use crate::layout::{Layout, PageLayout, Unreadable, join_pages, lay_out_page, lay_out_text};
use crate::place::{At, Place};
use crate::records::document::{Document, MediaType, Metadata, SCHEMA_VERSION, SourceInfo, TextLayer};
use crate::records::read_papers;
use crate::sections::outline;
use crate::settings::Settings;
use crate::source::{ReadError, Source};

/// Read one file. Only opening the bytes may fail; every later stage gives its best and says what it doubts.
pub fn extract(bytes: Vec<u8>, name: &str, settings: &Settings) -> Result<Document, ReadError> {
    catch_unwind(AssertUnwindSafe(|| extract_unguarded(&Arc::new(bytes), name, settings)))
        .unwrap_or_else(|panic| Err(ReadError::Internal(panic_message(panic.as_ref()))))
}

fn extract_unguarded(bytes: &Arc<Vec<u8>>, name: &str, settings: &Settings) -> Result<Document, ReadError> {
    let mut report = Report::default();
    let source = Source::open(Arc::clone(bytes), settings)?;
    let (layout, reading) = lay_out(&source, settings, &mut report);
    let vocabulary = settings.vocabulary();
    let papers = outline(&layout, vocabulary);
    let (papers, noticed) = read_papers(&papers, &layout, vocabulary, &mut report);
    checks::run(&papers, &noticed, vocabulary, &mut report);
    Ok(Document {
        schema_version: SCHEMA_VERSION.to_owned(),
        source: SourceInfo {
            name: name.to_owned(),
            sha256: format!("{:x}", Sha256::digest(bytes.as_slice())),
            bytes: bytes.len() as u64,
            media_type: reading.media_type,
            pages: reading.pages,
            text_layer: reading.text_layer,
            metadata: reading.metadata,
        },
        papers,
        diagnostics: report.diagnostics,
    })
}

/// What reading the pages told of the file itself.
struct Reading {
    media_type: MediaType,
    pages: Option<u32>,
    text_layer: TextLayer,
    metadata: Metadata,
}

/// Stages 2 and 3: pages stream through, and only their lines and tables are kept.
fn lay_out(source: &Source, settings: &Settings, report: &mut Report) -> (Layout, Reading) {
    match source {
        Source::Pdf(pdf) => lay_out_pdf(pdf, settings, report),
        Source::Text { media_type, text } => {
            let lines = plain_text::read_lines(text, *media_type);
            let pages = lines.iter().filter(|l| !l.text.trim().is_empty()).filter_map(|l| l.page).max();
            let (media_type, text_layer) = (*media_type, TextLayer::Native);
            (lay_out_text(&lines), Reading { media_type, pages, text_layer, metadata: Metadata::default() })
        }
    }
}

fn lay_out_pdf(pdf: &PdfFile, settings: &Settings, report: &mut Report) -> (Layout, Reading) {
    let tree = pdf.structure_tree(settings);
    let pages = pdf.map_pages(settings, |page| lay_out_page(page, &tree, settings));
    let text_layer = if pages.iter().any(|p| !p.lines.is_empty()) { TextLayer::Native } else { TextLayer::None };
    for page in &pages {
        if let Some(reason) = page.unreadable {
            report.add(Code::UnreadablePage, None, whole_page(page), unreadable_message(page.number, reason));
        }
    }
    let count = u32::try_from(pages.len()).ok();
    let reading = Reading { media_type: MediaType::Pdf, pages: count, text_layer, metadata: pdf.metadata() };
    (join_pages(pages), reading)
}

fn whole_page(page: &PageLayout) -> At {
    Place::on_page(page.number, crate::geometry::Rect::new(0.0, 0.0, page.width, page.height)).into()
}

fn unreadable_message(number: u32, reason: Unreadable) -> String {
    let why = match reason {
        Unreadable::NoText => "is a picture of text: it holds no text that can be read",
        Unreadable::Garbage => "has a text layer that does not say which characters it holds",
        Unreadable::CutOff => "reached a limit and was read only in part",
    };
    format!("page {number} {why}")
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("an internal error").lines().next().unwrap_or_default().to_owned()
}
