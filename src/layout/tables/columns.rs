//! Columns of a table from where its words stand.
//!
//! In go the lines of a region, out come its columns and the pieces of each line with the columns they cover. Narrow
//! segments vote first: they show a column's core; a segment that touches two columns is a heading over both or text
//! that runs on.

use super::kind::{Kind, continues_group, kind_of, starts_group};
use super::segments::{Segment, TextLine};
use crate::layout::Word;

/// Overlap, in parts of the font size, that is not yet touching: italics and generous boxes.
const TOUCHES: f32 = 0.12;
/// Smallest share of a column's pieces that must look like figures for it to be a column of figures.
const FIGURES_SHARE: f32 = 0.5;
/// Smallest gap, in parts of the font size, that may part two figures where the column's rows agree on it.
const AGREED_GAP: f32 = 0.18;
/// A gap between groups of digits that is wider than this, in parts of the font size, is no thousands space.
const THOUSANDS_GAP: f32 = 0.42;
/// Share of a column's rows of two figures that must agree on the gap.
const AGREED_SHARE: f32 = 0.7;

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Left end of its core.
    pub x0: f32,
    /// Right end of its core.
    pub x1: f32,
    /// Whether it holds figures.
    pub numeric: bool,
}

/// A piece of a line and the columns it covers.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its words and box.
    pub segment: Segment,
    /// The first column it covers.
    pub first: usize,
    /// The last column it covers.
    pub last: usize,
}

/// A group of overlapping segments.
struct Cluster {
    x0: f32,
    x1: f32,
    members: Vec<(usize, Kind)>,
}

/// Find the columns of a region. `bounds` are x places that no column may cross: upright lines.
pub(super) fn find(lines: &[TextLine], words: &[Word], bounds: &[f32]) -> Vec<Column> {
    let mut segments: Vec<(usize, &Segment)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.segments.len() >= 2 {
            segments.extend(line.segments.iter().map(|s| (at, s)));
        }
    }
    segments.sort_by(|a, b| {
        a.1.bbox
            .width()
            .total_cmp(&b.1.bbox.width())
            .then(a.1.bbox.x0.total_cmp(&b.1.bbox.x0))
            .then(a.0.cmp(&b.0))
    });
    let mut clusters: Vec<Cluster> = Vec::new();
    for (line, segment) in segments {
        let touch = TOUCHES * lines[line].size;
        // Clusters are kept from left to right and never overlap.
        let from = clusters.partition_point(|c| c.x1 - segment.bbox.x0 <= touch);
        let to = clusters.partition_point(|c| c.x0 < segment.bbox.x1 - touch);
        match to.saturating_sub(from) {
            0 => clusters.insert(
                from,
                Cluster { x0: segment.bbox.x0, x1: segment.bbox.x1, members: vec![(line, segment.kind)] },
            ),
            1 => {
                let cluster = &mut clusters[from];
                cluster.x0 = cluster.x0.min(segment.bbox.x0);
                cluster.x1 = cluster.x1.max(segment.bbox.x1);
                cluster.members.push((line, segment.kind));
            }
            _ => {}
        }
    }
    merge_halves(&mut clusters, bounds);
    let mut columns = Vec::new();
    for cluster in &clusters {
        let numeric = is_numeric(&cluster.members);
        let column = Column { x0: cluster.x0, x1: cluster.x1, numeric };
        columns.extend(split_tight(column, lines, words));
    }
    columns
}

fn is_numeric(members: &[(usize, Kind)]) -> bool {
    let figures = members.iter().filter(|m| matches!(m.1, Kind::Figure | Kind::Missing)).count();
    let any = members.iter().any(|m| m.1.is_figure());
    any && figures as f32 >= FIGURES_SHARE * members.len() as f32
}

/// Join neighbours that never stand in one line: a heading set apart from its figures, or words set in.
fn merge_halves(clusters: &mut Vec<Cluster>, bounds: &[f32]) {
    let mut at = 0;
    while at + 1 < clusters.len() {
        let (a, b) = (&clusters[at], &clusters[at + 1]);
        let bounded = bounds.iter().any(|x| a.x1 - 1.0 <= *x && *x <= b.x0 + 1.0);
        let mut lines: Vec<usize> = a.members.iter().map(|m| m.0).collect();
        lines.sort_unstable();
        let together = b.members.iter().any(|m| lines.binary_search(&m.0).is_ok());
        let figures = |c: &Cluster| c.members.iter().filter(|m| m.1.is_figure()).count();
        // Two columns of which each row fills one, such as debit and credit, stay two.
        let both_figures = figures(a) >= 2 && figures(b) >= 2;
        if together || both_figures || bounded {
            at += 1;
            continue;
        }
        let b = clusters.remove(at + 1);
        let a = &mut clusters[at];
        a.x1 = a.x1.max(b.x1);
        a.members.extend(b.members);
        at = at.saturating_sub(1);
    }
}

/// Split a column whose rows hold two figures or more with a gap at the same place.
fn split_tight(column: Column, lines: &[TextLine], words: &[Word]) -> Vec<Column> {
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for line in lines {
        for segment in &line.segments {
            let inside = segment.bbox.x0 >= column.x0 - 1.0 && segment.bbox.x1 <= column.x1 + 1.0;
            let figures = segment.words.iter().all(|w| kind_of([words[*w].text.as_str()]).is_numeric());
            if inside && figures && segment.words.len() >= 2 {
                rows.push(segment.words.clone());
            }
        }
    }
    if rows.len() < 2 {
        return vec![column];
    }
    // Each row offers its gaps; the place that most rows share parts the column.
    let mut gaps: Vec<(f32, f32, bool)> = Vec::new();
    for row in &rows {
        for pair in row.windows(2) {
            let (left, right) = (&words[pair[0]], &words[pair[1]]);
            let gap = (right.bbox.x0 - left.bbox.x1) / left.size.max(1.0);
            let thousands = starts_group(&left.text) && continues_group(&right.text) && gap < THOUSANDS_GAP;
            if gap >= AGREED_GAP {
                gaps.push((left.bbox.x1, right.bbox.x0, !thousands));
            }
        }
    }
    let best = gaps
        .iter()
        .map(|gap| {
            let x = (gap.0 + gap.1) / 2.0;
            let here: Vec<&(f32, f32, bool)> = gaps.iter().filter(|g| g.0 <= x && x <= g.1).collect();
            (here.len(), here.iter().filter(|g| g.2).count(), x)
        })
        .max_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
    let Some((support, firm, x)) = best else { return vec![column] };
    if (support as f32) < AGREED_SHARE * rows.len() as f32 || 2 * firm < support {
        return vec![column];
    }
    let left = Column { x1: x - 0.5, ..column.clone() };
    let right = Column { x0: x + 0.5, ..column };
    let mut parts = split_tight(left, lines, words);
    parts.extend(split_tight(right, lines, words));
    parts
}

/// Cut a line's segments at the gutters between columns and say which columns each piece covers.
pub(super) fn pieces(line: &TextLine, columns: &[Column], words: &[Word]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for segment in &line.segments {
        for part in cut(segment, columns, words, line.size) {
            let (first, last) = covered(&part, columns, line.size);
            match pieces.last_mut() {
                // Two segments of one column: a wide word space.
                Some(before) if before.last >= first => {
                    let mut all = before.segment.words.clone();
                    all.extend(&part.words);
                    before.segment = Segment::of(all, words);
                    before.last = before.last.max(last);
                }
                _ => pieces.push(Piece { segment: part, first, last }),
            }
        }
    }
    pieces
}

/// The columns that a segment touches; the nearest one where it touches none.
fn covered(segment: &Segment, columns: &[Column], size: f32) -> (usize, usize) {
    let touch = TOUCHES * size;
    let first = columns.partition_point(|c| c.x1 - segment.bbox.x0 <= touch);
    let end = columns.partition_point(|c| c.x0 < segment.bbox.x1 - touch);
    if first < end {
        return (first, end - 1);
    }
    let distance = |c: &Column| (c.x0 - segment.bbox.x1).max(segment.bbox.x0 - c.x1);
    let nearest = columns.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
    let at = nearest.map_or(0, |n| n.0);
    (at, at)
}

/// Cut a segment where one of its word gaps lies on a gutter and a figure stands beside it.
fn cut(segment: &Segment, columns: &[Column], words: &[Word], size: f32) -> Vec<Segment> {
    let (first, last) = covered(segment, columns, size);
    if first == last || segment.words.len() < 2 {
        return vec![segment.clone()];
    }
    let mut parts: Vec<Vec<usize>> = vec![vec![segment.words[0]]];
    for pair in segment.words.windows(2) {
        let (left, right) = (&words[pair[0]], &words[pair[1]]);
        let (from, to) = (left.bbox.x1, right.bbox.x0);
        let on_gutter = (first..last).any(|c| {
            let (g0, g1) = (columns[c].x1, columns[c + 1].x0);
            from <= g1 && g0 <= to
        });
        let figure = |w: &Word| kind_of([w.text.as_str()]).is_numeric();
        let beside_figure = figure(left) || figure(right);
        if on_gutter && beside_figure && to - from >= AGREED_GAP * size {
            parts.push(vec![pair[1]]);
        } else if let Some(part) = parts.last_mut() {
            part.push(pair[1]);
        }
    }
    parts.into_iter().map(|p| Segment::of(p, words)).collect()
}
