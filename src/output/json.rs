//! Documents as JSON.
//!
//! Keys stand in the order of the record types and numbers as they were read, so equal documents are equal bytes.

use std::io::{self, Write};

use serde::Serialize;

/// How JSON is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Indented by two spaces, for people and version control.
    #[default]
    Pretty,
    /// One line a value: what JSON Lines needs.
    Compact,
}

/// Write a value and end it with a newline.
pub fn write(value: &impl Serialize, layout: Layout, mut out: impl Write) -> io::Result<()> {
    match layout {
        Layout::Pretty => serde_json::to_writer_pretty(&mut out, value)?,
        Layout::Compact => serde_json::to_writer(&mut out, value)?,
    }
    out.write_all(b"\n")
}

/// A value as bytes, ended with a newline.
#[must_use]
pub fn to_bytes(value: &impl Serialize, layout: Layout) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail, and the record types have neither maps with odd keys nor failing serialisers.
    let written = write(value, layout, &mut bytes);
    debug_assert!(written.is_ok(), "{written:?}");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_line_whatever_the_text_holds() {
        let bytes = to_bytes(&"rad ett\nrad två", Layout::Compact);
        assert_eq!(String::from_utf8(bytes).unwrap(), "\"rad ett\\nrad två\"\n");
    }
}
