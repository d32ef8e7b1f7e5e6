//! `grantif pim`.

#[cfg(feature = "online")]
mod activate;
#[cfg(feature = "online")]
mod apply;
#[cfg(feature = "online")]
mod cancel;
mod check;
#[cfg(feature = "online")]
mod decide;
#[cfg(feature = "online")]
mod found;
#[cfg(feature = "online")]
mod list;
mod new;
#[cfg(feature = "online")]
mod outcome;
#[cfg(feature = "online")]
mod own;
#[cfg(feature = "online")]
mod plan;
#[cfg(feature = "online")]
mod state;
#[cfg(feature = "online")]
mod status;
#[cfg(feature = "online")]
mod submit;

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

/// Check, make, send and follow requests of Privileged Identity Management
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
    #[cfg(feature = "online")]
    Submit(Box<submit::Arguments>),
    #[cfg(feature = "online")]
    Status(status::Arguments),
    #[cfg(feature = "online")]
    Cancel(cancel::Arguments),
    /// Let somebody activate a role who waits for approval
    #[cfg(feature = "online")]
    Approve(decide::Arguments),
    /// Keep somebody from activating a role who waits for approval
    #[cfg(feature = "online")]
    Deny(decide::Arguments),
    #[cfg(feature = "online")]
    List(list::Arguments),
    #[cfg(feature = "online")]
    Activate(Box<activate::Arguments>),
    #[cfg(feature = "online")]
    Deactivate(activate::DeactivateArguments),
    #[cfg(feature = "online")]
    Plan(plan::Arguments),
    #[cfg(feature = "online")]
    Apply(apply::Arguments),
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    match &arguments.command {
        Command::Check(arguments) => check::run(arguments, console),
        Command::New(arguments) => new::run(arguments, console),
        #[cfg(feature = "online")]
        Command::Submit(arguments) => submit::run(arguments, console),
        #[cfg(feature = "online")]
        Command::Status(arguments) => status::run(arguments, console),
        #[cfg(feature = "online")]
        Command::Cancel(arguments) => cancel::run(arguments, console),
        #[cfg(feature = "online")]
        Command::Approve(arguments) => {
            decide::run(arguments, pim_client::Decision::Approve, console)
        }
        #[cfg(feature = "online")]
        Command::Deny(arguments) => decide::run(arguments, pim_client::Decision::Deny, console),
        #[cfg(feature = "online")]
        Command::List(arguments) => list::run(arguments, console),
        #[cfg(feature = "online")]
        Command::Activate(arguments) => activate::run(arguments, console),
        #[cfg(feature = "online")]
        Command::Deactivate(arguments) => activate::deactivate(arguments, console),
        #[cfg(feature = "online")]
        Command::Plan(arguments) => plan::run(arguments, console),
        #[cfg(feature = "online")]
        Command::Apply(arguments) => apply::run(arguments, console),
    }
}
