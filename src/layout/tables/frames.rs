//! Tables between three level lines: one above the headings, one below them, one below the last row.
//!
//! In go a page's edges and words, out come regions with the place of the line below the headings. Lines of one
//! length say where a table begins and ends on all four sides, so that text beside it takes no part, and headings that
//! are figures ("1 2 3 4") are told from the rows below them.

use super::edges::{Edge, Edges};
use super::kind::{Kind, kind_of};
use super::segments::{self, TextLine};
use crate::geometry::Rect;
use crate::layout::Word;

/// How far, in points, the ends of a table's lines may differ.
const SAME_ENDS: f32 = 4.0;
/// Shortest lines of a table, in points.
const SHORTEST: f32 = 120.0;
/// Most lines of text above the line below the headings.
const MOST_HEADINGS: usize = 10;
/// Fewest rows of figures.
const FEWEST_ROWS: usize = 2;
/// Share of the lines below the headings that must have several cells.
const SEVERAL_SHARE: f32 = 0.6;
/// Largest space between two lines above the line below the headings, in parts of the line's height. More parts the
/// headings from text that stands between them and the table before, whose last line is then taken for the first.
const WIDEST_SPACE: f32 = 1.0;
/// Largest distance from a table's first line to the first of its headings, in parts of the heading's height.
const FURTHEST_HEADING: f32 = 1.5;
/// A line that is this many times larger than others between the same lines is a heading of the text.
const LARGER: f32 = 1.12;
/// A line of one segment that is wider than this, in parts of the table, is running text.
const FULL_LINE: f32 = 0.7;

/// How far above the first line headings of groups may begin, in points, and end, in parts of the font size.
const HEADINGS_ABOVE: f32 = 40.0;
const NEAR_LINE: f32 = 0.8;
/// How far, in points, from the table's left end its labels begin at most.
const INDENT: f32 = 12.0;

/// How far below the last line a row of sums may end, in parts of the font size.
const ROW_BELOW: f32 = 2.4;

/// A table's place.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// Its words.
    pub words: Vec<usize>,
    /// Its box: from the first to the last of its lines.
    pub bbox: Rect,
    /// y of the line below the headings.
    pub headings_end: f32,
}

/// Find the frames, from top to bottom.
pub(super) fn find(edges: &Edges, words: &[Word], used: &[bool]) -> Vec<Frame> {
    let mut level: Vec<Edge> = edges.level.iter().filter(|e| e.length() >= SHORTEST).copied().collect();
    level.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)).then(a.to.total_cmp(&b.to)));
    let mut done = vec![false; level.len()];
    let mut frames: Vec<Frame> = Vec::new();
    for first in 0..level.len() {
        if done[first] {
            continue;
        }
        let same = |e: &Edge| {
            (e.from - level[first].from).abs() <= SAME_ENDS && (e.to - level[first].to).abs() <= SAME_ENDS
        };
        let group: Vec<usize> = (first..level.len()).filter(|at| !done[*at] && same(&level[*at])).collect();
        group.iter().for_each(|at| done[*at] = true);
        let group: Vec<Edge> = group.iter().map(|at| level[*at]).collect();
        let mut at = 0;
        while at + 2 < group.len() {
            match frame(&group[at..], words, used) {
                Some((frame, edges)) => {
                    at += edges - 1;
                    if frames.iter().all(|f| !f.bbox.intersects(&frame.bbox)) {
                        frames.push(frame);
                    }
                }
                None => at += 1,
            }
        }
    }
    frames.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    frames
}

/// The frame that begins with the first of several lines of one length, and how many of them it takes.
fn frame(level: &[Edge], words: &[Word], used: &[bool]) -> Option<(Frame, usize)> {
    let (top, under) = (level[0], level[1]);
    let head = band(&top, &under, words, used)?;
    let several = |l: &&TextLine| l.segments.len() >= 2;
    let has_figures = |l: &&TextLine| l.has_figures();
    let headings = head.iter().filter(several).count();
    let data = head.iter().filter(has_figures).any(|l| !rises(l, words));
    if head.len() > MOST_HEADINGS
        || headings == 0
        || data
        || head.iter().any(|l| is_full(l, &top))
        || is_torn(&top, &head)
    {
        return None;
    }
    let mut taken: Vec<TextLine> = head;
    let mut edges = 2;
    let mut rows = 0;
    for pair in level[1..].windows(2) {
        let Some(body) = band(&pair[0], &pair[1], words, used) else { break };
        let figures = body.iter().filter(several).filter(has_figures).count();
        let cells = body.iter().filter(several).count();
        let text = body.iter().any(|l| is_full(l, &top));
        if figures == 0 || text || (cells as f32) < SEVERAL_SHARE * body.len() as f32 {
            break;
        }
        rows += figures;
        edges += 1;
        taken.extend(body);
    }
    if rows < FEWEST_ROWS || edges < 3 {
        return None;
    }
    let mut bbox = Rect { x0: top.from, y0: top.at, x1: top.to, y1: level[edges - 1].at };
    if let Some(groups) = headings_above(&top, words, used) {
        bbox.y0 = groups.bbox.y0 - 1.0;
        taken.push(groups);
    }
    if let Some(total) = row_below(&level[edges - 1], &taken, words, used) {
        bbox.y1 = total.bbox.y1 + SAME_ENDS / 2.0;
        taken.push(total);
    }
    let words = taken.iter().flat_map(|l| l.words().collect::<Vec<_>>()).collect();
    Some((Frame { words, bbox, headings_end: under.at }, edges))
}

/// Headings of groups of columns right above the first line, which is drawn between them and those of the columns: words
/// in several places, below nothing but a title or running text.
fn headings_above(top: &Edge, words: &[Word], used: &[bool]) -> Option<TextLine> {
    let start = Edge { at: top.at - HEADINGS_ABOVE, ..*top };
    let mut lines = band(&start, top, words, used)?.into_iter().rev();
    let line = lines.next()?;
    let near = top.at - line.bbox.y1 <= NEAR_LINE * line.size;
    let words_only = line.segments.iter().all(|s| matches!(s.kind, Kind::Words | Kind::Year));
    let over_columns = line.segments.iter().filter(|s| s.bbox.x0 > top.from + INDENT).count();
    let title = lines.next().is_none_or(|above| {
        above.segments.len() == 1 || line.bbox.y0 - above.bbox.y1 > WIDEST_SPACE * line.bbox.height()
    });
    (near && words_only && over_columns >= 2 && title).then_some(line)
}

/// A row of sums right below the last line, where that is drawn above the sums and none below them: its label and its
/// figures stand as those of the rows above do, and it has as many.
fn row_below(last: &Edge, rows: &[TextLine], words: &[Word], used: &[bool]) -> Option<TextLine> {
    let figures = |l: &TextLine| -> Vec<f32> {
        l.segments
            .iter()
            .filter(|s| matches!(s.kind, Kind::Figure | Kind::Missing))
            .map(|s| s.bbox.x1)
            .collect()
    };
    let above = rows.iter().rev().find(|l| l.segments.len() >= 2 && !figures(l).is_empty())?;
    let end = Edge { at: last.at + ROW_BELOW * above.size, ..*last };
    let line = band(last, &end, words, used)?.into_iter().next()?;
    let (own, theirs) = (figures(&line), figures(above));
    let aligned = own.len() >= 2
        && own.len() == theirs.len()
        && own.iter().zip(&theirs).all(|(a, b)| (a - b).abs() <= SAME_ENDS);
    let labelled = line.segments.len() == own.len() + 1
        && line.segments[0].kind == Kind::Words
        && (line.bbox.x0 - above.bbox.x0).abs() <= SAME_ENDS;
    (aligned && labelled).then_some(line)
}

/// The lines of text between two level lines; `None` where a word reaches out of them.
fn band(above: &Edge, below: &Edge, words: &[Word], used: &[bool]) -> Option<Vec<TextLine>> {
    let (from, to) = (above.from - SAME_ENDS, above.to + SAME_ENDS);
    let mut inside = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let center = word.bbox.center();
        if center.y <= above.at || center.y >= below.at || word.bbox.x1 <= from || word.bbox.x0 >= to {
            continue;
        }
        if used[at] || word.bbox.x0 < from || word.bbox.x1 > to {
            return None;
        }
        inside.push(at);
    }
    Some(segments::gather(inside, words, &|_, _, _| false))
}

/// Whether lines stand too far from one another, or from the line above them, to be headings of one table, or one of a
/// single text is set larger than the others: a heading of the text.
fn is_torn(top: &Edge, lines: &[TextLine]) -> bool {
    let far = lines
        .windows(2)
        .any(|l| l[1].bbox.y0 - l[0].bbox.y1 > WIDEST_SPACE * l[0].bbox.height().max(l[1].bbox.height()));
    let least = lines.iter().map(|l| l.size).fold(f32::INFINITY, f32::min);
    let begins_far = lines.first().is_some_and(|l| l.bbox.y0 - top.at > FURTHEST_HEADING * l.bbox.height());
    let titled = lines.iter().any(|l| l.segments.len() == 1 && l.size > LARGER * least);
    far || begins_far || titled
}

/// Whether a line is one of running text.
fn is_full(line: &TextLine, edge: &Edge) -> bool {
    line.segments.len() == 1 && line.bbox.width() > FULL_LINE * edge.length() && line.words().count() >= 8
}

/// Whether a line's figures rise from left to right: counted columns, classes.
pub(super) fn rises(line: &TextLine, words: &[Word]) -> bool {
    let figures: Vec<f64> = (line.words().map(|w| words[w].text.as_str()))
        .filter(|text| kind_of([*text]).is_figure())
        .filter_map(first_figure)
        .collect();
    figures.len() >= 3 && figures.windows(2).all(|p| p[0] < p[1])
}

/// The first figure of a text such as "$10,000–".
fn first_figure(text: &str) -> Option<f64> {
    let digits: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .collect();
    let thousands = digits.split([',', '.']).skip(1).all(|part| part.len() == 3);
    let plain = if thousands { digits.replace([',', '.'], "") } else { digits.replace(',', ".") };
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_classes() {
        assert_eq!(first_figure("$10,000–"), Some(10000.0));
        assert_eq!(first_figure("1,5"), Some(1.5));
        assert_eq!(first_figure("(12)"), Some(12.0));
        assert_eq!(first_figure("–"), None);
    }
}
