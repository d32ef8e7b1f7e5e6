//! `grantif pim plan`.

mod draw;

pub(super) use draw::{draw, json, title};

use super::outcome::Format;
use super::state::{desired, planned};
use crate::Status;
use crate::configuration::{Configurations, Source};
use crate::console::Console;
use crate::failure::Failure;
use crate::online::ServiceArguments;
use clap::Args;
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  grantif pim plan team.pim.toml
  grantif pim plan team.pim.toml --format json

docs/apply.md describes the file.

Exit codes:
  0  everything is as the file says
  1  something is to be changed
  2  wrong usage, or something cannot be read or reached";

/// Compare a file of assignments and policies with what is there
///
/// Nothing is sent but questions.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// The file of the desired state
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How to write the plan
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    service: ServiceArguments,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let configuration = Configurations::new(&arguments.source)?.of(None)?;
    let catalog = configuration.catalog();
    let desired = desired(&arguments.file, catalog)?;
    let mut session = arguments.service.session(console)?;
    let plan = planned(&desired, &mut session)?;
    let text = match arguments.format {
        Format::Text => draw(&plan, catalog, session.console.style),
        Format::Json => format!("{:#}\n", json(&plan, catalog)),
    };
    session.console.write(&text);
    Ok(if plan.is_empty() { Status::Clean } else { Status::Findings })
}
