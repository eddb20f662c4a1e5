//! Comparing texts by what they say rather than how they are set.

/// The letters and digits of a text in lower case: what two texts are compared by, so that spaces, hyphens at line ends,
/// quotes and closing points make no difference.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for character in text.chars().filter(|c| c.is_alphanumeric()) {
        match character.is_ascii() {
            true => key.push(character.to_ascii_lowercase()),
            false => key.extend(character.to_lowercase()),
        }
    }
    key
}

/// The words of a text in lower case, marks left out.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// The share of the shorter text's words that the other has.
pub(super) fn shared_words(one: &str, other: &str) -> f64 {
    let (one, other) = (words(one), words(other));
    let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let shared = few.iter().filter(|word| many.contains(word)).count();
    #[allow(clippy::cast_precision_loss)] // titles are short
    let share = shared as f64 / few.len().max(1) as f64;
    share
}

/// Whether two words are forms of one: "påbörjad", "påbörjat" and "påbörjats", "klar" and "klart".
pub(super) fn is_form_of(one: &str, other: &str) -> bool {
    const ENDINGS: &[&str] =
        &["", "a", "ad", "at", "ats", "ade", "d", "t", "ts", "de", "s", "na", "en", "et"];
    let (one, other) =
        (one.trim().trim_end_matches('.').to_lowercase(), other.trim().trim_end_matches('.').to_lowercase());
    let common =
        one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    common >= 4 && ENDINGS.contains(&&one[common..]) && ENDINGS.contains(&&other[common..]) || one == other
}

/// The beginning of a text, for a message.
pub(super) fn beginning(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.chars().count() <= LONGEST {
        return text.trim().trim_end_matches('.').to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let whole_words = cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]);
    format!("{} …", whole_words.trim_end_matches([',', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_makes_no_difference() {
        assert_eq!(key("Öka \"takten\" i arbets- marknaden."), key("öka takten i arbetsmarknaden"));
        assert_ne!(key("företagets"), key("företagens"));
    }

    #[test]
    fn forms_of_a_word() {
        for (one, other) in
            [("Påbörjad", "påbörjats"), ("Färdig", "Färdigt."), ("klar", "klart"), ("Försenad", "försenat")]
        {
            assert!(is_form_of(one, other), "{one} {other}");
        }
        for (one, other) in [("Pågår", "Pågående"), ("Klar", "Färdig"), ("Påbörjad", "Pågående")] {
            assert!(!is_form_of(one, other), "{one} {other}");
        }
    }

    #[test]
    fn beginnings_end_with_a_word() {
        assert_eq!(beginning("Kort text."), "Kort text");
        let long = "Ordet ".repeat(30);
        assert!(beginning(&long).ends_with("Ordet …"));
    }
}
