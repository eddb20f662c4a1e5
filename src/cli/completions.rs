//! `completions`: what a shell needs to complete commands and options.

use std::io::{self, Write};

use clap::CommandFactory;

use super::args::{Args, CompletionsArgs};
use super::{Outcome, Result};

pub(crate) fn run(args: &CompletionsArgs) -> Result {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "skrivelse", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Fine)
}
