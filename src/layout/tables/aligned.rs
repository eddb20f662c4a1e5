//! Reads a region without a drawn grid: columns from gutters, rows from baselines and spacing.

use super::columns::{self, Piece};
use super::edges::Edge;
use super::grid::{Grid, GridCell};
use super::gutters;
use super::headings;
use super::remarks;
use super::rows::{self, Lattice};
use super::segments::{self, TextLine};
use crate::geometry::Rect;
use crate::layout::Word;

/// Most lines of a table on one page: more do not fit on paper.
const MOST_LINES: usize = 1200;
/// Most segments of a line: more are a drawing made of letters.
pub(super) const MOST_SEGMENTS: usize = 150;

/// A region as it was read.
pub(super) struct Reading {
    pub grid: Grid,
    pub header_rows: usize,
    /// Columns of figures.
    pub numeric: Vec<bool>,
    /// Left and right end of each column.
    pub ends: Vec<(f32, f32)>,
    /// Pieces that cover several columns below the heading.
    pub crossing: usize,
    /// Whether rows were guessed.
    pub guessed: bool,
}

/// Read the words of a region. `headings_end` is the place of a line that is known to be drawn below the headings.
pub(super) fn read(
    indices: &[usize],
    words: &[Word],
    level: &[Edge],
    upright: &[Edge],
    headings_end: Option<f32>,
) -> Option<Reading> {
    let cuts = |left: f32, right: f32, at: Rect| {
        let first = upright.partition_point(|e| e.at < left - 1.0);
        upright[first..].iter().take_while(|e| e.at <= right + 1.0).any(|e| e.covers(at.y0, at.y1) > 0.5)
    };
    let mut lines: Vec<TextLine> = segments::gather(indices.iter().copied(), words, &cuts);
    let mut narrow = gutters::find(&lines, words);
    narrow.extend(gutters::rivers(&lines, words));
    let remarks = remarks::find(&lines, words);
    let remarks: Vec<Rect> = lines.iter().zip(remarks).filter(|(_, own)| *own).map(|(l, _)| l.bbox).collect();
    let in_remark = |at: Rect| remarks.iter().any(|remark| remark.contains(at.center()));
    if !narrow.is_empty() {
        let cuts = |right: f32, next: f32, at: Rect| {
            cuts(right, next, at) || !in_remark(at) && narrow.iter().any(|gutter| gutter.parts(right, at))
        };
        lines = segments::gather(indices.iter().copied(), words, &cuts);
    }
    if lines.iter().any(|l| l.segments.len() > MOST_SEGMENTS) {
        return None;
    }
    let bounds: Vec<f32> = upright.iter().map(|e| e.at).collect();
    let columns = columns::find(&lines, words, &bounds);
    if columns.len() < 2 || lines.len() < 2 || lines.len() > MOST_LINES {
        return None;
    }
    let pieces: Vec<Vec<Piece>> = lines
        .iter()
        .map(|l| columns::pieces(l, &columns, words, level, upright, in_remark(l.bbox)))
        .collect();
    let bbox = Rect::around(lines.iter().map(|l| l.bbox))?;
    let lattice = Lattice {
        lines: &lines,
        pieces: &pieces,
        columns: &columns,
        level,
        upright,
        words,
        x0: bbox.x0,
        x1: bbox.x1,
    };
    let headings = headings_end.map(|y| lines.partition_point(|l| l.bbox.center().y < y));
    let rows = rows::group(&lattice, headings);
    let (heads, header_rows) = headings::read(&lattice, rows.header_lines);

    let mut cells: Vec<GridCell> = Vec::new();
    for head in heads {
        let bbox = Rect::around(head.words.iter().map(|w| words[*w].bbox)).unwrap_or_default();
        cells.push(GridCell {
            row: head.row,
            column: head.first,
            row_span: head.rows,
            col_span: head.last - head.first + 1,
            words: head.words,
            bbox,
            image: None,
        });
    }
    let mut crossing = 0;
    for (at, row) in rows.body.iter().enumerate() {
        let mut of_row: Vec<GridCell> = Vec::new();
        for line in row {
            for piece in &pieces[*line] {
                place_piece(&mut of_row, piece, header_rows + at);
            }
        }
        // A cell alone in its row is a heading of the rows below.
        if of_row.len() > 1 {
            crossing += of_row.iter().filter(|c| c.col_span > 1).count();
        }
        cells.extend(of_row);
    }
    let total = header_rows + rows.body.len();
    let place = |row: usize, column: usize| {
        let _ = row;
        Rect { x0: columns[column].x0, y0: bbox.y0, x1: columns[column].x1, y1: bbox.y0 }
    };
    let grid = Grid::from_cells(total, columns.len(), cells, place);
    Some(Reading {
        grid,
        header_rows,
        numeric: columns.iter().map(|c| c.numeric).collect(),
        ends: columns.iter().map(|c| (c.x0, c.x1)).collect(),
        crossing,
        guessed: rows.guessed,
    })
}

/// Put a piece into its row: into the cell of its columns, which grows with it.
fn place_piece(row: &mut Vec<GridCell>, piece: &Piece, at: usize) {
    let (mut first, mut last) = (piece.first, piece.last);
    let mut words = Vec::new();
    let mut bbox = piece.segment.bbox;
    row.retain(|cell| {
        let (from, to) = (cell.column, cell.column + cell.col_span - 1);
        let meets = from <= last && first <= to;
        if meets {
            first = first.min(from);
            last = last.max(to);
            words.extend(cell.words.iter().copied());
            bbox = bbox.union(&cell.bbox);
        }
        !meets
    });
    words.extend(&piece.segment.words);
    row.push(GridCell {
        row: at,
        column: first,
        row_span: 1,
        col_span: last - first + 1,
        words,
        bbox,
        image: None,
    });
    row.sort_by_key(|c| c.column);
}
