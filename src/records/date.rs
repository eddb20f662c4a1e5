//! Dates as papers print them.
//!
//! In goes a text, out come the dates in it in ISO 8601. A date has a day, a month and a year, and the day exists:
//! "2024-02-30" is none. Months and stretches of time are periods. Numbers that only look like dates, such as
//! registration numbers and telephone numbers, are left alone.

use std::ops::Range;
use std::sync::LazyLock;

use crate::pattern::Pattern;
use crate::vocabulary::Vocabulary;

/// Years that a paper can speak of with two digits lie at most this far ahead of 2000; "98" is 1998.
const LAST_SHORT_YEAR: i32 = 59;

/// The first date in the text, whatever stands around it: "onsdagen den 17 september 2025 kl. 17:00".
#[must_use]
pub fn parse_date(text: &str) -> Option<String> {
    find_dates(text).into_iter().next().map(|(_, date)| date)
}

/// A date without separators, as titles and file names have them: "20250919", "240305". The text is nothing else.
#[must_use]
pub fn parse_compact_date(text: &str) -> Option<String> {
    let digits = text.trim();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = match digits.len() {
        8 => (full_year(&digits[..4])?, &digits[4..]),
        6 => (full_year(&digits[..2])?, &digits[2..]),
        _ => return None,
    };
    iso(year, rest[..2].parse().ok()?, rest[2..].parse().ok()?)
}

/// Every date in the text, from left to right.
#[must_use]
pub fn find_dates(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    // A date has digits: the rest of the text is passed over quickly.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return found;
    }
    dates_in_figures(text, &mut found);
    dates_in_words(text, &mut found);
    found.sort_by_key(|(range, _)| (range.start, range.end));
    found.dedup_by(|later, earlier| later.0.start < earlier.0.end);
    found
}

/// The date that the text begins with, and how many bytes it takes.
#[must_use]
pub fn date_at_start(text: &str) -> Option<(String, usize)> {
    find_dates(text)
        .into_iter()
        .next()
        .filter(|(range, _)| range.start == 0)
        .map(|(range, date)| (date, range.end))
}

/// A day as ISO 8601, if it exists.
pub(crate) fn iso(year: i32, month: u32, day: u32) -> Option<String> {
    (day >= 1 && day <= last_day(year, month)?).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The last day of a month.
pub(crate) fn last_day(year: i32, month: u32) -> Option<u32> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// A year in four digits, 1900 to 2099, or in two.
pub(crate) fn full_year(digits: &str) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    match digits.len() {
        4 => (1900..2100).contains(&year).then_some(year),
        2 if year <= LAST_SHORT_YEAR => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// Dates in figures: 2024-03-05, also with spaces or without the first hyphen, which a line end may have swallowed
/// ("202409-17"); 5/3 2024.
fn dates_in_figures(text: &str, found: &mut Vec<(Range<usize>, String)>) {
    const DASH: &str = "[-\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}]";
    static YEAR_FIRST: LazyLock<Pattern> = LazyLock::new(|| {
        let pattern = format!(
            r"(?P<y>(?:19|20)[0-9]{{2}})(?:\s?{DASH}\s?(?P<m>[0-9]{{2}})\s?{DASH}\s?|(?P<m2>[0-9]{{2}})\s?{DASH}\s?|[./](?P<m3>[0-9]{{2}})[./])(?P<d>[0-9]{{2}})"
        );
        Pattern::of(pattern)
    });
    static DAY_FIRST: LazyLock<Pattern> = LazyLock::new(|| {
        let pattern = format!(
            r"(?P<d>[0-9]{{1,2}})/(?P<m>[0-9]{{1,2}})(?:\s{{0,2}}(?:{DASH}|/)?\s?(?P<y>(?:19|20)[0-9]{{2}})|\s?(?:{DASH}|/|')\s?(?P<y2>[0-9]{{2}}))"
        );
        Pattern::of(pattern)
    });
    for pattern in [&*YEAR_FIRST, &*DAY_FIRST] {
        for captures in pattern.captures_iter(text) {
            let Some(day) = captures.name("d") else { continue };
            let whole = captures.whole().range();
            let year = captures.name("y").or_else(|| captures.name("y2"));
            let month = captures.name("m").or_else(|| captures.name("m2")).or_else(|| captures.name("m3"));
            let (Some(year), Some(month)) = (year, month) else { continue };
            if !stands_alone(text, &whole) {
                continue;
            }
            let date = full_year(year.as_str())
                .and_then(|year| iso(year, month.as_str().parse().ok()?, day.as_str().parse().ok()?));
            found.extend(date.map(|date| (whole, date)));
        }
    }
}

/// Dates in words: "5 mars 2024", "den 12 april 23", "1:e maj 2024".
fn dates_in_words(text: &str, found: &mut Vec<(Range<usize>, String)>) {
    for (month, entry) in Vocabulary::builtin().months.find_all(text) {
        let before = text[..month.start].trim_end();
        let before =
            [":e", ":a", "e", "."].iter().find_map(|ending| before.strip_suffix(ending)).unwrap_or(before);
        let day_digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        if !(1..=2).contains(&day_digits) {
            continue;
        }
        let start = before.len() - day_digits;
        if !is_free_before(&text[..start]) {
            continue;
        }
        let after = &text[month.end..];
        let year_start =
            after.trim_start_matches(['.', ',', ' ', '\u{a0}', '\n', '\r', '-', '\'', '\u{2019}']);
        let digits = year_start.find(|c: char| !c.is_ascii_digit()).unwrap_or(year_start.len());
        let end = text.len() - year_start.len() + digits;
        // "12 april 23 elever": two digits are a year only where no word follows.
        let word_follows = text[end..].trim_start_matches([' ', '\u{a0}']).starts_with(char::is_alphabetic);
        if digits == 2 && word_follows || !is_free_after(&text[end..]) || year_start.len() + 8 < after.len() {
            continue;
        }
        let date = full_year(&year_start[..digits])
            .and_then(|year| iso(year, u32::from(entry.code), before[start..].parse().ok()?));
        found.extend(date.map(|date| (start..end, date)));
    }
}

/// Whether figures are not part of a longer number, a registration number or a telephone number.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    is_free_before(&text[..range.start]) && is_free_after(&text[range.end..])
}

fn is_free_before(before: &str) -> bool {
    let mut characters = before.chars().rev();
    match characters.next() {
        None => true,
        Some(c) if c.is_alphanumeric() => false,
        // "2.1-…", "KS-…", "1/…"; but a dash after a space, and "perioden:2024-…", are punctuation.
        Some('-' | '/' | '.' | ',' | ':' | '\u{2010}' | '\u{2011}') => {
            !characters.next().is_some_and(char::is_alphanumeric)
                || before.ends_with(':')
                    && !before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit())
        }
        Some(_) => true,
    }
}

fn is_free_after(after: &str) -> bool {
    let mut characters = after.chars();
    match characters.next() {
        None => true,
        Some(c) if c.is_alphanumeric() => false,
        Some('-' | '/' | '\u{2010}' | '\u{2011}' | ':') => {
            !characters.next().is_some_and(|c| c.is_ascii_digit())
        }
        Some(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates() {
        for (text, date) in [
            ("2024-03-05", "2024-03-05"),
            ("2025 ÅRSBOKSLUT 2026 -02 -01.DOCX", "2026-02-01"),
            ("5 mars 2024", "2024-03-05"),
            ("den 5 mars 2024", "2024-03-05"),
            ("den 5 mars\n2024", "2024-03-05"),
            ("12 april 23", "2023-04-12"),
            ("daterat 12 april 23, bilaga 2", "2023-04-12"),
            ("onsdagen den 17 september 2025 kl. 17:00", "2025-09-17"),
            ("behandling 202409-17", "2024-09-17"),
            ("5/3 2024", "2024-03-05"),
            ("5/3-2024", "2024-03-05"),
            ("5/3-24", "2024-03-05"),
            ("1:e maj 2024", "2024-05-01"),
            ("3 sept. 2024", "2024-09-03"),
            ("2024–03–05", "2024-03-05"),
            ("2024.03.05", "2024-03-05"),
            ("tjänsteskrivelse, 2025-09-03.", "2025-09-03"),
            ("Datum:2025-09-03", "2025-09-03"),
            ("2024-02-29", "2024-02-29"),
            ("27 APRIL 2015", "2015-04-27"),
        ] {
            assert_eq!(parse_date(text).as_deref(), Some(date), "{text:?}");
        }
    }

    #[test]
    fn no_dates() {
        for text in [
            "2024-02-30",
            "2023-02-29",
            "2024-13-01",
            "AMN-2025-0209",
            "KS 2025-00620",
            "5072-2025",
            "0300-838111",
            "mars 2024",
            "den 5 mars",
            "32 mars 2024",
            "12 april 23 elever",
            "SOU 2025:83",
            "2025-01-01-7",
            "120 2024-03-0512",
            "2022/2023",
            "",
            "NVO 2022-02-1961",
            "556036-0793",
            "1-5 2024",
        ] {
            assert_eq!(parse_date(text), None, "{text:?}");
        }
    }

    #[test]
    fn all_dates_with_their_places() {
        let text = "Datum 2025-09-05, behandlas den 25 september 2025.";
        let found: Vec<_> = find_dates(text).into_iter().map(|(range, date)| (&text[range], date)).collect();
        assert_eq!(found, [("2025-09-05", "2025-09-05".into()), ("25 september 2025", "2025-09-25".into())]);
    }

    #[test]
    fn compact_dates_only_where_asked_for() {
        assert_eq!(parse_compact_date("20250919").as_deref(), Some("2025-09-19"));
        assert_eq!(parse_compact_date("240305").as_deref(), Some("2024-03-05"));
        assert_eq!(parse_compact_date("202503"), None);
        assert_eq!(parse_compact_date("20251319"), None);
        assert_eq!(parse_compact_date("2024030"), None);
        assert_eq!(parse_date("20250919"), None);
    }

    proptest! {
        #[test]
        fn garbage_never_panics(text in "\\PC*") {
            let _ = find_dates(&text);
            let _ = parse_compact_date(&text);
        }

        #[test]
        fn near_dates_never_panic(text in "[0-9 /.:-]{0,14}(mars|åäö|maj)?[0-9 ]{0,6}[–å]?") {
            let _ = find_dates(&text);
        }

        #[test]
        fn what_is_printed_is_read(year in 1900..2100_i32, month in 1..13_u32, day in 1..29_u32) {
            let months = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];
            let date = format!("{year}-{month:02}-{day:02}");
            prop_assert_eq!(parse_date(&date), Some(date.clone()));
            prop_assert_eq!(parse_date(&format!("den {day} {} {year}", months[month as usize - 1])), Some(date));
        }
    }
}
