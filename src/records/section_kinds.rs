//! Sections whose headings say nothing of their kind get it from what they hold: "Översikt" over a table of activities,
//! "Område 1" over reports on measures.
//!
//! In go a paper's parts and its records, out come the parts with surer kinds. A heading that says what its section is
//! about is believed against the content.

use super::activity::{Activity, Origin};
use super::indicator::Indicator;
use super::key_figure::KeyFigure;
use super::own_text::is_within;
use super::paper::PaperKind;
use super::section::SectionKind;
use crate::layout::BlockKind;
use crate::place::At;
use crate::sections::Part;
use crate::vocabulary::Vocabulary;

/// Give sections of unknown headings the kind of what they hold.
pub(super) fn by_content(
    paper: PaperKind,
    parts: &[Part],
    activities: &[Activity],
    indicators: &[Indicator],
    key_figures: &[KeyFigure],
    vocabulary: &Vocabulary,
) -> Vec<Part> {
    use SectionKind::{Activities, Indicators, KeyFigures};
    let all = || activities.iter().flat_map(|a| &a.mentions);
    let in_tables: Vec<&At> = all().filter(|m| m.origin == Origin::Table).map(|m| &m.at).collect();
    let mentions: Vec<&At> = all().map(|m| &m.at).collect();
    let indicators: Vec<&At> = indicators.iter().map(|i| &i.at).collect();
    let key_figures: Vec<&At> = key_figures.iter().map(|k| &k.at).collect();
    let mut parts = parts.to_vec();
    // From the end: what a section holds is known before what it stands in.
    for index in (0..parts.len()).rev() {
        if !is_open(&parts[index], vocabulary) {
            continue;
        }
        let part = &parts[index];
        let tables: Vec<&At> =
            part.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Table(_))).map(|b| &b.at).collect();
        let holds = |records: &[&At]| records.iter().any(|r| is_within(r, &tables));
        let place = part.at();
        let own = if holds(&in_tables) {
            Some(Activities)
        } else if key_figures.iter().any(|k| is_within(k, &[&place])) {
            Some(KeyFigures)
        } else if holds(&indicators) {
            Some(Indicators)
        } else {
            None
        };
        let known = part.heading.as_ref().and_then(|h| vocabulary.heading_kind(&h.text));
        let entered = parts.get(index + 1).is_some_and(|p| p.entry.is_some());
        let kind = if entered {
            Some(Activities)
        } else if own.is_some() {
            own
        } else if known.is_some_and(|h| !h.weak) {
            // "Måluppfyllelse" over nothing but indicators is of these.
            let measured = part.kind == Activities && kind_of_parts_below(&parts, index) == Some(Indicators);
            measured.then_some(Indicators)
        } else if let Some(kind) = kind_of_parts_below(&parts, index) {
            Some(kind)
        } else {
            // A key word and the heading above say little of a section that holds neither a table nor a mention.
            let mentioned = mentions.iter().any(|m| part.blocks.iter().any(|b| is_within(m, &[&b.at])));
            let below =
                || parts[index + 1..].iter().take_while(|p| p.level > part.level || p.entry.is_some());
            let told = below().any(|p| matches!(p.kind, Activities | Indicators | KeyFigures));
            let empty = tables.is_empty() && !mentioned && !told;
            (empty && part.kind == Activities && known.is_some_and(|h| h.weak)
                || empty && known.is_none() && matches!(part.kind, Activities | Indicators | KeyFigures))
            .then_some(SectionKind::Other)
        };
        if let Some(kind) = kind {
            parts[index].kind = kind;
        }
    }
    let is_proposal = paper == PaperKind::Tjansteskrivelse;
    parts.iter_mut().for_each(|part| settle_money(part, is_proposal));
    parts
}

/// Under one word such as "Ekonomi" or "Kostnader" a proposal tells what it costs, a report sets out in a table how the
/// year went.
fn settle_money(part: &mut Part, is_proposal: bool) {
    let is_one_word = part.heading.as_ref().is_some_and(|h| !h.text.trim().contains(' '));
    let sets_out_figures = part.blocks.iter().any(|b| matches!(b.kind, BlockKind::Table(_)));
    part.kind = match part.kind {
        SectionKind::Finance if is_one_word && is_proposal && !sets_out_figures => {
            SectionKind::EconomicConsequences
        }
        SectionKind::EconomicConsequences if is_one_word && !is_proposal && sets_out_figures => {
            SectionKind::Finance
        }
        kind => kind,
    };
}

/// Whether a part's heading leaves open what it is about.
fn is_open(part: &Part, vocabulary: &Vocabulary) -> bool {
    use SectionKind::{Activities, Indicators, KeyFigures, Matter, Other};
    let Some(heading) = part.heading.as_ref().filter(|_| part.entry.is_none()) else { return false };
    matches!(part.kind, Other | Matter | Activities | Indicators | KeyFigures)
        && vocabulary.heading_kind(&heading.text).is_none_or(|h| !h.standard)
}

/// The kind that all parts below one have: reports on things followed up, or sections of one kind.
fn kind_of_parts_below(parts: &[Part], index: usize) -> Option<SectionKind> {
    use SectionKind::{Activities, Indicators, KeyFigures};
    let level = parts[index].level;
    let below = || parts[index + 1..].iter().take_while(|p| p.level > level || p.entry.is_some());
    let kind = below().next()?.kind;
    (matches!(kind, Activities | Indicators | KeyFigures) && below().all(|p| p.kind == kind)).then_some(kind)
}
