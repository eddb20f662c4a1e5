//! Numbers as papers print them.
//!
//! In goes the text of a cell, out comes what it holds: a number with its unit, the word that says why there is none,
//! or the admission that it cannot be read. Whether a space between digits parts thousands or columns, the caller
//! says; what column the cell belongs to is left to the caller too.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::indicator::{Missing, Unit};
use crate::vocabulary::Vocabulary;

/// A number that was read. It is written without decimals when the paper prints it without.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// The number.
    pub value: f64,
    /// How many decimals the paper prints.
    pub decimals: u8,
}

impl Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.decimals == 0 && self.value.fract() == 0.0 && self.value.abs() < 9e15 {
            #[allow(clippy::cast_possible_truncation)] // whole and below 2^53
            serializer.serialize_i64(self.value as i64)
        } else {
            serializer.serialize_f64(self.value)
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        let decimals = u8::from(number.is_f64());
        Ok(Self { value: number.as_f64().unwrap_or(f64::NAN), decimals })
    }
}

impl JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

/// How to read the numbers of a table or text.
#[derive(Clone, Copy, Debug)]
pub struct NumberStyle<'v> {
    /// What a plain space between digits means.
    pub grouping: Grouping,
    /// The words for units and missing values.
    pub vocabulary: &'v Vocabulary,
}

/// What a plain space between digits means. Spaces that only typographers set (no-break, narrow, thin) group
/// thousands in either case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// The spaces are known to group thousands: the cell's borders are sure, or the gap is too narrow for a column's.
    Certain,
    /// Two cells may have run together: "120 135" stays unread.
    Doubtful,
}

impl NumberStyle<'static> {
    /// The built-in words with a grouping.
    #[must_use]
    pub fn builtin(grouping: Grouping) -> Self {
        Self { grouping, vocabulary: Vocabulary::builtin() }
    }
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CellValue {
    /// A number and the unit printed with it.
    Number {
        /// The number.
        number: Number,
        /// The unit after it: "%" of "29,0%".
        unit: Option<Unit>,
    },
    /// No number, and why: the cell is blank or says "Värde saknas".
    Missing(Missing),
    /// Words, or figures that are no single number: "ca 120", "40-60", "2025-03-31".
    Words,
    /// Digits that look like a number and cannot be read with certainty: "1,2,3".
    Unreadable,
}

impl CellValue {
    /// The number, where the cell holds one.
    #[must_use]
    pub fn number(self) -> Option<Number> {
        if let Self::Number { number, .. } = self { Some(number) } else { None }
    }

    /// The unit printed with the number.
    #[must_use]
    pub fn unit(self) -> Option<Unit> {
        if let Self::Number { unit, .. } = self { unit } else { None }
    }

    /// Why the cell holds no number; `None` where it holds one or cannot be read.
    #[must_use]
    pub fn missing(self) -> Option<Missing> {
        match self {
            Self::Missing(missing) => Some(missing),
            Self::Words => Some(Missing::InWords),
            Self::Number { .. } | Self::Unreadable => None,
        }
    }
}

/// Small figures that refer to a footnote.
const FOOTNOTE_MARKS: [char; 7] =
    ['\u{b9}', '\u{b2}', '\u{b3}', '\u{2070}', '\u{2074}', '\u{2075}', '\u{2076}'];
/// Marks that stand for a minus sign.
const MINUS: [char; 7] = ['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}'];
/// No double holds more digits faithfully.
const MOST_DIGITS: usize = 15;

/// Reads the text of a cell.
#[must_use]
pub fn parse_cell(text: &str, style: &NumberStyle<'_>) -> CellValue {
    let text = without_emphasis(text.trim());
    if text.is_empty() {
        return CellValue::Missing(Missing::Blank);
    }
    // "saknas²" has the mark of a footnote.
    if let Some(entry) = style.vocabulary.missing.whole(text.trim_end_matches(FOOTNOTE_MARKS)) {
        return match entry.code {
            Missing::InWords => CellValue::Words,
            missing => CellValue::Missing(missing),
        };
    }
    let (inner, in_brackets) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner.trim(), true),
        None => (text, false),
    };
    let (sign, unsigned) = match split_sign(inner) {
        (Sign::Plus, unsigned) => {
            sign_behind(unsigned).map_or((Sign::Plus, unsigned), |bare| (Sign::Minus, bare))
        }
        signed => signed,
    };
    let digits_end = figures_end(unsigned);
    let (figures, tail) = unsigned.split_at(digits_end);
    if !figures.starts_with(|c: char| c.is_ascii_digit()) {
        return CellValue::Words;
    }
    // The small figure of "m²" is no footnote's.
    let marked = if style.vocabulary.units.whole(tail.trim()).is_some() {
        Some((tail.trim(), figures))
    } else {
        without_footnote_mark(tail, figures)
    };
    let Some((tail, figures)) = marked else { return CellValue::Words };
    let unit = if tail.is_empty() {
        None
    } else {
        match style.vocabulary.units.whole(tail) {
            Some(entry) => Some(entry.code),
            None => return CellValue::Words,
        }
    };
    if unit.is_none() && is_time(figures) {
        return CellValue::Words;
    }
    match read_figures(figures, style.grouping) {
        Figures::Number(mut number) => {
            if (sign == Sign::Minus || in_brackets) && number.value != 0.0 {
                number.value = -number.value;
            }
            CellValue::Number { number, unit }
        }
        Figures::Code => CellValue::Words,
        Figures::Unclear => CellValue::Unreadable,
    }
}

/// A sign in front of a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
}

/// A sign and the text after it.
fn split_sign(text: &str) -> (Sign, &str) {
    for (mark, sign) in [("+/-", Sign::Plus), ("±", Sign::Plus), ("+", Sign::Plus)] {
        if let Some(rest) = text.strip_prefix(mark) {
            return (sign, rest.trim_start());
        }
    }
    match text.strip_prefix(MINUS) {
        Some(rest) => (Sign::Minus, rest.trim_start()),
        None => (Sign::Plus, text),
    }
}

/// The figures in front of a minus sign, as bookkeeping prints them: "1 400-". "2030-" begins with a year.
fn sign_behind(text: &str) -> Option<&str> {
    let bare = text.strip_suffix(MINUS)?;
    let is_year = bare.len() == 4 && is_digits(bare) && bare.starts_with(['1', '2']);
    (bare.ends_with(|c: char| c.is_ascii_digit()) && !is_year).then_some(bare)
}

/// Where the digits with their separators end.
fn figures_end(text: &str) -> usize {
    let mut end = 0;
    for (at, character) in text.char_indices() {
        if character.is_ascii_digit() {
            end = at + 1;
        } else if !is_space(character) && !matches!(character, '.' | ',') {
            break;
        }
    }
    end
}

/// Takes the mark of a footnote off what follows a number: "***", "*)", "¹", and "1)" of "12 1)".
fn without_footnote_mark<'a>(tail: &'a str, figures: &'a str) -> Option<(&'a str, &'a str)> {
    let trimmed = tail.trim();
    if trimmed.starts_with(')') && trimmed.len() == 1 {
        // "12 1)": the last figure is the mark, not part of the number.
        let (number, mark) = figures.rsplit_once(is_space)?;
        return (mark.len() == 1).then_some(("", number.trim_end()));
    }
    let rest = trimmed.trim_start_matches('*');
    let rest = if rest.len() < trimmed.len() { rest.strip_prefix(')').unwrap_or(rest) } else { rest };
    let rest = rest.trim_matches(FOOTNOTE_MARKS);
    let rest = rest.trim_end_matches('*').trim();
    // A closing full stop belongs to the sentence.
    Some((if rest == "." { "" } else { rest }, figures))
}

/// What digits with separators are.
enum Figures {
    Number(Number),
    /// A number with leading zeros: an account, a code.
    Code,
    Unclear,
}

/// Reads digits with spaces, dots and commas.
fn read_figures(figures: &str, grouping: Grouping) -> Figures {
    let mut parts = figures.split(',');
    let (whole, decimals) = (parts.next().unwrap_or_default(), parts.next());
    if parts.next().is_some() {
        return Figures::Unclear;
    }
    let (whole, decimals) = match (decimals, whole.split_once('.')) {
        // "4.5", "0.370", "1234.567": a dot that cannot group thousands is a decimal point.
        (None, Some((before, after)))
            if !after.contains('.') && (after.len() != 3 || !groups(before, true)) =>
        {
            (before, Some(after))
        }
        _ => (whole, decimals),
    };
    if decimals.is_some_and(|decimals| decimals.is_empty() || !is_digits(decimals)) {
        return Figures::Unclear;
    }
    let Some(digits) = join_groups(whole, grouping) else { return Figures::Unclear };
    if digits.len() > 1 && digits.starts_with('0') {
        return if decimals.is_none() && is_digits(whole) { Figures::Code } else { Figures::Unclear };
    }
    let decimals = decimals.unwrap_or_default();
    if digits.len() + decimals.len() > MOST_DIGITS {
        return Figures::Unclear;
    }
    #[allow(clippy::cast_possible_truncation)] // at most MOST_DIGITS
    let count = decimals.len() as u8;
    match format!("{digits}.{decimals}0").parse() {
        Ok(value) => Figures::Number(Number { value, decimals: count }),
        Err(_) => Figures::Unclear,
    }
}

/// Whether digits can be the first group of thousands: one to three, no zero in front.
fn groups(digits: &str, first: bool) -> bool {
    is_digits(digits) && if first { digits.len() <= 3 && !digits.starts_with('0') } else { digits.len() == 3 }
}

/// Joins groups of thousands; `None` where they are none or may be two numbers.
fn join_groups(whole: &str, grouping: Grouping) -> Option<String> {
    if is_digits(whole) {
        return Some(whole.to_owned());
    }
    let mut joined = String::with_capacity(whole.len());
    let mut separator = None;
    let mut group = String::new();
    for character in whole.chars().chain(['.']) {
        if character.is_ascii_digit() {
            group.push(character);
            continue;
        }
        if group.is_empty() {
            // Two separators together: a wide gap, which only the caller can know to be no column's.
            if grouping == Grouping::Doubtful || character != ' ' {
                return None;
            }
            continue;
        }
        if !groups(&group, joined.is_empty()) {
            return None;
        }
        joined.push_str(&group);
        group.clear();
        if joined.len() < whole.chars().filter(char::is_ascii_digit).count() {
            if character == ' ' && grouping == Grouping::Doubtful {
                return None;
            }
            // "1.234 567": one number groups in one way.
            let kind = character == '.';
            if separator.is_some_and(|earlier| earlier != kind) {
                return None;
            }
            separator = Some(kind);
        }
    }
    Some(joined)
}

/// "08.15" is a time.
fn is_time(figures: &str) -> bool {
    let bytes = figures.as_bytes();
    bytes.len() == 5
        && bytes[0] == b'0'
        && bytes[2] == b'.'
        && is_digits(&figures[..2])
        && is_digits(&figures[3..])
        && bytes[3] < b'6'
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A space of any width.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\n' | '\t')
}

/// The text without Markdown emphasis around it; "59***" keeps its stars.
fn without_emphasis(text: &str) -> &str {
    let mut text = text;
    while let Some(inner) = text
        .strip_prefix('*')
        .and_then(|rest| rest.strip_suffix('*'))
        .filter(|inner| inner.contains(char::is_alphanumeric))
    {
        text = inner.trim();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn certain(text: &str) -> CellValue {
        parse_cell(text, &NumberStyle::builtin(Grouping::Certain))
    }

    #[test]
    fn numbers() {
        use Unit::*;
        for (text, value, decimals, unit) in [
            ("29,0%", 29.0, 1, Some(Percent)),
            ("90 %", 90.0, 0, Some(Percent)),
            ("10 760 tkr", 10760.0, 0, Some(Tkr)),
            ("4 200 m²", 4200.0, 0, Some(Other)),
            ("12²", 12.0, 0, None),
            ("1 513,3", 1513.3, 1, None),
            ("1\u{a0}513,3 mnkr", 1513.3, 1, Some(Mnkr)),
            ("86\u{202f}228", 86228.0, 0, None),
            ("1\u{2009}234\u{2009}567", 1_234_567.0, 0, None),
            ("-188.370", -188_370.0, 0, None),
            ("1.234.567", 1_234_567.0, 0, None),
            ("1.234,5", 1234.5, 1, None),
            ("41,0", 41.0, 1, None),
            ("4,827", 4.827, 3, None),
            ("4.5", 4.5, 1, None),
            ("0.370", 0.37, 3, None),
            ("-2,1", -2.1, 1, None),
            ("−5", -5.0, 0, None),
            ("– 12", -12.0, 0, None),
            ("- 6 279", -6279.0, 0, None),
            ("(123)", -123.0, 0, None),
            ("1 400-", -1400.0, 0, None),
            ("12,5−", -12.5, 1, None),
            ("+5", 5.0, 0, None),
            ("±0", 0.0, 0, None),
            ("-0,0", 0.0, 1, None),
            ("59***", 59.0, 0, None),
            ("12 1)", 12.0, 0, None),
            ("12 *)", 12.0, 0, None),
            ("14¹", 14.0, 0, None),
            ("**865**", 865.0, 0, None),
            ("0", 0.0, 0, None),
            ("22 dagar", 22.0, 0, Some(Days)),
            ("45 miljoner kronor", 45.0, 0, Some(Mnkr)),
            ("1 000 kr", 1000.0, 0, Some(Sek)),
            ("1 000:-", 1000.0, 0, Some(Sek)),
            ("5 kr/m3", 5.0, 0, Some(Other)),
            ("12 st.", 12.0, 0, Some(Count)),
            ("2024", 2024.0, 0, None),
            ("4471", 4471.0, 0, None),
        ] {
            let number = Number { value, decimals };
            assert_eq!(certain(text), CellValue::Number { number, unit }, "{text:?}");
        }
    }

    #[test]
    fn no_numbers() {
        use CellValue::{Unreadable, Words};
        for (text, value) in [
            ("", CellValue::Missing(Missing::Blank)),
            (" \u{a0} ", CellValue::Missing(Missing::Blank)),
            ("-", CellValue::Missing(Missing::NotApplicable)),
            ("–", CellValue::Missing(Missing::NotApplicable)),
            ("Värde saknas", CellValue::Missing(Missing::NotAvailable)),
            ("..", CellValue::Missing(Missing::NotAvailable)),
            ("saknas²", CellValue::Missing(Missing::NotAvailable)),
            ("**", CellValue::Missing(Missing::NotAvailable)),
            ("- *", CellValue::Missing(Missing::NotAvailable)),
            ("Stängt", Words),
            ("ca 120", Words),
            ("ung 116 000", Words),
            ("40-60%", Words),
            ("10–20", Words),
            ("-10/+10", Words),
            ("1/2", Words),
            ("3 av 5", Words),
            ("2025-03-31", Words),
            ("2030-", Words),
            ("08:15", Words),
            ("08.15", Words),
            ("0380", Words),
            ("2024/25", Words),
            ("årligen, löpande", Words),
            ("18+ år", Words),
            ("1,2,3", Unreadable),
            ("1 2 3", Unreadable),
            ("12 3456", Unreadable),
            ("0 123", Unreadable),
            ("1.234 567", Unreadable),
            ("2.5.1", Unreadable),
            ("1, 5", Unreadable),
            ("1234567890123456", Unreadable),
        ] {
            assert_eq!(certain(text), value, "{text:?}");
        }
    }

    #[test]
    fn a_doubtful_gap_joins_nothing() {
        let doubtful = |text| parse_cell(text, &NumberStyle::builtin(Grouping::Doubtful));
        assert_eq!(doubtful("120 135 142"), CellValue::Unreadable);
        assert_eq!(doubtful("10 760"), CellValue::Unreadable);
        assert_eq!(doubtful("10\u{a0}760").number(), Some(Number { value: 10760.0, decimals: 0 }));
        assert_eq!(doubtful("- 135").number(), Some(Number { value: -135.0, decimals: 0 }));
        assert_eq!(certain("120 135 142").number(), Some(Number { value: 120_135_142.0, decimals: 0 }));
    }

    proptest! {
        #[test]
        fn garbage_never_panics(text in "\\PC*", grouping in prop_oneof![Just(Grouping::Certain), Just(Grouping::Doubtful)]) {
            let _ = parse_cell(&text, &NumberStyle::builtin(grouping));
        }

        #[test]
        fn near_numbers_never_panic(text in "[-+−–(]?[0-9 .,\u{a0}]{0,20}[%)*¹ a-z]{0,4}") {
            let _ = certain(&text);
        }

        #[test]
        fn what_is_printed_is_read(
            whole in 0_u64..100_000_000,
            decimals in proptest::option::of("[0-9]{1,3}"),
            minus in any::<bool>(),
            space in prop_oneof![Just(' '), Just('\u{a0}'), Just('\u{202f}'), Just('\u{2009}')],
        ) {
            let digits = whole.to_string();
            let mut printed = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at) % 3 == 0 {
                    printed.push(space);
                }
                printed.push(digit);
            }
            if let Some(decimals) = &decimals {
                printed = format!("{printed},{decimals}");
            }
            if minus {
                printed.insert(0, '-');
            }
            let decimals = decimals.unwrap_or_default();
            let value: f64 = format!("{}{digits}.{decimals}0", if minus { "-" } else { "" }).parse().unwrap();
            let number = certain(&printed).number().expect(&printed);
            prop_assert_eq!(number.value, value, "{}", printed);
            prop_assert_eq!(usize::from(number.decimals), decimals.len());
        }
    }
}
