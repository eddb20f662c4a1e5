//! Tables in plain text and Markdown: between pipes, between tabs, or in aligned columns.
//!
//! In go the lines of a text, out come its tables with the lines they take. A pipe table's widths are its own; a row
//! with fewer cells is short at its end, as Markdown has it. Between tabs a cell stands
//! where the tabs put it: each is whole, and which column a shifted one is for is left to the records. Aligned columns are gutters that several lines share.

use std::ops::Range;

use super::Doubt;
use super::kind::{Kind, continues_group, kind_of, starts_group};
use crate::place::Place;
use crate::records::table::{Cell, Certainty, Table};

/// Fewest lines of a table in aligned columns.
const ALIGNED_LINES: usize = 3;
/// Fewest spaces that part two columns.
const GUTTER: usize = 2;
/// How many lines with one cell may stand between the rows of an aligned table: a label's second line.
const LONE_LINES: usize = 2;

/// A table in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextTable {
    /// Its lines, from 0.
    pub lines: Range<usize>,
    /// Its cells; their places are lines from 1.
    pub table: Table,
    /// Why it is uncertain.
    pub doubts: Vec<Doubt>,
}

/// Find the tables in a text's lines, from top to bottom.
#[must_use]
pub fn find_in_text(lines: &[&str]) -> Vec<TextTable> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let table =
            pipe_table(lines, at).or_else(|| tab_table(lines, at)).or_else(|| aligned_table(lines, at));
        match table {
            Some(table) => {
                at = table.lines.end.max(at + 1);
                found.push(table);
            }
            None => at += 1,
        }
    }
    found
}

/// A table between pipes that begins at a line.
fn pipe_table(lines: &[&str], first: usize) -> Option<TextTable> {
    let is_row = |line: &str| {
        let line = line.trim();
        line.starts_with('|') && line.len() > 1 && line[1..].contains('|')
    };
    let end = first + lines[first..].iter().take_while(|l| is_row(l)).count();
    if end < first + 2 {
        return None;
    }
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    let mut header_rows = 0;
    for (at, line) in lines.iter().enumerate().take(end).skip(first) {
        let cells = pipe_cells(line);
        let rule = cells.iter().all(|c| !c.is_empty() && c.chars().all(|c| matches!(c, '-' | ':' | '=')));
        if rule {
            header_rows = header_rows.max(rows.len().min(1));
        } else {
            rows.push((at, cells));
        }
    }
    let width = rows.iter().map(|r| r.1.len()).max()?;
    let ragged = rows.iter().any(|r| r.1.len() != width);
    (rows.len() >= 2 && width >= 2).then(|| written(rows, width, header_rows, ragged, first..end))
}

fn pipe_cells(line: &str) -> Vec<String> {
    let line = line.trim().trim_start_matches('|');
    let line = line.strip_suffix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for ch in line.chars() {
        match ch {
            '|' if !escaped => cells.push(String::new()),
            _ => {
                if let Some(cell) = cells.last_mut() {
                    if ch == '|' {
                        cell.pop();
                    }
                    cell.push(ch);
                }
            }
        }
        escaped = ch == '\\' && !escaped;
    }
    cells.iter().map(|c| squeezed(&c.replace("<br>", " ").replace("<br/>", " "))).collect()
}

/// A table between tabs that begins at a line. Lines without a tab go on with the cell before, if a row follows.
fn tab_table(lines: &[&str], first: usize) -> Option<TextTable> {
    let cells = |line: &str| -> Vec<String> { line.split('\t').map(squeezed).collect() };
    let filled = |line: &str| line.split('\t').filter(|cell| !cell.trim().is_empty()).count();
    // A row whose only text is its label ends in tabs as well.
    let is_row = |line: &str| line.contains('\t') && filled(line) > 0;
    let end = first + lines[first..].iter().take_while(|l| is_row(l)).count();
    if end < first + 2 || filled(lines[first]) < 2 {
        return None;
    }
    let rows: Vec<(usize, Vec<String>)> = (first..end).map(|at| (at, cells(lines[at]))).collect();
    let width = rows.iter().map(|r| r.1.len()).max()?;
    let figures = |cells: &[String]| cells.iter().skip(1).any(|c| kind_of([c.as_str()]) == Kind::Figure);
    let header_rows = usize::from(!figures(&rows[0].1));
    Some(written(rows, width, header_rows, false, first..end))
}

/// A table in aligned columns that begins at a line.
fn aligned_table(lines: &[&str], first: usize) -> Option<TextTable> {
    if cells_of(lines[first]).len() < 2 {
        return None;
    }
    // Lines as long as they share a gutter with all before.
    let mut free = blanks(lines[first]);
    let mut end = first + 1;
    let mut rows = 1;
    let mut lone = 0;
    for (at, line) in lines.iter().enumerate().skip(first + 1) {
        let cells = cells_of(line);
        if cells.is_empty() || lone > LONE_LINES {
            break;
        }
        let both = meet(&free, &blanks(line));
        if gutters(&both).is_empty() {
            break;
        }
        if cells.len() >= 2 {
            free = both;
            rows += 1;
            lone = 0;
            end = at + 1;
        } else {
            lone += 1;
        }
    }
    if rows < ALIGNED_LINES {
        return None;
    }
    let cuts = gutters(&free);
    if cuts.is_empty() {
        return None;
    }
    let mut guessed = false;
    let mut table: Vec<(usize, Vec<String>)> = Vec::new();
    for (at, line) in lines.iter().enumerate().take(end).skip(first) {
        let pieces = cells_of(line);
        let row = if let [lone] = pieces.as_slice() {
            // A label's second line may be longer than the others are.
            let start = line.chars().take_while(|c| *c == ' ').count();
            let mut row = vec![String::new(); cuts.len() + 1];
            row[cuts.partition_point(|g| g.start < start)] = lone.clone();
            row
        } else {
            cut(line, &cuts)
        };
        // Pieces that fall into one column were two columns once.
        guessed |= row.iter().filter(|c| !c.is_empty()).count() != pieces.len();
        table.push((at, row));
    }
    let width = cuts.len() + 1;
    let numeric: Vec<bool> = (0..width)
        .map(|c| {
            let cells =
                table.iter().map(|r| kind_of([r.1[c].as_str()])).filter(|k| *k == Kind::Figure).count();
            2 * cells >= rows.saturating_sub(1) && cells > 0
        })
        .collect();
    let figures = numeric.iter().skip(1).filter(|n| **n).count();
    // Columns of words alone are addresses, signatures and prose as often as tables.
    if figures == 0 || looks_like_list(&table) {
        return None;
    }
    // A line without figures, or without its first cell, goes on with the row above.
    let is_data = |r: &(usize, Vec<String>)| {
        (1..width).any(|c| numeric[c] && kind_of([r.1[c].as_str()]).is_numeric() && !r.1[c].is_empty())
    };
    let mut at = 1;
    while at < table.len() {
        let below_heading = table[..at].iter().any(is_data);
        let goes_on = table[at].1[0].is_empty() && !is_data(&table[at]) && below_heading;
        if goes_on {
            let (_, cells) = table.remove(at);
            for (own, more) in table[at - 1].1.iter_mut().zip(cells) {
                *own = squeezed(&format!("{own} {more}"));
            }
        } else {
            guessed |= below_heading && !is_data(&table[at]);
            at += 1;
        }
    }
    let header_rows = table.iter().position(is_data).unwrap_or(0);
    Some(written(table, width, header_rows, guessed, first..end))
}

/// Whether most first cells are marks or numbers of a list, or end with a colon.
fn looks_like_list(rows: &[(usize, Vec<String>)]) -> bool {
    let marks = rows.iter().filter(|r| {
        let first = r.1[0].as_str();
        matches!(first, "-" | "–" | "•" | "*" | "o")
            || first.ends_with(':')
            || first.ends_with('.') && first.len() <= 3
    });
    2 * marks.count() >= rows.len()
}

/// The cells of a line, parted by wide gaps.
fn cells_of(line: &str) -> Vec<String> {
    let mut cells: Vec<String> = vec![String::new()];
    let mut spaces = 0;
    for ch in line.trim().chars() {
        if ch == ' ' {
            spaces += 1;
            continue;
        }
        if spaces >= GUTTER && cells.last().is_some_and(|c| !c.is_empty()) {
            cells.push(String::new());
        } else if spaces > 0 {
            cells.last_mut().iter_mut().for_each(|c| c.push(' '));
        }
        spaces = 0;
        cells.last_mut().iter_mut().for_each(|c| c.push(ch));
    }
    cells.retain(|c| !c.is_empty());
    cells
}

/// Which places of a line are blank; beyond its end all are.
fn blanks(line: &str) -> Vec<bool> {
    line.trim_end().chars().map(|c| c == ' ').collect()
}

fn meet(a: &[bool], b: &[bool]) -> Vec<bool> {
    let at = |line: &[bool], i: usize| line.get(i).copied().unwrap_or(true);
    (0..a.len().max(b.len())).map(|i| at(a, i) && at(b, i)).collect()
}

/// The blank stretches with text on both sides.
fn gutters(free: &[bool]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, blank) in free.iter().enumerate() {
        match (blank, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                if from > 0 && at - from >= GUTTER {
                    found.push(from..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Cut a line at gutters.
fn cut(line: &str, cuts: &[Range<usize>]) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    let mut cells = Vec::new();
    let mut from = 0;
    for gutter in cuts {
        let to = gutter.start.min(chars.len());
        cells.push(squeezed(&chars[from.min(to)..to].iter().collect::<String>()));
        from = gutter.end;
    }
    cells.push(squeezed(&chars[from.min(chars.len())..].iter().collect::<String>()));
    cells
}

/// Whether a cell holds nothing but figures, and more than one: rows or columns that were run together.
fn holds_two_figures(text: &str) -> bool {
    let words: Vec<&str> =
        text.split_whitespace().filter(|w| !matches!(*w, "%" | "*" | "**" | "***")).collect();
    let digits = |w: &str| w.bytes().any(|b| b.is_ascii_digit());
    if words.len() < 2 || !words.iter().all(|w| kind_of([*w]).is_numeric()) {
        return false;
    }
    words.windows(2).any(|p| {
        let joins = (starts_group(p[0]) || continues_group(p[0])) && continues_group(p[1]);
        digits(p[0]) && digits(p[1]) && !joins && !p[1].starts_with('(')
    })
}

/// Whether a label ends in two figures: the first values were run together with it.
fn swallows_figures(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    let figures = words.iter().rev().take_while(|w| kind_of([**w]) == Kind::Figure).count();
    figures >= 2 && figures < words.len()
}

/// Whether a heading ends in a figure with decimals: the first row was run together with it.
fn ends_in_figure(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().filter(|w| *w != "%").collect();
    words.len() >= 2
        && words.last().is_some_and(|w| kind_of([*w]) == Kind::Figure && w.contains([',', '.']))
        && words.iter().any(|w| kind_of([*w]) == Kind::Words || kind_of([*w]) == Kind::Year)
}

fn squeezed(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in ["<b>", "</b>", "<i>", "</i>"] {
        text = text.replace(mark, "");
    }
    // Emphasis stands around the cell; "59***" has a footnote's mark.
    let bare = text.trim_matches('*');
    let is_emphasis = text.starts_with('*') && text.ends_with('*') && bare.chars().any(char::is_alphanumeric);
    if is_emphasis { bare.trim().to_owned() } else { text }
}

fn written(
    rows: Vec<(usize, Vec<String>)>,
    width: usize,
    header_rows: usize,
    doubtful: bool,
    lines: Range<usize>,
) -> TextTable {
    let crowded = rows.iter().any(|r| r.1.iter().any(|c| holds_two_figures(c)))
        || rows.first().is_some_and(|r| r.1.iter().any(|c| ends_in_figure(c)))
        || rows.iter().any(|r| r.1.first().is_some_and(|c| swallows_figures(c)));
    let line = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
    let place = |at: usize| Place::lines(line(at), line(at), None);
    let rows = rows
        .into_iter()
        .map(|(at, mut cells)| {
            cells.resize(width, String::new());
            let cell =
                |text: String| Cell { text, col_span: 1, row_span: 1, image: None, at: place(at).into() };
            cells.into_iter().map(cell).collect()
        })
        .collect();
    let mut doubts = Vec::new();
    if doubtful {
        doubts.push(Doubt::Guessed);
    }
    if crowded {
        doubts.push(Doubt::TwoFigures);
    }
    TextTable {
        table: Table {
            caption: None,
            header_rows: u32::try_from(header_rows).unwrap_or(0),
            certainty: if doubts.is_empty() { Certainty::Sure } else { Certainty::Uncertain },
            rows,
            at: vec![Place::lines(line(lines.start), line(lines.end.saturating_sub(1)), None)],
        },
        doubts,
        lines,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(table: &TextTable) -> Vec<Vec<&str>> {
        table.table.rows.iter().map(|r| r.iter().map(|c| c.text.as_str()).collect()).collect()
    }

    #[test]
    fn between_pipes() {
        let lines = ["Text", "| Mått | 2024 |", "|---|---:|", "| Antal | 1 236 |", "", "Text"];
        let found = find_in_text(&lines);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].lines, 1..4);
        assert_eq!(found[0].table.header_rows, 1);
        assert_eq!(texts(&found[0]), [["Mått", "2024"], ["Antal", "1 236"]]);
        assert_eq!(found[0].table.certainty, Certainty::Sure);
    }

    #[test]
    fn cells_between_tabs_stand_where_the_tabs_put_them() {
        let lines = ["Nr\tIndikator\t2024", "1\tAntal\t6 954", "\t\tKvinnor\t**12**", "Män\t\t"];
        let found = find_in_text(&lines);
        assert_eq!(found[0].table.certainty, Certainty::Sure);
        assert_eq!(texts(&found[0])[2], ["", "", "Kvinnor", "12"]);
        assert_eq!(found[0].lines, 0..4);
        assert!(find_in_text(&["Text med tabb i slutet\t", "och en rad till\t"]).is_empty());
    }

    #[test]
    fn aligned_columns() {
        let lines = [
            "Belopp i mnkr        Utfall   Budget",
            "Intäkter               21,4     20,9",
            "Kostnader             -61,8    -63,0",
            "Kommunbidrag, som är",
            "långt                  42,2     42,2",
        ];
        let found = find_in_text(&lines);
        assert_eq!(found.len(), 1);
        assert_eq!(texts(&found[0])[1], ["Intäkter", "21,4", "20,9"]);
        assert_eq!(found[0].table.header_rows, 1);
        assert!(find_in_text(&["Här är text  med två", "luckor som inte", "är en tabell"]).is_empty());
    }
}
