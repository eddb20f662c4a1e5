//! Lines of a text file, laid on a grid so that columns and gaps mean the same as on a page.

use super::line::{CHARACTER_WIDTH, LINE_HEIGHT, Line, Span, readable};
use crate::geometry::Rect;
use crate::glyphs::plain_text::TextLine;
use crate::place::Place;

/// Width of a tab stop, in characters.
const TAB: usize = 8;

/// Lay the lines of a text on its grid. Empty lines give nothing but leave their height as a gap.
#[must_use]
pub(super) fn text_to_lines(lines: &[TextLine]) -> Vec<Line> {
    let mut found = Vec::new();
    let (mut sheet, mut top, mut page) = (1, 0, None);
    for line in lines {
        if line.page != page {
            if page.is_some() {
                sheet += 1;
            }
            (page, top) = (line.page, line.number);
        }
        #[allow(clippy::cast_precision_loss)] // line numbers are small
        let y = (line.number.saturating_sub(top)) as f32 * LINE_HEIGHT;
        let spans = spans_of(line, y);
        if spans.is_empty() {
            continue;
        }
        let mut laid = Line::new(spans, sheet, Place::lines(line.number, line.number, line.page));
        laid.heading = line.heading;
        found.push(laid);
    }
    found
}

/// Part a line where two or more spaces or a tab stand between words.
fn spans_of(line: &TextLine, y: f32) -> Vec<Span> {
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
    };
    spans.into_iter().map(to_span).collect()
}

fn is_marker(text: &str) -> bool {
    matches!(text, "-" | "•" | "–" | "*" | "o" | "\u{F0B7}" | "\u{F0A7}")
        || text
            .strip_suffix(['.', ')'])
            .is_some_and(|n| n.len() <= 2 && n.chars().all(|c| c.is_ascii_digit()))
}
