//! How many rows of a drawn grid are headings.
//!
//! In goes a grid with its words, out comes the number of heading rows. A continuation on the next page may have none.

use super::grid::{Grid, GridCell};
use super::kind::{Kind, kind_of};
use crate::layout::Word;

/// Most rows of headings.
const MOST: usize = 4;

/// Count the heading rows.
pub(super) fn count(grid: &Grid, words: &[Word]) -> usize {
    let kind = |c: &GridCell| kind_of(c.words.iter().map(|w| words[*w].text.as_str()));
    let row = |r: usize| grid.cells.iter().filter(move |c| c.row == r && !c.words.is_empty());
    let figures =
        |r: usize| row(r).filter(|c| c.column > 0 && matches!(kind(c), Kind::Figure | Kind::Missing)).count();
    let bold = |r: usize| row(r).flat_map(|c| c.words.iter()).all(|w| words[*w].bold);
    if grid.rows < 2 || figures(0) > 0 && !bold(0) {
        return 0;
    }
    let mut count = 1;
    while count < MOST.min(grid.rows - 1) {
        let reach = (grid.cells.iter())
            .filter(|c| c.row < count && !c.words.is_empty())
            .map(|c| c.row + c.row_span)
            .max();
        // A heading that reaches down takes the rows beside it along, unless it labels rows of figures.
        let reaches =
            reach.is_some_and(|end| end > count && end <= MOST && (count..end).all(|r| figures(r) == 0));
        // Headings over several columns are parted by headings below.
        let grouped = row(count - 1).any(|c| c.col_span > 1);
        let parts = figures(count) == 0
            && row(count).filter(|c| c.column > 0).count() >= 2
            && row(count).all(|c| c.col_span < grid.columns);
        if !(reaches || grouped && parts) {
            break;
        }
        count = if reaches { reach.unwrap_or(count + 1) } else { count + 1 };
    }
    count.min(grid.rows - 1)
}
