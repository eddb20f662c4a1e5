//! The checks over whole papers: they find what a reader found, and nothing on papers that agree with themselves.

#![allow(clippy::unwrap_used)] // a panic is a failed test

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use skrivelse::extract;
use skrivelse::settings::Settings;

/// Codes of findings about the reading, which the stages before report.
const OF_READING: &[&str] = &[
    "attachment-number-inferred",
    "cells-moved",
    "number-unreadable",
    "ocr-number",
    "shared-section",
    "status-missing",
    "status-unknown",
    "table-uncertain",
    "uncertain-value",
    "unreadable-page",
];

#[test]
fn the_papers_that_a_person_read() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let gold: Value = serde_json::from_slice(&fs::read(folder.join("gold.json")).unwrap()).unwrap();
        for name in ["paper.pdf", "paper.txt", "paper.md"] {
            let Ok(bytes) = fs::read(folder.join(name)) else { continue };
            let document = extract(bytes, name, &Settings::default()).unwrap();
            let found = codes(&serde_json::to_value(&document).unwrap());
            let expected = codes(&gold);
            if found != expected {
                wrong
                    .push(format!("{}: found {found:?}, a person {expected:?}", folder.join(name).display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn folders() -> Vec<PathBuf> {
    let papers = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/papers");
    let entries = fs::read_dir(papers).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.join("gold.json").exists()).collect();
    folders.sort();
    folders
}

/// Paper and code of each finding of a check, sorted.
fn codes(document: &Value) -> Vec<(u64, String)> {
    let findings = document["diagnostics"].as_array().into_iter().flatten();
    let mut codes: Vec<(u64, String)> = findings
        .map(|finding| (finding["paper"].as_u64().unwrap_or(0), finding["code"].as_str().unwrap().to_owned()))
        .filter(|(_, code)| !OF_READING.contains(&code.as_str()))
        .collect();
    codes.sort();
    codes
}
