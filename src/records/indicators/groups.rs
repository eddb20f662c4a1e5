//! The heading that gathers the indicators of a table: "Fokusmål 2. Uppsala ska …".

use crate::pattern::Pattern;
use crate::vocabulary::{ActivityWord, Vocabulary};

static NUMBERED: Pattern = Pattern::new(r"^\s*[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}\s*(?:[.:–-]|\s)\s*(\S)");

/// The nearest of the headings above that names a numbered goal or focus.
pub(super) fn group_of(headings: &[&str], vocabulary: &Vocabulary) -> Option<String> {
    headings.iter().find(|heading| names_group(heading, vocabulary)).map(|heading| (*heading).to_owned())
}

fn names_group(heading: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.activity_kinds.prefix(heading).is_some_and(|(entry, length)| {
        matches!(entry.code, ActivityWord::Group | ActivityWord::Goal)
            && NUMBERED
                .captures(&heading[length..])
                .is_some_and(|found| found[1].starts_with(char::is_uppercase))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_numbered_goal() {
        let group = |headings: &[&str]| group_of(headings, Vocabulary::builtin());
        assert_eq!(
            group(&["Indikatorer", "Fokusmål 2. Fler ska ha ett arbete", "Fokusmål 1. Ekonomin är stark"])
                .as_deref(),
            Some("Fokusmål 2. Fler ska ha ett arbete")
        );
        assert_eq!(group(&["Indikatorer", "Uppföljning av mål"]), None);
        assert_eq!(group(&["Mål 3: Skolan är trygg"]).as_deref(), Some("Mål 3: Skolan är trygg"));
    }
}
