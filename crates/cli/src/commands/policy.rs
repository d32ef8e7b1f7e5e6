//! `grantif policy`.

mod change;
mod diff;
mod edit;
mod lint;
mod show;

use crate::Status;
use crate::console::Console;
use crate::failure::Failure;
use clap::{Args, Subcommand};

const AFTER: &str = "\
Examples:
  grantif policy show policy.json
  grantif policy diff policy.json --baseline Contributor
  grantif policy edit policy.json --role Owner --max-activation '4 hours'

A policy is what `GET …/roleManagementPolicies/…` answers, or a .toml in the portal's words.";

/// Show, check, compare and change role management policies
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Show(show::Arguments),
    Lint(lint::Arguments),
    Diff(Box<diff::Arguments>),
    Edit(Box<edit::Arguments>),
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    match &arguments.command {
        Command::Show(arguments) => show::run(arguments, console),
        Command::Lint(arguments) => lint::run(arguments, console),
        Command::Diff(arguments) => diff::run(arguments, console),
        Command::Edit(arguments) => edit::run(arguments, console),
    }
}
