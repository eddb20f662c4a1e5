//! `show`: what a stage saw on a page, as text or as a picture.

use std::io::{self, Write};
use std::sync::Arc;

use clap::ValueEnum;
use skrivelse::glyphs::{Page, PdfFile};
use skrivelse::layout::{PageWords, Word};
use skrivelse::output::svg::{Drawing, Labelled, draw};
use skrivelse::reader::Reader;
use skrivelse::settings::Settings;
use skrivelse::source::Source;

use super::args::ShowArgs;
use super::config::Config;
use super::input::Input;
use super::{Failure, Outcome, Result};

/// A stage that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// Characters, rulings, filled areas and pictures as the file draws them
    Glyphs,
    /// Words, and those that run another way
    Words,
}

impl Stage {
    /// The one table of what is shown. A new stage is a variant above, a line here and a function below.
    fn view(self) -> fn(&PdfFile, u32, &Settings) -> Vec<Labelled> {
        match self {
            Self::Glyphs => glyphs,
            Self::Words => words,
        }
    }
}

pub(crate) fn run(args: &ShowArgs) -> Result {
    let config = Config::new(&args.reading)?;
    let input = Input::new(&args.file);
    let unread = |error: &dyn std::fmt::Display| Failure::Said(format!("{input} cannot be read: {error}"));
    let bytes = input.load(&config.settings).map_err(|error| unread(&error))?;
    let mut reader =
        Reader::new(config.jobs, Arc::clone(&config.settings)).map_err(|error| unread(&error))?;
    let (stage, number, settings) = (args.stage, args.page, Arc::clone(&config.settings));
    let drawing =
        reader.guard(move || look(bytes, stage, number, &settings)).map_err(|error| unread(&error))?;
    let drawing = drawing.map_err(|sentence| Failure::Said(format!("{input} {sentence}")))?;
    let mut out = io::stdout().lock();
    if args.svg {
        out.write_all(draw(&drawing).as_bytes())?;
    } else {
        write_text(&drawing, &mut out)?;
    }
    Ok(Outcome::Fine)
}

/// Look at a page of a file. The error goes on from the file's name.
fn look(
    bytes: Vec<u8>,
    stage: Stage,
    number: u32,
    settings: &Settings,
) -> std::result::Result<Drawing, String> {
    let source =
        Source::open(Arc::new(bytes), settings).map_err(|error| format!("cannot be read: {error}"))?;
    let Source::Pdf(pdf) = source else {
        return Err("is a text, and only the pages of a PDF can be shown".to_owned());
    };
    let Some(page) = read_page(&pdf, number, settings) else {
        return Err(format!("has {} pages, and page {number} is none of them", pdf.page_count()));
    };
    let boxes = stage.view()(&pdf, number, settings);
    let (width, height) = (page.width, page.height);
    let text = word_boxes(&PageWords::gather(page));
    Ok(Drawing { page: number, width, height, text, boxes })
}

fn glyphs(pdf: &PdfFile, number: u32, settings: &Settings) -> Vec<Labelled> {
    let Some(page) = read_page(pdf, number, settings) else { return Vec::new() };
    let mut boxes = Vec::new();
    for fill in &page.fills {
        boxes.push(Labelled { kind: "fill", label: format!("#{:06x}", fill.color), bbox: fill.bbox });
    }
    for image in &page.images {
        let kind = if image.drawn { "drawing" } else { "image" };
        boxes.push(Labelled { kind, label: format!("{:016x}", image.digest), bbox: image.bbox });
    }
    for ruling in &page.rulings {
        boxes.push(Labelled { kind: "ruling", label: format!("#{:06x}", ruling.color), bbox: ruling.bbox });
    }
    for glyph in &page.glyphs {
        let font = page.fonts.get(usize::from(glyph.font)).map(|font| font.name.as_str()).unwrap_or_default();
        let label = format!("{} {font} {:.1}", glyph.ch, glyph.size);
        boxes.push(Labelled { kind: "glyph", label, bbox: glyph.bbox });
    }
    boxes
}

fn words(pdf: &PdfFile, number: u32, settings: &Settings) -> Vec<Labelled> {
    read_page(pdf, number, settings).map(|page| word_boxes(&PageWords::gather(page))).unwrap_or_default()
}

/// The words of a page with their boxes on the page rather than in its reading frame.
fn word_boxes(page: &PageWords) -> Vec<Labelled> {
    let boxed =
        |kind, word: &Word| Labelled { kind, label: word.text.clone(), bbox: page.frame.rect_out(word.bbox) };
    let along = page.words.iter().map(|word| boxed("word", word));
    along.chain(page.aside.iter().map(|word| boxed("aside", word))).collect()
}

fn read_page(pdf: &PdfFile, number: u32, settings: &Settings) -> Option<Page> {
    pdf.map_pages(settings, |page| (page.number == number).then_some(page)).into_iter().flatten().next()
}

/// One line for each box: its kind, its edges, what it says.
fn write_text(drawing: &Drawing, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "page {}, {:.2} x {:.2} points", drawing.page, drawing.width, drawing.height)?;
    for Labelled { kind, label, bbox } in &drawing.boxes {
        writeln!(out, "{kind:8} {:7.2} {:7.2} {:7.2} {:7.2}  {label}", bbox.x0, bbox.y0, bbox.x1, bbox.y1)?;
    }
    Ok(())
}
