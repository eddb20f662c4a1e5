//! Diarienummer: the registration number of a matter.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A registration number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Diarienummer {
    /// The number as printed: "AMN-2022-00099".
    pub raw: String,
    /// The registry's letters: "AMN"; `null` where the number has none.
    pub registry: Option<String>,
    /// The year; `null` where the number has none.
    pub year: Option<i32>,
    /// The running number.
    pub serial: Option<u64>,
}
