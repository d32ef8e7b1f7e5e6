//! `grantif pim activate` and `grantif pim deactivate`.

use super::new::Questions;
use super::outcome::{Format, Sending};
use super::own;
use super::submit::Waiting;
use crate::Status;
use crate::configuration::{Configurations, Source};
use crate::console::Console;
use crate::failure::Failure;
use crate::online::{ServiceArguments, Session};
use abac_catalog::Catalog;
use clap::Args;
use pim_client::{Filter, Mode, Outcome, Submission, call};
use pim_model::policy::RuleId;
use pim_model::{
    Duration, Expiration, Family, Policy, RequestType, RoleDefinitionId, ScheduleInfo,
    ScheduleRequest, Scope, TicketInfo, Timestamp, judge,
};
use serde_json::json;
use std::io::{self, IsTerminal};
use uuid::Uuid;

/// How long an activation lasts where neither the user nor a policy says: the first is the default
/// of policies (*observed*: clients in public, read 2026-11), and the next is tried where the service
/// finds one too long.
const USUAL: [Duration; 5] = [
    Duration::hours(8),
    Duration::hours(4),
    Duration::hours(2),
    Duration::hours(1),
    Duration::minutes(30),
];

const AFTER_ACTIVATE: &str = "\
Examples:
  grantif pim activate Contributor -j 'INC-42: the queue is stuck'
  grantif pim activate Reader --scope /subscriptions/…/resourceGroups/rg-app --for '1 hour'

Exit codes:
  0  active, active already, or waiting for approval with --no-wait
  1  refused, denied, or not decided in time
  2  wrong usage, or you are not eligible";

/// Activate a role you are eligible for
///
/// Finds the eligibility, asks for what the policy of the role asks for, sends the request and waits.
#[derive(Debug, Args)]
#[command(after_help = AFTER_ACTIVATE)]
pub(crate) struct Arguments {
    /// The role, by name or GUID
    #[arg(value_name = "ROLE")]
    role: String,
    /// Where, or a place within it [default: where you are eligible]
    #[arg(long, value_name = "ID")]
    scope: Option<Scope>,
    /// How long [default: the longest the policy allows]
    #[arg(long = "for", value_name = "LENGTH", value_parser = Duration::from_words)]
    length: Option<Duration>,
    /// Why
    #[arg(short, long, value_name = "TEXT")]
    justification: Option<String>,
    /// The number of the ticket
    #[arg(long, value_name = "NUMBER")]
    ticket: Option<String>,
    /// The system the ticket is in
    #[arg(long, value_name = "NAME")]
    ticket_system: Option<String>,
    /// Ask what would become of it; nothing is sent
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    common: Common,
}

/// Stop using a role that you activated
#[derive(Debug, Args)]
pub(crate) struct DeactivateArguments {
    /// The role, by name or GUID
    #[arg(value_name = "ROLE")]
    role: String,
    /// Where, if you have activated it at several scopes
    #[arg(long, value_name = "ID")]
    scope: Option<Scope>,
    #[command(flatten)]
    common: Common,
}

/// The options of both.
#[derive(Debug, Args)]
struct Common {
    #[command(flatten)]
    waiting: Waiting,
    /// How to write the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    service: ServiceArguments,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let configuration = Configurations::new(&arguments.common.source)?.of(None)?;
    let catalog = configuration.catalog();
    let mut session = arguments.common.service.session(console)?;
    let caller = session.known_caller()?;
    let given = arguments.scope.as_ref();
    let eligibility = own::one(&mut session, Family::Eligibility, &arguments.role, given, catalog)?;
    let role = eligibility.schedule.role_definition_id.guid;
    let scope = given.cloned().or(eligibility.schedule.scope).unwrap_or(Scope::Tenant);
    let policy = policy(&mut session, &scope, role)?;
    let mut request = ScheduleRequest::new(
        Family::Assignment,
        RequestType::SelfActivate,
        scope.clone(),
        role,
        caller,
    );
    let longest = policy.as_ref().and_then(|policy| {
        policy.expiration(&RuleId::ExpirationEndUserAssignment)?.maximum_duration
    });
    request.justification.clone_from(&arguments.justification);
    let ticket = TicketInfo {
        ticket_number: arguments.ticket.clone(),
        ticket_system: arguments.ticket_system.clone(),
    };
    request.ticket_info = (!ticket.is_empty()).then_some(ticket);
    match arguments.length.or(longest) {
        Some(length) => request.schedule_info = Some(lasting(length)),
        None => request.schedule_info = Some(longest_taken(&mut session, &request, &scope)?),
    }
    if let Some(policy) = &policy {
        complete(&mut request, policy, session.now())?;
    }
    let mode = if arguments.dry_run { Mode::Validate } else { arguments.common.waiting.mode() };
    arguments.common.send(&mut session, &request, &scope, mode, catalog)
}

pub(crate) fn deactivate(
    arguments: &DeactivateArguments,
    console: &mut Console,
) -> Result<Status, Failure> {
    let configuration = Configurations::new(&arguments.common.source)?.of(None)?;
    let catalog = configuration.catalog();
    let mut session = arguments.common.service.session(console)?;
    let caller = session.known_caller()?;
    let given = arguments.scope.as_ref();
    let active = own::one(&mut session, Family::Assignment, &arguments.role, given, catalog)?;
    let role = active.schedule.role_definition_id.guid;
    let scope = active.schedule.scope.unwrap_or(Scope::Tenant);
    let (family, kind) = (Family::Assignment, RequestType::SelfDeactivate);
    let request = ScheduleRequest::new(family, kind, scope.clone(), role, caller);
    let mode = arguments.common.waiting.mode();
    arguments.common.send(&mut session, &request, &scope, mode, catalog)
}

impl Common {
    fn send(
        &self,
        session: &mut Session<'_>,
        request: &ScheduleRequest,
        scope: &Scope,
        mode: Mode,
        catalog: &Catalog,
    ) -> Result<Status, Failure> {
        let sending = Sending::new(request, scope, mode);
        let Some(told) = sending.run(session, &self.service, catalog, self.format)? else {
            return Ok(Status::Findings);
        };
        if self.format == Format::Json {
            let json = json!({ "version": 1, "results": [told.json] });
            session.console.write(&format!("{json:#}\n"));
        }
        Ok(if told.is_good { Status::Clean } else { Status::Findings })
    }
}

const fn lasting(length: Duration) -> ScheduleInfo {
    ScheduleInfo::now(Expiration::AfterDuration(length))
}

/// Finds the longest of the usual times that the service does not find too long, for those who may
/// not read the policy. Nothing is sent but questions.
fn longest_taken(
    session: &mut Session<'_>,
    request: &ScheduleRequest,
    scope: &Scope,
) -> Result<ScheduleInfo, Failure> {
    let [first, ..] = USUAL;
    for length in USUAL {
        let mut asked = request.clone();
        asked.schedule_info = Some(lasting(length));
        let validation =
            Submission::new(asked, scope, Uuid::new_v4(), Mode::Validate, Session::pace());
        let is_too_long = matches!(session.quietly(validation)?, Outcome::Refused(error)
            if error.rules.iter().any(|rule| rule.name == "ExpirationRule"));
        if !is_too_long {
            return Ok(lasting(length));
        }
    }
    // The service says what is wrong when it is sent.
    Ok(lasting(first))
}

/// Reads the policy that the activation will meet; whoever may not read it is told by the service
/// what is missing.
fn policy(session: &mut Session<'_>, scope: &Scope, role: Uuid) -> Result<Option<Policy>, Failure> {
    let id = RoleDefinitionId::seen_from(scope, role).to_string();
    let listed = session.list(call::policy_assignments(scope, &Filter::Role(id)))?;
    let policies = listed.unwrap_or_default();
    Ok(policies.into_iter().find(|policy| policy.role() == Some(role)))
}

/// Asks for what the policy asks for, on a terminal; says what is missing otherwise.
fn complete(request: &mut ScheduleRequest, policy: &Policy, now: Timestamp) -> Result<(), Failure> {
    use pim_model::PolicyFault as Fault;
    let missing = |request: &ScheduleRequest| {
        let verdict = judge(request, policy, now);
        verdict.failures.into_iter().filter(|one| one.fault.is_in_request()).collect::<Vec<_>>()
    };
    let can_ask = io::stdin().is_terminal() && io::stderr().is_terminal();
    for failure in missing(request) {
        let mut questions = Questions::new(io::stdin().lock(), io::stderr());
        let mut ask = |question: &str| {
            questions.ask(question, |text| match text {
                "" => Err("the policy of the role asks for it".to_owned()),
                text => Ok(text.to_owned()),
            })
        };
        match failure.fault {
            Fault::JustificationRule if can_ask => request.justification = Some(ask("Why")?),
            Fault::TicketingRule if can_ask => {
                let number = ask("The number of the ticket")?;
                request.ticket_info =
                    Some(TicketInfo::new(number, ask("The system the ticket is in")?));
            }
            Fault::JustificationRule => {
                return Err(Failure::new("the policy of the role asks for a justification")
                    .help("give it with --justification"));
            }
            Fault::TicketingRule => {
                return Err(Failure::new("the policy of the role asks for a ticket")
                    .help("give it with --ticket and --ticket-system"));
            }
            _ => {
                let message = format!(
                    "the policy of the role allows {}, found {}",
                    failure.limit, failure.value
                );
                return Err(Failure::new(message).help("give a shorter time with --for"));
            }
        }
    }
    Ok(())
}
