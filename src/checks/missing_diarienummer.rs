//! Papers without a diarienummer.
//!
//! Sure: the head has the label and no number with it; or a paper that must have one has none: a tjänsteskrivelse whose
//! head has a date, and a committee's report that stands alone. Appendices, minutes and notices of meeting go by other
//! papers' numbers.

use super::{Finding, Subject};
use crate::place::At;
use crate::records::paper::{Paper, PaperKind};

/// The vocabulary's entry for reports of every name.
const REPORT: &str = "Rapport";

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let paper = subject.paper;
    let message = match paper.kind {
        _ if !paper.diarienummer.is_empty() => return Vec::new(),
        _ if subject.noticed.has_empty_diarienummer_label => {
            "the head has the label Diarienummer without a number"
        }
        PaperKind::Tjansteskrivelse if has_head(paper) && paper.date.is_some() => {
            "the paper has no diarienummer"
        }
        PaperKind::Other if is_report(subject) => "the report has no diarienummer",
        _ => return Vec::new(),
    };
    vec![Finding::new(message.to_owned(), At::default())]
}

/// Whether a paper has a head of its own: what is an extract of a paper lacks more than a number.
pub(super) fn has_head(paper: &Paper) -> bool {
    paper.document_type.is_some() && (paper.committee.is_some() || paper.department.is_some())
}

/// Whether a paper that belongs to no other is a committee's report, by its own word for itself or by its title.
pub(super) fn is_report(subject: &Subject<'_>) -> bool {
    let paper = subject.paper;
    let named = [paper.document_type.as_deref(), paper.title.as_deref()];
    let types = &subject.vocabulary.document_types;
    let is_one = |text: &str| types.prefix(text).is_some_and(|(entry, _)| entry.canonical == REPORT);
    paper.committee.is_some() && named.into_iter().flatten().any(is_one)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{noticing, paper};
    use super::*;
    use crate::records::noticed::Noticed;

    #[test]
    fn a_label_without_a_number() {
        let noticed = Noticed { has_empty_diarienummer_label: true, ..Noticed::default() };
        let appendix = paper(json!({"kind": "bilaga"}));
        assert_eq!(
            noticing(check, &appendix, &noticed),
            ["the head has the label Diarienummer without a number"]
        );
        let number = json!([{"raw": "PN 2031-7", "registry": "PN", "year": 2031, "serial": 7}]);
        let numbered = paper(json!({"kind": "bilaga", "diarienummer": number}));
        assert!(noticing(check, &numbered, &noticed).is_empty());
    }

    #[test]
    fn a_report_without_a_number() {
        let noticed = Noticed::default();
        for field in ["document_type", "title"] {
            let report = paper(json!({field: "Delårsrapport mars 2031", "committee": "Parknämnden"}));
            assert_eq!(noticing(check, &report, &noticed), ["the report has no diarienummer"]);
        }
        let unknown = paper(json!({"title": "Anteckningar från mötet", "committee": "Parknämnden"}));
        assert!(noticing(check, &unknown, &noticed).is_empty());
        let appendix =
            paper(json!({"kind": "bilaga", "document_type": "Delårsrapport", "committee": "Parknämnden"}));
        assert!(noticing(check, &appendix, &noticed).is_empty());
        assert!(noticing(check, &paper(json!({"kind": "kallelse"})), &Noticed::default()).is_empty());
    }
}
