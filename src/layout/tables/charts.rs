//! What looks like a table and is none: axes of charts, tables of contents.

use super::grid::Grid;
use super::kind::{Kind, kind_of};
use crate::layout::Word;

/// Fewest ticks that make an axis.
const TICKS: usize = 5;
/// Largest share of filled places, beside an axis, in what is still a chart.
const SPARSE: f32 = 0.55;

/// Whether the cells are a chart's labels: a column or row of evenly spaced figures, little else beside it.
pub(super) fn is_chart(grid: &Grid, words: &[Word]) -> bool {
    let filled =
        grid.cells.iter().filter(|c| !c.words.is_empty()).map(|c| c.row_span * c.col_span).sum::<usize>();
    let share = filled as f32 / (grid.rows * grid.columns).max(1) as f32;
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); grid.columns];
    let mut rows: Vec<Vec<f64>> = vec![Vec::new(); grid.rows];
    let mut figures = 0;
    for cell in &grid.cells {
        if let Some(v) = number(&cell.text(words)) {
            columns[cell.column].push(v);
            rows[cell.row].push(v);
            figures += 1;
        }
    }
    // Two axes, left and right.
    let filled_columns = columns.iter().filter(|c| !c.is_empty()).count();
    if figures == grid.cells.iter().filter(|c| !c.words.is_empty()).count()
        && filled_columns >= 2
        && columns.iter().all(|c| c.is_empty() || is_axis(c))
    {
        return true;
    }
    let axis_column = columns.iter().any(|c| is_axis(c) && !is_numbering(c));
    // An axis below a chart is its last row; a heading that counts the columns is its first.
    let axis_row = rows.iter().enumerate().skip(1).any(|(r, row)| r + 3 > grid.rows && is_axis(row));
    axis_row && share < 0.8 || axis_column && (share < SPARSE || figures <= grid.rows + 2)
}

/// Whether the figures are evenly spaced, by more than one, as ticks are.
fn is_axis(values: &[f64]) -> bool {
    if values.len() < TICKS {
        return false;
    }
    let steps: Vec<f64> = values.windows(2).map(|p| p[1] - p[0]).collect();
    let step = steps[0];
    let even = steps.iter().all(|s| (s - step).abs() <= 0.01 * step.abs());
    let counts = (step.abs() - 1.0).abs() < 1e-9 && values.iter().all(|v| v.fract() == 0.0);
    even && step != 0.0 && !counts
}

/// Whether the figures count what stands beside them down the page, "1.1" to "1.5". The ticks of an axis rise upwards.
fn is_numbering(values: &[f64]) -> bool {
    let whole = values[0].trunc();
    values.iter().enumerate().all(|(at, value)| (value - whole - (at + 1) as f64 / 10.0).abs() < 1e-6)
}

/// Whether the rows are a table of contents: titles with rising page numbers.
pub(super) fn is_contents(grid: &Grid, words: &[Word], leaders: bool) -> bool {
    if !(2..=3).contains(&grid.columns) || grid.rows < 3 {
        return false;
    }
    let pages: Vec<f64> = (grid.cells.iter())
        .filter(|c| c.column + c.col_span == grid.columns && !c.words.is_empty())
        .filter_map(|c| {
            let text = c.text(words);
            let plain = text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
            if plain { text.parse().ok() } else { None }
        })
        .collect();
    let rising = pages.windows(2).all(|p| p[0] <= p[1]);
    let others = (grid.cells.iter())
        .filter(|c| c.column + c.col_span < grid.columns && c.column > 0)
        .any(|c| kind_of(c.words.iter().map(|w| words[*w].text.as_str())) == Kind::Figure);
    let least = if leaders { 2 } else { 4 };
    pages.len() >= least
        && 10 * pages.len() >= 7 * grid.rows
        && rising
        && !others
        && (leaders || pages.len() >= 6)
}

fn number(text: &str) -> Option<f64> {
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let thousands = first != "0" && groups.all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()));
    let plain: String = text
        .chars()
        .filter(|c| !(matches!(c, ' ' | '\u{a0}' | '%' | '$' | '€' | '£') || thousands && *c == ','))
        .map(|c| match c {
            '−' | '–' => '-',
            ',' => '.',
            c => c,
        })
        .collect();
    plain.parse().ok().filter(|v: &f64| v.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_rows_are_no_axis() {
        assert!(is_numbering(&[2.1, 2.2, 2.3, 2.4, 2.5]));
        assert!(!is_numbering(&[0.5, 0.4, 0.3, 0.2, 0.1]) && is_axis(&[0.5, 0.4, 0.3, 0.2, 0.1]));
        assert!(!is_numbering(&[1.2, 1.4, 1.6, 1.8, 2.0]));
    }
}
