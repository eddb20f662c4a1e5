//! How patterns are compiled: so that it takes little time, since most programs read one paper and each pattern is asked
//! about few of its lines.
//!
//! In goes an expression that is parsed, out comes one that searches. Left out are automata that long texts pay for. One
//! stays where a match may begin anywhere in the text: without it each place would be tried anew.

use std::sync::LazyLock;

use regex_automata::meta::Regex;
use regex_syntax::hir::{
    Capture, Class, ClassBytes, ClassBytesRange, ClassUnicode, Hir, HirKind, Look, Repetition,
};
use regex_syntax::utf8::{Utf8Range, Utf8Sequence, Utf8Sequences};

/// The regular expression; `None` where it would be too large.
pub(super) fn compile(expression: &Hir) -> Option<Regex> {
    let is_bound = expression.properties().look_set_prefix().contains(Look::Start);
    let config = Regex::config().dfa(false).onepass(false).hybrid(!is_bound).auto_prefilter(false);
    Regex::builder().configure(config).build_from_hir(&in_bytes(expression)).ok()
}

/// The largest classes that are written out in bytes, in ranges.
const MOST_RANGES: usize = 16;

/// The same expression with small classes of characters written out in bytes: for a class of characters, however
/// small, the compiler lays out a table of half a megabyte.
fn in_bytes(expression: &Hir) -> Hir {
    match expression.kind() {
        HirKind::Class(Class::Unicode(class)) if class.ranges().len() <= MOST_RANGES => {
            if let Some(ascii) = class.to_byte_class() {
                return Hir::class(Class::Bytes(ascii));
            }
            match &*SPACE {
                Some((space, bytes)) if class == space => bytes.clone(),
                _ => class_in_bytes(class),
            }
        }
        HirKind::Repetition(Repetition { min, max, greedy, sub }) => {
            Hir::repetition(Repetition { min: *min, max: *max, greedy: *greedy, sub: in_bytes(sub).into() })
        }
        HirKind::Capture(Capture { index, name, sub }) => {
            Hir::capture(Capture { index: *index, name: name.clone(), sub: in_bytes(sub).into() })
        }
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(in_bytes).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(in_bytes).collect()),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => expression.clone(),
    }
}

/// White space, which nearly each pattern has, and the same in bytes.
static SPACE: LazyLock<Option<(ClassUnicode, Hir)>> =
    LazyLock::new(|| match regex_syntax::parse(r"\s").ok()?.into_kind() {
        HirKind::Class(Class::Unicode(space)) => Some((space.clone(), class_in_bytes(&space))),
        _ => None,
    });

fn class_in_bytes(class: &ClassUnicode) -> Hir {
    let ranges = class.ranges().iter();
    let sequences: Vec<Utf8Sequence> =
        ranges.flat_map(|range| Utf8Sequences::new(range.start(), range.end())).collect();
    one_of(&sequences.iter().map(Utf8Sequence::as_slice).collect::<Vec<_>>())
}

/// An expression for one of several sequences of bytes, those that begin alike next to each other.
fn one_of(sequences: &[&[Utf8Range]]) -> Hir {
    let mut single = ClassBytes::empty();
    let mut longer = Vec::new();
    for alike in sequences.chunk_by(|a, b| a[0] == b[0] && a.len() > 1) {
        let first = ClassBytesRange::new(alike[0][0].start, alike[0][0].end);
        if alike[0].len() == 1 {
            single.push(first);
            continue;
        }
        let rests: Vec<&[Utf8Range]> = alike.iter().map(|sequence| &sequence[1..]).collect();
        let first = Hir::class(Class::Bytes(ClassBytes::new([first])));
        longer.push(Hir::concat(vec![first, one_of(&rests)]));
    }
    if !single.ranges().is_empty() {
        longer.insert(0, Hir::class(Class::Bytes(single)));
    }
    Hir::alternation(longer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn matches_are_those_of_the_pattern_as_it_is_written(
            pattern in prop::sample::select(vec![
                r"^(.*?)\s*(?:\.{2,}|…+)\s*([0-9a-f]{1,4})?\s*$",
                r"(?i)[\s,(–-]+b\s*(?:nr\.?\s*)?([0-9]{1,3}|[a-h])\b",
                r"(?P<registry>[A-ZÅÄÖ]{1,6})[^\]b]?(\S+)|\p{Lu}\p{L}+",
            ]),
            text in "[ab1Bå\u{a0}Ö–….\\]𝄞 ]{0,12}",
        ) {
            let own = compile(&regex_syntax::parse(pattern).unwrap()).unwrap();
            let plain = regex::Regex::new(pattern).unwrap();
            let groups = |captures: &regex::Captures<'_>| {
                captures.iter().map(|group| group.map(|group| group.range())).collect::<Vec<_>>()
            };
            let found: Vec<_> = plain.captures_iter(&text).map(|found| groups(&found)).collect();
            let own: Vec<_> = own
                .captures_iter(&text)
                .map(|found| found.iter().map(|group| group.map(|span| span.range())).collect::<Vec<_>>())
                .collect();
            prop_assert_eq!(own, found, "{} {:?}", pattern, text);
        }
    }
}
