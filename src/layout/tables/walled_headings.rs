//! Headings above a drawn grid whose own cells are drawn: between upright lines, or each on a shade, without a level line
//! over them.
//!
//! In goes a drawn grid with a page's edges and words, out comes it with the band of such headings as its first row. The
//! name of the first group of rows may stand between them and the grid, where no upright line is drawn. The shades of
//! headings part columns that the grid's own lines do not.

use super::edges::Edges;
use super::open_headings;
use super::ruled::RuledGrid;
use super::segments::{self, TextLine};
use super::split_grids;
use crate::geometry::Rect;
use crate::layout::PageWords;

/// How far, in points, the ends of lines and shades may differ, and lie from those of the grid.
const SAME_PLACE: f32 = 2.0;
/// Fewest upright lines between headings.
const FEWEST: usize = 2;
/// Most lines of headings.
const MOST_LINES: usize = 5;
/// How far, in points, a word may reach over the end of a column.
const OVER: f32 = 1.0;

/// Where headings stand: from one height to another, and where their cells begin and end.
struct Band {
    from: f32,
    to: f32,
    xs: Vec<f32>,
}

/// The grid with such headings; as it was where there are none.
pub(super) fn take_in(grid: RuledGrid, edges: &Edges, page: &PageWords, used: &[bool]) -> RuledGrid {
    let words = &page.words;
    if open_headings::begins_with_headings(&grid, words) {
        return grid;
    }
    // The nearest one: a table further up may have its lines at the same places.
    let bands = [band_between_lines(&grid, edges), band_of_shades(&grid, page)];
    let Some(band) = bands.into_iter().flatten().max_by(|a, b| a.to.total_cmp(&b.to)) else { return grid };
    let bbox = grid.bbox();
    let lines_between = |y0: f32, y1: f32| -> Vec<TextLine> {
        let between = Rect { y0, y1, ..bbox };
        let inside = (0..words.len()).filter(|w| !used[*w] && between.contains(words[*w].bbox.center()));
        segments::gather(inside, words, &|_, _, _| false)
    };
    let headings = lines_between(band.from, band.to);
    let several = headings.iter().any(|line| line.segments.len() >= FEWEST);
    let group = lines_between(band.to, bbox.y0);
    let names_group = match &group[..] {
        [] => bbox.y0 - band.to <= SAME_PLACE,
        [line] => split_grids::names_group(line, &grid, bbox.y0 - band.to),
        _ => false,
    };
    if !several || !names_group || headings.len() > MOST_LINES {
        return grid;
    }
    let grid = with_columns(grid, &band.xs, page);
    let columns = grid.xs.len() - 1;
    let mut cells: Vec<_> = (0..columns).map(|column| (0, column, 1, 1)).collect();
    let mut ys = vec![band.from];
    if !group.is_empty() {
        ys.push(band.to);
        cells.push((1, 0, 1, columns));
    }
    let down = ys.len();
    ys.extend(&grid.ys);
    cells
        .extend(grid.cells.iter().map(|(row, column, height, width)| (row + down, *column, *height, *width)));
    RuledGrid { ys, cells, headings_end: Some(band.to), ..grid }
}

/// Where the grid's upright lines are drawn once more, above it.
fn band_between_lines(grid: &RuledGrid, edges: &Edges) -> Option<Band> {
    let top = grid.ys[0];
    let inner = &grid.xs[1..grid.xs.len() - 1];
    let above = |x: &f32| {
        let near =
            edges.upright.iter().filter(|e| (e.at - x).abs() <= SAME_PLACE && e.from < top - SAME_PLACE);
        near.filter(|e| e.to <= top + SAME_PLACE).max_by(|a, b| a.to.total_cmp(&b.to))
    };
    let walls: Vec<_> = inner.iter().filter_map(above).collect();
    let (from, to) = (walls.first()?.from, walls.first()?.to);
    let same = walls.iter().all(|e| (e.from - from).abs() <= SAME_PLACE && (e.to - to).abs() <= SAME_PLACE);
    let enough = walls.len() >= FEWEST && 2 * walls.len() >= inner.len();
    (same && enough).then(|| Band { from, to, xs: grid.xs.clone() })
}

/// The lowest row of shades side by side above the grid that begins and ends with it and has all its columns.
fn band_of_shades(grid: &RuledGrid, page: &PageWords) -> Option<Band> {
    let (top, b) = (grid.ys[0], grid.bbox());
    let near = |a: f32, b: f32| (a - b).abs() <= SAME_PLACE;
    let mut above: Vec<Rect> =
        page.fills.iter().map(|fill| fill.bbox).filter(|f| f.y1 <= top + SAME_PLACE && f.x0 < b.x1).collect();
    above.sort_by(|a, b| b.y1.total_cmp(&a.y1).then(a.x0.total_cmp(&b.x0)));
    let rows = above.chunk_by(|a, b| near(a.y0, b.y0) && near(a.y1, b.y1));
    rows.filter(|row| row.len() > FEWEST).find_map(|row| {
        let joined = row.windows(2).all(|pair| near(pair[0].x1, pair[1].x0));
        let ends = near(row[0].x0, b.x0) && near(row[row.len() - 1].x1, b.x1);
        let mut xs = vec![b.x0];
        xs.extend(row[1..].iter().map(|f| f.x0));
        xs.push(b.x1);
        let has_all = grid.xs.iter().all(|x| xs.iter().any(|own| near(*own, *x)));
        (joined && ends && has_all).then(|| Band { from: row[0].y0, to: row[0].y1, xs })
    })
}

/// The grid with further columns, its cells cut between them; as it was where a word stands over the end of one.
fn with_columns(grid: RuledGrid, xs: &[f32], page: &PageWords) -> RuledGrid {
    let is_known = |x: f32| grid.xs.iter().any(|own| (own - x).abs() <= SAME_PLACE);
    let further: Vec<f32> = xs.iter().copied().filter(|x| !is_known(*x)).collect();
    if further.is_empty() {
        return grid;
    }
    let columns = grid.xs.len() - 1;
    let is_cut = |cell: &(usize, usize, usize, usize)| cell.3 < columns;
    let crossed = grid.cells.iter().filter(|cell| is_cut(cell)).any(|cell| {
        let of = grid.cell_box(cell.0, cell.1, cell.2, cell.3);
        let inside = page.words.iter().filter(|word| of.contains(word.bbox.center()));
        inside.map(|word| word.bbox).any(|b| further.iter().any(|x| b.x0 < x - OVER && x + OVER < b.x1))
    });
    if crossed {
        return grid;
    }
    let mut all = [&grid.xs[..], &further].concat();
    all.sort_by(f32::total_cmp);
    let place = |column: usize| all.iter().position(|x| *x >= grid.xs[column]).unwrap_or(column);
    let cells = grid.cells.iter().flat_map(|cell| {
        let (from, to) = (place(cell.1), place(cell.1 + cell.3));
        let (row, height) = (cell.0, cell.2);
        // What reached over several of the grid's own columns still does.
        let parts: Vec<_> = if cell.3 == 1 {
            (from..to).map(|column| (row, column, height, 1)).collect()
        } else {
            vec![(row, from, height, to - from)]
        };
        parts
    });
    RuledGrid { cells: cells.collect(), xs: all, ..grid }
}
