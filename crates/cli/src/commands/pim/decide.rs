//! `grantif pim approve` and `grantif pim deny`.

use super::found::{Address, Which, find};
use super::outcome::{Format, title};
use crate::Status;
use crate::configuration::{Configurations, Source};
use crate::console::Console;
use crate::failure::Failure;
use crate::online::{ServiceArguments, Session, troubled};
use clap::Args;
use pim_client::{Decided, Deciding, Decision, call};
use pim_model::Scope;
use serde_json::json;

const AFTER: &str = "\
`grantif pim list approvals` shows what waits for you.

Exit codes:
  0  decided
  1  somebody else has decided before
  2  wrong usage, or it is not for you to decide";

/// Decide an activation that waits for approval
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Why; the one who asked reads it
    #[arg(short, long, value_name = "TEXT", required = true)]
    justification: String,
    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    service: ServiceArguments,
}

pub(crate) fn run(
    arguments: &Arguments,
    decision: Decision,
    console: &mut Console,
) -> Result<Status, Failure> {
    let configuration = Configurations::new(&arguments.source)?.of(None)?;
    let catalog = configuration.catalog();
    if arguments.justification.trim().is_empty() {
        return Err(Failure::new("the justification is empty").help("say why with --justification"));
    }
    let mut session = arguments.service.session(console)?;
    let (approval, title) = match approval_id(&arguments.which.request) {
        Some(id) => (id.clone(), id),
        None => {
            let address = find(&arguments.which, &mut session)?;
            let Address { scope, family, name } = &address;
            let answer = session.ask(call::request(scope, *family, *name))?;
            let answer = answer.map_err(|trouble| troubled(&trouble, &session))?;
            let Some(id) = answer.approval_id else {
                let message = format!("the request waits for no approval: {}", answer.status);
                return Err(Failure::new(message));
            };
            (whole(&id, scope), title(&answer.request, scope, catalog))
        }
    };
    let deciding =
        Deciding::new(&approval, decision, arguments.justification.trim(), Session::pace());
    let decided = session.quietly(deciding)?;
    let decided = decided.map_err(|trouble| troubled(&trouble, &session))?;
    let style = session.console.style;
    let (mark, what, status) = match &decided {
        Decided::Now if decision == Decision::Approve => {
            (style.yes(), "approved".to_owned(), Status::Clean)
        }
        Decided::Now => (style.yes(), "denied".to_owned(), Status::Clean),
        Decided::Before(stage) => {
            let who = stage.reviewed_by.as_deref().unwrap_or("somebody else");
            let what = format!("decided before: {} by {who}", stage.review_result);
            (style.no(), what, Status::Findings)
        }
    };
    match arguments.format {
        Format::Text => {
            let title = style.code(&title);
            session.console.write(&format!("{mark} {title}: {what}\n"));
        }
        Format::Json => {
            let result = match &decided {
                Decided::Now => decision.as_str(),
                Decided::Before(stage) => &stage.review_result,
            };
            let json = json!({
                "version": 1,
                "approvalId": approval,
                "decidedNow": decided == Decided::Now,
                "reviewResult": result,
            });
            session.console.write(&format!("{json:#}\n"));
        }
    }
    Ok(status)
}

/// Takes the whole id of an approval.
fn approval_id(text: &str) -> Option<String> {
    let text = text.trim();
    let is_approval = text.to_ascii_lowercase().contains("/roleassignmentapprovals/");
    is_approval.then(|| text.to_owned())
}

/// Completes the id of an approval; the service gives it whole, and is known to give the name alone.
fn whole(id: &str, scope: &Scope) -> String {
    if id.starts_with('/') {
        return id.to_owned();
    }
    scope.authorization_id("roleAssignmentApprovals", id)
}
