//! The agenda of a kallelse: the items of a table (Nr, Ärende, Beteckning, Förslag), or of a numbered list.
//!
//! A registration number that its column broke is whole again. What stands below an item's title in its cell, a time
//! or who presents the matter, is no part of the title.

use super::agenda::AgendaItem;
use super::broken_words::mend;
use super::column_heading::{ColumnHeading, read_headings};
use super::diarienummer::Diarienummer;
use super::paper_tables::PaperTable;
use super::table_grid::TableGrid;
use crate::layout::BlockKind;
use crate::pattern::Pattern;
use crate::sections::Part;
use crate::vocabulary::{Column, Vocabulary};

static TIME: Pattern = Pattern::new(
    r"\s(?:(?i:kl|klockan)\.?\s*[0-9]{1,2}[.:][0-9]{2}\b|[0-9]{1,2}[.:][0-9]{2}\s*[-–]\s*[0-9]{1,2}[.:][0-9]{2}\b)",
);
static ITEM: Pattern = Pattern::new(r"^([0-9]{1,3})[.)]?$");

/// Fewest items that make a numbered list an agenda.
const FEWEST_ITEMS: usize = 3;

/// Read the agenda of a kallelse.
pub(crate) fn read(parts: &[Part], tables: &[PaperTable<'_>], vocabulary: &Vocabulary) -> Vec<AgendaItem> {
    let mut found = Vec::new();
    let mut columns: Option<Columns> = None;
    for placed in tables.iter().filter(|placed| placed.is_sure()) {
        let grid = &placed.grid;
        let (headings, header_rows) = read_headings(grid, None, vocabulary);
        let own = Columns::read(&headings, grid, header_rows);
        let goes_on = header_rows == 0 && columns.as_ref().is_some_and(|before| before.width == grid.columns);
        if own.is_some() {
            columns = own;
        } else if !goes_on {
            continue;
        }
        let Some(columns) = &columns else { continue };
        for row in &grid.rows[header_rows..] {
            let text = |column: Option<usize>| column.map_or("", |column| row.text(column));
            let title = title_of(text(Some(columns.title)));
            let number = text(columns.number);
            if title.is_empty() {
                continue;
            }
            let proposal = mend(text(columns.proposal));
            found.push(AgendaItem {
                number: ITEM.captures(number).and_then(|found| found[1].parse().ok()),
                title,
                diarienummer: diarienummer_of(text(columns.diarienummer), vocabulary),
                proposal: Some(proposal).filter(|text| !text.is_empty()),
                papers: Vec::new(),
                at: row.at(),
            });
        }
    }
    if found.is_empty() { read_list(parts, vocabulary) } else { found }
}

/// Which columns of a table of items hold what.
struct Columns {
    number: Option<usize>,
    title: usize,
    diarienummer: Option<usize>,
    proposal: Option<usize>,
    width: usize,
}

impl Columns {
    /// The columns of a table that lists matters: their titles, beside a number of one of two sorts.
    fn read(headings: &[ColumnHeading], grid: &TableGrid<'_>, header_rows: usize) -> Option<Self> {
        let of = |code: Column| headings.iter().position(|heading| heading.code == Some(code));
        let title = of(Column::Title)?;
        let is_number = |column: &usize| {
            let mut texts = grid.rows[header_rows..]
                .iter()
                .map(|row| row.text(*column))
                .filter(|t| !t.is_empty())
                .peekable();
            texts.peek().is_some() && texts.all(|text| ITEM.is_match(text))
        };
        // The column of numbers often has no heading.
        let number = of(Column::Number)
            .or_else(|| (0..title).find(|column| headings[*column].label.is_empty()))
            .filter(is_number);
        let (diarienummer, proposal) = (of(Column::Diarienummer), of(Column::Proposal));
        (number.is_some() || diarienummer.is_some()).then_some(Self {
            number,
            title,
            diarienummer,
            proposal,
            width: grid.columns,
        })
    }
}

/// A title without the time and presenters after it.
fn title_of(text: &str) -> String {
    let end = TIME.find(text).map_or(text.len(), |time| time.start());
    mend(text[..end].trim_end_matches([' ', ',', ';']))
}

/// The registration number in a cell of their column, whose line end may have broken it.
fn diarienummer_of(text: &str, vocabulary: &Vocabulary) -> Option<Diarienummer> {
    let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // "KFT-2025- 00178", "KFT -2025", "VO/ 2016:19".
    let mut whole = spaced.clone();
    for mark in ['-', '/', ':'] {
        whole = whole.replace(&format!("{mark} "), &mark.to_string());
    }
    Diarienummer::labelled(&whole, vocabulary).or_else(|| Diarienummer::labelled(&spaced, vocabulary))
}

/// The items of the longest numbered list.
fn read_list(parts: &[Part], vocabulary: &Vocabulary) -> Vec<AgendaItem> {
    let mut best: Vec<AgendaItem> = Vec::new();
    for part in parts {
        let mut items: Vec<AgendaItem> = Vec::new();
        for block in &part.blocks {
            let BlockKind::ListItem(mark) = &block.kind else { continue };
            let Some(number) = ITEM.captures(mark).and_then(|found| found[1].parse().ok()) else { continue };
            let found = Diarienummer::find_all(&block.text, vocabulary).into_iter().next();
            let text = match &found {
                Some((range, _)) => block.text[..range.start].trim_end_matches(['(', ',', ' ', '–', '-']),
                None => block.text.as_str(),
            };
            items.push(AgendaItem {
                number: Some(number),
                title: title_of(text),
                diarienummer: found.map(|(_, number)| number),
                proposal: None,
                papers: Vec::new(),
                at: block.at.clone(),
            });
        }
        items.retain(|item| !item.title.is_empty());
        let counts_up = items.windows(2).all(|pair| pair[0].number < pair[1].number);
        if counts_up && items.len() >= FEWEST_ITEMS && items.len() > best.len() {
            best = items;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::section::SectionKind;
    use crate::records::table_grid::tests::table;

    fn items(lines: &[&str]) -> Vec<AgendaItem> {
        let table = table(lines);
        let part =
            Part { heading: None, kind: SectionKind::Other, level: 1, entry: None, blocks: Vec::new() };
        let placed = PaperTable::alone(&table, &part);
        read(&[], &[placed], Vocabulary::builtin())
    }

    #[test]
    fn a_table_of_matters() {
        let found = items(&[
            " | Ärende | Beteckning | Förslag",
            "1 | Upprop |  | Beslut",
            "2 | Remiss om Storgatan Kl. 17:10, ekonom Karin Ek | KFT-2025- 00161 | ",
        ]);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].number, found[0].proposal.as_deref()), (Some(1), Some("Beslut")));
        assert_eq!(found[1].title, "Remiss om Storgatan");
        assert_eq!(found[1].diarienummer.as_ref().map(|d| d.raw.as_str()), Some("KFT-2025-00161"));
        assert_eq!(found[1].proposal, None);
    }

    #[test]
    fn other_tables_are_no_agenda() {
        assert!(items(&["Status | Uppdrag | Klart", "Pågår | Bygg ut | 2026"]).is_empty());
    }
}
