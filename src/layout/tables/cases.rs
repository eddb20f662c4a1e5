//! Small pages, each with what makes one kind of table hard to read.

use super::drawing::{Drawing, PLAIN, SIZE, page};
use super::{Doubt, JoinedTable, PageTable, find, join_pages, place};
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
fn a_column_with_a_total_alone_is_headed_close_beside_the_next() {
    let rows: [(f32, &[&str]); 4] = [
        (100.0, &["Del", "Kalkyl", "Prognos", ""]),
        (112.0, &["Tak", "20 500", "20 500", ""]),
        (124.0, &["Golv", "38 150", "38 150", ""]),
        (136.0, &["Summa", "58 650", "58 650", "58 650"]),
    ];
    let mut drawing = drawing(&rows, &[200.0, 260.0, 330.0]);
    // It begins well before its only figure.
    drawing.words.push((260.0 + 0.7 * SIZE, 100.0, "Beslutad".to_owned()));
    drawing.words.push((260.0 + 5.0 * SIZE, 100.0, "budget".to_owned()));
    for y in [88.0, 106.0, 142.0] {
        rule(&mut drawing, y, 58.0, 335.0);
    }
    let found = read(&drawing);
    assert_eq!(found[0].1[0], ["Del", "Kalkyl", "Prognos", "Beslutad budget"]);
    assert_eq!((found[0].1[1].len(), &found[0].1[3][3][..]), (4, "58 650"));
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
fn tables_side_by_side_end_where_their_lines_end() {
    let rows: [(f32, &[&str]); 4] = [
        (100.0, &["Tkr", "Budget", "Utfall"]),
        (118.0, &["Norra", "23", "25"]),
        (136.0, &["Södra", "19", "31"]),
        (154.0, &["Alla", "42", "56"]),
    ];
    let others: [(f32, &[&str]); 4] = [
        (100.0, &["Bidrag", "Sökt", "Beviljat"]),
        (118.0, &["Lovskola", "70", "60"]),
        (136.0, &["Lärare", "80", "75"]),
        (154.0, &["Summa", "150", "135"]),
    ];
    let mut both = drawing(&rows, &[160.0, 220.0]);
    let right = drawing(&others, &[160.0, 220.0]);
    both.words.extend(right.words.into_iter().map(|(x, y, text)| (x + 240.0, y, text)));
    let apart = |both: &Drawing, lines: &[(f32, f32)]| {
        let mut both = both.clone();
        for y in [88.0, 106.0, 124.0, 142.0, 160.0] {
            lines.iter().for_each(|(from, to)| rule(&mut both, y, *from, *to));
        }
        read(&both)
    };
    let found = apart(&both, &[(58.0, 222.0), (298.0, 462.0)]);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].1[1], ["Norra", "23", "25"]);
    assert_eq!(found[1].1[3], ["Summa", "150", "135"]);
    // A line over both makes them one.
    assert_eq!(apart(&both, &[(58.0, 462.0)]).len(), 1);
}

#[test]
fn a_remark_below_a_row_is_one_text() {
    let rows: [(f32, &[&str]); 8] = [
        (100.0, &["Nr", "Aktivitet", "Status"]),
        (118.0, &["1.1", "Läsombud", "Klar"]),
        (136.0, &[]),
        (154.0, &["1.2", "Lovskola", "Pågår"]),
        (172.0, &[]),
        (190.0, &["1.3", "Bokbuss", "Klar"]),
        (208.0, &[]),
        (226.0, &["1.4", "Läxhjälp", "Klar"]),
    ];
    let mut drawing = drawing(&rows, &[260.0, 340.0]);
    for (y, at) in [(136.0, 0), (172.0, 1), (208.0, 2)] {
        let mut x = 80.0;
        for word in
            format!("Kommentar: Ombuden på {} förskolor träffas varje termin i juni", "nio".repeat(at + 1))
                .split(' ')
        {
            drawing.words.push((x, y, word.to_owned()));
            x += 5.0 * (word.chars().count() as f32 + 0.6);
        }
    }
    for y in 0..9 {
        rule(&mut drawing, 88.0 + 18.0 * y as f32, 58.0, 402.0);
    }
    let found = read(&drawing);
    assert_eq!(found.len(), 1, "{found:?}");
    let remark = found[0].1[2].iter().find(|text| text.starts_with("Kommentar:"));
    assert!(remark.is_some_and(|text| text.ends_with("i juni")), "{found:?}");
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

/// The colours of a heading and of every second row.
const SHADES: [u32; 3] = [0x00_69b4, 0xbd_e3ff, 0xe1_f2ff];

/// Rows of two cells on shades that meet, as high as each row says, each cell's shade drawn again for every line.
fn shaded(rows: &[(f32, &str, &str)], headed: bool) -> Drawing {
    let mut drawing = Drawing::default();
    let mut y = 85.0;
    for (row, (height, label, text)) in rows.iter().enumerate() {
        let color = if headed && row == 0 { SHADES[0] } else { SHADES[1 + row % 2] };
        for (x0, x1, text) in [(70.0, 230.0, label), (230.0, 520.0, text)] {
            drawing.shades.push((Rect { x0, y0: y, x1, y1: y + height }, color));
            let mut at = (x0 + 5.0, y + 12.0);
            for word in text.split(' ').filter(|w| !w.is_empty()) {
                let width = word.chars().count() as f32 * SIZE / 2.0;
                if at.0 + width > x1 - 5.0 {
                    at = (x0 + 5.0, at.1 + 12.5);
                }
                drawing.words.push((at.0, at.1, word.to_owned()));
                at.0 += width + 2.5;
            }
            // Rims that are one place differ by what rounding leaves.
            let mut line = y - 0.001;
            while line + 12.5 <= y + height {
                let inner = Rect { x0: x0 + 5.0, y0: line, x1: x1 - 5.0, y1: line + 12.5 };
                drawing.shades.insert(0, (inner, color));
                line += 12.5;
            }
        }
        y += height;
    }
    drawing
}

fn joined(drawings: &[Drawing]) -> Vec<JoinedTable> {
    let mut placed = Vec::new();
    for (number, drawing) in (1..).zip(drawings) {
        let mut page = page(drawing, PLAIN);
        page.number = number;
        placed.extend(find(&page, &Settings::default()).iter().map(|t| place(t, &page)));
    }
    join_pages(placed)
}

#[test]
fn cells_on_shades_may_be_high_and_drawn_again_line_by_line() {
    let long = "ett ord till om projektet ".repeat(40);
    let drawing = shaded(
        &[
            (18.0, "Projekt", "Beskrivning"),
            (50.0, "Namn", "Ny hamn och nya bryggor för fiskare och gäster i hamnen"),
            (300.0, "Om projektet", long.trim()),
            (18.0, "År", "2027, 2028"),
        ],
        true,
    );
    let found = read(&drawing);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0.header_rows, &found[0].0.doubts[..]), (1, &[][..]));
    assert_eq!(found[0].1[2], ["Om projektet", long.trim()]);
    assert_eq!(found[0].1[3], ["År", "2027, 2028"]);
}

#[test]
fn what_looks_as_a_row_before_the_page_turned_is_no_heading() {
    let first =
        shaded(&[(18.0, "Datum", "Aktivitet"), (18.0, "1 mars", "Möte"), (18.0, "2 mars", "Beslut")], true);
    let next = shaded(&[(18.0, "3 mars", "Expediering"), (18.0, "4 mars", "Uppföljning")], false);
    let tables = joined(&[first.clone(), next]);
    assert_eq!(tables.len(), 1);
    assert_eq!((tables[0].table.rows.len(), tables[0].table.header_rows), (5, 1));
    // A heading of its own is another table's.
    let other = shaded(&[(18.0, "Risk", "Åtgärd"), (18.0, "Brand", "Larm"), (18.0, "Stöld", "Lås")], true);
    assert_eq!(joined(&[first, other]).len(), 2);
}

#[test]
fn a_shade_across_the_table_is_a_row() {
    let rows: [(f32, &[&str]); 4] = [
        (100.0, &["Mått", "2023", "2024"]),
        (118.0, &["Skolor i norr"]),
        (136.0, &["Elever i årskurs 3", "23", "25"]),
        (154.0, &["Elever i årskurs 6", "40", "31"]),
    ];
    let mut drawing = drawing(&rows, &ENDS[..2]);
    // The row of the group has no line below it.
    for y in [88.0, 106.0, 142.0, 160.0] {
        rule(&mut drawing, y, 58.0, 305.0);
    }
    drawing.shades.push((Rect { x0: 58.0, y0: 106.0, x1: 305.0, y1: 124.0 }, SHADES[1]));
    let found = read(&drawing);
    assert_eq!(found[0].1[1][0], "Skolor i norr");
    assert_eq!(found[0].1[2], ["Elever i årskurs 3", "23", "25"]);
}

#[test]
fn a_title_of_its_own_begins_another_table_of_the_same_form() {
    let page = |title: &str, values: [&str; 2]| {
        let rows: [(f32, &[&str]); 4] = [
            (100.0, &[title]),
            (118.0, &["Mått", "2023", "2024"]),
            (136.0, &["Lån", values[0], "25"]),
            (154.0, &["Besök", values[1], "31"]),
        ];
        let mut drawing = drawing(&rows, &ENDS[..2]);
        for row in 0..=4_u8 {
            rule(&mut drawing, 88.0 + 18.0 * f32::from(row), 58.0, 305.0);
        }
        for (x, y0) in [(58.0, 88.0), (205.0, 106.0), (255.0, 106.0), (305.0, 88.0)] {
            drawing.lines.push(Rect { x0: x - 0.25, y0, x1: x + 0.25, y1: 160.0 });
        }
        drawing
    };
    let first = page("Kultur för alla", ["23", "40"]);
    assert_eq!(joined(&[first.clone(), page("Fritid för alla", ["12", "17"])]).len(), 2);
    assert_eq!(joined(&[first, page("Kultur för alla", ["12", "17"])]).len(), 1);
}

#[test]
fn columns_that_are_blank_on_the_next_page_are_columns_still() {
    let ends = [120.0, 250.0, 300.0, 350.0];
    let lines = |drawing: &mut Drawing, rows: u8| {
        for row in 0..=rows {
            rule(drawing, 88.0 + 18.0 * f32::from(row), 58.0, 355.0);
        }
        for x in [58.0, 85.0, 125.0, 255.0, 305.0, 355.0] {
            let y1 = 88.0 + 18.0 * f32::from(rows);
            drawing.lines.push(Rect { x0: x - 0.25, y0: 88.0, x1: x + 0.25, y1 });
        }
    };
    let mut first = drawing(
        &[
            (100.0, &["Nr", "Läge", "Investering", "2027", "2028"]),
            (118.0, &["1", "Ny", "Badhus", "1 000", "500"]),
            (136.0, &["2", "Ny", "Bibliotek", "250", "0"]),
        ],
        &ends,
    );
    lines(&mut first, 3);
    let mut next = drawing(
        &[(100.0, &["", "", "Summa", "1 250", "500"]), (118.0, &["", "", "Totalt", "1 250", "500"])],
        &ends,
    );
    lines(&mut next, 2);
    let tables = joined(&[first, next]);
    assert_eq!(tables.len(), 1);
    let texts: Vec<&str> = tables[0].table.rows[3].iter().map(|c| c.text.as_str()).collect();
    assert_eq!(texts, ["", "", "Summa", "1 250", "500"]);
}

#[test]
fn the_highest_line_of_headings_set_to_the_bottom_is_theirs() {
    let rows: [(f32, &[&str]); 6] = [
        (76.0, &["", "", "Utfall"]),
        (88.0, &["", "Budget", "okt", "Prognos"]),
        (100.0, &["Tkr", "2025", "2025", "2025"]),
        (116.0, &["Reservkraft", "600", "212", "600"]),
        (132.0, &["Bymöten", "80", "74", "95"]),
        (148.0, &["Summa", "680", "286", "695"]),
    ];
    let mut table = drawing(&rows, &ENDS[..3]);
    for y in [105.0, 121.0, 137.0, 153.0] {
        rule(&mut table, y, 58.0, 352.0);
    }
    let found = read(&table);
    let headings = found[0].1[..found[0].0.header_rows].concat().join(" ");
    assert!(headings.contains("Utfall") && headings.contains("Prognos"), "{headings}");
}

#[test]
fn headings_over_several_columns_stand_above_those_of_each() {
    let rows: [(f32, &[&str]); 4] = [
        (112.0, &["Mått", "K", "M", "K", "M"]),
        (128.0, &["Trygga", "81", "84", "83", "86"]),
        (144.0, &["Trivs", "91", "94", "93", "96"]),
        (160.0, &["Behöriga", "71", "74", "73", "76"]),
    ];
    let mut table = drawing(&rows, &ENDS);
    // Two words and the lines under them, further off than a heading of one column would be.
    for (x, text) in [(270.0, "Förra"), (370.0, "I år")] {
        table.words.push((x, 92.0, text.to_owned()));
        rule(&mut table, 99.0, x - 40.0, x + 30.0);
    }
    for y in [117.0, 133.0, 149.0, 165.0] {
        rule(&mut table, y, 58.0, 402.0);
    }
    let found = read(&table);
    assert_eq!((found[0].0.header_rows, found[0].1.len()), (2, 5));
    assert_eq!(found[0].1[0], ["Mått", "Förra", "I år"]);
}

/// "2024" and "2025" in the middle between upright lines, over two columns each.
fn years_over_women_and_men() -> Drawing {
    let ends = [150.0, 200.0, 250.0, 300.0];
    let rows: [(f32, &[&str]); 5] = [
        (112.0, &["Namn", "K", "M", "K", "M"]),
        (128.0, &["Skola"]),
        (144.0, &["Trygga", "81", "84", "83", "86"]),
        (160.0, &["Trivs", "91", "94", "93", "96"]),
        (176.0, &["Behöriga", "71", "74", "73", "76"]),
    ];
    let mut table = drawing(&rows, &ends);
    for (x, year) in [(157.0, "2024"), (257.0, "2025")] {
        table.words.push((x - 10.0, 100.0, year.to_owned()));
    }
    for y in [132.0, 148.0, 164.0, 180.0] {
        rule(&mut table, y, 58.0, 308.0);
    }
    for x in [108.0, 206.0, 308.0] {
        for (y0, y1) in [(88.0, 116.0), (132.0, 180.0)] {
            table.lines.push(Rect { x0: x - 0.25, y0, x1: x + 0.25, y1 });
        }
    }
    table
}

#[test]
fn headings_between_the_upright_lines_of_a_grid_belong_to_it() {
    let table = years_over_women_and_men();
    let found = read(&table);
    let [(found, rows)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((found.header_rows, &found.doubts[..]), (2, &[][..]));
    assert_eq!(rows[0], ["Namn", "2024", "2025"]);
    let spans: Vec<usize> =
        found.grid.cells.iter().filter(|c| c.row == 0 && c.column > 0).map(|c| c.col_span).collect();
    assert_eq!(spans, [2, 2]);
    assert_eq!((&rows[1][..], rows[2][0].as_str()), (&["K", "M", "K", "M"].map(String::from)[..], "Skola"));
}

#[test]
fn headings_of_groups_may_stand_over_the_first_line() {
    let rows: [(f32, &[&str]); 5] = [
        (112.0, &["", "Utfall", "Budget", "Utfall", "Budget"]),
        (132.0, &["Norra", "23", "25", "22", "28"]),
        (144.0, &["Södra", "19", "31", "27", "26"]),
        (156.0, &["Västra", "11", "12", "13", "14"]),
        (168.0, &["Alla", "53", "68", "62", "68"]),
    ];
    let mut table = drawing(&rows, &ENDS);
    for (x, text) in [(250.0, "Perioden"), (355.0, "Året")] {
        table.words.push((x, 96.0, text.to_owned()));
    }
    for y in [102.0, 118.0, 172.0] {
        rule(&mut table, y, 58.0, 402.0);
    }
    let found = read(&table);
    assert_eq!(
        (found[0].0.header_rows, &found[0].1[0][..]),
        (2, &["", "Perioden", "Året"].map(String::from)[..])
    );
    // A row of the table before is none.
    table.words.extend([(60.0, 84.0, "Östra".to_owned()), (240.0, 84.0, "12".to_owned())]);
    table.words.extend([(60.0, 74.0, "Mellan".to_owned()), (240.0, 74.0, "13".to_owned())]);
    assert_eq!(read(&table)[0].0.header_rows, 1);
}

#[test]
fn the_line_that_counts_the_pages_is_in_no_table() {
    let rows: [(f32, &[&str]); 4] = [
        (58.0, &["", "2021", "2022", "2023"]),
        (70.0, &["Norra", "23", "25", "22"]),
        (82.0, &["Södra", "20", "26", "28"]),
        (94.0, &["Alla", "43", "51", "50"]),
    ];
    let mut table = drawing(&rows, &ENDS[..3]);
    table.words.extend([(320.0, 44.0, "Dnr".to_owned()), (340.0, 44.0, "2(3)".to_owned())]);
    assert_eq!(read(&table)[0].1.len(), 4);
}

#[test]
fn what_stands_over_the_same_headings_tells_them_apart() {
    let ends = [150.0, 180.0, 210.0, 240.0, 270.0, 300.0];
    let rows: [(f32, &[&str]); 4] = [
        (112.0, &["Namn", "2023", "2024", "2025", "2023", "2024", "2025"]),
        (132.0, &["Trygga", "81", "84", "83", "86", "85", "88"]),
        (144.0, &["Trivs", "91", "94", "93", "96", "92", "95"]),
        (156.0, &["Behöriga", "71", "74", "73", "76", "72", "75"]),
    ];
    let mut table = drawing(&rows, &ends);
    // Each stands in the middle of its middle column alone.
    table.words.extend([(152.5, 100.0, "Kvinnor".to_owned()), (252.5, 100.0, "Män".to_owned())]);
    rule(&mut table, 104.0, 130.0, 302.0);
    rule(&mut table, 117.0, 58.0, 302.0);
    let found = read(&table);
    let spans: Vec<usize> =
        found[0].0.grid.cells.iter().filter(|c| c.row == 0 && c.column > 0).map(|c| c.col_span).collect();
    assert_eq!(spans, [3, 3]);
}

#[test]
fn a_heading_in_the_gutter_is_the_next_columns() {
    let rows: [(f32, &[&str]); 4] = [
        (100.0, &["Namn", "2024", "2025", ""]),
        (112.0, &["Trygga", "81,4", "84,2", "90"]),
        (124.0, &["Trivs", "91,3", "94,1", "95"]),
        (136.0, &["Behöriga", "71,2", "74,3", "80"]),
    ];
    let mut table = drawing(&rows, &[200.0, 240.0, 310.0]);
    table.words.extend([(250.0, 100.0, "Mål".to_owned()), (267.5, 100.0, "2026".to_owned())]);
    rule(&mut table, 104.0, 58.0, 312.0);
    assert_eq!(read(&table)[0].1[0], ["Namn", "2024", "2025", "Mål 2026"]);
}

#[test]
fn the_first_row_may_have_no_line_above_it() {
    let rows: [(f32, &[&str]); 6] = [
        (80.0, &["Park"]),
        (100.0, &["Kostnad", "239"]),
        (118.0, &["Avgifter", "41"]),
        (136.0, &["Hyror", "14"]),
        (154.0, &["Netto", "184"]),
        (172.0, &["Barn", "75"]),
    ];
    let mut table = drawing(&rows, &[250.0]);
    for y in [105.0, 123.0, 141.0, 159.0, 177.0] {
        rule(&mut table, y, 58.0, 252.0);
    }
    assert_eq!(read(&table)[0].1[0], ["Kostnad", "239"]);
}
