//! A user's own words: one TOML file with a table for each lexicon.
//!
//! ```toml
//! [[headings]]
//! code = "matter"
//! canonical = "Ärendets bakgrund och innehåll"
//! ```
//!
//! Additions take no word away; where a word stands both here and in a built-in file, the addition wins. A file
//! that is wrong is refused as a whole, with a message that names the file, the entry and what is wrong with it.

use serde::Deserialize as _;
use serde::de::DeserializeOwned;
use thiserror::Error;
use toml::{Table, Value};

use super::fold::fold;
use super::lexicon::{Entry, Laid, Lexicon};
use super::parts::with_parts;

/// What is wrong with a user's vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VocabularyError {
    /// The file is no TOML.
    #[error("{file}: {message}")]
    Syntax {
        /// The file's name.
        file: String,
        /// What the reader of TOML says, with line and column.
        message: String,
    },
    /// A table is named like no lexicon.
    #[error("{file}: there is no lexicon \"{name}\"; the lexicons are {known}")]
    UnknownLexicon {
        /// The file's name.
        file: String,
        /// The table's name.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// An entry cannot be read.
    #[error("{file}: [[{lexicon}]] entry {number}{name}: {message}")]
    Entry {
        /// The file's name.
        file: String,
        /// The lexicon's name.
        lexicon: &'static str,
        /// The entry's place among those of its lexicon, from 1.
        number: usize,
        /// The entry's canonical form in brackets, or nothing where it has none.
        name: String,
        /// What is wrong.
        message: String,
    },
}

/// The tables of a user's file that no lexicon has taken yet.
pub(super) struct Additions<'a> {
    file: &'a str,
    tables: Table,
}

impl<'a> Additions<'a> {
    /// No additions.
    pub(super) fn none() -> Self {
        Self { file: "", tables: Table::new() }
    }

    /// Reads a user's file.
    pub(super) fn read(toml: &str, file: &'a str) -> Result<Self, VocabularyError> {
        match toml.parse::<Table>() {
            Ok(tables) => Ok(Self { file, tables }),
            Err(error) => {
                Err(VocabularyError::Syntax { file: file.into(), message: error.to_string().trim().into() })
            }
        }
    }

    /// The entries for a lexicon.
    pub(super) fn take<C: DeserializeOwned + Clone>(
        &mut self,
        lexicon: &'static str,
        built_in: &Laid,
    ) -> Result<Vec<Entry<C>>, VocabularyError> {
        let Some(table) = self.tables.remove(lexicon) else { return Ok(Vec::new()) };
        let Value::Array(values) = table else {
            return Err(self.wrong(lexicon, 1, "", &format!("write [[{lexicon}]] with two brackets")));
        };
        let mut entries = Vec::new();
        for (at, value) in values.into_iter().enumerate() {
            let name = value.get("canonical").and_then(Value::as_str).unwrap_or_default().to_owned();
            let entry = Entry::<C>::deserialize(value)
                .map_err(|error| error.message().to_owned())
                .and_then(|entry| check_entry(entry, built_in))
                .map_err(|message| self.wrong(lexicon, at + 1, &name, &message))?;
            entries.push(entry);
        }
        check_examples(&entries)
            .map_err(|(at, message)| self.wrong(lexicon, at + 1, &entries[at].canonical, &message))?;
        Ok(entries)
    }

    /// Fails if there is a table left that no lexicon has taken.
    pub(super) fn finish(self, known: &[&str]) -> Result<(), VocabularyError> {
        match self.tables.keys().next() {
            None => Ok(()),
            Some(name) => Err(VocabularyError::UnknownLexicon {
                file: self.file.into(),
                name: name.clone(),
                known: known.join(", "),
            }),
        }
    }

    fn wrong(&self, lexicon: &'static str, number: usize, name: &str, message: &str) -> VocabularyError {
        let name = if name.is_empty() { String::new() } else { format!(" (\"{name}\")") };
        VocabularyError::Entry {
            file: self.file.into(),
            lexicon,
            number,
            name,
            message: message.trim().into(),
        }
    }
}

/// An entry whose words are words and whose patterns, with the named parts of the built-in file, are patterns.
fn check_entry<C>(mut entry: Entry<C>, built_in: &Laid) -> Result<Entry<C>, String> {
    if entry.terms().any(|term| fold(term).is_empty()) {
        return Err("an empty word would match everywhere".into());
    }
    for pattern in &mut entry.patterns {
        *pattern = with_parts(pattern, built_in.parts);
        if let Err(error) = regex::Regex::new(pattern) {
            return Err(format!("the pattern {pattern:?} cannot be read: {error}"));
        }
    }
    Ok(entry)
}

/// Every example must be found by its entry and no counter-example may, among the additions alone.
fn check_examples<C: DeserializeOwned + Clone>(entries: &[Entry<C>]) -> Result<(), (usize, String)> {
    for (at, entry) in entries.iter().enumerate() {
        let lexicon = Lexicon::new("additions", Laid::empty(), vec![entry.clone()]);
        let finds = |text: &String| !lexicon.find_all(text).is_empty() || lexicon.whole(text).is_some();
        if let Some(example) = entry.examples.iter().find(|example| !finds(example)) {
            return Err((at, format!("the example {example:?} has none of its words")));
        }
        if let Some(counter_example) = entry.counter_examples.iter().find(|text| finds(text)) {
            return Err((at, format!("the counter-example {counter_example:?} has one of its words")));
        }
    }
    Ok(())
}
