//! The proposal (förslag till beslut) and the documents it rests on (beslutsunderlag).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::attachment;
use super::date;
use super::section::SectionKind;
use crate::layout::{Block, BlockKind};
use crate::place::At;
use crate::sections::Part;
use crate::vocabulary::Vocabulary;

/// Förslag till beslut.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// Who decides, in the nominative; `null` when the paper does not say.
    pub body: Option<String>,
    /// What is to be decided, one by one.
    pub items: Vec<ProposalItem>,
    /// Where the proposal stands.
    pub at: At,
}

/// One thing to be decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposalItem {
    /// The printed number; letters count from a = 1; `null` for bullets and plain sentences.
    pub number: Option<u32>,
    /// The item's text; "att" and a closing ", samt" are kept.
    pub text: String,
    /// Where it stands.
    pub at: At,
}

/// A document that the decision rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportingDocument {
    /// The document as the list names it.
    pub title: String,
    /// 1 for "Bilaga 1".
    pub attachment_number: Option<u32>,
    /// The date that the list gives it, ISO 8601.
    #[schemars(regex(pattern = super::DATE_PATTERN))]
    pub date: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// Read the proposal of a paper from its proposal parts.
#[must_use]
pub fn read(parts: &[Part], vocabulary: &Vocabulary) -> Option<Proposal> {
    let own = proposal_parts(parts);
    own.first()?;
    let mut proposal = Proposal { body: None, items: Vec::new(), at: At::default() };
    for part in &own {
        proposal.at.extend(&part.at());
        let named = part.heading.as_ref().and_then(|h| vocabulary.find_organ(&h.text)).and_then(|o| o.name);
        if let (None, Some(name)) = (&proposal.body, named) {
            proposal.body = Some(name);
        }
        for block in &part.blocks {
            read_block(block, &mut proposal, vocabulary);
        }
    }
    if proposal.body.is_none() {
        // "Nämnden för Teknik antar taxan": who acts in the first item decides.
        let first = proposal.items.first().and_then(|item| vocabulary.find_organ(&item.text));
        proposal.body = first.filter(|found| found.range.start == 0).and_then(|found| found.name);
    }
    (!proposal.items.is_empty() || proposal.body.is_some()).then_some(proposal)
}

/// The first part that is a proposal, and those below it.
fn proposal_parts(parts: &[Part]) -> Vec<&Part> {
    let Some(start) = parts.iter().position(|p| p.kind == SectionKind::Proposal) else { return Vec::new() };
    let level = parts[start].level;
    let below = parts[start + 1..]
        .iter()
        .take_while(|p| p.kind == SectionKind::Proposal || (p.level > level && p.heading.is_some()));
    std::iter::once(&parts[start]).chain(below).collect()
}

fn read_block(block: &Block, proposal: &mut Proposal, vocabulary: &Vocabulary) {
    let text = block.text.trim();
    if text.is_empty() {
        return;
    }
    if let (true, Some(last)) =
        (text.trim_end_matches([',', ':']).eq_ignore_ascii_case("samt"), proposal.items.last_mut())
    {
        last.text.push_str(" samt");
        last.at.extend(&block.at);
        return;
    }
    let decision = vocabulary.decision(text);
    if let Some(decision) = &decision {
        // Later items may hand on to other bodies.
        if proposal.body.is_none() && proposal.items.is_empty() {
            proposal.body.clone_from(&decision.body);
        }
        let rest = text[decision.rest_start.min(text.len())..].trim();
        let rest = rest.trim_start_matches([':', ',', ' ']);
        let leads_in = rest.is_empty()
            || rest.trim_end_matches(['.', ':']).eq_ignore_ascii_case("följande")
            || rest.eq_ignore_ascii_case("att");
        if leads_in && matches!(block.kind, BlockKind::Paragraph) {
            return;
        }
        if rest.starts_with("att ") && matches!(block.kind, BlockKind::Paragraph) {
            push(proposal, None, rest, block);
            return;
        }
    }
    if matches!(block.kind, BlockKind::Paragraph) && text.ends_with(':') && text.chars().count() < 120 {
        if proposal.body.is_none() {
            proposal.body = vocabulary.organ(text);
        }
        return;
    }
    let number = match &block.kind {
        BlockKind::ListItem(mark) => mark_number(mark),
        _ => None,
    };
    push(proposal, number, text, block);
}

fn push(proposal: &mut Proposal, number: Option<u32>, text: &str, block: &Block) {
    proposal.items.push(ProposalItem { number, text: text.to_owned(), at: block.at.clone() });
}

/// The number that a list mark stands for.
fn mark_number(mark: &str) -> Option<u32> {
    let body = mark.trim_matches(['(', ')', '.']);
    body.parse().ok().or_else(|| {
        let mut letters = body.chars();
        match (letters.next(), letters.next()) {
            (Some(letter @ 'a'..='z'), None) => Some(u32::from(letter) - u32::from('a') + 1),
            _ => None,
        }
    })
}

/// Read the documents that a paper's decision rests on.
#[must_use]
pub fn read_supporting_documents(parts: &[Part]) -> Vec<SupportingDocument> {
    let own = parts.iter().filter(|p| p.kind == SectionKind::SupportingDocuments);
    let mut found: Vec<SupportingDocument> = Vec::new();
    for (part, block) in own.flat_map(|p| p.blocks.iter().map(move |b| (p, b))) {
        let text = block.text.trim();
        let is_lead_in = text.ends_with(':') && matches!(block.kind, BlockKind::Paragraph);
        if text.is_empty() || is_lead_in || matches!(block.kind, BlockKind::Table(_)) {
            continue;
        }
        found.push(SupportingDocument {
            title: text.to_owned(),
            attachment_number: attachment::number(text).or_else(|| listed_number(part, block)),
            date: date::find_dates(text).into_iter().next().map(|(_, iso)| iso),
            at: block.at.clone(),
        });
    }
    found
}

/// In a list that is headed "Bilagor" an item's number is the appendix's.
fn listed_number(part: &Part, block: &Block) -> Option<u32> {
    let heading = part.heading.as_ref()?.text.to_lowercase();
    match &block.kind {
        BlockKind::ListItem(mark)
            if heading.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with("bilag") =>
        {
            mark_number(mark)
        }
        _ => None,
    }
}
