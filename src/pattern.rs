//! Regular expressions: those that stand in the code as constants, and those of the vocabulary.
//!
//! Compiling one takes longer than reading a page, and most texts that a pattern is asked about cannot match it. So each
//! knows what characters it needs, in their order, and is compiled once a text has them.

pub(crate) mod byte_set;
mod compile;
pub(crate) mod needs;

use std::borrow::Cow;
use std::ops::{Index, Range};
use std::sync::OnceLock;

use regex_automata::meta::Regex;
use regex_automata::util::captures;
use regex_automata::{Input, Span};
use regex_syntax::hir::Hir;

use compile::compile;
use needs::Needs;

/// A regular expression that is compiled once a text comes that it may match.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: Cow<'static, str>,
    /// What a text must hold, where the build script has found it out.
    needs: Option<&'static Needs>,
    /// `None` where it is no regular expression, which tests and the reader of a user's file would have refused.
    parsed: OnceLock<Option<Parsed>>,
    regex: OnceLock<Option<Regex>>,
}

/// What a pattern says.
#[derive(Debug)]
struct Parsed {
    expression: Hir,
    needs: Needs,
}

impl Pattern {
    /// A pattern that is a constant.
    pub(crate) const fn new(source: &'static str) -> Self {
        Self::from_parts(Cow::Borrowed(source), None)
    }

    /// A pattern that is a constant, with what a text must hold to match it.
    pub(crate) const fn with_needs(source: &'static str, needs: &'static Needs) -> Self {
        Self::from_parts(Cow::Borrowed(source), Some(needs))
    }

    /// A pattern that is put together.
    pub(crate) const fn of(source: String) -> Self {
        Self::from_parts(Cow::Owned(source), None)
    }

    const fn from_parts(source: Cow<'static, str>, needs: Option<&'static Needs>) -> Self {
        Self { source, needs, parsed: OnceLock::new(), regex: OnceLock::new() }
    }

    /// Whether it is a regular expression.
    #[cfg(test)]
    pub(crate) fn is_valid(&self) -> bool {
        regex_syntax::parse(&self.source).is_ok_and(|expression| compile(&expression).is_some())
    }

    /// The regular expression, if the text may match it.
    fn regex_for(&self, text: &str) -> Option<&Regex> {
        if self.needs.is_some_and(|needs| !needs.are_met(text)) {
            return None;
        }
        let parse = || {
            let expression = regex_syntax::parse(&self.source).ok()?;
            Some(Parsed { needs: Needs::of(&expression), expression })
        };
        let parsed = self.parsed.get_or_init(parse).as_ref()?;
        if self.needs.is_none() && !parsed.needs.are_met(text) {
            return None;
        }
        self.regex.get_or_init(|| compile(&parsed.expression)).as_ref()
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        // A search for a whole match may look back, which is quicker than stopping early without.
        self.find(text).is_some()
    }

    pub(crate) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        let found = self.regex_for(text)?.find(text)?;
        Some(Match { text, span: found.span() })
    }

    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.captures_from(text, 0)
    }

    /// The first match that begins at a place of the text or after it.
    pub(crate) fn captures_from<'t>(&self, text: &'t str, start: usize) -> Option<Captures<'t>> {
        let regex = self.regex_for(&text[start..])?;
        let mut groups = regex.create_captures();
        regex.search_captures(&Input::new(text).range(start..), &mut groups);
        Captures::of(text, groups)
    }

    pub(crate) fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        let found = self.regex_for(text).into_iter().flat_map(move |regex| regex.find_iter(text));
        found.map(move |found| Match { text, span: found.span() })
    }

    pub(crate) fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        let found = self.regex_for(text).into_iter().flat_map(move |regex| regex.captures_iter(text));
        found.filter_map(move |groups| Captures::of(text, groups))
    }

    /// The text with each match replaced; `$1` in the replacement stands for the first group.
    pub(crate) fn replace_all<'t>(&self, text: &'t str, by: &str) -> Cow<'t, str> {
        let mut replaced = String::new();
        let mut copied = 0;
        for found in self.captures_iter(text) {
            let whole = found.whole().range();
            replaced.push_str(&text[copied..whole.start]);
            found.groups.interpolate_string_into(text, by, &mut replaced);
            copied = whole.end;
        }
        if copied == 0 && replaced.is_empty() {
            return Cow::Borrowed(text);
        }
        replaced.push_str(&text[copied..]);
        Cow::Owned(replaced)
    }
}

/// A part of a text that a pattern or one of its groups has matched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match<'t> {
    text: &'t str,
    span: Span,
}

impl<'t> Match<'t> {
    pub(crate) fn as_str(&self) -> &'t str {
        &self.text[self.span.range()]
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.span.range()
    }

    pub(crate) fn start(&self) -> usize {
        self.span.start
    }

    pub(crate) fn end(&self) -> usize {
        self.span.end
    }
}

/// A match with its groups.
#[derive(Debug)]
pub(crate) struct Captures<'t> {
    text: &'t str,
    whole: Span,
    groups: captures::Captures,
}

impl<'t> Captures<'t> {
    fn of(text: &'t str, groups: captures::Captures) -> Option<Self> {
        let whole = groups.get_match()?.span();
        Some(Self { text, whole, groups })
    }

    /// All that was matched.
    pub(crate) fn whole(&self) -> Match<'t> {
        Match { text: self.text, span: self.whole }
    }

    /// A group, if it took part in the match.
    pub(crate) fn get(&self, group: usize) -> Option<Match<'t>> {
        self.groups.get_group(group).map(|span| Match { text: self.text, span })
    }

    /// A group by its name.
    pub(crate) fn name(&self, group: &str) -> Option<Match<'t>> {
        self.groups.get_group_by_name(group).map(|span| Match { text: self.text, span })
    }
}

impl Index<usize> for Captures<'_> {
    type Output = str;

    /// What a group has matched, which takes part in each match.
    fn index(&self, group: usize) -> &str {
        self.groups
            .get_group(group)
            .map(|span| &self.text[span.range()])
            .expect("the group takes part in each match")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_what_is_needed_is_not_searched() {
        let date = Pattern::new(r"(?:19|20)[0-9]{2}-[0-9]{2}|Å[0-9]+\.");
        assert!(!date.is_match("i mars") && date.regex.get().is_none());
        assert!(!date.is_match("12 - 13") && date.regex.get().is_none());
        assert!(date.is_match("den 2031-05") && date.is_match("Å1."));
    }
}
