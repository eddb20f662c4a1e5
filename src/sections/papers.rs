//! Where one paper ends and the next begins.
//!
//! Evidence for a beginning: page marks that start anew or that said the paper was complete, a head with labels that the
//! paper so far already has, a document's own name or an appendix's number at the top of a page, a cover behind a paper
//! that has ended, and a title that the list of supporting documents has announced. Lines of a head alone, and a cover,
//! are no paper: what begins next belongs to them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::head::is_head_block;
use super::line_reader::LineReader;
use super::tokens::{Token, TokenKind};
use crate::layout::{Block, BlockKind, Layout, Line, PageMark};
use crate::records::attachment;
use crate::records::section::SectionKind;
use crate::vocabulary::{Label, fold};

/// How many blocks at the top of a page are looked at for a paper's beginning.
const TOP_BLOCKS: usize = 14;

/// Blocks at the top of a page among which "Bilaga 1" names the paper.
const ATTACHMENT_BLOCKS: usize = 4;
/// Letters from which a title is told from other lines by its words alone.
const SHORTEST_TITLE: usize = 8;
/// How large a heading is that may be a title, in parts of the body's size.
const LARGE: f32 = 1.15;
/// Most words by which an appendix's title is longer than it was announced.
const MOST_MORE: usize = 3;
/// Most lines of a cover, and letters of one.
const COVER_LINES: usize = 10;
/// Letters from which a line is none of a cover's.
const COVER_LINE: usize = 70;
/// How large a cover's title is, in parts of the body's size.
const COVER_SIZE: f32 = 1.4;

/// Cut a file's blocks into papers.
pub(super) fn cut(layout: &Layout, body: f32, reader: &LineReader<'_>) -> Vec<Range<usize>> {
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
        announced.read(&blocks[scanned..index], reader);
        scanned = index;
        let on_new_sheet = index > 0 && sheets.get(&blocks[index].sheet) == Some(&index);
        let begins = index > last_cut
            && if on_new_sheet {
                begins_on_sheet(layout, index, &marks, &announced, last_cut, body, reader)
            } else {
                layout.grid && begins_in_text(blocks, index, &announced, heads, reader)
            }
            && !only_opens(&blocks[last_cut..index], layout, body, reader);
        if begins {
            starts.push(index);
            announced.use_up(&blocks[index..(index + TOP_BLOCKS).min(blocks.len())]);
            last_cut = index;
            heads = 0;
        }
        if layout.grid && starts_head_cluster(blocks, index, reader) {
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
    reader: &LineReader<'_>,
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
    let so_far = sheet - blocks[last_cut].sheet;
    // "2 (2)" on the second sheet ended the paper.
    if before.iter().any(|m| m.of == Some(m.page) && m.page.abs_diff(so_far) <= 1) && !own.iter().any(goes_on)
    {
        return true;
    }
    if names_new_attachment(layout, last_cut, &top, &furniture, reader) {
        return true;
    }
    if headed_as_attachment(&top, body) && has_ended(&blocks[last_cut..index], reader) {
        return true;
    }
    if own.iter().any(|m| m.page > 1 && (m.of.is_some() || goes_on(m))) {
        // One count may run through a paper and its appendices: then an announced title begins the appendix, where it
        // stands as it was announced or under a head of its own.
        return announced.titles_sheet(&top) || (listed && head_strength(&top, &furniture, reader) >= 2);
    }
    // The first page of a paper is often without a mark and the second says "2 (n)".
    let second_follows = after.iter().any(|m| m.page == 2 && m.of.is_some());
    if second_follows {
        return true;
    }
    let strength = head_strength(&top, &furniture, reader);
    let repeated = repeats_head(layout, last_cut, sheet, reader);
    (strength >= 3 && !repeated)
        || ((listed || announced.heads(&top, &blocks[last_cut..index]) || announced.leads(&top, body))
            && sheet > blocks[last_cut].sheet)
        || (has_ended(&blocks[last_cut..index], reader)
            && is_cover(&sheet_of(blocks, index), layout, body, reader))
}

/// The blocks of the sheet that begins with this one.
fn sheet_of(blocks: &[Block], index: usize) -> Vec<&Block> {
    blocks[index..].iter().take_while(|b| b.sheet == blocks[index].sheet).collect()
}

/// Whether a sheet is a cover: a few short lines, on a page some of them in large letters.
pub(super) fn is_cover(sheet: &[&Block], layout: &Layout, body: f32, reader: &LineReader<'_>) -> bool {
    let lines: Vec<&Line> = sheet.iter().flat_map(|b| &b.lines).collect();
    let short = lines.len() <= COVER_LINES
        && lines.iter().all(|l| l.len() < COVER_LINE && !l.text().ends_with('.'))
        && sheet.iter().all(|b| matches!(b.kind, BlockKind::Paragraph));
    // A page with nothing but signatures or recipients is the end of a paper.
    let signs = |l: &&Line| {
        let of_end = |t: &Token| matches!(t.kind, TokenKind::Names(_) | TokenKind::Role | TokenKind::Mark(_));
        reader.read(l).iter().any(of_end) || reader.heading_kind(&l.text()).is_some_and(|h| h.standard)
    };
    !lines.is_empty()
        && short
        && !lines.iter().any(signs)
        && (layout.grid || sheet.iter().any(|b| b.size() > COVER_SIZE * body))
}

/// Whether what stands so far is a paper put before a committee that has come to its end: it has proposed something,
/// and what stands last are the signatures, the recipients or the documents.
fn has_ended(paper: &[Block], reader: &LineReader<'_>) -> bool {
    let standard = |b: &Block| reader.heading_kind(&b.text).filter(|h| h.standard).map(|h| h.kind);
    let kinds: Vec<SectionKind> = paper.iter().filter_map(standard).collect();
    let closes = |k: &SectionKind| matches!(k, SectionKind::Recipients | SectionKind::SupportingDocuments);
    let signed = || {
        let last = paper.iter().rev().take(8).flat_map(|b| &b.lines);
        reader.any(last, |t| matches!(t.kind, TokenKind::Role))
    };
    kinds.contains(&SectionKind::Proposal) && (kinds.last().is_some_and(closes) || signed())
}

/// Whether these blocks are but the head or the cover of a paper that is still to come.
fn only_opens(paper: &[Block], layout: &Layout, body: f32, reader: &LineReader<'_>) -> bool {
    let all: Vec<&Block> = paper.iter().collect();
    let one_sheet = paper.first().map(|b| b.sheet) == paper.last().map(|b| b.sheet);
    paper.iter().all(|b| could_be_head(b, reader)) || (one_sheet && is_cover(&all, layout, body, reader))
}

/// Whether the top of a page says "Bilaga 2" where the paper so far has not.
fn names_new_attachment(
    layout: &Layout,
    last_cut: usize,
    top: &[&Block],
    furniture: &[&Line],
    reader: &LineReader<'_>,
) -> bool {
    let number = |line: &Line| {
        reader.read(line).iter().find_map(|t| match t.kind {
            TokenKind::Attachment(number) => Some(number),
            _ => None,
        })
    };
    let first = layout.blocks[last_cut].sheet;
    let head = layout.blocks[last_cut..].iter().take(TOP_BLOCKS).take_while(|b| b.sheet == first);
    let own = head.flat_map(|b| &b.lines).chain(layout.furniture.iter().filter(|l| l.sheet == first));
    let own: Vec<u32> = own.filter_map(number).collect();
    // Under the heading of a list it is the list's.
    let lists = |b: &&&Block| {
        reader.heading_kind(&b.text).is_some_and(|h| h.standard && h.kind == SectionKind::SupportingDocuments)
    };
    let numbered = |b: &&&Block| b.lines.iter().any(|l| number(l).is_some());
    let lines =
        top.iter().take(ATTACHMENT_BLOCKS).take_while(|b| !lists(b)).filter(numbered).flat_map(|b| &b.lines);
    let here: Vec<u32> = lines.chain(furniture.iter().copied()).filter_map(number).collect();
    // Several are a list of appendices that goes on from the page before.
    here.len() == 1 && !own.contains(&here[0])
}

/// Whether a page is headed "Bilaga 1: Taxa" in letters larger than the text's.
fn headed_as_attachment(top: &[&Block], body: f32) -> bool {
    let Some(first) = top.iter().find(|b| matches!(b.kind, BlockKind::Paragraph)) else { return false };
    let titled =
        attachment::split(&first.text).is_some_and(|(number, title)| number > 0 && !title.is_empty());
    titled && first.size() > LARGE * body
}

/// How much the top of a page looks like the head of a paper: a document's name counts two, each kind of label one.
fn head_strength(top: &[&Block], furniture: &[&Line], reader: &LineReader<'_>) -> u32 {
    let mut labels: Vec<Label> = Vec::new();
    let mut named = 0;
    for line in top.iter().flat_map(|b| &b.lines).chain(furniture.iter().copied()) {
        for token in reader.read(line).iter() {
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
fn repeats_head(layout: &Layout, last_cut: usize, sheet: u32, reader: &LineReader<'_>) -> bool {
    let first = layout.blocks[last_cut].sheet;
    let values = |of: u32| {
        let lines = layout.blocks.iter().filter(|b| b.sheet == of).take(TOP_BLOCKS).flat_map(|b| &b.lines);
        let furniture = layout.furniture.iter().filter(|l| l.sheet == of);
        let mut found: Vec<String> = reader
            .read_all(lines.chain(furniture))
            .into_iter()
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
    reader: &LineReader<'_>,
) -> bool {
    announced.names_in_text(blocks, index)
        || (heads >= 1 && starts_head_cluster(blocks, index, reader))
        || ((!announced.in_list || blocks[index].heading().is_some()) && heads_attachment(blocks, index))
}

/// Whether a block is the heading "Bilaga 1: Karta", or "Bilaga 1" with a title under it.
fn heads_attachment(blocks: &[Block], index: usize) -> bool {
    let block = &blocks[index];
    let Some((number, title)) = attachment::split(&block.text) else { return false };
    let marked = block.heading().is_some_and(|h| h <= 2);
    let next = blocks.get(index + 1).filter(|b| matches!(b.kind, BlockKind::Paragraph));
    let titled = title.is_empty()
        && next.is_some_and(|b| b.text.chars().count() < 150 && !b.text.ends_with(['.', ':', ',']))
        && next.is_none_or(|b| attachment::split(&b.text).is_none());
    number > 0 && matches!(block.kind, BlockKind::Paragraph) && (marked || titled)
}

/// Whether a run of head lines with two kinds of label or more begins at this block. Names and roles in front of it are
/// the signatures of the paper before.
fn starts_head_cluster(blocks: &[Block], index: usize, reader: &LineReader<'_>) -> bool {
    if !could_be_head(&blocks[index], reader) {
        return false;
    }
    let sheet = blocks[index].sheet;
    let fits = |b: &Block| b.sheet == sheet && could_be_head(b, reader);
    let first = blocks[..index].iter().rposition(|b| !fits(b)).map_or(0, |i| i + 1);
    let run: Vec<&Block> = blocks[first..].iter().take(2 * TOP_BLOCKS).take_while(|b| fits(b)).collect();
    let firm = |b: &Block| {
        reader.any(&b.lines, |t| match t.kind {
            TokenKind::Label(label) => is_head_label(label),
            _ => t.is_firm(),
        })
    };
    let Some(mut start) = run.iter().position(|b| firm(b)) else { return false };
    while start > 0 && names_a_body(run[start - 1], reader) {
        start -= 1;
    }
    let labelled = |t: &Token| matches!(t.kind, TokenKind::Label(label) if is_head_label(label));
    // "Till nämndens möte 2025-10-08" under a title is one line of the head above it.
    let several = run[start..].iter().map(|b| b.lines.len()).sum::<usize>() > 1;
    first + start == index
        && several
        && head_strength(&run[start..], &[], reader) >= 2
        && reader.any(run.iter().flat_map(|b| &b.lines), labelled)
}

fn could_be_head(block: &Block, reader: &LineReader<'_>) -> bool {
    is_head_block(block, reader) && reader.heading_kind(&block.text).is_none_or(|h| !h.standard)
}

fn names_a_body(block: &Block, reader: &LineReader<'_>) -> bool {
    let other = |t: &Token| {
        !matches!(t.kind, TokenKind::Organ(_) | TokenKind::Municipality | TokenKind::DocumentType(_))
    };
    !reader.any(&block.lines, other)
}

/// An appendix as the list of supporting documents announces it, folded.
#[derive(Debug)]
struct Appendix {
    title: String,
    /// What it is headed by: its number and title, or the title of one without a number.
    head: String,
}

/// The appendices that the list of supporting documents has announced and that have not come yet.
#[derive(Debug, Default)]
struct Announced {
    listed: Vec<Appendix>,
    /// Those without a number, which begin a page only as they stand in the list.
    unnumbered: Vec<String>,
    in_list: bool,
}

impl Announced {
    fn read(&mut self, blocks: &[Block], reader: &LineReader<'_>) {
        for block in blocks {
            if matches!(block.kind, BlockKind::Paragraph)
                && let Some(heading) = reader.heading_kind(&block.text)
                && heading.standard
            {
                self.in_list = heading.kind == SectionKind::SupportingDocuments;
                continue;
            }
            if self.in_list
                && let Some(title) = without_attachment_number(&block.text)
            {
                self.listed.push(Appendix { title: fold(title), head: fold(&block.text) });
            } else if self.in_list
                && let Some(title) = attachment::unnumbered(&block.text)
            {
                self.listed.push(Appendix { title: fold(title), head: fold(title) });
            } else if self.in_list {
                self.unnumbered.push(fold(block.text.trim_end_matches(['.', ','])));
            }
        }
    }

    /// Whether a page begins with the title of an appendix that is listed without a number.
    ///
    /// The paper that has the list may itself stand in it, with its title above its later pages.
    fn heads(&self, top: &[&Block], paper: &[Block]) -> bool {
        let own: Vec<String> = paper.iter().take(TOP_BLOCKS).map(|b| fold(&b.text)).collect();
        let titled =
            |b: &&&Block| b.text.chars().count() >= SHORTEST_TITLE && matches!(b.kind, BlockKind::Paragraph);
        let mut texts = top.iter().take(2).filter(titled).map(|b| fold(&b.text));
        texts.any(|text| self.unnumbered.contains(&text) && !own.contains(&text))
    }

    /// Whether a sheet is headed by an appendix just as the list has it: "Bilaga 1 Taxa", or "Taxa" of "Bilaga, Taxa".
    fn titles_sheet(&self, top: &[&Block]) -> bool {
        let titled = top.iter().filter(|b| matches!(b.kind, BlockKind::Paragraph)).take(ATTACHMENT_BLOCKS);
        let mut texts = titled.map(|b| fold(&b.text));
        !self.in_list
            && texts.any(|text| {
                text.chars().count() >= SHORTEST_TITLE && self.listed.iter().any(|a| a.head == text)
            })
    }

    /// Whether a sheet begins with a title that says more than was announced: "Nyckeltal 2025" of "Bilaga 2 Nyckeltal".
    fn leads(&self, top: &[&Block], body: f32) -> bool {
        let Some(first) = top.iter().find(|b| matches!(b.kind, BlockKind::Paragraph)) else { return false };
        let own = fold(&first.text);
        let says_more = |title: &str| {
            own.strip_prefix(title).is_some_and(|rest| {
                rest.starts_with(' ') && (1..=MOST_MORE).contains(&rest.split_whitespace().count())
            })
        };
        // A spreadsheet may be printed in small type.
        let is_large = first.size() > LARGE * body
            || top.len() > 1 && top.iter().skip(1).all(|b| first.size() > LARGE * b.size());
        !self.in_list && is_large && self.listed.iter().any(|a| says_more(&a.title))
    }

    /// Whether a block is the title of an announced appendix.
    fn names(&self, block: &Block, body: f32) -> bool {
        let large = block.size() > LARGE * body || block.heading().is_some_and(|h| h <= 2);
        large && self.position(&block.text).is_some()
    }

    fn names_in_text(&self, blocks: &[Block], index: usize) -> bool {
        if self.in_list && blocks[index].heading().is_none() {
            // Inside the list itself only a title that its own item has gone before can begin the appendix.
            let next = blocks.get(index + 1).map(|b| b.text.as_str()).unwrap_or_default();
            let joined = fold(&format!("{} {next}", blocks[index].text));
            let own = fold(&blocks[index].text);
            return self.listed.iter().any(|a| a.title == own || a.title == joined);
        }
        blocks[index].heading().is_some_and(|h| h <= 2) && self.position(&blocks[index].text).is_some()
    }

    fn use_up(&mut self, blocks: &[Block]) {
        self.in_list = false;
        let used: Vec<String> = blocks.iter().take(2).map(|b| fold(&b.text)).collect();
        self.unnumbered.retain(|title| !used.contains(title));
        let found = blocks.iter().enumerate().find_map(|(i, b)| {
            let joined = blocks.get(i + 1).map(|n| format!("{} {}", b.text, n.text)).unwrap_or_default();
            self.position(&b.text).or_else(|| self.listed.iter().position(|a| a.title == fold(&joined)))
        });
        if let Some(found) = found {
            self.listed.remove(found);
        }
    }

    /// An announced title that is this text, or that says little more: "AMN nyckeltal" announces "Nyckeltal".
    fn position(&self, text: &str) -> Option<usize> {
        let text = without_attachment_number(text).unwrap_or(text);
        let own = fold(text);
        if own.chars().count() < 5 {
            return None;
        }
        self.listed.iter().map(|a| &a.title).position(|t| {
            *t == own
                || (t.split_whitespace().count() <= own.split_whitespace().count() + 2
                    && own.split_whitespace().all(|w| t.split_whitespace().any(|o| o == w)))
        })
    }
}

/// The title behind "Bilaga 1." or "Bilaga 1:".
pub(super) fn without_attachment_number(text: &str) -> Option<&str> {
    let (number, rest) = attachment::split(text)?;
    (number > 0).then_some(rest)
}

#[cfg(test)]
mod tests {

    use crate::glyphs::plain_text::read_lines;
    use crate::layout::lay_out_text;
    use crate::records::document::MediaType;
    use crate::sections::outline;
    use crate::vocabulary::Vocabulary;

    fn titles(text: &str, media_type: MediaType) -> Vec<String> {
        let layout = lay_out_text(&read_lines(text, media_type));
        let papers = outline(&layout, Vocabulary::builtin());
        papers.into_iter().map(|p| p.title.map_or_else(|| "-".to_owned(), |t| t.text)).collect()
    }

    const PAPER: &str = "Tranås kommun\nTjänsteskrivelse\nDatum: 2025-03-04\nDnr: KS 2025/118\n\nAvgifter för torghandel\n\n\
        Förslag till beslut\nNämnden beslutar att godkänna rapporten.\n\nBeslutsunderlag\nBilaga 1 Taxa\n\n\
        Beslutet skickas till\nKommunstyrelsen\n\nKarin Ekstam\nFörvaltningschef\n";

    #[test]
    fn a_heading_with_its_number_begins_an_appendix() {
        let text = "# Avgifter för torghandel\n\n## Förslag till beslut\n\n1. Taxan antas.\n\n## Beslutsunderlag\n\n\
            - Bilaga 1: Taxa\n\n---\n\n# Bilaga 1: Taxa för torghandel\n\nTaxan gäller från årsskiftet.\n";
        assert_eq!(
            titles(text, MediaType::Markdown),
            ["Avgifter för torghandel", "Bilaga 1: Taxa för torghandel"]
        );
    }

    #[test]
    fn an_appendix_may_go_on_the_papers_count_of_pages() {
        let text = format!(
            "Sida 1\n{PAPER}\x0CSida 2\n\nBilaga 1\n\nTaxa för torghandel\n\nTaxan gäller från årsskiftet.\n"
        );
        assert_eq!(titles(&text, MediaType::PlainText), ["Avgifter för torghandel", "Taxa för torghandel"]);
    }

    #[test]
    fn an_appendix_on_the_papers_count_is_told_by_the_words_of_the_list() {
        let list = "1 (2)\nTranås kommun\nTjänsteskrivelse\nDatum: 2025-03-04\n\nAvgifter för torghandel\n\n\
            Förslag till beslut\nNämnden beslutar att anta taxan.\n\nBeslutsunderlag\nBilaga, Taxa för torghandel\n\n\
            Beslutet skickas till\n\nAkten\n\x0C2 (2)\n\n";
        let body = "\n\nTaxan gäller från årsskiftet.\n";
        let paper = "Avgifter för torghandel";
        assert_eq!(
            titles(&format!("{list}Taxa för torghandel{body}"), MediaType::PlainText),
            [paper, "Taxa för torghandel"]
        );
        assert_eq!(titles(&format!("{list}Taxa för andra{body}"), MediaType::PlainText), [paper]);
    }

    #[test]
    fn a_cover_behind_a_complete_paper_begins_a_report() {
        let text = format!(
            "{PAPER}\n1 (1)\n\x0CUppföljning   och   prognos   2025\n\nNämnden   för  Teknik\n\x0C\
             Inledning\n\nResultatet är bättre än väntat.\n\n2\n"
        );
        assert_eq!(
            titles(&text, MediaType::PlainText),
            ["Avgifter för torghandel", "Uppföljning och prognos 2025"]
        );
    }

    #[test]
    fn a_list_of_appendices_on_a_page_of_its_own_begins_nothing() {
        let text = format!(
            "{PAPER}\n1 (2)\n\x0C2 (2)\n\nKonsekvenser för barn\nInga.\n\nBilagor\nBilaga 2 Styrkort för torget\n"
        );
        assert_eq!(titles(&text, MediaType::PlainText), ["Avgifter för torghandel"]);
    }

    #[test]
    fn a_page_of_signatures_begins_nothing() {
        let text = format!("{PAPER}\x0C\nKarin Ekstam          Per Lundvik\nFörvaltningschef      Ekonom\n");
        assert_eq!(titles(&text, MediaType::PlainText), ["Avgifter för torghandel"]);
    }

    #[test]
    fn head_lines_belong_to_the_appendix_below_them() {
        let text = "**Tranås kommun**\n\n| Datum | Dnr |\n|---|---|\n| 2025-03-04 | KS 2025/118 |\n\n# Avgifter för torghandel\n\n\
            ## Förslag till beslut\n\n1. Taxan antas.\n\n---\n\nTranås kommun\nDatum: 2025-03-01\nDnr: KS 2025/118\n\n\
            # Bilaga 1. Taxa för torghandel\n\nTaxan gäller.\n";
        assert_eq!(
            titles(text, MediaType::Markdown),
            ["Avgifter för torghandel", "Bilaga 1. Taxa för torghandel"]
        );
    }
}
