//! Periods: a year, a month, a quarter, a stretch of months.
//!
//! In goes a heading, a title or a cell, out comes the period that it names, with its first and last day where the
//! words settle them. "Per mars 2022" and "2025-02-28" tell the last day only; "perioden", "fg år" and "läsåret" tell
//! neither, and what they mean is left to the caller. So is whether "202503" over a forecast stands for the year.

use std::cell::OnceCell;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::{find_dates, full_year, iso, last_day};
use crate::vocabulary::{Folded, PeriodWord, Vocabulary, single_spaced};

/// A period of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The paper's words.
    pub raw: String,
    /// First day, ISO 8601; `null` where it is not known.
    #[schemars(regex(pattern = super::DATE_PATTERN))]
    pub start: Option<String>,
    /// Last day, ISO 8601; `null` where it is not known.
    #[schemars(regex(pattern = super::DATE_PATTERN))]
    pub end: Option<String>,
}

impl Period {
    /// The period that the text as a whole is: "Halvår 1 2026".
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let reader = Reader::new(text);
        let last = reader.tokens.iter().rposition(|token| !reader.is_closing(token))?;
        let span = reader.span_at(0).filter(|span| span.end_token > last)?;
        Some(reader.period(text, 0, &span).1)
    }

    /// The first period in the text, and where it stands: "202501-202503" of "Periodens utfall 202501-202503". A
    /// period with dates goes before one without.
    #[must_use]
    pub fn find(text: &str) -> Option<(Range<usize>, Self)> {
        let reader = Reader::new(text);
        let spans = || (0..reader.tokens.len()).filter_map(|at| Some((at, reader.span_at(at)?)));
        let (at, span) = spans()
            .find(|(_, span)| span.is_settled())
            .or_else(|| spans().find(|(_, span)| span.is_named))?;
        Some(reader.period(text, at, &span))
    }
}

/// The first period in the text: see [`Period::find`].
#[must_use]
pub fn find_period(text: &str) -> Option<Period> {
    Period::find(text).map(|(_, period)| period)
}

/// Year, month, day.
type Day = (i32, u32, u32);

/// What some tokens say.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: Option<Day>,
    end: Option<Day>,
    /// The token after it.
    end_token: usize,
    /// Whether it is a period even without dates: "perioden", but not a month without a year.
    is_named: bool,
}

impl Span {
    fn new(start: Day, end: Day, end_token: usize) -> Self {
        Self { start: Some(start), end: Some(end), end_token, is_named: true }
    }

    fn without_dates(end_token: usize, is_named: bool) -> Self {
        Self { start: None, end: None, end_token, is_named }
    }

    fn is_settled(&self) -> bool {
        self.start.is_some() || self.end.is_some()
    }
}

/// A number, a word or a mark in the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token {
    kind: TokenKind,
    start: usize,
    end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TokenKind {
    Number,
    Word,
    Mark,
}

/// Reads periods off a text.
struct Reader<'a> {
    folded: Folded<'a>,
    tokens: Vec<Token>,
    /// Dates in the folded text: first token, the token after, the day.
    dates: Vec<(usize, usize, Day)>,
    /// The word for a period that begins at each token, once it has been looked up, and the token after it.
    words: Vec<OnceCell<Option<(PeriodWord, usize)>>>,
    vocabulary: &'static Vocabulary,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let folded = Folded::new(text);
        let tokens = tokens(&folded.text);
        let token_at = |at: usize| tokens.partition_point(|token| token.start < at);
        let dates = find_dates(&folded.text)
            .into_iter()
            .filter_map(|(range, date)| {
                let mut parts = date.split('-');
                let year = parts.next()?.parse().ok()?;
                let day = (year, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
                Some((token_at(range.start), token_at(range.end), day))
            })
            .collect();
        let words = tokens.iter().map(|_| OnceCell::new()).collect();
        Self { tokens, dates, folded, words, vocabulary: Vocabulary::builtin() }
    }

    /// The period that some tokens are, with the paper's words.
    fn period(&self, text: &str, at: usize, span: &Span) -> (Range<usize>, Period) {
        let range = self.folded.origin(self.tokens[at].start, self.tokens[span.end_token - 1].end);
        let raw = single_spaced(&text[range.clone()]);
        let iso_day = |day: Option<Day>| day.and_then(|(year, month, day)| iso(year, month, day));
        (range, Period { raw, start: iso_day(span.start), end: iso_day(span.end) })
    }

    /// The longest period that begins at a token.
    fn span_at(&self, at: usize) -> Option<Span> {
        if !self.begins_at(at) {
            return None;
        }
        let simple = self.simple_at(at);
        let as_of = self.as_of(at);
        simple.into_iter().chain(as_of).max_by_key(|span| span.end_token)
    }

    /// "Per mars 2022": the last day is known and the first is not.
    fn as_of(&self, at: usize) -> Option<Span> {
        let (PeriodWord::AsOf | PeriodWord::UpTo | PeriodWord::Accumulated, next) = self.word(at)? else {
            return None;
        };
        let span = self.simple_at(next).filter(|span| span.end.is_some())?;
        Some(Span { start: None, ..span })
    }

    fn simple_at(&self, at: usize) -> Option<Span> {
        [
            self.days(at),
            self.year_months(at),
            self.years(at),
            self.months(at),
            self.parts_of_year(at),
            self.words_with_year(at),
        ]
        .into_iter()
        .flatten()
        .max_by_key(|span| span.end_token)
    }

    /// "2025-02-28", "2025-01-01 - 2025-03-31".
    fn days(&self, at: usize) -> Option<Span> {
        let (next, day) = self.date(at)?;
        if let Some((end_token, last)) = self.through(next).and_then(|to| self.date(to))
            && day <= last
        {
            return Some(Span::new(day, last, end_token));
        }
        Some(Span { start: None, end: Some(day), end_token: next, is_named: true })
    }

    /// "202503", "202501-202503", "2025-03".
    fn year_months(&self, at: usize) -> Option<Span> {
        let (next, (year, month)) = self.year_month(at)?;
        if let Some((end_token, (last_year, last_month))) =
            self.through(next).and_then(|to| self.year_month(to))
            && (year, month) <= (last_year, last_month)
        {
            return Some(Span::new((year, month, 1), month_end(last_year, last_month)?, end_token));
        }
        self.ends_at(next).then_some(())?;
        Some(Span::new((year, month, 1), month_end(year, month)?, next))
    }

    fn year_month(&self, at: usize) -> Option<(usize, (i32, u32))> {
        let digits = self.number(at)?;
        let (year, month, next) = match digits.len() {
            6 => (&digits[..4], &digits[4..], at + 1),
            4 if self.mark(at + 1) == Some("-") && self.joined(at) && self.joined(at + 1) => {
                (digits, self.number(at + 2).filter(|month| month.len() == 2)?, at + 3)
            }
            _ => return None,
        };
        let month: u32 = month.parse().ok()?;
        (1..=12).contains(&month).then_some(())?;
        Some((next, (full_year(year)?, month)))
    }

    /// "2024", "2026–2027", "2025-27", "2022/2023", and "20252027", whose dash a line end has swallowed.
    fn years(&self, at: usize) -> Option<Span> {
        let digits = self.number(at)?;
        if digits.len() == 8 {
            let (first, last) = (full_year(&digits[..4])?, full_year(&digits[4..])?);
            // A date without dashes would be a month above 12 here: 2025 20 27.
            return (first < last && last - first <= 10)
                .then(|| Span::new((first, 1, 1), (last, 12, 31), at + 1))
                .filter(|span| self.ends_at(span.end_token));
        }
        let (next, year) = self.year(at)?;
        if let Some(to) = self.through(next) {
            let last = self.year(to).or_else(|| self.short_year(to, year)).filter(|(_, last)| *last > year);
            if let Some((end_token, last)) = last.filter(|(end_token, _)| self.ends_at(*end_token)) {
                // Where school years, seasons and split budget years begin, their numbers do not say. Other
                // numbers with a stroke are registration numbers: "2024/46".
                if self.mark(next) == Some("/") {
                    return (last == year + 1).then(|| Span::without_dates(end_token, true));
                }
                return Some(Span::new((year, 1, 1), (last, 12, 31), end_token));
            }
        }
        if !self.ends_at(next) {
            return None;
        }
        // "2025 helår", "2021 jan-jun", "2024 Q2".
        if let Some((PeriodWord::FullYear, end_token)) = self.word(next)
            && self.tokens.get(end_token).is_none_or(|token| token.kind != TokenKind::Number)
        {
            return Some(Span::new((year, 1, 1), (year, 12, 31), end_token));
        }
        let after_mark = if self.mark(next) == Some(":") { next + 1 } else { next };
        if let Some((end_token, (first, last))) = self.month_range(after_mark)
            && self.year_after(end_token).is_none()
        {
            return Some(Span::new((year, first, 1), month_end(year, last)?, end_token));
        }
        if let Some((end_token, part, number)) = self.part(after_mark)
            && self.year_after(end_token).is_none()
        {
            return part_span(part, number, year, end_token);
        }
        Some(Span::new((year, 1, 1), (year, 12, 31), next))
    }

    /// "Mars 2025", "januari-mars 2025", "mars/april 2025", "oktober 2023 till oktober 2024".
    fn months(&self, at: usize) -> Option<Span> {
        let (next, (first, last)) = self.month_range(at)?;
        let Some((next, year)) = self.year_after(next) else {
            return Some(Span::without_dates(next, false));
        };
        if first == last {
            let end = self.through(next).and_then(|to| self.month_range(to));
            if let Some((end_token, last_year)) = end.and_then(|(end, _)| self.year_after(end)) {
                let (_, (last_month, _)) = end?;
                if (year, first) < (last_year, last_month) {
                    return Some(Span::new((year, first, 1), month_end(last_year, last_month)?, end_token));
                }
            }
            // "jan 2021 -jun", as a line end in a narrow heading parts it.
            let same_year = end.filter(|(_, months)| months.0 == months.1 && first < months.0);
            if let Some((end_token, (_, last))) = same_year.filter(|(end, _)| self.year_after(*end).is_none())
            {
                return Some(Span::new((year, first, 1), month_end(year, last)?, end_token));
            }
        }
        // "november-februari 2025" begins in the year before.
        let first_year = if first > last { year - 1 } else { year };
        Some(Span::new((first_year, first, 1), month_end(year, last)?, next))
    }

    /// "Halvår 1 2026", "andra kvartalet 2024", "Q2 2024", "T1 2025", "Delår 2 2025".
    fn parts_of_year(&self, at: usize) -> Option<Span> {
        let (next, part, number) = self.part(at)?;
        let next = if self.mark(next) == Some(",") { next + 1 } else { next };
        let (end_token, year) = self.year_after(next)?;
        part_span(part, number, year, end_token)
    }

    /// A part of a year and its number: "halvår 1", "första halvåret", "delår".
    fn part(&self, at: usize) -> Option<(usize, PeriodWord, u32)> {
        let (word, next) = self.word(at)?;
        if let Some(ordinal) = word.ordinal() {
            let (part, next) = self.word(next)?;
            return is_part(part).then_some((next, part, ordinal));
        }
        if !is_part(word) {
            return None;
        }
        if let Some(number) = self.number(next).filter(|number| number.len() == 1) {
            return Some((next + 1, word, number.parse().ok()?));
        }
        (word == PeriodWord::Interim).then_some((next, word, 0))
    }

    /// "Helår 2025", "läsåret 2024/2025", "HT 2024", "perioden", "delår augusti 2025".
    fn words_with_year(&self, at: usize) -> Option<Span> {
        let (word, next) = self.word(at)?;
        match word {
            PeriodWord::FullYear => {
                let (end_token, year) = self.year(next).filter(|(end_token, _)| self.ends_at(*end_token))?;
                Some(Span::new((year, 1, 1), (year, 12, 31), end_token))
            }
            PeriodWord::Interim => {
                let (end_token, (first, last)) =
                    self.month_range(next).filter(|(_, months)| months.0 == months.1)?;
                let (end_token, year) = self.year_after(end_token)?;
                debug_assert_eq!(first, last);
                Some(Span::new((year, 1, 1), month_end(year, last)?, end_token))
            }
            PeriodWord::SchoolYear | PeriodWord::Term => {
                let (mut end_token, year) = self.year(next).or_else(|| self.short_year(next, 0))?;
                if let Some((after, _)) =
                    self.through(end_token).and_then(|to| self.year(to).or_else(|| self.short_year(to, year)))
                {
                    end_token = after;
                }
                Some(Span::without_dates(end_token, true))
            }
            PeriodWord::Own | PeriodWord::Relative | PeriodWord::YearBefore | PeriodWord::Accumulated => {
                let end_token = self.year(next).map_or(next, |(end_token, _)| end_token);
                Some(Span::without_dates(end_token, true))
            }
            _ => None,
        }
    }

    /// One month or two with a dash, a stroke or "till" between.
    fn month_range(&self, at: usize) -> Option<(usize, (u32, u32))> {
        let (next, first) = self.month(at)?;
        match self.through(next).and_then(|to| self.month(to)) {
            Some((end_token, last)) => Some((end_token, (first, last))),
            None => Some((next, (first, first))),
        }
    }

    fn month(&self, at: usize) -> Option<(usize, u32)> {
        let token = self.tokens.get(at).filter(|token| token.kind == TokenKind::Word)?;
        let month = self.vocabulary.months.whole(&self.folded.text[token.start..token.end])?;
        let next = if self.mark(at + 1) == Some(".") && self.joined(at) { at + 2 } else { at + 1 };
        Some((next, u32::from(month.code)))
    }

    /// A year, after a word that adds nothing to it: "augusti månad 2024".
    fn year_after(&self, at: usize) -> Option<(usize, i32)> {
        let at = match self.word(at) {
            Some((PeriodWord::FullYear, next)) => next,
            _ => at,
        };
        let at = if self.mark(at) == Some(",") { at + 1 } else { at };
        self.year(at).filter(|(end_token, _)| self.ends_at(*end_token))
    }

    fn year(&self, at: usize) -> Option<(usize, i32)> {
        let digits = self.number(at).filter(|digits| digits.len() == 4)?;
        let year = full_year(digits).filter(|year| (1950..2100).contains(year))?;
        Some((at + 1, year))
    }

    /// "23" of "2022/23".
    fn short_year(&self, at: usize, after: i32) -> Option<(usize, i32)> {
        let digits = self.number(at).filter(|digits| digits.len() == 2)?;
        let year =
            if after == 0 { full_year(digits)? } else { after / 100 * 100 + digits.parse::<i32>().ok()? };
        (year > after && year - after <= 15 || after == 0).then_some((at + 1, year))
    }

    fn date(&self, at: usize) -> Option<(usize, Day)> {
        let (_, next, day) = self.dates.iter().find(|(start, _, _)| *start == at)?;
        Some((*next, *day))
    }

    /// Past a dash, a stroke, "till" or "till och med".
    fn through(&self, at: usize) -> Option<usize> {
        if matches!(self.mark(at), Some("-" | "/")) {
            // Two dashes are one.
            return Some(if self.mark(at + 1) == Some("-") { at + 2 } else { at + 1 });
        }
        match self.word(at)? {
            (PeriodWord::Through, next) => Some(next),
            (PeriodWord::AsOf | PeriodWord::UpTo, next) if next > at + 1 || self.text(at) != "per" => {
                Some(next)
            }
            _ => None,
        }
    }

    /// The word for a period that begins at a token, and the token after it.
    fn word(&self, at: usize) -> Option<(PeriodWord, usize)> {
        *self.words.get(at)?.get_or_init(|| self.look_up(at))
    }

    fn look_up(&self, at: usize) -> Option<(PeriodWord, usize)> {
        let token = self.tokens.get(at)?;
        if let Some((entry, length)) = self.vocabulary.periods.prefix(&self.folded.text[token.start..]) {
            let end = token.start + length;
            let mut next = self.tokens.partition_point(|token| token.start < end);
            // The full stop of an abbreviation: "t.o.m."
            if self.mark(next) == Some(".") && next > at + 1 && self.joined(next - 1) {
                next += 1;
            }
            return Some((entry.code, next));
        }
        // "Q2": a letter with its number.
        let entry = self.vocabulary.periods.whole(self.text(at)).filter(|_| token.kind == TokenKind::Word)?;
        Some((entry.code, at + 1))
    }

    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &self.folded.text[token.start..token.end])
    }

    fn number(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).filter(|token| token.kind == TokenKind::Number).map(|_| self.text(at))
    }

    fn mark(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).filter(|token| token.kind == TokenKind::Mark).map(|_| self.text(at))
    }

    /// Whether nothing stands between a token and the next.
    fn joined(&self, at: usize) -> bool {
        matches!((self.tokens.get(at), self.tokens.get(at + 1)), (Some(a), Some(b)) if a.end == b.start)
    }

    /// Whether a period can begin at a token: not within a registration number or a compound.
    fn begins_at(&self, at: usize) -> bool {
        if at == 0 || !self.joined(at - 1) {
            return true;
        }
        match self.tokens[at - 1].kind {
            TokenKind::Number | TokenKind::Word => false,
            TokenKind::Mark if matches!(self.text(at - 1), "-" | "/" | "." | ":" | ",") => {
                at < 2 || !self.joined(at - 2)
            }
            TokenKind::Mark => true,
        }
    }

    /// Whether a period can end before a token: "2025:83" and "2030-målen" are no years.
    fn ends_at(&self, at: usize) -> bool {
        if at == 0 || !self.joined(at - 1) {
            return true;
        }
        match self.tokens[at].kind {
            TokenKind::Number | TokenKind::Word => false,
            TokenKind::Mark if matches!(self.text(at), "-" | "/" | ":" | ".") => {
                // "2024:Q2" is a quarter.
                !self.joined(at) || self.text(at) == ":" && self.part(at + 1).is_some()
            }
            TokenKind::Mark => true,
        }
    }

    fn is_closing(&self, token: &Token) -> bool {
        token.kind == TokenKind::Mark
            && matches!(&self.folded.text[token.start..token.end], "." | ":" | ")" | "*" | "?")
    }
}

fn is_part(word: PeriodWord) -> bool {
    matches!(word, PeriodWord::HalfYear | PeriodWord::Quarter | PeriodWord::Tertial | PeriodWord::Interim)
}

/// A numbered part of a year.
fn part_span(part: PeriodWord, number: u32, year: i32, end_token: usize) -> Option<Span> {
    let (months, parts) = match part {
        PeriodWord::HalfYear => (6, 2),
        PeriodWord::Quarter => (3, 4),
        PeriodWord::Tertial => (4, 3),
        // How far a delår reaches, each municipality decides.
        PeriodWord::Interim => {
            return Some(Span { start: Some((year, 1, 1)), end: None, end_token, is_named: true });
        }
        _ => return None,
    };
    if number == 0 || number > parts {
        return None;
    }
    let last = number * months;
    Some(Span::new((year, last - months + 1, 1), month_end(year, last)?, end_token))
}

fn month_end(year: i32, month: u32) -> Option<Day> {
    Some((year, month, last_day(year, month)?))
}

/// Cuts a folded text into numbers, words and marks; letters and digits part.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (start, character) in text.char_indices() {
        if character.is_whitespace() {
            continue;
        }
        let kind = if character.is_ascii_digit() {
            TokenKind::Number
        } else if character.is_alphanumeric() {
            TokenKind::Word
        } else {
            TokenKind::Mark
        };
        let end = start + character.len_utf8();
        match tokens.last_mut() {
            Some(last) if last.kind == kind && last.end == start && kind != TokenKind::Mark => last.end = end,
            _ => tokens.push(Token { kind, start, end }),
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn periods() {
        for (text, start, end) in [
            ("2024", "2024-01-01", "2024-12-31"),
            ("2025-02-28", "", "2025-02-28"),
            ("2025-01-01 - 2025-03-31", "2025-01-01", "2025-03-31"),
            ("2025-01-01--2025-03-31", "2025-01-01", "2025-03-31"),
            ("202501-202503", "2025-01-01", "2025-03-31"),
            ("202503", "2025-03-01", "2025-03-31"),
            ("2025-03", "2025-03-01", "2025-03-31"),
            ("Mars 2025", "2025-03-01", "2025-03-31"),
            ("**Mars 2025**", "2025-03-01", "2025-03-31"),
            ("februari 2024", "2024-02-01", "2024-02-29"),
            ("mars/april 2025", "2025-03-01", "2025-04-30"),
            ("januari-mars 2025", "2025-01-01", "2025-03-31"),
            ("januari – mars 2025", "2025-01-01", "2025-03-31"),
            ("januari till och med augusti 2025", "2025-01-01", "2025-08-31"),
            ("januari t.o.m. augusti 2025", "2025-01-01", "2025-08-31"),
            ("jan-jun 2021", "2021-01-01", "2021-06-30"),
            ("jan -jun 2021", "2021-01-01", "2021-06-30"),
            ("2021 jan-jun", "2021-01-01", "2021-06-30"),
            ("jan 2021 -jun", "2021-01-01", "2021-06-30"),
            ("oktober 2023 till oktober 2024", "2023-10-01", "2024-10-31"),
            ("november-februari 2025", "2024-11-01", "2025-02-28"),
            ("augusti månad 2024", "2024-08-01", "2024-08-31"),
            ("aug. 2024", "2024-08-01", "2024-08-31"),
            ("Halvår 1 2026", "2026-01-01", "2026-06-30"),
            ("första halvåret 2025", "2025-01-01", "2025-06-30"),
            ("andra kvartalet 2024", "2024-04-01", "2024-06-30"),
            ("kvartal 2 2024", "2024-04-01", "2024-06-30"),
            ("Q2 2024", "2024-04-01", "2024-06-30"),
            ("2024 Q2", "2024-04-01", "2024-06-30"),
            ("H2 2024", "2024-07-01", "2024-12-31"),
            ("T1 2025", "2025-01-01", "2025-04-30"),
            ("Tertial 2, 2025", "2025-05-01", "2025-08-31"),
            ("Delår 2 2025", "2025-01-01", ""),
            ("delår augusti 2025", "2025-01-01", "2025-08-31"),
            ("per mars 2022", "", "2022-03-31"),
            ("per mars/april 2025", "", "2025-04-30"),
            ("t.o.m. mars 2025", "", "2025-03-31"),
            ("per den 31 mars 2025", "", "2025-03-31"),
            ("helår 2025", "2025-01-01", "2025-12-31"),
            ("2025 helår", "2025-01-01", "2025-12-31"),
            ("år 2025", "2025-01-01", "2025-12-31"),
            ("2026–2027", "2026-01-01", "2027-12-31"),
            ("2026 - 2027", "2026-01-01", "2027-12-31"),
            ("2025-27", "2025-01-01", "2027-12-31"),
            ("20252027", "2025-01-01", "2027-12-31"),
            ("2022/2023", "", ""),
            ("2022/23", "", ""),
            ("läsåret 2024/2025", "", ""),
            ("HT 2024", "", ""),
            ("perioden", "", ""),
            ("fg år", "", ""),
            ("perioden 2026", "", ""),
            ("januari-mars", "", ""),
        ] {
            let period = Period::parse(text).unwrap_or_else(|| panic!("{text:?}"));
            assert_eq!(period.start.as_deref().unwrap_or_default(), start, "{text:?}");
            assert_eq!(period.end.as_deref().unwrap_or_default(), end, "{text:?}");
        }
    }

    #[test]
    fn no_periods() {
        for text in [
            "",
            "Mål",
            "26",
            "1000",
            "3024",
            "SOU 2025:83",
            "2024/46",
            "KS-2025-00620",
            "2030-målen",
            "12 345",
            "2024-46",
            "2025 elever",
        ] {
            assert_eq!(Period::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn periods_in_headings_and_titles() {
        for (text, raw) in [
            ("Kommunbidrag 2025", "2025"),
            ("Periodens utfall 202501-202503", "202501-202503"),
            ("Helårsprognos resultat 202503", "202503"),
            ("KF-budget 2025", "2025"),
            ("Uppföljning av 12-punktsprogram per mars 2022", "per mars 2022"),
            ("Delårsbokslut mars 2025", "mars 2025"),
            ("Verksamhetsuppföljning per april 2025", "per april 2025"),
            ("Utfall perioden 2026", "2026"),
            ("Utfall fg år", "fg år"),
            ("Mål och budget 2025 med plan för 2026 - 2027", "2025"),
            ("Dnr KS-2025-00620 avser 2024", "2024"),
        ] {
            let found = find_period(text).map(|period| period.raw.to_lowercase());
            assert_eq!(found.as_deref(), Some(raw), "{text:?}");
        }
        for text in
            ["Budget", "för fler invånare i arbete", "Plan för 1000 lekplatser", "KS-2025-00620", "januari"]
        {
            assert_eq!(find_period(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn garbage_never_panics(text in "\\PC*") {
            let _ = Period::parse(&text);
            let _ = find_period(&text);
        }

        #[test]
        fn near_periods_never_panic(text in "(per |halvår |Q|delår )?[0-9]{0,8}[-/: ]{0,2}(mars|jan\\.|kvartal|till och med)?[0-9 ]{0,6}") {
            let _ = find_period(&text);
        }
    }
}
