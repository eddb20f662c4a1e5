//! `check`: what someone should look at before the meeting.

use std::io::{self, Write};

use serde::Serialize;
use skrivelse::diagnostic::{Diagnostic, Severity};
use skrivelse::output::json::{Layout, write};
use skrivelse::records::document::Document;
use skrivelse::records::paper::{Paper, PaperKind};

use super::args::{CheckArgs, Format};
use super::config::Config;
use super::console::{Console, count};
use super::input::Input;
use super::{Outcome, Result, batch, findings};

/// What is kept of a document: what its papers are called, and the findings.
#[derive(Serialize)]
struct Checked {
    source: String,
    papers: Vec<String>,
    diagnostics: Vec<Diagnostic>,
    /// Whether no paper has anything of a head, so that most checks had nothing to look at.
    #[serde(skip)]
    is_headless: bool,
}

pub(crate) fn run(args: &CheckArgs, console: &Console) -> Result {
    let config = Config::new(&args.reading)?;
    let inputs = Input::all(&args.files)?;
    let mut stdout = anstream::stdout().lock();
    let mut outcome = Outcome::Fine;
    let mut tally = Tally::default();
    batch::each(
        &inputs,
        &config,
        |_, document| Checked::new(document),
        |index, result| {
            let input = &inputs[index];
            match result {
                Ok(checked) => {
                    match args.format {
                        Format::Text => write_text(input, &checked, &mut stdout)?,
                        Format::Json => write(&checked, Layout::Compact, &mut stdout)?,
                    }
                    stdout.flush()?;
                    tally.add(&checked);
                }
                Err(error) => {
                    console.error(&format!("{input} cannot be read: {error}"));
                    outcome = Outcome::Trouble;
                }
            }
            Ok(())
        },
    )?;
    if tally.papers > 0 {
        console.note(&tally.words());
    }
    let found = if tally.needs_a_look() { Outcome::Findings } else { Outcome::Fine };
    Ok(outcome.max(found))
}

impl Checked {
    fn new(document: Document) -> Self {
        Self {
            source: document.source.name,
            papers: document.papers.iter().map(paper_name).collect(),
            is_headless: !document.papers.iter().any(has_head),
            diagnostics: document.diagnostics,
        }
    }

    fn of_paper(&self, number: Option<u32>) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(move |finding| finding.paper == number)
    }
}

/// Whether a paper's head was recognised, or any part of it.
fn has_head(paper: &Paper) -> bool {
    paper.kind != PaperKind::Other
        || paper.document_type.is_some()
        || paper.committee.is_some()
        || !paper.diarienummer.is_empty()
}

/// What a clerk would call the paper.
fn paper_name(paper: &Paper) -> String {
    let kind = match paper.kind {
        PaperKind::Tjansteskrivelse => "tjänsteskrivelse",
        PaperKind::Bilaga => "bilaga",
        PaperKind::Protokoll => "protokoll",
        PaperKind::Kallelse => "kallelse",
        PaperKind::Other => "paper",
    };
    let number = paper.attachment_number.map(|number| format!(" {number}")).unwrap_or_default();
    let title = paper.title.as_ref().map(|title| format!(" \"{title}\"")).unwrap_or_default();
    let registered =
        paper.diarienummer.first().map(|number| format!(" ({})", number.raw)).unwrap_or_default();
    format!("{kind}{number}{title}{registered}")
}

/// The file's own findings first, then each paper's under its name. A paper without findings is not named.
fn write_text(input: &Input, checked: &Checked, out: &mut impl Write) -> io::Result<()> {
    if checked.papers.is_empty() {
        writeln!(out, "{input}: no paper was found in it")?;
    } else if checked.diagnostics.is_empty() {
        let but =
            if checked.is_headless { "; no head of a committee's paper was recognised in it" } else { "" };
        return writeln!(out, "{input}: no findings{but}");
    } else {
        writeln!(out, "{input}")?;
    }
    for finding in checked.of_paper(None) {
        findings::write(finding, "  ", out)?;
    }
    for (number, name) in (1..).zip(&checked.papers) {
        let mut named = false;
        for finding in checked.of_paper(Some(number)) {
            if !named {
                writeln!(out, "  {name}")?;
                named = true;
            }
            findings::write(finding, "    ", out)?;
        }
    }
    Ok(())
}

/// How much was found.
#[derive(Default)]
struct Tally {
    papers: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    files_without_papers: usize,
}

impl Tally {
    fn add(&mut self, checked: &Checked) {
        let of = |severity| checked.diagnostics.iter().filter(|finding| finding.severity == severity).count();
        self.papers += checked.papers.len();
        self.errors += of(Severity::Error);
        self.warnings += of(Severity::Warning);
        self.infos += of(Severity::Info);
        self.files_without_papers += usize::from(checked.papers.is_empty());
    }

    /// A file in which nothing was recognised has not been checked, and silence would say that it had.
    fn needs_a_look(&self) -> bool {
        self.errors + self.warnings + self.files_without_papers > 0
    }

    fn words(&self) -> String {
        let found = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "note")];
        let found: Vec<String> = found
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, thing)| count(*number, thing))
            .collect();
        let found = if found.is_empty() { "no findings".to_owned() } else { found.join(", ") };
        format!("{} checked: {found}", count(self.papers, "paper"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked() -> Checked {
        let document = include_str!("../../tests/data/full-document.json");
        Checked::new(serde_json::from_str(document).unwrap())
    }

    fn text(checked: &Checked) -> String {
        let input = Input::new(std::path::Path::new("arkiv/plan.pdf"));
        let mut bytes = Vec::new();
        write_text(&input, checked, &mut anstream::StripStream::new(&mut bytes)).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn findings_stand_under_their_paper() {
        assert_eq!(
            text(&checked()),
            "arkiv/plan.pdf\n  tjänsteskrivelse 1 \"Uppföljning av planen\" (AMN-2025-00123)\n    \
             warning[count-mismatch]: the text says 18, the table shows 17\n      at page 1\n"
        );
    }

    #[test]
    fn a_file_without_papers_needs_a_look_and_one_without_findings_does_not() {
        let mut silent = checked();
        silent.diagnostics.clear();
        let mut tally = Tally::default();
        tally.add(&silent);
        assert!(!tally.needs_a_look());
        assert_eq!(tally.words(), "1 paper checked: no findings");
        assert_eq!(text(&silent), "arkiv/plan.pdf: no findings\n");
        silent.papers.clear();
        tally.add(&silent);
        assert!(tally.needs_a_look());
        assert_eq!(text(&silent), "arkiv/plan.pdf: no paper was found in it\n");
    }
}
