//! Lexicons: lists of words with what they mean, and the ways to look for them in a text.
//!
//! In goes one TOML file of entries, out come answers to three questions: is this text a term, does it begin with
//! one, which terms does it contain? A term is looked up by its first word in a hash table; no pattern is compiled
//! and no file is read before it is asked for. What a term means for a paper is left to the stages.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::fold::{Folded, fold, is_boundary};
use super::municipalities::municipality_forms;

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
    /// The word is too common to be a label unless it is alone on its line or a colon follows.
    #[serde(default)]
    pub colon: bool,
    /// The word counts only with a capital letter.
    #[serde(default)]
    pub capital: bool,
    /// A municipality's bare name, which counts only beside "kommun" or "stad".
    #[serde(default)]
    pub place: Option<String>,
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

/// The entries of a lexicon, ready to be looked up.
#[derive(Debug)]
struct Index<C> {
    /// The user's entries, then the built-in ones.
    entries: Vec<Entry<C>>,
    /// Which entry a folded term belongs to.
    whole: HashMap<Box<str>, usize>,
    /// The folded terms that begin with a word, longest first.
    by_first_word: HashMap<Box<str>, Vec<(Box<str>, usize)>>,
    /// Hints, the strongest first.
    keywords: Vec<Keyword<C>>,
    /// What the patterns are composed of.
    parts: BTreeMap<String, Part>,
    /// The entries' patterns, compiled once somebody asks.
    patterns: OnceLock<Vec<(Regex, usize)>>,
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
        let index = self.index();
        if let Some(&at) = index.whole.get(fold(text).as_str()) {
            return Some(&index.entries[at]);
        }
        let text = text.trim();
        let (_, at) = index
            .patterns()
            .iter()
            .find(|(pattern, _)| pattern.find(text).is_some_and(|found| found.range() == (0..text.len())))?;
        Some(&index.entries[*at])
    }

    /// The longest term that the text begins with, and how many bytes of the text it takes. The term ends where a
    /// word ends.
    #[must_use]
    pub fn prefix(&self, text: &str) -> Option<(&Entry<C>, usize)> {
        let folded = Folded::new(text);
        let index = self.index();
        let (term, entry) = index.at(&folded.text, 0)?;
        Some((&index.entries[entry], folded.origin(0, term).end))
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
                && is_boundary(before, Some(character))
                && let Some((length, entry)) = index.at(&folded.text, at)
            {
                found.push((folded.origin(at, at + length), &index.entries[entry]));
                skip = at + length;
            }
            before = Some(character);
        }
        found
    }

    /// The hints, the strongest first.
    pub(crate) fn keywords(&self) -> &[Keyword<C>] {
        &self.index().keywords
    }

    /// The entries that have patterns, with each pattern.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = (&Regex, &Entry<C>)> {
        let index = self.index();
        index.patterns().iter().map(|(pattern, at)| (pattern, &index.entries[*at]))
    }

    fn index(&self) -> &Index<C> {
        self.index.get_or_init(|| {
            let file: File<C> = toml::from_str(self.source)
                .unwrap_or_else(|error| panic!("the built-in {}.toml is wrong: {error}", self.name));
            let entries = self.additions.iter().cloned().chain(file.entry).collect();
            Index::new(entries, file.keyword, file.parts)
        })
    }
}

impl<C> Index<C> {
    fn new(entries: Vec<Entry<C>>, keywords: Vec<Keyword<C>>, parts: BTreeMap<String, Part>) -> Self {
        let mut whole = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            // The first one stays: a user's word wins over a built-in one.
            for term in entry.terms() {
                whole.entry(fold(term).into_boxed_str()).or_insert(at);
            }
            if let Some(place) = &entry.place {
                for term in municipality_forms(&entry.canonical, place) {
                    whole.entry(fold(&term).into_boxed_str()).or_insert(at);
                }
            }
        }
        let mut by_first_word: HashMap<Box<str>, Vec<(Box<str>, usize)>> = HashMap::new();
        for (term, &at) in &whole {
            by_first_word.entry(first_word(term).into()).or_default().push((term.clone(), at));
        }
        for terms in by_first_word.values_mut() {
            terms.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        }
        Self { entries, whole, by_first_word, keywords, parts, patterns: OnceLock::new() }
    }

    /// The entries' patterns with their parts put in.
    fn patterns(&self) -> &[(Regex, usize)] {
        self.patterns.get_or_init(|| {
            let mut compiled = Vec::new();
            for (at, entry) in self.entries.iter().enumerate() {
                for pattern in &entry.patterns {
                    let mut whole = pattern.clone();
                    for (name, part) in &self.parts {
                        whole = whole.replace(&format!("{{{name}}}"), &part.pattern);
                    }
                    // Built-in patterns are tested, and a user's are checked when their file is read.
                    compiled.extend(Regex::new(&whole).ok().map(|regex| (regex, at)));
                }
            }
            compiled
        })
    }

    /// The longest term at a place of a folded text: its length and its entry.
    fn at(&self, folded: &str, start: usize) -> Option<(usize, usize)> {
        let text = &folded[start..];
        let terms = self.by_first_word.get(first_word(text))?;
        terms
            .iter()
            .find(|(term, _)| {
                text.starts_with(&**term)
                    && is_boundary(term.chars().next_back(), text[term.len()..].chars().next())
            })
            .map(|(term, entry)| (term.len(), *entry))
    }
}

/// The letters and digits that a text begins with, or its first character where that is neither.
fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let end = if end == 0 { text.chars().next().map_or(0, char::len_utf8) } else { end };
    &text[..end]
}
