//! Worker processes, seen from the ingest: started, fed, waited for, ended.
//!
//! Reading and writing block; a watch of its own ends a worker whose time is up, and then they return. A worker is
//! ended by its process number, which cannot have become another's before it is waited for.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::entry::Entry;
use super::error::{ArchiveError, SystemError};
use super::identify::{self, CHUNK};
use super::protocol::{self, Failure, Tag};
use super::reason::Reason;
use super::shown::file_name;

/// How much of a worker's last words is kept, in bytes.
const LAST_WORDS: usize = 8 << 10;

/// How long a worker may take to end by itself once its input is closed.
const PATIENCE: Duration = Duration::from_millis(300);

/// How long the watch sleeps when it waits for nothing.
const IDLE: Duration = Duration::from_secs(3600);

/// How to start a worker.
#[derive(Clone, Debug)]
pub struct WorkerCommand {
    /// The program.
    pub program: PathBuf,
    /// Its arguments, without the memory limit.
    pub args: Vec<std::ffi::OsString>,
}

/// What a worker may spend on a file.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Longest time.
    pub time: Duration,
    /// What a page of character recognition adds to it.
    pub time_for_page: Duration,
    /// Largest document in bytes.
    pub document: u64,
    /// Most memory in bytes.
    pub memory: u64,
}

/// How a file went.
#[derive(Debug)]
pub enum Answer {
    /// There is a document.
    Document {
        /// What the catalogue holds of it.
        entry: Box<Entry>,
        /// The document.
        document: Vec<u8>,
    },
    /// There is none.
    Failed {
        /// Why.
        reason: Reason,
        /// As a sentence that goes on from the file's name.
        message: String,
        /// What the worker read, where it could tell.
        hash: Option<String>,
    },
    /// The file itself cannot be read from the disk.
    Unreadable(io::Error),
    /// The run was given up.
    GivenUp,
}

/// Ends workers whose time is up.
#[derive(Default)]
pub struct Watch {
    state: Mutex<WatchState>,
    changed: Condvar,
}

#[derive(Default)]
struct WatchState {
    watched: Vec<Watched>,
    given_up: bool,
    over: bool,
}

struct Watched {
    process: Pid,
    deadline: Option<Instant>,
    ended: bool,
}

impl Watch {
    /// Watch until [`Watch::finish`]; runs on a thread of its own.
    pub fn run(&self) {
        let mut state = self.lock();
        while !state.over {
            let now = Instant::now();
            let given_up = state.given_up;
            let mut next = now + IDLE;
            for watched in &mut state.watched {
                if watched.ended {
                    continue;
                }
                match watched.deadline {
                    _ if given_up => watched.end(),
                    Some(deadline) if deadline <= now => watched.end(),
                    Some(deadline) => next = next.min(deadline),
                    None => {}
                }
            }
            let wait = next.saturating_duration_since(now);
            state = self.changed.wait_timeout(state, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// End all workers, now and those that would be started.
    pub fn give_up(&self) {
        self.lock().given_up = true;
        self.changed.notify_all();
    }

    /// Whether all was given up.
    pub fn has_given_up(&self) -> bool {
        self.lock().given_up
    }

    /// Stop watching.
    pub fn finish(&self) {
        self.lock().over = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, WatchState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, process: Pid) {
        self.lock().watched.push(Watched { process, deadline: None, ended: false });
        self.changed.notify_all();
    }

    fn set(&self, process: Pid, deadline: Option<Instant>) {
        if let Some(watched) = self.lock().watched.iter_mut().find(|w| w.process == process) {
            watched.deadline = deadline;
        }
        self.changed.notify_all();
    }

    /// Watch it no longer; whether it was ended for its time.
    fn remove(&self, process: Pid) -> bool {
        let mut state = self.lock();
        let ended = state.watched.iter().any(|w| w.process == process && w.ended);
        state.watched.retain(|w| w.process != process);
        ended
    }
}

impl Watched {
    fn end(&mut self) {
        self.ended = true;
        // It may have ended by itself; then there is nothing to do.
        let _ = kill_process_group(self.process, Signal::KILL);
    }
}

/// Gives a pipe room for most files and documents, so that neither side waits for the other every 64 KB. Where the
/// system refuses, it only takes longer.
#[cfg(target_os = "linux")]
fn widen(pipe: &impl AsFd) {
    const ROOM: usize = 1 << 20;
    let _ = rustix::pipe::fcntl_setpipe_size(pipe, ROOM);
}

#[cfg(not(target_os = "linux"))]
fn widen(_pipe: &impl AsFd) {}

/// A running worker.
pub struct Worker<'w> {
    child: Child,
    process: Pid,
    watch: &'w Watch,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    last_words: Arc<Mutex<Vec<u8>>>,
    listener: Option<JoinHandle<()>>,
    allowance: Allowance,
    /// How many files it has been given.
    pub files: u32,
    /// What it says is missing from its fence.
    pub missing: String,
}

impl<'w> Worker<'w> {
    /// Start one. It must be started and ended by the same thread: its life is tied to the thread's.
    pub fn start(
        command: &WorkerCommand,
        allowance: Allowance,
        watch: &'w Watch,
    ) -> Result<Self, ArchiveError> {
        let fail = |error: io::Error| ArchiveError::Worker(SystemError(error));
        let mut child = Command::new(&command.program)
            .args(&command.args)
            .arg("--memory")
            .arg(allowance.memory.to_string())
            .arg("--parent")
            .arg(std::process::id().to_string())
            // Each library that starts threads is told not to.
            .env("OMP_THREAD_LIMIT", "1")
            .env("RAYON_NUM_THREADS", "1")
            // What the allocator only sets aside would count as memory that is filled.
            .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // Ctrl-C is for the ingest to deal with.
            .process_group(0)
            .spawn()
            .map_err(fail)?;
        let process = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        let (Some(input), Some(output), Some(mut errors), Some(process)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take(), process)
        else {
            return Err(fail(io::Error::other("it has no pipes")));
        };
        widen(&input);
        widen(&output);
        watch.add(process);
        let last_words = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&last_words);
        let listener = std::thread::spawn(move || {
            let mut buffer = [0; 1024];
            while let Ok(read @ 1..) = errors.read(&mut buffer) {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.extend_from_slice(&buffer[..read]);
                let excess = kept.len().saturating_sub(LAST_WORDS);
                kept.drain(..excess);
            }
        });
        let mut worker = Self {
            child,
            process,
            watch,
            input: Some(input),
            output: BufReader::with_capacity(CHUNK, output),
            last_words,
            listener: Some(listener),
            allowance,
            files: 0,
            missing: String::new(),
        };
        watch.set(process, Some(Instant::now() + allowance.time));
        match protocol::read(&mut worker.output, 1 << 16) {
            Ok(Some((Tag::Started, missing))) => {
                worker.missing = String::from_utf8_lossy(&missing).into_owned()
            }
            _ if watch.has_given_up() => {}
            _ => {
                let End { status, .. } = worker.end();
                let words = worker.words();
                let words = words.lines().last().map(str::to_owned).unwrap_or_else(|| format!("{status:?}"));
                return Err(fail(io::Error::other(format!("it ended at once ({words})"))));
            }
        }
        watch.set(process, None);
        Ok(worker)
    }

    /// Have a file read. After an answer of which [`Reason::may_pass`] holds, or that it is given up, the worker is no
    /// more: [`Worker::is_alive`] tells.
    pub fn read(&mut self, path: &Path, bytes: u64) -> Answer {
        self.files += 1;
        // A large file takes its time to get across.
        let time = self.allowance.time + Duration::from_millis(bytes >> 16);
        self.watch.set(self.process, Some(Instant::now() + time));
        let mut file = match identify::open(path) {
            Ok(file) => file,
            Err(error) => {
                self.watch.set(self.process, None);
                return Answer::Unreadable(error);
            }
        };
        match self.send(&mut file, &file_name(path), bytes) {
            Ok(()) => {}
            Err(SendError::File(error)) => {
                self.watch.set(self.process, None);
                return Answer::Unreadable(error);
            }
            // It is gone; its answer is its death.
            Err(SendError::Worker) => return self.post_mortem(),
        }
        let answer = self.receive(time);
        if self.is_alive() {
            self.watch.set(self.process, None);
        }
        answer
    }

    /// Whether it can take another file.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.input.is_some()
    }

    fn send(&mut self, file: &mut File, name: &str, bytes: u64) -> Result<(), SendError> {
        let Some(input) = &mut self.input else { return Err(SendError::Worker) };
        let mut send =
            |tag, payload: &[u8]| protocol::write(input, tag, payload).map_err(|_| SendError::Worker);
        send(Tag::Name, &[bytes.to_le_bytes().as_slice(), name.as_bytes()].concat())?;
        let mut buffer = vec![0; CHUNK];
        loop {
            match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => send(Tag::Bytes, &buffer[..read])?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    send(Tag::Abandon, b"")?;
                    return Err(SendError::File(error));
                }
            }
        }
        send(Tag::End, b"")?;
        input.flush().map_err(|_| SendError::Worker)
    }

    fn receive(&mut self, time: Duration) -> Answer {
        let mut entry: Option<Box<Entry>> = None;
        loop {
            let frame = match protocol::read(&mut self.output, self.allowance.document) {
                Ok(Some(frame)) => frame,
                Err(error) if error.to_string().contains("too long") => {
                    self.end();
                    return Answer::Failed {
                        reason: Reason::DocumentTooLarge,
                        message: format!(
                            "its document would be larger than {} MB; split the file",
                            self.allowance.document >> 20
                        ),
                        hash: None,
                    };
                }
                Ok(None) | Err(_) => return self.post_mortem(),
            };
            match frame {
                (Tag::Alive, _) => {
                    self.watch.set(self.process, Some(Instant::now() + time + self.allowance.time_for_page));
                }
                (Tag::Entry, json) => match serde_json::from_slice(&json) {
                    Ok(read) => entry = Some(read),
                    Err(_) => return self.post_mortem(),
                },
                (Tag::Document, document) => match entry.take() {
                    Some(entry) => return Answer::Document { entry, document },
                    None => return self.post_mortem(),
                },
                (Tag::Failure, json) => {
                    let Ok(Failure { reason, message, hash }) = serde_json::from_slice(&json) else {
                        return self.post_mortem();
                    };
                    let reason = Reason::parse(&reason).unwrap_or(Reason::Internal);
                    return Answer::Failed { reason, message, hash: Some(hash) };
                }
                _ => return self.post_mortem(),
            }
        }
    }

    /// What it died of.
    fn post_mortem(&mut self) -> Answer {
        let End { status, out_of_time, forced } = self.end();
        if self.watch.has_given_up() {
            return Answer::GivenUp;
        }
        let words = self.words();
        let (reason, message) = if out_of_time {
            let limit = self.allowance.time.as_secs();
            (
                Reason::TimeLimit,
                format!("reading it took longer than {limit} s; try `--time-limit` with more"),
            )
        } else if words.contains("memory allocation of") || words.contains("out of memory") {
            let limit = self.allowance.memory >> 20;
            (Reason::MemoryLimit, format!("reading it took more than {limit} MB; try `--memory` with more"))
        } else if words.contains("overflowed its stack") {
            (
                Reason::StackOverflow,
                "it is nested so deeply that reading it failed; please report this file".to_owned(),
            )
        } else {
            let how = match status.map(|s| (s.code(), s.signal())) {
                _ if forced => "it gave an answer that makes no sense".to_owned(),
                Some((_, Some(9))) => {
                    let message = "the system ended its reading, most likely for want of memory; run with fewer `--jobs`";
                    return Answer::Failed {
                        reason: Reason::MemoryLimit,
                        message: message.to_owned(),
                        hash: None,
                    };
                }
                Some((_, Some(signal))) => format!("signal {signal}"),
                Some((Some(code), _)) => format!("exit code {code}"),
                _ => "it is not known how".to_owned(),
            };
            (Reason::Crashed, format!("the worker that read it crashed ({how}); please report this file"))
        };
        Answer::Failed { reason, message, hash: None }
    }

    /// End it if it still lives, and everything it has started.
    fn end(&mut self) -> End {
        self.input = None;
        // First of all nobody else may end it any more: after the wait its number is free.
        let out_of_time = self.watch.remove(self.process);
        // An orderly end follows from the closed input, and a dying process may still be writing its last words.
        let patience = Instant::now() + PATIENCE;
        while !out_of_time && !self.has_ended() && Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(2));
        }
        let forced = !self.has_ended();
        // Also when it has ended: what it started is in its group.
        let _ = kill_process_group(self.process, Signal::KILL);
        End { status: self.child.wait().ok(), out_of_time, forced }
    }

    /// Whether it has ended; its number stays its own until it is waited for.
    fn has_ended(&self) -> bool {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        !matches!(waitid(WaitId::Pid(self.process), options), Ok(None))
    }

    fn words(&mut self) -> String {
        // The listener ends with the worker, except where something that it started still holds the pipe: that is in
        // its process group and has been ended with it.
        if let Some(listener) = self.listener.take() {
            let _ = listener.join();
        }
        String::from_utf8_lossy(&self.last_words.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        if self.input.is_some() {
            self.end();
        }
    }
}

/// How a worker ended.
struct End {
    status: Option<ExitStatus>,
    /// Whether its time was up, or all was given up.
    out_of_time: bool,
    /// Whether it had to be ended though it had time left.
    forced: bool,
}

enum SendError {
    File(io::Error),
    Worker,
}
