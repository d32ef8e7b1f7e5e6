//! `grantif pim`.

mod check;
mod new;

pub(crate) use check::lint;

use crate::Status;
use crate::console::Console;
use crate::failure::Failure;
use clap::{Args, Subcommand};

const AFTER: &str = "\
Examples:
  grantif pim check request.json --policy policy.json
  grantif pim new eligible --role Contributor --principal 11111111-1111-1111-1111-111111111111 \\
    --scope /subscriptions/00000000-0000-0000-0000-000000000000 --for '180 days'";

/// Check and make requests of Privileged Identity Management
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    New(Box<new::Arguments>),
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    match &arguments.command {
        Command::Check(arguments) => check::run(arguments, console),
        Command::New(arguments) => new::run(arguments, console),
    }
}
