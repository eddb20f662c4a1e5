//! The README's example is what the program writes.

#![allow(clippy::unwrap_used)] // A panic is a failed test.

use std::fs;
use std::path::Path;

use serde_json::Value;
use skrivelse::extract;
use skrivelse::settings::Settings;

const START: &str = "<!-- example: renewed with `RENEW=1 cargo test --test readme` -->\n";
const END: &str = "<!-- end of example -->\n";
/// What the example shows of a paper: the rest is long and says the same about the program.
const SHOWN: &[&str] = &[
    "kind",
    "document_type",
    "title",
    "municipality",
    "committee",
    "department",
    "diarienummer",
    "date",
    "case_officers",
    "signatories",
    "proposal",
    "at",
];

/// Renew the example with `RENEW=1 cargo test --test readme`.
#[test]
fn the_example_is_what_the_program_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let (before, rest) = readme.split_once(START).unwrap();
    let (example, after) = rest.split_once(END).unwrap();
    let current = format!("\n```json\n{}\n```\n\n", example_of(root));
    if std::env::var_os("RENEW").is_some() {
        fs::write(root.join("README.md"), [before, START, &current, END, after].concat()).unwrap();
    } else {
        assert!(
            example == current,
            "the example is stale: run `RENEW=1 cargo test --test readme` and read it"
        );
    }
}

fn example_of(root: &Path) -> String {
    let paper = root.join("fixtures/papers/kungsbacka-tjansteskrivelse/paper.pdf");
    let document = extract(fs::read(paper).unwrap(), "paper.pdf", &Settings::default()).unwrap();
    let mut document = serde_json::to_value(document).unwrap();
    for paper in document["papers"].as_array_mut().unwrap() {
        let paper = paper.as_object_mut().unwrap();
        *paper = paper
            .iter()
            .filter(|(key, _)| SHOWN.contains(&key.as_str()))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
    }
    written(&document, 0)
}

/// JSON with what fits on a line on one line: boxes and short objects would fill pages otherwise.
fn written(value: &Value, depth: usize) -> String {
    let on_one_line = one_line(value);
    if on_one_line.chars().count() + 2 * depth <= 100 {
        return on_one_line;
    }
    let (inner, outer) = ("  ".repeat(depth + 1), "  ".repeat(depth));
    let lines = |items: Vec<String>, open: char, close: char| {
        format!("{open}\n{}\n{outer}{close}", items.join(",\n"))
    };
    match value {
        Value::Object(map) => {
            let item =
                |(key, value): (&String, &Value)| format!("{inner}\"{key}\": {}", written(value, depth + 1));
            lines(map.iter().map(item).collect(), '{', '}')
        }
        Value::Array(list) => lines(
            list.iter().map(|value| format!("{inner}{}", written(value, depth + 1))).collect(),
            '[',
            ']',
        ),
        other => other.to_string(),
    }
}

fn one_line(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let items: Vec<String> =
                map.iter().map(|(key, value)| format!("\"{key}\": {}", one_line(value))).collect();
            format!("{{{}}}", items.join(", "))
        }
        Value::Array(list) => format!("[{}]", list.iter().map(one_line).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}
