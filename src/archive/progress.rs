//! How far a run is: a bar on a terminal, lines elsewhere, JSON for programs. All of it goes to stderr.

use std::io::Write;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

/// Time between two lines, where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// Time between two JSON objects.
const JSON_EVERY: Duration = Duration::from_secs(1);

/// What a run has counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Files and folders found that are to be accounted for.
    pub files: u64,
    /// Contents read into documents.
    pub done: u64,
    /// Files whose document was there.
    pub unchanged: u64,
    /// Files with the same content as another one of this run.
    pub duplicates: u64,
    /// Files that gave no document.
    pub failed: u64,
    /// Files that had failed before and have not been tried again.
    pub failed_before: u64,
    /// Pages read; a text without pages counts as one.
    pub pages: u64,
    /// Pages that gave no text.
    pub pages_without_text: u64,
}

impl Tally {
    /// How many files are accounted for.
    #[must_use]
    pub fn settled(&self) -> u64 {
        self.done + self.unchanged + self.duplicates + self.failed + self.failed_before
    }
}

/// Shows how far a run is.
pub trait Progress {
    /// The counts have changed.
    fn show(&mut self, tally: &Tally);
    /// Something should be said at once.
    fn say(&mut self, sentence: &str);
    /// The run is over.
    fn end(&mut self);
}

/// Shows nothing but failures.
#[derive(Debug, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn show(&mut self, _: &Tally) {}
    fn say(&mut self, sentence: &str) {
        to_stderr(sentence);
    }
    fn end(&mut self) {}
}

/// A bar on a terminal.
pub struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// A new bar.
    #[must_use]
    pub fn new() -> Self {
        let bar = ProgressBar::new(0);
        let template = "{bar:30} {pos}/{len} files  {msg}  {elapsed} gone, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(500));
        Self { bar }
    }
}

impl Default for Bar {
    fn default() -> Self {
        Self::new()
    }
}

impl Progress for Bar {
    fn show(&mut self, tally: &Tally) {
        if self.bar.length() != Some(tally.files) {
            self.bar.set_length(tally.files);
        }
        self.bar.set_position(tally.settled());
        let seconds = self.bar.elapsed().as_secs_f64().max(0.1);
        #[allow(clippy::cast_precision_loss)] // for show
        let rate = tally.pages as f64 / seconds;
        self.bar.set_message(format!("{} pages ({rate:.0}/s), {} failed", tally.pages, tally.failed));
    }

    fn say(&mut self, sentence: &str) {
        self.bar.suspend(|| to_stderr(sentence));
    }

    fn end(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A line now and then.
pub struct Lines {
    begin: Instant,
    last: Instant,
    json: bool,
    shown: Option<Tally>,
}

impl Lines {
    /// Lines for people.
    #[must_use]
    pub fn plain() -> Self {
        Self { begin: Instant::now(), last: Instant::now(), json: false, shown: None }
    }

    /// JSON objects, one a line.
    #[must_use]
    pub fn json() -> Self {
        Self { json: true, ..Self::plain() }
    }

    fn write(&mut self, tally: &Tally) {
        self.last = Instant::now();
        self.shown = Some(tally.clone());
        let seconds = self.begin.elapsed().as_secs();
        if self.json {
            let line = serde_json::json!({"event": "progress", "seconds": seconds, "settled": tally.settled(), "tally": tally});
            to_stderr(&line.to_string());
        } else {
            to_stderr(&format!(
                "{} of {} files, {} pages, {} failed, {seconds} s",
                tally.settled(),
                tally.files,
                tally.pages,
                tally.failed + tally.failed_before
            ));
        }
    }
}

impl Progress for Lines {
    fn show(&mut self, tally: &Tally) {
        let every = if self.json { JSON_EVERY } else { LINE_EVERY };
        let first = self.json && self.shown.is_none();
        let last = self.json && tally.settled() == tally.files;
        if (first || last || self.last.elapsed() >= every) && self.shown.as_ref() != Some(tally) {
            self.write(tally);
        }
    }

    fn say(&mut self, sentence: &str) {
        if self.json {
            to_stderr(&serde_json::json!({"event": "message", "message": sentence}).to_string());
        } else {
            to_stderr(sentence);
        }
    }

    fn end(&mut self) {}
}

/// What cannot be said is not worth stopping for.
fn to_stderr(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
