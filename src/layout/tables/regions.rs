//! Where tables without a drawn grid may stand.
//!
//! In go a page's lines, out come regions: runs of lines whose segments leave the same gutters free. Running text is
//! told by its blocks of full lines and takes no part.

use super::edges::Edges;
use super::kind::{Kind, kind_of};
use super::segments::{Segment, TextLine};
use crate::geometry::Rect;
use crate::layout::Word;

/// Largest distance between baselines of neighbouring lines of a paragraph, in parts of the font size.
const PARAGRAPH_STEP: f32 = 1.75;
/// Most headings above a paragraph, and the width in parts of its own below which they are short.
const MOST_TITLES: usize = 2;
const SHORT_LINE: f32 = 0.6;
/// Largest distance between neighbouring lines of a table, in parts of the font size.
const TABLE_STEP: f32 = 3.2;
/// How many lines of one segment may stand between two lines of a table.
const LONE_LINES: usize = 3;
/// Smallest free gutter, in points.
const GUTTER: f32 = 3.0;
/// How many lines below are looked at for the next line of a paragraph.
const LOOK_BELOW: usize = 6;

/// A gap wider than this, in parts of the font size, is no word space in a line that is not justified.
const NO_WORD_SPACE: f32 = 0.45;
/// Most words of a term in a legend.
const TERM_WORDS: usize = 4;
/// Smallest gap between a term and its explanation, in parts of the font size.
const TERM_GAP: f32 = 1.2;
/// Most lines of an explanation, on average.
const MOST_LINES_A_TERM: usize = 4;
/// Largest distance to a heading over groups of columns, in parts of the font size.
const GROUP_STEP: f32 = 2.4;
/// Most lines of a run: more do not fit on a page of paper.
const LONGEST_RUN: usize = 1000;
/// Largest gap between a list's mark and its text, in parts of the font size.
const LIST_INDENT: f32 = 4.0;
/// The same behind a number and a point, which word processors set far in.
const NUMBER_INDENT: f32 = 6.0;
/// Largest gap between a section's number and its heading, in parts of the font size.
const HEADING_INDENT: f32 = 7.0;
/// A step to the next line this many times the usual one may lead to another table.
const NEW_TABLE_STEP: f32 = 1.3;
/// Fewest bold headings side by side that begin another table.
const BOLD_HEADINGS: usize = 3;
/// Fewest lines of several segments before a line that is set larger, which is the heading of what follows: headings and
/// a row.
const ROWS_BEFORE_TITLE: usize = 2;
/// Largest distance between the lines of a heading, in parts of the font size.
const HEADING_STEP: f32 = 1.8;
/// How far above a table's first line the line over its heading may be drawn, in parts of the font size.
const HEADING_HEIGHT: f32 = 7.0;
/// Largest distance from the line over a table's headings to the first of them, in parts of the font size. What stands
/// further off has the end of another table above it.
const BELOW_TOP: f32 = 1.0;
/// A line that is this many times larger than the table's first is no heading of its columns.
const LARGER: f32 = 1.12;
/// Most lines that the last row's label has below its values.
const LABEL_END: usize = 3;

/// A region that may be a table.
#[derive(Clone, Debug)]
pub(super) struct Region {
    /// Its box.
    pub bbox: Rect,
    /// Its words.
    pub words: Vec<usize>,
}

/// Which segments are running text, by line and segment.
pub(super) fn prose(lines: &[TextLine], words: &[Word]) -> Vec<Vec<bool>> {
    let mut next: Vec<Vec<Option<(usize, usize)>>> =
        lines.iter().map(|l| vec![None; l.segments.len()]).collect();
    let mut linked: Vec<Vec<bool>> = lines.iter().map(|l| vec![false; l.segments.len()]).collect();
    for (i, line) in lines.iter().enumerate() {
        for (s, segment) in line.segments.iter().enumerate() {
            for (j, below) in lines.iter().enumerate().skip(i + 1).take(LOOK_BELOW) {
                if below.baseline - line.baseline > PARAGRAPH_STEP * line.size {
                    break;
                }
                if (below.size - line.size).abs() > 0.12 * line.size {
                    continue;
                }
                let mut touching =
                    below.segments.iter().enumerate().filter(|(_, t)| t.bbox.x_overlap(&segment.bbox) > 0.0);
                let (Some((t, segment_below)), None) = (touching.next(), touching.next()) else {
                    if below.segments.iter().any(|t| t.bbox.x_overlap(&segment.bbox) > 0.0) {
                        break;
                    } else {
                        continue;
                    }
                };
                // Figures below a line of text are the headings or values of what follows it.
                let is_sentence = line.segments.len() == 1 && segment.words.len() >= SENTENCE_WORDS;
                if segment_below.kind.is_numeric() && is_sentence {
                    break;
                }
                let only =
                    line.segments.iter().filter(|o| o.bbox.x_overlap(&segment_below.bbox) > 0.0).count() == 1;
                if only && !linked[j][t] {
                    next[i][s] = Some((j, t));
                    linked[j][t] = true;
                }
                break;
            }
        }
    }
    let mut marks: Vec<Vec<bool>> = lines.iter().map(|l| vec![false; l.segments.len()]).collect();
    for (i, linked) in linked.iter().enumerate() {
        for (s, _) in linked.iter().enumerate().filter(|(_, l)| !**l) {
            let chain: Vec<(usize, usize)> =
                std::iter::successors(Some((i, s)), |at| next[at.0][at.1]).collect();
            if is_prose(&chain, lines, words) && !is_explained(&chain, lines, words) {
                for (l, t) in chain {
                    marks[l][t] = true;
                }
            }
        }
    }
    marks
}

fn is_prose(chain: &[(usize, usize)], lines: &[TextLine], words: &[Word]) -> bool {
    let segment = |at: &(usize, usize)| &lines[at.0].segments[at.1];
    let width = chain.iter().map(|at| segment(at).bbox.width()).fold(0.0, f32::max);
    let size = lines[chain[0].0].size;
    // Headings right above a paragraph say nothing of how full its lines are.
    let headings =
        chain.iter().take(MOST_TITLES).take_while(|at| segment(at).bbox.width() < SHORT_LINE * width);
    let chain = &chain[headings.count().min(chain.len() - 1)..];
    let count: usize = chain.iter().map(|at| segment(at).words.len()).sum();
    let figures: usize = chain
        .iter()
        .flat_map(|at| segment(at).words.iter())
        .filter(|w| kind_of([words[**w].text.as_str()]).is_numeric())
        .count();
    if 3 * figures > count || width < 11.0 * size {
        return false;
    }
    let full = &chain[..chain.len().max(2) - 1];
    let mean = full.iter().map(|at| segment(at).words.len()).sum::<usize>() as f32 / full.len() as f32;
    let fill =
        full.iter().map(|at| segment(at).bbox.width()).sum::<f32>() / full.len() as f32 / width.max(1.0);
    let beside_figures =
        chain.iter().filter(|at| lines[at.0].has_figures()).count() as f32 / chain.len() as f32;
    match chain.len() {
        1 => count >= 12 && beside_figures == 0.0,
        2 => mean >= 9.0 && beside_figures == 0.0,
        _ if beside_figures >= 0.3 => mean >= 6.0 && fill >= 0.9 && chain.len() >= 5,
        _ => mean >= 4.5 && fill >= 0.7,
    }
}

/// Whether short words at one place stand before a block's lines, again and again: a legend and its explanations.
fn is_explained(chain: &[(usize, usize)], lines: &[TextLine], words: &[Word]) -> bool {
    let term = |at: &(usize, usize)| {
        let line = &lines[at.0];
        let before = line.segments.get(at.1.checked_sub(1)?)?;
        let text = words.get(*before.words.first()?)?.text.as_str();
        let short = at.1 == 1
            && before.words.len() <= TERM_WORDS
            && before.kind == Kind::Words
            && !is_list_mark(text);
        let apart = lines[at.0].segments[at.1].bbox.x0 - before.bbox.x1 >= TERM_GAP * line.size;
        (short && apart && !text.ends_with(':')).then_some(before.bbox.x0)
    };
    let terms: Vec<f32> = chain.iter().filter_map(term).collect();
    let Some(first) = chain.first().and_then(term) else { return false };
    let in_line = terms.iter().all(|x| (x - first).abs() <= 2.0);
    in_line
        && terms.len() * MOST_LINES_A_TERM >= chain.len()
        && (terms.len() >= 2 || chain.len() <= MOST_LINES_A_TERM)
}

/// Words from which a line is one of running text and no cell.
const SENTENCE_WORDS: usize = 6;
/// Smallest distance from the one line above to a title that has nothing to do with it, in parts of the font size.
const FAR_TITLE: f32 = 1.8;

/// A run of lines that is being gathered.
struct Run {
    lines: Vec<usize>,
    /// Lines of one segment since the last line of several.
    lone: Vec<usize>,
    gutters: Vec<(f32, f32)>,
    bbox: Rect,
    baseline: f32,
}

/// A page's lines without running text.
struct Open<'a> {
    lines: &'a [TextLine],
    words: &'a [Word],
    edges: &'a Edges,
    /// The segments that take part, by line.
    segments: Vec<Vec<usize>>,
    /// Whether the line holds running text.
    prose: Vec<bool>,
}

impl Open<'_> {
    fn boxes(&self, line: usize) -> Vec<Rect> {
        self.segments[line].iter().map(|s| self.lines[line].segments[*s].bbox).collect()
    }

    fn bbox(&self, line: usize) -> Rect {
        Rect::around(self.boxes(line)).unwrap_or_default()
    }

    fn has_figures(&self, line: usize) -> bool {
        self.segments[line].iter().any(|s| self.lines[line].segments[*s].kind.is_figure())
    }

    /// Whether the line is one of a list: a mark or number, then words.
    fn is_listed(&self, line: usize) -> bool {
        let [first, second] = self.segments[line][..] else { return false };
        let line = &self.lines[line];
        is_listed(&line.segments[first], &line.segments[second], line.size, self.words)
    }

    /// Whether the line begins as captions do: a word and a number, "Table 6".
    fn is_caption(&self, line: usize) -> bool {
        let mut words = self.lines[line].words().map(|w| self.words[w].text.as_str());
        let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
        first.starts_with(char::is_uppercase)
            && first.chars().all(char::is_alphabetic)
            && second.starts_with(|c: char| c.is_ascii_digit())
            && second.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ':'))
    }

    fn says_the_same(&self, a: usize, b: usize) -> bool {
        let text = |line: usize| self.lines[line].words().map(|w| self.words[w].text.as_str());
        text(a).eq(text(b))
    }

    /// Whether a level line is drawn from one end to the other somewhere between two lines of text.
    fn ruled_between(&self, above: usize, below: usize, x0: f32, x1: f32) -> bool {
        let from = self.lines[above].baseline;
        let to = self.lines.get(below).map_or(f32::INFINITY, |l| l.baseline);
        let first = self.edges.level.partition_point(|e| e.at < from);
        self.edges.level[first..].iter().take_while(|e| e.at <= to).any(|e| e.covers(x0, x1) > 0.8)
    }

    /// Whether the line may be a row: several segments, and no item of a list.
    fn is_tabular(&self, line: usize) -> bool {
        self.segments[line].len() >= 2 && !self.is_listed(line)
    }
}

/// Whether the first segment of a line is the mark of a list, or "Table 6:", and the second its text.
pub(super) fn is_listed(first: &Segment, second: &Segment, size: f32, words: &[Word]) -> bool {
    let texts: Vec<&str> = first.words.iter().map(|w| words[*w].text.as_str()).collect();
    if let [_, number] = texts[..]
        && number.ends_with([':', '.'])
        && number.starts_with(|c: char| c.is_ascii_digit())
        && second.kind == Kind::Words
    {
        return true;
    }
    let [text] = texts[..] else { return false };
    if is_section_number(text)
        && second.kind == Kind::Words
        && second.bbox.x0 - first.bbox.x1 < HEADING_INDENT * size
    {
        return true;
    }
    let is_number = text.strip_suffix('.').is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()));
    let indent = if is_number { NUMBER_INDENT } else { LIST_INDENT };
    let near = second.bbox.x0 - first.bbox.x1 < indent * size;
    near && second.kind == Kind::Words && second.words.len() >= 2 && is_list_mark(text)
}

/// A bullet, a number with a point or bracket, a footnote's mark.
fn is_list_mark(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(first), Some(last)) = (chars.next(), text.chars().last()) else { return false };
    let bullet = chars.next().is_none() && !first.is_alphanumeric() && !first.is_ascii_punctuation();
    let section = is_section_number(text);
    let dash = matches!(text, "-" | "–" | "—" | "*" | "**" | "***" | "o" | "•");
    let numbered = text.len() <= 8
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ')' | '(' | ':'))
        && (matches!(last, '.' | ')' | ':') && text.chars().filter(|c| c.is_alphabetic()).count() <= 3
            || text.matches('.').count() >= 2);
    bullet || dash || numbered || section
}

/// "3.1", "2.10.4".
fn is_section_number(text: &str) -> bool {
    text.contains('.')
        && text
            .split('.')
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Find the regions.
pub(super) fn find(lines: &[TextLine], words: &[Word], edges: &Edges) -> Vec<Region> {
    let marks = prose(lines, words);
    let segments = marks.iter().map(|m| (0..m.len()).filter(|s| !m[*s]).collect()).collect();
    let mut open =
        Open { lines, words, edges, segments, prose: marks.iter().map(|m| m.contains(&true)).collect() };
    let mut regions = Vec::new();
    let mut taken = 0; // lines before this one belong to a region
    for run in gather_runs(&open) {
        for part in split(&open, &run.lines) {
            let part = trim(&open, part);
            let tabular = part.iter().filter(|l| open.is_tabular(**l)).count();
            let figures = part.iter().any(|l| open.has_figures(*l));
            if tabular < if figures { 2 } else { 3 } {
                continue;
            }
            let part = extend(&mut open, part, taken);
            taken = part.last().map_or(taken, |l| l + 1);
            let words: Vec<usize> = part
                .iter()
                .flat_map(|l| {
                    open.segments[*l].iter().flat_map(|s| lines[*l].segments[*s].words.iter().copied())
                })
                .collect();
            let bbox = Rect::around(part.iter().map(|l| open.bbox(*l))).unwrap_or_default();
            regions.push(Region { bbox, words });
        }
    }
    regions
}

/// Runs of lines that leave the same gutters free.
fn gather_runs(open: &Open<'_>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut current: Option<Run> = None;
    for (at, line) in open.lines.iter().enumerate() {
        if open.segments[at].is_empty() {
            // Running text over the run's width ends it; beside it, it does not.
            if current.as_ref().is_some_and(|run| line.bbox.x_overlap(&run.bbox) > 0.0) {
                runs.extend(current.take());
            }
            continue;
        }
        let boxes = open.boxes(at);
        let bbox = open.bbox(at);
        if current.as_ref().is_some_and(|run| line.baseline - run.baseline > TABLE_STEP * line.size.max(8.0))
        {
            runs.extend(current.take());
        }
        if !open.is_tabular(at) {
            if let Some(run) = &mut current {
                run.lone.push(at);
                run.baseline = line.baseline;
                if run.lone.len() > LONE_LINES {
                    runs.extend(current.take());
                }
            }
            continue;
        }
        let kept = current.as_ref().map(|run| meet(run, &boxes, bbox));
        match (&mut current, kept) {
            (Some(run), Some(kept)) if !kept.is_empty() && run.lines.len() < LONGEST_RUN => {
                run.lines.append(&mut run.lone);
                run.lines.push(at);
                run.gutters = kept;
                run.bbox = run.bbox.union(&bbox);
                run.baseline = line.baseline;
            }
            _ => {
                let mut next = Run {
                    lines: vec![at],
                    lone: Vec::new(),
                    gutters: boxes.windows(2).map(|p| (p[0].x1, p[1].x0)).collect(),
                    bbox,
                    baseline: line.baseline,
                };
                if let Some(run) = &mut current {
                    take_headings(open, run, &mut next);
                }
                runs.extend(current.take());
                current = Some(next);
            }
        }
    }
    runs.extend(current);
    runs
}

/// Take lines without figures from a run's end that fit the next run better: its heading, gathered too early.
fn take_headings(open: &Open<'_>, run: &mut Run, next: &mut Run) {
    run.lines.append(&mut run.lone);
    let mut from = run.lines.len();
    let mut first = next.lines[0];
    for at in (0..run.lines.len()).rev() {
        let line = run.lines[at];
        let near =
            open.lines[first].baseline - open.lines[line].baseline <= HEADING_STEP * open.lines[line].size;
        if open.has_figures(line) || !near {
            break;
        }
        first = line;
        if !open.is_tabular(line) {
            continue;
        }
        let kept = meet(next, &open.boxes(line), open.bbox(line));
        if kept.is_empty() {
            break;
        }
        next.gutters = kept;
        next.bbox = next.bbox.union(&open.bbox(line));
        from = at;
    }
    let mut lines = run.lines.split_off(from);
    lines.append(&mut next.lines);
    next.lines = lines;
}

/// Cut a run where another table begins: after a gap, with a title or a heading without figures.
fn split(open: &Open<'_>, run: &[usize]) -> Vec<Vec<usize>> {
    let mut steps: Vec<f32> = run
        .windows(2)
        .map(|p| open.lines[p[1]].baseline - open.lines[p[0]].baseline)
        .filter(|s| *s > 1.0)
        .collect();
    steps.sort_by(f32::total_cmp);
    let usual = steps.get(steps.len() / 2).copied().unwrap_or(0.0);
    let mut parts: Vec<Vec<usize>> = vec![Vec::new()];
    let mut seen_figures = false;
    let mut rows = 0;
    let mut part_bbox: Option<Rect> = None;
    for (at, line) in run.iter().enumerate() {
        let step = if at == 0 { 0.0 } else { open.lines[*line].baseline - open.lines[run[at - 1]].baseline };
        let figures = open.has_figures(*line);
        let title = !open.is_tabular(*line)
            && part_bbox.is_some_and(|b| open.bbox(*line).x0 > b.x0 + 0.12 * b.width());
        let heading = open.is_tabular(*line)
            && !figures
            && open.boxes(*line).iter().all(|b| part_bbox.is_some_and(|p| b.x0 > p.x0 + 5.0));
        let larger =
            at > 0 && open.lines[*line].size > 1.12 * open.lines[run[at - 1]].size && !open.is_tabular(*line);
        let far = step > NEW_TABLE_STEP * usual;
        // A lone line that is followed by figures right away opens a group of rows.
        let opens_group = !open.is_tabular(*line)
            && !open.is_caption(*line)
            && !run[..at].iter().any(|l| open.says_the_same(*l, *line))
            && run[at..].iter().find(|l| open.is_tabular(**l)).is_some_and(|l| {
                open.has_figures(*l)
                    && part_bbox.is_none_or(|b| !open.ruled_between(*line, *l + 1, b.x0, b.x1))
            });
        // Bold headings over rows that are not.
        let bold = |line: usize| open.lines[line].is_bold(open.words);
        let headed = open.is_tabular(*line)
            && !figures
            && bold(*line)
            && at > 0
            && !bold(run[at - 1])
            && open.segments[*line].len() >= BOLD_HEADINGS;
        let breaks = far && (title || heading || headed || !figures && step > 2.0 * usual) && !opens_group;
        // The head of a page stands far above a title.
        let below_page_head = rows == 1 && step > FAR_TITLE * open.lines[*line].size;
        if (seen_figures || headed) && breaks && rows > 0
            || larger && (rows >= ROWS_BEFORE_TITLE || below_page_head)
        {
            parts.push(Vec::new());
            part_bbox = None;
            seen_figures = false;
            rows = 0;
        }
        rows += usize::from(open.is_tabular(*line));
        seen_figures |= figures && open.is_tabular(*line);
        let bbox = open.bbox(*line);
        part_bbox = Some(part_bbox.map_or(bbox, |p| p.union(&bbox)));
        if let Some(part) = parts.last_mut() {
            part.push(*line);
        }
    }
    parts
}

/// Leave out lone lines at both ends.
fn trim(open: &Open<'_>, mut part: Vec<usize>) -> Vec<usize> {
    while part.last().is_some_and(|l| !open.is_tabular(*l)) {
        part.pop();
    }
    let first = part.iter().position(|l| open.is_tabular(*l)).unwrap_or(part.len());
    part.split_off(first)
}

/// Take in heading lines above and the end of a label below.
fn extend(open: &mut Open<'_>, mut part: Vec<usize>, taken: usize) -> Vec<usize> {
    let bbox = Rect::around(part.iter().map(|l| open.bbox(*l))).unwrap_or_default();
    // Where the values begin.
    let starts = part.iter().filter(|l| open.is_tabular(**l)).filter_map(|l| Some(open.boxes(*l).get(1)?.x0));
    let values_from = starts.reduce(f32::min).unwrap_or(bbox.x1);
    let cores = cores_of(open, &part);

    let mut first = part[0];
    let ruled_from = top_line(open, first, bbox, taken);
    while first > taken {
        let above = first - 1;
        let line = &open.lines[above];
        let here = open.bbox(above);
        let step = open.lines[first].baseline - line.baseline;
        let inside = here.x0 >= bbox.x0 - 6.0 && here.x1 <= bbox.x1 + 6.0;
        // What is set larger in one line is a heading of the text.
        let titled = line.segments.len() == 1 && line.size > LARGER * open.lines[first].size;
        let ruled = ruled_from.is_some_and(|from| above >= from) && !titled;
        if step <= HEADING_STEP * line.size
            && !line.words().any(|w| kind_of([open.words[w].text.as_str()]).is_figure())
            && heads_columns(open, above, &cores)
        {
            open.segments[above] = (0..line.segments.len()).collect();
            part.insert(0, above);
            first = above;
            continue;
        }
        if open.prose[above] || open.segments[above].is_empty() || open.is_listed(above) {
            break;
        }
        let heading = inside
            && here.x0 >= values_from - 2.0
            && step <= HEADING_STEP * line.size.max(open.lines[first].size)
            && (line.size - open.lines[first].size).abs() <= 0.12 * line.size
            && !open.has_figures(above);
        // Headings that repeat themselves have a heading over each group of columns.
        let grouped = inside
            && here.x1 > values_from
            && step <= GROUP_STEP * line.size.max(open.lines[first].size)
            && !open.has_figures(above)
            && repeats(open, &part);
        if !(heading || ruled || grouped) {
            break;
        }
        part.insert(0, above);
        first = above;
    }
    for _ in 0..LABEL_END {
        let last = *part.last().unwrap_or(&first);
        let end = last + 1;
        if end >= open.lines.len() || open.prose[end] || open.segments[end].len() != 1 {
            break;
        }
        let (line, here) = (&open.lines[end], open.bbox(end));
        let step = line.baseline - open.lines[last].baseline;
        let lower = open.lines[end]
            .words()
            .next()
            .is_some_and(|w| open.words[w].text.chars().next().is_some_and(char::is_lowercase));
        if !(lower && here.x1 < values_from && here.x0 >= bbox.x0 - 2.0 && step <= HEADING_STEP * line.size) {
            break;
        }
        part.push(end);
    }
    part
}

/// Whether the lines above the first figures hold the same words twice: "Men, Women, Men, Women".
fn repeats(open: &Open<'_>, part: &[usize]) -> bool {
    let mut texts: Vec<String> = part
        .iter()
        .take_while(|l| !open.has_figures(**l))
        .flat_map(|l| open.segments[*l].iter().map(|s| &open.lines[*l].segments[*s]))
        .map(|s| s.words.iter().map(|w| open.words[*w].text.as_str()).collect::<Vec<_>>().join(" "))
        .filter(|t| t.len() > 1)
        .collect();
    let all = texts.len();
    texts.sort_unstable();
    texts.dedup();
    all >= 4 && 4 * texts.len() <= 3 * all
}

/// The stretches that words of a table's lines of figures stand on, gutters between them.
fn cores_of(open: &Open<'_>, part: &[usize]) -> Vec<(f32, f32)> {
    let mut boxes: Vec<(f32, f32)> = part
        .iter()
        .filter(|l| open.is_tabular(**l) && open.has_figures(**l))
        .flat_map(|l| open.lines[*l].segments.iter().map(|s| (s.bbox.x0, s.bbox.x1)))
        .collect();
    boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut cores: Vec<(f32, f32)> = Vec::new();
    for (x0, x1) in boxes {
        match cores.last_mut() {
            Some(core) if x0 - core.1 < GUTTER => core.1 = core.1.max(x1),
            _ => cores.push((x0, x1)),
        }
    }
    cores
}

/// Whether a line's words stand over the columns one by one, aligned with them: a heading set tight.
fn heads_columns(open: &Open<'_>, line: usize, cores: &[(f32, f32)]) -> bool {
    if cores.len() < 3 {
        return false;
    }
    let mut over: Vec<Option<(f32, f32)>> = vec![None; cores.len()];
    let mut last: Option<(usize, f32)> = None;
    for word in open.lines[line].words() {
        let b = open.words[word].bbox;
        let touched = |c: &&(f32, f32)| b.x0 < c.1 - 1.0 && c.0 + 1.0 < b.x1;
        if cores.iter().filter(touched).count() > 1 {
            return false;
        }
        let distance = |c: &(f32, f32)| (c.0 - b.x1).max(b.x0 - c.1);
        let nearest = (0..cores.len()).min_by(|p, q| distance(&cores[*p]).total_cmp(&distance(&cores[*q])));
        if let Some(at) = nearest {
            let close = last
                .is_some_and(|(core, x1)| core != at && b.x0 - x1 < NO_WORD_SPACE * open.lines[line].size);
            if close {
                return false;
            }
            last = Some((at, b.x1));
            over[at] = Some(over[at].map_or((b.x0, b.x1), |o| (o.0.min(b.x0), o.1.max(b.x1))));
        }
    }
    let near = |a: f32, b: f32| (a - b).abs() <= 0.35 * open.lines[line].size;
    let aligned = (over.iter().zip(cores).skip(1))
        .filter(|(o, c)| {
            o.is_some_and(|o| near(o.0, c.0) || near(o.1, c.1) || near((o.0 + o.1) / 2.0, (c.0 + c.1) / 2.0))
        })
        .count();
    2 * aligned > cores.len() - 1
}

/// The first line below the nearest wide level edge above a table, if nothing but headings stands between.
fn top_line(open: &Open<'_>, first: usize, bbox: Rect, taken: usize) -> Option<usize> {
    let top = open.lines[first].bbox.y0;
    let size = open.lines[first].size;
    let wide = |at: f32| {
        let all = open.edges.level.iter().chain(&open.edges.soft_level);
        let near = all.filter(|e| (e.at - at).abs() < 2.0);
        near.map(|e| e.covers(bbox.x0, bbox.x1)).sum::<f32>() >= 0.7
    };
    let edge = open
        .edges
        .level
        .iter()
        .chain(&open.edges.soft_level)
        .filter(|e| e.at < top + 2.0 && e.at > top - HEADING_HEIGHT * size && wide(e.at))
        .map(|e| e.at)
        .reduce(f32::min)?;
    let from = (taken..first).find(|l| open.lines[*l].bbox.center().y > edge)?;
    let near = open.lines[from].bbox.y0 - edge <= BELOW_TOP * open.lines[from].size;
    let bare = (from..first).all(|l| !open.prose[l] && !open.segments[l].is_empty());
    (near && bare).then_some(from)
}

/// The gutters that stay free when a line joins a run.
fn meet(run: &Run, boxes: &[Rect], bbox: Rect) -> Vec<(f32, f32)> {
    // Beyond its ends a line leaves everything free.
    let mut free = vec![(f32::NEG_INFINITY, bbox.x0)];
    free.extend(boxes.windows(2).map(|p| (p[0].x1, p[1].x0)));
    free.push((bbox.x1, f32::INFINITY));
    let mut kept = Vec::new();
    for gutter in &run.gutters {
        for gap in &free {
            let (from, to) = (gutter.0.max(gap.0), gutter.1.min(gap.1));
            if to - from >= GUTTER {
                kept.push((from, to));
            }
        }
    }
    // Gutters of the new line beyond the run's ends are free in the run.
    for pair in boxes.windows(2) {
        let (from, to) = if pair[1].x0 > run.bbox.x1 && pair[0].x1 >= run.bbox.x0 {
            (pair[0].x1.max(run.bbox.x1), pair[1].x0)
        } else if pair[0].x1 < run.bbox.x0 {
            (pair[0].x1, pair[1].x0.min(run.bbox.x0))
        } else {
            continue;
        };
        if to - from >= GUTTER {
            kept.push((from, to));
        }
    }
    kept.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    kept.dedup();
    kept
}
