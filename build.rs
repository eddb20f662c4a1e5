//! Lays out the vocabulary: the TOML files, which people write and tests check, become constants in which the program
//! looks words up as it starts. Entries themselves are kept as JSON and read when a word of theirs is met, and patterns
//! are kept with what a text must hold to match them, so that few are ever parsed.

// The program's own, of which this script uses a part.
#[allow(dead_code)]
#[path = "src/pattern/byte_set.rs"]
mod byte_set;
#[allow(dead_code, unreachable_pub)]
#[path = "src/vocabulary/fold.rs"]
mod fold;
#[allow(dead_code)]
#[path = "src/pattern/needs.rs"]
mod needs;
#[path = "src/vocabulary/parts.rs"]
mod parts;
#[allow(dead_code, unreachable_pub)]
#[path = "src/vocabulary/terms.rs"]
mod terms;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use toml::{Table, Value};

use byte_set::ByteSet;
use fold::fold;
use needs::Needs;
use parts::with_parts;
use terms::Terms;

const FOLDER: &str = "src/vocabulary";

/// The lists of an entry that hold its words, in the order in which the program takes them.
const WORDS: [&str; 5] = ["variants", "definite", "plural", "definite_plural", "sentence"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let target = env::var("OUT_DIR")?;
    for file in fs::read_dir(FOLDER)? {
        let path = file?.path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let table: Table = fs::read_to_string(&path)?
            .parse()
            .map_err(|error| format!("{} is wrong: {error}", path.display()))?;
        let name = path.with_extension("rs");
        let name = name.file_name().ok_or("a file has a name")?;
        let constant = laid_out(&table).map_err(|error| format!("{} is wrong: {error}", path.display()))?;
        fs::write(Path::new(&target).join(name), constant)?;
    }
    Ok(())
}

/// A file as the constant that the program takes in.
fn laid_out(file: &Table) -> Result<String, Box<dyn Error>> {
    if let Some(key) = file.keys().find(|key| !matches!(key.as_str(), "parts" | "entry" | "keyword")) {
        return Err(format!("there is no [[{key}]] in a lexicon").into());
    }
    let list = |key: &str| file.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let empty = Table::new();
    let parts = file.get("parts").and_then(Value::as_table).unwrap_or(&empty);
    if let Some((name, _)) = parts.iter().find(|(_, part)| text(part, "meaning").is_empty()) {
        return Err(format!("the part {name} has no meaning").into());
    }
    let parts: Vec<(&str, &str)> =
        parts.iter().map(|(name, part)| (name.as_str(), text(part, "pattern"))).collect();
    let entries = list("entry");
    let terms =
        || entries.iter().enumerate().flat_map(|(at, entry)| words(entry).map(move |word| (word, at)));
    let is_compound = |at: usize| entries[at].get("compound").and_then(Value::as_bool).unwrap_or(false);
    let mut json = String::new();
    let mut ends = Vec::new();
    let mut patterns = String::new();
    for (at, entry) in entries.iter().enumerate() {
        json.push_str(&serde_json::to_string(entry)?);
        ends.push(json.len());
        for pattern in strings(entry, "patterns") {
            let pattern = with_parts(pattern, &parts);
            let needs = Needs::of(&regex_syntax::parse(&pattern)?);
            write!(patterns, "({at}, {pattern:?}, {}), ", needs_constant(&needs))?;
        }
    }
    let mut out = String::from("Laid {\n");
    writeln!(out, "entries: {json:?},")?;
    writeln!(out, "ends: &{ends:?},")?;
    writeln!(out, "keywords: {:?},", serde_json::to_string(list("keyword"))?)?;
    writeln!(out, "parts: &{parts:?},")?;
    writeln!(out, "patterns: &[{patterns}],")?;
    writeln!(out, "terms: {},", constant(&Terms::of(terms())))?;
    let squeezed = terms().map(|(term, at)| (term.replace(' ', ""), at));
    writeln!(out, "squeezed: {},", constant(&Terms::of(squeezed)))?;
    let compounds: Vec<(String, usize)> = terms().filter(|(_, at)| is_compound(*at)).collect();
    writeln!(out, "compounds: &{compounds:?},")?;
    out.push_str("}\n");
    Ok(out)
}

/// The folded words of an entry.
fn words(entry: &Value) -> impl Iterator<Item = String> {
    let canonical = std::iter::once(text(entry, "canonical"));
    canonical.chain(WORDS.iter().flat_map(|key| strings(entry, key))).map(fold)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn strings<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    value.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// Terms as Rust writes them.
fn constant(terms: &Terms) -> String {
    let Terms { text, terms, first_words, first_bytes, longest } = terms;
    format!(
        "Terms {{ text: Cow::Borrowed({text:?}), terms: Cow::Borrowed(&{terms:?}), \
         first_words: Cow::Borrowed(&{first_words:?}), first_bytes: {first_bytes:?}, longest: {longest} }}"
    )
}

/// What a pattern needs as Rust writes it.
fn needs_constant(needs: &Needs) -> String {
    let set = |ByteSet(bits): &ByteSet| format!("ByteSet({bits:?})");
    let edge =
        |edge: &Option<ByteSet>| edge.as_ref().map_or("None".to_owned(), |it| format!("Some({})", set(it)));
    let inside: Vec<String> = needs.inside.iter().map(set).collect();
    format!(
        "Needs {{ first: {}, last: {}, inside: Cow::Borrowed(&[{}]) }}",
        edge(&needs.first),
        edge(&needs.last),
        inside.join(", ")
    )
}
