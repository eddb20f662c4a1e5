//! Diarienummer: the registration number of a matter.
//!
//! In goes a text, out come the registration numbers in it. Forms that nothing else has are found anywhere; forms that
//! a season, a paragraph or a sum may have as well count only beside a label, and the caller says where one stands.
//! The forms are in the vocabulary. Which of a paper's numbers is its own is left to the caller.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::full_year;
use crate::pattern::Captures;
use crate::vocabulary::{NumberSeries, Vocabulary, single_spaced};

/// A registration number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Diarienummer {
    /// The number as printed: "AMN-2022-00099".
    pub raw: String,
    /// The registry's letters: "AMN"; `null` where the number has none.
    pub registry: Option<String>,
    /// The year; `null` where the number has none.
    pub year: Option<i32>,
    /// The running number.
    pub serial: Option<u64>,
}

/// A number that a label announces begins within so many bytes of it, and ends within them.
const LABELLED_WITHIN: usize = 120;

impl Diarienummer {
    /// Every registration number in the text that needs no label, from left to right.
    ///
    /// A registry printed twice ("VO VO-2025-00213") is one: the first is the name of the register that the case
    /// system puts in front. `raw` keeps both.
    #[must_use]
    pub fn find_all(text: &str, vocabulary: &Vocabulary) -> Vec<(Range<usize>, Self)> {
        // Each form has a year next to a dash, a stroke or a space, and most texts have no such thing.
        if text.bytes().filter(u8::is_ascii_digit).take(5).count() < 5 {
            return Vec::new();
        }
        let mut found: Vec<(Range<usize>, Self)> = Vec::new();
        for form in vocabulary.diarienummer.patterns(|code| *code == NumberSeries::Free) {
            found.extend(
                form.captures_iter(text).filter_map(|captures| read(text, &captures, false, vocabulary)),
            );
        }
        found.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
        found.dedup_by(|later, earlier| later.0.start < earlier.0.end);
        found
    }

    /// The registration number that the text begins with, the text being what follows or stands below a label. Forms
    /// that count nowhere else ("2024/46", "0263/19", "1700021") count here.
    #[must_use]
    pub fn labelled(text: &str, vocabulary: &Vocabulary) -> Option<Self> {
        Self::find_labelled(text, vocabulary).map(|(_, number)| number)
    }

    /// Like [`Self::labelled`], with the number's place in the text.
    #[must_use]
    pub fn find_labelled(text: &str, vocabulary: &Vocabulary) -> Option<(Range<usize>, Self)> {
        let text = &text[..text.floor_char_boundary(LABELLED_WITHIN)];
        // Most texts behind a label are names and dates in words: each form has figures.
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let start = text.len()
            - text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '*' | '.')).len();
        let mut best: Option<(Range<usize>, Self)> = None;
        let forms = |code: &NumberSeries| matches!(code, NumberSeries::Free | NumberSeries::Labelled);
        for form in vocabulary.diarienummer.patterns(forms) {
            // A doubled registry may stand in front; nothing else may.
            let Some(captures) = form.captures_from(text, start) else { continue };
            let Some((range, number)) = read(text, &captures, true, vocabulary) else { continue };
            if !text[start..range.start].trim_end().is_empty() {
                continue;
            }
            if best
                .as_ref()
                .is_none_or(|other| rank(text, &(range.clone(), number.clone())) > rank(text, other))
            {
                best = Some((range, number));
            }
        }
        best.filter(|(range, _)| super::date::parse_date(&text[range.clone()]).is_none())
    }
}

/// Which of two readings of the same text holds: the longer one, then the one with a year in four digits, so that
/// "2024/46" is not the number 2024 of 2046.
fn rank(text: &str, (range, number): &(Range<usize>, Diarienummer)) -> (usize, bool) {
    let year = number.year.map(|year| year.to_string());
    (range.end, year.is_some_and(|year| text[range.clone()].contains(&year)))
}

/// A number out of the groups of its form; `None` where it is part of something longer or belongs to a series of the
/// state or another authority. Behind a label, capitals are a register even where they mean something else elsewhere: "VM".
fn read(
    text: &str,
    captures: &Captures<'_>,
    labelled: bool,
    vocabulary: &Vocabulary,
) -> Option<(Range<usize>, Diarienummer)> {
    let range = captures.whole().range();
    if !stands_alone(text, &range) {
        return None;
    }
    let registry = captures.name("registry").map(|group| group.as_str().to_owned());
    if let Some(registry) = &registry {
        let known = vocabulary.diarienummer.word(registry).map(|entry| entry.code);
        let is_register = labelled && registry.chars().all(char::is_uppercase);
        let form = &text[range.clone()];
        match known {
            // A register may have the letters of a series, whose numbers have no year between hyphens.
            Some(NumberSeries::Official) if is_register && form.split('-').count() == 3 => {}
            Some(NumberSeries::Official | NumberSeries::OtherAuthority) => return None,
            Some(NumberSeries::NoRegistry) if !is_register => return None,
            _ => {}
        }
    }
    let year = captures.name("year").and_then(|group| full_year(group.as_str()));
    let serial = captures.name("serial").map(|group| group.as_str());
    if let (Some(year), Some(serial)) = (year, serial)
        && registry.is_some()
        && !labelled
        && is_span_of_years(text, &range, year, serial)
    {
        return None;
    }
    let range = with_register(text, range, registry.as_deref());
    let raw = single_spaced(&text[range.clone()]);
    // A line end within the number is no space in it: "KFT-2025-" and "00178".
    let raw = raw.replace("- ", "-").replace(" -", "-");
    Some((range, Diarienummer { raw, registry, year, serial: serial.and_then(|serial| serial.parse().ok()) }))
}

/// The number with the name of the register in front, where that is its registry again: "VO VO-2025-00213".
fn with_register(text: &str, range: Range<usize>, registry: Option<&str>) -> Range<usize> {
    let before = text[..range.start].strip_suffix(' ');
    let name = registry.and_then(|registry| before?.strip_suffix(registry));
    match name {
        Some(rest) if !rest.ends_with(|c: char| c.is_alphanumeric() || c == '-') => rest.len()..range.end,
        _ => range,
    }
}

/// Whether what looks like a number is a plan's years: "Mål och budget KS 2025-2027". With a hyphen after the registry
/// it is a number all the same.
fn is_span_of_years(text: &str, range: &Range<usize>, year: i32, serial: &str) -> bool {
    let spaced = text[range.clone()].starts_with(|c: char| c.is_alphabetic())
        && text[range.clone()]
            .find(|c: char| !c.is_alphabetic())
            .is_some_and(|at| text[range.start + at..].starts_with(' '));
    spaced && serial.parse().is_ok_and(|last: i32| serial.len() == 4 && (year..=year + 30).contains(&last))
        || serial.len() == 2
            && serial.parse().is_ok_and(|last: i32| last == (year + 1) % 100)
            && text[range.clone()].contains('/')
}

/// Whether no letter, digit or joined stroke stands beside the number.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let mut before = text[..range.start].chars().rev();
    let free_before = match before.next() {
        None => true,
        Some(c) if c.is_alphanumeric() => false,
        Some('-' | '/' | '.' | ':') => {
            !before.next().is_some_and(char::is_alphanumeric)
            // "Dnr:KS 2018/124", "Dnr.KS 2018/124"
            || text[..range.start].ends_with([':', '.']) && !text[..range.start - 1].ends_with(|c: char| c.is_ascii_digit())
        }
        Some(_) => true,
    };
    let mut after = text[range.end..].chars();
    let free_after = match after.next() {
        None => true,
        Some(c) if c.is_alphanumeric() => false,
        // "KS-2014/742.912": the class after the point is printed with the number and stays in `raw`.
        Some('-' | '/' | ':' | '\u{2010}' | '\u{2011}') => !after.next().is_some_and(char::is_alphanumeric),
        Some(_) => true,
    };
    free_before && free_after
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Parts<'a> = (&'a str, Option<&'a str>, Option<i32>, Option<u64>);

    fn check(number: &Diarienummer, (raw, registry, year, serial): Parts<'_>) {
        assert_eq!(number.raw, raw);
        assert_eq!(number.registry.as_deref(), registry, "{raw}");
        assert_eq!(number.year, year, "{raw}");
        assert_eq!(number.serial, serial, "{raw}");
    }

    #[test]
    fn numbers_that_need_no_label() {
        for (text, parts) in [
            ("AMN-2022-00099", ("AMN-2022-00099", Some("AMN"), Some(2022), Some(99))),
            ("Diarienummer: KS-2025-00620", ("KS-2025-00620", Some("KS"), Some(2025), Some(620))),
            ("TE 2025-00171", ("TE 2025-00171", Some("TE"), Some(2025), Some(171))),
            ("VO VO-2025-00213", ("VO VO-2025-00213", Some("VO"), Some(2025), Some(213))),
            ("AMN2025/14", ("AMN2025/14", Some("AMN"), Some(2025), Some(14))),
            ("RS2025-0123", ("RS2025-0123", Some("RS"), Some(2025), Some(123))),
            ("KS 2025/118-3", ("KS 2025/118-3", Some("KS"), Some(2025), Some(118))),
            ("BUN/2024:118-041", ("BUN/2024:118-041", Some("BUN"), Some(2024), Some(118))),
            ("KS 2024/00418-1.3.7", ("KS 2024/00418-1.3.7", Some("KS"), Some(2024), Some(418))),
            ("IFN 2024/00418- 1.3.7", ("IFN 2024/00418", Some("IFN"), Some(2024), Some(418))),
            ("KSKF/2025:118", ("KSKF/2025:118", Some("KSKF"), Some(2025), Some(118))),
            ("KS-2025-00620-4", ("KS-2025-00620-4", Some("KS"), Some(2025), Some(620))),
            ("KS/2023-000123", ("KS/2023-000123", Some("KS"), Some(2023), Some(123))),
            ("KS2025.0123", ("KS2025.0123", Some("KS"), Some(2025), Some(123))),
            ("KS.2025.123", ("KS.2025.123", Some("KS"), Some(2025), Some(123))),
            ("2025KS/0123", ("2025KS/0123", Some("KS"), Some(2025), Some(123))),
            ("ÄN 2025/00187", ("ÄN 2025/00187", Some("ÄN"), Some(2025), Some(187))),
            ("MSN 412/2025", ("MSN 412/2025", Some("MSN"), Some(2025), Some(412))),
            ("2025/0164 KFN-2", ("2025/0164 KFN-2", Some("KFN"), Some(2025), Some(164))),
            ("KFT-2025-\n00178", ("KFT-2025-00178", Some("KFT"), Some(2025), Some(178))),
            ("KSN-2014-1438", ("KSN-2014-1438", Some("KSN"), Some(2014), Some(1438))),
            ("KSN 2015-1831", ("KSN 2015-1831", Some("KSN"), Some(2015), Some(1831))),
            ("STK-2015-481", ("STK-2015-481", Some("STK"), Some(2015), Some(481))),
            ("VO/2016:19", ("VO/2016:19", Some("VO"), Some(2016), Some(19))),
            ("VON/2022:00276", ("VON/2022:00276", Some("VON"), Some(2022), Some(276))),
            ("Bun/2023:276 041", ("Bun/2023:276", Some("Bun"), Some(2023), Some(276))),
            ("§ 27 Dnr KS 2018/124 Årsredovisning", ("KS 2018/124", Some("KS"), Some(2018), Some(124))),
            ("2018-08-28 SN 18/0098 Socialnämnden", ("SN 18/0098", Some("SN"), Some(2018), Some(98))),
            ("2014/KS 0012 001", ("2014/KS 0012", Some("KS"), Some(2014), Some(12))),
            ("2023/BUN 0203 40", ("2023/BUN 0203", Some("BUN"), Some(2023), Some(203))),
            ("Dnr 2018/0219 KS-5", ("2018/0219 KS-5", Some("KS"), Some(2018), Some(219))),
            ("KS-2014/742.912", ("KS-2014/742.912", Some("KS"), Some(2014), Some(742))),
            ("Ks 123/2024", ("Ks 123/2024", Some("Ks"), Some(2024), Some(123))),
            ("(KSN-2015-1102)", ("KSN-2015-1102", Some("KSN"), Some(2015), Some(1102))),
            ("DNR T2012-050-05828 och", ("T2012-050-05828", Some("T"), Some(2012), Some(5828))),
            ("granskning KR-2024-00011.", ("KR-2024-00011", Some("KR"), Some(2024), Some(11))),
        ] {
            let found = Diarienummer::find_all(text, Vocabulary::builtin());
            assert_eq!(found.len(), 1, "{text:?}: {found:?}");
            check(&found[0].1, parts);
        }
    }

    #[test]
    fn numbers_beside_a_label() {
        for (text, parts) in [
            ("2024/46", ("2024/46", None, Some(2024), Some(46))),
            ("2019/1005", ("2019/1005", None, Some(2019), Some(1005))),
            (": 0263/19", ("0263/19", None, Some(2019), Some(263))),
            ("1700021", ("1700021", None, None, Some(1_700_021))),
            ("1.5.1-135-2012", ("1.5.1-135-2012", None, Some(2012), Some(135))),
            ("2.1-124-2013", ("2.1-124-2013", None, Some(2013), Some(124))),
            ("102-274-04", ("102-274-04", None, Some(2004), Some(274))),
            ("2006-152-307", ("2006-152-307", None, Some(2006), None)),
            ("1.1.2-2764/2023", ("1.1.2-2764/2023", None, Some(2023), Some(2764))),
            ("2025-00620", ("2025-00620", None, Some(2025), Some(620))),
            ("KS-612/", ("KS-612/", Some("KS"), None, Some(612))),
            ("AMN-2022-00099", ("AMN-2022-00099", Some("AMN"), Some(2022), Some(99))),
            ("VO VO-2025-00213", ("VO VO-2025-00213", Some("VO"), Some(2025), Some(213))),
            ("24SBN118", ("24SBN118", Some("SBN"), Some(2024), Some(118))),
            ("RV241893", ("RV241893", Some("RV"), Some(2024), Some(1893))),
            ("2024-000123", ("2024-000123", None, Some(2024), Some(123))),
            ("01234-2025", ("01234-2025", None, Some(2025), Some(1234))),
            ("KS 123/25", ("KS 123/25", Some("KS"), Some(2025), Some(123))),
            ("KS0012/24", ("KS0012/24", Some("KS"), Some(2024), Some(12))),
            ("2025/123-004", ("2025/123-004", None, Some(2025), Some(123))),
            ("2025.123 KS", ("2025.123 KS", Some("KS"), Some(2025), Some(123))),
            ("2025/123 KS", ("2025/123 KS", Some("KS"), Some(2025), Some(123))),
            ("2025-O000045", ("2025-O000045", Some("O"), Some(2025), Some(45))),
            ("2018/0219 KS-5", ("2018/0219 KS-5", Some("KS"), Some(2018), Some(219))),
            ("HSN/250321", ("HSN/250321", Some("HSN"), Some(2025), Some(321))),
            ("NFL25-00061", ("NFL25-00061", Some("NFL"), Some(2025), Some(61))),
            ("BUN 25-0241", ("BUN 25-0241", Some("BUN"), Some(2025), Some(241))),
            ("SN 2026.24", ("SN 2026.24", Some("SN"), Some(2026), Some(24))),
            ("KS 2024:37-106", ("KS 2024:37-106", Some("KS"), Some(2024), Some(37))),
            ("KFN19/3", ("KFN19/3", Some("KFN"), Some(2019), Some(3))),
            ("18/0098", ("18/0098", None, Some(2018), Some(98))),
            ("KS 2018/124 Årsredovisning", ("KS 2018/124", Some("KS"), Some(2018), Some(124))),
        ] {
            let number = Diarienummer::labelled(text, Vocabulary::builtin());
            check(&number.unwrap_or_else(|| panic!("{text:?}")), parts);
        }
        for text in
            ["", "Datum: 2025-03-05", "2025-03-05", "saknas", "Kommunstyrelsen 2024/46", "A117.409/2016"]
        {
            assert_eq!(Diarienummer::labelled(text, Vocabulary::builtin()), None, "{text:?}");
        }
    }

    #[test]
    fn look_alikes_are_left_alone() {
        for text in [
            "SOU 2025:83",
            "SOU\n2025:61",
            "Ds 2019/12",
            "Dir. 2016:15",
            "prop. 2024/25:1",
            "lag (2006:412)",
            "SFS 2017:900",
            "TRV 2025/66904",
            "TRV 2015/70312",
            "SKR2025/01377",
            "M2008/2398/A",
            "U2021/03456",
            "UBK1005, v2.0, 2014-11-03",
            "0300-83 40 00",
            "556036-0793",
            "2025-03-05",
            "§ 52/2019",
            "2022/2023",
            "läsåret 2022/23",
            "LÅ 2022/2023",
            "(EU) 2016/679",
            "EU 2016/679",
            "förordning 2016/679",
            "A117.409/2016",
            "HT 18/19",
            "Mål och budget 2025-2027",
            "MRP 2025-2027",
            "NVO 2022-02-196 § 8",
            "5072-2025",
            "Nr 38/2014",
            "2024/46",
            "0263/19",
            "Mars 2024-123",
            "Transaktionsidentitet: A239F423",
            "6fccaa09-2024-4123",
            "Budget 2025/2026",
            "Utlåtande 2017:19 RI",
            "Agenda 2030/123",
            "KS 2025-2027",
            "HFD 2019/45",
            "KS 2024/25",
            "LI2025/00714",
            "Ju2024/01234",
            "S2017/05380/FS",
            "2025-03-12",
            "KS-2025-03-12",
            "Bun 2025-03-12",
            "24SBN118",
            "RV241893",
            "BFS 2011:6",
            "HSLF-FS 2017:40",
            "prop. 2023/24:145",
        ] {
            let found = Diarienummer::find_all(text, Vocabulary::builtin());
            assert!(found.is_empty(), "{text:?}: {found:?}");
        }
    }

    #[test]
    fn capitals_behind_a_label_are_a_register() {
        let vocabulary = Vocabulary::builtin();
        let number = Diarienummer::labelled("VM 2025/0117", vocabulary).unwrap();
        assert_eq!((number.registry.as_deref(), number.serial), (Some("VM"), Some(117)));
        assert!(Diarienummer::find_all("inför VM 2025/0117", vocabulary).is_empty());
        assert!(Diarienummer::labelled("SOU 2025/0117", vocabulary).is_none());
        let number = Diarienummer::labelled("FFS-2026-00773", vocabulary).unwrap();
        assert_eq!((number.registry.as_deref(), number.serial), (Some("FFS"), Some(773)));
        assert!(Diarienummer::find_all("enligt FFS-2026-00773", vocabulary).is_empty());
        let low = Diarienummer::labelled("VON 2026/27", vocabulary).unwrap();
        assert_eq!((low.year, low.serial), (Some(2026), Some(27)));
    }

    #[test]
    fn several_in_a_text() {
        let text = "Diarienummer KFT-2025-00161 Ert diarienummer KS-2025-00530";
        let found = Diarienummer::find_all(text, Vocabulary::builtin());
        let raws: Vec<_> =
            found.iter().map(|(range, number)| (&text[range.clone()], number.raw.as_str())).collect();
        assert_eq!(raws, [("KFT-2025-00161", "KFT-2025-00161"), ("KS-2025-00530", "KS-2025-00530")]);
    }

    proptest! {
        #[test]
        fn garbage_never_panics(text in "\\PC*") {
            let _ = Diarienummer::find_all(&text, Vocabulary::builtin());
            let _ = Diarienummer::labelled(&text, Vocabulary::builtin());
        }

        #[test]
        fn near_numbers_never_panic(text in "[A-ZÅa-z]{0,4}[ /–-]{0,2}(19|20)?[0-9]{0,4}[ :/.-]{0,2}[0-9åÅ]{0,6}") {
            let _ = Diarienummer::find_all(&text, Vocabulary::builtin());
            let _ = Diarienummer::labelled(&text, Vocabulary::builtin());
        }

        #[test]
        fn the_commonest_form_is_read(registry in "[A-ZÅÄÖ]{2,4}", year in 1990..2060_i32, serial in 1..100_000_u64) {
            prop_assume!(Vocabulary::builtin().diarienummer.word(&registry).is_none());
            let text = format!("{registry}-{year}-{serial:05}");
            let found = Diarienummer::find_all(&text, Vocabulary::builtin());
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(&found[0].1, &Diarienummer { raw: text, registry: Some(registry), year: Some(year), serial: Some(serial) });
        }
    }
}
