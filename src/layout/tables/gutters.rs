//! Narrow gutters: figures that end at one place, and words that begin at one place right beside them.
//!
//! A column of figures set to the right and a column of words set to the left may have no more between them than the
//! padding of two cells, which is less than what parts words in a justified line. Several lines that keep the same gap
//! are no running text. Figures of one width are left alone: they may number the words.
//!
//! Beside figures the same padding shows as a river: a stretch that no word of any line stands on, headings included.
//! Between words it is one where nearly all lines have a word that begins right at it.

use super::segments::TextLine;
use crate::geometry::Rect;
use crate::layout::Word;

/// Smallest gutter, in parts of the font size: more than a word space. One character of a text counts as 0.4.
const NARROWEST: f32 = 0.38;
/// How far from one another, in points, the ends of figures and the beginnings of words may be.
const SAME_EDGE: f32 = 0.8;
/// Fewest lines that show a gutter.
const FEWEST: usize = 3;
/// How far above and below the lines that show it a gutter reaches, in parts of the font size: its column's heading and
/// the rows with words alone.
const REACH: f32 = 2.5;

/// Narrowest river, in parts of the font size.
const NARROWEST_RIVER: f32 = 0.55;
/// Narrowest river, in parts of the usual space between words.
const TIMES_WORD_SPACE: f32 = 1.6;
/// Spaces wider than this, in parts of the font size, are not between words.
const WIDEST_WORD_SPACE: f32 = 0.9;
/// Share of the lines along a river that must have a figure beside it.
const FIGURES_SHARE: f32 = 0.5;

/// Fewest lines along a river between words, and the share of them that must have a word that begins right at it.
const FEWEST_BEGINNING: usize = 4;
const BEGINNING_SHARE: f32 = 0.8;

/// A gutter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gutter {
    /// Where what is before it ends.
    x0: f32,
    /// Where what is after it begins.
    x1: f32,
    y0: f32,
    y1: f32,
}

impl Gutter {
    /// Whether it lies between the right end of a word and the box of the next.
    pub(super) fn parts(&self, right: f32, next: Rect) -> bool {
        right <= self.x0 + SAME_EDGE
            && next.x0 >= self.x1 - SAME_EDGE
            && next.center().y > self.y0
            && next.center().y < self.y1
    }
}

/// The gutters that lines show, from left to right.
pub(super) fn find(lines: &[TextLine], words: &[Word]) -> Vec<Gutter> {
    let mut gaps: Vec<(&Word, &Word)> = Vec::new();
    for segment in lines.iter().flat_map(|line| &line.segments) {
        // Nothing but figures stands before a gutter: "12 - 19 years" is one text.
        let figures = segment.words.iter().take_while(|w| is_figure(&words[**w].text)).count();
        for pair in segment.words.windows(2).take(figures) {
            let (figure, word) = (&words[pair[0]], &words[pair[1]]);
            let wide = word.bbox.x0 - figure.bbox.x1 >= NARROWEST * figure.size.max(1.0);
            if wide && word.text.starts_with(char::is_alphabetic) {
                gaps.push((figure, word));
            }
        }
    }
    gaps.sort_by(|a, b| a.0.bbox.x1.total_cmp(&b.0.bbox.x1).then(a.0.bbox.y0.total_cmp(&b.0.bbox.y0)));
    let mut found = Vec::new();
    while let Some(first) = gaps.first() {
        let same = |gap: &(&Word, &Word)| {
            (gap.0.bbox.x1 - first.0.bbox.x1).abs() <= SAME_EDGE
                && (gap.1.bbox.x0 - first.1.bbox.x0).abs() <= SAME_EDGE
        };
        let (alike, rest): (Vec<_>, Vec<_>) = gaps.iter().copied().partition(same);
        let begins = alike.iter().map(|gap| gap.0.bbox.x0);
        let varied = begins.clone().fold(f32::NEG_INFINITY, f32::max) - begins.fold(f32::INFINITY, f32::min);
        if alike.len() >= FEWEST && varied > SAME_EDGE {
            let reach = REACH * first.0.size;
            let figures = Rect::around(alike.iter().map(|gap| gap.0.bbox)).unwrap_or_default();
            let (x0, x1) = (first.0.bbox.x1, first.1.bbox.x0);
            found.push(Gutter { x0, x1, y0: figures.y0 - reach, y1: figures.y1 + reach });
        }
        gaps = rest;
    }
    found
}

/// The rivers through the lines of several segments, from left to right.
pub(super) fn rivers(lines: &[TextLine], words: &[Word]) -> Vec<Gutter> {
    let rows: Vec<Vec<&Word>> = (lines.iter().filter(|line| line.segments.len() >= 2))
        .map(|line| line.words().map(|w| &words[w]).collect())
        .collect();
    let Some(bbox) = Rect::around(rows.iter().flatten().map(|w| w.bbox)) else { return Vec::new() };
    let size = rows.iter().flatten().map(|w| w.size).fold(1.0, f32::max);
    let mut boxes: Vec<Rect> = rows.iter().flatten().map(|w| w.bbox).collect();
    boxes.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut spaces: Vec<f32> = (rows.iter())
        .flat_map(|row| row.windows(2).map(|pair| pair[1].bbox.x0 - pair[0].bbox.x1))
        .filter(|space| *space > 0.0 && *space < WIDEST_WORD_SPACE * size)
        .collect();
    spaces.sort_by(f32::total_cmp);
    let space = spaces.get(spaces.len() / 2).copied().unwrap_or(0.0);
    let narrowest = (NARROWEST_RIVER * size).max(TIMES_WORD_SPACE * space);
    let mut found = Vec::new();
    let mut right = bbox.x0;
    for next in boxes {
        if next.x0 - right >= narrowest {
            let middle = (right + next.x0) / 2.0;
            let beside: Vec<(&Word, &Word)> = (rows.iter())
                .filter_map(|row| {
                    let after = row.iter().position(|w| w.bbox.x0 > middle)?;
                    Some((row[after.checked_sub(1)?], row[after]))
                })
                .collect();
            let figures = beside.iter().filter(|(l, r)| is_figure(&l.text) || is_figure(&r.text)).count();
            let begin = beside.iter().filter(|(_, r)| (r.bbox.x0 - next.x0).abs() <= SAME_EDGE).count();
            let is_beside_figures = figures as f32 >= FIGURES_SHARE * beside.len() as f32;
            let begins_words =
                beside.len() >= FEWEST_BEGINNING && begin as f32 >= BEGINNING_SHARE * beside.len() as f32;
            if beside.len() >= FEWEST && (is_beside_figures || begins_words) {
                found.push(Gutter { x0: right, x1: next.x0, y0: bbox.y0, y1: bbox.y1 });
            }
        }
        right = right.max(next.x1);
    }
    found
}

fn is_figure(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit() || c == '%') && text.chars().all(|c| !c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tables::segments;

    /// A word that ends or begins at a place on the line with this number.
    fn word(text: &str, x0: f32, x1: f32, line: u8) -> Word {
        let baseline = 100.0 + 12.0 * f32::from(line);
        let bbox = Rect { x0, y0: baseline - 8.0, x1, y1: baseline + 1.0 };
        Word { text: text.to_owned(), bbox, baseline, size: 9.0, ..Word::default() }
    }

    fn gutters(rows: &[(&str, f32, &str)]) -> usize {
        let mut words = Vec::new();
        for (line, (figure, begins, text)) in (0..).zip(rows) {
            words.push(word(figure, *begins, 100.0, line));
            words.push(word(text, 106.0, 130.0, line));
        }
        find(&segments::gather(0..words.len(), &words, &|_, _, _| false), &words).len()
    }

    #[test]
    fn figures_that_end_where_words_begin() {
        assert_eq!(gutters(&[("41", 90.0, "Öka"), ("264", 85.0, "Minska"), ("7", 95.0, "Öka")]), 1);
        // Two lines may be chance, and figures of one width may number the words.
        assert_eq!(gutters(&[("41", 90.0, "Öka"), ("264", 85.0, "Minska")]), 0);
        assert_eq!(gutters(&[("1", 95.0, "Skola"), ("2", 95.0, "Vård"), ("3", 95.0, "Park")]), 0);
        assert_eq!(gutters(&[("Sida", 90.0, "ett"), ("Del", 85.0, "två"), ("A", 95.0, "tre")]), 0);
    }
}
