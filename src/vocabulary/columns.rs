//! What the heading of a table's column says.

use super::Vocabulary;
use super::codes::Column;
use crate::records::indicator::Basis;

impl Vocabulary {
    /// What stands in the column under a heading: "Målsättning 2025" heads targets. `None` for a heading that the
    /// vocabulary lacks, such as a period.
    #[must_use]
    pub fn column(&self, heading: &str) -> Option<Column> {
        self.columns.whole_or_open(heading).map(|entry| entry.code)
    }

    /// What the figures under a heading are: "Periodens utfall 202501-202503" are an outcome. A deviation is one
    /// whatever else the heading names: "Avvikelse mot budget"; else the first word that says it holds.
    #[must_use]
    pub fn basis(&self, heading: &str) -> Option<Basis> {
        let bases: Vec<Basis> =
            self.bases.find_all(heading).into_iter().map(|(_, entry)| entry.code).collect();
        if bases.contains(&Basis::Deviation) { Some(Basis::Deviation) } else { bases.first().copied() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_real_tables() {
        for (heading, column) in [
            ("Nr", Column::Number),
            ("Åtgärd VP 2025", Column::Number),
            ("Proj Nr", Column::Number),
            ("Förkortad beskrivning av aktivitet", Column::Title),
            ("Aktivitet", Column::Title),
            ("Åtgärd", Column::Title),
            ("Nämndmål", Column::Title),
            ("Centrala uppdrag", Column::Title),
            ("Uppdrag från KF/KS", Column::Title),
            ("Fokusområden", Column::Title),
            ("Ärende", Column::Title),
            ("Status", Column::Status),
            ("Stat us", Column::Status),
            ("Bedöms bli färdig", Column::ExpectedCompletion),
            ("Bedöms\nbli färdig", Column::ExpectedCompletion),
            ("Uppdragets status och kommentar", Column::Comment),
            ("Kommentar:", Column::Comment),
            ("Färdiggrad", Column::Degree),
            ("Bedömning", Column::Assessment),
            ("Vad bedömningen avser", Column::Description),
            ("Trend", Column::Trend),
            ("Indikator", Column::Indicator),
            ("Mått/nyckeltal", Column::Indicator),
            ("Statistik", Column::Indicator),
            ("Mål", Column::Target),
            ("Målsättning 2025", Column::Target),
            ("Källa", Column::DataSource),
            ("Uppdrag/ Åtgärd", Column::RelatesTo),
            ("Miljoner kronor", Column::Label),
            ("Belopp i mnkr", Column::Label),
            ("Nämnd/förvaltning", Column::Label),
            ("Verksamheter (tkr)", Column::Label),
            ("Ekonomi (tkr)", Column::Label),
            ("Tjänster", Column::Label),
            ("Tvisten avser", Column::Label),
            ("Rättsläge", Column::Other),
            ("Beteckning", Column::Diarienummer),
            ("Förslag till beslut", Column::Proposal),
            ("Föredragande", Column::Presenter),
            ("Prio", Column::Priority),
            ("Ansvarig nämnd", Column::Responsible),
        ] {
            assert_eq!(Vocabulary::builtin().column(heading), Some(column), "{heading:?}");
        }
        for heading in ["2024", "2025-02-28", "Utfall 2022", "Målarbete"] {
            assert_eq!(Vocabulary::builtin().column(heading), None, "{heading:?}");
        }
    }

    #[test]
    fn bases_of_real_tables() {
        for (heading, basis) in [
            ("Kommunbidrag 2025", Some(Basis::Budget)),
            ("Periodens utfall 202501-202503", Some(Basis::Outcome)),
            ("Helårsprognos resultat 202503", Some(Basis::Forecast)),
            ("KF-budget 2025", Some(Basis::Budget)),
            ("Prognosspann min", Some(Basis::Forecast)),
            ("Prognosförsämring", Some(Basis::Forecast)),
            ("Bokslut 2024", Some(Basis::Outcome)),
            ("Budget-avvikelse", Some(Basis::Deviation)),
            ("Budget- avvikelse", Some(Basis::Deviation)),
            ("Delår 2024", Some(Basis::Outcome)),
            ("Avvikelse delår", Some(Basis::Deviation)),
            ("Helårsprognos delår 1 (mkr)", Some(Basis::Forecast)),
            ("Förändring prognos (mkr)", Some(Basis::Deviation)),
            ("Period Utfall fg år", Some(Basis::Outcome)),
            ("Helår Fg prognos", Some(Basis::Forecast)),
            ("Helår Bokslut fg år", Some(Basis::Outcome)),
            ("Budget kostnader period", Some(Basis::Budget)),
            ("Ack. Utfall", Some(Basis::Outcome)),
            ("Total projektbudget", Some(Basis::Budget)),
            ("Återstår", Some(Basis::Deviation)),
            ("Plan 2028", Some(Basis::Plan)),
            ("Målvärde 2025", Some(Basis::Target)),
            ("Prognos helår jämfört med helår föregående år", Some(Basis::Forecast)),
            ("2025", None),
            ("Total utgift", None),
        ] {
            assert_eq!(Vocabulary::builtin().basis(heading), basis, "{heading:?}");
        }
    }
}
