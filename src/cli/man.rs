//! `man`: manual pages in roff.

use std::io;

use clap::CommandFactory;

use super::args::{Args, ManArgs};
use super::{Failure, Outcome, Result};

pub(crate) fn run(args: &ManArgs) -> Result {
    let mut command = Args::command();
    command.build();
    let page = match &args.command {
        None => command,
        Some(name) => {
            let found = command.get_subcommands().find(|sub| sub.get_name() == name).cloned();
            found.ok_or_else(|| Failure::Said(format!("there is no command {name}; see skrivelse --help")))?
        }
    };
    clap_mangen::Man::new(page).render(&mut io::stdout().lock())?;
    Ok(Outcome::Fine)
}
