//! Stage 6: does it agree with itself?
//!
//! In go the records of a file's papers and what reading noticed beside them, out come diagnostics. Each check is one
//! file with one function over one paper and those it belongs with; none changes a record, and none reads the file
//! again. What it means, why it matters and what to do stands in `docs/checks`, one page a code.
//!
//! A check that cannot be sure says nothing. Its page and its module say what makes it sure.

mod attachment_missing;
mod comment_missing;
mod count_mismatch;
mod document_type_conflict;
mod duplicate_indicator;
mod duplicate_paragraph;
mod duplicate_table;
mod duplicate_values;
mod expected_completion_conflict;
mod footnote_mismatch;
mod in_words;
mod missing_date;
mod missing_diarienummer;
mod missing_proposal;
mod named;
mod number_conflict;
mod period_conflict;
mod personal_number;
mod sign_conflict;
mod status_conflict;
mod status_not_in_legend;
mod sum_mismatch;
#[cfg(test)]
mod testing;
mod texts;
mod title_conflict;
mod truncated_text;
mod wording;

use crate::diagnostic::{Code, Diagnostic, Report, Severity};
use crate::place::{At, Place};
use crate::records::noticed::Noticed;
use crate::records::paper::{Paper, PaperKind};
use crate::vocabulary::Vocabulary;

/// The checks, in the order of the codes.
const CHECKS: &[(Code, Check)] = &[
    (Code::StatusConflict, status_conflict::check),
    (Code::ExpectedCompletionConflict, expected_completion_conflict::check),
    (Code::StatusNotInLegend, status_not_in_legend::check),
    (Code::CountMismatch, count_mismatch::check),
    (Code::PeriodConflict, period_conflict::check),
    (Code::NumberConflict, number_conflict::check),
    (Code::TitleConflict, title_conflict::check),
    (Code::DocumentTypeConflict, document_type_conflict::check),
    (Code::SumMismatch, sum_mismatch::check),
    (Code::SignConflict, sign_conflict::check),
    (Code::FootnoteMismatch, footnote_mismatch::check),
    (Code::TruncatedText, truncated_text::check),
    (Code::CommentMissing, comment_missing::check),
    (Code::MissingDiarienummer, missing_diarienummer::check),
    (Code::MissingDate, missing_date::check),
    (Code::MissingProposal, missing_proposal::check),
    (Code::AttachmentMissing, attachment_missing::check),
    (Code::DuplicateParagraph, duplicate_paragraph::check),
    (Code::DuplicateIndicator, duplicate_indicator::check),
    (Code::DuplicateValues, duplicate_values::check),
    (Code::DuplicateTable, duplicate_table::check),
    (Code::PersonalNumber, personal_number::check),
];

/// How many numbers of a paper stand in sums that are exact: what was read from a picture is then read right.
#[must_use]
pub fn confirmed_by_sums(paper: &Paper) -> usize {
    sum_mismatch::confirmed(paper)
}

type Check = fn(&Subject<'_>) -> Vec<Finding>;

/// A paper and what a check may compare it with.
struct Subject<'a> {
    paper: &'a Paper,
    noticed: &'a Noticed,
    /// The paper that this one is an appendix of, where the file holds it.
    main: Option<&'a Paper>,
    /// The appendices of this paper that the file holds.
    appendices: Vec<&'a Paper>,
    vocabulary: &'a Vocabulary,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq)]
struct Finding {
    message: String,
    at: At,
    /// `None` for the code's own severity.
    severity: Option<Severity>,
}

impl Finding {
    fn new(message: String, at: At) -> Self {
        Self { message, at, severity: None }
    }

    fn with(self, severity: Severity) -> Self {
        Self { severity: Some(severity), ..self }
    }
}

/// Run every check over every paper, and put the file's diagnostics in order: by paper, what concerns the whole file
/// first, then by place, what concerns the whole paper first, then by code.
pub fn run(papers: &[Paper], noticed: &[Noticed], vocabulary: &Vocabulary, report: &mut Report) {
    let nothing = Noticed::default();
    for (index, paper) in papers.iter().enumerate() {
        let subject = Subject {
            paper,
            noticed: noticed.get(index).unwrap_or(&nothing),
            main: main_of(papers, index).map(|main| &papers[main]),
            appendices: (index + 1..papers.len())
                .filter(|other| main_of(papers, *other) == Some(index))
                .map(|other| &papers[other])
                .collect(),
            vocabulary,
        };
        let number = u32::try_from(index + 1).ok();
        for (code, check) in CHECKS {
            report.diagnostics.extend(check(&subject).into_iter().map(|finding| Diagnostic {
                code: *code,
                severity: finding.severity.unwrap_or_else(|| code.severity()),
                message: finding.message,
                paper: number,
                at: finding.at,
            }));
        }
    }
    report.diagnostics.sort_by(|a, b| {
        (a.paper, place_order(&a.at))
            .partial_cmp(&(b.paper, place_order(&b.at)))
            .unwrap_or(std::cmp::Ordering::Equal)
            .then(a.code.cmp(&b.code))
    });
}

/// The places of several records, one beside the other: "at page 1, see page 3".
fn places<'a>(records: impl IntoIterator<Item = &'a At>) -> At {
    let mut all = At::default();
    for place in records.into_iter().flat_map(|at| &at.0) {
        if !all.0.contains(place) {
            all.0.push(*place);
        }
    }
    all
}

/// Page or line, and height on the page; the whole paper comes first.
fn place_order(at: &At) -> Option<(u32, f64)> {
    Some(match at.first()? {
        Place::Page(place) => (place.page, place.bbox[1]),
        Place::Lines(place) => (place.line, 0.0),
    })
}

/// The paper that an appendix belongs to: the last one before it that is no appendix and puts a matter forward.
fn main_of(papers: &[Paper], index: usize) -> Option<usize> {
    if papers[index].kind != PaperKind::Bilaga {
        return None;
    }
    let main = papers[..index].iter().rposition(|paper| paper.kind != PaperKind::Bilaga)?;
    (papers[main].proposal.is_some() || !papers[main].supporting_documents.is_empty()).then_some(main)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::testing::paper;
    use super::*;

    #[test]
    fn checks_stand_in_the_order_of_the_codes() {
        let own: Vec<Code> = CHECKS.iter().map(|(code, _)| *code).collect();
        let all: Vec<Code> = Code::ALL.iter().copied().filter(|code| own.contains(code)).collect();
        assert_eq!(own, all);
    }

    #[test]
    fn diagnostics_are_ordered_by_paper_place_and_code() {
        let mut report = Report::default();
        let at = |line| At::from(Place::lines(line, line, None));
        report.add(Code::UnreadablePage, None, at(90), "");
        report.add(Code::StatusUnknown, Some(2), at(9), "");
        report.add(Code::StatusMissing, Some(2), at(9), "");
        report.add(Code::StatusUnknown, Some(2), at(10), "");
        report.add(Code::StatusUnknown, Some(1), at(30), "");
        report.add(Code::MissingDate, Some(2), At::default(), "");
        report.diagnostics.reverse();
        run(&[], &[], Vocabulary::builtin(), &mut report);
        let order: Vec<_> = report.diagnostics.iter().map(|d| (d.paper, d.code)).collect();
        assert_eq!(
            order,
            [
                (None, Code::UnreadablePage),
                (Some(1), Code::StatusUnknown),
                (Some(2), Code::MissingDate),
                (Some(2), Code::StatusMissing),
                (Some(2), Code::StatusUnknown),
                (Some(2), Code::StatusUnknown),
            ]
        );
    }

    #[test]
    fn an_appendix_belongs_to_the_paper_before_it() {
        let proposal = json!({"items": [], "at": []});
        let papers = [
            paper(json!({"kind": "kallelse"})),
            paper(json!({"kind": "bilaga"})),
            paper(json!({"kind": "tjansteskrivelse", "proposal": proposal})),
            paper(json!({"kind": "bilaga"})),
            paper(json!({"kind": "bilaga"})),
        ];
        let mains: Vec<_> = (0..5).map(|index| main_of(&papers, index)).collect();
        assert_eq!(mains, [None, None, None, Some(2), Some(2)]);
    }
}
