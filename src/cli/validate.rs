//! `validate`: documents against the schema.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};

use serde_json::Value;
use skrivelse::output::conformance::Conformance;
use skrivelse::reader::FileError;

use super::args::ValidateArgs;
use super::console::{Console, count};
use super::input::Input;
use super::{Failure, Outcome, Result};

/// How many violations of one document are told. A document of another kind breaks the schema everywhere.
const MOST_TOLD: usize = 20;

pub(crate) fn run(args: &ValidateArgs, console: &Console) -> Result {
    let mut check = Check { conformance: Conformance::new(), documents: 0, invalid: 0 };
    let mut outcome = Outcome::Fine;
    for input in Input::all(&args.files)? {
        let lines: Box<dyn BufRead> = match &input {
            Input::Stdin => Box::new(io::stdin().lock()),
            Input::File(path) => match open(path) {
                Ok(file) => Box::new(BufReader::new(file)),
                Err(error) => {
                    console.error(&format!("{input} cannot be read: {error}"));
                    outcome = Outcome::Trouble;
                    continue;
                }
            },
        };
        if let Err(failure) = check.file(&input, lines) {
            match failure {
                FileFailure::Reading(error) => {
                    console.error(&format!("{input} cannot be read: {error}"));
                    outcome = Outcome::Trouble;
                }
                FileFailure::Writing(failure) => return Err(failure),
            }
        }
    }
    let documents = count(check.documents, "document");
    match check.invalid {
        0 if check.documents > 0 => console.note(&format!("{documents} checked, all valid")),
        0 => {}
        invalid => console.note(&format!("{documents} checked, {invalid} not valid")),
    }
    Ok(outcome.max(if check.invalid > 0 { Outcome::Findings } else { Outcome::Fine }))
}

fn open(path: &std::path::Path) -> std::result::Result<File, FileError> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() { Err(FileError::Directory) } else { Ok(file) }
}

enum FileFailure {
    Reading(FileError),
    Writing(Failure),
}

impl From<io::Error> for FileFailure {
    fn from(error: io::Error) -> Self {
        Self::Reading(error.into())
    }
}

struct Check {
    conformance: Conformance,
    documents: usize,
    invalid: usize,
}

impl Check {
    /// Check a file: JSON Lines when its first line is a whole value, which also keeps a large file out of memory;
    /// one document otherwise.
    fn file(&mut self, input: &Input, mut lines: impl BufRead) -> std::result::Result<(), FileFailure> {
        let mut bytes = Vec::new();
        lines.read_until(b'\n', &mut bytes)?;
        if bytes.trim_ascii().is_empty() {
            lines.read_to_end(&mut bytes)?;
            if bytes.trim_ascii().is_empty() {
                return Err(FileFailure::Reading(FileError::Content(skrivelse::source::ReadError::Empty)));
            }
            return self.document(input, None, &bytes);
        }
        if serde_json::from_slice::<Value>(&bytes).is_err() {
            lines.read_to_end(&mut bytes)?;
            return self.document(input, None, &bytes);
        }
        let mut number = 1_usize;
        // A lone line is a document like any other: its number would only puzzle.
        let several = !lines.fill_buf()?.is_empty();
        loop {
            if !bytes.trim_ascii().is_empty() {
                self.document(input, several.then_some(number), &bytes)?;
            }
            bytes.clear();
            number += 1;
            if lines.read_until(b'\n', &mut bytes)? == 0 {
                return Ok(());
            }
        }
    }

    /// Check one document and print what breaks the schema. `line` is where it stands in JSON Lines.
    fn document(
        &mut self,
        input: &Input,
        line: Option<usize>,
        bytes: &[u8],
    ) -> std::result::Result<(), FileFailure> {
        let place = line.map_or_else(|| input.to_string(), |line| format!("{input}:{line}"));
        let violations: Vec<String> = match serde_json::from_slice::<Value>(bytes) {
            Ok(document) => self.conformance.violations(&document).iter().map(ToString::to_string).collect(),
            Err(error) if error.is_eof() => vec!["is not JSON: it ends too early".to_owned()],
            Err(error) => vec![format!("is not JSON: {error}")],
        };
        self.documents += 1;
        self.invalid += usize::from(!violations.is_empty());
        let told = violations.iter().take(MOST_TOLD).map(|violation| format!("{place}: {violation}\n"));
        let mut text: String = told.collect();
        if violations.len() > MOST_TOLD {
            text += &format!("{place}: and {} more\n", violations.len() - MOST_TOLD);
        }
        io::stdout().lock().write_all(text.as_bytes()).map_err(|error| FileFailure::Writing(error.into()))
    }
}
