//! Which tables hold indicators, and what each of their columns is for.

use crate::records::column_heading::{ColumnHeading, Part, has_slipped, remainder, unit_in};
use crate::records::indicator::{Basis, Breakdown, Unit};
use crate::records::number::{Grouping, NumberStyle, parse_cell};
use crate::records::paper_tables::PaperTable;
use crate::records::period::Period;
use crate::records::section::SectionKind;
use crate::records::table_grid::{GridRow, TableGrid};
use crate::records::unit;
use crate::records::volumes::is_of_volumes;
use crate::vocabulary::{ActivityWord, Column, Vocabulary};

use super::breakdown::breakdown_of;
use super::confirm::agrees;
use super::content::Content;

/// What a column of an indicator table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The number of the row.
    Number,
    /// What is measured, or whom a row below is for.
    Name,
    /// What gathers the row and others: the goal or the focus in front of them.
    Group,
    /// Whom the row is for, in a column of its own.
    Breakdown,
    /// Values of a period: an index into the headings of values.
    Value(usize),
    /// What is aimed for.
    Target,
    /// What the indicator belongs to.
    RelatesTo,
    /// Where the figures come from.
    Source,
    /// The comment.
    Comment,
    /// What the row counts in.
    Unit,
    /// Its id in Kolada.
    Kolada,
    /// Something that no record keeps.
    Other,
}

/// The columns of an indicator table.
#[derive(Clone, Debug)]
pub(super) struct IndicatorColumns {
    /// What each column is for; `None` for one without a heading.
    pub(super) roles: Vec<Option<Role>>,
    /// The headings of the values, in order.
    pub(super) values: Vec<ColumnHeading>,
    /// The heading of the targets, where it names a period and the column holds numbers: its cells are values too.
    pub(super) target: Option<ColumnHeading>,
    /// The sort of thing that the numbers in the number column or the relations are of.
    pub(super) relation_word: Option<ActivityWord>,
    /// Whether targets of the table are numbers, beside rows that have all values.
    pub(super) has_numeric_targets: bool,
    /// Whether there are columns without a heading: a sign that rows were shifted.
    pub(super) has_nameless: bool,
    /// The unit that holds for the table.
    pub(super) unit: Option<Unit>,
    /// How many rows are headings.
    pub(super) header_rows: usize,
}

/// Fewest rows of figures that show by their units what the table is of.
const FEWEST_ROWS: usize = 3;

/// What a table holds.
#[derive(Clone, Debug)]
pub(super) enum Holds {
    /// No indicators.
    None,
    /// Indicators, and which column their values are for is not certain.
    Unsure,
    /// Indicators under these columns.
    Indicators(Box<IndicatorColumns>),
}

impl IndicatorColumns {
    /// What a table with headings of its own holds of indicators.
    pub(super) fn read(
        placed: &PaperTable<'_>,
        mut headings: Vec<ColumnHeading>,
        header_rows: usize,
        vocabulary: &Vocabulary,
    ) -> Holds {
        let grid = &placed.grid;
        if header_rows == 0 {
            return Holds::None;
        }
        let Some(name) = name_column(placed, grid, &headings, header_rows, vocabulary) else {
            return Holds::None;
        };
        targets_by_period(&mut headings);
        let mut values = Vec::new();
        let mut roles: Vec<Option<Role>> = Vec::with_capacity(headings.len());
        let mut relation_word = None;
        for (column, heading) in headings.iter().enumerate() {
            let role = if column == name {
                Some(Role::Name)
            } else if heading.is_of_values() {
                values.push(heading.clone());
                Some(Role::Value(values.len() - 1))
            } else {
                role_of(heading, column, name, grid, header_rows, vocabulary)
            };
            if role == Some(Role::RelatesTo) {
                relation_word = vocabulary.activity_kinds.whole(&heading.label).map(|entry| entry.code);
            }
            roles.push(role);
        }
        let is_said = headings[name].code == Some(Column::Indicator);
        // A line under the headings may part them from their rows.
        let is_bare = header_rows >= grid.rows.len();
        if values.is_empty() || !is_bare && !hold_values(grid, &roles, header_rows, is_said, vocabulary) {
            return Holds::None;
        }
        tell_apart(&mut values, vocabulary);
        let placed_values: Vec<usize> =
            (0..roles.len()).filter(|column| matches!(roles[*column], Some(Role::Value(_)))).collect();
        let body = &grid.rows[header_rows.min(grid.rows.len())..];
        date_parts(&mut values, &placed_values, body, vocabulary);
        if are_unsure(&values)
            || has_slipped(body, &placed_values, vocabulary)
            || hold_targets(grid, &roles, header_rows, vocabulary)
        {
            return Holds::Unsure;
        }
        let around = [placed.table.caption.as_deref(), placed.lead_line()];
        let unit = unit::of_name(&headings[name].label, vocabulary)
            .or_else(|| values_unit(&values))
            .or_else(|| around.into_iter().flatten().find_map(|text| unit_in(text, vocabulary)))
            .or_else(|| placed.headings.first().and_then(|text| unit::counted(text, vocabulary)));
        let has_numeric_targets = has_numeric_targets(grid, &roles, header_rows, vocabulary);
        let has_nameless = roles.contains(&None);
        let target = roles
            .iter()
            .position(|role| *role == Some(Role::Target))
            .filter(|column| {
                headings[*column].period.is_some()
                    && grid
                        .rows
                        .iter()
                        .skip(header_rows)
                        .any(|row| Content::of(row.text(*column), vocabulary).is_plain_number())
            })
            .map(|column| headings[column].clone());
        Holds::Indicators(Box::new(Self {
            roles,
            values,
            target,
            relation_word,
            has_numeric_targets,
            has_nameless,
            unit,
            header_rows,
        }))
    }

    /// The columns of a table without headings that goes on with this one: each of its columns in the order of these,
    /// every cell fitting. `None` where there is no way or more than one.
    pub(super) fn go_on(&self, grid: &TableGrid<'_>, vocabulary: &Vocabulary) -> Option<Self> {
        let used: Vec<usize> = (0..grid.columns)
            .filter(|column| grid.rows.iter().any(|row| row.cell(*column).is_some()))
            .collect();
        let known: Vec<Role> = self.roles.iter().flatten().copied().collect();
        let contents: Vec<Vec<Content<'_>>> = used
            .iter()
            .map(|column| {
                let texts = grid.rows.iter().map(|row| row.text(*column)).filter(|text| !text.is_empty());
                texts.map(|text| Content::of(text, vocabulary)).collect()
            })
            .collect();
        let fits = |at: usize, role: Role| {
            contents[at].iter().all(|content| {
                if used.len() == known.len() {
                    content.fits(Some(role), true)
                } else {
                    content.may_move_to(role) || content.fits(Some(role), true) && role == Role::Name
                }
            })
        };
        let mut found: Vec<Vec<Role>> = Vec::new();
        choose(&known, used.len(), &fits, &mut Vec::new(), 0, &mut found);
        // All columns of values must be there: which of two is missing, nobody can tell.
        found.retain(|roles| {
            self.values.iter().enumerate().all(|(index, _)| roles.contains(&Role::Value(index)))
        });
        let [roles] = found.as_slice() else { return None };
        let mut placed = vec![None; grid.columns];
        for (column, role) in used.iter().zip(roles) {
            placed[*column] = Some(*role);
        }
        placed.contains(&Some(Role::Name)).then(|| Self { roles: placed, header_rows: 0, ..self.clone() })
    }

    /// The column of a role.
    pub(super) fn column(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|r| *r == Some(role))
    }

    /// How many columns of values stand before the column of targets.
    pub(super) fn values_before_target(&self) -> usize {
        let before = self.roles.iter().take_while(|role| **role != Some(Role::Target));
        before.filter(|role| matches!(role, Some(Role::Value(_)))).count()
    }

    /// Whether there is a column for what the indicators belong to.
    pub(super) fn has_relations(&self) -> bool {
        self.column(Role::RelatesTo).is_some()
    }

    /// Whether the same columns stand in the same order with the same headings.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.roles == other.roles && self.values == other.values
    }
}

/// Targets for several periods, "Målvärde" over "2026" and "2028", are values of each.
fn targets_by_period(headings: &mut [ColumnHeading]) {
    let is_target =
        |heading: &&mut ColumnHeading| heading.code == Some(Column::Target) && heading.period.is_some();
    let mut targets: Vec<&mut ColumnHeading> = headings.iter_mut().filter(is_target).collect();
    if targets.len() > 1 {
        for heading in &mut targets {
            heading.code = None;
            heading.basis = Some(Basis::Target);
        }
    }
}

/// Columns for others beside the paper's own, "Riket 2024" beside "2024": what tells them apart is the part that they
/// are for. A unit is none.
fn tell_apart(values: &mut [ColumnHeading], vocabulary: &Vocabulary) {
    // The total is what a column without a part is for.
    let key = |heading: &ColumnHeading| {
        let part = heading.part.clone().filter(|part| part.breakdown != Breakdown::Total);
        (heading.period.clone(), heading.basis, part)
    };
    let keys: Vec<_> = values.iter().map(key).collect();
    let says_more = |heading: &ColumnHeading| {
        let label = remainder(&heading.label, vocabulary);
        let is_word = label.chars().any(char::is_alphabetic) && unit::of_name(&label, vocabulary).is_none();
        (is_word && vocabulary.units.find_all(&label).is_empty()).then_some(label)
    };
    let is_plain = |heading: &ColumnHeading| {
        heading.period.is_some()
            && (heading.part.is_some() || remainder(&heading.label, vocabulary).is_empty())
    };
    let others_are_plain = values.iter().filter(|heading| is_plain(heading)).count() + 1 == values.len();
    for (index, heading) in values.iter_mut().enumerate() {
        let is_shared = keys.iter().enumerate().any(|(other, key)| other != index && *key == keys[index]);
        // The only one that says more than when: "Riket 2023" behind "2024" and "2025".
        let is_odd = others_are_plain && heading.basis.is_none();
        if heading.period.is_none() || heading.part.is_some() || !(is_shared || is_odd) {
            continue;
        }
        if let Some(label) = says_more(heading) {
            heading.part = Some(Part { breakdown: Breakdown::Other, label });
        }
    }
}

/// "Kvinnor" and "Män" right after the years tell whom the last of them is for, where the figures bear it out: in every
/// row that can be compared the two make up the last year's value or have it between them.
fn date_parts(
    values: &mut [ColumnHeading],
    columns: &[usize],
    rows: &[GridRow<'_>],
    vocabulary: &Vocabulary,
) {
    let is_dated = |heading: &ColumnHeading| heading.period.is_some() && heading.part.is_none();
    let is_bare = |heading: &ColumnHeading, breakdown: Breakdown| {
        heading.period.is_none() && heading.part.as_ref().is_some_and(|part| part.breakdown == breakdown)
    };
    let Some((parts, years)) = values.split_last_chunk::<2>().map(|(years, parts)| (parts, years)) else {
        return;
    };
    let women = parts.iter().position(|heading| is_bare(heading, Breakdown::Women));
    let men = parts.iter().position(|heading| is_bare(heading, Breakdown::Men));
    let (Some(women), Some(men), Some(last)) = (women, men, years.last()) else { return };
    let at = years.len();
    let stand_together = columns[at - 1] + 1 == columns[at] && columns[at] + 1 == columns[at + 1];
    if !years.iter().all(is_dated) || !stand_together {
        return;
    }
    let number = |row: &GridRow<'_>, index: usize| {
        let style = NumberStyle { grouping: Grouping::Certain, vocabulary };
        parse_cell(row.text(columns[index]), &style).number()
    };
    let agree: Vec<bool> = rows
        .iter()
        .filter_map(|row| {
            let (total, women, men) =
                (number(row, at - 1)?, number(row, at + women)?, number(row, at + men)?);
            Some(agrees(total, women, men))
        })
        .collect();
    if agree.is_empty() || agree.contains(&false) {
        return;
    }
    let (period, basis) = (last.period.clone(), last.basis);
    for heading in &mut values[at..] {
        heading.period.clone_from(&period);
        heading.basis = heading.basis.or(basis);
    }
}

/// Whether the headings leave it open what a value is for: two say the same, one names two periods, or the period of a
/// column for women or men is missing where others have one.
fn are_unsure(values: &[ColumnHeading]) -> bool {
    let key = |heading: &ColumnHeading| {
        let part = heading.part.as_ref().map(|part| (part.breakdown, part.label.clone()));
        let label = heading.period.is_none().then(|| heading.label.clone());
        (heading.period.clone(), heading.basis, part, label)
    };
    let is_doubled = values
        .iter()
        .enumerate()
        .any(|(index, heading)| values[..index].iter().any(|other| key(other) == key(heading)));
    let has_periods = values.iter().any(|heading| heading.period.is_some());
    is_doubled
        || values.iter().any(|heading| heading.is_torn)
        || has_periods && values.iter().any(|heading| heading.part.is_some() && heading.period.is_none())
}

/// Whether cells of values hold a target beside a number, "41 Öka": two columns were taken for one.
fn hold_targets(
    grid: &TableGrid<'_>,
    roles: &[Option<Role>],
    header_rows: usize,
    vocabulary: &Vocabulary,
) -> bool {
    grid.rows.iter().skip(header_rows).flat_map(GridRow::filled).any(|(column, cell)| {
        matches!(roles.get(column), Some(Some(Role::Value(_))))
            && cell.text.trim().rsplit_once(' ').is_some_and(|(number, word)| {
                vocabulary.targets.whole(word).is_some() && Content::of(number, vocabulary).is_value()
            })
    })
}

/// Whether a row that has all its values has a number as its target too.
fn has_numeric_targets(
    grid: &TableGrid<'_>,
    roles: &[Option<Role>],
    header_rows: usize,
    vocabulary: &Vocabulary,
) -> bool {
    let Some(target) = roles.iter().position(|role| *role == Some(Role::Target)) else { return false };
    let values: Vec<usize> =
        (0..roles.len()).filter(|column| matches!(roles[*column], Some(Role::Value(_)))).collect();
    grid.rows.iter().skip(header_rows).any(|row| {
        values.iter().all(|column| Content::of(row.text(*column), vocabulary).is_value())
            && Content::of(row.text(target), vocabulary).is_plain_number()
    })
}

/// Whether the columns of values hold values: numbers, or words that say why there is none, in most cells. Under a
/// heading that says that the rows are indicators, "Topp 3" and "0 eller bättre" are values as well.
fn hold_values(
    grid: &TableGrid<'_>,
    roles: &[Option<Role>],
    header_rows: usize,
    is_said: bool,
    vocabulary: &Vocabulary,
) -> bool {
    let of_values = |column: &usize| matches!(roles.get(*column), Some(Some(Role::Value(_))));
    let (mut values, mut all) = (0, 0);
    for row in grid.rows.iter().skip(header_rows) {
        for (_, cell) in row.filled().filter(|(column, _)| of_values(column)) {
            let content = Content::of(&cell.text, vocabulary);
            values += usize::from(content.is_value() || is_said && content.is_bound());
            all += 1;
        }
    }
    all > 0 && 2 * values >= all
}

/// All ways to take `count` of the known roles in order, each fitting its column.
fn choose(
    known: &[Role],
    count: usize,
    fits: &dyn Fn(usize, Role) -> bool,
    taken: &mut Vec<Role>,
    from: usize,
    found: &mut Vec<Vec<Role>>,
) {
    if taken.len() == count {
        found.push(taken.clone());
        return;
    }
    if found.len() > 1 {
        return;
    }
    for at in from..known.len() {
        if known.len() - at < count - taken.len() {
            return;
        }
        if fits(taken.len(), known[at]) {
            taken.push(known[at]);
            choose(known, count, fits, taken, at + 1, found);
            taken.pop();
        }
    }
}

/// The column that names what is measured, if the table holds indicators at all.
fn name_column(
    placed: &PaperTable<'_>,
    grid: &TableGrid<'_>,
    headings: &[ColumnHeading],
    header_rows: usize,
    vocabulary: &Vocabulary,
) -> Option<usize> {
    let of_values = headings.iter().filter(|heading| heading.is_of_values()).count();
    if of_values == 0 || rows_are_periods(grid, header_rows) {
        return None;
    }
    if let Some(column) = headings.iter().position(|heading| heading.code == Some(Column::Indicator)) {
        return Some(column);
    }
    // Without the word, the section says it, or the rows do: "Antal …", "Andel …".
    let column = headings.iter().position(|heading| {
        !heading.is_of_values()
            && matches!(heading.code, None | Some(Column::Label | Column::Title | Column::Description))
    })?;
    let is_money = headings.iter().any(|heading| heading.unit.is_some_and(Unit::is_money));
    if is_money {
        return None;
    }
    // No table of money tells women from men.
    let is_of_people = headings.iter().any(|heading| {
        heading.part.as_ref().is_some_and(|part| matches!(part.breakdown, Breakdown::Women | Breakdown::Men))
    });
    if is_of_people
        || is_of_volumes(placed, &headings[column], vocabulary)
        || placed.part.kind == SectionKind::Indicators && headings[column].code != Some(Column::Label)
    {
        return Some(column);
    }
    let names: Vec<&str> = grid
        .rows
        .iter()
        .skip(header_rows)
        .map(|row| row.text(column))
        .filter(|text| !text.is_empty())
        .collect();
    // Nor do its rows.
    let breakdown = |name: &&str| breakdown_of(name, vocabulary);
    if names.iter().any(|name| matches!(breakdown(name), Some(Breakdown::Women | Breakdown::Men))) {
        return Some(column);
    }
    let measured = names
        .iter()
        .filter(|name| {
            unit::of_name(name, vocabulary).is_some_and(|unit| !unit.is_money()) || breakdown(name).is_some()
        })
        .count();
    let is_of_measures = !names.is_empty() && 3 * measured >= 2 * names.len();
    (is_of_measures || each_says_its_unit(grid, header_rows, column, vocabulary)).then_some(column)
}

/// Whether nearly each row of figures says by its name what it counts in, and they do not all count the same money.
fn each_says_its_unit(
    grid: &TableGrid<'_>,
    header_rows: usize,
    column: usize,
    vocabulary: &Vocabulary,
) -> bool {
    let rows = grid.rows.iter().skip(header_rows);
    let of_figures = rows.filter(|row| row.filled().count() > 1 && !row.text(column).is_empty());
    let units: Vec<Option<Unit>> =
        of_figures.map(|row| unit::of_name(row.text(column), vocabulary)).collect();
    let told = units.iter().flatten().count();
    let others = told - units.iter().flatten().filter(|unit| unit.is_money()).count();
    units.len() >= FEWEST_ROWS && 4 * told >= 3 * units.len() && 3 * others >= units.len()
}

/// Whether the rows are months or years: the table is of one thing over time, and its rows are no indicators.
fn rows_are_periods(grid: &TableGrid<'_>, header_rows: usize) -> bool {
    let labels = grid.rows.iter().skip(header_rows).map(|row| row.text(0)).filter(|text| !text.is_empty());
    let (periods, all) = labels
        .fold((0, 0), |(periods, all), text| (periods + usize::from(Period::parse(text).is_some()), all + 1));
    all > 1 && 2 * periods > all
}

/// What a column is for that holds neither names nor values.
fn role_of(
    heading: &ColumnHeading,
    column: usize,
    name: usize,
    grid: &TableGrid<'_>,
    header_rows: usize,
    vocabulary: &Vocabulary,
) -> Option<Role> {
    if heading.label.is_empty() {
        // Kvinnor and Män beside the name need no heading.
        let texts =
            || grid.rows.iter().skip(header_rows).map(|row| row.text(column)).filter(|t| !t.is_empty());
        let is_parts = texts().count() > 1 && texts().all(|text| vocabulary.breakdowns.whole(text).is_some());
        return is_parts.then_some(Role::Breakdown);
    }
    let thing = vocabulary.activity_kinds.whole(&heading.label).map(|entry| entry.code);
    let contents = || {
        grid.rows
            .iter()
            .skip(header_rows)
            .map(|row| row.text(column))
            .filter(|text| !text.is_empty())
            .map(|text| Content::of(text, vocabulary))
    };
    let mostly_numbers = || {
        let (numbers, all) =
            contents().fold((0, 0), |(n, all), c| (n + usize::from(c.is_row_number()), all + 1));
        all == 0 || 2 * numbers > all
    };
    let gathers = || column < name && contents().all(Content::is_title);
    Some(match heading.code {
        _ if matches!(thing, Some(ActivityWord::Group | ActivityWord::Goal)) && gathers() => Role::Group,
        Some(Column::Label) if gathers() => Role::Group,
        Some(Column::Number) => Role::Number,
        Some(Column::Breakdown) => Role::Breakdown,
        Some(Column::Target) => Role::Target,
        Some(Column::RelatesTo) => Role::RelatesTo,
        Some(Column::DataSource) => Role::Source,
        Some(Column::Comment) => Role::Comment,
        Some(Column::Unit) => Role::Unit,
        Some(Column::KoladaId) => Role::Kolada,
        _ if thing.is_some() || heading.code == Some(Column::Title) => {
            // "Åtgärd" over numbers before the name is the row's number, after it what the row belongs to.
            if !mostly_numbers() {
                Role::Other
            } else if column < name {
                Role::Number
            } else {
                Role::RelatesTo
            }
        }
        _ => Role::Other,
    })
}

/// The unit that all headings of values name.
fn values_unit(values: &[ColumnHeading]) -> Option<Unit> {
    let first = values.first()?.unit?;
    values.iter().all(|heading| heading.unit == Some(first)).then_some(first)
}
