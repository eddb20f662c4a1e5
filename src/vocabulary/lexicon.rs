//! Lexicons: lists of words with what they mean, and the ways to look for them in a text.
//!
//! In goes one TOML file of entries, out come answers to three questions: is this text a term, does it begin with
//! one, which terms does it contain? A term is looked up by its first word in a hash table; no pattern is compiled
//! and no file is read before somebody asks. What a term means for a paper is left to the stages.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::pattern::Pattern;

use super::fold::{Folded, WordRoom, first_folded_byte, first_folded_word, first_word, fold, is_boundary};

/// One thing that papers have a word for.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "C: DeserializeOwned"))]
pub struct Entry<C> {
    /// What the words mean.
    pub code: C,
    /// The word that stands for all of them.
    pub canonical: String,
    /// Other words for the same.
    #[serde(default)]
    pub variants: Vec<String>,
    /// Definite forms: "Aktiviteten".
    #[serde(default)]
    pub definite: Vec<String>,
    /// Plural forms: "Aktiviteter".
    #[serde(default)]
    pub plural: Vec<String>,
    /// Definite plural forms: "Aktiviteterna".
    #[serde(default)]
    pub definite_plural: Vec<String>,
    /// Forms that only a sentence uses: "påbörjats" of "Uppdraget har påbörjats".
    #[serde(default)]
    pub sentence: Vec<String>,
    /// Regular expressions, where words alone do not do. Parts in braces are explained in the file's `[parts]`.
    #[serde(default)]
    pub patterns: Vec<String>,
    /// Texts that the entry must match.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Texts that the entry must not match.
    #[serde(default)]
    pub counter_examples: Vec<String>,
    /// A heading that every paper of the kind has, a sibling of its like whatever size it is set in.
    #[serde(default)]
    pub standard: bool,
    /// More words may follow: "Förslag till beslut i kommunfullmäktige".
    #[serde(default)]
    pub open: bool,
    /// Words that end in it mean the same: "Resultatindikator".
    #[serde(default)]
    pub compound: bool,
    /// The word is too common to be a label unless it is alone on its line or a colon follows.
    #[serde(default)]
    pub colon: bool,
    /// The word counts only with a capital letter.
    #[serde(default)]
    pub capital: bool,
    /// What the entry tells of has no end: "Ständigt pågående".
    #[serde(default)]
    pub open_ended: bool,
}

/// The grammatical form in which an entry's word was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "Aktivitet".
    Singular,
    /// "Aktiviteten".
    Definite,
    /// "Aktiviteter".
    Plural,
    /// "Aktiviteterna".
    DefinitePlural,
}

impl<C> Entry<C> {
    /// All words of the entry.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.canonical)
            .chain(&self.variants)
            .chain(&self.definite)
            .chain(&self.plural)
            .chain(&self.definite_plural)
            .chain(&self.sentence)
            .map(String::as_str)
    }

    /// The form of a text that the entry has matched. A word that is the same in singular and plural ("uppdrag")
    /// counts as singular.
    #[must_use]
    pub fn form(&self, matched: &str) -> Form {
        let matched = fold(matched);
        let among = |words: &[String]| words.iter().any(|word| fold(word) == matched);
        if among(&self.definite) {
            Form::Definite
        } else if among(&self.definite_plural) {
            Form::DefinitePlural
        } else if among(&self.plural) {
            Form::Plural
        } else {
            Form::Singular
        }
    }

    /// Whether a text that the entry has matched is a form that only sentences use.
    #[must_use]
    pub fn only_in_sentence(&self, matched: &str) -> bool {
        let matched = fold(matched);
        self.sentence.iter().any(|word| fold(word) == matched)
    }
}

/// A list of words with what they mean.
#[derive(Debug)]
pub struct Lexicon<C> {
    /// The file's name, for messages.
    name: &'static str,
    /// The built-in file.
    source: &'static str,
    /// A user's own entries.
    additions: Vec<Entry<C>>,
    /// What both become once somebody asks.
    index: OnceLock<Index<C>>,
}

/// A word that hints at a meaning where no entry's term is found.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "C: DeserializeOwned"))]
pub(crate) struct Keyword<C> {
    /// What it hints at.
    pub(crate) code: C,
    /// Parts of words that must all be there.
    #[serde(default)]
    pub(crate) all: Vec<String>,
    /// Parts of words of which one must be there.
    #[serde(default)]
    pub(crate) any: Vec<String>,
    /// Whole words; one of these will do as well.
    #[serde(default)]
    pub(crate) words: Vec<String>,
    /// Parts of words that speak against it.
    #[serde(default)]
    pub(crate) without: Vec<String>,
    /// The text must begin with it.
    #[serde(default)]
    pub(crate) start: bool,
}

/// A folded term and its entry.
type Term = (Box<str>, usize);

/// The entries of a lexicon, ready to be looked up.
#[derive(Debug)]
struct Index<C> {
    /// The user's entries, then the built-in ones.
    entries: Vec<Entry<C>>,
    /// The folded terms that begin with a word, longest first, with their entries.
    by_first_word: FxHashMap<Box<str>, Vec<Term>>,
    /// Which bytes a folded term begins with: most words are passed over by that.
    first_bytes: [bool; 256],
    /// Hints, the strongest first.
    keywords: Vec<Keyword<C>>,
    /// The folded terms that words may end in to mean the same.
    compounds: Vec<Term>,
    /// The entries' patterns.
    patterns: Vec<EntryPattern>,
    /// The length of the longest folded term.
    longest: usize,
    /// The folded terms without their spaces, once somebody asks.
    squeezed: OnceLock<FxHashMap<Box<str>, usize>>,
    /// The endings, once somebody asks.
    endings: OnceLock<Vec<(Box<str>, usize)>>,
}

/// An entry's pattern with its parts put in.
#[derive(Debug)]
struct EntryPattern {
    entry: usize,
    pattern: Pattern,
}

/// A built-in file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "C: DeserializeOwned"))]
struct File<C> {
    #[serde(default)]
    parts: BTreeMap<String, Part>,
    #[serde(default = "Vec::new")]
    entry: Vec<Entry<C>>,
    #[serde(default = "Vec::new")]
    keyword: Vec<Keyword<C>>,
}

/// A named part of patterns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    /// What it stands for, for the reader of the file.
    #[allow(dead_code)] // read by people
    meaning: String,
    /// The regular expression; empty where code fills the part in.
    #[serde(default)]
    pattern: String,
}

impl<C: DeserializeOwned + Clone> Lexicon<C> {
    /// A lexicon over a built-in file, with a user's entries in front.
    pub(crate) fn new(name: &'static str, source: &'static str, additions: Vec<Entry<C>>) -> Self {
        Self { name, source, additions, index: OnceLock::new() }
    }

    /// All entries: the user's, then the built-in ones.
    pub fn entries(&self) -> &[Entry<C>] {
        &self.index().entries
    }

    /// The entry that the text as a whole is a term of. Case, spaces, a closing ":" or "." and Markdown emphasis
    /// count for nothing.
    #[must_use]
    pub fn whole(&self, text: &str) -> Option<&Entry<C>> {
        self.word(text).or_else(|| {
            let text = text.trim();
            let index = self.index();
            let fits = |own: &&EntryPattern| {
                own.pattern.find(text).is_some_and(|found| found.range() == (0..text.len()))
            };
            index.patterns.iter().find(fits).map(|own| &index.entries[own.entry])
        })
    }

    /// Like [`Self::whole`]; a term after which more may follow need only be the text's beginning.
    #[must_use]
    pub fn whole_or_open(&self, text: &str) -> Option<&Entry<C>> {
        self.whole(text).or_else(|| self.prefix(text).map(|(entry, _)| entry).filter(|entry| entry.open))
    }

    /// Like [`Self::whole`], by words alone.
    pub(crate) fn word(&self, text: &str) -> Option<&Entry<C>> {
        // Most texts begin with a word that no term does, and are not folded to their end.
        let terms = self.index().beginning_like(text)?;
        self.term_of(terms, &fold(text))
    }

    /// Like [`Self::word`], for a text that is folded.
    pub(super) fn folded_word(&self, folded: &str) -> Option<&Entry<C>> {
        self.term_of(self.index().beginning_with(first_word(folded))?, folded)
    }

    /// The entry of the term, among some, that a folded text is.
    fn term_of(&self, terms: &[Term], folded: &str) -> Option<&Entry<C>> {
        let entry = terms.iter().find(|(term, _)| **term == *folded).map(|(_, entry)| *entry)?;
        Some(&self.index().entries[entry])
    }

    /// The entry whose words the text, one word, is a compound of: "Resultatindikatorer".
    pub(crate) fn compound(&self, text: &str) -> Option<&Entry<C>> {
        let index = self.index();
        if index.compounds.is_empty() || text.trim().contains(' ') {
            return None;
        }
        let folded = fold(text);
        let ends = |(ending, _): &&Term| folded.ends_with(&**ending);
        index.compounds.iter().find(ends).map(|(_, at)| &index.entries[*at])
    }

    /// Whether some term begins with the first word of a folded text.
    pub(super) fn begins_term(&self, folded: &str) -> bool {
        self.index().beginning_with(first_word(folded)).is_some()
    }

    /// Whether a text whose first word is this one, folded, can be a term or match a pattern.
    pub(super) fn may_begin(&self, word: &str) -> bool {
        let index = self.index();
        !index.patterns.is_empty() || index.beginning_with(word).is_some()
    }

    /// The folded terms of the entries that are endings of words, and the entry of each. Which codes those are is the
    /// same each time.
    pub(crate) fn endings(&self, is_ending: fn(&C) -> bool) -> impl Iterator<Item = (&str, &Entry<C>)> {
        let index = self.index();
        let endings = index.endings.get_or_init(|| {
            let entries = index.entries.iter().enumerate().filter(|(_, entry)| is_ending(&entry.code));
            entries
                .flat_map(|(at, entry)| entry.terms().map(move |term| (fold(term).into_boxed_str(), at)))
                .collect()
        });
        endings.iter().map(|(ending, at)| (&**ending, &index.entries[*at]))
    }

    /// The entry that the text is a term of if no space counts: "Prövning av b arnets bästa".
    pub(super) fn without_spaces(&self, text: &str) -> Option<&Entry<C>> {
        let index = self.index();
        let squeezed = index.squeezed.get_or_init(|| {
            let terms = index.by_first_word.values().flatten();
            terms.map(|(term, entry)| (term.replace(' ', "").into_boxed_str(), *entry)).collect()
        });
        squeezed.get(fold(text).replace(' ', "").as_str()).map(|at| &index.entries[*at])
    }

    /// The longest term that the text begins with, and how many bytes of the text it takes. The term ends where a
    /// word ends.
    #[must_use]
    pub fn prefix(&self, text: &str) -> Option<(&Entry<C>, usize)> {
        let index = self.index();
        let word = index.prefix(text).map(|(length, entry)| (&index.entries[entry], length));
        let pattern = index.patterns.iter().filter_map(|own| {
            let found = own.pattern.find(text).filter(|found| found.start() == 0 && found.end() > 0)?;
            ends_word(text, found.end()).then_some((&index.entries[own.entry], found.end()))
        });
        word.into_iter().chain(pattern).reduce(|best, other| if other.1 > best.1 { other } else { best })
    }

    /// Every term in the text, from left to right, none within another; the longest wins where several begin.
    #[must_use]
    pub fn find_all(&self, text: &str) -> Vec<(Range<usize>, &Entry<C>)> {
        let folded = Folded::new(text);
        let index = self.index();
        let mut found = Vec::new();
        let mut before = None;
        let mut skip = 0;
        for (at, character) in folded.text.char_indices() {
            if at >= skip
                && index.first_bytes[usize::from(folded.text.as_bytes()[at])]
                && is_boundary(before, Some(character))
                && let Some((length, entry)) = index.at(&folded.text, at)
            {
                found.push((folded.origin(at, at + length), &index.entries[entry]));
                skip = at + length;
            }
            before = Some(character);
        }
        if !index.patterns.is_empty() {
            for own in &index.patterns {
                let whole_words = own.pattern.find_iter(text).filter(|m| {
                    !m.range().is_empty() && ends_word(text, m.start()) && ends_word(text, m.end())
                });
                found.extend(whole_words.map(|m| (m.range(), &index.entries[own.entry])));
            }
            found.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
            found.dedup_by(|later, earlier| later.0.start < earlier.0.end);
        }
        found
    }

    /// The hints, the strongest first.
    pub(crate) fn keywords(&self) -> &[Keyword<C>] {
        &self.index().keywords
    }

    /// The patterns of those entries that are wanted.
    pub(crate) fn patterns(&self, wanted: impl Fn(&C) -> bool) -> impl Iterator<Item = &Pattern> {
        let index = self.index();
        let of_wanted = index.patterns.iter().filter(move |own| wanted(&index.entries[own.entry].code));
        of_wanted.map(|own| &own.pattern)
    }

    fn index(&self) -> &Index<C> {
        self.index.get_or_init(|| {
            let file: File<C> = serde_json::from_str(self.source)
                .unwrap_or_else(|error| panic!("the built-in {}.toml is wrong: {error}", self.name));
            let entries = self.additions.iter().cloned().chain(file.entry).collect();
            Index::new(entries, file.keyword, &file.parts)
        })
    }
}

impl<C> Index<C> {
    fn new(entries: Vec<Entry<C>>, keywords: Vec<Keyword<C>>, parts: &BTreeMap<String, Part>) -> Self {
        let mut by_first_word: FxHashMap<Box<str>, Vec<Term>> = FxHashMap::default();
        let mut add = |term: &str, entry: usize| {
            let first = first_word(term);
            let terms = match by_first_word.get_mut(first) {
                Some(terms) => terms,
                None => by_first_word.entry(first.into()).or_insert_with(|| Vec::with_capacity(1)),
            };
            // The first one stays: a user's word wins over a built-in one.
            if !terms.iter().any(|(other, _)| **other == *term) {
                terms.push((term.into(), entry));
            }
        };
        for (at, entry) in entries.iter().enumerate() {
            for term in entry.terms() {
                add(&fold(term), at);
            }
        }
        for terms in by_first_word.values_mut() {
            terms.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        }
        let mut patterns = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            for pattern in &entry.patterns {
                patterns.push(EntryPattern { entry: at, pattern: Pattern::of(with_parts(pattern, parts)) });
            }
        }
        let mut first_bytes = [false; 256];
        for word in by_first_word.keys() {
            first_bytes[usize::from(first_byte(word))] = true;
        }
        let longest = by_first_word.values().flatten().map(|(term, _)| term.len()).max().unwrap_or_default();
        let compounds = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.compound)
            .flat_map(|(at, entry)| entry.terms().map(move |term| (fold(term).into_boxed_str(), at)))
            .collect();
        Self {
            entries,
            by_first_word,
            first_bytes,
            keywords,
            compounds,
            patterns,
            longest,
            squeezed: OnceLock::new(),
            endings: OnceLock::new(),
        }
    }

    /// The terms that begin with the first word of a text.
    fn beginning_like(&self, text: &str) -> Option<&[Term]> {
        if first_folded_byte(text).is_some_and(|byte| !self.first_bytes[usize::from(byte)]) {
            return None;
        }
        self.beginning_with(&first_folded_word(text, &mut WordRoom::default()))
    }

    /// The terms that begin with a folded word.
    fn beginning_with(&self, word: &str) -> Option<&[Term]> {
        if !self.first_bytes[usize::from(first_byte(word))] {
            return None;
        }
        self.by_first_word.get(word).map(Vec::as_slice)
    }

    /// The longest term that a text begins with: its length in the text and its entry.
    fn prefix(&self, text: &str) -> Option<(usize, usize)> {
        self.beginning_like(text)?;
        // Of a long text only its beginning is folded; spaces and emphasis may take as much room as the letters.
        let enough = text.floor_char_boundary(2 * self.longest + 32);
        let beginning = Folded::new(&text[..enough]);
        let (length, entry) = self.at(&beginning.text, 0)?;
        if length == beginning.text.len() && enough < text.len() {
            let all = Folded::new(text);
            return self.at(&all.text, 0).map(|(length, entry)| (all.origin(0, length).end, entry));
        }
        Some((beginning.origin(0, length).end, entry))
    }

    /// The longest term at a place of a folded text: its length and its entry.
    fn at(&self, folded: &str, start: usize) -> Option<(usize, usize)> {
        let text = &folded[start..];
        if !self.first_bytes[usize::from(first_byte(text))] {
            return None;
        }
        let terms = self.by_first_word.get(first_word(text))?;
        terms
            .iter()
            .find(|(term, _)| text.strip_prefix(&**term).is_some_and(|rest| ends_term(term, rest)))
            .map(|(term, entry)| (term.len(), *entry))
    }
}

/// The first byte of a text; 0 where it is empty.
fn first_byte(text: &str) -> u8 {
    text.as_bytes().first().copied().unwrap_or_default()
}

/// A user's pattern with the named parts of a built-in file put in.
pub(super) fn complete_pattern(pattern: &str, source: &str) -> String {
    #[derive(Deserialize)]
    struct Parts {
        #[serde(default)]
        parts: BTreeMap<String, Part>,
    }
    match serde_json::from_str::<Parts>(source) {
        Ok(file) => with_parts(pattern, &file.parts),
        Err(_) => pattern.to_owned(),
    }
}

/// A pattern with its named parts put in.
fn with_parts(pattern: &str, parts: &BTreeMap<String, Part>) -> String {
    let mut whole = pattern.to_owned();
    for (name, part) in parts {
        whole = whole.replace(&format!("{{{name}}}"), &part.pattern);
    }
    whole
}

/// Whether a term ends where the rest of the text goes on: not within a word, and not before the hyphen of a compound
/// or of a half ("Budget-avvikelse", "Budget- och skuldrådgivning").
fn ends_term(term: &str, rest: &str) -> bool {
    let last = term.chars().next_back();
    let mut after = rest.chars();
    let compound = last.is_some_and(char::is_alphabetic)
        && after.next() == Some('-')
        && after.next().is_some_and(|next| next.is_alphabetic() || matches!(next, ' ' | '/'));
    !compound && is_boundary(last, rest.chars().next())
}

/// Whether a word of the text ends or begins at a place.
fn ends_word(text: &str, at: usize) -> bool {
    is_boundary(text[..at].chars().next_back(), text[at..].chars().next())
}
