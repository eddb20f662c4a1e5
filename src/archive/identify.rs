//! Which file is this? Its content decides: equal bytes are one file, whatever they are called.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::clock;

/// A file's SHA-256 in hexadecimal.
pub type Hash = String;

/// How much is read at a time, in bytes. Enough to keep a disk busy, small beside everything else.
pub const CHUNK: usize = 1 << 18;

/// A change this near to the moment of reading, in nanoseconds, may have the same time as an earlier one: disks keep
/// times by the tick, and some network disks by two seconds.
const TICK: i64 = 2_500_000_000;

/// What the disk says of a file without opening it. When all of it is as it was, the content is too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Size in bytes.
    pub bytes: u64,
    /// When the content was last written, in nanoseconds since 1970. Programs can set it at will.
    pub modified: i64,
    /// When content or name last changed. Programs cannot set it.
    pub changed: i64,
    /// The file's number on its disk.
    pub inode: u64,
}

/// A stamp and when it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// What the disk said.
    pub stamp: Stamp,
    /// When, in nanoseconds since 1970.
    pub looked_at: i64,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        let nanos = |seconds: i64, nanos: i64| seconds.saturating_mul(1_000_000_000).saturating_add(nanos);
        Self {
            bytes: metadata.size(),
            modified: nanos(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanos(metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
        }
    }
}

impl Sighting {
    /// Look at a file now.
    pub fn now(path: &Path) -> io::Result<Self> {
        let looked_at = clock::now();
        let metadata = std::fs::metadata(path)?;
        if !metadata.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no longer a file"));
        }
        Ok(Self { stamp: Stamp::of(&metadata), looked_at })
    }

    /// Whether the file still is what it was at this earlier sighting. A file that had only just changed then may
    /// have changed again within the same tick, so that is not believed.
    #[must_use]
    pub fn still_holds(&self, now: &Stamp) -> bool {
        let settled = |time: i64| time < self.looked_at - TICK;
        self.stamp == *now && settled(now.modified) && settled(now.changed)
    }
}

/// Open a file for reading. What has become a pipe or a device since it was found is not waited for.
pub fn open(path: &Path) -> io::Result<File> {
    let flags = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or_default();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no longer a file"));
    }
    Ok(file)
}

/// The content's hash, and how many bytes it has.
pub fn hash(path: &Path) -> io::Result<(Hash, u64)> {
    let mut file = open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; CHUNK];
    let mut bytes = 0;
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok((format!("{:x}", hasher.finalize()), bytes)),
            Ok(read) => {
                hasher.update(&buffer[..read]);
                bytes += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_file_is_not_believed_and_a_settled_one_is() {
        let stamp = Stamp { bytes: 3, modified: 0, changed: 10_000_000_000, inode: 7 };
        assert!(!Sighting { stamp, looked_at: 11_000_000_000 }.still_holds(&stamp));
        assert!(Sighting { stamp, looked_at: 20_000_000_000 }.still_holds(&stamp));
        let touched = Stamp { changed: 12_000_000_000, ..stamp };
        assert!(!Sighting { stamp, looked_at: 20_000_000_000 }.still_holds(&touched));
    }

    #[test]
    fn equal_bytes_have_equal_hashes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "abc").unwrap();
        let (found, bytes) = hash(&path).unwrap();
        assert_eq!(
            (found.as_str(), bytes),
            ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3)
        );
        assert!(hash(folder.path()).is_err());
    }
}
