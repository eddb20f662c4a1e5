//! Names of committees and departments in running text.
//!
//! In goes a text, out come the names in it, in the nominative with a capital: "socialnämndens" is
//! "Socialnämnden". What names are built from stands in organs.toml and departments.toml; this file knows how they are
//! put together: compounds with their cut halves ("Barn- och utbildningsnämnden"), qualifiers ("tekniska nämnden"),
//! "nämnden för X", and parts after a genitive ("Kommunstyrelsens arbetsutskott"). Whose paper it is, the caller says.

use std::ops::Range;

use super::Vocabulary;
use super::codes::NamePart;
use super::fold::{close_letter_spacing, fold, fold_into, is_alphanumeric, single_spaced};
use super::lexicon::{Entry, Lexicon};

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMatch {
    /// The name in the nominative, definite, with a capital; `None` for a word such as "nämnden", which stands for a
    /// body that is named elsewhere.
    pub name: Option<String>,
    /// Where it stands in the text, a genitive s included.
    pub range: Range<usize>,
}

impl Vocabulary {
    /// The first committee that the text names: "Arbetsmarknadsnämnden". A bare "nämnden" names none.
    #[must_use]
    pub fn organ(&self, text: &str) -> Option<String> {
        self.find_organ(text)?.name
    }

    /// The first committee that the text names, and where.
    #[must_use]
    pub fn find_organ(&self, text: &str) -> Option<NameMatch> {
        let words = Words::new(text);
        (0..words.len()).find_map(|at| self.organ_at(&words, at)).map(|found| found.in_text(&words))
    }

    /// The committee that the text begins with.
    #[must_use]
    pub fn organ_at_start(&self, text: &str) -> Option<NameMatch> {
        let begins = |first: &Words<'_>| may_begin_name(&self.organs, first, 0);
        let words = Words::beginning(text, begins)?;
        self.organ_at(&words, 0).map(|found| found.in_text(&words))
    }

    /// The first department that the text names: "Stadsledningskontoret".
    #[must_use]
    pub fn department(&self, text: &str) -> Option<String> {
        self.find_department(text)?.name
    }

    /// The first department that the text names, and where.
    #[must_use]
    pub fn find_department(&self, text: &str) -> Option<NameMatch> {
        let words = Words::new(text);
        (0..words.len()).find_map(|at| self.department_at(&words, at)).map(|found| found.in_text(&words))
    }

    /// The department that the text begins with.
    #[must_use]
    pub fn department_at_start(&self, text: &str) -> Option<NameMatch> {
        let begins = |first: &Words<'_>| {
            may_begin_name(&self.organs, first, 0) || may_begin_name(&self.departments, first, 0)
        };
        let words = Words::beginning(text, begins)?;
        self.department_at(&words, 0).map(|found| found.in_text(&words))
    }

    /// Every committee and department in the text, and the words that stand for one, from left to right.
    #[must_use]
    pub fn bodies(&self, text: &str) -> Vec<NameMatch> {
        let words = Words::new(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.body_at(&words, at) {
                Some(body) => {
                    at = body.words.end;
                    found.push(body.in_text(&words));
                }
                None => at += 1,
            }
        }
        found
    }

    /// The committee, department or generic word that begins at a word.
    pub(super) fn body_at(&self, words: &Words<'_>, at: usize) -> Option<Named> {
        let organ = name_at(&self.organs, words, at);
        let of_organ = organ.as_ref().and_then(|organ| self.part_after(&self.departments, words, organ));
        let department = of_organ.or_else(|| name_at(&self.departments, words, at));
        let organ = || organ.map(|organ| self.part_after(&self.organs, words, &organ).unwrap_or(organ));
        department.or_else(organ).or_else(|| {
            let word = without_genitive(words.folded(at));
            let generic = |lexicon: &Lexicon<NamePart>, word: &str| {
                lexicon.folded_word(word).is_some_and(|entry| match entry.code {
                    NamePart::Generic => true,
                    NamePart::Ending => entry.canonical == word,
                    _ => false,
                })
            };
            (generic(&self.organs, word) || generic(&self.departments, word))
                .then(|| Named { words: at..at + 1, name: None })
        })
    }

    fn organ_at(&self, words: &Words<'_>, at: usize) -> Option<Named> {
        let organ = name_at(&self.organs, words, at)?;
        // "Kommunstyrelsens förvaltning" is a department.
        if self.part_after(&self.departments, words, &organ).is_some() {
            return None;
        }
        Some(self.part_after(&self.organs, words, &organ).unwrap_or(organ))
    }

    fn department_at(&self, words: &Words<'_>, at: usize) -> Option<Named> {
        let of_organ = name_at(&self.organs, words, at)
            .and_then(|organ| self.part_after(&self.departments, words, &organ));
        of_organ.or_else(|| name_at(&self.departments, words, at))
    }

    /// A name in the genitive together with the part that follows it.
    fn part_after(&self, lexicon: &Lexicon<NamePart>, words: &Words<'_>, owner: &Named) -> Option<Named> {
        let last = owner.words.end - 1;
        if !words.folded(last).ends_with('s') || words.breaks_after(last) {
            return None;
        }
        // The longest part wins: "plan- och byggutskott" has three words.
        (1..=4).rev().find_map(|count| {
            let end = owner.words.end + count;
            let part = words.run(owner.words.end..end)?;
            let is_part = |part: &str| {
                // "Beredning" is both an ending of names and, after a genitive, a part.
                lexicon.folded_word(part).is_some_and(|entry| match entry.code {
                    NamePart::Part => true,
                    NamePart::Ending => entry.canonical != part,
                    _ => false,
                })
            };
            let mut name = words.written(owner.words.start..end);
            if !is_part(part) {
                part.strip_suffix('s').filter(|part| is_part(part))?;
                name.pop();
            }
            Some(Named { words: owner.words.start..end, name: Some(capitalised(&name)) })
        })
    }
}

/// A name as a range of words.
pub(super) struct Named {
    /// Which words it is.
    pub(super) words: Range<usize>,
    /// The name in the nominative; `None` for a generic word.
    pub(super) name: Option<String>,
}

impl Named {
    fn in_text(self, words: &Words<'_>) -> NameMatch {
        let range = words.ranges[self.words.start].start..words.ranges[self.words.end - 1].end;
        NameMatch { name: self.name, range }
    }
}

/// So many spaces within a line part columns.
pub(crate) const COLUMN_GAP: &str = "   ";

/// A text cut into words. "&" and "/" are words; hyphens belong to theirs.
pub(super) struct Words<'a> {
    text: &'a str,
    /// Where each word stands.
    pub(super) ranges: Vec<Range<usize>>,
    /// All words folded, one after the other with a space between.
    folded: String,
    /// Where each word stands in that.
    folds: Vec<Range<usize>>,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self::first(text, usize::MAX)
    }

    /// The words of a text that begins with one, if the first two of them pass a test.
    fn beginning(text: &'a str, passes: impl Fn(&Self) -> bool) -> Option<Self> {
        let first = Self::first(text, 2);
        (first.ranges.first()?.start == 0 && passes(&first)).then(|| Self::new(text))
    }

    /// So many words of a text.
    fn first(text: &'a str, count: usize) -> Self {
        let ranges = word_ranges(text, count);
        let mut folded = String::with_capacity(text.len());
        let mut folds = Vec::with_capacity(ranges.len());
        for range in &ranges {
            if !folded.is_empty() {
                folded.push(' ');
            }
            let start = folded.len();
            fold_into(&text[range.clone()], &mut folded);
            folds.push(start..folded.len());
        }
        Self { text, ranges, folded, folds }
    }

    pub(super) fn len(&self) -> usize {
        self.ranges.len()
    }

    /// A word folded.
    pub(super) fn folded(&self, at: usize) -> &str {
        &self.folded[self.folds[at].clone()]
    }

    /// A word folded, where there is one.
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        self.folds.get(at).map(|range| &self.folded[range.clone()])
    }

    /// Some words folded, with single spaces; `None` where there are fewer or none.
    pub(super) fn run(&self, words: Range<usize>) -> Option<&str> {
        let words = self.folds.get(words)?;
        Some(&self.folded[words.first()?.start..words.last()?.end])
    }

    pub(super) fn raw(&self, at: usize) -> &'a str {
        &self.text[self.ranges[at].clone()]
    }

    /// Whether anything but space and emphasis stands between a word and the next, or a gap as between columns.
    pub(super) fn breaks_after(&self, at: usize) -> bool {
        let Some(next) = self.ranges.get(at + 1) else { return true };
        let between = &self.text[self.ranges[at].end..next.start];
        between.chars().any(|c| !c.is_whitespace() && !matches!(c, '*' | '_'))
            || between.contains(COLUMN_GAP) && !between.contains('\n')
    }

    /// Whether a sentence or clause ends between a word and the next.
    pub(super) fn ends_sentence_after(&self, at: usize) -> bool {
        let Some(next) = self.ranges.get(at + 1) else { return false };
        self.text[self.ranges[at].end..next.start].contains(['.', ':', ';', '?', '!'])
    }

    /// Where the text goes on after a word: past the colon, the full stop and emphasis that may follow it.
    pub(super) fn rest_after(&self, at: usize) -> usize {
        let end = self.ranges[at].end;
        let rest = self.text[end..].trim_start_matches([':', '.', '*', '_', ' ', '\n', '\r', '\t', '\u{a0}']);
        self.text.len() - rest.len()
    }

    /// Only a comma stands between a word and the next.
    fn comma_after(&self, at: usize) -> bool {
        let Some(next) = self.ranges.get(at + 1) else { return false };
        self.text[self.ranges[at].end..next.start].trim() == ","
    }

    /// Words as the paper writes them but for the genitive s of the last one.
    fn nominative(&self, words: Range<usize>) -> String {
        let genitive = self.folded(words.end - 1).ends_with('s');
        let mut written = self.written(words);
        if genitive {
            written.pop();
        }
        written
    }

    /// Words as the paper writes them, with single spaces; capitals throughout become small letters.
    fn written(&self, words: Range<usize>) -> String {
        let mut written = String::new();
        for at in words.clone() {
            let raw = self.raw(at);
            if !written.is_empty() && raw != "/" && !written.ends_with('/') {
                written.push(' ');
            }
            written.push_str(&single_spaced(raw));
            if self.comma_after(at) && at + 1 < words.end {
                written.push(',');
            }
        }
        let letters = || written.chars().filter(|c| c.is_alphabetic());
        if letters().count() > 3 && letters().all(char::is_uppercase) {
            written.to_lowercase()
        } else {
            written
        }
    }
}

/// Where the first words of a text stand.
fn word_ranges(text: &str, count: usize) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::with_capacity(count.min(text.len() / 6 + 1));
    // Where the word that is being read ends; a sign is a word that nothing joins.
    let mut open = None;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        let is_last = ranges.len() == count;
        let is_alphanumeric = is_alphanumeric(character);
        let belongs = is_alphanumeric
            || matches!(
                character,
                '-' | '\u{2010}' | '\u{2011}' | '\u{ad}' | '\u{308}' | '\u{30a}' | '\u{301}'
            );
        match ranges.last_mut() {
            Some(last) if belongs && open == Some(at) => {
                last.end = end;
                open = Some(end);
            }
            _ if !is_alphanumeric && !matches!(character, '&' | '/') => {}
            _ if is_last => break,
            _ if is_alphanumeric => {
                ranges.push(at..end);
                open = Some(end);
            }
            _ => {
                ranges.push(at..end);
                open = None;
            }
        }
    }
    ranges
}

/// The name that begins at a word.
fn name_at(lexicon: &Lexicon<NamePart>, words: &Words<'_>, at: usize) -> Option<Named> {
    // Most words begin none, and a text has many.
    if !may_begin_name(lexicon, words, at) {
        return None;
    }
    // "om-" and "sorgsnämnden" on two lines: the end of a broken word is no name.
    if at > 0 && words.folded(at - 1).ends_with('-') && !words.breaks_after(at - 1) {
        return None;
    }
    if begins_term(lexicon, words, at)
        && let Some(name) = listed_name_at(lexicon, words, at)
    {
        return Some(name);
    }
    if local_follows(lexicon, words, at) {
        return Some(Named { words: at..at + 2, name: Some(capitalised(&words.nominative(at..at + 2))) });
    }
    compound_at(lexicon, words, at)
}

/// Whether a name can begin at a word, by that word and the next.
fn may_begin_name(lexicon: &Lexicon<NamePart>, words: &Words<'_>, at: usize) -> bool {
    let first = words.folded(at);
    begins_term(lexicon, words, at)
        || first.ends_with('-')
        || ending_of(lexicon, first).is_some()
        || local_follows(lexicon, words, at)
}

fn begins_term(lexicon: &Lexicon<NamePart>, words: &Words<'_>, at: usize) -> bool {
    let first = words.folded(at);
    lexicon.begins_term(first) || lexicon.begins_term(without_genitive(first))
}

/// A name that is listed as such, the longest first.
fn listed_name_at(lexicon: &Lexicon<NamePart>, words: &Words<'_>, at: usize) -> Option<Named> {
    (1..=3).rev().find_map(|count| {
        let joined = words.run(at..at + count)?;
        let written = if is(lexicon, joined, NamePart::Name) {
            words.written(at..at + count)
        } else if is(lexicon, without_genitive(joined), NamePart::Name) {
            words.nominative(at..at + count)
        } else {
            return None;
        };
        Some(Named { words: at..at + count, name: Some(capitalised(&written)) })
    })
}

/// A name that ends like a body's: "Barn- och utbildningsnämnden", "tekniska nämnden", "nämnden för Teknik".
fn compound_at(lexicon: &Lexicon<NamePart>, words: &Words<'_>, at: usize) -> Option<Named> {
    let capital = words.raw(at).starts_with(char::is_uppercase);
    // The word that ends the compound: this one, or one after the halves "Barn- och".
    let head = head_of_halves(lexicon, words, at);
    let qualified =
        head == at && is(lexicon, words.folded(at), NamePart::Qualifier) && !words.breaks_after(at);
    let head = if qualified { at + 1 } else { head };
    let word = words.get(head)?;
    let refused = |word: &str| is(lexicon, word, NamePart::Not) || is(lexicon, word, NamePart::Generic);
    if refused(word) || refused(without_genitive(word)) {
        return None;
    }
    let Ending { entry, before, genitive, definite } = ending_of(lexicon, word)?;
    if !capital && (entry.capital || !definite || qualified && before > 0) {
        return None;
    }
    let mut end = head + 1;
    let mut name = if genitive { words.nominative(at..end) } else { words.written(at..end) };
    if !definite {
        name = definite_form(&name, &entry.canonical);
    }
    if before == 0 {
        match name_after_for(lexicon, words, head) {
            Some((after, last)) if !genitive => {
                name = format!("{name} för {after}");
                end = last;
            }
            _ if qualified => {}
            _ => return None,
        }
    }
    Some(Named { words: at..end, name: Some(capitalised(&name)) })
}

/// "Södermalms stadsdelsnämnd": a place and what it has.
fn local_follows(lexicon: &Lexicon<NamePart>, words: &Words<'_>, at: usize) -> bool {
    let Some(next) = words.get(at + 1).filter(|_| !words.breaks_after(at)) else { return false };
    words.raw(at).starts_with(char::is_uppercase)
        && (is(lexicon, next, NamePart::Local) || is(lexicon, without_genitive(next), NamePart::Local))
}

/// Whether a folded word is a part of names of some sort.
fn is(lexicon: &Lexicon<NamePart>, word: &str, part: NamePart) -> bool {
    lexicon.folded_word(word).is_some_and(|entry| entry.code == part)
}

/// How a word ends in one of the endings.
struct Ending<'a> {
    entry: &'a Entry<NamePart>,
    /// Letters before the ending.
    before: usize,
    /// Whether an s of the genitive follows it.
    genitive: bool,
    /// Whether it is the definite form.
    definite: bool,
}

/// The ending that a folded word has.
fn ending_of<'a>(lexicon: &'a Lexicon<NamePart>, word: &str) -> Option<Ending<'a>> {
    let nominative = word.strip_suffix('s');
    let last = |text: &str| text.as_bytes().last().copied();
    let (own, own_nominative) = (last(word), nominative.and_then(last));
    let may_end = |term: &str| last(term) == own || nominative.is_some() && last(term) == own_nominative;
    let endings = lexicon.endings(|code| *code == NamePart::Ending);
    endings.filter(|(term, _)| may_end(term)).find_map(|(term, entry)| {
        let (first, genitive) = match (word.strip_suffix(term), nominative) {
            (Some(first), _) => (first, false),
            (None, Some(nominative)) => (nominative.strip_suffix(term)?, true),
            (None, None) => return None,
        };
        // "Finämnd" is no compound; three letters make a first part.
        let before = first.chars().count();
        let definite = fold(&entry.canonical) == term;
        (before == 0 || before >= 3).then_some(Ending { entry, before, genitive, definite })
    })
}

/// "Socialnämnd" as "Socialnämnden": the last letters give way to the definite ending.
fn definite_form(name: &str, canonical: &str) -> String {
    let lower = name.to_lowercase();
    for length in (2..canonical.chars().count()).rev() {
        let stem: String = canonical.chars().take(length).collect();
        if lower.ends_with(&stem) {
            let article: String = canonical.chars().skip(length).collect();
            return format!("{name}{article}");
        }
    }
    name.to_owned()
}

/// From the first of the halves "Barn-, ungdoms- och utbildningsnämnden" the word that ends them all; the word itself
/// where it is no half.
fn head_of_halves(lexicon: &Lexicon<NamePart>, words: &Words<'_>, at: usize) -> usize {
    let mut head = at;
    while words.folded(head).ends_with('-') {
        if joins(lexicon, words, head + 1) && !words.breaks_after(head) && head + 2 < words.len() {
            head += 2;
        } else if words.comma_after(head) {
            head += 1;
        } else {
            return at;
        }
    }
    head
}

/// What follows "för" after a word that ends a name: "Kultur & Fritid". Also the word after it.
fn name_after_for(lexicon: &Lexicon<NamePart>, words: &Words<'_>, head: usize) -> Option<(String, usize)> {
    if !is(lexicon, words.get(head + 1)?, NamePart::For)
        || words.breaks_after(head)
        || words.breaks_after(head + 1)
    {
        return None;
    }
    let first = head + 2;
    let stops = |at: usize| {
        words.get(at).is_none_or(|word| {
            !word.starts_with(char::is_alphabetic)
                || lexicon.folded_word(word).is_some_and(|entry| match entry.code {
                    NamePart::Stop => true,
                    NamePart::Owned => !entry.open,
                    _ => false,
                })
        })
    };
    if stops(first) {
        return None;
    }
    let mut end = first + 1;
    loop {
        let half = words.folded(end - 1).ends_with('-');
        let adjective = is_adjective(lexicon, words.folded(end - 1));
        if adjective && !words.breaks_after(end - 1) && !stops(end) && !joins(lexicon, words, end) {
            end += 1;
        } else if joins(lexicon, words, end)
            && !words.breaks_after(end - 1)
            && !words.breaks_after(end)
            && !stops(end + 1)
            && !begins_body(lexicon, words, end + 1)
        {
            end += 2;
        } else if words.comma_after(end - 1) && !stops(end) && (half || enumerates(lexicon, words, end)) {
            end += 1;
        } else {
            break;
        }
    }
    // "Gymnasium &" at a line's end, "arbetsmark-" before its other half: the rest of the name is elsewhere.
    let goes_on = words.get(end) == Some("&") && !words.breaks_after(end - 1);
    if goes_on || words.folded(end - 1).ends_with('-') {
        return None;
    }
    let mut name = words.written(first..end);
    // "Förvaltningen för Tekniks tjänsteskrivelse": what is owned makes the s before it a genitive.
    let owned = |word: &str| lexicon.folded_word(word).is_some_and(|entry| entry.code == NamePart::Owned);
    if name.ends_with('s') && !words.breaks_after(end - 1) && words.get(end).is_some_and(owned) {
        name.pop();
    }
    Some((name, end))
}

/// Whether another body's name begins at a word: "Nämnden för Teknik och kommunstyrelsen" are two.
fn begins_body(lexicon: &Lexicon<NamePart>, words: &Words<'_>, at: usize) -> bool {
    listed_name_at(lexicon, words, at).is_some()
        || ending_of(lexicon, words.folded(head_of_halves(lexicon, words, at))).is_some()
}

/// Whether a comma goes on with a list that "och" closes: "kultur, idrott och fritid".
fn enumerates(lexicon: &Lexicon<NamePart>, words: &Words<'_>, at: usize) -> bool {
    joins(lexicon, words, at + 1) && !words.breaks_after(at)
}

/// Whether a word joins two parts of a name: "och", "&".
fn joins(lexicon: &Lexicon<NamePart>, words: &Words<'_>, at: usize) -> bool {
    words.get(at).is_some_and(|word| is(lexicon, word, NamePart::And))
}

/// Whether a word is an adjective by its ending, so that the name goes on with its noun: "hållbart".
fn is_adjective(lexicon: &Lexicon<NamePart>, word: &str) -> bool {
    let endings = lexicon.entries().filter(|entry| entry.code == NamePart::Adjective);
    endings.flat_map(Entry::terms).any(|ending| {
        // Three letters before it make it a word: "social" has them.
        word.strip_suffix(ending).is_some_and(|stem| stem.chars().count() >= 3)
    })
}

/// A word without its genitive s.
fn without_genitive(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// A name with a capital first letter.
fn capitalised(name: &str) -> String {
    let name = close_letter_spacing(name);
    let mut characters = name.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn committees() {
        for (text, name) in [
            ("arbetsmarknadsnämnden", Some("Arbetsmarknadsnämnden")),
            ("Socialnämndens beslut", Some("Socialnämnden")),
            ("Socialnämnd", Some("Socialnämnden")),
            ("nämnden för Teknik", Some("Nämnden för Teknik")),
            ("TEKNISKA NÄMNDEN", Some("Tekniska nämnden")),
            ("tekniska nämndens arbetsutskott", Some("Tekniska nämndens arbetsutskott")),
            ("Kommunstyrelsens arbetsutskott", Some("Kommunstyrelsens arbetsutskott")),
            ("KOMMUNSTYRELSENS ARBETSUTSKOTTS FÖRSLAG", Some("Kommunstyrelsens arbetsutskott")),
            ("Kommunstyrelsens plan- och byggutskott", Some("Kommunstyrelsens plan- och byggutskott")),
            ("Barn- och utbildningsnämnden", Some("Barn- och utbildningsnämnden")),
            ("Förslag till barn- och utbildningsnämnden", Some("Barn- och utbildningsnämnden")),
            ("Miljö-, bygg- och räddningsnämndens", Some("Miljö-, bygg- och räddningsnämnden")),
            ("Kultur & Fritid", None),
            ("Nämnden för Kultur & Fritid antar riktlinjer", Some("Nämnden för Kultur & Fritid")),
            (
                "Nämnden för Gymnasie- och Arbetsmarknad noterar",
                Some("Nämnden för Gymnasie- och Arbetsmarknad"),
            ),
            (
                "nämnden för arbetsmarknad och vuxenutbildning",
                Some("Nämnden för arbetsmarknad och vuxenutbildning"),
            ),
            ("Nämnden för hållbart samhällsbyggande beslutar", Some("Nämnden för hållbart samhällsbyggande")),
            ("Nämnden för arbete, välfärd och omsorg", Some("Nämnden för arbete, välfärd och omsorg")),
            ("nämnden för Teknik och kommunstyrelsen", Some("Nämnden för Teknik")),
            ("Nämnden för Service samt barn- och utbildningsnämnden", Some("Nämnden för Service")),
            ("till nämnden för beslut", None),
            ("nämnden för kännedom", None),
            ("Nämnden beslutar", None),
            ("Nämnden totalt", None),
            ("samtliga nämnder", None),
            ("facknämnd", None),
            ("Länsstyrelsen i Uppsala län", None),
            ("Kommunstyrelsens förvaltning", None),
            ("Kommunstyrelsen", Some("Kommunstyrelsen")),
            ("KF och kommunfullmäktiges presidium", Some("Kommunfullmäktiges presidium")),
            ("Södermalms stadsdelsnämnd beslutar", Some("Södermalms stadsdelsnämnd")),
            ("Regionala utvecklingsnämnden", Some("Regionala utvecklingsnämnden")),
            ("vård- och om-\nsorgsnämnden", None),
            ("Nämnden för Gymnasium &          Kungsbacka kommun", None),
            ("arbetsutskottet bifaller", None),
            ("vattenberedningen", None),
            ("Budgetberedningen", Some("Budgetberedningen")),
            ("S o c i a l n ä m n d e n", None),
        ] {
            assert_eq!(Vocabulary::builtin().organ(text).as_deref(), name, "{text:?}");
        }
    }

    #[test]
    fn departments() {
        for (text, name) in [
            ("Arbetsmarknadsförvaltningen", Some("Arbetsmarknadsförvaltningen")),
            ("Utbildningsförvaltningens tjänsteutlåtande", Some("Utbildningsförvaltningen")),
            ("KOMMUNLEDNINGSKONTORET", Some("Kommunledningskontoret")),
            ("Förvaltningen för Service, för kännedom", Some("Förvaltningen för Service")),
            ("Förvaltningen för Tekniks tjänsteskrivelse", Some("Förvaltningen för Teknik")),
            (
                "Förvaltning för Gymnasium & Arbetsmarknads tjänsteskrivelse",
                Some("Förvaltningen för Gymnasium & Arbetsmarknad"),
            ),
            ("Kommunstyrelsens förvaltnings tjänsteskrivelse", Some("Kommunstyrelsens förvaltning")),
            ("Vård- och omsorgsförvaltningen", Some("Vård- och omsorgsförvaltningen")),
            ("Tekniska kontoret", Some("Tekniska kontoret")),
            ("Grundskoleavdelningen", Some("Grundskoleavdelningen")),
            ("Norrmalms stadsdelsförvaltning", Some("Norrmalms stadsdelsförvaltning")),
            ("Förvaltningen föreslår", None),
            ("Socialnämnden", None),
            ("vårdavdelningen", None),
            ("privata sektorn", None),
            ("Regeringskansliet", None),
        ] {
            assert_eq!(Vocabulary::builtin().department(text).as_deref(), name, "{text:?}");
        }
    }

    #[test]
    fn bodies_with_their_places() {
        let text = "Förvaltningens förslag till Socialnämndens arbetsutskott";
        let bodies: Vec<_> = Vocabulary::builtin()
            .bodies(text)
            .into_iter()
            .map(|body| (&text[body.range], body.name))
            .collect();
        assert_eq!(
            bodies,
            [
                ("Förvaltningens", None),
                ("Socialnämndens arbetsutskott", Some("Socialnämndens arbetsutskott".to_owned()))
            ]
        );
    }

    proptest! {
        #[test]
        fn garbage_never_panics(text in "\\PC*") {
            let _ = Vocabulary::builtin().bodies(&text);
            let _ = Vocabulary::builtin().municipality(&text);
            let _ = Vocabulary::builtin().decision(&text);
            let _ = Vocabulary::builtin().heading_kind(&text);
            let _ = Vocabulary::builtin().is_role(&text);
        }

        #[test]
        fn near_names_never_panic(text in "(Barn-|Tekniska|nämnden|Socialnämndens|Kommunstyrelsens|förvaltning|för|och|&|,|Teknik|S| |\n|\u{ad}|å){0,8}") {
            let _ = Vocabulary::builtin().bodies(&text);
            let _ = Vocabulary::builtin().decision(&text);
            let _ = Vocabulary::builtin().heading_kind(&text);
        }

        #[test]
        fn a_name_found_in_its_own_nominative_stays(text in "(Social|Miljö|Barn- och utbildnings)(nämnden|nämndens)") {
            let name = Vocabulary::builtin().organ(&text).unwrap();
            prop_assert_eq!(Vocabulary::builtin().organ(&name), Some(name));
        }
    }
}
