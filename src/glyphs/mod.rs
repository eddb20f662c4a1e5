//! Stage 2: what stands on each page?
//!
//! In goes a PDF's bytes, out come its pages, one after the other: glyphs with their Unicode and box, ruling lines and
//! filled areas, pictures' boxes, the structure that a tagged file states. Everything above this stage knows pages, not
//! PDF: `pdf.rs`, `structure_tree.rs` and `ocr/render.rs` are the only files that name the PDF library.
//! Pages that are pictures of text are read by `ocr.rs`.
//!
//! Text files have no glyphs; `plain_text.rs` gives their lines.

mod escapes;
pub mod ocr;
mod pdf;
pub mod plain_text;
mod structure_tree;

pub use escapes::unescaped;
pub use pdf::{PdfError, PdfFile};
pub use structure_tree::StructureTree;

use crate::geometry::{Point, Rect};

/// What stands on one page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Page number in the file, from 1.
    pub number: u32,
    /// Width in points, the page's own rotation undone.
    pub width: f32,
    /// Height in points, the page's own rotation undone.
    pub height: f32,
    /// The page's own rotation, in degrees clockwise: 0, 90, 180 or 270. Already undone in all coordinates.
    pub rotation: u16,
    /// The glyphs in the order the file draws them.
    pub glyphs: Vec<Glyph>,
    /// The fonts that the glyphs point to.
    pub fonts: Vec<Font>,
    /// Straight lines, horizontal or vertical, also those drawn as thin rectangles.
    pub rulings: Vec<Ruling>,
    /// Filled rectangles that are too thick to be lines.
    pub fills: Vec<Fill>,
    /// Pictures, and drawings that are neither lines nor rectangles.
    pub images: Vec<Image>,
    /// How many curved or slanted paths the page draws: letters drawn as curves make this large.
    pub curves: u32,
    /// Whether reading the page was given up at a limit; what stands here is then only its beginning.
    pub cut_off: bool,
    /// What is to be known of a page whose picture was read; `None` for a page that speaks for itself.
    pub ocr: Option<ocr::OcrInfo>,
}

/// One character as it stands on the page. A ligature is several glyphs that share its width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The character; U+FFFD where the file does not say which one it is.
    pub ch: char,
    /// Its box: advance width by the font's usual height.
    pub bbox: Rect,
    /// Where on the baseline it starts.
    pub origin: Point,
    /// Font size in points, as drawn.
    pub size: f32,
    /// Index into the page's fonts.
    pub font: u16,
    /// Direction of writing.
    pub turn: Turn,
    /// Whether it is drawn without being seen, as the text layer behind a scan is.
    pub invisible: bool,
    /// Whether the file marks it as no part of the content: page headers, page numbers.
    pub artifact: bool,
    /// The marked content it belongs to: the key into the structure tree.
    pub mcid: Option<u32>,
    /// Colour as 0xRRGGBB.
    pub color: u32,
}

/// Direction of writing, in quarter turns clockwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// Left to right.
    #[default]
    None,
    /// Top to bottom.
    Quarter,
    /// Right to left, upside down.
    Half,
    /// Bottom to top.
    ThreeQuarters,
    /// At an angle, such as a watermark.
    Slanted,
}

/// A font.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Font {
    /// Its name without the subset's prefix; empty when the file does not say.
    pub name: String,
    /// Whether name, flags or weight say that it is bold.
    pub bold: bool,
    /// Whether name or flags say that it is italic.
    pub italic: bool,
}

/// A straight line, horizontal or vertical.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruling {
    /// The line's box: its thickness is the smaller side.
    pub bbox: Rect,
    /// Colour as 0xRRGGBB.
    pub color: u32,
}

/// A filled rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Its box.
    pub bbox: Rect,
    /// Colour as 0xRRGGBB.
    pub color: u32,
}

/// A picture, or a drawing of curves and slanted lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Image {
    /// Its box.
    pub bbox: Rect,
    /// A digest of what it shows, equal for equal pictures.
    pub digest: u64,
    /// Whether it is drawn with paths rather than pixels.
    pub drawn: bool,
}

impl Ruling {
    /// Whether it lies rather than stands.
    #[must_use]
    pub fn is_horizontal(&self) -> bool {
        self.bbox.width() >= self.bbox.height()
    }
}

/// An entry of the file's table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// Its text.
    pub title: String,
    /// The page it leads to, from 1; `None` where that cannot be told.
    pub page: Option<u32>,
    /// Depth, from 1.
    pub level: u32,
}
