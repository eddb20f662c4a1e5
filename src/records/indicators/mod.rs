//! Indicators, read from the tables that hold them.
//!
//! In go a paper's tables with their surroundings, out come indicators, each with its values by period and by
//! kvinnor/män. Cells that a broken text layer shifted are put back by the headings and by what each cell can be;
//! what is put back is told, and what is not sure gives no number.

mod breakdown;
mod columns;
mod confirm;
mod content;
mod groups;
mod moves;
mod of_one;
mod of_years;
mod rows;
mod shifted;

use super::column_heading::{names_columns, read_headings};
use super::figures::Finding;
use super::indicator::Indicator;
use super::paper_tables::PaperTable;
use super::period::Period;
use crate::diagnostic::Code;
use crate::place::At;
use crate::vocabulary::Vocabulary;

use columns::{Holds, IndicatorColumns};
use rows::RowReader;

/// What the tables of a paper hold of indicators.
#[derive(Debug, Default)]
pub(crate) struct Indicators {
    /// The indicators in reading order.
    pub(crate) found: Vec<Indicator>,
    /// What was put back, and what is not sure.
    pub(crate) findings: Vec<Finding>,
    /// Which of the tables hold indicators.
    pub(crate) tables: Vec<usize>,
}

/// Read the indicators of a paper's tables. `taken` are the tables, by their place among these, that hold something
/// else.
pub(crate) fn read(
    tables: &[PaperTable<'_>],
    taken: &[usize],
    reporting: Option<&Period>,
    vocabulary: &Vocabulary,
) -> Indicators {
    let mut all = Indicators::default();
    let mut reader: Option<(RowReader<'_>, String)> = None;
    for (index, placed) in tables.iter().enumerate() {
        if !placed.is_sure() || taken.contains(&index) {
            all.close(reader.take());
            continue;
        }
        let grid = &placed.grid;
        let (headings, header_rows) = read_headings(grid, reporting, vocabulary);
        if let Some(only) = of_one::read(placed, &headings, header_rows, vocabulary) {
            all.close(reader.take());
            all.found.push(only);
            all.tables.push(index);
            continue;
        }
        if let Some(of_years) = of_years::read(placed, &headings, header_rows, vocabulary) {
            all.close(reader.take());
            all.found.extend(of_years);
            all.tables.push(index);
            continue;
        }
        let own = IndicatorColumns::read(placed, headings, header_rows, vocabulary);
        if matches!(own, Holds::Unsure) {
            all.close(reader.take());
            let message = format!(
                "{}: the headings do not tell with certainty what each value is for; no number of it is used",
                placed.name()
            );
            all.findings.push((Code::TableUncertain, message, placed.at.clone()));
            all.tables.push(index);
            continue;
        }
        if let Holds::Indicators(columns) = own {
            let columns = *columns;
            let rows = columns.header_rows;
            let group = group_line(placed, vocabulary);
            let goes_on = |reader: &RowReader<'_>| {
                placed.follows || group.is_some() && columns.is_like(reader.columns())
            };
            match &mut reader {
                Some((reader, _)) if goes_on(reader) => {
                    let is_cut = columns.is_like(reader.columns()) && placed.follows;
                    reader.change_columns(columns);
                    if let Some(group) = group {
                        reader.begin_group(group);
                    }
                    reader.read(&grid.rows[rows..], is_cut);
                }
                _ => {
                    all.close(reader.take());
                    let lead = placed.lead.map(|block| block.text.as_str());
                    let group = groups::group_of(lead, &placed.headings, vocabulary);
                    let mut new = RowReader::new(columns, group, vocabulary);
                    new.read(&grid.rows[rows..], false);
                    reader = Some((new, placed.name().to_owned()));
                }
            }
            all.tables.push(index);
            continue;
        }
        let group = group_line(placed, vocabulary);
        let Some((before, name)) = reader.as_mut().filter(|_| placed.follows || group.is_some()) else {
            all.close(reader.take());
            continue;
        };
        let columns = before.columns().go_on(grid, vocabulary);
        // With a line between them only what has the same columns is one table.
        let is_one = |columns: &IndicatorColumns| placed.follows || columns.is_like(before.columns());
        if let Some(columns) = columns.filter(is_one) {
            let is_same = columns.is_like(before.columns());
            if let Some(group) = group {
                before.begin_group(group);
            }
            if !is_same {
                let first = grid
                    .rows
                    .iter()
                    .find_map(|row| row.filled().next())
                    .map_or("", |(_, cell)| cell.text.as_str());
                let at = placed.at.clone();
                let lost =
                    before.columns().roles.iter().flatten().count() - columns.roles.iter().flatten().count();
                let columns_lost = if lost == 1 { "a column".to_owned() } else { format!("{lost} columns") };
                let message = format!(
                    "{name}: the rows from '{first}' on lack the headings and {columns_lost}; their cells were put under the headings of the rows before"
                );
                all.findings.push((Code::CellsMoved, message, at));
            }
            before.change_columns(columns);
            before.read(&grid.rows, is_same && placed.follows);
            all.tables.push(index);
        } else {
            all.close(reader.take());
        }
    }
    all.close(reader.take());
    all
}

/// What names the group of a table's rows: the row above a further piece of it, or the line between it and the table
/// before, where that is no row of headings.
fn group_line(placed: &PaperTable<'_>, vocabulary: &Vocabulary) -> Option<String> {
    if let Some(title) = placed.title {
        return Some(title.to_owned());
    }
    let text = placed.between?;
    (!names_columns(text, vocabulary)).then(|| text.to_owned())
}

impl Indicators {
    /// Take over what a reader has found.
    fn close(&mut self, reader: Option<(RowReader<'_>, String)>) {
        let Some((mut reader, name)) = reader else { return };
        reader.finish();
        self.found.append(&mut reader.done);
        let moved = reader.moves.messages(&name);
        self.findings.extend(moved.into_iter().map(|(message, at)| (Code::CellsMoved, message, at)));
        if !reader.doubtful.is_empty() {
            let mut at = At::default();
            reader.doubtful.iter().for_each(|(_, place)| at.extend(place));
            let names: Vec<&str> =
                reader.doubtful.iter().map(|(name, _)| name.as_str()).filter(|n| !n.is_empty()).collect();
            let message = format!(
                "{name}: {} rows whose cells cannot be put under their headings with certainty: {}",
                reader.doubtful.len(),
                names.join("; ")
            );
            self.findings.push((Code::TableUncertain, message, at));
        }
        if !reader.unnumbered.is_empty() {
            let mut at = At::default();
            reader.unnumbered.iter().for_each(|(_, place)| at.extend(place));
            let message =
                format!("{name}: {} rows carry a sign in place of a number", reader.unnumbered.len());
            self.findings.push((Code::NumberUnreadable, message, at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::indicator::{Breakdown, TargetCode, Unit};
    use crate::records::section::SectionKind;
    use crate::records::table::Table;
    use crate::records::table_grid::tests::table;
    use crate::sections::Part;
    use proptest::prelude::*;

    fn read_all(tables: &[&Table]) -> Indicators {
        read_with(tables, None)
    }

    /// Read tables that follow each other directly, or have a line between them.
    fn read_with(tables: &[&Table], between: Option<&'static str>) -> Indicators {
        let part =
            Part { heading: None, kind: SectionKind::Other, level: 1, entry: None, blocks: Vec::new() };
        let part: &'static Part = Box::leak(Box::new(part));
        let place = |(at, table): (usize, &&'static Table)| PaperTable {
            headings: vec!["Mål 2. Skolan är trygg"],
            follows: at > 0 && between.is_none(),
            between: between.filter(|_| at > 0),
            ..PaperTable::alone(table, part)
        };
        let tables: Vec<&'static Table> =
            tables.iter().map(|table| &*Box::leak(Box::new((*table).clone()))).collect();
        let placed: Vec<PaperTable<'_>> = tables.iter().enumerate().map(place).collect();
        read(&placed, &[], None, Vocabulary::builtin())
    }

    fn numbers(indicator: &Indicator) -> Vec<Option<f64>> {
        indicator.values.iter().map(|value| value.value.map(|number| number.value)).collect()
    }

    #[test]
    fn rows_below_belong_to_the_indicator() {
        let found = read_all(&[&table(&[
            "Nr | Indikator | 2023 | 2024 | Mål | Uppdrag/ Åtgärd | Källa | Kommentar",
            "7 | Antal lån på biblioteken | 30 | 34 | Öka | Uppdrag 2 Åtgärd 7 | Egen räkning | Kolada: U12345",
            " | Kvinnor | 20 | 21 |  |  |  | ",
            " | Män | 10 | 13 |  |  |  | ",
            "X | Andel nöjda med | 61,5% | Värde saknas | Behåll |  | Enkät | ",
            " | skolmaten |  |  |  |  |  | ",
        ])]);
        let [first, second] = found.found.as_slice() else { panic!("{:?}", found.found) };
        assert_eq!(numbers(first), [30.0, 34.0, 20.0, 21.0, 10.0, 13.0].map(Some));
        assert_eq!(first.values[4].breakdown, Breakdown::Men);
        assert_eq!(first.unit, Some(Unit::Count));
        assert_eq!(first.activity_number.as_deref(), Some("7"));
        assert_eq!(first.kolada_ids, ["U12345"]);
        assert_eq!(first.relates_to.len(), 2);
        assert_eq!(first.group.as_deref(), Some("Mål 2. Skolan är trygg"));
        assert_eq!(
            (second.name.as_str(), second.activity_number.as_deref()),
            ("Andel nöjda med skolmaten", None)
        );
        assert_eq!(second.target.as_ref().map(|target| target.code), Some(TargetCode::Keep));
        assert!(found.findings.iter().all(|(code, _, _)| *code == Code::NumberUnreadable));
    }

    #[test]
    fn a_column_in_front_gathers_the_rows() {
        let found = read_all(&[&table(&[
            "5> Kunskap för alla",
            "Fokusområden | Resultatindikatorer | Mål 2023 | Utfall 2023 | Mål 2024",
            "2v Alla lär sig läsa | Plats i landet | Topp 3 | 4 | Topp 3",
            "Avvikelse från riket | 0 eller bättre | 0,4 | 0 eller bättre",
            "Alla trivs | Trivsel i årskurs 3 | 85 % | 81 % | 85 %",
        ])]);
        let groups: Vec<Option<&str>> = found.found.iter().map(|i| i.group.as_deref()).collect();
        assert_eq!(groups, [Some("Alla lär sig läsa"), Some("Alla lär sig läsa"), Some("Alla trivs")]);
        assert_eq!(numbers(&found.found[0]), [None, Some(4.0), None]);
        assert_eq!(numbers(&found.found[2]), [Some(85.0), Some(81.0), Some(85.0)]);
    }

    #[test]
    fn a_comment_below_the_rows_is_no_indicator() {
        let found = read_all(&[&table(&[
            "Indikator | Utfall 2023 | Utfall 2024 | Mål 2024 | Källa",
            "Andel nöjda med hemtjänsten | 84 % | 87 % | 90 % | Kolada",
            "2> Kommentar: Resultatet är det bästa hittills. |  |  | ",
            "Antal besök | 16 | 15 | 12 | Kolada",
        ])]);
        let [first, second] = found.found.as_slice() else { panic!("{:?}", found.found) };
        assert_eq!(first.comment.as_deref(), Some("Resultatet är det bästa hittills."));
        assert_eq!((second.name.as_str(), &second.comment), ("Antal besök", &None));
    }

    #[test]
    fn a_column_says_whom_the_row_is_for() {
        let found = read_all(&[&table(&[
            "Indikator | Kön | Utfall T1 2025 | Målvärde 2026",
            "3v Sjukfrånvaro (%) | Totalt | 8,2 | 3v 7,5",
            "Kvinnor | 8,6",
            "Män | –",
        ])]);
        let [only] = found.found.as_slice() else { panic!("{:?}", found.found) };
        // The target that covers the rows is a value of the first.
        assert_eq!(numbers(only), [Some(8.2), Some(7.5), Some(8.6), None]);
        assert!(only.target.is_none());
        assert!(found.findings.is_empty());
    }

    #[test]
    fn girls_are_women_unless_both_are_told_of() {
        let rows = ["Indikator | 2024 | 2025", "Trygga i parken (%) | 86 | 87"];
        let of = |words: &[&str]| {
            let more = words.iter().map(|word| format!("{word} | 88 | 89"));
            let lines: Vec<String> = rows.iter().map(|row| (*row).to_owned()).chain(more).collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let found = read_all(&[&table(&lines)]).found.remove(0);
            found.values[2..]
                .iter()
                .step_by(2)
                .map(|v| (v.breakdown, v.breakdown_label.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(&["flickor", "pojkar"]), [(Breakdown::Women, None), (Breakdown::Men, None)]);
        let word = |text: &str| (Breakdown::Other, Some(text.to_owned()));
        assert_eq!(
            of(&["flickor", "pojkar", "kvinnor", "män"]),
            ["flickor", "pojkar", "kvinnor", "män"].map(word)
        );
    }

    #[test]
    fn women_and_men_in_columns() {
        use Breakdown::{Men, Total, Women};
        let spanned = table(&[
            "2v Indikator | 3> Utfall 2023 | 3> Utfall 2024 | 2v Målvärde 2025 | 2v Kolada-id | 2v Enhet",
            "Totalt | Kvinnor | Män | Totalt | Kvinnor | Män",
            "Nöjda brukare | 86 | 87 | 85 | 88 | 89 | .. | 90 | U21468 | %",
        ]);
        let bare = table(&[
            "Personal |  | 2024-08-31 |  |  | 2025-08-31 | ",
            " | Flickor | Pojkar | Totalt | Flickor | Pojkar | Totalt",
            "Antal elever | 71 | 49 | 120 | 73 | 47 | 120",
        ]);
        let found = read_all(&[&spanned]);
        let [first] = found.found.as_slice() else { panic!("{:?}", found.found) };
        let parts: Vec<Breakdown> = first.values.iter().map(|value| value.breakdown).collect();
        assert_eq!(parts, [Total, Women, Men, Total, Women, Men, Total]);
        assert_eq!(first.values[4].period.raw, "2024");
        assert_eq!(first.values[6].basis, Some(crate::records::indicator::Basis::Target));
        assert_eq!(
            (first.unit, first.kolada_ids.as_slice()),
            (Some(Unit::Percent), &["U21468".to_owned()][..])
        );
        let found = read_all(&[&bare]);
        let [second] = found.found.as_slice() else { panic!("{:?}", found.found) };
        assert_eq!(second.values[3].period.raw, "2025-08-31");
        assert_eq!(second.values[3].breakdown, Women);
        assert_eq!(second.values[3].breakdown_label, None);
        assert_eq!(numbers(second), [71.0, 49.0, 120.0, 73.0, 47.0, 120.0].map(Some));
    }

    #[test]
    fn women_and_men_right_after_the_years_are_of_the_last() {
        let own = |women: &str, men: &str| {
            let row = format!("Antal anställda | 120 | 131 | {women} | {men} | Öka");
            read_all(&[&table(&["Nyckeltal | 2023 | 2024 | Kvinnor | Män | Önskad riktning", &row])])
        };
        let found = own("80", "51");
        let [only] = found.found.as_slice() else { panic!("{:?}", found.found) };
        assert_eq!(only.values[2].period.raw, "2024");
        assert_eq!(only.values[3].breakdown, Breakdown::Men);
        assert_eq!(only.target.as_ref().map(|target| target.code), Some(TargetCode::Increase));
        // They make up another year.
        for (women, men) in [("80", "40"), ("–", "–")] {
            assert!(own(women, men).found.is_empty());
            assert_eq!(own(women, men).findings[0].0, Code::TableUncertain);
        }
    }

    #[test]
    fn headings_that_leave_doubt_give_no_number() {
        for lines in [
            // Which of the columns the years reach over, nobody can tell.
            &[
                "Indikator | 2023 |  | 2024 | ",
                " | Kvinnor | Män | Totalt | Kvinnor",
                "Antal lån | 1 | 2 | 3 | 4",
            ][..],
            // What stood above the table was taken for its heading.
            &["Nämnden | 2> Årsbokslut 2024", "Indikator | 2022 | 2023", "Antal lån | 1 | 2"],
            // Two columns were taken for one.
            &["Indikator | 2023 | 2024 Mål", "Antal lån | 30 | 34 Öka"],
            &["Indikator | Utfall | Utfall", "Antal lån | 30 | 34"],
        ] {
            let mut source = table(lines);
            source.header_rows = u32::try_from(lines.len() - 1).unwrap();
            let found = read_all(&[&source]);
            assert!(found.found.is_empty(), "{lines:?}: {:?}", found.found);
            assert_eq!(found.findings.len(), 1, "{lines:?}");
        }
    }

    #[test]
    fn others_beside_the_papers_own_and_comments_below() {
        let found = read_all(&[&table(&[
            "Indikator | 2024 | Riket 2024 | Mål",
            "Andel nöjda, % | 61 | 58 | Öka till 65",
            "4> Kommentar: Andelen ökar.",
            "4> Fokusområde: Trygghet",
            "Andel trygga, % | 80 | 77 | Minst 82",
        ])]);
        let [first, second] = found.found.as_slice() else { panic!("{:?}", found.found) };
        assert_eq!(first.values[1].breakdown_label.as_deref(), Some("Riket"));
        assert_eq!(first.comment.as_deref(), Some("Andelen ökar."));
        assert_eq!(first.target.as_ref().map(|target| target.code), Some(TargetCode::Increase));
        assert_eq!(second.group.as_deref(), Some("Fokusområde: Trygghet"));
        let months = table(&["Mått | 2023 | 2024", "Januari | 12 | 14", "Februari | 11 | 13"]);
        assert!(read_all(&[&months]).found.is_empty());
    }

    #[test]
    fn rows_that_gather_and_rows_that_complete() {
        let found = read_all(&[&table(&[
            "Nr | Mått | Enhet | 2023 | 2024 | Källa",
            "2> Strategiskt område: Kunskap |  |  |  | ",
            "1 | Elever | antal | 40 | 42 | SCB",
            "2> Strategiskt område: Hälsa |  |  |  | ",
            "2 | Hushåll med bistånd | antal | – | 398 | Egen",
            " | Kvinnor |  | – | 171 | ",
            " | Män |  | – | 148 | ",
            " | Par |  | – | 79 | ",
        ])]);
        let [first, second] = found.found.as_slice() else { panic!("{:?}", found.found) };
        assert_eq!(first.group.as_deref(), Some("Strategiskt område: Kunskap"));
        assert_eq!(second.group.as_deref(), Some("Strategiskt område: Hälsa"));
        assert_eq!(second.values[7].breakdown_label.as_deref(), Some("Par"));
        assert!(found.findings.is_empty());
    }

    #[test]
    fn a_table_without_headings_goes_on() {
        let found = read_all(&[
            &table(&[
                "Åtgärd | Indikator | 2023 | 2024 | Mål | Källa | Kommentar",
                "1 | Antal lån | 3 | 4 | Öka | SCB | Helår",
            ]),
            &table(&[
                "Arbetslöshet, andel (%) | 4,9% | 5,1% | Minska | SCB | Redovisas helår",
                "Kvinnor | 4,5% |  |  |  | ",
            ]),
        ]);
        assert_eq!(found.found.len(), 2);
        assert_eq!(numbers(&found.found[1]), [Some(4.9), Some(5.1), Some(4.5), None]);
        assert_eq!(found.found[1].data_source.as_deref(), Some("SCB"));
        assert_eq!(found.findings.len(), 1);
        assert_eq!(found.findings[0].0, Code::CellsMoved);
    }

    #[test]
    fn a_line_between_tables_that_are_one_names_the_group() {
        let headings = table(&["Indikator | 2023 | 2024 | Mål | Källa"]);
        let rows = table(&["Antal lån | 3 | 4 | Öka | SCB"]);
        let found = read_with(&[&headings, &rows, &rows], Some("Fler ska läsa"));
        assert_eq!(found.found.len(), 2);
        assert_eq!(found.found[0].group.as_deref(), Some("Fler ska läsa"));
        assert_eq!(numbers(&found.found[1]), [Some(3.0), Some(4.0)]);
        // A line that names columns may be what the rows below are under.
        assert!(read_with(&[&headings, &rows], Some("Utfall 2025")).found.is_empty());
        let narrow = table(&["Antal lån | 3 | 4 | Öka"]);
        assert!(read_with(&[&headings, &narrow], Some("Fler ska läsa")).found.is_empty());
    }

    #[test]
    fn what_is_put_back_and_does_not_add_up_gives_no_number() {
        let found = read_all(&[&table(&[
            "Nr | Indikator | 2023 |  | 2024 | Mål",
            "1 | Antal lån | 80 | 90 |  | Öka",
            " | Kvinnor | 10 | 11 |  | ",
            " | Män | 10 | 11 |  | ",
        ])]);
        assert!(found.found.iter().all(|indicator| numbers(indicator).iter().all(Option::is_none)));
        assert!(found.findings.iter().any(|(code, _, _)| *code == Code::TableUncertain));
    }

    #[test]
    fn other_tables_hold_no_indicators() {
        for lines in [
            &[
                "Finansiella mål | Mål 2025 | Mäts genom",
                "Årets resultat ska vara minst två procent | av skatterna | bokslut",
            ][..],
            &["Tkr | Budget 2025 | Utfall 2025", "Antal kronor | 1 | 2"],
            &["Status | Uppdrag | Klart", "Pågår | Bygg ut | 2026"],
        ] {
            assert!(read_all(&[&table(lines)]).found.is_empty(), "{lines:?}");
        }
        let mut doubtful = table(&["Indikator | 2024", "Antal lån | 3"]);
        doubtful.certainty = crate::records::table::Certainty::Uncertain;
        assert!(read_all(&[&doubtful]).found.is_empty());
    }

    proptest! {
        /// However rows are shifted, a value is a cell's own text, no cell gives two values, and each number is what
        /// the cell says.
        #[test]
        fn a_value_is_a_cells_own(
            rows in prop::collection::vec(prop::collection::vec("(|[0-9]{1,3}|[0-9]{1,2},[0-9]%|Öka|Kvinnor|Män|Antal lån|SCB|Uppdrag 1|Värde saknas)", 1..9), 1..8)
        ) {
            let lines: Vec<String> = std::iter::once("Nr | Indikator | 2023 | 2024 | Mål | Källa".to_owned())
                .chain(rows.iter().map(|row| row.join(" | ")))
                .collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let source = table(&lines);
            let found = read_all(&[&source]);
            let mut cells: Vec<&str> = source.rows.iter().flatten().map(|cell| cell.text.as_str()).collect();
            for value in found.found.iter().flat_map(|indicator| &indicator.values).filter(|value| !value.raw.is_empty()) {
                let at = cells.iter().position(|text| *text == value.raw);
                prop_assert!(at.is_some(), "{} is no cell's, or another value's", value.raw);
                cells.swap_remove(at.unwrap());
                let digits: String = value.raw.chars().filter(char::is_ascii_digit).collect();
                if let Some(number) = value.value {
                    let printed = format!("{:.*}", usize::from(number.decimals), number.value).replace('.', "");
                    prop_assert_eq!(digits.trim_start_matches('0'), printed.trim_start_matches('0'));
                }
            }
        }
    }
}
