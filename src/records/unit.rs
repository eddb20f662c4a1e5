//! What a value counts in, by the name that stands with it.
//!
//! In goes the name of an indicator or a key figure, or the cell that tells its unit; out comes the unit.

use crate::records::column_heading::unit_in;
use crate::records::indicator::{IndicatorValue, Unit};
use crate::vocabulary::{Vocabulary, fold};

/// Whole numbers above this are no per cent.
const MOST_PER_CENT: f64 = 100.0;

/// The unit that a name tells: "…, andel (%)", "Antal besök", "Kostnad för svinn, tkr", "Handläggningstid, dagar".
pub(super) fn of_name(name: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    let last = name.rsplit(',').next().filter(|tail| tail.len() < name.len());
    let bracketed = || name.rsplit('(').filter_map(|rest| rest.split_once(')')).map(|(inner, _)| inner);
    last.and_then(|tail| of_part(tail, vocabulary))
        .or_else(|| bracketed().find_map(|inner| of_part(inner, vocabulary)))
        .or_else(|| unit_in(name, vocabulary))
        .or_else(|| name.split([':', ',']).find_map(|clause| of_beginning(clause.trim(), vocabulary)))
        .or_else(|| after_in(name, vocabulary))
}

/// The unit that a cell of a column for units names; words that are no known unit are another one.
pub(super) fn of_cell(text: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    let text = text.trim();
    if text.is_empty() || vocabulary.missing.whole(text).is_some() {
        return None;
    }
    of_part(text, vocabulary).or(Some(Unit::Other))
}

/// The unit that a part of a name is: "dagar", "andel (%) av befolkningen", "antal per 1 000 invånare", "kr/elev".
fn of_part(part: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    let part = part.trim();
    let word = part.find([' ', '/', '\u{a0}']).map_or(part, |end| &part[..end]);
    let is_per = |rest: &str| rest.is_empty() || rest.starts_with('/') || rest.starts_with("per ");
    if let Some(entry) = vocabulary.units.whole(word)
        && entry.code.is_money()
        && is_per(part[word.len()..].trim())
    {
        return Some(entry.code);
    }
    let (entry, length) = vocabulary.units.prefix(part)?;
    let rest = part[length..].trim();
    // "andel (%) av befolkningen", "antal personal som …": what follows says of what.
    let goes_on = entry.code == Unit::Percent || entry.code == Unit::Count && entry.open;
    (is_per(rest) || goes_on).then_some(entry.code)
}

/// The unit that a clause of a name begins with: "Andel (%) vuxna", "Antal dagar till första tid".
fn of_beginning(clause: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    let (entry, length) = vocabulary.units.prefix(clause)?;
    let matched = fold(&clause[..length]);
    let counts = match entry.code {
        Unit::Count => fold(&entry.canonical) == matched,
        Unit::Percent => matched.chars().next().is_some_and(char::is_alphabetic),
        Unit::Days => matched.contains(' '),
        _ => false,
    };
    counts.then_some(entry.code)
}

/// The unit of what a heading counts: "Antal barn och elever".
pub(super) fn counted(heading: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    of_beginning(heading, vocabulary).filter(|unit| *unit == Unit::Count)
}

/// Whether a name that begins with things counts them: "Besök i simhallen" with whole numbers of which one is no per cent.
pub(super) fn of_things(name: &str, values: &[IndicatorValue], vocabulary: &Vocabulary) -> Option<Unit> {
    let (entry, length) = vocabulary.units.prefix(name)?;
    let is_thing = entry.code == Unit::Count && !entry.open && length > 2;
    let numbers = || values.iter().filter_map(|value| value.value);
    let are_whole = numbers().all(|number| number.decimals == 0);
    let above = numbers().any(|number| number.value > MOST_PER_CENT);
    (is_thing && are_whole && above).then_some(Unit::Count)
}

/// The unit after "i": "Väntetid i antal dagar från ansökan", "Sjukfrånvaro i procent av arbetad tid". "i år" is none.
fn after_in(name: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    vocabulary.units.find_all(name).into_iter().find_map(|(range, entry)| {
        let is_one = matches!(entry.code, Unit::Percent | Unit::Days | Unit::Tkr | Unit::Mnkr | Unit::Sek);
        (is_one && name[..range.start].ends_with(" i ")).then_some(entry.code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_names() {
        use Unit::*;
        for (name, unit) in [
            ("Andel (%) vuxna i kommunen", Some(Percent)),
            ("Arbetslöshet 18-64 år, årsmedelvärde, andel (%) av befolkningen", Some(Percent)),
            ("Antal besök på simhallen", Some(Count)),
            ("Antal elever per 100 000 invånare", Some(Count)),
            ("Tid till rådgivning: Antal dagar till första tid, genomsnitt", Some(Days)),
            ("Handläggningstid för bygglov, dagar", Some(Days)),
            ("Sjukfrånvaro (%)", Some(Percent)),
            ("Sjukfrånvaro, %", Some(Percent)),
            ("Kostnad för svinn, tkr", Some(Tkr)),
            ("Andelen elever som är nöjda", Some(Percent)),
            ("Väntetid i antal dagar från ansökan till besked, medelvärde", Some(Days)),
            ("Personalkontinuitet, antal personal under 14 dagar, medelvärde", Some(Count)),
            ("Aktiva låntagare, antal per 1 000 invånare", Some(Count)),
            ("Anmälda brott (antal/100 000 invånare)", Some(Count)),
            ("Volymer (antal barn och elever, genomsnitt)", Some(Count)),
            ("Nettokostnad fritid, kr per invånare", Some(Sek)),
            ("Matsvinn i skolan, gram per portion", Some(Other)),
            ("Sjukfrånvaro i procent av arbetad tid", Some(Percent)),
            ("Frånvaro över 15 procent i årskurs 7–9", None),
            ("Planerade besök i år", None),
            ("Nöjda medarbetare", None),
            ("Barn i befolkningen", None),
        ] {
            assert_eq!(of_name(name, Vocabulary::builtin()), unit, "{name}");
        }
    }
}
