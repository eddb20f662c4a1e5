//! Every limit and tolerance, in one place: name, unit, default and reason.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::vocabulary::Vocabulary;

/// What a run may spend, and how near is near enough.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Longest time for one file. Real papers take milliseconds a page; a file that reaches this is made to be slow.
    /// What was read until then is kept, and each page that is cut off is reported.
    pub time_limit: Duration,
    /// Largest file, in bytes. The largest real packets are about 300 MB.
    pub max_file_bytes: u64,
    /// Most glyphs, lines and pictures on one page. The densest real page seen has 20,000.
    pub max_glyphs_per_page: usize,
    /// Deepest nesting that is followed in trees a file states: bookmarks, structure.
    pub max_nesting: u32,
    /// Most bookmarks that are read.
    pub max_bookmarks: usize,
    /// Most structure elements that are read.
    pub max_structure_elements: usize,
    /// How pages without text are read; `None` leaves them unread.
    pub ocr: Option<OcrSettings>,
    /// The words of a user's own, beside the built-in ones; `None` for the built-in ones alone.
    pub own_vocabulary: Option<Arc<Vocabulary>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            time_limit: Duration::from_secs(60),
            max_file_bytes: 1 << 30,
            max_glyphs_per_page: 400_000,
            max_nesting: 64,
            max_bookmarks: 20_000,
            max_structure_elements: 2_000_000,
            ocr: None,
            own_vocabulary: None,
        }
    }
}

impl Settings {
    /// The words in use.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        self.own_vocabulary.as_deref().unwrap_or_else(|| Vocabulary::builtin())
    }
}

/// How pages without text are read by optical character recognition.
#[derive(Clone, Debug)]
pub struct OcrSettings {
    /// The Tesseract program: a name on the PATH, or a path.
    pub program: PathBuf,
    /// Words in front of the program's own, such as those that tie its life to ours; usually none.
    pub launcher: Vec<std::ffi::OsString>,
    /// Tesseract's name of the language. `swe` reads Swedish and the English words in it.
    pub language: String,
    /// Resolution in dots per inch. Tesseract is trained on 300; more costs time and finds no more.
    pub dpi: u16,
    /// Largest side of a rendered page in pixels. A0 at 300 dpi is 14,000; larger pages are rendered more coarsely.
    pub max_side: u32,
    /// Longest time for a page. A dense page takes ten seconds.
    pub time_limit: Duration,
    /// Words that Tesseract itself trusts less than this, of 100, are called uncertain. On clean print it is above 90,
    /// on what it makes up mostly below 40.
    pub low_confidence: u8,
    /// Words below this, of 100, are taken for dirt and left out.
    pub min_confidence: u8,
    /// Counts what is spent, so that those who wait know that something moves.
    pub meter: Meter,
}

impl Default for OcrSettings {
    fn default() -> Self {
        Self {
            program: "tesseract".into(),
            launcher: Vec::new(),
            language: "swe".into(),
            dpi: 300,
            max_side: 6_000,
            time_limit: Duration::from_secs(60),
            low_confidence: 60,
            min_confidence: 15,
            meter: Meter::default(),
        }
    }
}

/// Counts what character recognition does, for those who wait for it or who charge its time to nobody.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    beats: AtomicU64,
    millis: AtomicU64,
    failures: AtomicU64,
}

impl Meter {
    /// How often something has moved: a page begun, a page done.
    #[must_use]
    pub fn beats(&self) -> u64 {
        self.0.beats.load(Ordering::Relaxed)
    }

    /// How long it has taken so far, over all threads. A time limit for the rest of the work should leave it out.
    #[must_use]
    pub fn spent(&self) -> Duration {
        Duration::from_millis(self.0.millis.load(Ordering::Relaxed))
    }

    /// How many pages could not be read because the program is missing, lacks the language or failed.
    #[must_use]
    pub fn failures(&self) -> u64 {
        self.0.failures.load(Ordering::Relaxed)
    }

    pub(crate) fn fail(&self) {
        self.0.failures.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn beat(&self) {
        self.0.beats.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn add(&self, spent: Duration) {
        self.0.millis.fetch_add(u64::try_from(spent.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

/// What an ingest may spend.
#[derive(Clone, Debug)]
pub struct ArchiveSettings {
    /// How many workers read at the same time.
    pub jobs: usize,
    /// Longest time for a file, in a worker of its own. The reader cuts pages off at three quarters of it and keeps
    /// the rest; at the whole of it the worker is ended.
    pub time_limit: Duration,
    /// Most memory for all workers together, in bytes. Each gets its part; a file that needs more is read again alone
    /// with all of it. With what the ingest itself takes, a run stays below 1 GB.
    pub memory: u64,
    /// Files from this size on are read alone, with all of the memory. A file takes its own size and a multiple of
    /// its largest page.
    pub large_file: u64,
    /// Largest document in bytes. A 700-page packet gives 20 MB.
    pub max_document_bytes: u64,
    /// How many files a worker reads before a new one takes its place, so that what fragments its memory ends.
    pub files_per_worker: u32,
    /// How many documents are committed together at most. A commit costs two synchronisations of the disk; what is
    /// lost by a stop is read again.
    pub batch: usize,
    /// How long files that are being read are given when the run is interrupted.
    pub grace: Duration,
}

impl ArchiveSettings {
    /// The settings for a number of workers.
    #[must_use]
    pub fn for_jobs(jobs: usize) -> Self {
        let jobs = jobs.max(1);
        // 384 MB hold any real paper but the largest packets.
        let memory = (jobs as u64).max(2) * (384 << 20);
        Self {
            jobs,
            time_limit: Duration::from_secs(60),
            memory,
            large_file: memory / jobs as u64 / 4,
            max_document_bytes: 128 << 20,
            files_per_worker: 1_000,
            batch: 256,
            grace: Duration::from_secs(5),
        }
    }
}
