//! `find`: papers in an archive, by words and by what is known of them.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use skrivelse::archive::catalog::Catalog;
use skrivelse::archive::search::{Hit, Query, find};

use super::archive_run::{FINDINGS, trouble};

const STATUSES: &[&str] =
    &["not_started", "waiting", "ongoing", "deviating", "delayed", "completed", "stopped", "unknown"];
const KINDS: &[&str] = &["tjansteskrivelse", "bilaga", "protokoll", "kallelse", "other"];

#[derive(Debug, clap::Args)]
#[command(after_help = "\
All words must stand in the same passage. \"Words in quotes\" stand side by side, skol* begins with skol; å, ä and ö are \
letters of their own, case does not matter. The exit code is 1 when nothing is found.

Examples:
  skrivelse find arkiv vuxenutbildning studieplan
  skrivelse find arkiv '\"stark ekonomi\"' --committee arbetsmarknad --from 2022
  skrivelse find arkiv --diarienummer KS-2024-* --status delayed --format jsonl")]
pub(crate) struct FindArgs {
    /// Archive to look in
    archive: PathBuf,
    /// Words to look for
    words: Vec<String>,
    /// Only papers with this diarienummer, or one that begins so; * and ? stand for other characters
    #[arg(long, value_name = "NUMBER")]
    diarienummer: Option<String>,
    /// Only papers of committees whose name holds this
    #[arg(long, value_name = "NAME")]
    committee: Option<String>,
    /// Only papers from this year, month or day on
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Only papers until this year, month or day
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Only papers that follow up something with this status
    #[arg(long, ignore_case = true, value_parser = PossibleValuesParser::new(STATUSES).map(|s| s.to_lowercase()))]
    status: Option<String>,
    /// Only papers of this kind
    #[arg(long, ignore_case = true, value_parser = PossibleValuesParser::new(KINDS).map(|s| s.to_lowercase()))]
    kind: Option<String>,
    /// Give this many answers at most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// Print a table, one JSON array, or JSON Lines
    #[arg(long, value_enum, default_value_t = FindFormat::Table)]
    format: FindFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FindFormat {
    Table,
    Json,
    Jsonl,
}

pub(crate) fn run(args: &FindArgs) -> ExitCode {
    let query = Query {
        words: args.words.clone(),
        diarienummer: args.diarienummer.clone(),
        committee: args.committee.clone(),
        from: args.from.clone(),
        to: args.to.clone(),
        status: args.status.clone(),
        kind: args.kind.clone(),
        limit: args.limit,
    };
    let hits = match Catalog::open_readonly(&args.archive).and_then(|catalog| find(&catalog, &query)) {
        Ok(hits) => hits,
        Err(error) => return trouble(&error.to_string()),
    };
    match write(&hits, args.format) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => return trouble(&format!("the answer cannot be written: {error}")),
    }
    if hits.len() as u64 == u64::from(args.limit) {
        let _ = writeln!(io::stderr().lock(), "there may be more: --limit gives more than {}", args.limit);
    }
    if hits.is_empty() {
        let _ = writeln!(io::stderr().lock(), "nothing is found");
        return ExitCode::from(FINDINGS);
    }
    ExitCode::SUCCESS
}

fn write(hits: &[Hit], format: FindFormat) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match format {
        FindFormat::Json => {
            serde_json::to_writer_pretty(&mut out, hits)?;
            writeln!(out)?;
        }
        FindFormat::Jsonl => {
            for hit in hits {
                serde_json::to_writer(&mut out, hit)?;
                writeln!(out)?;
            }
        }
        FindFormat::Table => {
            for hit in hits {
                let page = hit.page.map(|page| format!(", page {page}")).unwrap_or_default();
                let facts: Vec<&str> = [hit.date.as_deref(), hit.committee.as_deref(), hit.title.as_deref()]
                    .into_iter()
                    .flatten()
                    .chain(hit.diarienummer.iter().map(String::as_str))
                    .collect();
                writeln!(out, "{}{page}", hit.file)?;
                writeln!(out, "  {}  {}", hit.id.get(..12).unwrap_or(&hit.id), facts.join(" · "))?;
                if let Some(snippet) = &hit.snippet {
                    writeln!(out, "  {snippet}")?;
                }
            }
        }
    }
    out.flush()
}
