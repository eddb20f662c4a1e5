//! What holds for any input.

use std::sync::LazyLock;

use proptest::prelude::*;
use skrivelse::extract;
use skrivelse::output::conformance::Conformance;
use skrivelse::output::json::{Layout, to_bytes};
use skrivelse::settings::Settings;
use skrivelse::source::ReadError;

static CONFORMANCE: LazyLock<Conformance> = LazyLock::new(Conformance::new);

/// A document or an error that is the input's and not the program's; a document is valid and always the same.
fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let read = || extract(bytes.to_vec(), "input", &Settings::default());
    match read() {
        Err(ReadError::Internal(panic)) => Err(TestCaseError::fail(format!("it panics: {panic}"))),
        Err(_) => Ok(()),
        Ok(document) => {
            let json = to_bytes(&document, Layout::Compact);
            let value =
                serde_json::from_slice(&json).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let violations = CONFORMANCE.violations(&value);
            prop_assert!(violations.is_empty(), "{violations:#?}");
            let again = read().map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert!(to_bytes(&again, Layout::Compact) == json, "the second reading gives other bytes");
            Ok(())
        }
    }
}

/// A line of a paper, or of something that only looks like one.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-ZÅÄÖa-zåäö]{1,12}( [a-zåäö0-9]{1,10}){0,12}[.:,]?",
        2 => prop::sample::select(vec![
            "Förslag till beslut", "Ärendet", "Beslutsunderlag", "Bilaga 1", "Tjänsteskrivelse", "# Nyckeltal",
            "Datum:", "Diarienummer:", "AMN-2025-00123", "2025-04-29", "Handläggare", "1. att", "a) att", "- ",
            "Nämnden beslutar", "| Nr | Status |", "|---|---|", "1 (2)", "<!-- sida 2 -->", "---", "```", "**Datum**",
            "Kommunstyrelsen", "den 31 februari 2025", "1a", "-188.370", "\u{c}", "\u{ad}", "\u{feff}",
        ]).prop_map(str::to_owned),
        1 => "[\t |]{0,20}[0-9 .,%-]{0,20}",
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        check(&bytes)?;
    }

    #[test]
    fn any_lines_are_read_or_refused(lines in prop::collection::vec(line(), 0..40), end in "\r?\n") {
        check(lines.join(&end).as_bytes())?;
    }

    #[test]
    fn a_damaged_pdf_is_read_or_refused(
        cut in 0.0..1.0_f64,
        flips in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 0..12),
    ) {
        let mut bytes = include_bytes!("../fixtures/papers/malmo-tjansteskrivelse/paper.pdf").to_vec();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let place = |part: f64| (bytes.len() as f64 * part) as usize;
        let (places, end): (Vec<_>, _) = (flips.iter().map(|(part, byte)| (place(*part), *byte)).collect(), place(cut));
        for (place, byte) in places {
            bytes[place] = byte;
        }
        // Every other file is whole in length, so that its pages are reached.
        if end % 2 == 0 {
            bytes.truncate(end);
        }
        check(&bytes)?;
    }
}
