//! Headings of what is followed up: "Aktivitet 1a. …", "Uppdrag 12. …", "N 2.1. …", "KS-BESLUT: …".

use std::sync::LazyLock;

use regex::Regex;

use crate::layout::Block;
use crate::records::status::StatusSentence;
use crate::vocabulary::{ActivityWord, Vocabulary};

/// What the heading of something followed up says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryHead {
    /// What sort of thing it is.
    pub word: ActivityWord,
    /// The paper's own word.
    pub label: String,
    /// The number; `None` where it has none.
    pub number: Option<String>,
    /// The text behind label and number.
    pub title: String,
}

static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*\.?\s*(\d{1,3}(?:\.\d{1,3}){0,3}\s?[a-zå]?)(?:\s*[.:)–-]+\s*|\s+|$)"));

#[allow(clippy::expect_used)] // a constant, compiled by every test
fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

impl EntryHead {
    /// Read a text that begins with a label and its number, or with a label that needs none and a colon.
    #[must_use]
    pub fn read(text: &str, vocabulary: &Vocabulary) -> Option<Self> {
        let text = text.trim();
        if !text.starts_with(char::is_uppercase) {
            return None;
        }
        let letters = text.len() - text.trim_start_matches(char::is_alphabetic).len();
        let glued = text[letters..].starts_with(|c: char| c.is_ascii_digit());
        let (entry, length) = if glued {
            // "NB1.1": the label and its number are one word.
            (vocabulary.activity_kinds.whole(&text[..letters])?, letters)
        } else {
            vocabulary.activity_kinds.prefix(text)?
        };
        if entry.code == ActivityWord::Group {
            return None;
        }
        let label = text[..length].trim().to_owned();
        let rest = &text[length..];
        if let Some(found) = NUMBER.captures(rest) {
            let number = found.get(1)?.as_str().replace(' ', "").to_lowercase();
            let title = rest[found.get(0)?.end()..].trim().to_owned();
            // "Mål 2025 är att …" and "Åtgärd 3 har försenats" are prose: a title begins with a capital.
            let titled = title.chars().next().is_none_or(|c| !c.is_lowercase());
            return (titled && number.len() < 8).then_some(Self { word: entry.code, label, number: Some(number), title });
        }
        let title = rest.trim_start().strip_prefix(':')?.trim();
        let is_name = label.contains(['-', ' ']) && title.chars().next().is_some_and(char::is_uppercase);
        (is_name && !title.is_empty()).then(|| Self { word: entry.code, label, number: None, title: title.to_owned() })
    }
}

/// Whether a block opens the report on something followed up: it reads like the heading of one, and it looks like a
/// heading or has a status under it.
#[must_use]
pub fn opens_entry(block: &Block, following: &[Block], vocabulary: &Vocabulary) -> bool {
    if !matches!(block.kind, crate::layout::BlockKind::Paragraph) {
        return false;
    }
    let Some(head) = EntryHead::read(&block.text, vocabulary) else { return false };
    if head.title.is_empty() {
        return block.is_bold() || block.heading().is_some();
    }
    block.is_bold()
        || block.heading().is_some()
        || following.iter().take(6).take_while(|b| {
            // Headings that share a section stand under one another.
            b.kind == crate::layout::BlockKind::Paragraph
        }).any(|b| is_status_line(b, vocabulary))
}

/// Whether a block is a status line: "Status", "Färdig.", "Uppdraget är påbörjat och bedöms vara färdigt 2027."
#[must_use]
pub fn is_status_line(block: &Block, vocabulary: &Vocabulary) -> bool {
    let text = block.text.trim();
    if text.chars().count() > 120 {
        return false;
    }
    let label = text.trim_end_matches(':').eq_ignore_ascii_case("status");
    let labelled = text.get(..7).is_some_and(|t| t.eq_ignore_ascii_case("status:"));
    label || labelled || vocabulary.statuses.whole(text).is_some() || StatusSentence::read(text, vocabulary).is_some()
}
