//! `worker` and `tether`: what an ingest starts; not for people.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Duration;

use skrivelse::archive::sandbox::{Fence, die_with_parent};
use skrivelse::archive::worker::{self, WorkerOptions};
use skrivelse::settings::{OcrSettings, Settings};

use super::archive_run::trouble;
use super::config::read_vocabulary;

#[derive(Debug, clap::Args)]
pub(crate) struct WorkerArgs {
    /// Cut a file off after this many seconds
    #[arg(long)]
    time_limit: u64,
    /// Refuse larger files
    #[arg(long)]
    max_bytes: u64,
    /// Take no more memory than this
    #[arg(long)]
    memory: u64,
    /// End with this process
    #[arg(long)]
    parent: u32,
    /// Add this file's words to the vocabulary
    #[arg(long)]
    vocabulary: Option<PathBuf>,
    /// Read scans with this program
    #[arg(long)]
    tesseract: Option<PathBuf>,
    /// Read scans in this language
    #[arg(long, default_value = "swe")]
    ocr_language: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TetherArgs {
    /// End with this process
    #[arg(long)]
    parent: u32,
    /// Program to run, and its arguments
    #[arg(last = true, required = true)]
    command: Vec<OsString>,
}

pub(crate) fn run(args: &WorkerArgs) -> ExitCode {
    let ocr = args.tesseract.clone().map(|program| {
        // What the worker starts is to end with it.
        let tether = ["tether", "--parent"].map(OsString::from).into_iter();
        let own = std::env::current_exe().map(OsString::from);
        let launcher = own.map(|own| {
            let number = OsString::from(std::process::id().to_string());
            [own].into_iter().chain(tether).chain([number, "--".into()]).collect()
        });
        OcrSettings {
            program,
            language: args.ocr_language.clone(),
            launcher: launcher.unwrap_or_default(),
            ..OcrSettings::default()
        }
    });
    let fence = Fence { memory: args.memory, may_run_ocr: ocr.is_some() };
    let time_limit = Duration::from_secs(args.time_limit);
    let mut settings = Settings { time_limit, max_file_bytes: args.max_bytes, ocr, ..Settings::default() };
    if let Some(file) = &args.vocabulary {
        match read_vocabulary(file, &settings) {
            Ok(vocabulary) => settings.own_vocabulary = Some(Arc::new(vocabulary)),
            Err(wrong) => return trouble(&wrong),
        }
    }
    match worker::run(WorkerOptions { settings, fence, parent: args.parent }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => trouble(&format!("the worker has lost its ingest: {error}")),
    }
}

pub(crate) fn run_tethered(args: &TetherArgs) -> ExitCode {
    use std::os::unix::process::CommandExt;
    if let Err(error) = die_with_parent(args.parent) {
        return trouble(&error);
    }
    let Some((program, rest)) = args.command.split_first() else { return ExitCode::FAILURE };
    let error = Command::new(program).args(rest).exec();
    trouble(&format!("{} cannot be run: {error}", program.to_string_lossy()))
}
