//! How an archive stands, and how a run went, in plain words.

use std::fmt::{self, Display, Formatter};
use std::io;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::catalog::Catalog;
use super::clock;
use super::error::ArchiveError;
use super::ingest::Summary;
use super::shown::shown_bytes;
use super::store::document_path;

/// How an archive stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The archive's folder.
    pub archive: String,
    /// Files known, those that are gone left out.
    pub files: u64,
    /// Files whose content has a document.
    pub files_with_document: u64,
    /// Files that are gone from their folders; their documents are kept.
    pub files_missing: u64,
    /// Files that are known and have not been read yet: a run was stopped.
    pub files_waiting: u64,
    /// Files and folders that could not be opened.
    pub files_unreadable: u64,
    /// Documents: one for each content.
    pub documents: u64,
    /// Papers in them.
    pub papers: u64,
    /// Pages in them; a text without pages counts as one.
    pub pages: u64,
    /// Pages that gave no text.
    pub pages_without_text: u64,
    /// Contents that an older version of the program has read or failed to read, and this one could read better.
    pub documents_of_older_versions: u64,
    /// When the newest document was read.
    pub last_read: Option<String>,
    /// Contents without a document, by reason.
    pub failures: Vec<Count>,
    /// Findings, by code.
    pub findings: Vec<Count>,
}

/// How many there are of something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Of what.
    pub name: String,
    /// How many.
    pub count: u64,
}

/// A file without a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FailedFile {
    /// Where it lies, on one line.
    pub path: String,
    /// Its content, where it could be read.
    pub hash: Option<String>,
    /// Why.
    pub reason: String,
    /// Why, as a sentence.
    pub message: String,
}

/// A document that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The document's content hash.
    pub hash: String,
    /// The file it was read from, or the first of them.
    pub file: String,
    /// What is wrong with it.
    pub fault: String,
}

impl Status {
    /// Count what the catalogue holds.
    pub fn of(catalog: &Catalog) -> Result<Self, ArchiveError> {
        let count = || -> rusqlite::Result<Self> {
            let db = &catalog.db;
            let one = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::cast_unsigned);
            let many = |sql: &str| -> rusqlite::Result<Vec<Count>> {
                db.prepare(sql)?
                    .query_map([], |row| {
                        Ok(Count { name: row.get(0)?, count: row.get::<_, i64>(1)?.cast_unsigned() })
                    })?
                    .collect()
            };
            let last: Option<i64> =
                db.query_row("SELECT max(read_at) FROM documents", [], |row| row.get(0))?;
            Ok(Self {
                archive: super::shown::shown(catalog.archive()),
                files: one("SELECT count(*) FROM files WHERE NOT missing AND hash IS NOT NULL")?,
                files_with_document: one(
                    "SELECT count(*) FROM files f JOIN documents d ON d.hash = f.hash WHERE NOT f.missing AND d.state = 'done'",
                )?,
                files_missing: one("SELECT count(*) FROM files WHERE missing AND hash IS NOT NULL")?,
                files_waiting: one("SELECT count(*) FROM files f LEFT JOIN documents d ON d.hash = f.hash
                     WHERE NOT f.missing AND f.problem IS NULL AND f.hash IS NOT NULL AND d.hash IS NULL")?,
                files_unreadable: one("SELECT count(*) FROM files WHERE problem IS NOT NULL")?,
                documents: one("SELECT count(*) FROM documents WHERE state = 'done'")?,
                papers: one("SELECT count(*) FROM papers")?,
                pages: one(
                    "SELECT coalesce(sum(coalesce(pages, 1)), 0) FROM documents WHERE state = 'done'",
                )?,
                pages_without_text: one("SELECT coalesce(sum(pages_without_text), 0) FROM documents")?,
                documents_of_older_versions: catalog.outdated()?,
                last_read: last.map(clock::iso),
                failures: many(
                    "SELECT reason, count(*) FROM documents WHERE state = 'failed' GROUP BY reason ORDER BY 2 DESC, 1",
                )?,
                findings: many("SELECT code, sum(count) FROM findings GROUP BY code ORDER BY 2 DESC, 1")?,
            })
        };
        count().map_err(|error| catalog.explain(error))
    }
}

/// Every file without a document, by path.
pub fn failed_files(catalog: &Catalog) -> Result<Vec<FailedFile>, ArchiveError> {
    let find = || {
        catalog
            .db
            .prepare(
                "SELECT f.path, f.hash, coalesce(CASE WHEN f.problem IS NOT NULL THEN 'unreadable' END, d.reason),
                 coalesce(f.problem, d.message) FROM files f LEFT JOIN documents d ON d.hash = f.hash
                 WHERE NOT f.missing AND (f.problem IS NOT NULL OR d.state = 'failed') ORDER BY f.path",
            )?
            .query_map([], |row| {
                Ok(FailedFile {
                    path: shown_bytes(&row.get::<_, Vec<u8>>(0)?),
                    hash: row.get(1)?,
                    reason: row.get(2)?,
                    message: row.get(3)?,
                })
            })?
            .collect::<rusqlite::Result<Vec<_>>>()
    };
    find().map_err(|error: rusqlite::Error| catalog.explain(error))
}

/// Read every document and compare it with what was written.
pub fn check(catalog: &Catalog) -> Result<Vec<Fault>, ArchiveError> {
    let find = || {
        let mut faults = Vec::new();
        let mut statement = catalog
            .db
            .prepare(
                "SELECT hash, document_sha256,
                 coalesce((SELECT f.path FROM files f WHERE f.hash = d.hash ORDER BY f.missing, f.path LIMIT 1), CAST(name AS BLOB))
                 FROM documents d WHERE state = 'done' ORDER BY hash",
            )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (hash, expected): (String, Option<String>) = (row.get(0)?, row.get(1)?);
            let fault = match std::fs::read(document_path(catalog.archive(), &hash)) {
                Ok(bytes) if Some(format!("{:x}", Sha256::digest(&bytes))) == expected => continue,
                Ok(_) => "it is not as it was written; delete it and ingest its folder again".to_owned(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    "it is missing; ingest its folder again".to_owned()
                }
                Err(error) => format!("it cannot be read: {}", super::error::SystemError(error)),
            };
            let file = shown_bytes(&row.get::<_, Vec<u8>>(2)?);
            faults.push(Fault { hash, file, fault });
        }
        Ok(faults)
    };
    find().map_err(|error: rusqlite::Error| catalog.explain(error))
}

impl Display for Status {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "Archive {}", self.archive)?;
        line(f, self.files, "files known")?;
        line(f, self.files_with_document, "of them have a document")?;
        some(f, self.files_waiting, "wait to be read: run the ingest again")?;
        some(f, self.files_unreadable, "files or folders could not be opened: see `status --failed`")?;
        some(f, self.files_missing, "files are gone from their folders; their documents are kept")?;
        line(f, self.documents, "documents, one for each content")?;
        line(f, self.papers, "papers in them")?;
        line(f, self.pages, "pages in them")?;
        some(
            f,
            self.pages_without_text,
            "pages without text: `ingest --refresh` with Tesseract reads those it was not there for",
        )?;
        some(
            f,
            self.documents_of_older_versions,
            "read by an older version: `ingest --refresh` reads them better",
        )?;
        if let Some(last) = &self.last_read {
            writeln!(f, "Last read {last}")?;
        }
        list(f, "Could not be read, by reason:", &self.failures)?;
        list(f, "Findings, by code:", &self.findings)
    }
}

/// How a run went, for people.
impl Display for Summary {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let tally = &self.tally;
        if self.interrupted {
            writeln!(f, "Stopped. What is done is kept; run the same command again to go on.")?;
        }
        line(f, tally.files, "files found")?;
        line(f, tally.done, "read into documents")?;
        some(f, tally.unchanged, "unchanged")?;
        some(f, tally.duplicates, "the same content as another file")?;
        some(f, tally.failed, "could not be read")?;
        some(
            f,
            tally.failed_before,
            "could not be read before and have not changed: `skrivelse retry` tries again",
        )?;
        some(f, self.missing, "gone since last time; their documents are kept")?;
        some(f, tally.files.saturating_sub(tally.settled()), "not looked at")?;
        line(f, tally.pages, "pages read")?;
        some(f, tally.pages_without_text, "pages without text")?;
        some(
            f,
            self.recognition_failed,
            "files on whose pages Tesseract failed: their documents say how, `--refresh` tries again",
        )?;
        let failures: Vec<Count> = self
            .failures
            .iter()
            .map(|(name, count)| Count { name: name.to_string(), count: *count })
            .collect();
        list(f, "Could not be read, by reason:", &failures)?;
        let mut findings: Vec<Count> =
            self.findings.iter().map(|(name, count)| Count { name: name.clone(), count: *count }).collect();
        findings.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        list(f, "Findings, by code:", &findings)?;
        let left = &self.left_alone;
        let kinds = [
            (left.hidden, "hidden"),
            (left.temporary, "temporary"),
            (left.excluded, "excluded"),
            (left.special, "pipes and devices"),
            (left.links_inside, "links to files found anyway"),
            (left.links_outside, "links that lead outside"),
            (left.links_broken, "broken links"),
            (left.archives, "archives"),
        ];
        let kinds: Vec<Count> = kinds
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, name)| Count { name: (*name).to_owned(), count: *count })
            .collect();
        list(f, "Left alone:", &kinds)?;
        for link in &left.outside {
            writeln!(f, "  {link}")?;
        }
        if left.links_outside > 0 {
            writeln!(f, "Links that lead outside are followed with --follow-links.")?;
        }
        let seconds = self.elapsed.as_secs_f64();
        #[allow(clippy::cast_precision_loss)] // for show
        let rate = tally.pages as f64 / seconds.max(0.001);
        writeln!(f, "{seconds:.1} s, {rate:.0} pages a second")
    }
}

fn line(f: &mut Formatter<'_>, count: u64, what: &str) -> fmt::Result {
    writeln!(f, "{count:>8}  {what}")
}

fn some(f: &mut Formatter<'_>, count: u64, what: &str) -> fmt::Result {
    if count > 0 { line(f, count, what) } else { Ok(()) }
}

fn list(f: &mut Formatter<'_>, title: &str, counts: &[Count]) -> fmt::Result {
    if counts.is_empty() {
        return Ok(());
    }
    writeln!(f, "{title}")?;
    for Count { name, count } in counts {
        line(f, *count, name)?;
    }
    Ok(())
}
