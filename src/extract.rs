//! The way of the data, each stage called once.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::checks;
use crate::diagnostic::{Code, Report};
use crate::glyphs::ocr::OcrInfo;
use crate::glyphs::{PdfFile, ocr, plain_text};
use crate::layout::{Layout, PageLayout, Unreadable, join_pages, lay_out_page, lay_out_text};
use crate::place::{At, Place};
use crate::records::document::{Document, MediaType, Metadata, SCHEMA_VERSION, SourceInfo, TextLayer};
use crate::records::paper::Paper;
use crate::records::read_papers;
use crate::sections::{outline, with_headed_tables};
use crate::settings::Settings;
use crate::source::{ReadError, Source};

/// How many doubtful numbers of a scanned paper are named; the others are counted.
const MOST_DOUBTFUL_NAMED: usize = 12;

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
    let layout = with_headed_tables(layout, vocabulary);
    let papers = outline(&layout, vocabulary);
    let (papers, mut noticed) = read_papers(&papers, &layout, vocabulary, &mut report);
    for (paper, noticed) in papers.iter().zip(&mut noticed) {
        let mut pages = paper.at.iter().filter_map(Place::page);
        noticed.is_recognised = pages.any(|page| reading.scanned.contains_key(&page));
    }
    report_scans(&papers, &reading.scanned, &mut report);
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
    /// The pages that were read from their pictures, each with how far that can be trusted.
    scanned: BTreeMap<u32, OcrInfo>,
}

/// Stages 2 and 3: pages stream through, and only their lines and tables are kept.
fn lay_out(source: &Source, settings: &Settings, report: &mut Report) -> (Layout, Reading) {
    match source {
        Source::Pdf(pdf) => lay_out_pdf(pdf, settings, report),
        Source::Text { media_type, text } => {
            let lines = plain_text::read_lines(text, *media_type);
            let pages = lines.iter().filter(|l| !l.text.trim().is_empty()).filter_map(|l| l.page).max();
            let (media_type, text_layer) = (*media_type, TextLayer::Native);
            (
                lay_out_text(&lines),
                Reading {
                    media_type,
                    pages,
                    text_layer,
                    metadata: Metadata::default(),
                    scanned: BTreeMap::new(),
                },
            )
        }
    }
}

fn lay_out_pdf(pdf: &PdfFile, settings: &Settings, report: &mut Report) -> (Layout, Reading) {
    let tree = pdf.structure_tree(settings);
    let pages = pdf.map_pages(settings, |page| {
        let page = ocr::complete(pdf, page, settings.ocr.as_ref());
        lay_out_page(page, &tree, settings)
    });
    let text_layer = text_layer(&pages);
    for page in &pages {
        let problem = page.ocr.as_ref().and_then(|o| o.problem.as_deref());
        match (page.unreadable, problem) {
            (_, Some(problem)) => {
                let message = format!("page {} cannot be read: {problem}", page.number);
                report.add(Code::UnreadablePage, None, whole_page(page), message);
            }
            (Some(reason), None) => {
                report.add(
                    Code::UnreadablePage,
                    None,
                    whole_page(page),
                    unreadable_message(page.number, reason),
                );
            }
            (None, None) => {}
        }
    }
    let scanned =
        pages.iter().filter_map(|p| Some((p.number, p.ocr.clone().filter(|o| o.problem.is_none())?)));
    let scanned: BTreeMap<u32, OcrInfo> = scanned.collect();
    let count = u32::try_from(pages.len()).ok();
    let metadata = pdf.metadata();
    let reading = Reading { media_type: MediaType::Pdf, pages: count, text_layer, metadata, scanned };
    (join_pages(pages), reading)
}

fn text_layer(pages: &[PageLayout]) -> TextLayer {
    let has_text = |p: &&PageLayout| !p.lines.is_empty() || !p.tables.is_empty();
    let is_scan = |p: &PageLayout| p.ocr.as_ref().is_some_and(|o| o.problem.is_none());
    let scans = pages.iter().filter(has_text).filter(|p| is_scan(p)).count();
    match pages.iter().filter(has_text).count() {
        0 => TextLayer::None,
        all if scans == all => TextLayer::Ocr,
        _ if scans > 0 => TextLayer::Mixed,
        _ => TextLayer::Native,
    }
}

/// No number that was read from a picture goes out without a word: one finding for each paper with scanned pages.
fn report_scans(papers: &[Paper], scanned: &BTreeMap<u32, OcrInfo>, report: &mut Report) {
    for (index, paper) in (1_u32..).zip(papers) {
        let own: Vec<(u32, &OcrInfo)> =
            paper.at.iter().filter_map(Place::page).filter_map(|p| Some((p, scanned.get(&p)?))).collect();
        if own.is_empty() {
            continue;
        }
        let at = paper.at.iter().filter(|p| p.page().is_some_and(|p| scanned.contains_key(&p))).copied();
        let message = told_of_scans(&own, checks::confirmed_by_sums(paper));
        report.add(Code::OcrNumber, Some(index), at.collect(), message);
    }
}

/// What is said of the numbers on scanned pages.
fn told_of_scans(scanned: &[(u32, &OcrInfo)], in_sums: usize) -> String {
    let pages: Vec<String> = scanned.iter().map(|(page, _)| page.to_string()).collect();
    let least = scanned.iter().map(|(_, info)| info.mean_confidence).min().unwrap_or(0);
    let numbers: u32 = scanned.iter().map(|(_, info)| info.numbers).sum();
    let confirmed: u32 = scanned.iter().map(|(_, info)| info.confirmed).sum();
    let mut message = format!(
        "the numbers on page {} were read from pictures by character recognition, whose confidence is {least} of 100 or \
         more",
        pages.join(", ")
    );
    if numbers > 0 {
        message += &format!("; a second reading confirms {confirmed} of {numbers}");
    }
    if in_sums > 0 {
        message += &format!(", and {in_sums} agree in sums");
    }
    let doubtful: Vec<String> = scanned
        .iter()
        .flat_map(|(page, info)| info.doubtful.iter().map(move |text| format!("'{text}' on page {page}")))
        .collect();
    if !doubtful.is_empty() {
        let more = doubtful.len().saturating_sub(MOST_DOUBTFUL_NAMED);
        message += &format!("; doubtful: {}", doubtful[..doubtful.len() - more].join(", "));
        if more > 0 {
            message += &format!(" and {more} more");
        }
    }
    message + "; compare them with the paper"
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
    let text =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("an internal error").lines().next().unwrap_or_default().to_owned()
}
