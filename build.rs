//! Turns the files of the vocabulary into JSON, which the program reads in a quarter of the time. The TOML files are what
//! people write and tests check.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

const FOLDER: &str = "src/vocabulary";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let target = env::var("OUT_DIR")?;
    for file in fs::read_dir(FOLDER)? {
        let path = file?.path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let table: toml::Table = fs::read_to_string(&path)?
            .parse()
            .map_err(|error| format!("{} is wrong: {error}", path.display()))?;
        let name = path.with_extension("json");
        let name = name.file_name().ok_or("a file has a name")?;
        fs::write(Path::new(&target).join(name), serde_json::to_string(&table)?)?;
    }
    Ok(())
}
