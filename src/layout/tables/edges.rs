//! The lines that are drawn on a page, joined to edges that cells may have.
//!
//! In go rulings and fills, out come level and upright edges: pieces in line are one edge, a double line is one edge,
//! what has the page's colour is none. The rims of shaded areas are edges of a softer kind.

use super::segments;
use crate::geometry::Rect;
use crate::glyphs::Fill;
use crate::layout::PageWords;

/// Lines nearer than this, in points, are one: a double border, or a border drawn once for each of two cells. Rows
/// are never this low.
const SAME_LINE: f32 = 2.6;
/// Pieces of a line whose gap is smaller than this, in points, are one: corners are often left out.
const PIECE_GAP: f32 = 3.0;
/// Shortest edge, in points.
const SHORTEST: f32 = 3.0;
/// Colours whose every part is above this look like paper.
const PAPER: u32 = 0xF6;
/// More lines than this after joining are a drawing, not a table.
const MOST_EDGES: usize = 3000;
/// Thickest border, in points.
const THICKEST: f32 = 4.5;
/// A border is at least this many times as long as it is thick.
const LONG: f32 = 5.0;
/// Highest shaded area whose rims may be edges of rows, in points: higher ones are boxes and pictures, but where shaded
/// areas make a grid.
const HIGHEST_STRIPE: f32 = 120.0;
/// How far, in points, the rims of shaded areas that make a grid may be from each other.
const SAME_RIM: f32 = 1.5;
/// How far a shaded area may reach out of another of its colour and still lie in it, in points.
const INNER: f32 = 0.5;

/// A straight edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    /// Where it lies across its direction: y of a level edge, x of an upright one.
    pub at: f32,
    /// Where it begins along its direction.
    pub from: f32,
    /// Where it ends along its direction.
    pub to: f32,
}

/// All edges of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    /// Level edges, from top to bottom.
    pub level: Vec<Edge>,
    /// Upright edges, from left to right.
    pub upright: Vec<Edge>,
    /// Rims of shaded areas that are not drawn as lines: level.
    pub soft_level: Vec<Edge>,
    /// Rims of shaded areas that meet: upright.
    pub soft_upright: Vec<Edge>,
}

impl Edge {
    /// How much of a stretch it covers, from 0 to 1.
    pub(super) fn covers(&self, from: f32, to: f32) -> f32 {
        let length = (to - from).max(0.1);
        ((self.to.min(to) - self.from.max(from)) / length).max(0.0)
    }

    /// Its length in points.
    pub(super) fn length(&self) -> f32 {
        self.to - self.from
    }
}

impl Edges {
    /// These edges and more upright ones.
    pub(super) fn with_walls(mut self, walls: Vec<Edge>) -> Self {
        self.upright.extend(walls);
        self.upright.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
        self
    }

    /// The rims of shaded areas as if they were drawn.
    pub(super) fn of_shades(&self) -> Self {
        Self { level: self.soft_level.clone(), upright: self.soft_upright.clone(), ..Self::default() }
    }
}

/// Collect a page's edges.
pub(super) fn collect(page: &PageWords) -> Edges {
    let frame = Rect { x0: 0.0, y0: 0.0, x1: page.width, y1: page.height };
    let fills: Vec<&Fill> =
        page.fills.iter().filter(|f| !is_paper(f.color) && f.bbox.intersects(&frame)).collect();
    let mut level = Vec::new();
    let mut upright = Vec::new();
    for ruling in &page.rulings {
        if is_paper(ruling.color) && !on_shade(ruling.bbox, &fills) {
            continue;
        }
        if ruling.is_horizontal() {
            let at = (ruling.bbox.y0 + ruling.bbox.y1) / 2.0;
            level.push(Edge { at, from: ruling.bbox.x0, to: ruling.bbox.x1 });
        } else {
            let at = (ruling.bbox.x0 + ruling.bbox.x1) / 2.0;
            upright.push(Edge { at, from: ruling.bbox.y0, to: ruling.bbox.y1 });
        }
    }
    for fill in &page.fills {
        let b = fill.bbox;
        let (thin, long) = (b.width().min(b.height()), b.width().max(b.height()));
        let seen = || (!is_paper(fill.color) || on_shade(b, &fills)) && !pads(fill, &page.fills);
        if thin <= THICKEST && long >= LONG * thin && seen() {
            if b.width() > b.height() {
                level.push(Edge { at: (b.y0 + b.y1) / 2.0, from: b.x0, to: b.x1 });
            } else {
                upright.push(Edge { at: (b.x0 + b.x1) / 2.0, from: b.y0, to: b.y1 });
            }
        }
    }
    for word in page.words.iter().filter(|w| segments::is_typed_line(&w.text)) {
        level.push(Edge { at: word.bbox.center().y, from: word.bbox.x0, to: word.bbox.x1 });
    }
    let mut edges = Edges { level: join(level), upright: join(upright), ..Edges::default() };
    if edges.level.len() + edges.upright.len() > MOST_EDGES {
        return Edges::default();
    }
    add_rims(&mut edges, &fills, page);
    edges
}

fn add_rims(edges: &mut Edges, fills: &[&Fill], page: &PageWords) {
    if fills.len() > MOST_EDGES {
        return;
    }
    let areas: Vec<&Fill> = without_inner(fills)
        .into_iter()
        .filter(|f| f.bbox.height() >= 4.0)
        .filter(|f| f.bbox.width() > 10.0 && f.bbox.width() < page.width * 0.98)
        .collect();
    let is_stripe =
        |f: &Fill| f.bbox.height() < HIGHEST_STRIPE || in_grid(f.bbox, &areas) || is_whole_row(f, &areas);
    let tiles: Vec<&Fill> = areas.iter().copied().filter(|f| is_stripe(f)).collect();
    let mut level = Vec::new();
    let mut upright = Vec::new();
    for fill in &tiles {
        let b = fill.bbox;
        level.push(Edge { at: b.y0, from: b.x0, to: b.x1 });
        level.push(Edge { at: b.y1, from: b.x0, to: b.x1 });
        upright.push(Edge { at: b.x0, from: b.y0, to: b.y1 });
        upright.push(Edge { at: b.x1, from: b.y0, to: b.y1 });
    }
    edges.soft_level = join(level);
    edges.soft_upright = join(upright);
}

/// Whether a shaded area is a cell among cells: another with its top and bottom stands right beside it, and one with its
/// left and right end right above or below it.
fn in_grid(b: Rect, areas: &[&Fill]) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() <= SAME_RIM;
    let beside = |o: &Rect| near(o.y0, b.y0) && near(o.y1, b.y1) && (near(o.x0, b.x1) || near(o.x1, b.x0));
    let stacked = |o: &Rect| near(o.x0, b.x0) && near(o.x1, b.x1) && (near(o.y0, b.y1) || near(o.y1, b.y0));
    areas.iter().any(|f| beside(&f.bbox)) && areas.iter().any(|f| stacked(&f.bbox))
}

/// Whether a shaded area is a row of one cell among rows of several: such rows end at its sides right above and right
/// below it, or on one side, where a lower area of its colour and width is such a row too. A table's body in one shade
/// below its headings is none.
fn is_whole_row(fill: &Fill, areas: &[&Fill]) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() <= SAME_RIM;
    let in_cells = |b: Rect, meets: &dyn Fn(&Rect) -> bool| {
        let cells = || areas.iter().map(|f| f.bbox).filter(|o| meets(o) && o.width() < b.width() - SAME_RIM);
        cells().any(|o| near(o.x0, b.x0)) && cells().any(|o| near(o.x1, b.x1))
    };
    let sides = |b: Rect| {
        let above = in_cells(b, &|o| near(o.y1, b.y0));
        let below = in_cells(b, &|o| near(o.y0, b.y1));
        (above, below)
    };
    let b = fill.bbox;
    match sides(b) {
        (true, true) => true,
        (false, false) => false,
        _ => areas.iter().any(|other| {
            let o = other.bbox;
            let alike = other.color == fill.color && near(o.x0, b.x0) && near(o.x1, b.x1);
            alike && o.height() < HIGHEST_STRIPE && sides(o) != (false, false)
        }),
    }
}

/// The fills that do not lie in another of their colour: a cell's shade is often drawn again for each of its lines.
fn without_inner<'a>(fills: &[&'a Fill]) -> Vec<&'a Fill> {
    let area = |f: &Fill| f.bbox.width() * f.bbox.height();
    // Larger ones first: rims that should be one place differ by what rounding leaves.
    let mut sorted: Vec<&Fill> = fills.to_vec();
    sorted.sort_by(|a, b| {
        (area(b).total_cmp(&area(a)))
            .then(a.bbox.y0.total_cmp(&b.bbox.y0))
            .then(a.bbox.x0.total_cmp(&b.bbox.x0))
            .then(a.color.cmp(&b.color))
    });
    let mut kept: Vec<&Fill> = Vec::new();
    for fill in sorted {
        let outer = |o: &&Fill| {
            let b = o.bbox.grown(INNER);
            o.color == fill.color
                && b.x0 <= fill.bbox.x0
                && fill.bbox.x1 <= b.x1
                && b.y0 <= fill.bbox.y0
                && fill.bbox.y1 <= b.y1
        };
        if !kept.iter().any(outer) {
            kept.push(fill);
        }
    }
    kept
}

fn is_paper(color: u32) -> bool {
    [color >> 16, color >> 8, color].iter().all(|part| part & 0xFF >= PAPER)
}

/// Whether a paper-coloured line is seen because it parts shaded areas.
fn on_shade(line: Rect, fills: &[&Fill]) -> bool {
    let grown = line.grown(0.5);
    fills.iter().take(MOST_EDGES).any(|f| f.bbox.intersects(&grown) && f.bbox.height() < HIGHEST_STRIPE)
}

/// Whether a thin area only goes on with a larger one of its colour: the margin of a shaded cell.
fn pads(thin: &Fill, fills: &[Fill]) -> bool {
    let grown = thin.bbox.grown(1.0);
    fills.iter().take(MOST_EDGES).any(|f| {
        f.color == thin.color && f.bbox.width().min(f.bbox.height()) > THICKEST && f.bbox.intersects(&grown)
    })
}

/// Join pieces in line; sorted by place, then start.
fn join(mut pieces: Vec<Edge>) -> Vec<Edge> {
    pieces.retain(|e| e.at.is_finite() && e.from.is_finite() && e.to.is_finite());
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)).then(a.to.total_cmp(&b.to)));
    let mut joined = Vec::new();
    let mut start = 0;
    while start < pieces.len() {
        let mut end = start + 1;
        while end < pieces.len() && pieces[end].at - pieces[start].at <= SAME_LINE {
            end += 1;
        }
        let group = &mut pieces[start..end];
        group.sort_by(|a, b| {
            a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)).then(a.at.total_cmp(&b.at))
        });
        let mut current: Option<(Edge, f32)> = None;
        for piece in group.iter() {
            let weight = piece.length().max(0.01);
            match &mut current {
                Some((edge, total)) if piece.from <= edge.to + PIECE_GAP => {
                    edge.at = (edge.at * *total + piece.at * weight) / (*total + weight);
                    edge.to = edge.to.max(piece.to);
                    *total += weight;
                }
                _ => {
                    joined.extend(current.take().map(|(edge, _)| edge));
                    current = Some((*piece, weight));
                }
            }
        }
        joined.extend(current.map(|(edge, _)| edge));
        start = end;
    }
    joined.retain(|e| e.length() >= SHORTEST);
    joined.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_in_line_are_one_edge() {
        let edge = |at, from, to| Edge { at, from, to };
        let joined = join(vec![
            edge(10.0, 50.0, 90.0),
            edge(10.5, 0.0, 49.0),
            edge(30.0, 0.0, 90.0),
            edge(32.0, 0.0, 90.0),
        ]);
        assert_eq!(joined.len(), 2);
        assert_eq!((joined[0].from, joined[0].to), (0.0, 90.0));
        assert!((joined[1].at - 31.0).abs() < 0.01);
    }

    #[test]
    fn a_high_row_of_one_cell_is_one_among_rows_of_several() {
        let fill = |x0, y0, x1, y1| Fill { bbox: Rect { x0, y0, x1, y1 }, color: 0 };
        let row = |y0, y1| [fill(60.0, y0, 300.0, y1), fill(300.0, y0, 400.0, y1)];
        let is_row = |fills: &[Fill], at: usize| is_whole_row(&fills[at], &fills.iter().collect::<Vec<_>>());
        let high = [fill(60.0, 120.0, 400.0, 260.0)];
        let between = [&high[..], &row(100.0, 120.0), &row(260.0, 280.0)].concat();
        assert!(is_row(&between, 0));
        // A table's body below its headings.
        let body = [&high[..], &row(100.0, 120.0)].concat();
        assert!(!is_row(&body, 0));
        // The last remark of several.
        let last = [&body[..], &[fill(60.0, 80.0, 400.0, 100.0)]].concat();
        assert!(is_row(&last, 0));
    }
}
