//! Claims: counts that the prose states and that the tables can bear out or not.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::activity::ActivityKind;
use super::section::SectionKind;
use super::status::StatusCode;
use crate::layout::BlockKind;
use crate::place::At;
use crate::sections::Part;
use crate::vocabulary::{ClaimWord, Form, NumberWord, StatusPhrase, Vocabulary};

/// A count that the prose states. It has a status or a year, or it is no claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// What is counted.
    pub subject: ActivityKind,
    /// The status of those counted.
    pub status: Option<StatusCode>,
    /// The year those counted are expected to be done.
    pub year: Option<i32>,
    /// Whether those counted go on without an end.
    pub open_ended: bool,
    /// How many.
    pub count: u32,
    /// Out of how many.
    pub total: Option<u32>,
    /// The paper's words.
    pub raw: String,
    /// Where it stands.
    pub at: At,
}

/// Words between a number and what it counts at most: "två egna nämndmål".
const FARTHEST_SUBJECT: usize = 2;
/// Words before a verb that stands before the count at most: "I september är tre åtgärder klara".
const FARTHEST_VERB: usize = 3;
/// Words between "bli färdiga" and the year at most: "senast under hösten 2026".
const FARTHEST_YEAR: usize = 3;

/// Read the claims of a paper's prose. Reports on single things are left out: what they count is their own.
/// `year` is what the paper means by "i år".
pub(super) fn read(parts: &[Part], year: Option<i32>, vocabulary: &Vocabulary) -> Vec<Claim> {
    let formal = [SectionKind::Proposal, SectionKind::SupportingDocuments, SectionKind::Signatures];
    let parts = parts.iter().filter(|p| p.entry.is_none() && !formal.contains(&p.kind));
    let blocks = parts.flat_map(|p| p.heading.iter().chain(&p.blocks));
    blocks
        .filter(|b| !matches!(b.kind, BlockKind::Table(_)))
        .flat_map(|b| {
            in_paragraph(&b.text, year, vocabulary)
                .into_iter()
                .map(|claim| Claim { at: b.at.clone(), ..claim })
        })
        .collect()
}

/// The claims of a paragraph.
fn in_paragraph(text: &str, year: Option<i32>, vocabulary: &Vocabulary) -> Vec<Claim> {
    let mut context = Context::default();
    let mut found: Vec<Found> = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = sentence_end(text, start);
        let sentence = &text[start..end];
        let tokens = tokens(sentence, year, vocabulary);
        let reader = Sentence { text: sentence, tokens: &tokens };
        let mut own = reader.read(&context);
        context.sum_up(&mut own);
        found.append(&mut own);
        context.note(&reader);
        start = end;
    }
    let company = found.iter().filter(|f| f.sure).count() > 0 || found.len() > 1;
    found.into_iter().filter(|f| f.sure || company).map(|f| f.claim).collect()
}

/// Where the sentence that begins here ends: behind a mark that a capital follows.
fn sentence_end(text: &str, start: usize) -> usize {
    for (at, character) in text[start..].char_indices() {
        if matches!(character, '.' | '!' | '?') {
            let end = start + at + 1;
            let rest = text[end..].trim_start();
            let spaced = rest.len() < text[end..].len();
            if rest.is_empty()
                || (spaced && rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
            {
                return end;
            }
        }
    }
    text.len()
}

/// A word, or several that mean one thing.
#[derive(Clone, Debug, PartialEq)]
struct Token {
    word: Word,
    range: Range<usize>,
}

/// What a word does in a count.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Word {
    Number(u32),
    /// "Samtliga".
    All,
    Year(i32),
    Status {
        code: StatusCode,
        open_ended: bool,
    },
    Subject {
        kind: ActivityKind,
        one: bool,
    },
    Phrase(StatusPhrase),
    Claim(ClaimWord),
    Comma,
    Other,
}

fn tokens(text: &str, year: Option<i32>, vocabulary: &Vocabulary) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        if matches!(character, ',' | ';' | ':' | '(' | ')' | '–') {
            found.push(Token { word: Word::Comma, range: at..at + character.len_utf8() });
            at += character.len_utf8();
        } else if character.is_alphanumeric() {
            let (mut word, length) = word_at(&text[at..], year, vocabulary);
            // "Efter två år är fem av de tolv åtgärderna genomförda": the years are not counted.
            if word == Word::Claim(ClaimWord::Measure) {
                word = Word::Other;
                let number =
                    found.last_mut().filter(|token: &&mut Token| matches!(token.word, Word::Number(_)));
                number.into_iter().for_each(|token| token.word = Word::Other);
            }
            found.push(Token { word, range: at..at + length });
            at += length;
        } else {
            at += character.len_utf8();
        }
    }
    found
}

/// The longest thing with a meaning that a text begins with.
fn word_at(text: &str, year: Option<i32>, vocabulary: &Vocabulary) -> (Word, usize) {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return digits_at(text);
    }
    let plain = text.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(text.len());
    let mut best = (Word::Other, 0);
    let mut offer = |word: Word, length: usize| {
        if length > best.1 {
            best = (word, length);
        }
    };
    if let Some((entry, length)) = vocabulary.statuses.prefix(text) {
        offer(Word::Status { code: entry.code, open_ended: entry.open_ended }, length);
    }
    if let Some((entry, length)) = vocabulary.claim_words.prefix(text) {
        match (entry.code, year) {
            (ClaimWord::ThisYear, Some(year)) => offer(Word::Year(year), length),
            (ClaimWord::ThisYear, None) => offer(Word::Other, length),
            (code, _) => offer(Word::Claim(code), length),
        }
    }
    if let Some((entry, length)) = vocabulary.status_phrases.prefix(text) {
        offer(Word::Phrase(entry.code), length);
    }
    if let Some((entry, length)) = vocabulary.activity_kinds.prefix(text).filter(|(_, length)| *length > 2) {
        let one = entry.form(&text[..length]) == Form::Definite;
        offer(entry.code.kind().map_or(Word::Other, |kind| Word::Subject { kind, one }), length);
    }
    if let Some((entry, length)) = vocabulary.number_words.prefix(text) {
        offer(if let NumberWord::Count(n) = entry.code { Word::Number(n) } else { Word::All }, length);
    }
    // A term that ends within a compound is none: "ett-årig".
    let whole_word = best.1 > 0 && !text[best.1..].starts_with('-');
    if whole_word { best } else { (Word::Other, plain.max(1)) }
}

/// A year, a date or a count; percentages and amounts are neither.
fn digits_at(text: &str) -> (Word, usize) {
    let length = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let rest = &text[length..];
    let number: Option<u32> = text[..length].parse().ok();
    if length == 4 && (text.starts_with("19") || text.starts_with("20")) {
        let date = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').len();
        let year = number.and_then(|n| i32::try_from(n).ok());
        return (year.map_or(Word::Other, Word::Year), length + if date == 6 { date } else { 0 });
    }
    let goes_on = rest.starts_with(['%', '/', ':'])
        || rest
            .strip_prefix([',', '.', ' ', '-', '–', '\u{a0}'])
            .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit() || c == '%'));
    if goes_on || length > 3 {
        let end = rest.find(|c: char| c.is_alphabetic()).map_or(text.len(), |at| length + at);
        return (Word::Other, text[..end].trim_end_matches([' ', ',', '.']).len().max(length));
    }
    (number.map_or(Word::Other, Word::Number), length)
}

/// What the sentences before have counted.
#[derive(Debug, Default)]
struct Context {
    /// The first number given for each kind in this paragraph.
    totals: Vec<(ActivityKind, u32)>,
    /// What was counted last.
    last: Option<(ActivityKind, u32)>,
    /// What the sentence right before counts last.
    before: Option<(ActivityKind, u32)>,
    /// The wholes that the paragraph counts out of: "av de 15 åtgärderna".
    wholes: Vec<(ActivityKind, u32)>,
}

impl Context {
    /// "Planen har elva aktiviteter. Fyra är färdiga, fyra pågår och tre väntar.": what the counts of a sentence add up to
    /// is their total where the sentence before says that number.
    fn sum_up(&self, found: &mut [Found]) {
        let Some((kind, number)) = self.before else { return };
        let alike = found.len() > 1
            && found
                .iter()
                .all(|f| f.claim.subject == kind && f.claim.total.is_none() && f.claim.status.is_some());
        if alike && found.iter().map(|f| f.claim.count).sum::<u32>() == number {
            found.iter_mut().for_each(|f| f.claim.total = Some(number));
        }
    }

    fn note(&mut self, sentence: &Sentence<'_>) {
        self.before =
            sentence.counted(0..sentence.tokens.len()).last().map(|(kind, number, _)| (*kind, *number));
        for (kind, number, _) in sentence.counted(0..sentence.tokens.len()) {
            self.last = Some((kind, number));
            if !self.totals.iter().any(|(k, _)| *k == kind) {
                self.totals.push((kind, number));
            }
        }
        self.wholes.splice(0..0, sentence.wholes());
    }

    fn total(&self, kind: ActivityKind) -> Option<u32> {
        self.totals.iter().find(|(k, _)| *k == kind).map(|(_, n)| *n)
    }
}

/// A claim, and whether its wording leaves no doubt that it is one.
#[derive(Debug)]
struct Found {
    claim: Claim,
    sure: bool,
}

/// What one clause says of those that it counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Says {
    status: Option<StatusCode>,
    open_ended: bool,
    year: Option<i32>,
    /// Token behind the last one that says it.
    end: usize,
}

/// A sentence as tokens.
struct Sentence<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl Sentence<'_> {
    fn word(&self, at: usize) -> Option<Word> {
        self.tokens.get(at).map(|t| t.word)
    }

    fn read(&self, context: &Context) -> Vec<Found> {
        let led = (0..self.tokens.len()).find(|&at| {
            let begins = at == 0 || self.word(at - 1) == Some(Word::Comma);
            matches!(self.word(at), Some(Word::Claim(ClaimWord::OfThese)))
                || (begins && self.word(at) == Some(Word::Claim(ClaimWord::Of)))
        });
        let mut found = self.read_plain(led.unwrap_or(self.tokens.len()), context);
        if let Some(lead) = led {
            found.extend(self.read_led(lead, context));
        }
        found
    }

    /// "Av de 26 aktiviteterna bedöms 18 som färdiga, två pågår …": a whole, then counts out of it.
    fn read_led(&self, lead: usize, context: &Context) -> Vec<Found> {
        let of_these = self.word(lead) == Some(Word::Claim(ClaimWord::OfThese));
        let is_verb =
            |at: usize| matches!(self.word(at), Some(Word::Phrase(StatusPhrase::Is | StatusPhrase::Expects)));
        let is_count = |at: usize| matches!(self.word(at), Some(Word::Number(_) | Word::All));
        let first = (lead + 1..self.tokens.len())
            .find(|&at| is_count(at) && (is_verb(at - 1) || (of_these && at == lead + 1)));
        let Some(first) = first else { return Vec::new() };
        let items = self.counted(lead..first);
        let before = self.counted(0..lead).last().copied();
        let (kind, total) = if let Some((kind, number, _)) = items.first() {
            (Some(*kind), Some(*number))
        } else if let (true, Some((kind, number, _))) = (of_these, before) {
            (Some(kind), Some(number))
        } else if of_these {
            (context.last.map(|l| l.0), context.last.map(|l| l.1))
        } else {
            // "Av uppdragen bedöms fem …": the number stands in a sentence before.
            let kind = self.tokens[lead..first].iter().find_map(|t| match t.word {
                Word::Subject { kind, .. } => Some(kind),
                _ => None,
            });
            (kind, kind.and_then(|k| context.total(k)))
        };
        let Some(kind) = kind else { return Vec::new() };
        let mut found = Vec::new();
        let mut by_year = false;
        for (start, end) in self.clauses(first) {
            let expects = is_verb(start.saturating_sub(1));
            let Some(says) = self.says(start, end, expects, by_year) else { continue };
            by_year = says.status.is_none() && says.year.is_some();
            let own = self.subject_after(start);
            let from = if start == first { lead } else { start };
            match self.word(start) {
                Some(Word::All) if !items.is_empty() && start == first => {
                    for (at, (kind, number, _)) in items.iter().enumerate() {
                        let total = Some(*number).filter(|_| at == 0);
                        found.push(self.claim(*kind, *number, total, says, from));
                    }
                }
                Some(Word::Number(count)) => {
                    let same = own.is_none_or(|k| k == kind);
                    found.push(self.claim(own.unwrap_or(kind), count, total.filter(|_| same), says, from));
                }
                _ => {}
            }
        }
        found.into_iter().map(|claim| Found { claim, sure: true }).collect()
    }

    /// "Samtliga 42 åtgärder är påbörjade", "nämndens två egna nämndmål bedöms bli färdiga 2026".
    fn read_plain(&self, limit: usize, context: &Context) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut starts: Vec<usize> = vec![0];
        starts.extend((1..limit).filter(|&at| {
            matches!(
                self.word(at - 1),
                Some(
                    Word::Comma
                        | Word::Phrase(StatusPhrase::Joins | StatusPhrase::But)
                        | Word::Claim(ClaimWord::LeadsIn)
                )
            )
        }));
        // A clause begins where a count follows: "färdiga och löper" goes on with the same.
        let counts = |at: usize| matches!(self.word(at), Some(Word::Number(_) | Word::All));
        let leads = |at: usize| matches!(self.word(at), Some(Word::Other | Word::Claim(ClaimWord::Rest)));
        starts.retain(|&at| at < limit && (at == 0 || counts(at) || (leads(at) && counts(at + 1))));
        let wholes: Vec<(ActivityKind, u32)> =
            self.wholes().into_iter().chain(context.wholes.clone()).collect();
        for (index, &start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(limit);
            // "Vid årets slut var tre av elva åtgärder klara": a part of a whole may stand anywhere.
            let part = (start..end).find(|&at| self.is_part(at) && !counts(start) && !counts(start + 1));
            // "Sammanlagt är tre åtgärder klara": the verb stands first.
            let inverted = (start + 1..end.min(start + FARTHEST_VERB + 1)).find(|&at| {
                matches!(self.word(at), Some(Word::Phrase(StatusPhrase::Is | StatusPhrase::Expects)))
                    && counts(at + 1)
                    && (start..at)
                        .all(|before| matches!(self.word(before), Some(Word::Other | Word::Claim(_))))
            });
            let start = part.or(inverted.filter(|_| !counts(start + 1)).map(|at| at + 1)).unwrap_or(start);
            let mut at = start + usize::from(!counts(start));
            let all = self.word(at) == Some(Word::All);
            at += usize::from(all);
            let Some(Word::Number(count)) = self.word(at) else {
                found.extend(self.read_single(start, end));
                continue;
            };
            let own = self.subject_after(at);
            // "Tre av åtta åtgärder är klara", "fem av åtgärderna".
            let of = self.word(at + 1) == Some(Word::Claim(ClaimWord::Of));
            let near = at + 2..end.min(at + 5);
            let whole = self.counted(near.clone()).first().copied().filter(|_| of);
            let named = near.clone().find_map(|next| match self.word(next) {
                Some(Word::Subject { kind, .. }) if of => Some(kind),
                _ => None,
            });
            // "Fem av tolv åtgärder pågår, två av tolv är försenade".
            let again = match self.word(at + 2) {
                Some(Word::Number(all)) if of => {
                    found.last().filter(|f| f.claim.total == Some(all)).map(|f| (f.claim.subject, all))
                }
                _ => None,
            };
            let whole = whole.map(|w| (w.0, w.1)).or(again);
            // "Två uppdrag är försenade och ett är stoppat".
            let kind = own
                .or(whole.map(|w| w.0))
                .or(named)
                .or_else(|| found.last().map(|f| f.claim.subject).filter(|_| !of))
                // "Nämnden har sju uppdrag. Tre är klara, två pågår …"
                .or_else(|| {
                    context.before.filter(|(_, whole)| !of && start == 0 && count <= *whole).map(|b| b.0)
                });
            let Some(kind) = kind else { continue };
            let nearest = if again.is_some() { at + 2 } else { at };
            let behind = (at + 1..end)
                .find(|&i| matches!(self.word(i), Some(Word::Subject { .. })))
                .unwrap_or(nearest);
            let verb = matches!(
                self.word(behind + 1),
                Some(Word::Phrase(StatusPhrase::Is | StatusPhrase::Expects) | Word::Status { .. })
            );
            // "Två bedöms bli klara 2026 och ett under 2027".
            let by_year = found.last().is_some_and(|f| f.claim.status.is_none() && f.claim.year.is_some())
                && matches!(self.word(behind + 1), Some(Word::Phrase(StatusPhrase::During) | Word::Year(_)));
            if !verb && !by_year {
                continue;
            }
            let Some(says) = self.says(at, end, false, by_year) else { continue };
            let sure = all || of || own.is_none() || behind == at + 1;
            let stated = wholes.iter().find(|w| w.0 == kind && w.1 >= count).map(|w| w.1);
            let total = whole.map(|w| w.1).or(Some(count).filter(|_| all)).or(stated);
            found.push(Found { claim: self.claim(kind, count, total, says, start), sure });
        }
        found
    }

    /// Whether a number and "av" stand here, and what it is a part of behind them.
    fn is_part(&self, at: usize) -> bool {
        let of = self.word(at + 1) == Some(Word::Claim(ClaimWord::Of));
        matches!(self.word(at), Some(Word::Number(_))) && of && !self.counted(at + 2..at + 5).is_empty()
    }

    /// What the sentence counts out of: "av de 15 åtgärderna".
    fn wholes(&self) -> Vec<(ActivityKind, u32)> {
        let ofs = (0..self.tokens.len()).filter(|&at| self.word(at) == Some(Word::Claim(ClaimWord::Of)));
        ofs.filter_map(|at| self.counted(at + 1..at + 5).first().map(|(kind, number, _)| (*kind, *number)))
            .collect()
    }

    /// "Det gemensamma nämndmålet bedöms bli färdigt under 2025": one, and it is said when.
    fn read_single(&self, start: usize, end: usize) -> Option<Found> {
        let subject = (start..end.min(start + FARTHEST_SUBJECT + 2))
            .find(|&at| matches!(self.word(at), Some(Word::Subject { one: true, .. })))?;
        let Some(Word::Subject { kind, .. }) = self.word(subject) else { return None };
        // Without a word between, "Uppdraget bedöms bli färdigt 2027" tells of one that was named before.
        let named = (start..subject).filter(|&at| self.word(at) == Some(Word::Other)).count() >= 2;
        let says = self.says(subject, end, false, false).filter(|s| s.year.is_some() && named)?;
        Some(Found { claim: self.claim(kind, 1, None, says, start), sure: false })
    }

    /// Numbers with what they count, and where they stand.
    fn counted(&self, range: Range<usize>) -> Vec<(ActivityKind, u32, usize)> {
        range
            .filter_map(|at| match self.word(at) {
                Some(Word::Number(number)) => Some((self.subject_after(at)?, number, at)),
                _ => None,
            })
            .collect()
    }

    /// What the number counts: a word for it directly behind, or behind one or two others.
    fn subject_after(&self, at: usize) -> Option<ActivityKind> {
        for next in at + 1..=at + 1 + FARTHEST_SUBJECT {
            match self.word(next)? {
                Word::Subject { kind, .. } => return Some(kind),
                Word::Other => {}
                _ => return None,
            }
        }
        None
    }

    /// The clauses from the first count on: each begins at a count behind a comma or "och".
    fn clauses(&self, first: usize) -> Vec<(usize, usize)> {
        let mut starts = vec![first];
        starts.extend((first + 1..self.tokens.len()).filter(|&at| {
            matches!(self.word(at), Some(Word::Number(_) | Word::All))
                && matches!(
                    self.word(at - 1),
                    Some(
                        Word::Comma
                            | Word::Phrase(StatusPhrase::Joins | StatusPhrase::But)
                            | Word::Claim(ClaimWord::OfThese | ClaimWord::Rest)
                    )
                )
        }));
        let ends = starts.iter().skip(1).copied().chain([self.tokens.len()]);
        starts.iter().copied().zip(ends).collect()
    }

    /// What a clause says of status and year. `expects`: a verb of expecting stands in front of it; `by_year`: the
    /// clause before counted by year, so that "sju under 2026" does.
    fn says(&self, start: usize, end: usize, expects: bool, by_year: bool) -> Option<Says> {
        let mut says = Says { end: start, ..Says::default() };
        let mut expects = expects;
        let mut codes: Vec<StatusCode> = Vec::new();
        let mut at = start;
        while at < end {
            match self.word(at)? {
                // "Tre är klara och resten pågår" counts three.
                Word::Claim(ClaimWord::Rest) if at > start => break,
                // "Påbörjade men försenade": what follows holds.
                Word::Phrase(StatusPhrase::But) => codes.clear(),
                Word::Phrase(StatusPhrase::Expects) => expects = true,
                Word::Status { code, .. } if code == StatusCode::Completed && expects && self.becomes(at) => {
                    // "Bedöms bli färdiga" without a year says nothing that can be counted.
                    if let Some((year, behind)) = self.year_after(at, end) {
                        says.year = Some(year);
                        says.end = behind;
                        at = behind;
                        continue;
                    }
                }
                Word::Status { code, open_ended } => {
                    codes.push(code);
                    says.open_ended |= open_ended;
                    says.end = at + 1;
                }
                Word::Year(year) if by_year && codes.is_empty() => {
                    says.year = Some(year);
                    says.end = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        codes.sort_unstable();
        codes.dedup();
        match codes.as_slice() {
            [] => {}
            [StatusCode::Unknown] => return None,
            [one] => says.status = Some(*one),
            _ => return None,
        }
        (says.status.is_some() || says.year.is_some()).then_some(says)
    }

    /// Whether "bli" or "vara" stands before a status, which then is expected; "som" stands before one that is.
    fn becomes(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|b| self.tokens.get(b)) else { return false };
        let is_as = self.text[before.range.clone()].eq_ignore_ascii_case("som");
        match before.word {
            Word::Phrase(StatusPhrase::Becomes) => !is_as,
            Word::Phrase(StatusPhrase::Expects) => true,
            _ => false,
        }
    }

    fn year_after(&self, at: usize, end: usize) -> Option<(i32, usize)> {
        (at + 1..end.min(at + 1 + FARTHEST_YEAR)).find_map(|next| match self.word(next) {
            Some(Word::Year(year)) => Some((year, next + 1)),
            _ => None,
        })
    }

    fn claim(&self, subject: ActivityKind, count: u32, total: Option<u32>, says: Says, from: usize) -> Claim {
        let start = self.tokens[from].range.start;
        let end = self.tokens[says.end.max(from + 1) - 1].range.end;
        let raw = self.text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
        Claim {
            subject,
            status: says.status,
            year: says.year,
            open_ended: says.open_ended,
            count,
            total,
            raw,
            at: At::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Subject, status, year, count, total and words of each claim.
    fn claims(text: &str) -> Vec<String> {
        let claims = in_paragraph(text, Some(2030), Vocabulary::builtin());
        let shown = |c: Claim| {
            let status = c.status.map(|s| format!("{s:?}")).unwrap_or_default();
            let open = if c.open_ended { "…" } else { "" };
            let year = c.year.map(|y| y.to_string()).unwrap_or_default();
            let total = c.total.map(|t| t.to_string()).unwrap_or_default();
            format!("{:?} {status}{open} {year} {}/{total} {}", c.subject, c.count, c.raw)
        };
        claims.into_iter().map(shown).collect()
    }

    #[test]
    fn counts_out_of_a_whole() {
        assert_eq!(
            claims(
                "Av de 14 aktiviteterna bedöms nio som färdiga, två pågår enligt plan och bedöms bli färdiga i år, \
                 en aktivitet avviker från plan och två är ständigt pågående."
            ),
            [
                "Activity Completed  9/14 Av de 14 aktiviteterna bedöms nio som färdiga",
                "Activity Ongoing 2030 2/14 två pågår enligt plan och bedöms bli färdiga i år",
                "Activity Deviating  1/14 en aktivitet avviker från plan",
                "Activity Ongoing…  2/14 två är ständigt pågående",
            ]
        );
        assert_eq!(
            claims("Efter två år är fem av de tolv åtgärderna genomförda."),
            ["Measure Completed  5/12 fem av de tolv åtgärderna genomförda"]
        );
        assert_eq!(
            claims("Av planens 7 åtgärder är sex klara och en utgår."),
            ["Measure Completed  6/7 Av planens 7 åtgärder är sex klara", "Measure Stopped  1/7 en utgår"]
        );
    }

    #[test]
    fn counts_by_year_and_of_all() {
        assert_eq!(
            claims(
                "Av totalt 9 uppdrag och tre nämndmål bedöms samtliga som påbörjade. Av uppdragen bedöms fem stycken \
                 bli färdiga under 2031 och fyra under 2032."
            ),
            [
                "Assignment Ongoing  9/9 Av totalt 9 uppdrag och tre nämndmål bedöms samtliga som påbörjade",
                "Goal Ongoing  3/ Av totalt 9 uppdrag och tre nämndmål bedöms samtliga som påbörjade",
                "Assignment  2031 5/9 Av uppdragen bedöms fem stycken bli färdiga under 2031",
                "Assignment  2032 4/9 fyra under 2032",
            ]
        );
        assert_eq!(
            claims("Samtliga 12 åtgärder är påbörjade och löper enligt plan."),
            ["Measure Ongoing  12/12 Samtliga 12 åtgärder är påbörjade och löper enligt plan"]
        );
    }

    #[test]
    fn what_was_named_before() {
        assert_eq!(
            claims("Sammanlagt är tre åtgärder klara och två pågår."),
            ["Measure Completed  3/ tre åtgärder klara", "Measure Ongoing  2/ två pågår",]
        );
        assert_eq!(
            claims("Nämnden följer upp tre uppdrag. Av dessa är ett genomfört och två väntar."),
            ["Assignment Completed  1/3 Av dessa är ett genomfört", "Assignment Waiting  2/3 två väntar"]
        );
        assert_eq!(
            claims("Två uppdrag är försenade och ett är stoppat."),
            ["Assignment Delayed  2/ Två uppdrag är försenade", "Assignment Stopped  1/ ett är stoppat"]
        );
    }

    #[test]
    fn parts_of_a_whole_and_the_rest() {
        assert_eq!(
            claims("Tre av åtta åtgärder är klara."),
            ["Measure Completed  3/8 Tre av åtta åtgärder är klara"]
        );
        assert_eq!(
            claims("5 av 12 åtgärder pågår, 2 av 12 är försenade och 2 av 9 är klara."),
            ["Measure Ongoing  5/12 5 av 12 åtgärder pågår", "Measure Delayed  2/12 2 av 12 är försenade"]
        );
        assert_eq!(
            claims("Av planens 9 uppdrag pågår tre. Av de nio uppdragen är fyra klara och resten väntar."),
            ["Assignment Completed  4/9 Av de nio uppdragen är fyra klara"]
        );
        assert_eq!(
            claims("Två mål är påbörjade men försenade."),
            ["Goal Delayed  2/ Två mål är påbörjade men försenade"]
        );
    }

    #[test]
    fn numbers_that_claim_nothing() {
        for text in [
            "Nämnden har beslutat om en plan med 26 aktiviteter.",
            "Senast 2022 ska alla aktiviteter vara genomförda.",
            "Nämnden har tilldelats 22 uppdrag, varav fyra uppdrag är nya för i år.",
            "Samtliga planens åtgärder pågår enligt plan.",
            "Kostnaden ökade med 18 procent jämfört med 2022.",
            "Antalet är 12 och arbetet är påbörjat.",
            "Fyra åtgärder är klara, pågår eller väntar.",
        ] {
            assert_eq!(claims(text), [""; 0], "{text}");
        }
    }
}
