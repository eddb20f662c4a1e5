//! Which papers of a packet belong to which item of its agenda.
//!
//! In go the papers of a file, out come the agenda's items with the numbers of theirs. A paper is an item's when it has
//! the item's registration number, or its title; its appendices are those that follow it. Where two items claim the same
//! paper by its number, as when a matter is taken up twice, the title decides, and where that cannot the paper is left.

use super::agenda::AgendaItem;
use super::paper::{Paper, PaperKind};
use crate::vocabulary::fold;

/// Tie the items of every agenda in a file to the papers that follow it.
pub(crate) fn tie(papers: &mut [Paper]) {
    for at in 0..papers.len() {
        let (before, after) = papers.split_at_mut(at + 1);
        let agenda = &mut before[at].agenda;
        if agenda.is_empty() {
            continue;
        }
        // A packet with two meetings has two agendas, each with its own papers.
        let until = after.iter().position(|paper| !paper.agenda.is_empty()).unwrap_or(after.len());
        let mut owner: Option<usize> = None;
        for (offset, paper) in after[..until].iter().enumerate() {
            if paper.kind != PaperKind::Bilaga || of_number(agenda, paper).len() == 1 {
                owner = owner_of(agenda, paper);
            }
            let number = u32::try_from(at + offset + 2).unwrap_or(u32::MAX);
            if let Some(item) = owner.and_then(|index| agenda.get_mut(index)) {
                item.papers.push(number);
            }
        }
    }
}

/// The item that a paper belongs to, as an index.
fn owner_of(agenda: &[AgendaItem], paper: &Paper) -> Option<usize> {
    let title = paper.title.as_deref().map(fold);
    let has_title = |index: &usize| title.as_ref().is_some_and(|title| fold(&agenda[*index].title) == *title);
    let by_number = of_number(agenda, paper);
    let only = |found: Vec<usize>| if let [one] = found[..] { Some(one) } else { None };
    if by_number.len() > 1 {
        return only(by_number.into_iter().filter(has_title).collect());
    }
    only(by_number).or_else(|| {
        let unnumbered =
            |index: &usize| paper.diarienummer.is_empty() || agenda[*index].diarienummer.is_none();
        only((0..agenda.len()).filter(unnumbered).filter(has_title).collect())
    })
}

/// The items with one of a paper's registration numbers.
fn of_number(agenda: &[AgendaItem], paper: &Paper) -> Vec<usize> {
    let same = |item: &AgendaItem| {
        item.diarienummer.as_ref().is_some_and(|number| {
            paper.diarienummer.iter().any(|own| {
                own.raw == number.raw
                    || (own.serial.is_some()
                        && (&own.registry, own.year, own.serial)
                            == (&number.registry, number.year, number.serial))
            })
        })
    };
    (0..agenda.len()).filter(|index| same(&agenda[*index])).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn paper(fields: Value) -> Paper {
        let mut paper = json!({
            "kind": "other", "diarienummer": [], "case_officers": [], "signatories": [], "sections": [],
            "supporting_documents": [], "status_legend": [], "activities": [], "indicators": [], "financial_tables": [],
            "key_figures": [], "charts": [], "claims": [], "agenda": [], "tables": [], "at": []
        });
        paper.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        serde_json::from_value(paper).unwrap()
    }

    fn number(serial: u32) -> Value {
        json!({"raw": format!("KS-2031-{serial:05}"), "registry": "KS", "year": 2031, "serial": serial})
    }

    fn item(title: &str, serial: Option<u32>) -> Value {
        json!({"number": null, "title": title, "diarienummer": serial.map(number), "proposal": null, "at": []})
    }

    fn tied(agenda: &[Value], papers: &[(&str, &str, Option<u32>)]) -> Vec<Vec<u32>> {
        let mut all = vec![paper(json!({"kind": "kallelse", "agenda": agenda}))];
        all.extend(papers.iter().map(|(kind, title, serial)| {
            let numbers: Vec<Value> = serial.map(number).into_iter().collect();
            paper(json!({"kind": kind, "title": title, "diarienummer": numbers}))
        }));
        tie(&mut all);
        all[0].agenda.iter().map(|item| item.papers.clone()).collect()
    }

    #[test]
    fn papers_belong_by_number_or_title_and_appendices_to_what_they_follow() {
        let agenda =
            [item("Upprop", None), item("Parker", Some(7)), item("Badhus", Some(8)), item("Gator", None)];
        let papers = [
            ("tjansteskrivelse", "Skötsel av parker", Some(7)),
            ("bilaga", "Karta", None),
            ("tjansteskrivelse", "Gator", Some(31)),
            ("tjansteskrivelse", "Torg", Some(32)),
            ("bilaga", "Ritning", None),
            ("bilaga", "Priser", Some(8)),
        ];
        assert_eq!(tied(&agenda, &papers), [vec![], vec![2, 3], vec![7], vec![4]]);
    }

    #[test]
    fn a_matter_that_is_taken_up_twice_is_told_apart_by_its_titles() {
        let agenda = [item("Parker, samråd", Some(7)), item("Parker, antagande", Some(7))];
        let papers =
            [("tjansteskrivelse", "Parker, antagande", Some(7)), ("tjansteskrivelse", "Parker", Some(7))];
        assert_eq!(tied(&agenda, &papers), [vec![], vec![2]]);
    }
}
