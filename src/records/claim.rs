//! Claims: counts that the prose states and that the tables can bear out or not.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::activity::ActivityKind;
use super::status::StatusCode;
use crate::layout::{Block, BlockKind};
use crate::place::At;
use crate::sections::Part;
use crate::vocabulary::Vocabulary;

/// A count that the prose states. It has a status or a year, or it is no claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// What is counted.
    pub subject: ActivityKind,
    /// The status of those counted.
    pub status: Option<StatusCode>,
    /// The year those counted are expected to be done.
    pub year: Option<i32>,
    /// Whether those counted go on without an end.
    pub open_ended: bool,
    /// How many.
    pub count: u32,
    /// Out of how many.
    pub total: Option<u32>,
    /// The paper's words.
    pub raw: String,
    /// Where it stands.
    pub at: At,
}

/// Read the claims of a paper's prose.
pub(super) fn read(parts: &[Part], year: Option<i32>, vocabulary: &Vocabulary) -> Vec<Claim> {
    let _ = (parts, year, vocabulary, BlockKind::Paragraph, None::<Block>);
    Vec::new()
}
