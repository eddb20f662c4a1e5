//! The command line, case by case. The cases are the files in `tests/cli`; only the helper here knows how to run them.

#![allow(clippy::unwrap_used)] // A panic is a failed test.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde::Deserialize;
use serde_json::{Value, json};

/// What a case file holds. It runs in an empty folder of its own. What is not stated of stdout and stderr is that they
/// are empty.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case shows, in a sentence.
    about: String,
    /// Files to write first: name and text.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// Files of spaces to write first: name, and size in bytes.
    #[serde(default)]
    blank: BTreeMap<String, usize>,
    /// Files to copy first: name, and path in the project.
    #[serde(default)]
    copies: BTreeMap<String, PathBuf>,
    /// A command whose stdout is the stdin of the one that is tested.
    pipe_from: Option<Vec<String>>,
    /// Text for stdin.
    stdin: Option<String>,
    /// What stands after `skrivelse`.
    args: Vec<String>,
    /// The exit code.
    status: i32,
    /// What stdout is, to the byte.
    stdout: Option<String>,
    /// What stdout holds, in this order.
    stdout_holds: Option<Vec<String>>,
    /// What stderr is, to the byte.
    stderr: Option<String>,
    /// What stderr holds, in this order.
    stderr_holds: Option<Vec<String>>,
    /// Every file that the command makes, with what each holds.
    #[serde(default)]
    makes: BTreeMap<String, Vec<String>>,
}

#[test]
fn the_command_line_does_what_the_cases_say() {
    let folder = in_project("tests/cli");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 10, "only {} cases were found", cases.len());
    let failures: Vec<String> = cases.iter().filter_map(|path| check(path).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn check(path: &Path) -> Result<(), String> {
    let name = path.file_name().unwrap().to_string_lossy();
    let case: Case =
        toml::from_str(&fs::read_to_string(path).unwrap()).map_err(|error| format!("{name}: {error}"))?;
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in &case.files {
        write(&folder.path().join(file), text.as_bytes());
    }
    for (file, size) in &case.blank {
        write(&folder.path().join(file), " ".repeat(*size).as_bytes());
    }
    for (file, source) in &case.copies {
        write(&folder.path().join(file), &fs::read(in_project(source)).unwrap());
    }
    let before = files_under(folder.path());
    let stdin = match &case.pipe_from {
        Some(args) => run(folder.path(), args, &[]).stdout,
        None => case.stdin.clone().unwrap_or_default().into_bytes(),
    };
    let output = run(folder.path(), &case.args, &stdin);
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));

    let mut wrong = Vec::new();
    if output.status.code() != Some(case.status) {
        wrong.push(format!("the status is {}, not {}", output.status, case.status));
    }
    wrong.extend(compare("stdout", &stdout, case.stdout.as_deref(), case.stdout_holds.as_deref()));
    wrong.extend(compare("stderr", &stderr, case.stderr.as_deref(), case.stderr_holds.as_deref()));
    let made: Vec<String> =
        files_under(folder.path()).into_iter().filter(|file| !before.contains(file)).collect();
    if made != case.makes.keys().cloned().collect::<Vec<_>>() {
        wrong.push(format!("the files made are {made:?}"));
    } else {
        for (file, holds) in &case.makes {
            let text = fs::read_to_string(folder.path().join(file)).unwrap();
            wrong.extend(compare(file, &text, None, Some(holds)));
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("{name}: {}\n{}\n--- stdout\n{stdout}--- stderr\n{stderr}", case.about, wrong.join("\n")))
}

/// What is wrong with a stream.
fn compare(what: &str, found: &str, whole: Option<&str>, parts: Option<&[String]>) -> Option<String> {
    let Some(parts) = parts else {
        let whole = whole.unwrap_or_default();
        return (found != whole).then(|| format!("{what} is not {whole:?}"));
    };
    let mut rest = found;
    for part in parts {
        match rest.find(part.as_str()) {
            Some(start) => rest = &rest[start + part.len()..],
            None => return Some(format!("{what} does not hold {part:?}, or not in this order")),
        }
    }
    None
}

#[test]
fn a_reader_that_leaves_early_is_no_fault() {
    let mut child = command(&in_project("."), &["schema".to_owned()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes() {
    let papers = papers();
    let read = |jobs: &str| {
        let args = [["extract", "--jobs", jobs].map(str::to_owned).as_slice(), papers.as_slice()].concat();
        run(&in_project("."), &args, &[]).stdout
    };
    let once = read("1");
    assert_eq!(once.iter().filter(|byte| **byte == b'\n').count(), papers.len());
    for jobs in ["1", "2", "7"] {
        assert!(read(jobs) == once, "{jobs} jobs give other bytes");
    }
}

#[test]
fn check_tells_the_findings_of_the_documents_and_ends_accordingly() {
    let read = |args: &[&str]| {
        let args = [args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>(), papers()].concat();
        let output = run(&in_project("."), &args, &[]);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let values = |lines: &str| -> Vec<Value> {
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let documents = values(&read(&["extract"]).1);
    let findings = |value: &Value| value["diagnostics"].as_array().unwrap().clone();
    let needs_a_look = documents.iter().any(|document| {
        let findings = findings(document);
        findings.iter().any(|finding| finding["severity"] != "info") || document["papers"] == json!([])
    });
    let (status, lines) = read(&["check", "--format", "json"]);
    assert_eq!(status, Some(i32::from(needs_a_look)));
    assert_eq!(
        values(&lines).iter().map(findings).collect::<Vec<_>>(),
        documents.iter().map(findings).collect::<Vec<_>>()
    );

    let (status, text) = read(&["check"]);
    assert_eq!(status, Some(i32::from(needs_a_look)));
    for finding in documents.iter().flat_map(findings) {
        let told =
            format!("{}[{}]: {}", finding["severity"], finding["code"], finding["message"]).replace('"', "");
        assert!(text.replace('"', "").contains(&told.replace('\\', "")), "{told}");
    }
    assert!(!text.contains('\u{1b}'), "there are colours where there is no terminal");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_opened_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hemlig.txt");
    write(&path, b"Till kommunstyrelsen");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        return; // The superuser may open everything.
    }
    let output = run(folder.path(), &["extract".to_owned(), "hemlig.txt".to_owned()], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: hemlig.txt cannot be read: you have no permission to open it; ask for permission or for a copy\n"
    );
}

/// Some of the fixtures, by their path in the project: what is tested here is the command, not the reading.
fn papers() -> Vec<String> {
    let files =
        files_under(&in_project("fixtures/papers")).into_iter().map(|file| format!("fixtures/papers/{file}"));
    let papers = files.filter(|file| Path::new(file).file_stem().is_some_and(|stem| stem == "paper"));
    let papers: Vec<String> = papers.step_by(4).collect();
    assert!(papers.len() > 1);
    papers
}

fn run(folder: &Path, args: &[String], stdin: &[u8]) -> Output {
    let mut child = command(folder, args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // A command that does not read its stdin closes it; that is its right.
        scope.spawn(move || drop(pipe.write_all(stdin)));
        child.wait_with_output().unwrap()
    })
}

fn command(folder: &Path, args: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_skrivelse"));
    command.current_dir(folder).args(args).env("COLUMNS", "100");
    command
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Every file under a folder, by its path from there, sorted.
fn files_under(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for path in fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

fn in_project(path: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
