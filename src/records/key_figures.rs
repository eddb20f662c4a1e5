//! Key figures that are set out as a calculation: labels over or beside values, the last of them the result.
//!
//! In goes a paper's outline, flattened to headings, texts and pairs of label and value; out come key figures. A run of
//! pairs is one where the paper or section is of key figures, or where the result is one of the values divided by
//! another, as a key figure is.

use super::column_heading::{unit_in, unit_of_amounts_in};
use super::indicator::{Missing, Unit};
use super::key_figure::{KeyFigure, KeyFigureLine, KeyFigureResult};
use super::number::{CellValue, Grouping, Number, NumberStyle, parse_cell};
use super::period::Period;
use super::section::SectionKind;
use super::table::Certainty;
use super::table_grid::{GridRow, TableGrid};
use super::unit;
use crate::layout::{Block, BlockKind, Layout};
use crate::pattern::Pattern;
use crate::place::{At, Place};
use crate::sections::PaperOutline;
use crate::vocabulary::{Column, Vocabulary};

/// Fewest pairs of a calculation: what is divided, by what, and the result.
const FEWEST_PAIRS: usize = 3;
/// Most words of a unit after "Belopp": "anges i tkr".
const MOST_WORDS_OF_UNIT: usize = 3;
/// The same with brackets: "(miljoner kronor)".
const MOST_WORDS_IN_BRACKETS: usize = 2;
/// Longest label, in characters.
const LONGEST_LABEL: usize = 120;
/// "1) Grundskola", "a) Sfi".
static NUMBERED: Pattern = Pattern::new(r"^(?:[0-9]{1,2}|\p{Ll})\)\s*");
/// What numbers a name, "2. Fritidshem" too, which in a heading may number a part of the paper.
static NUMBER: Pattern = Pattern::new(r"^(?:[0-9]{1,2}|\p{Ll})(?:\)\s*|\.\s+)");
/// "**) Snitt av mätningar".
static NOTE: Pattern = Pattern::new(r"^\\?\*[\\*]*\)");
/// "1) Statsbidrag": a note where a label refers to it, else a name.
static NUMBERED_NOTE: Pattern = Pattern::new(r"^([0-9]\))\s*\S");

/// What a paper holds of key figures.
#[derive(Debug, Default)]
pub(crate) struct KeyFigures {
    /// The key figures in reading order.
    pub(crate) found: Vec<KeyFigure>,
    /// Which of the paper's tables, counted from 0, hold them.
    pub(crate) tables: Vec<usize>,
}

/// Something in the flow of a paper.
#[derive(Clone, Debug)]
struct Item {
    kind: ItemKind,
    at: At,
    /// The table that it stands in.
    table: Option<usize>,
    /// Whether it stands in a section of key figures.
    is_at_home: bool,
    /// Whether a heading stands right before it.
    follows_heading: bool,
}

#[derive(Clone, Debug)]
enum ItemKind {
    /// A heading, a paragraph, a line: whether it is a heading.
    Text(String, bool),
    /// A label and its value.
    Pair(String, String),
}

/// Read the key figures of a paper.
pub(crate) fn read(outline: &PaperOutline, layout: &Layout, vocabulary: &Vocabulary) -> KeyFigures {
    let title = outline.title.as_ref().map(|title| title.text.as_str());
    let is_paper_of = title.is_some_and(|title| is_of_key_figures(title, vocabulary));
    let mut items = flatten(outline, layout, is_paper_of, vocabulary);
    pair_up(&mut items, vocabulary);
    let mut figures = KeyFigures::default();
    let mut context = Context::default();
    let mut at = 0;
    while at < items.len() {
        // A name beside its period begins another key figure.
        let begins =
            |item: &Item| matches!(&item.kind, ItemKind::Pair(_, raw) if Period::parse(raw).is_some());
        let pairs = items[at..].iter().take_while(|item| matches!(item.kind, ItemKind::Pair(..)));
        let end = at + pairs.enumerate().take_while(|(after, item)| *after == 0 || !begins(item)).count();
        if end == at {
            context.note(&items[at], vocabulary);
            at += 1;
            continue;
        }
        context.stand_above(&items[at].at);
        // The notes under a calculation come before whatever else.
        let mut after = end;
        let (mut notes, mut noted) = (Vec::new(), At::default());
        while let Some(item) = items.get(after) {
            let ItemKind::Text(text, is_heading) = &item.kind else { break };
            let is_last_of_table =
                item.table.is_some() && item.table == items[end - 1].table && text.ends_with('.');
            if *is_heading || !(is_note(text, &items[at..end]) || is_last_of_table) {
                break;
            }
            notes.push(text.replace("\\*", "*"));
            noted.extend(&item.at);
            after += 1;
        }
        if let Some((mut figure, tables)) = read_run(&items[at..end], &context, notes, vocabulary) {
            figure.at.extend(&noted);
            context.period.clone_from(&figure.period);
            context.group.clone_from(&figure.group);
            figures.found.push(figure);
            figures.tables.extend(tables);
        }
        context.name = None;
        context.before_name = None;
        at = after.max(at + 1);
    }
    figures.tables.sort_unstable();
    figures.tables.dedup();
    figures
}

/// Whether a text is a note to some pairs: by its stars, or by a number that one of their labels has too. The end of
/// "(vk 441 - 442)" is none.
fn is_note(text: &str, run: &[Item]) -> bool {
    let refers = |item: &Item, mark: &str| {
        let ItemKind::Pair(label, _) = &item.kind else { return false };
        let rest = label.trim_end().strip_suffix(mark);
        rest.is_some_and(|rest| rest.ends_with(char::is_whitespace) && !runs_on(rest, ""))
    };
    let mark = NUMBERED_NOTE.captures(text).and_then(|found| found.get(1));
    NOTE.is_match(text) || mark.is_some_and(|mark| run.iter().any(|item| refers(item, mark.as_str())))
}

/// What stands before a calculation and holds for it.
#[derive(Clone, Debug, Default)]
struct Context {
    group: Option<String>,
    /// The headings so far, and where they stand.
    headings: Vec<(String, At)>,
    /// The text that may be the name, and where it stands.
    name: Option<(String, At)>,
    /// Whether that is a heading.
    is_heading: bool,
    /// The heading before it.
    before_name: Option<String>,
    period: Option<Period>,
    unit: Option<Unit>,
    /// The unit that a table states, which holds for its own calculations.
    unit_of_table: Option<(usize, Unit)>,
}

impl Context {
    /// Let the group be one that stands above a calculation. Cards side by side are read column by column: a heading over
    /// the next row of them comes before the cards beside those that it does not head.
    fn stand_above(&mut self, run: &At) {
        let Some(Place::Page(run)) = run.0.first() else { return };
        let top_of = |at: &At| match at.0.first() {
            Some(Place::Page(own)) if own.page == run.page => Some(own.bbox[1]),
            _ => None,
        };
        let group = self.headings.iter().rfind(|(text, _)| Some(text) == self.group.as_ref());
        if group.and_then(|(_, at)| top_of(at)).is_none() {
            return;
        }
        let above = self.headings.iter().filter_map(|(text, at)| Some((top_of(at)?, text)));
        let nearest = above.filter(|(top, _)| *top <= run.bbox[1]).max_by(|a, b| a.0.total_cmp(&b.0));
        self.group = nearest.map(|(_, text)| text.clone());
    }

    fn note(&mut self, item: &Item, vocabulary: &Vocabulary) {
        let ItemKind::Text(text, is_heading) = &item.kind else { return };
        if let Some(period) = Period::parse(text) {
            self.period = Some(period);
            return;
        }
        if let Some(unit) = unit_in(text, vocabulary).filter(|_| !*is_heading && is_of_unit(text, vocabulary))
        {
            match item.table {
                Some(table) => self.unit_of_table = Some((table, unit)),
                None => self.unit = Some(unit),
            }
            return;
        }
        // "Samtliga belopp är i tkr och avser helåret."
        if let Some(unit) = unit_of_amounts_in(text, vocabulary)
            .filter(|unit| !*is_heading && text.ends_with('.') && unit.is_money())
        {
            self.unit = Some(unit);
            return;
        }
        if !text.chars().any(char::is_alphabetic) {
            return;
        }
        // A numbered name is kept against whatever follows it but a heading.
        let is_numbered = NUMBERED.is_match(text);
        let has_numbered = self.name.as_ref().is_some_and(|(name, _)| NUMBERED.is_match(name));
        if has_numbered && !is_numbered && !*is_heading {
            return;
        }
        if *is_heading && !is_numbered {
            self.group = Some(text.clone());
            self.headings.push((text.clone(), item.at.clone()));
        }
        // A heading over nothing but this one may gather; a line of the section before does not.
        let is_of_section = !*is_heading || self.is_heading && item.follows_heading;
        self.before_name = self.name.take().map(|(name, _)| name).filter(|_| is_of_section);
        self.name = Some((text.clone(), item.at.clone()));
        self.is_heading = *is_heading;
    }
}

/// Whether a text tells a unit and no more: "Belopp i tkr", "(tkr)". "Kostnad per timme (kr)" is a name.
fn is_of_unit(text: &str, vocabulary: &Vocabulary) -> bool {
    let bare = text.trim().trim_matches(['(', ')']);
    let ends_in_unit = |rest: &str| {
        let most = if rest.contains('(') { MOST_WORDS_IN_BRACKETS } else { MOST_WORDS_OF_UNIT };
        rest.split_whitespace().count() <= most
    };
    let mut labels = vocabulary.columns.find_all(text).into_iter();
    text.chars().count() <= LONGEST_LABEL
        && (vocabulary.units.whole(bare).is_some()
            || labels.any(|(range, entry)| entry.code == Column::Label && ends_in_unit(&text[range.end..])))
}

/// Whether a line can be the heading of several key figures: it is short and no sentence.
fn is_title(text: &str) -> bool {
    text.chars().count() <= LONGEST_LABEL
        && text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', ':'])
}

/// A run of pairs as a key figure, and the tables it stands in; `None` where it is none.
fn read_run(
    run: &[Item],
    context: &Context,
    notes: Vec<String>,
    vocabulary: &Vocabulary,
) -> Option<(KeyFigure, Vec<usize>)> {
    let style = NumberStyle { grouping: Grouping::Certain, vocabulary };
    let mut lines = Vec::new();
    let mut at = At::default();
    let mut tables = Vec::new();
    let (mut name, mut period) = (context.name.clone(), context.period.clone());
    for item in run {
        let ItemKind::Pair(label, raw) = &item.kind else { continue };
        tables.extend(item.table);
        // "1) Grundskola | Mars 2025": the name beside the period.
        if lines.is_empty()
            && let Some(found) = Period::parse(raw)
        {
            period = Some(found);
            name = Some((label.clone(), item.at.clone()));
            continue;
        }
        at.extend(&item.at);
        let number = parse_cell(raw, &style).number();
        lines.push((label.clone(), raw.clone(), number));
    }
    let (name, name_at) = name?;
    let printed = name;
    let (name, own_unit) = without_unit(&printed, vocabulary);
    let (name, own_period) = without_period(&name);
    let of_table = context.unit_of_table.filter(|(table, _)| tables.contains(table)).map(|(_, unit)| unit);
    let unit = own_unit.or(of_table).or(context.unit);
    let period = own_period.or(period);
    let is_at_home = run.iter().any(|item| item.is_at_home);
    let is_numbered = NUMBERED.is_match(&name);
    if lines.len() < FEWEST_PAIRS || !(is_at_home && is_numbered || divides(&lines, unit, vocabulary)) {
        return None;
    }
    // A line before the name gathers key figures where no heading says more than that there are some.
    let is_plain = |group: &String| is_of_key_figures(group, vocabulary);
    let above = context.before_name.clone().filter(|text| is_title(text));
    let group = context.group.clone().filter(|group| *group != printed);
    let group = match above {
        Some(above) if group.as_ref().is_none_or(is_plain) => Some(above),
        _ => group,
    };
    let (label, raw, value) = lines.pop()?;
    let mut whole = name_at;
    whole.extend(&at);
    let bare = NUMBER.replace_all(&name, "").trim().to_owned();
    let figure = KeyFigure {
        group,
        name: bare,
        period,
        unit,
        lines: lines.into_iter().map(|line| line_of(line, vocabulary)).collect(),
        result: Some(KeyFigureResult { label, raw, value }),
        notes,
        at: whole,
    };
    Some((figure, tables))
}

/// A name and the unit of its calculation behind it: "Hemtjänst, tkr", "Hemtjänst (tkr)". Kronor are the result's.
fn without_unit(name: &str, vocabulary: &Vocabulary) -> (String, Option<Unit>) {
    let parted = name
        .trim_end()
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .or_else(|| name.rsplit_once(','));
    let found = parted.and_then(|(rest, word)| {
        let unit = vocabulary.units.whole(word.trim())?.code;
        is_large(unit).then(|| (rest.trim_end().to_owned(), Some(unit)))
    });
    found.unwrap_or_else(|| (name.to_owned(), None))
}

/// Whether a unit is that of a calculation's sums.
fn is_large(unit: Unit) -> bool {
    matches!(unit, Unit::Tkr | Unit::Mnkr)
}

fn is_large_unit(text: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.units.whole(text).is_some_and(|entry| is_large(entry.code))
}

/// A name and the period behind it: "Hemtjänst, 2025".
fn without_period(name: &str) -> (String, Option<Period>) {
    let parted = name.rsplit_once(',').and_then(|(rest, tail)| Some((rest, Period::parse(tail.trim())?)));
    parted
        .map_or_else(|| (name.to_owned(), None), |(rest, period)| (rest.trim_end().to_owned(), Some(period)))
}

fn line_of((label, raw, value): (String, String, Option<Number>), vocabulary: &Vocabulary) -> KeyFigureLine {
    let unit = unit::of_name(&label, vocabulary)
        .filter(|unit| matches!(unit, Unit::Count | Unit::Percent | Unit::Days));
    KeyFigureLine { label, raw, value, unit }
}

/// Whether the last value is one of the others divided by another, as printed: in kronor where the others are
/// thousands, too.
fn divides(lines: &[(String, String, Option<Number>)], unit: Option<Unit>, vocabulary: &Vocabulary) -> bool {
    let Some((label, _, Some(result))) = lines.last() else { return false };
    let is_in_kronor = unit == Some(Unit::Tkr) && unit::of_name(label, vocabulary) == Some(Unit::Sek);
    let factor = if is_in_kronor { 1000.0 } else { 1.0 };
    let slack = 0.51 / 10_f64.powi(i32::from(result.decimals));
    let values: Vec<f64> =
        lines[..lines.len() - 1].iter().filter_map(|(_, _, value)| value.map(|v| v.value)).collect();
    result.value != 0.0
        && values.iter().any(|one| {
            values.iter().any(|other| {
                other.abs() > 1.0 && ((factor * one / other).abs() - result.value.abs()).abs() <= slack
            })
        })
}

fn is_of_key_figures(heading: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.heading_kind(heading).is_some_and(|found| found.kind == SectionKind::KeyFigures)
}

/// A paper's headings, texts and pairs in reading order.
fn flatten(outline: &PaperOutline, layout: &Layout, is_paper_of: bool, vocabulary: &Vocabulary) -> Vec<Item> {
    let mut items = Vec::new();
    let mut table_number = 0;
    let mut follows_heading = false;
    for part in &outline.parts {
        let is_at_home = is_paper_of || part.kind == SectionKind::KeyFigures;
        if let Some(heading) = &part.heading {
            items.push(Item {
                kind: ItemKind::Text(heading.text_with_mark(), true),
                at: heading.at.clone(),
                table: None,
                is_at_home,
                follows_heading,
            });
        }
        follows_heading = part.heading.is_some() && part.blocks.is_empty();
        for block in &part.blocks {
            if let BlockKind::Table(index) = block.kind {
                let Some(table) = layout.tables.get(index) else { continue };
                if table.certainty == Certainty::Sure {
                    flatten_table(&TableGrid::new(table), table_number, is_at_home, vocabulary, &mut items);
                }
                table_number += 1;
            } else {
                flatten_block(block, is_at_home, vocabulary, &mut items);
            }
        }
    }
    items
}

/// A block's text; notes that run on in it are items of their own, and so are lines of a label and a value.
fn flatten_block(block: &Block, is_at_home: bool, vocabulary: &Vocabulary, items: &mut Vec<Item>) {
    let style = NumberStyle { grouping: Grouping::Doubtful, vocabulary };
    let begins_note = |text: &str| NOTE.is_match(text) || NUMBERED_NOTE.is_match(text);
    let is_parted = block.lines.iter().skip(1).any(|line| begins_note(line.text().trim()));
    let is_paired = block.lines.iter().any(|line| line.spans.len() == 2);
    if !is_parted && !is_paired {
        let kind = ItemKind::Text(block.text_with_mark(), false);
        items.push(Item { kind, at: block.at.clone(), table: None, is_at_home, follows_heading: false });
        return;
    }
    for line in &block.lines {
        let text = line.text().trim().to_owned();
        if let [label, value] = line.spans.as_slice()
            && (parse_cell(&value.text, &style).number().is_some() || Period::parse(&value.text).is_some())
        {
            let kind = ItemKind::Pair(label.text.clone(), value.text.clone());
            items.push(Item { kind, at: line.place.into(), table: None, is_at_home, follows_heading: false });
            continue;
        }
        match items.last_mut() {
            Some(Item { kind: ItemKind::Text(before, false), at, .. })
                if is_parted && begins_note(before) && !begins_note(&text) =>
            {
                *before = format!("{before} {text}");
                at.add(line.place);
            }
            _ => items.push(Item {
                kind: ItemKind::Text(text, false),
                at: line.place.into(),
                table: None,
                is_at_home,
                follows_heading: false,
            }),
        }
    }
}

/// The pairs of a table of two columns. A label that runs on in the next row is joined.
fn flatten_table(
    grid: &TableGrid<'_>,
    number: usize,
    is_at_home: bool,
    vocabulary: &Vocabulary,
    items: &mut Vec<Item>,
) {
    let style = NumberStyle { grouping: Grouping::Certain, vocabulary };
    let first = items.len();
    // "Avgår: bidrag | –": nothing to be taken off.
    let is_missing = |value: &str| {
        let missing = parse_cell(value, &style).missing();
        matches!(missing, Some(Missing::NotApplicable | Missing::NotAvailable))
    };
    // A line over a name beside its period heads the calculation.
    let heads = |at: usize| {
        let below: Vec<&str> = grid
            .rows
            .get(at + 1)
            .into_iter()
            .flat_map(GridRow::filled)
            .map(|(_, cell)| cell.text.trim())
            .collect();
        matches!(below.as_slice(), [_, period] if Period::parse(period).is_some())
    };
    for (row_number, row) in grid.rows.iter().enumerate() {
        let cells: Vec<&str> = row.filled().map(|(_, cell)| cell.text.trim()).collect();
        let at = row.at();
        match cells.as_slice() {
            [label, value]
                if parse_cell(value, &style).number().is_some()
                    || Period::parse(value).is_some()
                    || items.len() > first && is_missing(value) =>
            {
                let kind = ItemKind::Pair((*label).to_owned(), (*value).to_owned());
                items.push(Item { kind, at, table: Some(number), is_at_home, follows_heading: false });
            }
            [label] => match items.last_mut().filter(|_| grid.columns == 2) {
                Some(Item { kind: ItemKind::Pair(before, ..), at: place, .. }) if runs_on(before, label) => {
                    *before = if before.ends_with('-') {
                        format!("{before}{label}")
                    } else {
                        format!("{before} {label}")
                    };
                    place.extend(&at);
                }
                _ => items.push(Item {
                    kind: ItemKind::Text((*label).to_owned(), is_title(label) && heads(row_number)),
                    at,
                    table: Some(number),
                    is_at_home,
                    follows_heading: false,
                }),
            },
            // "Kostnad per timme, 2025 | tkr": the unit beside the name.
            [name, unit] if items.len() == first && is_large_unit(unit, vocabulary) => {
                for text in [unit, name] {
                    let kind = ItemKind::Text((*text).to_owned(), false);
                    let at = at.clone();
                    items.push(Item { kind, at, table: Some(number), is_at_home, follows_heading: false });
                }
            }
            [] => {}
            _ => {
                // Another sort of table.
                items.truncate(first);
                return;
            }
        }
    }
}

/// Whether a label goes on with a text: it was broken at a hyphen or inside brackets, or the text begins small.
fn runs_on(label: &str, text: &str) -> bool {
    label.ends_with('-')
        || label.matches('(').count() > label.matches(')').count()
        || text.chars().next().is_some_and(char::is_lowercase)
}

/// Labels with their values below them become pairs.
fn pair_up(items: &mut Vec<Item>, vocabulary: &Vocabulary) {
    let style = NumberStyle { grouping: Grouping::Certain, vocabulary };
    let mut paired: Vec<Item> = Vec::with_capacity(items.len());
    for item in items.drain(..) {
        if let ItemKind::Text(value, false) = &item.kind {
            let is_value = matches!(parse_cell(value, &style), CellValue::Number { .. });
            if let Some(Item { kind: ItemKind::Text(label, _), at, is_at_home, .. }) = paired.last() {
                let is_label = label.chars().any(char::is_alphabetic)
                    && label.chars().count() <= LONGEST_LABEL
                    && Period::parse(label).is_none()
                    && !NOTE.is_match(label);
                if is_value && is_label && *is_at_home {
                    let mut whole = at.clone();
                    whole.extend(&item.at);
                    let pair = Item {
                        kind: ItemKind::Pair(label.clone(), value.clone()),
                        at: whole,
                        table: None,
                        is_at_home: *is_at_home,
                        follows_heading: false,
                    };
                    paired.pop();
                    paired.push(pair);
                    continue;
                }
            }
        }
        paired.push(item);
    }
    *items = paired;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_the_unit_of_its_calculation() {
        let parted = |name: &str| without_unit(name, Vocabulary::builtin());
        assert_eq!(parted("Hemtjänst, tkr"), ("Hemtjänst".to_owned(), Some(Unit::Tkr)));
        assert_eq!(parted("Hemtjänst (mnkr)"), ("Hemtjänst".to_owned(), Some(Unit::Mnkr)));
        assert_eq!(without_period("Hemtjänst, 2025").0, "Hemtjänst");
        assert_eq!(without_period("Hemtjänst, dag").1, None);
        assert_eq!(parted("Kostnad per timme (kr)"), ("Kostnad per timme (kr)".to_owned(), None));
    }

    #[test]
    fn the_unit_beside_a_name_in_its_table() {
        let table = crate::records::table_grid::tests::table(&[
            "Kostnad per timme, 2025 | tkr",
            "Nettokostnad | 46 800",
            "Timmar | 71 450",
        ]);
        let flat = |table: &crate::records::table::Table| {
            let mut items = Vec::new();
            flatten_table(&TableGrid::new(table), 0, true, Vocabulary::builtin(), &mut items);
            items.len()
        };
        assert_eq!(flat(&table), 4);
        // Words beside one another further down are another sort of table.
        let words = crate::records::table_grid::tests::table(&["Nettokostnad | 46 800", "Timmar | tkr"]);
        assert_eq!(flat(&words), 0);
    }

    #[test]
    fn thousands_divided_are_kronor() {
        let number = |value: f64| Some(Number { value, decimals: 0 });
        let lines = |result: f64| {
            vec![
                ("Nettokostnad".to_owned(), String::new(), number(-121_300.0)),
                ("Antal dygn".to_owned(), String::new(), number(52_890.0)),
                ("Nettokostnad per dygn, kr".to_owned(), String::new(), number(result)),
            ]
        };
        let divided = |result, unit| divides(&lines(result), unit, Vocabulary::builtin());
        assert!(divided(2_293.0, Some(Unit::Tkr)));
        assert!(!divided(2_293.0, None) && !divided(2_300.0, Some(Unit::Tkr)));
    }
}
