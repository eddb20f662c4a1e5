//! One writer at a time: an advisory lock that the system drops when its holder dies.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use super::error::ArchiveError;

/// Held while an archive is written to.
pub(super) struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Take the lock, or say who has it.
    pub(super) fn take(archive: &Path) -> Result<Self, ArchiveError> {
        let path = archive.join("lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| ArchiveError::write(&path, error))?;
        match file.try_lock() {
            Ok(()) => {
                // The number only serves the message that others get; failing to write it harms nothing.
                let number = format!("{}\n", std::process::id());
                let _ = file.set_len(0).and_then(|()| file.write_all(number.as_bytes()));
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                let _ = file.rewind().and_then(|()| file.read_to_string(&mut text).map(|_| ()));
                Err(ArchiveError::Busy { archive: archive.to_owned(), process: text.trim().parse().ok() })
            }
            Err(TryLockError::Error(error)) => Err(ArchiveError::write(&path, error)),
        }
    }
}
