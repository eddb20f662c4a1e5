//! Pages drawn for tests: words and lines, as they are, moved, scaled, turned or drawn backwards.

use super::{GridCell, find};
use crate::geometry::{Point, Rect};
use crate::glyphs::{Fill, Font, Glyph, Page, Ruling, Turn};
use crate::layout::PageWords;
use crate::settings::Settings;

const WIDTH: f32 = 600.0;
const HEIGHT: f32 = 800.0;
/// Font size in points.
pub(super) const SIZE: f32 = 10.0;

/// A page as it is drawn: words with the place of their baseline, and lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawing {
    /// Left end and baseline of each word, and its text.
    pub words: Vec<(f32, f32, String)>,
    /// The lines.
    pub lines: Vec<Rect>,
    /// The shaded areas with their colours.
    pub shades: Vec<(Rect, u32)>,
}

/// How the drawing is put on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Put {
    /// How far it is moved, in points.
    pub dx: f32,
    /// The same downwards.
    pub dy: f32,
    /// How much larger it is drawn.
    pub scale: f32,
    /// Whether the page is turned by a quarter.
    pub quarter: bool,
    /// Whether the last glyph is drawn first.
    pub backwards: bool,
}

/// As it is.
pub(super) const PLAIN: Put = Put { dx: 0.0, dy: 0.0, scale: 1.0, quarter: false, backwards: false };

/// Put a drawing on a page.
pub(super) fn page(drawing: &Drawing, put: Put) -> PageWords {
    let moved = |p: Point| Point { x: p.x * put.scale + put.dx, y: p.y * put.scale + put.dy };
    let (width, height) = (WIDTH * 2.0, HEIGHT * 2.0);
    // Top to bottom writing on a page turned by a quarter.
    let turned = |p: Point| if put.quarter { Point { x: height - p.y, y: p.x } } else { p };
    let boxed = |r: Rect| {
        let a = turned(moved(Point { x: r.x0, y: r.y0 }));
        let b = turned(moved(Point { x: r.x1, y: r.y1 }));
        Rect::new(a.x, a.y, b.x, b.y)
    };
    let mut glyphs = Vec::new();
    for (x, y, text) in &drawing.words {
        for (at, ch) in text.chars().enumerate() {
            let x = x + at as f32 * SIZE / 2.0;
            glyphs.push(Glyph {
                ch,
                bbox: boxed(Rect { x0: x, y0: y - 0.8 * SIZE, x1: x + SIZE / 2.0, y1: y + 0.2 * SIZE }),
                origin: turned(moved(Point { x, y: *y })),
                size: SIZE * put.scale,
                font: 0,
                turn: if put.quarter { Turn::Quarter } else { Turn::None },
                invisible: false,
                artifact: false,
                mcid: None,
                color: 0,
            });
        }
    }
    if put.backwards {
        glyphs.reverse();
    }
    let rulings = drawing.lines.iter().map(|l| Ruling { bbox: boxed(*l), color: 0 }).collect();
    let fills = drawing.shades.iter().map(|(b, color)| Fill { bbox: boxed(*b), color: *color }).collect();
    PageWords::gather(Page {
        number: 1,
        width: if put.quarter { height } else { width },
        height: if put.quarter { width } else { height },
        glyphs,
        fonts: vec![Font::default()],
        rulings,
        fills,
        ..Page::default()
    })
}

/// A cell's place and text.
pub(super) type CellText = (usize, usize, usize, usize, String);

/// Row, column, spans and text of each table's cells.
pub(super) fn texts(page: &PageWords) -> Vec<Vec<CellText>> {
    find(page, &Settings::default())
        .iter()
        .map(|t| {
            let cell = |c: &GridCell| (c.row, c.column, c.row_span, c.col_span, c.text(&page.words));
            t.grid.cells.iter().map(cell).collect()
        })
        .collect()
}
