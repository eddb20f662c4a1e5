//! Appendices that the list of supporting documents names and the file lacks, or the other way round.
//!
//! Sure: the file holds at least one appendix of the paper, so that it is meant to be whole, and goes by numbers.

use super::{Finding, Subject};
use crate::place::At;

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let listed = &subject.paper.supporting_documents;
    let held: Vec<u32> = subject.appendices.iter().filter_map(|paper| paper.attachment_number).collect();
    let numbers: Vec<u32> = listed.iter().filter_map(|document| document.attachment_number).collect();
    if held.is_empty() || numbers.is_empty() {
        return Vec::new();
    }
    let absent = listed.iter().filter(|d| d.attachment_number.is_some_and(|n| !held.contains(&n)));
    let mut found: Vec<Finding> = absent
        .map(|document| {
            Finding::new(
                format!("'{}' is a supporting document and not in the file", document.title),
                document.at.clone(),
            )
        })
        .collect();
    let unnamed =
        subject.appendices.iter().filter(|p| p.attachment_number.is_some_and(|n| !numbers.contains(&n)));
    found.extend(unnamed.map(|paper| {
        let number = paper.attachment_number.unwrap_or_default();
        let title = paper.title.as_deref().unwrap_or_default();
        let at: At = paper.at.first().copied().into_iter().collect();
        Finding::new(
            format!("bilaga {number}, '{title}', is in the file and not among the supporting documents"),
            at,
        )
    }));
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::{matter, paper};
    use super::*;
    use crate::records::paper::Paper;

    fn appendix(number: u32) -> Paper {
        paper(json!({"kind": "bilaga", "attachment_number": number, "title": "Karta"}))
    }

    fn main() -> Paper {
        let document = |title: &str, number: u32| json!({"title": title, "attachment_number": number, "date": null, "at": []});
        paper(
            json!({"supporting_documents": [document("Bilaga 1 Karta", 1), document("Bilaga 2 Kalkyl", 2)]}),
        )
    }

    #[test]
    fn one_is_missing_and_one_too_many() {
        assert_eq!(
            matter(check, &main(), &[appendix(1), appendix(3)]),
            [
                "'Bilaga 2 Kalkyl' is a supporting document and not in the file",
                "bilaga 3, 'Karta', is in the file and not among the supporting documents",
            ]
        );
    }

    #[test]
    fn a_paper_alone_and_a_whole_file() {
        assert!(matter(check, &main(), &[]).is_empty());
        assert!(matter(check, &main(), &[appendix(1), appendix(2)]).is_empty());
    }
}
