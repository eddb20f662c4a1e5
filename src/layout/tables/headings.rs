//! Heading cells of a table without a drawn grid.
//!
//! In go the heading's lines cut into pieces, out come cells with the columns they head: lines of one heading are
//! joined, a heading over several columns is set above theirs.

use super::columns::Piece;
use super::rows::Lattice;
use super::segments::Segment;

/// Share of a column, or of the heading if that is narrower, that a heading must cover to stand over it.
const COVERS: f32 = 0.4;
/// How far, in points, the middle of a heading may be from the middle of the columns it heads.
const CENTERED: f32 = 4.0;
/// How far, in points, a heading may be from its column's middle or ends and still stand over that column alone.
const OVER_ONE: f32 = 1.5;
/// How far, in parts of the distance between columns, a heading may be from the middle of its share of them.
const IN_MIDDLE: f32 = 0.3;
/// How much further off, in the same parts, any other way to share them must be.
const CLEARER: f32 = 0.2;
/// Largest difference, in points, between the widths of a spreadsheet's columns.
const SAME_WIDTH: f32 = 1.5;
/// Most columns that are shared out.
const MOST_SHARED: usize = 16;
/// Largest distance between baselines of a heading's lines, in parts of the font size.
const WRAP_STEP: f32 = 1.75;

/// A heading with the columns it heads.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// Its words, in reading order.
    pub words: Vec<usize>,
    /// First column.
    pub first: usize,
    /// Last column.
    pub last: usize,
    /// First row.
    pub row: usize,
    /// How many rows it covers.
    pub rows: usize,
    from: usize,
    to: usize,
}

/// Read the first `count` lines as headings. Gives them with the number of rows they make.
pub(super) fn read(lattice: &Lattice<'_>, count: usize) -> (Vec<Heading>, usize) {
    let mut headings: Vec<Heading> = Vec::new();
    for line in 0..count {
        let centered = spans_of(lattice, line, count);
        // No heading reaches through an upright line beside it.
        let is_open = |spans: &Vec<(usize, usize)>| {
            spans.iter().all(|(first, last)| (*first..*last).all(|column| !lattice.walled(line, column)))
        };
        let spans = middle_shares(lattice, line, count)
            .filter(is_open)
            .or_else(|| equal_shares(lattice, line, count, &centered).filter(is_open))
            .or_else(|| cell_shares(lattice, line, count).filter(is_open))
            .unwrap_or(centered);
        for (piece, (first, last)) in lattice.pieces[line].iter().zip(spans) {
            let above = headings.iter_mut().rev().find(|h| h.first <= last && first <= h.last);
            match above {
                Some(h)
                    if h.first == first
                        && h.last == last
                        && h.to < line
                        && lattice.lines[line].baseline - lattice.lines[h.to].baseline
                            <= WRAP_STEP * lattice.lines[line].size * (line - h.to) as f32
                        && line - h.to <= 2
                        && !edge_between(lattice, h.to, line, &piece.segment) =>
                {
                    h.words.extend(&piece.segment.words);
                    h.to = line;
                }
                Some(h) if h.to == line && h.first <= first => {
                    // Two pieces over one column in one line.
                    h.words.extend(&piece.segment.words);
                    h.last = h.last.max(last);
                }
                _ => headings.push(Heading {
                    words: piece.segment.words.clone(),
                    first,
                    last,
                    row: 0,
                    rows: 1,
                    from: line,
                    to: line,
                }),
            }
        }
    }
    let rows = set_rows(&mut headings);
    (headings, rows)
}

fn edge_between(lattice: &Lattice<'_>, above: usize, below: usize, segment: &Segment) -> bool {
    let (from, to) =
        (lattice.lines[above].baseline, lattice.lines[below].baseline - 0.45 * lattice.lines[below].size);
    let first = lattice.level.partition_point(|e| e.at < from - 0.5);
    lattice.level[first..]
        .iter()
        .take_while(|e| e.at <= to)
        .any(|e| e.covers(segment.bbox.x0, segment.bbox.x1) > 0.7)
}

/// The columns that each piece of a heading line stands over.
fn spans_of(lattice: &Lattice<'_>, line: usize, count: usize) -> Vec<(usize, usize)> {
    let pieces = &lattice.pieces[line];
    let mut spans: Vec<(usize, usize)> = pieces.iter().map(|p| core_span(lattice, p)).collect();
    for at in 0..pieces.len() {
        let piece = &pieces[at];
        let left = if at == 0 { 0 } else { spans[at - 1].1 + 1 };
        let right = if at + 1 == pieces.len() {
            lattice.columns.len() - 1
        } else {
            spans[at + 1].0.saturating_sub(1)
        };
        let (first, last) = spans[at];
        if left > first || right < last {
            continue;
        }
        // No heading reaches through an upright line beside it.
        let left = (left..first).rev().take_while(|c| !lattice.walled(line, *c)).last().unwrap_or(first);
        let right = (last..right).take_while(|c| !lattice.walled(line, *c)).last().map_or(last, |c| c + 1);
        if let Some(span) = ruled_span(lattice, line, piece, left, right) {
            spans[at] = span;
            continue;
        }
        // Columns beside it that are headed further down but not here may be its own.
        let headed_below = |c: usize| {
            (line + 1..count).any(|l| lattice.pieces[l].iter().any(|p| p.first <= c && c <= p.last))
        };
        if !(first..=last).all(headed_below) {
            continue;
        }
        if (left..=right).all(headed_below) && in_middle_of_walls(lattice, line, piece, left, right) {
            spans[at] = (left, right);
            continue;
        }
        let middle = piece.segment.bbox.center().x;
        let center = |c: usize| (lattice.columns[c].x0 + lattice.columns[c].x1) / 2.0;
        let offset =
            |l: usize, r: usize| ((lattice.columns[l].x0 + lattice.columns[r].x1) / 2.0 - middle).abs();
        let column = &lattice.columns[first];
        let b = piece.segment.bbox;
        if first == last && offset(first, first) <= OVER_ONE {
            continue;
        }
        // One that begins or ends with its column must be well in the middle of others to head them too.
        let beside =
            first == last && ((b.x0 - column.x0).abs() <= OVER_ONE || (b.x1 - column.x1).abs() <= OVER_ONE);
        let centered = if beside { OVER_ONE } else { CENTERED };
        // Each column goes to the nearest heading of the line: together they head all of them.
        let nearest = |c: usize, other: usize| {
            let theirs = pieces[other].segment.bbox.center().x;
            (center(c) - middle).abs() <= (center(c) - theirs).abs()
        };
        let (mut l, mut r) = (first, last);
        while l > left.max(usize::from(first > 0))
            && headed_below(l - 1)
            && (at == 0 || nearest(l - 1, at - 1))
        {
            l -= 1;
        }
        while r < right && headed_below(r + 1) && (at + 1 == pieces.len() || nearest(r + 1, at + 1)) {
            r += 1;
        }
        let mut best = (l, r);
        if offset(l, r) > centered {
            best = (first, last);
            for l in l..=first {
                for r in last..=r {
                    if offset(l, r) < offset(best.0, best.1) - 0.5 {
                        best = (l, r);
                    }
                }
            }
        }
        if offset(best.0, best.1) <= centered {
            spans[at] = best;
        }
    }
    spans
}

/// The columns of each piece of a heading line that stands in the middle over its share of them: the line below has a
/// heading for every column, and one way to share them out fits clearly better than any other. The shares may be of
/// unequal size.
fn middle_shares(lattice: &Lattice<'_>, line: usize, count: usize) -> Option<Vec<(usize, usize)>> {
    let over = OverFigures::of(lattice, line)?;
    let (first, groups) = (over.first, over.groups);
    let columns = &lattice.columns[first..=over.last];
    let middles: Vec<f32> = groups.iter().map(|p| p.segment.bbox.center().x).collect();
    if middles.len() < 2
        || middles.len() >= columns.len()
        || columns.len() > MOST_SHARED
        || !over.are_headed_below(lattice, line, count)
    {
        return None;
    }
    let pitch = (columns[columns.len() - 1].x1 - columns[0].x1) / (columns.len() - 1) as f32;
    let off = |group: usize, from: usize, to: usize| {
        ((columns[from].x0 + columns[to].x1) / 2.0 - middles[group]).abs()
    };
    // The ways to end each share, with how far the worst heading is from its share's middle.
    let mut ways: Vec<(Vec<usize>, f32)> = vec![(Vec::new(), 0.0)];
    for group in 0..middles.len() {
        let after = middles.len() - 1 - group;
        let mut longer = Vec::new();
        for (ends, worst) in &ways {
            let from = ends.last().map_or(0, |end| end + 1);
            let last = columns.len() - 1 - after;
            let range = if after == 0 { last..=last } else { from..=last };
            for to in range.filter(|to| *to >= from) {
                let worst = worst.max(off(group, from, to));
                if worst <= pitch {
                    longer.push(([ends.as_slice(), &[to]].concat(), worst));
                }
            }
        }
        ways = longer;
    }
    ways.sort_by(|a, b| a.1.total_cmp(&b.1));
    let (ends, best) = ways.first()?;
    let next = ways.get(1).map_or(f32::INFINITY, |way| way.1);
    if *best > IN_MIDDLE * pitch || next < best + CLEARER * pitch {
        return None;
    }
    // One that begins or ends where a column does stands over that alone, or is set to the end of its share.
    let stands_over_one = |piece: &Piece| {
        let b = piece.segment.bbox;
        // A column that it has widened begins and ends with it.
        columns.iter().any(|c| ((b.x0 - c.x0).abs() <= OVER_ONE) != ((b.x1 - c.x1).abs() <= OVER_ONE))
    };
    let shares = std::iter::once(0).chain(ends.iter().map(|end| end + 1)).zip(ends);
    if shares.zip(groups).any(|((from, to), piece)| from < *to && stands_over_one(piece)) {
        return None;
    }
    let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
    Some(over.all_spans(lattice, starts.zip(ends).map(|(from, to)| (first + from, first + to))))
}

/// The columns of each piece of a heading line over groups of as many columns each: the line below has a heading for
/// every column, and each column goes to the nearest piece of this line. Text files never tell exactly where pieces stand;
/// `centered` is what each was found to stand in the middle of, and holds if that is several columns for each.
fn equal_shares(
    lattice: &Lattice<'_>,
    line: usize,
    count: usize,
    centered: &[(usize, usize)],
) -> Option<Vec<(usize, usize)>> {
    let middle = |b: &crate::geometry::Rect| b.center().x;
    let over = OverFigures::of(lattice, line)?;
    let OverFigures { first, last, groups, .. } = over;
    let columns = first..last + 1;
    let each = columns.len() / groups.len().max(1);
    let in_the_middle = |(piece, (first, last)): (&Piece, &(usize, usize))| {
        let of = (lattice.columns[*first].x0 + lattice.columns[*last].x1) / 2.0;
        first < last && (of - middle(&piece.segment.bbox)).abs() <= CENTERED
    };
    if groups.iter().zip(&centered[over.before.len()..]).all(in_the_middle) {
        return None;
    }
    if groups.len() < 2 || each < 2 || each * groups.len() != columns.len() {
        return None;
    }
    if !over.are_headed_below(lattice, line, count) {
        return None;
    }
    let share = |at: usize| (first + at * each, first + (at + 1) * each - 1);
    let below = |c: usize| {
        let pieces = (line + 1..count).flat_map(|l| &lattice.pieces[l]);
        pieces.filter(|p| p.first == c && p.last == c).map(|p| lattice.text(p)).collect::<Vec<_>>()
    };
    // The same headings again and again are told apart by what stands over each group of them.
    let is_repeated = (first + each..=last).all(|c| below(c) == below(c - each));
    // One that stands in the middle of another column than its group's middle one heads that.
    let one = |at: usize| {
        let x = middle(&groups[at].segment.bbox);
        let (from, to) = share(at);
        let off = |l: usize, r: usize| ((lattice.columns[l].x0 + lattice.columns[r].x1) / 2.0 - x).abs();
        (from..=to).any(|c| off(c, c) <= OVER_ONE) && off(from, to) > CENTERED
    };
    if !is_repeated && (0..groups.len()).any(one) {
        return None;
    }
    for c in columns {
        let center = (lattice.columns[c].x0 + lattice.columns[c].x1) / 2.0;
        let distance = |p: &Piece| (middle(&p.segment.bbox) - center).abs();
        let nearest =
            (0..groups.len()).min_by(|a, b| distance(&groups[*a]).total_cmp(&distance(&groups[*b])))?;
        let (from, to) = share(nearest);
        if c < from || to < c {
            return None;
        }
    }
    Some(over.all_spans(lattice, (0..groups.len()).map(share)))
}

/// The columns of each piece of a heading line in the middle of several cells of one width, whose figures are set to the
/// right: spreadsheets print them so. Not every column need have a piece over it, and none may have two ways to have one.
fn cell_shares(lattice: &Lattice<'_>, line: usize, count: usize) -> Option<Vec<(usize, usize)>> {
    let over = OverFigures::of(lattice, line)?;
    let end = |column: usize| lattice.columns[column].x1;
    let width = (end(over.last) - end(over.first)) / (over.last - over.first).max(1) as f32;
    let of_one_width =
        (over.first + 1..=over.last).all(|c| (end(c) - end(c - 1) - width).abs() <= SAME_WIDTH);
    if over.groups.is_empty() || !of_one_width || !over.are_headed_below(lattice, line, count) {
        return None;
    }
    let spans_of = |piece: &Piece| -> Vec<(usize, usize)> {
        let middle = piece.segment.bbox.center().x;
        let is_between = |(from, to): &(usize, usize)| {
            (f32::midpoint(end(*from) - width, end(*to)) - middle).abs() <= CENTERED
        };
        let all = (over.first..=over.last).flat_map(|from| (from..=over.last).map(move |to| (from, to)));
        all.filter(is_between).collect()
    };
    let ways: Vec<Vec<(usize, usize)>> = over.groups.iter().map(spans_of).collect();
    let narrowest = |at: usize| ways[at].iter().min_by_key(|(from, to)| to - from);
    let is_free = |at: usize, (from, to): (usize, usize)| {
        (0..ways.len())
            .filter(|other| *other != at)
            .all(|other| narrowest(other).is_some_and(|(first, last)| *last < from || to < *first))
    };
    let mut shares = Vec::new();
    for (at, spans) in ways.iter().enumerate() {
        let mut free = spans.iter().filter(|span| is_free(at, **span));
        let (Some(only), None) = (free.next(), free.next()) else { return None };
        if only.0 == only.1 {
            return None;
        }
        shares.push(*only);
    }
    Some(over.all_spans(lattice, shares.into_iter()))
}

/// The pieces of a heading line, by whether they stand over the columns of figures, before or after them.
struct OverFigures<'a> {
    /// The first and the last column of figures.
    first: usize,
    last: usize,
    before: &'a [Piece],
    groups: &'a [Piece],
    after: &'a [Piece],
}

impl<'a> OverFigures<'a> {
    fn of(lattice: &'a Lattice<'_>, line: usize) -> Option<Self> {
        let first = lattice.columns.iter().position(|column| column.numeric)?;
        let last = lattice.columns.iter().rposition(|column| column.numeric)?;
        let all = &lattice.pieces[line];
        let stub = all.iter().take_while(|p| p.last < first).count();
        let tail = all.iter().rev().take_while(|p| p.first > last).count();
        let groups = all.get(stub..all.len() - tail)?;
        Some(Self { first, last, before: &all[..stub], groups, after: &all[all.len() - tail..] })
    }

    /// Whether all columns from the first of figures to the last are of figures, with a heading of their own below.
    fn are_headed_below(&self, lattice: &Lattice<'_>, line: usize, count: usize) -> bool {
        let headed = |c: usize| {
            (line + 1..count).any(|l| lattice.pieces[l].iter().any(|p| p.first == c && p.last == c))
        };
        (self.first..=self.last).all(|c| lattice.columns[c].numeric && headed(c))
    }

    /// The columns of each piece, those over figures as they were shared out.
    fn all_spans(
        &self,
        lattice: &Lattice<'_>,
        shares: impl Iterator<Item = (usize, usize)>,
    ) -> Vec<(usize, usize)> {
        let [before, after] =
            [self.before, self.after].map(|pieces| pieces.iter().map(|p| core_span(lattice, p)));
        before.chain(shares).chain(after).collect()
    }
}

/// The columns that a piece covers by a fair part; the one it covers most if there is none.
fn core_span(lattice: &Lattice<'_>, piece: &Piece) -> (usize, usize) {
    let b = piece.segment.bbox;
    let share = |c: usize| {
        let column = &lattice.columns[c];
        (b.x1.min(column.x1) - b.x0.max(column.x0)) / (column.x1 - column.x0).min(b.width()).max(1.0)
    };
    let covered: Vec<usize> = (piece.first..=piece.last).filter(|c| share(*c) >= COVERS).collect();
    match (covered.first(), covered.last()) {
        (Some(first), Some(last)) => (*first, *last),
        _ => {
            let most = (piece.first..=piece.last)
                .max_by(|a, b| share(*a).total_cmp(&share(*b)))
                .unwrap_or(piece.first);
            (most, most)
        }
    }
}

/// Whether upright lines stand before and after the columns, and the piece in the middle between them.
fn in_middle_of_walls(lattice: &Lattice<'_>, line: usize, piece: &Piece, left: usize, right: usize) -> bool {
    let before = left.checked_sub(1).and_then(|column| lattice.wall_after(line, column));
    let walls = before.zip(lattice.wall_after(line, right));
    let middle = piece.segment.bbox.center().x;
    left < right && walls.is_some_and(|(from, to)| (f32::midpoint(from, to) - middle).abs() <= OVER_ONE)
}

/// The columns that a short line just below the piece covers.
fn ruled_span(
    lattice: &Lattice<'_>,
    line: usize,
    piece: &Piece,
    left: usize,
    right: usize,
) -> Option<(usize, usize)> {
    let size = lattice.lines[line].size;
    let baseline = lattice.lines[line].baseline;
    let first = lattice.level.partition_point(|e| e.at < baseline);
    let width = lattice.x1 - lattice.x0;
    let edge = lattice.level[first..].iter().take_while(|e| e.at <= baseline + 0.9 * size).find(|e| {
        e.covers(piece.segment.bbox.x0, piece.segment.bbox.x1) > 0.8 && e.length() < 0.85 * width
    })?;
    let covered: Vec<usize> = (left..=right)
        .filter(|c| edge.covers(lattice.columns[*c].x0, lattice.columns[*c].x1) > 0.6)
        .collect();
    Some((*covered.first()?, *covered.last()?))
}

/// Give headings their rows by what stands above and below them.
fn set_rows(headings: &mut [Heading]) -> usize {
    let overlap = |a: &Heading, b: &Heading| a.first <= b.last && b.first <= a.last;
    let mut depth = vec![0_usize; headings.len()];
    for i in 0..headings.len() {
        for j in 0..i {
            if headings[j].to < headings[i].from && overlap(&headings[i], &headings[j]) {
                depth[i] = depth[i].max(depth[j] + 1);
            }
        }
    }
    let rows = depth.iter().max().map_or(0, |d| d + 1);
    let copies: Vec<Heading> = headings.to_vec();
    for (i, heading) in headings.iter_mut().enumerate() {
        let below = copies
            .iter()
            .enumerate()
            .filter(|(_, o)| o.from > heading.to && overlap(o, heading))
            .map(|(j, _)| depth[j])
            .min();
        let last = below.map_or(rows - 1, |d| d - 1).max(depth[i]);
        // With nothing above it, it reaches up to the top.
        let first = depth[i];
        heading.row = first;
        heading.rows = last.max(first) - first + 1;
    }
    rows
}
