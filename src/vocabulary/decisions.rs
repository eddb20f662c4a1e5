//! Who decides: reads the words that lead in a decision or a proposal.
//!
//! In goes a text that begins with such words ("Kommunstyrelsen föreslår att kommunfullmäktige beslutar"), out come
//! the bodies and the place where the decision's own text begins. The phrases are templates in
//! decision_phrases.toml. What is decided is left to the caller.

use std::cell::OnceCell;

use super::Vocabulary;
use super::codes::DecisionPhrase;
use super::names::{Named, Words};

/// Who decides, and on whose proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Who decides, in the nominative; `None` where the text says "nämnden" or the like, which is the paper's own.
    pub body: Option<String>,
    /// Who proposes, in the nominative; `None` where nobody does or the text says "förvaltningen" or the like.
    pub proposer: Option<String>,
    /// Where in the text the decision itself begins: "att godkänna …".
    pub rest_start: usize,
}

/// A phrase begins within so many words of its sentence: after "Med hänvisning till ovanstående" but not in prose.
const WORDS_BEFORE: usize = 12;

/// No template has more words than this with its bodies' names.
const WORDS_OF_PHRASE: usize = 40;

impl Vocabulary {
    /// The decision that the text leads in.
    #[must_use]
    pub fn decision(&self, text: &str) -> Option<Decision> {
        let words = Words::new(beginning(text));
        let bodies = Bodies::new(self, &words);
        for at in 0..words.len().min(WORDS_BEFORE) {
            if at > 0 && words.ends_sentence_after(at - 1) {
                return None;
            }
            if let Some(decision) = self.decision_at(&words, &bodies, at) {
                return Some(decision);
            }
        }
        None
    }

    /// The longest template that fits from a word on.
    fn decision_at(&self, words: &Words<'_>, bodies: &Bodies<'_>, at: usize) -> Option<Decision> {
        let mut best: Option<(usize, Decision)> = None;
        let (names_body, word) = (bodies.get(at).is_some(), words.get(at)?);
        let may_begin = |template: &&str| {
            template.starts_with('{') && names_body
                || template.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        for entry in self.decision_phrases.entries() {
            for template in entry.terms().filter(may_begin) {
                let Some(filled) = fill(template, words, bodies, at) else { continue };
                if best.as_ref().is_some_and(|(end, _)| *end >= filled.end) {
                    continue;
                }
                let rest_start = match (entry.code, filled.last_body) {
                    (DecisionPhrase::Acts, Some(body)) => words.ranges[body].start,
                    _ => words.rest_after(filled.end - 1),
                };
                best =
                    Some((filled.end, Decision { body: filled.body, proposer: filled.proposer, rest_start }));
            }
        }
        best.map(|(_, decision)| decision)
    }
}

/// The bodies that names begin at each word, each looked for once a template asks.
struct Bodies<'w> {
    vocabulary: &'w Vocabulary,
    words: &'w Words<'w>,
    found: Vec<OnceCell<Option<Named>>>,
}

impl<'w> Bodies<'w> {
    fn new(vocabulary: &'w Vocabulary, words: &'w Words<'w>) -> Self {
        Self { vocabulary, words, found: (0..words.len()).map(|_| OnceCell::new()).collect() }
    }

    fn get(&self, at: usize) -> Option<&Named> {
        self.found.get(at)?.get_or_init(|| self.vocabulary.body_at(self.words, at)).as_ref()
    }
}

/// A template whose slots are filled.
struct Filled {
    /// The word after the template.
    end: usize,
    body: Option<String>,
    proposer: Option<String>,
    /// The word that the last body begins at.
    last_body: Option<usize>,
}

/// Lays a template over the words from one on.
fn fill(template: &str, words: &Words<'_>, bodies: &Bodies<'_>, at: usize) -> Option<Filled> {
    let mut filled = Filled { end: at, body: None, proposer: None, last_body: None };
    for piece in template.split(' ') {
        if filled.end > at && words.ends_sentence_after(filled.end - 1) {
            return None;
        }
        match piece {
            "{body}" | "{proposer}" => {
                let named = bodies.get(filled.end)?;
                if piece == "{body}" {
                    filled.body.clone_from(&named.name);
                    filled.last_body = Some(filled.end);
                } else {
                    filled.proposer.clone_from(&named.name);
                }
                filled.end = named.words.end;
            }
            word => {
                if words.get(filled.end)? != word {
                    return None;
                }
                filled.end += 1;
            }
        }
    }
    Some(filled)
}

/// As much of a text as can hold a phrase.
fn beginning(text: &str) -> &str {
    let words = text.split_whitespace().take(WORDS_BEFORE + WORDS_OF_PHRASE);
    let end = words.last().map_or(0, |word| word.as_ptr() as usize - text.as_ptr() as usize + word.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_the_one_that_decides_last() {
        for (text, body, proposer, rest) in [
            (
                "Arbetsmarknadsnämnden beslutar\n\n1. att lägga informationen till handlingarna.",
                Some("Arbetsmarknadsnämnden"),
                None,
                "1. att lägga informationen till handlingarna.",
            ),
            (
                "Kommunstyrelsen föreslår att kommunfullmäktige beslutar följande. Taxan antas.",
                Some("Kommunfullmäktige"),
                Some("Kommunstyrelsen"),
                "Taxan antas.",
            ),
            (
                "Nämnden för Teknik föreslår kommunfullmäktige att besluta att anta taxan",
                Some("Kommunfullmäktige"),
                Some("Nämnden för Teknik"),
                "att anta taxan",
            ),
            ("Socialnämnden föreslås besluta att", Some("Socialnämnden"), None, "att"),
            ("Förvaltningen föreslår att nämnden beslutar att godkänna", None, None, "att godkänna"),
            (
                "Kommunstyrelsen föreslås för egen del besluta: att delegera",
                Some("Kommunstyrelsen"),
                None,
                "att delegera",
            ),
            (
                "**Barn- och utbildningsnämnden** beslutar **att** godkänna",
                Some("Barn- och utbildningsnämnden"),
                None,
                "att** godkänna",
            ),
            (
                "Med hänvisning till ovanstående föreslås kultur- och fritidsnämnden besluta att",
                Some("Kultur- och fritidsnämnden"),
                None,
                "att",
            ),
            (
                "Kommunstyrelsens arbetsutskott föreslår kommunstyrelsen föreslå kommunfullmäktige besluta att",
                Some("Kommunfullmäktige"),
                Some("Kommunstyrelsens arbetsutskott"),
                "att",
            ),
            (
                "Stadsledningskontoret föreslår att kommunstyrelsen antar planen.",
                Some("Kommunstyrelsen"),
                Some("Stadsledningskontoret"),
                "kommunstyrelsen antar planen.",
            ),
        ] {
            let decision = Vocabulary::builtin().decision(text).expect(text);
            assert_eq!(decision.body.as_deref(), body, "{text:?}");
            assert_eq!(decision.proposer.as_deref(), proposer, "{text:?}");
            assert_eq!(&text[decision.rest_start..], rest, "{text:?}");
        }
        for text in ["Nämnden redovisar ett överskott.", "att godkänna rapporten", ""] {
            assert_eq!(Vocabulary::builtin().decision(text), None, "{text:?}");
        }
    }
}
