//! `grantif policy show`.

use crate::Status;
use crate::configuration::Source;
use crate::console::{Console, STRONG, Style};
use crate::failure::Failure;
use crate::pim::{Known, one_policy};
use clap::{Args, ValueEnum};
use pim_model::Policy;
use serde_json::json;
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  grantif policy show policy.json
  az rest --url \"$url\" | grantif policy show - --role Owner
  grantif policy show policy.json --format toml > owner.policy.toml    policy as code

Exit codes:
  0  shown
  2  wrong usage, or it cannot be read";

/// Show a policy in the portal's words
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// The policy, `-` for the standard input
    policy: PathBuf,
    /// The role of the policy that is meant, where there are several
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    source: Source,
}

/// How a policy is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The settings of the portal, by tab
    Text,
    /// The settings of the portal as JSON
    Json,
    /// Policy as code, which the other commands read
    Toml,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let role = super::change::role(arguments.role.as_deref(), &arguments.source)?;
    let guid = role.map(|(guid, _)| guid);
    let policy = one_policy(&arguments.policy, guid, &Known::default().options())?;
    let text = match arguments.format {
        Format::Text => draw(&policy, console.style),
        Format::Json => {
            let setting = |one: &pim_model::policy::Setting| json!({ "tab": one.tab, "name": one.name, "value": one.value });
            let settings: Vec<_> = policy.describe().iter().map(setting).collect();
            format!("{:#}\n", json!({ "version": 1, "settings": settings }))
        }
        Format::Toml => policy.to_toml(),
    };
    console.write(&text);
    Ok(Status::Clean)
}

fn draw(policy: &Policy, style: Style) -> String {
    let settings = policy.describe();
    let width = settings.iter().map(|one| one.name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for tab in ["Activation", "Assignment", "Notification"] {
        let mut of_tab = settings.iter().filter(|one| one.tab == tab).peekable();
        if of_tab.peek().is_none() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&style.paint(STRONG, tab));
        text.push('\n');
        for one in of_tab {
            text.push_str(&format!("  {:width$}  {}\n", one.name, one.value));
        }
    }
    text
}
