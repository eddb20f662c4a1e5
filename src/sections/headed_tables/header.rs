//! A line of column headings, and how a line below it is parted into cells.

use crate::geometry::Rect;
use crate::layout::Line;
use crate::vocabulary::{Column, Vocabulary};

/// Columns that a table of words has at least.
const FEWEST_COLUMNS: usize = 2;
/// Lines that a row of column headings is broken over at most.
const TALLEST: usize = 3;
/// Words of a heading that has no known meaning at most.
const LONGEST_UNKNOWN: usize = 4;
/// Characters between a column's edge and a cell in it at most, where only one space parts it from the cell before.
const NEAR_EDGE: f32 = 3.0;
/// Lines in which something begins at the same place at least, for that place to be a column's edge.
const FEWEST_AT_EDGE: usize = 2;
/// Largest distance between two lines of one heading, in parts of the font size.
const TIGHT: f32 = 1.8;

/// Column headings.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) columns: Vec<HeaderColumn>,
    /// Width of a character.
    pub(super) character: f32,
    /// How many lines it takes.
    pub(super) height: usize,
}

/// One column.
#[derive(Clone, Debug)]
pub(super) struct HeaderColumn {
    pub(super) label: String,
    /// What stands in it; `None` where the heading's words are not known.
    pub(super) role: Option<Column>,
    /// Its left edge.
    pub(super) edge: f32,
    /// Where its heading stands.
    bbox: Rect,
}

impl Header {
    /// The headings that begin with the first of these lines: one for what is followed up, one for how it stands, and
    /// hardly any word that heads no column.
    pub(super) fn read(lines: &[&Line], vocabulary: &Vocabulary) -> Option<Self> {
        let first = lines.first()?;
        // A heading's cells stand apart, or one above the others.
        let possible = |l: &Line| l.spans.iter().all(|s| s.text.chars().count() < 60);
        if !possible(first) {
            return None;
        }
        // A heading of the text directly above the first column's is none of the table's.
        if let ([_], Some(second)) = (first.spans.as_slice(), lines.get(1))
            && first.bbox.x0 <= second.bbox.x0 + first.size
            && second.text().starts_with(char::is_uppercase)
            && Self::of(&lines[1..2], vocabulary).is_some()
        {
            return None;
        }
        let mut best: Option<Self> = None;
        for height in 1..=TALLEST.min(lines.len()) {
            let last = lines[height - 1];
            if last.sheet != first.sheet
                || !possible(last)
                || (height > 1
                    && (last.bbox.y1 - lines[height - 2].bbox.y1).abs() > TIGHT * last.size.max(first.size))
            {
                break;
            }
            let Some(found) = Self::of(&lines[..height], vocabulary) else { continue };
            // A further line belongs to the headings only where it completes one that is known as a whole.
            let completes = best.as_ref().is_none_or(|before: &Self| {
                before.columns.len() == found.columns.len()
                    && before.columns.iter().zip(&found.columns).all(|(one, other)| {
                        one.label == other.label
                            || (one.role.is_none() && other.role.is_some())
                            || (one.role == other.role && vocabulary.columns.whole(&other.label).is_some())
                    })
            });
            if completes {
                best = Some(found);
            }
        }
        best
    }

    fn of(lines: &[&Line], vocabulary: &Vocabulary) -> Option<Self> {
        let mut columns: Vec<HeaderColumn> = Vec::new();
        for span in lines.iter().flat_map(|l| &l.spans) {
            for (text, bbox) in parts_of(&span.text, span.bbox, vocabulary) {
                let over = |c: &HeaderColumn| bbox.x0 < c.bbox.x1 && c.bbox.x0 < bbox.x1;
                match columns.iter_mut().find(|c| over(c)) {
                    Some(column) => {
                        let joined = if column.label.ends_with('-') && text.starts_with(char::is_lowercase) {
                            format!("{}{text}", column.label.trim_end_matches('-'))
                        } else {
                            format!("{} {text}", column.label)
                        };
                        column.label = joined;
                        column.bbox = column.bbox.union(&bbox);
                    }
                    None => columns.push(HeaderColumn { label: text, role: None, edge: bbox.x0, bbox }),
                }
            }
        }
        columns.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
        for column in &mut columns {
            column.role = vocabulary.column_role(&column.label);
            column.edge = column.bbox.x0;
        }
        let unknown: Vec<&HeaderColumn> = columns.iter().filter(|c| c.role.is_none()).collect();
        let plausible = |c: &&HeaderColumn| {
            c.label.starts_with(char::is_uppercase)
                && c.label.split_whitespace().count() <= LONGEST_UNKNOWN
                && !c.label.contains(|ch: char| ch.is_ascii_digit() || matches!(ch, '.' | ':' | ','))
        };
        if columns.len() < FEWEST_COLUMNS
            || unknown.len() * 3 > columns.len()
            || !unknown.iter().all(plausible)
        {
            return None;
        }
        let span = lines[0].spans.first()?;
        #[allow(clippy::cast_precision_loss)] // a heading is short
        let character = span.bbox.width() / span.text.chars().count().max(1) as f32;
        let found = Self { columns, character, height: lines.len() };
        found.follows_up(vocabulary).then_some(found)
    }

    /// Whether the columns are those of things followed up.
    fn follows_up(&self, vocabulary: &Vocabulary) -> bool {
        let titled = self.of_role(&[Column::Title]).is_some()
            || (self.of_role(&[Column::Target]).is_some())
            || (self.of_role(&[Column::Number]).is_some() && self.of_role(&[Column::Description]).is_some());
        let of_things = titled && self.of_role(&[Column::Status]).is_some();
        let is_plain =
            !self.columns.iter().filter_map(|column| column.role).any(|role| role.is_foreign(of_things));
        titled && self.told(vocabulary).is_some() && is_plain
    }

    /// The first column with one of these roles.
    pub(super) fn of_role(&self, wanted: &[Column]) -> Option<usize> {
        self.columns.iter().position(|c| c.role.is_some_and(|role| wanted.contains(&role)))
    }

    /// The column of what is followed up.
    pub(super) fn title(&self) -> usize {
        self.of_role(&[Column::Title])
            .or_else(|| self.of_role(&[Column::Target, Column::Description]))
            .unwrap_or(0)
    }

    /// The column that tells how a thing stands, or when it will be done.
    pub(super) fn told(&self, vocabulary: &Vocabulary) -> Option<usize> {
        let own = [Column::Status, Column::Assessment];
        self.of_role(&own)
            .or_else(|| self.of_role(&[Column::ExpectedCompletion]))
            .or_else(|| self.columns.iter().position(|c| is_status_and_comment(c, vocabulary)))
    }

    /// Whether its headings are the same.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.columns.len() == other.columns.len()
            && self.columns.iter().zip(&other.columns).all(|(one, other)| one.label == other.label)
    }

    /// Move the edges of columns whose headings stand over the middle of what is below them.
    pub(super) fn fit(&mut self, below: &[&Line]) {
        for at in 1..self.columns.len() {
            let (before, own) = (self.columns[at - 1].bbox.x1, self.columns[at].bbox.x0);
            let starts: Vec<f32> = below
                .iter()
                .filter(|l| l.spans.len() > 1)
                .flat_map(|l| l.spans.iter().skip(1))
                .map(|s| s.bbox.x0)
                .filter(|x| *x > before + self.character && *x < own - self.character)
                .collect();
            let shared = |x: &f32| {
                starts.iter().filter(|other| (*other - x).abs() < 0.5 * self.character).count()
                    >= FEWEST_AT_EDGE
            };
            if let Some(edge) = starts.iter().copied().filter(shared).min_by(f32::total_cmp) {
                self.columns[at].edge = edge;
            }
        }
    }

    /// The texts of a line by column. A span that runs over a column's edge is parted at the word nearest to it that
    /// may begin a cell, since a narrow gap between two cells came out as one space.
    pub(super) fn texts(&self, line: &Line) -> Vec<String> {
        let mut texts = vec![String::new(); self.columns.len()];
        let mut free = 0;
        for span in &line.spans {
            let mut column = self.column(span.bbox.x0).max(free.min(self.columns.len() - 1));
            #[allow(clippy::cast_precision_loss)] // a span is short
            let character = span.bbox.width() / span.text.chars().count().max(1) as f32;
            let words: Vec<(f32, &str)> = span
                .text
                .split(' ')
                .scan(span.bbox.x0, |x, word| {
                    let at = *x;
                    #[allow(clippy::cast_precision_loss)] // words are short
                    let width = (word.chars().count() + 1) as f32 * character;
                    *x += width;
                    Some((at, word))
                })
                .collect();
            let mut index = 0;
            while index < words.len() {
                let cut =
                    self.cut(&words[index..], column, span.bbox.x1).map_or(words.len(), |at| index + at);
                for (_, word) in &words[index..cut] {
                    if !texts[column].is_empty() {
                        texts[column].push(' ');
                    }
                    texts[column].push_str(word);
                }
                if cut < words.len() {
                    column += 1;
                }
                index = cut;
            }
            free = column + 1;
        }
        texts
    }

    /// The word of a span at which the cell in the next column begins; `None` where it does not reach that far.
    fn cut(&self, words: &[(f32, &str)], column: usize, end: f32) -> Option<usize> {
        let edge = self.columns.get(column + 1)?.edge;
        let near = NEAR_EDGE * self.character;
        let begins = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let far = |at: &usize| (words[*at].0 - edge).abs();
        (1..words.len())
            .filter(|at| far(at) <= near && end > edge + self.character && begins(words[*at].1))
            .min_by(|a, b| far(a).total_cmp(&far(b)))
    }

    /// The last column whose edge a cell is not before: the spaces of a text only come near to what the page shows.
    fn column(&self, x: f32) -> usize {
        let near = |at: usize| {
            let width = self.columns[at].edge - self.columns[at - 1].edge;
            (NEAR_EDGE * self.character).min(0.5 * width)
        };
        (1..self.columns.len()).rev().find(|&at| self.columns[at].edge <= x + near(at)).unwrap_or(0)
    }

    /// Whether a line is one text from the left edge on that reaches into the second column.
    pub(super) fn is_across(&self, line: &Line) -> bool {
        self.is_alone(line) && line.bbox.x1 > self.columns[1].edge + self.character
    }

    /// Whether a line is one text from the left edge on.
    pub(super) fn is_alone(&self, line: &Line) -> bool {
        line.spans.len() == 1 && line.bbox.x0 <= self.columns[0].edge + NEAR_EDGE * self.character
    }
}

/// "Uppdragets status och kommentar": its cells begin with the status.
pub(super) fn is_status_and_comment(column: &HeaderColumn, vocabulary: &Vocabulary) -> bool {
    column.role == Some(Column::Comment)
        && column
            .label
            .split(|c: char| !c.is_alphabetic())
            .any(|w| vocabulary.columns.whole(w).is_some_and(|e| e.code == Column::Status))
}

/// The headings in a span: "Nr Uppdrag" are two that stand so near that they came out as one.
fn parts_of(text: &str, bbox: Rect, vocabulary: &Vocabulary) -> Vec<(String, Rect)> {
    let whole = vec![(text.to_owned(), bbox)];
    if vocabulary.columns.whole(text).is_some() || vocabulary.activity_kinds.whole(text).is_some() {
        return whole;
    }
    let mut parts: Vec<(String, Rect)> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = text[at..].trim_start();
        at = text.len() - rest.len();
        let Some((_, length)) = vocabulary.columns.prefix(rest) else { return whole };
        let capital = rest.starts_with(char::is_uppercase);
        if !capital || rest[length..].starts_with(char::is_alphanumeric) {
            return whole;
        }
        #[allow(clippy::cast_precision_loss)] // a heading is short
        let x = |byte: usize| {
            let share = text[..byte].chars().count() as f32 / text.chars().count() as f32;
            bbox.x0 + share * bbox.width()
        };
        parts.push((rest[..length].to_owned(), Rect::new(x(at), bbox.y0, x(at + length), bbox.y1)));
        at += length;
    }
    if parts.len() > 1 { parts } else { whole }
}
