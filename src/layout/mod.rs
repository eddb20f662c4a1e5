//! Stage 3: what belongs together?
//!
//! In goes a page's glyphs, out come words, tables, lines and blocks in reading order. Reading happens in the page's
//! reading frame: a page whose text runs upwards is turned first, and places are turned back when they are written.
//!
//! Pages come one by one and leave as lines and tables, so that a large file is never held as glyphs.

mod blocks;
mod furniture;
mod hyphenation;
mod line;
mod lines;
mod text_lines;
mod words;

pub use blocks::{Block, BlockKind, list_mark};
pub use furniture::PageMark;
pub use hyphenation::Lexicon;
pub use line::{Line, Span};
pub use words::{Frame, PageWords, Word};

use blocks::{Habit, Piece, append, continues, gather_blocks};

use crate::glyphs::plain_text::TextLine;
use crate::glyphs::{Page, StructureTree};
use crate::records::table::Table;

/// One page after it was laid out.
#[derive(Clone, Debug, Default)]
pub struct PageLayout {
    /// Page number in the file, from 1.
    pub number: u32,
    /// Width of the reading frame.
    pub width: f32,
    /// Height of the reading frame.
    pub height: f32,
    /// Lines outside tables, in reading order.
    pub lines: Vec<Line>,
    /// Whether the page shows something but holds no text that can be read, and why.
    pub unreadable: Option<Unreadable>,
}

/// Why a page cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is a picture of text, or letters drawn as curves.
    NoText,
    /// It has text, but the file does not say which characters it is.
    Garbage,
    /// It reached a limit.
    CutOff,
}

/// A file after it was laid out.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The blocks of each page, furniture left out.
    pub blocks: Vec<Block>,
    /// The furniture of each page, in page order.
    pub furniture: Vec<Line>,
    /// The tables that blocks point to.
    pub tables: Vec<Table>,
    /// Width and height of each page; a text's are those of its grid.
    pub page_sizes: Vec<(f32, f32)>,
    /// Whether the file is a text, laid on a grid.
    pub grid: bool,
}

/// Lay out one page of a PDF.
#[must_use]
pub fn lay_out_page(page: Page, tree: &StructureTree) -> PageLayout {
    let unreadable = unreadable(&page);
    let words = PageWords::gather(page);
    let taken = vec![false; words.words.len()];
    let lines = if unreadable == Some(Unreadable::Garbage) {
        Vec::new()
    } else {
        lines::words_to_lines(&words, &taken, tree)
    };
    PageLayout { number: words.number, width: words.width, height: words.height, lines, unreadable }
}

/// Put the pages of a PDF together.
#[must_use]
pub fn join_pages(pages: Vec<PageLayout>) -> Layout {
    let sizes = pages.iter().map(|p| (p.width, p.height)).collect();
    arrange(pages.into_iter().map(|p| p.lines).collect(), sizes, false)
}

/// Lay out the lines of a text.
#[must_use]
pub fn lay_out_text(lines: &[TextLine]) -> Layout {
    let laid = text_lines::text_to_lines(lines);
    let mut sheets: Vec<Vec<Line>> = Vec::new();
    for line in laid {
        while sheets.len() < line.sheet as usize {
            sheets.push(Vec::new());
        }
        if let Some(sheet) = sheets.last_mut() {
            sheet.push(line);
        }
    }
    let sizes = sheets.iter().map(|s| (500.0, s.last().map_or(0.0, |l| l.bbox.y1))).collect();
    arrange(sheets, sizes, true)
}

fn arrange(mut pages: Vec<Vec<Line>>, page_sizes: Vec<(f32, f32)>, grid: bool) -> Layout {
    furniture::mark_furniture(&mut pages, &page_sizes, grid);
    let habit = Habit::of(&pages, grid);
    let mut lexicon = Lexicon::default();
    pages.iter().flatten().for_each(|line| lexicon.add_line(&line.text()));
    let mut layout = Layout { page_sizes, grid, ..Layout::default() };
    for lines in &pages {
        let pieces: Vec<Piece<'_>> = lines.iter().filter(|l| !l.furniture).map(Piece::Line).collect();
        let mut blocks = gather_blocks(&pieces, habit, &lexicon).into_iter().peekable();
        let right = lines.iter().map(|l| l.bbox.x1).fold(0.0, f32::max);
        if let (Some(last), Some(next)) = (layout.blocks.last_mut(), blocks.peek()) {
            if continues(last, next, right) {
                if let Some(next) = blocks.next() {
                    append(last, next, &lexicon);
                }
            }
        }
        layout.blocks.extend(blocks);
        layout.furniture.extend(lines.iter().filter(|l| l.furniture).cloned());
    }
    layout
}

/// Most glyphs of a page may be unknown in share before its text counts as garbage.
const GARBAGE_SHARE: f32 = 0.3;
/// Paths with curves on a page without text from which its letters are taken to be drawn as curves.
const MANY_CURVES: u32 = 200;

fn unreadable(page: &Page) -> Option<Unreadable> {
    let seen = page.glyphs.iter().filter(|g| !g.invisible && !g.ch.is_whitespace());
    let (mut all, mut unknown) = (0_u32, 0_u32);
    for glyph in seen {
        all += 1;
        unknown += u32::from(glyph.ch == char::REPLACEMENT_CHARACTER || ('\u{E000}'..='\u{EFFF}').contains(&glyph.ch));
    }
    #[allow(clippy::cast_precision_loss)] // a share need not be exact
    let share = unknown as f32 / all.max(1) as f32;
    let covers = |i: &crate::glyphs::Image| i.bbox.width() * i.bbox.height() > 0.5 * page.width * page.height;
    if page.cut_off {
        Some(Unreadable::CutOff)
    } else if all >= 20 && share > GARBAGE_SHARE {
        Some(Unreadable::Garbage)
    } else if all < 20 && (page.curves > MANY_CURVES || page.images.iter().any(covers)) {
        Some(Unreadable::NoText)
    } else {
        None
    }
}
