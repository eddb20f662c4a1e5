//! What a cell of an indicator table can be, by itself: a number, a target word, a relation, words.

use super::columns::Role;
use crate::records::indicator::Missing;
use crate::records::number::{CellValue, Grouping, NumberStyle, parse_cell};
use crate::records::relations::read_relations;
use crate::vocabulary::Vocabulary;

/// Longest text that can be a value in words ("Stängt för ombyggnad"), in characters.
const LONGEST_VALUE: usize = 40;
/// Longest words around a figure that is to be reached, in characters.
const LONGEST_BOUND: usize = 24;
/// Longest name of a source, in characters.
const LONGEST_SOURCE: usize = 90;

/// What a cell can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Content<'a> {
    /// The cell's text.
    pub(super) text: &'a str,
    /// As a value.
    pub(super) value: CellValue,
    /// Whether it is a target in words: "Öka".
    is_target: bool,
    /// Whether it names what the row belongs to: "Uppdrag 3 Åtgärd 4".
    is_relation: bool,
}

impl<'a> Content<'a> {
    pub(super) fn of(text: &'a str, vocabulary: &Vocabulary) -> Self {
        let style = NumberStyle { grouping: Grouping::Certain, vocabulary };
        let text = text.trim();
        Self {
            text,
            value: parse_cell(text, &style),
            is_target: vocabulary.targets.whole(text).is_some(),
            is_relation: !read_relations(text, vocabulary).is_empty(),
        }
    }

    /// A number with or without a unit.
    fn is_number(self) -> bool {
        matches!(self.value, CellValue::Number { .. } | CellValue::Unreadable)
    }

    /// A word that says why there is no number.
    fn is_missing(self) -> bool {
        matches!(self.value, CellValue::Missing(missing) if missing != Missing::Blank)
    }

    /// A number, or a word that says why there is none: what only a value can be.
    pub(super) fn is_value(self) -> bool {
        (self.is_number() || self.is_missing()) && !self.is_target
    }

    /// A row's number, or the sign that stands for none.
    pub(super) fn is_row_number(self) -> bool {
        let text = self.text.trim_end_matches(['.', ')']);
        let is_sign = text.chars().count() == 1 && !text.chars().any(char::is_lowercase);
        let is_number = text.len() <= 8
            && text.chars().filter(|c| c.is_alphabetic()).count() <= 2
            && text.bytes().any(|b| b.is_ascii_digit())
            && !text.contains(['%', ','])
            && !text.contains(' ');
        is_sign || is_number || self.is_relation
    }

    fn is_words(self) -> bool {
        self.text.chars().filter(|c| c.is_alphabetic()).count() >= 1 && !self.is_number()
    }

    /// Whether the cell may stand where it is, in a column of this role.
    pub(super) fn fits(self, role: Option<Role>, has_relations: bool) -> bool {
        let Some(role) = role else { return false };
        match role {
            Role::Number => self.is_row_number(),
            Role::Name => self.is_words() && !self.is_missing_only(),
            Role::Value(_) => {
                !self.is_target
                    && !self.is_relation
                    && (self.is_value() || self.text.chars().count() <= LONGEST_VALUE)
            }
            Role::Target => !self.is_relation && self.text.chars().count() <= LONGEST_VALUE,
            Role::RelatesTo => {
                self.is_relation || self.is_missing() || self.is_number() || self.is_row_number()
            }
            Role::Source => !self.is_target && !self.is_relation && !self.is_number(),
            Role::Comment => !self.is_target && (has_relations || !self.is_relation),
            Role::Group => self.is_title(),
            Role::Breakdown | Role::Unit | Role::Kolada | Role::Other => true,
        }
    }

    /// Whether the cell may be put back into a column of this role: stricter, for nothing but its content speaks.
    pub(super) fn may_move_to(self, role: Role) -> bool {
        match role {
            Role::Number => self.is_row_number() && !self.is_relation,
            Role::Name => self.is_words() && !self.is_value() && !self.is_target && !self.is_relation,
            Role::Value(_) => self.is_value(),
            Role::Target => self.is_target,
            Role::RelatesTo => self.is_relation,
            Role::Source => {
                self.is_free_text() && !self.is_value() && self.text.chars().count() <= LONGEST_SOURCE
            }
            Role::Comment => self.is_free_text(),
            Role::Group | Role::Breakdown | Role::Unit | Role::Kolada | Role::Other => false,
        }
    }

    /// A few words with a figure: "Topp 3".
    pub(super) fn is_bound(self) -> bool {
        self.text.chars().count() <= LONGEST_BOUND && self.text.bytes().any(|b| b.is_ascii_digit())
    }

    /// Words that may name a goal.
    pub(super) fn is_title(self) -> bool {
        self.is_words() && !self.is_target && !self.is_missing()
    }

    /// Words that are neither target nor relation. A comment may say that a value is not measured.
    fn is_free_text(self) -> bool {
        self.is_words() && !self.is_target && !self.is_relation && !self.is_number()
    }

    /// Whether the cell is a number as a target may be one too.
    pub(super) fn is_plain_number(self) -> bool {
        self.is_number()
    }

    /// "Värde saknas" and the like. "Saknas" may label a row too.
    fn is_missing_only(self) -> bool {
        self.is_missing() && self.text.contains(' ')
    }
}
