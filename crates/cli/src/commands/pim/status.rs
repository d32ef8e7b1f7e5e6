//! `grantif pim status`.

use super::found::{Which, find};
use super::outcome::{Format, title};
use crate::Status;
use crate::configuration::{Configurations, Source};
use crate::console::{Console, FAINT, STRONG};
use crate::failure::Failure;
use crate::online::{ServiceArguments, people, troubled};
use clap::Args;
use pim_client::{Progress, RequestAnswer, call};
use serde_json::json;
use std::fmt::Write as _;

const AFTER: &str = "\
Exit codes:
  0  the request was carried out, or goes on
  1  it failed, was denied, or was cancelled
  2  wrong usage, or there is no such request";

/// Say how a request goes
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// How to write the answer
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
    let mut session = arguments.service.session(console)?;
    let address = find(&arguments.which, &mut session)?;
    let answer = session.ask(call::request(&address.scope, address.family, address.name))?;
    let answer = answer.map_err(|trouble| troubled(&trouble, &session))?;
    let style = session.console.style;
    match arguments.format {
        Format::Json => {
            let json = json!({
                "version": 1,
                "id": answer.id,
                "status": answer.status.as_str(),
                "final": answer.status.is_final(),
                "approvalId": answer.approval_id,
                "request": answer.request.to_json(),
            });
            session.console.write(&format!("{json:#}\n"));
        }
        Format::Text => {
            let mark = match answer.status.progress() {
                Progress::Done => style.yes(),
                Progress::Failed => style.no(),
                Progress::Working | Progress::Waiting => style.unknown(),
            };
            let head = format!("{}, {}", answer.status, answer.status.words());
            let mut text = format!("{mark} {}\n", style.paint(STRONG, &head));
            let title = title(&answer.request, &address.scope, catalog);
            _ = writeln!(text, "  {}", style.code(&title));
            for (name, value) in details(&answer) {
                let name = style.paint(FAINT, &format!("{name:14}"));
                _ = writeln!(text, "  {name}{value}");
            }
            session.console.write(&text);
        }
    }
    let failed = answer.status.progress() == Progress::Failed;
    Ok(if failed { Status::Findings } else { Status::Clean })
}

fn details(answer: &RequestAnswer) -> Vec<(&'static str, String)> {
    let request = &answer.request;
    let mut details = vec![("principal", people(request.principal_id, &answer.names))];
    if let Some(schedule) = &request.schedule_info {
        let start = schedule.start_date_time.map_or_else(String::new, |at| format!("{at}, "));
        let end = match schedule.expiration {
            pim_model::Expiration::NoExpiration => "permanent".to_owned(),
            pim_model::Expiration::AfterDuration(duration) => format!("for {}", duration.words()),
            pim_model::Expiration::AfterDateTime(end) => format!("until {end}"),
        };
        details.push(("schedule", format!("{start}{end}")));
    }
    if let Some(justification) = &request.justification {
        details.push(("justification", diagnostics::render::one_line(justification).into_owned()));
    }
    if let Some(at) = answer.created_on {
        details.push(("sent", at.to_string()));
    }
    if request.condition.is_some() {
        details.push(("condition", "yes; `--format json` shows it".to_owned()));
    }
    if let Some(id) = &answer.id {
        details.push(("id", id.clone()));
    }
    details
}
