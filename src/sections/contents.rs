//! Tables of contents: lines that name a heading and the page it is on. They are no text and no headings themselves, and
//! what they list are headings further on.
//!
//! In go a file's blocks, out come the blocks without such lines, and in a text, which shows no type, the listed
//! headings marked as such.

use std::collections::HashMap;

use super::numbering::depth_of;
use crate::layout::{Block, BlockKind, Line, lines_to_blocks};
use crate::pattern::Pattern;
use crate::vocabulary::{Label, Vocabulary, fold};

/// A title, leaders, a page number.
static LED: Pattern = Pattern::new(r"^(.*?)\s*(?:\.{4,}|(?:\. ){4,}\.?|…{2,}|_{5,})\s*([0-9]{1,4})?\s*$");
/// A title and a page number.
static PAGED: Pattern = Pattern::new(r"^(.*\p{L}.*?)\s+([0-9]{1,3})$");
/// Fewest lines with page numbers but without leaders that make a table of contents.
const FEWEST: usize = 3;

/// The blocks without tables of contents.
pub(super) fn without(blocks: Vec<Block>, grid: bool, vocabulary: &Vocabulary) -> Vec<Block> {
    let lines: Vec<&Line> = blocks.iter().filter(|b| is_text(b)).flat_map(|b| &b.lines).collect();
    let titles = listed(&lines, vocabulary);
    if titles.iter().all(Option::is_none) {
        return blocks;
    }
    let marks = blocks.iter().any(|b| b.heading().is_some());
    let names: HashMap<String, u8> = titles
        .iter()
        .flatten()
        .map(|title| (fold(title), depth_of(title).unwrap_or(1)))
        .filter(|(title, _)| title.chars().any(char::is_alphabetic))
        .collect();
    let mut titles = titles.into_iter();
    let mut kept = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        if !is_text(&block) {
            kept.push(block);
            continue;
        }
        let is_listing: Vec<bool> = titles.by_ref().take(block.lines.len()).map(|t| t.is_some()).collect();
        if is_listing.contains(&true) {
            let rest: Vec<Line> =
                block.lines.iter().zip(&is_listing).filter(|(_, l)| !**l).map(|(l, _)| l.clone()).collect();
            kept.extend(lines_to_blocks(&rest, grid));
            continue;
        }
        let level = names.get(&fold(&block.text_with_mark())).filter(|_| grid && !marks);
        if let Some(level) = level {
            block.text = block.text_with_mark();
            block.kind = BlockKind::Paragraph;
            block.lines.iter_mut().for_each(|l| l.heading = Some(*level));
        }
        kept.push(block);
    }
    kept
}

fn is_text(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Table(_))
}

/// For each line the title that it lists, where it is a line of contents.
fn listed(lines: &[&Line], vocabulary: &Vocabulary) -> Vec<Option<String>> {
    let texts: Vec<String> = lines.iter().map(|l| l.text()).collect();
    let mut found: Vec<Option<String>> = texts
        .iter()
        .map(|text| LED.captures(text).and_then(|m| m.get(1)).map(|m| m.as_str().to_owned()))
        .collect();
    // Below the word "Innehåll" page numbers that rise are enough.
    let is_contents =
        |text: &String| vocabulary.labels.whole(text).is_some_and(|l| l.code == Label::Contents);
    for start in (0..texts.len()).filter(|i| is_contents(&texts[*i])) {
        let mut page = 0;
        let entries: Vec<(usize, String)> = (start + 1..texts.len())
            .map_while(|i| {
                let title = match &found[i] {
                    Some(title) => title.clone(),
                    None => {
                        let paged = PAGED.captures(&texts[i])?;
                        let number: u32 = paged[2].parse().ok().filter(|n| *n >= page)?;
                        page = number;
                        paged[1].trim().to_owned()
                    }
                };
                Some((i, title))
            })
            .collect();
        if entries.len() >= FEWEST {
            entries.into_iter().for_each(|(i, title)| found[i] = Some(title));
        }
    }
    // The first line of a title that takes two.
    for i in 1..found.len() {
        let wraps = found[i].is_some()
            && found[i - 1].is_none()
            && (i < 2 || found[i - 2].is_some())
            && (texts[i].starts_with(char::is_lowercase) || found[i].as_deref() == Some(""))
            && lines[i].sheet == lines[i - 1].sheet;
        if wraps {
            let whole = format!("{} {}", texts[i - 1], found[i].clone().unwrap_or_default());
            found[i - 1] = Some(whole);
        }
    }
    found
}
