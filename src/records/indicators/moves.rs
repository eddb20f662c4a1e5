//! What was put back, gathered so that one table or run of rows gives one diagnostic.

use super::columns::Role;
use crate::place::At;

/// Most cells that a message quotes.
const MOST_QUOTED: usize = 8;

/// Cells of one row that were moved: their role, how far right of its column each stood (`None` where the headings
/// lack the column), and their text.
pub(super) type RowMoves = Vec<(Role, Option<isize>, String)>;

/// What was put back in a table.
#[derive(Debug, Default)]
pub(super) struct Moves {
    runs: Vec<Run>,
    strays: Option<Run>,
}

/// Rows whose cells were moved in the same way.
#[derive(Debug)]
struct Run {
    shape: Shape,
    rows: usize,
    first: String,
    quoted: Vec<String>,
    at: At,
}

/// In which way cells were moved.
#[derive(Debug, PartialEq, Eq)]
enum Shape {
    /// The headings lack a column.
    ExtraColumn,
    /// Values.
    Values,
    /// Only texts.
    Texts,
    /// Whole rows: the name too.
    Rows,
    /// Details stand on a row below the indicator's own.
    Strays,
}

impl Moves {
    /// Note what was moved in a row. `strays`: its details belong to the row above.
    pub(super) fn note(&mut self, name: &str, label: &str, moves: &RowMoves, strays: bool, at: At) {
        if !moves.is_empty() {
            let shape = shape_of(moves);
            let quoted = moves.iter().map(|(_, _, text)| text.clone());
            let name = if label.is_empty() { name.to_owned() } else { format!("{name}, {label}") };
            match self.runs.iter_mut().find(|run| run.shape == shape) {
                Some(run) => run.add(quoted, &at),
                None => self.runs.push(Run {
                    shape,
                    rows: 1,
                    first: name,
                    quoted: quoted.collect(),
                    at: at.clone(),
                }),
            }
        }
        if strays {
            match &mut self.strays {
                Some(run) => run.add(std::iter::empty(), &at),
                None => {
                    self.strays = Some(Run {
                        shape: Shape::Strays,
                        rows: 1,
                        first: name.to_owned(),
                        quoted: Vec::new(),
                        at,
                    });
                }
            }
        }
    }

    /// The messages for a table, each with its place. Details on a row below are told only where cells were moved
    /// besides: in a table that is whole they may stand so on purpose.
    pub(super) fn messages(mut self, table: &str) -> Vec<(String, At)> {
        if !self.runs.is_empty() {
            self.runs.extend(self.strays.take());
        }
        self.runs.iter().map(|run| (run.message(table), run.at.clone())).collect()
    }
}

impl Run {
    fn add(&mut self, quoted: impl Iterator<Item = String>, at: &At) {
        self.rows += 1;
        self.quoted.extend(quoted);
        self.at.extend(at);
    }

    fn message(&self, table: &str) -> String {
        let rows = if self.rows == 1 { "1 row".to_owned() } else { format!("{} rows", self.rows) };
        let what = match self.shape {
            Shape::ExtraColumn => "a column that the headings lack moves the cells after it",
            Shape::Values => "values stand outside the columns of their headings",
            Shape::Texts => "texts stand outside the columns of their headings",
            Shape::Rows => "the whole row is shifted",
            Shape::Strays => "target, source or comment stand on a row below the indicator's own",
        };
        let mut quoted = String::new();
        if !self.quoted.is_empty() {
            let some: Vec<&str> = self.quoted.iter().take(MOST_QUOTED).map(String::as_str).collect();
            let more = if self.quoted.len() > MOST_QUOTED { ", …" } else { "" };
            quoted = format!(" ({}{more})", some.join(", "));
        }
        format!("{table}: from '{}' on, in {rows}, {what}; they were put back{quoted}", self.first)
    }
}

fn shape_of(moves: &RowMoves) -> Shape {
    if moves.iter().any(|(_, moved, _)| moved.is_none()) {
        Shape::ExtraColumn
    } else if moves.iter().any(|(role, _, _)| *role == Role::Name) {
        Shape::Rows
    } else if moves.iter().any(|(role, _, _)| matches!(role, Role::Value(_))) {
        Shape::Values
    } else {
        Shape::Texts
    }
}
