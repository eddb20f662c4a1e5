//! Undoing hyphenation at line ends, with care for words that have a hyphen of their own.

use std::collections::HashSet;

/// The words of a file, by which a hyphen at a line's end is judged: "åtgärds-" and "plan" are one word where the file
/// has "åtgärdsplan" elsewhere, and "26-" and "punktsplan" are not.
#[derive(Debug, Default)]
pub struct Lexicon {
    plain: HashSet<String>,
    hyphenated: HashSet<String>,
}

impl Lexicon {
    /// Note the words of a line; the last one is left out where a hyphen breaks it.
    pub fn add_line(&mut self, text: &str) {
        let mut words = text.split_whitespace().peekable();
        while let Some(word) = words.next() {
            if words.peek().is_none() && word.ends_with(['-', '\u{AD}']) {
                break;
            }
            let word = bare(word);
            if word.contains('-') {
                self.hyphenated.insert(word);
            } else if word.chars().count() > 5 {
                self.plain.insert(word);
            }
        }
    }

    /// Join the lines of a paragraph.
    #[must_use]
    pub fn join<'a>(&self, lines: impl IntoIterator<Item = &'a str>) -> String {
        let mut text = String::new();
        for line in lines {
            let line = line.trim();
            if !text.is_empty() && !line.is_empty() {
                self.join_one(&mut text, line);
            } else {
                text.push_str(line);
            }
        }
        text.retain(|c| c != '\u{AD}');
        text
    }

    /// Join a line, or its first word, to a text.
    pub(super) fn join_one(&self, text: &mut String, line: &str) {
        // A soft hyphen at the line's end, with or without the hyphen that it is drawn as.
        if let Some(stem) = text.strip_suffix("\u{AD}-").or_else(|| text.strip_suffix('\u{AD}')) {
            text.truncate(stem.len());
            text.push_str(line);
            return;
        }
        let before = text.split_whitespace().next_back().unwrap_or_default();
        let next = line.split_whitespace().next().unwrap_or_default();
        match self.joint(before, next) {
            Joint::Space => text.push(' '),
            Joint::KeepHyphen => {}
            Joint::DropHyphen => {
                text.pop();
            }
        }
        text.push_str(line);
    }

    fn joint(&self, before: &str, next: &str) -> Joint {
        // "2024–" and "2026", "jan–" and "aug": a span of years or the like, broken behind its dash.
        let spans = |mark: char, is_end: fn(char) -> bool| {
            before.strip_suffix(mark).is_some_and(|b| b.ends_with(is_end)) && next.starts_with(is_end)
        };
        let is_digit = |c: char| c.is_ascii_digit();
        if spans('–', char::is_alphabetic) || spans('–', is_digit) || spans('\u{2010}', is_digit) {
            return Joint::KeepHyphen;
        }
        let Some(stem) = before.strip_suffix('-') else { return Joint::Space };
        // "mars 2026-": a report's year with nothing behind it.
        let is_year = stem.len() == 4 && (stem.starts_with("20") || stem.starts_with("19"));
        if is_year
            && stem.bytes().all(|b| b.is_ascii_digit())
            && next.starts_with(char::is_lowercase)
            && next != "års"
        {
            return Joint::Space;
        }
        let Some(first) = next.chars().next() else { return Joint::Space };
        if stem.is_empty() || stem.ends_with('-') {
            return Joint::Space;
        }
        let last = stem.chars().next_back().unwrap_or(' ');
        // "vård- och omsorgsnämnden": the hyphen stands for a part that follows later.
        if matches!(bare(next).as_str(), "och" | "eller" | "samt" | "respektive" | "och/eller") {
            return Joint::Space;
        }
        if !last.is_alphanumeric() || !first.is_alphanumeric() {
            return Joint::KeepHyphen;
        }
        let (head, tail) = (bare(stem), bare(next));
        if self.plain.contains(&format!("{head}{tail}")) {
            return Joint::DropHyphen;
        }
        if self.hyphenated.contains(&format!("{head}-{tail}")) {
            return Joint::KeepHyphen;
        }
        let short_or_number = head.chars().count() == 1 || !last.is_lowercase() || !first.is_lowercase();
        if short_or_number { Joint::KeepHyphen } else { Joint::DropHyphen }
    }
}

enum Joint {
    Space,
    KeepHyphen,
    DropHyphen,
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(lines: &[&str]) -> String {
        let mut lexicon = Lexicon::default();
        lines.iter().for_each(|l| lexicon.add_line(l));
        lexicon.join(lines.iter().copied())
    }

    #[test]
    fn words_broken_at_the_line_end_are_joined() {
        assert_eq!(join(&["en utbild-", "ning i Uppsala"]), "en utbildning i Uppsala");
        assert_eq!(join(&["en utbild\u{AD}", "ning"]), "en utbildning");
        assert_eq!(join(&["en rad", "och en till"]), "en rad och en till");
    }

    #[test]
    fn a_words_own_hyphen_stays() {
        assert_eq!(join(&["arbetet med 26-", "punktsplanen"]), "arbetet med 26-punktsplanen");
        assert_eq!(join(&["om utbildnings-", "och jobbcoacher"]), "om utbildnings- och jobbcoacher");
        assert_eq!(join(&["all SFI-", "undervisning"]), "all SFI-undervisning");
        assert_eq!(join(&["en e-", "tjänst"]), "en e-tjänst");
        assert_eq!(join(&["handlingsplan 2024–", "2026"]), "handlingsplan 2024–2026");
        assert_eq!(join(&["ordna –", "2026"]), "ordna – 2026");
        assert_eq!(join(&["Delårsrapport mars 2026-", "nämnder"]), "Delårsrapport mars 2026- nämnder");
        assert_eq!(
            join(&["ett öst-västligt stråk, öst-", "västligt"]),
            "ett öst-västligt stråk, öst-västligt"
        );
    }
}
