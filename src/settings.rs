//! Every limit and tolerance, in one place: name, unit, default and reason.

use std::sync::Arc;
use std::time::Duration;

use crate::vocabulary::Vocabulary;

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
    /// The words of a user's own, beside the built-in ones; `None` for the built-in ones alone.
    pub own_vocabulary: Option<Arc<Vocabulary>>,
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
            own_vocabulary: None,
        }
    }
}

impl Settings {
    /// The words in use.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        self.own_vocabulary.as_deref().unwrap_or_else(|| Vocabulary::builtin())
    }
}
