//! Folding: the form in which texts and terms are compared. In goes a line as the paper sets it, out comes the
//! same line in lower case with single spaces, and with it the way back to the paper's own bytes.
//!
//! What folding takes away never tells two terms apart: case, kind and number of spaces, Markdown emphasis, soft
//! hyphens, the kind of dash, whether å is one character or two, a closing colon or full stop.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{compose, is_combining_mark};

/// A folded text that knows where each of its bytes comes from.
#[derive(Debug)]
pub(crate) struct Folded<'a> {
    /// The folded text.
    pub(crate) text: String,
    /// The paper's text.
    source: &'a str,
    /// Whether folding has only changed letters, so that the places in both texts are the same.
    is_of_one_length: bool,
    /// For each byte of `text`, where the character that it belongs to stands in the paper's text; once somebody asks,
    /// since few texts hold what is looked for.
    places: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Folded<'a> {
    /// Folds a text.
    pub(crate) fn new(source: &'a str) -> Self {
        let mut text = String::with_capacity(source.len());
        fold_into(source, &mut text);
        // Below U+0100 no character becomes longer.
        let is_of_one_length = text.len() == source.len() && source.bytes().all(|byte| byte < 0xc4);
        Self { text, source, is_of_one_length, places: OnceCell::new() }
    }

    /// The range in the paper's text that a range of the folded text comes from.
    pub(crate) fn origin(&self, start: usize, end: usize) -> Range<usize> {
        if self.is_of_one_length && start < end {
            return start..end;
        }
        let places = self.places.get_or_init(|| {
            let mut places = Vec::with_capacity(self.text.len());
            each_folded(self.source, |character, origin| {
                places.extend(std::iter::repeat_n(origin, character.len_utf8()));
                true
            });
            places
        });
        if start >= end {
            let at = places.get(start).map_or(0, |place| place.start);
            return at..at;
        }
        places[start].start..places[end - 1].end
    }
}

/// Adds the folded text to another.
pub(super) fn fold_into(text: &str, folded: &mut String) {
    let reached = fold_plain_into(text, folded);
    if reached.at < text.len() {
        each_folded_from(text, reached, |character, _| {
            folded.push(character);
            true
        });
    }
}

/// Adds the folded beginning of a text to another, up to a character that takes more than to look at its bytes. Whole
/// runs of characters that folding leaves as they are, are copied at once.
fn fold_plain_into(text: &str, folded: &mut String) -> Reached {
    let bytes = text.as_bytes();
    let mut reached = Reached::default();
    // Where the run began.
    let mut run = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let (length, is_kept) = match *byte {
            b'\t'..=b'\r' | b' ' => {
                folded.push_str(&text[run..at]);
                if reached.begun && reached.space.is_none() {
                    reached.space = Some(at..at + 1);
                }
                at += 1;
                run = at;
                continue;
            }
            b'*' | b'_' => break,
            b'A'..=b'Z' => (1, false),
            0..0x80 => (1, true),
            // From À to ÿ, of which the first half is in capitals, but for two signs.
            LATIN_LEAD => (2, matches!(bytes[at + 1], 0x97 | 0x9f..)),
            _ => break,
        };
        let next = at + length;
        // A mark may belong to the character.
        if bytes.get(next).is_some_and(|byte| *byte >= FIRST_OF_COMBINING) {
            break;
        }
        if reached.space.take().is_some() {
            folded.push(' ');
        }
        reached.begun = true;
        if !is_kept {
            folded.push_str(&text[run..at]);
            folded.extend(text[at..next].chars().filter_map(lower_plain));
            run = next;
        }
        at = next;
    }
    folded.push_str(&text[run..at]);
    reached.before = text[..at].chars().next_back().unwrap_or(' ');
    reached.at = at;
    reached
}

/// Room for a first word that is no longer than most, so that none has to be allocated.
pub(super) type WordRoom = [u8; 32];

/// The first word of the folded text, as [`first_word`] cuts it, without folding the rest.
pub(super) fn first_folded_word<'a>(text: &str, room: &'a mut WordRoom) -> Cow<'a, str> {
    let length = plain_length(text);
    // A mark, a soft hyphen or emphasis does not end the word.
    let ends = text.as_bytes().get(length).is_none_or(|byte| byte.is_ascii() && !matches!(byte, b'*' | b'_'));
    if ends
        && length > 0
        && let Some(room) = room.get_mut(..length)
    {
        room.copy_from_slice(&text.as_bytes()[..length]);
        room.make_ascii_lowercase();
        let mut after_lead = false;
        for byte in room.iter_mut() {
            if after_lead && *byte <= 0x9e {
                *byte += 0x20;
            }
            after_lead = *byte == LATIN_LEAD;
        }
        return Cow::Borrowed(str::from_utf8(room).unwrap_or_default());
    }
    let mut word = String::with_capacity(24);
    each_folded(text, |character, _| {
        let belongs = is_alphanumeric(character);
        if belongs || word.is_empty() {
            word.push(character);
        }
        belongs
    });
    Cow::Owned(word)
}

/// The first byte of the letters from À to ÿ, among which are two signs. In the first half of these, up to Þ, they are
/// capitals.
const LATIN_LEAD: u8 = 0xc3;

/// The length of the plain letters and digits, Western European ones included, that a text begins with.
fn plain_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match *byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => 1,
            LATIN_LEAD if !matches!(bytes[at + 1], 0x97 | 0xb7) => 2,
            _ => break,
        };
    }
    at
}

/// The first byte of the folded text, where the text begins with a plain letter or digit.
pub(super) fn first_folded_byte(text: &str) -> Option<u8> {
    let first = text.chars().next()?;
    let is_marked = text.as_bytes().get(first.len_utf8()).is_some_and(|byte| *byte >= FIRST_OF_COMBINING);
    let lower = lower_plain(first).filter(|_| !is_marked)?;
    Some(lower.encode_utf8(&mut [0; 4]).as_bytes()[0])
}

/// The letters and digits that a folded text begins with, or its first character where that is neither.
pub(super) fn first_word(text: &str) -> &str {
    let plain = plain_length(text);
    let end = text[plain..].find(|c: char| !is_alphanumeric(c)).map_or(text.len(), |more| plain + more);
    let end = if end == 0 { text.chars().next().map_or(0, char::len_utf8) } else { end };
    &text[..end]
}

/// Hands over the folded text, character by character, each with the place that it comes from, until the taker says that
/// it has enough.
fn each_folded(text: &str, take: impl FnMut(char, Range<usize>) -> bool) {
    each_folded_from(text, Reached::default(), take);
}

/// How far a text has been folded.
struct Reached {
    at: usize,
    /// The character before.
    before: char,
    /// A space that is handed over once a character follows it.
    space: Option<Range<usize>>,
    /// Whether anything has been handed over.
    begun: bool,
}

impl Default for Reached {
    fn default() -> Self {
        Self { at: 0, before: ' ', space: None, begun: false }
    }
}

/// Like [`each_folded`], for the rest of a text.
fn each_folded_from(text: &str, reached: Reached, mut take: impl FnMut(char, Range<usize>) -> bool) {
    let Reached { mut at, mut before, mut space, mut begun } = reached;
    let mut has_words = None;
    while let Some(mut character) = text[at..].chars().next() {
        let start = at;
        at += character.len_utf8();
        // Nearly all characters are plain letters, and a mark that belongs to them is seen by its first byte.
        let is_marked = text.as_bytes().get(at).is_some_and(|byte| *byte >= FIRST_OF_COMBINING);
        if !is_marked && let Some(lower) = lower_plain(character) {
            if let Some(origin) = space.take()
                && !take(' ', origin)
            {
                return;
            }
            if !take(lower, start..at) {
                return;
            }
            (before, begun) = (character, true);
            continue;
        }
        while is_marked && let Some(mark) = text[at..].chars().next() {
            if mark < FIRST_COMBINING || !is_combining_mark(mark) {
                break;
            }
            let Some(composed) = compose(character, mark) else { break };
            character = composed;
            at += mark.len_utf8();
        }
        let is_left_out = is_invisible(character)
            || matches!(character, '*' | '_')
                && is_emphasis(character, before, text[at..].chars().next().unwrap_or(' '))
                && *has_words.get_or_insert_with(|| text.chars().any(char::is_alphanumeric));
        before = character;
        if is_left_out {
            continue;
        }
        if character.is_whitespace() {
            if begun && space.is_none() {
                space = Some(start..at);
            }
            continue;
        }
        if let Some(origin) = space.take()
            && !take(' ', origin)
        {
            return;
        }
        begun = true;
        for lower in plain(character).to_lowercase() {
            if !take(lower, start..at) {
                return;
            }
        }
    }
}

/// [`char::is_alphanumeric`], which looks letters such as å up in a table.
pub(super) fn is_alphanumeric(character: char) -> bool {
    match character {
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{ff}' => true,
        _ => character.is_alphanumeric(),
    }
}

/// A plain letter or digit, Western European ones included, in lower case.
fn lower_plain(character: char) -> Option<char> {
    match character {
        'a'..='z' | '0'..='9' | '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{ff}' => Some(character),
        'A'..='Z' => Some(character.to_ascii_lowercase()),
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{de}' => char::from_u32(u32::from(character) + 0x20),
        _ => None,
    }
}

/// No combining mark comes before this one.
const FIRST_COMBINING: char = '\u{300}';
/// The first byte of that mark, and the least that any mark begins with.
const FIRST_OF_COMBINING: u8 = 0xcc;

/// The folded text without its closing colon or full stop: what a whole cell or a whole heading is looked up by.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    let kept = without_closing(&folded).len();
    folded.truncate(kept);
    folded
}

/// A folded text without closing colons and full stops; all of it where it consists of nothing else ("..").
fn without_closing(folded: &str) -> &str {
    let kept = folded.trim_end_matches([':', '.', ' ']);
    if kept.is_empty() { folded } else { kept }
}

/// The text as records keep it in `raw`: composed characters, single spaces, no soft hyphens, nothing at the ends.
#[must_use]
pub fn single_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        // Characters before the marks are composed, and of those only the soft hyphen is invisible.
        if word.bytes().all(|byte| byte < FIRST_OF_COMBINING) && !word.contains('\u{ad}') {
            spaced.push_str(word);
        } else {
            spaced.extend(word.nfc().filter(|character| !is_invisible(*character)));
        }
    }
    spaced
}

/// Closes words that are set with a space between each letter: "T J Ä N S T E S K R I V E L S E".
///
/// A run of at least four single letters with one space between them becomes a word; two or more spaces part words.
/// Four, because "a b c" may well be three names of things; shorter runs are closed beside such a word.
#[must_use]
pub fn close_letter_spacing(text: &str) -> Cow<'_, str> {
    // Of four single letters in a row the two in the middle have a space on either side, which few texts have.
    let mut singles = text.split(' ').map(|piece| piece.len() <= 4 && piece.chars().count() == 1);
    let mut was_single = false;
    if !singles.any(|is_single| std::mem::replace(&mut was_single, is_single) && is_single) {
        return Cow::Borrowed(text);
    }
    let characters: Vec<char> = text.chars().collect();
    let runs = spaced_runs(&characters);
    let long = |run: &Range<usize>| run.len() > 6;
    let beside = |a: &Range<usize>, b: &Range<usize>| {
        characters[a.end..b.start].iter().all(|c| c.is_whitespace() && *c != '\n')
    };
    let mut closed: Vec<bool> = runs.iter().map(long).collect();
    if !closed.contains(&true) {
        return Cow::Borrowed(text);
    }
    for i in 1..runs.len() {
        closed[i] |= closed[i - 1] && beside(&runs[i - 1], &runs[i]);
    }
    for i in (1..runs.len()).rev() {
        closed[i - 1] |= closed[i] && beside(&runs[i - 1], &runs[i]);
    }
    let mut result = String::with_capacity(text.len());
    let mut copied = 0;
    let mut after_closed = false;
    for (run, _) in runs.iter().zip(&closed).filter(|&(_, &closed)| closed) {
        let between = &characters[copied..run.start];
        if after_closed && between.iter().all(|c| c.is_whitespace() && *c != '\n') {
            result.push(' ');
        } else {
            result.extend(between);
        }
        result.extend(characters[run.clone()].iter().step_by(2));
        copied = run.end;
        after_closed = true;
    }
    result.extend(&characters[copied..]);
    Cow::Owned(result)
}

/// The runs of single letters with one space between them, as ranges of characters.
fn spaced_runs(characters: &[char]) -> Vec<Range<usize>> {
    let alone = |i: usize| {
        characters[i].is_alphabetic()
            && (i == 0 || characters[i - 1].is_whitespace())
            && characters.get(i + 1).is_none_or(|c| c.is_whitespace() || matches!(c, ':' | '.' | ','))
    };
    let mut runs = Vec::new();
    let mut i = 0;
    while i < characters.len() {
        if !alone(i) {
            i += 1;
            continue;
        }
        let mut last = i;
        while last + 2 < characters.len() && characters[last + 1] == ' ' && alone(last + 2) {
            last += 2;
        }
        runs.push(i..last + 1);
        i = last + 1;
    }
    runs
}

/// Whether a term may begin or end between two characters: not within a word or a number.
pub(crate) fn is_boundary(before: Option<char>, after: Option<char>) -> bool {
    !matches!((before, after), (Some(a), Some(b)) if is_alphanumeric(a) && is_alphanumeric(b))
}

/// Soft hyphens, zero-width spaces and the like: set for the eye's sake, no part of any word.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Whether a mark is Markdown emphasis: stars anywhere, underscores at the edge of a word.
fn is_emphasis(character: char, before: char, after: char) -> bool {
    character == '*' || character == '_' && !(before.is_alphanumeric() && after.is_alphanumeric())
}

/// One character for all that look alike: dashes and quotation marks.
fn plain(character: char) -> char {
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{201c}'..='\u{201f}' => '"',
        '\u{2018}'..='\u{201b}' => '\'',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_takes_away_what_tells_no_terms_apart() {
        for (text, folded) in [
            ("  Förslag  till\u{a0}beslut: ", "förslag till beslut"),
            ("**Ärendet**", "ärendet"),
            ("***Beslutet expedieras till:***", "beslutet expedieras till"),
            ("_Bilagor_", "bilagor"),
            ("fil_namn", "fil_namn"),
            ("A\u{30a}tga\u{308}rd", "åtgärd"),
            ("Besluts\u{ad}underlag", "beslutsunderlag"),
            ("Budget – avvikelse", "budget - avvikelse"),
            ("ÖVERVÄGANDEN", "överväganden"),
            ("..", ".."),
            ("**", "**"),
            ("i.u.", "i.u"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
    }

    #[test]
    fn plain_beginnings_are_folded_like_the_rest() {
        for text in [
            "Förslag  till\u{a0}beslut × ÷ ß Þ ÿ",
            " ÅTGÄRD\t*A\u{30a}r*",
            "a\u{30a}",
            "Fil_namn _x_",
            "B – c",
            "É\u{301}\u{ad}X",
            "2 * 3",
            "- A -",
        ] {
            let mut slowly = String::new();
            each_folded(text, |character, _| {
                slowly.push(character);
                true
            });
            assert_eq!(Folded::new(text).text, slowly, "{text:?}");
            assert_eq!(first_folded_word(text, &mut WordRoom::default()), first_word(&slowly), "{text:?}");
        }
    }

    #[test]
    fn a_folded_range_leads_back_to_the_paper() {
        let text = "**A\u{30a}tga\u{308}rd\u{a0} \n12**";
        let folded = Folded::new(text);
        assert_eq!(folded.text, "åtgärd 12");
        assert_eq!(&text[folded.origin(0, "åtgärd".len())], "A\u{30a}tga\u{308}rd");
        assert_eq!(&text[folded.origin("åtgärd ".len(), folded.text.len())], "12");
    }

    #[test]
    fn raw_text_keeps_its_words() {
        assert_eq!(single_spaced("  A\u{30a}tga\u{308}rd\u{a0} \n 12\u{ad}a. "), "Åtgärd 12a.");
        assert_eq!(single_spaced(" \n"), "");
    }

    #[test]
    fn letter_spacing_is_closed() {
        for (text, closed) in [
            ("T J Ä N S T E S K R I V E L S E", "TJÄNSTESKRIVELSE"),
            ("F Ö R S L A G   T I L L   B E S L U T", "FÖRSLAG TILL BESLUT"),
            ("Sida 1\nK A L L E L S E: nu", "Sida 1\nKALLELSE: nu"),
            ("S A M M A N F A T T N I N G   A V   Ä R E N D E T", "SAMMANFATTNING AV ÄRENDET"),
            ("a b c", "a b c"),
            ("Beslut i ärendet", "Beslut i ärendet"),
        ] {
            assert_eq!(close_letter_spacing(text), closed);
        }
    }
}
