//! What ingest and worker say to each other over the worker's standard input and output.
//!
//! Frames of a tag, a length and that many bytes. A worker sees bytes and a name, never a path.
//!
//! ```text
//! ingest to worker   N size and name · B a part of the bytes · E all sent · X never mind
//! worker to ingest   S what fences it in · H still alive · C catalogue entry · D document · F failure
//! ```

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

/// What a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// A new file: its size as eight bytes, then its name.
    Name,
    /// A part of the file's bytes.
    Bytes,
    /// The file is complete.
    End,
    /// The file cannot be sent to its end; forget it.
    Abandon,
    /// The worker is ready; a sentence for each fence that is missing.
    Started,
    /// The worker is at work on something slow.
    Alive,
    /// The catalogue entry; the document follows.
    Entry,
    /// The document.
    Document,
    /// There is no document.
    Failure,
}

const TAGS: &[(Tag, u8)] = &[
    (Tag::Name, b'N'),
    (Tag::Bytes, b'B'),
    (Tag::End, b'E'),
    (Tag::Abandon, b'X'),
    (Tag::Started, b'S'),
    (Tag::Alive, b'H'),
    (Tag::Entry, b'C'),
    (Tag::Document, b'D'),
    (Tag::Failure, b'F'),
];

/// Why there is no document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The reason's name.
    pub reason: String,
    /// The sentence, going on from the file's name.
    pub message: String,
    /// SHA-256 of the bytes that were read.
    pub hash: String,
}

/// Memory that a frame's announced length may take at once, in bytes.
const MAX_RESERVE: u64 = 1 << 20;

/// Write a frame.
pub fn write(out: &mut impl Write, tag: Tag, payload: &[u8]) -> io::Result<()> {
    let code = TAGS.iter().find(|(t, _)| *t == tag).map_or(0, |(_, code)| *code);
    let length = u32::try_from(payload.len()).map_err(|_| io::Error::other("a frame is too long"))?;
    let mut head = [code, 0, 0, 0, 0];
    head[1..].copy_from_slice(&length.to_le_bytes());
    out.write_all(&head)?;
    out.write_all(payload)
}

/// Read a frame; `None` at the end of the stream. A frame longer than `limit` is an error: the other side may be
/// anything once a file has broken it.
pub fn read(input: &mut impl Read, limit: u64) -> io::Result<Option<(Tag, Vec<u8>)>> {
    let mut head = [0; 5];
    let mut filled = 0;
    while filled < head.len() {
        match input.read(&mut head[filled..]) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let [code, a, b, c, d] = head;
    let length = u64::from(u32::from_le_bytes([a, b, c, d]));
    let Some((tag, _)) = TAGS.iter().find(|(_, known)| *known == code) else {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "an unknown frame"));
    };
    if length > limit {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a frame is too long"));
    }
    // The length is the other side's word: more memory than most frames need is taken as bytes come.
    let mut payload = Vec::with_capacity(usize::try_from(length.min(MAX_RESERVE)).unwrap_or(0));
    if input.take(length).read_to_end(&mut payload)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some((*tag, payload)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_and_broken_ones_are_errors() {
        let mut bytes = Vec::new();
        write(&mut bytes, Tag::Entry, b"abc").unwrap();
        write(&mut bytes, Tag::End, b"").unwrap();
        let mut input = bytes.as_slice();
        assert_eq!(read(&mut input, 10).unwrap(), Some((Tag::Entry, b"abc".to_vec())));
        assert_eq!(read(&mut input, 10).unwrap(), Some((Tag::End, Vec::new())));
        assert_eq!(read(&mut input, 10).unwrap(), None);
        assert!(read(&mut bytes.as_slice(), 2).is_err());
        assert!(read(&mut &bytes[..6], 10).is_err());
        assert!(read(&mut b"Q\0\0\0\0".as_slice(), 10).is_err());
    }
}
