//! The catalogue: one SQLite file that remembers every file seen and every content read.
//!
//! Only one process writes (the lock file sees to that), any number may read meanwhile. What is committed is durable:
//! the journal is synchronised with each commit. The file carries a schema version; an older one is brought up to date,
//! a newer one is refused untouched.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Row, Transaction, params};

use super::entry::{Entry, diarienummer_key};
use super::error::ArchiveError;
use super::identify::{Hash, Sighting, Stamp};
use super::reason::Reason;
use super::renewal::is_outdated;

/// Says in the file that it is a catalogue of this program: "skri" as a number.
const APPLICATION_ID: i64 = 0x736b_7269;

/// How each schema version comes from the one before. Never edited once released, only added to.
const MIGRATIONS: &[&str] = &[include_str!("schema_1.sql"), include_str!("schema_2.sql")];

/// The newest schema version this program knows.
pub const VERSION: i64 = MIGRATIONS.len() as i64;

/// How long a reader waits for the short moments in which the writer locks it out.
const PATIENCE: Duration = Duration::from_secs(10);

/// The version that reads now; stored with each document.
pub const TOOL_VERSION: &str = env!("CARGO_PKG_VERSION");

/// An open catalogue.
pub struct Catalog {
    archive: PathBuf,
    pub(super) db: Connection,
}

/// What the catalogue knows of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFile {
    /// The content at the last sighting; `None` when it could not be read then.
    pub hash: Option<Hash>,
    /// The last sighting.
    pub sighting: Sighting,
    /// Whether it was gone at the last look.
    pub missing: bool,
}

/// What the catalogue knows of a content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDocument {
    /// Whether there is a document.
    pub done: bool,
    /// Why not.
    pub reason: Option<Reason>,
    /// The version that read it.
    pub tool_version: String,
    /// `application/pdf` and the like.
    pub media_type: Option<String>,
    /// `native`, `ocr`, `mixed` or `none`.
    pub text_layer: Option<String>,
    /// Whether character recognition was on and worked.
    pub ocr: bool,
    /// Pages that gave no text.
    pub pages_without_text: u32,
}

/// Where a document and its files lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDocument {
    /// The document.
    pub path: PathBuf,
    /// The files with its content.
    pub files: Vec<PathBuf>,
}

/// One thing to write down.
#[derive(Debug)]
pub enum Change {
    /// A file was seen with this content.
    Seen {
        /// Where.
        path: PathBuf,
        /// Its content.
        hash: Hash,
        /// What the disk said.
        sighting: Sighting,
    },
    /// A file or folder could not be opened.
    Problem {
        /// Where.
        path: PathBuf,
        /// Why.
        problem: String,
    },
    /// A file is no longer there.
    Missing {
        /// Where it was.
        path: PathBuf,
    },
    /// A document is durable.
    Done {
        /// What is kept of it.
        entry: Box<Entry>,
        /// Its size and SHA-256 as written.
        written: (u64, Hash),
        /// How often it was tried.
        attempts: u32,
        /// Whether character recognition was on and worked.
        ocr: bool,
    },
    /// A content could not be read.
    Failed {
        /// The content.
        hash: Hash,
        /// The name it was read under.
        name: String,
        /// Its size.
        bytes: u64,
        /// Why.
        reason: Reason,
        /// Why, as a sentence that goes on from the file's name.
        message: String,
        /// How often it was tried.
        attempts: u32,
        /// Whether character recognition was on and worked.
        ocr: bool,
    },
}

impl Catalog {
    /// Open an archive's catalogue for writing, made when it is missing and brought up to date when it is old. The
    /// caller holds the writer's lock.
    pub fn open(archive: &Path) -> Result<Self, ArchiveError> {
        let path = archive.join("catalog.sqlite");
        let fail = |error| ArchiveError::Catalog { archive: archive.to_owned(), error };
        // A catalogue that may not be touched is looked at before anything is changed in it, the journal included.
        if path.exists() {
            check_version(archive, &Self::connect_readonly(archive)?)?;
        }
        let mut db = Connection::open(&path).map_err(fail)?;
        db.busy_timeout(PATIENCE).map_err(fail)?;
        let prepare = |db: &mut Connection| {
            // Zero until the first migration: which is part of the same transaction as the application's number.
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.pragma_update(None, "synchronous", "FULL")?;
            db.pragma_update(None, "foreign_keys", true)?;
            // The journal is folded in before it grows large.
            db.pragma_update(None, "wal_autocheckpoint", 1000)?;
            let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let version = usize::try_from(user_version(&transaction)?).unwrap_or(0);
            if version < MIGRATIONS.len() {
                for migration in &MIGRATIONS[version..] {
                    transaction.execute_batch(migration)?;
                }
                transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
                transaction.pragma_update(None, "user_version", VERSION)?;
            }
            transaction.commit()
        };
        prepare(&mut db).map_err(fail)?;
        Ok(Self { archive: archive.to_owned(), db })
    }

    /// Open an archive's catalogue for reading; nothing is changed, and the archive may be read-only.
    pub fn open_readonly(archive: &Path) -> Result<Self, ArchiveError> {
        let db = Self::connect_readonly(archive)?;
        check_version(archive, &db)?;
        Ok(Self { archive: archive.to_owned(), db })
    }

    fn connect_readonly(archive: &Path) -> Result<Connection, ArchiveError> {
        let path = archive.join("catalog.sqlite");
        if !path.exists() {
            return Err(ArchiveError::NoArchive(archive.to_owned()));
        }
        let connect = |uri: &str| {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
                | OpenFlags::SQLITE_OPEN_URI
                | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let db = Connection::open_with_flags(uri, flags)?;
            db.busy_timeout(PATIENCE)?;
            user_version(&db)?;
            Ok(db)
        };
        let uri = file_uri(&path);
        connect(&uri)
            .or_else(|error: rusqlite::Error| match error.sqlite_error_code() {
                // On a read-only disk the journal's index cannot be made; nobody else writes there either.
                Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                    connect(&format!("{uri}?immutable=1"))
                }
                _ => Err(error),
            })
            .map_err(|error| match error.sqlite_error_code() {
                Some(ErrorCode::NotADatabase) => ArchiveError::Foreign(path),
                _ => ArchiveError::Catalog { archive: archive.to_owned(), error },
            })
    }

    /// The archive's folder.
    #[must_use]
    pub fn archive(&self) -> &Path {
        &self.archive
    }

    /// Name the archive in an error of the catalogue's.
    pub(super) fn explain(&self, error: rusqlite::Error) -> ArchiveError {
        ArchiveError::Catalog { archive: self.archive.clone(), error }
    }

    /// What is known of a file.
    pub fn file(&self, path: &Path) -> Result<Option<KnownFile>, ArchiveError> {
        let find = || {
            self.db
                .prepare_cached("SELECT hash, bytes, modified, changed, inode, looked_at, missing FROM files WHERE path = ?1")?
                .query_row([path.as_os_str().as_bytes()], |row| {
                    Ok(KnownFile {
                        hash: row.get(0)?,
                        sighting: Sighting {
                            stamp: Stamp {
                                bytes: unsigned(row.get(1)?),
                                modified: row.get(2)?,
                                changed: row.get(3)?,
                                inode: unsigned(row.get(4)?),
                            },
                            looked_at: row.get(5)?,
                        },
                        missing: row.get(6)?,
                    })
                })
                .optional()
        };
        find().map_err(|error| self.explain(error))
    }

    /// What is known of a content.
    pub fn document(&self, hash: &str) -> Result<Option<KnownDocument>, ArchiveError> {
        let sql = format!("SELECT {KNOWN_DOCUMENT} FROM documents WHERE hash = ?1");
        let find = || self.db.prepare_cached(&sql)?.query_row([hash], known_document).optional();
        find().map_err(|error| self.explain(error))
    }

    /// How many contents an older version has read, or failed to read, and this one could read better.
    pub(super) fn outdated(&self) -> rusqlite::Result<u64> {
        let sql = format!("SELECT {KNOWN_DOCUMENT}, count(*) FROM documents GROUP BY 1, 2, 3, 4, 5, 6, 7");
        let mut statement = self.db.prepare(&sql)?;
        let groups =
            statement.query_map([], |row| Ok((known_document(row)?, unsigned(row.get(KNOWN_COLUMNS)?))))?;
        let mut sum = 0;
        for group in groups {
            let (known, count) = group?;
            sum += if is_outdated(&known) { count } else { 0 };
        }
        Ok(sum)
    }

    /// What is known in and under a folder, or of the file itself, and was there at the last look; with each whether
    /// its content is known.
    pub fn files_under(&self, root: &Path) -> Result<Vec<(PathBuf, bool)>, ArchiveError> {
        let root = root.as_os_str().as_bytes();
        let bare = root.strip_suffix(b"/").unwrap_or(root);
        // All that begins with "root/" lies between it and "root0": the character after the slash is the zero.
        let (inside, after) = ([bare, b"/"].concat(), [bare, b"0"].concat());
        let find = || {
            self.db
                .prepare_cached(
                    "SELECT path, hash IS NOT NULL FROM files
                     WHERE NOT missing AND (path = ?1 OR (path >= ?2 AND path < ?3)) ORDER BY path",
                )?
                .query_map(params![root, inside, after], |row| Ok((path_of(row.get(0)?), row.get(1)?)))?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        find().map_err(|error: rusqlite::Error| self.explain(error))
    }

    /// The files without a document for this reason, or for any: what a retry takes up again.
    pub fn failed_files(&self, reason: Option<Reason>) -> Result<Vec<PathBuf>, ArchiveError> {
        let find = || {
            self.db
                .prepare(
                    "SELECT f.path FROM files f LEFT JOIN documents d ON d.hash = f.hash
                     WHERE NOT f.missing AND CASE WHEN f.problem IS NOT NULL THEN ?1 IS NULL OR ?1 = 'unreadable'
                     ELSE d.state IS NOT 'done' AND (?1 IS NULL OR d.reason = ?1) END ORDER BY f.path",
                )?
                .query_map([reason.map(Reason::as_str)], |row| Ok(path_of(row.get(0)?)))?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        find().map_err(|error: rusqlite::Error| self.explain(error))
    }

    /// The document with this id, or with the only one that begins so.
    pub fn get(&self, id: &str) -> Result<StoredDocument, ArchiveError> {
        let id = id.to_lowercase();
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(ArchiveError::Asked(format!("{id} is no id; `skrivelse find` gives them")));
        }
        let find = || {
            let found = self
                .db
                .prepare("SELECT hash, state = 'done', name, message FROM documents WHERE hash >= ?1 AND hash < ?1 || 'g' LIMIT 2")?
                .query_map([&id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
                .collect::<rusqlite::Result<Vec<(Hash, bool, String, Option<String>)>>>()?;
            let files = match found.first() {
                Some((hash, ..)) => self
                    .db
                    .prepare("SELECT path FROM files WHERE hash = ?1 AND NOT missing ORDER BY path")?
                    .query_map([hash], |row| Ok(path_of(row.get(0)?)))?
                    .collect::<rusqlite::Result<Vec<_>>>()?,
                None => Vec::new(),
            };
            Ok((found, files))
        };
        let (found, files) = find().map_err(|error: rusqlite::Error| self.explain(error))?;
        match found.as_slice() {
            [] => Err(ArchiveError::Asked(format!(
                "the archive holds no document {id}; `skrivelse find` gives ids"
            ))),
            [(hash, true, ..)] => {
                Ok(StoredDocument { path: super::store::document_path(&self.archive, hash), files })
            }
            [(_, false, name, message)] => Err(ArchiveError::Asked(format!(
                "{name} has no document: {}",
                message.as_deref().unwrap_or("it could not be read")
            ))),
            _ => Err(ArchiveError::Asked(format!("several documents begin with {id}; give more of it"))),
        }
    }

    /// Write changes down, all or none; they are durable when this returns.
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), ArchiveError> {
        let mut write = || {
            let transaction = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            for change in changes {
                apply(&transaction, change)?;
            }
            transaction.commit()
        };
        write().map_err(|error| self.explain(error))
    }
}

/// The columns that [`known_document`] takes.
const KNOWN_DOCUMENT: &str =
    "state = 'done', reason, tool_version, media_type, text_layer, ocr, pages_without_text";

/// How many they are.
const KNOWN_COLUMNS: usize = 7;

fn known_document(row: &Row<'_>) -> rusqlite::Result<KnownDocument> {
    Ok(KnownDocument {
        done: row.get(0)?,
        reason: row.get::<_, Option<String>>(1)?.and_then(|r| Reason::parse(&r)),
        tool_version: row.get(2)?,
        media_type: row.get(3)?,
        text_layer: row.get(4)?,
        ocr: row.get(5)?,
        pages_without_text: row.get(6)?,
    })
}

fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(OsString::from_vec(bytes))
}

fn apply(db: &Transaction<'_>, change: &Change) -> rusqlite::Result<()> {
    match change {
        Change::Seen { path, hash, sighting } => {
            let stamp = &sighting.stamp;
            db.prepare_cached(
                "INSERT INTO files (path, hash, bytes, modified, changed, inode, looked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (path) DO UPDATE SET hash = ?2, problem = NULL, bytes = ?3, modified = ?4, changed = ?5, inode = ?6, looked_at = ?7, missing = 0",
            )?
            .execute(params![
                path.as_os_str().as_bytes(),
                hash,
                signed(stamp.bytes),
                stamp.modified,
                stamp.changed,
                signed(stamp.inode),
                sighting.looked_at
            ])?;
        }
        Change::Problem { path, problem } => {
            db.prepare_cached(
                "INSERT INTO files (path, problem, bytes, modified, changed, inode, looked_at) VALUES (?1, ?2, 0, 0, 0, 0, 0)
                 ON CONFLICT (path) DO UPDATE SET problem = ?2, looked_at = 0, missing = 0
                 WHERE problem IS NOT ?2 OR looked_at <> 0 OR missing",
            )?
            .execute(params![path.as_os_str().as_bytes(), problem])?;
        }
        Change::Missing { path } => {
            db.prepare_cached("UPDATE files SET missing = 1, problem = NULL WHERE path = ?1")?
                .execute([path.as_os_str().as_bytes()])?;
        }
        Change::Done { entry, written, attempts, ocr } => {
            forget(db, &entry.hash)?;
            db.prepare_cached(
                "INSERT INTO documents (hash, state, attempts, name, bytes, media_type, text_layer, pages, pages_without_text,
                 document_bytes, document_sha256, tool_version, ocr, read_at)
                 VALUES (?1, 'done', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(params![
                entry.hash,
                attempts,
                entry.name,
                signed(entry.bytes),
                entry.media_type,
                entry.text_layer,
                entry.pages,
                entry.pages_without_text,
                signed(written.0),
                written.1,
                TOOL_VERSION,
                ocr,
                super::clock::now()
            ])?;
            add_entry(db, entry)?;
        }
        Change::Failed { hash, name, bytes, reason, message, attempts, ocr } => {
            forget(db, hash)?;
            db.prepare_cached(
                "INSERT INTO documents (hash, state, reason, message, attempts, name, bytes, tool_version, ocr, read_at)
                 VALUES (?1, 'failed', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                hash,
                reason.as_str(),
                message,
                attempts,
                name,
                signed(*bytes),
                TOOL_VERSION,
                ocr,
                super::clock::now()
            ])?;
        }
    }
    Ok(())
}

fn forget(db: &Transaction<'_>, hash: &str) -> rusqlite::Result<()> {
    // The passages go by themselves first: a cascade fires no trigger, and the word index needs one.
    db.prepare_cached("DELETE FROM passages WHERE hash = ?1")?.execute([hash])?;
    db.prepare_cached("DELETE FROM documents WHERE hash = ?1")?.execute([hash])?;
    Ok(())
}

fn add_entry(db: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<()> {
    let hash = &entry.hash;
    for (number, paper) in (1_u32..).zip(&entry.papers) {
        db.prepare_cached(
            "INSERT INTO papers (hash, paper, kind, title, committee, municipality, date, meeting_date, page)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            hash,
            number,
            paper.kind,
            paper.title,
            paper.committee,
            paper.municipality,
            paper.date,
            paper.meeting_date,
            paper.page
        ])?;
        for value in &paper.diarienummer {
            db.prepare_cached(
                "INSERT OR IGNORE INTO diarienummer (hash, paper, key, raw, registry, year, serial) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                hash,
                number,
                diarienummer_key(&value.raw),
                value.raw,
                value.registry,
                value.year,
                value.serial.map(signed)
            ])?;
        }
        for (status, count) in &paper.statuses {
            db.prepare_cached("INSERT INTO statuses (hash, paper, status, count) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![hash, number, status, signed(*count)])?;
        }
    }
    for (code, severity, count) in &entry.findings {
        db.prepare_cached("INSERT INTO findings (hash, code, severity, count) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![hash, code, severity, signed(*count)])?;
    }
    for passage in &entry.passages {
        db.prepare_cached("INSERT INTO passages (hash, paper, page, text) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![hash, passage.paper, passage.page, passage.text])?;
    }
    Ok(())
}

fn user_version(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn check_version(archive: &Path, db: &Connection) -> Result<(), ArchiveError> {
    let fail = |error| ArchiveError::Catalog { archive: archive.to_owned(), error };
    let version = user_version(db).map_err(fail)?;
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(fail)?;
    let tables: i64 =
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(fail)?;
    // A run that was stopped before its first commit leaves an empty file.
    if application != APPLICATION_ID && !(application == 0 && version == 0 && tables == 0) {
        return Err(ArchiveError::Foreign(archive.join("catalog.sqlite")));
    }
    if version > VERSION {
        return Err(ArchiveError::Newer { archive: archive.to_owned(), found: version, known: VERSION });
    }
    Ok(())
}

/// A path as SQLite's URI, with everything odd in it escaped.
fn file_uri(path: &Path) -> String {
    use std::fmt::Write;
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// SQLite's integers are signed; a size or an inode keeps its bits.
fn signed(value: u64) -> i64 {
    value.cast_signed()
}

fn unsigned(value: i64) -> u64 {
    value.cast_unsigned()
}
