//! `get`: a document of an archive.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use skrivelse::archive::catalog::Catalog;

use super::archive_run::trouble;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  skrivelse get arkiv 3f2a9c | jq '.papers[].title'
  skrivelse get arkiv 3f2a9c --file")]
pub(crate) struct GetArgs {
    /// Archive to look in
    archive: PathBuf,
    /// Document's id as find gives it, or its beginning
    id: String,
    /// Write the document on one line
    #[arg(short, long)]
    compact: bool,
    /// Print where the document and its files lie instead
    #[arg(long)]
    file: bool,
}

pub(crate) fn run(args: &GetArgs) -> ExitCode {
    let found = Catalog::open_readonly(&args.archive).and_then(|catalog| catalog.get(&args.id));
    let document = match found {
        Ok(document) => document,
        Err(error) => return trouble(&error.to_string()),
    };
    let written = if args.file {
        let mut text = format!("{}\n", skrivelse::archive::shown::shown(&document.path));
        for file in &document.files {
            text += &format!("{}\n", skrivelse::archive::shown::shown(file));
        }
        io::stdout().lock().write_all(text.as_bytes())
    } else {
        std::fs::read(&document.path).and_then(|bytes| {
            if args.compact {
                return io::stdout().lock().write_all(&bytes);
            }
            let value: serde_json::Value = serde_json::from_slice(&bytes)?;
            let mut out = io::BufWriter::new(io::stdout().lock());
            serde_json::to_writer_pretty(&mut out, &value)?;
            out.write_all(b"\n").and_then(|()| out.flush())
        })
    };
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => trouble(&format!(
            "the document {} cannot be printed: {error}; `skrivelse status --check` looks at all of them",
            skrivelse::archive::shown::shown(&document.path)
        )),
        _ => ExitCode::SUCCESS,
    }
}
