//! The agenda of a kallelse.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::diarienummer::Diarienummer;
use crate::place::At;

/// An item of the agenda.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgendaItem {
    /// The item's number; `null` when it has none.
    pub number: Option<u32>,
    /// What the item is about.
    pub title: String,
    /// The matter's registration number.
    pub diarienummer: Option<Diarienummer>,
    /// The proposal, where the agenda gives it.
    pub proposal: Option<String>,
    /// The papers of the matter that the same file holds, in their order, counted from 1; empty when it holds none.
    #[serde(default)]
    pub papers: Vec<u32>,
    /// Where it stands.
    pub at: At,
}
