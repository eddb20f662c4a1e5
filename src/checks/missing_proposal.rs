//! Papers for decision without a proposal.
//!
//! Sure: the paper calls itself a tjänsteskrivelse, has a head with date and diarienummer, and has the sections that such
//! a paper argues in.

use super::document_type_conflict::is_for_decision;
use super::missing_diarienummer::has_head;
use super::texts::sections;
use super::{Finding, Subject};
use crate::place::At;
use crate::records::paper::PaperKind;
use crate::records::section::SectionKind;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let paper = subject.paper;
    let named = paper.document_type.as_deref().unwrap_or_default();
    let is_complete = paper.kind == PaperKind::Tjansteskrivelse
        && is_for_decision(named, subject.vocabulary)
        && has_head(paper)
        && paper.date.is_some()
        && !paper.diarienummer.is_empty();
    let argues = || {
        let kinds = [
            SectionKind::Matter,
            SectionKind::Preparation,
            SectionKind::Presentation,
            SectionKind::EconomicConsequences,
        ];
        sections(paper).iter().any(|section| kinds.contains(&section.kind))
    };
    let proposes =
        paper.proposal.is_some() || sections(paper).iter().any(|s| s.kind == SectionKind::Proposal);
    if !is_complete || proposes || !argues() {
        return Vec::new();
    }
    vec![Finding::new(format!("'{named}' puts no decision forward"), At::default())]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{self, paper};
    use super::*;

    fn messages(proposal: Value, section: &str) -> Vec<String> {
        let number = json!([{"raw": "PN 2031-7", "registry": "PN", "year": 2031, "serial": 7}]);
        let sections = json!([{"kind": section, "heading": "Ärendet", "level": 1, "text": "Text.", "at": [], "sections": []}]);
        let fields = json!({"kind": "tjansteskrivelse", "document_type": "Tjänsteskrivelse", "committee": "Parknämnden",
            "date": "2031-04-20", "diarienummer": number, "sections": sections, "proposal": proposal});
        testing::messages(check, &paper(fields))
    }

    #[test]
    fn a_matter_without_a_proposal() {
        assert_eq!(messages(Value::Null, "matter"), ["'Tjänsteskrivelse' puts no decision forward"]);
    }

    #[test]
    fn a_proposal_and_another_sort_of_paper() {
        assert!(messages(json!({"items": [], "at": []}), "matter").is_empty());
        assert!(messages(Value::Null, "other").is_empty());
    }
}
