//! From words to lines.

use super::line::{Line, Span, readable};
use super::words::{PageWords, Word};
use crate::geometry::Rect;
use crate::glyphs::StructureTree;
use crate::place::Place;

/// Smallest difference between the parts of a colour that is one, of 255.
const LEAST_CHROMA: u32 = 0x28;
/// Gap between words from which they are separate spans, in parts of the font size. Justified prose stretches its
/// spaces to about 1; columns stand further apart.
const SPAN_GAP: f32 = 1.35;
/// How many times as large as the type beside it that of a title is.
const TITLE_SIZE: f32 = 1.5;
/// Largest rise or fall of a footnote mark from its line's baseline, in parts of the line's font size.
const MARK_RISE: f32 = 0.6;
/// Largest distance of a footnote mark from the word it belongs to, in parts of the line's font size.
const MARK_GAP: f32 = 0.5;

/// Gather the words of a page that no table has taken into lines, from the top down.
#[must_use]
pub(super) fn words_to_lines(page: &PageWords, taken: &[bool], tree: &StructureTree) -> Vec<Line> {
    let free = (0..page.words.len()).filter(|i| !taken.get(*i).copied().unwrap_or(false));
    let rows = join_marks(rows_of(page, free), page);
    let parts = rows.iter().flat_map(|row| part_by_size(row, page));
    let mut lines: Vec<Line> = parts.flat_map(|row| row_to_line(row, page, tree)).collect();
    lines.sort_by(|a, b| {
        a.bbox.center().y.total_cmp(&b.bbox.center().y).then(a.bbox.x0.total_cmp(&b.bbox.x0))
    });
    lines
}

/// A row cut where a wide gap parts large type from small: a title and what stands in a column beside it.
fn part_by_size<'r>(row: &'r [usize], page: &PageWords) -> Vec<&'r [usize]> {
    let is_one = |a: &usize, b: &usize| {
        let (left, right) = (&page.words[*a], &page.words[*b]);
        let (small, large) = (left.size.min(right.size), left.size.max(right.size));
        large < TITLE_SIZE * small || right.bbox.x0 - left.bbox.x1 < SPAN_GAP * large
    };
    row.chunk_by(is_one).collect()
}

/// Words on one baseline; `PageWords` has them sorted by baseline and then from left to right.
fn rows_of(page: &PageWords, words: impl Iterator<Item = usize>) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for index in words {
        let word = &page.words[index];
        let same = rows.last().and_then(|row| row.last()).is_some_and(|last| {
            let last = &page.words[*last];
            (word.baseline - last.baseline).abs() <= 0.2 * word.size.min(last.size)
        });
        match rows.last_mut() {
            Some(row) if same => row.push(index),
            _ => rows.push(vec![index]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| page.words[*a].bbox.x0.total_cmp(&page.words[*b].bbox.x0));
    }
    rows
}

/// Put raised and lowered small words, such as footnote marks, on the line they belong to.
fn join_marks(mut rows: Vec<Vec<usize>>, page: &PageWords) -> Vec<Vec<usize>> {
    for at in 0..rows.len() {
        let marks = std::mem::take(&mut rows[at]);
        let mut stay = Vec::new();
        for mark in marks {
            let word = &page.words[mark];
            let near = at.saturating_sub(2)..rows.len().min(at + 3);
            let home = near
                .filter(|i| *i != at)
                .find(|i| rows[*i].iter().any(|other| carries_mark(&page.words[*other], word)));
            match home {
                Some(home) => rows[home].push(mark),
                None => stay.push(mark),
            }
        }
        rows[at] = stay;
    }
    rows.retain(|row| !row.is_empty());
    for row in &mut rows {
        row.sort_by(|a, b| page.words[*a].bbox.x0.total_cmp(&page.words[*b].bbox.x0));
    }
    rows
}

/// Whether a small raised or lowered word stands at another, as the mark of a footnote does.
pub(super) fn carries_mark(word: &Word, mark: &Word) -> bool {
    mark.size < 0.8 * word.size
        && mark.text.chars().count() <= 4
        && (mark.baseline - word.baseline).abs() < MARK_RISE * word.size
        && mark.bbox.x0 - word.bbox.x1 < MARK_GAP * word.size
        && mark.bbox.x0 - word.bbox.x1 > -0.3 * word.size
}

fn row_to_line(row: &[usize], page: &PageWords, tree: &StructureTree) -> Option<Line> {
    let mut spans: Vec<Span> = Vec::new();
    let mut last: Option<&Word> = None;
    for index in row {
        let word = &page.words[*index];
        let text = readable(&word.text);
        if text.is_empty() {
            continue;
        }
        let gap = last.map_or(0.0, |l| (word.bbox.x0 - l.bbox.x1) / l.size.max(word.size));
        match spans.last_mut() {
            Some(span) if last.is_some() && (gap < SPAN_GAP || is_marker(&span.text)) => {
                span.text.push(' ');
                span.text.push_str(&text);
                span.bbox = span.bbox.union(&word.bbox);
                span.bold &= word.bold;
                span.italic &= word.italic;
                span.colored &= is_colored(word.color);
                span.size = span.size.max(word.size);
            }
            _ => spans.push(Span {
                text,
                bbox: word.bbox,
                size: word.size,
                bold: word.bold,
                italic: word.italic,
                colored: is_colored(word.color),
            }),
        }
        last = Some(word);
    }
    if spans.is_empty() {
        return None;
    }
    let bbox = Rect::around(spans.iter().map(|s| s.bbox)).unwrap_or_default();
    let place = Place::on_page(page.number, page.frame.rect_out(bbox));
    let mut line = Line::new(spans, page.number, place);
    line.heading = heading_level(row, page, tree);
    Some(line)
}

/// The depth that a tagged file gives the line as a heading.
fn heading_level(row: &[usize], page: &PageWords, tree: &StructureTree) -> Option<u8> {
    if tree.is_empty() {
        return None;
    }
    let mcid = page.words[*row.first()?].mcid?;
    let element = tree.element_of(page.number, mcid)?;
    tree.roles_upwards(element).take(3).find_map(|role| match role.as_bytes() {
        [b'H', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        b"H" => Some(1),
        _ => None,
    })
}

/// Whether a span is no more than the mark of a list item, so that what follows belongs to it however wide the gap.
fn is_marker(text: &str) -> bool {
    let mut chars = text.chars();
    match (chars.next(), chars.as_str()) {
        (
            Some(
                '•' | '●' | '▪' | '◦' | '‣' | '-' | '–' | '—' | '∙' | '·' | 'o' | '■' | '□' | '➢'
                | '\u{2043}',
            ),
            "",
        ) => true,
        (Some(first), rest) => {
            let body = text.trim_end_matches(['.', ')']);
            body.len() < text.len()
                && ((body.len() <= 2 && body.chars().all(|c| c.is_ascii_digit()))
                    || (rest.len() == 1 && first.is_lowercase()))
        }
        (None, _) => false,
    }
}

/// Whether a colour is one, and no shade of grey.
fn is_colored(color: u32) -> bool {
    let parts = [color >> 16, color >> 8, color].map(|part| part & 0xFF);
    let (least, most) = parts.iter().fold((0xFF, 0), |(l, m), part| (l.min(*part), m.max(*part)));
    most - least >= LEAST_CHROMA
}
