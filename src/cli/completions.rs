//! `completions`: what a shell needs to complete commands and options.

use std::io::{self, Write};

use clap::{Command, CommandFactory};

use super::args::{Args, CompletionsArgs};
use super::{Outcome, Result};

pub(crate) fn run(args: &CompletionsArgs) -> Result {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut without_hidden(&Args::command()), "skrivelse", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Fine)
}

/// The command line as people see it. Shells would offer the hidden commands too.
fn without_hidden(command: &Command) -> Command {
    let shown = command.get_subcommands().filter(|sub| !sub.is_hide_set()).cloned();
    Command::new("skrivelse").version("").args(command.get_arguments().cloned()).subcommands(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_commands_are_not_offered() {
        let command = without_hidden(&Args::command());
        let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        assert!(names.contains(&"extract"), "{names:?}");
        assert!(!names.contains(&"worker") && !names.contains(&"tether"), "{names:?}");
    }
}
