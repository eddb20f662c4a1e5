//! Who may use whom: a stage uses only what comes before it, and what is before is listed here.

#![allow(clippy::unwrap_used)] // A panic is a failed test.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The modules of the library, each after all that it may use.
///
/// Reading a file begins with `source`, which stands after `glyphs` all the same: opening a PDF is the one step that
/// may fail, so `source` does it, with the opener that `glyphs` has.
const ORDER: &[&str] = &[
    // Shared types and words.
    "geometry",
    "place",
    "diagnostic",
    "explanations",
    "pattern",
    "vocabulary",
    "settings",
    // The stages.
    "glyphs",
    "source",
    "layout",
    "sections",
    "records",
    "checks",
    "output",
    // What puts the stages together.
    "extract",
    "reader",
    "archive",
];

#[test]
fn every_module_has_its_place_in_the_order() {
    let modules: BTreeSet<String> = library().iter().map(|file| file.module.clone()).collect();
    let unplaced: Vec<&String> = modules.iter().filter(|module| rank(module).is_none()).collect();
    assert!(unplaced.is_empty(), "say in tests/architecture.rs what these may use: {unplaced:?}");
}

/// `records` has two kinds of thing that every stage may speak of: its types, which are words, and the files that use no
/// stage, which read small values such as a date out of a text. What reads papers stays behind the stages.
#[test]
fn a_stage_uses_only_what_comes_before_it() {
    let library = library();
    let is_stage = |module: &str| rank(module) >= rank("glyphs") && module != "records";
    let small_values: BTreeSet<String> = library
        .iter()
        .filter(|file| file.module == "records" && !file.uses.iter().any(|used| is_stage(&used[0])))
        .map(|file| file.path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let is_word = |used: &[String]| {
        let is_type = used.last().is_some_and(|name| name.starts_with(char::is_uppercase));
        used[0] == "records" && (is_type || used.get(1).is_some_and(|file| small_values.contains(file)))
    };
    let mut wrong = Vec::new();
    for file in &library {
        for used in &file.uses {
            // Functions at the root stand in a module too, whose name is not theirs.
            let Some(place) = rank(&used[0]) else { continue };
            if Some(place) > rank(&file.module) && !is_word(used) {
                wrong.push(format!("{} uses {}", file.path.display(), used.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "a stage uses a later one:\n{}", wrong.join("\n"));
}

#[test]
fn only_glyphs_knows_the_pdf_library() {
    let knows = |file: &&File| file.code.contains("hayro");
    let wrong: Vec<PathBuf> = sources()
        .iter()
        .filter(|file| file.module != "glyphs")
        .filter(knows)
        .map(|file| file.path.clone())
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let wrong: Vec<PathBuf> = sources()
        .iter()
        .filter(|file| file.code.contains(".unwrap()"))
        .map(|file| file.path.clone())
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Papers are read in the same way everywhere and always: neither the clock nor the machine has a say, except for the
/// limits on time.
#[test]
fn stages_do_not_look_at_the_world() {
    let stages = rank("layout")..=rank("output");
    let world = ["std::env", "SystemTime", "std::fs", "std::net", "thread_rng"];
    let mut wrong = Vec::new();
    for file in library().iter().filter(|file| stages.contains(&rank(&file.module))) {
        wrong.extend(
            world.iter().filter(|name| file.code.contains(**name)).map(|name| (file.path.clone(), *name)),
        );
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// A source file.
struct File {
    path: PathBuf,
    /// The module at the root that it belongs to.
    module: String,
    /// Its lines without comments, down to its tests.
    code: String,
    /// What it names under `crate`, as paths.
    uses: BTreeSet<Vec<String>>,
}

/// The files of the library. The command line, which may use everything, is left out.
fn library() -> Vec<File> {
    let outside = ["cli", "main", "lib"];
    sources().into_iter().filter(|file| !outside.contains(&file.module.as_str())).collect()
}

fn sources() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let use_of_module = Regex::new(r"\bcrate::(\w+(?:::\w+)*)(?:::\{([^}]*)\})?").unwrap();
    let mut files = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs")
                && path.file_stem().is_none_or(|stem| stem != "tests")
            {
                files.push(File::read(&root, &path, &use_of_module));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 30, "only {} files were found", files.len());
    files
}

impl File {
    fn read(root: &Path, path: &Path, use_of_module: &Regex) -> Self {
        let path = path.strip_prefix(root).unwrap().to_owned();
        let text = fs::read_to_string(root.join(&path)).unwrap();
        let lines = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
        let code: String =
            lines.filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect();
        assert!(!code.contains("use crate::{"), "{}: name one module in each `use crate::`", path.display());
        let uses =
            use_of_module.captures_iter(&code).flat_map(|found| paths(&found[1], found.get(2))).collect();
        let module =
            Path::new(path.iter().next().unwrap()).file_stem().unwrap().to_string_lossy().into_owned();
        Self { path, module, code, uses }
    }
}

/// `records::section` and `{self, SectionKind}` as two paths.
fn paths(stem: &str, group: Option<regex::Match<'_>>) -> Vec<Vec<String>> {
    let stem: Vec<String> = stem.split("::").map(str::to_owned).collect();
    let Some(group) = group else { return vec![stem] };
    let names = group.as_str().split(',').map(str::trim).filter(|name| !name.is_empty());
    let ends = names.map(|name| name.split("::").filter(|part| *part != "self").map(str::to_owned));
    ends.map(|end| stem.iter().cloned().chain(end).collect()).collect()
}

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|name| *name == module)
}
