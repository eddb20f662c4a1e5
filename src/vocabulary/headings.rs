//! What a heading says of the section under it.
//!
//! In goes a heading line with its number and marks, out comes the kind of section. Whether a line is a heading, the
//! caller knows; prose is not refused here.

use memchr::memmem;

use super::Vocabulary;
use super::fold::{close_letter_spacing, fold};
use super::lexicon::Keyword;
use crate::records::section::SectionKind;

/// Longest heading, in bytes.
const LONGEST_HEADING: usize = 260;

/// Most words of a heading that ends with a full stop.
const LONGEST_WITH_STOP: usize = 10;

/// What a heading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadingMatch {
    /// The kind of section.
    pub kind: SectionKind,
    /// Whether it is one of the headings that a tjänsteskrivelse is made of: siblings whatever their size.
    pub standard: bool,
    /// Whether only a key word speaks for it: "Våra nyckeltal i korthet".
    pub weak: bool,
}

impl Vocabulary {
    /// What a heading says of its section; `None` where it has no known word.
    #[must_use]
    pub fn heading_kind(&self, heading: &str) -> Option<HeadingMatch> {
        // Callers ask of every block whether it could be a heading; a paragraph cannot.
        if heading.len() > LONGEST_HEADING || is_sentence(heading) {
            return None;
        }
        let closed = close_letter_spacing(heading);
        let heading = without_number(&closed);
        // Prose goes on in small letters, a heading begins with a capital.
        if heading.starts_with(char::is_lowercase) {
            return None;
        }
        if let Some(found) = self.heading_terms(heading) {
            return Some(found);
        }
        let (all, first) = self.with_bodies_named(heading);
        if let Some(found) = all.and_then(|text| self.heading_terms(&text)) {
            return Some(found);
        }
        if let Some(found) = first.and_then(|text| self.heading_terms(&text)) {
            return Some(found);
        }
        // False spaces within words are common in headings with wide letters.
        if let Some(entry) = self.headings.without_spaces(heading) {
            return Some(HeadingMatch { kind: entry.code, standard: entry.standard, weak: false });
        }
        let folded = fold(heading);
        let hint = self.headings.keywords().iter().find(|keyword| hints(keyword, &folded))?;
        Some(HeadingMatch { kind: hint.code, standard: false, weak: true })
    }

    /// A heading that is a term or, where the term allows it, begins with one.
    fn heading_terms(&self, heading: &str) -> Option<HeadingMatch> {
        let entry = self.headings.whole_or_open(heading)?;
        Some(HeadingMatch { kind: entry.code, standard: entry.standard, weak: false })
    }

    /// The heading with "{body}" for all bodies that it names, and for the first alone.
    fn with_bodies_named(&self, heading: &str) -> (Option<String>, Option<String>) {
        let bodies = self.bodies(heading);
        let Some(first) = bodies.first() else { return (None, None) };
        let only_first = format!("{}{{body}}{}", &heading[..first.range.start], &heading[first.range.end..]);
        let mut all = heading.to_owned();
        for body in bodies.iter().rev() {
            all.replace_range(body.range.clone(), "{body}");
        }
        (Some(all), Some(only_first))
    }
}

/// Whether a text ends like a sentence and is as long as headings are not.
fn is_sentence(text: &str) -> bool {
    text.ends_with('.') && text.split(' ').count() > LONGEST_WITH_STOP
}

/// A heading without "3.1", "§ 4", "2.", "a)" in front.
pub(crate) fn without_number(heading: &str) -> &str {
    let start = heading.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '*' | '_'));
    let after_sign = start.strip_prefix('§').unwrap_or(start).trim_start();
    let number_end = after_sign.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(after_sign.len());
    let number = &after_sign[..number_end];
    if number.starts_with(|c: char| c.is_ascii_digit()) {
        let rest = after_sign[number_end..].strip_prefix(')').unwrap_or(&after_sign[number_end..]);
        if rest.starts_with(char::is_whitespace) {
            return rest.trim_start();
        }
    }
    let mut characters = start.chars();
    if let (Some(letter), Some(')')) = (characters.next(), characters.next())
        && letter.is_alphabetic()
    {
        return characters.as_str().trim_start();
    }
    start
}

/// Whether a hint is in a folded heading.
fn hints(keyword: &Keyword<SectionKind>, folded: &str) -> bool {
    let has =
        |part: &String| if keyword.start { folded.starts_with(&**part) } else { contains(folded, part) };
    let words = || folded.split(|c: char| !c.is_alphanumeric());
    let is_word = |key: &String| contains(folded, key) && words().any(|word| key == word);
    let any = keyword.any.iter().any(has) || keyword.words.iter().any(is_word);
    let named = !keyword.any.is_empty() || !keyword.words.is_empty();
    (any || !named)
        && keyword.all.iter().all(has)
        && !keyword.without.iter().any(|part| contains(folded, part))
}

/// Whether a short text holds a part, without preparing a search as for a long one.
fn contains(text: &str, part: &str) -> bool {
    memmem::find(text.as_bytes(), part.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use SectionKind::*;

    #[test]
    fn headings_of_real_papers() {
        for (heading, kind) in [
            ("Förslag till beslut", Proposal),
            ("Förslag till beslut i Nämnden för Teknik", Proposal),
            ("Utbildningsförvaltningens förslag", Proposal),
            ("Förslag till barn- och utbildningsnämnden", Proposal),
            ("Kommunstyrelsens förslag till kommunfullmäktige", Proposal),
            ("F Ö R S L A G   T I L L   B E S L U T", Proposal),
            ("Sammanfattning av status för arbetet med Plan för trygga skolvägar", Summary),
            ("Nämndens analys - sammanfattning", Summary),
            ("3.1 Ärendet", Matter),
            ("§ 4 Ärendet", Matter),
            ("Beslutsplanering", Preparation),
            ("Nämndens inställning i detalj", Presentation),
            ("Förvaltningens synpunkter och förslag", Presentation),
            ("Förvaltningens motivering till förslaget", Presentation),
            ("Barnkonsekvensanalys (prövning av barnets bästa)", ChildImpact),
            ("Kommunala konsekvenser och ansvar", OtherConsequences),
            ("Jämställdhetsanalys", GenderEquality),
            ("Prövning av b arnets bästa", ChildImpact),
            ("Bilagor", SupportingDocuments),
            ("_Beslutet expedieras till:_", Recipients),
            ("Statusbedömning av uppdrag", StatusLegend),
            ("Nämndens uppdrag", Activities),
            ("Nämndens åtgärder", Activities),
            ("Sammanfattning av status på uppdrag, nämndmål och åtgärder", Summary),
            ("Uppdrag som bedöms bli färdiga 2025", Activities),
            ("Rapportering delårsbokslut", Activities),
            ("Rapportering", Activities),
            ("Fokusmål 1: Kommunen ska ha en stark ekonomi", Activities),
            ("Indikatorer fokusmål 1", Indicators),
            ("Tillkommande uppdrag", Activities),
            ("Sammanfattande uppföljning av Plan för trygga skolvägar", Activities),
            ("Sammanställning av aktiviteter och status", Activities),
            ("Bokslut per mars", Finance),
            ("Helårsprognos per mars", Finance),
            ("Investeringar", Finance),
            ("6.1 Uppföljning drift delår", Finance),
            ("Risker och osäkerhet", Risks),
            ("Nyckeltal", KeyFigures),
            ("5.3 Resursmått", Indicators),
            ("SAMHÄLLSPLANERINGSNÄMNDENS BESLUT", Other),
            ("Barn- och utbildningsnämndens behandling 2024-09-17", Other),
            ("Förslag till åtgärder", Other),
        ] {
            let found = Vocabulary::builtin().heading_kind(heading);
            assert_eq!(found.map(|found| found.kind), Some(kind), "{heading:?}");
        }
        for heading in [
            "Tillämpning",
            "Samråd",
            "Avsnitt 6.2 Inventering",
            "Kartläggning",
            "Stödinsatser",
            "Verksamheterna",
        ] {
            assert_eq!(Vocabulary::builtin().heading_kind(heading), None, "{heading:?}");
        }
    }
}
