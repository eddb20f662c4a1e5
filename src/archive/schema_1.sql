-- Files as they lie in the folders. A path is bytes. A row without a hash is a file that could not be opened.
CREATE TABLE files (
    path BLOB PRIMARY KEY,
    hash TEXT,
    problem TEXT,
    bytes INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    looked_at INTEGER NOT NULL,
    missing INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX files_by_hash ON files (hash);

-- Contents that have been read, or that could not be. Deleting a file deletes nothing here.
CREATE TABLE documents (
    hash TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('done', 'failed')),
    reason TEXT,
    message TEXT,
    attempts INTEGER NOT NULL,
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    media_type TEXT,
    text_layer TEXT,
    pages INTEGER,
    pages_without_text INTEGER NOT NULL DEFAULT 0,
    document_bytes INTEGER,
    document_sha256 TEXT,
    tool_version TEXT NOT NULL,
    ocr INTEGER NOT NULL,
    read_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE papers (
    hash TEXT NOT NULL REFERENCES documents (hash) ON DELETE CASCADE,
    paper INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT,
    committee TEXT,
    municipality TEXT,
    date TEXT,
    meeting_date TEXT,
    page INTEGER,
    PRIMARY KEY (hash, paper)
) WITHOUT ROWID;

CREATE TABLE diarienummer (
    hash TEXT NOT NULL REFERENCES documents (hash) ON DELETE CASCADE,
    paper INTEGER NOT NULL,
    key TEXT NOT NULL,
    raw TEXT NOT NULL,
    registry TEXT,
    year INTEGER,
    serial INTEGER,
    PRIMARY KEY (hash, paper, key)
) WITHOUT ROWID;
CREATE INDEX diarienummer_by_key ON diarienummer (key);

CREATE TABLE statuses (
    hash TEXT NOT NULL REFERENCES documents (hash) ON DELETE CASCADE,
    paper INTEGER NOT NULL,
    status TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (hash, paper, status)
) WITHOUT ROWID;

CREATE TABLE findings (
    hash TEXT NOT NULL REFERENCES documents (hash) ON DELETE CASCADE,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (hash, code, severity)
) WITHOUT ROWID;

CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL REFERENCES documents (hash) ON DELETE CASCADE,
    paper INTEGER NOT NULL,
    page INTEGER,
    text TEXT NOT NULL
);
CREATE INDEX passages_by_hash ON passages (hash);

-- å ä ö are letters of their own, so no diacritics are removed; case is folded, also of Å Ä Ö.
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = 'passages', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 0"
);
CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
    INSERT INTO words (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
    INSERT INTO words (words, rowid, text) VALUES ('delete', old.id, old.text);
END;
