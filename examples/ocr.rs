//! Reads a scan and prints its lines; for measuring. Thrown away at the merge.
#![allow(missing_docs, clippy::unwrap_used)]
use skrivelse::glyphs::{PdfFile, ocr};
use skrivelse::layout::PageWords;
use skrivelse::settings::{OcrSettings, Settings};
fn main() {
    let file = std::env::args().nth(1).unwrap();
    let only: Option<u32> = std::env::args().nth(2).and_then(|n| n.parse().ok());
    let settings = Settings { ocr: Some(OcrSettings::default()), time_limit: std::time::Duration::from_secs(3600), ..Settings::default() };
    let pdf = PdfFile::open(std::sync::Arc::new(std::fs::read(&file).unwrap())).unwrap();
    let pages = pdf.map_pages(&settings, |page| {
        if only.is_some_and(|n| n != page.number) { return None; }
        let begin = std::time::Instant::now();
        let need = ocr::needs_ocr(&page);
        let page = ocr::complete(&pdf, page, settings.ocr.as_ref());
        let info = page.ocr.clone();
        Some((need, info, page.rulings.len(), begin.elapsed(), PageWords::gather(page)))
    });
    for (need, info, rulings, time, words) in pages.into_iter().flatten() {
        println!("--- page {} needs {need} {time:?} rulings {rulings} {:?}", words.number, info.map(|i| (i.mean_confidence, i.uncertain.len(), i.problem)));
        let mut y = -1.0;
        for w in &words.words {
            if (w.baseline - y).abs() > 3.0 { print!("\n[{:.1} {:.1}] ", w.baseline, w.size); y = w.baseline; }
            print!("{}{} ", w.text, if w.bold { "*" } else { "" });
        }
        println!();
    }
}
