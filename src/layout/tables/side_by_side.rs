//! Tables that stand beside each other.
//!
//! In goes a reading of them as one table, out come the places to cut it. They show by repeating themselves: a column
//! of labels after columns of figures, under it as many labels, and the same headings over the figures again. Or by their
//! lines, which end between them: each has its own over its whole width, and none reaches over both.

use super::aligned::Reading;
use super::edges::Edge;
use super::kind::{Kind, kind_of};
use crate::layout::Word;

/// Share of the rows that must have a label in the later column of labels, as against the first.
const LABELLED: f32 = 0.6;

/// Fewest lines that each of two tables has of its own.
const OWN_LINES: usize = 3;
/// How much of a table's width such a line covers.
const WHOLE_WIDTH: f32 = 0.9;

/// Where to cut, from left to right; empty when the reading is one table.
pub(super) fn cuts(reading: &Reading, words: &[Word], level: &[Edge]) -> Vec<f32> {
    let columns = reading.numeric.len();
    let starts: Vec<usize> = (1..columns)
        .filter(|c| !reading.numeric[*c] && reading.numeric[*c - 1] && !reading.numeric[0])
        .collect();
    if starts.is_empty() {
        return Vec::new();
    }
    let labels = |column: usize| {
        (reading.grid.cells.iter())
            .filter(|c| c.column == column && c.row >= reading.header_rows && !c.words.is_empty())
            .filter(|c| kind_of(c.words.iter().map(|w| words[*w].text.as_str())) == Kind::Words)
            .count()
    };
    let heading = |column: usize| {
        let cells = reading.grid.cells.iter().filter(|c| c.column == column && c.row < reading.header_rows);
        let text: Vec<String> =
            cells.filter(|c| !c.words.is_empty()).map(|c| c.text(words).to_lowercase()).collect();
        text.join(" ")
    };
    let all = labels(0).max(1) as f32;
    let mut cuts = Vec::new();
    for start in starts {
        let repeats = start + 1 < columns
            && reading.numeric[start + 1]
            && !heading(1).is_empty()
            && heading(start + 1) == heading(1);
        // Beside a table stands something else: a chart's labels have no heading over them and no figures after.
        let at = (reading.ends[start - 1].1 + reading.ends[start].0) / 2.0;
        let has_figures = reading.numeric.get(start + 1).is_some_and(|numeric| *numeric);
        if (repeats || has_figures && is_parted(reading, start, at, level))
            && labels(start) as f32 >= LABELLED * all
        {
            cuts.push(at);
        }
    }
    cuts
}

/// Whether the lines of what stands before a column and those of what begins with it end between the two.
fn is_parted(reading: &Reading, start: usize, at: f32, level: &[Edge]) -> bool {
    let (Some(first), Some(last)) = (reading.ends.first(), reading.ends.last()) else { return false };
    let own = |from: f32, to: f32| level.iter().filter(|e| e.covers(from, to) >= WHOLE_WIDTH).count();
    level.iter().all(|e| e.to <= at || e.from >= at)
        && own(first.0, reading.ends[start - 1].1) >= OWN_LINES
        && own(reading.ends[start].0, last.1) >= OWN_LINES
}
