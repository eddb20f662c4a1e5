//! Who has signed: names and their roles, side by side or under one another.

use super::paper::Signatory;
use super::person;
use super::section::SectionKind;
use crate::layout::Span;
use crate::sections::Part;
use crate::vocabulary::Vocabulary;

/// How far apart a name and the role under it may begin, in points.
const SAME_COLUMN: f32 = 30.0;

/// Read the signatories of a paper from its signature parts.
#[must_use]
pub fn read(parts: &[Part], vocabulary: &Vocabulary) -> Vec<Signatory> {
    let mut found = Vec::new();
    for part in parts.iter().filter(|p| p.kind == SectionKind::Signatures) {
        let printed = part.blocks.iter().flat_map(|b| &b.lines).flat_map(|l| &l.spans);
        // One role for two names, where the space between their columns is lost.
        let spans: Vec<Span> = printed
            .flat_map(|span| match vocabulary.role_twice(&span.text) {
                Some(role) => vec![Span { text: role.to_owned(), ..span.clone() }; 2],
                None => vec![span.clone()],
            })
            .collect();
        // "Anna Ek, enhetschef" ends like a role and is a name with one.
        let is_role = |s: &Span| vocabulary.is_role(&s.text) && !starts_with_name(&s.text, vocabulary);
        let mut roles: Vec<Option<&Span>> = spans.iter().map(|s| is_role(s).then_some(s)).collect();
        for span in spans.iter().filter(|s| !is_role(s)) {
            if let Some((name, role)) = span.text.split_once(',')
                && person::looks_like_name(name.trim(), vocabulary)
                && vocabulary.is_role(role.trim())
            {
                found.push(Signatory { name: name.trim().to_owned(), role: Some(role.trim().to_owned()) });
                continue;
            }
            if !person::looks_like_name(&span.text, vocabulary) {
                continue;
            }
            let below = |role: &Span| {
                let dy = role.bbox.y0 - span.bbox.y0;
                (dy > 1.0 && dy < 60.0 && (role.bbox.x0 - span.bbox.x0).abs() < SAME_COLUMN).then_some(dy)
            };
            let nearest = roles
                .iter()
                .enumerate()
                .filter_map(|(i, role)| Some((i, below(role.as_ref()?)?)))
                .min_by(|a, b| a.1.total_cmp(&b.1))
                .map(|(i, _)| i);
            // Where columns are lost, the next free role in reading order.
            let role = nearest.or_else(|| roles.iter().position(Option::is_some));
            let role = role.and_then(|i| roles[i].take()).map(|s| s.text.clone());
            found.push(Signatory { name: span.text.clone(), role });
        }
    }
    found
}

fn starts_with_name(text: &str, vocabulary: &Vocabulary) -> bool {
    text.split_once(',').is_some_and(|(name, _)| person::looks_like_name(name.trim(), vocabulary))
}
