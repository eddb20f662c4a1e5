//! From outlines to records: each reader looks at the paper by itself, so they run side by side.

use std::borrow::Cow;

use super::activities::FollowUp;
use super::activity::Origin;
use super::chart::Chart;
use super::figures::Figures;
use super::noticed::Noticed;
use super::paper::{Municipality, Paper, PaperKind};
use super::particulars::{self, Particulars};
use super::period::Period;
use super::section::{self, SectionKind};
use super::table::Table;
use super::{
    activities, agenda_papers, attachment, chart, claim, date, figures, own_text, proposal, section_kinds,
    signatory, spread_cells,
};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::layout::{BlockKind, Layout};
use crate::place::At;
use crate::sections::tokens::{Token, TokenKind, read_line};
use crate::sections::{PaperOutline, Part, place_and_date};
use crate::vocabulary::{Label, Vocabulary, fold};

/// Read the records of all papers of a file, and what the checks need beside them.
#[must_use]
pub fn read_papers(
    outlines: &[PaperOutline],
    layout: &Layout,
    vocabulary: &Vocabulary,
    report: &mut Report,
) -> (Vec<Paper>, Vec<Noticed>) {
    let layout = &*spread_cells::gathered(layout, vocabulary);
    let municipality = find_municipality(outlines, layout, vocabulary);
    let mut papers: Vec<Paper> = Vec::with_capacity(outlines.len());
    let mut noticed: Vec<Noticed> = Vec::with_capacity(outlines.len());
    for (index, outline) in outlines.iter().enumerate() {
        let (paper, beside, findings) = read_paper(outline, layout, municipality.clone(), vocabulary);
        papers.push(paper);
        noticed.push(beside);
        let number = u32::try_from(index + 1).ok();
        report
            .diagnostics
            .extend(findings.diagnostics.into_iter().map(|d| Diagnostic { paper: number, ..d }));
    }
    infer_attachments(&mut papers, report);
    agenda_papers::tie(&mut papers);
    (papers, noticed)
}

fn read_paper(
    outline: &PaperOutline,
    layout: &Layout,
    municipality: Option<Municipality>,
    vocabulary: &Vocabulary,
) -> (Paper, Noticed, Report) {
    let parts = &outline.parts;
    let mut report = Report::default();
    let ((head, proposal), (documents, signatories)) = rayon::join(
        || rayon::join(|| particulars::read(&outline.head, vocabulary), || proposal::read(parts, vocabulary)),
        || {
            rayon::join(
                || proposal::read_supporting_documents(parts, vocabulary),
                || signatory::read(parts, vocabulary),
            )
        },
    );
    let printed = outline.title.as_ref().map(|t| t.text.clone());
    let (mut title, mut number) = match printed.as_deref().and_then(attachment::split) {
        Some((number, rest)) if !rest.is_empty() => (Some(rest.to_owned()), Some(number)),
        Some((number, _)) => (printed.clone(), Some(number)),
        None => (printed.clone(), None),
    };
    number = number.or(head.attachment_number);
    number = number.or_else(|| head.document_type.as_deref().and_then(attachment::number));
    title = title.map(|t| t.trim_end_matches([':', ' ']).to_owned()).filter(|t| !t.is_empty());
    if title.is_none() && matches!(head.kind, Some(PaperKind::Kallelse | PaperKind::Protokoll)) {
        title.clone_from(&head.document_type);
    }
    let has_empty_diarienummer_label = head.has_diarienummer_label && head.diarienummer.is_empty();
    let noticed = Noticed { has_empty_diarienummer_label, is_recognised: false };
    let Particulars {
        document_type,
        committee,
        department,
        diarienummer,
        date,
        meeting_date,
        decided_on,
        reporting_period,
        case_officers,
        kind: named_kind,
        ..
    } = head;
    let kind = kind_of(number, named_kind, proposal.is_some());
    let date = date.or_else(|| signing_date(parts, vocabulary));
    let committee = committee
        .or_else(|| labelled_committee(parts, vocabulary))
        .or_else(|| proposal.as_ref().and_then(|p| p.body.clone()))
        .or_else(|| title.as_deref().and_then(|title| last_committee(title, vocabulary)));
    let department = department.or_else(|| signing_department(parts, vocabulary));
    let mut proposal = proposal;
    if let Some(proposal) = &mut proposal
        && proposal.body.is_none()
    {
        proposal.body.clone_from(&committee);
    }
    // A report is decided on at its meeting; what else was decided on once may be a plan of long ago.
    let meeting_date = meeting_date
        .or_else(|| meeting_of(kind, date.as_deref(), parts))
        .or_else(|| decided_on.filter(|_| kind == PaperKind::Other));
    let year = own_year(date.as_deref(), meeting_date.as_deref(), reporting_period.as_ref());
    let calls = kind == PaperKind::Kallelse;
    let (figures, (follow_up, (charts, claims))) = rayon::join(
        || figures::read(outline, layout, calls, reporting_period.as_ref(), vocabulary),
        || {
            rayon::join(
                || activities::read(parts, layout, vocabulary, &mut report),
                || rayon::join(|| chart::read(parts, vocabulary), || claim::read(parts, year, vocabulary)),
            )
        },
    );
    let parts = &*with_reports(parts, &follow_up);
    let kinds = section_kinds::by_content(
        kind,
        parts,
        &follow_up.activities,
        &figures.indicators,
        &figures.key_figures,
        vocabulary,
    );
    let kept = own_text::without_records(
        &kinds,
        &places_of_records(&follow_up, &figures, &charts),
        &places_of_rows(&follow_up, &figures),
        vocabulary,
    );
    let paper = Paper {
        kind,
        document_type,
        attachment_number: number,
        title,
        municipality,
        committee,
        department,
        diarienummer,
        date,
        meeting_date,
        reporting_period,
        case_officers,
        signatories,
        proposal,
        sections: section::tree(&kept),
        supporting_documents: documents,
        status_legend: follow_up.legend,
        activities: follow_up.activities,
        indicators: figures.indicators,
        financial_tables: figures.financial_tables,
        key_figures: figures.key_figures,
        charts,
        claims,
        agenda: figures.agenda,
        tables: tables_of(parts, layout),
        at: outline.at.clone(),
    };
    figures.findings.into_iter().for_each(|(code, message, at)| report.add(code, None, at, message));
    (paper, noticed, report)
}

/// The parts, those that report on one thing of a table each marked as such.
fn with_reports<'p>(parts: &'p [Part], follow_up: &FollowUp) -> Cow<'p, [Part]> {
    if follow_up.reports.is_empty() {
        return Cow::Borrowed(parts);
    }
    let mut parts = parts.to_vec();
    for (index, head) in &follow_up.reports {
        parts[*index].entry = Some(head.clone());
        parts[*index].kind = SectionKind::Activities;
    }
    Cow::Owned(parts)
}

/// The year that a paper means by "i år".
fn own_year(date: Option<&str>, meeting_date: Option<&str>, period: Option<&Period>) -> Option<i32> {
    let day = date.or(meeting_date).or_else(|| period.and_then(|p| p.end.as_deref()))?;
    day.get(..4)?.parse().ok()
}

fn kind_of(attachment: Option<u32>, named: Option<PaperKind>, has_proposal: bool) -> PaperKind {
    match (attachment, named) {
        (Some(_), _) => PaperKind::Bilaga,
        (None, Some(PaperKind::Other)) | (None, None) if has_proposal => PaperKind::Tjansteskrivelse,
        (None, Some(kind)) => kind,
        (None, None) => PaperKind::Other,
    }
}

/// The meeting that minutes are of, and the one that a kallelse calls to.
fn meeting_of(kind: PaperKind, date: Option<&str>, parts: &[Part]) -> Option<String> {
    let dated = |words: &[&str]| {
        parts.iter().flat_map(|p| &p.blocks).take(12).find_map(|block| {
            let text = block.text.to_lowercase();
            let told = words.iter().any(|w| text.contains(w));
            told.then(|| date::find_dates(&block.text).into_iter().next().map(|(_, iso)| iso))?
        })
    };
    match kind {
        PaperKind::Protokoll => date.map(str::to_owned).or_else(|| dated(&["tid"])),
        PaperKind::Kallelse => dated(&["sammanträde", "möte"]),
        _ => None,
    }
}

/// The tables that stand in a paper, in reading order.
fn tables_of(parts: &[Part], layout: &Layout) -> Vec<Table> {
    let indices = parts.iter().flat_map(|p| &p.blocks).filter_map(|b| match b.kind {
        BlockKind::Table(index) => Some(index),
        _ => None,
    });
    indices.filter_map(|i| layout.tables.get(i).cloned()).collect()
}

/// The committee that a title names last: "Uppföljning av kommunfullmäktiges uppdrag till socialnämnden".
fn last_committee(title: &str, vocabulary: &Vocabulary) -> Option<String> {
    let mut rest = title;
    let mut last = None;
    while let Some(found) = vocabulary.find_organ(rest) {
        rest = &rest[found.range.end..];
        last = found.name.or(last);
    }
    last
}

/// "Nämnd: Arbetsmarknadsnämnden" under the title of a form that has no head.
fn labelled_committee(parts: &[Part], vocabulary: &Vocabulary) -> Option<String> {
    let opening = parts.iter().take(2).flat_map(|p| p.blocks.iter().take(6)).flat_map(|b| &b.lines).take(12);
    opening.map(|line| read_line(line, vocabulary)).find_map(|tokens| match tokens.as_slice() {
        [
            Token { kind: TokenKind::Label(Label::Committee), .. },
            Token { kind: TokenKind::Organ(name), .. },
            ..,
        ] => Some(name.clone()),
        _ => None,
    })
}

/// The date above the signatures: "Göteborg den 8 april 2025".
fn signing_date(parts: &[Part], vocabulary: &Vocabulary) -> Option<String> {
    let mut signed = parts.iter().filter(|p| p.kind == SectionKind::Signatures && p.heading.is_none());
    signed.find_map(|p| place_and_date(&p.blocks.first()?.text, vocabulary))
}

/// The department in the signature block.
fn signing_department(parts: &[Part], vocabulary: &Vocabulary) -> Option<String> {
    let signed = parts.iter().filter(|p| p.kind == SectionKind::Signatures);
    signed.flat_map(|p| &p.blocks).flat_map(|b| &b.lines).find_map(|line| {
        read_line(line, vocabulary).into_iter().find_map(|t| match t.kind {
            TokenKind::Department(name) => Some(name),
            _ => None,
        })
    })
}

/// The places of records that are made of running text: what sections leave out.
fn places_of_records<'a>(follow_up: &'a FollowUp, figures: &'a Figures, charts: &'a [Chart]) -> Vec<&'a At> {
    let legend = follow_up.legend.iter().map(|e| &e.at);
    let key_figures = figures.key_figures.iter().map(|k| &k.at);
    let mentions = follow_up.activities.iter().flat_map(|a| &a.mentions);
    let reports = mentions.filter(|m| m.origin == Origin::Section).map(|m| &m.at);
    legend.chain(reports).chain(key_figures).chain(charts.iter().map(|c| &c.at)).collect()
}

/// The places of rows: of what is followed up, and of indicators.
fn places_of_rows<'a>(follow_up: &'a FollowUp, figures: &'a Figures) -> Vec<&'a At> {
    let mentions = follow_up.activities.iter().flat_map(|a| &a.mentions);
    let rows = mentions.filter(|m| m.origin == Origin::Table).map(|m| &m.at);
    rows.chain(figures.indicators.iter().map(|i| &i.at)).collect()
}

/// The municipality that the file names; it holds for all its papers. What heads and feet name weighs more than what
/// the text does, and a municipality more than a region, which papers name as a neighbour.
fn find_municipality(
    outlines: &[PaperOutline],
    layout: &Layout,
    vocabulary: &Vocabulary,
) -> Option<Municipality> {
    let mut weights: Vec<(Municipality, usize)> = Vec::new();
    let add = |weights: &mut Vec<(Municipality, usize)>, text: &str, weight: usize| {
        for (_, found) in vocabulary.find_municipalities(text) {
            let is_region = found.code.len() == 2;
            let weight = if is_region && weight == 1 { 0 } else { weight };
            match weights.iter_mut().find(|(m, _)| *m == found) {
                Some((_, sum)) => *sum += weight,
                None => weights.push((found, weight)),
            }
        }
    };
    let heads = outlines.iter().flat_map(|o| &o.head).chain(&layout.furniture);
    heads.for_each(|l| add(&mut weights, &l.text(), 1000));
    if weights.len() != 1 {
        outlines.iter().filter_map(|o| o.title.as_ref()).for_each(|t| add(&mut weights, &t.text, 10));
        layout.blocks.iter().for_each(|b| add(&mut weights, &b.text, 1));
    }
    // The first named wins a tie.
    let most = weights.iter().map(|(_, weight)| *weight).max()?;
    weights.into_iter().find(|(_, weight)| *weight == most).map(|(m, _)| m)
}

/// An appendix without a number of its own gets it by order from the list of supporting documents.
fn infer_attachments(papers: &mut [Paper], report: &mut Report) {
    let mut announced: Vec<u32> = Vec::new();
    let mut listed: Vec<(String, Option<u32>)> = Vec::new();
    for (index, paper) in papers.iter_mut().enumerate() {
        if !paper.supporting_documents.is_empty() {
            announced = paper.supporting_documents.iter().filter_map(|d| d.attachment_number).collect();
            let unnumbered = paper.supporting_documents.iter().filter(|d| d.attachment_number.is_none());
            // "Bilaga, Karta" is an appendix as well; where none of them has a number their order gives it.
            let mut order = 0;
            let mut number_of = |title: &str| {
                let counts = announced.is_empty() && attachment::unnumbered(title).is_some();
                order += u32::from(counts);
                counts.then_some(order)
            };
            listed = unnumbered.map(|d| (d.title.clone(), number_of(&d.title))).collect();
            continue;
        }
        let is_own_paper =
            paper.proposal.is_some() || matches!(paper.kind, PaperKind::Kallelse | PaperKind::Protokoll);
        if is_own_paper {
            announced.clear();
            listed.clear();
            continue;
        }
        if let Some(number) = paper.attachment_number {
            announced.retain(|n| *n != number);
            continue;
        }
        let in_list = listed.iter().position(|(title, _)| is_title_of(title, paper.title.as_deref()));
        let number = match in_list {
            Some(at) => listed.remove(at).1,
            None if announced.is_empty() => continue,
            None => Some(announced.remove(0)),
        };
        paper.kind = PaperKind::Bilaga;
        paper.attachment_number = number;
        if let Some(number) = number {
            let name = paper.title.clone().unwrap_or_default();
            let at: At = paper.at.first().copied().into_iter().collect();
            report.add(
                Code::AttachmentNumberInferred,
                u32::try_from(index + 1).ok(),
                at,
                format!("'{name}' does not state its attachment number; {number} follows from the list of supporting documents"),
            );
        }
    }
}

/// Whether a list's entry names the paper with this title: all words of the title stand in it.
fn is_title_of(entry: &str, title: Option<&str>) -> bool {
    let entry = fold(entry);
    let title = title.map(fold).unwrap_or_default();
    let words: Vec<&str> = title.split_whitespace().collect();
    words.len() >= 2 && words.iter().all(|w| entry.split(' ').any(|e| e.trim_matches([',', '.', ':']) == *w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_may_name_the_committee() {
        for (title, committee) in [
            (
                "Uppföljning av kommunfullmäktiges uppdrag till socialnämnden, tertial 2",
                Some("Socialnämnden"),
            ),
            ("Årsrapport 2024 för socialnämnden", Some("Socialnämnden")),
            ("Nämndens årsredovisning 2024", None),
            ("Taxa för torghandel", None),
        ] {
            assert_eq!(last_committee(title, Vocabulary::builtin()).as_deref(), committee, "{title}");
        }
    }
}
