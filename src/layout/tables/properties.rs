//! What holds for every page: each word has one cell, boxes hold their words, and neither place, size, rotation nor
//! the order of drawing changes a cell.

use proptest::prelude::*;

use super::drawing::{Drawing, PLAIN, Put, SIZE, page, texts};
use super::{PageTable, find};
use crate::geometry::Rect;
use crate::layout::PageWords;
use crate::settings::Settings;

/// Tables of labels and figures, ruled or not, with a heading and a line of text above.
fn drawings() -> impl Strategy<Value = Drawing> {
    let cell = prop_oneof![
        Just("–".to_owned()),
        (0..99_999_u32).prop_map(|n| n.to_string()),
        (0..999_u32).prop_map(|n| format!("{},{}", n / 10, n % 10))
    ];
    let row = ("[A-ZÅÄÖ][a-zåäö]{2,9}", proptest::collection::vec(cell, 4));
    (proptest::collection::vec(row, 2..8), 2..5_usize, any::<bool>(), any::<bool>()).prop_map(
        |(rows, columns, level, upright)| {
            let mut words = vec![(60.0, 60.0, "Tabellen".to_owned()), (110.0, 60.0, "visar".to_owned())];
            let right = |column: usize| 220.0 + 70.0 * column as f32;
            let mut y = 100.0;
            for column in 0..columns - 1 {
                words.push((right(column) - 20.0, y, format!("{}", 2021 + column)));
            }
            for (label, cells) in &rows {
                y += 17.0;
                words.push((60.0, y, label.clone()));
                for (column, cell) in cells.iter().take(columns - 1).enumerate() {
                    let width = cell.chars().count() as f32 * SIZE / 2.0;
                    words.push((right(column) - width, y, cell.clone()));
                }
            }
            let mut lines = Vec::new();
            let (left, end) = (55.0, right(columns - 2) + 5.0);
            if level {
                for row in 0..rows.len() + 2 {
                    let y = 87.0 + 17.0 * row as f32;
                    lines.push(Rect { x0: left, y0: y - 0.25, x1: end, y1: y + 0.25 });
                }
            }
            if upright && level {
                for x in std::iter::once(left).chain((0..columns).map(|c| 155.0 + 70.0 * c as f32)) {
                    lines.push(Rect { x0: x - 0.25, y0: 87.0, x1: x + 0.25, y1: y + 5.0 });
                }
            }
            Drawing { words, lines, ..Drawing::default() }
        },
    )
}

fn check_cells(page: &PageWords, tables: &[PageTable]) {
    let mut used = vec![0; page.words.len()];
    for table in tables {
        for cell in &table.grid.cells {
            assert!(
                cell.row + cell.row_span <= table.grid.rows
                    && cell.column + cell.col_span <= table.grid.columns
            );
            for word in &cell.words {
                used[*word] += 1;
                let (inner, outer) = (page.words[*word].bbox, cell.bbox.grown(0.01));
                assert!(
                    outer.x0 <= inner.x0
                        && inner.x1 <= outer.x1
                        && outer.y0 <= inner.y0
                        && inner.y1 <= outer.y1
                );
            }
        }
        let places: usize = table.grid.cells.iter().map(|c| c.row_span * c.col_span).sum();
        assert_eq!(places, table.grid.rows * table.grid.columns, "each place has one cell");
    }
    assert!(used.iter().all(|u| *u <= 1), "no word stands in two cells");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_table_is_read_whole(drawing in drawings()) {
        let page = page(&drawing, PLAIN);
        let tables = find(&page, &Settings::default());
        check_cells(&page, &tables);
        // Two rows of dashes are no table of figures; anything with figures is one.
        let figures = drawing.words.iter().filter(|w| w.2.contains(|c: char| c.is_ascii_digit())).count();
        if figures > drawing.words.len() / 2 {
            prop_assert_eq!(tables.len(), 1);
        }
    }

    #[test]
    fn place_and_size_change_nothing(drawing in drawings(), dx in 0.0..200.0_f32, dy in 0.0..200.0_f32, scale in 0.8..1.5_f32) {
        let plain = texts(&page(&drawing, PLAIN));
        prop_assert_eq!(&plain, &texts(&page(&drawing, Put { dx, dy, ..PLAIN })));
        prop_assert_eq!(&plain, &texts(&page(&drawing, Put { scale, ..PLAIN })));
    }

    #[test]
    fn a_quarter_turn_changes_nothing(drawing in drawings()) {
        prop_assert_eq!(texts(&page(&drawing, PLAIN)), texts(&page(&drawing, Put { quarter: true, ..PLAIN })));
    }

    #[test]
    fn the_order_of_drawing_changes_nothing(drawing in drawings()) {
        prop_assert_eq!(texts(&page(&drawing, PLAIN)), texts(&page(&drawing, Put { backwards: true, ..PLAIN })));
    }

    #[test]
    fn any_words_and_lines_are_survived(
        words in proptest::collection::vec((0.0..600.0_f32, 0.0..800.0_f32, "[0-9a-z,.%–-]{1,8}"), 0..120),
        lines in proptest::collection::vec((0.0..600.0_f32, 0.0..800.0_f32, 0.0..300.0_f32, any::<bool>()), 0..40),
    ) {
        let lines = lines.iter().map(|(x, y, length, level)| {
            if *level { Rect { x0: *x, y0: *y, x1: x + length, y1: y + 0.5 } } else { Rect { x0: *x, y0: *y, x1: x + 0.5, y1: y + length } }
        });
        let page = page(&Drawing { words, lines: lines.collect(), ..Drawing::default() }, PLAIN);
        check_cells(&page, &find(&page, &Settings::default()));
    }
}

#[test]
fn an_empty_page_has_no_tables() {
    assert!(find(&PageWords::default(), &Settings::default()).is_empty());
}
