//! What stops a whole command, as opposed to what costs one file.

use std::io;
use std::path::{Path, PathBuf};

use super::shown::shown;

/// Why a command on an archive stops. Each is a whole sentence: what is wrong with what, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The folder holds no archive.
    #[error("{} is no archive: it holds no catalog.sqlite; make one with `skrivelse ingest FOLDER --into {}`", shown(.0), shown(.0))]
    NoArchive(PathBuf),
    /// A newer version of the program has written the catalogue.
    #[error("the catalogue of {} was written by a newer version of skrivelse (catalogue version {found}, this program knows {known}); update skrivelse, nothing has been changed", shown(.archive))]
    Newer {
        /// The archive.
        archive: PathBuf,
        /// The version in the file.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// Something else than a catalogue has its name.
    #[error("{} is not a catalogue of skrivelse; choose another folder for the archive", shown(.0))]
    Foreign(PathBuf),
    /// Another process writes to the archive.
    #[error("another ingest is writing to {}{}; wait until it ends and run this again", shown(.archive), .process.map(|p| format!(" (process {p})")).unwrap_or_default())]
    Busy {
        /// The archive.
        archive: PathBuf,
        /// The other process, where the lock file tells.
        process: Option<u32>,
    },
    /// Something cannot be written.
    #[error("{} cannot be written: {error}; {}", shown(.path), .error.remedy())]
    Write {
        /// What cannot be written.
        path: PathBuf,
        /// Why.
        error: SystemError,
    },
    /// Something cannot be read.
    #[error("{} cannot be read: {error}", shown(.path))]
    Read {
        /// What cannot be read.
        path: PathBuf,
        /// Why.
        error: SystemError,
    },
    /// The catalogue's own trouble.
    #[error("the catalogue of {} cannot be used: {error}; {}", shown(.archive), remedy_of(.error))]
    Catalog {
        /// The archive.
        archive: PathBuf,
        /// Why.
        error: rusqlite::Error,
    },
    /// What was typed cannot be done.
    #[error("{0}")]
    Asked(String),
    /// No worker process can be started.
    #[error(
        "the worker process cannot be started: {0}; check that the program file is still in its place and that more processes may be started"
    )]
    Worker(SystemError),
}

/// An error of the system, without the number that Rust adds.
#[derive(Debug)]
pub struct SystemError(pub io::Error);

impl SystemError {
    fn remedy(&self) -> &'static str {
        match self.0.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                "make room and run the same command again: what is done stays done"
            }
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                "make the archive writable or choose another folder"
            }
            _ => "check the disk and run the same command again: what is done stays done",
        }
    }
}

impl std::fmt::Display for SystemError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = self.0.to_string();
        f.write_str(text.split(" (os error").next().unwrap_or(&text))
    }
}

fn remedy_of(error: &rusqlite::Error) -> &'static str {
    use rusqlite::ErrorCode::{
        CannotOpen, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase, PermissionDenied,
        ReadOnly, SystemIoFailure,
    };
    match error.sqlite_error_code() {
        Some(DiskFull) => "make room and run the same command again: what is done stays done",
        Some(SystemIoFailure) => {
            "check the disk, make room and run the same command again: what is done stays done"
        }
        Some(ReadOnly | CannotOpen | PermissionDenied) => {
            "make the archive writable or choose another folder"
        }
        Some(DatabaseBusy | DatabaseLocked) => {
            "another program holds it; wait until that ends and run this again"
        }
        Some(DatabaseCorrupt | NotADatabase) => {
            "move catalog.sqlite away and ingest the same folders again: the catalogue is made anew"
        }
        _ => "run the same command again, and report this if it stays",
    }
}

impl ArchiveError {
    pub(super) fn write(path: &Path, error: impl Into<io::Error>) -> Self {
        Self::Write { path: path.to_owned(), error: SystemError(error.into()) }
    }

    pub(super) fn read(path: &Path, error: impl Into<io::Error>) -> Self {
        Self::Read { path: path.to_owned(), error: SystemError(error.into()) }
    }
}
