//! Reads files so that a bad one stops neither the others nor the program.
//!
//! In goes a path, out comes a document or one sentence. Reading happens on threads with a large stack, because broken
//! files nest deeper than good ones, and against a hard time limit, because a file may keep one step busy for ever:
//! such a step cannot be stopped, so its threads are left behind and the next file gets new ones.

use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::records::document::Document;
use crate::settings::Settings;
use crate::source::ReadError;

/// Stack of a reading thread, in bytes. It is address space, not memory, until a file needs it.
const STACK_BYTES: usize = 128 << 20;
/// When a file is given up, in parts of [`Settings::time_limit`]. Until that limit pages are read and from then on the
/// rest is cut off; a file that is still being read at twice the limit does not heed it.
const GIVE_UP_FACTOR: u32 = 2;

/// Reads one file after another.
pub struct Reader {
    pool: ThreadPool,
    threads: usize,
    settings: Arc<Settings>,
}

/// Why a file gives no document. Each is a sentence that goes on from "NAME cannot be read: ".
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is nothing under that name.
    #[error("there is no such file; check the name")]
    Missing,
    /// It holds files and is none.
    #[error("it is a directory; name the files in it")]
    Directory,
    /// The system refuses it.
    #[error("you have no permission to open it; ask for permission or for a copy")]
    Permission,
    /// Another fault of disk or network.
    #[error("the system says \"{0}\"; check the disk or copy the file and try again")]
    System(io::Error),
    /// It was given up.
    #[error("it was still being read after {} s; raise the limit with --time-limit, or report the file", .0.as_secs())]
    TooSlow(Duration),
    /// Its content cannot be read.
    #[error(transparent)]
    Content(#[from] ReadError),
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Directory,
            io::ErrorKind::PermissionDenied => Self::Permission,
            _ => Self::System(error),
        }
    }
}

impl Reader {
    /// A reader that works on a file with this many threads, at least one. Fails when the system gives none.
    pub fn new(threads: usize, settings: Arc<Settings>) -> io::Result<Self> {
        let threads = threads.max(1);
        Ok(Self { pool: pool(threads)?, threads, settings })
    }

    /// Read the file under a path.
    pub fn read_path(&mut self, path: &Path) -> Result<Document, FileError> {
        let bytes = load_path(path, &self.settings)?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        self.read_bytes(bytes, &name)
    }

    /// Read bytes that are already here. `name` is what the document calls its source.
    pub fn read_bytes(&mut self, bytes: Vec<u8>, name: &str) -> Result<Document, FileError> {
        let (settings, name) = (Arc::clone(&self.settings), name.to_owned());
        self.guard(move || crate::extract(bytes, &name, &settings))?.map_err(FileError::Content)
    }

    /// How often character recognition has moved.
    fn beats(&self) -> u64 {
        self.settings.ocr.as_ref().map_or(0, |ocr| ocr.meter.beats())
    }

    /// Run a step of reading on a thread with a large stack, within the time limit; a panic becomes an error.
    pub fn guard<T: Send + 'static>(
        &mut self,
        step: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, FileError> {
        let limit = self.settings.time_limit.saturating_mul(GIVE_UP_FACTOR);
        let (send, receive) = sync_channel(1);
        self.pool.spawn(move || {
            // Nobody listens any more when the file has been given up.
            let _ = send.send(catch_unwind(AssertUnwindSafe(step)));
        });
        let mut beats = self.beats();
        let mut answer = receive.recv_timeout(limit);
        // Recognition takes seconds a page and has a limit of its own: as long as it moves, nothing is given up.
        while matches!(answer, Err(RecvTimeoutError::Timeout)) && self.beats() != beats {
            beats = self.beats();
            answer = receive.recv_timeout(limit);
        }
        match answer {
            Ok(Ok(product)) => Ok(product),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                Err(ReadError::Internal("an internal error".to_owned()).into())
            }
            Err(RecvTimeoutError::Timeout) => {
                self.pool = pool(self.threads)?;
                Err(FileError::TooSlow(limit))
            }
        }
    }
}

/// The bytes of a file, unless it is larger than the limit.
pub fn load_path(path: &Path, settings: &Settings) -> Result<Vec<u8>, FileError> {
    let file = File::open(path)?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(FileError::Directory);
    }
    if about.len() > settings.max_file_bytes {
        return Err(ReadError::TooLarge { limit: settings.max_file_bytes }.into());
    }
    load(file, about.len(), settings)
}

/// The bytes of a stream, unless there are more than the limit. `expected` is a guess of how many there are.
pub fn load(stream: impl Read, expected: u64, settings: &Settings) -> Result<Vec<u8>, FileError> {
    let limit = settings.max_file_bytes;
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default());
    stream.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(ReadError::TooLarge { limit }.into()) } else { Ok(bytes) }
}

fn pool(threads: usize) -> io::Result<ThreadPool> {
    let name = |index| format!("reader-{index}");
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK_BYTES)
        .thread_name(name)
        .build()
        .map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(time_limit: Duration) -> Reader {
        Reader::new(1, Arc::new(Settings { time_limit, ..Settings::default() })).unwrap()
    }

    #[test]
    fn an_endless_file_is_given_up_and_the_next_is_read() {
        let mut reader = reader(Duration::from_millis(50));
        let endless = reader.guard(|| std::thread::sleep(Duration::from_secs(600)));
        assert!(matches!(endless, Err(FileError::TooSlow(_))));
        assert_eq!(reader.guard(|| 7).unwrap(), 7);
    }

    #[test]
    fn recognition_that_moves_is_not_given_up() {
        let ocr = crate::settings::OcrSettings::default();
        let meter = ocr.meter.clone();
        let time_limit = Duration::from_millis(100);
        let settings = Settings { time_limit, ocr: Some(ocr), ..Settings::default() };
        let slow = move || {
            for _ in 0..12 {
                meter.beat();
                std::thread::sleep(Duration::from_millis(50));
            }
            7
        };
        assert_eq!(Reader::new(1, Arc::new(settings)).unwrap().guard(slow).unwrap(), 7);
    }

    #[test]
    fn a_panic_is_an_error_and_the_next_file_is_read() {
        let mut reader = reader(Duration::from_secs(60));
        let broken = reader.guard(|| panic!("made to fail"));
        assert!(matches!(broken, Err(FileError::Content(ReadError::Internal(_)))));
        assert_eq!(reader.guard(|| 7).unwrap(), 7);
    }

    #[test]
    fn deep_recursion_has_room() {
        fn depth(n: u32) -> u32 {
            let frame = [n; 64];
            if n == 0 { 0 } else { 1 + depth(std::hint::black_box(frame)[63] - 1) }
        }
        assert_eq!(reader(Duration::from_secs(60)).guard(|| depth(50_000)).unwrap(), 50_000);
    }

    #[test]
    fn what_is_no_file_is_named() {
        let settings = Settings { max_file_bytes: 3, ..Settings::default() };
        assert!(matches!(load_path(Path::new("no/such/file"), &settings), Err(FileError::Missing)));
        assert!(matches!(load_path(Path::new("src"), &settings), Err(FileError::Directory)));
        assert!(matches!(
            load_path(Path::new("Cargo.toml"), &settings),
            Err(FileError::Content(ReadError::TooLarge { limit: 3 }))
        ));
        assert!(load(&b"abc"[..], 0, &settings).is_ok());
        assert!(load(&b"abcd"[..], 0, &settings).is_err());
    }
}
