//! What stops a whole run says so in a sentence, and damages nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::bench::{Bench, assert_same, contents, paper, run, skrivelse};

#[test]
fn a_second_ingest_waits_its_turn() {
    let bench = Bench::new();
    for number in 0..10 {
        bench.add(&format!("{number}.txt"), format!("%FAULT slow {number}"));
    }
    fs::create_dir(bench.archive()).unwrap();
    // Whoever holds the lock, the second is refused.
    let lock = fs::OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .open(bench.archive().join("lock"))
        .unwrap();
    lock.lock().unwrap();
    fs::write(bench.archive().join("lock"), "4711\n").unwrap();
    let refused = run(&mut bench.ingest());
    assert_eq!(refused.code, 2);
    assert!(
        refused.said.contains("another ingest is writing to") && refused.said.contains("process 4711"),
        "{}",
        refused.said
    );
    drop(lock);
    assert_eq!(run(&mut bench.ingest()).tally("done"), 10);
    // Reading goes on while another writes.
    let mut child = bench.ingest().arg("--refresh").stdout(Stdio::null()).spawn().unwrap();
    assert_eq!(run(skrivelse().arg("status").arg(bench.archive())).code, 0);
    child.wait().unwrap();
}

#[test]
fn a_catalogue_of_a_newer_version_is_left_alone() {
    let bench = Bench::new();
    bench.add("one.txt", paper(1));
    run(&mut bench.ingest());
    let path = bench.archive().join("catalog.sqlite");
    let db = rusqlite::Connection::open(&path).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    let before = fs::read(&path).unwrap();
    bench.add("two.txt", paper(2));
    let find = |command: &mut std::process::Command| run(command);
    for ended in [
        find(&mut bench.ingest()),
        find(skrivelse().arg("status").arg(bench.archive())),
        find(skrivelse().arg("find").arg(bench.archive()).arg("beslut")),
        find(skrivelse().arg("retry").arg(bench.archive())),
    ] {
        assert_eq!(ended.code, 2);
        assert!(ended.said.contains("newer version of skrivelse (catalogue version 99"), "{}", ended.said);
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn what_is_no_archive_is_not_made_one() {
    let bench = Bench::new();
    bench.add("one.txt", paper(1));
    let swapped = run(skrivelse().arg("ingest").arg(bench.folder.path()).arg("--into").arg(bench.papers()));
    assert_eq!(swapped.code, 2);
    assert!(swapped.said.contains("is no archive and not empty either"), "{}", swapped.said);
    assert_eq!(fs::read_dir(bench.papers()).unwrap().count(), 1);
    for command in ["status", "retry"] {
        let ended = run(skrivelse().arg(command).arg(bench.papers()));
        assert_eq!(ended.code, 2);
        assert!(ended.said.contains("is no archive"), "{}", ended.said);
    }
    fs::create_dir(bench.archive()).unwrap();
    fs::write(bench.archive().join("catalog.sqlite"), "this is no database, whatever its name says").unwrap();
    let foreign = run(&mut bench.ingest());
    assert_eq!(foreign.code, 2);
    assert!(foreign.said.contains("is not a catalogue of skrivelse"), "{}", foreign.said);
    let missing = run(skrivelse()
        .arg("ingest")
        .arg("/no/such/folder")
        .arg("--into")
        .arg(bench.folder.path().join("a")));
    assert_eq!(missing.code, 2);
    assert!(missing.said.contains("/no/such/folder cannot be read"), "{}", missing.said);
}

#[test]
fn a_full_disk_stops_the_run_and_loses_nothing() {
    let bench = Bench::new();
    for number in 0..200 {
        bench.add(&format!("{number}.txt"), paper(number));
    }
    // No file may grow beyond this, and nobody is killed for trying: as good as a full disk, without one.
    let shell = |limit: &str| {
        let mut command = std::process::Command::new("sh");
        let ingest = bench.ingest();
        command
            .arg("-c")
            .arg(format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" \"$@\""))
            .arg(ingest.get_program());
        command.args(ingest.get_args());
        run(&mut command)
    };
    for limit in ["0", "1", "40", "300"] {
        let ended = shell(limit);
        assert_eq!(ended.code, 2, "limit {limit}: {ended:?}");
        assert!(ended.said.contains("make room") || ended.said.contains("check the disk"), "{}", ended.said);
        let left = fs::read_dir(bench.archive().join("tmp")).map(Iterator::count).unwrap_or(0);
        assert_eq!(left, 0, "nothing half is left");
    }
    let whole = bench.folder.path().join("whole");
    let resumed = run(&mut bench.ingest());
    assert_eq!(resumed.code, 0, "{resumed:?}");
    run(&mut bench.ingest_into(&whole));
    assert_same(&whole, &bench.archive());
}

#[test]
fn a_read_only_archive_can_be_read_and_says_that_it_cannot_be_written() {
    if rustix::process::geteuid().is_root() {
        eprintln!("skipped: root may write everywhere");
        return;
    }
    let bench = Bench::new();
    bench.add("one.txt", paper(1));
    run(&mut bench.ingest());
    bench.add("two.txt", paper(2));
    let mode = |mode: u32| {
        for path in ["catalog.sqlite", "lock"] {
            fs::set_permissions(bench.archive().join(path), fs::Permissions::from_mode(mode & 0o666))
                .unwrap();
        }
        fs::set_permissions(bench.archive(), fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(0o555);
    let refused = run(&mut bench.ingest());
    assert_eq!(refused.code, 2);
    assert!(refused.said.contains("make the archive writable"), "{}", refused.said);
    assert_eq!(run(skrivelse().arg("status").arg(bench.archive())).code, 0);
    mode(0o755);
    assert_eq!(run(&mut bench.ingest()).tally("done"), 1);
}

#[test]
fn a_large_file_takes_bounded_memory() {
    let bench = Bench::new();
    // A paper with 120 MB of something in it that no page shows.
    let mut file = crate::bench::pdf(2, "Stor");
    let end = file.windows(4).rposition(|w| w == b"xref").unwrap();
    let tail = file.split_off(end.saturating_sub(5));
    file.extend(format!("99 0 obj<</Length {}>>stream\n", 120 << 20).bytes());
    file.resize(file.len() + (120 << 20), b' ');
    file.extend(b"\nendstream endobj\n");
    file.extend(tail);
    bench.add("large.pdf", &file);
    drop(file);
    let begin = Instant::now();
    let ended = run(&mut bench.ingest());
    assert_eq!(ended.tally("done"), 1, "{ended:?}");
    assert!(begin.elapsed() < Duration::from_secs(60));
    assert_eq!(contents(&bench.archive()).keys().filter(|k| k.starts_with("documents/")).count(), 1);
}
