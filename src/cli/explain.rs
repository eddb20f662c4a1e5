//! `explain`: what a finding's code means.

use std::io::{self, Write};

use skrivelse::diagnostic::Code;
use skrivelse::explanations::explanation;

use super::args::ExplainArgs;
use super::{Outcome, Result};

pub(crate) fn run(args: &ExplainArgs) -> Result {
    let mut out = io::stdout().lock();
    let asked = args.code.as_deref().and_then(|name| Code::ALL.iter().find(|code| code.as_str() == name));
    match asked {
        None => {
            let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or_default();
            for code in Code::ALL {
                let severity = code.severity().to_string();
                writeln!(out, "{:width$}  {severity:7}  {}", code.as_str(), code.summary())?;
            }
        }
        Some(code) => out.write_all(explanation(*code).as_bytes())?,
    }
    Ok(Outcome::Fine)
}
