//! A section of a paper: a heading and what stands under it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::layout::{Block, BlockKind};
use crate::place::At;
use crate::sections::Part;

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// What the section is about, by its heading.
    pub kind: SectionKind,
    /// The heading as printed, its number kept; `null` for text before the first heading and for the signatures.
    pub heading: Option<String>,
    /// Depth in the tree, from 1.
    #[schemars(range(min = 1))]
    pub level: u32,
    /// The section's own text: paragraphs separated by a blank line, list items one a line. Tables, subsections and
    /// what became a record are left out.
    pub text: String,
    /// Where it stands.
    pub at: At,
    /// Subsections.
    pub sections: Vec<Section>,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// Förslag till beslut.
    Proposal,
    /// Sammanfattning.
    Summary,
    /// Ärendet.
    Matter,
    /// Beredning.
    Preparation,
    /// Föredragning.
    Presentation,
    /// Bakgrund.
    Background,
    /// Ekonomiska konsekvenser.
    EconomicConsequences,
    /// Barnkonsekvensanalys.
    ChildImpact,
    /// Konsekvenser för jämställdhet.
    GenderEquality,
    /// Konsekvenser för miljö och klimat.
    Environment,
    /// Funktionshinderperspektiv.
    Disability,
    /// Other consequences.
    OtherConsequences,
    /// Beslutsunderlag.
    SupportingDocuments,
    /// Beslutet skickas till.
    Recipients,
    /// The signature block.
    Signatures,
    /// The explanation of status words.
    StatusLegend,
    /// Follow-up of activities, assignments, measures or goals.
    Activities,
    /// Indicators.
    Indicators,
    /// Key figures (nyckeltal).
    KeyFigures,
    /// Economy and budget.
    Finance,
    /// Risks.
    Risks,
    /// Any other section.
    Other,
}

/// Build the tree of sections from a paper's parts. Parts that became records of their own are left out by the caller.
#[must_use]
pub fn tree(parts: &[Part]) -> Vec<Section> {
    let mut roots: Vec<Section> = Vec::new();
    // Tables alone make no section.
    let says_something = |p: &&Part| p.heading.is_some() || p.blocks.iter().any(|b| !b.text.is_empty());
    for part in parts.iter().filter(says_something) {
        let section = Section {
            kind: part.kind,
            heading: part.heading.as_ref().map(|b| b.text.clone()),
            level: part.level,
            text: text_of(&part.blocks),
            at: part.at(),
            sections: Vec::new(),
        };
        insert(&mut roots, section, 1);
    }
    roots
}

fn insert(siblings: &mut Vec<Section>, mut section: Section, depth: u32) {
    match siblings.last_mut() {
        Some(last) if section.level > depth && last.heading.is_some() => {
            insert(&mut last.sections, section, depth + 1);
        }
        _ => {
            section.level = depth;
            siblings.push(section);
        }
    }
}

/// The running text of blocks: paragraphs parted by a blank line, list items one a line, tables left out.
#[must_use]
pub fn text_of(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut last_was_item = false;
    for block in blocks {
        if matches!(block.kind, BlockKind::Table(_)) || block.text.is_empty() {
            continue;
        }
        let is_item = matches!(block.kind, BlockKind::ListItem(_));
        if !text.is_empty() {
            text.push_str(if is_item && last_was_item { "\n" } else { "\n\n" });
        }
        text.push_str(&block.text_with_mark());
        last_was_item = is_item;
    }
    text
}
