//! What something belongs to, by number: "Uppdrag 34 Åtgärd 24", "Uppdrag 1, 2, (7)", "Nämndmål 1.1 Åtgärd 9".

use super::activity::{ActivityKind, Reference};
use crate::pattern::Pattern;
use crate::vocabulary::Vocabulary;

static NUMBERS: Pattern =
    Pattern::new(r"^[\s.:]*\(?([0-9]{1,3}(?:\.[0-9]{1,2}){0,2}[a-z]?)\)?(?:\s*(?:,|och|samt|&|/|\+)?\s*)");

/// Read a text that names what something belongs to and nothing else; empty where it says anything more.
pub(crate) fn read_relations(text: &str, vocabulary: &Vocabulary) -> Vec<Reference> {
    read(text, None, vocabulary).unwrap_or_default()
}

/// The same, with the kind of numbers that stand without a word.
pub(crate) fn read_relations_of(text: &str, kind: ActivityKind, vocabulary: &Vocabulary) -> Vec<Reference> {
    read(text, Some(kind), vocabulary).unwrap_or_default()
}

fn read(text: &str, mut kind: Option<ActivityKind>, vocabulary: &Vocabulary) -> Option<Vec<Reference>> {
    let mut rest = text.trim();
    let mut found = Vec::new();
    while !rest.is_empty() {
        if let Some(numbers) = NUMBERS.captures(rest) {
            let number = numbers.get(1)?.as_str().to_owned();
            found.push(Reference { kind: kind?, number });
            rest = &rest[numbers.get(0)?.end()..];
            continue;
        }
        let (entry, length) = vocabulary.activity_kinds.prefix(rest)?;
        kind = Some(entry.code.kind()?);
        rest = rest[length..].trim_start();
        // A word without a number names no single thing.
        NUMBERS.captures(rest)?;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ActivityKind::{Assignment, Goal, Measure};

    fn read(text: &str) -> Vec<(ActivityKind, String)> {
        read_relations(text, Vocabulary::builtin()).into_iter().map(|r| (r.kind, r.number)).collect()
    }

    #[test]
    fn relations() {
        assert_eq!(read("Uppdrag 34 Åtgärd 24"), [(Assignment, "34".into()), (Measure, "24".into())]);
        assert_eq!(
            read("Uppdrag 1, 2, (7)"),
            [(Assignment, "1".into()), (Assignment, "2".into()), (Assignment, "7".into())]
        );
        assert_eq!(read("Nämndmål 1.1 Åtgärd 9"), [(Goal, "1.1".into()), (Measure, "9".into())]);
        assert_eq!(read("Åtgärd 3a"), [(Measure, "3a".into())]);
    }

    #[test]
    fn no_relations() {
        for text in ["", "Egen uppföljning", "Uppdrag", "Åtgärd 3 pågår", "12", "Kolada", "Uppdrag i budget"]
        {
            assert_eq!(read(text), [], "{text}");
        }
        let bare = read_relations_of("3, 4", Assignment, Vocabulary::builtin());
        assert_eq!(bare.len(), 2);
    }
}
