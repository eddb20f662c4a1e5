//! What a run of words looks like: a figure, a mark for a missing one, or words.
//!
//! This is not where numbers are read: it only tells columns of figures from columns of words.

/// What a run of words looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A figure, with its signs, unit sign and footnote marks.
    Figure,
    /// Four digits that may be a year: a figure below other figures, a label above them.
    Year,
    /// What stands where a figure is missing: a dash, dots, "n/a".
    Missing,
    /// Anything else.
    Words,
}

impl Kind {
    /// Whether it may stand in a column of figures.
    pub(super) fn is_numeric(self) -> bool {
        self != Self::Words
    }

    /// Whether it is a figure that can hardly be a label.
    pub(super) fn is_figure(self) -> bool {
        self == Self::Figure
    }
}

/// Most digits in a row before a run is an identifier rather than a figure: "201501010001".
const LONGEST_FIGURE: usize = 15;
/// Most letters that a figure may carry: a footnote letter or two, "12.3p", "5 b)", but not "5 kap".
const MOST_LETTERS: usize = 1;

/// What the words look like, read together without the gaps between them.
pub(super) fn kind_of<'a>(words: impl IntoIterator<Item = &'a str>) -> Kind {
    let mut text = String::new();
    let mut count = 0;
    for word in words {
        if text.is_empty() && begins_a_word(word) {
            return Kind::Words;
        }
        text.push_str(word);
        count += 1;
        // A longer run is a sentence.
        if text.len() > 60 {
            return Kind::Words;
        }
    }
    match kind_of_text(&text) {
        // "2 000" is a number, "2003 - 04" a year.
        Kind::Year if count > 1 && !text.contains(['-', '–', '−']) => Kind::Figure,
        kind => kind,
    }
}

/// Whether the text begins with a letter that neither a figure nor a mark for a missing one begins with, as most do.
fn begins_a_word(text: &str) -> bool {
    let first = text.trim_start().chars().next();
    first.is_some_and(|c| {
        c.is_alphabetic() && !matches!(c, 'n' | 'N' | 's' | 'S' | 'v' | 'V' | 'i' | 'I' | 'x' | 'X')
    })
}

fn kind_of_text(text: &str) -> Kind {
    let lower = text.trim().to_lowercase();
    if lower.is_empty() {
        return Kind::Words;
    }
    if is_missing(&lower) {
        return Kind::Missing;
    }
    let mut digits = 0;
    let mut letters = 0;
    let mut separators = 0;
    for (at, ch) in lower.char_indices() {
        match ch {
            '0'..='9' => digits += 1,
            '.' | ',' | '\'' | '’' => separators += 1,
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '-' | '–' | '—' | '−' | '‐' | '‑' | '+' | '±'
            | '%' | '(' | ')' | '$' | '€' | '£' | '¥' | '*' | '†' | '‡' | '~' | '<' | '>' | '≤' | '≥'
            | '[' | ']' | '¹' | '²' | '³' | '^' | '#' => {}
            'x' | 'p' | 'e' | 'a' | 'b' | 'c' | 'd' | 'f' | 'r' | 's' | 'u' if at > 0 => letters += 1,
            _ => return Kind::Words,
        }
    }
    if digits == 0 || digits > LONGEST_FIGURE || letters > MOST_LETTERS || separators > digits {
        return Kind::Words;
    }
    if is_year(&lower) {
        return Kind::Year;
    }
    // "(000)" is a unit.
    let zeros = lower.bytes().filter(u8::is_ascii_digit).all(|b| b == b'0');
    if digits >= 2 && zeros && separators == 0 && !lower.contains('%') {
        return Kind::Words;
    }
    // "2022-04-20", "8-11", "070-123 45 67": dates and ranges are labels as often as figures.
    let dashes =
        lower.char_indices().filter(|(at, ch)| *at > 0 && matches!(ch, '-' | '–' | '−' | '‐' | '‑')).count();
    let inner = lower.trim_matches(|c: char| !c.is_ascii_digit());
    // A day is a label.
    if dashes == 2 && inner.len() == 10 && inner.get(..4).is_some_and(is_year) {
        return Kind::Words;
    }
    if dashes > 0 && inner.contains(['-', '–', '−', '‐', '‑']) {
        return if dashes == 1 && inner.split(['-', '–', '−']).all(is_year_part) {
            Kind::Year
        } else {
            Kind::Figure
        };
    }
    Kind::Figure
}

fn is_missing(lower: &str) -> bool {
    let bare = lower.trim_matches(['(', ')', '$', '*']);
    matches!(
        lower,
        "n/a"
            | "na"
            | "n.a."
            | "n.a"
            | "nd"
            | "n.d."
            | "saknas"
            | "värdesaknas"
            | "i.u."
            | "x"
            | "*"
            | "**"
            | "†"
            | "‡"
            | "#"
            | ":"
            | "•"
            | "…"
    ) || (!bare.is_empty()
        && bare.chars().all(|c| matches!(c, '-' | '–' | '—' | '−'))
        && bare.chars().count() <= 4)
        || (lower.len() <= 4 && lower.chars().all(|c| c == '.') && lower.len() >= 2)
}

fn is_year_part(part: &str) -> bool {
    let part = part.trim();
    part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()) || is_year(part)
}

/// Whether it is four digits that may be a year, or six that may be a month of one: "202508".
pub(super) fn is_year(text: &str) -> bool {
    let text = text.trim_matches(['(', ')', '*', ' ']);
    let is_of_century = text.starts_with("19") || text.starts_with("20");
    if !is_of_century || !text.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    text.len() == 4
        || text.len() == 6
            && matches!(
                &text[4..],
                "01" | "02" | "03" | "04" | "05" | "06" | "07" | "08" | "09" | "10" | "11" | "12"
            )
}

/// Whether the word can be the first group of a number whose thousands are set apart: one to three digits, with signs.
pub(super) fn starts_group(word: &str) -> bool {
    let digits = word.trim_start_matches(['-', '–', '−', '+', '(', '$', '€', '£', '<', '>']);
    (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the word can be a later group: three digits, then at most decimals and signs.
pub(super) fn continues_group(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() >= 3
        && bytes[..3].iter().all(u8::is_ascii_digit)
        && bytes.get(3).is_none_or(|b| !b.is_ascii_digit())
        && word[3..]
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | ')' | '*' | '-' | '–'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_words() {
        for figure in [
            "12",
            "1 236",
            "-188.370",
            "29,0%",
            "(1,234)",
            "$12",
            "59***",
            "− 6 279",
            "+0,4",
            "12.3p",
            "8-11",
        ] {
            assert_eq!(kind_of([figure]), Kind::Figure, "{figure}");
        }
        for words in ["Total", "A4", "1a Alla", "5 kap", "§ 12", "", "Q1", "KS-2025-00620"] {
            assert_eq!(kind_of([words]), Kind::Words, "{words}");
        }
        for missing in ["-", "–", "..", "n/a", "—", "Värde saknas".replace(' ', "").as_str()] {
            assert_eq!(kind_of([missing]), Kind::Missing, "{missing}");
        }
        for year in ["2024", "2003-04", "2019–2020"] {
            assert_eq!(kind_of([year]), Kind::Year, "{year}");
        }
    }

    #[test]
    fn groups_of_thousands() {
        assert!(starts_group("1") && starts_group("-12") && !starts_group("1234") && !starts_group("1,2"));
        assert!(
            continues_group("236")
                && continues_group("236,5")
                && !continues_group("36")
                && !continues_group("2361")
        );
    }
}
