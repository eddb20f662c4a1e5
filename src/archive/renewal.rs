//! Which documents this version of the program could read better than the one that read them.
//!
//! In goes what the catalogue knows of a content, out comes whether `--refresh` reads it again. A release that changes
//! commands, checks of the archive or how fast things are leaves the documents as they are; one that changes what comes
//! out of a kind of file says so here.

use super::catalog::KnownDocument;
use super::reason::Reason;

/// A version of the program: major, minor, patch.
type Version = [u32; 3];

/// The version that last changed what is read from a text.
const TEXTS: Version = [0, 1, 0];
/// The same for the pages of a PDF that hold text.
const PAGES: Version = [0, 1, 0];
/// The same for scans.
const SCANS: Version = [0, 1, 0];

/// Whether an older version has read a content and this one could do better.
#[must_use]
pub(super) fn is_outdated(known: &KnownDocument) -> bool {
    let read_by = version(&known.tool_version);
    if !known.done {
        // What is no matter of reading comes out the same in every version.
        let is_given = matches!(known.reason, Some(Reason::Empty | Reason::TooLarge));
        return !is_given && read_by < TEXTS.max(PAGES).max(SCANS);
    }
    let changed = match (known.media_type.as_deref(), known.text_layer.as_deref()) {
        (Some("application/pdf"), Some("native")) => PAGES,
        (Some("application/pdf"), Some("ocr" | "none")) => SCANS,
        (Some("application/pdf"), _) => PAGES.max(SCANS),
        _ => TEXTS,
    };
    read_by < changed
}

/// Whether pages that could not be read before are worth another look: character recognition is there now, and was not
/// then or did not work.
#[must_use]
pub(super) fn has_unread_scans(known: &KnownDocument, may_recognise: bool) -> bool {
    known.done && may_recognise && !known.ocr && known.pages_without_text > 0
}

/// The version that a text names; what names none is older than all.
fn version(text: &str) -> Version {
    let mut version = [0; 3];
    let core = text.split(['-', '+']).next().unwrap_or_default();
    for (place, part) in version.iter_mut().zip(core.split('.')) {
        *place = part.parse().unwrap_or(0);
    }
    version
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(tool_version: &str, media_type: &str, text_layer: &str) -> KnownDocument {
        KnownDocument {
            done: true,
            reason: None,
            tool_version: tool_version.to_owned(),
            media_type: Some(media_type.to_owned()),
            text_layer: Some(text_layer.to_owned()),
            ocr: false,
            pages_without_text: 0,
        }
    }

    #[test]
    fn only_what_an_older_version_has_read_is_outdated() {
        assert!(is_outdated(&known("0.0.9", "text/plain", "native")));
        assert!(is_outdated(&known("0.0.9", "application/pdf", "mixed")));
        assert!(!is_outdated(&known("0.1.0", "application/pdf", "native")));
        assert!(!is_outdated(&known("1.0.0", "application/pdf", "ocr")), "a newer version has read it");
        assert!(!is_outdated(&known("0.10.0", "text/markdown", "native")), "ten is more than one");
        assert!(version("0.1.0") <= version(super::super::catalog::TOOL_VERSION));
        assert_eq!(
            [TEXTS, PAGES, SCANS].iter().max().map(|v| *v <= version(env!("CARGO_PKG_VERSION"))),
            Some(true)
        );
    }

    #[test]
    fn no_version_reads_an_empty_file_better() {
        let failed = |reason| KnownDocument { done: false, reason: Some(reason), ..known("0.0.9", "", "") };
        assert!(!is_outdated(&failed(Reason::Empty)) && !is_outdated(&failed(Reason::TooLarge)));
        assert!(is_outdated(&failed(Reason::Damaged)) && is_outdated(&failed(Reason::Crashed)));
    }

    #[test]
    fn scans_are_read_when_they_can_be() {
        let scan = KnownDocument { pages_without_text: 2, ..known("0.1.0", "application/pdf", "none") };
        assert!(has_unread_scans(&scan, true) && !has_unread_scans(&scan, false));
        assert!(!has_unread_scans(&KnownDocument { ocr: true, ..scan.clone() }, true), "it has been tried");
        assert!(!has_unread_scans(&KnownDocument { pages_without_text: 0, ..scan }, true));
    }
}
