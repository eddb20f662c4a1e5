//! Tables of small papers, row by row.

#![allow(clippy::unwrap_used)] // A panic is a failed test.

use std::fmt::Write as _;
use std::sync::Arc;

use skrivelse::glyphs::PdfFile;
use skrivelse::layout::{PageWords, tables};
use skrivelse::settings::Settings;

/// A paper's tables as text: one line a row, cells between bars, spans in brackets.
fn tables_of(name: &str) -> String {
    let settings = Settings::default();
    let path = format!("{}/fixtures/tables/{name}.pdf", env!("CARGO_MANIFEST_DIR"));
    let file = PdfFile::open(Arc::new(std::fs::read(path).unwrap())).unwrap();
    let placed = file.map_pages(&settings, |page| {
        let page = PageWords::gather(page);
        tables::find(&page, &settings).iter().map(|t| tables::place(t, &page)).collect::<Vec<_>>()
    });
    let mut text = String::new();
    for joined in tables::join_pages(placed.into_iter().flatten().collect()) {
        let table = &joined.table;
        let pages: Vec<u32> = table.at.iter().filter_map(skrivelse::place::Place::page).collect();
        let (certainty, heads) = (table.certainty, table.header_rows);
        writeln!(text, "pages {pages:?}, {certainty:?}, {heads} heading rows").unwrap();
        for row in &table.rows {
            let cells: Vec<String> = (row.iter())
                .map(|c| match (c.col_span, c.row_span) {
                    (1, 1) => c.text.clone(),
                    (across, down) => format!("{} [{across}x{down}]", c.text),
                })
                .collect();
            writeln!(text, "| {} |", cells.join(" | ")).unwrap();
        }
    }
    text
}

#[test]
fn headings_on_two_levels() {
    insta::assert_snapshot!(tables_of("eu-018"));
}

#[test]
fn rows_that_open_a_group() {
    insta::assert_snapshot!(tables_of("eu-014"));
}
