//! Activities: whatever a paper follows up, and how it stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::status::Status;
use crate::place::At;

/// One thing that the paper follows up, however often it mentions it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// What sort of thing it is.
    pub kind: ActivityKind,
    /// The paper's own word: "Aktivitet", "Uppdrag", "Åtgärd".
    pub label: Option<String>,
    /// The paper's own number: "1a", "2.1"; `null` where it has none.
    pub number: Option<String>,
    /// What it is about.
    pub title: Option<String>,
    /// The thing that this one is part of: a measure's assignment.
    pub parent: Option<Reference>,
    /// The heading that gathers several: "Fokusmål 1: …".
    pub group: Option<String>,
    /// How it stands.
    pub status: Option<Status>,
    /// When it is expected to be done.
    pub expected_completion: Option<ExpectedCompletion>,
    /// What the paper tells of it.
    pub narrative: Option<String>,
    /// Every place where the paper mentions it.
    pub mentions: Vec<Mention>,
}

/// What sort of thing is followed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// Aktivitet.
    Activity,
    /// Uppdrag, direktiv.
    Assignment,
    /// Åtgärd, insats.
    Measure,
    /// Mål, nämndmål.
    Goal,
    /// Something else.
    Other,
}

/// A numbered thing, by kind and number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// What sort of thing it is.
    pub kind: ActivityKind,
    /// Its number in the paper.
    pub number: String,
}

/// When something is expected to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectedCompletion {
    /// The paper's words.
    pub raw: String,
    /// The year; `null` when none is given.
    pub year: Option<i32>,
    /// Whether it goes on without an end ("Ständigt pågående").
    pub open_ended: bool,
}

/// One place where the paper mentions an activity, with what it says there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    /// Where in the paper's structure the mention stands.
    pub origin: Origin,
    /// The title given here.
    pub title: Option<String>,
    /// The status given here.
    pub status: Option<Status>,
    /// The expected completion given here.
    pub expected_completion: Option<ExpectedCompletion>,
    /// Where it stands.
    pub at: At,
}

/// Where in a paper's structure a mention stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A table's row.
    Table,
    /// A section of its own.
    Section,
    /// An item of a list.
    List,
    /// Running text.
    Text,
}

/// What the paper says that a status word means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LegendEntry {
    /// The status.
    pub status: Status,
    /// The paper's explanation.
    pub description: String,
    /// Where it stands.
    pub at: At,
}
