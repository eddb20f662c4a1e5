//! Headings that gather what is followed up without a word that says so: "Område 1: Skyfall", "Område 2: Torka".
//!
//! What shows them is that there are several of them: sibling headings that each stand over several things of one sort, and
//! not over the same ones again. One heading over all is that of the report.

use std::collections::BTreeMap;

use super::super::activity::{ActivityKind, Origin};
use super::Sighting;
use super::from_lists::HeadingSays;
use crate::sections::Part;
use crate::vocabulary::{Vocabulary, fold};

/// Something that is followed up: the part with the heading over it, its sort, and its number or title.
type Thing = (usize, ActivityKind, String);

/// Give the things under sibling headings these as their groups.
pub(super) fn by_siblings(sightings: &mut [Sighting], parts: &[Part], vocabulary: &Vocabulary) {
    for origin in [Origin::Table, Origin::Section] {
        // Which things of which sort stand under which heading, and under which heading that one stands.
        let mut under: BTreeMap<(Option<usize>, u32), Vec<Thing>> = BTreeMap::new();
        for sighting in sightings.iter().filter(|s| s.origin == origin) {
            let Some(heading) = heading_over(parts, sighting.order.0, vocabulary) else { continue };
            let name =
                sighting.number.clone().or_else(|| sighting.title.as_deref().map(fold)).unwrap_or_default();
            let siblings = (heading_above(parts, heading), parts[heading].level);
            under.entry(siblings).or_default().push((heading, sighting.kind, name));
        }
        let mut groups: Vec<usize> = Vec::new();
        for things in under.values() {
            let several = |heading: usize| things.iter().filter(|(h, ..)| *h == heading).count() > 1;
            let mut own: Vec<usize> = Vec::new();
            for (heading, kind, name) in things.iter().filter(|(heading, ..)| several(*heading)) {
                let others = || things.iter().filter(|(h, k, _)| h != heading && k == kind);
                if others().any(|(h, ..)| several(*h)) && others().all(|(_, _, n)| n != name) {
                    own.push(*heading);
                }
            }
            // A heading over things of another sort is a sibling too where each report has a heading of its own.
            if origin == Origin::Section && !own.is_empty() {
                own.extend(things.iter().map(|(heading, ..)| *heading));
            }
            groups.extend(own);
        }
        for sighting in sightings.iter_mut().filter(|s| s.origin == origin && s.group.is_none()) {
            let heading = heading_over(parts, sighting.order.0, vocabulary).filter(|h| groups.contains(h));
            sighting.group = heading.and_then(|h| parts[h].heading.as_ref()).map(|h| h.text.clone());
        }
    }
}

/// The part with the nearest heading over a part that is no report on a single thing. A heading that says how all under
/// it stands is none that gathers.
fn heading_over(parts: &[Part], index: usize, vocabulary: &Vocabulary) -> Option<usize> {
    let part = &parts[index];
    let at = if part.entry.is_none() { index } else { heading_above_entry(parts, index)? };
    let heading = parts[at].heading.as_ref()?;
    (HeadingSays::read(&heading.text, vocabulary) == HeadingSays::default()).then_some(at)
}

/// The heading over the report on a single thing, which may stand under that on another.
fn heading_above_entry(parts: &[Part], index: usize) -> Option<usize> {
    let mut level = parts[index].level;
    for at in (0..index).rev() {
        let part = &parts[at];
        if part.level < level && part.entry.is_none() {
            return Some(at);
        }
        if part.level < level {
            level = part.level;
        }
    }
    None
}

/// The part with the heading that another stands under.
fn heading_above(parts: &[Part], index: usize) -> Option<usize> {
    (0..index).rev().find(|&at| parts[at].level < parts[index].level && parts[at].entry.is_none())
}
