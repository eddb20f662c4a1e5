//! Lexicons: lists of words with what they mean, and the ways to look for them in a text.
//!
//! In goes one TOML file of entries, laid out by the build script, out come answers to three questions: is this text a
//! term, does it begin with one, which terms does it contain? A term is looked up by its first word in a hash table; no
//! pattern is compiled and no entry is read before somebody asks. What a term means for a paper is left to the stages.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::pattern::Pattern;
use crate::pattern::needs::Needs;

use super::fold::{Folded, WordRoom, first_folded_byte, first_folded_word, first_word, fold, is_boundary};
use super::terms::{Term, Terms};

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
    built_in: &'static Laid,
    /// A user's own entries.
    additions: Vec<Entry<C>>,
    /// What both become once somebody asks.
    index: OnceLock<Index<C>>,
}

/// A built-in file as the build script lays it out.
#[derive(Debug)]
pub(crate) struct Laid {
    /// The entries as JSON, one after the other.
    pub(super) entries: &'static str,
    /// Where each of them ends.
    pub(super) ends: &'static [usize],
    /// The hints as JSON.
    pub(super) keywords: &'static str,
    /// Named parts of patterns: the name and the regular expression, which is empty where code fills the part in.
    pub(super) parts: &'static [(&'static str, &'static str)],
    /// The entries' patterns with their parts put in, and what a text must hold to match them.
    pub(super) patterns: &'static [(usize, &'static str, Needs)],
    /// The entries' words.
    pub(super) terms: Terms,
    /// The same without their spaces.
    pub(super) squeezed: Terms,
    /// The folded words of compound entries.
    pub(super) compounds: &'static [(&'static str, usize)],
}

impl Laid {
    /// A file without entries.
    pub(super) fn empty() -> &'static Self {
        static EMPTY: LazyLock<Laid> = LazyLock::new(|| Laid {
            entries: "",
            ends: &[],
            keywords: "[]",
            parts: &[],
            patterns: &[],
            terms: Terms::of([]),
            squeezed: Terms::of([]),
            compounds: &[],
        });
        &EMPTY
    }
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
    /// The file's name, for messages.
    name: &'static str,
    /// The built-in file.
    built_in: &'static Laid,
    /// The user's entries, then the built-in ones, each of which is read when somebody asks for it.
    entries: Vec<OnceLock<Box<Entry<C>>>>,
    /// How many are the user's.
    own: usize,
    /// The entries' words.
    terms: Cow<'static, Terms>,
    /// The same without their spaces.
    squeezed: Cow<'static, Terms>,
    /// Hints, the strongest first, once somebody asks.
    keywords: OnceLock<Vec<Keyword<C>>>,
    /// The folded terms that words may end in to mean the same.
    compounds: Vec<(Cow<'static, str>, usize)>,
    /// The entries' patterns.
    patterns: Vec<EntryPattern>,
    /// The endings, once somebody asks.
    endings: OnceLock<Vec<(Box<str>, usize)>>,
}

/// An entry's pattern with its parts put in.
#[derive(Debug)]
struct EntryPattern {
    entry: usize,
    pattern: Pattern,
}

impl<C: DeserializeOwned + Clone> Lexicon<C> {
    /// A lexicon over a built-in file, with a user's entries in front.
    pub(crate) fn new(name: &'static str, built_in: &'static Laid, additions: Vec<Entry<C>>) -> Self {
        Self { name, built_in, additions, index: OnceLock::new() }
    }

    /// All entries: the user's, then the built-in ones.
    pub fn entries(&self) -> impl Iterator<Item = &Entry<C>> {
        let index = self.index();
        (0..index.entries.len()).map(|at| index.entry(at))
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
            index.patterns.iter().find(fits).map(|own| index.entry(own.entry))
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
        let index = self.index();
        let term = terms.iter().find(|term| index.terms.word(**term) == folded)?;
        Some(index.entry(term.entry as usize))
    }

    /// The entry whose words the text, one word, is a compound of: "Resultatindikatorer".
    pub(crate) fn compound(&self, text: &str) -> Option<&Entry<C>> {
        let index = self.index();
        if index.compounds.is_empty() || text.trim().contains(' ') {
            return None;
        }
        let folded = fold(text);
        let ends = |(ending, _): &&(Cow<'static, str>, usize)| folded.ends_with(&**ending);
        index.compounds.iter().find(ends).map(|(_, at)| index.entry(*at))
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
            let entries = self.entries().enumerate().filter(|(_, entry)| is_ending(&entry.code));
            entries
                .flat_map(|(at, entry)| entry.terms().map(move |term| (fold(term).into_boxed_str(), at)))
                .collect()
        });
        endings.iter().map(|(ending, at)| (&**ending, index.entry(*at)))
    }

    /// The entry that the text is a term of if no space counts: "Prövning av b arnets bästa".
    pub(super) fn without_spaces(&self, text: &str) -> Option<&Entry<C>> {
        let index = self.index();
        let squeezed = fold(text).replace(' ', "");
        let mut terms = index.squeezed.beginning_with(first_word(&squeezed))?.iter();
        let term = terms.find(|term| index.squeezed.word(**term) == squeezed)?;
        Some(index.entry(term.entry as usize))
    }

    /// The longest term that the text begins with, and how many bytes of the text it takes. The term ends where a
    /// word ends.
    #[must_use]
    pub fn prefix(&self, text: &str) -> Option<(&Entry<C>, usize)> {
        let index = self.index();
        let word = index.prefix(text).map(|(length, entry)| (index.entry(entry), length));
        let pattern = index.patterns.iter().filter_map(|own| {
            let found = own.pattern.find(text).filter(|found| found.start() == 0 && found.end() > 0)?;
            ends_word(text, found.end()).then(|| (index.entry(own.entry), found.end()))
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
                && index.terms.may_begin_with(folded.text.as_bytes()[at])
                && is_boundary(before, Some(character))
                && let Some((length, entry)) = index.at(&folded.text, at)
            {
                found.push((folded.origin(at, at + length), index.entry(entry)));
                skip = at + length;
            }
            before = Some(character);
        }
        if !index.patterns.is_empty() {
            for own in &index.patterns {
                let whole_words = own.pattern.find_iter(text).filter(|m| {
                    !m.range().is_empty() && ends_word(text, m.start()) && ends_word(text, m.end())
                });
                found.extend(whole_words.map(|m| (m.range(), index.entry(own.entry))));
            }
            found.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
            found.dedup_by(|later, earlier| later.0.start < earlier.0.end);
        }
        found
    }

    /// The hints, the strongest first.
    pub(crate) fn keywords(&self) -> &[Keyword<C>] {
        let index = self.index();
        index.keywords.get_or_init(|| built_in(index.name, index.built_in.keywords))
    }

    /// The patterns of those entries that are wanted.
    pub(crate) fn patterns(&self, wanted: impl Fn(&C) -> bool) -> impl Iterator<Item = &Pattern> {
        let index = self.index();
        let of_wanted = index.patterns.iter().filter(move |own| wanted(&index.entry(own.entry).code));
        of_wanted.map(|own| &own.pattern)
    }

    fn index(&self) -> &Index<C> {
        self.index.get_or_init(|| match self.additions.as_slice() {
            [] => Index::of_built_in(self.name, self.built_in),
            additions => Index::with(additions, self.name, self.built_in),
        })
    }
}

impl<C> Index<C> {
    /// The built-in words, as they are laid out.
    fn of_built_in(name: &'static str, built_in: &'static Laid) -> Self {
        let patterns = built_in.patterns.iter();
        let compounds = built_in.compounds.iter();
        Self {
            name,
            built_in,
            entries: built_in.ends.iter().map(|_| OnceLock::new()).collect(),
            own: 0,
            terms: Cow::Borrowed(&built_in.terms),
            squeezed: Cow::Borrowed(&built_in.squeezed),
            keywords: OnceLock::new(),
            compounds: compounds.map(|(word, entry)| (Cow::Borrowed(*word), *entry)).collect(),
            patterns: patterns
                .map(|(entry, source, needs)| EntryPattern {
                    entry: *entry,
                    pattern: Pattern::with_needs(source, needs),
                })
                .collect(),
            endings: OnceLock::new(),
        }
    }
}

impl<C: DeserializeOwned + Clone> Index<C> {
    /// A user's own words and the built-in ones, laid out anew. The first of two alike stays: a user's word wins.
    fn with(additions: &[Entry<C>], name: &'static str, built_in: &'static Laid) -> Self {
        let mut index = Self::of_built_in(name, built_in);
        index.own = additions.len();
        index.entries.splice(0..0, additions.iter().map(|entry| OnceLock::from(Box::new(entry.clone()))));
        let entries = || (0..index.entries.len()).map(|at| (at, index.entry(at)));
        let words = || entries().flat_map(|(at, entry)| entry.terms().map(move |term| (fold(term), at)));
        let terms = Terms::of(words());
        let squeezed = Terms::of(words().map(|(term, at)| (term.replace(' ', ""), at)));
        let compounds = words().filter(|(_, at)| index.entry(*at).compound);
        let compounds = compounds.map(|(word, at)| (Cow::Owned(word), at)).collect();
        let own = additions.iter().enumerate().flat_map(|(entry, addition)| {
            let patterns = addition.patterns.iter();
            patterns.map(move |source| EntryPattern { entry, pattern: Pattern::of(source.clone()) })
        });
        let mut patterns: Vec<EntryPattern> = own.collect();
        patterns.extend(
            index
                .patterns
                .drain(..)
                .map(|built_in| EntryPattern { entry: index.own + built_in.entry, ..built_in }),
        );
        Self { terms: Cow::Owned(terms), squeezed: Cow::Owned(squeezed), compounds, patterns, ..index }
    }
}

impl<C: DeserializeOwned> Index<C> {
    fn entry(&self, at: usize) -> &Entry<C> {
        self.entries[at].get_or_init(|| {
            let ends = self.built_in.ends;
            let at = at - self.own;
            let start = at.checked_sub(1).map_or(0, |before| ends[before]);
            Box::new(built_in(self.name, &self.built_in.entries[start..ends[at]]))
        })
    }
}

/// A part of a built-in file.
fn built_in<T: DeserializeOwned>(name: &str, json: &str) -> T {
    serde_json::from_str(json)
        .unwrap_or_else(|error| panic!("the built-in {name}.toml is wrong: {error}: {json}"))
}

impl<C> Index<C> {
    /// The terms that begin with the first word of a text.
    fn beginning_like(&self, text: &str) -> Option<&[Term]> {
        if first_folded_byte(text).is_some_and(|byte| !self.terms.may_begin_with(byte)) {
            return None;
        }
        self.beginning_with(&first_folded_word(text, &mut WordRoom::default()))
    }

    /// The terms that begin with a folded word.
    fn beginning_with(&self, word: &str) -> Option<&[Term]> {
        self.terms.beginning_with(word)
    }

    /// The longest term that a text begins with: its length in the text and its entry.
    fn prefix(&self, text: &str) -> Option<(usize, usize)> {
        self.beginning_like(text)?;
        // Of a long text only its beginning is folded; spaces and emphasis may take as much room as the letters.
        let enough = text.floor_char_boundary(2 * self.terms.longest + 32);
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
        if !self.terms.may_begin_with(*text.as_bytes().first()?) {
            return None;
        }
        let mut terms = self
            .terms
            .beginning_with(first_word(text))?
            .iter()
            .map(|term| (self.terms.word(*term), term.entry as usize));
        terms
            .find(|(term, _)| text.strip_prefix(term).is_some_and(|rest| ends_term(term, rest)))
            .map(|(term, entry)| (term.len(), entry))
    }
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
