//! The schema under `schemas/` is what the types say, and it accepts good documents and refuses broken ones.

#![allow(clippy::unwrap_used)] // A panic is a failed test.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use skrivelse::extract;
use skrivelse::output::conformance::Conformance;
use skrivelse::output::json::{Layout, to_bytes};
use skrivelse::output::schema::document_schema;
use skrivelse::records::document::Document;
use skrivelse::settings::Settings;

fn in_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Renew the file with `RENEW=1 cargo test --test schema`.
#[test]
fn the_stored_schema_is_current() {
    let path = in_project("schemas/document.schema.json");
    let current = to_bytes(&document_schema(), Layout::Pretty);
    if std::env::var_os("RENEW").is_some() {
        fs::write(&path, &current).unwrap();
    }
    let stored = fs::read(&path).unwrap_or_default();
    assert!(
        stored == current,
        "the types have changed: run `RENEW=1 cargo test --test schema` and look at the diff"
    );
}

#[test]
fn the_schema_follows_its_own_rules() {
    jsonschema::meta::validate(&document_schema()).unwrap();
    let mut objects = 0;
    check_objects("", &document_schema(), &mut objects);
    assert!(objects > 20, "only {objects} objects were looked at");
}

/// Every object is closed, and everything in it has a description.
fn check_objects(path: &str, schema: &Value, objects: &mut u32) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        *objects += 1;
        assert_eq!(schema["additionalProperties"], json!(false), "{path} is open");
        for (name, property) in properties {
            assert!(property["description"].is_string(), "{path}/{name} has no description");
        }
    }
    match schema {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| check_objects(&format!("{path}/{key}"), value, objects))
        }
        Value::Array(list) => list.iter().for_each(|value| check_objects(path, value, objects)),
        _ => {}
    }
}

#[test]
fn a_document_with_every_record_is_valid_and_comes_back_unchanged() {
    let document = full_document();
    let violations = Conformance::new().violations(&document);
    assert!(violations.is_empty(), "{violations:#?}");
    let read: Document = serde_json::from_value(document.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), document);
    for (name, records) in document["papers"][0].as_object().unwrap() {
        assert_ne!(records, &json!([]), "the full document has no {name}");
    }
}

/// Each case breaks one thing in the full document: where, with what, and how that is told.
#[test]
fn broken_documents_are_refused_in_plain_words() {
    let cases = [
        ("/schema_version", json!("0.9"), "/schema_version: expected \"1.0\", found \"0.9\""),
        ("/source/sha256", json!("abc"), "/source/sha256: expected 64 hexadecimal digits, found \"abc\""),
        (
            "/source/media_type",
            json!("application/msword"),
            "/source/media_type: expected \"application/pdf\", \"text/plain\" or \"text/markdown\", found \"application/msword\"",
        ),
        ("/source/pages", json!("16"), "/source/pages: expected a whole number or null, found \"16\""),
        ("/papers", json!({}), "/papers: expected a list, found an object"),
        ("/papers/0", json!(7), "/papers/0: expected an object, found 7"),
        (
            "/papers/0/date",
            json!("29 april 2025"),
            "/papers/0/date: expected a date such as 2025-04-29, found \"29 april 2025\"",
        ),
        (
            "/papers/0/municipality/code",
            json!(380),
            "/papers/0/municipality/code: expected a text, found 380",
        ),
        (
            "/papers/0/proposal/items/0/at",
            json!("sidan 1"),
            "/papers/0/proposal/items/0/at: expected an object or a list, found \"sidan 1\"",
        ),
        (
            "/papers/0/proposal/items/0/at/page",
            json!(0),
            "/papers/0/proposal/items/0/at/page: expected at least 1, found 0",
        ),
        (
            "/papers/0/at/0/bbox",
            json!([1, 2, 3]),
            "/papers/0/at/0/bbox: expected at least 4 items, found a list of 3",
        ),
        (
            "/papers/0/activities/0/status/code",
            json!("klar"),
            "/papers/0/activities/0/status/code: expected \"not_started\", ",
        ),
        (
            "/papers/0/financial_tables/0/unit",
            json!("kr"),
            "/papers/0/financial_tables/0/unit: expected \"percent\", ",
        ),
        (
            "/papers/0/financial_tables/0/rows/0/values/0/value",
            json!("2"),
            "/papers/0/financial_tables/0/rows/0/values/0/value: expected a number or null, found \"2\"",
        ),
        ("/diagnostics/0/paper", json!(0), "/diagnostics/0/paper: expected at least 1, found 0"),
    ];
    let conformance = Conformance::new();
    for (pointer, wrong, told) in cases {
        let mut document = full_document();
        *document.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}")) = wrong;
        let violations: Vec<String> =
            conformance.violations(&document).iter().map(ToString::to_string).collect();
        assert!(
            violations.len() == 1 && violations[0].starts_with(told),
            "{pointer}: expected {told}, got {violations:#?}"
        );
    }
}

#[test]
fn missing_and_unknown_keys_are_named() {
    let conformance = Conformance::new();
    let mut document = full_document();
    let paper = document["papers"][0].as_object_mut().unwrap();
    paper.remove("committee");
    paper.insert("nämnd".to_owned(), json!("Arbetsmarknadsnämnden"));
    let mut told: Vec<String> = conformance.violations(&document).iter().map(ToString::to_string).collect();
    told.sort();
    assert_eq!(told, ["/papers/0: the key \"committee\" is missing", "/papers/0: unknown key \"nämnd\""]);
    let told = conformance.violations(&json!([]));
    assert_eq!(told[0].to_string(), "the document: expected an object, found a list of 0");
}

#[test]
fn every_fixture_gives_a_valid_document_twice_the_same() {
    let conformance = Conformance::new();
    let mut papers = 0;
    for folder in fs::read_dir(in_project("fixtures/papers")).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap().map(|file| file.unwrap().path()) {
            if file.file_stem().is_none_or(|stem| stem != "paper") {
                continue;
            }
            papers += 1;
            let read = || {
                let document = extract(fs::read(&file).unwrap(), "paper", &Settings::default()).unwrap();
                to_bytes(&document, Layout::Pretty)
            };
            let bytes = read();
            let violations = conformance.violations(&serde_json::from_slice(&bytes).unwrap());
            assert!(violations.is_empty(), "{}: {violations:#?}", file.display());
            assert!(bytes == read(), "{} gives other bytes the second time", file.display());
        }
    }
    assert!(papers > 0);
}

/// A document in which every kind of record stands at least once.
fn full_document() -> Value {
    serde_json::from_str(include_str!("data/full-document.json")).unwrap()
}
