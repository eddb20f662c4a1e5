//! Finding, on a catalogue that is filled by hand.

use std::path::Path;

use skrivelse::archive::catalog::{Catalog, Change};
use skrivelse::archive::entry::{Entry, PaperEntry, Passage};
use skrivelse::archive::identify::{Sighting, Stamp};
use skrivelse::archive::search::{Hit, Query, find};
use skrivelse::records::diarienummer::Diarienummer;

fn passage(paper: u32, page: u32, text: &str) -> Passage {
    Passage { paper, page: Some(page), text: text.to_owned() }
}

fn fill(archive: &Path) -> Catalog {
    let mut catalog = Catalog::open(archive).unwrap();
    let number = |raw: &str, registry: &str, year, serial| Diarienummer {
        raw: raw.to_owned(),
        registry: Some(registry.to_owned()),
        year: Some(year),
        serial: Some(serial),
    };
    let entry = Entry {
        hash: "ab".repeat(32),
        name: "ks.pdf".to_owned(),
        bytes: 10,
        media_type: "application/pdf".to_owned(),
        text_layer: "native".to_owned(),
        pages: Some(9),
        papers: vec![
            PaperEntry {
                kind: "tjansteskrivelse".to_owned(),
                title: Some("Åtgärder för äldre".to_owned()),
                committee: Some("Äldrenämnden".to_owned()),
                date: Some("2024-04-29".to_owned()),
                page: Some(1),
                diarienummer: vec![number("KS-2024-00012", "KS", 2024, 12)],
                statuses: vec![("delayed".to_owned(), 2)],
                ..PaperEntry::default()
            },
            PaperEntry {
                kind: "bilaga".to_owned(),
                page: Some(4),
                date: Some("2023-01-02".to_owned()),
                ..PaperEntry::default()
            },
        ],
        passages: vec![
            passage(1, 2, "Nämnden föreslår åtgärder för Örebros skolor"),
            passage(2, 5, "Atgarder som inte är åtgärder; \"stark ekonomi\" i skolan"),
        ],
        ..Entry::default()
    };
    let sighting = Sighting { stamp: Stamp { bytes: 10, modified: 1, changed: 1, inode: 1 }, looked_at: 2 };
    let seen = |path: &str| Change::Seen { path: path.into(), hash: entry.hash.clone(), sighting };
    let done = Change::Done {
        entry: Box::new(entry.clone()),
        written: (1, "00".to_owned()),
        attempts: 1,
        ocr: false,
    };
    catalog.apply(&[seen("/p/b.pdf"), seen("/p/a.pdf"), done]).unwrap();
    catalog
}

fn search(catalog: &Catalog, query: Query) -> Vec<Hit> {
    find(catalog, &Query { limit: 10, ..query }).unwrap()
}

fn pages(catalog: &Catalog, words: &[&str]) -> Vec<Option<u32>> {
    let words = words.iter().map(|w| (*w).to_owned()).collect();
    search(catalog, Query { words, ..Query::default() }).iter().map(|hit| hit.page).collect()
}

#[test]
fn words_are_found_by_swedish_letters_and_in_any_case() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = fill(folder.path());
    assert_eq!(pages(&catalog, &["ÅTGÄRDER", "örebros"]), [Some(2)]);
    assert_eq!(pages(&catalog, &["atgarder"]), [Some(5)], "å is no a");
    assert_eq!(pages(&catalog, &["ÄR"]), [Some(5)]);
    assert_eq!(pages(&catalog, &["skol*"]).len(), 2);
    assert_eq!(pages(&catalog, &["skol"]).len(), 0);
    assert_eq!(pages(&catalog, &["stark ekonomi"]), [Some(5)]);
    assert_eq!(pages(&catalog, &["ekonomi stark"]).len(), 0);
    assert_eq!(pages(&catalog, &["NEAR(", "skolor"]).len(), 0, "nothing is syntax");
    let hit =
        &search(&catalog, Query { words: vec!["åtgärder".into(), "skolor".into()], ..Query::default() })[0];
    assert_eq!(hit.file, "/p/a.pdf");
    assert_eq!(hit.snippet.as_deref(), Some("Nämnden föreslår [åtgärder] för Örebros [skolor]"));
    assert_eq!(hit.diarienummer, ["KS-2024-00012"]);
}

#[test]
fn filters_hold_together() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = fill(folder.path());
    let papers = |query: Query| search(&catalog, query).iter().map(|hit| hit.paper).collect::<Vec<_>>();
    let number = |n: &str| Query { diarienummer: Some(n.to_owned()), ..Query::default() };
    for found in
        ["KS-2024-00012", "ks 2024/00012", "KS-2024", "KS-2024-…", "KS-*-00012", "KS-2024-12", "?S-2024-*"]
    {
        assert_eq!(papers(number(found)), [1], "{found}");
    }
    for missed in ["KS-2023", "AMN-2024-12", "KS-2024-13", "S-2024"] {
        assert!(papers(number(missed)).is_empty(), "{missed}");
    }
    let committee = |name: &str| Query { committee: Some(name.to_owned()), ..Query::default() };
    assert_eq!(papers(committee("äldre")), [1]);
    assert_eq!(papers(committee("ÄLDRENÄMNDEN")), [1]);
    assert!(papers(committee("aldre")).is_empty());
    let dates = |from: &str, to: &str| Query {
        from: Some(from.to_owned()),
        to: Some(to.to_owned()),
        ..Query::default()
    };
    assert_eq!(papers(dates("2024", "2024")), [1]);
    assert_eq!(papers(dates("2023-01-02", "2024-04-29")), [2, 1]);
    assert_eq!(papers(dates("2023", "2023-01")), [2]);
    assert!(find(&catalog, &dates("29/4", "2024")).is_err());
    let status =
        Query { status: Some("delayed".to_owned()), words: vec!["åtgärder".into()], ..Query::default() };
    assert_eq!(papers(status), [1]);
    assert!(find(&catalog, &Query::default()).is_err());
    assert_eq!(catalog.get("abab").unwrap().files.len(), 2);
    assert!(catalog.get("cd").is_err());
    assert!(catalog.get("x; DROP").is_err());
}

#[test]
fn what_is_read_again_takes_the_place_of_what_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut catalog = fill(folder.path());
    let entry = Entry {
        hash: "ab".repeat(32),
        papers: vec![PaperEntry { kind: "other".to_owned(), ..PaperEntry::default() }],
        passages: vec![passage(1, 1, "något annat")],
        ..Entry::default()
    };
    let done = Change::Done { entry: Box::new(entry), written: (1, "00".to_owned()), attempts: 1, ocr: true };
    catalog.apply(&[done]).unwrap();
    assert_eq!(pages(&catalog, &["åtgärder"]).len(), 0);
    assert_eq!(pages(&catalog, &["något"]), [Some(1)]);
}
