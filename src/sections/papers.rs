//! Where one paper ends and the next begins.
//!
//! Evidence for a beginning: page marks that start anew, a head with labels that the paper so far already has, a
//! document's own name at the top of a page, and a title that the list of supporting documents has announced.

use std::collections::BTreeMap;
use std::ops::Range;

use super::head::is_head_block;
use super::tokens::{TokenKind, read_line};
use crate::layout::{Block, BlockKind, Layout, Line, PageMark};
use crate::records::section::SectionKind;
use crate::vocabulary::{Label, Vocabulary, fold};

/// How many blocks at the top of a page are looked at for a paper's beginning.
const TOP_BLOCKS: usize = 14;

/// Cut a file's blocks into papers.
pub(super) fn cut(layout: &Layout, body: f32, vocabulary: &Vocabulary) -> Vec<Range<usize>> {
    let blocks = &layout.blocks;
    if blocks.is_empty() {
        return Vec::new();
    }
    let mut starts = vec![0];
    let sheets = sheet_starts(blocks);
    let marks = page_marks(layout);
    let mut announced = Announced::default();
    let mut last_cut = 0;
    let mut scanned = 0;
    let mut heads = 0;
    for index in 0..blocks.len() {
        announced.read(&blocks[scanned..index], vocabulary);
        scanned = index;
        let on_new_sheet = index > 0 && sheets.get(&blocks[index].sheet) == Some(&index);
        let begins = index > last_cut
            && if on_new_sheet {
                begins_on_sheet(layout, index, &marks, &announced, last_cut, body, vocabulary)
            } else {
                layout.grid && begins_in_text(blocks, index, &announced, heads, vocabulary)
            };
        if begins {
            starts.push(index);
            announced.use_up(&blocks[index..(index + TOP_BLOCKS).min(blocks.len())]);
            last_cut = index;
            heads = 0;
        }
        if layout.grid && starts_head_cluster(blocks, index, vocabulary) {
            heads += 1;
        }
    }
    let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The first block of each sheet.
fn sheet_starts(blocks: &[Block]) -> BTreeMap<u32, usize> {
    let mut starts = BTreeMap::new();
    for (index, block) in blocks.iter().enumerate() {
        starts.entry(block.sheet).or_insert(index);
    }
    starts
}

/// The page marks on each sheet.
fn page_marks(layout: &Layout) -> BTreeMap<u32, Vec<PageMark>> {
    let mut marks: BTreeMap<u32, Vec<PageMark>> = BTreeMap::new();
    let body = layout.blocks.iter().flat_map(|b| &b.lines).filter(|l| l.len() < 60 && l.spans.len() <= 3);
    for line in layout.furniture.iter().chain(body) {
        let last = line.spans.last().map(|s| s.text.as_str()).unwrap_or_default();
        let mark = PageMark::whole(last).or_else(|| if line.furniture { PageMark::find(last) } else { None });
        if let Some(mark) = mark.filter(|m| m.of.is_some() || line.furniture) {
            marks.entry(line.sheet).or_default().push(mark);
        }
    }
    marks
}

fn begins_on_sheet(
    layout: &Layout,
    index: usize,
    marks: &BTreeMap<u32, Vec<PageMark>>,
    announced: &Announced,
    last_cut: usize,
    body: f32,
    vocabulary: &Vocabulary,
) -> bool {
    let blocks = &layout.blocks;
    let sheet = blocks[index].sheet;
    let own = marks.get(&sheet).map_or(&[][..], Vec::as_slice);
    let before = marks.get(&(sheet - 1)).map_or(&[][..], Vec::as_slice);
    let after = marks.get(&(sheet + 1)).map_or(&[][..], Vec::as_slice);
    let goes_on =
        |own: &PageMark| before.iter().any(|b| b.page + 1 == own.page && (b.of == own.of || b.of.is_none()));
    if own.iter().any(|m| m.page == 1 && m.of.is_some()) {
        return true;
    }
    let top = &blocks[index..(index + TOP_BLOCKS).min(blocks.len())];
    let top: Vec<&Block> = top.iter().take_while(|b| b.sheet == sheet).collect();
    let furniture: Vec<&Line> = layout.furniture.iter().filter(|l| l.sheet == sheet).collect();
    let listed = top.iter().take(10).any(|b| announced.names(b, body));
    if own.iter().any(|m| m.page > 1 && (m.of.is_some() || goes_on(m))) {
        // One count may run through a paper and its appendices: then an announced title under a head of its own begins
        // the appendix.
        return listed && head_strength(&top, &furniture, vocabulary) >= 2;
    }
    // The first page of a paper is often without a mark and the second says "2 (n)".
    let second_follows = after.iter().any(|m| m.page == 2 && m.of.is_some());
    if second_follows {
        return true;
    }
    (head_strength(&top, &furniture, vocabulary) >= 3 && !repeats_head(layout, last_cut, sheet, vocabulary))
        || (listed && sheet > blocks[last_cut].sheet)
}

/// How much the top of a page looks like the head of a paper: a document's name counts two, each kind of label one.
fn head_strength(top: &[&Block], furniture: &[&Line], vocabulary: &Vocabulary) -> u32 {
    let mut labels: Vec<Label> = Vec::new();
    let mut named = 0;
    for line in top.iter().flat_map(|b| &b.lines).chain(furniture.iter().copied()) {
        for token in read_line(line, vocabulary) {
            match token.kind {
                TokenKind::Label(label) if is_head_label(label) && !labels.contains(&label) => {
                    labels.push(label)
                }
                TokenKind::DocumentType(_) | TokenKind::Attachment(_) => named = 2,
                _ => {}
            }
        }
    }
    named + u32::try_from(labels.len()).unwrap_or(0)
}

fn is_head_label(label: Label) -> bool {
    matches!(
        label,
        Label::Date | Label::Diarienummer | Label::CaseOfficer | Label::MeetingDate | Label::Committee
    )
}

/// Whether the head on this sheet is the current paper's own, printed again: the same registration numbers and dates.
fn repeats_head(layout: &Layout, last_cut: usize, sheet: u32, vocabulary: &Vocabulary) -> bool {
    let first = layout.blocks[last_cut].sheet;
    let values = |of: u32| {
        let lines = layout.blocks.iter().filter(|b| b.sheet == of).take(TOP_BLOCKS).flat_map(|b| &b.lines);
        let furniture = layout.furniture.iter().filter(|l| l.sheet == of);
        let mut found: Vec<String> = lines
            .chain(furniture)
            .flat_map(|l| read_line(l, vocabulary))
            .filter(|t| {
                matches!(
                    t.kind,
                    TokenKind::Diarienummer(_) | TokenKind::DocumentType(_) | TokenKind::Attachment(_)
                )
            })
            .map(|t| fold(&t.text))
            .collect();
        found.sort();
        found.dedup();
        found
    };
    let (own, here) = (values(first), values(sheet));
    !here.is_empty() && here.iter().all(|v| own.contains(v))
}

/// In a text without pages: a second head, or an announced title.
fn begins_in_text(
    blocks: &[Block],
    index: usize,
    announced: &Announced,
    heads: usize,
    vocabulary: &Vocabulary,
) -> bool {
    announced.names_in_text(blocks, index) || (heads >= 1 && starts_head_cluster(blocks, index, vocabulary))
}

/// Whether a run of head lines with two kinds of label or more begins at this block. Names and roles in front of it are
/// the signatures of the paper before.
fn starts_head_cluster(blocks: &[Block], index: usize, vocabulary: &Vocabulary) -> bool {
    if !could_be_head(&blocks[index], vocabulary) {
        return false;
    }
    let sheet = blocks[index].sheet;
    let fits = |b: &Block| b.sheet == sheet && could_be_head(b, vocabulary);
    let first = blocks[..index].iter().rposition(|b| !fits(b)).map_or(0, |i| i + 1);
    let run: Vec<&Block> = blocks[first..].iter().take(2 * TOP_BLOCKS).take_while(|b| fits(b)).collect();
    let firm = |b: &Block| {
        b.lines.iter().flat_map(|l| read_line(l, vocabulary)).any(|t| match t.kind {
            TokenKind::Label(label) => is_head_label(label),
            _ => t.is_firm(),
        })
    };
    let Some(mut start) = run.iter().position(|b| firm(b)) else { return false };
    while start > 0 && names_a_body(run[start - 1], vocabulary) {
        start -= 1;
    }
    let tokens = || run.iter().flat_map(|b| &b.lines).flat_map(|l| read_line(l, vocabulary));
    first + start == index
        && head_strength(&run[start..], &[], vocabulary) >= 2
        && tokens().any(|t| matches!(t.kind, TokenKind::Label(label) if is_head_label(label)))
}

fn could_be_head(block: &Block, vocabulary: &Vocabulary) -> bool {
    is_head_block(block, vocabulary) && vocabulary.heading_kind(&block.text).is_none_or(|h| !h.standard)
}

fn names_a_body(block: &Block, vocabulary: &Vocabulary) -> bool {
    let tokens: Vec<_> = block.lines.iter().flat_map(|l| read_line(l, vocabulary)).collect();
    let body = |k: &TokenKind| {
        matches!(k, TokenKind::Organ(_) | TokenKind::Municipality | TokenKind::DocumentType(_))
    };
    tokens.iter().all(|t| body(&t.kind))
}

/// The appendices that the list of supporting documents has announced and that have not come yet.
#[derive(Debug, Default)]
struct Announced {
    titles: Vec<String>,
    in_list: bool,
}

impl Announced {
    fn read(&mut self, blocks: &[Block], vocabulary: &Vocabulary) {
        for block in blocks {
            if matches!(block.kind, BlockKind::Paragraph)
                && let Some(heading) = vocabulary.heading_kind(&block.text)
                && heading.standard
            {
                self.in_list = heading.kind == SectionKind::SupportingDocuments;
                continue;
            }
            if self.in_list
                && let Some(title) = without_attachment_number(&block.text)
            {
                self.titles.push(fold(title));
            }
        }
    }

    /// Whether a block is the title of an announced appendix.
    fn names(&self, block: &Block, body: f32) -> bool {
        let large = block.size() > 1.15 * body || block.heading().is_some_and(|h| h <= 2);
        large && self.position(&block.text).is_some()
    }

    fn names_in_text(&self, blocks: &[Block], index: usize) -> bool {
        if self.in_list && blocks[index].heading().is_none() {
            // Inside the list itself only a title that its own item has gone before can begin the appendix.
            let next = blocks.get(index + 1).map(|b| b.text.as_str()).unwrap_or_default();
            let joined = fold(&format!("{} {next}", blocks[index].text));
            let own = fold(&blocks[index].text);
            return self.titles.iter().any(|t| *t == own || *t == joined);
        }
        blocks[index].heading().is_some_and(|h| h <= 2) && self.position(&blocks[index].text).is_some()
    }

    fn use_up(&mut self, blocks: &[Block]) {
        self.in_list = false;
        let found = blocks.iter().enumerate().find_map(|(i, b)| {
            let joined = blocks.get(i + 1).map(|n| format!("{} {}", b.text, n.text)).unwrap_or_default();
            self.position(&b.text).or_else(|| self.titles.iter().position(|t| *t == fold(&joined)))
        });
        if let Some(found) = found {
            self.titles.remove(found);
        }
    }

    /// An announced title that is this text, or that says little more: "AMN nyckeltal" announces "Nyckeltal".
    fn position(&self, text: &str) -> Option<usize> {
        let text = without_attachment_number(text).unwrap_or(text);
        let own = fold(text);
        if own.chars().count() < 5 {
            return None;
        }
        self.titles.iter().position(|t| {
            *t == own
                || (t.split_whitespace().count() <= own.split_whitespace().count() + 2
                    && own.split_whitespace().all(|w| t.split_whitespace().any(|o| o == w)))
        })
    }
}

/// The title behind "Bilaga 1." or "Bilaga 1:".
pub(super) fn without_attachment_number(text: &str) -> Option<&str> {
    let (number, rest) = crate::records::attachment::split(text)?;
    (number > 0).then_some(rest)
}
