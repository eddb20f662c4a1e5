//! The rows under column headings, line by line.

use super::header::{Header, is_status_and_comment};
use crate::layout::{Lexicon, Line};
use crate::pattern::Pattern;
use crate::records::status::Status;
use crate::records::table::{Cell, Certainty, Table};
use crate::vocabulary::{ActivityWord, Column, Vocabulary};

/// Largest distance between two lines of a table, in parts of the font size. Cells of unequal length leave blank lines
/// below the shorter one, but hardly three.
const LARGEST_GAP: f32 = 3.2;
/// The same in a text file, where a blank line is as high as any.
const LARGEST_GRID_GAP: f32 = 3.5;
/// Lines farther apart than this, in parts of the font size, are hardly of one cell.
const SET_OFF: f32 = 1.7;
/// A line over the full width that is this many times larger than the table's heads what follows.
const LARGER: f32 = 1.12;
/// Lines over the full width between two rows at most: a group's heading of two lines, a comment.
const LONGEST_HEADING: usize = 3;
/// Words of a status that the vocabulary lacks at most.
const LONGEST_STATUS: usize = 4;
/// How far, in characters, a full line may fall short of the longest.
const FULL_LINE: f32 = 22.0;

static NUMBER: Pattern =
    Pattern::new(r"^(?:\p{Lu}{1,3}\.?\s*)?[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}\s?[a-zåäö]?\s*[.):]?$");
static NUMBERED: Pattern = Pattern::new(r"^[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[a-zåäö]?[.):]?\s+\p{Lu}");

/// A table that was read off lines.
#[derive(Debug)]
pub(super) struct HeadedTable {
    pub(super) table: Table,
    /// Which of the lines given are its own.
    pub(super) lines: Vec<usize>,
    /// Whether each of its own lines begins a row.
    pub(super) begins: Vec<bool>,
}

/// What a line is to the table.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// Text over the full width: the heading of a group, or a title with nothing beside it.
    Across,
    /// "Kommentar: …" over the full width.
    Comment,
    /// The first line of a row.
    Row,
    /// Goes on with the cells above.
    GoesOn,
    /// Goes on with the comment above.
    Comments,
    /// No part of the table.
    End,
}

/// Reads rows.
pub(super) struct RowReader<'a> {
    pub(super) lines: &'a [&'a Line],
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) lexicon: &'a Lexicon,
    pub(super) grid: bool,
}

impl RowReader<'_> {
    /// The table whose headings begin with a line; `None` where what is under them is no such table, or where its
    /// cells cannot be told apart.
    pub(super) fn read(&self, first: usize) -> Option<HeadedTable> {
        let mut header = self.header(first)?;
        let width = header.columns.len();
        let top = self.lines[first];
        let cells = header.columns.iter().map(|c| cell(&c.label, top)).collect();
        let mut rows: Vec<Vec<Cell>> = vec![cells];
        let mut own: Vec<usize> = (first..first + header.height).collect();
        let mut begins = vec![false; own.len()];
        let mut at = first + header.height;
        while at < self.lines.len() {
            let line = self.lines[at];
            // The headings again on the next page, where the columns may stand elsewhere.
            if let Some(again) = self.header(at).filter(|again| again.is_like(&header)) {
                let height = again.height;
                header = again;
                own.extend(at..at + height);
                begins.extend(std::iter::repeat_n(false, height));
                at += height;
                continue;
            }
            let kind = self.kind(&header, at, &own, &rows);
            match kind {
                Kind::End => match self.again(&header, at) {
                    // What stands between is the foot of a page.
                    Some(next) => {
                        at = next;
                        continue;
                    }
                    None => break,
                },
                Kind::Across | Kind::Comment => {
                    let is_title = self.lines.get(at + 1).is_some_and(|next| self.is_comment(next))
                        && kind == Kind::Across
                        && header.of_role(&[Column::Number]).is_none()
                        && !self.names_group(&line.text());
                    let mut only = cell(&line.text(), line);
                    if is_title {
                        let mut row = vec![cell("", line); width];
                        row[header.title()] = only;
                        rows.push(row);
                    } else {
                        only.col_span = u32::try_from(width).unwrap_or(1);
                        rows.push(vec![only]);
                    }
                }
                Kind::Row => {
                    let texts = header.texts(line);
                    // Where a row's number and status stand in the middle of its lines, nobody knows where it begins.
                    if texts[header.title()].starts_with(char::is_lowercase) {
                        return None;
                    }
                    rows.push(texts.iter().map(|t| cell(t, line)).collect());
                }
                Kind::Comments => self.add(&mut rows.last_mut()?[0], &line.text(), line),
                Kind::GoesOn => {
                    let texts = header.texts(line);
                    let is_first = rows.len() == 1;
                    match rows.last_mut() {
                        Some(row) if row.len() == width && !is_first => {
                            row.iter_mut().zip(texts).for_each(|(cell, text)| self.add(cell, &text, line));
                        }
                        Some(row) if row.len() == 1 => self.add(&mut row[0], &line.text(), line),
                        _ => return None,
                    }
                }
            }
            own.push(at);
            begins.push(kind == Kind::Row);
            at += 1;
        }
        // A heading with no row under it is that of the next section.
        while rows.last().is_some_and(|row| row.len() == 1 && !self.labels_comment(&row[0].text)) {
            rows.pop();
            own.pop();
            begins.pop();
        }
        self.is_sound(&header, &rows).then(|| {
            let at = own.iter().map(|at| self.lines[*at].place).collect::<crate::place::At>().0;
            let table = Table { caption: None, header_rows: 1, certainty: Certainty::Sure, rows, at };
            HeadedTable { table, lines: own, begins }
        })
    }

    fn header(&self, at: usize) -> Option<Header> {
        let mut header = Header::read(&self.lines[at..], self.vocabulary)?;
        let below = &self.lines[at + header.height..];
        let sheet = self.lines[at].sheet;
        let below: Vec<&Line> = below.iter().copied().take_while(|l| l.sheet == sheet).take(60).collect();
        header.fit(&below);
        Some(header)
    }

    /// Where the next page begins, if it begins with the same headings and they do not stand before it too, over another
    /// table.
    fn again(&self, header: &Header, at: usize) -> Option<usize> {
        let sheet = self.lines[at].sheet;
        let next = (at..self.lines.len()).find(|&i| self.lines[i].sheet > sheet)?;
        let is_again = |at: usize| self.header(at).is_some_and(|again| again.is_like(header));
        (is_again(next) && !(at..next).any(is_again)).then_some(next)
    }

    fn kind(&self, header: &Header, at: usize, own: &[usize], rows: &[Vec<Cell>]) -> Kind {
        let line = self.lines[at];
        let largest = own.iter().map(|own| self.lines[*own].size).fold(0.0, f32::max);
        let heads_next = line.heading.is_some() || line.size > LARGER * largest;
        let Some(&before) = own.last().filter(|_| !heads_next) else { return Kind::End };
        if Header::read(&self.lines[at..], self.vocabulary).is_some() {
            return Kind::End;
        }
        if self.is_comment(line) {
            return Kind::Comment;
        }
        if self.begins_row(header, line, rows) {
            return Kind::Row;
        }
        let last = self.lines[before];
        if line.size > LARGER * last.size && header.is_alone(line) {
            return Kind::End;
        }
        let same_sheet = last.sheet == line.sheet;
        let largest = if self.grid { LARGEST_GRID_GAP * 12.0 } else { LARGEST_GAP * line.size };
        let far = same_sheet && line.bbox.y1 - last.bbox.y1 > largest;
        let comment = rows.last().filter(|row| row.len() == 1 && self.labels_comment(&row[0].text));
        let text = line.text();
        let heads = header.is_alone(line)
            && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && self.heads_rows(header, at, rows);
        if let Some(row) = comment {
            if heads && (self.names_group(&text) || ends(&row[0].text)) && !ends(&text) {
                return Kind::Across;
            }
            let open = !ends(&row[0].text) || self.is_full(last, header);
            // A comment may be set in under the titles.
            let is_below = line.spans.len() == 1 && (line.bbox.x0 - last.bbox.x0).abs() < header.character;
            let goes_on = header.is_alone(line) || is_below;
            return if open && !far && goes_on { Kind::Comments } else { Kind::End };
        }
        let texts = header.texts(line);
        if header.is_across(line) || self.names_group(&text) {
            // A group's heading may take two lines.
            if heads && !ends(&text) {
                return Kind::Across;
            }
            // Cells of two columns may stand so near that they came out as one.
            if texts.iter().filter(|t| !t.is_empty()).count() == 1 {
                return Kind::End;
            }
        }
        let number = header.of_role(&[Column::Number]);
        // What stands in the column of numbers and is none heads a group, as what is bold among rows that are not does.
        let lone = header.is_alone(line) && !texts[0].is_empty() && texts[1..].iter().all(String::is_empty);
        let bold = line.bold && rows.len() > 1 && !last.bold;
        if lone && (number == Some(0) || bold || (rows.len() == 1 && heads)) {
            return if heads { Kind::Across } else { Kind::End };
        }
        // The number and words of a chapter, which no row begins with.
        if lone && self.grid && NUMBERED.is_match(&texts[0]) {
            return Kind::End;
        }
        if far && (lone || !same_sheet) {
            return Kind::End;
        }
        // A sentence below the table, set off from its last row: a cell's lines stand closer.
        let set_off = !self.grid && line.bbox.y1 - last.bbox.y1 > SET_OFF * line.size;
        if set_off && header.is_across(line) && text.starts_with(char::is_uppercase) {
            return Kind::End;
        }
        if far { Kind::End } else { Kind::GoesOn }
    }

    /// Whether a line begins a row: with its number, or with a title and what is told of it.
    fn begins_row(&self, header: &Header, line: &Line, rows: &[Vec<Cell>]) -> bool {
        let texts = header.texts(line);
        if let Some(number) = header.of_role(&[Column::Number]) {
            return NUMBER.is_match(texts[number].trim());
        }
        let title = &texts[header.title()];
        let Some(told) = header.told(self.vocabulary) else { return false };
        let are_numbered = || {
            let mut titles = rows.iter().skip(1).filter(|row| row.len() == header.columns.len());
            titles.all(|row| NUMBERED.is_match(&row[header.title()].text))
        };
        // Where no other row has a number, "5. Indikatorer" is the next chapter.
        if NUMBERED.is_match(title) && (!texts[told].is_empty() || are_numbered()) {
            return true;
        }
        let begins = if is_status_and_comment(&header.columns[told], self.vocabulary) {
            self.vocabulary.statuses.prefix(&texts[told]).is_some_and(|(entry, length)| {
                let (word, rest) = texts[told].split_at(length);
                !entry.only_in_sentence(word) && !rest.trim_start().starts_with(char::is_lowercase)
            })
        } else {
            !texts[told].is_empty() && !texts[told].starts_with(char::is_lowercase)
        };
        begins && title.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '”'))
    }

    /// Whether rows follow on a line over the full width, or a comment on what it names.
    fn heads_rows(&self, header: &Header, at: usize, rows: &[Vec<Cell>]) -> bool {
        let below = self.lines[at + 1..].iter().enumerate().take(LONGEST_HEADING);
        below.map(|(after, next)| (at + 1 + after, next)).find_map(|(after, next)| {
            let again = || self.header(after).is_some_and(|again| again.is_like(header));
            if self.begins_row(header, next, rows) || self.is_comment(next) || again() {
                Some(true)
            } else if header.is_alone(next) && !ends(&next.text()) {
                None
            } else {
                Some(false)
            }
        }) == Some(true)
    }

    /// Whether a line reaches as far right as the lines of the table do.
    fn is_full(&self, line: &Line, header: &Header) -> bool {
        let sheet = self.lines.iter().filter(|l| l.sheet == line.sheet);
        let right = sheet.map(|l| l.bbox.x1).fold(0.0, f32::max);
        line.bbox.x1 > right - FULL_LINE * header.character
    }

    fn names_group(&self, text: &str) -> bool {
        self.vocabulary
            .activity_kinds
            .prefix(text)
            .is_some_and(|(entry, _)| entry.code == ActivityWord::Group)
    }

    fn is_comment(&self, line: &Line) -> bool {
        self.labels_comment(&line.text())
    }

    /// Whether a text begins with "Kommentar:".
    fn labels_comment(&self, text: &str) -> bool {
        let found = self.vocabulary.columns.prefix(text).filter(|(e, _)| e.code == Column::Comment);
        found.is_some_and(|(_, length)| text[length..].trim_start().starts_with(':'))
    }

    /// Whether the cells are what their columns say: statuses in the column of statuses, short times, a title in each
    /// row.
    fn is_sound(&self, header: &Header, rows: &[Vec<Cell>]) -> bool {
        let width = header.columns.len();
        let full: Vec<&Vec<Cell>> = rows.iter().skip(1).filter(|r| r.len() == width).collect();
        let titled = full.iter().all(|r| r[header.title()].text.chars().any(char::is_alphabetic));
        if full.is_empty() || rows.len() < 3 || !titled {
            return false;
        }
        let Some(status) = header.of_role(&[Column::Status, Column::Assessment]) else { return true };
        let words: Vec<&str> =
            full.iter().map(|r| r[status].text.as_str()).filter(|t| !t.is_empty()).collect();
        let known = words.iter().filter(|t| Status::read(t, self.vocabulary).is_some()).count();
        let short = |t: &&str| {
            t.split_whitespace().count() <= LONGEST_STATUS && t.starts_with(|c: char| !c.is_lowercase())
        };
        known * 2 >= words.len()
            && words.iter().all(|t| short(t) || Status::read(t, self.vocabulary).is_some())
    }

    fn add(&self, cell: &mut Cell, text: &str, line: &Line) {
        if !text.trim().is_empty() {
            cell.text = self.lexicon.join([cell.text.as_str(), text]);
            cell.at.add(line.place);
        }
    }
}

fn ends(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?'])
}

/// A cell with a text of a line; nothing stands nowhere.
pub(super) fn cell(text: &str, line: &Line) -> Cell {
    let text = text.trim();
    let at = if text.is_empty() { crate::place::At::default() } else { line.place.into() };
    Cell::single(text, at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;
    use crate::layout::{Line, Span};
    use crate::place::Place;

    fn line(y: f32, cells: &[(f32, &str)]) -> Line {
        let span = |(x, text): &(f32, &str)| {
            let x1 = x + 5.0 * text.chars().count() as f32;
            let bbox = Rect { x0: *x, y0: y, x1, y1: y + 10.5 };
            Span { text: (*text).to_owned(), bbox, size: 10.5, bold: false, italic: false, colored: false }
        };
        Line::new(cells.iter().map(span).collect(), 1, Place::on_page(1, Rect::default()))
    }

    #[test]
    fn a_sentence_below_the_last_row_is_no_part_of_it() {
        let row = |y, number, title, status| line(y, &[(70.0, number), (95.0, title), (400.0, status)]);
        let lines = [
            row(100.0, "Nr", "Åtgärd", "Status"),
            row(117.5, "1", "Köp en eka", "Klar"),
            row(135.0, "2", "Ro ekan", "Pågår"),
            line(
                160.0,
                &[(
                    65.0,
                    "Åtgärd 2 är försenad eftersom ekan har fått ett hål, och den lagas först i sommar.",
                )],
            ),
        ];
        let lines: Vec<&Line> = lines.iter().collect();
        let (vocabulary, lexicon) = (Vocabulary::builtin(), &Lexicon::default());
        let read = RowReader { lines: &lines, vocabulary, lexicon, grid: false }.read(0).unwrap();
        let last: Vec<&str> = read.table.rows.last().unwrap().iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!((last, read.lines.len()), (vec!["2", "Ro ekan", "Pågår"], 3));
    }
}
