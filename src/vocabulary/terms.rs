//! Terms: the folded words of a lexicon, laid out so that the one a text begins with is found at once.
//!
//! The build script lays out the built-in words and writes them down as constants, so that a program that reads one
//! paper need not sort thousands of words first. With a user's own words the same is done when the program runs. This
//! file is part of both, and uses nothing of the program but [`mod@super::fold`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::fold::first_word;

/// A folded term, as a range of the terms' text, and its entry's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) start: u32,
    pub(crate) length: u32,
    pub(crate) entry: u32,
}

/// A first word, as a range of the terms' text, and the terms that begin with it, as a range of these. One without a
/// length is a free place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FirstWord {
    pub(crate) start: u32,
    pub(crate) length: u32,
    pub(crate) first: u32,
    pub(crate) count: u32,
}

/// Terms by their first words.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    /// All terms, one after the other.
    pub(crate) text: Cow<'static, str>,
    /// Those that begin with the same word stand together, the longest first.
    pub(crate) terms: Cow<'static, [Term]>,
    /// The first words, each at the place that its hash says or at the next free one.
    pub(crate) first_words: Cow<'static, [FirstWord]>,
    /// Which bytes terms begin with, a bit each: most words are passed over by that.
    pub(crate) first_bytes: [u64; 4],
    /// The length of the longest term.
    pub(crate) longest: usize,
}

impl Terms {
    /// Lays out folded terms, each with its entry's number. Where two are alike the first one stays.
    pub(crate) fn of(found: impl IntoIterator<Item = (String, usize)>) -> Self {
        let mut by_first_word: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
        for (term, entry) in found {
            let alike = by_first_word.entry(first_word(&term).to_owned()).or_default();
            if !alike.iter().any(|(other, _)| *other == term) {
                alike.push((term, entry));
            }
        }
        let mut text = String::new();
        let mut terms = Vec::new();
        // Half of the places stay free, so that a word that is none of these soon meets one.
        let places = (2 * by_first_word.len()).next_power_of_two();
        let mut first_words = vec![FirstWord { start: 0, length: 0, first: 0, count: 0 }; places];
        let mut first_bytes = [0; 4];
        let mut longest = 0;
        for (word, mut alike) in by_first_word {
            alike.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
            let mut place = hash(&word) as usize;
            while first_words[place % places].length > 0 {
                place += 1;
            }
            // The first of the terms to be laid down begins with the word.
            let (start, first, count) = (small(text.len()), small(terms.len()), small(alike.len()));
            first_words[place % places] = FirstWord { start, length: small(word.len()), first, count };
            let byte = usize::from(word.as_bytes().first().copied().unwrap_or_default());
            first_bytes[byte / 64] |= 1 << (byte % 64);
            for (term, entry) in alike {
                longest = longest.max(term.len());
                terms.push(Term { start: small(text.len()), length: small(term.len()), entry: small(entry) });
                text.push_str(&term);
            }
        }
        Self { text: text.into(), terms: terms.into(), first_words: first_words.into(), first_bytes, longest }
    }

    /// The folded words of a term.
    pub(crate) fn word(&self, term: Term) -> &str {
        self.range(term.start, term.length)
    }

    /// Whether some term begins with a byte.
    pub(crate) fn may_begin_with(&self, byte: u8) -> bool {
        self.first_bytes[usize::from(byte / 64)] & (1 << (byte % 64)) != 0
    }

    /// The terms that begin with a folded word, the longest first.
    pub(crate) fn beginning_with(&self, word: &str) -> Option<&[Term]> {
        let byte = word.as_bytes().first()?;
        if !self.may_begin_with(*byte) {
            return None;
        }
        let mut place = hash(word) as usize;
        loop {
            let found = self.first_words[place % self.first_words.len()];
            if found.length == 0 {
                return None;
            }
            if self.range(found.start, found.length) == word {
                return self.terms.get(found.first as usize..)?.get(..found.count as usize);
            }
            place += 1;
        }
    }

    fn range(&self, start: u32, length: u32) -> &str {
        &self.text[start as usize..][..length as usize]
    }
}

/// FNV-1a: words are short, and it must be the same on the machine that builds and on the one that runs.
fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A lexicon has some thousands of terms.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_found_by_its_first_word_and_nothing_else_is() {
        let words = ["ny", "nya uppdrag", "ny uppgift", "nyckeltal", "ny", "%"];
        let many = (0..2_000).map(|number| format!("ord{number} till"));
        let found: Vec<String> = words.iter().map(ToString::to_string).chain(many).collect();
        let terms = Terms::of(found.iter().cloned().zip(0..));
        let beginning_with = |word: &str| -> Vec<(&str, u32)> {
            let alike = terms.beginning_with(word).unwrap_or_default();
            alike.iter().map(|term| (terms.word(*term), term.entry)).collect()
        };
        assert_eq!(beginning_with("ny"), [("ny uppgift", 2), ("ny", 0)]);
        assert_eq!(beginning_with("%"), [("%", 5)]);
        for number in 0..2_000 {
            let term = format!("ord{number} till");
            assert_eq!(beginning_with(&format!("ord{number}")), [(term.as_str(), number + 6)]);
        }
        for none in ["", "n", "nyc", "ord", "ord2000", "uppgift", "å"] {
            assert_eq!(beginning_with(none), [], "{none}");
        }
        assert_eq!(terms.longest, "ord1000 till".len());
        assert!(Terms::of([]).beginning_with("ny").is_none());
    }
}
