//! Periods: a year, a month, a quarter, a stretch of months.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A period of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The paper's words.
    pub raw: String,
    /// First day, ISO 8601; `null` where it is not known.
    #[schemars(regex(pattern = super::DATE_PATTERN))]
    pub start: Option<String>,
    /// Last day, ISO 8601; `null` where it is not known.
    #[schemars(regex(pattern = super::DATE_PATTERN))]
    pub end: Option<String>,
}
/// t
pub fn find_period(_t:&str)->Option<Period>{None}
