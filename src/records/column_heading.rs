//! What the heading of a column of a table says: which sort of column, which period, what basis, what unit.
//!
//! In go the texts over a column from the top, out comes one heading. Words decide, from the vocabulary; a period
//! that is named only in relation ("perioden", "fg år") is settled by the paper's own reporting period or stays
//! without dates.

mod parted;

use std::ops::Range;

use super::broken_words::mend;
use super::date::parse_compact_date;
use super::indicator::{Basis, Breakdown, Missing, Unit};
use super::period::Period;
use super::table::Cell;
use super::table_grid::{GridRow, TableGrid};
use crate::pattern::Pattern;
use crate::vocabulary::{Column, PeriodWord, Vocabulary, fold};

/// The heading of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ColumnHeading {
    /// The texts from the top, joined.
    pub(crate) label: String,
    /// The sort of column, where the words name it.
    pub(crate) code: Option<Column>,
    /// The period that the column is for.
    pub(crate) period: Option<Period>,
    /// What the column holds.
    pub(crate) basis: Option<Basis>,
    /// What the column counts in.
    pub(crate) unit: Option<Unit>,
    /// Whom the column is for.
    pub(crate) part: Option<Part>,
    /// Whether its rows name periods that cannot both hold, "Årsbokslut 2024" over "2022", or only the end of one,
    /// "-jun 2021".
    pub(crate) is_torn: bool,
}

/// Whom a column is for: "Kvinnor".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// What the word means.
    pub(crate) breakdown: Breakdown,
    /// The paper's word.
    pub(crate) label: String,
}

/// Two figures of a year behind a dash or an apostrophe that stand by themselves.
static SHORT_YEAR: Pattern = Pattern::new(r"(?:^|\s)([-–'’´`]([0-9]{2}))(?:$|\s|[.,:;)])");

/// A month by its name or its beginning, with two figures of a year.
static SHORT_MONTH: Pattern = Pattern::new(r"^(\p{L}{3,9})[-–'’´. ]([0-9]{2})$");

/// Fewest months side by side that the corner's year dates.
const FEWEST_MONTHS: usize = 2;
/// More rows of headings no table has.
const MOST_HEADER_ROWS: usize = 4;

impl ColumnHeading {
    /// Read the texts over a column.
    pub(crate) fn read(texts: &[&str], reporting: Option<&Period>, vocabulary: &Vocabulary) -> Self {
        let label = texts.iter().map(|text| mend(text)).collect::<Vec<_>>().join(" ");
        let basis = basis_of(texts, &label, vocabulary);
        let code = code_of(&label, basis, vocabulary);
        let period = period_of(&label, basis, reporting, vocabulary);
        let unit = unit_in(&label, vocabulary);
        let part = part_of(texts, &label, vocabulary).filter(|_| code.is_none());
        Self {
            code,
            basis,
            unit,
            part,
            is_torn: texts.len() > 1 && is_torn(texts)
                || period.is_some() && (is_half(&label, vocabulary) || is_of_two(&label)),
            period,
            label,
        }
    }

    /// Whether the words say anything about the column.
    pub(crate) fn is_known(&self) -> bool {
        self.code.is_some() || self.period.is_some() || self.basis.is_some()
    }

    /// Whether the column holds values: it is for a period or for somebody, or has a basis, and is nothing else.
    pub(crate) fn is_of_values(&self) -> bool {
        self.code.is_none() && (self.period.is_some() || self.basis.is_some() || self.part.is_some())
    }

    /// Whether it says what its values are, and not when: "Utfall", "Kvinnor".
    fn is_timeless(&self) -> bool {
        self.code.is_none() && self.period.is_none() && (self.basis.is_some() || self.part.is_some())
    }
}

/// Whether a line names columns as a row of headings does: a period, or more than one thing that columns hold.
pub(crate) fn names_columns(text: &str, vocabulary: &Vocabulary) -> bool {
    Period::find(text).is_some()
        || vocabulary.bases.find_all(text).len() > 1
        || vocabulary.columns.find_all(text).len() > 1
}

/// The headings of a table's columns, and how many rows they take: what the table's own reader found, unless the
/// words say otherwise. No headings where the first row holds none.
pub(crate) fn read_headings(
    grid: &TableGrid<'_>,
    reporting: Option<&Period>,
    vocabulary: &Vocabulary,
) -> (Vec<ColumnHeading>, usize) {
    let is_caption = grid
        .rows
        .first()
        .is_some_and(|row| row.filled().all(|(_, cell)| cell.col_span as usize >= grid.columns));
    let first = usize::from(is_caption && grid.columns > 1);
    // "Utgifter sedan start" over "Budget" and "Utfall" names columns only together with them.
    let is_upper = || !has_figures(grid, first) && is_lower_heading_row(grid, first + 1, vocabulary);
    if !is_heading_row(grid, first, vocabulary) && !is_upper() {
        return (Vec::new(), 0);
    }
    let mut rows = (grid.header_rows as usize).min(grid.rows.len()).max(first + 1);
    while rows < MOST_HEADER_ROWS && is_lower_heading_row(grid, rows, vocabulary) {
        rows += 1;
    }
    let spread = if rows >= first + 2 { spread_uppers(grid, rows - 2, vocabulary) } else { Vec::new() };
    let read = |column| {
        let above = spread.iter().find(|(below, _)| *below == column).map(|(_, text)| *text);
        let texts: Vec<&str> = above.into_iter().chain(grid.headings(column, rows)).collect();
        ColumnHeading::read(&texts, reporting, vocabulary)
    };
    let mut headings: Vec<ColumnHeading> = (0..grid.columns).map(read).collect();
    // Parts that no period stands over, or one that another has too.
    let lacks_period = |heading: &&ColumnHeading| heading.part.is_some() && heading.period.is_none();
    let key = |heading: &ColumnHeading| (heading.period.clone(), heading.basis, heading.part.clone());
    let is_doubled = |(at, heading): (usize, &ColumnHeading)| {
        heading.part.is_some() && headings[..at].iter().any(|other| key(other) == key(heading))
    };
    if spread.is_empty()
        && rows > 1
        && (headings.iter().any(|h| lacks_period(&h)) || headings.iter().enumerate().any(is_doubled))
        && headings.iter().any(|heading| heading.period.is_some())
        && let Some(parted) = parted::read(grid, rows, vocabulary)
    {
        parted.into_iter().for_each(|(column, heading)| headings[column] = heading);
    }
    settle_months(&mut headings, reporting);
    if !parts_hold(&headings) {
        headings.iter_mut().for_each(|heading| heading.part = None);
    }
    for column in 0..grid.columns {
        // Two columns with one name under one heading: it reaches too far, and nobody knows how far it should.
        let Some(upper) = doubled_under(grid, column, first, rows, &headings) else { continue };
        for (below, heading) in headings.iter_mut().enumerate() {
            if grid.rows[first].covering(below).is_some_and(|cell| std::ptr::eq(cell, upper)) {
                let texts = grid.headings(below, rows).into_iter().filter(|text| *text != upper.text.trim());
                *heading = ColumnHeading::read(&texts.collect::<Vec<_>>(), None, vocabulary);
            }
        }
    }
    date_months(&mut headings, grid, rows, vocabulary);
    settle_corner(&mut headings, grid, rows);
    (headings, rows)
}

/// "Volymer 2025" over the labels says of which year "maj", "jun" and "jul" are.
fn date_months(headings: &mut [ColumnHeading], grid: &TableGrid<'_>, rows: usize, vocabulary: &Vocabulary) {
    let are_words = || grid.rows.iter().skip(rows).all(|row| is_words(row.text(0))) && grid.rows.len() > rows;
    let Some((corner, others)) = headings.split_first_mut() else { return };
    let whole_year = |period: &Period| period.end.as_deref().is_some_and(|end| end.ends_with("-12-31"));
    let Some(year) =
        Period::find(&corner.label).filter(|(_, p)| whole_year(p)).and_then(|(_, p)| year_of(&p))
    else {
        return;
    };
    let is_month = |heading: &&mut ColumnHeading| {
        heading.period.is_none() && vocabulary.months.whole(heading.label.trim_end_matches('.')).is_some()
    };
    let mut months: Vec<&mut ColumnHeading> = others.iter_mut().filter(is_month).collect();
    if months.len() < FEWEST_MONTHS || !are_words() {
        return;
    }
    for heading in &mut months {
        let dated = Period::parse(&format!("{} {year}", heading.label));
        heading.period = dated.map(|period| Period { raw: heading.label.clone(), ..period });
    }
    corner.code = corner.code.or(Some(Column::Label));
    corner.period = None;
}

fn is_words(text: &str) -> bool {
    text.is_empty() || text.chars().any(char::is_alphabetic)
}

/// "Avvikelse mot budget, mnkr" over the labels says what all values are that their own headings leave open.
fn settle_corner(headings: &mut [ColumnHeading], grid: &TableGrid<'_>, rows: usize) {
    let labels = || grid.rows.iter().skip(rows).map(|row| row.text(0)).filter(|text| !text.is_empty());
    let are_words = labels().all(|text| text.chars().any(char::is_alphabetic)) && labels().next().is_some();
    let Some((corner, others)) = headings.split_first_mut() else { return };
    if !are_words || !corner.is_of_values() || corner.period.is_some() || corner.part.is_some() {
        return;
    }
    let are_values = others.iter().any(|heading| heading.period.is_some());
    if are_values {
        corner.code = Some(Column::Label);
        for heading in others.iter_mut().filter(|heading| heading.period.is_some() && heading.basis.is_none())
        {
            heading.basis = corner.basis;
            heading.unit = heading.unit.or(corner.unit);
        }
    }
}

/// "Utfall 202508" or "Utfall aug 2025" in a report on January to August is for these months, unless the table goes by
/// the month.
fn settle_months(headings: &mut [ColumnHeading], reporting: Option<&Period>) {
    let Some(own) = reporting.filter(|own| own.start.is_some()) else { return };
    let month = |period: &Period| period.end.as_deref().and_then(|end| end.get(5..7)).map(str::to_owned);
    let is_code = |period: &Period| period.raw.len() == 6 && period.raw.bytes().all(|b| b.is_ascii_digit());
    let is_month = |period: &Period| {
        let begins = period.start.as_deref().and_then(|start| start.get(5..));
        let of_end = month(period).map(|month| format!("{month}-01"));
        begins.is_some() && begins == of_end.as_deref()
    };
    let accumulates = |heading: &ColumnHeading| {
        matches!(heading.basis, Some(Basis::Outcome | Basis::Budget | Basis::Deviation))
    };
    let settles = |heading: &ColumnHeading, period: &Period| {
        is_code(period) || is_month(period) && accumulates(heading)
    };
    let is_own = |heading: &ColumnHeading| {
        (heading.period.as_ref())
            .is_none_or(|period| !settles(heading, period) || month(period) == month(own))
    };
    if !headings.iter().all(is_own) {
        return;
    }
    for heading in headings {
        if !heading.period.as_ref().is_some_and(|period| settles(heading, period)) {
            continue;
        }
        let Some(period) = &mut heading.period else { continue };
        let years = year_of(period).zip(year_of(own)).map(|(year, own)| year - own);
        if let Some(settled) = years.and_then(|years| moved(own, years)) {
            (period.start, period.end) = (settled.start, settled.end);
        }
    }
}

/// Whether the words for parts in headings are meant so: one is of women or men, or two name different parts.
/// "Övriga" beside "Totalt" heads columns of another sort.
fn parts_hold(headings: &[ColumnHeading]) -> bool {
    let mut parts: Vec<&Part> = headings.iter().filter_map(|heading| heading.part.as_ref()).collect();
    parts.retain(|part| part.breakdown != Breakdown::Total);
    parts.iter().any(|part| part.breakdown != Breakdown::Other)
        || parts.iter().any(|part| fold(&part.label) != fold(&parts[0].label))
}

/// Headings that stand over the middle or the beginning of the columns that they are for, without a line or a span to
/// say how far they reach: "2024" and "2025" over "Kvinnor", "Män", "Totalt" twice. Gives the columns that have no
/// heading of their own above, each with the text that is for it. Where the columns cannot be shared out evenly, or
/// the lower headings name periods of their own, nobody knows how far the upper ones reach.
fn spread_uppers<'a>(grid: &TableGrid<'a>, upper: usize, vocabulary: &Vocabulary) -> Vec<(usize, &'a str)> {
    let read = |text: &str| ColumnHeading::read(&[text], None, vocabulary);
    // The lowest heading of a column, which may begin in the upper row: "Totalt" beside "2024" over "Kvinnor".
    let lowest = |column: usize| {
        let own = grid.rows[upper + 1].cell(column);
        let over = || grid.rows[upper].cell(column).filter(|cell| cell.row_span > 1 && cell.col_span < 2);
        own.or_else(over)
    };
    let text_of = |column: usize| lowest(column).map_or("", |cell| cell.text.trim());
    let lower: Vec<usize> = (0..grid.columns)
        .filter(|column| lowest(*column).is_some_and(|cell| read(&cell.text).is_timeless()))
        .collect();
    let is_own = |column: usize, cell: &Cell| lowest(column).is_some_and(|own| std::ptr::eq(own, cell));
    let above: Vec<(usize, &'a Cell)> = grid.rows[upper]
        .filled()
        .filter(|(column, cell)| lower.contains(column) && !is_own(*column, cell))
        .collect();
    let spans = |(_, cell): &(usize, &Cell)| cell.col_span > 1 || cell.row_span > 1;
    let (count, each) = (above.len(), lower.len().checked_div(above.len()).unwrap_or_default());
    if each < 2 || count * each != lower.len() || above.iter().any(spans) {
        return Vec::new();
    }
    let is_upper = |(_, cell): &(usize, &Cell)| {
        let heading = read(&cell.text);
        heading.code.is_none() && (heading.period.is_some() || heading.basis.is_some())
    };
    let at = |(column, _): &(usize, &Cell)| lower.iter().position(|below| below == column);
    let offsets: Vec<usize> = above.iter().filter_map(at).collect();
    let is_even = offsets.iter().enumerate().all(|(index, at)| *at == index * each + offsets[0]);
    let texts = |columns: &[usize]| -> Vec<String> {
        let mut texts: Vec<String> = columns.iter().map(|column| fold(text_of(*column))).collect();
        texts.sort_unstable();
        texts
    };
    let are_distinct =
        lower.chunks(each).all(|columns| texts(columns).windows(2).all(|pair| pair[0] != pair[1]));
    // Women and men are told apart in each period alike. "Utfall" and "Budget" may stand beside "Prognos" and "Budget".
    let are_parts = lower.iter().any(|column| read(text_of(*column)).part.is_some());
    let are_alike = lower.chunks(each).all(|columns| texts(columns) == texts(&lower[..each]));
    let is_even = is_even && are_distinct && (are_alike || !are_parts);
    if !(above.iter().all(is_upper) && is_even) {
        return Vec::new();
    }
    lower
        .iter()
        .enumerate()
        .filter(|(index, column)| *column != &above[index / each].0)
        .map(|(index, column)| (*column, above[index / each].1.text.trim()))
        .collect()
}

/// The heading over a column and others, where two of them have the same name.
fn doubled_under<'a>(
    grid: &TableGrid<'a>,
    column: usize,
    first: usize,
    rows: usize,
    headings: &[ColumnHeading],
) -> Option<&'a Cell> {
    let upper = grid.rows[first].covering(column).filter(|cell| cell.col_span > 1 && rows > first + 1)?;
    let label = &headings[column].label;
    let is_doubled = headings.iter().enumerate().any(|(other, heading)| {
        other != column
            && heading.label == *label
            && grid.rows[first].covering(other).is_some_and(|cell| std::ptr::eq(cell, upper))
            && grid.rows[rows - 1].covering(other).map(std::ptr::from_ref)
                != grid.rows[rows - 1].covering(column).map(std::ptr::from_ref)
    });
    is_doubled.then_some(upper)
}

/// Whether a row is one of headings: it names columns, and holds no figures that are not years.
fn is_heading_row(grid: &TableGrid<'_>, row: usize, vocabulary: &Vocabulary) -> bool {
    let Some(cells) = grid.rows.get(row) else { return false };
    // "Kostnad | Kronor": what the figures count in names their column.
    let is_money = |text: &str| vocabulary.units.whole(text).is_some_and(|e| e.code.is_money());
    let is_known =
        |text: &str| ColumnHeading::read(&[text], None, vocabulary).is_known() || is_money(text.trim());
    let mut unknown = cells.filled().filter(|(_, cell)| !is_known(&cell.text));
    let none_is_figure =
        unknown.all(|(_, cell)| !is_figure(&cell.text) && !stands_for_figure(&cell.text, vocabulary));
    none_is_figure && cells.filled().any(|(_, cell)| is_known(&cell.text))
}

fn has_figures(grid: &TableGrid<'_>, row: usize) -> bool {
    grid.rows.get(row).is_some_and(|row| row.filled().any(|(_, cell)| is_figure(&cell.text)))
}

/// Digits without letters.
fn is_figure(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit()) && !text.chars().any(char::is_alphabetic)
}

/// "–", "Värde saknas": a cell of figures that has none.
fn stands_for_figure(text: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.missing.whole(text).is_some_and(|entry| entry.code != Missing::InWords)
}

/// Whether a row goes on with the headings of the row above: all its cells name columns, and where they do so only by a
/// year, the row above names none.
fn is_lower_heading_row(grid: &TableGrid<'_>, row: usize, vocabulary: &Vocabulary) -> bool {
    let Some(cells) = grid.rows.get(row) else { return false };
    let read = |text: &str| ColumnHeading::read(&[text], None, vocabulary);
    let has_periods =
        row > 0 && grid.rows[row - 1].filled().any(|(_, cell)| read(&cell.text).period.is_some());
    let has_letters = |text: &str| text.chars().any(char::is_alphabetic);
    let mut all = 0;
    for (column, cell) in cells.filled() {
        let heading = read(&cell.text);
        if column == 0 {
            // What stands in the first column is the row's label, except where it names the column: "Tkr".
            let is_first = row == 0 || grid.rows[row - 1].cell(0).is_none();
            if !(is_first && matches!(heading.code, Some(Column::Label | Column::Indicator))) {
                return false;
            }
            continue;
        }
        let is_named = has_letters(&cell.text) && (heading.basis.is_some() || heading.part.is_some());
        let is_period = heading.period.is_some() && heading.code.is_none() && !has_periods;
        if !is_named && !is_period {
            return false;
        }
        all += 1;
    }
    all >= 2
}

fn code_of(label: &str, basis: Option<Basis>, vocabulary: &Vocabulary) -> Option<Column> {
    let bare = without_brackets(label);
    if let Some(entry) = vocabulary.columns.whole(label).or_else(|| vocabulary.columns.whole(&bare)) {
        // "Resultat" and the like are figures of a basis.
        return Some(entry.code);
    }
    if let Some(entry) = vocabulary.columns.compound(&bare) {
        return Some(entry.code);
    }
    let (entry, length) = vocabulary.columns.prefix(&bare)?;
    let rest = bare[length..].trim();
    let is_more = entry.open
        && (basis.is_none() || basis == Some(Basis::Target))
        && rest.split_whitespace().count() <= 4;
    is_more.then_some(entry.code)
}

/// The text without what stands in brackets: "Ekonomi (tkr)".
fn without_brackets(text: &str) -> String {
    match (text.find('('), text.rfind(')')) {
        (Some(open), Some(close)) if open < close => {
            format!("{}{}", text[..open].trim_end(), &text[close + 1..]).trim().to_owned()
        }
        _ => text.to_owned(),
    }
}

/// Whom a heading says its column is for: a row of its own, or all that it says beside period and basis.
fn part_of(texts: &[&str], label: &str, vocabulary: &Vocabulary) -> Option<Part> {
    let read = |text: &str| {
        let entry = vocabulary.breakdowns.whole(text)?;
        Some(Part { breakdown: entry.code, label: text.trim().to_owned() })
    };
    texts.iter().find_map(|text| read(text)).or_else(|| {
        let rest = remainder(label, vocabulary);
        (rest.len() < label.len()).then(|| read(&rest)).flatten()
    })
}

/// What a heading says beside period and basis: "Riket" of "Riket 2024".
pub(crate) fn remainder(label: &str, vocabulary: &Vocabulary) -> String {
    let mut rest = label.to_owned();
    if let Some((range, _)) = Period::find(&rest) {
        rest.replace_range(range, " ");
    }
    for (range, _) in vocabulary.bases.find_all(&rest).into_iter().rev() {
        rest.replace_range(range, " ");
    }
    let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    rest.trim_matches([',', ':', '-', '–', '(', ')', ' ']).to_owned()
}

/// Whether a heading stands among the figures of a row: "Avvikelse" beside -1,0. A column has slipped by a line, and
/// nobody knows which row its figures are for.
pub(crate) fn has_slipped(rows: &[GridRow<'_>], columns: &[usize], vocabulary: &Vocabulary) -> bool {
    let has_digit = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    let is_figure = |text: &str| has_digit(text) && Period::parse(text).is_none();
    let is_basis = |text: &str| !has_digit(text) && vocabulary.bases.whole(text).is_some();
    rows.iter().any(|row| {
        let texts = || columns.iter().map(|column| row.text(*column));
        texts().any(is_basis) && texts().any(is_figure)
    })
}

/// Whether two rows of a heading name periods of which neither lies in the other.
fn is_torn(texts: &[&str]) -> bool {
    let periods: Vec<Period> = texts
        .iter()
        .filter_map(|text| Period::find(text))
        .map(|(_, period)| period)
        .filter(|period| period.end.is_some())
        .collect();
    let begins = |period: &Period| period.start.clone().or_else(|| period.end.clone());
    periods.iter().any(|one| periods.iter().any(|other| begins(one) > other.end))
}

/// Whether a heading names the last month of a stretch and not the first: "-jun 2021", "2021 -jun". Where the rest
/// stands, its cells do not say.
fn is_half(label: &str, vocabulary: &Vocabulary) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '\u{2010}'..='\u{2014}' | '\u{2212}');
    let begins_with_month = |text: &str| {
        let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        vocabulary.months.whole(word).is_some()
    };
    let Some((range, _)) = Period::find(label) else { return false };
    let (before, own, after) =
        (&label[..range.start], &label[range.clone()], label[range.end..].trim_start());
    let goes_on = after.strip_prefix(is_dash).is_some_and(|rest| begins_with_month(rest.trim_start()));
    // "Utfall - juni 2021" sets the month off.
    let stem = before.trim_end().strip_suffix(is_dash);
    let is_end = stem.is_some_and(|stem| {
        stem.trim().is_empty() || before.ends_with(is_dash) && stem.ends_with(char::is_whitespace)
    });
    goes_on || is_end && begins_with_month(own)
}

/// Whether two years stand side by side: "Mål Utfall 2025 2022" are the headings of two columns.
fn is_of_two(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    let is_year = |word: &str| {
        word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && Period::parse(word).is_some()
    };
    words.windows(2).any(|pair| is_year(pair[0]) && is_year(pair[1]))
}

fn basis_of(texts: &[&str], label: &str, vocabulary: &Vocabulary) -> Option<Basis> {
    let found = vocabulary.bases.find_all(label);
    if found.iter().any(|(_, entry)| entry.code == Basis::Deviation) {
        return Some(Basis::Deviation);
    }
    // "Budget" under "Utfall" is the budget; "Resultat" under "Prognos" says no more.
    let own = |text: &&str| {
        vocabulary.bases.find_all(text).into_iter().map(|(_, entry)| entry).find(|entry| !entry.colon)
    };
    let lowest = if texts.len() > 1 { texts.iter().rev().find_map(own) } else { None };
    lowest.or_else(|| found.first().map(|(_, entry)| *entry)).map(|entry| entry.code)
}

/// The unit that a heading or caption names: in brackets, at its end, or after "Belopp i".
pub(crate) fn unit_in(text: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    let text = text.trim();
    if let (Some(open), Some(close)) = (text.rfind('('), text.rfind(')'))
        && open < close
    {
        let inner = text[open + 1..close].trim();
        let named = || unit_at_end(inner, vocabulary);
        if let Some(unit) = vocabulary.units.whole(inner).map(|entry| entry.code).or_else(named) {
            return Some(unit);
        }
    }
    unit_at_end(text, vocabulary).or_else(|| {
        // "Belopp i tkr Verksamhet": two headings of one corner.
        let (entry, length) = vocabulary.columns.prefix(text)?;
        let (unit, _) = vocabulary.units.prefix(text[length..].trim_start())?;
        (entry.code == Column::Label && unit.code.is_money()).then_some(unit.code)
    })
}

/// The unit of amounts that a sentence tells: "… i tabellen (belopp i tkr)." A sum that it names has one
/// too, which says nothing of the table.
pub(crate) fn unit_of_amounts_in(text: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    // "Kostnaderna framgår av tabellen nedan (tkr)."
    let bracketed =
        text.trim_end().trim_end_matches(['.', ':']).strip_suffix(')').and_then(|t| t.rsplit_once('('));
    if let Some(entry) = bracketed.and_then(|(_, unit)| vocabulary.units.whole(unit)) {
        return Some(entry.code);
    }
    let mut labels =
        vocabulary.columns.find_all(text).into_iter().filter(|(_, entry)| entry.code == Column::Label);
    labels.find_map(|(range, _)| {
        let (entry, _) = vocabulary.units.prefix(text[range.end..].trim_start())?;
        Some(entry.code)
    })
}

/// The unit that a text ends in, "belopp i miljoner kronor", where no word of a name can be one: money and per cent.
/// The longest is meant: "miljarder kronor" are no kronor.
fn unit_at_end(text: &str, vocabulary: &Vocabulary) -> Option<Unit> {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let unit = (1..=3.min(words.len())).rev().find_map(|count| {
        let tail = words[words.len() - count..].join(" ");
        vocabulary.units.whole(&tail).map(|entry| entry.code)
    })?;
    (unit == Unit::Percent || unit.is_money()).then_some(unit)
}

/// The period that a heading names, its dates as the words and the paper's reporting period settle them.
fn period_of(
    label: &str,
    basis: Option<Basis>,
    reporting: Option<&Period>,
    vocabulary: &Vocabulary,
) -> Option<Period> {
    let found = vocabulary.periods.find_all(label);
    let mut words: Vec<(Range<usize>, PeriodWord)> =
        found.into_iter().map(|(range, entry)| (range, entry.code)).collect();
    let label = without_comparison(label, &mut words);
    let says = |wanted: PeriodWord| words.iter().any(|(_, word)| *word == wanted);
    let (is_year_before, is_own) = (says(PeriodWord::YearBefore), says(PeriodWord::Own));
    let is_full_year = says_full_year(label, vocabulary);
    let found = Period::find(label)
        .or_else(|| find_short_year(label))
        .or_else(|| basis.and_then(|_| find_compact_day(label)));
    let Some((range, mut period)) = found else {
        if let Some(settled) = reporting.and_then(|own| own_months(label, own, vocabulary)) {
            return Some(settled);
        }
        let (range, _) = words.into_iter().find(|(_, word)| *word == PeriodWord::FullYear)?;
        let raw = label[range].to_owned();
        let year = reporting.and_then(year_of)? - i32::from(is_year_before);
        return is_full_year.then(|| whole_year(raw, year));
    };
    if period.start.is_none() && period.end.is_none() {
        let before = i32::from(is_year_before);
        if is_full_year {
            if let Some(year) = reporting.and_then(year_of) {
                return Some(whole_year(period.raw, year - before));
            }
        } else if is_own && let Some(settled) = reporting.and_then(|own| moved(own, -before)) {
            return Some(Period { raw: period.raw, ..settled });
        }
        return Some(period);
    }
    count_up(&mut period, basis, vocabulary);
    let Some(year) = year_of(&period) else { return Some(period) };
    let is_whole_year = period.start.as_deref() == Some(&*format!("{year:04}-01-01"))
        && period.end.as_deref() == Some(&*format!("{year:04}-12-31"));
    let outside = format!("{} {}", &label[..range.start], &label[range.end..]);
    if is_whole_year && is_own_period(&outside, vocabulary) {
        // "Utfall perioden 2025": the paper's own period, in that year.
        match reporting.and_then(|own| moved(own, year - year_of(own)?)) {
            Some(settled) => {
                period.start = settled.start;
                period.end = settled.end;
            }
            None => (period.start, period.end) = (None, None),
        }
    } else if is_whole_year && !is_full_year {
        return Some(with_months(period, year, label, basis, vocabulary));
    } else if !is_whole_year && is_full_year && basis == Some(Basis::Forecast) {
        return Some(whole_year(period.raw, year));
    }
    Some(period)
}

/// The heading without the year before that its values are compared with: "Utfall perioden jämfört med samma period
/// föregående år" is for the paper's own period.
fn without_comparison<'a>(label: &'a str, words: &mut Vec<(Range<usize>, PeriodWord)>) -> &'a str {
    let Some(at) = words.iter().position(|(_, word)| *word == PeriodWord::ComparedWith) else {
        return label;
    };
    if !words[at..].iter().any(|(_, word)| *word == PeriodWord::YearBefore) {
        return label;
    }
    let end = words[at].0.start;
    words.truncate(at);
    &label[..end]
}

/// A year with the months that stand apart from it: "Januari–augusti" over "Utfall 2024". A forecast made in a month is
/// for the year. Where months are named and do not make a stretch of the year, nobody knows what is meant.
fn with_months(
    period: Period,
    year: i32,
    label: &str,
    basis: Option<Basis>,
    vocabulary: &Vocabulary,
) -> Period {
    // Most headings of a year name no month.
    if vocabulary.months.find_all(label).is_empty() {
        return period;
    }
    let rest = remainder(label, vocabulary);
    let months = vocabulary.months.find_all(&rest).len();
    if months == 0 || months == 1 && basis == Some(Basis::Forecast) {
        return period;
    }
    let whole = Period::parse(&format!("{rest} {year}"));
    whole.unwrap_or(Period { start: None, end: None, ..period })
}

/// "Bokslut -24", "Budget ´25", "jul-25".
fn find_short_year(label: &str) -> Option<(Range<usize>, Period)> {
    if let Some(found) = SHORT_MONTH.captures(label) {
        let (whole, month, digits) = (found.get(0)?, found.get(1)?, found.get(2)?);
        let period = Period::parse(&format!("{} 20{}", month.as_str(), digits.as_str()))?;
        return Some((whole.range(), Period { raw: label.to_owned(), ..period }));
    }
    let found = SHORT_YEAR.captures(label)?;
    let (whole, digits) = (found.get(1)?, found.get(2)?);
    let (_, period) = Period::find(&format!("20{}", digits.as_str()))?;
    Some((whole.range(), Period { raw: whole.as_str().to_owned(), ..period }))
}

/// "Utfall 240331": the day that a value is from, in six figures.
fn find_compact_day(label: &str) -> Option<(Range<usize>, Period)> {
    let (_, raw) = label.rsplit_once(' ').filter(|(_, last)| last.len() == 6)?;
    let end = parse_compact_date(raw)?;
    let range = label.len() - raw.len()..label.len();
    Some((range, Period { raw: raw.to_owned(), start: None, end: Some(end) }))
}

/// What has come out "t.o.m. augusti 2025" is counted from January, and so is whatever is accumulated. A day in figures
/// may as well be when it was counted.
fn count_up(period: &mut Period, basis: Option<Basis>, vocabulary: &Vocabulary) {
    let counts = match vocabulary.periods.prefix(&period.raw).map(|(entry, _)| entry.code) {
        Some(PeriodWord::UpTo) => basis == Some(Basis::Outcome),
        Some(PeriodWord::Accumulated) => true,
        _ => false,
    };
    let names_month = !vocabulary.months.find_all(&period.raw).is_empty();
    if let (true, true, None, Some(end)) = (counts, names_month, &period.start, &period.end) {
        period.start = end.get(..4).map(|year| format!("{year}-01-01"));
    }
}

/// "Utfall jan–aug" in a report on these months.
fn own_months(label: &str, own: &Period, vocabulary: &Vocabulary) -> Option<Period> {
    let year = year_of(own)?;
    let (range, mut period) = Period::find(&format!("{label} {year}"))?;
    count_up(&mut period, Some(Basis::Outcome), vocabulary);
    let is_own = period.start.is_some() && period.start == own.start && period.end == own.end;
    let raw = label.get(range.start..)?.trim().to_owned();
    (is_own && range.start < label.len() && !raw.is_empty()).then_some(Period { raw, ..period })
}

/// Whether the text speaks of the paper's own period.
fn is_own_period(text: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.periods.find_all(text).into_iter().any(|(_, entry)| entry.code == PeriodWord::Own)
}

/// Whether a word of the heading is or begins with "helår".
fn says_full_year(label: &str, vocabulary: &Vocabulary) -> bool {
    let folded = fold(label);
    vocabulary.periods.entries().filter(|entry| entry.code == PeriodWord::FullYear).any(|entry| {
        let term = fold(&entry.canonical);
        folded.split_whitespace().any(|word| word.starts_with(&term))
    })
}

fn whole_year(raw: String, year: i32) -> Period {
    Period { raw, start: Some(format!("{year:04}-01-01")), end: Some(format!("{year:04}-12-31")) }
}

/// The year that a period ends in.
fn year_of(period: &Period) -> Option<i32> {
    period.end.as_deref().or(period.start.as_deref())?.get(..4)?.parse().ok()
}

/// A period with both dates some years later.
fn moved(period: &Period, years: i32) -> Option<Period> {
    let day = |day: &str| {
        let year = day.get(..4)?.parse::<i32>().ok()? + years;
        let (month, last) = (day.get(5..7)?.parse().ok()?, day.get(8..10)?.parse::<u32>().ok()?);
        let own_last = super::date::last_day(year - years, month)?;
        let new_last = super::date::last_day(year, month)?;
        // The last day of a month stays the last.
        let last = if last == own_last { new_last } else { last.min(new_last) };
        super::date::iso(year, month, last)
    };
    let start = day(period.start.as_deref()?)?;
    let end = day(period.end.as_deref()?)?;
    Some(Period { raw: period.raw.clone(), start: Some(start), end: Some(end) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::table_grid::tests::table;

    fn reporting() -> Period {
        Period {
            raw: "januari–mars 2026".into(),
            start: Some("2026-01-01".into()),
            end: Some("2026-03-31".into()),
        }
    }

    #[test]
    fn periods_and_bases() {
        use Basis::*;
        let own = reporting();
        for (texts, start, end, basis) in [
            (&["2024"][..], "2024-01-01", "2024-12-31", None),
            (&["2025-02-28"], "", "2025-02-28", None),
            (&["Utfall 240331"], "", "2024-03-31", Some(Outcome)),
            (&["Kommunbidrag 2025"], "2025-01-01", "2025-12-31", Some(Budget)),
            (&["Periodens utfall 202501-202503"], "2025-01-01", "2025-03-31", Some(Outcome)),
            (&["Helårsprognos resultat 202503"], "2025-01-01", "2025-12-31", Some(Forecast)),
            (&["Utfall jan", "-jun", "2021"], "2021-01-01", "2021-06-30", Some(Outcome)),
            (&["Utfall jan", "-jun 2021"], "2021-01-01", "2021-06-30", Some(Outcome)),
            (&["Utfall jan 2021", "-jun"], "2021-01-01", "2021-06-30", Some(Outcome)),
            (&["Utfall perioden 2026"], "2026-01-01", "2026-03-31", Some(Outcome)),
            (&["Utfall perioden 2025"], "2025-01-01", "2025-03-31", Some(Outcome)),
            (&["Prognos helår 2026"], "2026-01-01", "2026-12-31", Some(Forecast)),
            (&["Period", "Utfall"], "2026-01-01", "2026-03-31", Some(Outcome)),
            (
                &["Utfall perioden jämfört med", "samma period föregående år"],
                "2026-01-01",
                "2026-03-31",
                Some(Outcome),
            ),
            (&["Period", "Utfall fg år"], "2025-01-01", "2025-03-31", Some(Outcome)),
            (&["Helår", "Prognos"], "2026-01-01", "2026-12-31", Some(Forecast)),
            (&["Helår", "Fg prognos"], "2026-01-01", "2026-12-31", Some(Forecast)),
            (&["Helår", "Bokslut fg år"], "2025-01-01", "2025-12-31", Some(Outcome)),
            (&["Januari–april 2026", "Avvikelse"], "2026-01-01", "2026-04-30", Some(Deviation)),
            (&["Utfall T1 2026"], "2026-01-01", "2026-04-30", Some(Outcome)),
            (&["Bokslut -25"], "2025-01-01", "2025-12-31", Some(Outcome)),
            (&["Utfall jan-mar"], "2026-01-01", "2026-03-31", Some(Outcome)),
            (&["Januari–augusti", "Utfall 2024"], "2024-01-01", "2024-08-31", Some(Outcome)),
            (&["Ackumulerat aug 2025", "Budget"], "2025-01-01", "2025-08-31", Some(Budget)),
            (&["Utfall 2025", "Budget"], "2025-01-01", "2025-12-31", Some(Budget)),
            (&["Prognos 2025", "Resultat"], "2025-01-01", "2025-12-31", Some(Forecast)),
            (&["Augusti", "Prognos 2026"], "2026-01-01", "2026-12-31", Some(Forecast)),
        ] {
            let heading = ColumnHeading::read(texts, Some(&own), Vocabulary::builtin());
            let period = heading.period.clone().unwrap_or_else(|| panic!("{texts:?}: {heading:?}"));
            assert_eq!(period.start.as_deref().unwrap_or_default(), start, "{texts:?}");
            assert_eq!(period.end.as_deref().unwrap_or_default(), end, "{texts:?}");
            assert_eq!(heading.basis, basis, "{texts:?}");
        }
    }

    #[test]
    fn what_a_value_is_compared_with_is_not_its_period() {
        let read =
            |text: &str| ColumnHeading::read(&[text], Some(&reporting()), Vocabulary::builtin()).period;
        assert_eq!(read("Förändring jmf föregående år"), None);
        let full = read("Prognos helår jämfört med helår föregående år").unwrap();
        assert_eq!((full.raw.as_str(), full.end.as_deref()), ("helår", Some("2026-12-31")));
        assert_eq!(read("Avvikelse jämfört med budget 2025").unwrap().end.as_deref(), Some("2025-12-31"));
    }

    #[test]
    fn a_relative_period_has_no_dates_without_the_papers_own() {
        for text in ["Utfall fg år", "Period Utfall", "Utfall perioden", "Jan, maj och juli Utfall 2024"] {
            let heading = ColumnHeading::read(&[text], None, Vocabulary::builtin());
            let period = heading.period.unwrap();
            assert_eq!((period.start, period.end), (None, None), "{text}");
        }
        let alone = ColumnHeading::read(&["Utfall fg år"], Some(&reporting()), Vocabulary::builtin());
        assert_eq!(alone.period.unwrap().end, None);
    }

    #[test]
    fn the_end_of_a_stretch_is_no_period() {
        let is_torn = |texts: &[&str]| ColumnHeading::read(texts, None, Vocabulary::builtin()).is_torn;
        for torn in [
            &["2021 -jun"][..],
            &["-jun 2023", "2023"],
            &["– juni 2023"],
            &["Utfall -jun 2023"],
            &["Mål Utfall", "2025 2022"],
        ] {
            assert!(is_torn(torn), "{torn:?}");
        }
        for whole in [&["Utfall jan", "-jun 2021"][..], &["Utfall jan 2021", "-jun"], &["Utfall - juni 2021"]]
        {
            assert!(!is_torn(whole), "{whole:?}");
        }
    }

    #[test]
    fn parts_of_headings() {
        let part = |text: &str| {
            let heading = ColumnHeading::read(&[text], None, Vocabulary::builtin());
            heading.part.map(|part| part.breakdown)
        };
        assert_eq!(part("Kvinnor 2024"), Some(Breakdown::Women));
        assert_eq!(part("Utfall män 2024"), Some(Breakdown::Men));
        assert_eq!(part("2024 (totalt)"), Some(Breakdown::Total));
        assert_eq!(part("Total projektbudget"), None);
        assert_eq!(part("Utfall jan-apr"), None);
    }

    #[test]
    fn codes_and_units() {
        let read = |text: &str| ColumnHeading::read(&[text], None, Vocabulary::builtin());
        assert_eq!(read("Målvärde 2026").code, Some(Column::Target));
        assert_eq!(read("Trivselindikatorer").code, Some(Column::Indicator));
        assert_eq!(read("Enhetens namn").code, None);
        assert_eq!(read("Uppdrag/ Åtgärd").code, Some(Column::RelatesTo));
        assert_eq!(read("Belopp i miljoner kronor").code, Some(Column::Label));
        assert_eq!(read("Belopp i miljoner kronor").unit, Some(Unit::Mnkr));
        assert_eq!(read("Tjänster").unit, None);
        assert_eq!(read("Belopp i tkr Verksamhet").unit, Some(Unit::Tkr));
        assert_eq!(read("Investeringar (belopp i miljoner kronor)").unit, Some(Unit::Mnkr));
        assert_eq!(read("Omsättning, miljarder kronor").unit, None);
        assert_eq!(read("Driften (alla belopp, tkr)").unit, Some(Unit::Tkr));
        assert_eq!(read("Ekonomi (tkr)").unit, Some(Unit::Tkr));
        assert_eq!(read("Ekonomi (tkr)").code, Some(Column::Label));
        assert_eq!(read("Prognos- försämring").label, "Prognosförsämring");
        assert!(read("Budget 2025").is_of_values());
    }

    #[test]
    fn rows_of_headings_are_counted() {
        let sources = table(&[
            "2v Mnkr | 2> Januari–april 2026 | Helår 2026",
            "Utfall | Budget | Prognos",
            "Drift | 1 | 2 | 3",
        ]);
        let (headings, rows) = read_headings(
            &TableGrid { header_rows: 1, ..TableGrid::new(&sources) },
            None,
            Vocabulary::builtin(),
        );
        assert_eq!(rows, 2);
        assert_eq!(headings[2].label, "Januari–april 2026 Budget");
        let upper = table(&[
            "2v Nämnden (mnkr) | 2> Sedan projektens start | 2> Varav i år",
            "Budget | Utfall | Budget | Utfall",
            "Gång | 1 | 2 | 3 | 4",
        ]);
        let (headings, rows) = read_headings(
            &TableGrid { header_rows: 1, ..TableGrid::new(&upper) },
            None,
            Vocabulary::builtin(),
        );
        assert_eq!((rows, headings[2].label.as_str()), (2, "Sedan projektens start Utfall"));
        let beside = table(&[
            "2v Mått | 2v Totalt | 2023 | 2v Män | 2v Totalt | 2024 | 2v Män | 2v Målvärde 2024",
            "Kvinnor | Kvinnor",
            "Andel nöjda (%) | 1 | 2 | 3 | 4 | 5 | 6 | 7",
        ]);
        let (headings, _) = read_headings(
            &TableGrid { header_rows: 2, ..TableGrid::new(&beside) },
            None,
            Vocabulary::builtin(),
        );
        let labels: Vec<&str> = headings[1..5].iter().map(|heading| heading.label.as_str()).collect();
        assert_eq!(labels, ["2023 Totalt", "2023 Kvinnor", "2023 Män", "2024 Totalt"]);
        let too_far = table(&[
            "Belopp i mnkr | 4> Period | Helår",
            " | Utfall | Budget | Prognos | Budget | Bokslut",
            "Gång | 1 | 2 | 3 | 4 | 5",
        ]);
        let (headings, _) = read_headings(
            &TableGrid { header_rows: 2, ..TableGrid::new(&too_far) },
            Some(&reporting()),
            Vocabulary::builtin(),
        );
        assert_eq!((headings[3].label.as_str(), headings[3].period.as_ref()), ("Prognos", None));
        assert_eq!(headings[5].label, "Helår Bokslut");
        let captioned =
            table(&["3> Tabell 2. Driften", "Verksamhet | Budget 2025 | Utfall 2025", "Park | 1 | 2"]);
        let (headings, rows) = read_headings(
            &TableGrid { header_rows: 1, ..TableGrid::new(&captioned) },
            None,
            Vocabulary::builtin(),
        );
        assert_eq!((rows, headings[1].label.as_str()), (2, "Budget 2025"));
        let goes_on = table(&["Kvinnor | 12 | 14", "Män | 3 | 5"]);
        assert_eq!(
            read_headings(
                &TableGrid { header_rows: 1, ..TableGrid::new(&goes_on) },
                None,
                Vocabulary::builtin()
            )
            .1,
            0
        );
    }
}
