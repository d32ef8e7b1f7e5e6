//! What became of a request, for people and for programs.

use crate::commands::why;
use crate::console::{FAINT, wrap};
use crate::error_text::{refused, said};
use crate::failure::Failure;
use crate::online::{Follow, ServiceArguments, Session, Stop, role_name};
use abac_catalog::Catalog;
use clap::ValueEnum;
use diagnostics::render::one_line;
use pim_client::{Asked, Mode, Outcome, Progress, RequestAnswer, Submission};
use pim_model::{ScheduleRequest, Scope};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
}

/// How long a request is followed where nothing else is said: an approval may take a day.
pub(crate) const PATIENCE: Duration = Duration::from_secs(25 * 3600);

/// A request that is about to be sent, under a name that is chosen.
pub(crate) struct Sending<'r> {
    pub(crate) request: &'r ScheduleRequest,
    pub(crate) scope: &'r Scope,
    pub(crate) name: Uuid,
    pub(crate) mode: Mode,
    /// Whether it may have been sent before.
    pub(crate) resume: bool,
    /// What it is called, if not by what it asks for.
    pub(crate) title: Option<String>,
    /// Whether its id is of no interest.
    pub(crate) is_brief: bool,
}

impl<'r> Sending<'r> {
    /// Makes one that was never sent, under a fresh name if it has none.
    pub(crate) fn new(request: &'r ScheduleRequest, scope: &'r Scope, mode: Mode) -> Self {
        let name = request.name.unwrap_or_else(Uuid::new_v4);
        Self { request, scope, name, mode, resume: false, title: None, is_brief: false }
    }
}

/// What became of it.
pub(crate) struct Told {
    /// The outcome as JSON.
    pub(crate) json: Value,
    /// Whether it is as it shall be.
    pub(crate) is_good: bool,
    /// Whether the service has said how it ended, so that it need not be asked again.
    pub(crate) is_settled: bool,
}

impl Sending<'_> {
    /// Returns its whole id.
    fn id(&self) -> String {
        self.scope.authorization_id(self.request.family.request_kind(), &self.name.to_string())
    }

    fn words(
        &self,
        outcome: &Outcome,
        title: &str,
        is_explained: bool,
        session: &Session<'_>,
        service: &ServiceArguments,
    ) -> String {
        let style = session.console.style;
        let id = self.id();
        let line = |mark: String, what: &str| {
            let text = wrap(
                &one_line(&format!("{title}: {what}")),
                style.width.saturating_sub(2),
                "",
                "  ",
            );
            format!("{mark} {}\n", style.code(text.trim_end()))
        };
        let id_line = || match self.is_brief {
            true => String::new(),
            false => format!("  {}\n", style.paint(FAINT, &id)),
        };
        match outcome {
            Outcome::Final(one) => {
                let is_good = one.status.progress() == Progress::Done;
                let mark = if is_good { style.yes() } else { style.no() };
                line(mark, &format!("{}, {}", one.status, one.status.words())) + &id_line()
            }
            Outcome::Pending(one) => {
                let what = format!("{}, {}", one.status, one.status.words());
                let again = service.again();
                line(style.unknown(), &what)
                    + &id_line()
                    + &format!("  `grantif pim status {id}{again}` says how it goes\n")
            }
            Outcome::Validated(one) => {
                let what = one.status.forecast();
                line(style.yes(), &format!("{what} ({}); nothing was sent", one.status))
            }
            Outcome::NothingToDo(error) => line(style.yes(), error.what()),
            Outcome::Refused(error) => {
                let text = match is_explained {
                    true => said(error, style),
                    false => refused(error, Some(session.cloud()), style),
                };
                line(style.no(), "refused") + &text
            }
            Outcome::NameTaken(_) => line(
                style.no(),
                "another request has its name; take the name out, so that it gets a new one",
            ),
            Outcome::OutOfSight(one, trouble) => {
                let what =
                    format!("{}, and the service cannot be asked further: {trouble}", one.status);
                line(style.unknown(), &what)
                    + &format!("  `grantif pim status {id}{}` says how it goes\n", service.again())
            }
            Outcome::Unknown(trouble) => {
                let what = format!("it is not known whether the service has it: {trouble}");
                line(style.unknown(), &what)
                    + &format!("  `grantif pim status {id}{}` finds out\n", service.again())
            }
        }
    }

    /// Sends it, follows it, and tells what becomes of it.
    pub(crate) fn run(
        &self,
        session: &mut Session<'_>,
        service: &ServiceArguments,
        catalog: &Catalog,
        format: Format,
    ) -> Result<Option<Told>, Failure> {
        let start = if self.resume { Submission::resume } else { Submission::new };
        let pace = Session::pace();
        let submission = start(self.request.clone(), self.scope, self.name, self.mode, pace);
        let title = self.title.clone().unwrap_or_else(|| title(self.request, self.scope, catalog));
        let follow = Follow::new(title.clone(), false);
        let outcome = match follow.hold(session, submission) {
            Ok(outcome) => outcome,
            Err(Stop::Failed(failure)) => return Err(failure),
            Err(Stop::Interrupted) => {
                let id = self.id();
                let again = service.again();
                session.console.note(&format!(
                    "interrupted; the request goes on without being watched\n  grantif pim status \
                     {id}{again}\nsays how it goes, and `cancel` in place of `status` takes it back"
                ));
                return Ok(None);
            }
        };
        let mut told = told(&outcome, &self.id());
        let explained = match &outcome {
            Outcome::Refused(error)
                if error.may_be_a_condition() && !self.request.request_type.is_self() =>
            {
                why::explain_refusal(session, self.scope, &Asked::from(self.request))?
            }
            _ => None,
        };
        if let (Some(explained), Some(fields)) = (&explained, told.json.as_object_mut()) {
            fields.insert("condition".to_owned(), explained.json());
        }
        if format == Format::Text {
            let style = session.console.style;
            let mut text = self.words(&outcome, &title, explained.is_some(), session, service);
            if let Some(explained) = explained {
                text.push('\n');
                text.push_str(&explained.draw(catalog, style));
            }
            session.console.write(&text);
        }
        session.console.flush();
        Ok(Some(told))
    }
}

/// Says on one line what a request asks for.
pub(crate) fn title(request: &ScheduleRequest, scope: &Scope, catalog: &Catalog) -> String {
    let role = role_name(request.role_definition_id.guid, None, catalog);
    let (kind, family, who) = (request.request_type, request.family, request.principal_id);
    if request.request_type.is_self() {
        return format!("{kind} `{role}` at {scope}");
    }
    format!("{kind} {family} `{role}` for {who} at {scope}")
}

fn told(outcome: &Outcome, id: &str) -> Told {
    let answer = |word: &str, answer: &RequestAnswer| {
        json!({
            "outcome": word,
            "id": answer.id.clone().unwrap_or_else(|| id.to_owned()),
            "status": answer.status.as_str(),
            "approvalId": answer.approval_id,
        })
    };
    let failed = |word: &str, error: &pim_client::ServiceError| json!({ "outcome": word, "id": id, "error": why::error_json(error) });
    let (json, is_good, is_settled) = match outcome {
        Outcome::Final(one) => {
            (answer("final", one), one.status.progress() == Progress::Done, true)
        }
        Outcome::Pending(one) => (answer("pending", one), true, false),
        Outcome::Validated(one) => {
            (answer("validated", one), one.status.progress() != Progress::Failed, true)
        }
        Outcome::OutOfSight(one, trouble) => {
            let mut json = answer("outOfSight", one);
            if let Some(fields) = json.as_object_mut() {
                fields.insert("message".to_owned(), json!(trouble.to_string()));
            }
            (json, false, false)
        }
        Outcome::NothingToDo(error) => (failed("nothingToDo", error), true, true),
        Outcome::Refused(error) => (failed("refused", error), false, true),
        Outcome::NameTaken(one) => (answer("nameTaken", one), false, true),
        Outcome::Unknown(trouble) => {
            let why = trouble.to_string();
            (json!({ "outcome": "unknown", "id": id, "message": why }), false, false)
        }
    };
    Told { json, is_good, is_settled }
}
