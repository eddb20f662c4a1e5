//! Tables of what is followed up: columns in any order, rows in groups, comments over the full width.

use super::super::activity::{ActivityKind, ExpectedCompletion, Origin, Reference};
use super::super::date::parse_date;
use super::super::period::Period;
use super::super::status::Status;
use super::super::table::{Certainty, Table};
use super::from_lists::HeadingSays;
use super::narrative::{self, split_status};
use super::pictures::Pictures;
use super::table_rows::{Columns, Row};
use super::{Sighting, headings_above, is_group_heading, kind_named};
use super::{banners, cards, crosses, signs};
use crate::diagnostic::{Code, Report};
use crate::layout::{BlockKind, Layout};
use crate::pattern::Pattern;
use crate::place::At;
use crate::sections::{EntryHead, Part};
use crate::vocabulary::{ActivityWord, Column, Vocabulary};

/// Characters from which a column's cells are taken for sentences, on average.
const LONG_TEXT: usize = 20;
/// Words of the time that a comment begins with at most: "Halvår 1 2026".
const LONGEST_TIME: usize = 4;

/// Most letters of a label in front of a number.
const LONGEST_LABEL: usize = 12;
/// Most letters of an area that a number begins with: "A1".
const LONGEST_AREA: usize = 2;
/// A sentence that tells of a row has more words.
const WORDS_OF_TITLE: usize = 5;
/// A number by itself: "1a", "2.1".
static NUMBER: Pattern = Pattern::new(r"^([0-9]{1,6}(?:\.[0-9]{1,3}){0,3}\s?[a-zåäö]?)\s*[.):]?$");
/// A number in front of a title: "1.2 Väg svinnet".
static NUMBERED: Pattern = Pattern::new(r"^([0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[a-zåäö]?)[.):]?\s+(\S.*)$");

/// The number that a text is, with or without a label's letters in front: "N 2.1", "Å 3.". A letter that is joined to
/// the figures and is no label belongs to the number: "A1", "B1".
fn number_alone(text: &str, vocabulary: &Vocabulary) -> Option<String> {
    let behind = text.trim_start_matches(char::is_alphabetic);
    let letters = &text[..text.len() - behind.len()];
    let number = match letters.chars().count() {
        0 => text,
        1..=LONGEST_LABEL => behind.strip_prefix('.').unwrap_or(behind).trim_start(),
        _ => return None,
    };
    let found = NUMBER.captures(number)?.get(1)?.as_str().replace(' ', "").to_lowercase();
    let is_part = number.len() == behind.len()
        && (1..=LONGEST_AREA).contains(&letters.chars().count())
        && letters.chars().all(char::is_uppercase)
        && behind.starts_with(|c: char| c.is_ascii_digit())
        && vocabulary.activity_kinds.whole(letters).is_none();
    Some(if is_part { format!("{letters}{found}") } else { found })
}

/// The number in front of a title and the title: "1.2 Väg svinnet".
pub(super) fn numbered(text: &str) -> Option<(String, String)> {
    let found = NUMBERED.captures(text).filter(|found| found[2].starts_with(char::is_uppercase))?;
    Some((found[1].to_lowercase(), found[2].to_owned()))
}

/// Read all tables of a paper that follow something up.
pub(super) fn read(
    parts: &[Part],
    layout: &Layout,
    pictures: &Pictures,
    vocabulary: &Vocabulary,
    report: &mut Report,
) -> Vec<Sighting> {
    let mut found = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let mut setting = Setting::of(parts, index, pictures, vocabulary);
        for (at, block) in part.blocks.iter().enumerate() {
            let BlockKind::Table(number) = block.kind else {
                setting.before = None;
                continue;
            };
            if let Some(table) = layout.tables.get(number).filter(|t| t.certainty == Certainty::Sure) {
                let turned = cards::as_rows(table, vocabulary)
                    .or_else(|| crosses::as_statuses(table, vocabulary))
                    .or_else(|| banners::as_group(table, vocabulary));
                found.extend(setting.read(turned.as_ref().unwrap_or(table), (index, at + 1, 0), report));
            }
        }
        setting.missing.report(report);
    }
    found
}

/// What stands around a table.
struct Setting<'a> {
    /// The headings above, the nearest first.
    headings: Vec<&'a str>,
    /// The heading that gathers what the table lists.
    group: Option<String>,
    /// What the nearest heading says of all that the table lists: "Försenade åtgärder".
    says: HeadingSays,
    /// What the table's part reports on: a table in the report on an assignment lists its measures.
    whole: Option<Reference>,
    /// The table directly above, which a table without headings goes on with.
    before: Option<Shape>,
    missing: Missing,
    pictures: &'a Pictures,
    vocabulary: &'a Vocabulary,
}

impl<'a> Setting<'a> {
    fn of(parts: &'a [Part], index: usize, pictures: &'a Pictures, vocabulary: &'a Vocabulary) -> Self {
        let headings: Vec<&str> = headings_above(parts, index).into_iter().map(|h| h.text.as_str()).collect();
        let mut group = headings.iter().find(|h| is_group_heading(h, vocabulary)).map(|h| (*h).to_owned());
        let entry = parts[index].entry.as_ref();
        // A goal that is reported on is what its activities are part of; one that is only a heading gathers them.
        if entry.is_some_and(|e| e.word == ActivityWord::Goal)
            && narrative::read(&parts[index].blocks, vocabulary).is_silent()
        {
            group = parts[index].heading.as_ref().map(|h| h.text.clone());
        }
        let whole = entry.and_then(|e| Some(Reference { kind: e.word.kind()?, number: e.number.clone()? }));
        let says = headings.first().map(|h| HeadingSays::read(h, vocabulary)).unwrap_or_default();
        Self { headings, group, says, whole, before: None, missing: Missing::default(), pictures, vocabulary }
    }

    fn read(&mut self, table: &Table, order: (usize, usize, usize), report: &mut Report) -> Vec<Sighting> {
        let says_status = self.says.status.is_some();
        let Some(shape) =
            Shape::of(table, &self.headings, says_status, self.before.as_ref(), self.vocabulary)
        else {
            return Vec::new();
        };
        let reader = Reader {
            shape: &shape,
            pictures: self.pictures,
            vocabulary: self.vocabulary,
            order,
            missing: Vec::new(),
            whole: None,
        };
        let goes_on = shape.goes_on;
        let (mut rows, missing) = reader.read(table, self.group.clone(), report);
        if !goes_on {
            self.missing.report(report);
        }
        self.missing.things.extend(missing);
        self.missing.all += rows.len();
        for row in &mut rows {
            if shape.status.is_none() && row.status.is_none() {
                row.status.clone_from(&self.says.status);
            }
            let whole = self.whole.clone().filter(|whole| whole.kind != row.kind);
            row.parent = row.parent.take().or(whole);
        }
        self.before = Some(shape);
        rows
    }
}

/// Which columns of a table hold what.
#[derive(Clone, Debug)]
struct Shape {
    columns: Columns,
    kind: ActivityKind,
    label: Option<String>,
    /// Whether a column's heading says which kind.
    is_named: bool,
    title: usize,
    number: Option<usize>,
    status: Option<usize>,
    expected: Option<usize>,
    comments: Vec<usize>,
    /// What the row's thing is part of, and the kind of that.
    whole: Option<(usize, Option<ActivityKind>)>,
    /// Whether the table goes on with the one before it.
    goes_on: bool,
}

impl Shape {
    /// The shape of a table that follows something up; `None` for any other table. A table without headings goes on
    /// with those of the one before it.
    ///
    /// `says_status`: the heading over it says how all of them stand.
    fn of(
        table: &Table,
        headings: &[&str],
        says_status: bool,
        before: Option<&Self>,
        vocabulary: &Vocabulary,
    ) -> Option<Self> {
        let columns = Columns::of(table, vocabulary);
        if !columns.are_known() {
            let before = before.filter(|b| b.columns.roles.len() == columns.roles.len())?;
            return Some(Self {
                columns: before.columns.without_headings(),
                goes_on: true,
                ..before.clone()
            });
        }
        let is_of_things =
            [Column::Title, Column::Status].iter().all(|&own| columns.position(|c| c == own).is_some());
        if columns.position(|c| c.is_foreign(is_of_things)).is_some() {
            return None;
        }
        let rows = columns.rows(table);
        let mut titles = columns.positions(|c| c == Column::Title);
        // "Åtgärd" heads running numbers in one table and sentences in another, "Mål" a target or what is aimed at.
        let numbers_in = |c: usize| {
            let texts: Vec<String> =
                rows.iter().filter(|r| r.across().is_none()).filter_map(|r| r.text(c)).collect();
            !texts.is_empty()
                && texts.iter().filter(|t| number_alone(t, vocabulary).is_some()).count() * 5
                    >= texts.len() * 4
        };
        let mut number = columns.position(|c| c == Column::Number);
        if number.is_none() {
            // Numbers under "Uppdrag" beside titles under "Åtgärd" are those of the assignments.
            let kind = |c: usize| kind_named(&columns.labels[c], vocabulary).map(|(kind, _)| kind);
            let own = |c: usize| titles.iter().all(|&other| kind(other).is_none_or(|k| Some(k) == kind(c)));
            let described = columns.position(|c| c == Column::Description).is_some();
            number =
                titles.iter().copied().find(|&c| (titles.len() > 1 || described) && own(c) && numbers_in(c));
            // "Projekt" over numbers, in front of what each is called.
            let labels =
                || columns.position(|c| c == Column::Label).filter(|&c| is_of_things && numbers_in(c));
            number = number.or_else(labels);
            titles.retain(|c| Some(*c) != number);
        }
        if titles.is_empty() {
            let target = columns.positions(|c| c == Column::Target).into_iter().find(|&c| is_long(&rows, c));
            let described = columns.position(|c| c == Column::Description).filter(|_| number.is_some());
            titles.extend(target.or(described));
        }
        let title = *titles.last()?;
        let status = columns.position(|c| matches!(c, Column::Status | Column::Assessment));
        let expected = columns.position(|c| c == Column::ExpectedCompletion);
        let degree = columns.position(|c| c == Column::Degree);
        let mut comments: Vec<usize> = columns
            .positions(|c| c == Column::Comment)
            .into_iter()
            .filter(|&c| !names_indicators(&columns.labels[c], vocabulary))
            .collect();
        if comments.is_empty() && (status.is_some() || says_status) {
            comments.extend(only_prose(&columns, &rows, status));
        }
        let follows_up = status.is_some() || says_status || expected.is_some() || degree.is_some();
        let by_column = kind_named(&columns.labels[title], vocabulary)
            .or_else(|| number.and_then(|c| kind_named(&columns.labels[c], vocabulary)));
        let named = by_column.clone().or_else(|| {
            let above = table.caption.as_deref().into_iter().chain(headings.iter().copied());
            above.filter_map(|h| kind_named(h, vocabulary)).next().filter(|_| follows_up)
        });
        let (kind, label) = match named {
            Some((kind, label)) if follows_up || number.is_some() || !comments.is_empty() => {
                (kind, Some(label))
            }
            None if status.is_some() => (ActivityKind::Other, None),
            _ => return None,
        };
        // What stands in front of the title gathers rows: an assignment's measures, a goal's activities.
        let goal =
            columns.positions(|c| c == Column::Target).into_iter().find(|&c| c < title && is_long(&rows, c));
        let gathers = titles.iter().rev().nth(1).copied().or(goal);
        let names_groups = |label: &String| {
            vocabulary.activity_kinds.whole(label).is_some_and(|e| e.code == ActivityWord::Group)
        };
        let area = || {
            let named = columns.labels.iter().position(names_groups).filter(|&c| c != title);
            // "Process" and "Område" in front of the title and the status.
            named.or_else(|| {
                let in_front = |&c: &usize| is_of_things && c < title && Some(c) != number;
                columns.position(|c| c == Column::Label).filter(in_front)
            })
        };
        let gathers = gathers.or_else(area);
        let whole = gathers.map(|c| (c, kind_named(&columns.labels[c], vocabulary).map(|(kind, _)| kind)));
        let is_named = by_column.is_some();
        Some(Self {
            columns,
            kind,
            label,
            is_named,
            title,
            number,
            status,
            expected,
            comments,
            whole,
            goes_on: false,
        })
    }
}

/// Whether a column holds sentences rather than words.
fn is_long(rows: &[Row<'_>], column: usize) -> bool {
    let texts: Vec<String> = rows.iter().filter_map(|r| r.text(column)).collect();
    texts.iter().map(|t| t.chars().count()).sum::<usize>() > LONG_TEXT * texts.len().max(1)
}

/// The one column of whole sentences under a heading that is not known, or that says status as another one does: what is
/// told of each thing.
fn only_prose(columns: &Columns, rows: &[Row<'_>], status: Option<usize>) -> Option<usize> {
    let is_open = |column: usize| {
        columns.roles[column].is_none_or(|role| role == Column::Status && status != Some(column))
    };
    let is_prose = |&column: &usize| {
        let texts: Vec<String> = rows.iter().filter_map(|r| r.text(column)).collect();
        let sentences = texts.iter().filter(|t| t.ends_with('.') && t.chars().count() > LONG_TEXT).count();
        is_open(column) && sentences > 1 && sentences * 4 >= texts.len() * 3
    };
    let mut found = (0..columns.roles.len()).filter(is_prose);
    found.next().filter(|_| found.next().is_none())
}

/// "Indikator/Kommentar" lists indicators rather than telling of the work.
fn names_indicators(label: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.columns.find_all(label).iter().any(|(_, e)| e.code == Column::Indicator)
        || vocabulary.columns.prefix(label).is_some_and(|(e, _)| e.code == Column::Indicator)
        || label
            .split(['/', ' '])
            .any(|w| vocabulary.columns.whole(w).is_some_and(|e| e.code == Column::Indicator))
}

/// Reads the rows of one table.
struct Reader<'a> {
    shape: &'a Shape,
    pictures: &'a Pictures,
    vocabulary: &'a Vocabulary,
    order: (usize, usize, usize),
    /// Things whose status cell has no word.
    missing: Vec<(String, At)>,
    /// What the rows above are part of: an empty cell below goes on with it.
    whole: Option<String>,
}

/// Whether sentences across the table tell of the rows above them: the first row across is no sentence and heads a group,
/// and each sentence stands right below a row that is not across.
fn told_below(rows: &[Row<'_>]) -> bool {
    let across: Vec<Option<String>> = rows.iter().map(Row::across).collect();
    let is_sentence = |text: &String| text.ends_with('.') && text.split_whitespace().count() > WORDS_OF_TITLE;
    let mut sentences = (0..rows.len()).filter(|at| across[*at].as_ref().is_some_and(is_sentence));
    let first = across.iter().flatten().next();
    first.is_some_and(|text| !text.ends_with('.'))
        && sentences.clone().count() > 1
        && sentences.all(|at| at > 0 && across[at - 1].is_none())
}

impl Reader<'_> {
    /// The things that the rows are about, and those of them whose status cell has no word.
    fn read(
        mut self,
        table: &Table,
        group: Option<String>,
        report: &mut Report,
    ) -> (Vec<Sighting>, Vec<(String, At)>) {
        let mut group = group;
        let mut found: Vec<Sighting> = Vec::new();
        let rows = self.shape.columns.rows(table);
        let lone = self.lone_titles(&rows);
        // What heads a group stands in front of it: rows across the table of which one ends it tell of those above.
        let is_across = |row: Option<&Row<'_>>| row.is_some_and(|row| row.across().is_some());
        let remarks = rows.len() > 1 && !is_across(rows.first()) && is_across(rows.last());
        let told = told_below(&rows);
        for (index, row) in rows.iter().enumerate() {
            if let Some(text) =
                self.full_width(row).or_else(|| lone.contains(&index).then(|| row.text(self.shape.title))?)
            {
                let comment = comment_in(&text, self.vocabulary)
                    .or_else(|| (remarks || told && text.ends_with('.')).then_some(&*text));
                match (comment, found.last_mut()) {
                    (Some(comment), Some(last)) => {
                        add_text(&mut last.narrative, comment);
                        last.at.extend(&row.at());
                    }
                    (Some(_), None) => {}
                    (None, _) => group = Some(text),
                }
                continue;
            }
            match self.read_row(row, index, report) {
                Some(mut sighting) => {
                    sighting.group = sighting.group.take().or_else(|| group.clone());
                    found.push(sighting);
                }
                None => {
                    if let Some(last) = found.last_mut() {
                        self.go_on(last, row);
                    }
                }
            }
        }
        (found, self.missing)
    }

    /// The rows with nothing but a text in the column of titles that head groups: all others have a number or a status
    /// there, and the table begins with one, has several, or the text says that it gathers.
    fn lone_titles(&self, rows: &[Row<'_>]) -> Vec<usize> {
        let shape = self.shape;
        let filled = |row: &Row<'_>, column: Option<usize>| column.is_some_and(|c| row.text(c).is_some());
        let lone: Vec<(usize, String)> = rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| {
                let (_, text) = row.only_text().filter(|(column, _)| *column == shape.title)?;
                let heads = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                    && !text.ends_with('.');
                let next = rows.get(index + 1)?;
                (heads && (filled(next, shape.number) || filled(next, shape.status))).then_some((index, text))
            })
            .collect();
        let others = rows.iter().enumerate().filter(|(index, _)| lone.iter().all(|(l, _)| l != index));
        let marked = |row: &Row<'_>| filled(row, shape.number) || filled(row, shape.status);
        let (all, told) =
            others.fold((0, 0), |(all, told), (_, row)| (all + 1, told + usize::from(marked(row))));
        let gathers = lone.len() > 1
            || lone.iter().any(|(index, text)| *index == 0 || is_group_heading(text, self.vocabulary));
        if gathers && told * 10 >= all * 9 {
            lone.into_iter().map(|(index, _)| index).collect()
        } else {
            Vec::new()
        }
    }

    /// The text of a row that heads a group or comments on the row above.
    fn full_width(&self, row: &Row<'_>) -> Option<String> {
        if let Some(text) = row.across() {
            return Some(text);
        }
        let (column, text) = row.only_text()?;
        // Without a span only its place shows that a text heads a group: no number where all rows have one, or a
        // column that holds something else.
        let elsewhere = column != self.shape.title && !self.shape.comments.contains(&column);
        // What stands in the column of numbers and is none names a group.
        let is_number = Some(column) == self.shape.number
            && (number_alone(&text, self.vocabulary).is_some() || !text.trim().contains(' '));
        let misplaced = elsewhere
            && !is_number
            && Status::read(&text, self.vocabulary).is_none()
            && ExpectedCompletion::read(&text, self.vocabulary).is_none_or(|e| e.year.is_none());
        let comment = comment_in(&text, self.vocabulary).is_some();
        (misplaced && self.shape.whole.is_none_or(|(c, _)| c != column) || comment).then_some(text)
    }

    /// The thing that a row is about; `None` for a row that goes on from the one above.
    fn read_row(&mut self, row: &Row<'_>, index: usize, report: &mut Report) -> Option<Sighting> {
        let shape = self.shape;
        let printed = shape.number.and_then(|c| row.text(c));
        let (text, told) = match row.title_and_text(shape.title) {
            Some((title, told)) => (Some(title), Some(told)),
            None => (row.text(shape.title), None),
        };
        let status_text = shape.status.and_then(|c| row.text(c));
        let goes_on = text.as_deref().is_none_or(|t| t.starts_with(char::is_lowercase));
        if printed.is_none() && goes_on && (status_text.is_none() || text.is_none()) {
            return None;
        }
        let (order, at) = ((self.order.0, self.order.1, self.order.2 + index), row.at());
        let title = text.map(|text| without_form(&text, self.vocabulary));
        let mut sighting =
            Sighting { title, narrative: told, ..Sighting::new(Origin::Table, shape.kind, at, order) };
        sighting.label.clone_from(&shape.label);
        self.read_number(&mut sighting, printed.as_deref(), report);
        self.read_status(&mut sighting, row, status_text.as_deref(), report);
        self.read_whole(&mut sighting, row);
        Some(sighting)
    }

    fn read_number(&self, sighting: &mut Sighting, printed: Option<&str>, report: &mut Report) {
        let title = sighting.title.clone().unwrap_or_default();
        if let Some(head) = EntryHead::read(&title, self.vocabulary).filter(|h| h.number.is_some()) {
            if let Some(kind) = head.word.kind().filter(|_| !head.title.is_empty()) {
                sighting.kind = kind;
                sighting.label = Some(head.label);
                sighting.number = head.number;
                sighting.title = Some(head.title);
            }
        } else if let (None, Some((number, rest))) = (printed, numbered(&title)) {
            sighting.number = Some(number);
            sighting.title = Some(rest);
        }
        let Some(printed) = printed else { return };
        if let Some(number) = number_alone(printed, self.vocabulary) {
            sighting.number = Some(number);
            // Letters may number what the heading of the column names: "N 1" under "Uppdrag".
            let is_letters = |head: &EntryHead| head.label.chars().count() <= LONGEST_AREA;
            let head = EntryHead::read(printed, self.vocabulary);
            if let Some(head) = head.filter(|head| !(self.shape.is_named && is_letters(head))) {
                sighting.kind = head.word.kind().unwrap_or(sighting.kind);
                sighting.label = Some(head.label);
            }
        } else if printed.chars().any(char::is_alphanumeric) {
            let message = format!(
                "the number '{printed}' of '{}' cannot be read",
                sighting.title.as_deref().unwrap_or("")
            );
            report.add(Code::NumberUnreadable, None, sighting.at.clone(), message);
        }
    }

    fn read_status(
        &mut self,
        sighting: &mut Sighting,
        row: &Row<'_>,
        printed: Option<&str>,
        report: &mut Report,
    ) {
        let shape = self.shape;
        if let Some(column) = shape.status {
            sighting.status = printed.and_then(|t| Status::read_cell(t, self.vocabulary));
            if sighting.status.is_none() {
                let sign = printed.and_then(signs::alone);
                let shown = sign.as_deref().or_else(|| row.image(column));
                sighting.status = shown.and_then(|shown| self.pictures.get(shown).cloned());
            }
        }
        if let Some(text) = shape.expected.and_then(|c| row.text(c)) {
            sighting.expected = ExpectedCompletion::read(&text, self.vocabulary);
            if text.contains('?') {
                let message = format!("{}: the expected completion reads '{text}'", sighting.name());
                report.add(Code::UncertainValue, None, row.at(), message);
            }
        }
        for &column in &shape.comments {
            let Some(text) = row.text(column) else { continue };
            let mut rest = after_time(&text);
            if shape.status.is_none()
                && sighting.status.is_none()
                && let Some((status, expected, after)) =
                    split_status(&text, self.vocabulary).or_else(|| self.leading_status(column, &text))
            {
                sighting.status = status;
                sighting.expected = sighting.expected.take().or(expected);
                rest = after_time(after);
            }
            add_text(&mut sighting.narrative, rest);
        }
        if shape.status.is_some() && sighting.status.is_none() {
            self.missing.push((sighting.name(), sighting.at.clone()));
        }
    }

    /// A status word at the start of a cell of a column for status and comment: "Avslutad 2025-12-01 Rapporten …".
    fn leading_status<'t>(
        &self,
        column: usize,
        text: &'t str,
    ) -> Option<(Option<Status>, Option<ExpectedCompletion>, &'t str)> {
        let label = &self.shape.columns.labels[column];
        let announced = label
            .split(|c: char| !c.is_alphabetic())
            .any(|w| self.vocabulary.columns.whole(w).is_some_and(|e| e.code == Column::Status));
        let (entry, length) = self.vocabulary.statuses.prefix(text).filter(|_| announced)?;
        let rest = text[length..].trim_start_matches(['.', ',', ':', ' ']);
        let parted = rest.chars().next().is_none_or(|c| c.is_uppercase() || c.is_ascii_digit());
        let status = Status { code: entry.code, raw: text[..length].to_owned() };
        (parted && !entry.only_in_sentence(&text[..length])).then_some((Some(status), None, rest))
    }

    /// The column in front that says what a thing is part of.
    fn read_whole(&mut self, sighting: &mut Sighting, row: &Row<'_>) {
        let Some((column, kind)) = self.shape.whole else { return };
        self.whole = row.covering_text(column).or(self.whole.take());
        let Some(text) = self.whole.clone() else { return };
        if let Some(EntryHead { word, number: Some(number), .. }) = EntryHead::read(&text, self.vocabulary) {
            sighting.parent = word.kind().map(|kind| Reference { kind, number });
        } else if let (Some(kind), Some(number)) = (kind, number_alone(&text, self.vocabulary)) {
            sighting.parent = Some(Reference { kind, number });
        } else {
            sighting.group = Some(text);
        }
    }

    /// A row without number and status goes on with the one above, as where a page break parts it.
    fn go_on(&self, last: &mut Sighting, row: &Row<'_>) {
        if let Some(text) = row.text(self.shape.title) {
            add_text(&mut last.title, &text);
        }
        for &column in &self.shape.comments {
            if let Some(text) = row.text(column) {
                add_text(&mut last.narrative, &text);
            }
        }
        last.at.extend(&row.at());
    }
}

/// Things whose status cells have no word, over a table and those that go on with it.
#[derive(Default)]
struct Missing {
    things: Vec<(String, At)>,
    /// How many things the tables have in all.
    all: usize,
}

impl Missing {
    /// One diagnostic for all of them.
    fn report(&mut self, report: &mut Report) {
        let Self { things, all } = std::mem::take(self);
        let Some((_, at)) = things.first() else { return };
        let names: Vec<&str> = things.iter().map(|(name, _)| name.as_str()).collect();
        let what = if names.len() == all && all > 1 {
            "no status cell of the table has a word that can be read"
        } else {
            "the status cell has no word that can be read"
        };
        report.add(Code::StatusMissing, None, at.clone(), format!("{what}: {}", names.join(", ")));
    }
}

/// A comment without the time that it is from: "Halvår 1 2026 Arbetet pågår.", "2025-12-01 Uppdraget är klart."
fn after_time(text: &str) -> &str {
    let ends = text.match_indices(' ').map(|(at, _)| at).take(LONGEST_TIME);
    ends.filter(|&at| {
        let (time, rest) = (&text[..at], text[at..].trim_start());
        let dated = time.contains(|c: char| c.is_ascii_digit())
            && (parse_date(time).is_some() || Period::parse(time).is_some());
        dated && rest.starts_with(char::is_uppercase)
    })
    .last()
    .map_or(text, |at| text[at..].trim_start())
}

/// A title without the labels of a form that stand in its cell: "… av bärbar elektronik. Uppdragsår 2025".
fn without_form(title: &str, vocabulary: &Vocabulary) -> String {
    let label = vocabulary.columns.find_all(title).into_iter().find(|(range, entry)| {
        entry.code == Column::Other && range.start > 0 && title[range.start..].starts_with(char::is_uppercase)
    });
    label.map_or(title, |(range, _)| title[..range.start].trim_end()).to_owned()
}

/// The text behind the label "Kommentar:", or behind "Kommentar" where a sentence of its own follows.
fn comment_in<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<&'t str> {
    let (entry, length) = vocabulary.columns.prefix(text)?;
    (entry.code == Column::Comment).then_some(())?;
    let rest = text[length..].trim();
    rest.strip_prefix(':').map(str::trim).or_else(|| {
        Some(rest).filter(|r| r.is_empty() || r.starts_with(char::is_uppercase) && r.ends_with('.'))
    })
}

fn add_text(to: &mut Option<String>, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    match to {
        Some(before) => {
            before.push(' ');
            before.push_str(text);
        }
        None => *to = Some(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{follow_up, follow_up_plain};
    use super::*;
    use crate::layout::Block;
    use crate::records::section::SectionKind;
    use crate::records::table_grid::tests::table;

    /// What a table under a heading follows up, and what was found wrong with it.
    fn rows(heading: &str, table: Table, pictures: &Pictures) -> (Vec<String>, Vec<String>) {
        let block = |kind: BlockKind, text: &str| Block {
            kind,
            lines: Vec::new(),
            text: text.to_owned(),
            sheet: 1,
            at: At::default(),
        };
        let part = Part {
            heading: Some(block(BlockKind::Paragraph, heading)),
            kind: SectionKind::Activities,
            level: 1,
            entry: None,
            blocks: vec![block(BlockKind::Table(0), "")],
        };
        let layout = Layout { tables: vec![table], ..Layout::default() };
        let mut report = Report::default();
        let found = read(&[part], &layout, pictures, Vocabulary::builtin(), &mut report);
        let shown = super::super::merge::merge(found).iter().map(super::super::testing::shown).collect();
        (shown, report.diagnostics.into_iter().map(|d| format!("{}: {}", d.code, d.message)).collect())
    }

    #[test]
    fn columns_in_any_order_with_groups_and_comments() {
        let lines = [
            "Status | Klart | Åtgärd | Nr | Kommentar",
            "5> En ren sjö | ",
            "Klar | 2030 | Rensa diket | 1.1 | Diket är rent.",
            "Försenad | Q2 2031 | Mäta djupet vid | 1.2 | Lodet är borta.",
            " | | bryggan | | Ett nytt är köpt.",
            "5> En levande ö | ",
            "Utgår | | Bygga fyr | 2.1 | ",
        ];
        let mut table = table(&lines);
        table.rows.iter_mut().for_each(|row| {
            if row[0].col_span > 1 {
                row.truncate(1);
            }
        });
        let (found, diagnostics) = rows("Uppföljning", table, &Pictures::new());
        assert_eq!(
            found,
            [
                "Åtgärd 1.1 [En ren sjö] Rensa diket | Completed Klar | 2030 2030 | Diket är rent. | Table",
                "Åtgärd 1.2 [En ren sjö] Mäta djupet vid bryggan | Delayed Försenad | Q2 2031 2031 | Lodet är borta. Ett nytt är köpt. | Table",
                "Åtgärd 2.1 [En levande ö] Bygga fyr | Stopped Utgår | Table",
            ]
        );
        assert_eq!(diagnostics, [""; 0]);
    }

    #[test]
    fn a_status_sentence_in_the_comment() {
        let lines = [
            "Centrala uppdrag | Kommentar",
            "Nämnden ska bygga en fyr | Uppdraget är pågående och beräknas vara klart 2031. Grunden är lagd.",
            "Nämnden ska måla fyren | Arbetet är inte påbörjat eftersom färgen saknas.",
        ];
        let (found, _) = rows("Uppdrag", table(&lines), &Pictures::new());
        assert_eq!(
            found,
            [
                "Centrala uppdrag Nämnden ska bygga en fyr | Ongoing pågående | 2031 2031 | Grunden är lagd. | Table",
                "Centrala uppdrag Nämnden ska måla fyren | Arbetet är inte påbörjat eftersom färgen saknas. | Table",
            ]
        );
    }

    #[test]
    fn a_column_in_front_says_what_rows_are_part_of() {
        let lines = [
            "Mål | Aktivitet | Status | Klart",
            "Sjön ska vara ren och full av fisk | Rensa diket | Klar | 2030",
            " | Sätta ut gäddor | Pågår | 2031",
        ];
        let (found, _) = rows("Handlingsplan", table(&lines), &Pictures::new());
        assert_eq!(
            found,
            [
                "Aktivitet [Sjön ska vara ren och full av fisk] Rensa diket | Completed Klar | 2030 2030 | Table",
                "Aktivitet [Sjön ska vara ren och full av fisk] Sätta ut gäddor | Ongoing Pågår | 2031 2031 | Table",
            ]
        );
        let lines = ["Uppdrag | Åtgärd | Status", "Uppdrag 3 | Åtgärd 7. Rensa diket | Klar"];
        let (found, _) = rows("Plan", table(&lines), &Pictures::new());
        assert_eq!(
            found,
            ["Åtgärd 7 Rensa diket | Completed Klar | Table"],
            "no Uppdrag 3 is followed up here"
        );
    }

    #[test]
    fn pictures_and_words_without_meaning() {
        let lines = [
            "Nr | Aktivitet | Status",
            "1 | Ro till ön | ",
            "2 | Segla runt ön | ",
            "X | Fånga en gädda | Hos fiskaren",
        ];
        let mut table = table(&lines);
        table.rows[1][2].image = Some("aa".to_owned());
        table.rows[2][2].image = Some("bb".to_owned());
        let ongoing = Status::read("Pågår", Vocabulary::builtin()).unwrap();
        let (found, diagnostics) = rows("Uppföljning", table, &Pictures::from([("aa".to_owned(), ongoing)]));
        assert_eq!(
            found,
            [
                "Aktivitet 1 Ro till ön | Ongoing Pågår | Table",
                "Aktivitet 2 Segla runt ön | Table",
                "Aktivitet Fånga en gädda | Unknown Hos fiskaren | Table",
            ]
        );
        assert_eq!(
            diagnostics,
            [
                "number-unreadable: the number 'X' of 'Fånga en gädda' cannot be read",
                "status-missing: the status cell has no word that can be read: Aktivitet 2",
            ]
        );
    }

    #[test]
    fn tables_of_other_things_are_left_alone() {
        for lines in [
            ["Åtgärd | Indikator | 2024 | Mål", "1 | Antal bad | 12 | Öka"],
            ["Nr | Ärende | Beteckning | Förslag", "1 | Val av ordförande | KS 2030/1 | Bifall"],
            ["Verksamhet | Utfall 2030 | Budget 2030 | Avvikelse", "Bad | 12 | 13 | 1"],
            ["Fokusområden | Trend | Kommentar | Källa", "En ren sjö | Positiv | - | -"],
        ] {
            let (found, _) = rows("Uppföljning av uppdrag", table(&lines), &Pictures::new());
            assert_eq!(found, [""; 0], "{lines:?}");
        }
        let mut uncertain = table(&["Nr | Uppdrag | Status", "1 | Bada | Klar"]);
        uncertain.certainty = Certainty::Uncertain;
        assert_eq!(rows("Uppdrag", uncertain, &Pictures::new()).0, [""; 0]);
    }

    #[test]
    fn the_same_number_of_different_kinds() {
        let text = "# Rapport\n\n## Läge\n\nNr\tUppdrag\tStatus\n1\tBygga en bro\tKlar\n2\tRiva en bro\tPågår\n\n## Åtgärder\n\n\
                    Nr\tÅtgärd\tStatus\n1\tKöpa virke\tKlar\n2\tLåna kran\tVäntar\n";
        let (found, _) = follow_up(text);
        assert_eq!(found.len(), 4, "{found:?}");
    }

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

    #[test]
    fn numbers_with_and_without_a_label() {
        for (text, number) in [
            ("1a", Some("1a")),
            ("2.1", Some("2.1")),
            ("N 2.1", Some("2.1")),
            ("Å 3.", Some("3")),
            ("Uppdrag. 12", Some("12")),
            ("A1", Some("A1")),
            ("Verksamhetsplan 12", None),
            (". 12", None),
            ("12 träd", None),
        ] {
            assert_eq!(number_alone(text, Vocabulary::builtin()).as_deref(), number, "{text:?}");
        }
    }
}
