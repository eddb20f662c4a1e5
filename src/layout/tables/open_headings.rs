//! Headings that stand over a drawn grid, outside its lines.
//!
//! In goes a drawn grid with a page's words, out comes it with such headings as its first row: each stands over one
//! column and none reaches over the lines between two, so that no running text is taken for them.

use super::kind::{Kind, kind_of};
use super::ruled::RuledGrid;
use super::segments::{self, TextLine};
use crate::layout::Word;

/// Fewest columns: over fewer, the words of a sentence may stand between the lines by chance.
const FEWEST_COLUMNS: usize = 3;
/// Largest distance from the last heading to the grid, in parts of the font size.
const NEAR: f32 = 1.2;
/// Largest distance between baselines of a heading's lines, in parts of the font size.
const WRAP_STEP: f32 = 1.5;
/// Most lines of a heading.
const MOST_LINES: usize = 3;
/// How far, in points, a word may reach over a line of the grid.
const OVER: f32 = 1.0;

/// The grid with the headings over it; as it was where there are none.
pub(super) fn take_in(grid: RuledGrid, words: &[Word], used: &[bool]) -> RuledGrid {
    let columns = grid.xs.len() - 1;
    if columns < FEWEST_COLUMNS || begins_with_headings(&grid, words) {
        return grid;
    }
    let top = grid.ys[0];
    let above = (0..words.len()).filter(|w| {
        let b = words[*w].bbox;
        !used[*w] && b.center().y < top && b.x1 > grid.xs[0] && b.x0 < grid.xs[columns]
    });
    let lines = segments::gather(above, words, &|_, _, _| false);
    let mut headings: Vec<&TextLine> = Vec::new();
    for line in lines.iter().rev().take(MOST_LINES) {
        let is_near = match headings.last() {
            None => top - line.bbox.y1 <= NEAR * line.size,
            Some(below) => below.baseline - line.baseline <= WRAP_STEP * line.size,
        };
        let Some(over) = columns_under(line, &grid, words).filter(|_| is_near) else { break };
        let fits = match headings.first() {
            None => 2 * over.len() >= columns && over.len() >= FEWEST_COLUMNS,
            Some(last) => columns_under(last, &grid, words).is_some_and(|last| is_within(&over, &last)),
        };
        if !fits {
            break;
        }
        headings.push(line);
    }
    let Some(highest) = headings.last() else { return grid };
    let mut ys = vec![highest.bbox.y0 - OVER];
    ys.extend(&grid.ys);
    let mut cells: Vec<_> = (0..columns).map(|column| (0, column, 1, 1)).collect();
    cells.extend(grid.cells.iter().map(|(row, column, rows, across)| (row + 1, *column, *rows, *across)));
    RuledGrid { ys, cells, ..grid }
}

fn is_within(columns: &[usize], others: &[usize]) -> bool {
    columns.iter().all(|column| others.contains(column))
}

/// The columns that the words of a line stand over, each in one; `None` where one reaches over a line of the grid or
/// beyond it, or is a figure.
fn columns_under(line: &TextLine, grid: &RuledGrid, words: &[Word]) -> Option<Vec<usize>> {
    let mut found: Vec<usize> = Vec::new();
    for word in line.words().map(|w| &words[w]) {
        let column = grid.xs.partition_point(|x| *x <= word.bbox.center().x).checked_sub(1)?;
        let (from, to) = (*grid.xs.get(column)?, *grid.xs.get(column + 1)?);
        let inside = word.bbox.x0 >= from - OVER && word.bbox.x1 <= to + OVER;
        if !inside || kind_of([word.text.as_str()]) == Kind::Figure {
            return None;
        }
        if !found.contains(&column) {
            found.push(column);
        }
    }
    Some(found)
}

/// Whether the first row of a grid is bold words over several columns: headings of its own.
pub(super) fn begins_with_headings(grid: &RuledGrid, words: &[Word]) -> bool {
    let first = grid.cells.iter().filter(|cell| cell.0 == 0);
    let texts: Vec<Vec<&Word>> = first
        .map(|cell| grid.cell_box(cell.0, cell.1, cell.2, cell.3))
        .map(|of| words.iter().filter(|w| of.contains(w.bbox.center())).collect::<Vec<_>>())
        .filter(|texts: &Vec<&Word>| !texts.is_empty())
        .collect();
    let figures = texts.iter().any(|t| kind_of(t.iter().map(|w| w.text.as_str())).is_figure());
    texts.len() > 1 && !figures && texts.iter().flatten().all(|w| w.bold)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;

    fn grid() -> RuledGrid {
        RuledGrid {
            xs: vec![0.0, 100.0, 200.0, 300.0],
            ys: vec![50.0, 65.0],
            cells: vec![(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1)],
            clean: true,
            headings_end: None,
        }
    }

    fn line(places: &[(&str, f32, f32)]) -> Vec<Word> {
        let word = |(text, x0, x1): &(&str, f32, f32)| Word {
            text: (*text).to_owned(),
            bbox: Rect { x0: *x0, y0: 38.0, x1: *x1, y1: 47.0 },
            baseline: 46.0,
            size: 9.0,
            ..Word::default()
        };
        places.iter().map(word).collect()
    }

    fn rows(words: &[Word]) -> usize {
        take_in(grid(), words, &vec![false; words.len()]).ys.len() - 1
    }

    #[test]
    fn headings_stand_each_over_a_column() {
        assert_eq!(rows(&line(&[("Nr", 5.0, 20.0), ("Åtgärd", 105.0, 140.0), ("Status", 205.0, 240.0)])), 2);
    }

    #[test]
    fn running_text_reaches_over_the_lines() {
        let text =
            [("Tabellen", 5.0, 60.0), ("visar", 85.0, 115.0), ("läget", 120.0, 160.0), ("nu", 210.0, 220.0)];
        assert_eq!(rows(&line(&text)), 1);
        assert_eq!(rows(&line(&[("Åtgärder", 5.0, 60.0)])), 1);
    }
}
