//! The small things that the head of a paper is made of: labels, dates, numbers, names.

use std::borrow::Cow;
use std::ops::Range;

use crate::geometry::Rect;
use crate::layout::{Line, PageMark, Span};
use crate::pattern::Pattern;
use crate::records::diarienummer::Diarienummer;
use crate::records::paper::PaperKind;
use crate::records::{attachment, date, person};
use crate::sections::signatures::place_and_date;
use crate::vocabulary::{Label, Vocabulary, close_letter_spacing};

/// Longest line that can be part of a head, in characters.
const LONGEST_HEAD_LINE: usize = 150;
/// Most words of a span that can be part of a head.
const MOST_HEAD_WORDS: usize = 14;
/// Words in small letters that make a long span prose.
const PROSE_WORDS: usize = 6;
/// Widest space within a line that may yet be one between words, in parts of the font size.
const WIDE_SPACE: f32 = 2.5;
/// Longest addition to a labelled value, in characters.
const LONGEST_ADDITION: usize = 30;
/// Longest document type, in characters: "Tjänsteskrivelse till barn- och utbildningsnämnden" has 50.
const LONGEST_DOCUMENT_TYPE: usize = 80;

/// One small thing of a head, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its text.
    pub text: String,
    /// Its box in the reading frame, reckoned from its share of the span's letters.
    pub bbox: Rect,
    /// Font size.
    pub size: f32,
    /// Whether its span holds something that was not understood as well.
    pub doubtful: bool,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    /// A label that announces a value.
    Label(Label),
    /// A date, ISO 8601.
    Date(String),
    /// A registration number.
    Diarienummer(Diarienummer),
    /// A number that is a registration number where a label says so: "0263/25".
    LooseNumber(Diarienummer),
    /// What the paper calls itself.
    DocumentType(PaperKind),
    /// "Bilaga 1" by itself.
    Attachment(u32),
    /// A committee, in the nominative.
    Organ(String),
    /// A department.
    Department(String),
    /// The names of one person or several.
    Names(Vec<String>),
    /// A title or role.
    Role,
    /// An address, a telephone number, a web address.
    Contact,
    /// A time of day.
    Time,
    /// The number of a matter in minutes, beside its label and registration number: "§ 47" of "§ 47   Dnr 2025-00118".
    Matter,
    /// A page mark.
    Mark(PageMark),
    /// The municipality's own name.
    Municipality,
    /// Anything else.
    Other,
}

impl Token {
    /// Whether it is something that only heads are made of, rather than a name that any line may hold.
    #[must_use]
    pub fn is_firm(&self) -> bool {
        matches!(
            self.kind,
            TokenKind::Label(_)
                | TokenKind::Date(_)
                | TokenKind::Diarienummer(_)
                | TokenKind::DocumentType(_)
                | TokenKind::Attachment(_)
                | TokenKind::Mark(_)
        )
    }
}

/// Read a line as part of a head. What is not understood is one `Other` token for the rest of its span.
#[must_use]
pub fn read_line(line: &Line, vocabulary: &Vocabulary) -> Vec<Token> {
    let mut tokens = Vec::new();
    if line.len() > LONGEST_HEAD_LINE {
        tokens.push(token(TokenKind::Other, &line.spans[0], 0..line.spans[0].text.len()));
        return tokens;
    }
    line.spans.iter().for_each(|span| read_whole_span(span, vocabulary, &mut tokens));
    number_matters(&mut tokens);
    // Words set apart by too much space: "Nämnden  för Teknik".
    if (2..=4).contains(&line.spans.len())
        && tokens.iter().any(|t| t.kind == TokenKind::Other)
        && line.spans.windows(2).all(|pair| pair[1].bbox.x0 - pair[0].bbox.x1 < WIDE_SPACE * pair[0].size)
    {
        let whole = Span { text: line.text(), bbox: line.bbox, ..line.spans[0].clone() };
        let mut joined = Vec::new();
        read_whole_span(&whole, vocabulary, &mut joined);
        if joined.iter().all(|t| t.kind != TokenKind::Other) {
            return joined;
        }
    }
    tokens
}

/// "§ 47" beside labels and values is the number of their matter.
fn number_matters(tokens: &mut [Token]) {
    let is_number = |t: &Token| t.kind == TokenKind::Other && MATTER.is_match(&t.text);
    let known = tokens.iter().any(|t| matches!(t.kind, TokenKind::Label(Label::Diarienummer)) || t.is_firm());
    if known && tokens.iter().all(|t| is_number(t) || t.kind != TokenKind::Other) {
        tokens.iter_mut().filter(|t| is_number(t)).for_each(|t| t.kind = TokenKind::Matter);
    }
}

fn read_whole_span(span: &Span, vocabulary: &Vocabulary, tokens: &mut Vec<Token>) {
    let first = tokens.len();
    let closed;
    let span = match close_letter_spacing(&span.text) {
        Cow::Borrowed(_) => span,
        Cow::Owned(text) => {
            closed = Span { text, ..span.clone() };
            &closed
        }
    };
    if is_prose(&span.text) {
        tokens.push(token(TokenKind::Other, span, 0..span.text.len()));
    } else {
        read_span(span, vocabulary, tokens);
    }
    let doubtful = tokens[first..].iter().any(|t| t.kind == TokenKind::Other);
    tokens[first..].iter_mut().for_each(|t| t.doubtful = doubtful);
}

/// Whether a span is plainly running text. Most lines of a file are, and looking each word up would take most of the
/// time.
fn is_prose(text: &str) -> bool {
    let words = text.split(' ').count();
    // Names, labels and numbers are what heads are made of; prose is made of small words.
    let small = || text.split(' ').filter(|w| w.starts_with(char::is_lowercase)).count() >= PROSE_WORDS;
    words > MOST_HEAD_WORDS || (words > 8 && !text.contains([':', '@']) && small())
}

/// Whether a line's tokens make it a line of a head by itself: nothing but labels and values, at least one of them firm.
#[must_use]
pub fn is_head_line(tokens: &[Token]) -> bool {
    let understood = |t: &Token| t.kind != TokenKind::Other;
    let labelled = || {
        let [label, value, rest] = tokens else { return false };
        matches!(label.kind, TokenKind::Label(_))
            && value.is_firm()
            && rest.text.chars().count() <= LONGEST_ADDITION
    };
    tokens.iter().any(Token::is_firm)
        && (tokens.iter().all(understood)
            // "Upprättad: 2025-02-05, Social välfärd"
            || labelled()
            // "Version: 1.2" and the like: a label with a colon may have any value.
            || (tokens.iter().filter(|t| matches!(t.kind, TokenKind::Label(_))).count() >= 2))
}

fn read_span(span: &Span, vocabulary: &Vocabulary, tokens: &mut Vec<Token>) {
    let text = span.text.as_str();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let parting = [' ', ',', ';', '|', '·', '–', ':', '\u{A0}', '[', ']'];
        let skip = rest.len() - rest.trim_start_matches(parting).len();
        if skip > 0 {
            at += skip;
            continue;
        }
        let (kind, length) = read_one(rest, at, tokens.last(), vocabulary);
        let length = length.clamp(1, rest.len());
        let length = (length..=rest.len()).find(|l| rest.is_char_boundary(*l)).unwrap_or(rest.len());
        let is_number = matches!(kind, TokenKind::Diarienummer(_));
        tokens.push(token(kind, span, at..at + length));
        at += length;
        // A code of the filing plan may follow: "Bun/2023:276 041".
        if is_number && text[at..].chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '.') {
            break;
        }
    }
}

fn read_one(rest: &str, at: usize, last: Option<&Token>, vocabulary: &Vocabulary) -> (TokenKind, usize) {
    let expects_number = matches!(
        last,
        Some(Token { kind: TokenKind::Label(Label::Diarienummer | Label::OtherDiarienummer), .. })
    );
    if at == 0
        && let Some(found) = MATTER_AHEAD.find(rest)
    {
        let after = rest[found.end()..].trim_start();
        let label = vocabulary.labels.prefix(after).is_some_and(|(l, _)| l.code == Label::Diarienummer);
        let is_number = || Diarienummer::find_all(after, vocabulary).first().map(|(range, _)| range.clone());
        if label || is_number() == Some(0..after.len()) {
            return (TokenKind::Matter, found.end());
        }
    }
    if PageMark::whole(rest).is_some_and(|m| m.of.is_some())
        && let Some(mark) = PageMark::whole(rest)
    {
        return (TokenKind::Mark(mark), rest.len());
    }
    if let Some((number, "")) = attachment::split(rest) {
        return (TokenKind::Attachment(number), rest.len());
    }
    // "Bilaga 3 till nämndens verksamhetsberättelse" under the title.
    if let Some((number, after)) = attachment::split(rest)
        && at == 0
        && after.starts_with("till ")
        && !after.ends_with('.')
    {
        return (TokenKind::Attachment(number), rest.len());
    }
    // "Bilaga 1   BUN 2025/0143" in a running head.
    if let Some((number, after)) = attachment::split(rest)
        && (Diarienummer::find_all(after, vocabulary).first().is_some_and(|(range, _)| range.start == 0)
            || date_at_start(after).is_some()
            || PageMark::whole(after).is_some_and(|m| m.of.is_some()))
    {
        return (TokenKind::Attachment(number), rest.len() - after.len());
    }
    if let Some((iso, length)) = date_at_start(rest) {
        return (TokenKind::Date(iso), length);
    }
    if let Some(iso) = place_and_date(rest, vocabulary) {
        return (TokenKind::Date(iso), rest.len());
    }
    if let Some(time) = TIME.find(rest) {
        return (TokenKind::Time, time.end());
    }
    if expects_number
        && let Some((range, number)) = Diarienummer::find_labelled(rest, vocabulary)
        && range.start == 0
    {
        return (TokenKind::Diarienummer(number), range.end);
    }
    if let Some((range, number)) = Diarienummer::find_all(rest, vocabulary).into_iter().next()
        && range.start == 0
    {
        return (TokenKind::Diarienummer(number), range.end);
    }
    if let Some(found) = read_label(rest, vocabulary) {
        return found;
    }
    let after_name = matches!(
        last,
        Some(Token {
            kind: TokenKind::Municipality
                | TokenKind::Organ(_)
                | TokenKind::Department(_)
                | TokenKind::Date(_),
            ..
        })
    );
    if (at == 0 || after_name)
        && let Some(found) = read_document_type(rest, vocabulary)
    {
        return found;
    }
    let end = value_end(rest, vocabulary);
    let whole = rest[..end].trim_end_matches([' ', ',', ':', '.']);
    if let Some(name) = whole_organ(whole, vocabulary) {
        return (TokenKind::Organ(name), end);
    }
    if let Some(name) = whole_department(whole, vocabulary) {
        return (TokenKind::Department(name), end);
    }
    if is_municipality(whole, vocabulary) {
        return (TokenKind::Municipality, end);
    }
    if (6..=20).contains(&whole.len())
        && whole.contains(|c: char| matches!(c, '/' | '-' | ':' | '.') || c.is_ascii_uppercase())
        && let Some((range, number)) = Diarienummer::find_labelled(whole, vocabulary)
        && range.start == 0
        && is_plan_code(&whole[range.end..])
    {
        return (TokenKind::LooseNumber(number), end);
    }
    // "Jönköpings kommun Barn- och utbildningsnämnden" without a gap between them.
    if let Some((range, _)) = vocabulary.find_municipalities(whole).into_iter().next()
        && range.start == 0
        && let behind = whole[range.end..].trim_start_matches([' ', ',', '-', '–'])
        && (whole_organ(behind, vocabulary).is_some()
            || whole_department(behind, vocabulary).is_some()
            || read_document_type(behind, vocabulary).is_some())
    {
        return (TokenKind::Municipality, range.end);
    }
    if let Some((name, length)) = organ_at_start(rest, vocabulary) {
        return (TokenKind::Organ(name), length);
    }
    if is_contact(whole) {
        return (TokenKind::Contact, end);
    }
    // "Anna Ek, utredare": a name and what the person is.
    if let Some((name, role)) = whole.split_once(',')
        && person::looks_like_name(name.trim(), vocabulary)
        && vocabulary.is_role(role.trim())
    {
        return (TokenKind::Names(vec![name.trim().to_owned()]), name.len());
    }
    // "Anna Ek utredare"
    let small =
        whole.match_indices(' ').find(|(space, _)| whole[space + 1..].starts_with(char::is_lowercase));
    if let Some((space, _)) = small
        && vocabulary.is_role(&whole[space + 1..])
        && person::looks_like_name(&whole[..space], vocabulary)
    {
        return (TokenKind::Names(vec![whole[..space].to_owned()]), space);
    }
    if vocabulary.is_role(whole) {
        return (TokenKind::Role, end);
    }
    let names = person::split_names(whole, vocabulary);
    if !names.is_empty()
        && names.iter().all(|n| person::looks_like_name(n, vocabulary))
        && !goes_on_in_words(whole, &names[0], vocabulary)
    {
        return (TokenKind::Names(names), end);
    }
    let is_label = |last: &Token| last.kind == TokenKind::Label(Label::CaseOfficer);
    if last.is_some_and(is_label) && person::has_form_of_name(whole) {
        return (TokenKind::Names(vec![whole.to_owned()]), end);
    }
    (TokenKind::Other, end)
}

/// Whether small words that are no role follow what looks like a name: "Avveckling Solbackens förskola".
fn goes_on_in_words(text: &str, name: &str, vocabulary: &Vocabulary) -> bool {
    let rest = text.strip_prefix(name).map(str::trim_start).unwrap_or_default();
    rest.starts_with(char::is_lowercase) && !rest.starts_with("och ") && !vocabulary.is_role(rest)
}

/// Whether nothing, or a code of the filing plan, follows a number: "041" of "2025-00417 041".
fn is_plan_code(after: &str) -> bool {
    after.is_empty()
        || after
            .strip_prefix(' ')
            .is_some_and(|code| (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit()))
}

/// What stands behind a label's colon, with dots leading to it or without, or behind its bracket: "Diarienummer .......:
/// KS/2025:412", `[Ärende]   Driftform`.
pub(super) fn behind_colon(after_label: &str) -> Option<&str> {
    after_label.trim_start_matches([' ', '.', '\u{A0}']).strip_prefix([':', ']'])
}

fn read_label(rest: &str, vocabulary: &Vocabulary) -> Option<(TokenKind, usize)> {
    let (entry, length) = vocabulary.labels.prefix(rest)?;
    let code = entry.code;
    let after = &rest[length..];
    let behind = behind_colon(after);
    let value = behind.unwrap_or(after).trim_start_matches([':', ' ', '\u{A0}']);
    let has_colon = behind.is_some();
    let length = behind.map_or(length, |behind| rest.len() - behind.len());
    let announces = value.is_empty()
        || has_colon
        || date_at_start(value).is_some()
        || read_label(value, vocabulary).is_some()
        || match code {
            Label::Diarienummer | Label::OtherDiarienummer => {
                Diarienummer::find_labelled(value, vocabulary).is_some_and(|(range, _)| range.start == 0)
            }
            Label::Committee => {
                whole_organ(&value[..value_end(value, vocabulary)], vocabulary).is_some()
                    || organ_at_start(value, vocabulary).is_some()
            }
            Label::CaseOfficer => {
                let names = person::split_names(value, vocabulary);
                !names.is_empty() && names.iter().all(|n| person::looks_like_name(n, vocabulary))
            }
            Label::Page => PageMark::find(rest).is_some(),
            _ => PageMark::whole(value).is_some(),
        };
    announces.then_some((TokenKind::Label(code), length))
}

fn read_document_type(rest: &str, vocabulary: &Vocabulary) -> Option<(TokenKind, usize)> {
    let (entry, length) = vocabulary.document_types.prefix(rest)?;
    let end = value_end(rest, vocabulary);
    let own = rest[..end].trim_end();
    let tail = own.get(length..).unwrap_or_default().trim_start();
    let starts_upper = rest.chars().next().is_some_and(char::is_uppercase);
    let fits = starts_upper && own.chars().count() <= LONGEST_DOCUMENT_TYPE;
    // "Delårsbokslut Arbetsmarknadsnämnden", "Tjänsteskrivelse till arbetsmarknadsnämnden", "Rapport, bilaga 1": a
    // document's name says whose it is. Whatever else follows makes it a title.
    let whose = tail
        .split_once(' ')
        .filter(|(word, _)| matches!(*word, "till" | "från" | "för"))
        .map_or(tail, |(_, t)| t);
    let plain_tail = tail.is_empty()
        || tail == "till"
        || whole_organ(whose, vocabulary).is_some()
        || attachment::number(tail.trim_start_matches([',', ' '])).is_some();
    // Minutes and notices stand beside the committee's name without being named after it.
    let beside = matches!(entry.code, PaperKind::Protokoll | PaperKind::Kallelse)
        && whole_organ(tail, vocabulary).is_some();
    // "TJÄNSTESKRIVELSE 1 (2)" in a running head.
    let counted = PageMark::whole(tail).is_some_and(|mark| mark.of.is_some());
    let end = if beside || counted { length } else { end };
    (fits && (plain_tail || counted)).then_some((TokenKind::DocumentType(entry.code), end))
}

/// Where the value at the start of a text ends: before the next label with its colon, date or registration number.
fn value_end(rest: &str, vocabulary: &Vocabulary) -> usize {
    let mut end = rest.len();
    for (range, _) in date::find_dates(rest) {
        end = end.min(range.start);
    }
    for (range, _) in Diarienummer::find_all(rest, vocabulary) {
        end = end.min(range.start);
    }
    for (range, label) in vocabulary.labels.find_all(rest) {
        let after = rest[range.end..].trim_start();
        let numbered = label.code == Label::Diarienummer
            && Diarienummer::find_labelled(after, vocabulary).is_some_and(|(found, _)| found.start == 0);
        // "Tjänsteskrivelse daterad 2022-04-20" is one thing.
        let dated = matches!(label.code, Label::Date | Label::MeetingDate)
            && rest[range.start..].starts_with(char::is_uppercase)
            && date_at_start(after).is_some();
        if after.starts_with(':') || numbered || dated {
            end = end.min(range.start);
        }
    }
    for mark in [" · ", " | ", " – ", "  "] {
        end = rest.find(mark).map_or(end, |at| end.min(at));
    }
    if end == 0 { rest.len() } else { end }
}

fn date_at_start(text: &str) -> Option<(String, usize)> {
    let (range, iso) = date::find_dates(text).into_iter().next()?;
    // "måndagen den 20 oktober 2025", "den 20 oktober 2025".
    let before = text[..range.start].trim();
    let (day, den) = before.rsplit_once(' ').unwrap_or((before, before));
    let weekday =
        |word: &str| word.trim_end_matches("en").to_lowercase().ends_with("dag") && !word.contains(' ');
    let leads = before.is_empty()
        || before.eq_ignore_ascii_case("den")
        || weekday(before)
        || (den.eq_ignore_ascii_case("den") && weekday(day));
    leads.then_some((iso, range.end))
}

/// The committee that a text begins with where the rest tells of its meeting: "kommunstyrelsens sammanträde 2025-04-08".
fn organ_at_start(text: &str, vocabulary: &Vocabulary) -> Option<(String, usize)> {
    let found = vocabulary.organ_at_start(text)?;
    let rest = text.get(found.range.end..)?.trim_start_matches([' ', ',', ';', '\u{A0}']);
    let (entry, length) = vocabulary.labels.prefix(rest)?;
    let dated = rest[length..].trim().is_empty() || date_at_start(rest[length..].trim_start()).is_some();
    (entry.code == Label::MeetingDate && dated).then_some((found.name?, found.range.end))
}

/// The committee that a text is as a whole.
#[must_use]
pub fn whole_organ(text: &str, vocabulary: &Vocabulary) -> Option<String> {
    let text = text.trim();
    let found = vocabulary.organ_at_start(text)?;
    found.name.filter(|_| found.range == (0..text.len()))
}

/// The department that a text is as a whole.
#[must_use]
pub fn whole_department(text: &str, vocabulary: &Vocabulary) -> Option<String> {
    let text = text.trim();
    let found = vocabulary.department_at_start(text)?;
    found.name.filter(|_| found.range == (0..text.len()))
}

/// Whether a line of a head that nothing else is known of may be a department's name: "Samhällsbyggnad", "Livsmiljö
/// Ekstad".
#[must_use]
pub fn may_name_department(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=5).contains(&words)
        && text.chars().count() >= 5
        && text.starts_with(char::is_uppercase)
        && text.chars().any(char::is_lowercase)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | ',' | '&' | '/'))
}

/// Whether a text is a municipality's name and no more.
#[must_use]
pub fn is_municipality(text: &str, vocabulary: &Vocabulary) -> bool {
    let text = text.trim();
    text.split_whitespace().count() <= 4
        && vocabulary.find_municipalities(text).iter().any(|(range, _)| *range == (0..text.len()))
}

fn token(kind: TokenKind, span: &Span, range: Range<usize>) -> Token {
    let letters = span.text.chars().count().max(1);
    let before = span.text[..range.start].chars().count();
    let own = span.text[range.clone()].chars().count();
    #[allow(clippy::cast_precision_loss)] // a span's letters are few
    let at = |n: usize| span.bbox.x0 + span.bbox.width() * n as f32 / letters as f32;
    Token {
        kind,
        text: span.text[range].trim().to_owned(),
        bbox: Rect { x0: at(before), x1: at(before + own), ..span.bbox },
        size: span.size,
        doubtful: false,
    }
}

/// The same in front of the label or the registration number: "§ 27 Dnr KS 2018/124", "§ 59, N609-4635/23".
static MATTER_AHEAD: Pattern =
    Pattern::new(r"^§\s*[0-9]{1,4}[a-z]?(?:/[0-9]{2,4})?(?:\s+(?:forts|fortsättning)\.?)?,?\s");

/// "§ 47", "§ 52/2019", "§ 72 forts".
static MATTER: Pattern =
    Pattern::new(r"^§\s*[0-9]{1,4}[a-z]?(?:/[0-9]{2,4})?(?:\s+(?:forts|fortsättning)\.?)?,?$");

/// "kl. 14:00", "klockan 9.00–12.00", "14:00-16:30".
static TIME: Pattern = Pattern::new(
    r"^(?i)(?:(?:kl|klockan)\.?\s*[0-9]{1,2}(?:[.:][0-9]{2})?|[0-9]{1,2}[.:][0-9]{2})(?:\s*[-–]\s*[0-9]{1,2}(?:[.:][0-9]{2})?)?(?:\s|,|$)",
);

/// Whether a text is an address or the like: it names a way to reach somebody.
fn is_contact(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let first = if first.len() <= LONGEST_CONTACT_NAME { first.to_lowercase() } else { String::new() };
    // The pattern is slow, and most texts have no figure and no mark that it asks for.
    CONTACT_NAMES.contains(&first.as_str())
        || (text.bytes().any(|b| b.is_ascii_digit() || matches!(b, b'@' | b'.' | b'/' | b'(' | b'+'))
            || text.starts_with(' ')
            || matches!(first.as_str(), "e" | "org"))
            && CONTACT.is_match(text)
}

/// Names of ways to reach somebody, which stand in front of them.
const CONTACT_NAMES: &[&str] = &[
    "besöksadress",
    "postadress",
    "telefon",
    "tel",
    "tfn",
    "direkt",
    "direkttelefon",
    "fax",
    "epost",
    "växel",
    "plusgiro",
    "bankgiro",
    "mobil",
    "stadshuset",
    "kommunhuset",
    "rådhuset",
];
/// No name of those has more bytes.
const LONGEST_CONTACT_NAME: usize = 16;

/// Such names that end in a mark or go on with a number, addresses and numbers.
static CONTACT: Pattern = Pattern::new(concat!(
    r"(?i)@|\bwww\.|https?://|\.se$|^\+?[0-9 (][0-9\s()/+–-]{5,}$|\b[0-9]{3} ?[0-9]{2} [A-ZÅÄÖ]",
    r"|^(?:e-post|org\.? ?nr|box [0-9])\b",
    r"|(?:gatan|vägen|torget|torg|gränd|plan|stadshuset|kommunhuset)\s+[0-9]{1,3}\b",
));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_may_stand_beside_its_page_mark() {
        let read = |text: &str| read_document_type(text, Vocabulary::builtin()).map(|found| found.1);
        assert_eq!(read("TJÄNSTESKRIVELSE 1 (2)"), Some("TJÄNSTESKRIVELSE".len()));
        assert_eq!(read("Rapport om 12 parker"), None);
    }

    #[test]
    fn the_number_of_a_matter_stands_before_its_registration_number() {
        let read = |text: &str| read_one(text, 0, None, Vocabulary::builtin());
        assert_eq!(read("§ 59, N609-4635/23"), (TokenKind::Matter, "§ 59, ".len()));
        assert_eq!(read("§ 27 Dnr KS 2018/124 Taxa").0, TokenKind::Matter);
        assert_eq!(read("§ 27 KS 2018/124 har återremitterats").0, TokenKind::Other);
    }

    #[test]
    fn small_words_behind_capitals_make_no_name() {
        let kind = |text: &str| read_one(text, 0, None, Vocabulary::builtin()).0;
        assert_eq!(kind("Avveckling Solbackens förskola"), TokenKind::Other);
        assert_eq!(kind("Karin Ekstam utredare"), TokenKind::Names(vec!["Karin Ekstam".to_owned()]));
        assert_eq!(kind("Karin Ekstam 018-12 34 56"), TokenKind::Names(vec!["Karin Ekstam".to_owned()]));
    }

    #[test]
    fn ways_to_reach_somebody() {
        for text in [
            "Telefon",
            "TFN: växeln",
            "Växel",
            "E-post",
            "epost",
            "Org. nr",
            "Box 9",
            "www.exempel.se",
            "Storgatan 3",
            "anna@exempel.se",
            "018-12 34 56",
            "Rådhuset",
        ] {
            assert!(is_contact(text), "{text:?}");
        }
        for text in ["Telefonist", "Organisation", "E", "Faxen", "Anna Ek", "Boxning 2031", "Telefonnumret"] {
            assert!(!is_contact(text), "{text:?}");
        }
    }
}
