//! From glyphs to words.
//!
//! Glyphs are sorted by where they stand, never by when they are drawn, so that the order of a file changes nothing.

use crate::geometry::{Point, Rect};
use crate::glyphs::{Fill, Font, Glyph, Image, Page, Ruling, Turn};

/// Largest gap between two glyphs of a word, in parts of the font size, where the line does not draw its spaces.
const GAP_WITHOUT_SPACES: f32 = 0.17;
/// The same where the line draws its spaces: only what cannot be kerning or a false space parts a word.
const GAP_WITH_SPACES: f32 = 0.35;
/// Largest distance between the baselines of glyphs in a row, in parts of the font size.
const BASELINE_TOLERANCE: f32 = 0.12;
/// Two copies of a glyph nearer than this, in parts of the font size, are one: bold is often drawn twice.
const SAME_GLYPH: f32 = 0.12;

/// A word as it stands on the page, in the page's reading frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Word {
    /// Its characters, as drawn.
    pub text: String,
    /// Its box.
    pub bbox: Rect,
    /// The baseline's distance from the top.
    pub baseline: f32,
    /// Font size in points.
    pub size: f32,
    /// Index into the page's fonts.
    pub font: u16,
    /// Whether its font is bold.
    pub bold: bool,
    /// Whether its font is italic.
    pub italic: bool,
    /// Colour as 0xRRGGBB.
    pub color: u32,
    /// The marked content it belongs to.
    pub mcid: Option<u32>,
    /// Whether the file marks it as no part of the content.
    pub artifact: bool,
}

/// The words of one page with what is drawn around them, in the page's reading frame.
#[derive(Clone, Debug, Default)]
pub struct PageWords {
    /// Page number in the file, from 1.
    pub number: u32,
    /// How the reading frame lies on the page.
    pub frame: Frame,
    /// Width of the reading frame.
    pub width: f32,
    /// Height of the reading frame.
    pub height: f32,
    /// The words along the reading direction, by baseline and then from left to right.
    pub words: Vec<Word>,
    /// Words that run another way, such as an e-signature in the margin.
    pub aside: Vec<Word>,
    /// Lines.
    pub rulings: Vec<Ruling>,
    /// Filled areas.
    pub fills: Vec<Fill>,
    /// Pictures and drawings.
    pub images: Vec<Image>,
    /// Fonts that the words point to.
    pub fonts: Vec<Font>,
}

/// How a page's reading frame lies on the page: the turn that its text is drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Frame {
    turn: Turn,
    page_width: f32,
    page_height: f32,
}

impl Frame {
    fn new(turn: Turn, page: &Page) -> Self {
        Self { turn, page_width: page.width, page_height: page.height }
    }

    fn point_in(self, p: Point) -> Point {
        match self.turn {
            Turn::None | Turn::Slanted => p,
            Turn::Quarter => Point { x: p.y, y: self.page_width - p.x },
            Turn::Half => Point { x: self.page_width - p.x, y: self.page_height - p.y },
            Turn::ThreeQuarters => Point { x: self.page_height - p.y, y: p.x },
        }
    }

    fn point_out(self, p: Point) -> Point {
        match self.turn {
            Turn::None | Turn::Slanted => p,
            Turn::Quarter => Point { x: self.page_width - p.y, y: p.x },
            Turn::Half => Point { x: self.page_width - p.x, y: self.page_height - p.y },
            Turn::ThreeQuarters => Point { x: p.y, y: self.page_height - p.x },
        }
    }

    /// From the page's coordinates to the reading frame's.
    #[must_use]
    pub fn rect_in(self, r: Rect) -> Rect {
        let (a, b) = (self.point_in(Point { x: r.x0, y: r.y0 }), self.point_in(Point { x: r.x1, y: r.y1 }));
        Rect::new(a.x, a.y, b.x, b.y)
    }

    /// From the reading frame's coordinates to the page's.
    #[must_use]
    pub fn rect_out(self, r: Rect) -> Rect {
        let (a, b) = (self.point_out(Point { x: r.x0, y: r.y0 }), self.point_out(Point { x: r.x1, y: r.y1 }));
        Rect::new(a.x, a.y, b.x, b.y)
    }
}

impl PageWords {
    /// Gather a page's glyphs into words.
    #[must_use]
    pub fn gather(page: Page) -> Self {
        let turn = reading_turn(&page.glyphs);
        let frame = Frame::new(turn, &page);
        let (along, across): (Vec<&Glyph>, Vec<&Glyph>) = page.glyphs.iter().partition(|g| g.turn == turn);
        let mut aside = Vec::new();
        for other in [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters] {
            let glyphs: Vec<&Glyph> = across.iter().copied().filter(|g| g.turn == other).collect();
            if !glyphs.is_empty() {
                let its = Frame::new(other, &page);
                let words = gather_words(turned(&glyphs, its), &page.fonts);
                aside.extend(
                    words.into_iter().map(|w| Word { bbox: frame.rect_in(its.rect_out(w.bbox)), ..w }),
                );
            }
        }
        let words = gather_words(turned(&along, frame), &page.fonts);
        let turned_page = matches!(turn, Turn::Quarter | Turn::ThreeQuarters);
        let (width, height) = if turned_page { (page.height, page.width) } else { (page.width, page.height) };
        let mut rulings = page.rulings;
        let mut fills = page.fills;
        let mut images = page.images;
        rulings.iter_mut().for_each(|r| r.bbox = frame.rect_in(r.bbox));
        fills.iter_mut().for_each(|f| f.bbox = frame.rect_in(f.bbox));
        images.iter_mut().for_each(|i| i.bbox = frame.rect_in(i.bbox));
        Self {
            number: page.number,
            frame,
            width,
            height,
            words,
            aside,
            rulings,
            fills,
            images,
            fonts: page.fonts,
        }
    }
}

/// The direction that most of the page's letters run in.
fn reading_turn(glyphs: &[Glyph]) -> Turn {
    let mut counts = [0_usize; 4];
    for glyph in glyphs.iter().filter(|g| !g.ch.is_whitespace()) {
        match glyph.turn {
            Turn::None => counts[0] += 1,
            Turn::Quarter => counts[1] += 1,
            Turn::Half => counts[2] += 1,
            Turn::ThreeQuarters => counts[3] += 1,
            Turn::Slanted => {}
        }
    }
    // On a tie the first wins: left to right is what a page is unless it plainly is not.
    let most = (0..4).max_by_key(|i| (counts[*i], 4 - i)).unwrap_or(0);
    [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters][most]
}

fn turned(glyphs: &[&Glyph], frame: Frame) -> Vec<Glyph> {
    let turn = |g: &&Glyph| Glyph { bbox: frame.rect_in(g.bbox), origin: frame.point_in(g.origin), ..**g };
    glyphs.iter().map(turn).collect()
}

fn gather_words(mut glyphs: Vec<Glyph>, fonts: &[Font]) -> Vec<Word> {
    glyphs.retain(|g| !g.ch.is_control() && g.size > 0.5);
    glyphs.sort_by(|a, b| a.origin.y.total_cmp(&b.origin.y));
    let mut words = Vec::with_capacity(glyphs.len() / 5);
    let mut start = 0;
    while start < glyphs.len() {
        let mut end = start + 1;
        while end < glyphs.len() {
            let (last, next) = (&glyphs[end - 1], &glyphs[end]);
            if next.origin.y - last.origin.y > BASELINE_TOLERANCE * last.size.min(next.size) {
                break;
            }
            end += 1;
        }
        let row = &mut glyphs[start..end];
        row.sort_by(|a, b| {
            (a.bbox.x0.total_cmp(&b.bbox.x0))
                .then(a.bbox.x1.total_cmp(&b.bbox.x1))
                .then(a.ch.cmp(&b.ch))
                .then(a.origin.y.total_cmp(&b.origin.y))
        });
        words_of_row(row, fonts, &mut words);
        start = end;
    }
    words
}

/// Part a row of glyphs on one baseline into words.
fn words_of_row(row: &[Glyph], fonts: &[Font], words: &mut Vec<Word>) {
    let letters = row.iter().filter(|g| !is_space(g.ch)).count();
    let spaces = row.len() - letters;
    let usual_gap = usual_letter_gap(row);
    let draws_spaces = letters > 8 && spaces * 12 >= letters;
    let gap_limit = usual_gap + if draws_spaces { GAP_WITH_SPACES } else { GAP_WITHOUT_SPACES };
    let mut last: Option<&Glyph> = None;
    let mut after_space = false;
    for glyph in row {
        if is_space(glyph.ch) {
            after_space = true;
            continue;
        }
        let joins = last.is_some_and(|last| {
            let size = last.size.max(glyph.size);
            let gap = glyph.bbox.x0 - last.bbox.x1;
            let parted_by_space = after_space && gap > (usual_gap + 0.05) * size;
            let same_size = (glyph.size - last.size).abs() <= 0.15 * size || is_small_capital(last, glyph);
            !parted_by_space && same_size && gap <= gap_limit * size && gap > -0.7 * size
        });
        let twice = last.is_some_and(|last| {
            glyph.ch == last.ch && (glyph.bbox.x0 - last.bbox.x0).abs() < SAME_GLYPH * glyph.size
        });
        match words.last_mut() {
            Some(word) if twice => word.bold = true,
            Some(word) if joins => {
                word.text.push(glyph.ch);
                word.bbox = word.bbox.union(&glyph.bbox);
            }
            _ => words.push(first_of_word(glyph, fonts)),
        }
        if !twice {
            last = Some(glyph);
        }
        after_space = false;
    }
}

/// Small capitals: a capital letter and smaller ones behind it, on the same baseline. A footnote mark is raised, and a
/// digit or sign besides.
fn is_small_capital(last: &Glyph, glyph: &Glyph) -> bool {
    let (small, large) = (last.size.min(glyph.size), last.size.max(glyph.size));
    last.ch.is_uppercase()
        && glyph.ch.is_alphabetic()
        && small > 0.6 * large
        && (last.origin.y - glyph.origin.y).abs() < 0.03 * large
        && glyph.bbox.x0 - last.bbox.x1 < 0.1 * large
}

fn first_of_word(glyph: &Glyph, fonts: &[Font]) -> Word {
    let font = fonts.get(usize::from(glyph.font));
    Word {
        text: glyph.ch.to_string(),
        bbox: glyph.bbox,
        baseline: glyph.origin.y,
        size: glyph.size,
        font: glyph.font,
        bold: font.is_some_and(|f| f.bold),
        italic: font.is_some_and(|f| f.italic),
        color: glyph.color,
        mcid: glyph.mcid,
        artifact: glyph.artifact,
    }
}

/// The gap that lies between most letters of the row, in parts of the font size: about zero, and more where the row
/// is letter-spaced.
fn usual_letter_gap(row: &[Glyph]) -> f32 {
    let mut gaps: Vec<f32> = row
        .windows(2)
        .filter(|pair| !is_space(pair[0].ch) && !is_space(pair[1].ch))
        .map(|pair| (pair[1].bbox.x0 - pair[0].bbox.x1) / pair[0].size.max(pair[1].size))
        .filter(|gap| *gap < 1.0)
        .collect();
    if gaps.len() < 4 {
        return 0.0;
    }
    let middle = gaps.len() / 2;
    let (_, median, _) = gaps.select_nth_unstable_by(middle, f32::total_cmp);
    median.clamp(0.0, 0.6)
}

fn is_space(ch: char) -> bool {
    ch.is_whitespace()
}
