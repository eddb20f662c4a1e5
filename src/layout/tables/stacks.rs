//! Tables whose rows are parted by level lines alone.
//!
//! In go a page's edges and lines of text, out come regions between the first and the last of several level lines of
//! one length. What lies between two of them is a row, however many lines it has; a stretch that looks like headings
//! and text between two tables ends the stack.

use super::edges::{Edge, Edges};
use super::regions::{self, Region};
use super::segments::TextLine;
use crate::geometry::Rect;
use crate::layout::Word;

/// How far, in points, the ends of a stack's lines may differ.
const SAME_ENDS: f32 = 4.0;
/// Fewest lines of a stack.
const FEWEST: usize = 3;
/// Shortest lines of a stack, in points.
const SHORTEST: f32 = 120.0;
/// Largest distance between the lines of a row, in points: a row with a long comment.
const HIGHEST_ROW: f32 = 260.0;
/// A row with nothing in it that is higher than this, in points, is no row.
const HIGHEST_BLANK: f32 = 24.0;
/// Largest distance from a line to the text below it in a row of one column, in parts of the font size. Text between
/// two tables stands further off.
const PADDING: f32 = 0.9;
/// A text that is this many times larger than the row's other text is a heading between tables.
const LARGER: f32 = 1.2;
/// Largest distance between baselines of a heading's lines above the first line drawn, in parts of the font size.
const HEADING_STEP: f32 = 2.4;

/// Find the stacks, from top to bottom.
pub(super) fn find(edges: &Edges, lines: &[TextLine], words: &[Word]) -> Vec<Region> {
    let mut all: Vec<Edge> =
        edges.level.iter().chain(&edges.soft_level).filter(|e| e.length() >= SHORTEST).copied().collect();
    all.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.at.total_cmp(&b.at)).then(a.to.total_cmp(&b.to)));
    let mut regions = Vec::new();
    let mut done = vec![false; all.len()];
    for first in 0..all.len() {
        if done[first] {
            continue;
        }
        let start = all[first];
        let mut group = Vec::new();
        for (at, edge) in
            all.iter().enumerate().skip(first).take_while(|(_, e)| e.from - start.from <= SAME_ENDS)
        {
            if !done[at] && (edge.to - start.to).abs() <= SAME_ENDS {
                done[at] = true;
                group.push(*edge);
            }
        }
        if group.len() >= FEWEST {
            group.sort_by(|a, b| a.at.total_cmp(&b.at));
            stacks_of(&group, lines, words, &mut regions);
        }
    }
    regions.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    regions
}

/// Part lines of one length where no row lies between two of them.
fn stacks_of(group: &[Edge], lines: &[TextLine], words: &[Word], regions: &mut Vec<Region>) {
    let (from, to) = (group[0].from - SAME_ENDS, group[0].to + SAME_ENDS);
    let mut start = 0;
    for at in 1..=group.len() {
        let ends = at == group.len() || !is_row(&group[at - 1], &group[at], lines, from, to);
        if !ends {
            continue;
        }
        if at - start >= FEWEST {
            regions.extend(region(&group[start..at], lines, words, from, to));
        }
        start = at;
    }
}

/// The lines of text whose middle lies between two heights.
fn between(lines: &[TextLine], top: f32, bottom: f32) -> &[TextLine] {
    let first = lines.partition_point(|l| l.bbox.center().y <= top);
    let end = lines.partition_point(|l| l.bbox.center().y < bottom);
    &lines[first..end.max(first)]
}

fn is_row(above: &Edge, below: &Edge, lines: &[TextLine], from: f32, to: f32) -> bool {
    let height = below.at - above.at;
    if height > HIGHEST_ROW {
        return false;
    }
    let inside: Vec<&TextLine> =
        between(lines, above.at, below.at).iter().filter(|l| l.bbox.x1 > from && l.bbox.x0 < to).collect();
    let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return height <= HIGHEST_BLANK };
    if inside.iter().any(|l| l.bbox.x0 < from || l.bbox.x1 > to) {
        return false;
    }
    let several = inside.iter().any(|l| l.segments.len() >= 2);
    let padded =
        first.bbox.y0 - above.at <= PADDING * first.size && below.at - last.bbox.y1 <= PADDING * last.size;
    let sizes = inside.iter().map(|l| l.size);
    let (small, large) = (sizes.clone().fold(f32::INFINITY, f32::min), sizes.fold(0.0, f32::max));
    (several || padded) && large <= LARGER * small
}

/// The region of a stack, with the heading above its first line if that stands there.
fn region(stack: &[Edge], lines: &[TextLine], all: &[Word], from: f32, to: f32) -> Option<Region> {
    let (mut top, bottom) = (stack.first()?.at, stack.last()?.at);
    let bands = stack.len() - 1;
    let several = |l: &&TextLine| l.segments.len() >= 2;
    let rows = stack.windows(2).filter(|p| between(lines, p[0].at, p[1].at).iter().any(|l| several(&l)));
    // Lines around groups of rows are no rows: they say less than the rows' own places.
    let single = stack.windows(2).filter(|p| {
        let figures = |l: &&TextLine| several(l) && l.segments.iter().any(|s| s.kind.is_figure());
        between(lines, p[0].at, p[1].at).iter().filter(figures).count() <= 1
    });
    if bands < FEWEST || 2 * rows.count() < bands || 10 * single.count() < 8 * bands {
        return None;
    }
    let mut words: Vec<usize> = Vec::new();
    let mut boxes = vec![Rect { x0: stack[0].from, y0: top, x1: stack[0].to, y1: bottom }];
    let inside = between(lines, top, bottom);
    let first = lines.partition_point(|l| l.bbox.center().y <= top);
    let mut below = inside.first()?.baseline;
    for line in lines[..first].iter().rev() {
        let near =
            below - line.baseline <= HEADING_STEP * line.size && top - line.bbox.y1 <= PADDING * line.size;
        let listed = line.segments.len() == 2
            && regions::is_listed(&line.segments[0], &line.segments[1], line.size, all);
        let heads = line.segments.len() >= 2
            && !listed
            && line.segments.iter().all(|s| !s.kind.is_figure())
            && line.bbox.x0 >= from
            && line.bbox.x1 <= to;
        if !(near && heads) {
            break;
        }
        below = line.baseline;
        top = line.bbox.y0;
        boxes.push(line.bbox);
        words.extend(line.words());
    }
    // The last row may have no line below it.
    let end = lines.partition_point(|l| l.bbox.center().y < bottom);
    let step = (bottom - top) / bands as f32;
    let mut last = bottom;
    for line in &lines[end..] {
        let near = line.bbox.y1 - last <= 1.2 * step && line.bbox.y0 - last <= PADDING * line.size;
        if !(near && line.segments.len() >= 2 && line.bbox.x0 >= from && line.bbox.x1 <= to) {
            break;
        }
        last = line.bbox.y1;
        boxes.push(line.bbox);
        words.extend(line.words());
    }
    words.extend(
        inside
            .iter()
            .filter(|l| l.bbox.x0 >= from && l.bbox.x1 <= to)
            .flat_map(|l| l.words().collect::<Vec<_>>()),
    );
    Some(Region { bbox: Rect::around(boxes)?, words })
}
