//! One paper: a tjänsteskrivelse, one of its appendices, a kallelse.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::activity::{Activity, LegendEntry};
use super::agenda::AgendaItem;
use super::chart::Chart;
use super::claim::Claim;
use super::diarienummer::Diarienummer;
use super::financial_table::FinancialTable;
use super::indicator::Indicator;
use super::key_figure::KeyFigure;
use super::period::Period;
use super::proposal::{Proposal, SupportingDocument};
use super::section::Section;
use super::table::Table;
use crate::place::Place;

/// One paper of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// What kind of paper it is.
    pub kind: PaperKind,
    /// What the paper calls itself, in its own words; `null` when it does not say.
    pub document_type: Option<String>,
    /// 1 for "Bilaga 1"; `null` for a paper that is no appendix or whose number is unknown.
    pub attachment_number: Option<u32>,
    /// The title, without "Bilaga n".
    pub title: Option<String>,
    /// The municipality or region.
    pub municipality: Option<Municipality>,
    /// The committee whose paper it is, in the nominative: "Arbetsmarknadsnämnden".
    pub committee: Option<String>,
    /// The department that wrote it: "Arbetsmarknadsförvaltningen".
    pub department: Option<String>,
    /// The paper's own registration numbers.
    pub diarienummer: Vec<Diarienummer>,
    /// The date of the paper, ISO 8601.
    #[schemars(regex(pattern = super::DATE_PATTERN))]
    pub date: Option<String>,
    /// The date of the meeting that decides, ISO 8601.
    #[schemars(regex(pattern = super::DATE_PATTERN))]
    pub meeting_date: Option<String>,
    /// The period that a report covers.
    pub reporting_period: Option<Period>,
    /// Handläggare, in the paper's order.
    pub case_officers: Vec<String>,
    /// Those who have signed.
    pub signatories: Vec<Signatory>,
    /// Förslag till beslut; `null` when the paper has none.
    pub proposal: Option<Proposal>,
    /// The paper's sections as a tree, in reading order.
    pub sections: Vec<Section>,
    /// Beslutsunderlag.
    pub supporting_documents: Vec<SupportingDocument>,
    /// What the paper says its status words mean.
    pub status_legend: Vec<LegendEntry>,
    /// Whatever the paper follows up: aktiviteter, uppdrag, åtgärder, mål.
    pub activities: Vec<Activity>,
    /// Indicators with their values by period and by kvinnor/män.
    pub indicators: Vec<Indicator>,
    /// Budget and outcome tables.
    pub financial_tables: Vec<FinancialTable>,
    /// Key figures that are set out as a calculation.
    pub key_figures: Vec<KeyFigure>,
    /// Numbered charts.
    pub charts: Vec<Chart>,
    /// Counts that the prose states.
    pub claims: Vec<Claim>,
    /// The items of a kallelse.
    pub agenda: Vec<AgendaItem>,
    /// Every table as cells, also those that became records above.
    pub tables: Vec<Table>,
    /// The pages or lines of the paper.
    pub at: Vec<Place>,
}

/// What kind of paper it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// A paper in which officials put a matter before a committee, whatever the municipality calls it.
    Tjansteskrivelse,
    /// An appendix.
    Bilaga,
    /// Minutes, or an extract of them.
    Protokoll,
    /// A notice of meeting with its agenda.
    Kallelse,
    /// Anything else.
    Other,
}

/// A municipality or region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Municipality {
    /// Its official name: "Uppsala kommun".
    pub name: String,
    /// SCB's code: four digits for a municipality, two for a region.
    pub code: String,
}

/// Someone who has signed the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// Name as printed.
    pub name: String,
    /// Title or role as printed; `null` when none is printed.
    pub role: Option<String>,
}
