//! The period that a report's title names: "Delårsrapport mars 2026" covers the year up to March.

use super::period::Period;
use crate::vocabulary::{PeriodWord, Vocabulary, fold};

/// The period that a title says its report covers; `None` where it names none with both its ends.
pub(crate) fn of_title(title: &str, vocabulary: &Vocabulary) -> Option<Period> {
    // "Delårsrapport mars 2026- nämnder och styrelser": the dash parts the words.
    let title = &title.replace("- ", " – ");
    let (range, mut period) = Period::find(title)?;
    let end = period.end.clone()?;
    let first_month = period.start.as_deref()?.get(..7)?;
    let is_one_month = end.get(..7)? == first_month;
    if is_one_month && is_interim(&title[..range.start], vocabulary) {
        period.start = Some(format!("{}-01-01", end.get(..4)?));
    }
    Some(period)
}

/// Whether a word begins with one for a report within the year: "delårsrapport".
fn is_interim(text: &str, vocabulary: &Vocabulary) -> bool {
    let folded = fold(text);
    let interim = || vocabulary.periods.entries().filter(|entry| entry.code == PeriodWord::Interim);
    folded.split_whitespace().any(|word| interim().any(|entry| word.starts_with(&fold(&entry.canonical))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_of_titles() {
        let of =
            |title: &str| of_title(title, Vocabulary::builtin()).map(|p| (p.start.unwrap(), p.end.unwrap()));
        let days = |start: &str, end: &str| Some((start.to_owned(), end.to_owned()));
        assert_eq!(of("Delårsrapport mars 2026"), days("2026-01-01", "2026-03-31"));
        assert_eq!(of("Tertialrapport januari–april 2026"), days("2026-01-01", "2026-04-30"));
        assert_eq!(of("Årsbokslut 2025 Kulturnämnden"), days("2025-01-01", "2025-12-31"));
        assert_eq!(of("Uppföljning per mars 2022"), None);
        assert_eq!(of("Yttrande"), None);
    }
}
