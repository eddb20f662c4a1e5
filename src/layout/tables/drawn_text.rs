//! Tables that a text draws with characters, as programs write them in Markdown: columns under runs of dashes, and
//! grids of `+`, `-` and `|`.
//!
//! In go a text's lines, out come the rows of the table that begins at one of them. The drawing says where each column
//! begins and ends; where a word stands between two of them there is no such table.

use std::ops::Range;

/// Shortest line of dashes over a whole table, in characters.
const FULL_LINE: usize = 20;
/// Fewest dashes over a column.
const FEWEST_DASHES: usize = 2;
/// Most lines of a heading.
const TALLEST_HEADING: usize = 6;

/// A table's rows with the lines of each, how many of the first are headings, and all lines of it.
pub(super) struct DrawnTable {
    pub(super) rows: Vec<(Range<usize>, Vec<String>)>,
    pub(super) header_rows: usize,
    pub(super) lines: Range<usize>,
}

/// The table that begins at a line.
pub(super) fn read(lines: &[&str], first: usize) -> Option<DrawnTable> {
    if lines[first].trim_start().starts_with('+') {
        return grid(lines, first);
    }
    dashed(lines, first)
}

/// Columns under dashes. A line of dashes over all of them opens and closes a table whose rows blank lines part; without
/// it each line is a row, and a blank line closes the table.
fn dashed(lines: &[&str], first: usize) -> Option<DrawnTable> {
    let opened = is_full(lines[first]);
    let head = first + usize::from(opened);
    let ruler =
        (head..lines.len().min(head + TALLEST_HEADING + 1)).find(|at| columns_of(lines[*at]).is_some())?;
    let columns = columns_of(lines[ruler])?;
    let headed = ruler > head && (opened || ruler == head + 1);
    if !headed || lines[head..ruler].iter().any(|l| l.trim().is_empty()) {
        return None;
    }
    let body = ruler + 1;
    let is_end = |at: usize| {
        if opened {
            is_full(lines[at])
        } else {
            lines[at].trim().is_empty() || columns_of(lines[at]).is_some()
        }
    };
    let end = match (body..lines.len()).find(|at| is_end(*at)) {
        Some(end) => end,
        None if opened => return None,
        None => lines.len(),
    };
    let mut rows = vec![(head..ruler, cells(&lines[head..ruler], &columns)?)];
    let mut at = body;
    while at < end {
        let blank = |at: usize| lines[at].trim().is_empty();
        if blank(at) {
            at += 1;
            continue;
        }
        let below = if opened { (at..end).find(|at| blank(*at)).unwrap_or(end) } else { at + 1 };
        rows.push((at..below, cells(&lines[at..below], &columns)?));
        at = below;
    }
    let closed = if opened { end + 1 } else { end };
    (rows.len() >= 2).then_some(DrawnTable { rows, header_rows: 1, lines: first..closed })
}

/// A grid whose columns all lines share.
fn grid(lines: &[&str], first: usize) -> Option<DrawnTable> {
    let corners = |line: &str| -> Option<Vec<usize>> {
        let line = line.trim_end();
        let drawn = line.trim_start().chars().all(|c| matches!(c, '+' | '-' | '=' | ':'));
        let corners: Vec<usize> =
            line.chars().enumerate().filter(|(_, c)| *c == '+').map(|(at, _)| at).collect();
        (drawn && corners.len() >= 3).then_some(corners)
    };
    let edges = corners(lines[first])?;
    let columns: Vec<Range<usize>> = edges.windows(2).map(|pair| pair[0] + 1..pair[1]).collect();
    let is_inside = |line: &str| {
        let chars: Vec<char> = line.chars().collect();
        edges.iter().all(|edge| chars.get(*edge) == Some(&'|'))
    };
    let mut rows = Vec::new();
    let mut header_rows = 0;
    let (mut start, mut at) = (first + 1, first + 1);
    let mut end = first + 1;
    while let Some(line) = lines.get(at) {
        if corners(line).as_ref() == Some(&edges) {
            if at > start {
                rows.push((start..at, parts(&lines[start..at], &columns)));
            }
            if line.contains('=') {
                header_rows = rows.len();
            }
            (start, end) = (at + 1, at + 1);
        } else if !is_inside(line) {
            break;
        }
        at += 1;
    }
    (rows.len() >= 2 && end == start).then_some(DrawnTable { rows, header_rows, lines: first..end })
}

/// Whether a line is one of dashes and nothing else.
fn is_full(line: &str) -> bool {
    let line = line.trim();
    line.len() >= FULL_LINE && line.bytes().all(|b| b == b'-')
}

/// The columns that runs of dashes stand for, in characters.
fn columns_of(line: &str) -> Option<Vec<Range<usize>>> {
    if line.trim().is_empty() || !line.trim_end().bytes().all(|b| matches!(b, b'-' | b' ')) {
        return None;
    }
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (at, _) in line.bytes().enumerate().filter(|(_, b)| *b == b'-') {
        match columns.last_mut() {
            Some(column) if column.end == at => column.end = at + 1,
            _ => columns.push(at..at + 1),
        }
    }
    (columns.len() >= 2 && columns.iter().all(|c| c.len() >= FEWEST_DASHES)).then_some(columns)
}

/// A row's cells; `None` where something stands between the columns.
fn cells(lines: &[&str], columns: &[Range<usize>]) -> Option<Vec<String>> {
    let last = columns.last()?.end;
    let between = |at: usize| at < last && !columns.iter().any(|c| c.contains(&at));
    let clean = |line: &&str| line.chars().enumerate().all(|(at, c)| c == ' ' || !between(at));
    let mut open: Vec<Range<usize>> = columns.to_vec();
    // The last column may be narrower than its text.
    open.last_mut()?.end = usize::MAX;
    lines.iter().all(clean).then(|| parts(lines, &open))
}

/// What each column says in some lines, from the top.
fn parts(lines: &[&str], columns: &[Range<usize>]) -> Vec<String> {
    let part = |line: &str, column: &Range<usize>| -> String {
        line.chars().skip(column.start).take(column.len()).collect::<String>().trim().to_owned()
    };
    let cell = |column: &Range<usize>| {
        let texts = lines.iter().map(|line| part(line, column)).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join(" ")
    };
    columns.iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<(usize, Vec<Vec<String>>)> {
        let lines: Vec<&str> = text.lines().collect();
        let table = read(&lines, 0)?;
        Some((table.header_rows, table.rows.into_iter().map(|(_, cells)| cells).collect()))
    }

    #[test]
    fn rows_of_several_lines_between_full_lines() {
        let text = "  ------------------------------------\n  Indikator           Utfall  Målvärde\n                        2024      2025\n  \
            ------------------- ------ ---------\n  Andel barn som       91,5%        95\n  deltar (%)\n\n  Besök                 61 2\n  \
            ------------------------------------\n";
        let (head, rows) = rows(text).unwrap();
        assert_eq!(head, 1);
        assert_eq!(rows[0], ["Indikator", "Utfall 2024", "Målvärde 2025"]);
        assert_eq!(rows[1], ["Andel barn som deltar (%)", "91,5%", "95"]);
        assert_eq!(rows[2][2], "");
    }

    #[test]
    fn a_line_a_row_below_dashes() {
        let (_, found) =
            rows("tkr        2024   2025\n-------  ------ ------\nGator     1 200    900\n\nText").unwrap();
        assert_eq!(found, [["tkr", "2024", "2025"], ["Gator", "1 200", "900"]]);
        assert!(
            rows("tkr        2024   2025\n-------  ------ ------\nGator och torg 1 200    900\n").is_none()
        );
        assert!(rows("Rubrik\n------\nText\n").is_none());
    }

    #[test]
    fn a_grid_of_characters() {
        let text = "+----+--------+\n| Nr | Åtgärd |\n+====+========+\n| 1  | Bygg   |\n|    | ut     |\n+----+--------+\n";
        assert_eq!(
            rows(text).unwrap(),
            (1, vec![vec!["Nr".into(), "Åtgärd".into()], vec!["1".into(), "Bygg ut".into()]])
        );
        assert!(rows("+----+--------+\n| Nr | Åtgärd |\n| 1  | Bygg\n").is_none());
    }
}
