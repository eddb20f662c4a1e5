//! What running text names by number: "… ansvaret för uppdrag 13: Öka andelen …".

use super::texts::sections;
use crate::place::At;
use crate::records::activity::ActivityKind;
use crate::records::paper::Paper;
use crate::sections::EntryHead;
use crate::vocabulary::Vocabulary;

/// Something that running text names with its number and goes on with its title.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named {
    pub(super) kind: ActivityKind,
    /// The paper's own word: "uppdrag".
    pub(super) label: String,
    pub(super) number: String,
    /// The text behind the number, which begins with the title; where the title ends only its setting showed.
    pub(super) rest: String,
    /// The heading of the section.
    pub(super) heading: Option<String>,
    pub(super) at: At,
}

/// What the running text of a paper names with number and title. A point or colon and a capital must follow the number.
pub(super) fn in_text(paper: &Paper, vocabulary: &Vocabulary) -> Vec<Named> {
    let mut found = Vec::new();
    for section in sections(paper) {
        // Items of lists are mentions already.
        for line in section.text.lines().filter(|line| !line.starts_with(['-', '•', '*', '–'])) {
            for (range, entry) in vocabulary.activity_kinds.find_all(line) {
                let Some(kind) = entry.code.kind() else { continue };
                let Some(head) = read_at(&line[range.start..], vocabulary) else { continue };
                let Some(number) = head.number else { continue };
                found.push(Named {
                    kind,
                    label: line[range].trim().to_owned(),
                    number,
                    rest: head.title,
                    heading: section.heading.clone(),
                    at: section.at.clone(),
                });
            }
        }
    }
    found
}

/// Label, number, mark and title; in a sentence the label begins small.
fn read_at(text: &str, vocabulary: &Vocabulary) -> Option<EntryHead> {
    let mut letters = text.chars();
    let first = letters.next()?;
    let capital: String = first.to_uppercase().chain(letters).collect();
    let head = EntryHead::read(&capital, vocabulary)?;
    let number = head.number.as_deref()?;
    let behind = capital[head.label.len()..].split_once(number)?.1;
    (behind.starts_with(['.', ':']) && head.title.starts_with(char::is_uppercase)).then_some(head)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::paper;
    use super::*;

    #[test]
    fn names_with_number_and_title() {
        let text = "Nämnden har ansvaret för uppdrag 7: Plantera fler träd. Åtgärd 3 har försenats. Se åtgärd 4.\n- Uppdrag 9. Nej";
        let sections = json!([{"kind": "other", "heading": "Inledning", "level": 1, "text": text, "at": [], "sections": []}]);
        let found = in_text(&paper(json!({"sections": sections})), Vocabulary::builtin());
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].label.as_str(), found[0].number.as_str()), ("uppdrag", "7"));
        assert!(found[0].rest.starts_with("Plantera fler träd"));
    }
}
