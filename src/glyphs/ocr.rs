//! Pages without text that can be read: rendered, and read with Tesseract.
//!
//! In goes a page whose text is missing, unseen or garbage, out comes the same page with glyphs, so that everything
//! after it works as on any page. The page is rendered in grey (`render.rs`), made straight and freed of its ruling
//! lines (`image.rs`), read by the program `tesseract` over pipes (`program.rs`), and what that says is laid out as
//! glyphs on common baselines (`hocr.rs`). [`Page::ocr`] says that it was so and how far Tesseract trusts itself.
//!
//! It will be wrong where Tesseract is: on handwriting, on stamps over text, on columns of lone digits. Boxes of a page
//! that lay askew in the scanner are those of the page made straight.

mod hocr;
mod image;
mod program;
mod render;

use self::hocr::{OcrWord, TextLine};
use self::image::{Grey, Line};
use self::program::Look;
use super::pdf::PdfFile;
use super::{Font, Glyph, Page, Ruling, Turn};
use crate::geometry::{Point, Rect};
use crate::settings::OcrSettings;

pub use self::program::{OcrError, check};

/// Fewest letters of a page that speaks for itself. Scanners and e-signature services stamp a line or two on pages
/// that otherwise are pictures.
const FEW_LETTERS: usize = 80;

/// Part of the page that a picture covers at least when the page is a scan. Scans are cropped, and cut into strips.
const MOST_OF_PAGE: f32 = 0.5;

/// Fewest curves of a page whose letters are drawn as curves: some lines of text. A logo has a hundred.
const MANY_CURVES: u32 = 600;

/// Part of the letters that are unknown at least when the text is garbage.
const GARBAGE: f32 = 0.3;

/// Mean confidence, of 100, below which the page is tried in other directions. Text the right way up is above 80 even
/// on bad copies; on its side it is below 40.
const DOUBTFUL: u8 = 65;

/// Largest difference of font sizes that are the same size, measured imperfectly.
const SAME_SIZE: f32 = 0.09;

/// How far measures of one size lie apart on both sides, for lines of some words.
const SAME_MEASURE: f32 = 0.03;

/// How many letters must have a size for it to be another one than that of more letters beside it.
const LETTERS_OF_A_SIZE: usize = 30;

/// How much thicker a line's strokes are than the page's when it is bold, or a word's alone.
const BOLD: f32 = 1.32;

/// The same for a word of a bold line: pixels are a coarse measure of strokes, and neighbours seldom differ.
const BOLD_AMONG_BOLD: f32 = 1.15;

/// How many pieces of ink of a letter's size must be left over for a second look.
const FEW_LEFT: usize = 2;

/// What the second look finds counts when it is trusted this much, of 100.
const SURE: u8 = 70;

/// The same for whole numbers. Logos and stamps are seldom taken for one, and each number is reported anyway.
const DIGITS_SURE: u8 = 40;

/// Largest distance of baselines that are the same line, in parts of the font size.
const SAME_LINE: f32 = 0.25;

/// What goes with a word when it is painted over, in pixels.
const MARGIN: f32 = 3.0;

/// What is said of a page that was read from its picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OcrInfo {
    /// How far the program trusts its words on the whole, of 100; 0 where it found none.
    pub mean_confidence: u8,
    /// How many words with figures were read.
    pub numbers: u32,
    /// How many of them were read a second time with the same result.
    pub confirmed: u32,
    /// The words with figures that it does not trust, or that a second reading gives otherwise.
    pub doubtful: Vec<String>,
    /// Whether letters of the page's own stand among those that were read.
    pub has_own_text: bool,
    /// Why the page could not be read, as a sentence that goes on from "page N cannot be read: "; its glyphs are then
    /// the file's own.
    pub problem: Option<String>,
}

/// Whether a page shows text that its glyphs do not hold: it is a scan, its letters are drawn as curves, or they are
/// garbage.
#[must_use]
pub fn needs_ocr(page: &Page) -> bool {
    let seen = page.glyphs.iter().filter(|g| !g.invisible && !g.ch.is_whitespace());
    let (mut readable, mut garbage) = (0_usize, 0_usize);
    for glyph in seen {
        if is_garbage(glyph.ch) {
            garbage += 1;
        } else {
            readable += 1;
        }
    }
    #[allow(clippy::cast_precision_loss)] // a page's letters
    let is_garbage = garbage > 20 && garbage as f32 > GARBAGE * (garbage + readable) as f32;
    is_garbage || (readable < FEW_LETTERS && (page.curves >= MANY_CURVES || covered(page) >= MOST_OF_PAGE))
}

/// A character that stands for none: the file does not say which one it is, or gives it a private or control code.
fn is_garbage(ch: char) -> bool {
    ch == char::REPLACEMENT_CHARACTER || ch.is_control() || ('\u{E000}'..='\u{F8FF}').contains(&ch)
}

/// The part of the page that its pictures cover. Scanners cut a page into strips, so pictures count together; where
/// they lie on each other the sum is too large, which costs a reading and no more.
fn covered(page: &Page) -> f32 {
    let whole = page_box(page);
    let area: f32 = page
        .images
        .iter()
        .filter(|image| !image.drawn)
        .map(|image| image.bbox.x_overlap(&whole).max(0.0) * image.bbox.y_overlap(&whole).max(0.0))
        .sum();
    area / (whole.width() * whole.height()).max(1.0)
}

fn page_box(page: &Page) -> Rect {
    Rect::new(0.0, 0.0, page.width, page.height)
}

/// Give a page its text, where it needs that and the settings ask for it; any other page comes back as it is. The
/// time this takes is on the settings' meter.
#[must_use]
pub fn complete(pdf: &PdfFile, page: Page, settings: Option<&OcrSettings>) -> Page {
    let Some(settings) = settings.filter(|_| needs_ocr(&page)) else { return page };
    let begin = std::time::Instant::now();
    settings.meter.beat();
    let read = read_page(pdf, &page, settings);
    settings.meter.add(begin.elapsed());
    settings.meter.beat();
    match read {
        Ok(read) => with_reading(page, read, settings),
        Err(error) => {
            if !matches!(error, OcrError::Render | OcrError::Time(_)) {
                settings.meter.fail();
            }
            Page { ocr: Some(OcrInfo { problem: Some(error.to_string()), ..OcrInfo::default() }), ..page }
        }
    }
}

/// What was read from a page's picture, in pixels of the picture made upright.
struct Reading {
    lines: Vec<TextLine>,
    rulings: Vec<Line>,
    /// How the text runs on the page.
    turn: Turn,
    /// Points for each pixel.
    scale: f32,
    /// The picture without what was read.
    rest: Grey,
    /// The picture with nothing but the words that hold figures.
    numbers: Grey,
    /// Whether most of the text lies on its side.
    lies: bool,
}

impl Reading {
    fn confidence(&self) -> u8 {
        hocr::mean_confidence(&self.lines)
    }
}

fn read_page(pdf: &PdfFile, page: &Page, settings: &OcrSettings) -> Result<Reading, OcrError> {
    let rendered = render::render(pdf, page.number, settings).ok_or(OcrError::Render)?;
    let scale = page.width.max(1.0) / pixels(rendered.width).max(1.0);
    let deadline = std::time::Instant::now() + settings.time_limit;
    let read = |turn: Turn| -> Result<Reading, OcrError> {
        let mut picture = rendered.upright(turn).straightened();
        let rulings = picture.take_rulings();
        let lines =
            hocr::parse(&program::read(&picture, Look::Page, settings, deadline)?, settings.min_confidence);
        // Tesseract reads what stands on its side too, but does not tell where its letters are.
        let (aside, lines): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.turned);
        let letters = |lines: &[TextLine]| lines.iter().map(TextLine::letters).sum::<usize>();
        let lies = letters(&aside) > letters(&lines);
        let lines: Vec<TextLine> = lines.into_iter().map(|line| line.with_strokes(&picture)).collect();
        let numbers = lines.iter().flat_map(|line| &line.words).filter(|word| word.has_figures());
        let numbers =
            picture.only(numbers.map(|word| {
                [word.x0 - MARGIN, word.y0 - MARGIN, word.x1 + MARGIN, word.y1 + MARGIN].map(pixel)
            }));
        for word in aside.iter().chain(&lines).flat_map(|line| &line.words) {
            picture.erase(
                pixel(word.x0 - MARGIN),
                pixel(word.y0 - MARGIN),
                pixel(word.x1 + MARGIN),
                pixel(word.y1 + MARGIN),
            );
        }
        Ok(Reading { lines, rulings, turn, scale, rest: picture, numbers, lies })
    };
    let finish = |mut reading: Reading| {
        reading.read_numbers_again(settings, deadline);
        reading.read_rest(settings, deadline);
        reading
    };
    let first = read(Turn::None)?;
    if !first.lies && first.confidence() >= DOUBTFUL {
        return Ok(finish(first));
    }
    // On its side or upside down, most likely; or simply bad, and then the first reading stays.
    let turns = match program::orientation(&rendered, settings, deadline) {
        Some(Turn::None) => vec![],
        Some(turn) => vec![turn],
        None => vec![Turn::Quarter, Turn::ThreeQuarters, Turn::Half],
    };
    let mut best = first;
    for turn in turns {
        // A page that takes all of its time keeps what it has.
        if let Ok(other) = read(turn)
            && other.letters_trusted() > best.letters_trusted()
        {
            best = other;
        }
    }
    Ok(finish(best))
}

impl Reading {
    /// Read what the first look has passed over: lone digits in the columns of a table, most of all. Of that only what
    /// is trusted counts, since the rest of a page is also its logo, its stamps and its dirt.
    fn read_rest(&mut self, settings: &OcrSettings, deadline: std::time::Instant) {
        if self.rest.letters(FEW_LEFT) < FEW_LEFT {
            return;
        }
        // What is found here is more than was there before, and what is not is no loss.
        let Ok(hocr) = program::read(&self.rest, Look::Scattered, settings, deadline) else { return };
        for mut line in hocr::parse(&hocr, DIGITS_SURE).into_iter().filter(|line| !line.turned) {
            let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
            line.words.retain(|word| word.confidence >= SURE || is_number(&word.text));
            self.add(line.with_strokes(&self.rest));
        }
    }

    /// Read the words with figures a second time, alone: without the words beside them and in another mode the program
    /// errs in other places, so what it reads twice alike is seldom wrong.
    fn read_numbers_again(&mut self, settings: &OcrSettings, deadline: std::time::Instant) {
        if !self.lines.iter().flat_map(|line| &line.words).any(OcrWord::has_figures) {
            return;
        }
        let Ok(hocr) = program::read(&self.numbers, Look::Scattered, settings, deadline) else { return };
        let again: Vec<OcrWord> = hocr::parse(&hocr, 0).into_iter().flat_map(|line| line.words).collect();
        for word in self.lines.iter_mut().flat_map(|line| &mut line.words).filter(|word| word.has_figures()) {
            word.compare(&again);
        }
    }

    /// Add a line, its words on the baseline that they nearly stand on.
    fn add(&mut self, mut line: TextLine) {
        let near =
            self.lines.iter().filter(|other| (other.baseline - line.baseline).abs() < SAME_LINE * line.size);
        let nearest = near
            .min_by(|a, b| (a.baseline - line.baseline).abs().total_cmp(&(b.baseline - line.baseline).abs()));
        if let Some(nearest) = nearest {
            line.baseline = nearest.baseline;
            // A digit alone is measured badly.
            line.size = nearest.size;
        }
        self.lines.push(line);
    }

    /// Letters, each counted as much as its word is trusted: more and better ones are a better reading.
    fn letters_trusted(&self) -> u64 {
        let words = self.lines.iter().flat_map(|line| &line.words);
        words.map(|w| w.text.chars().count() as u64 * u64::from(w.confidence)).sum()
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // pixels
fn pixel(value: f32) -> u32 {
    value.max(0.0) as u32
}

#[allow(clippy::cast_precision_loss)] // a picture's sides fit
fn pixels(value: u32) -> f32 {
    value as f32
}

/// Put what was read onto the page. The page's own visible letters stay and win where both stand in the same place;
/// the picture that was read goes, and so does a text layer that someone has put behind it.
fn with_reading(mut page: Page, reading: Reading, settings: &OcrSettings) -> Page {
    let garbage = page.glyphs.iter().filter(|g| !g.invisible && is_garbage(g.ch)).count();
    // Of a page of garbage nothing is believed.
    page.glyphs.retain(|g| !g.invisible && garbage <= 20);
    let own: Vec<Rect> = page.glyphs.iter().filter(|g| !g.ch.is_whitespace()).map(|g| g.bbox).collect();
    let whole = page_box(&page);
    let was_curves = page.curves >= MANY_CURVES;
    page.images.retain(|image| {
        let large = image.bbox.x_overlap(&whole) * image.bbox.y_overlap(&whole)
            >= 0.2 * whole.width() * whole.height();
        !(if image.drawn { was_curves } else { large })
    });
    let frame = Upright { turn: reading.turn, scale: reading.scale, width: page.width, height: page.height };
    let sizes = sizes(&reading.lines, reading.scale);
    let usual_stroke = usual_stroke(&reading.lines, &sizes);
    let regular = font(&mut page, false);
    let bold = font(&mut page, true);
    let mut info = OcrInfo { has_own_text: !own.is_empty(), ..OcrInfo::default() };
    info.mean_confidence = reading.confidence();
    for (line, size) in reading.lines.iter().zip(&sizes) {
        let mut last_end: Option<f32> = None;
        let weights = bold_words(line, *size, usual_stroke);
        for (word, thick) in line.words.iter().zip(weights) {
            let bbox = frame.word(line.baseline, *size, word.x0, word.x1);
            let place = frame.out(bbox);
            if own.iter().any(|o| place.contains(o.center())) {
                continue;
            }
            if word.has_figures() {
                info.numbers += 1;
                let differs = word.again == Some(false);
                info.confirmed += u32::from(word.again == Some(true));
                if differs || (word.again.is_none() && word.confidence < settings.low_confidence) {
                    info.doubtful.push(word.text.clone());
                }
            }
            let font = if thick { bold } else { regular };
            let mut push = |ch: char, bbox: Rect| {
                page.glyphs.push(Glyph {
                    ch,
                    bbox: frame.out(bbox),
                    origin: frame.point_out(Point { x: bbox.x0, y: bbox.y1 - 0.2 * size }),
                    size: *size,
                    font,
                    turn: reading.turn,
                    invisible: false,
                    artifact: false,
                    mcid: None,
                    color: 0,
                });
            };
            // Words of a line that stand near each other are parted by a space, as files that draw them do.
            if let Some(end) = last_end.filter(|end| bbox.x0 - end < 1.2 * size) {
                push(' ', Rect::new(end, bbox.y0, bbox.x0.max(end + 0.1), bbox.y1));
            }
            last_end = Some(bbox.x1);
            let total: f32 = word.text.chars().map(breadth).sum();
            let mut x = bbox.x0;
            for ch in word.text.chars() {
                let part = bbox.width() * breadth(ch) / total.max(0.01);
                push(ch, Rect::new(x, bbox.y0, x + part, bbox.y1));
                x += part;
            }
        }
    }
    for line in &reading.rulings {
        let bbox = frame.out(Rect::new(
            line.x0 * reading.scale,
            line.y0 * reading.scale,
            line.x1 * reading.scale,
            line.y1 * reading.scale,
        ));
        page.rulings.push(Ruling { bbox, color: 0 });
    }
    page.ocr = Some(info);
    page
}

fn font(page: &mut Page, bold: bool) -> u16 {
    let name = if bold { "OCR bold" } else { "OCR" };
    page.fonts.push(Font { name: name.to_owned(), bold, italic: false });
    u16::try_from(page.fonts.len() - 1).unwrap_or(0)
}

/// The upright picture's coordinates, and how they lie on the page.
struct Upright {
    turn: Turn,
    scale: f32,
    width: f32,
    height: f32,
}

impl Upright {
    /// A word's box in points: as high as its font is, as files' own glyphs are boxed.
    fn word(&self, baseline: f32, size: f32, x0: f32, x1: f32) -> Rect {
        let base = baseline * self.scale;
        Rect::new(x0 * self.scale, base - 0.8 * size, x1 * self.scale, base + 0.2 * size)
    }

    fn point_out(&self, p: Point) -> Point {
        match self.turn {
            Turn::None | Turn::Slanted => p,
            Turn::Quarter => Point { x: self.width - p.y, y: p.x },
            Turn::Half => Point { x: self.width - p.x, y: self.height - p.y },
            Turn::ThreeQuarters => Point { x: p.y, y: self.height - p.x },
        }
    }

    fn out(&self, r: Rect) -> Rect {
        let (a, b) = (self.point_out(Point { x: r.x0, y: r.y0 }), self.point_out(Point { x: r.x1, y: r.y1 }));
        Rect::new(a.x, a.y, b.x, b.y)
    }
}

/// Each line's font size in points. Lines are measured imperfectly, short ones worst; those that are nearly equal are
/// made equal to what the letters around that size have on the whole.
fn sizes(lines: &[TextLine], scale: f32) -> Vec<f32> {
    let measured: Vec<(f32, usize)> = lines.iter().map(|line| (line.size * scale, line.letters())).collect();
    let settled = usual_sizes(&measured);
    let near = |size: f32| {
        let near = settled.iter().copied().filter(move |s| (s - size).abs() <= SAME_SIZE * s);
        near.min_by(|a, b| (a - size).abs().total_cmp(&(b - size).abs()))
    };
    measured.iter().map(|(size, _)| near(*size).unwrap_or_else(|| half_points(*size))).collect()
}

/// The sizes that a page is set in, the one of most letters first.
fn usual_sizes(measured: &[(f32, usize)]) -> Vec<f32> {
    let around = |size: f32, reach: f32| {
        measured.iter().filter(move |(other, _)| (other - size).abs() <= reach * size)
    };
    let letters = |size: f32| around(size, SAME_MEASURE).map(|(_, letters)| letters).sum::<usize>();
    let mut candidates: Vec<(usize, f32)> =
        measured.iter().map(|(size, _)| (letters(*size), *size)).collect();
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
    let mut settled: Vec<f32> = Vec::new();
    for (letters, size) in candidates {
        let nearest = settled.iter().map(|s| (s - size).abs() / s).fold(f32::INFINITY, f32::min);
        // What lies between is the one or the other, measured badly.
        let is_own = nearest > SAME_SIZE || (nearest > 2.0 * SAME_MEASURE && letters >= LETTERS_OF_A_SIZE);
        if letters >= 4 && is_own {
            #[allow(clippy::cast_precision_loss)] // a page's letters
            let (sum, weight) = around(size, SAME_MEASURE)
                .fold((0.0, 0.0), |(sum, weight), (size, n)| (sum + size * *n as f32, weight + *n as f32));
            settled.push(half_points(sum / weight));
        }
    }
    settled
}

fn half_points(size: f32) -> f32 {
    (size * 2.0).round() / 2.0
}

/// How thick the page's strokes usually are, in parts of the font size.
fn usual_stroke(lines: &[TextLine], sizes: &[f32]) -> Option<f32> {
    let strokes: Vec<f32> = lines
        .iter()
        .zip(sizes)
        .flat_map(|(line, size)| {
            let words =
                line.words.iter().filter_map(move |w| Some((w.stroke? / size, w.text.chars().count())));
            words.flat_map(|(stroke, letters)| std::iter::repeat_n(stroke, letters))
        })
        .collect();
    middle(strokes)
}

/// Which words of a line are bold. A word too short to be measured is as the line is.
fn bold_words(line: &TextLine, size: f32, usual: Option<f32>) -> Vec<bool> {
    let Some(usual) = usual else { return vec![false; line.words.len()] };
    let weight = |word: &OcrWord| word.stroke.map(|stroke| stroke / size / usual);
    let letters = line.words.iter().filter_map(|w| Some((weight(w)?, w.text.chars().count())));
    let of_line = middle(letters.flat_map(|(weight, n)| std::iter::repeat_n(weight, n)).collect());
    let is_bold = of_line.is_some_and(|weight| weight > BOLD);
    let limit = if is_bold { BOLD_AMONG_BOLD } else { BOLD };
    line.words.iter().map(|word| weight(word).map_or(is_bold, |weight| weight > limit)).collect()
}

fn middle(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// How broad a character is beside others, in usual sans-serif fonts.
fn breadth(ch: char) -> f32 {
    match ch {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'I' => 0.26,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | '"' | ' ' => 0.32,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' => 0.85,
        'A'..='Z' | 'Å' | 'Ä' | 'Ö' => 0.68,
        _ => 0.55,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyphs::Image;

    fn page(letters: &str, invisible: bool) -> Page {
        let glyph = |ch| Glyph {
            ch,
            bbox: Rect::default(),
            origin: Point::default(),
            size: 10.0,
            font: 0,
            turn: Turn::None,
            invisible,
            artifact: false,
            mcid: None,
            color: 0,
        };
        Page { width: 600.0, height: 800.0, glyphs: letters.chars().map(glyph).collect(), ..Page::default() }
    }

    fn with_image(mut page: Page, part: f32) -> Page {
        let bbox = Rect::new(0.0, 0.0, page.width, page.height * part);
        page.images.push(Image { bbox, digest: 1, drawn: false });
        page
    }

    #[test]
    fn a_scan_is_known_by_its_picture_and_its_lack_of_letters() {
        let text = "Förslag till beslut ".repeat(20);
        assert!(!needs_ocr(&page("", false)), "an empty page has nothing to read");
        assert!(!needs_ocr(&page("Sida 3", false)), "a short page is a short page");
        assert!(!needs_ocr(&with_image(page(&text, false), 1.0)), "text over a picture");
        assert!(!needs_ocr(&with_image(page("", false), 0.2)), "a logo alone");
        assert!(needs_ocr(&with_image(page("", false), 1.0)), "a scan");
        assert!(needs_ocr(&with_image(page("Dnr KS-2024-00012", false), 1.0)), "a stamped scan");
        assert!(needs_ocr(&with_image(page(&text, true), 1.0)), "somebody else's recognition");
        let strips = (0..4).fold(page("", false), |page, _| with_image(page, 0.2));
        assert!(needs_ocr(&strips), "a scan in strips");
    }

    #[test]
    fn lines_have_the_size_that_most_letters_near_theirs_have() {
        let line = |size: f32, letters: usize| TextLine {
            size,
            words: vec![OcrWord { text: "a".repeat(letters), ..OcrWord::default() }],
            ..TextLine::default()
        };
        // A longest line first that lies between body and headings, and short ones that are measured badly.
        let measured =
            [(11.8, 95), (12.1, 60), (11.05, 90), (10.95, 90), (11.0, 80), (10.2, 6), (12.2, 20), (18.1, 7)];
        let lines: Vec<TextLine> = measured.map(|(size, letters)| line(size, letters)).into();
        assert_eq!(sizes(&lines, 1.0), [12.0, 12.0, 11.0, 11.0, 11.0, 11.0, 12.0, 18.0]);
    }

    #[test]
    fn words_of_a_bold_line_are_bold_together() {
        let line = |strokes: &[(&str, Option<f32>)]| TextLine {
            words: strokes
                .iter()
                .map(|(text, stroke)| OcrWord {
                    text: (*text).to_owned(),
                    stroke: *stroke,
                    ..OcrWord::default()
                })
                .collect(),
            ..TextLine::default()
        };
        let bold = |words: &[(&str, Option<f32>)]| bold_words(&line(words), 10.0, Some(0.4));
        // The usual stroke is 4 pixels; "ett" is measured thinner than it is, and "1" not at all.
        let heading = [("1", None), ("Rapporten", Some(5.9)), ("om", Some(5.8)), ("ett", Some(5.1))];
        assert_eq!(bold(&heading), [true; 4]);
        assert_eq!(
            bold(&[("Datum:", Some(5.9)), ("ett", Some(4.1)), ("möte", Some(4.2))]),
            [true, false, false]
        );
        assert_eq!(bold(&[("i", None), ("ett", Some(5.1)), ("rapporten", Some(4.0))]), [false; 3]);
    }

    #[test]
    fn letters_as_curves_and_garbage_are_read_from_the_picture() {
        assert!(needs_ocr(&Page { curves: 5000, ..page("", false) }));
        assert!(!needs_ocr(&Page { curves: 100, ..page("", false) }));
        let text = "Förslag till beslut ".repeat(20);
        assert!(!needs_ocr(&Page { curves: 5000, ..page(&text, false) }), "a page with a map");
        let garbage = "\u{FFFD}\u{FFFD}\u{E001}ab".repeat(20);
        assert!(needs_ocr(&page(&garbage, false)));
        assert!(!needs_ocr(&page(&(text + "\u{FFFD}\u{FFFD}"), false)));
    }
}
