//! Which files are there?
//!
//! Everything found is accounted for: it is a file to read, or it is counted as left alone with the reason, or it is a
//! problem with its sentence. Links are not followed unless asked for, since a link inside the folders leads to what is
//! found anyway, and one that leads out of them could lead anywhere; those are counted and named.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::error::{ArchiveError, SystemError};
use super::shown::shown;

/// How many links that lead outside are named; the others are counted.
const NAMED_LINKS: usize = 5;

/// What to look for.
#[derive(Debug, Default)]
pub struct WalkOptions {
    /// Patterns of which a file must match one; none means every file.
    pub include: Vec<String>,
    /// Patterns of files and folders that are left alone.
    pub exclude: Vec<String>,
    /// Whether links are followed.
    pub follow_links: bool,
    /// Whether hidden and temporary files are taken too.
    pub hidden: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The files to read, by path and each once.
    pub files: Vec<PathBuf>,
    /// Files and folders that cannot be looked into, each with why.
    pub problems: Vec<(PathBuf, String)>,
    /// What was left alone.
    pub left_alone: LeftAlone,
    /// The folders and files the walk began with, as absolute paths.
    pub roots: Vec<PathBuf>,
}

/// How much was left alone, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct LeftAlone {
    /// Hidden files and folders: their name begins with a dot.
    pub hidden: u64,
    /// What programs leave while they work: `~$x.docx`, `x.tmp`, `Thumbs.db`.
    pub temporary: u64,
    /// Files and folders that a pattern excludes, or that no pattern includes.
    pub excluded: u64,
    /// Pipes, sockets and devices.
    pub special: u64,
    /// Links to what is found under its own name anyway.
    pub links_inside: u64,
    /// Links that lead out of the folders.
    pub links_outside: u64,
    /// Links that lead to nothing.
    pub links_broken: u64,
    /// Folders that hold an archive.
    pub archives: u64,
    /// The first links that lead outside.
    pub outside: Vec<String>,
}

/// Whether the paths are there, and the patterns can be understood: what can be told before anything is made.
pub fn check(paths: &[PathBuf], options: &WalkOptions) -> Result<(), ArchiveError> {
    paths.iter().try_for_each(|path| root(path).map(drop))?;
    patterns(&options.include).and_then(|_| patterns(&options.exclude)).map(drop)
}

/// Walk the paths. `archive` itself is left alone where the walk meets it. When `stop` says so the walk ends where it
/// is.
pub fn walk(
    paths: &[PathBuf],
    archive: &Path,
    options: &WalkOptions,
    stop: &dyn Fn() -> bool,
) -> Result<Found, ArchiveError> {
    let include = patterns(&options.include)?;
    let exclude = patterns(&options.exclude)?;
    let mut roots = Vec::new();
    for path in paths {
        let root = root(path)?;
        if root.starts_with(archive) {
            return Err(ArchiveError::Asked(format!(
                "{} lies inside the archive {}; name the folders that hold the papers",
                shown(path),
                shown(archive)
            )));
        }
        roots.push(root);
    }
    let mut walker = Walker {
        options,
        stop,
        include: (!options.include.is_empty()).then_some(include),
        exclude,
        archive: fs::metadata(archive).ok().map(|m| (m.dev(), m.ino())),
        seen_folders: BTreeSet::new(),
        found: Found { roots: roots.clone(), ..Found::default() },
    };
    for root in &roots {
        walker.walk(root);
    }
    let mut found = walker.found;
    found.files.sort_unstable_by(|a, b| a.as_os_str().as_bytes().cmp(b.as_os_str().as_bytes()));
    found.files.dedup();
    found.problems.sort();
    found.problems.dedup();
    Ok(found)
}

/// A path as the disk knows it.
fn root(path: &Path) -> Result<PathBuf, ArchiveError> {
    fs::canonicalize(path).map_err(|error| {
        ArchiveError::Asked(format!("{} cannot be read: {}; check the path", shown(path), SystemError(error)))
    })
}

struct Walker<'a> {
    options: &'a WalkOptions,
    stop: &'a dyn Fn() -> bool,
    include: Option<GlobSet>,
    exclude: GlobSet,
    archive: Option<(u64, u64)>,
    /// Folders that have been entered, so that none is entered twice, by a link or by overlapping paths.
    seen_folders: BTreeSet<(u64, u64)>,
    found: Found,
}

impl Walker<'_> {
    fn walk(&mut self, root: &Path) {
        match fs::metadata(root) {
            Ok(metadata) if metadata.is_dir() => self.walk_folder(root, &metadata),
            Ok(metadata) if metadata.is_file() => self.found.files.push(root.to_owned()),
            Ok(_) => self.found.left_alone.special += 1,
            Err(error) => self.problem(root, "it", error),
        }
    }

    fn walk_folder(&mut self, root: &Path, metadata: &Metadata) {
        let mut open = Vec::new();
        if self.enter(metadata) {
            open.push(root.to_owned());
        }
        // No recursion: folders may be nested more deeply than a stack is.
        while let Some(folder) = open.pop() {
            if (self.stop)() {
                return;
            }
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    self.problem(&folder, "the folder", error);
                    continue;
                }
            };
            for entry in entries {
                let entry = match entry {
                    Ok(entry) => entry,
                    Err(error) => {
                        self.problem(&folder, "the folder", error);
                        break;
                    }
                };
                let path = entry.path();
                if let Some(folder) = self.meet(root, &path) {
                    open.push(folder);
                }
            }
        }
    }

    /// Take note of an entry; a folder to go into is returned.
    fn meet(&mut self, root: &Path, path: &Path) -> Option<PathBuf> {
        let name = path.file_name().unwrap_or_default().as_bytes();
        if !self.options.hidden && name.starts_with(b".") {
            self.found.left_alone.hidden += 1;
            return None;
        }
        let relative = path.strip_prefix(root).unwrap_or(path);
        if self.exclude.is_match(relative) {
            self.found.left_alone.excluded += 1;
            return None;
        }
        let mut metadata = match fs::symlink_metadata(path) {
            Ok(metadata) => metadata,
            Err(error) => {
                self.problem(path, "it", error);
                return None;
            }
        };
        if metadata.is_symlink() {
            metadata = self.follow(path)?;
        }
        if metadata.is_dir() {
            if is_archive(path) {
                self.found.left_alone.archives += 1;
                return None;
            }
            return self.enter(&metadata).then(|| path.to_owned());
        }
        if !metadata.is_file() {
            self.found.left_alone.special += 1;
        } else if !self.options.hidden && is_temporary(name) {
            self.found.left_alone.temporary += 1;
        } else if self.include.as_ref().is_some_and(|include| !include.is_match(relative)) {
            self.found.left_alone.excluded += 1;
        } else {
            self.found.files.push(path.to_owned());
        }
        None
    }

    /// What a link leads to, when it is to be followed.
    fn follow(&mut self, path: &Path) -> Option<Metadata> {
        let left_alone = &mut self.found.left_alone;
        let (Ok(metadata), Ok(target)) = (fs::metadata(path), fs::canonicalize(path)) else {
            left_alone.links_broken += 1;
            return None;
        };
        if self.found.roots.iter().any(|root| target.starts_with(root)) {
            left_alone.links_inside += 1;
            return None;
        }
        if !self.options.follow_links {
            left_alone.links_outside += 1;
            if left_alone.outside.len() < NAMED_LINKS {
                left_alone.outside.push(format!("{} -> {}", shown(path), shown(&target)));
            }
            return None;
        }
        Some(metadata)
    }

    /// Whether a folder is new and no archive.
    fn enter(&mut self, metadata: &Metadata) -> bool {
        let id = (metadata.dev(), metadata.ino());
        if self.archive == Some(id) {
            self.found.left_alone.archives += 1;
            return false;
        }
        self.seen_folders.insert(id)
    }

    fn problem(&mut self, path: &Path, what: &str, error: std::io::Error) {
        self.found
            .problems
            .push((path.to_owned(), format!("{what} cannot be opened: {}", SystemError(error))));
    }
}

/// Whether a folder is an archive, this one or another: what lies in it are documents and no papers.
fn is_archive(folder: &Path) -> bool {
    folder.join("catalog.sqlite").is_file() && folder.join("documents").is_dir()
}

/// Files that programs keep while they work, and that hold no paper.
fn is_temporary(name: &[u8]) -> bool {
    let lower = name.to_ascii_lowercase();
    const ENDS: &[&[u8]] =
        &[b"~", b".tmp", b".temp", b".part", b".partial", b".crdownload", b".download", b".swp"];
    const NAMES: &[&[u8]] = &[b"thumbs.db", b"desktop.ini", b"ehthumbs.db"];
    lower.starts_with(b"~$")
        || ENDS.iter().any(|end| lower.ends_with(end))
        || NAMES.contains(&lower.as_slice())
}

/// Patterns as in a `.gitignore`: without a slash they hold in every folder. Case does not matter.
fn patterns(patterns: &[String]) -> Result<GlobSet, ArchiveError> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let trimmed = pattern.trim_end_matches('/');
        let anchored = match trimmed.strip_prefix('/') {
            Some(rest) => rest.to_owned(),
            None if trimmed.contains('/') => trimmed.to_owned(),
            None => format!("**/{trimmed}"),
        };
        let glob = GlobBuilder::new(&anchored).case_insensitive(true).literal_separator(true).build();
        set.add(glob.map_err(|error| {
            ArchiveError::Asked(format!("the pattern {pattern} cannot be understood: {}", error.kind()))
        })?);
    }
    set.build().map_err(|error| ArchiveError::Asked(format!("the patterns cannot be used together: {error}")))
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use super::*;

    fn names(found: &Found, root: &Path) -> Vec<String> {
        let root = fs::canonicalize(root).unwrap();
        found.files.iter().map(|f| shown(f.strip_prefix(&root).unwrap_or(f))).collect()
    }

    fn find(root: &Path, options: &WalkOptions) -> Found {
        walk(&[root.to_owned()], &root.join("archive"), options, &|| false).unwrap()
    }

    #[test]
    fn files_are_found_in_order_and_the_rest_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in [
            "b.pdf",
            "a.pdf",
            ".hidden",
            "~$x.docx",
            "x.tmp",
            "sub/c.PDF",
            "sub/d.txt",
            ".git/e",
            "archive/f",
            "older/catalog.sqlite",
            "older/documents/ab/ab12.json",
        ] {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
        fs::write(root.join(std::ffi::OsStr::from_bytes(b"\xF6\n'\".pdf")), "x").unwrap();
        let found = find(root, &WalkOptions::default());
        assert_eq!(names(&found, root), ["a.pdf", "b.pdf", "sub/c.PDF", "sub/d.txt", "\\xF6\\n'\".pdf"]);
        assert_eq!(
            (found.left_alone.hidden, found.left_alone.temporary, found.left_alone.archives),
            (2, 2, 2)
        );

        let only = WalkOptions {
            include: vec!["*.pdf".into()],
            exclude: vec!["sub/".into()],
            ..WalkOptions::default()
        };
        let found = find(root, &only);
        assert_eq!(names(&found, root), ["a.pdf", "b.pdf", "\\xF6\\n'\".pdf"]);
    }

    #[test]
    fn links_neither_loop_nor_lead_away_unasked() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let root = folder.path();
        fs::create_dir(root.join("sub")).unwrap();
        fs::write(root.join("sub/a.pdf"), "a").unwrap();
        fs::write(other.path().join("b.pdf"), "b").unwrap();
        symlink(root, root.join("sub/loop")).unwrap();
        symlink(other.path(), root.join("out")).unwrap();
        symlink(root, other.path().join("back")).unwrap();
        symlink("nowhere", root.join("broken")).unwrap();
        symlink("itself", root.join("itself")).unwrap();
        let found = find(root, &WalkOptions::default());
        assert_eq!(names(&found, root), ["sub/a.pdf"]);
        let left = &found.left_alone;
        assert_eq!((left.links_inside, left.links_outside, left.links_broken), (1, 1, 2));
        let found = find(root, &WalkOptions { follow_links: true, ..WalkOptions::default() });
        assert_eq!(names(&found, root), ["out/b.pdf", "sub/a.pdf"]);
    }
}
