//! Stage 1: which kind of file is this?
//!
//! In go bytes, out comes what they are: a PDF, or a text that has been decoded. The content decides, never the name.
//! This is the only stage that may fail.

use std::sync::Arc;

use crate::glyphs::{PdfError, PdfFile};
use crate::records::document::MediaType;
use crate::settings::Settings;

/// A file whose kind is known.
pub enum Source {
    /// A PDF that opens.
    Pdf(PdfFile),
    /// A text, decoded, with line ends as `\n`.
    Text {
        /// Plain text or Markdown.
        media_type: MediaType,
        /// The whole text.
        text: String,
    },
}

/// Why a file cannot be read. Each is a sentence that goes on from "NAME cannot be read: ".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing in it.
    #[error("it is empty; ask for a new copy")]
    Empty,
    /// It is larger than the limit.
    #[error("it is larger than the limit of {} MB; split it or raise the limit with --max-size", .limit >> 20)]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// It is a PDF that cannot be opened.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// It is a kind of file that is not read.
    #[error("it is {what}, and only PDF and text are read; save it as PDF and try again")]
    Unsupported {
        /// What it seems to be.
        what: &'static str,
    },
    /// Reading it failed inside; the fault is the program's. What failed is for developers and no part of the sentence.
    #[error("reading it failed through a fault of this program; please report the file")]
    Internal(String),
}

impl Source {
    /// Tell what the bytes are and open them.
    pub fn open(bytes: Arc<Vec<u8>>, settings: &Settings) -> Result<Self, ReadError> {
        if bytes.is_empty() {
            return Err(ReadError::Empty);
        }
        if bytes.len() as u64 > settings.max_file_bytes {
            return Err(ReadError::TooLarge { limit: settings.max_file_bytes });
        }
        // Mail programs and scanners put a few bytes in front of the PDF's own head.
        let head = &bytes[..bytes.len().min(1024)];
        if head.windows(5).any(|w| w == b"%PDF-") {
            return Ok(Self::Pdf(PdfFile::open(bytes)?));
        }
        if let Some(what) = known_binary(head) {
            return Err(ReadError::Unsupported { what });
        }
        let text = decode(&bytes);
        if text.trim().is_empty() {
            return Err(ReadError::Empty);
        }
        if looks_binary(&text) {
            return Err(ReadError::Unsupported { what: "no text" });
        }
        let media_type = if looks_like_markdown(&text) { MediaType::Markdown } else { MediaType::PlainText };
        Ok(Self::Text { media_type, text })
    }
}

fn known_binary(head: &[u8]) -> Option<&'static str> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"\xD0\xCF\x11\xE0", "an old office document"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"II*\0", "a picture"),
        (b"MM\0*", "a picture"),
        (b"GIF8", "a picture"),
        (b"{\\rtf", "a rich text document"),
        (b"\x1F\x8B", "a compressed file"),
        (b"7z\xBC\xAF", "a compressed file"),
        (b"<!DOCTYPE html", "a web page"),
        (b"<html", "a web page"),
    ];
    KNOWN.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, what)| *what)
}

/// Decode a text: a byte order mark decides, then valid UTF-8, then the detector's guess among Western encodings.
fn decode(bytes: &[u8]) -> String {
    let encoding = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding).unwrap_or_else(|| {
        if std::str::from_utf8(bytes).is_ok() {
            return encoding_rs::UTF_8;
        }
        if let Some(wide) = wide_without_mark(bytes) {
            return wide;
        }
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        let guess = detector.guess(Some(b"se"), chardetng::Utf8Detection::Allow);
        if guess == encoding_rs::UTF_8 { guess } else { encoding_rs::WINDOWS_1252 }
    });
    let (text, _, _) = encoding.decode(bytes);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// UTF-16 without its mark: every other byte of Western text is zero.
fn wide_without_mark(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = &bytes[..bytes.len().min(512)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let half = sample.len() / 2;
    if half > 4 && zeros(1) * 10 > half * 8 {
        Some(encoding_rs::UTF_16LE)
    } else if half > 4 && zeros(0) * 10 > half * 8 {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

fn looks_binary(text: &str) -> bool {
    let sample = text.chars().take(4096);
    let (mut odd, mut all) = (0_u32, 0_u32);
    for ch in sample {
        all += 1;
        odd += u32::from(
            (ch.is_control() && !matches!(ch, '\n' | '\t' | '\x0C')) || ch == char::REPLACEMENT_CHARACTER,
        );
    }
    odd * 20 > all
}

/// Markdown shows itself by heading marks, emphasis or pipe tables; one such sign may be chance.
fn looks_like_markdown(text: &str) -> bool {
    let mut signs = 0;
    for line in text.lines() {
        let line = line.trim_start();
        let heading = line.trim_start_matches('#');
        let is_heading =
            heading.len() < line.len() && line.len() - heading.len() <= 6 && heading.starts_with(' ');
        let is_strong = line.matches("**").count() >= 2;
        let is_rule = line.starts_with('|') && line.contains("---");
        let body = line.trim_end();
        // A line that is strong as a whole is sign enough.
        if body.len() > 6 && body.starts_with("**") && body.ends_with("**") {
            return true;
        }
        signs += u32::from(is_heading) + u32::from(is_strong) + u32::from(is_rule);
        if signs >= 2 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(bytes: &[u8]) -> Result<Source, ReadError> {
        Source::open(Arc::new(bytes.to_vec()), &Settings::default())
    }

    fn text_of(bytes: &[u8]) -> (MediaType, String) {
        match open(bytes) {
            Ok(Source::Text { media_type, text }) => (media_type, text),
            _ => panic!("no text"),
        }
    }

    #[test]
    fn encodings_of_forty_years_are_read() {
        let words = "Förslag till beslut\r\nÅtgärden är färdig";
        let plain = "Förslag till beslut\nÅtgärden är färdig";
        assert_eq!(text_of(words.as_bytes()).1, plain);
        assert_eq!(text_of(&encoding_rs::WINDOWS_1252.encode(words).0).1, plain);
        let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(&wide).1, plain);
        assert_eq!(text_of(&[b"\xFF\xFE", wide.as_slice()].concat()).1, plain);
        assert_eq!(text_of(&[b"\xEF\xBB\xBF", words.as_bytes()].concat()).1, plain);
    }

    #[test]
    fn the_content_tells_markdown_from_plain_text() {
        assert_eq!(text_of("Ekstads kommun\n\n**Avgifter**\n".as_bytes()).0, MediaType::Markdown);
        assert_eq!(text_of("# Nyckeltal\n\n**Datum**\n".as_bytes()).0, MediaType::Markdown);
        assert_eq!(text_of("Nyckeltal\n# 3 är ett tal\n".as_bytes()).0, MediaType::PlainText);
    }

    #[test]
    fn what_is_no_paper_is_refused_by_name() {
        assert_eq!(open(b"").err(), Some(ReadError::Empty));
        assert_eq!(open(b"  \n ").err(), Some(ReadError::Empty));
        assert!(matches!(open(b"PK\x03\x04abcdef"), Err(ReadError::Unsupported { .. })));
        assert!(matches!(open(b"%PDF-1.7\nnonsense"), Err(ReadError::Pdf(_))));
        assert!(matches!(open(&[1; 300]), Err(ReadError::Unsupported { .. })));
    }
}
