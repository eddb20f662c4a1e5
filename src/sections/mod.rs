//! Stage 4: what is under which heading?
//!
//! In goes a file's layout, out come its papers, each with its head, its title and its parts in reading order. What
//! the parts say is for the records to read.

mod contents;
pub mod entries;
mod head;
mod headed_tables;
mod heading_lines;
mod headings;
mod line_reader;
mod numbering;
mod papers;
mod plain_headings;
mod signatures;
pub mod tokens;

pub use entries::EntryHead;
pub use head::Title;
pub use headed_tables::with_headed_tables;
pub(crate) use signatures::place_and_date;

use std::ops::RangeInclusive;

use headings::Typography;
use line_reader::LineReader;
use tokens::TokenKind;

use crate::layout::{Block, BlockKind, Layout, Line, lines_to_blocks};
use crate::place::{At, Place};
use crate::records::section::SectionKind;
use crate::vocabulary::{Vocabulary, fold};

/// Most lines of a cover on which nothing stands in columns.
const FEW_LINES: usize = 4;

/// Fewest pieces of a line whose words are set wide, and the widest space between them in points of the grid: three
/// characters.
const FEWEST_WIDE: usize = 3;
const WIDEST_SPACE: f32 = 15.0;

/// One paper of a file.
#[derive(Clone, Debug)]
pub struct PaperOutline {
    /// The lines of its head and of the first page's foot, in reading order: who, when, which number.
    pub head: Vec<Line>,
    /// Its title.
    pub title: Option<Title>,
    /// Its parts in reading order.
    pub parts: Vec<Part>,
    /// The sheets it is on.
    pub sheets: RangeInclusive<u32>,
    /// Its pages or lines.
    pub at: Vec<Place>,
}

/// A heading and what stands directly under it.
#[derive(Clone, Debug)]
pub struct Part {
    /// The heading; `None` for what stands before the first one, and for signatures.
    pub heading: Option<Block>,
    /// What the part is about.
    pub kind: SectionKind,
    /// Depth in the tree, from 1.
    pub level: u32,
    /// What the heading says where the part reports on one thing that is followed up.
    pub entry: Option<EntryHead>,
    /// What stands under the heading, parts below it left out.
    pub blocks: Vec<Block>,
}

impl Part {
    fn headless(kind: SectionKind, level: u32, blocks: Vec<Block>) -> Self {
        Self { heading: None, kind, level, entry: None, blocks }
    }

    /// Where heading and blocks stand.
    #[must_use]
    pub fn at(&self) -> At {
        let mut at = At::default();
        for block in self.heading.iter().chain(&self.blocks) {
            at.extend(&block.at);
        }
        at
    }
}

/// Cut a file into papers and each paper into parts.
#[must_use]
pub fn outline(layout: &Layout, vocabulary: &Vocabulary) -> Vec<PaperOutline> {
    let reader = &LineReader::new(vocabulary);
    let mut blocks = dissolve_heads(layout, reader);
    close_covers(&mut blocks, layout, reader);
    if layout.grid {
        close_wide_words(&mut blocks);
        headings::unlist_chapters(&mut blocks);
    }
    let faces = Typography::of(&blocks, layout.grid);
    let blocks = contents::without(blocks, layout.grid, vocabulary);
    let blocks = heading_lines::join(blocks, faces, vocabulary);
    let layout = &Layout { blocks, ..layout.clone() };
    let cuts = papers::cut(layout, faces.body, reader);
    let mut found = Vec::new();
    for range in cuts {
        let blocks = &layout.blocks[range.clone()];
        let Some(first) = blocks.first() else { continue };
        let sheets = first.sheet
            ..=blocks.iter().flat_map(|b| b.lines.last()).map(|l| l.sheet).max().unwrap_or(first.sheet);
        let furniture: Vec<&Line> = layout.furniture.iter().filter(|l| sheets.contains(&l.sheet)).collect();
        let head::Parted { head, title, rest } = head::part(blocks, &furniture, layout, faces, reader);
        let mut parts =
            headings::part_by_headings(&rest, title.as_ref().map(|t| t.text.as_str()), faces, vocabulary);
        parts = headings::without_front_matter(parts, vocabulary);
        entries::let_gather(&mut parts);
        let senders = head.iter().flat_map(|l| senders_in(l, reader)).collect();
        signatures::set_apart(&mut parts, &senders, vocabulary);
        found.push(PaperOutline { head, title, parts, at: places(blocks, &sheets, layout), sheets });
    }
    found
}

/// What of a head's line may be the sender's name: lines that say no more than a few words.
fn senders_in(line: &Line, reader: &LineReader<'_>) -> Vec<String> {
    let tokens = reader.read(line);
    let unknown =
        tokens.iter().filter(|t| t.kind == TokenKind::Other && tokens::may_name_department(&t.text));
    unknown.map(|t| fold(&t.text)).collect()
}

/// Turn tables that are heads of papers back into lines: labels over values in aligned columns look like tables.
fn dissolve_heads(layout: &Layout, reader: &LineReader<'_>) -> Vec<Block> {
    let is_head = |block: &Block| {
        let tokens: Vec<_> = block.lines.iter().take(12).map(|l| reader.read(l)).collect();
        let count = |fits: fn(&TokenKind) -> bool| {
            tokens.iter().flat_map(|t| t.iter()).filter(|t| fits(&t.kind)).count()
        };
        let labels = count(|k| matches!(k, TokenKind::Label(_)));
        let named = count(|k| matches!(k, TokenKind::DocumentType(_) | TokenKind::Attachment(_)));
        let values = count(|k| matches!(k, TokenKind::Date(_) | TokenKind::Diarienummer(_)));
        let head_lines = tokens.iter().filter(|t| tokens::is_head_line(t)).count();
        (labels >= 2 || (named >= 1 && values >= 1)) && 2 * head_lines >= tokens.len()
    };
    let body = headings::body_size(&layout.blocks);
    let mut blocks = Vec::with_capacity(layout.blocks.len());
    for block in &layout.blocks {
        if matches!(block.kind, BlockKind::Table(_)) && is_head(block) {
            blocks.extend(lines_to_blocks(&block.lines, layout.grid));
        } else {
            blocks.push(headings::unlisted(block, layout.grid, body, reader.vocabulary()));
        }
    }
    blocks
}

/// On a cover of a text the words of a title often stand far apart, and nothing else stands in columns.
fn close_covers(blocks: &mut [Block], layout: &Layout, reader: &LineReader<'_>) {
    for sheet in blocks.chunk_by_mut(|a, b| a.sheet == b.sheet).filter(|_| layout.grid) {
        let all: Vec<&Block> = sheet.iter().collect();
        let lines: usize = all.iter().map(|b| b.lines.len()).sum();
        if lines > FEW_LINES || !papers::is_cover(&all, layout, 0.0, reader) {
            continue;
        }
        for line in sheet.iter_mut().flat_map(|b| &mut b.lines) {
            line.close_up();
        }
    }
}

/// The words of a title may be set so wide that a text shows them in columns: a line of small words with two or three
/// spaces between nearly all of them is running text.
fn close_wide_words(blocks: &mut [Block]) {
    let is_wide = |line: &Line| {
        let text = line.text();
        let words = text.split_whitespace().count();
        let small = line.spans.iter().filter(|span| span.text.starts_with(char::is_lowercase)).count();
        let gaps = line.spans.windows(2).map(|pair| pair[1].bbox.x0 - pair[0].bbox.x1);
        line.spans.len() >= FEWEST_WIDE
            && words > line.spans.len()
            && 2 * small >= line.spans.len()
            && !text.bytes().any(|b| b.is_ascii_digit())
            && gaps.fold(0.0, f32::max) <= WIDEST_SPACE
    };
    for line in blocks
        .iter_mut()
        .filter(|block| block.kind == BlockKind::Paragraph && block.lines.len() <= FEW_LINES)
        .flat_map(|block| &mut block.lines)
        .filter(|line| is_wide(line))
    {
        line.close_up();
    }
}

/// The whole pages of a paper, or its lines where the file has none.
fn places(blocks: &[Block], sheets: &RangeInclusive<u32>, layout: &Layout) -> Vec<Place> {
    if layout.grid {
        let mut at = At::default();
        for block in blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Table(_))) {
            at.extend(&block.at);
        }
        return at.0;
    }
    let whole = |sheet: u32| {
        let (width, height) = layout.page_sizes.get(sheet as usize - 1).copied().unwrap_or_default();
        Place::on_page(sheet, crate::geometry::Rect::new(0.0, 0.0, width, height))
    };
    sheets.clone().map(whole).collect()
}
