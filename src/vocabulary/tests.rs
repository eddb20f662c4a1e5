//! Tests of the data files: examples, order, and that each word has one home.
//!
//! `SKRIVELSE_TIDY=1 cargo test tidy` rewrites the files in order instead of complaining.

use std::collections::HashMap;
use std::fmt::Debug;

use serde::de::DeserializeOwned;

use super::lexicon::{Entry, Lexicon};
use super::*;
use crate::records::diarienummer::Diarienummer;
use crate::records::status::Status;

/// Something to try on every lexicon.
pub(super) trait LexiconTest {
    /// Tries it on one.
    fn run<C>(&mut self, name: &str, lexicon: &Lexicon<C>, source: &str)
    where
        C: DeserializeOwned + Clone + PartialEq + Debug;
}

/// Whether a text is found by an entry, in the way in which its lexicon is asked.
fn finds<C>(name: &str, lexicon: &Lexicon<C>, entry: &Entry<C>, text: &str) -> bool
where
    C: DeserializeOwned + Clone + PartialEq + Debug,
{
    let vocabulary = Vocabulary::builtin();
    let code = || format!("{:?}", entry.code);
    match name {
        "headings" => {
            vocabulary.heading_kind(text).is_some_and(|found| format!("{:?}", found.kind) == code())
        }
        "organs" => vocabulary.organ(text).is_some(),
        "departments" => vocabulary.department(text).is_some(),
        "roles" => vocabulary.is_role(text),
        "decision_phrases" => vocabulary.decision(text).is_some(),
        "municipalities" => vocabulary.municipality(text).is_some_and(|found| found.name == entry.canonical),
        "diarienummer" if code() == "Labelled" => Diarienummer::labelled(text, vocabulary).is_some(),
        "diarienummer" => !Diarienummer::find_all(text, vocabulary).is_empty(),
        "statuses" => {
            Status::read(text, vocabulary).is_some_and(|status| format!("{:?}", status.code) == code())
                || lexicon.find_all(text).iter().any(|(_, found)| found.code == entry.code)
        }
        _ => lexicon.find_all(text).iter().any(|(_, found)| found.code == entry.code),
    }
}

#[test]
fn examples_match_and_counter_examples_do_not() {
    struct Examples(usize);
    impl LexiconTest for Examples {
        fn run<C>(&mut self, name: &str, lexicon: &Lexicon<C>, _: &str)
        where
            C: DeserializeOwned + Clone + PartialEq + Debug,
        {
            for entry in lexicon.entries() {
                for example in &entry.examples {
                    assert!(
                        finds(name, lexicon, entry, example),
                        "{name}: {:?}: {example:?}",
                        entry.canonical
                    );
                    self.0 += 1;
                }
                for text in &entry.counter_examples {
                    assert!(
                        !finds(name, lexicon, entry, text),
                        "{name}: {:?}: not {text:?}",
                        entry.canonical
                    );
                    self.0 += 1;
                }
            }
        }
    }
    let mut examples = Examples(0);
    Vocabulary::builtin().each_lexicon(&mut examples);
    assert!(examples.0 > 150, "only {} examples", examples.0);
}

#[test]
fn each_word_stands_once_in_its_file() {
    struct Unique(Vec<String>);
    impl LexiconTest for Unique {
        fn run<C>(&mut self, name: &str, lexicon: &Lexicon<C>, _: &str)
        where
            C: DeserializeOwned + Clone + PartialEq + Debug,
        {
            let mut homes: HashMap<String, &str> = HashMap::new();
            for entry in lexicon.entries() {
                for term in entry.terms() {
                    if let Some(other) = homes.insert(fold(term), &entry.canonical) {
                        self.0.push(format!("{name}: {term:?} in {other:?} and {:?}", entry.canonical));
                    }
                }
            }
        }
    }
    let mut unique = Unique(Vec::new());
    Vocabulary::builtin().each_lexicon(&mut unique);
    assert!(unique.0.is_empty(), "words with two homes:\n{}", unique.0.join("\n"));
}

#[test]
fn patterns_can_be_read_and_their_parts_are_explained() {
    struct Patterns;
    impl LexiconTest for Patterns {
        fn run<C>(&mut self, name: &str, lexicon: &Lexicon<C>, source: &str)
        where
            C: DeserializeOwned + Clone + PartialEq + Debug,
        {
            let count: usize = lexicon.entries().map(|entry| entry.patterns.len()).sum();
            assert_eq!(lexicon.patterns(|_| true).count(), count, "{name}: a pattern is missing");
            // Hints are read when somebody asks for them.
            lexicon.keywords();
            let refused = lexicon.patterns(|_| true).find(|pattern| !pattern.is_valid());
            assert!(refused.is_none(), "{name}: a pattern cannot be read: {refused:?}");
            let file: toml::Table = source.parse().unwrap();
            let no_parts = toml::Table::new();
            let parts = file.get("parts").and_then(toml::Value::as_table).unwrap_or(&no_parts);
            for term in lexicon
                .entries()
                .flat_map(|entry| entry.terms().chain(entry.patterns.iter().map(String::as_str)))
            {
                for part in term.split('{').skip(1).filter_map(|rest| rest.split_once('}')) {
                    let is_count = part.0.chars().all(|c| c.is_ascii_digit() || c == ',');
                    assert!(
                        is_count || parts.contains_key(part.0),
                        "{name}: {{{}}} is not explained",
                        part.0
                    );
                }
            }
        }
    }
    Vocabulary::builtin().each_lexicon(&mut Patterns);
}

#[test]
fn tidy_files_are_in_order() {
    struct Order;
    impl LexiconTest for Order {
        fn run<C>(&mut self, name: &str, _: &Lexicon<C>, source: &str)
        where
            C: DeserializeOwned + Clone + PartialEq + Debug,
        {
            let tidied = tidy(source);
            if tidied == source {
                return;
            }
            let path = format!("{}/src/vocabulary/{name}.toml", env!("CARGO_MANIFEST_DIR"));
            assert!(
                std::env::var_os("SKRIVELSE_TIDY").is_some(),
                "{path} is not tidy: run SKRIVELSE_TIDY=1 cargo test tidy"
            );
            std::fs::write(path, tidied).unwrap();
        }
    }
    Vocabulary::builtin().each_lexicon(&mut Order);
}

/// No line of a file is longer, where it can be helped.
const LINE: usize = 120;

/// A file with its tables in order: parts by name, entries by code and canonical form, hints as they are. Comments
/// within a table stay before the line that they stand before.
fn tidy(source: &str) -> String {
    let mut head = String::new();
    let mut blocks: Vec<String> = Vec::new();
    for line in source.lines() {
        if line.starts_with('[') {
            blocks.push(String::new());
        }
        let block = blocks.last_mut().unwrap_or(&mut head);
        block.push_str(line);
        block.push('\n');
    }
    let key = |block: &String| {
        let table: toml::Table = block.parse().unwrap_or_else(|error| panic!("{block}: {error}"));
        if block.starts_with("[[entry]]") {
            let entry = &table["entry"][0];
            let code = match &entry["code"] {
                toml::Value::Integer(code) => format!("{code:05}"),
                code => code.as_str().unwrap().to_owned(),
            };
            (1, code, entry["canonical"].as_str().unwrap().to_owned())
        } else if block.starts_with("[[keyword]]") {
            (2, String::new(), String::new())
        } else {
            (0, block.lines().next().unwrap().to_owned(), String::new())
        }
    };
    blocks.sort_by_cached_key(key);
    let mut tidied = head.trim_end().to_owned();
    for block in blocks {
        tidied.push_str("\n\n");
        tidied.push_str(tidy_block(block.trim_end()).trim_end());
    }
    tidied.push('\n');
    tidied
}

/// One table with its lists broken where they are too long.
fn tidy_block(block: &str) -> String {
    let mut tidied = String::new();
    let mut lines = block.lines();
    while let Some(line) = lines.next() {
        let mut text = line.to_owned();
        if line.contains(" = [") {
            while text.parse::<toml::Table>().is_err() {
                text.push('\n');
                text.push_str(lines.next().expect("a list ends"));
            }
            let table: toml::Table = text.parse().unwrap();
            let (key, list) = table.iter().next().unwrap();
            text = tidy_list(key, list.as_array().unwrap());
        }
        tidied.push_str(&text);
        tidied.push('\n');
    }
    tidied
}

fn tidy_list(key: &str, list: &[toml::Value]) -> String {
    let items: Vec<String> = list.iter().map(ToString::to_string).collect();
    let one_line = format!("{key} = [{}]", items.join(", "));
    if one_line.chars().count() <= LINE {
        return one_line;
    }
    let mut lines = vec![String::from(" ")];
    for item in items {
        let last = lines.last_mut().unwrap();
        if last.chars().count() + item.chars().count() + 2 > LINE && last.len() > 1 {
            lines.push(format!("  {item},"));
        } else {
            last.push_str(&format!(" {item},"));
        }
    }
    format!("{key} = [\n{}\n]", lines.join("\n"))
}

#[test]
fn sweden_has_290_municipalities_and_21_regions() {
    let entries = Vocabulary::builtin().municipalities.entries();
    let entries: Vec<_> = entries.collect();
    let (municipalities, regions): (Vec<&Entry<String>>, Vec<&Entry<String>>) =
        entries.iter().partition(|entry| entry.code.len() == 4);
    assert_eq!(municipalities.len(), 290);
    // Gotland is a municipality that does a region's work, and has the municipality's code.
    assert_eq!(regions.len(), 20);
    let in_county = [
        ("01", 26),
        ("03", 8),
        ("04", 9),
        ("05", 13),
        ("06", 13),
        ("07", 8),
        ("08", 12),
        ("09", 1),
        ("10", 5),
        ("12", 33),
        ("13", 6),
        ("14", 49),
        ("17", 16),
        ("18", 12),
        ("19", 10),
        ("20", 15),
        ("21", 10),
        ("22", 7),
        ("23", 8),
        ("24", 15),
        ("25", 14),
    ];
    for (county, count) in in_county {
        assert_eq!(
            municipalities.iter().filter(|entry| entry.code.starts_with(county)).count(),
            count,
            "{county}"
        );
        assert!(county == "09" || regions.iter().any(|region| region.code == county), "{county}");
    }
    let mut codes: Vec<_> = entries.iter().map(|entry| &entry.code).collect();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 310);
    for entry in municipalities {
        let found = Vocabulary::builtin().municipality(&entry.canonical);
        assert_eq!(found.map(|found| found.code).as_ref(), Some(&entry.code), "{}", entry.canonical);
        assert!(
            entry.canonical.ends_with(" kommun")
                || entry.canonical.to_lowercase().ends_with(" stad")
                || entry.code == "0980"
        );
    }
}

#[test]
fn a_lexicon_answers_three_questions() {
    let vocabulary = Vocabulary::builtin();
    assert_eq!(
        vocabulary.statuses.whole("**Avviker\u{a0}från  PLAN.**").map(|entry| entry.code),
        Some(StatusCode::Deviating)
    );
    assert!(vocabulary.statuses.whole("Avviker från planen lite").is_none());
    let (entry, length) = vocabulary.labels.prefix("Dnr: KS-2025-00620").unwrap();
    assert_eq!((entry.code, length), (Label::Diarienummer, 3));
    let (entry, length) = vocabulary.labels.prefix("**Vår beteckning** X").unwrap();
    assert_eq!((entry.code, length), (Label::Diarienummer, "**Vår beteckning".len()));
    assert!(vocabulary.labels.prefix("Dnrx").is_none());
    let text = "Datum Vår beteckning Er beteckning";
    let labels: Vec<_> = vocabulary
        .labels
        .find_all(text)
        .into_iter()
        .map(|(range, entry)| (&text[range], entry.code))
        .collect();
    assert_eq!(
        labels,
        [
            ("Datum", Label::Date),
            ("Vår beteckning", Label::Diarienummer),
            ("Er beteckning", Label::OtherDiarienummer)
        ]
    );
    let entry = vocabulary.activity_kinds.whole("uppdragen").unwrap();
    assert_eq!((entry.code, entry.form("uppdragen")), (ActivityWord::Assignment, Form::DefinitePlural));
    assert_eq!(
        vocabulary.number_words.whole("tjugotvå").map(|entry| entry.code),
        Some(NumberWord::Count(22))
    );
    assert_eq!(vocabulary.number_words.whole("Samtliga").map(|entry| entry.code), Some(NumberWord::All));
    assert_eq!(vocabulary.months.whole("sept.").map(|entry| entry.code), Some(9));
}

#[test]
fn labels_and_types_of_real_papers() {
    let vocabulary = Vocabulary::builtin();
    for (text, label) in [
        ("Datum", Label::Date),
        ("Diarienummer:", Label::Diarienummer),
        ("Vår beteckning", Label::Diarienummer),
        ("Vårt diarienummer", Label::Diarienummer),
        ("Ärendenummer", Label::Diarienummer),
        ("Er beteckning", Label::OtherDiarienummer),
        ("Ert diarienummer", Label::OtherDiarienummer),
        ("Handläggare:", Label::CaseOfficer),
        ("Vår referens", Label::CaseOfficer),
        ("Handläggare, titel, telefon", Label::CaseOfficer),
        ("Nämndbehandlas", Label::MeetingDate),
        ("Nämndbehandlad/nämndbehandlas:", Label::MeetingDate),
        ("Sammanträde", Label::MeetingDate),
        ("Nämnd", Label::Committee),
        ("Till", Label::Committee),
        ("Organisation", Label::Committee),
        ("Rapportperiod", Label::ReportingPeriod),
        ("Status", Label::ReportStatus),
        ("Version:", Label::Version),
        ("Telefon:", Label::Phone),
        ("Besöksadress", Label::Address),
        ("Diariekod", Label::Classification),
        ("Dokumentnamn", Label::Title),
        ("Dokumentsort", Label::DocumentType),
        ("Beslutad av:", Label::DecidedBy),
        ("Gäller för:", Label::AppliesTo),
        ("Datum och paragraf för beslutet:", Label::DecidedBy),
    ] {
        assert_eq!(vocabulary.labels.whole(text).map(|entry| entry.code), Some(label), "{text:?}");
    }
    assert!(vocabulary.labels.whole("Till").is_some_and(|entry| entry.colon));
    for (text, kind) in [
        ("Tjänsteskrivelse till Arbetsmarknadsnämnden", PaperKind::Tjansteskrivelse),
        ("TJÄNSTESKRIVELSE", PaperKind::Tjansteskrivelse),
        ("Tjänsteutlåtande", PaperKind::Tjansteskrivelse),
        ("Utlåtande 2017:19 RI", PaperKind::Tjansteskrivelse),
        ("KALLELSE/UNDERRÄTTELSE", PaperKind::Kallelse),
        ("Kallelse till arbetsmarknadsnämnden", PaperKind::Kallelse),
        ("DAGORDNING", PaperKind::Kallelse),
        ("SAMMANTRÄDESPROTOKOLL", PaperKind::Protokoll),
        ("Protokollsutdrag", PaperKind::Protokoll),
        ("YTTRANDE", PaperKind::Other),
        ("Delårsbokslut Arbetsmarknadsnämnden", PaperKind::Other),
        ("Uppföljningsrapport, bilaga 1", PaperKind::Other),
        ("Årsrapport nämnder och styrelser 2025", PaperKind::Other),
        ("Bilaga 1", PaperKind::Bilaga),
    ] {
        let found = vocabulary.document_types.whole_or_open(text);
        assert_eq!(found.map(|entry| entry.code), Some(kind), "{text:?}");
    }
}

#[test]
fn additions_join_the_built_in_words_and_win_ties() {
    let toml = r#"
        [[headings]]
        code = "matter"
        canonical = "Ärendets kärna"
        variants = ["Rapportering"]
        standard = true
        examples = ["Ärendets kärna:"]

        [[statuses]]
        code = "waiting"
        canonical = "Hos revisorn"

        [[organs]]
        code = "name"
        canonical = "Familjerådet"

        [[diarienummer]]
        code = "free"
        canonical = "KS#2024#12"
        patterns = ["{registry}#{year}#{serial}"]
        examples = ["KS#2024#12"]

        [[document_types]]
        code = "protokoll"
        canonical = "Möte nr 3"
        patterns = ["Möte nr [0-9]+"]
    "#;
    let vocabulary = Vocabulary::with_additions(toml, "egna.toml").unwrap();
    assert_eq!(
        vocabulary.heading_kind("ÄRENDETS KÄRNA").map(|found| (found.kind, found.standard)),
        Some((SectionKind::Matter, true))
    );
    assert_eq!(vocabulary.heading_kind("Rapportering").map(|found| found.kind), Some(SectionKind::Matter));
    assert_eq!(vocabulary.heading_kind("Ärendet").map(|found| found.kind), Some(SectionKind::Matter));
    assert_eq!(vocabulary.statuses.whole("Hos revisorn.").map(|entry| entry.code), Some(StatusCode::Waiting));
    assert_eq!(vocabulary.organ("Familjerådets beslut").as_deref(), Some("Familjerådet"));
    let numbers = Diarienummer::find_all("Dnr AMN#2024#12.", &vocabulary);
    assert_eq!(numbers.first().map(|(_, number)| (number.year, number.serial)), Some((Some(2024), Some(12))));
    let types = &vocabulary.document_types;
    assert_eq!(types.whole("Möte nr 17").map(|entry| entry.code), Some(PaperKind::Protokoll));
    assert!(types.whole("Möte nr 17b").is_none());
    assert_eq!(
        types.prefix("Möte nr 17, forts").map(|(entry, length)| (entry.code, length)),
        Some((PaperKind::Protokoll, 11))
    );
    assert!(types.prefix("Möte nr 17b").is_none());
    assert_eq!(types.find_all("Se Möte nr 17 och Kallelse").len(), 2);
}

#[test]
fn a_wrong_file_is_refused_with_its_name_the_entry_and_the_fault() {
    for (toml, parts) in [
        ("[[headings]\n", &["egna.toml", "line 1"][..]),
        ("[[rubriker]]\ncode = \"matter\"", &["egna.toml", "rubriker", "headings, "]),
        ("[headings]\ncode = \"matter\"", &["egna.toml", "[[headings]]", "two brackets"]),
        ("[[headings]]\ncode = \"matter\"", &["egna.toml: [[headings]] entry 1: ", "canonical"]),
        (
            "[[headings]]\ncode = \"matter\"\ncanonical = \"A\"\n[[headings]]\ncode = \"affair\"\ncanonical = \"Kärnan\"",
            &["egna.toml: [[headings]] entry 2 (\"Kärnan\"): ", "affair", "expected one of"],
        ),
        (
            "[[statuses]]\ncode = \"waiting\"\ncanonical = \"Hos\"\nvariant = []",
            &["entry 1 (\"Hos\")", "variant", "variants"],
        ),
        (
            "[[statuses]]\ncode = \"waiting\"\ncanonical = \"Hos\"\nvariants = [\" \"]",
            &["entry 1 (\"Hos\")", "empty"],
        ),
        (
            "[[statuses]]\ncode = \"waiting\"\ncanonical = \"Hos\"\npatterns = [\"(\"]",
            &["entry 1 (\"Hos\")", "pattern \"(\""],
        ),
        (
            "[[statuses]]\ncode = \"waiting\"\ncanonical = \"Hos\"\nexamples = [\"hon\"]",
            &["entry 1 (\"Hos\")", "example \"hon\""],
        ),
        (
            "[[statuses]]\ncode = \"waiting\"\ncanonical = \"Hos\"\ncounter_examples = [\"Hos mig\"]",
            &["entry 1 (\"Hos\")", "counter-example \"Hos mig\""],
        ),
    ] {
        let error = Vocabulary::with_additions(toml, "egna.toml").expect_err(toml).to_string();
        for part in parts {
            assert!(error.contains(part), "{error:?} has no {part:?}");
        }
    }
}
