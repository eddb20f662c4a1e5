//! Papers without a date.
//!
//! Sure: a tjänsteskrivelse whose head has a diarienummer, and a committee's report that stands alone. Appendices may
//! have none.

use super::missing_diarienummer::{has_head, is_report};
use super::{Finding, Subject};
use crate::diagnostic::Severity;
use crate::place::At;
use crate::records::paper::PaperKind;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let paper = subject.paper;
    let (message, severity) = match paper.kind {
        _ if paper.date.is_some() => return Vec::new(),
        // The day that a report was decided on dates it as well.
        PaperKind::Other if paper.meeting_date.is_some() => return Vec::new(),
        PaperKind::Tjansteskrivelse if has_head(paper) && !paper.diarienummer.is_empty() => {
            ("the head has no date", Severity::Warning)
        }
        PaperKind::Other if is_report(subject) => ("the report has no date", Severity::Info),
        _ => return Vec::new(),
    };
    vec![Finding::new(message.to_owned(), At::default()).with(severity)]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{messages, paper};
    use super::*;

    #[test]
    fn a_paper_for_decision_without_a_date() {
        let number = json!([{"raw": "PN 2031-7", "registry": "PN", "year": 2031, "serial": 7}]);
        let fields = |date| json!({"diarienummer": number.clone(), "kind": "tjansteskrivelse", "document_type": "Tjänsteskrivelse", "committee": "Parknämnden", "date": date});
        assert_eq!(messages(check, &paper(fields(None::<&str>))), ["the head has no date"]);
        assert!(messages(check, &paper(fields(Some("2031-04-20")))).is_empty());
        assert!(messages(check, &paper(json!({"kind": "bilaga"}))).is_empty());
    }
}
