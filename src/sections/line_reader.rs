//! Lines read once, however often the cutting of papers and heads asks what they are made of.
//!
//! In goes a line, out come its tokens; in goes a text, out comes which heading it is. Reading a line looks up each of
//! its words in every list of names and labels, and the top of a page is asked about by a dozen questions.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHasher};

use super::tokens::{Token, read_line};
use crate::layout::Line;
use crate::vocabulary::{HeadingMatch, Vocabulary};

/// Reads the lines of one file.
pub(super) struct LineReader<'v> {
    vocabulary: &'v Vocabulary,
    lines: RefCell<FxHashMap<Key, Rc<[Token]>>>,
    headings: RefCell<FxHashMap<String, Option<HeadingMatch>>>,
}

/// What tells one line from another: its place, and its texts as a hash.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    sheet: u32,
    edges: [u32; 4],
    texts: u64,
}

impl Key {
    fn of(line: &Line) -> Self {
        let mut hasher = FxHasher::default();
        for span in &line.spans {
            span.text.hash(&mut hasher);
            span.bbox.x0.to_bits().hash(&mut hasher);
        }
        let b = line.bbox;
        Self { sheet: line.sheet, edges: [b.x0, b.y0, b.x1, b.y1].map(f32::to_bits), texts: hasher.finish() }
    }
}

impl<'v> LineReader<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self { vocabulary, lines: RefCell::default(), headings: RefCell::default() }
    }

    /// The words it reads by.
    pub(super) fn vocabulary(&self) -> &'v Vocabulary {
        self.vocabulary
    }

    /// What [`read_line`] makes of the line.
    pub(super) fn read(&self, line: &Line) -> Rc<[Token]> {
        let mut lines = self.lines.borrow_mut();
        Rc::clone(lines.entry(Key::of(line)).or_insert_with(|| read_line(line, self.vocabulary).into()))
    }

    /// Whether one of the lines has such a token.
    pub(super) fn any<'l>(
        &self,
        lines: impl IntoIterator<Item = &'l Line>,
        fits: impl Fn(&Token) -> bool,
    ) -> bool {
        lines.into_iter().any(|line| self.read(line).iter().any(&fits))
    }

    /// The tokens of several lines.
    pub(super) fn read_all<'l>(&self, lines: impl IntoIterator<Item = &'l Line>) -> Vec<Token> {
        lines.into_iter().flat_map(|line| self.read(line).to_vec()).collect()
    }

    /// What [`Vocabulary::heading_kind`] makes of the text.
    pub(super) fn heading_kind(&self, text: &str) -> Option<HeadingMatch> {
        if let Some(known) = self.headings.borrow().get(text) {
            return *known;
        }
        let kind = self.vocabulary.heading_kind(text);
        self.headings.borrow_mut().insert(text.to_owned(), kind);
        kind
    }
}
