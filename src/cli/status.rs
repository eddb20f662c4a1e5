//! `status`: how an archive stands.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use skrivelse::archive::ArchiveError;
use skrivelse::archive::catalog::Catalog;
use skrivelse::archive::report::{Status, check, failed_files};

use super::archive_run::{FINDINGS, Format, trouble};
use super::console::Console;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The exit code is 1 when --check finds a document that is not as it was written.

Examples:
  skrivelse status arkiv
  skrivelse status arkiv --failed --format json | jq -r .path
  skrivelse status arkiv --check")]
pub(crate) struct StatusArgs {
    /// Archive to look at
    archive: PathBuf,
    /// List the files that could not be read, with why
    #[arg(long, conflicts_with = "check")]
    failed: bool,
    /// Read every document and compare it with what was written
    #[arg(long)]
    check: bool,
    /// Print text for people, or JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(crate) fn run(args: &StatusArgs, console: &Console) -> ExitCode {
    match tell(args, console) {
        Ok(code) => code,
        Err(Failure::Archive(error)) => trouble(&error.to_string()),
        // Whoever reads has heard enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => trouble(&format!("the answer cannot be written: {error}")),
    }
}

enum Failure {
    Archive(ArchiveError),
    Output(io::Error),
}

impl From<ArchiveError> for Failure {
    fn from(error: ArchiveError) -> Self {
        Self::Archive(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn tell(args: &StatusArgs, console: &Console) -> Result<ExitCode, Failure> {
    let catalog = Catalog::open_readonly(&args.archive)?;
    let mut out = io::stdout().lock();
    if args.failed {
        let failed = failed_files(&catalog)?;
        for file in &failed {
            match args.format {
                Format::Text => writeln!(out, "{}: {} [{}]", file.path, file.message, file.reason)?,
                Format::Json => writeln!(out, "{}", json(file)?)?,
            }
        }
        if failed.is_empty() {
            console.note("there is no file that could not be read");
        }
    } else if args.check {
        let faults = check(&catalog)?;
        for fault in &faults {
            match args.format {
                Format::Text => {
                    writeln!(out, "{}: its document {}: {}", fault.file, fault.hash, fault.fault)?
                }
                Format::Json => writeln!(out, "{}", json(fault)?)?,
            }
        }
        if faults.is_empty() {
            console.note("every document is as it was written");
        }
        return Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FINDINGS) });
    } else {
        let status = Status::of(&catalog)?;
        match args.format {
            Format::Text => write!(out, "{status}")?,
            Format::Json => writeln!(out, "{}", json(&status)?)?,
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn json(value: &impl serde::Serialize) -> io::Result<String> {
    serde_json::to_string(value).map_err(io::Error::other)
}
