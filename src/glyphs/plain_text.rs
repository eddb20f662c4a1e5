//! Lines of a text file, their marks understood.
//!
//! In goes a decoded text, out come its lines with page, heading mark and emphasis; front matter and comments are left
//! out. Form feeds and comments such as `<!-- sida 12 -->` begin pages.

use super::escapes::named;
use crate::pattern::Pattern;
use crate::records::document::MediaType;

/// How many characters after "&" are looked at for a name.
const NAME_AHEAD: usize = 12;

/// A line of a text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    /// Line number in the file, from 1.
    pub number: u32,
    /// Page number, from 1, where the text marks its pages.
    pub page: Option<u32>,
    /// The text without marks; its indentation and inner spaces are kept.
    pub text: String,
    /// The line as it stands in the file, for tables.
    pub raw: String,
    /// Depth of a heading mark.
    pub heading: Option<u8>,
    /// Whether the whole line is set strong.
    pub strong: bool,
    /// Whether the whole line is emphasised.
    pub emphasised: bool,
}

/// Take a text's lines down.
#[must_use]
pub fn read_lines(text: &str, media_type: MediaType) -> Vec<TextLine> {
    let markdown = media_type == MediaType::Markdown;
    let mut page = None;
    let mut lines = Vec::new();
    let skip = front_matter_lines(text);
    for (number, line) in (1_u32..).zip(text.split('\n')) {
        for (part, rest) in line.split('\x0C').enumerate() {
            if part > 0 {
                page = Some(page.unwrap_or(1) + 1);
            } else if page.is_none() && text.contains('\x0C') {
                page = Some(1);
            }
            if number as usize <= skip {
                continue;
            }
            if let Some(comment) = PAGE_COMMENT.captures(rest) {
                let after = page.map_or(1, |p| p + 1);
                page = comment.get(1).and_then(|n| n.as_str().parse().ok()).or(Some(after));
                continue;
            }
            if COMMENT.is_match(rest) {
                continue;
            }
            if markdown && let Some(underline) = UNDERLINE.captures(rest) {
                // "=====" or "-----" right below a line makes that line a heading; elsewhere it is a rule.
                let level = if underline.get(1).is_some_and(|m| m.as_str().starts_with('=')) { 1 } else { 2 };
                let above = lines.last_mut().filter(|l: &&mut TextLine| is_underlined(l, number));
                match above {
                    Some(above) => above.heading = Some(level),
                    // It says nothing, but may be drawn above or below a table.
                    None => lines.push(TextLine { text: String::new(), ..plain(number, page, rest) }),
                }
                continue;
            }
            if !markdown && let Some(level) = drawn_under(&lines, number, rest) {
                if let Some(above) = lines.last_mut() {
                    above.heading = Some(level);
                }
                continue;
            }
            lines.push(if markdown { marked(number, page, rest) } else { plain(number, page, rest) });
        }
    }
    lines
}

/// Whether a line right above a rule is the text that the rule underlines.
fn is_underlined(line: &TextLine, rule: u32) -> bool {
    let text = line.text.trim();
    line.number + 1 == rule
        && line.heading.is_none()
        && text.starts_with(char::is_alphanumeric)
        && !text.contains('|')
        && !text.contains(COLUMN_GAP)
        && !text.ends_with('.')
        && text.chars().count() <= LONGEST_UNDERLINED
}

/// Depth of the heading that a line of a text without marks draws under the last line: it is as long as that, which
/// stands alone.
fn drawn_under(lines: &[TextLine], number: u32, rule: &str) -> Option<u8> {
    let rule = rule.trim();
    let level = match rule.chars().next()? {
        '=' => 1,
        '-' => 2,
        _ => return None,
    };
    let (above, before) = lines.split_last()?;
    let alone = before.last().is_none_or(|line| line.text.trim().is_empty());
    let length = above.text.trim().chars().count();
    let whole = rule.len() >= SHORTEST_UNDERLINE && rule.bytes().all(|byte| byte == rule.as_bytes()[0]);
    (whole && alone && rule.len().abs_diff(length) <= 1 && is_underlined(above, number)).then_some(level)
}

static PAGE_COMMENT: Pattern = Pattern::new(r"^\s*<!--\s*(?:sida|sid|page)\s*([0-9]+)?.*?-->\s*$");
/// Rules and the underlines of headings.
static UNDERLINE: Pattern =
    Pattern::new(r"^ {0,3}(={3,}|-{3,}|(?:-\s+){2,}-|(?:\*\s*){3,}|(?:_\s*){3,})\s*$");
/// What parts the columns of a table's row, which heads nothing.
const COLUMN_GAP: &str = "   ";
/// Shortest underline in a text without marks, in characters.
const SHORTEST_UNDERLINE: usize = 4;
/// Longest line that a rule below it makes a heading, in characters.
const LONGEST_UNDERLINED: usize = 120;
static COMMENT: Pattern = Pattern::new(r"^\s*<!--.*?-->\s*$");
static LINK: Pattern = Pattern::new(r"!?\[([^\]]*)\]\([^)]*\)");
static TAG: Pattern = Pattern::new(r"</?(?:b|i|u|em|strong|sub|sup|br|span|p|mark)\s*/?>");

/// How many lines at the top are front matter: `---`, keys and values, `---`.
fn front_matter_lines(text: &str) -> usize {
    let mut lines = text.split('\n').map(str::trim_end).enumerate();
    let Some((first, _)) = lines.by_ref().find(|(_, l)| !l.is_empty()).filter(|(_, l)| *l == "---") else {
        return 0;
    };
    for (index, line) in lines.take(60) {
        if line == "---" {
            return index + 1;
        }
        let is_key = line.split_once(':').is_some_and(|(key, _)| !key.is_empty() && !key.contains(' '));
        if !(is_key || line.is_empty() || line.starts_with([' ', '-', '#']) || index == first) {
            return 0;
        }
    }
    0
}

fn plain(number: u32, page: Option<u32>, line: &str) -> TextLine {
    TextLine {
        number,
        page,
        text: line.to_owned(),
        raw: line.to_owned(),
        heading: None,
        strong: false,
        emphasised: false,
    }
}

/// A heading without what programs note of it behind: "Ekonomi {#ekonomi}".
fn without_attributes(heading: &str) -> &str {
    let heading = heading.trim();
    let noted = heading.strip_suffix('}').and_then(|rest| rest.rsplit_once('{'));
    match noted {
        Some((text, notes)) if notes.starts_with(['#', '.', '-']) => text.trim_end(),
        _ => heading,
    }
}

fn marked(number: u32, page: Option<u32>, whole: &str) -> TextLine {
    // A backslash at the end of a line is a line break.
    let line = whole.trim_end();
    let line = line.strip_suffix('\\').filter(|l| !l.ends_with('\\')).unwrap_or(line);
    let trimmed = line.trim();
    let hashes = trimmed.len() - trimmed.trim_start_matches('#').len();
    let is_heading = (1..=6).contains(&hashes) && trimmed[hashes..].starts_with(' ');
    let content = if is_heading {
        without_attributes(&trimmed[hashes..]).trim_end_matches('#').trim()
    } else {
        line.trim_end()
    };
    let body = content.trim();
    let wrapped = |mark: &str| {
        body.len() > 2 * mark.len()
            && body.starts_with(mark)
            && body.ends_with(mark)
            && !body[mark.len()..body.len() - mark.len()].contains(mark)
    };
    let (all, both) = (wrapped("***"), wrapped("**") || (body.starts_with("<b>") && body.ends_with("</b>")));
    let strong = all || both || starts_strong(body);
    TextLine {
        number,
        page,
        text: without_emphasis(content),
        raw: whole.to_owned(),
        heading: u8::try_from(hashes).ok().filter(|_| is_heading),
        strong,
        emphasised: all || (!strong && (wrapped("*") || wrapped("_"))),
    }
}

/// A paragraph that is strong as a whole may run over several lines: `**` only at its start or only at its end.
fn starts_strong(body: &str) -> bool {
    body.matches("**").count() == 1 && body.starts_with("**")
}

/// The text without emphasis marks, links' addresses, tags and escapes. Marks inside words and lone asterisks, such as
/// a footnote's, stay.
fn without_emphasis(text: &str) -> String {
    let text = LINK.replace_all(text, "$1");
    let text = TAG.replace_all(&text, "");
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while index < chars.len() {
        let ch = chars[index];
        if ch == '\\' && chars.get(index + 1).is_some_and(char::is_ascii_punctuation) {
            out.push(chars[index + 1]);
            index += 2;
            continue;
        }
        if ch == '&' {
            let ahead: String = chars[index..].iter().take(NAME_AHEAD).collect();
            if let Some((shown, length)) = named(&ahead) {
                out.push(shown);
                index += length;
                continue;
            }
        }
        if ch == '*' || ch == '_' {
            let run = chars[index..].iter().take_while(|c| **c == ch).count();
            let before = index.checked_sub(1).map(|i| chars[i]);
            let after = chars.get(index + run).copied();
            let opens =
                after.is_some_and(|c| !c.is_whitespace()) && before.is_none_or(|c| !c.is_alphanumeric());
            let closes =
                before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric());
            // A note's mark stands before ")" or at the end of a word that nothing opened.
            let note_mark = after == Some(')') || (closes && !opens && !out_opened(&chars, index, ch, run));
            if (opens || closes) && run <= 3 && !note_mark && has_partner(&chars, index, ch, run) {
                index += run;
                continue;
            }
            out.extend(std::iter::repeat_n(ch, run));
            index += run;
            continue;
        }
        out.push(ch);
        index += 1;
    }
    out
}

fn has_partner(chars: &[char], at: usize, mark: char, run: usize) -> bool {
    runs(chars, mark).any(|(start, length)| start != at && length == run)
        || (run == 2 && chars[..at].iter().all(|c| c.is_whitespace() || *c == '#'))
        || (run == 2 && at + run == chars.len())
}

fn out_opened(chars: &[char], at: usize, mark: char, run: usize) -> bool {
    runs(chars, mark).any(|(start, length)| start < at && length == run)
        || (run == 2 && at + run == chars.len())
}

fn runs(chars: &[char], mark: char) -> impl Iterator<Item = (usize, usize)> + '_ {
    let starts = (0..chars.len()).filter(move |i| chars[*i] == mark && (*i == 0 || chars[*i - 1] != mark));
    starts.map(move |i| (i, chars[i..].iter().take_while(|c| **c == mark).count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_goes_and_note_marks_stay() {
        assert_eq!(
            without_emphasis("**att** godkänna *En god investering*"),
            "att godkänna En god investering"
        );
        assert_eq!(without_emphasis("***Åtgärd 1. Säkra***"), "Åtgärd 1. Säkra");
        assert_eq!(without_emphasis("Avgår: övriga intäkter \\*)"), "Avgår: övriga intäkter *)");
        assert_eq!(without_emphasis("Totala kostnader *)"), "Totala kostnader *)");
        assert_eq!(read_lines("## Ekonomi {#ekonomi}", MediaType::Markdown)[0].text, "Ekonomi");
        assert_eq!(without_emphasis("Hälso&amp;sjukvård *1&nbsp;000*"), "Hälso&sjukvård 1\u{a0}000");
        assert_eq!(without_emphasis("[Arbetsmarknadsnämnden](#)"), "Arbetsmarknadsnämnden");
        assert_eq!(without_emphasis("fil_namn_ett"), "fil_namn_ett");
    }

    #[test]
    fn rules_are_no_text_and_underlines_make_headings() {
        let text = "Rubrik\n======\ntext\n\n---\n\nAnna Ek\\\nChef\n\nBakgrund\n---\nslut.\n---\n";
        let lines = read_lines(text, MediaType::Markdown);
        let shown: Vec<(&str, Option<u8>)> =
            lines.iter().filter(|l| !l.text.is_empty()).map(|l| (l.text.as_str(), l.heading)).collect();
        assert_eq!(
            shown,
            [
                ("Rubrik", Some(1)),
                ("text", None),
                ("Anna Ek", None),
                ("Chef", None),
                ("Bakgrund", Some(2)),
                ("slut.", None)
            ]
        );
    }

    #[test]
    fn a_text_without_marks_may_underline_its_headings() {
        let text =
            "3 Läget\n=======\n\nAllt är klart.\n\nNr Åtgärd\n---------------\n1  Bänkar\n\nEtt\ntvå\n---\n";
        let lines = read_lines(text, MediaType::PlainText);
        let headings: Vec<&str> =
            lines.iter().filter(|l| l.heading.is_some()).map(|l| l.text.as_str()).collect();
        assert_eq!(headings, ["3 Läget"]);
        assert!(lines.iter().any(|l| l.text == "---------------"));
    }

    #[test]
    fn pages_and_front_matter_are_understood() {
        let text = "---\nnamnd: \"BUN\"\n---\n<!-- sida 7 -->\n# Rubrik\ntext\n";
        let lines = read_lines(text, MediaType::Markdown);
        assert_eq!(lines[0].text, "Rubrik");
        assert_eq!((lines[0].page, lines[0].heading, lines[0].number), (Some(7), Some(1), 5));
        let lines = read_lines("ett\n\x0Ctvå", MediaType::PlainText);
        assert_eq!(lines.iter().map(|l| l.page).collect::<Vec<_>>(), [Some(1), Some(1), Some(2)]);
    }
}
