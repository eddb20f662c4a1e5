//! Statuses: how something that is followed up stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A status: what it means, and what the paper says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// What it means.
    pub code: StatusCode,
    /// The paper's words.
    pub raw: String,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusCode {
    /// Ej påbörjad.
    NotStarted,
    /// Väntar.
    Waiting,
    /// Påbörjad, pågående.
    Ongoing,
    /// Avviker från plan.
    Deviating,
    /// Försenad.
    Delayed,
    /// Färdig, klar, avslutad, genomförd.
    Completed,
    /// Stoppad, utgår.
    Stopped,
    /// A status that the vocabulary lacks.
    Unknown,
}
/// t
pub struct StatusSentence; impl StatusSentence { /// t
pub fn read(t:&str,_v:&crate::vocabulary::Vocabulary)->Option<()>{ (t.len()<120&&(t.contains("påbörjad")||t.contains("påbörjat")||t.contains("påbörjats")||t.contains("bedöms vara färdigt"))).then_some(()) } }
