//! The head of a paper: what stands above the title, and what the first page's foot adds.

use std::collections::HashSet;

use super::headings::{LARGER, Typography, is_heading};
use super::line_reader::LineReader;
use super::numbering::depth_of;
use super::tokens::{self, TokenKind, is_head_line};
use crate::layout::{Block, BlockKind, Layout, Line, PageMark, Span};
use crate::place::At;
use crate::records::paper::PaperKind;
use crate::records::section::SectionKind;
use crate::vocabulary::{Label, fold};

/// Letters from which a paragraph is prose rather than a line of a head or a title.
const PROSE: usize = 170;
/// Words from which a paragraph that ends like a sentence is prose.
const PROSE_WORDS: usize = 8;
/// Share of the body's size below which a page's foot is set smaller.
const SMALLER: f32 = 0.9;

/// Most lines of a page's foot.
const LONGEST_FOOT: usize = 14;

/// Most lines of a list of labels and values.
const LONGEST_LIST: usize = 24;
/// Fewest known labels of such a list.
const FEWEST_LABELS: usize = 2;
/// Longest label of such a list, in characters.
const LONGEST_LABEL: usize = 40;
/// How much larger than the body a report's name is set that is its title.
const NAME_AS_TITLE: f32 = 1.3;

/// A title as the paper prints it.
#[derive(Clone, Debug, PartialEq)]
pub struct Title {
    /// Its text, "Bilaga n" still in front.
    pub text: String,
    /// Where it stands.
    pub at: At,
}

/// A paper parted into head, title and the rest.
pub(super) struct Parted {
    pub(super) head: Vec<Line>,
    pub(super) title: Option<Title>,
    pub(super) rest: Vec<Block>,
}

/// Part a paper's blocks.
pub(super) fn part(
    blocks: &[Block],
    furniture: &[&Line],
    layout: &Layout,
    faces: Typography,
    reader: &LineReader<'_>,
) -> Parted {
    let body = faces.body;
    let first_sheet = blocks.first().map_or(1, |b| b.sheet);
    let mut head: Vec<Line> =
        furniture.iter().filter(|l| l.sheet == first_sheet).map(|l| (*l).clone()).collect();
    let named = reader.any(&head, |t| matches!(t.kind, TokenKind::DocumentType(_)));
    let (opening, after) = blocks.split_at(opening_end(blocks, named, faces, reader));
    let mut candidates: Vec<Block> = Vec::new();
    for (index, block) in opening.iter().enumerate() {
        // "… anläggningar i" / "Kungsbacka kommun": a title's last line may be a name.
        let goes_on = candidates.last().is_some_and(|last| {
            // What ends with its year is whole.
            !last.text.ends_with(|c: char| c.is_ascii_digit())
                && follows_closely(last, block)
                && last.size() == block.size()
                && last.is_bold() == block.is_bold()
        }) && block.lines.iter().all(|l| {
            reader.read(l).iter().all(|t| matches!(t.kind, TokenKind::Municipality | TokenKind::Organ(_)))
        });
        let values = index > 0 && stands_under_labels(&opening[index - 1], block, reader);
        if (is_head_block(block, reader) && !goes_on) || values {
            head.extend(block.lines.clone());
        } else {
            candidates.push(block.clone());
        }
    }
    let named =
        title_behind_label(&mut candidates, &mut head, reader).or_else(|| title_in_list(opening, reader));
    let (title, before, rest) = match named {
        Some(title) => (Some(title), candidates, Vec::new()),
        None => take_title(candidates, after.first(), faces, reader),
    };
    head.extend(before.into_iter().flat_map(|b| b.lines));
    // Another's number under the title: "M2008/2398/A".
    let (numbers, mut rest): (Vec<Block>, Vec<Block>) = rest.into_iter().partition(is_lone_number);
    head.extend(numbers.into_iter().flat_map(|b| b.lines));
    rest.extend_from_slice(after);
    let mut title = title;
    if title.is_none() {
        title = title_from_first_heading(&mut rest, faces, reader);
    }
    if title.is_none() {
        title = title_from_name(&head, body, reader)
            .or_else(|| title_from_running_head(furniture, first_sheet, reader));
    }
    let rest = take_feet(rest, first_sheet, &mut head, layout, body, reader);
    if names_minutes(&head, reader) {
        // The number of each matter stands under its title, and is its text as well.
        head.extend(rest.iter().filter_map(|b| matter_number(b, reader)).cloned());
    }
    head.sort_by(|a, b| {
        a.sheet
            .cmp(&b.sheet)
            .then(a.bbox.center().y.total_cmp(&b.bbox.center().y))
            .then(a.bbox.x0.total_cmp(&b.bbox.x0))
    });
    Parted { head, title, rest }
}

/// The title in "Ärende: Avgifter för torghandel", which may go on over lines until the next label.
fn title_behind_label(
    candidates: &mut Vec<Block>,
    head: &mut Vec<Line>,
    reader: &LineReader<'_>,
) -> Option<Title> {
    let begins = |block: &Block| labelled_title(&block.lines.first()?.text(), reader);
    let (index, mut text) = candidates.iter().enumerate().find_map(|(i, b)| Some((i, begins(b)?)))?;
    let block = candidates.remove(index);
    let own = 1 + block.lines[1..].iter().take_while(|line| labelled(&line.text(), reader).is_none()).count();
    for line in &block.lines[1..own] {
        text = format!("{text} {}", line.text());
    }
    let at = if own == block.lines.len() {
        block.at
    } else {
        block.lines[..own].iter().map(|line| line.place).collect()
    };
    head.extend(block.lines.into_iter().skip(own));
    Some(Title { text, at })
}

/// The label that a text begins with, and what stands behind it.
fn labelled(text: &str, reader: &LineReader<'_>) -> Option<(Label, String)> {
    let (entry, length) = reader.vocabulary().labels.prefix(text)?;
    Some((entry.code, tokens::behind_colon(&text[length..])?.trim().to_owned()))
}

/// What a text says behind the label of titles.
fn labelled_title(text: &str, reader: &LineReader<'_>) -> Option<String> {
    let (code, title) = labelled(text, reader)?;
    let says = title.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    (code == Label::Title && says).then_some(title)
}

/// The title in a list of labels and values: "Ärendemening ...: Avgifter för torghandel".
fn title_in_list(opening: &[Block], reader: &LineReader<'_>) -> Option<Title> {
    let lists = opening.iter().filter(|block| is_list_of_labels(block, reader));
    let titles: Vec<Title> = lists
        .flat_map(|block| &block.lines)
        .filter_map(|line| {
            let text = labelled_title(line.text().trim_start_matches('['), reader)?;
            Some(Title { text, at: [line.place].into_iter().collect() })
        })
        .collect();
    // The matter and the paper may both have one: the paper's stands over its text.
    let stands_below = |title: &&Title| opening.iter().any(|block| fold(&block.text) == fold(&title.text));
    titles.iter().find(stands_below).or(titles.first()).cloned()
}

/// What a report calls itself, set large, with its date: "Delårsrapport 2025-08-31".
fn title_from_name(head: &[Line], body: f32, reader: &LineReader<'_>) -> Option<Title> {
    let line = head.iter().find(|line| {
        let tokens = reader.read(line);
        let [name, date] = &tokens[..] else { return false };
        line.size > NAME_AS_TITLE * body
            && name.kind == TokenKind::DocumentType(PaperKind::Other)
            && matches!(date.kind, TokenKind::Date(_))
    })?;
    Some(Title { text: line.text(), at: [line.place].into_iter().collect() })
}

fn names_minutes(head: &[Line], reader: &LineReader<'_>) -> bool {
    reader.any(head, |t| t.kind == TokenKind::DocumentType(PaperKind::Protokoll))
}

/// A block that is a registration number, with or without a code of the filing plan: "Bun/2018:181   026".
fn matter_number<'a>(block: &'a Block, reader: &LineReader<'_>) -> Option<&'a Line> {
    let [line] = block.lines.as_slice() else { return None };
    let tokens = reader.read(line);
    let first = tokens.first().filter(|t| matches!(t.kind, TokenKind::Diarienummer(_)))?;
    let text = line.text();
    let code = text.strip_prefix(first.text.as_str())?;
    code.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.')).then_some(line)
}

/// Whether a line is the row of values below a row of labels: "januari–augusti 2025   2025-09-24   ÄN 2025/00187".
fn stands_under_labels(above: &Block, block: &Block, reader: &LineReader<'_>) -> bool {
    let (Some(labels), [line]) = (above.lines.last(), block.lines.as_slice()) else { return false };
    let tokens = reader.read(labels);
    let is_label = |t: &tokens::Token| matches!(t.kind, TokenKind::Label(_));
    let under = |span: &&Span| tokens.iter().any(|t| is_label(t) && (t.bbox.x0 - span.bbox.x0).abs() < 6.0);
    tokens.iter().filter(|t| is_label(t)).count() >= 2
        && line.spans.len() >= 2
        && line.spans.iter().filter(under).count() >= 2
        && reader.read(line).iter().any(tokens::Token::is_firm)
}

/// How many blocks stand before the first section: up to the first standard heading, or to the first prose.
///
/// `named` says that a running head names the document already.
fn opening_end(blocks: &[Block], named: bool, faces: Typography, reader: &LineReader<'_>) -> usize {
    let Typography { body, grid, .. } = faces;
    let mut seen_title = false;
    for (index, block) in blocks.iter().enumerate() {
        let next = blocks.get(index + 1);
        let is_table = matches!(block.kind, BlockKind::Table(_) | BlockKind::ListItem(_));
        let standard = reader.heading_kind(&block.text).is_some_and(|h| h.standard);
        // "Kopia till" in a head stands above the title.
        let copies = standard
            && !seen_title
            && reader.heading_kind(&block.text).is_some_and(|h| h.kind == SectionKind::Recipients)
            && has_title_below(&blocks[index..], body, reader);
        let standard = standard && !copies;
        if copies {
            continue;
        }
        if is_table
            || (index > 0 && standard && is_heading(block, next, faces, reader.vocabulary()))
            || (standard && index == 0 && !is_head_block(block, reader))
        {
            return index;
        }
        // In a text without marks: "3 Bokslut", and what its table of contents lists.
        let chapter = depth_of(&block.text).is_some() && !is_head_block(block, reader);
        if grid && index > 0 && (chapter || (!faces.marked && block.heading().is_some())) {
            return index;
        }
        // A known heading smaller than what stood before it: "Ärendelista" under "Kallelse".
        let larger_before = blocks[..index].iter().any(|b| b.size() > 1.05 * block.size());
        let names_again = |b: &Block| reader.any(&b.lines, |t| matches!(t.kind, TokenKind::DocumentType(_)));
        let in_head = is_head_block(block, reader) && !named && !blocks[..index].iter().any(names_again);
        if index > 0
            && (larger_before || named)
            && !in_head
            && is_heading(block, next, faces, reader.vocabulary())
            && reader.heading_kind(&block.text).is_some_and(|h| !h.weak)
        {
            return index;
        }
        // The matters of minutes: "§ 27 Dnr KS 2018/124 Årsredovisning", but not "§ 47 Dnr 2025-00118" by itself.
        let matter = block.text.starts_with('§')
            && block.text.split_whitespace().count() > 3
            && !is_head_block(block, reader);
        if matter && index > 0 {
            return index;
        }
        let prose = block.text.chars().count() > PROSE
            || (block.lines.len() > 1
                && block.text.ends_with('.')
                && !block.is_bold()
                && block.size() < LARGER * body);
        if prose && !is_head_block(block, reader) {
            return index;
        }
        // A second heading after a larger one opens the first section of a report.
        if !grid && is_heading(block, next, faces, reader.vocabulary()) && !is_head_block(block, reader) {
            if seen_title && block.size() < 0.93 * largest(&blocks[..index], reader) && index > 0 {
                return index;
            }
            seen_title = true;
        }
        let lone_matter = block.text.starts_with('§') && !matter;
        if grid && block.heading().is_some() && seen_title {
            return index;
        }
        if grid && block.heading().is_some() && !lone_matter {
            seen_title = true;
        }
        if block.sheet != blocks[0].sheet {
            return index;
        }
    }
    blocks.len()
}

/// Whether a line larger than the body, which heads no section, follows before the first heading of one.
fn has_title_below(blocks: &[Block], body: f32, reader: &LineReader<'_>) -> bool {
    let below = blocks[1..].iter().take_while(|b| reader.heading_kind(&b.text).is_none_or(|h| !h.standard));
    below.take(12).any(|b| b.size() > 1.15 * body || b.heading() == Some(1))
}

fn largest(blocks: &[Block], reader: &LineReader<'_>) -> f32 {
    blocks.iter().filter(|b| !is_head_block(b, reader)).map(Block::size).fold(0.0, f32::max)
}

/// Whether all lines of a block are lines of a head.
pub(super) fn is_head_block(block: &Block, reader: &LineReader<'_>) -> bool {
    if matches!(block.kind, BlockKind::Table(_)) {
        return false;
    }
    if is_list_of_labels(block, reader) {
        return true;
    }
    if block.lines.is_empty() || block.lines.len() > 8 {
        return false;
    }
    block.lines.iter().all(|line| {
        let tokens = reader.read(line);
        let understood = !tokens.is_empty() && tokens.iter().all(|t| t.kind != TokenKind::Other);
        understood || is_head_line(&tokens)
    })
}

/// Whether lines are labels and their values beside them or behind colons, one after the other, as a case system or a
/// form prints them.
fn is_list_of_labels(block: &Block, reader: &LineReader<'_>) -> bool {
    let is_label = |text: &str| {
        let label = text.trim_start_matches('[').trim_end_matches(['.', ' ', ':', ']']);
        label.starts_with(char::is_uppercase)
            && label.chars().count() <= LONGEST_LABEL
            && !label.contains(['.', ',', '!', '?'])
    };
    // How many labels a line has: one, or one in every other column.
    let labels = |line: &Line| match line.spans.len() {
        pairs if pairs > 0 && pairs % 2 == 0 => {
            let are_labels = line.spans.iter().step_by(2).all(|label| is_label(&label.text));
            if are_labels { pairs / 2 } else { 0 }
        }
        _ => {
            let text = line.text();
            usize::from(text.split_once(':').is_some_and(|(label, _)| is_label(label)))
        }
    };
    let known = |line: &&Line| {
        let tokens = reader.read(line);
        tokens.first().is_some_and(|t| matches!(t.kind, TokenKind::Label(_)))
    };
    let counts: Vec<usize> = block.lines.iter().map(labels).collect();
    !counts.contains(&0)
        && (FEWEST_LABELS + 1..=LONGEST_LIST).contains(&counts.iter().sum())
        && block.lines.iter().filter(known).count() > FEWEST_LABELS.min(block.lines.len() - 1)
        && reader.any(&block.lines, |t| matches!(t.kind, TokenKind::Date(_) | TokenKind::Diarienummer(_)))
}

/// The title among the blocks before the first section: the largest, and among equals the last; its neighbours of the
/// same look belong to it. Gives what stands before it and what after. `below` is what follows them all.
fn take_title(
    candidates: Vec<Block>,
    below: Option<&Block>,
    faces: Typography,
    reader: &LineReader<'_>,
) -> (Option<Title>, Vec<Block>, Vec<Block>) {
    let Typography { body, grid, .. } = faces;
    let weight = |b: &Block| {
        let emphasis = if b.is_bold() { 0.6 } else { 0.0 };
        let mark = b.heading().map_or(0.0, |h| 40.0 - f32::from(h));
        b.size() + emphasis + mark
    };
    let titled = |b: &Block| {
        let stands_out = grid || b.size() > 1.05 * body || b.is_bold() || b.heading().is_some();
        let sentence = b.text.ends_with('.') && !b.is_bold() && b.size() < 1.2 * body;
        let letters = b.text.chars().filter(|c| c.is_alphabetic()).count();
        let digits = b.text.chars().filter(char::is_ascii_digit).count();
        // Without type to go by, columns, figures and the headings of sections are no titles.
        let plain = !grid
            || (b.lines.iter().all(|l| l.spans.len() == 1)
                && digits <= letters
                && (reader.vocabulary().headings.whole(&b.text).is_none() || b.heading() == Some(1)));
        let contents = reader.vocabulary().labels.whole(&b.text).is_some_and(|l| l.code == Label::Contents);
        // Where no type tells, a committee's name is whose paper it is.
        let names_a_body = grid
            && b.heading().is_none()
            && !reader.any(&b.lines, |t| !matches!(t.kind, TokenKind::Organ(_) | TokenKind::Department(_)));
        let plain = plain && !is_first_chapter(&b.text) && !contents && !names_a_body;
        letters >= 4 && stands_out && plain && !sentence && !is_lone_mark(b, reader)
    };
    let Some(best) = candidates.iter().filter(|b| titled(b)).map(weight).reduce(f32::max) else {
        return (None, Vec::new(), candidates);
    };
    let alike = |b: &Block| titled(b) && (weight(b) - best).abs() < 0.3;
    // Without type to go by, a line with a sentence right below it heads that sentence.
    let heads_text = |i: usize| {
        let sentence = |b: &Block| b.text.ends_with('.') && b.heading().is_none() && !b.is_bold();
        grid && candidates[i].heading().is_none()
            && candidates
                .get(i + 1)
                .or(below)
                .is_some_and(|b| sentence(b) && follows_closely(&candidates[i], b))
    };
    // Nor does a title stand below the text that it is the title of.
    let prose = |b: &Block| b.text.ends_with('.') && b.text.split_whitespace().count() >= PROSE_WORDS;
    let text = candidates.iter().position(prose).filter(|_| grid);
    let above_text = text.map_or(&candidates[..], |text| &candidates[..text]);
    let above_text = if above_text.iter().any(&alike) { above_text } else { &candidates[..] };
    let last = (0..above_text.len()).rev().find(|i| alike(&candidates[*i]) && !heads_text(*i));
    let Some(last) = last.or_else(|| above_text.iter().rposition(&alike)) else {
        return (None, Vec::new(), candidates);
    };
    let mut first = last;
    while first > 0
        && alike(&candidates[first - 1])
        && follows_closely(&candidates[first - 1], &candidates[first])
    {
        first -= 1;
    }
    // "… anläggningar i" / "Kungsbacka kommun": the last line of a title may be a name.
    let mut end = last + 1;
    let heads_section =
        |b: &Block| b.heading().is_none() && reader.heading_kind(&b.text).is_some_and(|h| !h.weak);
    while end < text.unwrap_or(candidates.len())
        && (weight(&candidates[end]) - best).abs() < 0.3
        && !(grid && heads_section(&candidates[end]))
        && follows_closely(&candidates[end - 1], &candidates[end])
    {
        end += 1;
    }
    let mut before = candidates;
    let after = before.split_off(end);
    let own = before.split_off(first);
    let mut at = At::default();
    own.iter().for_each(|b| at.extend(&b.at));
    let text = own.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join(" ");
    (Some(Title { text, at }), before, after)
}

/// "1 Inledning", "1.1 Ekonomiskt utfall": a report's chapters and not its title.
fn is_first_chapter(text: &str) -> bool {
    let Some((number, rest)) = text.split_once(' ') else { return false };
    let number = number.trim_end_matches('.');
    let parts: Vec<&str> = number.split('.').collect();
    rest.trim_start().starts_with(char::is_uppercase)
        && parts.iter().all(|p| (1..=2).contains(&p.len()) && p.chars().all(|c| c.is_ascii_digit()))
        && (parts.len() > 1 || number == "1")
}

fn is_lone_number(block: &Block) -> bool {
    let text = block.text.trim();
    block.lines.len() == 1
        && text.len() < 26
        && text.chars().any(|c| c.is_ascii_digit())
        && !text.contains(' ')
}

fn follows_closely(a: &Block, b: &Block) -> bool {
    let (Some(last), Some(first)) = (a.lines.last(), b.lines.first()) else { return false };
    last.sheet == first.sheet && first.bbox.y1 - last.bbox.y1 < 1.9 * last.size.max(first.size)
}

/// A word such as "SIGNERAD" or a lone name is no title.
fn is_lone_mark(block: &Block, reader: &LineReader<'_>) -> bool {
    let Some(line) = block.lines.first() else { return true };
    let tokens = reader.read(line);
    if matches!(tokens.first(), Some(tokens::Token { kind: TokenKind::Label(_), .. })) {
        return true;
    }
    tokens.iter().all(|t| {
        matches!(t.kind, TokenKind::Contact | TokenKind::Role | TokenKind::Municipality | TokenKind::Mark(_))
    }) || (block.text.split_whitespace().count() == 1 && block.text.chars().all(|c| !c.is_lowercase()))
}

/// A report whose text begins with its title as a heading.
fn title_from_first_heading(
    rest: &mut Vec<Block>,
    faces: Typography,
    reader: &LineReader<'_>,
) -> Option<Title> {
    let heads =
        |i: usize| i < rest.len() && is_heading(&rest[i], rest.get(i + 1), faces, reader.vocabulary());
    // In an extract of minutes the title follows the matter's number, which stands by itself: "§ 108".
    let matter = (0..rest.len().min(12)).find(|i| heads(*i) && rest[*i].text.starts_with('§'));
    let at = matter.map_or(0, |i| i + 1);
    if !heads(at) {
        return None;
    }
    if reader.heading_kind(&rest[at].text).is_some_and(|h| h.standard) {
        return None;
    }
    let contents =
        |b: &Block| reader.vocabulary().labels.whole(&b.text).is_some_and(|l| l.code == Label::Contents);
    if is_first_chapter(&rest[at].text) || contents(&rest[at]) {
        return None;
    }
    let block = rest.remove(at);
    Some(Title { text: block.text, at: block.at })
}

/// A report whose cover is missing still has its title above every page.
fn title_from_running_head(furniture: &[&Line], first_sheet: u32, reader: &LineReader<'_>) -> Option<Title> {
    // What a line says besides its page mark.
    let said = |line: &Line| {
        let mut spans: Vec<&str> = line.spans.iter().map(|s| s.text.as_str()).collect();
        while spans.last().is_some_and(|last| PageMark::whole(last).is_some()) {
            spans.pop();
        }
        spans.join(" ")
    };
    let repeated =
        |line: &Line| furniture.iter().any(|l| l.sheet != line.sheet && fold(&said(l)) == fold(&said(line)));
    furniture.iter().filter(|l| l.sheet == first_sheet).find_map(|line| {
        let text = said(line);
        let tokens = reader.read(line);
        let of_title = |t: &tokens::Token| {
            matches!(t.kind, TokenKind::Other | TokenKind::DocumentType(_) | TokenKind::Mark(_))
        };
        let unknown = tokens.iter().all(of_title) && tokens.iter().any(|t| t.kind == TokenKind::Other);
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let says = text.split_whitespace().count() >= 2 && letters >= 8 && !text.ends_with('.');
        (unknown && says && text.starts_with(char::is_uppercase) && repeated(line))
            .then(|| Title { text, at: [line.place].into_iter().collect() })
    })
}

/// Take out the head lines and addresses that stand further down: a head that a text layer puts after the first page's
/// body, the first page's foot, and heads repeated on later pages.
fn take_feet(
    rest: Vec<Block>,
    first_sheet: u32,
    head: &mut Vec<Line>,
    layout: &Layout,
    body: f32,
    reader: &LineReader<'_>,
) -> Vec<Block> {
    // "Bilagor" labels a line of a head, and heads a section where it is drawn as a heading.
    let is_drawn_heading = |block: &Block| {
        !layout.grid
            && (block.is_bold() || block.size() > LARGER * body)
            && reader.heading_kind(&block.text).is_some_and(|h| h.standard)
    };
    let of_head: Vec<bool> =
        rest.iter().map(|block| is_head_block(block, reader) && !is_drawn_heading(block)).collect();
    let head_texts: HashSet<String> = head.iter().map(|l| masked(&l.text())).collect();
    let taken = feet(&rest, &of_head, &head_texts, first_sheet, layout, body, reader);
    let below_mark = below_page_mark(&rest, first_sheet, layout, reader);
    let minutes = names_minutes(head, reader);
    let numbered = |line: &Line| reader.read(line).iter().any(|t| t.kind == TokenKind::Matter);
    let mut kept = Vec::new();
    for ((block, taken), below) in rest.into_iter().zip(taken).zip(below_mark) {
        if !taken && !below {
            kept.push(block);
        } else if block.sheet == first_sheet {
            head.extend(block.lines);
        } else if minutes {
            head.extend(block.lines.into_iter().filter(numbered));
        }
    }
    kept
}

fn feet(
    rest: &[Block],
    of_head: &[bool],
    head_texts: &HashSet<String>,
    first_sheet: u32,
    layout: &Layout,
    body: f32,
    reader: &LineReader<'_>,
) -> Vec<bool> {
    let mut taken = vec![false; rest.len()];
    let mut at = 0;
    while at < rest.len() {
        // A run of blocks that all could be of a head.
        let mut end = at;
        while end < rest.len()
            && rest[end].sheet == rest[at].sheet
            && (of_head[end] || small_foot(&rest[end], layout, body))
        {
            end += 1;
        }
        if end == at {
            at += 1;
            continue;
        }
        let read_block = |i: usize| reader.read_all(&rest[i].lines);
        let names = |t: &tokens::Token| matches!(t.kind, TokenKind::Names(_) | TokenKind::Role);
        let is_small = |i: usize| small_foot(&rest[i], layout, body);
        let starts_sheet = at == 0 || rest[at - 1].sheet != rest[at].sheet;
        if starts_sheet && rest[at].sheet != first_sheet && !is_small(at) {
            // A running head: the municipality's name, the paper's number again, a page mark.
            let running = |i: &usize| {
                let tokens = read_block(*i);
                tokens.iter().any(|t| t.is_firm() || t.kind == TokenKind::Municipality)
                    && !tokens.iter().any(names)
            };
            let own = (at..end).take_while(running).count();
            taken[at..at + own].iter_mut().for_each(|t| *t = true);
            if own > 0 {
                at += own;
                continue;
            }
        }
        let any_small = (at..end).any(is_small);
        let foot_begins = |i: usize| {
            let body = |t: &tokens::Token| matches!(t.kind, TokenKind::Department(_) | TokenKind::Organ(_));
            let signs = read_block(i).iter().all(|t| names(t) || body(t));
            if any_small { is_small(i) } else { !signs }
        };
        // Names and roles in front are signatures, committees are recipients.
        let Some(start) = (at..end).find(|i| foot_begins(*i)) else {
            at = end;
            continue;
        };
        let run = start..end;
        let tokens = reader.read_all(rest[run.clone()].iter().flat_map(|b| &b.lines));
        let labels = tokens.iter().filter(|t| matches!(t.kind, TokenKind::Label(_))).count();
        let contacts = tokens.iter().filter(|t| t.kind == TokenKind::Contact).count();
        let values = tokens
            .iter()
            .filter(|t| matches!(t.kind, TokenKind::Date(_) | TokenKind::Diarienummer(_)))
            .count();
        let types = tokens.iter().filter(|t| matches!(t.kind, TokenKind::DocumentType(_))).count();
        let small = run.clone().all(|i| small_foot(&rest[i], layout, body));
        let sheet_ends = rest.get(end).is_none_or(|b| b.sheet != rest[at].sheet);
        let is_head = labels >= 2 || (labels >= 1 && types + values >= 1);
        let is_foot = contacts >= 1 && (small || (layout.grid && contacts >= 2));
        let printed =
            run.clone().all(|i| rest[i].lines.iter().all(|l| head_texts.contains(&masked(&l.text()))));
        if is_head
            || (printed && layout.grid)
            || (is_foot && (sheet_ends || layout.grid))
            || (small && sheet_ends)
        {
            run.for_each(|i| taken[i] = true);
        }
        at = end;
    }
    taken
}

/// In a text whose pages end with their mark and the sender's address, what stands below the mark is the foot.
fn below_page_mark(rest: &[Block], first_sheet: u32, layout: &Layout, reader: &LineReader<'_>) -> Vec<bool> {
    let mark =
        layout.furniture.iter().rfind(|l| l.sheet == first_sheet && PageMark::whole(&l.text()).is_some());
    let (Some(mark), true) = (mark, layout.grid) else { return vec![false; rest.len()] };
    let below: Vec<bool> = rest
        .iter()
        .map(|b| b.lines.first().is_some_and(|l| l.sheet == first_sheet && l.bbox.y0 > mark.bbox.y0))
        .collect();
    let own = || rest.iter().zip(&below).filter(|(_, below)| **below).flat_map(|(b, _)| &b.lines);
    let contact = reader.any(own(), |t| t.kind == TokenKind::Contact);
    if contact && own().count() <= LONGEST_FOOT { below } else { vec![false; rest.len()] }
}

fn masked(text: &str) -> String {
    fold(text).chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

/// Whether a block stands in the page's foot in smaller letters than the body.
fn small_foot(block: &Block, layout: &Layout, body: f32) -> bool {
    // A table that ends its page is the page's text, however small.
    if matches!(block.kind, BlockKind::Table(_)) {
        return false;
    }
    let (Some(line), false) = (block.lines.first(), layout.grid) else { return false };
    let height = layout.page_sizes.get(line.sheet as usize - 1).map_or(842.0, |(_, h)| *h);
    line.size < SMALLER * body && line.bbox.center().y > 0.8 * height
}
