//! A file is its content: what is moved, renamed or copied is not read again, what has changed is.

use std::fs;
use std::time::SystemTime;

use crate::bench::{Bench, contents, paper, run, skrivelse};

#[test]
fn an_unchanged_folder_is_not_touched() {
    let bench = Bench::new();
    for number in 0..20 {
        bench.add(&format!("{number}.txt"), paper(number));
    }
    let first = run(&mut bench.ingest());
    assert_eq!((first.code, first.tally("done")), (0, 20), "{first:?}");
    let before = contents(&bench.archive());
    let bytes = fs::read(bench.archive().join("catalog.sqlite")).unwrap();
    let again = run(&mut bench.ingest());
    assert_eq!((again.code, again.tally("done"), again.tally("unchanged")), (0, 0, 20));
    assert_eq!(contents(&bench.archive()), before);
    assert_eq!(fs::read(bench.archive().join("catalog.sqlite")).unwrap(), bytes);
}

#[test]
fn what_moves_is_known_and_what_changes_is_read() {
    let bench = Bench::new();
    let one = bench.add("a/one.txt", paper(1));
    let two = bench.add("a/two.txt", paper(2));
    bench.add("b/copy of one.txt", paper(1));
    let first = run(&mut bench.ingest());
    assert_eq!((first.tally("done"), first.tally("duplicates")), (2, 1), "{first:?}");

    fs::create_dir(bench.papers().join("c")).unwrap();
    fs::rename(&one, bench.papers().join("c/moved.txt")).unwrap();
    // The same size and the same time, another content.
    let time = fs::metadata(&two).unwrap().modified().unwrap();
    fs::write(&two, paper(3)).unwrap();
    fs::File::open(&two).unwrap().set_modified(time).unwrap();
    let second = run(&mut bench.ingest());
    assert_eq!(
        (second.tally("done"), second.tally("unchanged"), second.tally("duplicates")),
        (1, 1, 1),
        "{second:?}"
    );
    assert_eq!(second.summary["missing"], 1);

    let status = run(skrivelse().arg("status").arg(bench.archive()).args(["--format", "json"]));
    assert_eq!(status.summary["files"], 3);
    assert_eq!(status.summary["documents"], 3, "the document of a changed file's old content is kept");
    assert_eq!(status.summary["files_missing"], 1);
}

#[test]
fn a_lost_document_is_made_again() {
    let bench = Bench::new();
    bench.add("one.txt", paper(1));
    run(&mut bench.ingest());
    let before = contents(&bench.archive());
    let lost = before.keys().find(|name| name.starts_with("documents/")).unwrap();
    fs::remove_file(bench.archive().join(lost)).unwrap();
    let check = run(skrivelse().arg("status").arg(bench.archive()).arg("--check"));
    assert_eq!(check.code, 1);
    let again = run(&mut bench.ingest());
    assert_eq!(again.tally("done"), 1);
    assert_eq!(contents(&bench.archive()), before);
}

#[test]
fn a_newer_version_reads_again_only_when_asked() {
    let bench = Bench::new();
    bench.add("one.txt", paper(1));
    bench.add("two.txt", paper(2));
    run(&mut bench.ingest());
    let before = contents(&bench.archive());
    let db = rusqlite::Connection::open(bench.archive().join("catalog.sqlite")).unwrap();
    let changed =
        db.execute("UPDATE documents SET tool_version = '0.0.1' WHERE name = 'one.txt'", []).unwrap();
    assert_eq!(changed, 1);
    drop(db);
    assert_eq!(run(&mut bench.ingest()).tally("done"), 0);
    let refreshed = run(bench.ingest().arg("--refresh"));
    assert_eq!((refreshed.tally("done"), refreshed.tally("unchanged")), (1, 1));
    assert_eq!(contents(&bench.archive()), before);
}

#[test]
fn failures_are_tried_again_when_asked() {
    let bench = Bench::new();
    bench.add("good.txt", paper(1));
    bench.add("empty.pdf", "");
    bench.add("damaged.pdf", "%PDF-1.4\nnothing");
    let first = run(&mut bench.ingest());
    assert_eq!((first.code, first.tally("failed")), (1, 2), "{first:?}");
    let second = run(&mut bench.ingest());
    assert_eq!((second.code, second.tally("failed"), second.tally("failed_before")), (1, 0, 2));
    let retry = |reason: &str| {
        let mut command = skrivelse();
        command.arg("retry").arg(bench.archive()).args([
            "--ocr",
            "off",
            "--progress",
            "none",
            "--format",
            "json",
        ]);
        if !reason.is_empty() {
            command.args(["--reason", reason]);
        }
        run(&mut command)
    };
    assert_eq!(retry("empty").tally("failed"), 1);
    assert_eq!(retry("time-limit").tally("files"), 0);
    assert_eq!(retry("").tally("failed"), 2);
    let listed = run(skrivelse().arg("status").arg(bench.archive()).args(["--failed"]));
    assert_eq!(listed.code, 0);
}

#[test]
fn a_touched_file_is_looked_at_and_left() {
    let bench = Bench::new();
    let path = bench.add("one.txt", paper(1));
    run(&mut bench.ingest());
    fs::File::open(&path).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let again = run(&mut bench.ingest());
    assert_eq!((again.tally("done"), again.tally("unchanged")), (0, 1));
}
