//! Statuses: how something that is followed up stands.
//!
//! In goes a cell, a line or a sentence, out comes the status that it states and when the thing is expected to be done.
//! A sentence that tells anything more is narrative and no status. Which thing a status belongs to is left to the
//! caller.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::activity::ExpectedCompletion;
use super::date::{full_year, parse_date};
use super::indicator::Missing;
use super::period::Period;
use crate::vocabulary::{Column, Form, StatusPhrase, Vocabulary, single_spaced};

/// A status: what it means, and what the paper says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// What it means.
    pub code: StatusCode,
    /// The paper's words.
    pub raw: String,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusCode {
    /// Ej påbörjad.
    NotStarted,
    /// Väntar.
    Waiting,
    /// Påbörjad, pågående.
    Ongoing,
    /// Avviker från plan.
    Deviating,
    /// Försenad.
    Delayed,
    /// Färdig, klar, avslutad, genomförd.
    Completed,
    /// Stoppad, utgår.
    Stopped,
    /// A status that the vocabulary lacks.
    Unknown,
}

impl Status {
    /// The status that a cell or line is: "Färdig.", "Avviker från plan", "Status: Pågår", "Avslutad 2025-12-01".
    /// `None` where the vocabulary knows no such status.
    #[must_use]
    pub fn read(text: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let text = after_label(text, vocabulary);
        if let Some(entry) = vocabulary.statuses.whole(text) {
            return (!entry.only_in_sentence(text)).then(|| Self { code: entry.code, raw: words(text) });
        }
        if let Some(StatusSentence { status: Some(status), expected: None }) =
            StatusSentence::read(text, vocabulary)
        {
            return Some(status);
        }
        // A status with the date when it was set.
        let (entry, length) = vocabulary.statuses.prefix(text)?;
        let (status, rest) = text.split_at(length);
        let rest =
            rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '(' | ')' | ':' | '*'));
        let dated = parse_date(rest).is_some_and(|_| !rest.contains(char::is_alphabetic))
            || Period::parse(rest).is_some();
        (dated && !entry.only_in_sentence(status)).then(|| Self { code: entry.code, raw: words(status) })
    }

    /// The status that a text as a whole has a word for, if that means anything by itself.
    #[must_use]
    pub fn known(text: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let entry = vocabulary.statuses.whole(text).filter(|entry| entry.code != StatusCode::Unknown)?;
        Some(Self { code: entry.code, raw: text.trim().to_owned() })
    }

    /// The status in a cell of a status column: what [`Self::read`] reads, and any other words as an unknown status.
    /// `None` where the cell is blank or says that there is none.
    #[must_use]
    pub fn read_cell(text: &str, vocabulary: &Vocabulary) -> Option<Self> {
        if let Some(status) = Self::read(text, vocabulary) {
            return Some(status);
        }
        let raw = words(after_label(text, vocabulary));
        let is_missing =
            || vocabulary.missing.whole(&raw).is_some_and(|entry| entry.code != Missing::InWords);
        (raw.chars().any(char::is_alphanumeric) && !is_missing())
            .then_some(Self { code: StatusCode::Unknown, raw })
    }
}

/// A sentence that tells how something stands, when it will be done, or both, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusSentence {
    /// How it stands; `None` in "Nämndmålet bedöms vara färdigt 2026."
    pub status: Option<Status>,
    /// When it is expected to be done.
    pub expected: Option<ExpectedCompletion>,
}

impl StatusSentence {
    /// Reads a sentence, a line or a heading: "Uppdraget är påbörjat och bedöms vara färdigt 2027.", "Bedöms bli färdig:
    /// Ständigt pågående", "Uppdrag som bedöms bli färdiga 2026". `None` for a sentence that tells more, which is part
    /// of the narrative.
    #[must_use]
    pub fn read(sentence: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let sentence = sentence.trim().trim_matches('*').trim();
        let mut reader =
            SentenceReader { rest: sentence, vocabulary, status: None, expected: None, but: false };
        if !reader.subject() {
            // Without a subject only "Bedöms bli färdig …" is a line of its own.
            reader.expectation()?;
        }
        while !reader.at_end() {
            reader.step()?;
        }
        (reader.status.is_some() || reader.expected.is_some())
            .then_some(Self { status: reader.status, expected: reader.expected })
    }
}

/// Goes through a sentence of status from left to right.
struct SentenceReader<'a> {
    rest: &'a str,
    vocabulary: &'a Vocabulary,
    status: Option<Status>,
    expected: Option<ExpectedCompletion>,
    /// Whether "men" came before.
    but: bool,
}

impl<'a> SentenceReader<'a> {
    /// "Uppdraget", "Uppdrag 12", "Aktiviteterna", "Uppdrag som": takes what the sentence tells of.
    fn subject(&mut self) -> bool {
        let Some((entry, length)) = self.vocabulary.activity_kinds.prefix(self.rest) else { return false };
        let (subject, rest) = self.rest.split_at(length);
        match entry.form(subject) {
            Form::Definite | Form::DefinitePlural => self.rest = rest,
            Form::Singular | Form::Plural => {
                let rest = rest.trim_start();
                let phrase = self.vocabulary.status_phrases.prefix(rest);
                if let Some((_, length)) = phrase.filter(|(entry, _)| entry.code == StatusPhrase::That) {
                    self.rest = &rest[length..];
                    return true;
                }
                let number = rest.find(char::is_whitespace).unwrap_or(rest.len());
                if !rest.starts_with(|c: char| c.is_ascii_digit()) {
                    return false;
                }
                self.rest = &rest[number..];
            }
        }
        true
    }

    /// One piece of the sentence; `None` where it is none of a status sentence.
    fn step(&mut self) -> Option<()> {
        if self.rest.starts_with(',') {
            self.rest = &self.rest[1..];
            return Some(());
        }
        if self.expectation().is_some() {
            return Some(());
        }
        let text = self.text();
        let status = self.vocabulary.statuses.prefix(text);
        if let Some((entry, length)) = self.vocabulary.status_phrases.prefix(text) {
            let skips = match entry.code {
                StatusPhrase::Is | StatusPhrase::Joins | StatusPhrase::But | StatusPhrase::During => true,
                // "Löper enligt plan" is a status where none came before.
                StatusPhrase::Filler => self.status.is_some() || status.is_none(),
                StatusPhrase::Becomes | StatusPhrase::Expects | StatusPhrase::That => false,
            };
            // "Har inte påbörjats" is one status, not "har" and another.
            if skips && status.is_none_or(|(_, taken)| taken <= length) {
                self.but |= entry.code == StatusPhrase::But;
                self.rest = &text[length..];
                return Some(());
            }
        }
        let (entry, length) = status?;
        let (raw, rest) = text.split_at(length);
        if self.status.is_none() || self.but {
            self.status = Some(Status { code: entry.code, raw: words(raw) });
        }
        self.rest = rest;
        Some(())
    }

    /// "Bedöms vara färdigt 2027": takes the rest of the sentence as the time.
    fn expectation(&mut self) -> Option<()> {
        let phrase = |text: &'a str, code: StatusPhrase| {
            let (_, length) =
                self.vocabulary.status_phrases.prefix(text).filter(|(entry, _)| entry.code == code)?;
            Some(text[length..].trim_start())
        };
        let after_verb = phrase(self.text(), StatusPhrase::Expects)?;
        let before_status = phrase(after_verb, StatusPhrase::Becomes).unwrap_or(after_verb);
        let (entry, length) = self.vocabulary.statuses.prefix(before_status)?;
        if entry.code != StatusCode::Completed {
            return None;
        }
        let time = before_status[length..].trim_start_matches([':', ' ', '\u{a0}', '\n']);
        let expected = ExpectedCompletion::read(time, self.vocabulary)?;
        if expected.year.is_none() && !expected.open_ended {
            return None;
        }
        self.expected = Some(expected);
        self.rest = "";
        Some(())
    }

    fn text(&self) -> &'a str {
        self.rest.trim_start()
    }

    fn at_end(&self) -> bool {
        self.rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '*')).is_empty()
    }
}

impl ExpectedCompletion {
    /// What a cell or the end of a sentence says of when something will be done: "2027", "under 2025", "Ständigt
    /// pågående". Of several years the last holds. `None` where nothing is said.
    #[must_use]
    pub fn read(text: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let mut text = text.trim().trim_matches('*').trim();
        if let Some((entry, length)) = vocabulary.status_phrases.prefix(text)
            && entry.code == StatusPhrase::During
            && text[length..].trim_start().starts_with(|c: char| c.is_ascii_digit())
        {
            text = text[length..].trim_start();
        }
        let raw = words(text);
        if raw.is_empty()
            || vocabulary.missing.whole(&raw).is_some_and(|entry| entry.code != Missing::InWords)
        {
            return None;
        }
        let open_ended = vocabulary.statuses.find_all(&raw).iter().any(|(_, entry)| entry.open_ended);
        Some(Self { year: last_year(&raw), open_ended, raw })
    }
}

/// The last year that a text names.
fn last_year(text: &str) -> Option<i32> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(full_year)
        .next_back()
}

/// The text after "Status:", or after "Bedömning:" where that is a status; else all of it.
fn after_label<'a>(text: &'a str, vocabulary: &Vocabulary) -> &'a str {
    let text = without_symbol(text.trim().trim_matches('*').trim());
    let Some((entry, length)) = vocabulary.columns.prefix(text) else { return text };
    let rest = text[length..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '*'));
    let announces = match entry.code {
        Column::Status => true,
        // An assessment may be a whole text.
        Column::Assessment => vocabulary.statuses.whole(rest).is_some(),
        _ => false,
    };
    if announces && !rest.is_empty() { rest } else { text }
}

/// The word beside a symbol that shows the same: "● Avslutad".
pub(super) fn without_symbol(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| is_symbol(c) || c.is_whitespace());
    if rest.starts_with(char::is_alphabetic) { rest } else { text }
}

/// Whether a character may be a sign that shows a status: no letter, figure or mark of a sentence.
pub(super) fn is_symbol(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_ascii() && !matches!(c, '–' | '—' | '−' | '”' | '’' | '§' | '•' | '·')
}

/// A text as `raw` keeps it: single spaces, no emphasis, no closing full stop.
fn words(text: &str) -> String {
    single_spaced(text).trim_matches('*').trim_end_matches(['.', ':', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vocabulary() -> &'static Vocabulary {
        Vocabulary::builtin()
    }

    #[test]
    fn cells_and_lines() {
        use StatusCode::*;
        for (text, code, raw) in [
            ("Färdig.", Completed, "Färdig"),
            ("Klar", Completed, "Klar"),
            ("Avviker från plan", Deviating, "Avviker från plan"),
            ("Avviker\nfrån plan", Deviating, "Avviker från plan"),
            ("Status: Pågår", Ongoing, "Pågår"),
            ("**Status** Färdig", Completed, "Färdig"),
            ("PÅBÖRJAD", Ongoing, "PÅBÖRJAD"),
            ("Ej påbörjad", NotStarted, "Ej påbörjad"),
            ("Ständigt pågående", Ongoing, "Ständigt pågående"),
            ("Avslutad 2025-12-01", Completed, "Avslutad"),
            ("Avslutad\n2025-12-01", Completed, "Avslutad"),
            ("Stoppad.", Stopped, "Stoppad"),
            ("Väntar", Waiting, "Väntar"),
            ("Försenad", Delayed, "Försenad"),
            ("Gul", Unknown, "Gul"),
            ("Pågår enligt plan", Ongoing, "Pågår enligt plan"),
            ("Åtgärden är genomförd", Completed, "genomförd"),
        ] {
            let status = Status::read(text, vocabulary()).unwrap_or_else(|| panic!("{text:?}"));
            assert_eq!((status.code, status.raw.as_str()), (code, raw), "{text:?}");
        }
        for text in ["", "påbörjats", "Färdig men inte besiktigad", "Arbetet fortsätter under våren"] {
            assert_eq!(Status::read(text, vocabulary()), None, "{text:?}");
        }
        assert_eq!(Status::read_cell("Hos revisorn", vocabulary()).map(|status| status.code), Some(Unknown));
        assert_eq!(Status::read_cell("-", vocabulary()), None);
        assert_eq!(Status::read_cell(" ", vocabulary()), None);
    }

    #[test]
    fn sentences() {
        use StatusCode::*;
        for (sentence, status, expected) in [
            (
                "Uppdraget är påbörjat och bedöms vara färdigt 2027.",
                Some((Ongoing, "påbörjat")),
                Some(("2027", Some(2027), false)),
            ),
            (
                "Uppdraget har påbörjats och bedöms vara färdigt 2026.",
                Some((Ongoing, "påbörjats")),
                Some(("2026", Some(2026), false)),
            ),
            ("Åtgärden är påbörjad.", Some((Ongoing, "påbörjad")), None),
            ("Åtgärden är inte påbörjad.", Some((NotStarted, "inte påbörjad")), None),
            ("Uppdraget har inte påbörjats.", Some((NotStarted, "inte påbörjats")), None),
            ("Nämndmålet bedöms vara färdigt 2026.", None, Some(("2026", Some(2026), false))),
            ("Uppdraget är färdigt.", Some((Completed, "färdigt")), None),
            ("Aktiviteten har genomförts.", Some((Completed, "genomförts")), None),
            (
                "Uppdraget pågår enligt plan och beräknas vara klart under 2026.",
                Some((Ongoing, "pågår enligt plan")),
                Some(("2026", Some(2026), false)),
            ),
            ("Uppdraget är påbörjat och flyter på enligt plan.", Some((Ongoing, "påbörjat")), None),
            (
                "Uppdraget är påbörjat, men flyter inte på enligt plan.",
                Some((Deviating, "flyter inte på enligt plan")),
                None,
            ),
            (
                "Åtgärden är försenad och bedöms bli klar 2026.",
                Some((Delayed, "försenad")),
                Some(("2026", Some(2026), false)),
            ),
            ("Uppdraget kommer inte att genomföras.", Some((Stopped, "kommer inte att genomföras")), None),
            ("Uppdrag 12 är påbörjat.", Some((Ongoing, "påbörjat")), None),
            (
                "Bedöms blir färdig: Tidigare 2022, nu 2023?",
                None,
                Some(("Tidigare 2022, nu 2023?", Some(2023), false)),
            ),
            ("Bedöms bli färdig: Ständigt pågående", None, Some(("Ständigt pågående", None, true))),
            ("Bedöms bli färdig: ständigt pågående", None, Some(("ständigt pågående", None, true))),
            ("Bedöms bli färdig 2022", None, Some(("2022", Some(2022), false))),
            ("Bedöms blir färdig 2022.", None, Some(("2022", Some(2022), false))),
            ("Uppdrag som bedöms bli färdiga 2026", None, Some(("2026", Some(2026), false))),
            ("Åtgärder som är försenade", Some((Delayed, "försenade")), None),
            ("**Uppdraget är avslutat.**", Some((Completed, "avslutat")), None),
            ("Målet är uppnått.", Some((Completed, "uppnått")), None),
        ] {
            let read = StatusSentence::read(sentence, vocabulary()).unwrap_or_else(|| panic!("{sentence:?}"));
            assert_eq!(
                read.status.as_ref().map(|status| (status.code, status.raw.as_str())),
                status,
                "{sentence:?}"
            );
            let found = read
                .expected
                .as_ref()
                .map(|expected| (expected.raw.as_str(), expected.year, expected.open_ended));
            assert_eq!(found, expected, "{sentence:?}");
        }
    }

    #[test]
    fn narrative_is_no_status_sentence() {
        for sentence in [
            "Åtgärden är påbörjad i de delar som nämnden råder över.",
            "Utredningen är påbörjad.",
            "Arbetet med nämndmålet fortgår och väntas bli färdigt 2026 tillsammans med övriga mål.",
            "Uppdraget är färdigt. Det gäller även annat.",
            "Aktiviteten är ständigt pågående och fortsätter i år som en del av varje chefs uppdrag.",
            "Samtliga 17 åtgärder är påbörjade och löper enligt plan.",
            "Bedöms bli färdig",
            "Uppdraget",
            "Mål 3",
            "",
        ] {
            assert_eq!(StatusSentence::read(sentence, vocabulary()), None, "{sentence:?}");
        }
    }

    #[test]
    fn expected_completion_in_cells() {
        for (text, year, open_ended) in [
            ("2022", Some(2022), false),
            ("Ständigt pågående", None, true),
            ("Löpande", None, true),
            ("December 2025", Some(2025), false),
            ("2025-12-31", Some(2025), false),
            ("Hösten", None, false),
        ] {
            let expected = ExpectedCompletion::read(text, vocabulary()).unwrap_or_else(|| panic!("{text:?}"));
            assert_eq!((expected.raw.as_str(), expected.year, expected.open_ended), (text, year, open_ended));
        }
        assert_eq!(ExpectedCompletion::read("", vocabulary()), None);
        assert_eq!(ExpectedCompletion::read("-", vocabulary()), None);
    }

    proptest! {
        #[test]
        fn garbage_never_panics(text in "\\PC*") {
            let _ = Status::read(&text, vocabulary());
            let _ = Status::read_cell(&text, vocabulary());
            let _ = StatusSentence::read(&text, vocabulary());
            let _ = ExpectedCompletion::read(&text, vocabulary());
        }

        #[test]
        fn near_sentences_never_panic(text in "(Uppdraget |Åtgärden |Bedöms )?(är |har |bli )?(påbörjat|färdig|inte|men|och|enligt plan|,|å){0,4}:?( 20[0-9]{2})?\\.?") {
            let _ = StatusSentence::read(&text, vocabulary());
        }
    }
}
