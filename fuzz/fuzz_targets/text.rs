//! A text in any encoding is read or refused, and what is read comes back from its JSON unchanged.

#![no_main]

use libfuzzer_sys::fuzz_target;
use skrivelse::output::json::{Layout, to_bytes};
use skrivelse::records::document::Document;
use skrivelse::settings::Settings;
use skrivelse::source::ReadError;

fuzz_target!(|bytes: &[u8]| {
    if bytes.windows(5).any(|window| window == b"%PDF-") {
        return; // The target `pdf` has these.
    }
    match skrivelse::extract(bytes.to_vec(), "fuzz.txt", &Settings::default()) {
        Err(ReadError::Internal(panic)) => panic!("{panic}"),
        Err(_) => {}
        Ok(document) => {
            let json = to_bytes(&document, Layout::Compact);
            let read: Document = serde_json::from_slice(&json).expect("a document can be read back");
            assert_eq!(to_bytes(&read, Layout::Compact), json);
        }
    }
});
