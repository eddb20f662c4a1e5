//! Key figures (nyckeltal) that are set out as a calculation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::indicator::Unit;
use super::number::Number;
use super::period::Period;
use crate::place::At;

/// A key figure with the lines it is worked out from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyFigure {
    /// The heading that gathers several.
    pub group: Option<String>,
    /// What is worked out, without "1)".
    pub name: String,
    /// The period it is for.
    pub period: Option<Period>,
    /// What its amounts count in.
    pub unit: Option<Unit>,
    /// The lines of the calculation.
    pub lines: Vec<KeyFigureLine>,
    /// What the calculation gives.
    pub result: Option<KeyFigureResult>,
    /// Footnotes, their marks kept.
    pub notes: Vec<String>,
    /// Where it stands.
    pub at: At,
}

/// A line of the calculation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyFigureLine {
    /// What the line is about.
    pub label: String,
    /// The value's text.
    pub raw: String,
    /// The number; `null` when it cannot be read.
    pub value: Option<Number>,
    /// The unit, where it is not the key figure's.
    pub unit: Option<Unit>,
}

/// What the calculation gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyFigureResult {
    /// What the result is called.
    pub label: String,
    /// The value's text.
    pub raw: String,
    /// The number; `null` when it cannot be read.
    pub value: Option<Number>,
}
