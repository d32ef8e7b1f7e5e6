//! `grantif preflight`.

mod draw;
mod verdict;

use super::check::report_failures;
use crate::Status;
use crate::configuration::{Configurations, Source};
use crate::console::Console;
use crate::failure::Failure;
use crate::hosts::{Unit, places, read};
use crate::input::read_file;
use clap::{Args, ValueEnum};
use diagnostics::{Severity, SourceReport};
use iac_extract::{Assignment, Change};
use std::path::{Path, PathBuf};
use verdict::{Deployer, Verdict};

const AFTER: &str = "\
Examples:
  grantif preflight --deployer-condition deployer.abac main.bicep
  terraform show -json plan.bin > plan.json
  grantif preflight --deployer-condition deployer.abac plan.json
  grantif preflight --deployer-condition deployer.abac infra --format json

Exit codes:
  0  nothing would be refused
  1  something would be refused with 403; with --fail-on-unknown also: something is not known
  2  wrong usage, the condition has errors, or something cannot be read";

/// Run what a deployment creates and deletes against the condition of the identity that deploys it
///
/// Every role assignment and PIM request in templates, modules, plans and scripts is run against the
/// condition. A value that is known at deployment only is tried with everything it could be: where
/// the answer depends on it, it is unknown, and never fine.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// Templates, modules, plans (`terraform show -json`), scripts, or directories of them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The condition of the deployer's role assignment: a file, or the text itself
    #[arg(short = 'c', long, value_name = "FILE|TEXT", allow_hyphen_values = true)]
    deployer_condition: String,
    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: AnswerFormat,
    /// Exit with 1 where something is not known
    #[arg(long)]
    fail_on_unknown: bool,
    #[command(flatten)]
    source: Source,
}

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AnswerFormat {
    /// A table for people
    Text,
    /// JSON, described by docs/schemas/preflight.v1.json
    Json,
}

/// A change that was run against the condition.
struct Row<'u> {
    unit: &'u Unit,
    assignment: &'u Assignment,
    change: Change,
    verdict: Verdict,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let configuration = Configurations::new(&arguments.source)?.of(None)?;
    let catalog = configuration.catalog();
    let text = condition(&arguments.deployer_condition)?;
    let parsed = abac_syntax::parse(&text);
    let errors: Vec<_> =
        parsed.diagnostics.iter().filter(|one| one.severity == Severity::Error).cloned().collect();
    if !errors.is_empty() {
        let report = SourceReport::unnamed("--deployer-condition", &text, errors);
        return Err(Failure::findings(report));
    }
    let deployer = Deployer::new(&text, &parsed.tree, catalog);

    let places = places(&arguments.paths);
    let mut failures = places.failures;
    for place in places.conditions {
        failures.push(Failure::new(format!("{} is no file that deploys", place.title())));
    }
    let (units, unread) = read(&places.hosts);
    failures.extend(unread);
    failures.extend(units.iter().flat_map(Unit::problems));
    let mut rows = Vec::new();
    for unit in &units {
        for assignment in &unit.found.assignments {
            for change in &assignment.changes {
                let verdict = deployer.decide(assignment, *change);
                rows.push(Row { unit, assignment, change: *change, verdict });
            }
        }
    }
    match arguments.format {
        AnswerFormat::Text => draw::text(&rows, catalog, console),
        AnswerFormat::Json => console.write(&draw::json(&rows, catalog)),
    }
    let refused = rows.iter().any(|row| matches!(row.verdict, Verdict::Refused { .. }));
    let unknown = rows.iter().any(|row| matches!(row.verdict, Verdict::Unknown { .. }));
    let status = if refused || (unknown && arguments.fail_on_unknown) {
        Status::Findings
    } else {
        Status::Clean
    };
    Ok(report_failures(&failures, console).unwrap_or(status))
}

/// Reads the condition from a file, or takes it as it is.
fn condition(given: &str) -> Result<String, Failure> {
    let path = Path::new(given);
    let is_text = given.contains(['{', '@', '\n']) && !path.is_file();
    let text = if is_text { given.to_owned() } else { read_file(path)? };
    Ok(text.trim_start_matches('\u{feff}').trim().to_owned())
}
