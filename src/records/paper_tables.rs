//! The tables of a paper with what stands around them: the headings above and the text before.

use super::table::{Certainty, Table};
use crate::layout::{Block, BlockKind, Layout};
use crate::sections::Part;

/// Longest text before a table that can be its caption or name its unit, in characters.
const LONGEST_LEAD: usize = 80;

/// A table and its surroundings.
#[derive(Clone, Debug)]
pub(crate) struct PaperTable<'a> {
    /// The table.
    pub(crate) table: &'a Table,
    /// The part that it stands in.
    pub(crate) part: &'a Part,
    /// The headings above it, the nearest first.
    pub(crate) headings: Vec<&'a str>,
    /// The text directly before it in its part.
    pub(crate) lead: Option<&'a Block>,
    /// Whether it directly follows another table of its part.
    pub(crate) follows: bool,
}

impl PaperTable<'_> {
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
        self.table.caption.as_deref().or_else(|| self.headings.first().copied()).unwrap_or("a table")
    }
}

/// The tables of a paper in reading order.
pub(crate) fn tables_of<'a>(parts: &'a [Part], layout: &'a Layout) -> Vec<PaperTable<'a>> {
    let mut found = Vec::new();
    let mut above: Vec<(u32, &str)> = Vec::new();
    for part in parts {
        if let Some(heading) = &part.heading {
            above.retain(|(level, _)| *level < part.level);
            above.push((part.level, heading.text.as_str()));
        }
        let headings: Vec<&str> = above.iter().rev().map(|(_, text)| *text).collect();
        let mut before: Option<&Block> = None;
        for block in &part.blocks {
            if let BlockKind::Table(index) = block.kind
                && let Some(table) = layout.tables.get(index)
            {
                let follows = before.is_some_and(|b| matches!(b.kind, BlockKind::Table(_)));
                let lead = before.filter(|_| !follows);
                found.push(PaperTable { table, part, headings: headings.clone(), lead, follows });
            }
            before = Some(block);
        }
    }
    found
}
