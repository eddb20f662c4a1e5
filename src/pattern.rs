//! Regular expressions: those that stand in the code as constants, and those of the vocabulary.
//!
//! Compiling one takes longer than reading a page, and most texts that a pattern is asked about cannot match it. So each
//! knows what characters it needs, in their order, and is compiled once a text has them.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex::{Captures, Match, Regex};
use regex_syntax::hir::{Class, Hir, HirKind};

/// A regular expression that is compiled once a text comes that it may match.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: Cow<'static, str>,
    needs: OnceLock<Needs>,
    /// `None` where it is no regular expression, which tests and the reader of a user's file would have refused.
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern that is a constant.
    pub(crate) const fn new(source: &'static str) -> Self {
        Self { source: Cow::Borrowed(source), needs: OnceLock::new(), regex: OnceLock::new() }
    }

    /// A pattern that is put together.
    pub(crate) const fn of(source: String) -> Self {
        Self { source: Cow::Owned(source), needs: OnceLock::new(), regex: OnceLock::new() }
    }

    /// The regular expression, if the text may match it.
    pub(crate) fn regex_for(&self, text: &str) -> Option<&Regex> {
        let needs = self.needs.get_or_init(|| Needs::of(&self.source));
        if !needs.are_met(text) {
            return None;
        }
        self.regex.get_or_init(|| Regex::new(&self.source).ok()).as_ref()
    }

    /// Whether it is a regular expression.
    #[cfg(test)]
    pub(crate) fn is_valid(&self) -> bool {
        Regex::new(&self.source).is_ok()
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.regex_for(text).is_some_and(|regex| regex.is_match(text))
    }

    pub(crate) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.regex_for(text)?.find(text)
    }

    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex_for(text)?.captures(text)
    }

    pub(crate) fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        self.regex_for(text).into_iter().flat_map(move |regex| regex.find_iter(text))
    }

    pub(crate) fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        self.regex_for(text).into_iter().flat_map(move |regex| regex.captures_iter(text))
    }

    pub(crate) fn replace_all<'t>(&self, text: &'t str, by: &str) -> Cow<'t, str> {
        self.regex_for(text).map_or(Cow::Borrowed(text), |regex| regex.replace_all(text, by))
    }
}

/// What a text must hold, one byte of each set after the other; other bytes may stand between them.
#[derive(Debug)]
struct Needs(Vec<ByteSet>);

type ByteSet = [bool; 256];

/// More tell nothing more.
const MOST_NEEDS: usize = 16;

impl Needs {
    fn of(pattern: &str) -> Self {
        let mut sets = Vec::new();
        if let Ok(hir) = regex_syntax::parse(pattern) {
            collect(&hir, &mut sets);
        }
        sets.truncate(MOST_NEEDS);
        Self(sets)
    }

    fn are_met(&self, text: &str) -> bool {
        let mut bytes = text.bytes();
        self.0.iter().all(|set| bytes.any(|byte| set[usize::from(byte)]))
    }
}

fn collect(hir: &Hir, sets: &mut Vec<ByteSet>) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => sets.extend(literal.0.iter().map(|byte| set_of(*byte, *byte))),
        HirKind::Class(class) => sets.push(first_bytes(class)),
        HirKind::Repetition(repetition) => {
            for _ in 0..repetition.min.min(MOST_NEEDS as u32) {
                collect(&repetition.sub, sets);
            }
        }
        HirKind::Capture(capture) => collect(&capture.sub, sets),
        HirKind::Concat(parts) => parts.iter().for_each(|part| collect(part, sets)),
        HirKind::Alternation(parts) => {
            let own = parts.iter().map(|part| {
                let mut sets = Vec::new();
                collect(part, &mut sets);
                sets
            });
            // Whichever it is, it has as many bytes as the shortest.
            let either = own.reduce(|a, b| {
                a.iter().zip(&b).map(|(a, b)| std::array::from_fn(|byte| a[byte] || b[byte])).collect()
            });
            sets.extend(either.unwrap_or_default());
        }
    }
}

fn set_of(first: u8, last: u8) -> ByteSet {
    std::array::from_fn(|byte| (usize::from(first)..=usize::from(last)).contains(&byte))
}

/// The bytes that the characters of a class begin with.
fn first_bytes(class: &Class) -> ByteSet {
    let mut set = [false; 256];
    let mut add = |first: u8, last: u8| set[usize::from(first)..=usize::from(last)].fill(true);
    match class {
        Class::Unicode(class) => {
            let first_of = |character: char| character.encode_utf8(&mut [0; 4]).as_bytes()[0];
            class.ranges().iter().for_each(|range| add(first_of(range.start()), first_of(range.end())));
        }
        Class::Bytes(class) => class.ranges().iter().for_each(|range| add(range.start(), range.end())),
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_without_what_is_needed_is_not_searched() {
        let date = Pattern::new(r"(?:19|20)[0-9]{2}-[0-9]{2}|Å[0-9]+\.");
        assert!(!date.is_match("i mars") && date.regex.get().is_none());
        assert!(!date.is_match("12 - 13") && date.regex.get().is_none());
        assert!(date.is_match("den 2031-05") && date.is_match("Å1."));
    }

    proptest! {
        #[test]
        fn what_matches_has_what_is_needed(
            (pattern, text) in prop::sample::select(vec![
                r"(?i)\s*bilaga\s*(?:nr\.?\s*)?([0-9]{1,3}|[a-h])",
                r"[A-ZÅÄÖ]{2,6}|[A-ZÅÄÖ][a-zåäö]{1,3}-(?:19[6-9]|20[0-9])[0-9]",
                r"(?:ab|c)?(d{2,3}|é)x*–",
            ])
            .prop_flat_map(|pattern| (Just(pattern), proptest::string::string_regex(pattern).unwrap()))
        ) {
            prop_assert!(Needs::of(pattern).are_met(&format!("så {text} är")), "{pattern} {text}");
        }
    }
}
