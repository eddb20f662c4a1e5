//! The proposal (förslag till beslut) and the documents it rests on (beslutsunderlag).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::place::At;

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
    /// The item's number: the printed one, or its place in the list; letters count from a = 1.
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
