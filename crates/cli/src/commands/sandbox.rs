//! `grantif sandbox`.

mod host;
mod token;

pub(crate) use host::{Host, HostArguments};

use crate::Status;
use crate::console::Console;
use crate::failure::Failure;
use clap::{Args, Subcommand};

const AFTER: &str = "\
Examples:
  grantif sandbox --ephemeral
  grantif sandbox --data rehearsal --seed on-call-rotation
  TOKEN=$(grantif sandbox token --as delegate --mfa)

Exit codes:
  0  it was stopped
  2  wrong usage, or it cannot start";

/// Rehearse PIM against a local server that answers as Azure does
///
/// Speaks the REST API of Azure's Privileged Identity Management and enforces role policies,
/// eligibility, expiry and conditions, for callers of a small directory of its own. The clock can be
/// moved, and every decision is logged with its reason. docs/sandbox.md has the whole of it.
#[derive(Debug, Args)]
#[command(after_help = AFTER, args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    host: HostArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    Token(token::Arguments),
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    match &arguments.command {
        Some(Command::Token(arguments)) => token::run(arguments, console),
        None => Host::new(&arguments.host).run(console),
    }
}
