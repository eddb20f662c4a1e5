//! What an indicator counts in: what its values say, else what its name says.

use crate::records::column_heading::unit_in;
use crate::records::indicator::Unit;
use crate::vocabulary::{Vocabulary, fold};

/// The unit that a name tells: "…, andel (%)", "Antal besök", "Kostnad för svinn, tkr", "Handläggningstid, dagar".
pub(crate) fn of_name(name: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    let tail = name.rsplit(',').next().unwrap_or_default().trim();
    if tail.len() < name.len()
        && let Some(unit) = of_last_part(tail, vocabulary)
    {
        return Some(unit);
    }
    if let Some(unit) = unit_in(name, vocabulary) {
        return Some(unit);
    }
    // "Andel (%) vuxna", "Tid till rådgivning: Antal dagar till första tid": each clause may begin with the word.
    name.split(':').map(str::trim).find_map(|clause| {
        let (entry, length) = vocabulary.units.prefix(clause)?;
        let matched = fold(&clause[..length]);
        let counts = match entry.code {
            Unit::Count => fold(&entry.canonical) == matched,
            Unit::Percent => matched.chars().next().is_some_and(char::is_alphabetic),
            Unit::Days => matched.contains(' '),
            _ => false,
        };
        counts.then_some(entry.code)
    })
}

/// The unit after a name's last comma: "dagar", "gram per portion" is none that is known.
fn of_last_part(tail: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    let (entry, length) = vocabulary.units.prefix(tail)?;
    let rest = tail[length..].trim();
    // "andel (%) av befolkningen": what follows says of what.
    (rest.is_empty() || entry.code == Unit::Percent).then_some(entry.code)
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
            ("Nöjda medarbetare", None),
            ("Barn i befolkningen", None),
        ] {
            assert_eq!(of_name(name, Vocabulary::builtin()), unit, "{name}");
        }
    }
}
