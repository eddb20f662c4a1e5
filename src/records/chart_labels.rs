//! What is left of charts in running text: the figures along axes and at bars, and the short labels among them.
//!
//! In go a part's blocks, out come those that are text. Three figures alone on their lines on one page are taken for
//! those of a chart; a list of figures without a word is missed with them.

use crate::geometry::Rect;
use crate::layout::{Block, BlockKind};

/// Fewest blocks of figures alone that make a chart.
const FEWEST: usize = 3;
/// Longest label in a chart, in characters.
const LONGEST_LABEL: usize = 40;
/// How far from the figures a chart's labels stand, in parts of the font size.
const REACH: f32 = 3.0;

/// The blocks that are no labels of charts.
pub(super) fn without(blocks: Vec<Block>) -> Vec<Block> {
    let mut sheets: Vec<u32> = blocks.iter().filter(|b| is_figures(b)).map(|b| b.sheet).collect();
    sheets.dedup();
    let charts: Vec<(u32, Rect)> = sheets
        .into_iter()
        .filter_map(|sheet| {
            let figures: Vec<&Block> = blocks.iter().filter(|b| b.sheet == sheet && is_figures(b)).collect();
            let size = figures.iter().map(|b| b.size()).fold(0.0, f32::max);
            let around = Rect::around(figures.iter().flat_map(|b| &b.lines).map(|l| l.bbox))?;
            let grown = Rect {
                x0: around.x0 - REACH * size,
                y0: around.y0 - REACH * size,
                x1: around.x1 + REACH * size,
                y1: around.y1 + REACH * size,
            };
            (figures.len() >= FEWEST).then_some((sheet, grown))
        })
        .collect();
    if charts.is_empty() {
        return blocks;
    }
    let in_chart = |b: &Block| {
        b.lines.first().is_some_and(|line| {
            let center = line.bbox.center();
            charts.iter().any(|(sheet, area)| {
                *sheet == b.sheet
                    && (area.x0..=area.x1).contains(&center.x)
                    && (area.y0..=area.y1).contains(&center.y)
            })
        })
    };
    blocks.into_iter().filter(|b| !(is_figures(b) || is_label(b)) || !in_chart(b)).collect()
}

/// Nothing but figures: ticks of an axis, values at bars.
fn is_figures(block: &Block) -> bool {
    let figure = |c: char| c.is_ascii_digit() || c.is_whitespace() || "%.,-–−+".contains(c);
    block.kind == BlockKind::Paragraph
        && block.text.chars().any(|c| c.is_ascii_digit())
        && block.text.chars().all(figure)
        && block.text.chars().count() <= 2 * LONGEST_LABEL
}

/// "Kvinnor", "jan feb mar".
fn is_label(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph
        && block.lines.len() == 1
        && block.text.chars().count() <= LONGEST_LABEL
        && !block.text.ends_with(['.', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyphs::plain_text::read_lines;
    use crate::layout::lay_out_text;
    use crate::records::document::MediaType;

    #[test]
    fn axes_go_and_figures_in_prose_stay() {
        let text = "Antalet ökar.\n\n   150\n\n      Kvinnor\n   100\n\n    50\n\n     0\n\n\
            Ökningen beror på att fler har flyttat in i området under de senaste åren.\n";
        let blocks = lay_out_text(&read_lines(text, MediaType::PlainText)).blocks;
        let kept: Vec<String> = without(blocks).into_iter().map(|b| b.text).collect();
        assert_eq!(
            kept,
            ["Antalet ökar.", "Ökningen beror på att fler har flyttat in i området under de senaste åren."]
        );
        let blocks = lay_out_text(&read_lines("Utfall\n\n12\n\nText.\n", MediaType::PlainText)).blocks;
        assert_eq!(without(blocks.clone()), blocks);
    }
}
