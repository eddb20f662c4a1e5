//! What the user typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use skrivelse::diagnostic::Code;
use skrivelse::settings::Settings;

use super::show::Stage;

const GUIDE: &str = "\
Examples:
  skrivelse extract paper.pdf                    the paper as JSON
  skrivelse check paper.pdf                      what to look at before the meeting
  skrivelse ingest /srv/diariet --into arkiv     a folder of papers into an archive
  skrivelse find arkiv vuxenutbildning           papers in it that hold a word

Exit codes:
  0  fine
  1  something that someone should look at, or nothing found
  2  trouble: a file could not be read, or the command was not understood";

/// Read Swedish municipal committee papers and write data that can be trusted
#[derive(Debug, Parser)]
#[command(name = "skrivelse", version, after_help = GUIDE, max_term_width = 100, subcommand_required = true)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) verbosity: Verbosity,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Verbosity {
    /// Say on stderr what is done and found; twice for more
    #[arg(short, long, action = clap::ArgAction::Count, global = true, display_order = 100)]
    pub(crate) verbose: u8,
    /// Say nothing on stderr but errors
    #[arg(short, long, global = true, conflicts_with = "verbose", display_order = 101)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read papers and print them as JSON
    Extract(ExtractArgs),
    /// Check papers before the meeting and print what someone should look at
    Check(CheckArgs),
    /// Explain a finding's code, or list all codes
    Explain(ExplainArgs),
    /// Print the JSON Schema of the documents that extract writes
    #[command(after_help = "Examples:\n  skrivelse schema > document.schema.json")]
    Schema,
    /// Check documents that extract wrote against the schema
    Validate(ValidateArgs),
    /// Show what a stage of the reading saw on a page
    Show(ShowArgs),
    /// Take folders of papers into an archive
    Ingest(super::ingest::IngestArgs),
    /// Tell how an archive stands
    Status(super::status::StatusArgs),
    /// Try again what could not be read into an archive
    Retry(super::retry::RetryArgs),
    /// Find papers in an archive
    Find(super::find::FindArgs),
    /// Print a document of an archive
    Get(super::get::GetArgs),
    /// Read files for an ingest
    #[command(hide = true)]
    Worker(super::worker::WorkerArgs),
    /// Run a program that ends with this process's parent
    #[command(hide = true)]
    Tether(super::worker::TetherArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print the manual page in roff
    Man(ManArgs),
}

/// What every command takes that reads papers.
#[derive(Debug, clap::Args)]
pub(crate) struct ReadingArgs {
    /// Add a TOML file's words to the built-in vocabulary
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
    /// Cut a file off after this many seconds, and give it up after twice as many
    #[arg(long, value_name = "SECONDS", default_value_t = Settings::default().time_limit.as_secs(),
        value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) time_limit: u64,
    /// Refuse files larger than this many MB; 2G is 2048
    #[arg(long, value_name = "MB", default_value_t = 1024, value_parser = |text: &str| parse_megabytes(text, 1..=1_048_576))]
    pub(crate) max_size: u64,
    /// Use this many threads [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = parse_jobs)]
    pub(crate) jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    pub(crate) scans: super::scans::ScanArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
One file gives one JSON document. Several give JSON Lines: one document a line, in the order of the files. A file that \
cannot be read is named on stderr, the others are still read, and the exit code is 2.

Examples:
  skrivelse extract uppfoljning.pdf
  skrivelse extract --compact arkiv/*.pdf | jq -r '.papers[].title'
  skrivelse extract --output json/ arkiv/*.pdf
  pdftotext -layout paper.pdf - | skrivelse extract -")]
pub(crate) struct ExtractArgs {
    /// Files to read: PDF, text or Markdown; - reads stdin
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Write NAME.json for each file into this directory, which is made when it is missing
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Write each document on one line
    #[arg(short, long)]
    pub(crate) compact: bool,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The exit code is 1 when a finding is a warning or an error. `skrivelse explain CODE` tells what a finding means.

Examples:
  skrivelse check tjansteskrivelse.pdf
  skrivelse check --format json arkiv/*.pdf > findings.jsonl")]
pub(crate) struct CheckArgs {
    /// Files to check: PDF, text or Markdown; - reads stdin
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Print text for people, or JSON Lines with one object for each file
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  skrivelse explain\n  skrivelse explain count-mismatch")]
pub(crate) struct ExplainArgs {
    /// Code to explain; without one, all codes are listed
    #[arg(ignore_case = true, hide_possible_values = true,
        value_parser = PossibleValuesParser::new(Code::ALL.iter().map(|code| code.as_str())).map(|code| code.to_lowercase()))]
    pub(crate) code: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A file holds one document, or JSON Lines. Each line printed names the file, the JSON pointer and what was expected.
The exit code is 1 when a document breaks the schema.

Examples:
  skrivelse validate uppfoljning.json
  skrivelse extract arkiv/*.pdf | skrivelse validate -")]
pub(crate) struct ValidateArgs {
    /// Files to check: JSON or JSON Lines; - reads stdin
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  skrivelse show paper.pdf --stage words
  skrivelse show paper.pdf --stage glyphs --page 2 --svg > page.svg")]
pub(crate) struct ShowArgs {
    /// File to read; - reads stdin
    pub(crate) file: PathBuf,
    /// Show what this stage saw
    #[arg(long, value_enum, default_value_t = Stage::Words)]
    pub(crate) stage: Stage,
    /// Show this page, counted from 1
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) page: u32,
    /// Draw the page as SVG instead of listing what stands on it
    #[arg(long)]
    pub(crate) svg: bool,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  skrivelse completions bash > ~/.local/share/bash-completion/completions/skrivelse"
)]
pub(crate) struct CompletionsArgs {
    /// Shell to complete for
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  skrivelse man | man -l -\n  skrivelse man extract | man -l -")]
pub(crate) struct ManArgs {
    /// Command to describe; without one, the page of skrivelse itself is printed
    pub(crate) command: Option<String>,
}

/// A number of threads or workers.
pub(crate) fn parse_jobs(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "write a whole number, at least 1".to_owned())
}

/// A size in MB such as `300`, `300M` or `2G`, within the range that is allowed.
pub(crate) fn parse_megabytes(text: &str, range: std::ops::RangeInclusive<u64>) -> Result<u64, String> {
    let (digits, factor) = match text.char_indices().next_back() {
        Some((end, 'm' | 'M')) => (&text[..end], 1),
        Some((end, 'g' | 'G')) => (&text[..end], 1 << 10),
        _ => (text, 1),
    };
    let number: u64 =
        digits.parse().map_err(|_| "write a whole number, and M or G after it if you like".to_owned())?;
    let (least, most) = (range.start(), range.end());
    let size = number.checked_mul(factor).filter(|size| range.contains(size));
    size.ok_or_else(|| format!("write {least} to {most} MB"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn megabytes_are_read_with_and_without_a_unit() {
        let read = |text| parse_megabytes(text, 64..=4096);
        assert_eq!(read("300"), Ok(300));
        assert_eq!(read("300M"), Ok(300));
        assert_eq!(read("2G"), Ok(2048));
        for wrong in ["", "63", "5000", "8G", "100K", "1,5G", "M", "3å", "99999999999999999999G"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn help_lines_are_imperative_and_have_no_full_stop() {
        let mut command = Args::command();
        command.build();
        for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
            for arg in sub.get_arguments() {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(
                    !help.is_empty() && !help.ends_with('.'),
                    "{} {}: {help:?}",
                    sub.get_name(),
                    arg.get_id()
                );
            }
            assert!(
                sub.get_about().is_some_and(|about| !about.to_string().ends_with('.')),
                "{}",
                sub.get_name()
            );
        }
    }
}
