//! Signatures: names and roles that stand by themselves are set apart from the section they follow.
//!
//! People whom a heading announces ("Beredningsansvariga", "Deltagare") have not signed. Names without roles are
//! signatures below a place and a date ("Göteborg den 8 april 2025").

use std::collections::HashSet;

use super::Part;
use super::tokens::{is_municipality, may_name_department, whole_department, whole_organ};
use crate::layout::{Block, BlockKind, Span};
use crate::records::section::SectionKind;
use crate::records::{date, person};
use crate::vocabulary::{RoleWord, Vocabulary, fold};

/// How far apart, in parts of the font size, lines of one column of signatures may begin.
const SAME_COLUMN: f32 = 0.5;
/// How many times as far as the recipients from each other what is none of them stands below them.
const SET_OFF: f32 = 2.0;
/// Most words of a line that says where and when a paper was signed.
const PLACE_AND_DATE: usize = 6;

/// Set each signature block apart as a part of its own, where it stands. `senders` are the folded lines of the head
/// that may be the sender's name.
pub(super) fn set_apart(parts: &mut Vec<Part>, senders: &HashSet<String>, vocabulary: &Vocabulary) {
    // "Ansvariga" above the names is a part of the block rather than the heading of a section.
    for part in parts.iter_mut() {
        if opens_signatures(part, senders, vocabulary) {
            (part.kind, part.level) = (SectionKind::Signatures, 1);
        }
        if part.kind != SectionKind::Signatures {
            continue;
        }
        if let Some(heading) = part.heading.take() {
            part.blocks.insert(0, heading);
        }
    }
    let mut index = 0;
    while index < parts.len() {
        if let Some((start, end)) = find(&parts[index], senders, vocabulary) {
            let mut own = parts[index].blocks.split_off(start);
            let after = own.split_off(end - start);
            let signed = Part::headless(SectionKind::Signatures, 1, own);
            let rest_kind = parts[index].kind;
            let level = parts[index].level;
            parts.insert(index + 1, signed);
            if !after.is_empty() {
                // What follows the signatures on the page still belongs to no other heading.
                parts.insert(index + 2, Part::headless(rest_kind, level, after));
            }
            if parts[index].heading.is_none() && parts[index].blocks.is_empty() {
                parts.remove(index);
            } else {
                index += 1;
            }
        }
        index += 1;
    }
}

/// Whether a part's heading leads in those who sign: "Beslutad och signerad digitalt av" above names.
fn opens_signatures(part: &Part, senders: &HashSet<String>, vocabulary: &Vocabulary) -> bool {
    // "Utdraget bestyrks den 1 oktober 2025"
    let says_when = |rest: &str| date::find_dates(rest).iter().any(|(range, _)| range.end == rest.len());
    let leads_in = |rest: &str| rest.is_empty() || says_when(rest);
    part.heading.as_ref().is_some_and(|h| vocabulary.signed_for(&h.text).is_some_and(leads_in))
        && !part.blocks.is_empty()
        && part.blocks.iter().all(|b| classify(b, senders, vocabulary) != SignatureLine::None)
}

/// The blocks of a part that are signatures: names with their roles, and a department in front of them.
fn find(part: &Part, senders: &HashSet<String>, vocabulary: &Vocabulary) -> Option<(usize, usize)> {
    if matches!(part.kind, SectionKind::Signatures | SectionKind::Activities | SectionKind::Indicators) {
        return None;
    }
    let blocks = &part.blocks;
    let kinds: Vec<SignatureLine> = blocks.iter().map(|b| classify(b, senders, vocabulary)).collect();
    let start = (0..blocks.len()).find(|i| {
        let pair = (kinds[*i], kinds.get(i + 1).copied());
        matches!(pair, (SignatureLine::Names, Some(SignatureLine::Roles)) | (SignatureLine::Both, _))
            || (matches!(pair, (SignatureLine::Names, Some(SignatureLine::Names)))
                && matches!(kinds.get(i + 2), Some(SignatureLine::Roles)))
            || matches!(pair, (SignatureLine::PlaceAndDate, Some(SignatureLine::Names)))
    })?;
    // People directly under a heading are whom it announces, but for a sender's name that looks like one.
    let announced = part.heading.as_ref().is_some_and(|h| {
        whole_department(&h.text, vocabulary).is_none() && whole_organ(&h.text, vocabulary).is_none()
    });
    if announced && start == 0 && kinds[0] != SignatureLine::PlaceAndDate {
        return None;
    }
    let mut end = start + 1;
    while end < blocks.len()
        && (!matches!(kinds[end], SignatureLine::None) || goes_on_in_columns(&blocks[start], &blocks[end]))
    {
        end += 1;
    }
    let mut first = start;
    while first > 0
        && (matches!(kinds[first - 1], SignatureLine::Department | SignatureLine::PlaceAndDate)
            || follows_list(part, first - 1))
        && !ends_the_section(part, first)
    {
        first -= 1;
    }
    Some((first, end))
}

/// Whether a line stands in the columns of the names above it, as their units do.
fn goes_on_in_columns(names: &Block, below: &Block) -> bool {
    let ([names], [below_line]) = (names.lines.as_slice(), below.lines.as_slice()) else { return false };
    let same_column = |(a, b): (&Span, &Span)| (a.bbox.x0 - b.bbox.x0).abs() <= SAME_COLUMN * a.size;
    below.kind == BlockKind::Paragraph
        && names.spans.len() > 1
        && names.spans.len() == below_line.spans.len()
        && names.spans.iter().zip(&below_line.spans).all(same_column)
        && below_line.spans.iter().all(|span| may_name_department(&span.text))
}

/// A few words without a mark, between the marked items of a list of documents and the names, are the sender's unit.
fn follows_list(part: &Part, index: usize) -> bool {
    part.kind == SectionKind::SupportingDocuments
        && index > 0
        && matches!(part.blocks[index].kind, BlockKind::Paragraph)
        && part.blocks[index].lines.len() == 1
        && may_name_department(&part.blocks[index].text)
        && part.blocks[..index].iter().all(|b| matches!(b.kind, BlockKind::ListItem(_)))
}

/// A department that is all a section of recipients says, or that stands nearer to those before it than to the names,
/// is one of them, unless it is set off from these.
fn ends_the_section(part: &Part, first: usize) -> bool {
    let gap = |above: &Block, below: &Block| {
        let (Some(a), Some(b)) = (above.lines.last(), below.lines.first()) else { return 0.0 };
        if a.sheet == b.sheet { b.bbox.y0 - a.bbox.y1 } else { f32::INFINITY }
    };
    if part.kind != SectionKind::Recipients || first == 1 {
        return part.kind == SectionKind::Recipients;
    }
    let [before, own, names] = &part.blocks[first - 2..=first] else { return false };
    let above = first.checked_sub(3).map_or(part.heading.as_ref(), |at| part.blocks.get(at));
    let usual = above.map_or(f32::INFINITY, |above| gap(above, before));
    gap(before, own) < gap(own, names) && gap(before, own) <= SET_OFF * usual.max(0.0)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignatureLine {
    Names,
    Roles,
    Both,
    Department,
    PlaceAndDate,
    None,
}

fn classify(block: &Block, senders: &HashSet<String>, vocabulary: &Vocabulary) -> SignatureLine {
    if matches!(block.kind, BlockKind::Table(_) | BlockKind::ListItem(_))
        || block.lines.is_empty()
        || block.lines.len() > 4
    {
        return SignatureLine::None;
    }
    let spans: Vec<&str> = block.lines.iter().flat_map(|l| &l.spans).map(|s| s.text.as_str()).collect();
    let name = |t: &&str| person::looks_like_name(t, vocabulary) && !vocabulary.is_role(t);
    let role = |t: &&str| vocabulary.is_role(t) || vocabulary.role_twice(t).is_some();
    // "Anna Ek, enhetschef" ends like a role.
    if spans.iter().all(|t| name_and_role(t, vocabulary)) {
        SignatureLine::Both
    } else if spans.iter().all(name) {
        SignatureLine::Names
    } else if spans.iter().all(role) {
        SignatureLine::Roles
    } else if spans.iter().all(|t| name(t) || role(t)) && spans.len() > 1 {
        SignatureLine::Both
    } else if spans.iter().all(|t| {
        whole_department(t, vocabulary).is_some()
            || whole_organ(t, vocabulary).is_some()
            || is_municipality(t, vocabulary)
            || senders.contains(&fold(t))
            || vocabulary
                .signed_for(t)
                .is_some_and(|whom| whom.is_empty() || whole_department(whom, vocabulary).is_some())
    }) {
        SignatureLine::Department
    } else if place_and_date(&block.text, vocabulary).is_some() || place_as_above(&block.text, vocabulary) {
        SignatureLine::PlaceAndDate
    } else {
        SignatureLine::None
    }
}

/// The date of "Göteborg den 8 april 2025", "Umeå 2025-04-08": a place with the name of a municipality, and a date.
pub(crate) fn place_and_date(text: &str, vocabulary: &Vocabulary) -> Option<String> {
    let text = text.trim();
    let count = text.split_whitespace().count();
    if !(2..=PLACE_AND_DATE).contains(&count) || !text.starts_with(char::is_uppercase) {
        return None;
    }
    let (range, iso) = date::find_dates(text).into_iter().next()?;
    let before = text[..range.start].trim_end();
    let town = before.strip_suffix("den").map(str::trim_end).unwrap_or(before).trim_end_matches(',');
    (range.end == text.len() && is_town(town, vocabulary)).then_some(iso)
}

/// "Dorotea som ovan": the date is the paper's.
fn place_as_above(text: &str, vocabulary: &Vocabulary) -> bool {
    let text = text.trim();
    let as_above =
        |at: usize| vocabulary.roles.whole(&text[at..]).is_some_and(|e| e.code == RoleWord::AsAbove);
    let towns = text.match_indices(' ').map(|(at, _)| at);
    towns.take(PLACE_AND_DATE).any(|at| as_above(at) && is_town(text[..at].trim_end_matches(','), vocabulary))
}

/// Whether one or two words name a place as a municipality does.
fn is_town(text: &str, vocabulary: &Vocabulary) -> bool {
    (1..=2).contains(&text.split_whitespace().count())
        && ["kommun", "stad"].iter().any(|kind| vocabulary.municipality(&format!("{text} {kind}")).is_some())
}

/// "Anna Ek, förvaltningschef" on one line.
fn name_and_role(text: &str, vocabulary: &Vocabulary) -> bool {
    text.split_once(',').is_some_and(|(name, role)| {
        person::looks_like_name(name.trim(), vocabulary) && vocabulary.is_role(role.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyphs::plain_text::read_lines;
    use crate::layout::lay_out_text;
    use crate::records::document::MediaType;
    use crate::sections::outline;

    #[test]
    fn units_below_the_roles_in_their_columns_belong_to_the_signatures() {
        let text = "Tranås kommun\nTjänsteskrivelse\n2025-03-04\n\nAvgifter för torghandel\n\nBakgrund\n\n\
            Torghandeln växer och avgifterna har inte ändrats på länge.\n\nBilagor\n\nBilaga 1 Taxa\n\n\n\
            Karin Ekstam          Per Lundvik\n\nEnhetschef            Ekonom\n\nTorg och park         Torg och park\n";
        let papers = outline(&lay_out_text(&read_lines(text, MediaType::PlainText)), Vocabulary::builtin());
        let last = papers[0].parts.last().unwrap();
        let lines: Vec<&str> = last.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(last.kind, SectionKind::Signatures);
        assert_eq!(lines, ["Karin Ekstam Per Lundvik", "Enhetschef Ekonom", "Torg och park Torg och park"]);
    }
}
