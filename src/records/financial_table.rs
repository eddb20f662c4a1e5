//! Financial tables: budget, outcome and forecast.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::indicator::{Basis, Missing, Unit};
use super::number::Number;
use super::period::Period;
use crate::place::At;

/// A table of money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FinancialTable {
    /// The caption, or the heading that the table stands under.
    pub title: Option<String>,
    /// What the values count in, where the table says so for all.
    pub unit: Option<Unit>,
    /// The columns of values, from left to right.
    pub columns: Vec<FinancialColumn>,
    /// The rows, from the top.
    pub rows: Vec<FinancialRow>,
    /// Where it stands.
    pub at: At,
}

/// A column of values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FinancialColumn {
    /// The heading, headings above it joined in front.
    pub label: String,
    /// The period that the heading names.
    pub period: Option<Period>,
    /// What the column holds.
    pub basis: Option<Basis>,
    /// The unit, where it is not the table's.
    pub unit: Option<Unit>,
}

/// A row of values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FinancialRow {
    /// What the row is about.
    pub label: String,
    /// The row without values that this one stands under.
    pub group: Option<String>,
    /// One value for each column.
    pub values: Vec<FinancialValue>,
    /// Whether the row sums up others.
    pub is_total: bool,
}

/// One value of a financial table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FinancialValue {
    /// The cell's text.
    pub raw: String,
    /// The number; `null` when the cell holds none.
    pub value: Option<Number>,
    /// Why there is no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
}
