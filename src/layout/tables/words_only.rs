//! Tables of words without lines: a legend with its explanations, a grid of short texts under headings.
//!
//! In goes a reading without any column of figures, out comes whether it is a table. Two-column prose, lists, address
//! footers, columns of signatures and header blocks of labels with their values are none.

use super::aligned::Reading;
use super::grid::GridCell;
use crate::layout::Word;

/// Fewest rows below the heading.
const ROWS: usize = 3;
/// Most words that a first column's cell has on average: a term, not a sentence.
const TERM_WORDS: f32 = 5.0;
/// Fewest words that an explanation has on average.
const EXPLANATION_WORDS: f32 = 3.5;
/// How far, in points, cells of a column may begin from each other.
const BEGINS: f32 = 2.0;
/// One row in so many must have several cells where others reach across the columns.
const SEVERAL_IN: usize = 3;
/// Share of the places that must be filled.
const FILLED: f32 = 0.75;

/// Whether a reading without figures is a table.
pub(super) fn is_table(reading: &Reading, words: &[Word], banded: bool) -> bool {
    let (rows, columns) = (reading.grid.rows, reading.grid.columns);
    if columns < 2 || rows < ROWS + reading.header_rows {
        return false;
    }
    let body: Vec<&GridCell> =
        reading.grid.cells.iter().filter(|c| c.row >= reading.header_rows && !c.words.is_empty()).collect();
    let body_rows = rows - reading.header_rows;
    let colons = reading.grid.cells.iter().filter(|c| c.text(words).ends_with(':')).count();
    if banded {
        // Lines part the rows: most of those that neither name a group nor hold a remark across the columns must have
        // several cells.
        let of = |row: usize| body.iter().filter(move |c| c.row == row);
        let several = (reading.header_rows..rows).filter(|row| of(*row).count() >= 2).count();
        let across = (reading.header_rows..rows).filter(|row| {
            let mut cells = of(*row);
            cells.next().is_some_and(|cell| cell.col_span > 1) && cells.next().is_none()
        });
        return 2 * several >= body_rows - across.count()
            && SEVERAL_IN * several >= body_rows
            && 2 * colons < body_rows;
    }
    if body.iter().any(|c| c.col_span > 1) || (body.len() as f32) < FILLED * (body_rows * columns) as f32 {
        return false;
    }
    let mean = |column: usize| {
        let cells: Vec<usize> = body.iter().filter(|c| c.column == column).map(|c| c.words.len()).collect();
        cells.iter().sum::<usize>() as f32 / cells.len().max(1) as f32
    };
    let in_line = (0..columns).all(|column| {
        let mut starts = body.iter().filter(|c| c.column == column).map(|c| c.bbox.x0);
        let Some(first) = starts.next() else { return false };
        starts.all(|x| (x - first).abs() <= BEGINS)
    });
    if !in_line || mean(0) > TERM_WORDS || colons >= 2 {
        return false;
    }
    let headed = reading.header_rows > 0;
    let labelled = body.iter().filter(|c| c.column == 0).count() == body_rows;
    if columns == 2 { labelled && mean(1) >= EXPLANATION_WORDS } else { labelled && headed && rows > ROWS }
}
