//! Signatures: names and roles that stand by themselves are set apart from the section they follow.

use super::Part;
use super::tokens::{is_municipality, whole_department, whole_organ};
use crate::layout::{Block, BlockKind};
use crate::records::person;
use crate::records::section::SectionKind;
use crate::vocabulary::Vocabulary;

/// Set each signature block apart as a part of its own, where it stands.
pub(super) fn set_apart(parts: &mut Vec<Part>, vocabulary: &Vocabulary) {
    // "Ansvariga" above the names is a part of the block rather than the heading of a section.
    for part in parts.iter_mut().filter(|p| p.kind == SectionKind::Signatures) {
        if let Some(heading) = part.heading.take() {
            part.blocks.insert(0, heading);
        }
    }
    let mut index = 0;
    while index < parts.len() {
        if let Some((start, end)) = find(&parts[index], vocabulary) {
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

/// The blocks of a part that are signatures: names with their roles, and a department in front of them.
fn find(part: &Part, vocabulary: &Vocabulary) -> Option<(usize, usize)> {
    if matches!(part.kind, SectionKind::Signatures | SectionKind::Activities | SectionKind::Indicators) {
        return None;
    }
    let blocks = &part.blocks;
    let kinds: Vec<SignatureLine> = blocks.iter().map(|b| classify(b, vocabulary)).collect();
    let start = (0..blocks.len()).find(|i| {
        let pair = (kinds[*i], kinds.get(i + 1).copied());
        matches!(pair, (SignatureLine::Names, Some(SignatureLine::Roles)) | (SignatureLine::Both, _))
            || (matches!(pair, (SignatureLine::Names, Some(SignatureLine::Names)))
                && matches!(kinds.get(i + 2), Some(SignatureLine::Roles)))
    })?;
    // A list of recipients names roles and people too.
    if part.kind == SectionKind::Recipients && start == 0 {
        return None;
    }
    let mut end = start + 1;
    while end < blocks.len() && !matches!(kinds[end], SignatureLine::None) {
        end += 1;
    }
    let mut first = start;
    while first > 0 && kinds[first - 1] == SignatureLine::Department && !ends_the_section(part, first) {
        first -= 1;
    }
    Some((first, end))
}

/// A department that is all a section of recipients says is one of them.
fn ends_the_section(part: &Part, first: usize) -> bool {
    part.kind == SectionKind::Recipients && first == 1
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignatureLine {
    Names,
    Roles,
    Both,
    Department,
    None,
}

fn classify(block: &Block, vocabulary: &Vocabulary) -> SignatureLine {
    if matches!(block.kind, BlockKind::Table(_) | BlockKind::ListItem(_))
        || block.lines.is_empty()
        || block.lines.len() > 4
    {
        return SignatureLine::None;
    }
    let spans: Vec<&str> = block.lines.iter().flat_map(|l| &l.spans).map(|s| s.text.as_str()).collect();
    let name = |t: &&str| person::looks_like_name(t, vocabulary) && !vocabulary.is_role(t);
    let role = |t: &&str| vocabulary.is_role(t);
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
    }) {
        SignatureLine::Department
    } else {
        SignatureLine::None
    }
}

/// "Anna Ek, förvaltningschef" on one line.
fn name_and_role(text: &str, vocabulary: &Vocabulary) -> bool {
    text.split_once(',').is_some_and(|(name, role)| {
        person::looks_like_name(name.trim(), vocabulary) && vocabulary.is_role(role.trim())
    })
}
