//! `grantif policy diff`.

use super::change;
use crate::Status;
use crate::commands::count;
use crate::configuration::Source;
use crate::console::Console;
use crate::failure::Failure;
use crate::pim::{Known, SnippetArguments, one_policy};
use clap::{Args, ValueEnum};
use pim_model::policy::baseline::{PrivilegedRole, production};
use pim_model::policy::{Approver, Change};
use pim_model::{Casing, Scope};
use serde_json::json;
use std::path::PathBuf;
use uuid::Uuid;

const AFTER: &str = "\
Examples:
  grantif policy diff policy.json owner.policy.toml
  grantif policy diff policy.json --baseline Owner
  grantif policy diff policy.json --baseline Owner --target terraform-azurerm \\
    --approver 33333333-3333-3333-3333-333333333333

Exit codes:
  0  nothing to change
  1  the policies differ, or the policy is below the baseline; with --target, a refusal
  2  wrong usage, or something cannot be read or written";

/// Compare a policy with another one, or with the baseline
///
/// Names what must change for the first policy to become the second; settings the second does not
/// have stay as they are. The baseline is this project's advice for production, and not Microsoft's:
/// short activations with MFA, justification, ticket and approval, no permanent eligibility, an end
/// after 180 days. Where a policy is stricter than the baseline, nothing changes. With --target,
/// writes the change for the tool that makes it.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// The policy, `-` for the standard input
    policy: PathBuf,
    /// The policy it should become
    #[arg(required_unless_present = "baseline")]
    wanted: Option<PathBuf>,
    /// Compare with the baseline of this role
    #[arg(long, value_name = "ROLE", conflicts_with = "wanted", value_parser = baselines())]
    baseline: Option<String>,
    /// A group that may approve, for the baseline
    #[arg(long = "approver", value_name = "GROUP", requires = "baseline")]
    approvers: Vec<Uuid>,
    /// How to write the differences
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
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

/// How differences are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// In the portal's words
    Text,
    /// JSON, with the rules before and after
    Json,
}

fn baselines() -> clap::builder::PossibleValuesParser {
    PrivilegedRole::ALL.map(PrivilegedRole::name).into()
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    if arguments.snippet.wants_list() {
        return Ok(arguments.snippet.list(console));
    }
    let options = Known::default().options();
    let base = PrivilegedRole::ALL
        .into_iter()
        .find(|role| Some(role.name()) == arguments.baseline.as_deref());
    let named = change::role(arguments.role.as_deref(), &arguments.source)?;
    let role = named.or_else(|| base.map(|role| (role.guid(), Some(role.name().to_owned()))));
    let guid = role.as_ref().map(|(guid, _)| *guid);
    let policy = one_policy(&arguments.policy, guid, &options)?;
    let changes = match (&arguments.wanted, base) {
        (Some(path), _) => policy.changes_to(&one_policy(path, guid, &options)?),
        (None, Some(role)) => {
            let approvers = arguments.approvers.iter().copied().map(Approver::group).collect();
            policy.below(&production(role, approvers))
        }
        (None, None) => return Err(Failure::new("there is nothing to compare with")),
    };
    if arguments.snippet.wants_any() && !changes.is_empty() {
        let scope = arguments.scope.as_ref();
        return change::write(&policy, &changes, scope, role, &arguments.snippet, console);
    }
    let text = match arguments.format {
        Format::Text => words(&changes),
        Format::Json => {
            let one = |change: &Change| {
                json!({
                    "rule": change.id.as_str(),
                    "words": change.words(),
                    "before": change.before.as_ref().map(|rule| rule.to_json(Casing::Arm)),
                    "after": change.after.to_json(Casing::Arm),
                })
            };
            let changes: Vec<_> = changes.iter().map(one).collect();
            format!("{:#}\n", json!({ "version": 1, "changes": changes }))
        }
    };
    console.write(&text);
    if arguments.format == Format::Text && change::nobody_approves(&changes) {
        console.note("note: --approver names a group that may approve");
    }
    Ok(if changes.is_empty() { Status::Clean } else { Status::Findings })
}

fn words(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "nothing to change\n".to_owned();
    }
    let mut text: String = changes.iter().map(|change| format!("{}\n", change.words())).collect();
    text.push_str(&format!("\n{} to change\n", count(changes.len(), "setting", "settings")));
    text
}
