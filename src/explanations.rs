//! What each kind of finding means, one page a code.
//!
//! The pages stand in `docs/checks` and have four parts: What it reports, Why it matters, Example, What to do. They are
//! part of the program so that `skrivelse explain` has them everywhere. Every code has a page; a test holds this list, the
//! folder and the codes together.

use crate::diagnostic::Code;

macro_rules! pages {
    ($($code:literal),* $(,)?) => {
        const PAGES: &[(&str, &str)] = &[$(($code, include_str!(concat!("../docs/checks/", $code, ".md")))),*];
    };
}

pages![
    "attachment-missing",
    "attachment-number-inferred",
    "cells-moved",
    "comment-missing",
    "count-mismatch",
    "document-type-conflict",
    "duplicate-indicator",
    "duplicate-paragraph",
    "duplicate-table",
    "duplicate-values",
    "expected-completion-conflict",
    "footnote-mismatch",
    "missing-date",
    "missing-diarienummer",
    "missing-proposal",
    "number-conflict",
    "number-unreadable",
    "ocr-number",
    "period-conflict",
    "personal-number",
    "shared-section",
    "sign-conflict",
    "status-conflict",
    "status-missing",
    "status-not-in-legend",
    "status-unknown",
    "sum-mismatch",
    "table-uncertain",
    "title-conflict",
    "truncated-text",
    "uncertain-value",
    "unreadable-page",
];

/// The page of a code, in Markdown.
#[must_use]
pub fn explanation(code: Code) -> &'static str {
    PAGES.iter().find(|(name, _)| *name == code.as_str()).map_or_else(|| code.summary(), |(_, page)| *page)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_list_the_folder_and_the_codes_agree() {
        let listed: Vec<&str> = PAGES.iter().map(|(name, _)| *name).collect();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/checks");
        let mut stored: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "md") && !path.ends_with("README.md"))
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        stored.sort();
        assert_eq!(listed, stored, "list every page of docs/checks in src/explanations.rs, sorted");
        for name in listed {
            assert!(Code::ALL.iter().any(|code| code.as_str() == name), "no code is called {name}");
        }
    }

    #[test]
    fn every_page_has_its_four_parts() {
        for (name, page) in PAGES {
            let heads: Vec<&str> = page.lines().filter(|line| line.starts_with('#')).collect();
            let title = format!("# {name}");
            let parts = ["## What it reports", "## Why it matters", "## Example", "## What to do"];
            assert_eq!(heads, [&[title.as_str()], parts.as_slice()].concat(), "{name}");
        }
    }

    #[test]
    fn every_code_has_a_page() {
        for code in Code::ALL {
            let page = explanation(*code);
            assert!(
                page.starts_with(&format!("# {code}\n")),
                "{code} has no page: write docs/checks/{code}.md"
            );
        }
    }

    #[test]
    fn the_example_is_of_the_code() {
        for (name, page) in PAGES {
            assert!(page.contains(&format!("[{name}]: ")), "the example of {name} shows such a finding");
        }
    }
}
