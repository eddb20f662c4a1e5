//! Small pages, each with what makes one kind of table hard to read.

use super::drawing::{Drawing, PLAIN, SIZE, page};
use super::{Doubt, PageTable, find};
use crate::geometry::Rect;
use crate::settings::Settings;

/// Rows of texts with the right end of each column; the first column begins at 60.
fn drawing(rows: &[(f32, &[&str])], ends: &[f32]) -> Drawing {
    let mut drawing = Drawing::default();
    for (y, cells) in rows {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let width = |text: &str| text.chars().count() as f32 * SIZE / 2.0;
            let mut x = if column == 0 { 60.0 } else { ends[column - 1] - width(cell) };
            for word in cell.split(' ') {
                drawing.words.push((x, *y, word.to_owned()));
                x += width(word) + 2.5;
            }
        }
    }
    drawing
}

fn rule(drawing: &mut Drawing, y: f32, x0: f32, x1: f32) {
    drawing.lines.push(Rect { x0, y0: y - 0.25, x1, y1: y + 0.25 });
}

fn read(drawing: &Drawing) -> Vec<(PageTable, Vec<Vec<String>>)> {
    let page = page(drawing, PLAIN);
    let tables = find(&page, &Settings::default());
    let rows = |table: &PageTable| {
        let mut rows = vec![Vec::new(); table.grid.rows];
        for cell in &table.grid.cells {
            rows[cell.row].push(cell.text(&page.words));
        }
        rows
    };
    tables
        .into_iter()
        .map(|t| {
            let rows = rows(&t);
            (t, rows)
        })
        .collect()
}

const ENDS: [f32; 4] = [250.0, 300.0, 350.0, 400.0];

#[test]
fn figures_above_the_middle_line_are_headings() {
    let rows: [(f32, &[&str]); 4] = [
        (100.0, &["Skola", "1", "2", "3", "4"]),
        (120.0, &["Norra", "23", "25", "22", "28"]),
        (132.0, &["Södra", "19", "31", "27", "26"]),
        (144.0, &["Alla", "42", "56", "49", "54"]),
    ];
    let mut three = drawing(&rows, &ENDS);
    for y in [88.0, 106.0, 150.0] {
        rule(&mut three, y, 58.0, 402.0);
    }
    let found = read(&three);
    assert_eq!((found[0].0.header_rows, &found[0].0.doubts[..]), (1, &[][..]));
    // Without lines nothing says whether the figures count columns or are a row.
    assert_eq!(read(&drawing(&rows, &ENDS))[0].0.header_rows, 0);
}

#[test]
fn a_total_above_the_middle_line_is_no_heading() {
    let rows: [(f32, &[&str]); 4] = [
        (100.0, &["", "2021", "2022", "2023"]),
        (112.0, &["Alla", "43", "51", "50"]),
        (130.0, &["Norra", "23", "25", "22"]),
        (142.0, &["Södra", "20", "26", "28"]),
    ];
    let mut drawing = drawing(&rows, &ENDS[..3]);
    rule(&mut drawing, 117.0, 58.0, 352.0);
    assert_eq!(read(&drawing)[0].0.header_rows, 1);
}

#[test]
fn text_beside_a_table_between_lines_takes_no_part() {
    let rows: [(f32, &[&str]); 4] = [
        (100.0, &["Skola", "2021", "2022"]),
        (118.0, &["Norra", "23", "25"]),
        (130.0, &["Södra", "19", "31"]),
        (142.0, &["Alla", "42", "56"]),
    ];
    let mut drawing = drawing(&rows, &ENDS[..2]);
    for y in [88.0, 106.0, 148.0] {
        rule(&mut drawing, y, 58.0, 302.0);
    }
    for (line, text) in ["texten bredvid", "handlar om", "något annat än", "tabellen gör"].iter().enumerate()
    {
        for (at, word) in text.split(' ').enumerate() {
            drawing.words.push((330.0 + 60.0 * at as f32, 100.0 + 14.0 * line as f32, word.to_owned()));
        }
    }
    let found = read(&drawing);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1[1], ["Norra", "23", "25"]);
    assert_eq!(found[0].1[3], ["Alla", "42", "56"]);
}

#[test]
fn a_group_of_rows_is_no_table_of_its_own() {
    let rows: [(f32, &[&str]); 7] = [
        (100.0, &["Nämnd", "Budget", "Utfall"]),
        (112.0, &["Bygg", "23", "25"]),
        (124.0, &["Kultur", "19", "31"]),
        (152.0, &["Bolag"]),
        (164.0, &["Hamnen", "42", "56"]),
        (176.0, &["Vattnet", "12", "13"]),
        (188.0, &["Parken", "14", "15"]),
    ];
    let found = read(&drawing(&rows, &ENDS[..2]));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0.header_rows, 1);
    assert_eq!(found[0].1[4], ["Hamnen", "42", "56"]);
}

#[test]
fn a_range_in_a_label_is_not_cut() {
    let rows: [(f32, &[&str]); 4] = [
        (100.0, &["Ålder", "Antal", "Andel"]),
        (112.0, &["0 - 5 år", "230", "25,1"]),
        (124.0, &["6 - 12 år", "190", "31,4"]),
        (136.0, &["13 - 19 år", "420", "43,5"]),
    ];
    let found = read(&drawing(&rows, &ENDS[..2]));
    assert_eq!(found[0].1[3], ["13 - 19 år", "420", "43,5"]);
    assert_eq!(found[0].0.doubts, [] as [Doubt; 0]);
}

#[test]
fn two_axes_are_no_table() {
    let rows: [(f32, &[&str]); 5] = [
        (100.0, &["54,000", "0.50"]),
        (120.0, &["53,000", "0.48"]),
        (140.0, &["52,000", "0.46"]),
        (160.0, &["51,000", "0.44"]),
        (180.0, &["50,000", "0.42"]),
    ];
    assert!(read(&drawing(&rows, &ENDS[..1])).is_empty());
}
