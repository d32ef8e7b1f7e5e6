//! `grantif policy edit`.

use super::change;
use crate::Status;
use crate::configuration::Source;
use crate::console::Console;
use crate::failure::Failure;
use crate::pim::{Known, SnippetArguments, one_policy};
use clap::Args;
use pim_model::policy::Approver;
use pim_model::{Duration, Scope};
use std::path::PathBuf;
use uuid::Uuid;

const AFTER: &str = "\
Examples:
  grantif policy edit policy.json --role Owner --approver 33333333-3333-3333-3333-333333333333
  grantif policy edit policy.json --role Owner --allow-permanent-eligibility --target rest
  grantif policy edit policy.json --role Owner --max-activation '4 hours' --target terraform-azurerm
  grantif policy edit policy.json --role Owner --max-activation PT4H --target all --out deploy

Exit codes:
  0  the change is written, or there is nothing to change
  1  the target cannot carry it
  2  wrong usage, or something cannot be read or written";

/// Write the smallest change of a policy
///
/// Reads the policy as it is, because a PATCH replaces a rule as a whole, and writes the rules that
/// change: with `az rest`, unless --target names another tool. Nothing is sent.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
#[group(id = "edits", required = true, multiple = true, args = ["approver", "permanent", "maximum"])]
pub(crate) struct Arguments {
    /// The policy, `-` for the standard input
    policy: PathBuf,
    /// Let this group approve activations too
    #[arg(id = "approver", long = "approver", value_name = "GROUP", help_heading = "Edits")]
    approvers: Vec<Uuid>,
    /// Take away the requirement that eligibility expires
    #[arg(id = "permanent", long = "allow-permanent-eligibility", help_heading = "Edits")]
    allow_permanent: bool,
    /// Let an activation last so long at most: `4 hours`, `PT4H`
    #[arg(
        id = "maximum", long = "max-activation", value_name = "DURATION",
        value_parser = Duration::from_words, help_heading = "Edits"
    )]
    max_activation: Option<Duration>,
    /// The role whose policy it is, by name or GUID
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Where the policy holds, where it does not tell
    #[arg(long, value_name = "ID")]
    scope: Option<Scope>,
    #[command(flatten)]
    snippet: SnippetArguments,
    #[command(flatten)]
    source: Source,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    if arguments.snippet.wants_list() {
        return Ok(arguments.snippet.list(console));
    }
    let role = change::role(arguments.role.as_deref(), &arguments.source)?;
    let guid = role.as_ref().map(|(guid, _)| *guid);
    let policy = one_policy(&arguments.policy, guid, &Known::default().options())?;
    let mut wanted = policy.clone();
    for group in &arguments.approvers {
        wanted.add_approver(Approver::group(*group));
    }
    if arguments.allow_permanent {
        wanted.allow_permanent_eligible();
    }
    if let Some(duration) = arguments.max_activation {
        let wrong = |error: pim_model::policy::EditError| Failure::new(error.to_string());
        wanted.set_activation_maximum(duration).map_err(wrong)?;
    }
    let changes = policy.changes_to(&wanted);
    if changes.is_empty() {
        console.note("nothing to change: the policy says so already");
        return Ok(Status::Clean);
    }
    let scope = arguments.scope.as_ref();
    let status = change::write(&policy, &changes, scope, role, &arguments.snippet, console)?;
    if status == Status::Clean {
        for change in &changes {
            console.note(&change.words());
        }
    }
    Ok(status)
}
