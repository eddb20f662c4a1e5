//! `extract`: papers in, JSON out.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use skrivelse::diagnostic::{Diagnostic, Severity};
use skrivelse::output::json::{Layout, to_bytes};
use skrivelse::records::document::Document;

use super::args::ExtractArgs;
use super::config::Config;
use super::console::{Console, count};
use super::input::Input;
use super::{Failure, Outcome, Result, batch, findings};

/// What is kept of a document until it is its turn: the text it is written as, and what is said beside it.
struct Extracted {
    written: io::Result<Vec<u8>>,
    findings: Vec<Diagnostic>,
    errors: usize,
}

pub(crate) fn run(args: &ExtractArgs, console: &Console) -> Result {
    let config = Config::new(&args.reading)?;
    let inputs = Input::all(&args.files)?;
    let folder =
        args.output.as_deref().map(|folder| Folder::prepare(folder, &inputs, console)).transpose()?;
    let many = inputs.len() > 1;
    let layout = if args.compact || (many && folder.is_none()) { Layout::Compact } else { Layout::Pretty };

    let work = |index: usize, document: Document| {
        let bytes = to_bytes(&document, layout);
        let written = match &folder {
            Some(folder) => folder.write(index, &bytes).map(|()| Vec::new()),
            None => Ok(bytes),
        };
        let errors =
            document.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).count();
        let findings = if console.is_verbose() { document.diagnostics } else { Vec::new() };
        Extracted { written, findings, errors }
    };
    let mut stdout = io::stdout().lock();
    let (mut failed, mut doubtful) = (0, 0);
    batch::each(&inputs, &config, work, |index, result| {
        let input = &inputs[index];
        let extracted = match result {
            Ok(extracted) => extracted,
            Err(error) => {
                failed += 1;
                console.error(&format!("{input} cannot be read: {error}"));
                return Ok(());
            }
        };
        match extracted.written {
            Ok(bytes) => stdout.write_all(&bytes).and_then(|()| stdout.flush())?,
            Err(error) => {
                failed += 1;
                console.error(&format!("the document of {input} cannot be written: {error}"));
            }
        }
        for finding in &extracted.findings {
            // What goes to stderr is best effort.
            let _ = findings::write(finding, "", &mut anstream::stderr().lock());
        }
        if extracted.errors > 0 {
            doubtful += 1;
            if !many {
                let errors = count(extracted.errors, "finding");
                console.warning(&format!(
                    "{input} was not read whole: {errors} of severity error; run `skrivelse check`"
                ));
            }
        }
        Ok(())
    })?;
    if many {
        console.note(&summary(inputs.len(), failed, doubtful));
    }
    Ok(if failed > 0 { Outcome::Trouble } else { Outcome::Fine })
}

fn summary(files: usize, failed: usize, doubtful: usize) -> String {
    let mut summary = format!("{}: {} written", count(files, "file"), count(files - failed, "document"));
    if doubtful > 0 {
        summary += &format!(", {doubtful} not read whole (run `skrivelse check`)");
    }
    if failed > 0 {
        summary += &format!(", {failed} failed");
    }
    summary
}

/// A folder that documents are written into, one file each.
struct Folder {
    path: PathBuf,
    names: Vec<String>,
}

impl Folder {
    /// Make the folder and choose each document's name.
    fn prepare(path: &Path, inputs: &[Input], console: &Console) -> std::result::Result<Self, Failure> {
        let folder = path.display();
        if path.exists() && !path.is_dir() {
            return Err(Failure::Said(format!(
                "{folder} is a file, and documents go into a directory; name another"
            )));
        }
        fs::create_dir_all(path).map_err(|error| {
            Failure::Said(format!("the directory {folder} cannot be made: {error}; name another"))
        })?;
        let names = file_names(&inputs.iter().map(Input::stem).collect::<Vec<_>>(), &papers_in(path, inputs));
        for (input, name) in inputs.iter().zip(&names) {
            if *name != format!("{}.json", input.stem()) {
                console
                    .warning(&format!("the document of {input} is written as {name}: another has its name"));
            }
        }
        Ok(Self { path: path.to_owned(), names })
    }

    /// Write a document's bytes under another name and rename it, so that no half file is ever seen.
    fn write(&self, index: usize, bytes: &[u8]) -> io::Result<()> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".skrivelse-").suffix(".tmp");
        #[cfg(unix)]
        {
            // What everyone may do with a new file is for the umask to say; a temporary file is private otherwise.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(&self.path)?;
        file.write_all(bytes)?;
        file.persist(self.path.join(&self.names[index]))?;
        Ok(())
    }
}

/// The names of the papers that lie in the folder themselves: a document in their place would destroy them.
fn papers_in(folder: &Path, inputs: &[Input]) -> BTreeSet<String> {
    let folder = folder.canonicalize().ok();
    let own = |input: &Input| {
        let Input::File(path) = input else { return None };
        let path = path.canonicalize().ok().filter(|path| path.parent() == folder.as_deref())?;
        Some(path.file_name()?.to_string_lossy().to_lowercase())
    };
    inputs.iter().filter_map(own).collect()
}

/// A file name for each stem, no two alike and none in `papers`. The first to have a stem gets it as it is, the others are numbered from 2
/// past every name that is taken. Names that differ only in case are alike on some disks.
fn file_names(stems: &[String], papers: &BTreeSet<String>) -> Vec<String> {
    let own: BTreeSet<String> = stems.iter().map(|stem| stem.to_lowercase()).collect();
    let is_paper = |name: &str| papers.contains(&format!("{}.json", name.to_lowercase()));
    let mut taken = BTreeSet::new();
    let mut names = Vec::with_capacity(stems.len());
    for stem in stems {
        let mut name = stem.clone();
        if is_paper(&name) || !taken.insert(name.to_lowercase()) {
            let is_free = |name: &String| {
                !own.contains(&name.to_lowercase())
                    && !taken.contains(&name.to_lowercase())
                    && !is_paper(name)
            };
            name = (2..).map(|number: u64| format!("{stem}-{number}")).find(is_free).unwrap_or_default();
            taken.insert(name.to_lowercase());
        }
        names.push(format!("{name}.json"));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_stems_are_numbered_and_never_collide() {
        let stems = ["plan", "Plan", "plan-2", "bilaga", "plan"].map(str::to_owned);
        assert_eq!(
            file_names(&stems, &BTreeSet::new()),
            ["plan.json", "Plan-3.json", "plan-2.json", "bilaga.json", "plan-4.json"]
        );
    }

    #[test]
    fn a_document_never_takes_the_place_of_a_paper() {
        let stems = ["plan", "bilaga"].map(str::to_owned);
        let papers = BTreeSet::from(["plan.json".to_owned()]);
        assert_eq!(file_names(&stems, &papers), ["plan-2.json", "bilaga.json"]);
    }
}
