//! What is said on stderr, and how loudly.

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::time::uptime;

use super::args::Verbosity;

pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const INFO: Style = AnsiColor::Blue.on_default().bold();

/// The voice of the program: stderr.
pub(crate) struct Console {
    quiet: bool,
    verbose: bool,
}

impl Console {
    /// Choose the loudness, and start tracing when it was asked for.
    pub(crate) fn new(verbosity: &Verbosity) -> Self {
        let level = match verbosity.verbose {
            0 => None,
            1 => Some("skrivelse=info"),
            2 => Some("skrivelse=debug"),
            _ => Some("trace"),
        };
        if let Some(level) = level {
            let stderr = std::io::stderr();
            let subscriber = tracing_subscriber::fmt()
                .with_env_filter(EnvFilter::new(level))
                .with_timer(uptime())
                .with_ansi(stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()))
                .with_writer(std::io::stderr);
            // Only a second start can fail, and there is one console.
            let _ = subscriber.try_init();
        }
        Self { quiet: verbosity.quiet, verbose: verbosity.verbose > 0 }
    }

    /// The voice of the commands on archives.
    pub(crate) fn voice(&self) -> super::archive_run::Voice {
        super::archive_run::Voice { verbose: self.verbose, quiet: self.quiet }
    }

    /// Whether findings are to be told beside the data.
    pub(crate) fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Something could not be done.
    pub(crate) fn error(&self, sentence: &str) {
        say(&format!("{ERROR}error{ERROR:#}: {sentence}"));
    }

    /// Something was done that the user may not expect.
    pub(crate) fn warning(&self, sentence: &str) {
        if !self.quiet {
            say(&format!("{WARNING}warning{WARNING:#}: {sentence}"));
        }
    }

    /// What was done.
    pub(crate) fn note(&self, sentence: &str) {
        if !self.quiet {
            say(sentence);
        }
    }
}

/// A line on stderr, without colours where that is no terminal. Nobody can be told that stderr is gone.
fn say(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// "1 file", "2 files".
pub(crate) fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
