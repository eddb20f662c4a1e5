//! What each kind of finding means, one page a code.
//!
//! The pages stand in `docs/checks` and have four parts: What it reports, Why it matters, Example, What to do. They are
//! part of the program so that `skrivelse explain` has them everywhere. Every code that is reported has a page; a test
//! holds this list, the folder and the code together.

use crate::diagnostic::Code;

macro_rules! pages {
    ($($code:literal),* $(,)?) => {
        const PAGES: &[(&str, &str)] = &[$(($code, include_str!(concat!("../docs/checks/", $code, ".md")))),*];
    };
}

pages![
    "attachment-number-inferred",
    "cells-moved",
    "number-unreadable",
    "shared-section",
    "status-missing",
    "status-unknown",
    "table-uncertain",
    "uncertain-value",
    "unreadable-page",
];

/// The page of a code, in Markdown; `None` for a code that nothing reports yet.
#[must_use]
pub fn explanation(code: Code) -> Option<&'static str> {
    PAGES.iter().find(|(name, _)| *name == code.as_str()).map(|(_, page)| *page)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
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
    fn every_code_that_is_reported_has_a_page() {
        let mut reported = BTreeSet::new();
        collect_codes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut reported);
        for code in Code::ALL {
            assert!(
                !reported.contains(&format!("{code:?}")) || explanation(*code).is_some(),
                "{code} is reported and has no page: write docs/checks/{code}.md"
            );
        }
    }

    /// The variants of `Code` that the stages name outside their tests.
    fn collect_codes(folder: &Path, reported: &mut BTreeSet<String>) {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && file != "cli" {
                collect_codes(&path, reported);
            } else if file.ends_with(".rs") && !matches!(file.as_str(), "diagnostic.rs" | "explanations.rs") {
                let source = fs::read_to_string(&path).unwrap();
                let source = source.split("#[cfg(test)]").next().unwrap_or_default();
                // `StatusCode::` and the like are other lists.
                let starts = source
                    .match_indices("Code::")
                    .filter(|(at, _)| !source[..*at].ends_with(char::is_alphanumeric));
                for (at, name) in starts {
                    let rest = &source[at + name.len()..];
                    reported.insert(rest.chars().take_while(|ch| ch.is_alphanumeric()).collect());
                }
            }
        }
    }
}
