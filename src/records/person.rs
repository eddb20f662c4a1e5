//! Names of people, as papers give case officers and signatories.
//!
//! In goes a line or a cell, out comes whether it is a name, or the names in it. A name is kept as printed, also where
//! the family name comes first. Whose names they are is left to the caller.

use crate::vocabulary::{COLUMN_GAP, NameWord, Vocabulary, fold, single_spaced};

/// A name has no more words than this besides particles: "Anna Maria Lind Ek".
const LONGEST_NAME: usize = 4;

/// Whether the text is a person's name: two to four words with capitals, and nothing that a place, a committee, a
/// department, a role or a label is made of.
#[must_use]
pub fn looks_like_name(text: &str, vocabulary: &Vocabulary) -> bool {
    let text = without_party(text.trim().trim_matches('*'));
    // Two names side by side are no name.
    if text.contains(COLUMN_GAP) {
        return false;
    }
    let mut words = 0;
    let mut initials = 0;
    for word in text.split_whitespace() {
        if vocabulary.people.whole(word).is_some_and(|entry| entry.code == NameWord::Particle) {
            continue;
        }
        if !is_name_word(word) || is_no_name(word, vocabulary) {
            return false;
        }
        words += 1;
        initials += usize::from(is_initial(word));
    }
    (2..=LONGEST_NAME).contains(&words) && words - initials >= 1 && !is_something_else(text, vocabulary)
}

/// Whether the text has the form of a name, whatever its words may mean elsewhere: behind a label for people that is
/// enough.
#[must_use]
pub fn has_form_of_name(text: &str) -> bool {
    let words = || text.split_whitespace();
    (2..=LONGEST_NAME).contains(&words().count()) && words().all(is_name_word)
}

/// A politician's name without the party: "Karin Ek (S)".
fn without_party(text: &str) -> &str {
    let party = text.rsplit_once(" (").and_then(|(name, party)| Some((name, party.strip_suffix(')')?)));
    match party {
        Some((name, party)) if party.len() <= 3 && party.chars().all(char::is_uppercase) => name,
        _ => text,
    }
}

/// The names in a cell or line: between commas, "och", "&", strokes and line ends. Roles, telephone numbers and
/// addresses among them are left out.
#[must_use]
pub fn split_names(text: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let parts: Vec<String> = text
        .split([',', ';', '&', '/', '\n', '|'])
        .flat_map(|part| part.split(" och "))
        .flat_map(|part| part.split(COLUMN_GAP))
        .map(single_spaced)
        .map(|part| part.trim_matches(['*', '_', ':', ' ']).to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    // "Ek, Karin" is one name with its family name in front.
    if let [family, given] = parts.as_slice() {
        let whole = format!("{family}, {given}");
        if !family.contains(' ')
            && !given.contains(' ')
            && text.contains(',')
            && looks_like_name(&format!("{family} {given}"), vocabulary)
        {
            return vec![whole];
        }
    }
    parts.iter().filter_map(|part| name_in(part, vocabulary)).collect()
}

/// The name that a part of a line begins with: "Karin Ek" of "Karin Ek (utredare)" and "Karin Ek 08-508 00 001".
fn name_in(part: &str, vocabulary: &Vocabulary) -> Option<String> {
    let belongs = |word: &&str| is_name_word(word) || is_particle(word, vocabulary);
    let mut words: Vec<&str> = part.split(' ').take_while(belongs).collect();
    while words.len() > 1 && words.last().is_some_and(|word| vocabulary.is_role(word)) {
        words.pop();
    }
    let name = words.join(" ");
    let is_whole = name.len() == part.len();
    let is_name = if is_whole {
        !name.is_empty() && !is_something_else(&name, vocabulary)
    } else {
        looks_like_name(&name, vocabulary)
    };
    is_name.then_some(name)
}

/// A capital and small letters, also "Maj-Britt", "O'Neill", "S:t", "McCarthy", and an initial with its full stop.
fn is_name_word(word: &str) -> bool {
    if is_initial(word) {
        return true;
    }
    let parts = || word.split(['-', '\u{2010}', '\u{2011}']);
    let has_small = word.chars().any(char::is_lowercase);
    has_small
        && parts().all(|part| {
            let mut characters = part.chars();
            characters.next().is_some_and(char::is_uppercase)
                && characters.all(|c| {
                    c.is_alphabetic()
                        || matches!(c, '\'' | '\u{2019}' | ':' | '\u{301}' | '\u{308}' | '\u{30a}')
                })
        })
        && !word.ends_with(':')
}

/// "A.", "A", "K-G".
fn is_initial(word: &str) -> bool {
    let word = word.strip_suffix('.').unwrap_or(word);
    !word.is_empty()
        && word.split('-').all(|part| {
            let mut characters = part.chars();
            characters.next().is_some_and(char::is_uppercase) && characters.next().is_none()
        })
}

fn is_particle(word: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.people.whole(word).is_some_and(|entry| entry.code == NameWord::Particle)
}

/// Whether a word is one that no personal name has.
fn is_no_name(word: &str, vocabulary: &Vocabulary) -> bool {
    let folded = fold(word);
    if vocabulary.columns.whole(word).is_some() || vocabulary.bases.whole(word).is_some() {
        return true;
    }
    if vocabulary.people.whole(word).is_some_and(|entry| entry.code == NameWord::NotWord) {
        return true;
    }
    vocabulary.people.endings(|code| *code == NameWord::NotEnding).any(|(ending, _)| folded.ends_with(ending))
}

/// Whether the text as a whole is something that is not a person.
fn is_something_else(text: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.is_role(text)
        || vocabulary.organ(text).is_some()
        || vocabulary.department(text).is_some()
        || vocabulary.municipality(text).is_some()
        || vocabulary.labels.whole(text).is_some()
        || vocabulary.document_types.whole(text).is_some()
        || vocabulary.headings.whole(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_told_from_other_lines() {
        for name in [
            "Karin Nyström",
            "Elvira Stenkvist",
            "Pär S:t Clair",
            "Maj-Britt Törnhage",
            "Carl von Linné",
            "Henrik Hammarsten Larsson",
            "Lövmark Annika",
            "Else Henning",
            "Anna K. Ek",
            "Åsa Öberg",
            "Erik af Ugglas",
            "Per Maj",
            "Amadeus Vikerfors",
            "Ian McCarthy",
            "Sara El Bakali",
            "José García",
            "K-G Holm",
            "Lucia Escobar Mattsson",
            "Karin Ek (KD)",
            "**Lena Ahlberg**",
        ] {
            assert!(looks_like_name(name, Vocabulary::builtin()), "{name:?}");
        }
        for other in [
            "Arbetsmarknadsnämnden",
            "Nämnden för Teknik",
            "Uppsala kommun",
            "Kungsbacka kommun",
            "Stadshuset, Storgatan 37",
            "434 81 Kungsbacka",
            "Förvaltningschef",
            "Verksamhetschef Fritid",
            "Förslag till beslut",
            "Sammanfattning av ärendet",
            "Tekniska nämnden",
            "Karin",
            "Telefon 0300-83 40 00",
            "Datum",
            "Beslutet skickas till",
            "Mars 2025",
            "",
            "Vatten & Avfall",
            "Barn Utbildning",
            "UPPSALA KOMMUN",
            "Jag heter Karin",
            "Grundskoleavdelningen",
            "Biträdande kommundirektör",
            "Ekonomiska konsekvenser",
            "Sveriges Kommuner och Regioner",
            "Norra Hamnvägen",
            "T.f. Enhetschef",
            "Gymnasium & Arbetsmarknad",
        ] {
            assert!(!looks_like_name(other, Vocabulary::builtin()), "{other:?}");
        }
    }

    #[test]
    fn names_are_parted() {
        for (text, names) in [
            ("Veronika Öst, Pär S:t Clair", &["Veronika Öst", "Pär S:t Clair"][..]),
            ("Karin Ek och Per Lund", &["Karin Ek", "Per Lund"]),
            ("Karin Ek\nPer Lund", &["Karin Ek", "Per Lund"]),
            ("Karin Ek / Per Lund & Ida Holm", &["Karin Ek", "Per Lund", "Ida Holm"]),
            ("Karin Ek, utredare, 08-508 00 001", &["Karin Ek"]),
            ("Karin Ek, Utredare", &["Karin Ek"]),
            ("Karin Ek (utredare)", &["Karin Ek"]),
            ("Karin Ek Utredare", &["Karin Ek"]),
            ("Karin Ek 08-508 00 001", &["Karin Ek"]),
            ("Utredare", &[]),
            ("Kommunstyrelsen", &[]),
            ("Ek, Karin", &["Ek, Karin"]),
            ("Lövmark Annika", &["Lövmark Annika"]),
            ("Karin  Ek", &["Karin Ek"]),
            ("Karin Ek          Per Lund", &["Karin Ek", "Per Lund"]),
            ("", &[]),
            ("karin.ek@example.se", &[]),
        ] {
            assert_eq!(split_names(text, Vocabulary::builtin()), names, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn garbage_never_panics(text in "\\PC*") {
            let _ = looks_like_name(&text, Vocabulary::builtin());
            let _ = split_names(&text, Vocabulary::builtin());
        }
    }
}
