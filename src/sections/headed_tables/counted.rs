//! Tables of a text whose columns stand a space apart: where places tell nothing, the cells of each row are counted.
//!
//! In goes a layout, out come those of its uncertain tables as sure ones whose rows have as many cells as there are
//! headings, in the headings' order. Programs that print a page as text put narrow columns a space apart, and in one row
//! further to the right than in another. Figures and words tell cells apart where a space does not; a row in which
//! they leave a choice makes the whole table stay uncertain.

use super::rows::cell;
use crate::layout::{BlockKind, Layout, Lexicon, Line};
use crate::records::number::{CellValue, Grouping, NumberStyle, parse_cell};
use crate::records::period::Period;
use crate::records::table::{Cell, Certainty, Table};
use crate::vocabulary::{Column, Vocabulary};

/// Fewest rows that have all cells.
const FEWEST_ROWS: usize = 2;
/// Fewest columns of figures.
const FEWEST_FIGURES: usize = 2;
/// Most words of a line of headings, and columns.
const MOST_HEADINGS: usize = 24;
/// Most words of one heading.
const LONGEST_HEADING: usize = 4;
/// How much nearer to their columns the headings must be in this way than in any other to part them, in characters.
const CLEARLY: f32 = 1.0;
/// How far headings may be from their columns on average, in characters.
const FURTHEST: f32 = 2.5;
/// How far to the right of the labels' left end a line begins that is not theirs, in characters.
const INDENT: f32 = 12.0;
/// How many times further the next column's end must be than the own one's for a figure beside a blank.
const APART: f32 = 3.0;
/// Numbers from here on may be printed in groups of digits.
const GROUPED: f64 = 1000.0;
/// How many times larger than all others of its column a number is not.
const LARGER: f64 = 10.0;

/// Read the uncertain tables of a text again.
pub(super) fn read_again(layout: &mut Layout, vocabulary: &Vocabulary) {
    if !layout.grid {
        return;
    }
    for block in &layout.blocks {
        let BlockKind::Table(index) = block.kind else { continue };
        let Some(table) = layout.tables.get_mut(index) else { continue };
        if table.certainty == Certainty::Sure {
            continue;
        }
        let reader = Reader { lines: &block.lines, vocabulary };
        if let Some(rows) = reader.rows() {
            *table = Table { rows, header_rows: 1, certainty: Certainty::Sure, ..table.clone() };
            if let Some(doubts) = layout.doubts.get_mut(index) {
                doubts.clear();
            }
        }
    }
}

/// A word and where it stands.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
    x0: f32,
    x1: f32,
    /// Which stretch between wide gaps it stands in.
    span: usize,
}

/// What may be a cell.
#[derive(Clone, Debug)]
struct Atom {
    pieces: Vec<Piece>,
    is_value: bool,
}

impl Atom {
    fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn x0(&self) -> f32 {
        self.pieces.first().map_or(0.0, |piece| piece.x0)
    }

    fn x1(&self) -> f32 {
        self.pieces.last().map_or(0.0, |piece| piece.x1)
    }

    /// Whether it may be several numbers below a thousand: "284 311 297".
    fn may_be_several(&self) -> bool {
        let short = |piece: &Piece| {
            (1..=3).contains(&piece.text.len()) && piece.text.bytes().all(|b| b.is_ascii_digit())
        };
        self.is_value && self.pieces.len() > 1 && self.pieces.iter().all(short)
    }
}

struct Reader<'a> {
    lines: &'a [Line],
    vocabulary: &'a Vocabulary,
}

/// The columns as the full rows show them.
struct Columns {
    /// Whether each holds figures.
    numeric: Vec<bool>,
    /// Where their cells usually begin and end.
    ends: Vec<(f32, f32)>,
    /// The largest number of each.
    largest: Vec<f64>,
}

impl Columns {
    fn count(&self) -> usize {
        self.numeric.len()
    }

    /// How many columns there are up to the last one of figures: what follows may be blank.
    fn needed(&self) -> usize {
        self.numeric.iter().rposition(|numeric| *numeric).map_or(0, |at| at + 1)
    }

    /// Whether a number in groups of digits is of the size that a column holds elsewhere.
    fn holds(&self, column: usize, number: &Atom) -> bool {
        let digits: String = number.pieces.iter().map(|piece| piece.text.as_str()).collect();
        let value = digits.parse::<f64>().unwrap_or(f64::INFINITY);
        self.largest[column] >= GROUPED && value < LARGER * self.largest[column]
    }

    /// Whether atoms are what the columns hold, in their order.
    fn fit(&self, atoms: &[Atom]) -> bool {
        let fits =
            |(atom, numeric): (&Atom, &bool)| atom.is_value == *numeric || !numeric && atom.pieces.len() == 1;
        (self.needed()..=self.count()).contains(&atoms.len()) && atoms.iter().zip(&self.numeric).all(fits)
    }
}

impl Reader<'_> {
    fn rows(&self) -> Option<Vec<Vec<Cell>>> {
        // The headings end where the first row begins: with a label, and figures beside it.
        let left = self.lines.iter().map(|line| line.bbox.x0).reduce(f32::min)?;
        let character = character_of(self.lines.first()?);
        let all: Vec<Vec<Atom>> = self.lines.iter().map(|line| self.atoms(line)).collect();
        let begins = |atoms: &Vec<Atom>| {
            atoms.iter().skip(1).any(|atom| atom.is_value && Period::parse(&atom.text()).is_none())
                && atoms.first().is_some_and(|first| first.x0() <= left + INDENT * character)
        };
        let first = all.iter().skip(1).position(begins)? + 1;
        // What names the first group of rows stands below the headings.
        let names_group = |at: usize| all[at].len() == 1 && all[at][0].x0() <= left + INDENT * character;
        let end = (1..=first).rev().find(|end| *end == 1 || !names_group(end - 1))?;
        let (header, below) = self.lines.split_at(end);
        let lines = all[end..].to_vec();
        let columns = self.columns(&lines)?;
        let headings = match header {
            [only] => self.headings(only, &columns, character)?,
            several => self.headings_over(several, &columns, character)?,
        };
        let width = columns.count();
        let mut rows = vec![headings];
        let lexicon = Lexicon::default();
        let join = |cell: &mut Cell, text: &str, line: &Line| {
            cell.text = lexicon.join([cell.text.as_str(), text]);
            cell.at.add(line.place);
        };
        for (line, atoms) in below.iter().zip(lines) {
            let begins_left = atoms.first()?.x0() <= columns.ends[0].0 + INDENT * character;
            // Figures within the label may be the first columns' own.
            if self.ends_in_figures(&atoms[0]) {
                return None;
            }
            if atoms.iter().skip(1).any(|atom| atom.is_value) && begins_left {
                let placed = placed_apart(&atoms, &columns);
                let cells: Vec<Option<Atom>> = match placed {
                    Some(cells) => cells,
                    None => parted(atoms, &columns)?.into_iter().map(Some).collect(),
                };
                let text = |atom: Option<Atom>| cell(&atom.map(|atom| atom.text()).unwrap_or_default(), line);
                let mut row: Vec<Cell> = cells.into_iter().map(text).collect();
                row.resize_with(width, || cell("", line));
                rows.push(row);
                continue;
            }
            let is_group = begins_left
                && atoms.len() == 1
                && atoms[0].text().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            if is_group {
                let mut only = cell(&atoms[0].text(), line);
                only.col_span = u32::try_from(width).unwrap_or(1);
                rows.push(vec![only]);
                continue;
            }
            // The rest of labels and other words, each under its column.
            let row = rows.last_mut().filter(|row| row.len() == width)?;
            for atom in &atoms {
                let off = |at: &usize| (columns.ends[*at].0 - atom.x0()).abs();
                let own = (0..width).min_by(|a, b| off(a).total_cmp(&off(b)))?;
                if columns.numeric[own] {
                    return None;
                }
                join(&mut row[own], &atom.text(), line);
            }
        }
        (rows.iter().filter(|row| row.len() == width).count() > FEWEST_ROWS).then_some(rows)
    }

    /// Whether the last words of a label, or all of it, are figures.
    fn ends_in_figures(&self, label: &Atom) -> bool {
        let style = NumberStyle { grouping: Grouping::Certain, vocabulary: self.vocabulary };
        let is_figure = |piece: &&Piece| {
            !matches!(parse_cell(&piece.text, &style), CellValue::Words | CellValue::Unreadable)
        };
        let figures = label.pieces.iter().filter(is_figure).count();
        figures >= FEWEST_FIGURES || figures == label.pieces.len()
    }

    /// What may be the cells of a line: the label, figures, and words between them.
    fn atoms(&self, line: &Line) -> Vec<Atom> {
        let pieces = pieces_of(line);
        let style = NumberStyle { grouping: Grouping::Certain, vocabulary: self.vocabulary };
        let is_value =
            |text: &str| !matches!(parse_cell(text, &style), CellValue::Words | CellValue::Unreadable);
        let mut atoms: Vec<Atom> = Vec::new();
        for piece in pieces {
            let last = atoms.last_mut();
            let own = is_value(&piece.text);
            let joins = last.as_ref().is_some_and(|last| {
                let same = last.pieces.last().is_some_and(|p| p.span == piece.span);
                let begins = last.text();
                let figure = begins.trim_start_matches(['-', '–', '−', '+']);
                let thousands = last.is_value
                    && figure.split(' ').next().is_some_and(|first| (1..=3).contains(&first.len()))
                    && figure.bytes().all(|b| b.is_ascii_digit() || b == b' ')
                    && piece.text.len() >= 3
                    && piece.text.bytes().take(3).all(|b| b.is_ascii_digit())
                    && piece.text.as_bytes().get(3).is_none_or(|b| !b.is_ascii_digit());
                // The label is one, whatever figures it holds.
                let label = piece.span == 0;
                same && (label || thousands || last.is_value && piece.text == "%" || !last.is_value && !own)
            });
            match last {
                Some(last) if joins => last.pieces.push(piece),
                _ => {
                    let is_value = own && piece.span > 0;
                    atoms.push(Atom { pieces: vec![piece], is_value });
                }
            }
        }
        atoms
    }

    fn columns(&self, lines: &[Vec<Atom>]) -> Option<Columns> {
        let rows =
            || lines.iter().filter(|atoms| atoms.iter().filter(|a| a.is_value).count() >= FEWEST_FIGURES);
        let count = rows().map(Vec::len).max()?;
        let full: Vec<&Vec<Atom>> = rows().filter(|atoms| atoms.len() == count).collect();
        if full.len() < FEWEST_ROWS || count > MOST_HEADINGS {
            return None;
        }
        let style = NumberStyle { grouping: Grouping::Certain, vocabulary: self.vocabulary };
        let middle = |mut places: Vec<f32>| {
            places.sort_by(f32::total_cmp);
            places[places.len() / 2]
        };
        let mut found = Columns { numeric: Vec::new(), ends: Vec::new(), largest: Vec::new() };
        for at in 0..count {
            let values = full.iter().filter(|atoms| atoms[at].is_value).count();
            found.numeric.push(2 * values > full.len());
            let begin = middle(full.iter().map(|atoms| atoms[at].x0()).collect());
            found.ends.push((begin, middle(full.iter().map(|atoms| atoms[at].x1()).collect())));
            let numbers = full.iter().filter_map(|atoms| parse_cell(&atoms[at].text(), &style).number());
            found.largest.push(numbers.map(|number| number.value.abs()).fold(0.0, f64::max));
        }
        (!found.numeric[0] && found.numeric.iter().filter(|n| **n).count() >= FEWEST_FIGURES).then_some(found)
    }

    /// The headings, parted so that each stands as near to its column as it can; `None` where another way is about as
    /// near, or where one over figures does not say what they are.
    fn headings(&self, line: &Line, columns: &Columns, character: f32) -> Option<Vec<Cell>> {
        let texts = Self::texts_over(line, columns, character)?;
        let are_named =
            texts.iter().zip(&columns.numeric).all(|(text, numeric)| !numeric || self.names_values(text));
        are_named.then(|| texts.iter().map(|text| cell(text, line)).collect())
    }

    /// What a line says over each column: its words, parted so that each stretch stands as near to its column as it can.
    fn texts_over(line: &Line, columns: &Columns, character: f32) -> Option<Vec<String>> {
        let pieces = pieces_of(line);
        // Over the labels there may be nothing.
        let skipped = usize::from(pieces.first()?.x0 > columns.ends[0].0 + INDENT * character);
        let count = columns.count() - skipped;
        if pieces.len() > MOST_HEADINGS || pieces.len() < count {
            return None;
        }
        // Over figures headings are set to the right, as these are, or else in the middle.
        let right = |x0: f32, x1: f32, column: usize| {
            let (begin, end) = columns.ends[column];
            if columns.numeric[column] { (x1 - end).abs() } else { (x0 - begin).abs() }
        };
        let middle = |x0: f32, x1: f32, column: usize| {
            let (begin, end) = columns.ends[column];
            if columns.numeric[column] { ((x0 + x1) - (begin + end)).abs() / 2.0 } else { (x0 - begin).abs() }
        };
        let ends = match shared_out(&pieces, count, character, |x0, x1, at| right(x0, x1, at + skipped)) {
            Shared::Out(ends) => ends,
            Shared::Several => return None,
            Shared::Far => {
                match shared_out(&pieces, count, character, |x0, x1, at| middle(x0, x1, at + skipped)) {
                    Shared::Out(ends) => ends,
                    Shared::Several | Shared::Far => return None,
                }
            }
        };
        let mut from = 0;
        let mut texts = vec![String::new(); skipped];
        for end in ends {
            texts.push(pieces[from..end].iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" "));
            from = end;
        }
        Some(texts)
    }

    /// Headings of several lines: each line has words for every column, or each of its stretches stands clearly nearest to
    /// one.
    fn headings_over(&self, lines: &[Line], columns: &Columns, character: f32) -> Option<Vec<Cell>> {
        let mut cells: Vec<Cell> = (0..columns.count()).map(|_| cell("", &lines[0])).collect();
        let add = |own: &mut Cell, text: &str, line: &Line| {
            own.text = format!("{} {text}", own.text).trim().to_owned();
            own.at.add(line.place);
        };
        for line in lines {
            if let Some(texts) = Self::texts_over(line, columns, character) {
                for (own, text) in cells.iter_mut().zip(texts).filter(|(_, text)| !text.is_empty()) {
                    add(own, &text, line);
                }
                continue;
            }
            for span in &line.spans {
                let off = |at: usize| {
                    let (begin, end) = columns.ends[at];
                    let ends = (span.bbox.x1 - end).abs();
                    let begins = (span.bbox.x0 - begin).abs();
                    let middle = (span.bbox.x0 + span.bbox.x1 - begin - end).abs() / 2.0;
                    if columns.numeric[at] { ends.min(middle) } else { begins }
                };
                let mut near: Vec<usize> = (0..columns.count()).collect();
                near.sort_by(|a, b| off(*a).total_cmp(&off(*b)));
                let is_clear = near.get(1).is_none_or(|second| off(*second) > 2.0 * off(near[0]) + character);
                if !is_clear || off(near[0]) > FURTHEST * character {
                    return None;
                }
                add(&mut cells[near[0]], &span.text, line);
            }
        }
        let are_named = cells
            .iter()
            .zip(&columns.numeric)
            .all(|(cell, numeric)| !numeric || !cell.text.is_empty() && self.names_values(&cell.text));
        are_named.then_some(cells)
    }

    /// Whether a heading says what the figures below it are.
    fn names_values(&self, text: &str) -> bool {
        let vocabulary = self.vocabulary;
        let one_period =
            Period::find(text).is_some_and(|(range, _)| Period::find(&text[range.end..]).is_none());
        Period::parse(text).is_some()
            || vocabulary.column(text).is_some_and(|column| column != Column::Label)
            || vocabulary.breakdowns.whole(text).is_some()
            || vocabulary.basis(text).is_some() && (one_period || !text.bytes().any(|b| b.is_ascii_digit()))
    }
}

/// How far the headings so far are from their columns, and after which word each of them ends.
type Way = (f32, Vec<usize>);

/// How headings can be shared out among columns.
enum Shared {
    /// After which word each ends: one way is clearly the nearest, and near enough.
    Out(Vec<usize>),
    /// Another way is about as near.
    Several,
    /// None is near.
    Far,
}

/// Share out headings among columns.
fn shared_out(
    pieces: &[Piece],
    columns: usize,
    character: f32,
    off: impl Fn(f32, f32, usize) -> f32,
) -> Shared {
    // For each number of words taken, the two nearest ways to part them among the columns so far.
    let mut ways: Vec<Vec<Way>> = vec![Vec::new(); pieces.len() + 1];
    ways[0].push((0.0, Vec::new()));
    for column in 0..columns {
        let mut next: Vec<Vec<Way>> = vec![Vec::new(); pieces.len() + 1];
        for (taken, before) in ways.iter().enumerate().filter(|(_, before)| !before.is_empty()) {
            for end in taken + 1..=(taken + LONGEST_HEADING).min(pieces.len()) {
                if pieces[end - 1].span != pieces[taken].span {
                    break;
                }
                let own = off(pieces[taken].x0, pieces[end - 1].x1, column);
                let longer = before.iter().map(|(cost, ends)| (cost + own, [&ends[..], &[end]].concat()));
                next[end].extend(longer);
                next[end].sort_by(|a, b| a.0.total_cmp(&b.0));
                next[end].truncate(2);
            }
        }
        ways = next;
    }
    let mut all = ways.pop().unwrap_or_default().into_iter();
    let Some((best, ends)) = all.next() else { return Shared::Far };
    let second = all.next().map_or(f32::INFINITY, |(second, _)| second);
    #[allow(clippy::cast_precision_loss)] // columns are few
    let near = best <= FURTHEST * character * columns as f32;
    if !near && second.is_finite() {
        Shared::Far
    } else if second - best < CLEARLY * character {
        Shared::Several
    } else {
        Shared::Out(ends)
    }
}

/// The cells of a row that lacks figures, where each it has ends far nearer to one column's end than to any other's.
fn placed_apart(atoms: &[Atom], columns: &Columns) -> Option<Vec<Option<Atom>>> {
    let (label, values) = atoms.split_first()?;
    let figures = columns.numeric.iter().filter(|numeric| **numeric).count();
    if columns.fit(atoms) || values.len() >= figures || !values.iter().all(|atom| atom.is_value) {
        return None;
    }
    let mut cells: Vec<Option<Atom>> = vec![None; columns.count()];
    cells[0] = Some(label.clone());
    let mut last = 0;
    for atom in values {
        let off = |at: &usize| (columns.ends[*at].1 - atom.x1()).abs();
        let mut near: Vec<usize> = (1..columns.count()).filter(|at| columns.numeric[*at]).collect();
        near.sort_by(|a, b| off(a).total_cmp(&off(b)));
        let (own, second) = (*near.first()?, near.get(1));
        let is_clear = second.is_none_or(|second| off(second) >= APART * off(&own));
        if own <= last || !is_clear || atom.may_be_several() && !columns.holds(own, atom) {
            return None;
        }
        last = own;
        cells[own] = Some(atom.clone());
    }
    Some(cells)
}

/// A row's atoms with those parted that are several numbers; `None` where that leaves a choice.
fn parted(atoms: Vec<Atom>, columns: &Columns) -> Option<Vec<Atom>> {
    if columns.fit(&atoms) {
        return Some(atoms);
    }
    let mut found: Vec<Atom> = Vec::new();
    for atom in atoms {
        if !atom.may_be_several() {
            found.push(atom);
            continue;
        }
        // What stands in these columns elsewhere is below a thousand: a number in groups of digits it is not.
        let below = |at: usize| columns.largest.get(at).is_some_and(|largest| *largest < GROUPED);
        if !(found.len()..found.len() + atom.pieces.len()).all(below) {
            return None;
        }
        found.extend(atom.pieces.into_iter().map(|piece| Atom { pieces: vec![piece], is_value: true }));
    }
    columns.fit(&found).then_some(found)
}

/// The words of a line with their places, reckoned from their share of the letters.
fn pieces_of(line: &Line) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (span, stretch) in line.spans.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)] // a line is short
        let character = stretch.bbox.width() / stretch.text.chars().count().max(1) as f32;
        let mut x = stretch.bbox.x0;
        for word in stretch.text.split(' ') {
            #[allow(clippy::cast_precision_loss)]
            let width = word.chars().count() as f32 * character;
            if !word.is_empty() {
                pieces.push(Piece { text: word.to_owned(), x0: x, x1: x + width, span });
            }
            x += width + character;
        }
    }
    pieces
}

fn character_of(line: &Line) -> f32 {
    #[allow(clippy::cast_precision_loss)] // a line is short
    line.spans.first().map_or(1.0, |span| span.bbox.width() / span.text.chars().count().max(1) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyphs::plain_text::read_lines;
    use crate::layout::lay_out_text;
    use crate::records::document::MediaType;

    fn rows(text: &str) -> Option<Vec<Vec<String>>> {
        let layout = lay_out_text(&read_lines(text, MediaType::PlainText));
        let lines: Vec<Line> = layout.blocks.iter().flat_map(|b| b.lines.clone()).collect();
        let rows = Reader { lines: &lines, vocabulary: Vocabulary::builtin() }.rows()?;
        Some(rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect())
    }

    #[test]
    fn cells_are_counted_where_columns_stand_a_space_apart() {
        let found = rows(
            "Mått                         2022 2023 2024 Kvinnor Män Mål         Källa\n\
             Andel som trivs, andel (%)     78   80   81      79  83 85 Kolada U28532\n\
             Genomförda planer,             71     84       92   93   91 100 Egen mätning\n\
             andel (%)\n\
             Trygghet, andel (%)            76      -       79   80   78 80 Kolada U28566\n\
             Väntetid, dagar               284 311 297       268 322 180 Kolada U28422\n",
        )
        .unwrap();
        assert_eq!(found[0], ["Mått", "2022", "2023", "2024", "Kvinnor", "Män", "Mål", "Källa"]);
        assert_eq!(found[2][0], "Genomförda planer, andel (%)");
        assert_eq!(found[2][1..], ["71", "84", "92", "93", "91", "100", "Egen mätning"]);
        assert_eq!(found[4][1..7], ["284", "311", "297", "268", "322", "180"]);
    }

    #[test]
    fn each_line_of_headings_is_shared_out() {
        let found = rows(
            "                         Utfall        Budget     Avvikelse Årsbudget Prognos\n\
             Belopp i tkr       jan-okt 2024  jan-okt 2025  jan-okt 2025      2025    2025\n\
             Ledning                 -13 522       -14 480           270   -17 350 -17 100\n\
             Skolor                 -114 377      -118 140          -765  -142 100 -143 000\n\
             Skjutsar                 -7 714        -7 600          -777    -9 200  -10 100\n",
        )
        .unwrap();
        let headings =
            ["Belopp i tkr", "Utfall jan-okt 2024", "Budget jan-okt 2025", "Avvikelse jan-okt 2025"];
        assert_eq!(found[0][..4], headings);
        assert_eq!(found[0][4..], ["Årsbudget 2025", "Prognos 2025"]);
        assert_eq!(found[2][4..], ["-142 100", "-143 000"]);
        // Where one heading ends and the next begins, nothing tells.
        let tight = "Belopp i tkr jan-okt 2024 jan-okt 2025\nLedning            -13 522      -14 480\n\
                     Skolor            -114 377     -118 140\n";
        assert!(rows(tight).is_none());
    }

    #[test]
    fn a_row_that_leaves_a_choice_leaves_the_table_uncertain() {
        let table = |last: &str| {
            rows(&format!(
                "Mått              2022  2023\nAntal plan         212   230\nAntal barn       1 904 2 110\n{last}\n"
            ))
        };
        assert!(table("Antal lån       204 311").is_none());
        // Where the only figure ends tells which it is.
        assert_eq!(table("Antal lån                  31").unwrap()[3], ["Antal lån", "", "31"]);
        assert!(table("Antal lån             31").is_none());
        assert_eq!(table("Antal lån            31    40").unwrap().len(), 4);
        // Figures that ran into the label, and a heading on a line of its own.
        assert!(table("Antal lån, 31 40 (%)           12").is_none());
        assert!(table("2024\nAntal lån            31    40").is_none());
    }
}
