//! An appendix whose head calls it a paper for decision.
//!
//! Sure: the paper is an appendix, puts nothing forward for decision, and its own word for itself stands for a
//! tjänsteskrivelse.

use super::{Finding, Subject};
use crate::place::At;
use crate::records::paper::PaperKind;
use crate::vocabulary::Vocabulary;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let paper = subject.paper;
    let (Some(named), Some(number)) = (&paper.document_type, paper.attachment_number) else {
        return Vec::new();
    };
    if paper.kind != PaperKind::Bilaga
        || paper.proposal.is_some()
        || !is_for_decision(named, subject.vocabulary)
    {
        return Vec::new();
    }
    let title = paper.title.as_deref().map(|title| format!(", '{title}',")).unwrap_or_default();
    vec![Finding::new(format!("bilaga {number}{title} is headed '{named}'"), At::default())]
}

/// Whether a paper's word for itself stands for one that puts something forward for decision.
pub(super) fn is_for_decision(named: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary
        .document_types
        .prefix(named)
        .is_some_and(|(entry, _)| entry.code == PaperKind::Tjansteskrivelse)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{messages, paper};
    use super::*;

    #[test]
    fn an_appendix_with_the_head_of_another_paper() {
        let headed = |word: &str| {
            paper(
                json!({"kind": "bilaga", "attachment_number": 2, "title": "Trädplan", "document_type": word}),
            )
        };
        assert_eq!(
            messages(check, &headed("Tjänsteskrivelse till parknämnden")),
            ["bilaga 2, 'Trädplan', is headed 'Tjänsteskrivelse till parknämnden'"]
        );
        assert!(messages(check, &headed("Uppföljningsrapport, bilaga 2")).is_empty());
        let main = paper(json!({"kind": "tjansteskrivelse", "document_type": "Tjänsteskrivelse"}));
        assert!(messages(check, &main).is_empty());
    }
}
