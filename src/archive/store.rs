//! Documents on disk: whole or not there at all.
//!
//! A document is written under another name, synchronised, renamed, and its folder synchronised. What lies under
//! `documents/` is therefore always whole; what a stopped run leaves lies under `tmp/` and is removed by the next.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::ArchiveError;
use super::identify::Hash;

/// An archive's documents.
pub struct Store {
    archive: PathBuf,
    /// Folders with renames that have not been synchronised.
    unsynced: BTreeSet<PathBuf>,
}

impl Store {
    /// Open for writing, and clear away what a stopped run left. The caller holds the writer's lock.
    pub fn open(archive: &Path) -> Result<Self, ArchiveError> {
        // A stopped run may have made folders that it had not synchronised.
        let unsynced = BTreeSet::from([archive.to_owned(), archive.join("documents")]);
        let store = Self { archive: archive.to_owned(), unsynced };
        for folder in [archive.join("documents"), archive.join("tmp")] {
            fs::create_dir_all(&folder).map_err(|error| ArchiveError::write(&folder, error))?;
        }
        let tmp = archive.join("tmp");
        for entry in fs::read_dir(&tmp).map_err(|error| ArchiveError::read(&tmp, error))? {
            let path = entry.map_err(|error| ArchiveError::read(&tmp, error))?.path();
            fs::remove_file(&path).map_err(|error| ArchiveError::write(&path, error))?;
        }
        Ok(store)
    }

    /// Put a document in its place; durable once [`Store::sync`] has returned too.
    pub fn write(&mut self, hash: &str, document: &[u8]) -> Result<(u64, Hash), ArchiveError> {
        let path = document_path(&self.archive, hash);
        let temporary = self.archive.join("tmp").join(format!("{hash}.json"));
        let folder = path.parent().unwrap_or(&self.archive).to_owned();
        let write = || -> io::Result<()> {
            let mut file = File::create(&temporary)?;
            file.write_all(document)?;
            file.sync_all()
        };
        if let Err(error) = write() {
            let _ = fs::remove_file(&temporary);
            return Err(ArchiveError::write(&path, error));
        }
        let place = || -> io::Result<bool> {
            let new = match fs::create_dir(&folder) {
                Ok(()) => true,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => false,
                Err(error) => return Err(error),
            };
            fs::rename(&temporary, &path)?;
            Ok(new)
        };
        match place() {
            Ok(true) => self.unsynced.extend([self.archive.join("documents"), folder]),
            Ok(false) => self.unsynced.extend([folder]),
            Err(error) => {
                let _ = fs::remove_file(&temporary);
                return Err(ArchiveError::write(&path, error));
            }
        }
        Ok((document.len() as u64, format!("{:x}", Sha256::digest(document))))
    }

    /// Make the renames durable.
    pub fn sync(&mut self) -> Result<(), ArchiveError> {
        while let Some(folder) = self.unsynced.pop_first() {
            File::open(&folder)
                .and_then(|f| f.sync_all())
                .map_err(|error| ArchiveError::write(&folder, error))?;
        }
        Ok(())
    }
}

/// Where a content's document lies.
#[must_use]
pub fn document_path(archive: &Path, hash: &str) -> PathBuf {
    archive.join("documents").join(hash.get(..2).unwrap_or("00")).join(format!("{hash}.json"))
}
