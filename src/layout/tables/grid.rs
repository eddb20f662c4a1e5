//! Rows and columns of cells, as they were read from one page.

use crate::geometry::Rect;
use crate::layout::{Lexicon, Word};

/// A table's cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// How many rows it has.
    pub rows: usize,
    /// How many columns it has.
    pub columns: usize,
    /// Its cells, by row and then by column. Each place of the grid is covered by exactly one of them.
    pub cells: Vec<GridCell>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridCell {
    /// Its first row, from 0.
    pub row: usize,
    /// Its first column, from 0.
    pub column: usize,
    /// How many rows it covers.
    pub row_span: usize,
    /// How many columns it covers.
    pub col_span: usize,
    /// Indices of its words in the page's words, in reading order. Empty for a blank cell.
    pub words: Vec<usize>,
    /// Its box, in the page's reading frame; it contains the words' boxes.
    pub bbox: Rect,
    /// The digest of the picture in it.
    pub image: Option<u64>,
}

impl GridCell {
    /// Its text: the words with a space between, lines joined as those of a paragraph, words that they break whole again.
    #[must_use]
    pub fn text(&self, words: &[Word]) -> String {
        text_of(&self.words, words)
    }

    /// How many bytes of the text are a title: bold lines with plain ones below them, "**Öppna bryggan** Den är klar."
    pub(super) fn title_end(&self, words: &[Word]) -> Option<usize> {
        let bold = |w: &usize| words.get(*w).is_some_and(|word| word.bold);
        let end = self.words.iter().position(|w| !bold(w)).filter(|end| *end > 0)?;
        let (title, told) = self.words.split_at(end);
        let (last, first) = (words.get(*title.last()?)?, words.get(*told.first()?)?);
        let is_below = first.baseline - last.baseline > last.size / 2.0;
        let begins = first.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        (is_below && begins && !told.iter().any(bold)).then(|| text_of(title, words).len())
    }
}

/// The text of some words.
fn text_of(own: &[usize], words: &[Word]) -> String {
    let mut text = String::new();
    let mut last: Option<&Word> = None;
    for word in own.iter().filter_map(|w| words.get(*w)) {
        match last {
            Some(last) if last.baseline < word.baseline => Lexicon::default().join_one(&mut text, &word.text),
            Some(_) => {
                text.push(' ');
                text.push_str(&word.text);
            }
            None => text.push_str(&word.text),
        }
        last = Some(word);
    }
    text.retain(|c| c != '\u{AD}');
    // Dots that lead to the value are no part of the label.
    let label = text.trim_end_matches(['.', ' ']);
    if text.len() >= label.len() + 3 && !label.is_empty() { label.to_owned() } else { text }
}

impl Grid {
    /// Make a grid from cells that do not overlap: sorts them, and fills the places that none covers with blank cells.
    pub(super) fn from_cells(
        rows: usize,
        columns: usize,
        mut cells: Vec<GridCell>,
        place: impl Fn(usize, usize) -> Rect,
    ) -> Self {
        let mut covered = vec![false; rows * columns];
        for cell in &cells {
            for r in cell.row..(cell.row + cell.row_span).min(rows) {
                for c in cell.column..(cell.column + cell.col_span).min(columns) {
                    covered[r * columns + c] = true;
                }
            }
        }
        for (at, _) in covered.iter().enumerate().filter(|(_, c)| !**c) {
            let (row, column) = (at / columns, at % columns);
            cells.push(GridCell {
                row,
                column,
                row_span: 1,
                col_span: 1,
                bbox: place(row, column),
                ..GridCell::default()
            });
        }
        cells.sort_by_key(|c| (c.row, c.column));
        Self { rows, columns, cells }
    }

    /// The cell that covers a place.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> Option<&GridCell> {
        self.cells.iter().find(|c| {
            (c.row..c.row + c.row_span).contains(&row) && (c.column..c.column + c.col_span).contains(&column)
        })
    }

    /// Take out columns that no filled cell has for itself: slivers between borders that should be one. A cell that
    /// reaches into a sliver from one side keeps to that side.
    pub(super) fn without_slivers(mut self) -> Self {
        let mut column = 0;
        while column < self.columns && self.columns > 2 {
            let own = |c: &GridCell| c.column == column && c.col_span == 1;
            let filled = |c: &GridCell| !c.words.is_empty() || c.image.is_some();
            let reaches = |c: &GridCell| {
                c.column <= column && column < c.column + c.col_span && c.col_span > 1 && filled(c)
            };
            let sliver = !self.cells.iter().any(|c| own(c) && filled(c))
                && self.cells.iter().any(|c| reaches(c) && c.column == column)
                && self.cells.iter().any(|c| reaches(c) && c.column < column);
            if !sliver {
                column += 1;
                continue;
            }
            self.cells.retain(|c| !own(c));
            for cell in &mut self.cells {
                if cell.column <= column && column < cell.column + cell.col_span {
                    cell.col_span -= 1;
                } else if cell.column > column {
                    cell.column -= 1;
                }
            }
            self.columns -= 1;
        }
        self.cells.sort_by_key(|c| (c.row, c.column));
        self
    }

    /// Take out rows and columns that hold neither a word nor a picture.
    pub(super) fn without_blank_lines(self) -> Self {
        let filled = |c: &&GridCell| !c.words.is_empty() || c.image.is_some();
        let mut row_used = vec![false; self.rows];
        let mut column_used = vec![false; self.columns];
        for cell in self.cells.iter().filter(filled) {
            // A cell over several rows keeps only its first: the others stay if something else stands in them.
            row_used[cell.row] = true;
            column_used[cell.column] = true;
        }
        let place = |used: &[bool]| -> Vec<usize> {
            let mut next = 0;
            let mut places: Vec<usize> = used
                .iter()
                .map(|u| {
                    let at = next;
                    next += usize::from(*u);
                    at
                })
                .collect();
            places.push(next);
            places
        };
        let (row_place, column_place) = (place(&row_used), place(&column_used));
        let (rows, columns) = (row_place[self.rows], column_place[self.columns]);
        let mut cells = Vec::new();
        for cell in self.cells {
            let (top, bottom) = (row_place[cell.row], row_place[(cell.row + cell.row_span).min(self.rows)]);
            let (left, right) =
                (column_place[cell.column], column_place[(cell.column + cell.col_span).min(self.columns)]);
            if top < bottom && left < right {
                cells.push(GridCell {
                    row: top,
                    column: left,
                    row_span: bottom - top,
                    col_span: right - left,
                    ..cell
                });
            }
        }
        cells.sort_by_key(|c| (c.row, c.column));
        Self { rows, columns, cells }
    }
}
