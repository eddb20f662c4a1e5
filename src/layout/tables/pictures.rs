//! Pictures in the cells of a table without a drawn grid: status icons, bars.
//!
//! In go a reading and the page's pictures, out come the cells with the digest of the picture that stands in them.

use super::aligned::Reading;
use crate::geometry::Rect;
use crate::glyphs::Image;
use crate::layout::Word;

/// Highest picture in a cell, in points: higher ones stand beside the table.
const HIGHEST: f32 = 60.0;

/// How far, in points, the pictures of a legend stand in front of its words.
const IN_FRONT: f32 = 24.0;

/// The pictures that stand in a table, and those that stand in front of its rows, as they do in a legend.
pub(super) fn near(bbox: Rect, images: &[Image]) -> Vec<Image> {
    let with_front = Rect { x0: bbox.x0 - IN_FRONT, ..bbox };
    let inside = images.iter().filter(|image| bbox.contains(image.bbox.center()));
    let in_front = images.iter().filter(|image| {
        image.bbox.x1 <= bbox.x0 + 1.0
            && with_front.contains(image.bbox.center())
            && image.bbox.width() <= IN_FRONT
    });
    // One alone is a sign beside the table.
    let several = in_front.clone().count() > 1;
    inside.chain(in_front.filter(|_| several)).copied().collect()
}

/// Put pictures into the cells they stand in.
pub(super) fn place(reading: &mut Reading, images: &[Image], words: &[Word]) {
    let mut rows: Vec<Option<(f32, f32)>> = vec![None; reading.grid.rows];
    for cell in reading.grid.cells.iter().filter(|c| c.row_span == 1) {
        for word in &cell.words {
            let b = words[*word].bbox;
            let row = &mut rows[cell.row];
            *row = Some(row.map_or((b.y0, b.y1), |r| (r.0.min(b.y0), r.1.max(b.y1))));
        }
    }
    for image in images.iter().filter(|i| i.bbox.height() <= HIGHEST) {
        let center = image.bbox.center();
        let inside =
            |r: &Option<(f32, f32)>| r.is_some_and(|(top, bottom)| top <= center.y && center.y <= bottom);
        let Some(row) = rows.iter().position(inside) else { continue };
        let distance = |c: &(f32, f32)| (c.0 - center.x).max(center.x - c.1).max(0.0);
        let nearest = (0..reading.ends.len())
            .min_by(|a, b| distance(&reading.ends[*a]).total_cmp(&distance(&reading.ends[*b])));
        let Some(column) = nearest else { continue };
        let covers = |c: &&mut super::GridCell| {
            (c.row..c.row + c.row_span).contains(&row) && (c.column..c.column + c.col_span).contains(&column)
        };
        if let Some(cell) = reading.grid.cells.iter_mut().find(covers)
            && cell.image.is_none()
        {
            cell.bbox = if cell.words.is_empty() { image.bbox } else { cell.bbox.union(&image.bbox) };
            cell.image = Some(image.digest);
        }
    }
}
