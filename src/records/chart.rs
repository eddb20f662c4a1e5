//! Charts: their captions and what the paper says of them. The curves themselves are not read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::layout::Block;
use crate::place::At;

/// A numbered chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// 1 for "Diagram 1".
    pub number: Option<u32>,
    /// What the chart shows.
    pub caption: String,
    /// The trend that the paper states.
    pub trend: Option<Trend>,
    /// What follows the trend.
    pub comment: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// A trend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trend {
    /// Which way.
    pub code: TrendCode,
    /// The paper's words.
    pub raw: String,
}

/// Which way a trend goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrendCode {
    /// Better.
    Positive,
    /// Worse.
    Negative,
    /// Unchanged.
    Flat,
}

/// Whether a block is a chart's caption: "DIAGRAM 1 Andel av de vuxna …".
#[must_use]
pub fn is_caption(block: &Block) -> bool {
    let mut words = block.text.split_whitespace();
    let named = words.next().is_some_and(|w| matches!(w.to_lowercase().as_str(), "diagram" | "figur"));
    named && words.next().is_some_and(|w| w.trim_end_matches(['.', ':']).chars().all(|c| c.is_ascii_digit()))
}
