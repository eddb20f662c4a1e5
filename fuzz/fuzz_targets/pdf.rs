//! A PDF, however broken, is read or refused.
//!
//! The start of a PDF is put in front where it is missing, so that no time goes to inputs that are plainly none.

#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use skrivelse::settings::Settings;
use skrivelse::source::ReadError;

fuzz_target!(|bytes: &[u8]| {
    let head: &[u8] = if bytes.starts_with(b"%PDF-") { b"" } else { b"%PDF-1.7\n" };
    // A slow input is a finding of the fuzzer's own `-timeout`, which must be the longer of the two.
    let settings = Settings { time_limit: Duration::from_secs(5), ..Settings::default() };
    let read = skrivelse::extract([head, bytes].concat(), "fuzz.pdf", &settings);
    assert!(!matches!(read, Err(ReadError::Internal(_))), "{:?}", read.err());
});
