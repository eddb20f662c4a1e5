//! The tables of a paper with what stands around them: the headings above and the text before.

use super::caption_text;
use super::table::{Certainty, Table};
use super::table_grid::TableGrid;
use super::table_pieces::{Piece, pieces_of};
use crate::layout::{Block, BlockKind, Layout};
use crate::place::{At, Place};
use crate::sections::Part;
use crate::vocabulary::Vocabulary;

/// Longest text before a table that can be its caption or name its unit, in characters.
const LONGEST_LEAD: usize = 80;

/// Most room between two tables that are one, with a line between, in points.
const MOST_BETWEEN: f64 = 40.0;
/// How far the edges of two tables that are one may differ, in points.
const EDGE_SLACK: f64 = 3.0;
/// How much further right, in parts of its width, one of them may end.
const RAGGED: f64 = 0.05;
/// The same in lines of a text, counted from the last line to the first.
const MOST_LINES: u32 = 4;

/// A table and its surroundings.
#[derive(Clone, Debug)]
pub(crate) struct PaperTable<'a> {
    /// The table, or the one that this is a piece of.
    pub(crate) table: &'a Table,
    /// Which of the paper's tables that is, from 0.
    pub(crate) number: usize,
    /// Its rows.
    pub(crate) grid: TableGrid<'a>,
    /// Where it stands.
    pub(crate) at: At,
    /// What the row above it calls it, where it is a further piece of a table.
    pub(crate) title: Option<&'a str>,
    /// The part that it stands in.
    pub(crate) part: &'a Part,
    /// The headings above it, the nearest first.
    pub(crate) headings: Vec<&'a str>,
    /// The text directly before it in its part.
    pub(crate) lead: Option<&'a Block>,
    /// The texts directly after it in its part, up to the next table.
    pub(crate) after: &'a [Block],
    /// Whether it directly follows another table of its part.
    pub(crate) follows: bool,
    /// The line that stands alone between it and a table of the same width right before it: where this one goes on with
    /// that, it names the group of the rows.
    pub(crate) between: Option<&'a str>,
    /// The line below the paper's title that says what all its amounts count in: "Belopp i tkr".
    pub(crate) paper_unit: Option<&'a str>,
}

impl<'a> PaperTable<'a> {
    /// A table with nothing around it.
    #[cfg(test)]
    pub(crate) fn alone(table: &'a Table, part: &'a Part) -> Self {
        Self {
            table,
            number: 0,
            grid: TableGrid::new(table),
            at: table.at.iter().copied().collect(),
            title: None,
            part,
            headings: Vec::new(),
            lead: None,
            after: &[],
            follows: false,
            between: None,
            paper_unit: None,
        }
    }

    /// Whether its cells can be relied on.
    pub(crate) fn is_sure(&self) -> bool {
        self.table.certainty == Certainty::Sure
    }

    /// The text before it, where it is short enough to be a caption or to name a unit.
    pub(crate) fn lead_line(&self) -> Option<&str> {
        self.lead.map(|block| block.text.as_str()).filter(|text| text.chars().count() <= LONGEST_LEAD)
    }

    /// The words that a message names it by.
    pub(crate) fn name(&self) -> &str {
        self.title
            .or(self.table.caption.as_deref())
            .or_else(|| self.headings.first().copied())
            .unwrap_or("a table")
    }
}

/// The tables of a paper in reading order.
pub(crate) fn tables_of<'a>(
    parts: &'a [Part],
    layout: &'a Layout,
    vocabulary: &Vocabulary,
) -> Vec<PaperTable<'a>> {
    let above_headings = parts.iter().take_while(|part| part.heading.is_none()).flat_map(|part| &part.blocks);
    let paper_unit = above_headings
        .map(|block| block.text.as_str())
        .find(|text| caption_text::says_only_unit(text, vocabulary));
    let mut found = Vec::new();
    let mut number = 0;
    let mut above: Vec<(u32, &str)> = Vec::new();
    // The last table, and what stood after it.
    let mut last: Option<(&Table, Vec<&Block>)> = None;
    for part in parts {
        if let Some(heading) = &part.heading {
            above.retain(|(level, _)| *level < part.level);
            above.push((part.level, heading.text.as_str()));
            if let Some((_, after)) = &mut last {
                after.push(heading);
            }
        }
        let headings: Vec<&str> = above.iter().rev().map(|(_, text)| *text).collect();
        let mut before: Option<&Block> = None;
        for (place, block) in part.blocks.iter().enumerate() {
            if let BlockKind::Table(index) = block.kind
                && let Some(table) = layout.tables.get(index)
            {
                let follows = before.is_some_and(|b| matches!(b.kind, BlockKind::Table(_)));
                let lead = before.filter(|_| !follows);
                let rest = &part.blocks[place + 1..];
                let texts = rest.iter().take_while(|b| !matches!(b.kind, BlockKind::Table(_))).count();
                let between = last
                    .as_ref()
                    .filter(|(earlier, _)| are_close(earlier, table))
                    .and_then(|(_, after)| only_line(after));
                for Piece { grid, title, is_first, at } in pieces_of(table, vocabulary) {
                    found.push(PaperTable {
                        table,
                        number,
                        grid,
                        at,
                        title,
                        part,
                        headings: headings.clone(),
                        lead: lead.filter(|_| is_first),
                        after: &rest[..texts],
                        follows: follows || !is_first,
                        between: between.filter(|_| is_first),
                        paper_unit,
                    });
                }
                number += 1;
                last = Some((table, Vec::new()));
            } else if let Some((_, after)) = &mut last {
                after.push(block);
            }
            before = Some(block);
        }
    }
    found
}

/// The text of a line that stands alone and is no sentence.
fn only_line<'a>(between: &[&'a Block]) -> Option<&'a str> {
    let [line] = between else { return None };
    let text = line.text.trim();
    let is_line = line.lines.len() == 1
        && text.chars().count() <= LONGEST_LEAD
        && text.chars().any(char::is_alphabetic)
        && !text.ends_with(['.', ':', ';', ',']);
    is_line.then_some(text)
}

/// Whether a table stands close below another with the same edges, with room for one line between, or on the next page.
fn are_close(earlier: &Table, later: &Table) -> bool {
    match (earlier.at.last(), later.at.first()) {
        (Some(Place::Page(one)), Some(Place::Page(other))) => {
            // Where no line is drawn, the right edge is that of the last column's longest text.
            let ragged = RAGGED * (one.bbox[2] - one.bbox[0]);
            let same_edges = (one.bbox[0] - other.bbox[0]).abs() <= EDGE_SLACK
                && (one.bbox[2] - other.bbox[2]).abs() <= ragged.max(EDGE_SLACK);
            let turns = one.page + 1 == other.page;
            same_edges && (turns || one.page == other.page && other.bbox[1] - one.bbox[3] <= MOST_BETWEEN)
        }
        (Some(Place::Lines(one)), Some(Place::Lines(other))) => {
            other.line.saturating_sub(one.end_line) <= MOST_LINES
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;

    fn table(page: u32, top: f32, right: f32) -> Table {
        let area = Rect { x0: 50.0, y0: top, x1: right, y1: top + 60.0 };
        let at = vec![Place::on_page(page, area)];
        Table { caption: None, header_rows: 0, certainty: Certainty::Sure, rows: Vec::new(), at }
    }

    #[test]
    fn tables_that_may_be_one() {
        let one = table(1, 100.0, 500.0);
        assert!(are_close(&one, &table(1, 180.0, 501.0)));
        assert!(are_close(&one, &table(2, 60.0, 500.0)));
        assert!(!are_close(&one, &table(1, 300.0, 500.0)));
        assert!(!are_close(&one, &table(1, 180.0, 400.0)));
    }
}
