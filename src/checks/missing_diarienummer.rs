//! Papers without a diarienummer.
//!
//! Sure: the head has the label and no number with it; or a paper that must have one has none: a tjänsteskrivelse, and a
//! report that stands alone and calls itself one. Appendices, minutes and notices of meeting go by other papers' numbers.

use super::{Finding, Subject};
use crate::place::At;
use crate::records::paper::{Paper, PaperKind};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let paper = subject.paper;
    let message = match paper.kind {
        _ if !paper.diarienummer.is_empty() => return Vec::new(),
        _ if subject.noticed.has_empty_diarienummer_label => "the head has the label Diarienummer without a number",
        PaperKind::Tjansteskrivelse if has_head(paper) => "the paper has no diarienummer",
        PaperKind::Other if is_report(subject) => "the report has no diarienummer",
        _ => return Vec::new(),
    };
    vec![Finding::new(message.to_owned(), At::default())]
}

/// Whether a paper has a head of its own: what is an extract of a paper lacks more than a number.
pub(super) fn has_head(paper: &Paper) -> bool {
    paper.document_type.is_some() && (paper.committee.is_some() || paper.department.is_some())
}

/// Whether a paper that belongs to no other calls itself something and says whose it is.
pub(super) fn is_report(subject: &Subject<'_>) -> bool {
    subject.noticed.named_kind == Some(PaperKind::Other) && has_head(subject.paper) && subject.paper.municipality.is_some()
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
        assert_eq!(noticing(check, &appendix, &noticed), ["the head has the label Diarienummer without a number"]);
        let number = json!([{"raw": "PN 2031-7", "registry": "PN", "year": 2031, "serial": 7}]);
        let numbered = paper(json!({"kind": "bilaga", "diarienummer": number}));
        assert!(noticing(check, &numbered, &noticed).is_empty());
    }

    #[test]
    fn a_report_without_a_number() {
        let noticed = Noticed { named_kind: Some(PaperKind::Other), ..Noticed::default() };
        let municipality = json!({"name": "Uppsala kommun", "code": "0380"});
        let report = paper(json!({"document_type": "Delårsrapport", "committee": "Parknämnden", "municipality": municipality}));
        assert_eq!(noticing(check, &report, &noticed), ["the report has no diarienummer"]);
        let appendix = paper(json!({"kind": "bilaga", "document_type": "Delårsrapport", "committee": "Parknämnden"}));
        assert!(noticing(check, &appendix, &noticed).is_empty());
        assert!(noticing(check, &paper(json!({"kind": "kallelse"})), &Noticed::default()).is_empty());
    }
}
