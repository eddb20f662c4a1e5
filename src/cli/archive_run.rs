//! What `ingest` and `retry` share: how files are read, how it is shown, how it ends.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use super::args::{parse_jobs, parse_megabytes};
use super::config::read_vocabulary;
use super::scans::ScanArgs;
use clap::ValueEnum;
use skrivelse::archive::ArchiveError;
use skrivelse::archive::ingest::{IngestOptions, Retry, Stop, Summary};
use skrivelse::archive::pool::WorkerCommand;
use skrivelse::archive::progress::{Bar, Lines, Progress, Quiet};
use skrivelse::archive::walk::WalkOptions;
use skrivelse::glyphs::ocr;
use skrivelse::settings::{ArchiveSettings, Settings};

/// Exit code when all is fine.
pub(crate) const FINE: u8 = 0;
/// Exit code when there is something that someone should look at.
pub(crate) const FINDINGS: u8 = 1;
/// Exit code when the command could not do its work.
pub(crate) const TROUBLE: u8 = 2;

/// How much is said on stderr.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Voice {
    /// Say more.
    pub(crate) verbose: bool,
    /// Say only errors.
    pub(crate) quiet: bool,
}

/// How files are read.
#[derive(Debug, clap::Args)]
pub(crate) struct RunArgs {
    /// Read this many files at the same time [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = parse_jobs)]
    jobs: Option<NonZeroUsize>,
    /// Give a file up after this many seconds; what pages of scans take comes on top
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    time_limit: u64,
    /// Let all workers together take this many MB; 2G is 2048 [default: 384 for each, at least 768]
    #[arg(long, value_name = "MB", value_parser = |text: &str| parse_megabytes(text, 64..=1_048_576))]
    memory: Option<u64>,
    /// Refuse files larger than this many MB; 2G is 2048
    #[arg(long, value_name = "MB", default_value_t = 1024, value_parser = |text: &str| parse_megabytes(text, 1..=1_048_576))]
    max_size: u64,
    /// Add a TOML file's words to the built-in vocabulary, for what is read in this run
    #[arg(long, value_name = "FILE")]
    vocabulary: Option<PathBuf>,
    #[command(flatten)]
    scans: ScanArgs,
    /// Show progress as a bar, as lines, as JSON Lines on stderr, or not at all [default: bar on a terminal, else lines]
    #[arg(long, value_enum)]
    progress: Option<ProgressChoice>,
    /// Print the summary as text or as JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ProgressChoice {
    Bar,
    Plain,
    Json,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

/// Runs `ingest` or `retry` of the library.
type Action = fn(&IngestOptions, &Stop, &mut dyn Progress) -> Result<Summary, ArchiveError>;

impl RunArgs {
    /// Do it, show it, and say how it ended.
    pub(crate) fn run(
        &self,
        archive: &Path,
        paths: &[PathBuf],
        walk: WalkOptions,
        (refresh, retry): (bool, Retry),
        action: Action,
        voice: Voice,
    ) -> ExitCode {
        let ocr = match self.scans.checked() {
            Ok(ocr) => ocr,
            Err(missing) => return trouble(&missing),
        };
        let note = match &ocr {
            Err(missing) if voice.verbose => Some(format!("scans are left unread: {missing}")),
            _ => None,
        };
        let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let mut limits = ArchiveSettings::for_jobs(self.jobs.map_or(cores, NonZeroUsize::get));
        limits.time_limit = Duration::from_secs(self.time_limit);
        if let Some(memory) = self.memory {
            limits.memory = memory << 20;
            limits.large_file = limits.memory / limits.jobs as u64 / 4;
        }
        let settings = Settings { max_file_bytes: self.max_size << 20, ocr: ocr.ok(), ..Settings::default() };
        // The workers read it themselves; what is wrong with it is better said here, and once.
        if let Some(Err(wrong)) = self.vocabulary.as_ref().map(|file| read_vocabulary(file, &settings)) {
            return trouble(&wrong);
        }
        let worker = match self.worker(&settings) {
            Ok(worker) => worker,
            Err(error) => return trouble(&format!("the program's own file cannot be found: {error}")),
        };
        let (archive, paths) = (archive.to_owned(), paths.to_vec());
        let options = IngestOptions { paths, archive, walk, limits, settings, worker, refresh, retry };
        let stop = Stop::default();
        let asked = stop.clone();
        if let Err(error) = ctrlc::set_handler(move || asked.ask()) {
            return trouble(&format!("interrupts cannot be heard: {error}"));
        }
        let mut progress = self.progress(voice);
        if let Some(note) = note {
            progress.say(&note);
        }
        match action(&options, &stop, progress.as_mut()) {
            Err(error) => {
                progress.end();
                trouble(&error.to_string())
            }
            Ok(summary) => {
                if voice.verbose {
                    for line in summary.fence.lines() {
                        progress.say(&format!("the workers' fence is not whole: {line}"));
                    }
                }
                self.tell(&summary, &options)
            }
        }
    }

    fn tell(&self, summary: &Summary, options: &IngestOptions) -> ExitCode {
        let mut out = io::stdout().lock();
        let told = match self.format {
            Format::Json => writeln!(out, "{}", summary_json(summary)),
            Format::Text => write!(out, "{summary}").and_then(|()| {
                if summary.failures.is_empty() {
                    return Ok(());
                }
                writeln!(
                    out,
                    "The files that could not be read: skrivelse status --failed {}",
                    skrivelse::archive::shown::shown(&options.archive)
                )
            }),
        };
        // Whoever reads the summary may have seen enough; how the run ended is told by the exit code all the same.
        if let Err(error) = told.and_then(|()| out.flush())
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            return trouble(&format!("the summary cannot be written: {error}"));
        }
        if summary.tally.pages_without_text > 0
            && self.scans.is_auto()
            && let Err(missing) = ocr::check(&self.scans.settings())
        {
            let _ = writeln!(io::stderr().lock(), "pages without text were left unread: {missing}");
        }
        ExitCode::from(if summary.interrupted {
            TROUBLE
        } else if summary.failures.is_empty() {
            FINE
        } else {
            FINDINGS
        })
    }

    fn worker(&self, settings: &Settings) -> io::Result<WorkerCommand> {
        let mut args: Vec<OsString> = vec!["worker".into()];
        let mut add = |name: &str, value: OsString| args.extend([OsString::from(name), value]);
        // What is cut off at three quarters is kept; what goes on to the whole is given up.
        let cut_off = (self.time_limit * 3 / 4).max(1);
        add("--time-limit", cut_off.to_string().into());
        add("--max-bytes", settings.max_file_bytes.to_string().into());
        if let Some(file) = &self.vocabulary {
            add("--vocabulary", std::path::absolute(file)?.into());
        }
        if let Some(ocr) = &settings.ocr {
            add("--tesseract", ocr.program.clone().into());
            add("--ocr-language", ocr.language.clone().into());
        }
        Ok(WorkerCommand { program: std::env::current_exe()?, args })
    }

    fn progress(&self, voice: Voice) -> Box<dyn Progress> {
        let usual = if io::stderr().is_terminal() { ProgressChoice::Bar } else { ProgressChoice::Plain };
        match self.progress.unwrap_or(if voice.quiet { ProgressChoice::None } else { usual }) {
            ProgressChoice::Bar => Box::new(Bar::new()),
            ProgressChoice::Plain => Box::new(Lines::plain()),
            ProgressChoice::Json => Box::new(Lines::json()),
            ProgressChoice::None => Box::new(Quiet),
        }
    }
}

fn summary_json(summary: &Summary) -> serde_json::Value {
    let failures: serde_json::Map<String, serde_json::Value> =
        summary.failures.iter().map(|(reason, count)| (reason.to_string(), (*count).into())).collect();
    serde_json::json!({
        "interrupted": summary.interrupted,
        "tally": summary.tally,
        "missing": summary.missing,
        "recognition_failed": summary.recognition_failed,
        "left_alone": summary.left_alone,
        "failures": failures,
        "findings": summary.findings,
        "seconds": summary.elapsed.as_secs_f64(),
    })
}

/// Say what is wrong, as one line.
pub(crate) fn trouble(sentence: &str) -> ExitCode {
    let _ = writeln!(io::stderr().lock(), "error: {sentence}");
    ExitCode::from(TROUBLE)
}
