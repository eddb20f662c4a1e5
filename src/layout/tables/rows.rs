//! Rows of a table without a drawn grid.
//!
//! In go lines cut into pieces by column, out come which lines make the heading and which lines make each row. A
//! label of several lines with its value on one of them is one row.

use super::columns::{Column, Piece};
use super::edges::Edge;
use super::frames;
use super::kind::Kind;
use super::segments::TextLine;
use crate::layout::Word;

/// Smallest share of height, of the lower line, that two lines must share to be one row: a value midway between two
/// lines of its label.
const MIDWAY: f32 = 0.25;
/// How much of the table's width a line must cover to part rows.
const WIDE_EDGE: f32 = 0.55;
/// Largest distance between baselines of a cell's lines, in parts of the font size.
const WRAP_STEP: f32 = 1.6;
/// A distance this many times another is clearly larger.
const CLEARLY: f32 = 1.22;
/// The lines of one label are nearer to each other than this, in parts of the distance between rows.
const ROW_PITCH: f32 = 0.95;
/// Most lines above a heading of figures.
const MOST_ABOVE_FIGURES: usize = 4;
/// Fewest labels that go on below their values where values stand on the labels' first lines.
const FEWEST_LEADING: usize = 2;
/// A label whose width is at least this share of its column's may have been wrapped.
const FULL_LABEL: f32 = 0.75;

/// Most words of the label that a remark across the columns begins with.
const LONGEST_REMARK_LABEL: usize = 2;

/// Which lines belong together.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// How many of the first lines are the heading.
    pub header_lines: usize,
    /// The lines of each row below it.
    pub body: Vec<Vec<usize>>,
    /// Whether rows were told apart by guess where lines and spacing are silent.
    pub guessed: bool,
}

/// A region cut into lines and columns.
pub(super) struct Lattice<'a> {
    pub lines: &'a [TextLine],
    pub pieces: &'a [Vec<Piece>],
    pub columns: &'a [Column],
    pub level: &'a [Edge],
    pub upright: &'a [Edge],
    pub words: &'a [Word],
    pub x0: f32,
    pub x1: f32,
}

impl Lattice<'_> {
    /// Whether a wide line is drawn between two lines of text.
    pub(super) fn parted(&self, above: usize, below: usize) -> bool {
        self.wide_edge_between(
            self.lines[above].baseline,
            self.lines[below].baseline - 0.45 * self.lines[below].size,
        )
    }

    /// Whether the line drawn between two lines of text also reaches over the labels.
    fn labels_parted(&self, above: usize, below: usize) -> bool {
        let (from, to) =
            (self.lines[above].baseline, self.lines[below].baseline - 0.45 * self.lines[below].size);
        let first = self.level.partition_point(|e| e.at < from - 1.0);
        let between = self.level[first..].iter().take_while(|e| e.at <= to);
        between.map(|e| e.covers(self.columns[0].x0, self.columns[0].x1)).sum::<f32>() >= WIDE_EDGE
    }

    /// Whether an upright line is drawn between a column and the next one, beside a line of text.
    pub(super) fn walled(&self, line: usize, column: usize) -> bool {
        self.wall_after(line, column).is_some()
    }

    /// Where an upright line is drawn between a column and the next one, beside a line of text.
    pub(super) fn wall_after(&self, line: usize, column: usize) -> Option<f32> {
        let middle = |c: &Column| (c.x0 + c.x1) / 2.0;
        let (left, right) = (middle(self.columns.get(column)?), middle(self.columns.get(column + 1)?));
        let b = self.lines[line].bbox;
        let first = self.upright.partition_point(|e| e.at < left);
        let mut between = self.upright[first..].iter().take_while(|e| e.at <= right);
        between.find(|e| e.covers(b.y0, b.y1) > 0.5).map(|e| e.at)
    }

    fn wide_edge_between(&self, from: f32, to: f32) -> bool {
        let first = self.level.partition_point(|e| e.at < from - 1.0);
        let between = self.level[first..].iter().take_while(|e| e.at <= to);
        between.map(|e| e.covers(self.x0, self.x1)).sum::<f32>() >= WIDE_EDGE
    }

    /// Whether a line holds a figure where figures belong.
    fn is_data(&self, line: usize) -> bool {
        let pieces = &self.pieces[line];
        let figures = pieces
            .iter()
            .filter(|p| {
                p.first == p.last
                    && self.columns[p.first].numeric
                    && matches!(p.segment.kind, Kind::Figure | Kind::Missing)
            })
            .count();
        let years = pieces.iter().filter(|p| p.segment.kind == Kind::Year).count();
        figures > 0 && !self.is_count(line) && (figures >= years || figures >= 2)
    }

    /// Whether the line only counts the columns: "1 2 3 4" or "(1) (2) (3)".
    fn is_count(&self, line: usize) -> bool {
        let numbers: Vec<i32> = self.pieces[line]
            .iter()
            .filter_map(|p| self.text(p).trim_matches(['(', ')', '[', ']', '.']).parse().ok())
            .collect();
        numbers.len() >= 3
            && numbers.len() == self.pieces[line].len()
            && numbers.windows(2).all(|p| p[1] == p[0] + 1)
    }

    pub(super) fn text(&self, piece: &Piece) -> String {
        let texts: Vec<&str> = piece.segment.words.iter().map(|w| self.words[*w].text.as_str()).collect();
        texts.join(" ")
    }

    fn label(&self, line: usize) -> Option<&Piece> {
        self.pieces[line].first().filter(|p| p.first == 0)
    }
}

/// Group a region's lines into heading and rows. `headings` is how many lines are known to be the heading.
pub(super) fn group(lattice: &Lattice<'_>, headings: Option<usize>) -> Rows {
    let count = lattice.lines.len();
    if count == 0 {
        return Rows::default();
    }
    let header_lines = headings.unwrap_or_else(|| header_end(lattice));
    let numeric = lattice.columns.iter().any(|c| c.numeric);
    let mut rows =
        if numeric { figure_rows(lattice, header_lines) } else { text_rows(lattice, header_lines) };
    rows.header_lines = header_lines;
    rows.body = remarks_apart(lattice, rows.body);
    rows
}

/// Remarks under the cells of a row, "Kommentar: …" from the left end across gutters and all lines below it, are rows of
/// their own.
fn remarks_apart(lattice: &Lattice<'_>, rows: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let begins_remark = |line: usize| {
        let [piece] = lattice.pieces[line].as_slice() else { return false };
        let label = lattice.text(piece);
        let is_labelled = label
            .split_whitespace()
            .take(LONGEST_REMARK_LABEL)
            .find(|word| word.ends_with(':'))
            .is_some_and(|_| label.starts_with(char::is_uppercase));
        piece.first == 0 && piece.last > 0 && is_labelled
    };
    let remark_in = |row: &[usize]| {
        let at = row.iter().skip(1).position(|line| begins_remark(*line))? + 1;
        row[..at].iter().any(|line| lattice.pieces[*line].len() > 1).then_some(at)
    };
    let mut parted = Vec::with_capacity(rows.len());
    for mut row in rows {
        let remark = remark_in(&row).map(|at| row.split_off(at));
        parted.push(row);
        parted.extend(remark);
    }
    parted
}

fn header_end(lattice: &Lattice<'_>) -> usize {
    let count = lattice.lines.len();
    let is_data =
        |l: &usize| lattice.is_data(*l) && !heads_by_figures(lattice, *l) && !ends_headings(lattice, *l);
    let Some(first_data) = (0..count).find(is_data) else {
        // Words only: a line below the first rows, or bold, tells the heading.
        let edge = (1..count.min(5)).find(|l| lattice.parted(l - 1, *l));
        let bold = |l: usize| lattice.lines[l].is_bold(lattice.words);
        return match edge {
            Some(l) if lattice.pieces[..l].iter().any(|p| p.len() >= 2) => l,
            _ if bold(0) && count > 1 && !bold(count - 1) => (1..count).find(|l| !bold(*l)).unwrap_or(1),
            _ => 0,
        };
    };
    let parted: Vec<usize> = (1..=first_data).filter(|l| lattice.parted(l - 1, *l)).collect();
    if let Some(last) = parted.last() {
        // Below the first line that has headings over most columns, what has none opens a group of rows.
        let numeric = lattice.columns.iter().filter(|c| c.numeric).count();
        let headed = |l: usize| {
            let over = |c: usize| lattice.pieces[..l].iter().flatten().any(|p| p.first <= c && c <= p.last);
            let bare = lattice.pieces[l..first_data].iter().all(|p| p.len() == 1);
            bare && 2 * (0..lattice.columns.len()).filter(|c| lattice.columns[*c].numeric && over(*c)).count()
                > numeric
        };
        let end = parted.iter().copied().find(|l| headed(*l)).unwrap_or(*last);
        // A line may be drawn under the headings of groups alone: those of the columns follow it.
        let numeric: Vec<usize> =
            (1..lattice.columns.len()).filter(|c| lattice.columns[*c].numeric).collect();
        let heads = |l: &usize| {
            let over = |c: &&usize| lattice.pieces[*l].iter().any(|p| p.first == **c);
            numeric.len() > 1 && 2 * numeric.iter().filter(over).count() > numeric.len()
        };
        let Some(lowest) = (end..first_data).rev().find(heads) else { return end };
        return (lowest..first_data)
            .take_while(|l| *l == lowest || lattice.label(*l).is_none())
            .last()
            .map_or(end, |l| l + 1);
    }
    // A lone label just above the figures, below headings over them, opens the first group of rows.
    let mut end = first_data;
    while end > 1 {
        let lone = lattice.pieces[end - 1].len() == 1 && lattice.label(end - 1).is_some();
        let headed = lattice.pieces[..end - 1].iter().any(|p| p.iter().any(|p| p.first > 0));
        let stub_above = lattice.pieces[..end - 1].iter().any(|p| p.first().is_some_and(|p| p.first == 0));
        let close = lattice.lines[end - 1].baseline - lattice.lines[end - 2].baseline
            < 1.05 * lattice.lines[end - 1].size;
        let begins = lattice.label(end).is_some_and(|p| starts_lower(&lattice.text(p))) && end < first_data;
        if lone && headed && !close && (stub_above || end == first_data || begins) && !wraps(lattice, end - 1)
        {
            end -= 1;
        } else {
            break;
        }
    }
    end
}

/// Whether a line without a label stands half beside a line of headings: the lower half of those set on two lines, "2024 (%)".
fn ends_headings(lattice: &Lattice<'_>, line: usize) -> bool {
    let Some(above) = line.checked_sub(1) else { return false };
    let (a, b) = (&lattice.lines[above], &lattice.lines[line]);
    lattice.label(line).is_none()
        && lattice.pieces[above].len() >= 2
        && lattice.label(above).is_some()
        && !lattice.is_data(above)
        && a.bbox.y_overlap(&b.bbox) >= MIDWAY * a.bbox.height().min(b.bbox.height())
}

/// Whether a line of figures is the heading of what is below: they rise from left to right, the table's only line
/// over its whole width is drawn just below them, and no other heading stands over each of the columns.
fn heads_by_figures(lattice: &Lattice<'_>, line: usize) -> bool {
    let count = lattice.lines.len();
    let over = |c: usize| (lattice.pieces[..line].iter().flatten()).any(|p| p.first == c && p.last == c);
    let columns: Vec<usize> = (0..lattice.columns.len()).filter(|c| lattice.columns[*c].numeric).collect();
    let headed = columns.iter().filter(|c| over(**c)).count();
    let wide = |l: usize| lattice.parted(l - 1, l) && lattice.labels_parted(l - 1, l);
    let rises = |l: usize| frames::rises(&lattice.lines[l], lattice.words);
    let end = (line + 1..count).take(2).find(|l| wide(*l));
    line <= MOST_ABOVE_FIGURES
        && end.is_some_and(|end| (line..end).all(rises))
        && 2 * headed < columns.len()
        && (1..count - 1).filter(|l| wide(*l)).count() <= 1 + count / 8
}

/// Whether a lone label is the end of the label just above it: alike, near, and that one is full.
fn wraps(lattice: &Lattice<'_>, line: usize) -> bool {
    let Some((here, above)) = lattice.label(line).zip(lattice.label(line - 1)) else { return false };
    let near = lattice.lines[line].baseline - lattice.lines[line - 1].baseline
        <= WRAP_STEP * lattice.lines[line].size;
    let bold = |p: &Piece| p.segment.words.iter().all(|w| lattice.words[*w].bold);
    near && bold(here) && bold(above) && is_full(lattice, above)
}

/// Rows of a table with columns of figures.
fn figure_rows(lattice: &Lattice<'_>, from: usize) -> Rows {
    let count = lattice.lines.len();
    let mut guessed = false;
    // 1: lines that stand beside each other are one.
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for line in from..count {
        let beside = groups.last().and_then(|g| g.last()).is_some_and(|last| {
            let (a, b) = (&lattice.lines[*last], &lattice.lines[line]);
            a.bbox.y_overlap(&b.bbox) >= MIDWAY * a.bbox.height().min(b.bbox.height())
        }) && groups.last().is_some_and(|g| !clash(lattice, g, &[line]));
        match groups.last_mut() {
            Some(group) if beside => group.push(line),
            _ => groups.push(vec![line]),
        }
    }
    // 2: where lines part most rows, what stands between two of them is one row.
    let data = |g: &Vec<usize>| g.iter().any(|l| lattice.is_data(*l));
    let data_count = groups.iter().filter(|g| data(g)).count();
    let parted = groups.windows(2).filter(|p| lattice.parted(p[0][p[0].len() - 1], p[1][0])).count();
    if parted >= 2 && 2 * (parted + 1) >= data_count {
        let step = |above: usize, below: usize| lattice.lines[below].baseline - lattice.lines[above].baseline;
        let steps = groups
            .windows(2)
            .filter(|p| data(&p[0]) && data(&p[1]))
            .map(|p| step(p[0][p[0].len() - 1], p[1][0]));
        let pitch = steps.fold(f32::INFINITY, f32::min);
        // Stripes may leave out the line that names a group of rows: it stands as far away as a row does.
        let names_group = |row: &Vec<usize>, group: &Vec<usize>| {
            let (above, below) = (row[row.len() - 1], group[0]);
            let step = step(above, below);
            (!data(row) || !data(group))
                && step > WRAP_STEP * lattice.lines[above].size
                && step > ROW_PITCH * pitch
        };
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for group in groups {
            let joins = rows.last().is_some_and(|row| {
                !lattice.parted(row[row.len() - 1], group[0])
                    && !clash(lattice, row, &group)
                    && !names_group(row, &group)
            });
            match rows.last_mut() {
                Some(row) if joins => row.extend(group),
                _ => rows.push(group),
            }
        }
        return Rows { header_lines: from, body: rows, guessed };
    }
    // 3: a line without figures goes with the row it is nearest to, or stands alone.
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut waiting: Vec<usize> = Vec::new(); // lines that go on with the next row
    for at in 0..groups.len() {
        let group = &groups[at];
        if data(group) {
            let mut row = std::mem::take(&mut waiting);
            row.extend(group);
            rows.push(row);
            continue;
        }
        let before = rows.last().filter(|_| waiting.is_empty());
        let up = before.and_then(|row| join_up(lattice, row, group[0], groups.get(at + 1).map(|g| g[0])));
        let down = groups.get(at + 1).and_then(|next| {
            join_down(
                lattice,
                group,
                next,
                waiting.first().copied().or(before.and_then(|r| r.last().copied())),
            )
        });
        match (up, down) {
            (Some(up), down) if up == Hint::Strong || down.is_none() => {
                if let Some(row) = rows.last_mut() {
                    row.extend(group);
                }
            }
            (up, Some(down)) => {
                // It may as well end the row above.
                guessed |= up.is_some() && down == Hint::Weak;
                waiting.extend(group);
            }
            (Some(_), None) => {}
            (None, None) => {
                let begun = !waiting.is_empty();
                // The end of a heading of several lines.
                let ends = begun && lattice.label(group[0]).is_some_and(|p| starts_lower(&lattice.text(p)));
                if begun {
                    rows.push(std::mem::take(&mut waiting));
                }
                match rows.last_mut() {
                    Some(row) if ends => row.extend(group),
                    _ => rows.push(group.clone()),
                }
            }
        }
    }
    if !waiting.is_empty() {
        rows.push(waiting);
    }
    Rows { header_lines: from, body: rows, guessed }
}

/// Whether both groups of lines hold a figure in one column: they cannot be one row.
fn clash(lattice: &Lattice<'_>, a: &[usize], b: &[usize]) -> bool {
    let figures = |lines: &[usize], column: usize| {
        lines.iter().any(|l| {
            lattice.pieces[*l].iter().any(|p| {
                p.first <= column
                    && column <= p.last
                    && matches!(p.segment.kind, Kind::Figure | Kind::Missing)
            })
        })
    };
    (0..lattice.columns.len()).any(|c| lattice.columns[c].numeric && figures(a, c) && figures(b, c))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Hint {
    Strong,
    Weak,
}

/// Whether a line without figures goes on with the row above.
fn join_up(lattice: &Lattice<'_>, row: &[usize], line: usize, next: Option<usize>) -> Option<Hint> {
    let last = *row.last()?;
    let (above, here) = (&lattice.lines[last], &lattice.lines[line]);
    let step = here.baseline - above.baseline;
    if step > WRAP_STEP * here.size || lattice.parted(last, line) {
        return None;
    }
    let step_down = next.map_or(f32::INFINITY, |n| {
        if lattice.parted(line, n) { f32::INFINITY } else { lattice.lines[n].baseline - here.baseline }
    });
    let first_piece = lattice.pieces[line].first()?;
    if first_piece.first > 0 {
        // Words under words of a later column, nothing in the label's.
        return Some(Hint::Strong);
    }
    let above_label = lattice.label(last)?;
    if above_label.segment.kind.is_numeric() && above_label.segment.words.len() == 1 {
        return None;
    }
    let lower = starts_lower(&lattice.text(first_piece));
    let bold = |l: usize| {
        lattice.pieces[l].first().is_some_and(|p| p.segment.words.iter().all(|w| lattice.words[*w].bold))
    };
    if bold(line) != bold(last) {
        return None;
    }
    if lower || lattice.text(above_label).ends_with(',') {
        return Some(Hint::Strong);
    }
    // At the page's end nothing below tells whether it goes on with the row or names the next ones.
    if step_down > step * CLEARLY && (next.is_some() || is_full(lattice, above_label)) {
        return Some(Hint::Strong);
    }
    // A line set in below a full one, while the next one begins where the label did.
    let next_x = next.and_then(|n| lattice.label(n)).map(|p| p.segment.bbox.x0);
    let set_in = first_piece.segment.bbox.x0 > above_label.segment.bbox.x0 + 2.0;
    if set_in && next_x.is_none_or(|x| x < first_piece.segment.bbox.x0 - 2.0) && is_full(lattice, above_label)
    {
        return Some(Hint::Weak);
    }
    None
}

/// Whether a line without figures is the beginning of the row below.
fn join_down(lattice: &Lattice<'_>, group: &[usize], next: &[usize], before: Option<usize>) -> Option<Hint> {
    let line = *group.last()?;
    let below = *next.first()?;
    let (here, there) = (&lattice.lines[line], &lattice.lines[below]);
    let step = there.baseline - here.baseline;
    if step > WRAP_STEP * here.size || lattice.parted(line, below) {
        return None;
    }
    let label = lattice.label(line)?;
    let Some(next_label) = lattice.label(below) else {
        // Figures without a label just below: they are this label's.
        return (step < 1.3 * here.size).then_some(Hint::Weak);
    };
    let text = lattice.text(label);
    if text.ends_with(':') {
        return None;
    }
    let bold = |p: &Piece| p.segment.words.iter().all(|w| lattice.words[*w].bold);
    if bold(label) != bold(next_label) {
        return None;
    }
    if starts_lower(&lattice.text(next_label)) {
        return Some(Hint::Strong);
    }
    // Where rows of one line follow as close as this, a label set in below it is not its end.
    let group = next_label.segment.bbox.x0 > label.segment.bbox.x0 + 1.0
        && pitch(lattice).is_some_and(|pitch| step >= ROW_PITCH * pitch);
    if group {
        return None;
    }
    let step_up = before.map_or(f32::INFINITY, |b| here.baseline - lattice.lines[b].baseline);
    if step_up.is_finite() && step_up > step * CLEARLY && is_full(lattice, label) {
        return Some(Hint::Strong);
    }
    let set_in = next_label.segment.bbox.x0 >= label.segment.bbox.x0 - 1.0;
    (is_full(lattice, label) && set_in && !values_lead(lattice)).then_some(Hint::Weak)
}

/// Whether values stand on the first line of their labels: again and again a label goes on in small letters below its
/// values, and nowhere above them.
fn values_lead(lattice: &Lattice<'_>) -> bool {
    let lower = |l: usize| lattice.label(l).is_some_and(|p| starts_lower(&lattice.text(p)));
    let near = |l: usize| {
        let step = lattice.lines[l].baseline - lattice.lines[l - 1].baseline;
        step <= WRAP_STEP * lattice.lines[l].size && !lattice.parted(l - 1, l)
    };
    let (mut after, mut before) = (0, 0);
    for line in 1..lattice.lines.len() {
        if near(line) && lower(line) {
            after += usize::from(lattice.is_data(line - 1) && !lattice.is_data(line));
            before += usize::from(!lattice.is_data(line - 1) && lattice.is_data(line));
        }
    }
    after >= FEWEST_LEADING && before == 0
}

/// The usual distance between rows of one line that follow each other; `None` where there are hardly any.
fn pitch(lattice: &Lattice<'_>) -> Option<f32> {
    let row = |l: usize| lattice.is_data(l) && lattice.label(l).is_some();
    let mut steps: Vec<f32> = (1..lattice.lines.len())
        .filter(|l| row(*l) && row(*l - 1))
        .map(|l| lattice.lines[l].baseline - lattice.lines[l - 1].baseline)
        .collect();
    steps.sort_by(f32::total_cmp);
    (steps.len() >= 3).then(|| steps[steps.len() / 2])
}

fn is_full(lattice: &Lattice<'_>, label: &Piece) -> bool {
    let column = &lattice.columns[0];
    label.segment.bbox.x1 - column.x0 >= FULL_LABEL * (column.x1 - column.x0)
}

fn starts_lower(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase) || text.starts_with(['(', '&'])
}

/// Rows of a table of words: where lines part them, else where a line has a label and words beside it, else where
/// there is more space.
fn text_rows(lattice: &Lattice<'_>, from: usize) -> Rows {
    let count = lattice.lines.len();
    let step = |line: usize| lattice.lines[line].baseline - lattice.lines[line - 1].baseline;
    let tight = (from + 1..count).map(step).filter(|s| *s > 2.0).fold(f32::INFINITY, f32::min);
    let by_edges = (from + 1..count).filter(|l| lattice.parted(l - 1, *l)).count() >= 2;
    let mut guessed = false;
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for line in from..count {
        let starts = if rows.is_empty() {
            true
        } else if by_edges {
            lattice.parted(line - 1, line)
        } else {
            let near = step(line) <= tight * CLEARLY;
            match lattice.label(line) {
                None => !near && step(line) > WRAP_STEP * lattice.lines[line].size,
                Some(label) => {
                    let lower = starts_lower(&lattice.text(label));
                    let alone = lattice.pieces[line].len() == 1;
                    // A label alone below another is its end, or a row whose other cells are blank.
                    guessed |= alone && near && !lower;
                    !(near && (lower || alone))
                }
            }
        };
        match rows.last_mut() {
            Some(row) if !starts => row.push(line),
            _ => rows.push(vec![line]),
        }
    }
    Rows { header_lines: from, body: rows, guessed }
}
