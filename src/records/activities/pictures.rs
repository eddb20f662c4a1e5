//! Statuses given as pictures: what a picture means where the paper itself says so.
//!
//! A picture is resolved by an equal picture that has a word beside it: in its own cell, or in a row that consists of
//! just the two. What a picture looks like is no evidence, since colours and signs differ from paper to paper.

use std::collections::BTreeMap;

use super::super::status::Status;
use super::super::table::Cell;
use crate::layout::{BlockKind, Layout};
use crate::sections::Part;
use crate::vocabulary::Vocabulary;

/// What pictures mean, by their digest, and signs, by themselves.
pub(super) type Pictures = BTreeMap<String, Status>;

/// Find the pictures that have a word beside them. One that has different words is left out.
pub(super) fn read(parts: &[Part], layout: &Layout, vocabulary: &Vocabulary) -> Pictures {
    let indices = parts.iter().flat_map(|p| &p.blocks).filter_map(|b| match b.kind {
        BlockKind::Table(index) => Some(index),
        _ => None,
    });
    let rows = indices.filter_map(|i| layout.tables.get(i)).flat_map(|t| &t.rows);
    of_one_meaning(rows.flat_map(|row| explained(row, vocabulary)))
}

/// What has a word beside it, without what has words of different meaning.
pub(super) fn of_one_meaning(explained: impl Iterator<Item = (String, Status)>) -> Pictures {
    let mut found: BTreeMap<String, Option<Status>> = BTreeMap::new();
    for (shown, status) in explained {
        let known = found.entry(shown).or_insert_with(|| Some(status.clone()));
        if known.as_ref().is_some_and(|k| k.code != status.code) {
            *known = None;
        }
    }
    found.into_iter().filter_map(|(shown, status)| Some((shown, status?))).collect()
}

fn explained(row: &[Cell], vocabulary: &Vocabulary) -> Vec<(String, Status)> {
    let status = |cell: &Cell| Status::read(&cell.text, vocabulary);
    let mut found: Vec<(String, Status)> =
        row.iter().filter_map(|cell| Some((cell.image.clone()?, status(cell)?))).collect();
    if let [one, other] = row {
        for (picture, word) in [(one, other), (other, one)] {
            if let (Some(digest), Some(status), true) =
                (&picture.image, status(word), picture.text.is_empty())
            {
                found.push((digest.clone(), status));
            }
        }
    }
    found
}
