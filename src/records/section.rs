//! A section of a paper: a heading and what stands under it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::place::At;

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// What the section is about, by its heading.
    pub kind: SectionKind,
    /// The heading as printed, its number kept; `null` for text before the first heading and for the signatures.
    pub heading: Option<String>,
    /// Depth in the tree, from 1.
    #[schemars(range(min = 1))]
    pub level: u32,
    /// The section's own text: paragraphs separated by a blank line, list items one a line. Tables, subsections and
    /// what became a record are left out.
    pub text: String,
    /// Where it stands.
    pub at: At,
    /// Subsections.
    pub sections: Vec<Section>,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// Förslag till beslut.
    Proposal,
    /// Sammanfattning.
    Summary,
    /// Ärendet.
    Matter,
    /// Beredning.
    Preparation,
    /// Föredragning.
    Presentation,
    /// Bakgrund.
    Background,
    /// Ekonomiska konsekvenser.
    EconomicConsequences,
    /// Barnkonsekvensanalys.
    ChildImpact,
    /// Konsekvenser för jämställdhet.
    GenderEquality,
    /// Konsekvenser för miljö och klimat.
    Environment,
    /// Funktionshinderperspektiv.
    Disability,
    /// Other consequences.
    OtherConsequences,
    /// Beslutsunderlag.
    SupportingDocuments,
    /// Beslutet skickas till.
    Recipients,
    /// The signature block.
    Signatures,
    /// The explanation of status words.
    StatusLegend,
    /// Follow-up of activities, assignments, measures or goals.
    Activities,
    /// Indicators.
    Indicators,
    /// Key figures (nyckeltal).
    KeyFigures,
    /// Economy and budget.
    Finance,
    /// Risks.
    Risks,
    /// Any other section.
    Other,
}
