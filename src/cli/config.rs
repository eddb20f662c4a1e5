//! From what the user typed to what the program needs.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use skrivelse::reader::load_path;
use skrivelse::settings::Settings;
use skrivelse::vocabulary::Vocabulary;

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
            max_file_bytes: args.max_size << 20,
            ocr: args.scans.unchecked().map_err(Failure::Said)?,
            ..Settings::default()
        };
        if let Some(file) = &args.vocabulary {
            let vocabulary = read_vocabulary(file, &settings).map_err(Failure::Said)?;
            settings.own_vocabulary = Some(Arc::new(vocabulary));
        }
        let jobs = args.jobs.or_else(|| available_parallelism().ok()).map_or(1, NonZeroUsize::get);
        Ok(Self { settings: Arc::new(settings), jobs: jobs.min(MAX_JOBS) })
    }
}

/// The built-in words and those of a file.
pub(crate) fn read_vocabulary(file: &Path, settings: &Settings) -> Result<Vocabulary, String> {
    let name = file.display().to_string();
    let unread = |reason: &dyn std::fmt::Display| format!("{name} cannot be read: {reason}");
    let bytes = load_path(file, settings).map_err(|error| unread(&error))?;
    let text =
        String::from_utf8(bytes).map_err(|_| unread(&"it is not UTF-8; save it as UTF-8 and try again"))?;
    // The vocabulary's errors name the file themselves.
    Vocabulary::with_additions(&text, &name).map_err(|error| error.to_string())
}
