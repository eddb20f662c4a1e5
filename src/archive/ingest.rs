//! The ingest: every file found, identified, read and written down, in whatever way the run ends.
//!
//! One thread identifies files in the order of their paths, one for each worker has it read, and the calling thread
//! alone writes: documents first, then, together, their rows. Files that break their worker are tried again at the end,
//! alone, as large ones are read. Since a content is always read under the name of the first path that has it, what
//! stands in the archive at the end depends neither on the number of workers nor on how often the run was stopped.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::catalog::{Catalog, Change, KnownDocument};
use super::entry::Entry;
use super::error::{ArchiveError, SystemError};
use super::identify::{self, Hash, Sighting};
use super::lock::WriterLock;
use super::pool::{Allowance, Answer, Watch, Worker, WorkerCommand};
use super::progress::{Progress, Tally};
use super::reason::Reason;
use super::renewal::{has_unread_scans, is_outdated};
use super::shown::{file_name, shown};
use super::store::{Store, document_path};
use super::walk::{self, Found, LeftAlone, WalkOptions, walk};
use crate::settings::{ArchiveSettings, Settings};
use crate::source::ReadError;

/// How often progress is shown and interrupts are looked for.
const TICK: Duration = Duration::from_millis(100);

/// How often a file that changes while it is read is begun anew.
const TRIES_OF_CHANGING: u32 = 3;

/// How much text may wait for its commit, in bytes.
const MAX_WAITING_TEXT: usize = 16 << 20;

/// How many events for each worker may wait for the thread that writes, so that a commit holds nobody up.
const WAITING_EVENTS: usize = 4;

/// Documents from this size on, in bytes, are waited for: few of them are in memory at a time.
const LARGE_DOCUMENT: usize = 4 << 20;

/// What an archive's own folder may hold.
const OWN_NAMES: &[&str] =
    &["lock", "tmp", "documents", "catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm"];

/// What to ingest, and how.
pub struct IngestOptions {
    /// Folders and files to take.
    pub paths: Vec<PathBuf>,
    /// The archive.
    pub archive: PathBuf,
    /// What to look for in the folders.
    pub walk: WalkOptions,
    /// What the run may spend.
    pub limits: ArchiveSettings,
    /// How files are read; the worker's command says the same.
    pub settings: Settings,
    /// How a worker is started.
    pub worker: WorkerCommand,
    /// Whether to read again what this version could read better than the one that read it.
    pub refresh: bool,
    /// Which failures are tried again.
    pub retry: Retry,
}

/// Which failures of earlier runs are tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// None of them: nothing about them has changed.
    None,
    /// All.
    All,
    /// Those with this reason.
    With(Reason),
}

/// A request to stop, shared with whoever hears it. Asking twice is asking at once.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicU8>);

impl Stop {
    /// Ask to stop.
    pub fn ask(&self) {
        let _ = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |asked| asked.checked_add(1));
    }

    fn asked(&self) -> u8 {
        self.0.load(Ordering::SeqCst)
    }
}

/// How a run went.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The counts.
    pub tally: Tally,
    /// What was left alone.
    pub left_alone: LeftAlone,
    /// Files that were there before and are not now.
    pub missing: u64,
    /// Files with pages on which character recognition did not work.
    pub recognition_failed: u64,
    /// How often each code was reported in what was read.
    pub findings: BTreeMap<String, u64>,
    /// Why files have no document, with how many; earlier runs' failures included.
    pub failures: BTreeMap<Reason, u64>,
    /// Whether the run was interrupted.
    pub interrupted: bool,
    /// How long it took.
    pub elapsed: Duration,
    /// What is missing from the workers' fence, a sentence a line.
    pub fence: String,
}

/// A content to read.
#[derive(Clone, Debug)]
struct Job {
    path: PathBuf,
    hash: Hash,
    bytes: u64,
    attempts: u32,
}

/// What the threads tell the one that writes.
enum Event {
    /// A file has been identified.
    Known(Known),
    /// Something to write down.
    Write(Change),
    /// A content has been read. Whoever waits for the other end of `held` goes on when the document is written.
    Read { job: Job, entry: Box<Entry>, document: Vec<u8>, held: Option<Sender<()>> },
    /// A content could not be read, this time or for good.
    Failed { job: Job, reason: Reason, message: String },
    /// A content that is too large to be read beside others.
    Large(Job),
    /// A file could not be read from the disk.
    Problem { path: PathBuf, problem: String },
    /// A worker's fence is not whole.
    Fence(String),
    /// The run cannot go on.
    Trouble(ArchiveError),
}

enum Known {
    Unchanged,
    Failed(Reason),
    Duplicate,
}

/// Run an ingest. The archive's folder is made when it is missing.
pub fn ingest(
    options: &IngestOptions,
    stop: &Stop,
    progress: &mut dyn Progress,
) -> Result<Summary, ArchiveError> {
    walk::check(&options.paths, &options.walk)?;
    let archive = prepare_folder(&options.archive)?;
    let _lock = WriterLock::take(&archive)?;
    let catalog = Catalog::open(&archive)?;
    let store = Store::open(&archive)?;
    let found = walk(&options.paths, &archive, &options.walk, &|| stop.asked() > 0)?;
    Run::new(options, archive, catalog, store, stop, progress).run(found)
}

/// Try failures of an archive again; `options.paths` is not looked at.
pub fn retry(
    options: &IngestOptions,
    stop: &Stop,
    progress: &mut dyn Progress,
) -> Result<Summary, ArchiveError> {
    let archive = fs::canonicalize(&options.archive)
        .ok()
        .filter(|archive| archive.join("catalog.sqlite").exists())
        .ok_or_else(|| ArchiveError::NoArchive(options.archive.clone()))?;
    let _lock = WriterLock::take(&archive)?;
    let catalog = Catalog::open(&archive)?;
    let store = Store::open(&archive)?;
    let reason = match options.retry {
        Retry::With(reason) => Some(reason),
        Retry::None | Retry::All => None,
    };
    let mut found = Found::default();
    for path in catalog.failed_files(reason)? {
        match fs::symlink_metadata(&path) {
            // A folder that could not be opened is for the next ingest to walk.
            Ok(metadata) if metadata.is_dir() => {}
            _ => found.files.push(path),
        }
    }
    Run::new(options, archive, catalog, store, stop, progress).run(found)
}

fn prepare_folder(archive: &Path) -> Result<PathBuf, ArchiveError> {
    if archive.is_file() {
        return Err(ArchiveError::Asked(format!(
            "{} is a file, and an archive is a folder; name a new or an empty folder",
            shown(archive)
        )));
    }
    fs::create_dir_all(archive).map_err(|error| ArchiveError::write(archive, error))?;
    let archive = fs::canonicalize(archive).map_err(|error| ArchiveError::read(archive, error))?;
    if !archive.join("catalog.sqlite").exists() {
        for entry in fs::read_dir(&archive).map_err(|error| ArchiveError::read(&archive, error))? {
            let name = entry.map_err(|error| ArchiveError::read(&archive, error))?.file_name();
            if !OWN_NAMES.iter().any(|own| name == *own) {
                return Err(ArchiveError::Asked(format!(
                    "{} is no archive and not empty either (it holds {}); choose an empty or new folder for the archive",
                    shown(&archive),
                    shown(Path::new(&name))
                )));
            }
        }
    }
    Ok(archive)
}

/// A run under way, on the thread that writes.
struct Run<'a> {
    options: &'a IngestOptions,
    archive: PathBuf,
    catalog: Catalog,
    store: Store,
    stop: &'a Stop,
    progress: &'a mut dyn Progress,
    summary: Summary,
    /// What waits to be committed.
    waiting: Vec<Change>,
    waiting_text: usize,
    /// What is to be read at the end, alone.
    alone: Vec<Job>,
    stopped_at: Option<Instant>,
}

impl<'a> Run<'a> {
    fn new(
        options: &'a IngestOptions,
        archive: PathBuf,
        catalog: Catalog,
        store: Store,
        stop: &'a Stop,
        progress: &'a mut dyn Progress,
    ) -> Self {
        Self {
            options,
            archive,
            catalog,
            store,
            stop,
            progress,
            summary: Summary::default(),
            waiting: Vec::new(),
            waiting_text: 0,
            alone: Vec::new(),
            stopped_at: None,
        }
    }

    fn run(mut self, mut found: Found) -> Result<Summary, ArchiveError> {
        let begin = Instant::now();
        self.summary.left_alone = std::mem::take(&mut found.left_alone);
        self.summary.tally.files = (found.files.len() + found.problems.len()) as u64;
        self.progress.show(&self.summary.tally);
        for (path, problem) in &found.problems {
            self.take(Event::Problem { path: path.clone(), problem: problem.clone() })?;
        }
        let watch = Watch::default();
        let result = std::thread::scope(|scope| {
            scope.spawn(|| watch.run());
            let _watched = Watched(&watch);
            self.read_together(&found, &watch).and_then(|()| self.read_alone(&watch))
        });
        // What was read before something went wrong is kept, as far as the disk lets it.
        let committed = self.commit();
        result.and(committed)?;
        self.summary.interrupted = self.stop.asked() > 0;
        if !self.summary.interrupted {
            self.note_missing(&found)?;
        }
        self.summary.elapsed = begin.elapsed();
        self.progress.show(&self.summary.tally);
        self.progress.end();
        Ok(self.summary)
    }

    /// Identify all files and have the workers read what is new.
    fn read_together(&mut self, found: &Found, watch: &Watch) -> Result<(), ArchiveError> {
        let limits = &self.options.limits;
        let reader = Catalog::open_readonly(&self.archive)?;
        let identifier = Identifier {
            options: self.options,
            archive: self.archive.clone(),
            catalog: reader,
            decided: HashSet::new(),
            stop: self.stop.clone(),
        };
        let allowance = self.allowance(limits.memory / limits.jobs as u64);
        let (stop, options) = (self.stop.clone(), self.options);
        std::thread::scope(|scope| {
            let (events, inbox) = sync_channel(limits.jobs * WAITING_EVENTS);
            let (jobs, queue) = sync_channel(limits.jobs);
            let queue = Mutex::new(queue);
            let files = &found.files;
            let own_events = events.clone();
            scope.spawn(move || identifier.run(files, &jobs, &own_events));
            let (queue, stop) = (&Arc::new(queue), &stop);
            for _ in 0..limits.jobs {
                let (events, queue) = (events.clone(), Arc::clone(queue));
                scope.spawn(move || {
                    let mut desk = Desk { options, allowance, watch, worker: None, events: &events };
                    let mut goes_on = true;
                    // When the run is over the queue is emptied, since the one who fills it waits for that.
                    while let Some(job) = next_job(&queue) {
                        goes_on = goes_on && stop.asked() == 0 && desk.work(job);
                    }
                });
            }
            drop(events);
            let result = self.attend(&inbox, watch);
            if result.is_err() {
                // Nobody listens any more: the others end at their next word.
                watch.give_up();
                self.stop.ask();
            }
            drop(inbox);
            result
        })
    }

    /// Read what is left, one at a time and with all the memory. A file that broke its worker gets a new one.
    fn read_alone(&mut self, watch: &Watch) -> Result<(), ArchiveError> {
        let mut jobs = std::mem::take(&mut self.alone);
        if self.stop.asked() > 0 {
            return Ok(());
        }
        jobs.sort_by(|a, b| a.path.cmp(&b.path));
        let allowance = self.allowance(self.options.limits.memory);
        let options = self.options;
        while !jobs.is_empty() {
            let stop = self.stop.clone();
            let batch = std::mem::take(&mut jobs);
            let result = std::thread::scope(|scope| {
                let (events, inbox) = sync_channel(1);
                scope.spawn(move || {
                    let mut desk = Desk { options, allowance, watch, worker: None, events: &events };
                    for job in batch {
                        if job.attempts > 0 {
                            desk.worker = None;
                        }
                        if stop.asked() > 0 || !desk.work(job) {
                            break;
                        }
                    }
                });
                let result = self.attend(&inbox, watch);
                if result.is_err() {
                    watch.give_up();
                }
                result
            });
            result?;
            // Large files were read alone the first time; what failed then has its second try now.
            jobs = std::mem::take(&mut self.alone);
            jobs.sort_by(|a, b| a.path.cmp(&b.path));
        }
        Ok(())
    }

    fn allowance(&self, memory: u64) -> Allowance {
        Allowance {
            time: self.options.limits.time_limit,
            time_for_page: self
                .options
                .settings
                .ocr
                .as_ref()
                .map_or(Duration::ZERO, |ocr| ocr.time_limit * 2),
            document: self.options.limits.max_document_bytes,
            memory,
        }
    }

    /// Take in what the others tell until all of them are done.
    fn attend(&mut self, inbox: &Receiver<Event>, watch: &Watch) -> Result<(), ArchiveError> {
        loop {
            match inbox.recv_timeout(TICK) {
                Ok(event) => self.take(event)?,
                Err(RecvTimeoutError::Timeout) => self.commit()?,
                Err(RecvTimeoutError::Disconnected) => return self.commit(),
            }
            if self.waiting.len() >= self.options.limits.batch || self.waiting_text > MAX_WAITING_TEXT {
                self.commit()?;
            }
            self.heed_interrupts(watch);
            self.progress.show(&self.summary.tally);
        }
    }

    fn heed_interrupts(&mut self, watch: &Watch) {
        let asked = self.stop.asked();
        if asked == 0 {
            return;
        }
        let since = *self.stopped_at.get_or_insert_with(|| {
            self.progress.say("stopping: what is being read is finished; interrupt again to give it up");
            Instant::now()
        });
        if asked > 1 || since.elapsed() > self.options.limits.grace {
            watch.give_up();
        }
    }

    fn take(&mut self, event: Event) -> Result<(), ArchiveError> {
        let tally = &mut self.summary.tally;
        match event {
            Event::Known(Known::Unchanged) => tally.unchanged += 1,
            Event::Known(Known::Duplicate) => tally.duplicates += 1,
            Event::Known(Known::Failed(reason)) => {
                tally.failed_before += 1;
                *self.summary.failures.entry(reason).or_default() += 1;
            }
            Event::Write(change) => self.waiting.push(change),
            Event::Problem { path, problem } => {
                tally.failed += 1;
                *self.summary.failures.entry(Reason::Unreadable).or_default() += 1;
                self.progress.say(&format!("{}: {problem}", shown(&path)));
                self.waiting.push(Change::Problem { path, problem });
            }
            Event::Large(job) => self.alone.push(job),
            Event::Failed { mut job, reason, message } => {
                job.attempts += 1;
                if reason.may_pass() && job.attempts < 2 {
                    self.alone.push(job);
                    return Ok(());
                }
                tally.failed += 1;
                *self.summary.failures.entry(reason).or_default() += 1;
                self.progress.say(&format!("{} cannot be read: {message}", shown(&job.path)));
                self.fail(job, reason, message)?;
            }
            Event::Read { job, entry, document, held } => {
                tally.done += 1;
                tally.pages += u64::from(entry.pages.unwrap_or(1));
                tally.pages_without_text += u64::from(entry.pages_without_text);
                self.summary.recognition_failed += u64::from(entry.recognition_failed);
                for (code, _, count) in &entry.findings {
                    *self.summary.findings.entry(code.clone()).or_default() += count;
                }
                let written = self.store.write(&job.hash, &document)?;
                drop((document, held));
                self.waiting_text += entry.passages.iter().map(|p| p.text.len()).sum::<usize>();
                let (attempts, ocr) = (job.attempts + 1, self.has_ocr() && !entry.recognition_failed);
                self.waiting.push(Change::Done { entry, written, attempts, ocr });
            }
            Event::Fence(missing) => self.summary.fence = missing,
            Event::Trouble(error) => return Err(error),
        }
        Ok(())
    }

    /// Write a failure down, unless an earlier version of the program has read the content: its document is kept.
    fn fail(&mut self, job: Job, reason: Reason, message: String) -> Result<(), ArchiveError> {
        let kept = self.catalog.document(&job.hash)?.is_some_and(|known| known.done)
            && document_path(&self.archive, &job.hash).exists();
        if kept {
            self.progress.say(&format!("{}: the document of an earlier run is kept", shown(&job.path)));
            return Ok(());
        }
        let (name, ocr) = (file_name(&job.path), self.has_ocr());
        let Job { hash, bytes, attempts, .. } = job;
        self.waiting.push(Change::Failed { hash, name, bytes, reason, message, attempts, ocr });
        Ok(())
    }

    fn has_ocr(&self) -> bool {
        self.options.settings.ocr.is_some()
    }

    /// Make what waits durable: the documents' places first, then their rows.
    fn commit(&mut self) -> Result<(), ArchiveError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        self.store.sync()?;
        self.catalog.apply(&self.waiting)?;
        self.waiting.clear();
        self.waiting_text = 0;
        Ok(())
    }

    /// Write down which files are gone. Their documents stay.
    fn note_missing(&mut self, found: &Found) -> Result<(), ArchiveError> {
        for root in &found.roots {
            for (path, has_content) in self.catalog.files_under(root)? {
                if found.files.binary_search(&path).is_ok() || found.problems.iter().any(|(p, _)| *p == path)
                {
                    continue;
                }
                let gone = match fs::symlink_metadata(&path) {
                    // A folder that could not be opened and now can is no longer a problem.
                    Ok(metadata) => metadata.is_dir() && !has_content,
                    Err(error) => matches!(
                        error.kind(),
                        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
                    ),
                };
                if gone {
                    self.summary.missing += u64::from(has_content);
                    self.waiting.push(Change::Missing { path });
                }
            }
        }
        self.commit()
    }
}

/// Ends the watch however its scope is left.
struct Watched<'a>(&'a Watch);

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        self.0.finish();
    }
}

fn next_job(queue: &Mutex<Receiver<Job>>) -> Option<Job> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Tells which files are new.
struct Identifier<'a> {
    options: &'a IngestOptions,
    archive: PathBuf,
    catalog: Catalog,
    /// The contents that this run has met.
    decided: HashSet<Hash>,
    stop: Stop,
}

impl Identifier<'_> {
    fn run(mut self, files: &[PathBuf], jobs: &SyncSender<Job>, events: &SyncSender<Event>) {
        for path in files {
            if self.stop.asked() > 0 {
                return;
            }
            // When nobody listens any more the run is over.
            let sent = match self.identify(path, events) {
                Ok(Some(job)) if job.bytes >= self.options.limits.large_file => {
                    events.send(Event::Large(job)).is_ok()
                }
                Ok(Some(job)) => jobs.send(job).is_ok(),
                Ok(None) => true,
                Err(Trouble::File(error)) => {
                    let problem = format!("it cannot be opened: {}", SystemError(error));
                    events.send(Event::Problem { path: path.clone(), problem }).is_ok()
                }
                Err(Trouble::Catalog(error)) => {
                    let _ = events.send(Event::Trouble(error));
                    false
                }
                Err(Trouble::Over) => false,
            };
            if !sent {
                return;
            }
        }
    }

    fn identify(&mut self, path: &Path, events: &SyncSender<Event>) -> Result<Option<Job>, Trouble> {
        let send = |event| events.send(event).map_err(|_| Trouble::Over);
        let known = self.catalog.file(path)?;
        let sighting = Sighting::now(path)?;
        let bytes = sighting.stamp.bytes;
        let trusted = known.as_ref().filter(|k| !k.missing && k.sighting.still_holds(&sighting.stamp));
        let hash = match trusted.and_then(|k| k.hash.clone()) {
            Some(hash) => hash,
            None => {
                let (hash, _) = identify::hash(path)?;
                let as_written = known.as_ref().is_some_and(|k| {
                    !k.missing && k.sighting.stamp == sighting.stamp && k.hash.as_ref() == Some(&hash)
                });
                if !as_written {
                    let (path, hash) = (path.to_owned(), hash.clone());
                    send(Event::Write(Change::Seen { path, hash, sighting }))?;
                }
                hash
            }
        };
        if !self.decided.insert(hash.clone()) {
            send(Event::Known(Known::Duplicate))?;
            return Ok(None);
        }
        let job = Job { path: path.to_owned(), hash, bytes, attempts: 0 };
        let document = self.catalog.document(&job.hash)?;
        if let Some(document) = &document
            && !self.is_due(&job.hash, document)
        {
            send(Event::Known(match document.reason {
                Some(reason) if !document.done => Known::Failed(reason),
                _ => Known::Unchanged,
            }))?;
            return Ok(None);
        }
        let limit = self.options.settings.max_file_bytes;
        if bytes > limit {
            let message = ReadError::TooLarge { limit }.to_string();
            send(Event::Failed { job, reason: Reason::TooLarge, message })?;
            return Ok(None);
        }
        Ok(Some(job))
    }

    /// Whether a content that the catalogue knows is to be read again.
    fn is_due(&self, hash: &str, known: &KnownDocument) -> bool {
        let may_recognise = self.options.settings.ocr.is_some();
        let could_be_better =
            self.options.refresh && (is_outdated(known) || has_unread_scans(known, may_recognise));
        if known.done {
            return could_be_better || !document_path(&self.archive, hash).exists();
        }
        could_be_better
            || match self.options.retry {
                Retry::None => false,
                Retry::All => true,
                Retry::With(reason) => known.reason == Some(reason),
            }
    }
}

/// Why a file could not be identified.
enum Trouble {
    File(std::io::Error),
    Catalog(ArchiveError),
    Over,
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::File(error)
    }
}

impl From<ArchiveError> for Trouble {
    fn from(error: ArchiveError) -> Self {
        Self::Catalog(error)
    }
}

/// A thread with its worker.
struct Desk<'a> {
    options: &'a IngestOptions,
    allowance: Allowance,
    watch: &'a Watch,
    worker: Option<Worker<'a>>,
    events: &'a SyncSender<Event>,
}

impl<'a> Desk<'a> {
    /// Have a content read and tell how it went; whether to go on.
    fn work(&mut self, mut job: Job) -> bool {
        for _ in 0..TRIES_OF_CHANGING {
            let answer = match self.worker() {
                Ok(worker) => worker.read(&job.path, job.bytes),
                Err(error) => {
                    let _ = self.events.send(Event::Trouble(error));
                    return false;
                }
            };
            let unreadable = |error: std::io::Error| {
                let problem = format!("it cannot be read: {}", SystemError(error));
                Event::Problem { path: job.path.clone(), problem }
            };
            let mut written = None;
            let event = match answer {
                Answer::Document { entry, document } if entry.hash == job.hash => {
                    let (held, end) = channel();
                    written = Some(end).filter(|_| document.len() >= LARGE_DOCUMENT);
                    Event::Read { job, entry, document, held: written.as_ref().map(|_| held) }
                }
                Answer::Failed { reason, message, hash } if hash.as_ref().is_none_or(|h| *h == job.hash) => {
                    Event::Failed { job, reason, message }
                }
                Answer::Unreadable(error) => unreadable(error),
                Answer::GivenUp => return false,
                // The file is no longer what was identified.
                Answer::Document { .. } | Answer::Failed { .. } => match self.identify_again(&job) {
                    Ok(Some(changed)) => {
                        job = changed;
                        continue;
                    }
                    Ok(None) => return false,
                    Err(error) => unreadable(error),
                },
            };
            let heard = self.events.send(event).is_ok();
            if let Some(written) = written {
                // Nothing is ever sent: it ends when the event does.
                let _ = written.recv();
            }
            return heard;
        }
        let problem = "it changes while it is read; ingest it again when it is finished".to_owned();
        self.events.send(Event::Problem { path: job.path, problem }).is_ok()
    }

    fn identify_again(&self, job: &Job) -> std::io::Result<Option<Job>> {
        let sighting = Sighting::now(&job.path)?;
        let (hash, bytes) = identify::hash(&job.path)?;
        let change = Change::Seen { path: job.path.clone(), hash: hash.clone(), sighting };
        let sent = self.events.send(Event::Write(change)).is_ok();
        Ok(sent.then(|| Job { hash, bytes, ..job.clone() }))
    }

    fn worker(&mut self) -> Result<&mut Worker<'a>, ArchiveError> {
        let limit = self.options.limits.files_per_worker;
        // A worker that broke is replaced, and one that has served long, before its memory is all fragments.
        if self.worker.as_ref().is_some_and(|w| !w.is_alive() || w.files >= limit) {
            self.worker = None;
        }
        if self.worker.is_none() {
            let worker = Worker::start(&self.options.worker, self.allowance, self.watch)?;
            if !worker.missing.is_empty() {
                let _ = self.events.send(Event::Fence(worker.missing.clone()));
            }
            self.worker = Some(worker);
        }
        self.worker
            .as_mut()
            .ok_or_else(|| ArchiveError::Worker(SystemError(std::io::Error::other("it is gone"))))
    }
}
