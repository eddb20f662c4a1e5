//! Columns of a table from where its words stand.
//!
//! In go the lines of a region, out come its columns and the pieces of each line with the columns they cover. Narrow
//! segments vote first: they show a column's core; a segment that touches two columns is a heading over both or text
//! that runs on.

use super::edges::Edge;
use super::kind::{Kind, continues_group, kind_of, starts_group};
use super::segments::{Segment, TextLine};
use crate::geometry::Rect;
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

/// Share of the lines beside a gutter that may cross it.
const CROSSED_SHARE: f32 = 0.4;

/// A heading that comes nearer than this to the next column, in parts of the font size, does not widen its own.
const KEPT_GAP: f32 = 0.3;
/// Share of a column, or of its heading if that is narrower, that both must share for the heading to widen the column.
const STANDS_OVER: f32 = 0.7;
/// How far below its baseline a line may be drawn under a heading, in parts of the font size.
const UNDERLINE: f32 = 0.9;
/// A gap over a gutter wider than this, in parts of the font size, is no word space.
const NO_WORD_SPACE: f32 = 0.5;
/// How far, in points, a word may be from a column's left end and still begin it.
const BEGINS: f32 = 1.0;
/// Smallest gap, in parts of the font size, between the headings of two columns set tight.
const TIGHT_GAP: f32 = 0.45;
/// How far, in parts of the font size, headings set tight may stand from their columns' ends or middles.
const STANDS: f32 = 0.25;
/// How far, in points, edges or middles may differ and still be aligned.
const ALIGNED: f32 = 2.5;

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
    let is_data: Vec<bool> = lines.iter().map(TextLine::has_figures).collect();
    // Lines with figures vote first: a heading's words stand where they fit.
    segments.sort_by(|a, b| {
        (is_data[b.0].cmp(&is_data[a.0]))
            .then(a.1.bbox.width().total_cmp(&b.1.bbox.width()))
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
                let space = KEPT_GAP * lines[line].size;
                let near_left = from > 0 && segment.bbox.x0 < clusters[from - 1].x1 + space;
                let near_right = clusters.get(from + 1).is_some_and(|c| segment.bbox.x1 > c.x0 - space);
                // A heading that reaches over the gutter, or stands half beside the figures, says nothing about where
                // its column ends.
                let core = &clusters[from];
                let shared = segment.bbox.x1.min(core.x1) - segment.bbox.x0.max(core.x0);
                let beside = shared < STANDS_OVER * segment.bbox.width().min(core.x1 - core.x0);
                if is_data[line] || !(near_left || near_right || beside) {
                    let cluster = &mut clusters[from];
                    cluster.x0 = cluster.x0.min(segment.bbox.x0);
                    cluster.x1 = cluster.x1.max(segment.bbox.x1);
                }
                clusters[from].members.push((line, segment.kind));
            }
            _ => {}
        }
    }
    merge_strays(&mut clusters, &is_data, lines, bounds);
    merge_crossed(&mut clusters, lines, words, bounds);
    merge_halves(&mut clusters, bounds);
    let mut rows = is_data.iter().enumerate().filter(|(_, data)| **data).map(|(line, _)| line);
    let only_row = rows.next().filter(|_| rows.next().is_none());
    let mut columns = Vec::new();
    for cluster in &clusters {
        let numeric = is_numeric(&cluster.members, only_row);
        let column = Column { x0: cluster.x0, x1: cluster.x1, numeric };
        columns.extend(split_tight(column, lines, words));
    }
    columns
}

/// Whether a cluster's members are mostly figures. `only_row` is the line of the only row of figures: beside it, the
/// headings are too many to be counted.
fn is_numeric(members: &[(usize, Kind)], only_row: Option<usize>) -> bool {
    let counts = |m: &&(usize, Kind)| only_row.is_none_or(|row| m.0 >= row);
    let members: Vec<&(usize, Kind)> = members.iter().filter(counts).collect();
    let figures = members.iter().filter(|m| matches!(m.1, Kind::Figure | Kind::Missing)).count();
    let any = members.iter().any(|m| m.1.is_figure()) || figures >= 2;
    any && figures as f32 >= FIGURES_SHARE * members.len() as f32
}

/// Join neighbours whose gutter is crossed more often than kept: words of a label set wide.
fn merge_crossed(clusters: &mut Vec<Cluster>, lines: &[TextLine], words: &[Word], bounds: &[f32]) {
    let crossed = |from: f32, to: f32| {
        if bounds.iter().any(|x| from - 1.0 <= *x && *x <= to + 1.0) {
            return false;
        }
        let middle = (from + to) / 2.0;
        let (mut kept, mut crossed) = (0_usize, 0_usize);
        for line in lines.iter().filter(|l| l.segments.len() >= 2) {
            let right = line.segments.partition_point(|s| s.bbox.x1 < middle);
            match line.segments.get(right) {
                // A word space over the gutter neither keeps nor crosses it.
                Some(s) if s.bbox.x0 < middle => {
                    let on_word =
                        s.words.iter().any(|w| words[*w].bbox.x0 < middle && middle < words[*w].bbox.x1);
                    // Headings of two columns set tight part somewhere in the gutter.
                    let parts = |pair: &[usize]| {
                        let (left, right) = (words[pair[0]].bbox.x1, words[pair[1]].bbox.x0);
                        right - left >= NO_WORD_SPACE * line.size && right > from && left < to
                    };
                    let parted = !line.has_figures() && s.words.windows(2).any(parts);
                    kept += usize::from(on_word && parted);
                    crossed += usize::from(on_word && !parted);
                }
                Some(_) if right > 0 => kept += 1,
                _ => {}
            }
        }
        crossed as f32 > CROSSED_SHARE * (kept + crossed) as f32
    };
    let mut merged: Vec<Cluster> = Vec::with_capacity(clusters.len());
    for next in clusters.drain(..) {
        match merged.last_mut() {
            Some(cluster) if crossed(cluster.x1, next.x0) => {
                cluster.x1 = cluster.x1.max(next.x1);
                cluster.members.extend(next.members);
            }
            _ => merged.push(next),
        }
    }
    *clusters = merged;
}

/// Join a cluster that no line with figures has to the nearer neighbour that never stands beside it: a heading set
/// apart from its column.
fn merge_strays(clusters: &mut Vec<Cluster>, is_data: &[bool], lines: &[TextLine], bounds: &[f32]) {
    if !is_data.contains(&true) {
        return;
    }
    let first_data = is_data.iter().position(|d| *d).unwrap_or(0);
    let one_row = is_data.iter().filter(|d| **d).count() == 1;
    let mut at = 0;
    while at < clusters.len() && clusters.len() > 1 {
        let stray = &clusters[at];
        if stray.members.iter().any(|m| is_data[m.0]) {
            at += 1;
            continue;
        }
        let heading_only = stray.members.iter().all(|m| m.0 < first_data);
        // Over a single row of figures, where every column has a heading in the same line, one without a figure below is
        // a blank column's.
        let in_line = |cluster: &Cluster, line: usize| cluster.members.iter().any(|m| m.0 == line);
        if heading_only && one_row && stray.members.iter().any(|s| clusters.iter().all(|c| in_line(c, s.0))) {
            at += 1;
            continue;
        }
        // So it is over several rows where all headings stand in the first line alone and one word or year over each
        // column of figures ends where that does.
        if heading_only && first_data == 1 && headed_one_by_one(clusters, is_data, lines) {
            at += 1;
            continue;
        }
        let apart = |other: &Cluster| {
            let (from, to) = (stray.x1.min(other.x1), stray.x0.max(other.x0));
            let bounded = bounds.iter().any(|x| from - 1.0 <= *x && *x <= to + 1.0);
            let together = other.members.iter().any(|m| stray.members.iter().any(|s| s.0 == m.0));
            (!bounded && (!together || heading_only)).then_some(to - from)
        };
        let left = at.checked_sub(1).and_then(|l| apart(&clusters[l]).map(|gap| (gap, l)));
        let right = clusters.get(at + 1).and_then(apart).map(|gap| (gap, at + 1));
        let nearer = match (left, right) {
            (Some(l), Some(r)) => Some(if l.0 < r.0 { l.1 } else { r.1 }),
            (l, r) => l.or(r).map(|n| n.1),
        };
        let Some(to) = nearer else {
            at += 1;
            continue;
        };
        let stray = clusters.remove(at);
        let to = if to > at { to - 1 } else { to };
        let cluster = &mut clusters[to];
        // Its figures keep the column's core; the heading only stands over it.
        cluster.members.extend(stray.members);
        if !heading_only {
            cluster.x0 = cluster.x0.min(stray.x0);
            cluster.x1 = cluster.x1.max(stray.x1);
        }
        at = at.saturating_sub(1);
    }
}

/// Whether the first line has one piece for each column, and each column of figures ends where its piece does.
fn headed_one_by_one(clusters: &[Cluster], is_data: &[bool], lines: &[TextLine]) -> bool {
    let headings = &lines[0].segments;
    let holds_figures = |cluster: &Cluster| cluster.members.iter().any(|m| is_data[m.0] && m.1.is_figure());
    let is_headed = |cluster: &Cluster| {
        let own = || headings.iter().filter(|s| s.bbox.x1 > cluster.x0 && s.bbox.x0 < cluster.x1);
        own().count() == 1
            && (!holds_figures(cluster) || own().all(|s| (s.bbox.x1 - cluster.x1).abs() <= ALIGNED))
    };
    headings.len() == clusters.len() && clusters.iter().all(is_headed)
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
            if right.text.starts_with('(') && !left.text.starts_with('(') {
                continue; // a share goes with its figure
            }
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
/// A heading with a line drawn just below it from column to column is one over all of them, as one in a box over them is.
/// A remark across the columns is not cut.
pub(super) fn pieces(
    line: &TextLine,
    columns: &[Column],
    words: &[Word],
    level: &[Edge],
    upright: &[Edge],
    is_remark: bool,
) -> Vec<Piece> {
    let parts = line.segments.iter().flat_map(|segment| {
        let whole = is_remark
            || underlined(segment, line, columns, level)
            || is_boxed_heading(segment, columns, words, upright);
        if whole { vec![segment.clone()] } else { cut(segment, columns, words, line) }
    });
    let mut parts = parts
        .map(|segment| {
            let (first, last) = covered(&segment, columns, line.size);
            Piece { segment, first, last }
        })
        .peekable();
    let mut pieces: Vec<Piece> = Vec::new();
    while let Some(part) = parts.next() {
        let next_is_free = parts.peek().is_none_or(|next| next.first > part.last + 1);
        match pieces.last_mut() {
            // It stands in the gutter behind a column that has its own: it is the next column's.
            Some(before)
                if before.last == part.first
                    && next_is_free
                    && stands_between(before, &part.segment, columns, line.size) =>
            {
                let column = part.first + 1;
                pieces.push(Piece { first: column, last: column, ..part });
            }
            // Two segments of one column: a wide word space.
            Some(before) if before.last >= part.first => {
                let mut all = before.segment.words.clone();
                all.extend(&part.segment.words);
                before.segment = Segment::of(all, words);
                before.last = before.last.max(part.last);
            }
            _ => pieces.push(part),
        }
    }
    pieces
}

/// Whether a heading stands between the column of the piece before it, which ends with that column, and the next column of
/// figures.
fn stands_between(before: &Piece, part: &Segment, columns: &[Column], size: f32) -> bool {
    let (Some(own), Some(next)) = (columns.get(before.last), columns.get(before.last + 1)) else {
        return false;
    };
    let (x0, x1) = (part.bbox.x0, part.bbox.x1);
    !part.kind.is_figure()
        && next.numeric
        && before.first == before.last
        && before.segment.bbox.x1 <= own.x1 + TOUCHES * size
        && own.x1 < x0
        && x1 < next.x0
        && x0 - before.segment.bbox.x1 >= NO_WORD_SPACE * size
}

/// Whether a line is drawn just below a segment, as long as the columns it heads and no longer.
fn underlined(segment: &Segment, line: &TextLine, columns: &[Column], level: &[Edge]) -> bool {
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return false };
    let from = level.partition_point(|e| e.at < line.baseline);
    level[from..].iter().take_while(|e| e.at <= line.baseline + UNDERLINE * line.size).any(|e| {
        let beside = line
            .segments
            .iter()
            .any(|s| s.bbox.x0 != segment.bbox.x0 && e.covers(s.bbox.x0, s.bbox.x1) > 0.5);
        let whole = e.covers(first.x0, last.x1) > 0.85;
        !beside && !whole && e.covers(segment.bbox.x0, segment.bbox.x1) > 0.8
    })
}

/// Whether a heading of words and years stands alone in a box, drawn or shaded, over several columns but not all.
fn is_boxed_heading(segment: &Segment, columns: &[Column], words: &[Word], upright: &[Edge]) -> bool {
    let b = segment.bbox;
    let mut beside = upright.iter().filter(|e| e.covers(b.y0, b.y1) > 0.5);
    if beside.clone().any(|e| e.at > b.x0 && e.at < b.x1) {
        return false;
    }
    let left = beside.clone().map(|e| e.at).filter(|x| *x <= b.x0).reduce(f32::max);
    let right = beside.find(|e| e.at >= b.x1).map(|e| e.at);
    let (Some(left), Some(right)) = (left, right) else { return false };
    let inside = columns.iter().filter(|c| left <= c.x0 && c.x1 <= right).count();
    (2..columns.len()).contains(&inside) && is_of_words_and_years(segment, words)
}

/// Whether a segment is words, with a year among them or without: "Utfall 2024".
fn is_of_words_and_years(segment: &Segment, words: &[Word]) -> bool {
    let kinds = || segment.words.iter().map(|w| kind_of([words[*w].text.as_str()]));
    kinds().all(|kind| matches!(kind, Kind::Words | Kind::Year)) && kinds().any(|kind| kind == Kind::Words)
}

/// Cut a heading set tight: its words stand over at least three columns, none over two, and wherever the column
/// changes there is more than a word space.
fn cut_tight(segment: &Segment, columns: &[Column], words: &[Word], size: f32) -> Option<Vec<Segment>> {
    if columns.len() < 3 {
        return None;
    }
    let mut parts: Vec<(usize, Vec<usize>)> = Vec::new();
    for w in &segment.words {
        let b = words[*w].bbox;
        if columns.iter().filter(|c| b.x0 < c.x1 - 1.0 && c.x0 + 1.0 < b.x1).count() > 1 {
            return None;
        }
        let distance = |c: &Column| (c.x0 - b.x1).max(b.x0 - c.x1);
        let nearest =
            (0..columns.len()).min_by(|p, q| distance(&columns[*p]).total_cmp(&distance(&columns[*q])))?;
        match parts.last_mut() {
            Some((at, part)) if *at == nearest => part.push(*w),
            Some((_, part)) => {
                let last = *part.last()?;
                if b.x0 - words[last].bbox.x1 < TIGHT_GAP * size {
                    return None;
                }
                parts.push((nearest, vec![*w]));
            }
            None => parts.push((nearest, vec![*w])),
        }
    }
    (parts.len() >= 3).then(|| parts.into_iter().map(|p| Segment::of(p.1, words)).collect())
}

/// Cut a heading between columns where each part stands as its column does: all begin, end or are centred with theirs.
fn cut_aligned(segment: &Segment, columns: &[Column], words: &[Word], size: f32) -> Option<Vec<Segment>> {
    if segment.kind.is_figure() || !columns.iter().any(|c| c.numeric) {
        return None;
    }
    let mut parts: Vec<Vec<usize>> = vec![Vec::new()];
    let mut from = 0;
    for pair in columns.windows(2) {
        // The gap that lies nearest to the middle between the columns' figures.
        let middle = (pair[0].x1 + pair[1].x0) / 2.0;
        let gap = |at: usize| {
            let (left, right) = (words[segment.words[at]].bbox.x1, words[segment.words[at + 1]].bbox.x0);
            ((left + right) / 2.0 - middle).abs()
        };
        let at = (from..segment.words.len() - 1).min_by(|a, b| gap(*a).total_cmp(&gap(*b)))?;
        parts.last_mut()?.extend(&segment.words[from..=at]);
        parts.push(Vec::new());
        from = at + 1;
    }
    parts.last_mut()?.extend(&segment.words[from..]);
    let parts: Vec<Segment> = parts.into_iter().map(|p| Segment::of(p, words)).collect();
    let near = STANDS * size;
    let all = |off: fn(&Rect, &Column) -> f32| {
        parts.iter().zip(columns).all(|(p, c)| off(&p.bbox, c).abs() <= near)
    };
    let stand = all(|b, c| b.x1 - c.x1)
        || all(|b, c| b.x0 - c.x0)
        || all(|b, c| ((b.x0 + b.x1) - (c.x0 + c.x1)) / 2.0);
    (stand && parts.iter().all(|p| !p.words.is_empty())).then_some(parts)
}

/// Whether words and a year, "Utfall 2024", stand in the middle over columns of figures: one heading of them all.
fn is_centered_heading(segment: &Segment, columns: &[Column], words: &[Word]) -> bool {
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return false };
    let off = (segment.bbox.x0 + segment.bbox.x1 - first.x0 - last.x1).abs() / 2.0;
    columns.len() > 1
        && columns.iter().all(|column| column.numeric)
        && off <= ALIGNED
        && is_of_words_and_years(segment, words)
}

/// Whether a word begins just where a column of words does.
fn begins_column(word: &Word, columns: &[Column]) -> bool {
    columns.iter().any(|c| !c.numeric && (word.bbox.x0 - c.x0).abs() <= BEGINS)
}

/// Whether the words before and from `from` each stand as a column below does.
fn fits_both(segment: &Segment, from: usize, columns: &[Column], words: &[Word]) -> bool {
    let at = segment.words.iter().position(|w| *w == from).unwrap_or(0);
    let part = |of: &[usize]| of.first().zip(of.last()).map(|(a, b)| (words[*a].bbox.x0, words[*b].bbox.x1));
    let (Some(left), Some(right)) = (part(&segment.words[..at]), part(&segment.words[at..])) else {
        return false;
    };
    let fits = |(x0, x1): (f32, f32)| {
        columns.iter().filter(|c| c.numeric).any(|c| {
            let middle = ((x0 + x1) - (c.x0 + c.x1)).abs() / 2.0;
            x0 >= c.x0 - 1.0
                && x1 <= c.x1 + 1.0
                && (middle <= ALIGNED || (x0 - c.x0).abs() <= ALIGNED || (x1 - c.x1).abs() <= ALIGNED)
        })
    };
    fits(left) && fits(right)
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

/// Cut a segment where one of its word gaps lies on a gutter, if a figure stands beside it or the next word begins
/// where a column does.
fn cut(segment: &Segment, columns: &[Column], words: &[Word], line: &TextLine) -> Vec<Segment> {
    let size = line.size;
    // A heading over a group of rows stands alone in its line; its words fall on gutters by chance.
    let alone = line.segments.len() == 1 && segment.bbox.x0 <= columns.first().map_or(0.0, |c| c.x1);

    let (first, last) = covered(segment, columns, size);
    if first == last || segment.words.len() < 2 {
        return vec![segment.clone()];
    }
    if let Some(parts) = cut_tight(segment, &columns[first..=last], words, size) {
        return parts;
    }
    if !alone && let Some(parts) = cut_aligned(segment, &columns[first..=last], words, size) {
        return parts;
    }
    if is_centered_heading(segment, &columns[first..=last], words) {
        return vec![segment.clone()];
    }
    let mut gaps: Vec<f32> =
        segment.words.windows(2).map(|p| words[p[1]].bbox.x0 - words[p[0]].bbox.x1).collect();
    gaps.sort_by(f32::total_cmp);
    let usual = if gaps.len() >= 3 { gaps[gaps.len() / 2] } else { 0.0 };
    let has_figures = line.has_figures();
    let mut parts: Vec<Vec<usize>> = vec![vec![segment.words[0]]];
    for pair in segment.words.windows(2) {
        let (left, right) = (&words[pair[0]], &words[pair[1]]);
        let (from, to) = (left.bbox.x1, right.bbox.x0);
        let on_gutter = (first..last).any(|c| {
            let (g0, g1) = (columns[c].x1, columns[c + 1].x0);
            from <= g1 && g0 <= to
        });
        let kind = |w: &Word| kind_of([w.text.as_str()]);
        // Among headings a year may belong to the word before it: "Helår 2025".
        let of_word = kind(right) == Kind::Year && kind(left) == Kind::Words && !has_figures;
        let beside_figure = kind(left).is_numeric() || kind(right).is_numeric() && !of_word;
        if on_gutter
            && (beside_figure && !alone
                || to - from >= (NO_WORD_SPACE * size).max(1.6 * usual)
                || !alone && begins_column(right, columns)
                || !alone && fits_both(segment, pair[1], columns, words))
            && to - from >= AGREED_GAP * size
        {
            parts.push(vec![pair[1]]);
        } else if let Some(part) = parts.last_mut() {
            part.push(pair[1]);
        }
    }
    parts.into_iter().map(|p| Segment::of(p, words)).collect()
}
