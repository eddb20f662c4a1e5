//! Tables that stand beside each other.
//!
//! In goes a reading of them as one table, out come the places to cut it. They show by repeating themselves: a column
//! of labels after columns of figures, under it as many labels, and the same headings over the figures again.

use super::aligned::Reading;
use super::kind::{Kind, kind_of};
use crate::layout::Word;

/// Share of the rows that must have a label in the later column of labels, as against the first.
const LABELLED: f32 = 0.6;

/// Where to cut, from left to right; empty when the reading is one table.
pub(super) fn cuts(reading: &Reading, words: &[Word]) -> Vec<f32> {
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
        if repeats && labels(start) as f32 >= LABELLED * all {
            cuts.push((reading.ends[start - 1].1 + reading.ends[start].0) / 2.0);
        }
    }
    cuts
}
