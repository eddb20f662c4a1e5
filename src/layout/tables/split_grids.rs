//! Grids that rows without lines part: a group's name stands between two drawn grids of the same columns.
//!
//! In go the drawn grids of a page, out come those that are one table joined, with the row between them as one cell.

use super::open_headings;
use super::ruled::RuledGrid;
use super::segments::{self, TextLine};
use crate::geometry::Rect;
use crate::layout::Word;

/// How far, in points, the lines of two grids may be from each other and be the same.
const SAME_PLACE: f32 = 2.0;
/// Highest row without lines, in parts of its text's size.
const HIGHEST: f32 = 4.0;

/// Join grids, from top to bottom, that only such rows part.
pub(super) fn join(grids: Vec<RuledGrid>, words: &[Word]) -> Vec<RuledGrid> {
    let mut joined: Vec<RuledGrid> = Vec::new();
    for next in grids {
        let above = joined.iter().rposition(|grid| names_a_group_between(grid, &next, words));
        match above.and_then(|at| Some((at, one(&joined[at], &next)?))) {
            Some((at, grid)) => joined[at] = grid,
            None => joined.push(next),
        }
    }
    joined
}

/// Whether one line of words, and nothing else, stands between two grids. Headings right below it say that it is the
/// title of another table.
fn names_a_group_between(above: &RuledGrid, below: &RuledGrid, words: &[Word]) -> bool {
    let (a, b) = (above.bbox(), below.bbox());
    let gap = Rect { x0: a.x0, y0: a.y1, x1: a.x1, y1: b.y0 };
    if gap.y1 - gap.y0 < SAME_PLACE || columns_of(above, below).is_none() {
        return false;
    }
    let between = (0..words.len()).filter(|w| {
        let middle = words[*w].bbox.center();
        gap.y0 < middle.y && middle.y < gap.y1 && words[*w].bbox.x_overlap(&gap) > 0.0
    });
    let lines = segments::gather(between, words, &|_, _, _| false);
    let [line] = &lines[..] else { return false };
    line.bbox.x0 >= above.xs[0]
        && names_group(line, above, gap.y1 - gap.y0)
        && !open_headings::begins_with_headings(below, words)
        && first_row(above, words) != first_row(below, words)
}

/// Whether a line in a row of this height, in points, may name a group of a grid's rows: one text that begins in its first
/// column.
pub(super) fn names_group(line: &TextLine, grid: &RuledGrid, height: f32) -> bool {
    line.segments.len() == 1 && line.bbox.x0 < grid.xs[1] && height <= HIGHEST * line.size
}

/// The words of a grid's first row.
fn first_row<'w>(grid: &RuledGrid, words: &'w [Word]) -> Vec<&'w str> {
    let row = Rect { x0: grid.xs[0], y0: grid.ys[0], x1: grid.bbox().x1, y1: grid.ys[1] };
    words.iter().filter(|w| row.contains(w.bbox.center())).map(|w| w.text.as_str()).collect()
}

/// The lines of the grid with more of them, where the other has no line that it has not.
fn columns_of<'a>(a: &'a RuledGrid, b: &'a RuledGrid) -> Option<&'a [f32]> {
    let (more, fewer) = if a.xs.len() < b.xs.len() { (&b.xs, &a.xs) } else { (&a.xs, &b.xs) };
    let near = |x: f32, y: f32| (x - y).abs() <= SAME_PLACE;
    let ends = near(*more.first()?, *fewer.first()?) && near(*more.last()?, *fewer.last()?);
    (ends && fewer.iter().all(|x| more.iter().any(|y| near(*x, *y)))).then_some(more)
}

/// Two grids and the row between them as one grid.
fn one(above: &RuledGrid, below: &RuledGrid) -> Option<RuledGrid> {
    let xs = columns_of(above, below)?.to_vec();
    let rows = above.ys.len() - 1;
    let place = |x: f32| xs.iter().position(|y| (x - y).abs() <= SAME_PLACE);
    let moved = |grid: &RuledGrid, down: usize| -> Option<Vec<(usize, usize, usize, usize)>> {
        let cells = grid.cells.iter().map(|(row, column, height, width)| {
            let (from, to) = (place(grid.xs[*column])?, place(grid.xs[column + width])?);
            Some((row + down, from, *height, to - from))
        });
        cells.collect()
    };
    let mut cells = moved(above, 0)?;
    cells.push((rows, 0, 1, xs.len() - 1));
    cells.extend(moved(below, rows + 1)?);
    let ys = above.ys.iter().chain(&below.ys).copied().collect();
    Some(RuledGrid { xs, ys, cells, clean: above.clean && below.clean, headings_end: above.headings_end })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid of two columns whose rows are 15 points high.
    fn grid(top: f32, rows: u8) -> RuledGrid {
        let ys = (0..=rows).map(|row| top + 15.0 * f32::from(row)).collect();
        let cells = (0..usize::from(rows)).flat_map(|row| [(row, 0, 1, 1), (row, 1, 1, 1)]).collect();
        RuledGrid { xs: vec![0.0, 100.0, 200.0], ys, cells, clean: true, headings_end: None }
    }

    fn word(text: &str, x: f32, y: f32) -> Word {
        let bbox = Rect { x0: x, y0: y - 8.0, x1: x + 30.0, y1: y + 1.0 };
        Word { text: text.to_owned(), bbox, baseline: y, size: 9.0, ..Word::default() }
    }

    #[test]
    fn the_name_of_a_group_between_two_grids_is_a_row() {
        let words = [word("Belopp", 5.0, 11.0), word("Intäkter", 5.0, 26.0), word("38", 150.0, 41.0)];
        let joined = join(vec![grid(0.0, 1), grid(30.0, 2)], &words);
        assert_eq!(joined.len(), 1);
        assert_eq!(joined[0].ys, [0.0, 15.0, 30.0, 45.0, 60.0]);
        assert!(joined[0].cells.contains(&(1, 0, 1, 2)) && joined[0].cells.contains(&(3, 1, 1, 1)));
    }

    #[test]
    fn the_title_of_another_table_is_none() {
        let bold = |text: &str, x: f32, y: f32| Word { bold: true, ..word(text, x, y) };
        let heads = [bold("Park", 5.0, 41.0), bold("Budget", 150.0, 41.0)];
        let words = [&[word("Belopp", 5.0, 11.0), word("Intäkter", 5.0, 26.0)][..], &heads].concat();
        assert_eq!(join(vec![grid(0.0, 1), grid(30.0, 2)], &words).len(), 2);
        let blank = [word("38", 150.0, 41.0)];
        assert_eq!(join(vec![grid(0.0, 1), grid(30.0, 2)], &blank).len(), 2);
    }
}
