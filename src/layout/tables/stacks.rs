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
/// Lines nearer to each other than this, in points, are one: rows are higher.
const SAME_LINE: f32 = 1.5;
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
/// The same for headings above the first line.
const HEAD_PADDING: f32 = 1.7;
/// Largest distance between such headings' baseline and that of the first row, in parts of the font size.
const HEAD_STEP: f32 = 3.4;
/// A text that is this many times larger than the row's other text is a heading between tables.
const LARGER: f32 = 1.2;
/// Largest distance between baselines of a heading's lines above the first line drawn, in parts of the font size.
const HEADING_STEP: f32 = 2.4;

/// Highest band that names a group, in parts of its text's size, and how far from its left end, in points, the name begins.
const LOWEST_BAND: f32 = 3.2;
const GROUP_INDENT: f32 = 20.0;
/// How much larger than the rows beside it the name of a group may be set.
const LARGER_GROUP: f32 = 1.15;
/// Most lines that headings broken over several go on with in one column.
const MOST_ENDS: usize = 2;
/// Smallest distance of such a line from the left end of the table, in points: it stands under a later column's heading.
const INDENT: f32 = 60.0;

/// Smallest gap, in parts of the font size, between a table's last row and the headings of the next.
const APART: f32 = 1.5;
/// Fewest of these side by side.
const FEWEST_HEADINGS: usize = 3;
/// Largest distance between the baselines of two lines of one heading, in parts of the font size.
const NEXT_LINE: f32 = 1.6;
/// How far, in points, the sides and the sizes of such lines may differ.
const SAME_SIDE: f32 = 1.0;

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
        let ends = at == group.len()
            || !is_row(&group[at - 1], &group[at], lines, from, to)
            || holds_next_headings(&group[start..=at], lines, words)
            || leads_to_headings(&group[start..], at - start, lines, words);
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
    // A low band with one line at its left, set as the rows around it are, names a group of rows.
    let beside = |line: Option<&TextLine>| line.is_some_and(|l| first.size <= LARGER_GROUP * l.size);
    let above_it = lines.partition_point(|l| l.bbox.center().y <= above.at);
    let below_it = lines.partition_point(|l| l.bbox.center().y < below.at);
    let names_group = inside.len() == 1
        && beside(above_it.checked_sub(1).and_then(|at| lines.get(at)))
        && beside(lines.get(below_it))
        && first.segments.len() == 1
        && first.bbox.x0 - from <= GROUP_INDENT
        && height <= LOWEST_BAND * first.size;
    let several = names_group || inside.iter().any(|l| l.segments.len() >= 2);
    let padded =
        first.bbox.y0 - above.at <= PADDING * first.size && below.at - last.bbox.y1 <= PADDING * last.size;
    let sizes = inside.iter().map(|l| l.size);
    let (small, large) = (sizes.clone().fold(f32::INFINITY, f32::min), sizes.fold(0.0, f32::max));
    (several || padded) && large <= LARGER * small
}

/// Whether the last band of a stack holds the bold headings of another table, apart from the last row above them.
fn holds_next_headings(stack: &[Edge], lines: &[TextLine], words: &[Word]) -> bool {
    let [.., before, _, last] = stack else { return false };
    let lines = between(lines, before.at, last.at);
    lines.windows(2).enumerate().any(|(at, pair)| {
        let headings = &lines[at + 1..];
        let apart = pair[1].bbox.y0 - pair[0].bbox.y1 > APART * pair[1].size;
        apart
            && is_set_apart(headings, &pair[..1], words)
            && !headings.iter().any(TextLine::has_figures)
            && headings.iter().any(|line| line.segments.len() >= FEWEST_HEADINGS)
    })
}

/// Whether what stands between the line before `at` and that parts two tables: it is text in one column or nothing, and
/// below it are headings, told by their bold words or by being those of the first row again.
fn leads_to_headings(stack: &[Edge], at: usize, lines: &[TextLine], words: &[Word]) -> bool {
    let [above, here, below] = [at.checked_sub(1), Some(at), Some(at + 1)].map(|e| stack.get(e?));
    let (Some(above), Some(here), Some(below)) = (above, here, below) else { return false };
    let band = between(lines, above.at, here.at);
    // The last row may have no line below it: the text is what stands under it.
    let rows = band.iter().rposition(|l| l.segments.len() > 1).map_or(0, |last| last + 1);
    let text = if rows < band.len() { &band[rows..] } else { band };
    let next = between(lines, here.at, below.at);
    let first = between(lines, stack[0].at, stack[1].at);
    let in_one_column = text.iter().all(|l| l.segments.len() == 1);
    let row = at.checked_sub(2).and_then(|i| stack.get(i)).map(|edge| between(lines, edge.at, above.at));
    let before = if text.is_empty() { row.unwrap_or_default() } else { text };
    let heads = next.iter().any(|l| l.segments.len() >= 2) && !next.iter().any(TextLine::has_figures);
    let says = |lines: &[TextLine]| -> Vec<String> {
        lines.iter().flat_map(TextLine::words).map(|w| words[w].text.clone()).collect()
    };
    at > 1
        && in_one_column
        && heads
        && !before.is_empty()
        && (is_set_apart(next, before, words) || !text.is_empty() && says(next) == says(first))
}

/// Whether lines are set in another way than those above them, as headings are: bold, or in a colour of their own.
fn is_set_apart(lines: &[TextLine], above: &[TextLine], words: &[Word]) -> bool {
    let bold = |lines: &[TextLine]| lines.iter().all(|line| line.is_bold(words));
    let color = |lines: &[TextLine]| {
        let mut colors = lines.iter().flat_map(TextLine::words).map(|w| words[w].color);
        let first = colors.next()?;
        colors.all(|other| other == first).then_some(first)
    };
    bold(lines) && !bold(above)
        || color(lines).is_some_and(|own| color(above).is_some_and(|other| own != other))
}

/// Whether a line is one short text right over a heading of the line below it, set to the same side.
fn continues_upwards(line: &TextLine, below: &TextLine) -> bool {
    let [own] = line.segments.as_slice() else { return false };
    let mut under = below.segments.iter().filter(|s| s.bbox.x_overlap(&own.bbox) > 0.0);
    let (Some(one), None) = (under.next(), under.next()) else { return false };
    let same = |a: f32, b: f32| (a - b).abs() <= SAME_SIDE;
    below.segments.len() > 1
        && !own.kind.is_figure()
        && (line.size - below.size).abs() <= SAME_SIDE
        && (same(own.bbox.x0, one.bbox.x0)
            || same(own.bbox.x1, one.bbox.x1)
            || same(own.bbox.center().x, one.bbox.center().x))
}

/// The region of a stack, with the heading above its first line if that stands there.
fn region(stack: &[Edge], lines: &[TextLine], all: &[Word], from: f32, to: f32) -> Option<Region> {
    let (mut top, bottom) = (stack.first()?.at, stack.last()?.at);
    // A line and the rim of a shade beside it are one.
    let is_band = |p: &&[Edge]| p[1].at - p[0].at >= SAME_LINE;
    let bands = stack.windows(2).filter(is_band).count();
    let several = |l: &&TextLine| l.segments.len() >= 2;
    let rows = stack.windows(2).filter(|p| between(lines, p[0].at, p[1].at).iter().any(|l| several(&l)));
    // Lines around groups of rows are no rows: they say less than the rows' own places.
    let single = stack.windows(2).filter(is_band).filter(|p| {
        let figures = |l: &&TextLine| several(l) && l.has_figures();
        between(lines, p[0].at, p[1].at).iter().filter(figures).count() <= 1
    });
    if stack.len() <= FEWEST || 2 * rows.count() < bands || 10 * single.count() < 8 * bands {
        return None;
    }
    let mut words: Vec<usize> = Vec::new();
    let mut boxes = vec![Rect { x0: stack[0].from, y0: top, x1: stack[0].to, y1: bottom }];
    let inside = between(lines, top, bottom);
    let inside = inside.iter().filter(|l| l.bbox.x0 >= from && l.bbox.x1 <= to).collect::<Vec<_>>();
    let first = lines.partition_point(|l| l.bbox.center().y <= top);
    let mut below = inside.first()?.baseline;
    // The ends of headings that are broken over lines: they count where the headings' line stands above them.
    let mut ends: Vec<&TextLine> = Vec::new();
    let mut reach = top;
    for (at, line) in lines[..first].iter().enumerate().rev() {
        // Headings over several columns may stand further off than text does.
        let wide = line.segments.len() >= FEWEST || boxes.len() > 1 && line.segments.len() > 1;
        let (padding, step) = if wide { (HEAD_PADDING, HEAD_STEP) } else { (PADDING, HEADING_STEP) };
        let near = below - line.baseline <= step * line.size && reach - line.bbox.y1 <= padding * line.size;
        let listed = line.segments.len() == 2
            && regions::is_listed(&line.segments[0], &line.segments[1], line.size, all);
        let heads = line.segments.len() >= 2
            && !listed
            && !line.has_figures()
            && line.bbox.x0 >= from
            && line.bbox.x1 <= to;
        let is_end = line.segments.len() == 1
            && !line.segments[0].kind.is_figure()
            && line.bbox.x0 > from + INDENT
            && line.bbox.x1 <= to
            && ends.len() < MOST_ENDS
            && boxes.len() == 1;
        // The name of the first group may stand between the headings and the first line.
        let heads_it = |above: &TextLine| {
            above.segments.len() >= FEWEST_HEADINGS
                && !above.has_figures()
                && line.bbox.y0 - above.bbox.y1 <= HEAD_PADDING * line.size
        };
        let names_group = line.segments.len() == 1
            && line.bbox.x0 - from <= GROUP_INDENT
            && ends.is_empty()
            && boxes.len() == 1
            && inside.iter().all(|row| row.segments.len() == 1 || row.has_figures())
            && at > 0
            && heads_it(&lines[at - 1]);
        // The highest heading of a row that is set to the bottom begins above all others.
        let is_highest = boxes.len() > 1
            && below - line.baseline <= NEXT_LINE * line.size
            && continues_upwards(line, &lines[at + 1]);
        if near && (is_end || names_group) {
            below = line.baseline;
            ends.push(line);
            reach = line.bbox.y0;
            continue;
        }
        if !(near && heads || is_highest) {
            break;
        }
        for line in ends.drain(..).chain([line]) {
            boxes.push(line.bbox);
            words.extend(line.words());
        }
        below = line.baseline;
        (top, reach) = (line.bbox.y0, line.bbox.y0);
    }
    // The first row may have no line above it.
    if boxes.len() == 1
        && let Some(row) = row_above(&lines[..first], &inside, top, all)
    {
        boxes.push(row.bbox);
        words.extend(row.words());
        top = row.bbox.y0;
    }
    // The last row may have no line below it.
    let end = lines.partition_point(|l| l.bbox.center().y < bottom);
    let step = (bottom - top) / bands as f32;
    // Rows without lines between them stand as far from one another as those within a band do.
    let space = inside.windows(2).map(|pair| pair[1].bbox.y0 - pair[0].bbox.y1).fold(0.0, f32::max);
    let mut last = bottom;
    for line in &lines[end..] {
        let far = (PADDING * line.size).max(if last > bottom { space } else { 0.0 });
        let near = line.bbox.y1 - last <= 1.2 * step && line.bbox.y0 - last <= far;
        if !(near && line.segments.len() >= 2 && line.bbox.x0 >= from && line.bbox.x1 <= to) {
            break;
        }
        last = line.bbox.y1;
        boxes.push(line.bbox);
        words.extend(line.words());
    }
    words.extend(inside.iter().flat_map(|l| l.words().collect::<Vec<_>>()));
    Some(Region { bbox: Rect::around(boxes)?, words })
}

/// The row right above the first line, where none is drawn over it: as far from the next row as that is from its own,
/// with figures that end where the next row's do, and below a title or nothing.
fn row_above<'l>(
    above: &'l [TextLine],
    inside: &[&TextLine],
    top: f32,
    words: &[Word],
) -> Option<&'l TextLine> {
    let (line, before) = above.split_last()?;
    let (first, second) = (inside.first()?, inside.get(1)?);
    let pitch = second.baseline - first.baseline;
    let alike = line.segments.len() == first.segments.len()
        && line.segments.len() >= 2
        && line.segments.iter().zip(&first.segments).skip(1).all(|(a, b)| {
            a.kind.is_figure() && b.kind.is_figure() && (a.bbox.x1 - b.bbox.x1).abs() <= SAME_ENDS
        })
        && (line.bbox.x0 - first.bbox.x0).abs() <= SAME_ENDS
        && line.is_bold(words) == first.is_bold(words);
    let near = (first.baseline - line.baseline - pitch).abs() <= SAME_ENDS / 2.0
        && top - line.bbox.y1 <= PADDING * line.size;
    let titled = before.last().is_none_or(|title| title.segments.len() == 1);
    (alike && near && titled).then_some(line)
}
