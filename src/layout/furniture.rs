//! Page heads, page feet and page numbers: marked, never deleted.
//!
//! A line is furniture when it is a page mark, or when its like stands at the same height on a neighbouring page. The
//! head of a paper's first page is often repeated on the next ones, so a first page's own copy may be marked as well;
//! whoever reads a paper's head looks at furniture too.

use std::collections::{HashMap, HashSet};

use crate::pattern::Pattern;

use super::line::Line;

/// Share of the page's height, from the top and from the bottom, where furniture stands.
const MARGIN_ZONE: f32 = 0.16;
/// Largest difference in height between a line and its like on another page, in points.
const SAME_HEIGHT: f32 = 4.0;
/// How many pages away a like is looked for: left and right pages differ.
const REACH: usize = 2;

/// A page's own count: "2 (5)", "Sida 2 av 4".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageMark {
    /// The page's number in its paper.
    pub page: u32,
    /// How many pages the paper has, where the mark says so.
    pub of: Option<u32>,
}

static MARK: Pattern = Pattern::new(
    r"(?i)(?:^|\s)(?:(?:sida|sidan|sid|s\.?|page|blad)\s*:?\s*([0-9]{1,4})(?:\s*(?:\(\s*([0-9]{1,4})\s*\)|(?:av|of|/)\s*([0-9]{1,4})))?|([0-9]{1,4})\s*\(\s*([0-9]{1,4})\s*\))\s*$",
);
static LONE_NUMBER: Pattern = Pattern::new(r"^[-–\s]*([0-9]{1,4})[-–\s]*$");

/// A postal code with its town: "123 45 Storstad".
static POSTAL_ADDRESS: Pattern = Pattern::new(r"(?:^|\s)[0-9]{3} ?[0-9]{2} [A-ZÅÄÖ][a-zåäö]+\s*(?:$|\s\s|,)");
/// Fewest lines that make one a head or a foot by what they have in common.
const FEWEST_RUNNING: usize = 2;
/// Most lines of an address below a page's mark.
const LONGEST_FOOT: usize = 10;

impl PageMark {
    /// The page mark that a text is, or ends with.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        let found = MARK.captures(text)?;
        let number = |i: usize| found.get(i).and_then(|m| m.as_str().parse::<u32>().ok());
        let page = number(1).or(number(4))?;
        let of = number(2).or(number(3)).or(number(5));
        (page >= 1 && of.is_none_or(|of| of >= page)).then_some(Self { page, of })
    }

    /// The page mark that a text is as a whole.
    #[must_use]
    pub fn whole(text: &str) -> Option<Self> {
        let mark = Self::find(text)?;
        let start = MARK.find(text)?.start();
        text[..start].trim().is_empty().then_some(mark)
    }
}

/// Mark the furniture of a file's pages. `sizes` are the pages' sizes; `grid` says that the file is a
/// text, whose only sheet may be all of its pages.
pub(super) fn mark_furniture(pages: &mut [Vec<Line>], sizes: &[(f32, f32)], grid: bool) {
    let heights: Vec<f32> = sizes.iter().map(|(_, height)| *height).collect();
    let one_sheet = grid && pages.len() == 1;
    let keys: Vec<Vec<(String, f32)>> = pages
        .iter()
        .zip(&heights)
        .map(|(lines, height)| {
            let edge = |i: usize| grid && (i < 3 || i + 4 > lines.len());
            let zone = |(i, l): &(usize, &Line)| edge(*i) || in_margin(l, *height);
            // A text's lines have no height to compare: the page's first lines are like first ones, the last like last.
            let place = |i: usize, l: &Line| if grid { side(i, lines.len()) } else { l.bbox.center().y };
            lines
                .iter()
                .enumerate()
                .filter(zone)
                .map(|(i, l)| (digits_masked(&l.text()), place(i, l)))
                .collect()
        })
        .collect();
    let in_text = more_in_text(pages, &keys);
    let turns = if one_sheet { page_turns(&pages[0]) } else { HashSet::new() };
    for (index, lines) in pages.iter_mut().enumerate() {
        let near = index.saturating_sub(REACH)..(index + REACH + 1).min(keys.len());
        let last = lines.len().saturating_sub(1);
        let foot = if grid { foot_of(lines) } else { None };
        let numbered: Vec<usize> = (0..lines.len())
            .filter(|i| PageMark::whole(&lines[*i].text()).is_some_and(|m| m.page > 1 && m.of.is_some()))
            .collect();
        for (position, line) in lines.iter_mut().enumerate() {
            let text = line.text();
            let margin = in_margin(line, heights[index]) && !one_sheet;
            let edge = position <= 3 || position + 8 >= last;
            let is_mark = PageMark::whole(&text).is_some_and(|m| m.of.is_some() || text.len() > 4)
                && (margin || edge || one_sheet);
            let lone = margin && LONE_NUMBER.is_match(&text) && (position == 0 || position == last);
            let key = digits_masked(&text);
            let y = if grid { side(position, last + 1) } else { line.bbox.center().y };
            let same_height = |at: f32| (at - y).abs() <= SAME_HEIGHT;
            let margin = margin || (grid && !one_sheet && (position < 2 || position + 3 > last));
            let has_like = margin
                && !in_text.contains(&key)
                && near
                    .clone()
                    .filter(|other| *other != index)
                    .any(|other| keys[other].iter().any(|(text, at)| same_height(*at) && *text == key));
            let goes_with_mark = is_name_by_mark(&text, position, &numbered);
            let in_foot = foot.is_some_and(|foot| position >= foot);
            line.furniture |=
                is_mark || lone || has_like || goes_with_mark || in_foot || turns.contains(&position);
        }
    }
}

/// The lines of a text that end in the count of a page and say the same at every count: heads and feet, wherever they
/// stand.
pub(super) fn running_lines(lines: &[&str]) -> HashSet<usize> {
    // By their words, the figures masked, and the number of pages.
    let mut alike: HashMap<String, Vec<(usize, u32)>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(PageMark { page, of: Some(of) }) = PageMark::find(line.trim_end()) else { continue };
        alike.entry(format!("{} {of}", digits_masked(line))).or_default().push((at, page));
    }
    let counts = |places: &&Vec<(usize, u32)>| {
        places.len() >= FEWEST_RUNNING && places.windows(2).all(|pair| pair[0].1 < pair[1].1)
    };
    alike.values().filter(counts).flatten().map(|(at, _)| *at).collect()
}

/// Where the foot of a text's page begins: its mark and the sender's address below it, to the page's end.
fn foot_of(lines: &[Line]) -> Option<usize> {
    let is_mark = |line: &Line| PageMark::whole(&line.text()).is_some_and(|mark| mark.of.is_some());
    let start = lines.iter().rposition(is_mark)?;
    let below = &lines[start + 1..];
    let has_address = below.iter().any(|line| POSTAL_ADDRESS.is_match(&line.text()));
    (has_address && below.len() <= LONGEST_FOOT).then_some(start)
}

/// In which half of its page a text's line stands, as a height.
fn side(position: usize, lines: usize) -> f32 {
    if 2 * position < lines { 0.0 } else { 1000.0 }
}

/// Longest name in capitals beside a page mark, in characters.
const LONGEST_NAME: usize = 30;

/// The sender's name in capitals at the top of a later page, right above its mark: "KUNGSBACKA KOMMUN" / "2 (2)". Below the
/// mark it may as well be a heading.
fn is_name_by_mark(text: &str, position: usize, marks: &[usize]) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    position <= 1
        && marks.contains(&(position + 1))
        && text.chars().count() <= LONGEST_NAME
        && letters.clone().count() > 2
        && letters.clone().all(char::is_uppercase)
        && !text.chars().any(|c| c.is_ascii_digit())
}

/// Most lines of a page's foot and the next one's head, each.
const TURN: usize = 6;
/// Fewest pages that a text without page marks is parted into by its page numbers.
const FEWEST_TURNS: usize = 3;
/// The same where each page says of how many it is.
const FEWEST_COUNTED: usize = 2;

/// The lines of heads and feet in a text that has all pages in one: page numbers that count up by one, each alone on its
/// line, and what stands around all of them alike. "§ 12" counts too and begins something.
fn page_turns(lines: &[Line]) -> HashSet<usize> {
    let number = |l: &Line| -> Option<u32> { LONE_NUMBER.captures(&l.text())?[1].parse().ok() };
    let numbered = |read: &dyn Fn(&Line) -> Option<u32>| -> Vec<usize> {
        let all: Vec<(usize, u32)> =
            lines.iter().enumerate().filter_map(|(i, l)| Some((i, read(l)?))).collect();
        longest_count(&all)
    };
    let mark = |l: &Line| PageMark::whole(&l.text()).filter(|m| m.of.is_some());
    let of = lines.iter().find_map(|l| mark(l)?.of);
    let counted = numbered(&|l| mark(l).filter(|m| m.of == of).map(|m| m.page));
    if counted.len() >= FEWEST_COUNTED {
        return turns_at(lines, &counted, FEWEST_COUNTED);
    }
    turns_at(lines, &numbered(&number), FEWEST_TURNS)
}

/// The longest run of numbers that count up by one, as places.
fn longest_count(numbered: &[(usize, u32)]) -> Vec<usize> {
    let mut best: Vec<usize> = Vec::new();
    for (start, (first, value)) in numbered.iter().enumerate() {
        let mut run = vec![*first];
        let mut next = value + 1;
        for (at, value) in &numbered[start + 1..] {
            if *value == next {
                run.push(*at);
                next += 1;
            }
        }
        if run.len() > best.len() {
            best = run;
        }
    }
    best
}

/// The numbers of pages with what stands around them alike.
fn turns_at(lines: &[Line], best: &[usize], fewest: usize) -> HashSet<usize> {
    let mut found = HashSet::new();
    if best.len() < fewest {
        return found;
    }
    let key = |at: usize| {
        lines
            .get(at)
            .filter(|l| l.heading.is_none())
            .map(|l| digits_masked(&l.text()))
            .filter(|t| !t.starts_with('§'))
    };
    // Most of the numbers have the same line so far before or behind them.
    let alike = |step: &dyn Fn(usize) -> Option<usize>| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        best.iter().filter_map(|at| key(step(*at)?)).for_each(|k| *counts.entry(k).or_default() += 1);
        counts.into_iter().filter(|(_, n)| *n >= fewest && 2 * n > best.len()).map(|(k, _)| k).min()
    };
    let mut around = false;
    for sign in [false, true] {
        for distance in 1..=TURN {
            let step = |at: usize| if sign { at.checked_add(distance) } else { at.checked_sub(distance) };
            let Some(common) = alike(&step) else { break };
            around = true;
            let own = best.iter().filter_map(|at| step(*at)).filter(|at| key(*at).as_ref() == Some(&common));
            found.extend(own);
        }
    }
    // Numbers with nothing in common around them may be those of a list.
    if around {
        found.extend(best);
    } else {
        found.clear();
    }
    found
}

/// Lines that stand more often outside the margins than in them: "Åtgärden är påbörjad." under each heading of a
/// report, which comes to stand at the top of some pages.
fn more_in_text(pages: &[Vec<Line>], keys: &[Vec<(String, f32)>]) -> HashSet<String> {
    let mut all: HashMap<String, usize> = HashMap::new();
    for line in pages.iter().flatten() {
        *all.entry(digits_masked(&line.text())).or_default() += 1;
    }
    let mut in_margins: HashMap<&str, usize> = HashMap::new();
    for (key, _) in keys.iter().flatten() {
        *in_margins.entry(key).or_default() += 1;
    }
    all.into_iter()
        .filter(|(key, count)| *count > 2 * in_margins.get(key.as_str()).copied().unwrap_or(0))
        .map(|(k, _)| k)
        .collect()
}

fn in_margin(line: &Line, height: f32) -> bool {
    let y = line.bbox.center().y;
    y < MARGIN_ZONE * height || y > (1.0 - MARGIN_ZONE) * height
}

fn digits_masked(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_heads_that_count_of_how_many_part_a_text() {
        let text = "Nämnden          Protokoll\nSida 9 av 16\n\nEtt beslut fattas.\nMer text.\n\nNämnden          Protokoll\nSida 10 av 16\n\nSlut.";
        let layout = crate::layout::lay_out_text(&crate::glyphs::plain_text::read_lines(
            text,
            crate::records::document::MediaType::PlainText,
        ));
        let furniture: Vec<String> = layout.furniture.iter().map(Line::text).collect();
        assert_eq!(furniture, ["Nämnden Protokoll", "Sida 9 av 16", "Nämnden Protokoll", "Sida 10 av 16"]);
    }

    #[test]
    fn lines_that_count_the_pages_are_furniture_wherever_they_stand() {
        let lines = [
            "Text om bidraget 2 (3)",
            "Delårsrapport 2025  1(6)",
            "mer",
            "Delårsrapport 2025      2(6)",
            "Elever 2 (3)",
        ];
        let mut found: Vec<usize> = running_lines(&lines).into_iter().collect();
        found.sort_unstable();
        assert_eq!(found, [1, 3]);
    }

    #[test]
    fn pages_of_a_text_without_marks_are_found_by_their_numbers() {
        let texts = [
            "Text.",
            "Justerandes sign",
            "Nämnden",
            "7",
            "§ 1",
            "Mer text.",
            "Justerandes sign",
            "Nämnden",
            "8",
            "§ 2",
            "Slut.",
            "Justerandes sign",
            "Nämnden",
            "9",
            "12",
            "Text.",
        ];
        let line = |(i, text): (usize, &&str)| {
            let number = u32::try_from(i).unwrap_or(0);
            let span = super::super::line::Span {
                text: (*text).to_owned(),
                bbox: crate::geometry::Rect::default(),
                size: 10.0,
                bold: false,
                italic: false,
                colored: false,
            };
            Line::new(vec![span], 1, crate::place::Place::lines(number, number, None))
        };
        let lines: Vec<Line> = texts.iter().enumerate().map(line).collect();
        let mut found: Vec<usize> = page_turns(&lines).into_iter().collect();
        found.sort_unstable();
        assert_eq!(found, [1, 2, 3, 6, 7, 8, 11, 12, 13]);
    }

    #[test]
    fn page_marks_of_all_forms() {
        let mark = |page, of| Some(PageMark { page, of });
        assert_eq!(PageMark::whole("1 (2)"), mark(1, Some(2)));
        assert_eq!(PageMark::whole("2(5)"), mark(2, Some(5)));
        assert_eq!(PageMark::whole("Sida 2 av 4"), mark(2, Some(4)));
        assert_eq!(PageMark::whole("Sida 2 (2)"), mark(2, Some(2)));
        assert_eq!(PageMark::whole("SID 1 (25 )"), mark(1, Some(25)));
        assert_eq!(PageMark::whole("Sidan 1 av 2"), mark(1, Some(2)));
        assert_eq!(PageMark::find("KUNGSBACKA KOMMUN 2 (2)"), mark(2, Some(2)));
        assert_eq!(PageMark::find("Datum Vår beteckning 2 (2)"), mark(2, Some(2)));
        assert_eq!(PageMark::whole("Totalt 12 (15)"), None);
        assert_eq!(PageMark::whole("5 (3)"), None);
        assert_eq!(PageMark::find("enligt 2 kap. 3 §"), None);
    }
}
