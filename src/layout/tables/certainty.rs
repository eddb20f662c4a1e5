//! Whether a reading can be relied on, by witnesses.
//!
//! In goes a grid as it was read, out come doubts. Each witness is a fact about the page that a wrong reading is
//! unlikely to share: figures of a column end or begin at one place, each column of figures has a heading if any has,
//! each row of figures has a label, no cell holds two figures.

use super::Doubt;
use super::grid::{Grid, GridCell};
use super::kind::{Kind, continues_group, kind_of, starts_group};
use crate::layout::Word;

/// How far figures of a column may be from a common edge, in parts of the font size.
const ALIGNED: f32 = 0.4;
/// Share of a column's figures that must be aligned.
const ALIGNED_SHARE: f32 = 0.8;
/// Share of the rows of figures that may lack a label.
const UNLABELLED: f32 = 0.3;
/// Share of a column's cells below the heading that must be figures if half of them are.
const FIGURES_SHARE: f32 = 0.6;
/// A gap between groups of digits wider than this, in parts of the font size, may part two numbers.
const THOUSANDS_GAP: f32 = 0.45;

/// Fewest words of a sentence.
const SENTENCE: usize = 4;

/// The doubts about a grid. `drawn` says that lines part its cells, so that places need no witness.
pub(super) fn doubts(grid: &Grid, header_rows: usize, words: &[Word], drawn: bool) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let kinds: Vec<Kind> =
        grid.cells.iter().map(|c| kind_of(c.words.iter().map(|w| words[*w].text.as_str()))).collect();
    let body = |c: &GridCell| c.row >= header_rows;
    let columns = figure_columns(grid, &kinds, header_rows);

    let crowded = grid.cells.iter().zip(&kinds).any(|(c, k)| body(c) && holds_two_figures(c, *k, words));
    if crowded {
        doubts.push(Doubt::TwoFigures);
    }
    if drawn {
        return doubts;
    }
    let spanning = grid
        .cells
        .iter()
        .zip(&kinds)
        .any(|(c, k)| body(c) && c.col_span > 1 && has_figure_word(c, *k, words));
    if spanning {
        doubts.push(Doubt::Crossing);
    }
    for (column, numeric) in columns.iter().enumerate() {
        if !numeric {
            continue;
        }
        let cells: Vec<(&GridCell, Kind)> = (grid.cells.iter().zip(kinds.iter().copied()))
            .filter(|(c, _)| body(c) && c.column == column && c.col_span == 1 && !c.words.is_empty())
            .collect();
        let figures: Vec<&GridCell> = cells.iter().filter(|(_, k)| k.is_figure()).map(|(c, _)| *c).collect();
        if !aligned(&figures, words) {
            doubts.push(Doubt::Alignment);
        }
        let numeric = cells.iter().filter(|(_, k)| k.is_numeric()).count();
        if (numeric as f32) < FIGURES_SHARE * cells.len() as f32 {
            doubts.push(Doubt::Mixed);
        }
    }
    let headed: Vec<bool> = (0..grid.columns)
        .map(|column| {
            grid.cells.iter().any(|c| {
                c.row < header_rows
                    && c.column <= column
                    && column < c.column + c.col_span
                    && !c.words.is_empty()
            })
        })
        .collect();
    let any_head = headed.iter().skip(1).any(|h| *h);
    if any_head && columns.iter().zip(&headed).any(|(numeric, headed)| *numeric && !headed) {
        doubts.push(Doubt::Heading);
    }
    if shared_heading(grid, header_rows, &columns) {
        doubts.push(Doubt::Heading);
    }
    let mut rows = 0;
    let mut unlabelled = 0;
    for row in header_rows..grid.rows {
        let mut figures = false;
        let mut label = false;
        for (cell, kind) in
            grid.cells.iter().zip(&kinds).filter(|(c, _)| c.row <= row && row < c.row + c.row_span)
        {
            figures |= cell.row == row && kind.is_figure() && cell.column > 0;
            label |=
                !cell.words.is_empty() && (cell.column == 0 || !kind.is_numeric() && !columns[cell.column]);
        }
        rows += usize::from(figures);
        unlabelled += usize::from(figures && !label);
    }
    if unlabelled as f32 > UNLABELLED * rows as f32 {
        doubts.push(Doubt::Labels);
    }
    doubts.sort_unstable();
    doubts.dedup();
    doubts
}

/// Whether one heading reaches over two columns of figures with nothing below it: it may be two headings set tight.
fn shared_heading(grid: &Grid, header_rows: usize, columns: &[bool]) -> bool {
    let ends = |column: usize| {
        let body =
            grid.cells.iter().filter(|c| c.row >= header_rows && c.column == column && c.col_span == 1);
        body.filter(|c| !c.words.is_empty())
            .map(|c| (c.bbox.x0, c.bbox.x1))
            .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    };
    let lowest = |column: usize| {
        let over = grid.cells.iter().enumerate().filter(|(_, c)| {
            c.row < header_rows && c.column <= column && column < c.column + c.col_span && !c.words.is_empty()
        });
        over.max_by_key(|(_, c)| c.row)
    };
    (0..grid.columns.saturating_sub(1)).filter(|c| columns[*c] && columns[c + 1]).any(|column| {
        let (Some((a, heading)), Some((b, _))) = (lowest(column), lowest(column + 1)) else { return false };
        let reaches =
            |column: usize| ends(column).is_none_or(|(x0, x1)| heading.bbox.x0 < x1 && x0 < heading.bbox.x1);
        a == b && reaches(column) && reaches(column + 1)
    })
}

/// The columns of which at least half of what stands below the heading is figures.
pub(super) fn figure_columns(grid: &Grid, kinds: &[Kind], header_rows: usize) -> Vec<bool> {
    let mut figures = vec![0; grid.columns];
    let mut all = vec![0; grid.columns];
    for (cell, kind) in grid.cells.iter().zip(kinds) {
        if cell.row >= header_rows && cell.col_span == 1 && !cell.words.is_empty() {
            all[cell.column] += 1;
            figures[cell.column] += usize::from(matches!(kind, Kind::Figure | Kind::Missing));
        }
    }
    figures.iter().zip(&all).map(|(f, a)| *f > 0 && 2 * f >= *a).collect()
}

/// Whether a cell is a figure or ends with one, as a sentence may: "Examen tas i juni 2026."
fn has_figure_word(cell: &GridCell, kind: Kind, words: &[Word]) -> bool {
    let ends_with_figure = |w: &usize| {
        let text = words[*w].text.as_str();
        let ends_sentence = text.ends_with('.') && cell.words.len() >= SENTENCE;
        kind_of([text]).is_figure() && cell.words.len() > 1 && !ends_sentence
    };
    kind.is_figure() || cell.words.last().is_some_and(ends_with_figure)
}

/// Whether a cell of figures holds more than one: groups of digits that no thousands space joins.
fn holds_two_figures(cell: &GridCell, kind: Kind, words: &[Word]) -> bool {
    if cell.words.len() < 2 {
        return false;
    }
    let is_digits = |w: usize| words[w].text.bytes().any(|b| b.is_ascii_digit());
    let all_numeric = cell.words.iter().all(|w| kind_of([words[*w].text.as_str()]).is_numeric());
    if !kind.is_numeric() && !all_numeric {
        return false;
    }
    cell.words.windows(2).any(|pair| {
        let (left, right) = (&words[pair[0]], &words[pair[1]]);
        if !is_digits(pair[0]) || !is_digits(pair[1]) {
            // "- 6 279" is one; a dash after a figure is a second value.
            return is_digits(pair[0])
                && kind_of([right.text.as_str()]) == Kind::Missing
                && right.text != "*";
        }
        if left.text.ends_with(',') {
            return false; // an enumeration: "2027, 2028"
        }
        let stacked = (left.baseline - right.baseline).abs() > 0.5 * left.size;
        let raised = right.size < 0.85 * left.size;
        let share = right.text.starts_with('(');
        let gap = (right.bbox.x0 - left.bbox.x1) / left.size.max(1.0);
        let thousands = starts_group(&left.text) || continues_group(&left.text);
        stacked || !(raised || share || thousands && continues_group(&right.text) && gap < THOUSANDS_GAP)
    })
}

/// Whether figures share their right, left or middle place, or the place of their decimal sign.
fn aligned(cells: &[&GridCell], words: &[Word]) -> bool {
    if cells.len() < 3 {
        return true;
    }
    let size =
        cells.iter().filter_map(|c| c.words.first()).map(|w| words[*w].size).fold(0.0, f32::max).max(1.0);
    let ends = |c: &GridCell| {
        // Marks above the line and brackets do not count.
        let digits = c.words.iter().filter(|w| words[**w].size >= 0.85 * size).map(|w| &words[*w]);
        let bbox = digits.map(|w| w.bbox).reduce(|a, b| a.union(&b)).unwrap_or(c.bbox);
        (bbox.x0, bbox.x1)
    };
    let decimal = |c: &GridCell| {
        let word = &words[*c.words.last()?];
        let count = word.text.chars().count().max(1);
        let at = word.text.chars().position(|c| matches!(c, '.' | ',')).unwrap_or(count);
        Some(word.bbox.x0 + word.bbox.width() * at as f32 / count as f32)
    };
    let holds = |places: Vec<f32>| {
        let mut sorted = places;
        sorted.sort_by(f32::total_cmp);
        let need = (ALIGNED_SHARE * sorted.len() as f32).ceil() as usize;
        // Some window of the needed size is narrow.
        sorted.windows(need.max(1)).any(|w| w[w.len() - 1] - w[0] <= 2.0 * ALIGNED * size)
    };
    holds(cells.iter().map(|c| ends(c).1).collect())
        || holds(cells.iter().map(|c| ends(c).0).collect())
        || holds(cells.iter().map(|c| (ends(c).0 + ends(c).1) / 2.0).collect())
        || holds(cells.iter().filter_map(|c| decimal(c)).collect())
}
