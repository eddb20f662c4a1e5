//! Rows that a broken text layer shifted: cells are put back by the order of the header's columns and by what each
//! cell can be.
//!
//! A row whose cells all fit where they stand is left alone. Otherwise the cells go, in their order, to columns that
//! may hold them, with as few changes of the distance between a cell and its column as can be. Several ways of equal
//! cost are all given back: what decides between them is not in the row.

use super::columns::{IndicatorColumns, Role};
use super::content::Content;

/// Where each cell of a row belongs: its own column and the role.
pub(super) type Placing = Vec<(usize, Role)>;

/// More equal ways are never told apart.
const MOST_WAYS: usize = 16;

/// How the cells of a row find their columns.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fit {
    /// Every cell fits where it stands.
    AsItStands(Placing),
    /// Cells were put back: all ways of the least cost.
    Moved(Vec<Placing>),
    /// There is no way.
    None,
}

/// Find the columns of a row's cells.
pub(super) fn fit(cells: &[(usize, Content<'_>)], columns: &IndicatorColumns) -> Fit {
    let has_relations = columns.has_relations();
    let fits = |content: &Content<'_>, role: Role| {
        content.fits(Some(role), has_relations)
            && !(role == Role::Target && content.is_plain_number() && number_is_no_target(cells, columns))
    };
    let natural = |(column, content): &(usize, Content<'_>)| {
        let role = columns.roles.get(*column).copied().flatten()?;
        fits(content, role).then_some((*column, role))
    };
    let placing: Option<Placing> = cells.iter().map(natural).collect();
    if let Some(placing) = placing.filter(|placing| !words_stand_for_name(cells, placing)) {
        return Fit::AsItStands(placing);
    }
    let targets: Vec<(usize, Role)> =
        columns.roles.iter().enumerate().filter_map(|(column, role)| Some((column, (*role)?))).collect();
    let mut search =
        Search { cells, targets: &targets, fits: &fits, has_relations, least: usize::MAX, ways: Vec::new() };
    search.place(0, 0, 0, 0, &mut Vec::new());
    if search.ways.is_empty() { Fit::None } else { Fit::Moved(search.ways) }
}

/// Whether a number in the column of targets is none: the table has no other, and a value of the row is missing.
fn number_is_no_target(cells: &[(usize, Content<'_>)], columns: &IndicatorColumns) -> bool {
    let filled = |index: usize| {
        columns.column(Role::Value(index)).is_some_and(|at| cells.iter().any(|(column, _)| *column == at))
    };
    !columns.has_numeric_targets && !(0..columns.values.len()).all(filled)
}

/// Whether a row without a name has words where values stand: they may be the name.
fn words_stand_for_name(cells: &[(usize, Content<'_>)], placing: &Placing) -> bool {
    let is_named = placing.iter().any(|(_, role)| matches!(role, Role::Name | Role::Breakdown));
    let in_words = cells
        .iter()
        .zip(placing)
        .any(|((_, content), (_, role))| matches!(role, Role::Value(_)) && !content.is_value());
    !is_named && in_words
}

struct Search<'a> {
    cells: &'a [(usize, Content<'a>)],
    targets: &'a [(usize, Role)],
    /// Whether a cell may stay in the column where it stands.
    fits: &'a dyn Fn(&Content<'_>, Role) -> bool,
    has_relations: bool,
    least: usize,
    ways: Vec<Placing>,
}

impl Search<'_> {
    /// Place the cell `at` and those after it in columns from `from` on. `shift` is how far right of their columns the
    /// cells before stood.
    fn place(&mut self, at: usize, from: usize, shift: isize, cost: usize, taken: &mut Placing) {
        if cost > self.least {
            return;
        }
        let Some((column, content)) = self.cells.get(at) else {
            if cost < self.least {
                self.least = cost;
                self.ways.clear();
            }
            if self.ways.len() < MOST_WAYS {
                self.ways.push(taken.clone());
            }
            return;
        };
        for next in from..self.targets.len() {
            let (target, role) = self.targets[next];
            let in_place = target == *column && (self.fits)(content, role);
            if !in_place && !content.may_move_to(role) {
                continue;
            }
            #[allow(clippy::cast_possible_wrap)] // columns are few
            let moved = *column as isize - target as isize;
            taken.push((*column, role));
            self.place(at + 1, next + 1, moved, cost + moved.abs_diff(shift), taken);
            taken.pop();
        }
        // A column that the headings lack: the cells after it stand one further right.
        if !self.has_relations
            && content.may_move_to(Role::RelatesTo)
            && !taken.iter().any(|(_, r)| *r == Role::RelatesTo)
        {
            taken.push((*column, Role::RelatesTo));
            self.place(at + 1, from, shift + 1, cost + 1, taken);
            taken.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::column_heading::ColumnHeading;
    use crate::vocabulary::Vocabulary;
    use proptest::prelude::*;

    fn columns() -> IndicatorColumns {
        let vocabulary = Vocabulary::builtin();
        let heading = |text: &str| ColumnHeading::read(&[text], None, vocabulary);
        let roles = [
            Role::Number,
            Role::Name,
            Role::Value(0),
            Role::Value(1),
            Role::Target,
            Role::Source,
            Role::Comment,
        ];
        IndicatorColumns {
            roles: roles.into_iter().map(Some).chain([None, None]).collect(),
            values: vec![heading("2023"), heading("2024")],
            target: None,
            relation_word: None,
            has_numeric_targets: false,
            has_nameless: true,
            unit: None,
            header_rows: 1,
        }
    }

    fn fitted(texts: &[&str]) -> Fit {
        let vocabulary = Vocabulary::builtin();
        let cells: Vec<_> = texts
            .iter()
            .enumerate()
            .filter(|(_, text)| !text.is_empty())
            .map(|(column, text)| (column, Content::of(text, vocabulary)))
            .collect();
        fit(&cells, &columns())
    }

    fn roles(texts: &[&str]) -> Vec<Role> {
        match fitted(texts) {
            Fit::Moved(ways) => {
                assert_eq!(ways.len(), 1, "{ways:?}");
                ways[0].iter().map(|(_, role)| *role).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_row_that_fits_is_left_alone() {
        assert!(matches!(
            fitted(&["7", "Antal lån", "12", "Värde saknas", "Öka", "Egen räkning", "Redovisas i maj"]),
            Fit::AsItStands(_)
        ));
        assert!(matches!(fitted(&["", "Män", "", "12"]), Fit::AsItStands(_)));
    }

    #[test]
    fn a_column_that_the_headings_lack() {
        use Role::{Comment, Name, Number, RelatesTo, Source, Target, Value};
        assert_eq!(
            roles(&[
                "7",
                "Antal lån",
                "12",
                "14",
                "Öka",
                "Uppdrag 2 Åtgärd 7",
                "Egen räkning",
                "Redovisas i maj"
            ]),
            [Number, Name, Value(0), Value(1), Target, RelatesTo, Source, Comment]
        );
        assert_eq!(
            roles(&["7", "Antal lån", "12", "14", "Öka", "Uppdrag 2 Åtgärd 7", "Egen räkning"]),
            [Number, Name, Value(0), Value(1), Target, RelatesTo, Source]
        );
    }

    #[test]
    fn rows_shifted_to_the_right() {
        use Role::{Name, Number, Source, Target, Value};
        assert_eq!(
            roles(&["", "7", "Andel lån", "11,3%", "", "2,3%", "Öka", "Egen räkning"]),
            [Number, Name, Value(0), Value(1), Target, Source]
        );
        assert_eq!(roles(&["", "", "Kvinnor", "12,7%", "", "2,6%"]), [Name, Value(0), Value(1)]);
    }

    #[test]
    fn a_number_beside_a_blank_value_is_no_target() {
        use Role::{Name, Value};
        assert_eq!(roles(&["", "Män", "", "12", "14"]), [Name, Value(0), Value(1)]);
    }

    #[test]
    fn one_number_of_two_is_not_decided() {
        let Fit::Moved(ways) = fitted(&["", "", "Kvinnor", "12,7%"]) else { panic!() };
        // One step right of its column like its name, and nothing else speaks.
        assert!(ways.iter().all(|way| way.len() == 2));
    }

    proptest! {
        #[test]
        fn no_cell_is_used_twice(texts in prop::collection::vec("(|12|3,4%|Öka|Kvinnor|Egen räkning|Uppdrag 1|Värde saknas)", 0..9)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let filled = texts.iter().filter(|text| !text.is_empty()).count();
            if let Fit::Moved(ways) = fitted(&texts) {
                for way in ways {
                    prop_assert_eq!(way.len(), filled);
                    prop_assert!(way.windows(2).all(|pair| pair[0].0 < pair[1].0));
                    let mut roles: Vec<Role> = way.iter().map(|(_, role)| *role).collect();
                    roles.dedup();
                    prop_assert_eq!(roles.len(), filled);
                }
            }
        }
    }
}
