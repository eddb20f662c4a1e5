//! The proposal (förslag till beslut) and the documents it rests on (beslutsunderlag).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::attachment;
use super::date;
use super::section::SectionKind;
use crate::layout::{Block, BlockKind};
use crate::place::At;
use crate::sections::Part;
use crate::vocabulary::{NumberWord, Vocabulary};

/// Most words that say that there is no document: "Inga ytterligare bilagor".
const WORDS_FOR_NONE: usize = 3;

/// Förslag till beslut.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// Who decides, in the nominative; `null` when the paper does not say.
    pub body: Option<String>,
    /// What is to be decided, one by one.
    pub items: Vec<ProposalItem>,
    /// Where the proposal stands.
    pub at: At,
}

/// One thing to be decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposalItem {
    /// The printed number; letters count from a = 1; `null` for bullets and plain sentences.
    pub number: Option<u32>,
    /// The item's text; "att" and a closing ", samt" are kept.
    pub text: String,
    /// Where it stands.
    pub at: At,
}

/// A document that the decision rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportingDocument {
    /// The document as the list names it.
    pub title: String,
    /// 1 for "Bilaga 1".
    pub attachment_number: Option<u32>,
    /// The date that the list gives it, ISO 8601.
    #[schemars(regex(pattern = super::DATE_PATTERN))]
    pub date: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// Read the proposal of a paper from its proposal parts.
#[must_use]
pub fn read(parts: &[Part], vocabulary: &Vocabulary) -> Option<Proposal> {
    let own = proposal_parts(parts);
    if own.is_empty() {
        return unheaded(parts, vocabulary);
    }
    let mut proposal = Proposal { body: None, items: Vec::new(), at: At::default() };
    let mut is_led_in = false;
    for part in &own {
        proposal.at.extend(&part.at());
        let named = part.heading.as_ref().and_then(|h| vocabulary.find_organ(&h.text)).and_then(|o| o.name);
        if let (None, Some(name)) = (&proposal.body, named) {
            proposal.body = Some(name);
        }
        for block in &part.blocks {
            is_led_in |= read_block(block, &mut proposal, is_led_in, vocabulary);
        }
    }
    if proposal.body.is_none() {
        // "Nämnden för Teknik antar taxan": who acts in the first item decides.
        let first = proposal.items.first().and_then(|item| vocabulary.find_organ(&item.text));
        proposal.body = first.filter(|found| found.range.start == 0).and_then(|found| found.name);
    }
    (!proposal.items.is_empty() || proposal.body.is_some()).then_some(proposal)
}

/// A proposal without a heading of its own: "Presidiet föreslår att fullmäktige beslutar:" and a list.
fn unheaded(parts: &[Part], vocabulary: &Vocabulary) -> Option<Proposal> {
    for part in parts.iter().filter(|p| matches!(p.kind, SectionKind::Other | SectionKind::Matter)) {
        for (index, lead) in part.blocks.iter().enumerate() {
            let leads = matches!(lead.kind, BlockKind::Paragraph) && lead.text.trim_end().ends_with(':');
            let Some(decision) = vocabulary.decision(&lead.text).filter(|_| leads) else { continue };
            let items =
                part.blocks[index + 1..].iter().take_while(|b| matches!(b.kind, BlockKind::ListItem(_)));
            let mut proposal = Proposal { body: decision.body, items: Vec::new(), at: lead.at.clone() };
            for item in items {
                proposal.at.extend(&item.at);
                read_block(item, &mut proposal, true, vocabulary);
            }
            if !proposal.items.is_empty() {
                return Some(proposal);
            }
        }
    }
    None
}

/// The first part that is a proposal, and those below it.
fn proposal_parts(parts: &[Part]) -> Vec<&Part> {
    let Some(start) = parts.iter().position(|p| p.kind == SectionKind::Proposal) else { return Vec::new() };
    let level = parts[start].level;
    let below = parts[start + 1..]
        .iter()
        .take_while(|p| p.kind == SectionKind::Proposal || (p.level > level && p.heading.is_some()));
    std::iter::once(&parts[start]).chain(below).collect()
}

/// Read a block of the proposal. Out comes whether it leads in what follows, which is then said in full: "Nämnden
/// beslutar att …" has "att …" for its item only where it leads itself in.
fn read_block(block: &Block, proposal: &mut Proposal, is_led_in: bool, vocabulary: &Vocabulary) -> bool {
    let text = block.text.trim();
    if text.is_empty() {
        return false;
    }
    // An empty line in the middle of a sentence: "… gemensam nämnd för" / "hemsjukvård och hjälpmedel."
    if let Some(last) = proposal.items.last_mut()
        && matches!(block.kind, BlockKind::Paragraph)
        && goes_on(&last.text, text)
    {
        last.text = format!("{} {text}", last.text);
        last.at.extend(&block.at);
        return false;
    }
    if let (true, Some(last)) =
        (text.trim_end_matches([',', ':']).eq_ignore_ascii_case("samt"), proposal.items.last_mut())
    {
        last.text.push_str(" samt");
        last.at.extend(&block.at);
        return false;
    }
    let decision = vocabulary.decision(text);
    if let Some(decision) = &decision {
        // Later items may hand on to other bodies.
        if proposal.body.is_none() && proposal.items.is_empty() {
            proposal.body.clone_from(&decision.body);
        }
        let rest = text[decision.rest_start.min(text.len())..].trim();
        let rest = rest.trim_start_matches([':', ',', ' ']);
        let leads_in = rest.is_empty()
            || rest.trim_end_matches(['.', ':']).eq_ignore_ascii_case("följande")
            || rest.eq_ignore_ascii_case("att");
        if leads_in && matches!(block.kind, BlockKind::Paragraph) {
            return true;
        }
        if rest.starts_with("att ") && matches!(block.kind, BlockKind::Paragraph) && !is_led_in {
            push(proposal, None, rest, block);
            return false;
        }
    }
    let leads_in = || text.ends_with(':') && text.chars().count() < 120 || is_where(text, vocabulary);
    if matches!(block.kind, BlockKind::Paragraph) && leads_in() {
        if proposal.body.is_none() {
            proposal.body = vocabulary.organ(text);
        }
        return true;
    }
    match &block.kind {
        BlockKind::ListItem(mark) => push(proposal, mark_number(mark), text, block),
        _ => decisions_in(block, vocabulary).into_iter().for_each(|text| push(proposal, None, text, block)),
    }
    false
}

/// Whether a text only says which committee decides: "I grundskolenämnden,".
fn is_where(text: &str, vocabulary: &Vocabulary) -> bool {
    let text = text.trim_end_matches([',', ':']);
    let named = vocabulary.find_organ(text).filter(|found| found.name.is_some());
    named.is_some_and(|found| {
        let before = &text[..found.range.start];
        found.range.end == text.len()
            && before.split_whitespace().all(|word| vocabulary.linking_words.whole(word).is_some())
            && before.split_whitespace().count() <= 1
    })
}

/// The decisions of a paragraph: one, or where each begins on a line of its own with who decides, several.
fn decisions_in<'b>(block: &'b Block, vocabulary: &Vocabulary) -> Vec<&'b str> {
    let text = block.text.trim();
    let names_body = |text: &str| vocabulary.find_organ(text).is_some_and(|found| found.range.start == 0);
    let mut found = Vec::new();
    let (mut start, mut line_end) = (0, 0);
    for line in block.lines.iter().take(block.lines.len().saturating_sub(1)) {
        let line = line.text();
        let Some(at) = text[line_end..].find(line.trim()) else { break };
        line_end += at + line.trim().len();
        let rest = text[line_end..].trim_start();
        if text[..line_end].ends_with('.') && names_body(rest) && names_body(text) {
            found.push(text[start..line_end].trim());
            start = text.len() - rest.len();
        }
    }
    found.push(text[start..].trim());
    found
}

/// Whether a text is the rest of a sentence that the one before has left open.
fn goes_on(before: &str, text: &str) -> bool {
    let open = before.ends_with(|c: char| c.is_alphanumeric() || c == '&') && !before.ends_with(" samt");
    open && text.starts_with(char::is_lowercase) && !text.starts_with("att ") && !text.starts_with("samt")
}

fn push(proposal: &mut Proposal, number: Option<u32>, text: &str, block: &Block) {
    proposal.items.push(ProposalItem { number, text: text.to_owned(), at: block.at.clone() });
}

/// The number that a list mark stands for.
fn mark_number(mark: &str) -> Option<u32> {
    let body = mark.trim_matches(['(', ')', '.']);
    body.parse().ok().or_else(|| {
        let mut letters = body.chars();
        match (letters.next(), letters.next()) {
            (Some(letter @ 'a'..='z'), None) => Some(u32::from(letter) - u32::from('a') + 1),
            _ => None,
        }
    })
}

/// "Inga bilagor", "Saknas".
fn says_none(text: &str, vocabulary: &Vocabulary) -> bool {
    let text = text.trim_end_matches('.');
    let none =
        vocabulary.number_words.prefix(text).is_some_and(|(entry, _)| entry.code == NumberWord::Count(0));
    none && text.split_whitespace().count() <= WORDS_FOR_NONE || vocabulary.missing.whole(text).is_some()
}

/// Read the documents that a paper's decision rests on.
#[must_use]
pub fn read_supporting_documents(parts: &[Part], vocabulary: &Vocabulary) -> Vec<SupportingDocument> {
    let own = parts.iter().filter(|p| p.kind == SectionKind::SupportingDocuments);
    let mut found: Vec<SupportingDocument> = Vec::new();
    for (part, block) in own.flat_map(|p| p.blocks.iter().map(move |b| (p, b))) {
        let text = block.text.trim();
        let is_lead_in = text.ends_with(':') && matches!(block.kind, BlockKind::Paragraph);
        if text.is_empty()
            || is_lead_in
            || matches!(block.kind, BlockKind::Table(_))
            || vocabulary.is_signing_note(text)
            || says_none(text, vocabulary)
        {
            continue;
        }
        if let Some(last) = found.last_mut()
            && matches!(block.kind, BlockKind::Paragraph)
            && goes_on(&last.title, text)
        {
            last.title = format!("{} {text}", last.title);
            last.at.extend(&block.at);
            continue;
        }
        for title in documents_in(block, vocabulary) {
            found.push(SupportingDocument {
                attachment_number: attachment::number(&title).or_else(|| listed_number(part, block)),
                date: date::find_dates(&title).into_iter().next().map(|(_, iso)| iso),
                title,
                at: block.at.clone(),
            });
        }
    }
    found
}

/// The documents that a block names: one, or where a list has lost its line breaks, several.
fn documents_in(block: &Block, vocabulary: &Vocabulary) -> Vec<String> {
    let text = block.text.trim();
    let mut ends: Vec<usize> = Vec::new();
    if matches!(block.kind, BlockKind::Paragraph) {
        // A date ends what the list says of a document: "…, daterad 2018-02-12 Förvaltningens tjänsteskrivelse".
        ends.extend(date::find_dates(text).into_iter().map(|(range, _)| range.end));
        let mut line_end = 0;
        for line in block.lines.iter().take(block.lines.len().saturating_sub(1)) {
            let line = line.text();
            if let Some(at) = text[line_end..].find(line.trim()) {
                line_end += at + line.trim().len();
                ends.push(line_end);
            }
        }
    }
    ends.sort_unstable();
    let mut titles = Vec::new();
    let mut start = 0;
    for end in ends {
        let rest = text[end..].trim_start_matches(['.', ',', ' ']);
        if end > start && begins_document(rest, vocabulary) {
            titles.push(text[start..end].trim().to_owned());
            start = text.len() - rest.len();
        }
    }
    titles.push(text[start..].trim().to_owned());
    titles
}

/// Whether a text begins like a document in a list: with the name of a kind of paper, or with whose paper it is.
fn begins_document(text: &str, vocabulary: &Vocabulary) -> bool {
    if !text.starts_with(char::is_uppercase) {
        return false;
    }
    let whose = vocabulary.bodies(text).into_iter().next().filter(|body| body.range.start == 0);
    let behind = whose.as_ref().map_or(text, |body| text[body.range.end..].trim_start());
    let owned = whose.is_some_and(|body| text[body.range].ends_with('s'));
    owned || vocabulary.document_types.prefix(behind).is_some()
}

/// In a list that is headed "Bilagor" an item's number is the appendix's.
fn listed_number(part: &Part, block: &Block) -> Option<u32> {
    let heading = part.heading.as_ref()?.text.to_lowercase();
    match &block.kind {
        BlockKind::ListItem(mark)
            if heading.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with("bilag") =>
        {
            mark_number(mark)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyphs::plain_text::read_lines;
    use crate::layout::lay_out_text;
    use crate::records::document::MediaType;
    use crate::sections::outline;

    #[test]
    fn what_is_led_in_is_said_in_full() {
        let items = |text: &str| -> Vec<String> {
            let layout = lay_out_text(&read_lines(text, MediaType::Markdown));
            let papers = outline(&layout, Vocabulary::builtin());
            let proposal = read(&papers[0].parts, Vocabulary::builtin()).unwrap();
            proposal.items.into_iter().map(|item| item.text).collect()
        };
        let decision = "Kommunfullmäktige beslutar att taxan antas.";
        let led = format!(
            "# Taxa\n\n## Förslag till beslut\n\nKommunstyrelsen föreslår kommunfullmäktige fatta följande beslut.\n\n{decision}\n"
        );
        assert_eq!(items(&led), [decision]);
        assert_eq!(items(&format!("# Taxa\n\n## Förslag till beslut\n\n{decision}\n")), ["att taxan antas."]);
    }

    #[test]
    fn where_it_is_decided_is_no_decision() {
        let text = "# Taxa\n\n## Förslag till beslut\n\nI tekniska nämnden,\n\n1. Nämnden sänder taxan till revisionen.\n";
        let layout = lay_out_text(&read_lines(text, MediaType::Markdown));
        let papers = outline(&layout, Vocabulary::builtin());
        let proposal = read(&papers[0].parts, Vocabulary::builtin()).unwrap();
        assert_eq!(proposal.body.as_deref(), Some("Tekniska nämnden"));
        assert_eq!(proposal.items.len(), 1);
        assert!(!is_where("Efter tekniska nämnden, kommunstyrelsen", Vocabulary::builtin()));
    }

    #[test]
    fn to_say_that_there_is_no_appendix_is_no_document() {
        let titles = |text: &str| -> Vec<String> {
            let text = format!("# Taxa\n\n## Bilagor\n\n{text}\n");
            let layout = lay_out_text(&read_lines(&text, MediaType::Markdown));
            let papers = outline(&layout, Vocabulary::builtin());
            let found = read_supporting_documents(&papers[0].parts, Vocabulary::builtin());
            found.into_iter().map(|document| document.title).collect()
        };
        assert_eq!(titles("Inga bilagor"), [] as [&str; 0]);
        assert_eq!(titles("Ingen ökning av taxan, utredning"), ["Ingen ökning av taxan, utredning"]);
    }

    #[test]
    fn sentences_that_begin_with_who_decides_are_items() {
        let text = "# Taxa\n\n## Förslag till beslut\n\nTekniska nämnden antar taxan.\nTekniska nämnden uppdrar åt \
            förvaltningen att\nredovisa utfallet. Det sker i maj.\n";
        let layout = lay_out_text(&read_lines(text, MediaType::Markdown));
        let papers = outline(&layout, Vocabulary::builtin());
        let proposal = read(&papers[0].parts, Vocabulary::builtin()).unwrap();
        let items: Vec<&str> = proposal.items.iter().map(|item| item.text.as_str()).collect();
        assert_eq!(
            items,
            [
                "Tekniska nämnden antar taxan.",
                "Tekniska nämnden uppdrar åt förvaltningen att redovisa utfallet. Det sker i maj."
            ]
        );
    }
}
