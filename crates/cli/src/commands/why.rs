//! `grantif why`.

mod condition;
mod read;

use condition::explain;
#[cfg(feature = "online")]
pub(crate) use condition::explain_refusal;

use crate::Status;
use crate::configuration::{Configurations, Source};
use crate::console::Console;
use crate::error_text::{refused, said};
use crate::failure::Failure;
#[cfg(feature = "online")]
use crate::online::ServiceArguments;
use clap::{Args, ValueEnum};
use pim_client::{Asked, CallerAssignment, ServiceError};
use pim_model::{PrincipalType, Scope};
use serde_json::{Value, json};
use std::path::PathBuf;
use uuid::Uuid;

const AFTER: &str = "\
Examples:
  grantif why error.json
  az role assignment create … 2>&1 | grantif why --request body.json --condition delegate.abac
  grantif why error.json --request body.json --fetch --scope /subscriptions/…

Exit codes:
  0  the error is explained; where a condition was given, it says which clause refused
  1  the condition does not refuse the request, or the error is not known
  2  wrong usage, or something cannot be read";

/// Say why the service refused, and which clause of a condition did
///
/// Reads an error as the service answers it, or as a tool prints it, and says what happened and what
/// to do. With the request that was refused and the condition of whoever sent it, says which clause
/// refused it and what would be allowed.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// The error: JSON, or a text with it in it [default: the standard input]
    #[arg(value_name = "ERROR")]
    error: Option<PathBuf>,
    /// The body of the request that was refused, as JSON
    #[arg(short, long, value_name = "FILE")]
    request: Option<PathBuf>,
    /// The condition of the caller; several where the caller has several assignments
    #[arg(short, long, value_name = "FILE")]
    condition: Vec<PathBuf>,
    /// The role of the request, by name or GUID
    #[arg(long, value_name = "ROLE", conflicts_with = "request")]
    role: Option<String>,
    /// The principal of the request
    #[arg(long, value_name = "GUID", conflicts_with = "request")]
    principal: Option<Uuid>,
    /// What the principal is, as the request said it
    #[arg(long, value_name = "TYPE")]
    principal_type: Option<PrincipalName>,
    /// The request deletes an assignment
    #[arg(long)]
    delete: bool,
    /// Where the request was sent, as an id [default: that of the request or the error]
    #[arg(long, value_name = "ID")]
    scope: Option<Scope>,
    /// Ask the service for the assignments and conditions of the caller
    #[cfg(feature = "online")]
    #[arg(long, conflicts_with = "condition")]
    fetch: bool,
    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    source: Source,
    #[cfg(feature = "online")]
    #[command(flatten)]
    service: ServiceArguments,
}

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
}

/// What a principal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PrincipalName {
    User,
    Group,
    ServicePrincipal,
}

impl From<PrincipalName> for PrincipalType {
    fn from(name: PrincipalName) -> Self {
        match name {
            PrincipalName::User => Self::User,
            PrincipalName::Group => Self::Group,
            PrincipalName::ServicePrincipal => Self::ServicePrincipal,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let configuration = Configurations::new(&arguments.source)?.of(None)?;
    let catalog = configuration.catalog();
    let text = read::error_text(arguments.error.as_deref())?;
    let error = ServiceError::from_text(&text);
    let request = read::request(arguments, error.as_ref(), catalog)?;
    let callers = callers(arguments, &request, console)?;
    if error.is_none() && callers.is_empty() {
        return Err(Failure::new("there is no error of the service in the text")
            .help("expected JSON with `code` and `message`, or what a tool printed of it"));
    }
    let explained = match (&callers[..], &request.asked) {
        ([], _) => None,
        (_, None) => {
            return Err(Failure::new("there is no request to hold against the condition")
                .help("give its body with --request, or --role and --principal"));
        }
        (callers, Some(asked)) => Some(explain(callers, asked, request.is_pim)?),
    };
    match arguments.format {
        Format::Text => {
            let style = console.style;
            match (&error, &explained) {
                (Some(error), Some(explained)) => {
                    console.write(&said(error, style));
                    console.write("\n");
                    console.write(&explained.draw(catalog, style));
                }
                (Some(error), None) => console.write(&refused(error, None, style)),
                (None, Some(explained)) => console.write(&explained.draw(catalog, style)),
                (None, None) => {}
            }
        }
        Format::Json => {
            let answer = json!({
                "version": 1,
                "error": error.as_ref().map(error_json),
                "condition": explained.as_ref().map(|explained| explained.json()),
            });
            console.write(&format!("{answer:#}\n"));
        }
    }
    let is_explained = match &explained {
        Some(explained) => explained.is_refused(),
        None => error.as_ref().is_some_and(|error| error.known().is_some()),
    };
    Ok(if is_explained { Status::Clean } else { Status::Findings })
}

/// Returns an error as JSON.
pub(crate) fn error_json(error: &ServiceError) -> Value {
    json!({
        "status": error.status,
        "code": error.code,
        "message": error.message,
        "what": error.what(),
        "advice": error.advice(),
        "rules": error.rules.iter().map(|rule| rule.name).collect::<Vec<_>>(),
        "claims": error.claims.as_ref().map(|claims| claims.json.clone()),
        "retryAfterSeconds": error.retry_after.map(|after| after.as_secs()),
    })
}

/// Returns the assignments of the caller that could have allowed it.
fn callers(
    arguments: &Arguments,
    request: &read::Request,
    console: &mut Console,
) -> Result<Vec<CallerAssignment>, Failure> {
    #[cfg(feature = "online")]
    if arguments.fetch {
        let Some(scope) = &request.scope else {
            return Err(Failure::new("it is not known where the request was sent")
                .help("say so with --scope"));
        };
        let mut session = arguments.service.session(console)?;
        return condition::fetch(&mut session, scope);
    }
    let _ = (request, console);
    arguments.condition.iter().map(|path| condition::of_file(path)).collect()
}

impl Arguments {
    /// Completes what a request says with what the command line says.
    fn complete(&self, asked: Asked) -> Asked {
        Asked {
            delete: asked.delete || self.delete,
            principal_type: self.principal_type.map(PrincipalType::from).or(asked.principal_type),
            ..asked
        }
    }
}
