//! `grantif policy lint`.

use crate::Status;
use crate::commands::pim;
use crate::configuration::FailOn;
use crate::console::Console;
use crate::failure::Failure;
use crate::report::Format;
use clap::Args;
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  grantif policy lint policy.json
  grantif policy lint policies --format sarif > findings.sarif

Exit codes:
  0  no finding is as severe as --fail-on
  1  a finding is
  2  wrong usage, or something cannot be read; the rest is reported all the same";

/// Find what is wrong with policies
///
/// MFA together with an authentication context, approval without approvers, limits out of range,
/// tokens in the wrong letter case, and whatever else Azure refuses or nobody can have meant. It is
/// what `grantif pim check` says about a policy.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// Files, directories (searched for `*.json` and `*.policy.toml`), or `-` for the standard input
    #[arg(value_name = "POLICY", required = true)]
    paths: Vec<PathBuf>,
    /// How to write the findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// The least severity that makes the exit code 1 [default: warning]
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    pim::lint(&arguments.paths, arguments.format, arguments.fail_on, console)
}
