//! From rows to indicators: which row begins one, which row is a part of the one above, what each cell tells.

use super::breakdown::{breakdown_of, part_of};
use super::columns::{IndicatorColumns, Role};
use super::confirm::contradicts;
use super::content::Content;
use super::groups;
use super::moves::Moves;
use super::shifted::{Fit, Placing, fit};
use crate::pattern::Pattern;
use crate::place::{At, Place};
use crate::records::broken_words::mend;
use crate::records::column_heading::ColumnHeading;
use crate::records::indicator::{
    Basis, Breakdown, Indicator, IndicatorValue, Missing, Target, TargetCode, Unit,
};
use crate::records::number::{CellValue, Grouping, NumberStyle, parse_cell};
use crate::records::relations::{read_relations, read_relations_of};
use crate::records::table::Cell;
use crate::records::table_grid::GridRow;
use crate::records::unit;
use crate::vocabulary::{Column, Entry, RowWord, Vocabulary};

static KOLADA: Pattern = Pattern::new(r"\b[NUV][0-9]{5}\b");

/// Longest target in words, in characters.
const LONGEST_TARGET: usize = 60;

/// Reads the rows of one table after another.
pub(super) struct RowReader<'v> {
    vocabulary: &'v Vocabulary,
    columns: IndicatorColumns,
    /// The heading or row that gathers the indicators that follow.
    pub(super) group: Option<String>,
    current: Option<Draft>,
    /// The page of the row before.
    page: Option<u32>,
    /// The indicators that are complete.
    pub(super) done: Vec<Indicator>,
    /// What was put back.
    pub(super) moves: Moves,
    /// Rows whose cells nobody can place: names and places.
    pub(super) doubtful: Vec<(String, At)>,
    /// Rows with a sign in place of a number.
    pub(super) unnumbered: Vec<(String, At)>,
}

/// An indicator that is being read.
struct Draft {
    indicator: Indicator,
    /// Whether its row has something in the column of numbers.
    has_number: bool,
    /// Which of the values were put back into their columns, row by row.
    moved_rows: Vec<usize>,
    /// Which column held which values, with the column of the name: set by rows that leave no choice.
    map: Vec<(usize, usize, usize)>,
    /// The unit of its row, where the table has a column for it.
    unit: Option<Unit>,
    /// How many values its own row gave.
    own_values: usize,
    rows: usize,
}

/// A row with its cells in their columns.
struct PlacedRow<'a, 'g> {
    row: &'g GridRow<'a>,
    cells: Vec<(usize, Role, &'a Cell)>,
    moved: bool,
    /// The values' columns are not certain.
    unsure: bool,
}

impl<'a> PlacedRow<'a, '_> {
    fn cell(&self, role: Role) -> Option<&'a Cell> {
        self.cells.iter().find(|(_, r, _)| *r == role).map(|(_, _, cell)| *cell)
    }

    fn text(&self, role: Role) -> &'a str {
        self.cell(role).map_or("", |cell| cell.text.trim())
    }

    fn has_values(&self) -> bool {
        self.cells.iter().any(|(_, role, _)| matches!(role, Role::Value(_)))
    }

    fn has_details(&self) -> bool {
        self.cells.iter().any(|(_, role, _)| is_detail(*role))
    }
}

fn is_detail(role: Role) -> bool {
    matches!(role, Role::Target | Role::Source | Role::Comment | Role::RelatesTo)
}

impl<'v> RowReader<'v> {
    pub(super) fn new(columns: IndicatorColumns, group: Option<String>, vocabulary: &'v Vocabulary) -> Self {
        Self {
            vocabulary,
            columns,
            group,
            current: None,
            page: None,
            done: Vec::new(),
            moves: Moves::default(),
            doubtful: Vec::new(),
            unnumbered: Vec::new(),
        }
    }

    pub(super) fn columns(&self) -> &IndicatorColumns {
        &self.columns
    }

    /// Go on with other columns. The indicator that is being read goes on too where they are the same.
    pub(super) fn change_columns(&mut self, columns: IndicatorColumns) {
        if !columns.is_like(&self.columns) {
            self.finish_current();
        }
        self.columns = columns;
    }

    /// The rows that follow are of another group.
    pub(super) fn begin_group(&mut self, group: String) {
        self.finish_current();
        self.group = Some(group);
    }

    /// Read the rows of a table below its headings. `goes_on`: the table begins where the one before was cut.
    pub(super) fn read<'a>(&mut self, rows: &[GridRow<'a>], goes_on: bool) {
        for (at, row) in rows.iter().enumerate() {
            if row.filled().next().is_none() {
                continue;
            }
            let next = rows.get(at + 1);
            let page = row.at().first().and_then(Place::page);
            // A page may end within the row that began the indicator.
            let turns = self.page.is_some()
                && page != self.page
                && self.current.as_ref().is_some_and(|draft| draft.rows == 1);
            self.page = page;
            self.read_row(row, next, goes_on && at == 0 || turns);
        }
    }

    /// Close the last indicator.
    pub(super) fn finish(&mut self) {
        self.finish_current();
    }

    fn read_row(&mut self, row: &GridRow<'_>, next: Option<&GridRow<'_>>, is_cut: bool) {
        if let Some(group) = self.group_row(row) {
            if let Some(comment) = self.comment_of(&group) {
                self.add_comment(&comment, row);
                return;
            }
            self.finish_current();
            // What ends like a sentence is a remark.
            if !group.ends_with('.') && !group.starts_with('*') {
                self.group = Some(group);
            }
            return;
        }
        let Some(mut placed) = self.place(row) else {
            let name = row
                .filled()
                .map(|(_, cell)| cell.text.as_str())
                .max_by_key(|text| text.len())
                .unwrap_or_default();
            self.doubtful.push((name.to_owned(), row.at()));
            // The row may begin an indicator: the rows below are not the one's above.
            self.finish_current();
            return;
        };
        let group = placed.text(Role::Group);
        if !group.is_empty() {
            self.begin_group(mend(group));
        }
        let name = mend(placed.text(Role::Name));
        let breakdown_text = placed.text(Role::Breakdown).to_owned();
        let number = self.number_of(&placed);
        let breakdown = |text: &str| breakdown_of(text, self.vocabulary);
        if !breakdown_text.is_empty() {
            let code = breakdown(&breakdown_text).unwrap_or(Breakdown::Other);
            // The name may stand again in each row.
            let is_same = self.current.as_ref().is_some_and(|draft| draft.indicator.name == name);
            if self.goes_on_beside_part(&name, code) {
                self.extend_name(&name, &placed);
            } else if name.is_empty() && self.current.is_some() {
                self.extend_texts(&placed);
            } else if !name.is_empty() && !is_same {
                self.begin(&name, number.as_deref(), &placed);
            }
            self.add_values(code, &breakdown_text, &mut placed);
            return;
        }
        if name.is_empty() {
            self.go_on_with(&placed);
            return;
        }
        let is_part = number.is_none() && self.current.is_some();
        if let Some(code) = breakdown(&name).filter(|_| is_part) {
            self.add_values(code, &name, &mut placed);
            return;
        }
        if is_part && self.is_age_of_current(&name) {
            self.add_values(Breakdown::Other, &name, &mut placed);
            return;
        }
        // Whom a row is for names no indicator: what it is a part of stands somewhere else.
        if breakdown(&name).is_some() && self.current.is_none() {
            self.doubtful.push((name, placed.row.at()));
            return;
        }
        let begins_small = name.starts_with(|c: char| c.is_lowercase() || matches!(c, '%' | '('));
        if is_part && !placed.has_values() && (begins_small || is_cut) {
            self.extend_name(&name, &placed);
            return;
        }
        if is_part && (self.is_sub_row(&name, &placed) || self.completes_total(&placed)) {
            self.add_values(Breakdown::Other, &name, &mut placed);
            return;
        }
        let next_is_part =
            next.is_some_and(|next| next.filled().any(|(_, cell)| breakdown(&cell.text).is_some()));
        if number.is_none() && !placed.has_values() && !placed.has_details() && !next_is_part {
            self.finish_current();
            self.group = Some(name);
            return;
        }
        self.begin(&name, number.as_deref(), &placed);
        self.add_values(Breakdown::Total, "", &mut placed);
    }

    /// The text of a row that gathers those below: one cell across most of the table, one that begins before the names,
    /// or one that says itself that it does.
    fn group_row(&self, row: &GridRow<'_>) -> Option<String> {
        let mut filled = row.filled();
        let (column, cell) = filled.next()?;
        let is_alone = filled.next().is_none();
        let is_wide = 2 * cell.col_span as usize > self.columns.roles.len();
        let name = self.columns.column(Role::Name);
        // "Kommentar: …" tells of the rows above, however far it reaches.
        if is_alone && self.comment_of(&cell.text).is_some() {
            return Some(cell.text.trim().to_owned());
        }
        let reaches_over = name.is_some_and(|name| column < name && name < column + cell.col_span as usize);
        let text = cell.text.trim();
        let is_named = || Some(column) <= name && groups::names_group(text, self.vocabulary);
        (is_alone && (is_wide || reaches_over || is_named())).then(|| text.to_owned())
    }

    /// The comment that a row across the table is: "Kommentar: Antalet ökar."
    fn comment_of(&self, text: &str) -> Option<String> {
        let (entry, length) = self.vocabulary.columns.prefix(text)?;
        let rest = text[length..].trim_start().strip_prefix(':')?;
        (entry.code == Column::Comment).then(|| rest.trim().to_owned())
    }

    fn add_comment(&mut self, comment: &str, row: &GridRow<'_>) {
        let Some(draft) = self.current.as_mut().filter(|_| !comment.is_empty()) else { return };
        let before = draft.indicator.comment.take();
        draft.indicator.comment =
            Some(before.map_or_else(|| mend(comment), |before| mend(&format!("{before} {comment}"))));
        draft.indicator.at.extend(&row.at());
    }

    /// Put a row's cells into their columns; `None` where that cannot be done.
    fn place<'a, 'g>(&mut self, row: &'g GridRow<'a>) -> Option<PlacedRow<'a, 'g>> {
        let contents: Vec<(usize, Content<'_>)> =
            row.filled().map(|(column, cell)| (column, Content::of(&cell.text, self.vocabulary))).collect();
        let (placing, moved, unsure) = match fit(&contents, &self.columns) {
            Fit::AsItStands(placing) => {
                let unsure = self.disagrees(&placing);
                (placing, false, unsure)
            }
            Fit::Moved(ways) => {
                let (way, unsure) = self.decide(&ways)?;
                (way, true, unsure)
            }
            Fit::None => return None,
        };
        let cells: Vec<(usize, Role, &'a Cell)> =
            placing.iter().filter_map(|(column, role)| Some((*column, *role, row.cell(*column)?))).collect();
        Some(PlacedRow { row, cells, moved, unsure })
    }

    /// Choose among ways of equal cost: the one that puts values where other rows of the indicator have them. Where
    /// none is, but all agree on the values, the first; otherwise the first, and its values are unsure.
    fn decide(&self, ways: &[Placing]) -> Option<(Placing, bool)> {
        let values = |way: &Placing| -> Vec<(usize, Role)> {
            way.iter().filter(|(_, role)| matches!(role, Role::Value(_))).copied().collect()
        };
        let first = ways.first()?;
        let map = self.current.as_ref().map(|draft| draft.map.as_slice()).unwrap_or_default();
        let agreeing: Vec<&Placing> = ways
            .iter()
            .filter(|way| {
                let name = name_column(way);
                values(way).iter().all(|(column, role)| {
                    map.iter().any(|(at, from, to)| {
                        Some(*at) == name && from == column && Role::Value(*to) == *role
                    })
                })
            })
            .collect();
        if let Some(way) = agreeing.first().filter(|_| !values(first).is_empty()) {
            let all_same = agreeing.iter().all(|other| values(other) == values(way));
            return Some(((*way).clone(), !all_same));
        }
        let own = values(first);
        let all_same = ways.iter().all(|way| values(way) == own);
        // Which of its columns a moved number is for, only the others of its row can tell.
        let is_moved = |(column, role): &(usize, Role)| self.columns.column(*role) != Some(*column);
        let is_partial = own.len() < self.columns.values.len() && own.iter().any(is_moved);
        Some((first.clone(), !all_same || is_partial || ways.len() > 1 && !own.is_empty()))
    }

    /// Whether a row that fits as it stands has values in columns that other rows of the indicator use for others.
    fn disagrees(&self, placing: &Placing) -> bool {
        let Some(draft) = &self.current else { return false };
        let name = name_column(placing);
        placing.iter().any(|(column, role)| {
            matches!(role, Role::Value(_))
                && draft
                    .map
                    .iter()
                    .any(|(at, from, to)| Some(*at) == name && from == column && Role::Value(*to) != *role)
                && !draft.moved_rows.is_empty()
        })
    }

    fn number_of(&self, placed: &PlacedRow<'_, '_>) -> Option<String> {
        let own = placed.text(Role::Number);
        if !own.is_empty() {
            return Some(own.trim_end_matches('.').to_owned());
        }
        // A number that covers several rows is the number of each indicator among them.
        let column = self.columns.column(Role::Number).filter(|_| !placed.moved)?;
        let covering = placed.row.covering(column).filter(|cell| cell.row_span > 1)?;
        let text = covering.text.trim();
        let is_part = breakdown_of(placed.text(Role::Name), self.vocabulary).is_some();
        (!text.is_empty() && !is_part).then(|| text.trim_end_matches('.').to_owned())
    }

    /// Whether a row without a number is a part of the indicator above and not one of its own.
    fn is_sub_row(&self, name: &str, placed: &PlacedRow<'_, '_>) -> bool {
        let Some(current) = &self.current else { return false };
        // "Varav långtidssjukfrånvaro, %" is measured by itself.
        let is_part = |entry: &Entry<RowWord>| {
            entry.code == RowWord::Part && unit::of_name(name, self.vocabulary).is_none()
        };
        if name.starts_with(['-', '–', '•'])
            || self.vocabulary.row_words.prefix(name).is_some_and(|(entry, _)| is_part(entry))
        {
            return true;
        }
        let numbers_rows = self.columns.column(Role::Number).is_some() && current.has_number;
        let has_detail_columns = self.columns.roles.iter().flatten().any(|role| is_detail(*role));
        if placed.has_values() {
            return numbers_rows && has_detail_columns && !placed.has_details();
        }
        numbers_rows
    }

    /// Whether a name goes on beside a part of its indicator, "andel (%)" in the row for women: it begins small, and the
    /// indicator has a total and no such part yet.
    fn goes_on_beside_part(&self, name: &str, part: Breakdown) -> bool {
        let has = |wanted: Breakdown| {
            let values = self.current.iter().flat_map(|draft| &draft.indicator.values);
            values.map(|value| value.breakdown).any(|breakdown| breakdown == wanted)
        };
        matches!(part, Breakdown::Women | Breakdown::Men)
            && name.starts_with(|c: char| c.is_lowercase() || matches!(c, '%' | '('))
            && has(Breakdown::Total)
            && !has(part)
    }

    /// Whether a row tells for people of an age what the indicator above tells for all. Where each row is for an age,
    /// none is a part of another.
    fn is_age_of_current(&self, name: &str) -> bool {
        let is_age = |name: &str| {
            self.vocabulary.row_words.whole(name).is_some_and(|entry| entry.code == RowWord::Age)
        };
        is_age(name) && self.current.as_ref().is_some_and(|draft| !is_age(&draft.indicator.name))
    }

    /// Whether a row without details of its own adds what women and men lack to the total of the indicator above, in
    /// every period that can be compared: "Par" below "Kvinnor" and "Män".
    fn completes_total(&self, placed: &PlacedRow<'_, '_>) -> bool {
        let Some(current) = &self.current else { return false };
        let values = &current.indicator.values;
        let follows_parts = values.last().is_some_and(|value| value.breakdown != Breakdown::Total);
        if !follows_parts || placed.has_details() || placed.moved || placed.unsure {
            return false;
        }
        let style = NumberStyle { grouping: Grouping::Certain, vocabulary: self.vocabulary };
        let mut compared = 0;
        for (index, heading) in self.columns.values.iter().enumerate() {
            let of_column = || {
                let period = |value: &&IndicatorValue| {
                    heading.period.as_ref() == Some(&value.period) && heading.basis == value.basis
                };
                values.iter().filter(period).filter_map(|value| Some((value.breakdown, value.value?.value)))
            };
            let parts: f64 =
                of_column().filter(|(b, _)| *b != Breakdown::Total).map(|(_, number)| number).sum();
            let total = of_column().find(|(b, _)| *b == Breakdown::Total).map(|(_, number)| number);
            let own = parse_cell(placed.text(Role::Value(index)), &style).number();
            let (Some(total), Some(own)) = (total, own) else { continue };
            if (parts + own.value - total).abs() > 0.001 || parts == 0.0 {
                return false;
            }
            compared += 1;
        }
        compared > 0
    }

    fn begin(&mut self, name: &str, number: Option<&str>, placed: &PlacedRow<'_, '_>) {
        self.finish_current();
        let is_number = number.is_some_and(|text| text.bytes().any(|b| b.is_ascii_digit()));
        if number.is_some() && !is_number {
            self.unnumbered.push((name.to_owned(), placed.row.at()));
        }
        let activity_number = number.filter(|_| is_number).map(|text| {
            read_relations(text, self.vocabulary)
                .into_iter()
                .next()
                .map_or_else(|| text.to_owned(), |r| r.number)
        });
        let indicator = Indicator {
            name: without_mark(name).to_owned(),
            activity_number,
            group: self.group.clone(),
            unit: None,
            target: None,
            data_source: None,
            comment: None,
            kolada_ids: Vec::new(),
            relates_to: Vec::new(),
            values: Vec::new(),
            at: At::default(),
        };
        let mut draft = Draft {
            indicator,
            has_number: number.is_some(),
            moved_rows: Vec::new(),
            map: Vec::new(),
            unit: None,
            own_values: 0,
            rows: 0,
        };
        // Cells that cover several indicators hold for each of them.
        if !placed.moved {
            for (column, role) in self.columns.roles.iter().enumerate() {
                if let Some(role) = role.filter(|role| is_detail(*role))
                    && let Some(cell) = placed.row.covering(column).filter(|cell| cell.row_span > 1)
                {
                    self.set_detail(&mut draft, role, &cell.text);
                }
            }
        }
        self.current = Some(draft);
    }

    fn set_detail(&self, draft: &mut Draft, role: Role, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let vocabulary = self.vocabulary;
        let indicator = &mut draft.indicator;
        let is_missing = || vocabulary.missing.whole(text).is_some();
        match role {
            Role::Target if indicator.target.is_none() => indicator.target = target_of(text, vocabulary),
            Role::Source if indicator.data_source.is_none() && !is_missing() => {
                indicator.data_source = Some(mend(text))
            }
            Role::Comment if indicator.comment.is_none() && !is_missing() => {
                indicator.comment = Some(mend(text))
            }
            Role::Unit if draft.unit.is_none() => draft.unit = unit::of_cell(text, vocabulary),
            Role::Kolada => {
                let ids = KOLADA.find_iter(text).map(|id| id.as_str().to_owned());
                indicator.kolada_ids.extend(ids);
            }
            Role::RelatesTo if indicator.relates_to.is_empty() => {
                let kind = self.columns.relation_word.and_then(crate::vocabulary::ActivityWord::kind);
                indicator.relates_to = match kind {
                    Some(kind) => read_relations_of(text, kind, vocabulary),
                    None => read_relations(text, vocabulary),
                };
            }
            _ => {}
        }
    }

    /// Add a row's values and details to the indicator that is being read.
    fn add_values(&mut self, breakdown: Breakdown, label: &str, placed: &mut PlacedRow<'_, '_>) {
        let Some(mut draft) = self.current.take() else {
            self.doubtful.push((label.to_owned(), placed.row.at()));
            return;
        };
        let has_own_details = draft.indicator.target.is_some() || draft.indicator.data_source.is_some();
        if placed.unsure {
            let name = if label.is_empty() {
                draft.indicator.name.clone()
            } else {
                format!("{}, {label}", draft.indicator.name)
            };
            self.doubtful.push((name, placed.row.at()));
        }
        for (index, heading) in self.columns.values.iter().enumerate() {
            let cell = placed.cell(Role::Value(index));
            draft.indicator.values.push(self.value(heading, cell, breakdown, label, placed.unsure));
        }
        if let Some(target) = self.target_value(breakdown, label, placed) {
            let before = self.columns.values_before_target();
            let at = draft.indicator.values.len() - (self.columns.values.len() - before);
            draft.indicator.values.insert(at, target);
        }
        if draft.rows == 0 {
            draft.own_values = draft.indicator.values.len();
        }
        if placed.moved {
            draft.moved_rows.push(draft.rows);
            if let (false, Some(name)) =
                (placed.unsure, placed.cells.iter().find(|(_, role, _)| *role == Role::Name))
            {
                let values = placed.cells.iter().filter_map(|(column, role, _)| match role {
                    Role::Value(index) => Some((name.0, *column, *index)),
                    _ => None,
                });
                draft.map.extend(values);
            }
        }
        for (_, role, cell) in &placed.cells {
            self.set_detail(&mut draft, *role, &cell.text);
        }
        let strays = draft.rows > 0 && placed.has_details() && !has_own_details;
        self.moves.note(
            &draft.indicator.name,
            label,
            &placed_moves(placed, &self.columns),
            strays,
            placed.row.at(),
        );
        draft.indicator.at.extend(&placed.row.at());
        draft.rows += 1;
        self.current = Some(draft);
    }

    /// The target as a value, where its heading names a period. A target in words is none, and one that covers several
    /// rows is of all of them together.
    fn target_value(
        &self,
        breakdown: Breakdown,
        label: &str,
        placed: &PlacedRow<'_, '_>,
    ) -> Option<IndicatorValue> {
        let heading = self.columns.target.as_ref().filter(|_| !placed.moved)?;
        let column = self.columns.column(Role::Target)?;
        let cell = placed.cell(Role::Target);
        if cell.is_none() && placed.row.covering(column).is_some_and(|over| !over.text.trim().is_empty()) {
            return None;
        }
        let (breakdown, label) = match cell {
            Some(cell) if cell.row_span > 1 => (Breakdown::Total, ""),
            _ => (breakdown, label),
        };
        let content = Content::of(cell.map_or("", |cell| &cell.text), self.vocabulary);
        let is_value = cell.is_none() || content.is_value();
        is_value.then(|| {
            let value = self.value(heading, cell, breakdown, label, placed.unsure);
            IndicatorValue { basis: Some(Basis::Target), ..value }
        })
    }

    fn value(
        &self,
        heading: &ColumnHeading,
        cell: Option<&Cell>,
        breakdown: Breakdown,
        label: &str,
        unsure: bool,
    ) -> IndicatorValue {
        let (breakdown, breakdown_label) = part_of(breakdown, label, heading.part.as_ref());
        let raw = cell.map_or("", |cell| cell.text.trim()).to_owned();
        let style = NumberStyle { grouping: Grouping::Certain, vocabulary: self.vocabulary };
        let read = parse_cell(&raw, &style);
        let (value, missing) =
            if unsure && !raw.is_empty() { (None, None) } else { (read.number(), read.missing()) };
        let period = heading.period.clone().unwrap_or_else(|| crate::records::period::Period {
            raw: heading.label.clone(),
            start: None,
            end: None,
        });
        IndicatorValue { period, basis: heading.basis, breakdown, breakdown_label, raw, value, missing }
    }

    /// A row without a name: the rest of cells whose text runs on.
    fn go_on_with(&mut self, placed: &PlacedRow<'_, '_>) {
        let has_numbers = placed.cells.iter().any(|(_, role, cell)| {
            matches!(role, Role::Value(_)) && Content::of(&cell.text, self.vocabulary).is_value()
        });
        if has_numbers || self.current.is_none() {
            self.doubtful.push((String::new(), placed.row.at()));
            return;
        }
        self.extend_texts(placed);
    }

    /// A row that goes on with the name above.
    fn extend_name(&mut self, name: &str, placed: &PlacedRow<'_, '_>) {
        if let Some(draft) = &mut self.current {
            draft.indicator.name = mend(&format!("{} {name}", draft.indicator.name));
        }
        self.extend_texts(placed);
    }

    fn extend_texts(&mut self, placed: &PlacedRow<'_, '_>) {
        let Some(draft) = &mut self.current else { return };
        for (_, role, cell) in &placed.cells {
            let text = cell.text.trim();
            let field = match role {
                Role::Source => &mut draft.indicator.data_source,
                Role::Comment => &mut draft.indicator.comment,
                _ => continue,
            };
            *field = Some(match field.take() {
                Some(before) => mend(&format!("{before} {text}")),
                None => mend(text),
            });
        }
        draft.indicator.at.extend(&placed.row.at());
    }

    fn finish_current(&mut self) {
        let Some(draft) = self.current.take() else { return };
        let mut indicator = draft.indicator;
        let style = NumberStyle { grouping: Grouping::Certain, vocabulary: self.vocabulary };
        let units: Vec<_> = indicator
            .values
            .iter()
            .filter(|v| v.value.is_some())
            .map(|v| parse_cell(&v.raw, &style))
            .collect();
        let printed = units.iter().find_map(|value| value.unit());
        indicator.unit = draft
            .unit
            .or(printed)
            .or_else(|| unit::of_name(&indicator.name, self.vocabulary))
            .or(self.columns.unit)
            .or_else(|| unit::of_things(&indicator.name, &indicator.values, self.vocabulary));
        if draft.unit.is_none()
            && units.iter().any(|value| value.unit().is_some_and(|unit| Some(unit) != printed))
        {
            indicator.unit = None;
        }
        let text = format!(
            "{} {}",
            indicator.data_source.as_deref().unwrap_or_default(),
            indicator.comment.as_deref().unwrap_or_default()
        );
        indicator.kolada_ids.extend(kolada_ids(&indicator.name, Some(&text)));
        let mut known: Vec<String> = Vec::new();
        indicator.kolada_ids.retain(|id| {
            let is_new = !known.contains(id);
            known.push(id.clone());
            is_new
        });
        // A target that stands among the values is told there.
        let is_value = |target: &Target| {
            let has_raw =
                |value: &IndicatorValue| value.basis == Some(Basis::Target) && value.raw == target.raw;
            target.code == TargetCode::Value && indicator.values.iter().any(has_raw)
        };
        indicator.target = indicator.target.take().filter(|target| !is_value(target));
        drop_blank_own_row(&mut indicator.values, draft.own_values);
        name_parts(&mut indicator.values);
        let is_broken = !draft.moved_rows.is_empty() || self.columns.has_nameless;
        if is_broken && contradicts(&indicator) {
            // What was put back does not add up: nobody can rely on it.
            for value in indicator.values.iter_mut().filter(|v| v.value.is_some()) {
                value.value = None;
            }
            self.doubtful.push((indicator.name.clone(), indicator.at.clone()));
        }
        self.done.push(indicator);
    }
}

/// The ids in Kolada that a name and what is told of its source give.
pub(super) fn kolada_ids(name: &str, told: Option<&str>) -> Vec<String> {
    let ids = |text: &str| KOLADA.find_iter(text).map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    // An id in brackets after a name is one even without the word.
    let mut found = ids(name.rsplit_once('(').map_or("", |(_, rest)| rest));
    found.extend(told.filter(|text| text.to_lowercase().contains("kolada")).map(ids).unwrap_or_default());
    found
}

/// A name without the mark of a footnote behind it: "Responstid, minuter 2)".
fn without_mark(name: &str) -> &str {
    let is_mark = |text: &str| {
        text.strip_suffix(')').is_some_and(|number| {
            (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
        })
    };
    match name.rsplit_once(' ') {
        Some((rest, mark)) if is_mark(mark) && rest.matches('(').count() <= rest.matches(')').count() => {
            rest.trim_end()
        }
        _ => name,
    }
}

fn name_column(placing: &Placing) -> Option<usize> {
    placing.iter().find(|(_, role)| *role == Role::Name).map(|(column, _)| *column)
}

/// How far right of its column each cell of a moved row stands.
fn placed_moves(
    placed: &PlacedRow<'_, '_>,
    columns: &IndicatorColumns,
) -> Vec<(Role, Option<isize>, String)> {
    if !placed.moved {
        return Vec::new();
    }
    let step = |(column, role, cell): &(usize, Role, &Cell)| {
        #[allow(clippy::cast_possible_wrap)] // columns are few
        let moved = columns.column(*role).map(|target| *column as isize - target as isize);
        (moved != Some(0)).then(|| (*role, moved, cell.text.trim().to_owned()))
    };
    placed.cells.iter().filter_map(step).collect()
}

/// Women and men need no label, but where an indicator has both women and girls, or men and boys, each keeps the paper's
/// own word.
fn name_parts(values: &mut [IndicatorValue]) {
    let of_sex = |value: &&IndicatorValue| matches!(value.breakdown, Breakdown::Women | Breakdown::Men);
    let are_of_one_place = |a: &IndicatorValue, b: &IndicatorValue| {
        (&a.period, a.basis, a.breakdown) == (&b.period, b.basis, b.breakdown)
    };
    let sexes: Vec<&IndicatorValue> = values.iter().filter(of_sex).collect();
    let is_told_apart = sexes.iter().enumerate().any(|(at, value)| {
        sexes[..at]
            .iter()
            .any(|other| are_of_one_place(other, value) && other.breakdown_label != value.breakdown_label)
    });
    for value in values.iter_mut().filter(|value| of_sex(&&**value)) {
        if is_told_apart {
            value.breakdown = Breakdown::Other;
        } else {
            value.breakdown_label = None;
        }
    }
}

/// An indicator whose rows below give the total too has no values in its own row.
fn drop_blank_own_row(values: &mut Vec<IndicatorValue>, per_row: usize) {
    if per_row == 0 || values.len() <= per_row {
        return;
    }
    let own_is_blank = values[..per_row].iter().all(|v| v.missing == Some(Missing::Blank));
    let has_total = values[per_row..].iter().any(|v| v.breakdown == Breakdown::Total);
    if own_is_blank && has_total {
        values.drain(..per_row);
    }
}

/// What the column for targets says.
fn target_of(text: &str, vocabulary: &Vocabulary) -> Option<Target> {
    if let Some(entry) = vocabulary.targets.whole(text) {
        return Some(Target { code: entry.code, raw: text.to_owned() });
    }
    // "Öka till 85 %", "Minska jämfört med 2024".
    if let Some((entry, _)) = vocabulary.targets.prefix(text).filter(|(e, _)| e.code != TargetCode::Value)
        && text.chars().count() <= LONGEST_TARGET
    {
        return Some(Target { code: entry.code, raw: text.to_owned() });
    }
    let style = NumberStyle { grouping: Grouping::Certain, vocabulary };
    let is_number = matches!(parse_cell(text, &style), CellValue::Number { .. });
    let is_limit =
        || vocabulary.targets.prefix(text).is_some_and(|(entry, _)| entry.code == TargetCode::Value);
    let has_figures = text.bytes().any(|b| b.is_ascii_digit());
    (is_number || has_figures && is_limit()).then(|| Target { code: TargetCode::Value, raw: text.to_owned() })
}
