//! Lines of a text file, laid on a grid so that columns and gaps mean the same as on a page.

use super::line::{CHARACTER_WIDTH, LINE_HEIGHT, Line, Span, readable};
use crate::geometry::Rect;
use crate::glyphs::plain_text::TextLine;
use crate::place::Place;

/// Width of a tab stop, in characters.
const TAB: usize = 8;

/// Columns of the grid from one cell of a Markdown table to the next: so a label stands exactly above its value.
const CELL: usize = 40;

/// Lay the lines of a text on its grid. Empty lines give nothing but leave their height as a gap.
#[must_use]
pub(super) fn text_to_lines(lines: &[TextLine]) -> Vec<Line> {
    let mut found = Vec::new();
    let (mut sheet, mut top, mut page) = (1, 0, None);
    for line in lines {
        if line.page != page {
            // What stands before the first mark is a page of its own.
            if page.is_some() || found.iter().any(|l: &Line| l.sheet == sheet) {
                sheet += 1;
            }
            (page, top) = (line.page, line.number);
        }
        #[allow(clippy::cast_precision_loss)] // line numbers are small
        let y = (line.number.saturating_sub(top)) as f32 * LINE_HEIGHT;
        let spans = if is_rule(&line.text) { Vec::new() } else { spans_of(line, y) };
        if spans.is_empty() {
            continue;
        }
        let mut laid = Line::new(spans, sheet, Place::lines(line.number, line.number, line.page));
        laid.heading = line.heading;
        found.push(laid);
    }
    found
}

/// Whether a line is drawn rather than written: a thematic break, the rule under a table's header.
fn is_rule(text: &str) -> bool {
    let marks = text.chars().filter(|c| matches!(c, '-' | '_' | '*' | '=' | '–' | '—')).count();
    marks >= 3
        && text
            .chars()
            .all(|c| matches!(c, '-' | '_' | '*' | '=' | '–' | '—' | '|' | ':' | '+') || c.is_whitespace())
}

/// Part a line where two or more spaces or a tab stand between words, and a row of a Markdown table into its cells.
fn spans_of(line: &TextLine, y: f32) -> Vec<Span> {
    let row = line.text.trim().strip_prefix('|').and_then(|row| row.strip_suffix('|'));
    let mut spans = row.map_or_else(|| parted_by_gaps(line), cells_of);
    spans.retain(|(text, ..)| !text.is_empty());
    #[allow(clippy::cast_precision_loss)] // columns are small
    let to_span = |(text, start, end): (String, usize, usize)| Span {
        text: readable(&text),
        bbox: Rect::new(
            start as f32 * CHARACTER_WIDTH,
            y,
            end as f32 * CHARACTER_WIDTH,
            y + 0.8 * LINE_HEIGHT,
        ),
        size: match line.heading {
            Some(level) => 20.0 - 1.5 * f32::from(level),
            None => 10.0,
        },
        bold: line.strong || line.heading.is_some(),
        italic: line.emphasised,
        colored: false,
    };
    spans.into_iter().map(to_span).collect()
}

/// The cells of a Markdown table's row, each a column of its own.
fn cells_of(row: &str) -> Vec<(String, usize, usize)> {
    let cell = |(at, text): (usize, &str)| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let end = at * CELL + text.chars().count();
        (text, at * CELL, end)
    };
    row.split('|').enumerate().map(cell).collect()
}

fn parted_by_gaps(line: &TextLine) -> Vec<(String, usize, usize)> {
    let mut spans: Vec<(String, usize, usize)> = Vec::new();
    let (mut column, mut gap) = (0, usize::MAX);
    for ch in line.text.chars() {
        if ch == '\t' {
            column += TAB - column % TAB;
            gap = gap.saturating_add(2);
        } else if ch.is_whitespace() {
            column += 1;
            gap = gap.saturating_add(1);
        } else {
            match spans.last_mut() {
                Some((text, _, end)) if gap < 2 || (gap < 8 && is_marker(text)) => {
                    if gap > 0 {
                        text.push(' ');
                    }
                    text.push(ch);
                    *end = column + 1;
                }
                _ => spans.push((ch.to_string(), column, column + 1)),
            }
            column += 1;
            gap = 0;
        }
    }
    spans
}

fn is_marker(text: &str) -> bool {
    matches!(text, "-" | "•" | "–" | "*" | "o" | "\u{F0B7}" | "\u{F0A7}")
        || text
            .strip_suffix(['.', ')'])
            .is_some_and(|n| n.len() <= 2 && n.chars().all(|c| c.is_ascii_digit()))
}
