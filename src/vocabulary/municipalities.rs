//! Municipalities and regions, found by name. A bare place name is no evidence: "Uppsala" may be the town, the
//! county or a street.

use std::ops::Range;

use super::Vocabulary;
use super::fold::first_word;
use super::lexicon::Entry;
use super::names::Words;
use crate::records::paper::Municipality;

/// No name has more words: "Region Jämtland Härjedalen", "Region Jönköpings län".
const LONGEST_NAME: usize = 3;

impl Vocabulary {
    /// The first municipality that the text names together with "kommun" or "stad"; where it names none, the first
    /// region. A municipality's papers name its region more often than the other way round.
    #[must_use]
    pub fn municipality(&self, text: &str) -> Option<Municipality> {
        let mut region = None;
        for (_, found) in self.find_municipalities(text) {
            if found.code.len() == 4 {
                return Some(found);
            }
            region.get_or_insert(found);
        }
        region
    }

    /// Every municipality and region that the text names, from left to right.
    #[must_use]
    pub fn find_municipalities(&self, text: &str) -> Vec<(Range<usize>, Municipality)> {
        let words = Words::new(text);
        let mut found = Vec::new();
        for at in 0..words.len() {
            // "Det ska vara kommun" names no municipality: a name has a capital.
            if words.raw(at).starts_with(char::is_uppercase)
                && let Some((end, entry)) = self.municipality_at(&words, at)
            {
                let range = words.ranges[at].start..words.ranges[end - 1].end;
                let municipality = Municipality { name: entry.canonical.clone(), code: entry.code.clone() };
                found.push((range, municipality));
            }
        }
        found
    }

    /// The longest name that begins at a word, and the word after it.
    fn municipality_at(&self, words: &Words<'_>, at: usize) -> Option<(usize, &Entry<String>)> {
        let first = first_word(words.folded(at));
        if !self.municipalities.may_begin(first) && !self.municipalities.may_begin(&format!("{first}s")) {
            return None;
        }
        (2..=LONGEST_NAME).rev().find_map(|count| {
            let last = words.get(at + count - 1)?;
            if (at..at + count - 1).any(|word| words.breaks_after(word)) {
                return None;
            }
            let first = words.run(at..at + count - 1)?;
            // "Linköping kommun" lacks an s, "Linköpings kommuns" has one more.
            [last, last.strip_suffix('s').unwrap_or(last)].into_iter().find_map(|last| {
                let exact = self.municipalities.whole(&format!("{first} {last}"));
                let entry = exact.or_else(|| self.municipalities.whole(&format!("{first}s {last}")))?;
                Some((at + count, entry))
            })
        })
    }
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
            ("Linköping kommun", Some("0580")),
            ("Borås Stads budget", Some("1490")),
            ("Borås kommun", Some("1490")),
            ("Stockholms kommun", Some("0180")),
            ("Upplands Väsby kommun", Some("0114")),
            ("Malung-Sälens kommun", Some("2023")),
            ("Region Jämtland Härjedalen", Some("23")),
            ("Region Uppsala och Uppsala kommun", Some("0380")),
            ("Falu kommun", Some("2080")),
            ("i Uppsala, kommun", None),
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
