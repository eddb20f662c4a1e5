//! What each stage sees on a few pages, as `skrivelse show` tells it. The snapshots show what a change does to a
//! stage before it shows in the records; whether the records are right is for `tests/gold.rs`.

#![allow(clippy::unwrap_used)] // a panic is a failed test

use std::process::Command;

/// A page by its paper, and the stages that are held fast there.
const PAGES: &[(&str, u32, &[&str])] = &[
    // A head in columns, a proposal in numbered items, no table.
    ("nacka-tjansteskrivelse/paper.pdf", 1, &["words", "lines", "blocks", "sections"]),
    // A page that is mostly tables.
    ("boras-tertialrapport/paper.pdf", 2, &["lines", "blocks", "tables"]),
    // Tables in Markdown, headings by their marks.
    ("linkoping-jamstalldhetsplan/paper.md", 1, &["lines", "blocks", "tables", "sections"]),
    // Columns that are aligned by spaces.
    ("upplands-bro-tjansteskrivelse/paper.txt", 1, &["lines", "sections"]),
];

#[test]
fn what_each_stage_sees() {
    for (paper, page, stages) in PAGES {
        for stage in *stages {
            let shown = Command::new(env!("CARGO_BIN_EXE_skrivelse"))
                .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/papers"))
                .args(["show", paper, "--stage", stage, "--page", &page.to_string()])
                .output()
                .unwrap();
            assert!(shown.status.success(), "{paper}, {stage}: {}", String::from_utf8_lossy(&shown.stderr));
            let name = format!("{}_p{page}_{stage}", paper.replace(['/', '.'], "_"));
            insta::assert_snapshot!(name, String::from_utf8(shown.stdout).unwrap());
        }
    }
}
