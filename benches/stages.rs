//! How long each stage takes on the papers under `fixtures/papers`.
//!
//! Run with `cargo bench`. A whole run against another program is measured by `benches/against.sh`.

#![allow(clippy::unwrap_used)] // A panic is a failed run.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use skrivelse::extract;
use skrivelse::glyphs::PdfFile;
use skrivelse::layout::PageWords;
use skrivelse::output::json::{Layout, to_bytes};
use skrivelse::output::schema::document_schema;
use skrivelse::settings::Settings;

fn main() {
    divan::main();
}

/// The papers that are PDFs, by the names of their folders.
fn papers() -> Vec<String> {
    let folders = fs::read_dir(root()).unwrap().map(|folder| folder.unwrap().path());
    let mut names: Vec<String> = folders
        .filter(|folder| folder.join("paper.pdf").is_file())
        .map(|folder| folder.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/papers"))
}

fn bytes(paper: &str) -> Vec<u8> {
    fs::read(root().join(paper).join("paper.pdf")).unwrap()
}

#[divan::bench(args = papers())]
fn source(bencher: Bencher<'_, '_>, paper: &str) {
    let bytes = Arc::new(bytes(paper));
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench(|| PdfFile::open(Arc::clone(black_box(&bytes))).unwrap());
}

#[divan::bench(args = papers())]
fn glyphs(bencher: Bencher<'_, '_>, paper: &str) {
    let pdf = PdfFile::open(Arc::new(bytes(paper))).unwrap();
    let settings = Settings::default();
    bencher.bench(|| pdf.map_pages(&settings, |page| page.glyphs.len()));
}

#[divan::bench(args = papers())]
fn glyphs_and_words(bencher: Bencher<'_, '_>, paper: &str) {
    let pdf = PdfFile::open(Arc::new(bytes(paper))).unwrap();
    let settings = Settings::default();
    bencher.bench(|| pdf.map_pages(&settings, PageWords::gather));
}

#[divan::bench(args = papers())]
fn whole(bencher: Bencher<'_, '_>, paper: &str) {
    let bytes = bytes(paper);
    let settings = Settings::default();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .with_inputs(|| bytes.clone())
        .bench_values(|bytes| extract(bytes, "paper.pdf", &settings).unwrap());
}

#[divan::bench(args = papers())]
fn output(bencher: Bencher<'_, '_>, paper: &str) {
    let document = extract(bytes(paper), "paper.pdf", &Settings::default()).unwrap();
    bencher.bench(|| to_bytes(black_box(&document), Layout::Pretty));
}

#[divan::bench]
fn schema() -> serde_json::Value {
    document_schema()
}
