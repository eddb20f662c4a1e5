//! What the tests share: folders, runs, and what an archive holds.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rusqlite::Connection;
use rusqlite::types::Value;
use tempfile::TempDir;

/// A folder of papers with an archive beside it.
pub(crate) struct Bench {
    pub(crate) folder: TempDir,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("papers")).unwrap();
        Self { folder }
    }

    pub(crate) fn papers(&self) -> PathBuf {
        self.folder.path().join("papers")
    }

    pub(crate) fn archive(&self) -> PathBuf {
        self.folder.path().join("archive")
    }

    pub(crate) fn add(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.papers().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// The command that ingests the papers.
    pub(crate) fn ingest(&self) -> Command {
        self.ingest_into(&self.archive())
    }

    pub(crate) fn ingest_into(&self, archive: &Path) -> Command {
        let mut command = skrivelse();
        command.arg("ingest").arg(self.papers()).arg("--into").arg(archive);
        command.args(["--ocr", "off", "--progress", "none", "--format", "json"]);
        command
    }
}

pub(crate) fn skrivelse() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_skrivelse"));
    command.env("SKRIVELSE_FAULTS", "1");
    command
}

/// A text that is no other's.
pub(crate) fn paper(number: usize) -> String {
    format!(
        "Tjänsteskrivelse {number}\n\nFörslag till beslut\n\natt lägga informationen till handlingarna.\n"
    )
}

/// A PDF with this many pages, each with a line of text of its own.
pub(crate) fn pdf(pages: usize, text: &str) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        String::new(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut kids = String::new();
    for page in 1..=pages {
        let content = format!("BT /F1 12 Tf 72 700 Td ({text} {page}) Tj ET");
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>",
            objects.len() + 2
        ));
        kids += &format!("{} 0 R ", objects.len());
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
    }
    objects[1] = format!("<</Type/Pages/Count {pages}/Kids[{kids}]>>");
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let xref = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(
        format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n", objects.len() + 1).bytes(),
    );
    file
}

/// How a run ended: its exit code, its summary, what it said.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) summary: serde_json::Value,
    pub(crate) said: String,
}

impl Ended {
    pub(crate) fn tally(&self, name: &str) -> u64 {
        self.summary["tally"][name].as_u64().unwrap_or_else(|| panic!("no {name} in {self:?}"))
    }
}

pub(crate) fn run(command: &mut Command) -> Ended {
    let Output { status, stdout, stderr } = command.output().unwrap();
    Ended {
        code: status.code().unwrap_or(-1),
        summary: serde_json::from_slice(&stdout).unwrap_or_default(),
        said: String::from_utf8_lossy(&stderr).into_owned(),
    }
}

/// Everything that an archive holds, times aside.
pub(crate) fn contents(archive: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![archive.join("documents"), archive.join("tmp")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(archive).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let db = Connection::open(archive.join("catalog.sqlite")).unwrap();
    let check: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    db.execute("INSERT INTO words (words) VALUES ('integrity-check')", []).unwrap();
    let tables = [
        "SELECT path, hash, problem, bytes, missing FROM files ORDER BY path",
        "SELECT hash, state, reason, message, attempts, name, bytes, media_type, text_layer, pages, pages_without_text, \
         document_bytes, document_sha256, tool_version, ocr FROM documents ORDER BY hash",
        "SELECT * FROM papers ORDER BY hash, paper",
        "SELECT * FROM diarienummer ORDER BY hash, paper, key",
        "SELECT * FROM statuses ORDER BY hash, paper, status",
        "SELECT * FROM findings ORDER BY hash, code, severity",
        "SELECT hash, paper, page, text FROM passages ORDER BY hash, paper, page, text",
    ];
    for sql in tables {
        let mut statement = db.prepare(sql).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        let mut text = String::new();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                text += &format!("{:?}\t", row.get::<_, Value>(column).unwrap());
            }
            text.push('\n');
        }
        found.insert(sql.to_owned(), text.into_bytes());
    }
    found
}

/// Compare two archives and say where they differ.
pub(crate) fn assert_same(left: &Path, right: &Path) {
    let (left, right) = (contents(left), contents(right));
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (name, content) in &left {
        assert!(
            right[name] == *content,
            "{name} differs:\n{}\n{}",
            String::from_utf8_lossy(content),
            String::from_utf8_lossy(&right[name])
        );
    }
}

/// The workers of an ingest that still live.
pub(crate) fn workers_of(process: u32) -> Vec<String> {
    let wanted = format!("--parent\0{process}");
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        let state = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let dead = state.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('Z'));
        if line.trim_end_matches('\0').ends_with(&wanted) && !dead {
            found.push(line);
        }
    }
    found
}
