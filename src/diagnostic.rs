//! What the reader of a document should know about it: one table of codes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::place::At;

/// Something that a reader of the data, or the clerk before the meeting, should know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Diagnostic {
    /// What kind of finding it is. Codes are never reused for something else.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What was found, in one English sentence; quotes are the paper's own words.
    pub message: String,
    /// Which paper of the file it concerns, from 1; `null` when it concerns the file.
    #[schemars(range(min = 1))]
    pub paper: Option<u32>,
    /// Where it was found; an empty list when it concerns the whole paper or file.
    pub at: At,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// A clerk should look.
    Warning,
    /// The paper cannot be used as it is.
    Error,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident;)+) => {
        /// The kinds of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum Code {
            $($(#[doc = $doc])+ #[serde(rename = $text)] $name,)+
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The code as it is written in documents and on the command line.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// What such a finding says, in one sentence.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+).trim_ascii()),+ }
            }

            /// How much such a finding matters unless the check that reports it knows better.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),+ }
            }
        }
    };
}

codes! {
    /// Two mentions of the same thing give it different statuses.
    StatusConflict = "status-conflict", Warning;
    /// Two mentions of the same thing give it different years of completion.
    ExpectedCompletionConflict = "expected-completion-conflict", Warning;
    /// Something that is followed up has no status that can be read.
    StatusMissing = "status-missing", Warning;
    /// A status is used that the paper's own legend does not explain.
    StatusNotInLegend = "status-not-in-legend", Info;
    /// A status word that the vocabulary lacks.
    StatusUnknown = "status-unknown", Warning;
    /// Several activities are reported in one section.
    SharedSection = "shared-section", Warning;
    /// The text states another count than the records show.
    CountMismatch = "count-mismatch", Warning;
    /// Two places give different periods or dates for the same thing.
    PeriodConflict = "period-conflict", Warning;
    /// The same thing is called by different numbers.
    NumberConflict = "number-conflict", Warning;
    /// A number that cannot be read.
    NumberUnreadable = "number-unreadable", Info;
    /// The same thing is called by different titles.
    TitleConflict = "title-conflict", Warning;
    /// The head calls the paper something that it is not.
    DocumentTypeConflict = "document-type-conflict", Info;
    /// Parts do not add up to the total that the table states.
    SumMismatch = "sum-mismatch", Warning;
    /// Values of the same kind are given with different signs.
    SignConflict = "sign-conflict", Info;
    /// A footnote mark without its note, or a note without its mark.
    FootnoteMismatch = "footnote-mismatch", Info;
    /// Cells were put back into the columns they belong to.
    CellsMoved = "cells-moved", Warning;
    /// A region looks like a table and cannot be read surely.
    TableUncertain = "table-uncertain", Warning;
    /// A text breaks off.
    TruncatedText = "truncated-text", Warning;
    /// A comment is missing where its neighbours have one.
    CommentMissing = "comment-missing", Info;
    /// The paper itself is unsure of a value.
    UncertainValue = "uncertain-value", Warning;
    /// The paper has no diarienummer.
    MissingDiarienummer = "missing-diarienummer", Info;
    /// The paper has no date.
    MissingDate = "missing-date", Info;
    /// A paper for decision has no proposal.
    MissingProposal = "missing-proposal", Warning;
    /// An appendix does not state its number; it follows from the list of supporting documents.
    AttachmentNumberInferred = "attachment-number-inferred", Info;
    /// A supporting document is named that the file does not hold, or the other way round.
    AttachmentMissing = "attachment-missing", Info;
    /// A paragraph stands twice.
    DuplicateParagraph = "duplicate-paragraph", Info;
    /// An indicator stands twice.
    DuplicateIndicator = "duplicate-indicator", Info;
    /// Two indicators have the same values.
    DuplicateValues = "duplicate-values", Info;
    /// A table stands twice.
    DuplicateTable = "duplicate-table", Info;
    /// A number was read by optical character recognition.
    OcrNumber = "ocr-number", Warning;
    /// A page could not be read.
    UnreadablePage = "unreadable-page", Error;
    /// A Swedish personal identity number stands in the paper.
    PersonalNumber = "personal-number", Warning;
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// The findings of a run, in the order they were made.
#[derive(Debug, Default)]
pub struct Report {
    /// All findings.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Add a finding with its code's own severity. `paper` counts from 1.
    pub fn add(&mut self, code: Code, paper: Option<u32>, at: At, message: impl Into<String>) {
        let severity = code.severity();
        self.diagnostics.push(Diagnostic { code, severity, message: message.into(), paper, at });
    }
}
