//! `grantif emit`.

use crate::Status;
use crate::configuration::{Configurations, Source, find_role};
use crate::console::Console;
use crate::failure::Failure;
use crate::pim::{Document, Known, SnippetArguments, check_condition, open};
use clap::Args;
use diagnostics::Severity;
use iac_emit::{Input, InputError};
use pim_model::{Item, Model};
use std::io::IsTerminal;
use std::path::PathBuf;
use uuid::Uuid;

const AFTER: &str = "\
Examples:
  grantif emit --target list                what can be written, and what each can carry
  grantif emit --target bicep request.json
  grantif emit --target terraform-azurerm,az-rest --out deploy request.json
  grantif emit --target az-rest --scope /subscriptions/00000000-0000-0000-0000-000000000000 \\
    --condition delegate.abac request.json
  grantif pim new eligible … | grantif emit --target powershell

Exit codes:
  0  written
  1  the request has errors, or the target cannot carry it; nothing is written
  2  wrong usage, or something cannot be read or written";

/// Write a request for the tool that deploys it
///
/// Reads a schedule request, a role assignment, a request of PIM for Groups or a role management
/// policy as JSON, and writes the snippet for Bicep, ARM templates, Terraform, `az`, PowerShell or
/// the bare call. What a target cannot carry is never left out: it is refused, with the reason and
/// the targets that can.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// The file of the request, `-` for the standard input
    #[arg(value_name = "REQUEST.json", default_value = "-")]
    request: PathBuf,
    #[command(flatten)]
    snippet: SnippetArguments,
    /// The file of a condition to put on the assignment; it is checked first
    #[arg(short, long, value_name = "FILE")]
    condition: Option<PathBuf>,
    /// The role whose policy it is, by name or GUID, where the policy does not tell
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    source: Source,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    if arguments.snippet.wants_list() {
        return Ok(arguments.snippet.list(console));
    }
    if !arguments.snippet.wants_any() {
        return Err(Failure::new("there is no target to write for")
            .help("name one with --target; `--target list` shows them"));
    }
    if arguments.request.as_os_str() == "-" && std::io::stdin().is_terminal() {
        return Err(Failure::new("there is no request to read")
            .help("name a file, or pipe the request in, such as from `grantif pim new`"));
    }
    let configuration = Configurations::new(&arguments.source)?.of(None)?;
    let catalog = configuration.catalog();
    let input = open(&arguments.request)?;
    let mut document = Document::read(input, &arguments.known.options());
    let has_errors = document.findings.iter().any(|one| one.severity == Severity::Error);
    // What is no error is said by `pim check`, and does not keep anything from being written.
    document.findings.retain(|one| {
        one.severity == Severity::Error || (!has_errors && one.severity == Severity::Warning)
    });
    if !document.findings.is_empty() {
        let findings = std::mem::take(&mut document.findings);
        console.report(&Failure::findings(document.input.report(findings)));
    }
    if has_errors {
        return Ok(Status::Findings);
    }
    let item = only(document)?;
    let role = match (&arguments.role, &item.model) {
        (Some(name), _) => Some(
            find_role(catalog, name).map_err(|(message, help)| Failure::new(message).help(help))?,
        ),
        (None, model) => model.role().and_then(|guid| catalog.role(&guid.hyphenated().to_string())),
    };
    let mut model = item.model;
    if let Some(path) = &arguments.condition {
        let pim = matches!(model, Model::Request(_));
        let condition = check_condition(path, catalog, role, pim)?;
        let Some(text) = condition.sound(console) else { return Ok(Status::Findings) };
        put_condition(&mut model, text)?;
    }
    let guid = role.and_then(|role| role.id().parse().ok());
    let input = deployable(model, guid, arguments)?;
    arguments.snippet.write(&input, role.map(|role| role.name().to_owned()), None, console)
}

/// Returns the one thing that stands in a document.
fn only(document: Document) -> Result<Item, Failure> {
    let name = document.input.name;
    let mut items = document.items;
    let count = items.len();
    match (items.pop(), count) {
        (Some(item), 1) => Ok(item),
        (None, _) => Err(Failure::new(format!("`{name}` has no request, assignment or policy"))),
        (Some(_), _) => Err(Failure::new(format!("`{name}` has {count} requests; expected one"))
            .help("`jq '.value[0]'` takes one out")),
    }
}

fn put_condition(model: &mut Model, text: String) -> Result<(), Failure> {
    match model {
        Model::Request(request) if request.request_type.is_removal() => {
            Err(Failure::new(format!("a `{}` takes no condition", request.request_type)))
        }
        Model::Request(request) => {
            request.condition = Some(text);
            Ok(())
        }
        Model::RoleAssignment(assignment) => {
            assignment.condition = Some(text);
            Ok(())
        }
        _ => Err(Failure::new(
            "only a request or an assignment for an Azure resource has a condition",
        )),
    }
}

fn deployable(model: Model, role: Option<Uuid>, arguments: &Arguments) -> Result<Input, Failure> {
    Input::of(model, arguments.known.scope.clone(), role).map_err(|error| {
        let failure = Failure::new(error.to_string());
        match error {
            InputError::NoScope => failure.help("give it with --scope"),
            InputError::NoRole => failure.help("give it with --role"),
            InputError::NotDeployed => failure,
        }
    })
}
