//! Municipalities and regions, found by name. A bare place name is no evidence: "Uppsala" may be the town, the
//! county or a street.

use super::Vocabulary;
use crate::records::paper::Municipality;

impl Vocabulary {
    /// The first municipality or region that the text names together with "kommun", "stad" or "region".
    #[must_use]
    pub fn municipality(&self, text: &str) -> Option<Municipality> {
        self.all_municipalities(text).into_iter().next()
    }

    /// Every municipality and region that the text so names, in order.
    #[must_use]
    pub fn all_municipalities(&self, text: &str) -> Vec<Municipality> {
        let named = self.municipalities.find_all(text).into_iter();
        // "Det ska vara kommun och region" names no municipality.
        named
            .filter(|(range, _)| text[range.clone()].chars().next().is_some_and(char::is_uppercase))
            .map(|(_, entry)| Municipality { name: entry.canonical.clone(), code: entry.code.clone() })
            .collect()
    }
}

/// The ways to write a municipality's name: with and without a genitive s after the place, and in the genitive.
pub(super) fn municipality_forms(official: &str, place: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for kind in ["kommun", "stad"] {
        if kind == "stad" && !official.to_lowercase().ends_with("stad") {
            continue;
        }
        for ending in ["", "s"] {
            forms.push(format!("{place} {kind}{ending}"));
            forms.push(format!("{place}s {kind}{ending}"));
            forms.push(format!("{kind}{ending} {place}"));
        }
    }
    forms.push(format!("{official}s"));
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_municipality_needs_its_word() {
        for (text, code) in [
            ("Uppsala kommun", Some("0380")),
            ("Diarieförd i Uppsala  \n kommun 2025", Some("0380")),
            ("KUNGSBACKA KOMMUN", Some("1384")),
            ("Riktlinjer för Kungsbacka kommuns bidrag", Some("1384")),
            ("Göteborgs Stad", Some("1480")),
            ("Malmö stad Stadskontoret", Some("1280")),
            ("Linköpings kommuns budget", Some("0580")),
            ("Falu kommun", Some("2080")),
            ("Region Gotland", Some("0980")),
            ("Region Skåne", Some("12")),
            ("Västra Götalandsregionens ansvar", Some("14")),
            ("Uppsala", None),
            ("Det ska vara kommun och region", None),
            ("Kommunen i Sala stad", None),
        ] {
            let found = Vocabulary::builtin().municipality(text);
            assert_eq!(found.map(|m| m.code).as_deref(), code, "{text:?}");
        }
    }
}
