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
pub mod tables;
mod text_lines;
mod words;

pub use blocks::{Block, BlockKind, list_mark};
pub use furniture::PageMark;
pub use hyphenation::Lexicon;
pub use line::{Line, Span};
pub use words::{Frame, PageWords, Word};

use std::collections::HashSet;

use blocks::{Habit, Piece, append, continues, gather_blocks};
use tables::PlacedTable;

use crate::geometry::Rect;
use crate::glyphs::ocr::OcrInfo;
use crate::glyphs::plain_text::TextLine;
use crate::glyphs::{Page, StructureTree};
use crate::place::At;
use crate::records::table::Table;
use crate::settings::Settings;

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
    /// Tables, from the top down, each with the lines that it would be if it were none.
    pub tables: Vec<(PlacedTable, Vec<Line>)>,
    /// Whether the page shows something but holds no text that can be read, and why.
    pub unreadable: Option<Unreadable>,
    /// What is said of a page that was read from its picture.
    pub ocr: Option<OcrInfo>,
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
    /// The tables that blocks point to, joined over pages.
    pub tables: Vec<Table>,
    /// Why each of the tables is uncertain; empty for those that are sure.
    pub doubts: Vec<Vec<tables::Doubt>>,
    /// Width and height of each page; a text's are those of its grid.
    pub page_sizes: Vec<(f32, f32)>,
    /// Whether the file is a text, laid on a grid.
    pub grid: bool,
}

/// Lay out one page of a PDF.
#[must_use]
pub fn lay_out_page(page: Page, tree: &StructureTree, settings: &Settings) -> PageLayout {
    let unreadable = unreadable(&page);
    let ocr = page.ocr.clone();
    let words = PageWords::gather(page);
    let mut layout = PageLayout {
        number: words.number,
        width: words.width,
        height: words.height,
        unreadable,
        ocr,
        ..PageLayout::default()
    };
    if unreadable == Some(Unreadable::Garbage) {
        return layout;
    }
    let mut taken = vec![false; words.words.len()];
    for table in tables::find(&words, settings) {
        let mut others = vec![true; words.words.len()];
        for index in table.grid.cells.iter().flat_map(|c| &c.words) {
            taken[*index] = true;
            others[*index] = false;
        }
        let lines = lines::words_to_lines(&words, &others, tree);
        layout.tables.push((tables::place(&table, &words), lines));
    }
    layout.lines = lines::words_to_lines(&words, &taken, tree);
    layout
}

/// Put the pages of a PDF together.
#[must_use]
pub fn join_pages(pages: Vec<PageLayout>) -> Layout {
    let sizes = pages.iter().map(|p| (p.width, p.height)).collect();
    let mut sheets = Vec::with_capacity(pages.len());
    let mut placed = Vec::new();
    for page in pages {
        let mut sheet = Sheet { lines: page.lines, tables: Vec::new() };
        for (table, lines) in page.tables {
            sheet.tables.push(TableSlot { index: placed.len(), bbox: table.bbox, lines });
            placed.push(table);
        }
        sheets.push(sheet);
    }
    let mut first_of = vec![None; placed.len()];
    let joined = tables::join_pages(placed);
    // A table that goes on from the page before stands where it began.
    for (index, table) in joined.iter().enumerate() {
        if let Some(first) = table.parts.first() {
            first_of[*first] = Some(index);
        }
    }
    // Its lines on later pages stand there too.
    let part_of = |slot: usize| joined.iter().position(|t| t.parts.contains(&slot));
    let mut later: Vec<Vec<Line>> = vec![Vec::new(); joined.len()];
    for slot in sheets.iter().flat_map(|s| &s.tables).filter(|slot| first_of[slot.index].is_none()) {
        if let Some(table) = part_of(slot.index) {
            later[table].extend(slot.lines.iter().cloned());
        }
    }
    for sheet in &mut sheets {
        sheet.tables.retain_mut(|slot| match first_of[slot.index] {
            Some(index) => {
                slot.index = index;
                slot.lines.append(&mut later[index]);
                true
            }
            None => false,
        });
    }
    let (tables, doubts) = joined.into_iter().map(|t| (t.table, t.doubts)).unzip();
    Layout { doubts, ..arrange(sheets, tables, sizes, false) }
}

/// Lay out the lines of a text.
#[must_use]
pub fn lay_out_text(lines: &[TextLine]) -> Layout {
    let mut raw: Vec<&str> = lines.iter().map(|l| l.raw.as_str()).collect();
    let running = furniture::running_lines(&raw);
    running.iter().for_each(|at| raw[*at] = "");
    let pages: Vec<Option<u32>> = lines.iter().map(|l| l.page).collect();
    let mut found = tables::find_in_text(&raw, &pages);
    let numbers: Vec<u32> = lines.iter().map(|l| l.number).collect();
    found.iter_mut().for_each(|table| table.number_lines(&numbers));
    let table_at = |number: u32| {
        let holds =
            |t: &tables::TextTable| t.ranges().any(|range| lines[range].iter().any(|l| l.number == number));
        found.iter().position(holds)
    };
    let mut sheets: Vec<Sheet> = Vec::new();
    let running: HashSet<u32> = running.iter().map(|at| lines[*at].number).collect();
    for mut line in text_lines::text_to_lines(lines) {
        while sheets.len() < line.sheet as usize {
            sheets.push(Sheet::default());
        }
        let Some(sheet) = sheets.last_mut() else { continue };
        let crate::place::Place::Lines(place) = line.place else { continue };
        line.furniture = running.contains(&place.line);
        match table_at(place.line) {
            None => sheet.lines.push(line),
            // A table that goes on from the page before stands where it began.
            Some(index) => {
                let slots = sheets.iter_mut().flat_map(|s| &mut s.tables);
                match slots.into_iter().find(|slot| slot.index == index) {
                    Some(slot) => slot.lines.push(line),
                    None => {
                        if let Some(sheet) = sheets.last_mut() {
                            sheet.tables.push(TableSlot { index, bbox: line.bbox, lines: vec![line] });
                        }
                    }
                }
            }
        }
    }
    let height = |s: &Sheet| s.lines.last().map_or(0.0, |l| l.bbox.y1);
    let sizes = sheets.iter().map(|s| (500.0, height(s))).collect();
    let (tables, doubts) = found.into_iter().map(|t| (t.table, t.doubts)).unzip();
    Layout { doubts, ..arrange(sheets, tables, sizes, true) }
}

/// What stands on one page.
#[derive(Clone, Debug, Default)]
struct Sheet {
    lines: Vec<Line>,
    tables: Vec<TableSlot>,
}

/// Where a table begins.
#[derive(Clone, Debug)]
struct TableSlot {
    index: usize,
    bbox: Rect,
    lines: Vec<Line>,
}

fn arrange(sheets: Vec<Sheet>, tables: Vec<Table>, page_sizes: Vec<(f32, f32)>, grid: bool) -> Layout {
    let (mut pages, slots): (Vec<Vec<Line>>, Vec<Vec<TableSlot>>) =
        sheets.into_iter().map(|s| (s.lines, s.tables)).unzip();
    furniture::mark_furniture(&mut pages, &page_sizes, grid);
    let habit = Habit::of(&pages, grid);
    let mut lexicon = Lexicon::default();
    pages.iter().flatten().for_each(|line| lexicon.add_line(&line.text()));
    let mut layout = Layout { tables, page_sizes, grid, ..Layout::default() };
    // How far lines reach on the page before: there the last paragraph ends.
    let mut before = 0.0_f32;
    for (lines, slots) in pages.iter().zip(slots) {
        let pieces = in_order(lines, slots, &layout.tables);
        let mut blocks = gather_blocks(pieces, habit.on(lines), &lexicon).into_iter().peekable();
        let right = lines.iter().map(|l| l.bbox.x1).fold(0.0, f32::max);
        if let (Some(last), Some(next)) = (layout.blocks.last_mut(), blocks.peek())
            && continues(last, next, right.max(before))
            && let Some(next) = blocks.next()
        {
            append(last, next, &lexicon);
        }
        before = right;
        layout.blocks.extend(blocks);
        layout.furniture.extend(lines.iter().filter(|l| l.furniture).cloned());
    }
    layout
}

/// A page's lines and tables from the top down.
fn in_order<'a>(lines: &'a [Line], slots: Vec<TableSlot>, tables: &[Table]) -> Vec<Piece<'a>> {
    let mut pieces: Vec<(f32, Piece<'a>)> =
        lines.iter().filter(|l| !l.furniture).map(|l| (l.bbox.center().y, Piece::Line(l))).collect();
    for slot in slots {
        let at: At = tables[slot.index].at.iter().copied().collect();
        pieces.push((slot.bbox.y0, Piece::Table { index: slot.index, at, lines: slot.lines }));
    }
    // The sort is stable: what stands level keeps its order.
    pieces.sort_by(|a, b| a.0.total_cmp(&b.0));
    pieces.into_iter().map(|(_, piece)| piece).collect()
}

/// Make blocks of lines that a later stage has found to be no table after all.
#[must_use]
pub fn lines_to_blocks(lines: &[Line], grid: bool) -> Vec<Block> {
    let pieces = lines.iter().map(Piece::Line).collect();
    gather_blocks(pieces, Habit { pitch: 1.2, grid, left: 0.0, right: 0.0 }, &Lexicon::default())
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
        unknown += u32::from(
            glyph.ch == char::REPLACEMENT_CHARACTER || ('\u{E000}'..='\u{EFFF}').contains(&glyph.ch),
        );
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
