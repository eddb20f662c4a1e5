//! Grids that are drawn: cells between crossing lines.
//!
//! In go edges, out come the grids that their crossings make: each a set of lines and the cells between them, cells
//! without a line between them merged. What stands in the cells, and whether it is a table at all, others decide.

use super::edges::{Edge, Edges};
use crate::geometry::Rect;

/// How near, in points, two lines must come to meet.
const MEETS: f32 = 3.0;
/// Lines of a grid nearer than this, in points, are the same line of the grid.
const SAME_PLACE: f32 = 3.0;
/// How much of a cell's side must be drawn to part it from its neighbour.
const DRAWN: f32 = 0.6;
/// How far, in points, level lines must reach beyond the outermost upright one for the table to have an open column
/// there.
const OPEN_SIDE: f32 = 12.0;
/// Most lines in one direction: more is graph paper.
const MOST_LINES: usize = 400;

/// A drawn grid.
#[derive(Clone, Debug)]
pub(super) struct RuledGrid {
    /// x of its upright lines, from left to right.
    pub xs: Vec<f32>,
    /// y of its level lines, from top to bottom.
    pub ys: Vec<f32>,
    /// Its cells as (first row, first column, rows, columns).
    pub cells: Vec<(usize, usize, usize, usize)>,
    /// Whether every merged cell is a rectangle.
    pub clean: bool,
    /// Where its headings end, if that is known.
    pub headings_end: Option<f32>,
}

impl RuledGrid {
    /// The box of a stretch of cells.
    pub(super) fn cell_box(&self, row: usize, column: usize, rows: usize, columns: usize) -> Rect {
        Rect { x0: self.xs[column], y0: self.ys[row], x1: self.xs[column + columns], y1: self.ys[row + rows] }
    }

    /// The box of the whole grid.
    pub(super) fn bbox(&self) -> Rect {
        self.cell_box(0, 0, self.ys.len() - 1, self.xs.len() - 1)
    }
}

/// Find the drawn grids of a page, from top to bottom.
pub(super) fn find(edges: &Edges) -> Vec<RuledGrid> {
    let groups = connected(&edges.level, &edges.upright);
    let mut grids: Vec<RuledGrid> =
        groups.iter().filter_map(|(level, upright)| grid_of(level, upright, &edges.soft_upright)).collect();
    grids.sort_by(|a, b| a.bbox().y0.total_cmp(&b.bbox().y0).then(a.bbox().x0.total_cmp(&b.bbox().x0)));
    grids
}

/// Edges that meet, directly or through others.
fn connected(level: &[Edge], upright: &[Edge]) -> Vec<(Vec<Edge>, Vec<Edge>)> {
    let mut sets = Sets::new(level.len() + upright.len());
    for (i, h) in level.iter().enumerate() {
        // Upright edges are sorted by x: only those within the level one's reach are looked at.
        let first = upright.partition_point(|v| v.at < h.from - MEETS);
        for (j, v) in upright.iter().enumerate().skip(first).take_while(|(_, v)| v.at <= h.to + MEETS) {
            if v.from - MEETS <= h.at && h.at <= v.to + MEETS {
                sets.join(i, level.len() + j);
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<Edge>, Vec<Edge>)> =
        std::collections::BTreeMap::new();
    for (i, h) in level.iter().enumerate() {
        groups.entry(sets.root(i)).or_default().0.push(*h);
    }
    for (j, v) in upright.iter().enumerate() {
        groups.entry(sets.root(level.len() + j)).or_default().1.push(*v);
    }
    groups.into_values().filter(|(h, v)| h.len() >= 2 && !v.is_empty()).collect()
}

fn grid_of(level: &[Edge], upright: &[Edge], rims: &[Edge]) -> Option<RuledGrid> {
    let mut xs = places(upright);
    let mut ys = places(level);
    let (left, right) = (reach(level, |e| e.from, f32::min), reach(level, |e| e.to, f32::max));
    let (top, bottom) = (reach(upright, |e| e.from, f32::min), reach(upright, |e| e.to, f32::max));
    // A side that is not drawn is where the lines across it end.
    if xs.first().is_none_or(|x| *x - left > OPEN_SIDE) {
        xs.insert(0, left);
    }
    if xs.last().is_none_or(|x| right - *x > OPEN_SIDE) {
        xs.push(right);
    }
    if ys.first().is_none_or(|y| *y - top > OPEN_SIDE / 2.0) {
        ys.insert(0, top);
    }
    if ys.last().is_none_or(|y| bottom - *y > OPEN_SIDE / 2.0) {
        ys.push(bottom);
    }
    if xs.len() < 2 || ys.len() < 2 || xs.len() > MOST_LINES || ys.len() > MOST_LINES {
        return None;
    }
    let (rows, columns) = (ys.len() - 1, xs.len() - 1);
    // Where one shade ends on a line of the grid and another begins, there are two cells, line or not.
    let upright_drawn = |row: usize, line: usize| {
        let side = |edges| drawn(edges, xs[line], ys[row], ys[row + 1]);
        side(upright) || side(rims)
    };
    let level_drawn = |line: usize, column: usize| drawn(level, ys[line], xs[column], xs[column + 1]);
    let mut sets = Sets::new(rows * columns);
    for row in 0..rows {
        for column in 0..columns {
            if column + 1 < columns && !upright_drawn(row, column + 1) {
                sets.join(row * columns + column, row * columns + column + 1);
            }
            if row + 1 < rows && !level_drawn(row + 1, column) {
                sets.join(row * columns + column, (row + 1) * columns + column);
            }
        }
    }
    let mut areas: std::collections::BTreeMap<usize, Vec<(usize, usize)>> = std::collections::BTreeMap::new();
    for row in 0..rows {
        for column in 0..columns {
            areas.entry(sets.root(row * columns + column)).or_default().push((row, column));
        }
    }
    let mut clean = true;
    let mut cells = Vec::new();
    for area in areas.into_values() {
        let top = area.iter().map(|p| p.0).min()?;
        let bottom = area.iter().map(|p| p.0).max()?;
        let left = area.iter().map(|p| p.1).min()?;
        let right = area.iter().map(|p| p.1).max()?;
        if area.len() == (bottom - top + 1) * (right - left + 1) {
            cells.push((top, left, bottom - top + 1, right - left + 1));
        } else {
            // An area with corners is no cell: its rows are taken as far as they go.
            clean = false;
            cells.extend(runs_of(&area));
        }
    }
    cells.sort_unstable();
    Some(RuledGrid { xs, ys, cells, clean, headings_end: None })
}

/// An area's runs of neighbouring places, row by row.
fn runs_of(area: &[(usize, usize)]) -> Vec<(usize, usize, usize, usize)> {
    let mut runs: Vec<(usize, usize, usize, usize)> = Vec::new();
    for &(row, column) in area {
        match runs.last_mut() {
            Some(run) if run.0 == row && run.1 + run.3 == column => run.3 += 1,
            _ => runs.push((row, column, 1, 1)),
        }
    }
    runs
}

fn reach(edges: &[Edge], end: impl Fn(&Edge) -> f32, pick: impl Fn(f32, f32) -> f32) -> f32 {
    edges.iter().map(end).reduce(pick).unwrap_or(0.0)
}

/// Where lines lie, those near each other taken together.
fn places(edges: &[Edge]) -> Vec<f32> {
    let mut places: Vec<(f32, f32)> = Vec::new();
    for edge in edges {
        match places.last_mut() {
            Some((at, weight)) if edge.at - *at <= SAME_PLACE => {
                *at = (*at * *weight + edge.at * edge.length()) / (*weight + edge.length()).max(0.01);
                *weight += edge.length();
            }
            _ => places.push((edge.at, edge.length())),
        }
    }
    places.into_iter().map(|p| p.0).collect()
}

fn drawn(edges: &[Edge], at: f32, from: f32, to: f32) -> bool {
    let first = edges.partition_point(|e| e.at < at - SAME_PLACE - 0.5);
    let near = edges[first..].iter().take_while(|e| e.at <= at + SAME_PLACE + 0.5);
    near.map(|e| e.covers(from, to)).sum::<f32>() >= DRAWN
}

/// Sets of numbers that grow together.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut of: usize) -> usize {
        while self.0[of] != of {
            self.0[of] = self.0[self.0[of]];
            of = self.0[of];
        }
        of
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        // The smaller one stays, so that the result does not hang on the order.
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(at: f32, from: f32, to: f32) -> Edge {
        Edge { at, from, to }
    }

    #[test]
    fn missing_lines_merge_cells() {
        // Two rows of two cells, the upper two merged.
        let edges = Edges {
            level: vec![edge(0.0, 0.0, 100.0), edge(20.0, 0.0, 100.0), edge(40.0, 0.0, 100.0)],
            upright: vec![edge(0.0, 0.0, 40.0), edge(50.0, 20.0, 40.0), edge(100.0, 0.0, 40.0)],
            ..Edges::default()
        };
        let grids = find(&edges);
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].cells, vec![(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]);
    }

    #[test]
    fn shades_that_meet_on_a_line_of_the_grid_part_cells() {
        let edges = Edges {
            level: vec![edge(0.0, 0.0, 100.0), edge(20.0, 0.0, 100.0), edge(40.0, 0.0, 100.0)],
            upright: vec![edge(0.0, 0.0, 40.0), edge(50.0, 20.0, 40.0), edge(100.0, 0.0, 40.0)],
            soft_upright: vec![edge(50.2, 0.5, 19.5), edge(70.0, 0.5, 19.5)],
            ..Edges::default()
        };
        assert_eq!(find(&edges)[0].cells.len(), 4);
    }

    #[test]
    fn sides_that_are_not_drawn_are_where_the_lines_end() {
        let edges = Edges {
            level: vec![edge(0.0, 0.0, 100.0), edge(20.0, 0.0, 100.0), edge(40.0, 0.0, 100.0)],
            upright: vec![edge(50.0, 0.0, 40.0)],
            ..Edges::default()
        };
        assert_eq!(find(&edges)[0].cells.len(), 4);
    }
}
