//! `show`: what a stage saw on a page, as text or as a picture.

use std::io::{self, Write};
use std::sync::Arc;

use clap::ValueEnum;
use skrivelse::geometry::Rect;
use skrivelse::glyphs::{Page, PdfFile, ocr, plain_text};
use skrivelse::layout::{BlockKind, Layout, Line, PageWords, Word, join_pages, lay_out_page, lay_out_text};
use skrivelse::output::svg::{Drawing, Labelled, draw};
use skrivelse::place::Place;
use skrivelse::reader::Reader;
use skrivelse::sections::{outline, with_headed_tables};
use skrivelse::settings::Settings;
use skrivelse::source::Source;

use super::args::ShowArgs;
use super::config::Config;
use super::console::Console;
use super::input::Input;
use super::{Failure, Outcome, Result};

/// A stage that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// Characters, rulings, filled areas and pictures as the file draws them
    Glyphs,
    /// Words, and those that run another way
    Words,
    /// Lines, and those that are page headers, footers and page numbers
    Lines,
    /// Paragraphs, list items and tables in reading order
    Blocks,
    /// Tables, cell by cell
    Tables,
    /// Papers with their heads, titles and headings
    Sections,
}

/// What a stage saw, all over the file or on the page that is asked for at least.
type View = fn(&Source, u32, &Settings) -> Vec<Seen>;

impl Stage {
    /// The one table of what is shown. A new stage is a variant above, a line here and a function below.
    fn view(self) -> View {
        match self {
            Self::Glyphs => glyphs,
            Self::Words => words,
            Self::Lines => lines,
            Self::Blocks => blocks,
            Self::Tables => tables,
            Self::Sections => sections,
        }
    }
}

/// Something that a stage saw.
struct Seen {
    kind: &'static str,
    label: String,
    place: Place,
}

/// What is shown of a file.
enum Sight {
    /// A page of a PDF.
    Page(Drawing),
    /// A text, or one page of it, which has lines instead of boxes.
    Text(Vec<Seen>),
}

pub(crate) fn run(args: &ShowArgs, console: &Console) -> Result {
    let config = Config::new(&args.reading)?;
    let input = Input::new(&args.file);
    let unread = |error: &dyn std::fmt::Display| Failure::Said(format!("{input} cannot be read: {error}"));
    let bytes = input.load(&config.settings).map_err(|error| unread(&error))?;
    let mut reader =
        Reader::new(config.jobs, Arc::clone(&config.settings)).map_err(|error| unread(&error))?;
    let (stage, number, settings) = (args.stage, args.page, Arc::clone(&config.settings));
    let sight =
        reader.guard(move || look(bytes, stage, number, &settings)).map_err(|error| unread(&error))?;
    let sight = sight.map_err(|sentence| Failure::Said(format!("{input} {sentence}")))?;
    if let Sight::Page(drawing) = &sight
        && drawing.text.is_empty()
    {
        let number = args.page;
        match args.reading.scans.checked() {
            Ok(Ok(_)) => console.note(&format!("page {number} holds no text")),
            Ok(Err(missing)) | Err(missing) => {
                console.note(&format!("page {number} holds no text, and scans are left unread: {missing}"));
            }
        }
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    match sight {
        Sight::Page(drawing) if args.svg => out.write_all(draw(&drawing).as_bytes())?,
        Sight::Page(drawing) => write_page(&drawing, &mut out)?,
        Sight::Text(_) if args.svg => {
            return Err(Failure::Said(format!(
                "{input} is a text, and only the pages of a PDF can be drawn"
            )));
        }
        Sight::Text(seen) => write_text(&seen, &mut out)?,
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

/// Look at a page of a file. The error goes on from the file's name.
fn look(
    bytes: Vec<u8>,
    stage: Stage,
    number: u32,
    settings: &Settings,
) -> std::result::Result<Sight, String> {
    let source =
        Source::open(Arc::new(bytes), settings).map_err(|error| format!("cannot be read: {error}"))?;
    if matches!((&source, stage), (Source::Text { .. }, Stage::Glyphs | Stage::Words)) {
        return Err("is a text, where reading begins with lines: try --stage lines".to_owned());
    }
    let mut seen = stage.view()(&source, number, settings);
    seen.retain(|seen| seen.place.page().is_none_or(|page| page == number));
    let Source::Pdf(pdf) = source else {
        return Ok(Sight::Text(seen));
    };
    let Some(page) = read_page(&pdf, number, settings) else {
        return Err(format!("has {} pages, and page {number} is none of them", pdf.page_count()));
    };
    let (width, height) = (page.width, page.height);
    let text = page_words(page);
    let boxes = |seen: Vec<Seen>| seen.into_iter().filter_map(labelled).collect();
    Ok(Sight::Page(Drawing { page: number, width, height, text: boxes(text), boxes: boxes(seen) }))
}

fn glyphs(source: &Source, number: u32, settings: &Settings) -> Vec<Seen> {
    let Source::Pdf(pdf) = source else { return Vec::new() };
    let Some(page) = read_page(pdf, number, settings) else { return Vec::new() };
    let mut found = Vec::new();
    let mut add = |kind, label, bbox| found.push(Seen { kind, label, place: Place::on_page(number, bbox) });
    for fill in &page.fills {
        add("fill", format!("#{:06x}", fill.color), fill.bbox);
    }
    for image in &page.images {
        add(if image.drawn { "drawing" } else { "image" }, format!("{:016x}", image.digest), image.bbox);
    }
    for ruling in &page.rulings {
        add("ruling", format!("#{:06x}", ruling.color), ruling.bbox);
    }
    for glyph in &page.glyphs {
        let font = page.fonts.get(usize::from(glyph.font)).map(|font| font.name.as_str()).unwrap_or_default();
        add("glyph", format!("{} {font} {:.1}", glyph.ch, glyph.size), glyph.bbox);
    }
    found
}

fn words(source: &Source, number: u32, settings: &Settings) -> Vec<Seen> {
    let Source::Pdf(pdf) = source else { return Vec::new() };
    read_page(pdf, number, settings).map(page_words).unwrap_or_default()
}

fn lines(source: &Source, _: u32, settings: &Settings) -> Vec<Seen> {
    let layout = lay_out(source, settings);
    let seen = |kind, line: &Line| {
        let spans: Vec<&str> = line.spans.iter().map(|span| span.text.as_str()).collect();
        Seen { kind, label: spans.join(" | "), place: line.place }
    };
    let text = layout.blocks.iter().flat_map(|block| &block.lines).map(|line| seen("line", line));
    text.chain(layout.furniture.iter().map(|line| seen("furniture", line))).collect()
}

fn blocks(source: &Source, _: u32, settings: &Settings) -> Vec<Seen> {
    let layout = lay_out(source, settings);
    let mut found = Vec::new();
    for block in &layout.blocks {
        let (kind, label) = match &block.kind {
            BlockKind::Paragraph => ("paragraph", block.text.clone()),
            BlockKind::ListItem(mark) => ("list item", format!("{mark} {}", block.text)),
            BlockKind::Table(index) => ("table", format!("table {}", index + 1)),
        };
        found.extend(block.at.0.iter().map(|place| Seen { kind, label: label.clone(), place: *place }));
    }
    found
}

fn tables(source: &Source, _: u32, settings: &Settings) -> Vec<Seen> {
    let mut found = Vec::new();
    let layout = lay_out(source, settings);
    for (number, (table, doubts)) in (1..).zip(layout.tables.iter().zip(&layout.doubts)) {
        let mut certainty = format!("{:?}", table.certainty).to_lowercase();
        if !doubts.is_empty() {
            let why: Vec<&str> = doubts.iter().map(|doubt| doubt.why()).collect();
            certainty = format!("{certainty} ({})", why.join("; "));
        }
        let label =
            format!("table {number}: {certainty}, {} rows, {} of head", table.rows.len(), table.header_rows);
        found.extend(table.at.iter().map(|place| Seen {
            kind: "table",
            label: label.clone(),
            place: *place,
        }));
        for (row, cells) in (1_u32..).zip(&table.rows) {
            let kind = if row <= table.header_rows { "head cell" } else { "cell" };
            for cell in cells {
                let label = format!("{row}: {}", cell.text);
                found.extend(cell.at.0.iter().map(|place| Seen {
                    kind,
                    label: label.clone(),
                    place: *place,
                }));
            }
        }
    }
    found
}

fn sections(source: &Source, _: u32, settings: &Settings) -> Vec<Seen> {
    let mut found = Vec::new();
    for (number, paper) in (1..).zip(outline(&lay_out(source, settings), settings.vocabulary())) {
        let mut add = |kind, label: &str, places: &[Place]| {
            found.extend(places.iter().map(|place| Seen {
                kind,
                label: format!("{number}: {label}"),
                place: *place,
            }));
        };
        add("paper", "", &paper.at);
        for line in &paper.head {
            add("head", &line.text(), &[line.place]);
        }
        if let Some(title) = &paper.title {
            add("title", &title.text, &title.at.0);
        }
        for part in &paper.parts {
            let about = format!("{:?}, level {}", part.kind, part.level);
            if let Some(heading) = &part.heading {
                add("heading", &format!("{} ({about})", heading.text), &heading.at.0);
            }
            add("section", &about, &part.at().0);
        }
    }
    found
}

/// The first stages, as reading a file goes through them.
fn lay_out(source: &Source, settings: &Settings) -> Layout {
    let layout = match source {
        Source::Pdf(pdf) => {
            let tree = pdf.structure_tree(settings);
            join_pages(pdf.map_pages(settings, |page| {
                lay_out_page(ocr::complete(pdf, page, settings.ocr.as_ref()), &tree, settings)
            }))
        }
        Source::Text { media_type, text } => lay_out_text(&plain_text::read_lines(text, *media_type)),
    };
    with_headed_tables(layout, settings.vocabulary())
}

/// The words of a page with their boxes on the page rather than in its reading frame.
fn page_words(page: Page) -> Vec<Seen> {
    let page = PageWords::gather(page);
    let seen = |kind, word: &Word| {
        let place = Place::on_page(page.number, page.frame.rect_out(word.bbox));
        Seen { kind, label: word.text.clone(), place }
    };
    let along = page.words.iter().map(|word| seen("word", word));
    along.chain(page.aside.iter().map(|word| seen("aside", word))).collect()
}

/// A page with what is read from its picture, where it is a scan.
fn read_page(pdf: &PdfFile, number: u32, settings: &Settings) -> Option<Page> {
    let read = |page: Page| (page.number == number).then(|| ocr::complete(pdf, page, settings.ocr.as_ref()));
    pdf.map_pages(settings, read).into_iter().flatten().next()
}

/// What stands on a page as a box with a name.
fn labelled(seen: Seen) -> Option<Labelled> {
    let Place::Page(place) = seen.place else { return None };
    #[allow(clippy::cast_possible_truncation)] // A page is far smaller than an f32 holds.
    let [x0, y0, x1, y1] = place.bbox.map(|edge| edge as f32);
    Some(Labelled { kind: seen.kind, label: seen.label, bbox: Rect::new(x0, y0, x1, y1) })
}

/// One line for each box: its kind, its edges, what it says.
fn write_page(drawing: &Drawing, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "page {}, {:.2} x {:.2} points", drawing.page, drawing.width, drawing.height)?;
    for Labelled { kind, label, bbox } in &drawing.boxes {
        writeln!(out, "{kind:9} {:7.2} {:7.2} {:7.2} {:7.2}  {label}", bbox.x0, bbox.y0, bbox.x1, bbox.y1)?;
    }
    Ok(())
}

/// One line for each thing: its kind, its lines, what it says.
fn write_text(seen: &[Seen], out: &mut impl Write) -> io::Result<()> {
    for Seen { kind, label, place } in seen {
        let Place::Lines(lines) = place else { continue };
        writeln!(out, "{kind:9} {:5} {:5}  {label}", lines.line, lines.end_line)?;
    }
    Ok(())
}
