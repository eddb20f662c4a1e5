//! An ingest that is killed at any moment and run again ends as one that was not.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::bench::{Bench, assert_same, paper, pdf, run, skrivelse, workers_of};

/// How often the ingest is killed; `SKRIVELSE_KILLS=30` makes the long form.
fn kills() -> u64 {
    std::env::var("SKRIVELSE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(5)
}

fn fill(bench: &Bench) {
    for number in 0..60 {
        bench.add(&format!("år {}/text {number}.txt", number % 4), paper(number));
    }
    for number in 0..30 {
        bench.add(&format!("pdf/{number}.pdf"), pdf(3, &format!("Beslut {number}")));
    }
    for number in 0..8 {
        bench.add(&format!("slow/{number}.txt"), format!("%FAULT slow {number}"));
    }
    bench.add("copies/copy.txt", paper(3));
    bench.add("zz/empty.pdf", "");
    bench.add("zz/damaged.pdf", "%PDF-1.4\nnothing");
    bench.add("zz/abort.txt", "%FAULT abort");
}

#[test]
fn a_killed_ingest_loses_nothing() {
    let bench = Bench::new();
    fill(&bench);
    let whole = bench.folder.path().join("whole");
    let begin = Instant::now();
    let ended = run(&mut bench.ingest_into(&whole));
    let usual = begin.elapsed();
    assert_eq!(ended.code, 1, "{ended:?}");

    // A generator of one's own: the moments are other ones for each kill and the same for each run of the test.
    let mut seed: u64 = 0x5eed;
    let mut killed = 0;
    // Other tests beside it made the whole run slower than these may be: after one that was too quick, sooner.
    let mut share = 0.6;
    for _ in 0..kills() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wait = usual.mul_f64((seed >> 33) as f64 / f64::from(u32::MAX / 2) * share);
        let mut child =
            bench.ingest().args(["--jobs", "2"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(wait);
        let is_killed = child.try_wait().unwrap().is_none();
        killed += u32::from(is_killed);
        share *= if is_killed { 1.0 } else { 0.4 };
        child.kill().unwrap();
        child.wait().unwrap();
        let patience = Instant::now() + Duration::from_secs(5);
        while !workers_of(child.id()).is_empty() {
            assert!(Instant::now() < patience, "workers are left behind: {:?}", workers_of(child.id()));
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    assert!(killed > 0, "every run was too quick to be killed");
    let ended = run(&mut bench.ingest());
    assert_eq!(ended.code, 1, "{ended:?}");
    assert_same(&whole, &bench.archive());
    let check = run(skrivelse().arg("status").arg(bench.archive()).arg("--check"));
    assert_eq!(check.code, 0, "{check:?}");
}

#[test]
fn the_number_of_workers_changes_nothing() {
    let bench = Bench::new();
    fill(&bench);
    let other = bench.folder.path().join("other");
    run(bench.ingest().args(["--jobs", "1"]));
    run(bench.ingest_into(&other).args(["--jobs", "3"]));
    assert_same(&bench.archive(), &other);
}

#[test]
fn an_interrupted_ingest_ends_cleanly_and_goes_on() {
    let bench = Bench::new();
    fill(&bench);
    for number in 0..30 {
        bench.add(&format!("slow/more {number}.txt"), format!("%FAULT slow more {number}"));
    }
    let child =
        bench.ingest().args(["--jobs", "1"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(if cfg!(debug_assertions) { 700 } else { 60 }));
    let process = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(process, rustix::process::Signal::INT).unwrap();
    let number = child.id();
    let output = child.wait_with_output().unwrap();
    assert!(workers_of(number).is_empty());
    if cfg!(debug_assertions) {
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(summary["interrupted"], true);
    }
    let whole = bench.folder.path().join("whole");
    run(&mut bench.ingest());
    run(&mut bench.ingest_into(&whole));
    assert_same(&whole, &bench.archive());
}
