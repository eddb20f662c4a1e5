//! A line of text and the spans it is parted into.

use unicode_normalization::UnicodeNormalization;

use crate::geometry::Rect;
use crate::place::Place;

/// A stretch of a line without a wide gap. Most lines are one span; label and value columns, signatures side by side
/// and tabulated lists have several.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Its words, parted by single spaces.
    pub text: String,
    /// Its box in the reading frame.
    pub bbox: Rect,
    /// Font size in points.
    pub size: f32,
    /// Whether all of its words are bold.
    pub bold: bool,
    /// Whether all of its words are italic.
    pub italic: bool,
    /// Whether all of its words are in colour, neither black nor grey nor white.
    pub colored: bool,
}

/// A line of text.
///
/// Lines of a text file lie on a grid: each character is `CHARACTER_WIDTH` wide and each line `LINE_HEIGHT` high,
/// so that what is said of columns and gaps holds for both kinds of file.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its spans from left to right; never empty.
    pub spans: Vec<Span>,
    /// Its box in the reading frame.
    pub bbox: Rect,
    /// Font size of most of its letters.
    pub size: f32,
    /// Whether all of its words are bold.
    pub bold: bool,
    /// Whether all of its words are italic.
    pub italic: bool,
    /// Whether all of its words are in colour, neither black nor grey nor white.
    pub colored: bool,
    /// Sheet that it is on, from 1; a text without pages is one sheet.
    pub sheet: u32,
    /// Where it stands in the file.
    pub place: Place,
    /// Depth of the heading that a Markdown mark or a tagged PDF says it is.
    pub heading: Option<u8>,
    /// Whether it is furniture: page head, page foot, page number.
    pub furniture: bool,
}

/// Width of a character in a text file, in points of its grid.
pub(super) const CHARACTER_WIDTH: f32 = 5.0;
/// Height of a line in a text file, in points of its grid.
pub(super) const LINE_HEIGHT: f32 = 12.0;

impl Line {
    /// Make a line of its spans, which are not empty.
    #[must_use]
    pub fn new(spans: Vec<Span>, sheet: u32, place: Place) -> Self {
        let bbox = Rect::around(spans.iter().map(|s| s.bbox)).unwrap_or_default();
        let longest = spans.iter().max_by_key(|s| s.text.len());
        Self {
            bbox,
            size: longest.map_or(10.0, |s| s.size),
            bold: spans.iter().all(|s| s.bold),
            italic: spans.iter().all(|s| s.italic),
            colored: spans.iter().all(|s| s.colored),
            sheet,
            place,
            heading: None,
            furniture: false,
            spans,
        }
    }

    /// The whole line, spans parted by a space.
    #[must_use]
    pub fn text(&self) -> String {
        match self.spans.as_slice() {
            [one] => one.text.clone(),
            many => many.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" "),
        }
    }

    /// Make its spans one, where the gaps between them mean nothing.
    pub(crate) fn close_up(&mut self) {
        let (text, bbox) = (self.text(), self.bbox);
        self.spans.truncate(1);
        if let Some(span) = self.spans.first_mut() {
            (span.text, span.bbox) = (text, bbox);
        }
    }

    /// How many characters the line holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.iter().map(|s| s.text.chars().count()).sum()
    }

    /// Whether the line holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.iter().all(|s| s.text.is_empty())
    }
}

/// A word in the form it is read in: Unicode NFC, private-use bullets as a bullet, nothing invisible inside.
pub(super) fn readable(text: &str) -> String {
    let shown = text.chars().filter_map(|c| match c {
        // Symbol and Wingdings bullets come out in the private use area.
        '\u{F000}'..='\u{F0FF}' => Some('•'),
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => None,
        '\u{2010}' | '\u{2011}' => Some('-'),
        c => Some(c),
    });
    shown.nfc().collect()
}
