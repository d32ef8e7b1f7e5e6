//! `grantif serve`.

use super::sandbox::{Host, HostArguments};
use crate::Status;
use crate::console::Console;
use crate::failure::Failure;
use clap::Args;

const AFTER: &str = "\
Examples:
  grantif serve
  grantif serve --ephemeral --listen 127.0.0.1:0

Exit codes:
  0  it was stopped
  2  wrong usage, or it cannot start";

/// Serve the sandbox together with pages for people
///
/// The same as `grantif sandbox`, and a page at its address that shows who can call, what to try
/// and what was decided.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(flatten)]
    host: HostArguments,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    Host::new(&arguments.host, true).run(console)
}
