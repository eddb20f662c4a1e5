//! The worker process: bytes in, documents out, one file after the other.
//!
//! It is the same program, started by [`super::pool`]. Whatever happens here costs one file.

use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::entry::Entry;
use super::identify::CHUNK;
use super::protocol::{self, Failure, Tag};
use super::reason::Reason;
use super::sandbox::{self, Fence};
use crate::settings::Settings;

/// Stack of the reading thread, in bytes. Deeply nested files need more than the usual 2 MB in a debug build; what
/// needs more than this is made to.
const STACK: usize = 16 << 20;

/// How often the worker tells that character recognition goes on.
const HEARTBEAT: Duration = Duration::from_millis(500);

/// Memory that a file's announced size may take at once; more is taken as bytes come.
const MAX_RESERVE: u64 = 1 << 30;

/// How the worker is to work.
pub struct WorkerOptions {
    /// How files are read.
    pub settings: Settings,
    /// What it may do.
    pub fence: Fence,
    /// The process that started it.
    pub parent: u32,
}

/// Serve until the input ends. An error means that ingest is gone.
pub fn run(options: WorkerOptions) -> io::Result<()> {
    let mut missing: Vec<String> = sandbox::die_with_parent(options.parent).err().into_iter().collect();
    let extra = options.settings.ocr.as_ref().map(|ocr| ocr_folders(&ocr.program)).unwrap_or_default();
    missing.extend(sandbox::put_up(&options.fence, &extra));
    let out = Out(Arc::new(Mutex::new(io::stdout())));
    out.send(Tag::Started, missing.join("\n").as_bytes())?;
    if let Some(ocr) = &options.settings.ocr {
        let (meter, out) = (ocr.meter.clone(), out.clone());
        std::thread::spawn(move || {
            let mut last = meter.beats();
            loop {
                std::thread::sleep(HEARTBEAT);
                let now = meter.beats();
                if now != last && out.send(Tag::Alive, b"").is_err() {
                    return;
                }
                last = now;
            }
        });
    }
    // One thread for each worker: workers are as many as there are processors. The pool's thread has the large stack.
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build().map_err(io::Error::other)?;
    let mut input = BufReader::with_capacity(CHUNK, io::stdin());
    while let Some((name, bytes)) = receive(&mut input)? {
        let answer = pool.install(|| read(bytes, &name, &options.settings));
        match answer {
            Answer::Document { entry, document } => {
                out.send(Tag::Entry, &entry)?;
                drop(entry);
                out.send(Tag::Document, &document)?;
            }
            Answer::Failure(failure) => out.send(Tag::Failure, &to_json(&failure))?,
        }
    }
    Ok(())
}

/// What a worker must be able to read to run Tesseract, besides the system's own folders: the folder that the program
/// is installed in, its language data where those are elsewhere, and this program, which ties its life to ours.
fn ocr_folders(program: &Path) -> Vec<PathBuf> {
    let program = std::fs::canonicalize(program).unwrap_or_else(|_| program.to_owned());
    let installed = program.parent().and_then(Path::parent).filter(|folder| folder.parent().is_some());
    let data = std::env::var_os("TESSDATA_PREFIX").map(PathBuf::from);
    installed
        .map(PathBuf::from)
        .into_iter()
        .chain(data)
        .chain([program.clone()])
        .chain(std::env::current_exe().ok())
        .collect()
}

enum Answer {
    Document { entry: Vec<u8>, document: Vec<u8> },
    Failure(Failure),
}

fn read(bytes: Vec<u8>, name: &str, settings: &Settings) -> Answer {
    #[cfg(debug_assertions)]
    faults::provoke(&bytes);
    let hash = format!("{:x}", Sha256::digest(&bytes));
    let failures = || settings.ocr.as_ref().map_or(0, |ocr| ocr.meter.failures());
    let before = failures();
    match crate::extract(bytes, name, settings) {
        Ok(document) => {
            let entry = Entry { recognition_failed: failures() > before, ..Entry::of(&document) };
            let entry = to_json(&entry);
            let mut text = to_json(&document);
            text.push(b'\n');
            Answer::Document { entry, document: text }
        }
        Err(error) => Answer::Failure(Failure {
            reason: Reason::from(&error).to_string(),
            message: error.to_string(),
            hash,
        }),
    }
}

/// The next file; `None` when there are no more.
fn receive(input: &mut impl io::Read) -> io::Result<Option<(String, Vec<u8>)>> {
    let limit = (CHUNK * 4) as u64;
    'next: loop {
        let Some((Tag::Name, head)) = protocol::read(input, limit)? else { return Ok(None) };
        let (size, name) = head.split_at_checked(8).ok_or(io::ErrorKind::InvalidData)?;
        let size = u64::from_le_bytes(size.try_into().map_err(io::Error::other)?);
        let mut bytes = Vec::new();
        bytes.reserve_exact(usize::try_from(size.min(MAX_RESERVE)).unwrap_or(0));
        loop {
            match protocol::read(input, limit)? {
                Some((Tag::Bytes, part)) => bytes.extend_from_slice(&part),
                Some((Tag::End, _)) => return Ok(Some((String::from_utf8_lossy(name).into_owned(), bytes))),
                Some((Tag::Abandon, _)) => continue 'next,
                _ => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
    }
}

/// The worker's output, shared with the thread that tells that it is alive.
#[derive(Clone)]
struct Out(Arc<Mutex<io::Stdout>>);

impl Out {
    fn send(&self, tag: Tag, payload: &[u8]) -> io::Result<()> {
        let mut out = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        protocol::write(&mut *out, tag, payload)?;
        out.flush()
    }
}

fn to_json(value: &impl Serialize) -> Vec<u8> {
    // The types have neither maps with odd keys nor failing serialisers.
    serde_json::to_vec(value).unwrap_or_default()
}

/// Ways to break on purpose, for tests of what a broken worker costs. Not in release builds.
#[cfg(debug_assertions)]
mod faults {
    pub(super) fn provoke(bytes: &[u8]) {
        let Some(fault) = bytes.strip_prefix(b"%FAULT ") else { return };
        if std::env::var_os("SKRIVELSE_FAULTS").is_none() {
            return;
        }
        match fault.split(|b| b.is_ascii_whitespace()).next().unwrap_or_default() {
            b"abort" => std::process::abort(),
            b"exit" => std::process::exit(7),
            b"hang" => loop {
                std::thread::sleep(std::time::Duration::from_secs(3600));
            },
            b"memory" => {
                let mut held: Vec<Vec<u8>> = Vec::new();
                loop {
                    held.push(vec![1; 1 << 20]);
                }
            }
            b"stack" => {
                std::hint::black_box(deeper(1));
            }
            b"noise" => {
                use std::io::Write;
                let _ = std::io::stdout().write_all(b"this is no frame");
                std::process::exit(0);
            }
            b"slow" => std::thread::sleep(std::time::Duration::from_millis(300)),
            _ => {}
        }
    }

    #[allow(unconditional_recursion)]
    fn deeper(n: u64) -> u64 {
        std::hint::black_box([n; 128]).iter().sum::<u64>() + deeper(n + 1)
    }
}
