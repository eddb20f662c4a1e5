//! What a text must hold to match a pattern: its first and last byte where the match is bound to them, and some bytes one
//! after the other. In goes an expression that is parsed, out comes a test that takes a fraction of a search. It lets
//! through some texts that do not match, and none is refused that does.

use std::borrow::Cow;

use regex_syntax::hir::{Hir, HirKind, Look};

use super::byte_set::ByteSet;

/// What a text must hold to be searched.
#[derive(Debug)]
pub(crate) struct Needs {
    /// What it must begin with, where a match does.
    pub(crate) first: Option<ByteSet>,
    /// What it must end with, where a match does.
    pub(crate) last: Option<ByteSet>,
    /// One byte of each set after the other; other bytes may stand between them.
    pub(crate) inside: Cow<'static, [ByteSet]>,
}

/// More tell nothing more.
const MOST_NEEDS: usize = 16;

impl Needs {
    pub(crate) fn of(expression: &Hir) -> Self {
        let mut inside = Vec::new();
        collect(expression, &mut inside, MOST_NEEDS);
        let edge = |is_bound: bool, side| {
            let (bytes, may_be_empty) = edge(expression, side);
            (is_bound && !may_be_empty).then_some(bytes)
        };
        let properties = expression.properties();
        let first = edge(properties.look_set_prefix().contains(Look::Start), Side::First);
        let last = edge(properties.look_set_suffix().contains(Look::End), Side::Last);
        Self { first, last, inside: inside.into() }
    }

    pub(super) fn are_met(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let holds = |set: ByteSet, byte: Option<&u8>| byte.is_some_and(|byte| set.holds(*byte));
        if self.first.is_some_and(|set| !holds(set, bytes.first()))
            || self.last.is_some_and(|set| !holds(set, bytes.last()))
        {
            return false;
        }
        let mut bytes = bytes.iter();
        self.inside.iter().all(|set| bytes.any(|byte| set.holds(*byte)))
    }
}

/// A side of an expression.
#[derive(Clone, Copy)]
enum Side {
    First,
    Last,
}

/// The bytes that an expression may begin or end with, and whether it may be empty.
fn edge(hir: &Hir, side: Side) -> (ByteSet, bool) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => (ByteSet::default(), true),
        HirKind::Literal(literal) => {
            let byte = match side {
                Side::First => literal.0.first(),
                Side::Last => literal.0.last(),
            };
            (byte.map_or(ByteSet::default(), |byte| ByteSet::of(*byte)), false)
        }
        HirKind::Class(class) => match side {
            Side::First => (ByteSet::first_of(class), false),
            Side::Last => (ByteSet::last_of(class), false),
        },
        HirKind::Repetition(repetition) => {
            let (bytes, may_be_empty) = edge(&repetition.sub, side);
            (bytes, may_be_empty || repetition.min == 0)
        }
        HirKind::Capture(capture) => edge(&capture.sub, side),
        HirKind::Concat(parts) => {
            let mut bytes = ByteSet::default();
            for at in 0..parts.len() {
                let part = match side {
                    Side::First => &parts[at],
                    Side::Last => &parts[parts.len() - 1 - at],
                };
                let (own, may_be_empty) = edge(part, side);
                bytes = bytes.or(own);
                if !may_be_empty {
                    return (bytes, false);
                }
            }
            (bytes, true)
        }
        HirKind::Alternation(parts) => {
            let parts = parts.iter().map(|part| edge(part, side));
            parts
                .fold((ByteSet::default(), false), |(bytes, empty), (own, may)| (bytes.or(own), empty || may))
        }
    }
}

/// Adds what a part of a pattern needs, until there are as many sets as are wanted.
fn collect(hir: &Hir, sets: &mut Vec<ByteSet>, most: usize) {
    if sets.len() >= most {
        return;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => {
            let left = most - sets.len();
            sets.extend(literal.0.iter().take(left).map(|byte| ByteSet::of(*byte)));
        }
        HirKind::Class(class) => sets.push(ByteSet::first_of(class)),
        HirKind::Repetition(repetition) => {
            for _ in 0..repetition.min.min(most as u32) {
                collect(&repetition.sub, sets, most);
            }
        }
        HirKind::Capture(capture) => collect(&capture.sub, sets, most),
        HirKind::Concat(parts) => parts.iter().for_each(|part| collect(part, sets, most)),
        HirKind::Alternation(parts) => {
            // Whichever it is, it has as many bytes as the shortest.
            let mut left = most - sets.len();
            let mut either: Vec<ByteSet> = Vec::new();
            for (at, part) in parts.iter().enumerate() {
                let mut own = Vec::new();
                collect(part, &mut own, left);
                left = own.len();
                if at == 0 {
                    either = own;
                } else {
                    either.truncate(left);
                    either.iter_mut().zip(own).for_each(|(set, own)| *set = set.or(own));
                }
            }
            sets.extend(either);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bound_match_tells_how_a_text_begins_and_ends() {
        let needs = |pattern| Needs::of(&regex_syntax::parse(pattern).unwrap());
        let number = needs(r"^\s*(?:[0-9]+|[a-z]?§)\)?\s*$");
        assert!(number.are_met("12)") && number.are_met("a§") && number.are_met("\u{a0}1\u{a0}"));
        assert!(!number.are_met("x 12 x") && !number.are_met("(12)") && !number.are_met(""));
        assert!(needs("^(?:a|)$").are_met("") && needs("a$|b").are_met("bc"));
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
            let needs = Needs::of(&regex_syntax::parse(pattern).unwrap());
            prop_assert!(needs.are_met(&format!("så {text} är")), "{pattern} {text}");
        }
    }
}
