//! Tables of words in a text file: columns set with spaces, cells of several lines, groups and comments over the full
//! width. The stage before finds tables by their figures; these have none, but their headings are known words.
//!
//! A heading's place is its column's left edge. A line begins a row where it has a number, or a status where the table
//! has no numbers; other lines go on with the cells above. A table whose status column holds anything else than
//! statuses was cut wrongly and is left out.

use super::super::status::Status;
use super::super::table::{Cell, Certainty, Table};
use super::table_rows::role;
use crate::layout::{Lexicon, Line};
use crate::vocabulary::{Column, Vocabulary};

/// Columns that a table of words has at least.
const FEWEST_COLUMNS: usize = 2;

/// Characters between a column's edge and a cell in it at most, where only one space parts it from the cell before.
const NEAR_EDGE: f32 = 3.0;

/// A table that stands as lines, and the line that it begins with.
pub(super) struct AlignedTable {
    pub(super) first: usize,
    pub(super) table: Table,
}

/// Find the tables of words among lines that stand under one heading.
pub(super) fn find(lines: &[&Line], vocabulary: &Vocabulary) -> Vec<AlignedTable> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(header) = Header::read(lines[at], vocabulary) else {
            at += 1;
            continue;
        };
        let (rows, taken) = read_rows(header, &lines[at + 1..], vocabulary);
        if let Some(table) = rows {
            found.push(AlignedTable { first: at, table });
        }
        at += 1 + taken;
    }
    found
}

/// A line of column headings.
struct Header {
    cells: Vec<Cell>,
    /// Left edges of the columns.
    edges: Vec<f32>,
    roles: Vec<Column>,
    /// Width of a character.
    character: f32,
}

impl Header {
    fn read(line: &Line, vocabulary: &Vocabulary) -> Option<Self> {
        let roles: Vec<Column> =
            line.spans.iter().map(|s| role(&s.text, vocabulary)).collect::<Option<_>>()?;
        let has = |wanted: &[Column]| roles.iter().any(|r| wanted.contains(r));
        let told = [Column::Status, Column::Assessment, Column::ExpectedCompletion];
        if roles.len() < FEWEST_COLUMNS || !has(&[Column::Title]) || !has(&told) {
            return None;
        }
        let first = &line.spans[0];
        #[allow(clippy::cast_precision_loss)] // a heading is short
        let character = first.bbox.width() / first.text.chars().count().max(1) as f32;
        Some(Self {
            cells: line.spans.iter().map(|s| cell(&s.text, line)).collect(),
            edges: line.spans.iter().map(|s| s.bbox.x0).collect(),
            roles,
            character,
        })
    }

    fn labels(&self) -> Vec<&str> {
        self.cells.iter().map(|c| c.text.as_str()).collect()
    }

    fn of(&self, wanted: &[Column]) -> Option<usize> {
        self.roles.iter().position(|r| wanted.contains(r))
    }

    /// The texts of a line by column. A span that runs over a column's edge is parted at the capital nearest to it,
    /// since a narrow gap between two cells came out as one space.
    fn texts(&self, line: &Line) -> Vec<String> {
        let mut texts = vec![String::new(); self.edges.len()];
        let mut free = 0;
        for span in &line.spans {
            let mut column = self.column(span.bbox.x0).max(free.min(self.edges.len() - 1));
            let mut x = span.bbox.x0;
            for word in span.text.split(' ') {
                let over = texts.get(column + 1).is_some_and(|_| {
                    let edge = self.edges[column + 1];
                    (x - edge).abs() <= NEAR_EDGE * self.character
                        && span.bbox.x1 > edge + NEAR_EDGE * self.character
                });
                if over && word.starts_with(char::is_uppercase) && !texts[column].is_empty() {
                    column += 1;
                }
                if !texts[column].is_empty() {
                    texts[column].push(' ');
                }
                texts[column].push_str(word);
                #[allow(clippy::cast_precision_loss)] // words are short
                let width = (word.chars().count() + 1) as f32 * self.character;
                x += width;
            }
            free = column + 1;
        }
        texts
    }

    /// The column whose edge is nearest: the spaces of a text only come near to what the page shows.
    fn column(&self, x: f32) -> usize {
        let far = |at: &usize| (self.edges[*at] - x).abs();
        (0..self.edges.len()).min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(0)
    }

    /// Whether a line is one text from the left edge on that reaches into the second column without a new cell there.
    fn is_across(&self, line: &Line) -> bool {
        let alone = line.spans.len() == 1 && line.bbox.x0 <= self.edges[0] + self.character;
        let texts = self.texts(line);
        alone && line.bbox.x1 > self.edges[1] && texts.iter().filter(|t| !t.is_empty()).count() == 1
    }
}

fn cell(text: &str, line: &Line) -> Cell {
    Cell { text: text.trim().to_owned(), col_span: 1, row_span: 1, image: None, at: line.place.into() }
}

/// What a line is to the table.
enum Kind {
    /// Text over the full width: the heading of a group, or a title with nothing beside it.
    Across,
    Comment,
    Row,
    GoesOn,
    End,
}

/// The rows under a heading, and how many lines they take.
fn read_rows(mut header: Header, lines: &[&Line], vocabulary: &Vocabulary) -> (Option<Table>, usize) {
    let mut rows: Vec<Vec<Cell>> = vec![header.cells.clone()];
    let width = header.edges.len();
    let mut taken = 0;
    let mut sure = true;
    for (at, line) in lines.iter().enumerate() {
        // The headings again on the next page, where the columns may stand elsewhere.
        if let Some(again) = Header::read(line, vocabulary).filter(|h| h.labels() == header.labels()) {
            header = again;
            taken = at + 1;
            continue;
        }
        match kind_of(&header, line, &rows, vocabulary) {
            Kind::End => break,
            Kind::Across | Kind::Comment => {
                let is_title = lines.get(at + 1).is_some_and(|next| is_comment(next, vocabulary))
                    && !is_comment(line, vocabulary);
                let mut only = cell(&line.text(), line);
                if is_title {
                    let mut row = vec![cell("", line); width];
                    row[header.of(&[Column::Title]).unwrap_or(0)] = only;
                    rows.push(row);
                } else {
                    only.col_span = u32::try_from(width).unwrap_or(1);
                    rows.push(vec![only]);
                }
            }
            Kind::Row => rows.push(header.texts(line).iter().map(|t| cell(t, line)).collect()),
            Kind::GoesOn => match rows.last_mut().filter(|_| at > 0) {
                Some(row) if row.len() == 1 => add(&mut row[0], &line.text(), line),
                Some(row) => {
                    row.iter_mut().zip(header.texts(line)).for_each(|(cell, text)| add(cell, &text, line));
                }
                None => sure = false,
            },
        }
        taken = at + 1;
    }
    let status = header.of(&[Column::Status, Column::Assessment]);
    let words =
        rows.iter().skip(1).filter(|r| r.len() == width).filter_map(|r| Some(r[status?].text.as_str()));
    sure &= words.filter(|t| !t.is_empty()).all(|t| Status::read(t, vocabulary).is_some());
    if rows.len() < 3 || !sure {
        return (None, taken);
    }
    let at = lines[..taken].iter().map(|l| l.place).collect();
    (Some(Table { caption: None, header_rows: 1, certainty: Certainty::Sure, rows, at }), taken)
}

fn kind_of(header: &Header, line: &Line, rows: &[Vec<Cell>], vocabulary: &Vocabulary) -> Kind {
    if Header::read(line, vocabulary).is_some() {
        return Kind::End;
    }
    if is_comment(line, vocabulary) {
        return Kind::Comment;
    }
    let ends = |text: &str| text.trim_end().ends_with(['.', '!', '?']);
    let text = line.text();
    let comment = rows.last().filter(|row| row.len() == 1 && comment_label(&row[0].text, vocabulary));
    if comment.is_some_and(|row| !ends(&row[0].text)) {
        return Kind::GoesOn;
    }
    let alone = line.spans.len() == 1 && line.bbox.x0 <= header.edges[0] + header.character;
    if header.is_across(line) || (alone && comment.is_some()) {
        return if ends(&text) { Kind::End } else { Kind::Across };
    }
    let texts = header.texts(line);
    let number = header.of(&[Column::Number]);
    let begins = if let Some(number) = number {
        texts[number].starts_with(|c: char| c.is_ascii_digit())
    } else {
        let told = header.of(&[Column::Status, Column::Assessment, Column::ExpectedCompletion]);
        let title = header.of(&[Column::Title]).unwrap_or(0);
        texts[title].starts_with(char::is_uppercase) && told.is_some_and(|c| !texts[c].is_empty())
    };
    // A group's heading may be short: nothing stands beside it where each row has a number, or no row came yet.
    let heads = alone && text.starts_with(char::is_uppercase) && (number == Some(0) || rows.len() == 1);
    if begins {
        Kind::Row
    } else if heads {
        Kind::Across
    } else {
        Kind::GoesOn
    }
}

fn is_comment(line: &Line, vocabulary: &Vocabulary) -> bool {
    comment_label(&line.text(), vocabulary)
}

/// Whether a text begins with "Kommentar:".
fn comment_label(text: &str, vocabulary: &Vocabulary) -> bool {
    let found = vocabulary.columns.prefix(text).filter(|(e, _)| e.code == Column::Comment);
    found.is_some_and(|(_, length)| text[length..].trim_start().starts_with(':'))
}

fn add(cell: &mut Cell, text: &str, line: &Line) {
    if !text.trim().is_empty() {
        cell.text = Lexicon::default().join([cell.text.as_str(), text]);
        cell.at.add(line.place);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::follow_up_plain;

    #[test]
    fn cells_of_several_lines_groups_and_neighbours_that_touch() {
        let text = "\
Rapport om bad

Inledning

Rapporten handlar om bad och om hur de sköts i hela kommunen, från norr till söder.

Uppföljning av åtgärder

Nr     Åtgärd                  Ansvarig          Status     Klart    Kommentar
Mål 1. Rena sjöar

1.1    Rensa diket vid         Badmästaren       Klar       2030     Diket är
       bryggan.                                                      rent.
1.2    Mäta djupet överallt i  Lodföreningen     Pågår      Löpande
       sjön.
";
        assert_eq!(
            follow_up_plain(text),
            [
                "Åtgärd 1.1 [Mål 1. Rena sjöar] Rensa diket vid bryggan. | Completed Klar | 2030 2030 | Diket är rent. | Table",
                "Åtgärd 1.2 [Mål 1. Rena sjöar] Mäta djupet överallt i sjön. | Ongoing Pågår | Löpande 0 … | Table",
            ]
        );
    }

    #[test]
    fn goals_and_activities_with_comments_below() {
        let text = "\
Rapport om bad

Inledning

Rapporten handlar om bad och om hur de sköts i hela kommunen, från norr till söder.

Uppföljning mål

Nämndmål                                                        Bedömning
Alla som vill ska kunna bada i en sjö som är ren och ligger nära hemmet
Kommentar: Fler badar än förr.

Aktivitet                                        Status         Färdiggrad
Alla som vill ska kunna bada i en sjö som är ren och ligger nära hemmet
Bygga en brygga                                  Avslutad
Kommentar: Bryggan står. Den är
blå.
Köpa en livboj                                   Försenad

Av två aktiviteter är en avslutad och en försenad, och det är lika många som förra året.
";
        let group = "Alla som vill ska kunna bada i en sjö som är ren och ligger nära hemmet";
        assert_eq!(
            follow_up_plain(text),
            [
                format!("Nämndmål {group} | Fler badar än förr. | Table"),
                format!(
                    "Aktivitet [{group}] Bygga en brygga | Completed Avslutad | Bryggan står. Den är blå. | Table"
                ),
                format!("Aktivitet [{group}] Köpa en livboj | Delayed Försenad | Table"),
            ]
        );
    }
}
