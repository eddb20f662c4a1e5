//! Reading pages that are pictures: a paper is rendered, made a scan in several ways, and read.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeMap;
use std::sync::Arc;

use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_interpret::InterpreterSettings;
use hayro_syntax::Pdf;
use skrivelse::glyphs::{Page, PdfFile, Turn, ocr};
use skrivelse::settings::{OcrSettings, Settings};

const PAPER: &str = "fixtures/papers/kungsbacka-tjansteskrivelse/paper.pdf";

/// A grey picture.
struct Picture {
    width: usize,
    height: usize,
    data: Vec<u8>,
}

impl Picture {
    fn of_first_page(file: &str, dpi: f32) -> Self {
        let pdf = Pdf::new(Arc::new(std::fs::read(file).unwrap())).unwrap();
        let target = PixmapSettings { x_scale: dpi / 72.0, y_scale: dpi / 72.0, bg_color: WHITE };
        let page = &pdf.pages()[0];
        let painted = hayro::render(
            page,
            &RenderCache::new(),
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &target,
        );
        let data = painted.data().iter().map(|p| p.g).collect();
        Self { width: painted.width().into(), height: painted.height().into(), data }
    }

    /// Turned by a quarter, clockwise.
    fn turned(&self) -> Self {
        let (width, height) = (self.height, self.width);
        let at = |x: usize, y: usize| self.data[(self.height - 1 - x) * self.width + y];
        let data = (0..width * height).map(|i| at(i % width, i / width)).collect();
        Self { width, height, data }
    }

    /// Sheared so that lines fall to the right: for small angles that is a rotation.
    fn skewed(&self, degrees: f64) -> Self {
        let slope = degrees.to_radians().tan();
        let at = |x: usize, y: usize| {
            let from = y as f64 - slope * (x as f64 - self.width as f64 / 2.0);
            let row = from.round();
            if row < 0.0 || row >= self.height as f64 {
                255
            } else {
                self.data[row as usize * self.width + x]
            }
        };
        let data = (0..self.data.len()).map(|i| at(i % self.width, i / self.width)).collect();
        Self { data, ..*self }
    }

    /// A PDF whose page shows the picture, and behind it words that nobody sees.
    fn to_pdf(&self, dpi: f32, hidden: &str) -> Vec<u8> {
        let (w, h) = (self.width as f32 * 72.0 / dpi, self.height as f32 * 72.0 / dpi);
        let content = format!("q {w} 0 0 {h} 0 0 cm /I Do Q BT 3 Tr /F 10 Tf 50 50 Td ({hidden}) Tj ET");
        let mut file = format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 {w} {h}]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>/Font<</F 6 0 R>>>>>>endobj\n\
             4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n\
             6 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n\
             5 0 obj<</Type/XObject/Subtype/Image/Width {}/Height {}/ColorSpace/DeviceGray/BitsPerComponent 8/Length {}>>stream\n",
            content.len(),
            self.width,
            self.height,
            self.data.len()
        )
        .into_bytes();
        file.extend(&self.data);
        file.extend(b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n");
        file
    }
}

/// The OCR settings, or nothing where Tesseract is missing: the test then says so and passes, except where CI says that
/// everything is to be tested.
fn tesseract() -> Option<OcrSettings> {
    let settings = OcrSettings::default();
    match ocr::check(&settings) {
        Ok(()) => Some(settings),
        Err(missing) => {
            let in_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
            assert!(!in_ci, "scans cannot be tested: {missing}");
            eprintln!("SKIPPED: {missing}");
            None
        }
    }
}

fn first_page(bytes: Vec<u8>, ocr: Option<&OcrSettings>) -> Page {
    let pdf = PdfFile::open(Arc::new(bytes)).unwrap();
    let mut pages = pdf
        .map_pages(&Settings::default(), |page| (page.number == 1).then(|| ocr::complete(&pdf, page, ocr)));
    pages.swap_remove(0).unwrap()
}

/// A page's words, by the spaces and gaps between its glyphs, with how often each stands there.
fn words(page: &Page) -> BTreeMap<String, usize> {
    let words = skrivelse::layout::PageWords::gather(page.clone());
    let mut counts = BTreeMap::new();
    for word in words.words {
        *counts.entry(word.text).or_default() += 1;
    }
    counts
}

/// The part of the one's words that the other has too.
fn share(of: &BTreeMap<String, usize>, with: &BTreeMap<String, usize>) -> f64 {
    let both: usize = of.iter().map(|(word, n)| (*n).min(with.get(word).copied().unwrap_or(0))).sum();
    both as f64 / of.values().sum::<usize>().max(1) as f64
}

#[test]
fn a_scan_is_read_upright_askew_and_on_its_side() {
    let Some(settings) = tesseract() else { return };
    let native = first_page(std::fs::read(PAPER).unwrap(), None);
    let truth = words(&native);
    let dpi = 300.0;
    let picture = Picture::of_first_page(PAPER, dpi);
    let cases = [
        ("upright", picture.to_pdf(dpi, "")),
        ("askew", picture.skewed(1.3).to_pdf(dpi, "")),
        ("on its side", picture.turned().to_pdf(dpi, "")),
        ("with a false text layer", picture.to_pdf(dpi, "falsk text som ingen ser")),
    ];
    for (name, bytes) in cases {
        let page = first_page(bytes, Some(&settings));
        let info = page.ocr.clone().unwrap();
        assert_eq!(info.problem, None, "{name}");
        let found = words(&page);
        let (recall, precision) = (share(&truth, &found), share(&found, &truth));
        eprintln!(
            "{name}: recall {recall:.3}, precision {precision:.3}, confidence {}",
            info.mean_confidence
        );
        assert!(recall > 0.93 && precision > 0.9, "{name}: {recall} {precision}\n{found:?}");
        assert!(!found.contains_key("falsk"));
        let turn = if name == "on its side" { Turn::Quarter } else { Turn::None };
        assert!(page.glyphs.iter().all(|g| g.turn == turn), "{name}");
        assert!(page.images.is_empty(), "the picture has become text");
    }
    // What was read stands where the paper's own letters do, within a letter's size.
    let page = first_page(picture.to_pdf(dpi, ""), Some(&settings));
    let place = |page: &Page, word: &str| {
        let words = skrivelse::layout::PageWords::gather(page.clone()).words;
        words.into_iter().find(|w| w.text == word).map(|w| (w.bbox, w.size))
    };
    let long = truth.keys().max_by_key(|w| (truth[*w] == 1, w.chars().count())).unwrap();
    let ((own, own_size), (read, read_size)) = (place(&native, long).unwrap(), place(&page, long).unwrap());
    let near = |a: f32, b: f32| (a - b).abs() < 3.0;
    assert!(
        near(own.x0, read.x0) && near(own.x1, read.x1) && near(own.y0, read.y0),
        "{long}: {own:?} {read:?}"
    );
    assert!((own_size / read_size - 1.0).abs() < 0.12, "{own_size} {read_size}");
}

#[test]
fn a_missing_program_or_language_is_told_with_the_remedy() {
    let missing = OcrSettings { program: "no-such-tesseract".into(), ..OcrSettings::default() };
    let said = ocr::check(&missing).unwrap_err().to_string();
    assert!(said.contains("apt install tesseract-ocr tesseract-ocr-swe"), "{said}");
    let blank = Picture { width: 600, height: 800, data: vec![255; 480_000] };
    let page = first_page(blank.to_pdf(72.0, ""), Some(&missing));
    assert!(page.ocr.unwrap().problem.unwrap().contains("not installed"));
    let Some(settings) = tesseract() else { return };
    let said =
        ocr::check(&OcrSettings { language: "tlh".into(), ..settings.clone() }).unwrap_err().to_string();
    assert!(said.contains("tesseract-ocr-tlh"), "{said}");
    let page = first_page(blank.to_pdf(72.0, ""), Some(&settings));
    assert_eq!((page.glyphs.len(), page.ocr.unwrap().problem), (0, None), "a blank page is blank");
}
