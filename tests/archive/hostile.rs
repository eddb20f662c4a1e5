//! A folder of everything that goes wrong: each file is accounted for, and nothing happens outside the archive.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::bench::{Bench, paper, pdf, run, skrivelse, workers_of};

/// Everything in and under a folder, with its size.
fn listing(root: &Path) -> BTreeSet<(PathBuf, u64)> {
    let mut found = BTreeSet::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let metadata = fs::symlink_metadata(entry.path()).unwrap();
            found.insert((entry.path(), metadata.len()));
            if metadata.is_dir() {
                open.push(entry.path());
            }
        }
    }
    found
}

fn deflated_bomb() -> Vec<u8> {
    // A stream that says it is made of streams within streams: each filter is asked for again.
    let filters = "/ASCIIHexDecode ".repeat(500);
    let content = "<".repeat(1000);
    format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n\
         4 0 obj<</Filter[{filters}]/Length {}>>stream\n{content}\nendstream endobj\ntrailer<</Root 1 0 R>>\n",
        content.len()
    )
    .into_bytes()
}

#[test]
fn every_hostile_file_is_accounted_for() {
    let bench = Bench::new();
    let good = pdf(4, "Beslut");
    bench.add("good.pdf", &good);
    bench.add("cut.pdf", &good[..good.len() / 2]);
    bench.add("renamed.txt", &good);
    bench.add("text.pdf", paper(1));
    bench.add("loop.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n");
    bench.add("bomb.pdf", deflated_bomb());
    bench.add(
        "nested.pdf",
        format!(
            "%PDF-1.4\n1 0 obj{}{}endobj\ntrailer<</Root 1 0 R>>",
            "[".repeat(200_000),
            "]".repeat(200_000)
        ),
    );
    bench.add("glyphs.pdf", pdf(1, &"x".repeat(1_000_000)));
    bench.add("encrypted.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt<</Filter/Odd/V 99>>/ID[<00><00>]>>\n");
    bench.add("picture.png", b"\x89PNG\r\n\x1a\n");
    bench.add("long line.txt", "a".repeat(5_000_000));
    bench.add("zeros.bin", vec![0; 3_000_000]);
    let mut odd: Vec<&[u8]> = vec![
        b"new\nline.txt",
        b"quote'\".txt",
        b"\xE5\xE4\xF6.txt",
        b" leading.txt",
        b"-dash.txt",
        b"tab\t.txt",
    ];
    odd.push("å\u{308}\u{202e}gnp.txt".as_bytes());
    for (number, name) in odd.iter().enumerate() {
        fs::write(bench.papers().join(OsStr::from_bytes(name)), paper(100 + number)).unwrap();
    }
    let many = bench.papers().join("many");
    fs::create_dir(&many).unwrap();
    for number in 0..10_000 {
        fs::File::create(many.join(format!("{number}.pdf"))).unwrap();
    }
    let mut deep = bench.papers();
    for _ in 0..150 {
        deep.push("deep");
    }
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("down.txt"), paper(7)).unwrap();
    symlink(bench.papers(), bench.papers().join("around")).unwrap();
    symlink("nowhere", bench.papers().join("broken")).unwrap();
    let outside = bench.folder.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("secret.txt"), paper(8)).unwrap();
    symlink(&outside, bench.papers().join("out")).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        bench.papers().join("pipe"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR,
        0,
    )
    .unwrap();
    bench.add(".hidden/x.pdf", "x");
    bench.add("~$open.docx", "x");
    let faults = ["abort", "exit", "hang", "memory", "stack", "noise"];
    if cfg!(debug_assertions) {
        for fault in faults {
            bench.add(&format!("faults/{fault}.txt"), format!("%FAULT {fault}"));
        }
    }
    let before = listing(&bench.papers());

    let child = bench
        .ingest()
        .args(["--time-limit", "3"])
        .current_dir(&outside)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let process = child.id();
    let watch = std::thread::spawn(move || peak_memory(process));
    let output = child.wait_with_output().unwrap();
    let peak = watch.join().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let tally = |name: &str| summary["tally"][name].as_u64().unwrap();
    let settled =
        ["done", "unchanged", "duplicates", "failed", "failed_before"].map(tally).iter().sum::<u64>();
    assert_eq!(settled, tally("files"), "{summary:#}");
    let left = &summary["left_alone"];
    assert_eq!(left["hidden"], 1);
    assert_eq!(left["temporary"], 1);
    assert_eq!(left["special"], 1);
    assert_eq!(
        (&left["links_inside"], &left["links_outside"], &left["links_broken"]),
        (&1.into(), &1.into(), &1.into())
    );
    let failures = &summary["failures"];
    assert_eq!(failures["empty"], 1, "ten thousand empty files are one content: {failures}");
    assert!(
        failures["encryption"].as_u64() >= Some(1) || failures["damaged"].as_u64() >= Some(1),
        "{failures}"
    );
    if cfg!(debug_assertions) {
        assert_eq!(failures["crashed"], 3, "{failures}");
        // Besides those made for it, a large file may take too long where the machine is slow.
        for reason in ["time-limit", "memory-limit", "stack-overflow"] {
            assert!(failures[reason].as_u64() >= Some(1), "{reason}: {failures}");
        }
    }
    assert_eq!(listing(&bench.papers()), before, "the papers are as they were");
    assert_eq!(listing(&outside).len(), 1, "nothing is written outside the archive");
    assert!(workers_of(process).is_empty());
    assert!(peak < 1_000_000, "{peak} kB");

    // Each odd name is in the catalogue as it is on the disk.
    let db = rusqlite::Connection::open(bench.archive().join("catalog.sqlite")).unwrap();
    for name in odd {
        let path = fs::canonicalize(bench.papers()).unwrap().join(OsStr::from_bytes(name));
        let known: i64 = db
            .query_row("SELECT count(*) FROM files WHERE path = ?1", [path.as_os_str().as_bytes()], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(known, 1, "{path:?}");
    }
    drop(db);
    let again = run(bench.ingest().args(["--time-limit", "3"]));
    assert_eq!((again.tally("done"), again.tally("failed")), (0, 0), "{again:?}");
    let listed = skrivelse().arg("status").arg(bench.archive()).arg("--failed").output().unwrap();
    let lines = String::from_utf8(listed.stdout).unwrap();
    assert!(lines.lines().all(|line| line.starts_with('/')), "one line a file");
}

/// The most memory that a process and what it has started ever take together, in kB.
fn peak_memory(process: u32) -> u64 {
    let mut peak = 0;
    while fs::metadata(format!("/proc/{process}")).is_ok() {
        let (mut sum, mut alive) = (0, false);
        for entry in fs::read_dir("/proc").unwrap().flatten() {
            let stat = fs::read_to_string(entry.path().join("status")).unwrap_or_default();
            let value = |name: &str| {
                stat.lines()
                    .find_map(|l| l.strip_prefix(name)?.split_whitespace().next()?.parse::<u64>().ok())
            };
            if value("Pid:") == Some(process.into()) || value("PPid:") == Some(process.into()) {
                alive |= value("Pid:") == Some(process.into()) && !stat.contains("State:\tZ");
                sum += value("VmRSS:").unwrap_or(0);
            }
        }
        peak = peak.max(sum);
        if !alive {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    peak
}

#[test]
fn what_may_not_be_opened_is_named_and_later_forgotten() {
    if rustix::process::geteuid().is_root() {
        eprintln!("skipped: root may open everything");
        return;
    }
    let bench = Bench::new();
    bench.add("good.txt", paper(1));
    let file = bench.add("closed.txt", paper(2));
    let folder = bench.add("shut/x.txt", paper(3)).parent().unwrap().to_owned();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).unwrap();
    let first = run(&mut bench.ingest());
    assert_eq!((first.code, first.tally("done"), first.tally("failed")), (1, 1, 2), "{first:?}");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let second = run(&mut bench.ingest());
    assert_eq!((second.code, second.tally("done"), second.tally("failed")), (0, 2, 0), "{second:?}");
    let status = run(skrivelse().arg("status").arg(bench.archive()).args(["--format", "json"]));
    assert_eq!(status.summary["files_unreadable"], 0);
}

#[test]
fn a_file_that_grows_while_it_is_read_is_read_as_it_is() {
    let bench = Bench::new();
    let path = bench.add("log.txt", paper(1));
    let mut ended = None;
    std::thread::scope(|scope| {
        let (stop, stopped) = std::sync::mpsc::channel::<()>();
        scope.spawn(move || {
            let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
            while stopped.try_recv().is_err() {
                file.write_all(b"och en rad till\n").unwrap();
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
        });
        ended = Some(run(&mut bench.ingest()));
        stop.send(()).unwrap();
    });
    let ended = ended.unwrap();
    assert_eq!(ended.tally("done") + ended.tally("failed"), 1, "{ended:?}");
    let last = run(&mut bench.ingest());
    assert_eq!((last.code, last.tally("failed")), (0, 0), "{last:?}");
}
