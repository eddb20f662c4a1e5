//! Roles: whether a line says what somebody is.

use super::Vocabulary;
use super::codes::{NameWord, RoleWord};
use super::fold::fold;
use super::names::COLUMN_GAP;

/// A role has no more words than this: "Medicinskt ansvarig för rehabilitering och hjälpmedel".
///
/// Of a role whose own word stands last, three are enough: "Kommunal dataskyddssamordnare".
const LONGEST_ROLE: usize = 6;

impl Vocabulary {
    /// Whether the line says that the paper is signed, as under an electronic signature.
    #[must_use]
    pub fn is_signing_note(&self, text: &str) -> bool {
        self.people.prefix(text.trim()).is_some_and(|(entry, _)| entry.code == NameWord::SigningNote)
    }

    /// Whom the line says that a paper is signed for, which may be nobody: "För socialförvaltningen", "Enligt uppdrag".
    /// `None` for any other line.
    #[must_use]
    pub fn signed_for<'a>(&self, text: &'a str) -> Option<&'a str> {
        let text = text.trim();
        let (_, length) = self.roles.prefix(text).filter(|(entry, _)| entry.code == RoleWord::SignsFor)?;
        Some(text[length..].trim())
    }

    /// Whether the line is a role: "Förvaltningsdirektör", "T.f. enhetschef", "Verksamhetschef Fritid".
    #[must_use]
    pub fn is_role(&self, text: &str) -> bool {
        let folded = fold(text);
        if folded.is_empty()
            || folded.split(' ').count() > LONGEST_ROLE
            || folded.contains(['@', ':', ';', '?'])
            || text.contains(COLUMN_GAP)
        {
            return false;
        }
        // A sentence ends with a full stop; "stf." does too.
        if text.trim_end().ends_with('.') {
            return false;
        }
        let mut rest = folded.as_str();
        while let Some((entry, length)) = self.roles.prefix(rest) {
            match entry.code {
                RoleWord::Word => return true,
                RoleWord::Modifier => rest = rest[length..].trim_start_matches([' ', '.', ',']),
                RoleWord::AsAbove | RoleWord::Ending | RoleWord::SignsFor => break,
            }
        }
        // The role's own word comes first; what follows says of what: "Specialist ekonomi", "Chef för HR".
        let first = rest.split([' ', ',', '/']).next().unwrap_or_default();
        self.ends_in_role(first)
            || folded.split(' ').count() <= 3
                && self.ends_in_role(folded.rsplit([' ', '/']).next().unwrap_or_default())
    }

    /// The role that a line says twice, where the space between two columns is lost: "Handläggare Handläggare".
    #[must_use]
    pub fn role_twice<'t>(&self, text: &'t str) -> Option<&'t str> {
        let text = text.trim();
        let (first, second) = text.match_indices(' ').find_map(|(at, _)| {
            let (first, second) = (text[..at].trim_end(), text[at..].trim_start());
            (first == second).then_some((first, second))
        })?;
        self.is_role(first).then_some(second)
    }

    /// Whether a folded word ends like a role: "förvaltningschef".
    fn ends_in_role(&self, word: &str) -> bool {
        self.roles.endings(|code| *code == RoleWord::Ending).any(|(ending, _)| word.ends_with(ending))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_may_stand_twice_on_a_line() {
        let vocabulary = Vocabulary::builtin();
        assert_eq!(
            vocabulary.role_twice("Park- och miljöstrateg Park- och miljöstrateg"),
            Some("Park- och miljöstrateg")
        );
        assert_eq!(vocabulary.role_twice("Miljöstrateg Parkstrateg"), None);
        assert_eq!(vocabulary.role_twice("Akten Akten"), None);
    }

    #[test]
    fn roles_are_told_from_names_and_places() {
        for role in [
            "Förvaltningsdirektör",
            "T.f. enhetschef",
            "Verksamhetsutvecklare",
            "Nämndens ordförande",
            "Biträdande stadsdirektör",
            "Verksamhetschef Fritid",
            "Specialist ekonomi",
            "HR-strateg",
            "Utredningssekreterare",
            "Ordförande",
            "Förste vice ordförande",
            "Tf. kommundirektör",
            "Chef för ekonomiavdelningen",
            "Kommunjurist",
            "Grundskoledirektör",
            "Stadsarkitekt",
        ] {
            assert!(Vocabulary::builtin().is_role(role), "{role:?}");
        }
        for other in [
            "Karin Nyström",
            "Kungsbacka kommun",
            "434 81 Kungsbacka",
            "Arbetsmarknadsnämnden",
            "Stadshuset, Storgatan 37",
            "Förvaltningsdirektören har ordet.",
            "",
            "Telefon 0300-83 40 00",
        ] {
            assert!(!Vocabulary::builtin().is_role(other), "{other:?}");
        }
    }
}
