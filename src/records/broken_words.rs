//! Words that a narrow cell broke at a hyphen, where only a space remembers the line's end: "Prognos- försämring".

/// Words after which a hyphen waits for the word's second half: "budget- och skuldrådgivning".
const JOINING: [&str; 6] = ["och", "eller", "samt", "respektive", "till", "&"];

/// The text with such words whole again. Between small letters the hyphen goes too; after a digit or a capital it is
/// the word's own: "17- 19 år", "KF- indikator".
pub(crate) fn mend(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut mended = String::with_capacity(text.len());
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).copied().unwrap_or_default();
        let before = word.strip_suffix('-').and_then(|stem| stem.chars().next_back());
        let after = next.chars().next();
        let is_joining = JOINING.contains(&next.trim_end_matches(','));
        let (before, after) = match (before, after) {
            (Some(before), Some(after)) if !is_joining => (before, after),
            _ => (' ', ' '),
        };
        if word.len() > 1 && word.ends_with('/') && next.starts_with(char::is_lowercase) {
            mended.push_str(word);
        } else if before.is_lowercase() && after.is_lowercase() {
            mended.push_str(word.trim_end_matches('-'));
        } else if before.is_ascii_digit() && after.is_ascii_digit()
            || before.is_uppercase() && after.is_alphabetic()
        {
            mended.push_str(word);
        } else {
            mended.push_str(word);
            if at + 1 < words.len() {
                mended.push(' ');
            }
        }
    }
    mended
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn words_are_whole() {
        for (text, expected) in [
            ("Prognos- försämring", "Prognosförsämring"),
            ("av samtliga 17- 19 år", "av samtliga 17-19 år"),
            ("KF- indikator", "KF-indikator"),
            ("Budget- och skuldrådgivning", "Budget- och skuldrådgivning"),
            ("- Livsmedel", "- Livsmedel"),
            ("2026 - 2027", "2026 - 2027"),
            ("Uppdrag/ Åtgärd", "Uppdrag/ Åtgärd"),
            ("Flickor/ kvinnor", "Flickor/kvinnor"),
            ("", ""),
        ] {
            assert_eq!(mend(text), expected);
        }
    }
}
