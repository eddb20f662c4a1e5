//! Units in the names of what is measured.

use super::Vocabulary;
use crate::records::indicator::Unit;

impl Vocabulary {
    /// What the values of something count in, by its name: "Andel visstidsanställda", "Kostnad per elev (tkr)". A unit
    /// in brackets goes before a word in the name; `None` where the name says nothing.
    #[must_use]
    pub fn unit_in_name(&self, name: &str) -> Option<Unit> {
        let bracketed = name.split('(').skip(1).filter_map(|rest| rest.split_once(')'));
        for (inner, _) in bracketed {
            if let Some(entry) = self.units.whole(inner) {
                return Some(entry.code);
            }
        }
        self.units
            .find_all(name)
            .into_iter()
            .map(|(_, entry)| entry)
            .find(|entry| entry.open)
            .map(|entry| entry.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_units() {
        for (name, unit) in [
            ("Antal besök på mottagningen", Some(Unit::Count)),
            ("Andel kvinnor i ledande ställning", Some(Unit::Percent)),
            ("Arbetslöshet 18-64 år, årsmedelvärde, andel (%) av befolkningen", Some(Unit::Percent)),
            ("Totala andelen elever som erbjudits plats", Some(Unit::Percent)),
            ("Väntetid: Antal dagar till första lediga tid", Some(Unit::Days)),
            ("Kostnad per elev (tkr)", Some(Unit::Tkr)),
            ("Belopp i miljoner kronor", Some(Unit::Mnkr)),
            ("Antal elever per 100 000 invånare", Some(Unit::Count)),
            ("Medarbetarundersökningen", None),
            ("Personalomsättning månadsanställda, extern avgång (ack)", None),
        ] {
            assert_eq!(Vocabulary::builtin().unit_in_name(name), unit, "{name:?}");
        }
    }
}
