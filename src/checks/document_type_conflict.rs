//! An appendix whose head calls it a paper for decision.
//!
//! Sure: the paper is an appendix, puts nothing forward for decision, and its own word for itself stands for a
//! tjänsteskrivelse.

use super::{Finding, Subject};
use crate::place::At;
use crate::records::paper::PaperKind;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let paper = subject.paper;
    let is_named_otherwise = subject.noticed.named_kind == Some(PaperKind::Tjansteskrivelse);
    let (Some(named), Some(number), true) = (&paper.document_type, paper.attachment_number, is_named_otherwise) else {
        return Vec::new();
    };
    if paper.kind != PaperKind::Bilaga || paper.proposal.is_some() {
        return Vec::new();
    }
    vec![Finding::new(format!("bilaga {number} is headed '{named}'"), At::default())]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{noticing, paper};
    use super::*;
    use crate::records::noticed::Noticed;

    #[test]
    fn an_appendix_with_the_head_of_another_paper() {
        let named = |kind| Noticed { named_kind: Some(kind), ..Noticed::default() };
        let headed = |word: &str| paper(json!({"kind": "bilaga", "attachment_number": 2, "document_type": word}));
        assert_eq!(
            noticing(check, &headed("Tjänsteskrivelse till parknämnden"), &named(PaperKind::Tjansteskrivelse)),
            ["bilaga 2 is headed 'Tjänsteskrivelse till parknämnden'"]
        );
        assert!(noticing(check, &headed("Uppföljningsrapport, bilaga 2"), &named(PaperKind::Other)).is_empty());
        let main = paper(json!({"kind": "tjansteskrivelse", "document_type": "Tjänsteskrivelse"}));
        assert!(noticing(check, &main, &named(PaperKind::Tjansteskrivelse)).is_empty());
    }
}
