//! Paths as people can read them on one line.
//!
//! A path is bytes. What is printable UTF-8 stays as it is; line breaks, other control characters and bytes that are no
//! UTF-8 are written as `\n` or `\xF6`, and so is the backslash itself, so that two paths never look alike.

use std::ffi::OsStr;
use std::fmt::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// A path on one line.
#[must_use]
pub fn shown(path: impl AsRef<Path>) -> String {
    shown_bytes(path.as_ref().as_os_str().as_bytes())
}

/// A path's bytes on one line.
#[must_use]
pub fn shown_bytes(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for ch in chunk.valid().chars() {
            match ch {
                '\n' => text.push_str("\\n"),
                '\r' => text.push_str("\\r"),
                '\t' => text.push_str("\\t"),
                '\\' => text.push_str("\\\\"),
                // Besides control characters, those that turn the direction of the line around.
                _ if ch.is_control()
                    || ('\u{202A}'..='\u{202E}').contains(&ch)
                    || ('\u{2066}'..='\u{2069}').contains(&ch) =>
                {
                    let _ = write!(text, "\\u{{{:x}}}", u32::from(ch));
                }
                _ => text.push(ch),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

/// A file's own name, without its folders, as it goes into the document.
#[must_use]
pub fn file_name(path: &Path) -> String {
    shown_bytes(path.file_name().unwrap_or_else(|| OsStr::new("")).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_stay_on_one_line_and_apart() {
        assert_eq!(shown_bytes("Å \"b\" 'c'.pdf".as_bytes()), "Å \"b\" 'c'.pdf");
        assert_eq!(shown_bytes(b"a\nb"), "a\\nb");
        assert_eq!(shown_bytes(b"a\\nb"), "a\\\\nb");
        assert_eq!(shown_bytes(b"f\xF6r"), "f\\xF6r");
        assert_eq!(shown_bytes(b"\x1b[31m"), "\\u{1b}[31m");
    }
}
