//! What the catalogue holds of a document, so that it can be counted and found without opening it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Severity};
use crate::place::{At, Place};
use crate::records::diarienummer::Diarienummer;
use crate::records::document::{Document, TextLayer};
use crate::records::paper::Paper;
use crate::records::section::Section;

/// What the catalogue holds of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The content's SHA-256.
    pub hash: String,
    /// The name it was read under.
    pub name: String,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// `application/pdf` and the like.
    pub media_type: String,
    /// `native`, `ocr`, `mixed` or `none`.
    pub text_layer: String,
    /// Number of pages, where the file has pages.
    pub pages: Option<u32>,
    /// How many pages gave no text.
    pub pages_without_text: u32,
    /// Whether character recognition did not work on a page, for a reason that lies in the program.
    pub recognition_failed: bool,
    /// Its papers.
    pub papers: Vec<PaperEntry>,
    /// How often each code was reported.
    pub findings: Vec<(String, String, u64)>,
    /// The texts to search.
    pub passages: Vec<Passage>,
}

/// What the catalogue holds of a paper.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PaperEntry {
    /// `tjansteskrivelse` and the like.
    pub kind: String,
    /// Its title.
    pub title: Option<String>,
    /// The committee.
    pub committee: Option<String>,
    /// The municipality's name.
    pub municipality: Option<String>,
    /// The paper's date.
    pub date: Option<String>,
    /// The meeting's date.
    pub meeting_date: Option<String>,
    /// Its first page.
    pub page: Option<u32>,
    /// Its registration numbers.
    pub diarienummer: Vec<Diarienummer>,
    /// How many activities have each status.
    pub statuses: Vec<(String, u64)>,
}

/// A stretch of text to search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The paper, from 1.
    pub paper: u32,
    /// The page it begins on.
    pub page: Option<u32>,
    /// The text.
    pub text: String,
}

impl Entry {
    /// Take a document's entry.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let source = &document.source;
        let mut findings: BTreeMap<(Code, Severity), u64> = BTreeMap::new();
        for diagnostic in &document.diagnostics {
            *findings.entry((diagnostic.code, diagnostic.severity)).or_default() += 1;
        }
        let unreadable = document.diagnostics.iter().filter(|d| d.code == Code::UnreadablePage).count();
        let pages_without_text = match source.text_layer {
            TextLayer::None => source.pages.unwrap_or(0),
            _ => u32::try_from(unreadable).unwrap_or(u32::MAX),
        };
        let mut passages = Vec::new();
        for (number, paper) in (1..).zip(&document.papers) {
            Passages { paper: number, found: &mut passages, fallback: first_page(&paper.at) }.read(paper);
        }
        Self {
            hash: source.sha256.clone(),
            name: source.name.clone(),
            bytes: source.bytes,
            media_type: name_of(&source.media_type),
            text_layer: name_of(&source.text_layer),
            pages: source.pages,
            pages_without_text,
            recognition_failed: false,
            papers: document.papers.iter().map(PaperEntry::of).collect(),
            findings: findings
                .into_iter()
                .map(|((code, severity), count)| (code.to_string(), severity.to_string(), count))
                .collect(),
            passages,
        }
    }
}

impl PaperEntry {
    fn of(paper: &Paper) -> Self {
        let mut statuses: BTreeMap<String, u64> = BTreeMap::new();
        for status in paper.activities.iter().filter_map(|a| a.status.as_ref()) {
            *statuses.entry(name_of(&status.code)).or_default() += 1;
        }
        let mut diarienummer = paper.diarienummer.clone();
        // A meeting's own list names the matters too: who looks for a matter wants to find the meeting.
        for item in paper.agenda.iter().filter_map(|item| item.diarienummer.clone()) {
            if !diarienummer.contains(&item) {
                diarienummer.push(item);
            }
        }
        Self {
            kind: name_of(&paper.kind),
            title: paper.title.clone().or_else(|| paper.document_type.clone()),
            committee: paper.committee.clone(),
            municipality: paper.municipality.as_ref().map(|m| m.name.clone()),
            date: paper.date.clone(),
            meeting_date: paper.meeting_date.clone(),
            page: first_page(&paper.at),
            diarienummer,
            statuses: statuses.into_iter().collect(),
        }
    }
}

/// Gathers a paper's passages in reading order.
struct Passages<'a> {
    paper: u32,
    found: &'a mut Vec<Passage>,
    fallback: Option<u32>,
}

impl Passages<'_> {
    fn read(&mut self, paper: &Paper) {
        let head = [
            paper.document_type.as_deref(),
            paper.title.as_deref(),
            paper.committee.as_deref(),
            paper.department.as_deref(),
        ];
        let numbers = paper.diarienummer.iter().map(|d| d.raw.as_str());
        let people = paper.case_officers.iter().map(String::as_str);
        let signatories = paper.signatories.iter().map(|s| s.name.as_str());
        let head: Vec<&str> =
            head.into_iter().flatten().chain(numbers).chain(people).chain(signatories).collect();
        self.add(self.fallback, &head);
        if let Some(proposal) = &paper.proposal {
            for item in &proposal.items {
                self.add(page_of(&item.at), &[&item.text]);
            }
        }
        self.sections(&paper.sections);
        for item in &paper.agenda {
            let number = item.diarienummer.as_ref().map_or("", |d| d.raw.as_str());
            self.add(page_of(&item.at), &[&item.title, number, item.proposal.as_deref().unwrap_or("")]);
        }
        for activity in &paper.activities {
            let page = activity.mentions.iter().find_map(|m| page_of(&m.at));
            let title = activity.title.as_deref().unwrap_or("");
            let status = activity.status.as_ref().map_or("", |s| s.raw.as_str());
            self.add(page, &[title, status, activity.narrative.as_deref().unwrap_or("")]);
        }
        for chart in &paper.charts {
            self.add(page_of(&chart.at), &[&chart.caption, chart.comment.as_deref().unwrap_or("")]);
        }
        for figure in &paper.key_figures {
            let lines = figure.lines.iter().map(|l| l.label.as_str());
            let notes = figure.notes.iter().map(String::as_str);
            let words: Vec<&str> = [figure.name.as_str()].into_iter().chain(lines).chain(notes).collect();
            self.add(page_of(&figure.at), &words);
        }
        for table in &paper.tables {
            self.add(table.at.first().and_then(Place::page), &[table.caption.as_deref().unwrap_or("")]);
            for row in &table.rows {
                let page = row
                    .iter()
                    .find_map(|cell| page_of(&cell.at))
                    .or_else(|| table.at.first().and_then(Place::page));
                let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                self.add(page, &cells);
            }
        }
    }

    fn sections(&mut self, sections: &[Section]) {
        for section in sections {
            self.add(page_of(&section.at), &[section.heading.as_deref().unwrap_or(""), &section.text]);
            self.sections(&section.sections);
        }
    }

    fn add(&mut self, page: Option<u32>, parts: &[&str]) {
        let parts: Vec<&str> = parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect();
        if parts.iter().any(|p| p.chars().any(char::is_alphanumeric)) {
            let page = page.or(self.fallback);
            self.found.push(Passage { paper: self.paper, page, text: parts.join("\n") });
        }
    }
}

fn page_of(at: &At) -> Option<u32> {
    at.first().and_then(Place::page)
}

fn first_page(places: &[Place]) -> Option<u32> {
    places.iter().find_map(Place::page)
}

/// A code as JSON writes it.
fn name_of(code: &impl Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// A registration number in a form that can be compared: capitals, and one hyphen for whatever parts its parts.
#[must_use]
pub fn diarienummer_key(raw: &str) -> String {
    let mut key = String::new();
    for ch in raw.chars().flat_map(char::to_uppercase) {
        if ch.is_alphanumeric() || ch == '*' || ch == '?' {
            key.push(ch);
        } else if !key.is_empty() && !key.ends_with('-') {
            key.push('-');
        }
    }
    key.truncate(key.trim_end_matches('-').len());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registration_numbers_compare_however_they_are_parted() {
        assert_eq!(diarienummer_key("KS-2024-00099"), "KS-2024-00099");
        assert_eq!(diarienummer_key("ks 2024/00099"), "KS-2024-00099");
        assert_eq!(diarienummer_key("Dnr: 2024–12"), "DNR-2024-12");
        assert_eq!(diarienummer_key("ÖN-2024-*"), "ÖN-2024-*");
    }
}
