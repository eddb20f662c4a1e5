//! Headings of a text that shows no type: neither size nor weight nor marks.
//!
//! What is left to see is the space around a line, that it is short where its neighbours are full, its number, and the
//! words it is made of. A line is refused where it may as well be a name, a date, an item or the beginning of a
//! sentence; an unknown heading over nothing but other short lines is missed.

use super::numbering::{depth_of, is_number};
use super::tokens::{whole_department, whole_organ};
use crate::layout::{Block, BlockKind};
use crate::vocabulary::Vocabulary;

/// Longest heading of unknown words, in characters.
const LONGEST: usize = 90;
/// Longest numbered heading, in characters.
const LONGEST_NUMBERED: usize = 200;
/// Shortest paragraph that is surely prose, in characters.
const PROSE: usize = 90;
/// Shortest line that is prose where it ends like a sentence, in characters.
const SENTENCE: usize = 30;
/// Most headings that stand on one another without space.
const DEEPEST: u32 = 3;
/// Height of a line on the grid, in its points.
const LINE: f32 = 12.0;
/// How much further right than what follows a heading may begin, in points of the grid: four characters.
const INDENT: f32 = 20.0;
/// Fewest words of a heading in capitals whose words are not known.
const CAPITAL_WORDS: usize = 3;
/// Most words of an unknown heading over a list.
const WORDS_OVER_LIST: usize = 3;
/// Most words of a heading that ends with a colon.
const WORDS_BEFORE_COLON: usize = 5;

/// Whether a block of a text is a heading, by what stands around it.
pub(super) fn is_heading(blocks: &[Block], index: usize, vocabulary: &Vocabulary) -> bool {
    stands(blocks, index, 0, vocabulary)
}

/// `deep` counts the headings below that have asked whether this one is.
fn stands(blocks: &[Block], index: usize, deep: u32, vocabulary: &Vocabulary) -> bool {
    let block = &blocks[index];
    let Some(next) = blocks.get(index + 1) else { return false };
    if repeats_itself(&block.text) {
        return false;
    }
    let above = index.checked_sub(1).map(|i| &blocks[i]);
    let (over, under) = (above.map_or(3, |a| empty_lines(a, block)), empty_lines(block, next));
    let known = vocabulary.heading_kind(&block.text);
    let strong = known.is_some_and(|h| !h.weak);
    let parted = over >= 1 || above.is_none_or(ends);
    if !has_shape(block, over, under, strong, vocabulary)
        || (!(strong && over >= 1) && stands_aside(block, next))
    {
        return false;
    }
    if parted && under <= 3 && is_chapter(&blocks[index..], strong) {
        return true;
    }
    if strong {
        return under <= 3;
    }
    // Two empty lines set a chapter apart from what is above, and its text follows.
    let sentence =
        next.kind == BlockKind::Paragraph && ends_sentence(next) && next.text.chars().count() > SENTENCE;
    if depth_of(&block.text) == Some(1) && over >= 2 && under <= 1 && sentence {
        return true;
    }
    // "19 Anknytande familjer …" is a row.
    if block.lines.len() > 1 || depth_of(&block.text).is_some() || names_somebody(block, vocabulary) {
        return false;
    }
    let below = &blocks[index + 1..];
    let prose = is_prose(next, PROSE);
    let table = matches!(next.kind, BlockKind::Table(_)) && !is_caption(&block.text);
    let listed = is_item(next);
    match (over, under) {
        // Space above and none below: what follows belongs to it.
        (1.., 0) => {
            prose
                || sentence
                || listed
                || table && known.is_some()
                || over >= 2 && table
                || heads_stack(below, vocabulary)
        }
        (1.., 1..=2) => {
            let over_list = listed
                && block.text.split_whitespace().count() <= WORDS_OVER_LIST
                && !is_caption(&block.text);
            !block.text.contains(',')
                && (prose || over_list || (known.is_some() && (sentence || listed || table)))
                || over > under && (prose || table)
        }
        // Right below a heading and set apart from the text: the first heading of several.
        (0, 1..=2) => {
            let below_heading =
                above.is_some_and(|above| vocabulary.heading_kind(&above.text).is_some_and(|h| h.standard));
            let goes_on = next.text.starts_with(char::is_lowercase);
            below_heading
                && prose
                && !goes_on
                && !block.text.contains(',')
                && stands(blocks, index - 1, deep + 1, vocabulary)
        }
        // No space at all: only between a sentence's end or a heading and a paragraph.
        (0, 0) => {
            let ended = above.is_some_and(|a| ends_sentence(a) && (is_prose(a, SENTENCE) || is_item(a)));
            prose
                && next.lines.len() > 1
                && (ended || (deep < DEEPEST && index > 0 && stands(blocks, index - 1, deep + 1, vocabulary)))
        }
        _ => false,
    }
}

/// Whether a line without a mark is a heading in a text that marks its headings: it stands alone, its words are those of
/// a heading, and capitals or emphasis set it off. Several words in capitals over a text need not be known.
pub(super) fn is_unmarked(blocks: &[Block], index: usize, vocabulary: &Vocabulary) -> bool {
    let block = &blocks[index];
    let alone = index == 0 || empty_lines(&blocks[index - 1], block) >= 1;
    let strong = vocabulary.heading_kind(&block.text).is_some_and(|h| !h.weak);
    let capitals = !block.text.chars().any(char::is_lowercase);
    let shouted = capitals
        && block.text.split_whitespace().count() >= CAPITAL_WORDS
        && blocks.get(index + 1).is_some_and(|next| {
            next.kind == BlockKind::Paragraph
                && empty_lines(block, next) >= 1
                && next.text.chars().any(char::is_lowercase)
        })
        && !names_somebody(block, vocabulary);
    let set_off = strong && (capitals || block.is_italic()) || shouted;
    let chapter = depth_of(&block.text).is_some_and(|depth| depth > 1)
        && blocks.get(index + 1).is_some_and(|next| empty_lines(block, next) >= 1);
    alone
        && block.lines.len() == 1
        && (set_off || chapter)
        && index + 1 < blocks.len()
        && has_shape(block, 1, 1, strong, vocabulary)
}

/// Empty lines between two blocks; a page's end counts as one below a line and as many above it.
fn empty_lines(above: &Block, below: &Block) -> u32 {
    let (Some(a), Some(b)) = (above.lines.last(), below.lines.first()) else { return 1 };
    if a.sheet != b.sheet {
        return 1;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // lines are few
    let lines = ((b.bbox.y0 - a.bbox.y0) / LINE).round().max(1.0) as u32;
    lines - 1
}

/// Whether a block is of the length, letters and place that a heading has.
fn has_shape(block: &Block, over: u32, under: u32, strong: bool, vocabulary: &Vocabulary) -> bool {
    let text = block.text.as_str();
    let letters = text.chars().count();
    let numbered = depth_of(text).is_some();
    // Letters set wide leave gaps as wide as those between columns; alone on its line a numbered heading is one all the
    // same.
    let single =
        block.lines.iter().all(|l| l.spans.len() == 1 || (l.spans.len() == 2 && is_number(&l.spans[0].text)))
            || (numbered && over >= 1 && under >= 1 && block.lines.len() == 1);
    let longest = if numbered { LONGEST_NUMBERED } else { LONGEST };
    let first = text.chars().next().unwrap_or(' ');
    let introduces = text.ends_with(':') && (!strong || text.split_whitespace().count() > WORDS_BEFORE_COLON);
    let ends = text.ends_with(['.', ',', ';', '-', '!', '?']) || introduces;
    block.kind == BlockKind::Paragraph
        && single
        && (4..=longest).contains(&letters)
        && block.lines.len() <= if numbered { 4 } else { 2 }
        && (first.is_uppercase() || numbered || (strong && first.is_ascii_digit()))
        && !ends
        && !text.contains('@')
        && !runs_in(text)
        && text.chars().filter(char::is_ascii_digit).count() * 3 < letters
        && vocabulary.decision(text).is_none()
}

/// "Ordinärt boende: Resultat: -285 tkr" is a label with its value.
fn runs_in(text: &str) -> bool {
    text.split_once(": ")
        .is_some_and(|(_, value)| value.chars().any(|c| c.is_ascii_digit()) && !value.contains(' '))
        || text.matches(": ").count() > 1
        || text.split(": ").skip(1).any(|v| v.starts_with(|c: char| c.is_ascii_digit() || "+-–−".contains(c)))
}

/// Whether a block stands right of what follows it, as a value beside its label does.
fn stands_aside(block: &Block, next: &Block) -> bool {
    let edge = |b: &Block| b.lines.first().map_or(0.0, |l| l.bbox.x0);
    edge(block) > edge(next) + INDENT
}

/// The headings of a table's columns: "Utfall Utfall", "Kommunen 2021 2022 2023".
fn repeats_itself(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_year = |w: &&&str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    let repeated = |(i, w): (usize, &&str)| words[..i].contains(w) && w.starts_with(char::is_uppercase);
    words.iter().filter(is_year).count() > 2 || words.iter().enumerate().any(|(i, w)| repeated((i, w)))
}

/// Whether the first of these blocks is the heading of a chapter. One number alone is that of a chapter where its words
/// are those of a heading or where a part of it is numbered after it; it may as well be that of a row.
fn is_chapter(blocks: &[Block], is_known: bool) -> bool {
    let number =
        |b: &Block| b.text.split_whitespace().next().unwrap_or_default().trim_end_matches('.').to_owned();
    let own = &blocks[0];
    match depth_of(&own.text) {
        None => false,
        Some(1) if !is_known => {
            let inner = format!("{}.1", number(own));
            let next = blocks[1..].iter().find(|b| depth_of(&b.text).is_some());
            next.is_some_and(|b| number(b) == inner)
        }
        Some(_) => true,
    }
}

/// "Verksamhetens intäkter" over "Bastjänster" over a paragraph, without space between them.
fn heads_stack(below: &[Block], vocabulary: &Vocabulary) -> bool {
    let [first, second, ..] = below else { return false };
    has_shape(first, 0, 0, false, vocabulary)
        && first.lines.len() == 1
        && !names_somebody(first, vocabulary)
        && empty_lines(first, second) == 0
        && is_prose(second, PROSE)
        && second.lines.len() > 1
}

fn names_somebody(block: &Block, vocabulary: &Vocabulary) -> bool {
    let text = block.text.as_str();
    crate::records::person::looks_like_name(text, vocabulary)
        || vocabulary.is_role(text)
        || whole_organ(text, vocabulary).is_some()
        || whole_department(text, vocabulary).is_some()
        || vocabulary.labels.whole(text).is_some()
}

/// What a table is called rather than a section: it names its unit.
fn is_caption(text: &str) -> bool {
    text.ends_with(')') || text.contains(", tkr") || text.contains(", mnkr")
}

fn is_prose(block: &Block, least: usize) -> bool {
    block.kind == BlockKind::Paragraph && block.text.chars().count() > least && block.text.contains(' ')
}

fn is_item(block: &Block) -> bool {
    matches!(block.kind, BlockKind::ListItem(_))
}

/// Whether something ends with this block.
fn ends(block: &Block) -> bool {
    block.kind != BlockKind::Paragraph || ends_sentence(block) || block.heading().is_some()
}

fn ends_sentence(block: &Block) -> bool {
    block.text.ends_with(['.', '!', '?', ':'])
}

#[cfg(test)]
mod tests {
    use crate::glyphs::plain_text::read_lines;
    use crate::layout::lay_out_text;
    use crate::records::document::MediaType;
    use crate::sections::outline;
    use crate::vocabulary::Vocabulary;

    const PROSE: &str = "Intäkterna har ökat jämfört med föregående år, vilket främst beror på att fler har\n\
        nyttjat tjänsterna och att priserna har räknats upp med index.\n";

    fn headings(text: &str, media: MediaType) -> Vec<String> {
        let text = text.replace("{prose}", PROSE);
        let papers = outline(&lay_out_text(&read_lines(&text, media)), Vocabulary::builtin());
        let parts = papers.into_iter().flat_map(|p| p.parts);
        parts.filter_map(|p| p.heading).map(|h| h.text).collect()
    }

    #[test]
    fn chapters_and_what_stands_on_them_without_space() {
        let text = "Rapport om parker\n\n3         Bokslut\n3.1       Analys\n          Parkernas intäkter\n{prose}\n\
            3.2       Redovisning av uppdrag från\n          fullmäktige\n{prose}Träd och buskar\n{prose}";
        // FIXME: "Parkernas intäkter" is a heading too.
        assert_eq!(
            headings(text, MediaType::PlainText),
            ["3 Bokslut", "3.1 Analys", "3.2 Redovisning av uppdrag från fullmäktige", "Träd och buskar"]
        );
    }

    #[test]
    fn rows_labels_and_names_are_no_headings() {
        let text = "Rapport om parker\n\nSammanfattning\n{prose}\nUtfall Utfall\n{prose}\n\
            Norra parken: Resultat: -285 tkr\n{prose}\n19 Anknytande parker med annan\nskötsel. Stoppad\n\n\
            Anna Ek\nParkchef\n";
        assert_eq!(headings(text, MediaType::PlainText), ["Sammanfattning"]);
    }

    #[test]
    fn contents_are_no_headings_and_show_which_lines_are() {
        let text = "Rapport om parker\n\nInnehåll\nParkernas dag .......... 3\nSkötsel .......... 4\n\n\
            Parkernas dag\n\nAlla kom.\n\nSkötsel\n\nAllt sköts.\n";
        assert_eq!(headings(text, MediaType::PlainText), ["Parkernas dag", "Skötsel"]);
    }

    #[test]
    fn a_marked_text_may_leave_a_heading_unmarked() {
        let text = "# Rapport om parker\n\n## Sammanfattning\n\n{prose}\nBESLUTSGÅNG\n\n{prose}\n\
            _Beslutet expedieras:_\n\nKommunstyrelsen\n\nEn rad för sig\n\n{prose}";
        assert_eq!(
            headings(text, MediaType::Markdown),
            ["Sammanfattning", "BESLUTSGÅNG", "Beslutet expedieras:"]
        );
    }

    #[test]
    fn capitals_under_an_underlined_heading_are_one_below_it() {
        let text = "Plan för parker\n\n1 Läget\n=======\n\nOMRÅDE A. TRÄD VID ÅN\n\n\
            Åtgärd 1: Plantera lindar\nÅtgärden är färdig.\nLindarna växer.\n\n\n\
            OMRÅDE B. BÄNKAR I SOL\n\nÅtgärd 2: Måla bänkar\nÅtgärden pågår.\nHälften är målade.\n";
        let papers = outline(&lay_out_text(&read_lines(text, MediaType::PlainText)), Vocabulary::builtin());
        let found: Vec<(u32, String)> = papers[0]
            .parts
            .iter()
            .filter_map(|p| Some((p.level, p.heading.as_ref()?.text.clone())))
            .collect();
        let expected = [
            (1, "1 Läget"),
            (2, "OMRÅDE A. TRÄD VID ÅN"),
            (3, "Åtgärd 1: Plantera lindar"),
            (2, "OMRÅDE B. BÄNKAR I SOL"),
            (3, "Åtgärd 2: Måla bänkar"),
        ];
        assert_eq!(found, expected.map(|(level, text)| (level, text.to_owned())));
    }

    #[test]
    fn matters_of_minutes_have_their_sign_in_the_heading() {
        let text =
            "## Protokoll\n\n§ 47\n\n## Revidering av plan\n\n{prose}\n§ 48\n\n## Svar på remiss\n\n{prose}";
        let found = headings(text, MediaType::Markdown);
        assert!(found.contains(&"§ 48 Svar på remiss".to_owned()), "{found:?}");
    }
}
