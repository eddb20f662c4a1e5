//! Tables over pages.
//!
//! In go the tables of pages in order, their words already turned into text so that no page need be kept, out come
//! tables as they are written. A table that goes on is one table: its repeated heading is dropped and a row that the
//! page cut is joined again.

use super::{Doubt, PageTable};
use crate::geometry::Rect;
use crate::layout::PageWords;
use crate::place::{At, Place};
use crate::records::table::{Cell, Certainty, Table};

/// A page's table that no longer needs the page.
#[derive(Clone, Debug)]
pub struct PlacedTable {
    /// The page's number, from 1.
    pub page: u32,
    /// Height of the page's reading frame.
    pub page_height: f32,
    /// Where the table stands in the reading frame.
    pub bbox: Rect,
    /// The cells as they are written.
    pub table: Table,
    /// Why it is uncertain.
    pub doubts: Vec<Doubt>,
    /// Whether other words of the page's body stand above it: then it goes on from no page before.
    pub words_above: bool,
    /// The same below it.
    pub words_below: bool,
    /// Left and right end of each column in the reading frame.
    pub columns: Vec<(f32, f32)>,
}

/// A table, joined over its pages.
#[derive(Clone, Debug)]
pub struct JoinedTable {
    /// The table as it is written.
    pub table: Table,
    /// Why it is uncertain.
    pub doubts: Vec<Doubt>,
    /// Which of the tables that went in it was joined from, in order.
    pub parts: Vec<usize>,
}

/// Turn a page's table into what is written, its places turned back to the page.
#[must_use]
pub fn place(table: &PageTable, page: &PageWords) -> PlacedTable {
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new(); table.grid.rows];
    let mut columns = vec![(f32::INFINITY, f32::NEG_INFINITY); table.grid.columns];
    for cell in &table.grid.cells {
        let blank = cell.words.is_empty() && cell.image.is_none();
        let at = if blank {
            At::default()
        } else {
            Place::on_page(page.number, page.frame.rect_out(cell.bbox)).into()
        };
        if cell.col_span == 1 && !blank {
            let ends = &mut columns[cell.column];
            *ends = (ends.0.min(cell.bbox.x0), ends.1.max(cell.bbox.x1));
        }
        rows[cell.row].push(Cell {
            text: cell.text(&page.words),
            col_span: u32::try_from(cell.col_span).unwrap_or(u32::MAX),
            row_span: u32::try_from(cell.row_span).unwrap_or(u32::MAX),
            image: cell.image.map(|digest| format!("{digest:016x}")),
            at,
        });
    }
    let caption: Vec<&str> =
        table.caption.iter().filter_map(|w| page.words.get(*w)).map(|w| w.text.as_str()).collect();
    let body = page.words.iter().filter(|w| !w.artifact);
    let margin = 0.08 * page.height;
    let (mut words_above, mut words_below) = (false, false);
    for word in body {
        let y = word.bbox.center().y;
        words_above |= y < table.bbox.y0 - 2.0 && y > margin;
        words_below |= y > table.bbox.y1 + 2.0 && y < page.height - margin;
    }
    PlacedTable {
        page: page.number,
        page_height: page.height,
        bbox: table.bbox,
        table: Table {
            caption: (!caption.is_empty()).then(|| caption.join(" ")),
            header_rows: u32::try_from(table.header_rows).unwrap_or(0),
            certainty: table.certainty,
            rows,
            at: vec![Place::on_page(page.number, page.frame.rect_out(table.bbox))],
        },
        doubts: table.doubts.clone(),
        words_above,
        words_below,
        columns,
    }
}

/// Join tables that go on over pages. The tables come in the order of their pages.
#[must_use]
pub fn join_pages(tables: Vec<PlacedTable>) -> Vec<JoinedTable> {
    let whole =
        |(at, t): (usize, PlacedTable)| JoinedTable { table: t.table, doubts: t.doubts, parts: vec![at] };
    let joined: Vec<JoinedTable> = tables.into_iter().enumerate().map(whole).collect();
    debug_assert!(joined.iter().all(|t| t.doubts.is_empty() || t.table.certainty == Certainty::Uncertain));
    joined
}
