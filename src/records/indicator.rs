//! Indicators: what is measured, by period and by kvinnor/män.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::activity::Reference;
use super::number::Number;
use super::period::Period;
use crate::place::At;

/// Something that the paper measures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// What is measured.
    pub name: String,
    /// The number in the row's column Åtgärd or Nr; `null` when it has none.
    pub activity_number: Option<String>,
    /// The heading above the table that gathers several indicators.
    pub group: Option<String>,
    /// What the values count in.
    pub unit: Option<Unit>,
    /// The direction or value that is aimed for. A number for a period stands among the values, with the basis `target`,
    /// and not here.
    pub target: Option<Target>,
    /// Where the paper says that the figures come from.
    pub data_source: Option<String>,
    /// The paper's comment.
    pub comment: Option<String>,
    /// Ids in the database Kolada, such as U40455.
    pub kolada_ids: Vec<String>,
    /// What the indicator belongs to: "Uppdrag 34 Åtgärd 24".
    pub relates_to: Vec<Reference>,
    /// The values, row by row, period by period.
    pub values: Vec<IndicatorValue>,
    /// Where it stands.
    pub at: At,
}

/// What values count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Per cent.
    Percent,
    /// Things or people.
    Count,
    /// Thousands of kronor.
    Tkr,
    /// Millions of kronor.
    Mnkr,
    /// Kronor.
    Sek,
    /// Days.
    Days,
    /// Something else.
    Other,
}

impl Unit {
    /// Whether it counts money.
    pub(crate) fn is_money(self) -> bool {
        matches!(self, Self::Tkr | Self::Mnkr | Self::Sek)
    }
}

/// The direction or value that is aimed for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// What is aimed for.
    pub code: TargetCode,
    /// The paper's words.
    pub raw: String,
}

/// What is aimed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetCode {
    /// Öka.
    Increase,
    /// Minska.
    Decrease,
    /// Behåll.
    Keep,
    /// A value to reach.
    Value,
}

/// One value of an indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorValue {
    /// The period that the column is for.
    pub period: Period,
    /// What the column holds, where its heading says so.
    pub basis: Option<Basis>,
    /// Whom the value is for.
    pub breakdown: Breakdown,
    /// The label of the row or column, where the breakdown is `other`: "Riket".
    pub breakdown_label: Option<String>,
    /// The cell's text.
    pub raw: String,
    /// The number; `null` when the cell holds none.
    pub value: Option<Number>,
    /// Why there is no number.
    pub missing: Option<Missing>,
}

/// What a column of figures holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Utfall, bokslut.
    Outcome,
    /// Budget, kommunbidrag.
    Budget,
    /// Plan.
    Plan,
    /// Prognos.
    Forecast,
    /// Målvärde.
    Target,
    /// Avvikelse.
    Deviation,
}

/// Whom a value is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Breakdown {
    /// All.
    Total,
    /// Kvinnor.
    Women,
    /// Män.
    Men,
    /// Another part, named by its label.
    Other,
}

/// Why a cell has no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// "Värde saknas", "..", "i.u.".
    NotAvailable,
    /// "-", "–".
    NotApplicable,
    /// The cell is empty.
    Blank,
    /// The cell holds words: "Stängt".
    InWords,
}
