//! What words can mean where no record has a type for it: labels, columns, forms of a body's name.

use serde::{Deserialize, Deserializer};

use crate::records::activity::ActivityKind;

/// What a label in the head of a paper announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// "E-post", "Adress", "Postadress": where to write.
    Address,
    /// "Gäller för".
    AppliesTo,
    /// "Bilaga", "Bilagor".
    Attachment,
    /// "Handläggare", "Vår referens", "Kontaktperson".
    CaseOfficer,
    /// "Diariekod", "Klassificering".
    Classification,
    /// "Nämnd", "Till", "Instans".
    Committee,
    /// "Innehållsförteckning": the heading of a table of contents.
    Contents,
    /// "Datum".
    Date,
    /// "Beslutad av".
    DecidedBy,
    /// "Förvaltning", "Avdelning".
    Department,
    /// "Diarienummer", "Dnr", "Vår beteckning".
    Diarienummer,
    /// "Dokumenttyp".
    DocumentType,
    /// "E-post".
    Email,
    /// "Sammanträdesdatum", "Nämndbehandlas".
    MeetingDate,
    /// "Ert diarienummer", "Er beteckning": another's number.
    OtherDiarienummer,
    /// "Sida".
    Page,
    /// "Telefon".
    Phone,
    /// "Status" in a report's head: how the report stands, not what it tells of.
    ReportStatus,
    /// "Rapportperiod", "Avser".
    ReportingPeriod,
    /// "Ärende", "Rubrik".
    Title,
    /// "Version".
    Version,
    /// A label whose value no record keeps.
    Other,
}

/// What the heading of a table's column announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// A judgement: "Bedömning".
    Assessment,
    /// Whom a row is for: "Kön".
    Breakdown,
    /// "Kommentar".
    Comment,
    /// "Källa".
    DataSource,
    /// "Färdiggrad".
    Degree,
    /// "Beskrivning", "Vad bedömningen avser".
    Description,
    /// A registration number: "Beteckning", "Dnr".
    Diarienummer,
    /// "Bedöms bli färdig", "Klart", "Slutdatum".
    ExpectedCompletion,
    /// "Indikator", "Mått", "Nyckeltal".
    Indicator,
    /// An id in the database Kolada: "Kolada-id".
    KoladaId,
    /// What the rows of a table of figures are about: "Verksamhet", "Belopp i tkr".
    Label,
    /// "Nr".
    Number,
    /// Föredragande at the meeting.
    Presenter,
    /// "Prioritet".
    Priority,
    /// "Förslag till beslut" in an agenda.
    Proposal,
    /// "Uppdrag/Åtgärd": what an indicator belongs to.
    RelatesTo,
    /// "Ansvarig".
    Responsible,
    /// "Status".
    Status,
    /// "Mål", "Målvärde".
    Target,
    /// "Tid", "Klockslag" in an agenda.
    Time,
    /// "Aktivitet", "Uppdrag", "Ärende": what the row is about, in words.
    Title,
    /// "Trend".
    Trend,
    /// "Enhet".
    Unit,
    /// A column whose content no record keeps.
    Other,
}

impl Column {
    /// Whether no table of things followed up has such a column: figures, agendas and forms do. "Ansvar" numbers
    /// accounts in a table of money; beside a title and its status it says who is responsible.
    pub fn is_foreign(self, beside_title_and_status: bool) -> bool {
        match self {
            Self::Label => !beside_title_and_status,
            Self::Indicator
            | Self::DataSource
            | Self::Diarienummer
            | Self::Proposal
            | Self::Presenter
            | Self::Time => true,
            _ => false,
        }
    }
}

/// What a word for something that is followed up means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityWord {
    /// Aktivitet.
    Activity,
    /// Uppdrag, direktiv.
    Assignment,
    /// Mål, nämndmål.
    Goal,
    /// Fokusmål: a heading that gathers several things, itself none of them.
    Group,
    /// Åtgärd, insats.
    Measure,
    /// Something else that is followed up.
    Other,
}

impl ActivityWord {
    /// The kind of record that the word heads; `None` for a word that gathers several.
    #[must_use]
    pub fn kind(self) -> Option<ActivityKind> {
        match self {
            Self::Activity => Some(ActivityKind::Activity),
            Self::Assignment => Some(ActivityKind::Assignment),
            Self::Goal => Some(ActivityKind::Goal),
            Self::Group => None,
            Self::Measure => Some(ActivityKind::Measure),
            Self::Other => Some(ActivityKind::Other),
        }
    }
}

/// What part a word has in the name of a committee or department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamePart {
    /// The last part of an adjective, after which the name goes on: "bart" of "Nämnden för hållbart byggande".
    Adjective,
    /// Joins the parts of a name: "och", "&".
    And,
    /// The last part of a compound: "nämnden" of "Socialnämnden". The canonical form is the definite nominative.
    Ending,
    /// Stands between "nämnden" and what it is for: "för".
    For,
    /// A word for a body that is named elsewhere: "nämnden".
    Generic,
    /// What follows the name of a place: "stadsdelsnämnd" of "Södermalms stadsdelsnämnd".
    Local,
    /// A name by itself: "Kommunfullmäktige".
    Name,
    /// A word that looks like such a name and is none: "Länsstyrelsen".
    Not,
    /// What belongs to a body and makes the s before it a genitive: "förslag" of "Nämnden för Tekniks förslag".
    Owned,
    /// What may follow a name in the genitive: "arbetsutskott" of "Kommunstyrelsens arbetsutskott".
    Part,
    /// A word before an ending that stands alone: "tekniska" of "Tekniska nämnden".
    Qualifier,
    /// A word after "för" that begins no name: "beslut" of "till nämnden för beslut".
    Stop,
}

/// What a word does in a line that says who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleWord {
    /// Stands behind a place for the paper's date: "Lund som ovan".
    AsAbove,
    /// The last part of a compound: "chef" of "Enhetschef".
    Ending,
    /// Stands before a role: "T.f.", "Biträdande".
    Modifier,
    /// Stands above the names of those who sign, with whom they sign for or alone: "För", "Enligt uppdrag".
    SignsFor,
    /// A role by itself: "Handläggare".
    Word,
}

/// What a sentence that leads in a decision says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionPhrase {
    /// Somebody proposes what the body does: "Förvaltningen föreslår att nämnden antar planen".
    Acts,
    /// The body decides: "Socialnämnden beslutar".
    Decides,
    /// Somebody proposes that the body decides: "Förvaltningen föreslår att nämnden beslutar".
    Proposes,
}

/// What a form of number, or the prefix of one, belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberSeries {
    /// A form that is a registration number wherever it stands.
    Free,
    /// A form that is a registration number only beside a label.
    Labelled,
    /// A word that stands before numbers and is no registry: "Nr", "Budget".
    NoRegistry,
    /// An official series of the state: "SOU", "SFS", "prop.".
    Official,
    /// The registry of another authority: "TRV".
    OtherAuthority,
}

/// What part a word has in the name of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodWord {
    /// What follows is the end, counted from the beginning of its year: "ackumulerat mars".
    Accumulated,
    /// What follows is the end: "per mars 2022".
    AsOf,
    /// What follows is what a value is compared with: "jämfört med föregående år".
    ComparedWith,
    /// Adds nothing to a year: "helår 2025".
    FullYear,
    /// Halvår.
    HalfYear,
    /// Delår: begins with the year and ends when the municipality has decided.
    Interim,
    /// "Första".
    #[serde(rename = "ordinal_1")]
    First,
    /// "Andra".
    #[serde(rename = "ordinal_2")]
    Second,
    /// "Tredje".
    #[serde(rename = "ordinal_3")]
    Third,
    /// "Fjärde".
    #[serde(rename = "ordinal_4")]
    Fourth,
    /// The paper's own period: "perioden".
    Own,
    /// Kvartal.
    Quarter,
    /// Only the paper's own period settles it: "innevarande år".
    Relative,
    /// Läsår.
    SchoolYear,
    /// Half a school year or a season: "HT", "våren".
    Term,
    /// Tertial: four months.
    Tertial,
    /// Joins two ends: "januari till mars".
    Through,
    /// A year earlier than the paper's own period: "fg år".
    YearBefore,
    /// The same, counted from the beginning of its year where an outcome is meant: "till och med".
    UpTo,
}

impl PeriodWord {
    /// The number that an ordinal stands for.
    #[must_use]
    pub fn ordinal(self) -> Option<u32> {
        match self {
            Self::First => Some(1),
            Self::Second => Some(2),
            Self::Third => Some(3),
            Self::Fourth => Some(4),
            _ => None,
        }
    }
}

/// What part a row has in a table of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowWord {
    /// What is left of the sums above it: "Netto". Without sums above, an amount of its own.
    Net,
    /// What rows above it come to, alone in the label: "Resultat".
    Result,
    /// Sums up rows above it; what it sums up may stand beside it: "Summa kostnader", "Nämnden totalt".
    Sum,
    /// Is a part of the row above it: "varav personal".
    Part,
    /// Is for people of an age: "30–49 år".
    Age,
}

/// What a caption stands over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptionWord {
    /// A drawing of figures: "Diagram 1".
    Chart,
    /// Figures in rows and columns: "Tabell 1".
    Table,
}

/// What a small word does at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkingWord {
    /// Calls for more: no heading ends with "och" or "från".
    Links,
}

/// What a word does in a sentence of status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusPhrase {
    /// Stands between "bedöms" and what is expected: "vara", "bli".
    Becomes,
    /// What follows holds: "men".
    But,
    /// Stands before a year: "under".
    During,
    /// What follows is expected: "bedöms".
    Expects,
    /// Adds nothing: "enligt plan".
    Filler,
    /// Joins a thing to its status: "är".
    Is,
    /// Goes on with another clause: "och".
    Joins,
    /// Joins in a heading: "som" of "Uppdrag som bedöms bli färdiga 2026".
    That,
}

/// What a word says of a line that may be a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameWord {
    /// The last part of a word that no personal name has: "gatan".
    NotEnding,
    /// A word that no personal name has: "Stadshuset".
    NotWord,
    /// A small word within names: "von".
    Particle,
    /// How a note begins that says that a paper is signed: "Dokumentet är elektroniskt signerat".
    SigningNote,
}

/// What a word does where prose counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimWord {
    /// Says that a number is the whole: "totalt".
    InAll,
    /// Stands before what somebody says: "visar att".
    LeadsIn,
    /// Leads in the whole that something is counted out of: "av".
    Of,
    /// The same, of what was named before: "varav", "av dessa".
    OfThese,
    /// Begins a clause on those that are left: "resten".
    Rest,
    /// The paper's own year: "i år".
    ThisYear,
    /// What is measured and not followed up: "år", "procent".
    Measure,
}

/// A number in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberWord {
    /// "Samtliga", "alla".
    All,
    /// "Två".
    Count(u32),
}

impl<'de> Deserialize<'de> for NumberWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = NumberWord;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a whole number or \"all\"")
            }
            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<NumberWord, E> {
                u32::try_from(value)
                    .map(NumberWord::Count)
                    .map_err(|_| E::invalid_value(serde::de::Unexpected::Unsigned(value), &self))
            }
            // A user's file has all its numbers in this type.
            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<NumberWord, E> {
                u32::try_from(value)
                    .map(NumberWord::Count)
                    .map_err(|_| E::invalid_value(serde::de::Unexpected::Signed(value), &self))
            }
            fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<NumberWord, E> {
                if value == "all" {
                    Ok(NumberWord::All)
                } else {
                    Err(E::invalid_value(serde::de::Unexpected::Str(value), &self))
                }
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
