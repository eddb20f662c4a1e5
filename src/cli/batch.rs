//! Many files: read side by side, handed on in the order they were named.
//!
//! Each of several workers has a reader of its own, so a file that hangs or breaks one leaves the others alone. Results
//! are handed on as soon as it is their turn, and workers wait when they are too far ahead: memory does not grow with
//! the number of files.

use std::collections::BTreeMap;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use skrivelse::reader::{FileError, Reader};
use skrivelse::records::document::Document;
use tracing::info;

use super::Failure;
use super::config::Config;
use super::console::count;
use super::input::Input;

/// How many files the workers may be ahead of the output, for each worker. More evens out slow files, less holds fewer
/// results in memory.
const AHEAD: usize = 8;

/// Read every input. `work` runs on the reading side and makes of each document what is to be kept of it; `turn` is
/// called with that, once for each input and in their order. When `turn` fails, no further file is begun.
pub(crate) fn each<T: Send>(
    inputs: &[Input],
    config: &Config,
    work: impl Fn(usize, Document) -> T + Sync,
    mut turn: impl FnMut(usize, Result<T, FileError>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let workers = config.jobs.min(inputs.len()).max(1);
    let line = Line::new(inputs.len(), workers * AHEAD);
    let (send, results) = channel();
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let mut reader = Reader::new(config.jobs / workers, Arc::clone(&config.settings))
                .map_err(|error| {
                    Failure::Said(format!("no thread could be started: {error}; use fewer --jobs"))
                })
                .inspect_err(|_| line.close())?;
            let (send, line, work): (Sender<_>, _, _) = (send.clone(), &line, &work);
            scope.spawn(move || {
                let _guard = CloseOnPanic(line);
                while let Some(index) = line.next() {
                    let input = &inputs[index];
                    let started = Instant::now();
                    let result = input.read(&mut reader, &config.settings);
                    info!("{input}: {} in {:.3} s", told(&result), started.elapsed().as_secs_f64());
                    let result = result.map(|document| work(index, document));
                    if send.send((index, result)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        let mut expected = 0;
        for (index, result) in results {
            early.insert(index, result);
            while let Some(result) = early.remove(&expected) {
                turn(expected, result).inspect_err(|_| line.close())?;
                expected += 1;
                line.advance();
            }
        }
        Ok(())
    })
}

/// What came of a file, in a few words.
fn told(result: &Result<Document, FileError>) -> String {
    match result {
        Ok(document) => {
            let (papers, findings) = (document.papers.len(), document.diagnostics.len());
            format!("{}, {}", count(papers, "paper"), count(findings, "finding"))
        }
        Err(error) => error.to_string(),
    }
}

/// The inputs that wait for a worker.
struct Line {
    state: Mutex<State>,
    moved: Condvar,
    count: usize,
    ahead: usize,
}

struct State {
    next: usize,
    handed_on: usize,
    closed: bool,
}

impl Line {
    fn new(count: usize, ahead: usize) -> Self {
        let state = Mutex::new(State { next: 0, handed_on: 0, closed: false });
        Self { state, moved: Condvar::new(), count, ahead }
    }

    /// The next input for a worker, once it is near enough to the output; `None` when there are no more.
    fn next(&self) -> Option<usize> {
        let mut state = self.lock();
        while !state.closed && state.next < self.count && state.next >= state.handed_on + self.ahead {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.closed || state.next >= self.count {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    fn advance(&self) {
        self.lock().handed_on += 1;
        self.moved.notify_all();
    }

    fn close(&self) {
        self.lock().closed = true;
        self.moved.notify_all();
    }

    /// The state is whole after every statement, so a worker that panicked has not spoilt it.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A worker that dies of a fault in this program must not leave the others waiting for its result.
struct CloseOnPanic<'a>(&'a Line);

impl Drop for CloseOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::args::ReadingArgs;
    use super::super::scans::ScanArgs;
    use super::*;

    fn config(jobs: usize) -> Config {
        let jobs = std::num::NonZeroUsize::new(jobs);
        let scans = ScanArgs::default();
        Config::new(&ReadingArgs { vocabulary: None, time_limit: 60, max_size: 1, jobs, scans }).unwrap()
    }

    fn inputs(folder: &std::path::Path, count: usize) -> Vec<Input> {
        let write = |index: usize| {
            let path = folder.join(format!("{index}.txt"));
            std::fs::write(&path, format!("Papper nummer {index}\n")).unwrap();
            Input::File(path)
        };
        (0..count).map(write).collect()
    }

    #[test]
    fn results_come_in_the_order_of_the_inputs() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = inputs(folder.path(), 60);
        for jobs in [1, 3] {
            let mut names = Vec::new();
            let work = |index: usize, document: Document| {
                // The first of every four is slow.
                std::thread::sleep(std::time::Duration::from_millis(if index.is_multiple_of(4) {
                    3
                } else {
                    0
                }));
                document.source.name
            };
            each(&inputs, &config(jobs), work, |_, name| {
                names.push(name.unwrap());
                Ok(())
            })
            .unwrap();
            assert_eq!(names, (0..60).map(|index| format!("{index}.txt")).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_failed_turn_ends_the_batch() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = inputs(folder.path(), 60);
        let mut turns = 0;
        let ended = each(
            &inputs,
            &config(2),
            |index, _| index,
            |_, _| {
                turns += 1;
                if turns == 3 { Err(Failure::BrokenPipe) } else { Ok(()) }
            },
        );
        assert!(matches!(ended, Err(Failure::BrokenPipe)));
        assert_eq!(turns, 3);
    }
}
