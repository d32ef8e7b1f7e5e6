//! `grantif pim submit`.

use super::outcome::{Format, PATIENCE, Sending};
use crate::Status;
use crate::configuration::{Configurations, Source};
use crate::console::Console;
use crate::error_text::refused;
use crate::failure::Failure;
use crate::online::{ServiceArguments, Session};
use crate::pim::{Document, Known, open};
use clap::Args;
use diagnostics::Severity;
use pim_client::{Mode, ServiceError, call};
use pim_model::{Duration, GroupRequest, Model, ScheduleRequest};
use serde_json::{Value, json};
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  grantif pim new eligible … > request.json
  grantif pim submit request.json --dry-run
  grantif pim submit request.json
  grantif pim submit *.json --no-wait --format json

The token is that of GRANTIF_TOKEN, or of whoever is signed in with `az login`.

Exit codes:
  0  every request has come to a good end, is there already, or goes on (--no-wait)
  1  a request was refused or failed, or it is not known whether it arrived
  2  wrong usage, or something cannot be read or reached; what comes before was sent";

/// Send requests, and follow them to their end
///
/// Each request is sent under a name that is chosen first. Where an answer is lost, the service is
/// asked for that name before anything is sent again, so nothing is carried out twice.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// Requests, as `grantif pim new` writes them, or `-` for the standard input
    #[arg(value_name = "REQUEST", required = true)]
    paths: Vec<PathBuf>,
    /// Ask what would become of them; nothing is sent
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    waiting: Waiting,
    /// How to write the results
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    service: ServiceArguments,
}

/// The options on how long a request is followed.
#[derive(Debug, Clone, Args)]
pub(crate) struct Waiting {
    /// Take the first answer
    #[arg(long, conflicts_with = "max_wait")]
    no_wait: bool,
    /// Follow a request so long at most, such as `10 minutes` [default: 25 hours]
    #[arg(long, value_name = "LENGTH", value_parser = Duration::from_words)]
    max_wait: Option<Duration>,
}

impl Waiting {
    pub(crate) fn mode(&self) -> Mode {
        match (self.no_wait, self.max_wait) {
            (true, _) => Mode::Send,
            (false, Some(time)) => Mode::Finish(std::time::Duration::from_secs(time.seconds())),
            (false, None) => Mode::Finish(PATIENCE),
        }
    }
}

/// What is sent.
enum Request {
    Schedule(Box<ScheduleRequest>),
    Group(Box<GroupRequest>),
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let configuration = Configurations::new(&arguments.source)?.of(None)?;
    let catalog = configuration.catalog();
    // Everything is read before anything is sent.
    let mut requests = Vec::new();
    for path in &arguments.paths {
        requests.extend(read(path, arguments)?);
    }
    let mode = if arguments.dry_run { Mode::Validate } else { arguments.waiting.mode() };
    let mut session = arguments.service.session(console)?;
    let mut results = Vec::new();
    let mut status = Status::Clean;
    for request in &requests {
        let (result, is_good) = match request {
            Request::Group(request) => group(request, arguments, &mut session)?,
            Request::Schedule(request) => {
                let Some(scope) = &request.scope else { continue };
                let sending = Sending::new(request, scope, mode);
                match sending.run(&mut session, &arguments.service, catalog, arguments.format)? {
                    Some(told) => (told.json, told.is_good),
                    None => {
                        status = Status::Findings;
                        break;
                    }
                }
            }
        };
        if !is_good {
            status = Status::Findings;
        }
        results.push(result);
    }
    if arguments.format == Format::Json {
        let answer = json!({ "version": 1, "results": results });
        session.console.write(&format!("{answer:#}\n"));
    }
    Ok(status)
}

/// Reads the requests of a file; one with errors is not sent.
fn read(path: &std::path::Path, arguments: &Arguments) -> Result<Vec<Request>, Failure> {
    let document = Document::read(open(path)?, &arguments.known.options());
    let name = document.input.name.clone();
    let has_errors = document.findings.iter().any(|one| one.severity == Severity::Error);
    if has_errors {
        let mut findings = document.findings;
        findings.retain(|one| one.severity == Severity::Error);
        return Err(Failure::findings(document.input.report(findings)));
    }
    let mut requests = Vec::new();
    for item in document.items {
        requests.push(match item.model {
            Model::Request(request) if request.scope.is_none() => {
                return Err(Failure::new(format!("`{name}` does not say where it holds"))
                    .help("say so with --scope"));
            }
            Model::Request(request) => Request::Schedule(request),
            Model::Group(request) => Request::Group(request),
            _ => {
                return Err(Failure::new(format!("`{name}` holds something that is no request"))
                    .help("expected what `grantif pim new` writes"));
            }
        });
    }
    if requests.is_empty() {
        return Err(Failure::new(format!("`{name}` holds no request"))
            .help("expected what `grantif pim new` writes"));
    }
    Ok(requests)
}

/// Sends a request of PIM for Groups. It cannot be named beforehand, so it is sent once, and where
/// the answer is lost the user is told.
fn group(
    request: &GroupRequest,
    arguments: &Arguments,
    session: &mut Session<'_>,
) -> Result<(Value, bool), Failure> {
    if arguments.dry_run {
        return Err(Failure::new("PIM for Groups cannot be asked what would become of a request")
            .help("`grantif pim check` says what is wrong with it"));
    }
    let style = session.console.style;
    let title = format!("{} {} of group {}", request.action, request.access_id, request.group_id);
    let (text, result, is_good) = match session.once(&call::submit_group_request(request))? {
        Ok(answer) => {
            let is_good = answer.status.progress() != pim_client::Progress::Failed;
            let mark = if is_good { style.yes() } else { style.no() };
            let text = format!("{mark} {title}: {}, {}\n", answer.status, answer.status.words());
            let result =
                json!({ "outcome": "sent", "id": answer.id, "status": answer.status.as_str() });
            (text, result, is_good)
        }
        Err(trouble) => {
            let error: Option<&ServiceError> = trouble.service();
            let text = match error {
                Some(error) => {
                    let cloud = Some(session.cloud());
                    format!("{} {title}: refused\n{}", style.no(), refused(error, cloud, style))
                }
                None => format!(
                    "{} {title}: it is not known whether the service has it: {trouble}\n",
                    style.unknown()
                ),
            };
            let error = error.map(crate::commands::why::error_json);
            (text, json!({ "outcome": "refused", "error": error }), false)
        }
    };
    if arguments.format == Format::Text {
        session.console.write(&text);
    }
    Ok((result, is_good))
}
