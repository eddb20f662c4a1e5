//! What is read, held against what a person read from the same page: `fixtures/papers/*/gold.json`.
//!
//! A fact is one value of one record, found again by what names the record: an activity's number, an indicator's
//! name and period, a row's and a column's label. The snapshot lists for each paper how many facts of each kind the
//! person wrote down, how many were found, and how many of them are right. It shows what a change gains and loses.

#![allow(clippy::unwrap_used)] // a panic is a failed test

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use skrivelse::extract;
use skrivelse::settings::Settings;

/// Least share of facts found and right, as F1 over all papers.
const LEAST_F1: f64 = 0.88;
/// Findings that warn that numbers of a paper may be wrong.
const WARNINGS: &[&str] = &["cells-moved", "number-unreadable", "ocr-number", "table-uncertain"];

/// A kind of fact, and the facts by what names them. Several may have one name: two rows "Summa".
type Facts = BTreeMap<&'static str, BTreeMap<String, Vec<String>>>;

#[test]
fn what_a_person_read_is_found() {
    let mut table = String::new();
    let (mut gold_all, mut found_all, mut right_all) = (0, 0, 0);
    let mut wrong_numbers = Vec::new();
    for (name, file, gold) in papers() {
        let document = extract(fs::read(&file).unwrap(), &name, &Settings::default()).unwrap();
        let found = serde_json::to_value(&document).unwrap();
        let (gold_facts, found_facts) = (facts(&gold), facts(&found));
        wrong_numbers.extend(wrong(&gold_facts, &found_facts, &found).iter().map(|w| format!("{name}: {w}")));
        writeln!(table, "{name}").unwrap();
        let families: BTreeSet<_> = gold_facts.keys().chain(found_facts.keys()).collect();
        for family in families {
            let none = BTreeMap::new();
            let (theirs, ours) =
                (gold_facts.get(family).unwrap_or(&none), found_facts.get(family).unwrap_or(&none));
            let count = |facts: &BTreeMap<String, Vec<String>>| facts.values().map(Vec::len).sum::<usize>();
            let (gold, found, right) = (count(theirs), count(ours), right(theirs, ours));
            writeln!(table, "  {family:<18} gold {gold:>3}  found {found:>3}  right {right:>3}").unwrap();
            gold_all += gold;
            found_all += found;
            right_all += right;
        }
    }
    assert!(wrong_numbers.is_empty(), "numbers that differ from the paper's:\n{}", wrong_numbers.join("\n"));
    #[allow(clippy::cast_precision_loss)] // some thousands
    let f1 = 2.0 * right_all as f64 / (gold_all + found_all) as f64;
    assert!(f1 >= LEAST_F1, "F1 over all facts is {f1:.3}\n{table}");
    insta::assert_snapshot!(table);
}

/// Each paper's file with what a person read from it.
fn papers() -> Vec<(String, PathBuf, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/papers");
    let mut papers = Vec::new();
    for folder in fs::read_dir(root).unwrap() {
        let folder = folder.unwrap().path();
        let Ok(gold) = fs::read(folder.join("gold.json")) else { continue };
        let gold: Value = serde_json::from_slice(&gold).unwrap();
        for name in ["paper.md", "paper.pdf", "paper.txt"] {
            let file = folder.join(name);
            if file.exists() {
                let name = format!("{}/{name}", folder.file_name().unwrap().to_str().unwrap());
                papers.push((name, file, gold.clone()));
            }
        }
    }
    papers.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!papers.is_empty(), "there are papers with gold");
    papers
}

fn right(gold: &BTreeMap<String, Vec<String>>, found: &BTreeMap<String, Vec<String>>) -> usize {
    let in_both = |(name, values): (&String, &Vec<String>)| {
        let mut left = found.get(name).cloned().unwrap_or_default();
        let is_there = |value: &&String| {
            left.iter().position(|other| other == *value).map(|at| left.swap_remove(at)).is_some()
        };
        values.iter().filter(is_there).count()
    };
    gold.iter().map(in_both).sum()
}

/// Numbers that stand in the place of other numbers, in papers for which no finding warns.
fn wrong(gold: &Facts, found: &Facts, document: &Value) -> Vec<String> {
    let warned: BTreeSet<u64> = (document["diagnostics"].as_array().into_iter().flatten())
        .filter(|finding| WARNINGS.contains(&finding["code"].as_str().unwrap()))
        .filter_map(|finding| finding["paper"].as_u64())
        .collect();
    let mut wrong = Vec::new();
    for family in ["indicator values", "financial cells", "key figures"] {
        let (Some(gold), Some(found)) = (gold.get(family), found.get(family)) else { continue };
        for (name, values) in found {
            let paper = name.split(' ').next().and_then(|p| p.parse().ok()).unwrap_or(0);
            let Some(expected) = gold.get(name).filter(|_| !warned.contains(&paper)) else { continue };
            let is_number = |value: &&String| value.parse::<f64>().is_ok();
            for value in values.iter().filter(is_number).filter(|value| !expected.contains(value)) {
                wrong.push(format!("{family}: {name}: {value}, the paper {}", expected.join(" or ")));
            }
        }
    }
    wrong
}

/// The facts of a document, each named by the number of its paper and what names its record.
fn facts(document: &Value) -> Facts {
    let mut facts = Facts::new();
    for (number, paper) in (1..).zip(list(&document["papers"])) {
        let mut add = |family: &'static str, name: String, value: &Value| {
            if let Some(value) = plain(value) {
                facts.entry(family).or_default().entry(format!("{number} {name}")).or_default().push(value);
            }
        };
        for key in ["kind", "attachment_number", "title", "committee", "department", "date", "meeting_date"] {
            add("head", key.to_owned(), &paper[key]);
        }
        for key in ["diarienummer", "case_officers", "signatories"] {
            for (at, record) in list(&paper[key]).iter().enumerate() {
                let named = |field: &str| format!("{key} {at} {field}");
                for field in ["raw", "registry", "year", "serial", "name", "role"] {
                    add("head", named(field), &record[field]);
                }
                add("head", named("name"), if record.is_string() { record } else { &Value::Null });
            }
        }
        add("proposal", "body".to_owned(), &paper["proposal"]["body"]);
        for (at, item) in list(&paper["proposal"]["items"]).iter().enumerate() {
            add("proposal", format!("{at} text"), &item["text"]);
        }
        for section in sections(paper) {
            let heading = words(&section["heading"]);
            add("sections", heading.clone(), &section["kind"]);
            add("section texts", heading, &section["text"]);
        }
        for support in list(&paper["supporting_documents"]) {
            add("supporting", words(&support["title"]), &support["date"]);
        }
        for legend in list(&paper["status_legend"]) {
            add("status legend", words(&legend["status"]["raw"]), &legend["status"]["code"]);
        }
        for activity in list(&paper["activities"]) {
            let name = format!("{} {}", words(&activity["number"]), words(&activity["title"]));
            add("activities", name.clone(), &activity["kind"]);
            add("statuses", name.clone(), &activity["status"]["code"]);
            add("completions", name.clone(), &activity["expected_completion"]["year"]);
            add("narratives", name.clone(), &activity["narrative"]);
            add("groups", name, &activity["group"]);
        }
        for indicator in list(&paper["indicators"]) {
            let name = words(&indicator["name"]);
            for key in ["unit", "data_source", "comment"] {
                add("indicators", format!("{name} {key}"), &indicator[key]);
            }
            add("indicators", format!("{name} target"), &indicator["target"]["code"]);
            for value in list(&indicator["values"]) {
                let which = [
                    &value["period"]["end"],
                    &value["basis"],
                    &value["breakdown"],
                    &value["breakdown_label"],
                ];
                let which: Vec<String> = which.into_iter().map(words).collect();
                add("indicator values", format!("{name} {}", which.join(" ")), figure(value));
            }
        }
        for table in list(&paper["financial_tables"]) {
            for row in list(&table["rows"]) {
                for (column, value) in list(&table["columns"]).iter().zip(list(&row["values"])) {
                    let name = format!("{} / {}", words(&row["label"]), words(&column["label"]));
                    add("financial cells", name, figure(value));
                }
            }
        }
        for key_figure in list(&paper["key_figures"]) {
            let name = words(&key_figure["name"]);
            for line in list(&key_figure["lines"]) {
                add("key figures", format!("{name} {}", words(&line["label"])), &line["value"]);
            }
            add("key figures", format!("{name} result"), &key_figure["result"]["value"]);
        }
        for claim in list(&paper["claims"]) {
            let name =
                format!("{} {} {}", words(&claim["subject"]), words(&claim["status"]), words(&claim["year"]));
            add("claims", name, &claim["count"]);
        }
    }
    facts
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A paper's sections laid flat, in reading order.
fn sections(parent: &Value) -> Vec<&Value> {
    list(&parent["sections"]).iter().flat_map(|s| std::iter::once(s).chain(sections(s))).collect()
}

/// A value, or the reason why there is none.
fn figure(value: &Value) -> &Value {
    if value["value"].is_null() { &value["missing"] } else { &value["value"] }
}

/// What a value is compared by; `None` where there is nothing.
fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(number) => number.as_f64()?.to_string(),
        _ => return None,
    };
    let text = text.trim_end_matches([' ', '.', ':', ';']);
    (!text.is_empty()).then(|| text.to_owned())
}

/// What names a record: its words, case left out.
fn words(value: &Value) -> String {
    plain(value).unwrap_or_default().to_lowercase()
}
