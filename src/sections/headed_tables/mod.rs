//! Tables that their column headings show: "Nr  Åtgärd  Status  Klart  Kommentar" and the rows below.
//!
//! In goes a layout, out comes it with such lines as tables. The stage before finds tables by drawn lines and by columns
//! of figures; a table of words in a text file, or one whose rows run over what was seen as its end, has neither. Here
//! a heading's place is its column's left edge, a row begins where its number or its status stands, and other lines go
//! on with the cells above. A table whose status column holds anything else than statuses was cut wrongly and is left
//! as it was.
//!
//! What was already read surely is kept where all of it is the same table.

mod counted;
mod header;
mod rows;

use std::collections::BTreeSet;

use rows::{HeadedTable, RowReader};

use crate::layout::{Block, BlockKind, Layout, Lexicon, Line, lines_to_blocks};
use crate::place::At;
use crate::records::table::Certainty;
use crate::vocabulary::Vocabulary;

/// Find the tables that their headings show, and put them in place of the lines that they are.
#[must_use]
pub fn with_headed_tables(mut layout: Layout, vocabulary: &Vocabulary) -> Layout {
    counted::read_again(&mut layout, vocabulary);
    let places: Vec<(usize, &Line)> =
        layout.blocks.iter().enumerate().flat_map(|(at, b)| b.lines.iter().map(move |l| (at, l))).collect();
    let lines: Vec<&Line> = places.iter().map(|(_, line)| *line).collect();
    let mut lexicon = Lexicon::default();
    lines.iter().for_each(|line| lexicon.add_line(&line.text()));
    let reader = RowReader { lines: &lines, vocabulary, lexicon: &lexicon, grid: layout.grid };
    let mut found: Vec<HeadedTable> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match reader.read(at) {
            Some(table) if is_better(&table, &places, &layout) => {
                at = table.lines.last().map_or(at, |last| *last) + 1;
                found.push(table);
            }
            _ => at += 1,
        }
    }
    if found.is_empty() {
        return layout;
    }
    let of_block: Vec<usize> = places.iter().map(|(block, _)| *block).collect();
    let blocks = replaced(&layout, &of_block, &found);
    layout.blocks = blocks;
    layout.tables.extend(found.into_iter().map(|f| f.table));
    layout.doubts.resize_with(layout.tables.len(), Vec::new);
    layout
}

/// Whether a table shows more than those that were seen where it stands.
fn is_better(found: &HeadedTable, places: &[(usize, &Line)], layout: &Layout) -> bool {
    let blocks: BTreeSet<usize> = found.lines.iter().map(|at| places[*at].0).collect();
    let own: BTreeSet<usize> = found.lines.iter().copied().collect();
    let mut seen = Vec::new();
    for block in blocks {
        let BlockKind::Table(index) = layout.blocks[block].kind else { continue };
        let Some(table) = layout.tables.get(index) else { continue };
        if table.rows.iter().flatten().any(|c| c.image.is_some()) {
            return false;
        }
        let whole = (0..places.len()).filter(|at| places[*at].0 == block).all(|at| own.contains(&at));
        let sure = table.certainty == Certainty::Sure;
        if sure && !whole {
            return false;
        }
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        seen.push((block, sure && columns >= found.table.rows[0].len()));
    }
    let is_seen = |at: usize| seen.iter().any(|(block, _)| *block == places[at].0);
    // A text below a drawn table is not part of it; the rest of a cut row, or another row, is.
    let beyond = found.lines.iter().zip(&found.begins).filter(|(at, _)| !is_seen(**at));
    let mut more = beyond.filter(|(at, begins)| {
        **begins || places[**at].1.spans.iter().any(|s| s.text.starts_with(char::is_lowercase))
    });
    seen.is_empty() || seen.iter().any(|(_, good)| !good) || more.next().is_some()
}

/// The blocks with tables in place of the lines that they are.
fn replaced(layout: &Layout, of_block: &[usize], found: &[HeadedTable]) -> Vec<Block> {
    let mut table_of = vec![None; of_block.len()];
    for (table, headed) in found.iter().enumerate() {
        headed.lines.iter().for_each(|at| table_of[*at] = Some(table));
    }
    let mut blocks = Vec::with_capacity(layout.blocks.len());
    let mut first = 0;
    for (index, block) in layout.blocks.iter().enumerate() {
        let range = first..first + block.lines.len();
        debug_assert!(range.clone().all(|at| of_block[at] == index));
        first = range.end;
        if range.clone().all(|at| table_of[at].is_none()) {
            blocks.push(block.clone());
            continue;
        }
        let mut rest: Vec<Line> = Vec::new();
        for (at, line) in range.zip(&block.lines) {
            match table_of[at] {
                None => rest.push(line.clone()),
                Some(table) => {
                    blocks.append(&mut lines_to_blocks(&std::mem::take(&mut rest), layout.grid));
                    if found[table].lines.first() == Some(&at) {
                        blocks.push(table_block(
                            layout,
                            &found[table],
                            layout.tables.len() + table,
                            of_block,
                        ));
                    }
                }
            }
        }
        blocks.append(&mut lines_to_blocks(&rest, layout.grid));
    }
    blocks
}

fn table_block(layout: &Layout, headed: &HeadedTable, index: usize, of_block: &[usize]) -> Block {
    let start_of = |block: usize| of_block.partition_point(|b| *b < block);
    let line = |at: &usize| layout.blocks[of_block[*at]].lines[at - start_of(of_block[*at])].clone();
    let lines: Vec<Line> = headed.lines.iter().map(line).collect();
    let at: At = lines.iter().map(|l| l.place).collect();
    let sheet = lines.first().map_or(1, |l| l.sheet);
    Block { kind: BlockKind::Table(index), lines, text: String::new(), sheet, at }
}
