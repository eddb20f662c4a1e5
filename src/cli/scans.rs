//! How scans are read: what the user may say of it, for every command that reads files.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use skrivelse::glyphs::ocr;
use skrivelse::settings::OcrSettings;

#[derive(Debug, clap::Args)]
pub(crate) struct ScanArgs {
    /// Read pages without text by character recognition: when Tesseract is there, always, or never
    #[arg(long, value_enum, default_value_t = OcrChoice::Auto)]
    ocr: OcrChoice,
    /// Use this Tesseract program
    #[arg(long, value_name = "PROGRAM", default_value = "tesseract")]
    tesseract: PathBuf,
    /// Read scans in this language, by Tesseract's name for it
    #[arg(long, value_name = "LANGUAGE", default_value = "swe")]
    ocr_language: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OcrChoice {
    Auto,
    On,
    Off,
}

#[cfg(test)]
impl Default for ScanArgs {
    fn default() -> Self {
        Self { ocr: OcrChoice::Off, tesseract: "tesseract".into(), ocr_language: "swe".to_owned() }
    }
}

impl ScanArgs {
    /// Whether it was left to what is installed.
    pub(crate) fn is_auto(&self) -> bool {
        self.ocr == OcrChoice::Auto
    }

    /// How scans are read: not at all, with why, where that was left to what is installed.
    pub(crate) fn checked(&self) -> Result<Result<OcrSettings, String>, String> {
        if self.ocr == OcrChoice::Off {
            return Ok(Err("--ocr off asks for it".to_owned()));
        }
        let settings = self.settings();
        match ocr::check(&settings) {
            Ok(()) => Ok(Ok(settings)),
            Err(missing) if self.ocr == OcrChoice::On => Err(missing.to_string()),
            Err(missing) => Ok(Err(missing.to_string())),
        }
    }

    /// The same without asking the program, which takes longer than reading a paper: a language that it lacks is
    /// reported with the first page that needs it.
    pub(crate) fn unchecked(&self) -> Result<Option<OcrSettings>, String> {
        match self.ocr {
            OcrChoice::Off => Ok(None),
            OcrChoice::On => self.checked().map(Result::ok),
            OcrChoice::Auto => Ok(Some(self.settings()).filter(|settings| settings.program.is_file())),
        }
    }

    pub(crate) fn settings(&self) -> OcrSettings {
        let program = on_path(&self.tesseract);
        OcrSettings { program, language: self.ocr_language.clone(), ..OcrSettings::default() }
    }
}

/// A program's own path: workers may read its folder and no other of their owner's.
fn on_path(program: &Path) -> PathBuf {
    let named = program.components().count() > 1;
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut found =
        std::env::split_paths(&folders).map(|folder| folder.join(program)).filter(|path| path.is_file());
    let path = if named { Some(program.to_owned()) } else { found.next() };
    path.and_then(|path| std::path::absolute(path).ok()).unwrap_or_else(|| program.to_owned())
}
