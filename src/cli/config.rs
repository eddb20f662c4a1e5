//! From what the user typed to what the program needs.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use skrivelse::reader::load_path;
use skrivelse::settings::Settings;

use super::Failure;
use super::args::ReadingArgs;

/// Most threads that are started. More would only wait for each other.
const MAX_JOBS: usize = 256;

/// What reading needs.
pub(crate) struct Config {
    pub(crate) settings: Arc<Settings>,
    pub(crate) jobs: usize,
}

impl Config {
    /// Read the files that the arguments name, and put everything in its place.
    pub(crate) fn new(args: &ReadingArgs) -> Result<Self, Failure> {
        let mut settings = Settings {
            time_limit: Duration::from_secs(args.time_limit),
            max_file_bytes: args.max_size,
            ..Settings::default()
        };
        for file in &args.vocabulary {
            add_vocabulary(&mut settings, file)?;
        }
        let jobs = args.jobs.or_else(|| available_parallelism().ok()).map_or(1, NonZeroUsize::get);
        Ok(Self { settings: Arc::new(settings), jobs: jobs.min(MAX_JOBS) })
    }
}

/// Add a file's words to the vocabulary that the papers are read with.
fn add_vocabulary(settings: &mut Settings, file: &Path) -> Result<(), Failure> {
    let said = |reason: &dyn std::fmt::Display| {
        Failure::Said(format!("{} cannot be read: {reason}", file.display()))
    };
    let bytes = load_path(file, settings).map_err(|error| said(&error))?;
    let _text =
        String::from_utf8(bytes).map_err(|_| said(&"it is not UTF-8; save it as UTF-8 and try again"))?;
    // An option that does nothing would be a lie, so it is refused until the settings hold a vocabulary.
    Err(said(&"this version reads no additions to the vocabulary"))
}
