//! The program `tesseract`: pictures in over a pipe, hOCR out over another, no file anywhere.

use std::io::{self, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::image::Grey;
use crate::glyphs::Turn;
use crate::settings::OcrSettings;

/// How to get the program, and where to say that another one is to be taken.
const REMEDY: &str =
    "install it (`apt install tesseract-ocr tesseract-ocr-swe`) or name the program with --tesseract";

/// How often the program is looked after while it works.
const TICK: Duration = Duration::from_millis(20);

/// Most that the program may say of one page, in bytes. A page of 10,000 words gives 2 MB.
const MAX_OUTPUT: u64 = 32 << 20;

/// Longest time for a look at what is installed.
const LOOK: Duration = Duration::from_secs(20);

/// Why a page's picture cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OcrError {
    /// The program is not there.
    #[error("Tesseract ({program}) is not installed or not found: {REMEDY}")]
    Missing {
        /// What was looked for.
        program: String,
    },
    /// The program lacks the language.
    #[error(
        "Tesseract has no data for the language {language}: install them (`apt install tesseract-ocr-{language}`)"
    )]
    NoLanguage {
        /// Tesseract's name of it.
        language: String,
    },
    /// The page cannot be rendered.
    #[error("it cannot be rendered as a picture")]
    Render,
    /// The program took too long.
    #[error("reading its picture took longer than {0} s")]
    Time(u64),
    /// The program failed.
    #[error("Tesseract failed on its picture: {0}")]
    Failed(String),
}

/// Whether the program and its language are there.
pub fn check(settings: &OcrSettings) -> Result<(), OcrError> {
    let out = run(settings, &["--list-langs"], &[], Instant::now() + LOOK)?;
    let known: Vec<&str> = out.lines().map(str::trim).collect();
    match settings.language.split('+').find(|language| !known.contains(language)) {
        Some(language) => Err(OcrError::NoLanguage { language: language.to_owned() }),
        None => Ok(()),
    }
}

/// How Tesseract is to look for text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Columns and blocks, as pages have them.
    Page,
    /// Whatever stands anywhere, as one block. Of Tesseract's modes this alone sees lone digits; that for sparse
    /// text leaves them out as dirt.
    Scattered,
}

/// Read a picture; hOCR is returned.
pub(super) fn read(
    picture: &Grey,
    look: Look,
    settings: &OcrSettings,
    deadline: Instant,
) -> Result<String, OcrError> {
    let dpi = settings.dpi.to_string();
    let mode = match look {
        Look::Page => "3",
        Look::Scattered => "6",
    };
    let args = ["-", "-", "--dpi", &dpi, "-l", &settings.language, "--psm", mode, "hocr"];
    run(settings, &args, &picture.to_pgm(), deadline)
}

/// How the text runs in a picture, by Tesseract's own estimate; `None` when it cannot tell.
pub(super) fn orientation(picture: &Grey, settings: &OcrSettings, deadline: Instant) -> Option<Turn> {
    let dpi = settings.dpi.to_string();
    let out = run(settings, &["-", "-", "--dpi", &dpi, "--psm", "0"], &picture.to_pgm(), deadline).ok()?;
    let value = |name: &str| out.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<f32>().ok());
    if value("Orientation confidence:")? < 1.0 {
        return None;
    }
    // How the picture is to be turned clockwise to be upright: the text runs the other way.
    #[allow(clippy::cast_possible_truncation)] // a quarter turn
    match value("Rotate:")? as i32 {
        0 => Some(Turn::None),
        90 => Some(Turn::ThreeQuarters),
        180 => Some(Turn::Half),
        270 => Some(Turn::Quarter),
        _ => None,
    }
}

fn run(settings: &OcrSettings, args: &[&str], input: &[u8], deadline: Instant) -> Result<String, OcrError> {
    let mut words = settings.launcher.iter().map(AsRef::as_ref).chain([settings.program.as_os_str()]);
    let Some(first) = words.next() else { return Err(missing(settings)) };
    let spawned = Command::new(first)
        .args(words)
        .args(args)
        // Pages are read side by side already.
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let child = match spawned {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(missing(settings)),
        Err(error) => return Err(OcrError::Failed(format!("it cannot be started: {error}"))),
    };
    let mut guard = Guard(child);
    let (stdin, stdout, stderr) = (guard.0.stdin.take(), guard.0.stdout.take(), guard.0.stderr.take());
    std::thread::scope(|scope| {
        // Whoever does not read its input ends with it; the error shows in how it ends.
        scope.spawn(move || stdin.map(|mut pipe| pipe.write_all(input)));
        let out = scope.spawn(move || drained(stdout));
        let errors = scope.spawn(move || drained(stderr));
        let ended = guard.wait_until(deadline);
        drop(guard);
        let (out, errors) = (out.join().unwrap_or_default(), errors.join().unwrap_or_default());
        match ended {
            None => Err(OcrError::Time(settings.time_limit.as_secs())),
            Some(true) => Ok(out),
            Some(false) if errors.contains("Failed loading language") => {
                Err(OcrError::NoLanguage { language: settings.language.clone() })
            }
            Some(false) => {
                let last = errors.lines().rev().find(|line| !line.trim().is_empty());
                Err(OcrError::Failed(last.unwrap_or("it said nothing").trim().to_owned()))
            }
        }
    })
}

fn missing(settings: &OcrSettings) -> OcrError {
    OcrError::Missing { program: settings.program.display().to_string() }
}

fn drained(pipe: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(pipe) = pipe {
        let _ = pipe.take(MAX_OUTPUT).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A process that does not outlive the reading of its page.
struct Guard(Child);

impl Guard {
    /// Whether it ended well; `None` when it had not ended by the deadline.
    fn wait_until(&mut self, deadline: Instant) -> Option<bool> {
        loop {
            match self.0.try_wait() {
                Ok(Some(status)) => return Some(status.success()),
                Ok(None) if Instant::now() < deadline => std::thread::sleep(TICK),
                Ok(None) => return None,
                Err(_) => return Some(false),
            }
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // It has ended, or its time is up.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
