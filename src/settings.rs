//! Every limit and tolerance, in one place: name, unit, default and reason.

use std::time::Duration;

/// What a run may spend, and how near is near enough.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Longest time for one file. Real papers take milliseconds a page; a file that reaches this is made to be slow.
    /// What was read until then is kept, and each page that is cut off is reported.
    pub time_limit: Duration,
    /// Largest file, in bytes. The largest real packets are about 300 MB.
    pub max_file_bytes: u64,
    /// Most glyphs, lines and pictures on one page. The densest real page seen has 20,000.
    pub max_glyphs_per_page: usize,
    /// Deepest nesting that is followed in trees a file states: bookmarks, structure.
    pub max_nesting: u32,
    /// Most bookmarks that are read.
    pub max_bookmarks: usize,
    /// Most structure elements that are read.
    pub max_structure_elements: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            time_limit: Duration::from_secs(60),
            max_file_bytes: 1 << 30,
            max_glyphs_per_page: 400_000,
            max_nesting: 64,
            max_bookmarks: 20_000,
            max_structure_elements: 2_000_000,
        }
    }
}
