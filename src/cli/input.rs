//! A file that the user named, or stdin.

use std::fmt;
use std::path::{Path, PathBuf};

use skrivelse::reader::{FileError, Reader, load, load_path};
use skrivelse::records::document::Document;
use skrivelse::settings::Settings;

use super::Failure;

/// Where bytes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Stdin,
    File(PathBuf),
}

impl Input {
    /// What `-` and every other name stand for. Stdin can be read once.
    pub(crate) fn all(files: &[PathBuf]) -> Result<Vec<Self>, Failure> {
        let inputs: Vec<Self> = files.iter().map(|file| Self::new(file)).collect();
        if inputs.iter().filter(|input| **input == Self::Stdin).count() > 1 {
            return Err(Failure::Said("stdin (-) is named twice and can be read once".to_owned()));
        }
        Ok(inputs)
    }

    /// What one name stands for.
    pub(crate) fn new(file: &Path) -> Self {
        if file.as_os_str() == "-" { Self::Stdin } else { Self::File(file.to_owned()) }
    }

    /// The bytes.
    pub(crate) fn load(&self, settings: &Settings) -> Result<Vec<u8>, FileError> {
        match self {
            Self::Stdin => load(std::io::stdin().lock(), 0, settings),
            Self::File(path) => load_path(path, settings),
        }
    }

    /// The document.
    pub(crate) fn read(&self, reader: &mut Reader, settings: &Settings) -> Result<Document, FileError> {
        match self {
            Self::Stdin => reader.read_bytes(self.load(settings)?, "stdin"),
            Self::File(path) => reader.read_path(path),
        }
    }

    /// The name without folders and ending, for a file that is written from it.
    pub(crate) fn stem(&self) -> String {
        match self {
            Self::Stdin => "stdin".to_owned(),
            Self::File(path) => path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("stdin"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}
