//! `grantif pim cancel`.

use super::found::{Which, find};
use super::outcome::{Format, title};
use crate::Status;
use crate::configuration::{Configurations, Source};
use crate::console::Console;
use crate::failure::Failure;
use crate::online::{ServiceArguments, Session, troubled};
use clap::Args;
use pim_client::{Cancellation, Cancelled};
use serde_json::json;

const AFTER: &str = "\
Exit codes:
  0  the request is taken back
  1  it has come to its end; `grantif pim new remove` makes the request that undoes it
  2  wrong usage, or there is no such request";

/// Take back a request that waits, or has not started
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
    let cancellation =
        Cancellation::new(&address.scope, address.family, address.name, Session::pace());
    let cancelled = session.quietly(cancellation)?;
    let cancelled = cancelled.map_err(|trouble| troubled(&trouble, &session))?;
    let (done, answer) = match cancelled {
        Cancelled::Yes(answer) => (true, answer),
        Cancelled::TooLate(answer) => (false, answer),
    };
    let style = session.console.style;
    match arguments.format {
        Format::Json => {
            let json = json!({
                "version": 1,
                "id": answer.id,
                "cancelled": done,
                "status": answer.status.as_str(),
            });
            session.console.write(&format!("{json:#}\n"));
        }
        Format::Text => {
            let title = style.code(&title(&answer.request, &address.scope, catalog));
            let text = if done {
                format!("{} {title}: taken back\n", style.yes())
            } else {
                let words = answer.status.words();
                format!("{} {title}: too late, {words} ({})\n", style.no(), answer.status)
            };
            session.console.write(&text);
        }
    }
    Ok(if done { Status::Clean } else { Status::Findings })
}
