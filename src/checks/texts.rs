//! The texts of a paper's records with their places.

use crate::place::At;
use crate::records::paper::Paper;
use crate::records::section::Section;

/// Every section, subsections after the one they are in.
pub(super) fn sections(paper: &Paper) -> Vec<&Section> {
    fn walk<'a>(sections: &'a [Section], found: &mut Vec<&'a Section>) {
        for section in sections {
            found.push(section);
            walk(&section.sections, found);
        }
    }
    let mut found = Vec::new();
    walk(&paper.sections, &mut found);
    found
}

/// The sentences of a text; a point before a small letter or a digit ends none.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '\n')) {
        let end = at + mark.len_utf8();
        let rest = text[end..].trim_start();
        let parted = mark == '\n'
            || text[end..].starts_with(char::is_whitespace) && rest.starts_with(char::is_uppercase);
        if parted && end > start {
            found.push(text[start..end].trim());
            start = end;
        }
    }
    found.push(text[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Everything that a paper says, in the order of its fields: for checks that look for something anywhere.
pub(super) fn all(paper: &Paper) -> Vec<(&str, &At)> {
    let mut found: Vec<(&str, &At)> = Vec::new();
    for section in sections(paper) {
        found.extend(section.heading.iter().map(|heading| (heading.as_str(), &section.at)));
        found.push((&section.text, &section.at));
    }
    if let Some(proposal) = &paper.proposal {
        found.extend(proposal.items.iter().map(|item| (item.text.as_str(), &item.at)));
    }
    found.extend(paper.supporting_documents.iter().map(|document| (document.title.as_str(), &document.at)));
    found.extend(paper.agenda.iter().map(|item| (item.title.as_str(), &item.at)));
    for activity in &paper.activities {
        let Some(first) = activity.mentions.first() else { continue };
        found.extend(activity.title.iter().chain(&activity.narrative).map(|text| (text.as_str(), &first.at)));
        for mention in &activity.mentions {
            found.extend(mention.title.iter().map(|title| (title.as_str(), &mention.at)));
        }
    }
    for indicator in &paper.indicators {
        found.push((&indicator.name, &indicator.at));
        found.extend(indicator.comment.iter().map(|comment| (comment.as_str(), &indicator.at)));
    }
    found.extend(
        paper
            .charts
            .iter()
            .flat_map(|chart| chart.comment.iter().map(|comment| (comment.as_str(), &chart.at))),
    );
    found.extend(
        paper
            .key_figures
            .iter()
            .flat_map(|figure| figure.notes.iter().map(|note| (note.as_str(), &figure.at))),
    );
    for cell in paper.tables.iter().flat_map(|table| &table.rows).flatten() {
        found.push((&cell.text, &cell.at));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_before_capitals() {
        let text = "Läget per den 3. mars är gott. Arbetet pågår enl. plan! Slut\nNy rad.";
        assert_eq!(
            sentences(text),
            ["Läget per den 3. mars är gott.", "Arbetet pågår enl. plan!", "Slut", "Ny rad."]
        );
    }
}
