//! `grantif pim list`.

use super::outcome::Format;
use crate::Status;
use crate::commands::count;
use crate::configuration::{Configurations, Source};
use crate::console::{Console, FAINT};
use crate::failure::Failure;
use crate::online::{ServiceArguments, Session, Table, people, role_name, troubled};
use abac_catalog::Catalog;
use clap::{Args, ValueEnum};
use pim_client::{Filter, RequestAnswer, RequestStatus, ScheduleAnswer, call};
use pim_model::{Family, MemberType, Scope, Timestamp};
use serde_json::{Value, json};

const AFTER: &str = "\
Examples:
  grantif pim list                                    what you are eligible for, and what is active
  grantif pim list approvals                          what waits for your decision
  grantif pim list eligible --scope /subscriptions/…  everybody's, at the scope and above

Exit codes:
  0  listed
  2  wrong usage, or the service refused";

/// List assignments and requests, your own or those at a scope
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// What to list [default: eligible active]
    #[arg(value_name = "WHAT")]
    what: Vec<What>,
    /// Everybody's at this scope and above, in place of your own
    #[arg(long, value_name = "ID")]
    scope: Option<Scope>,
    /// Your own at this scope and above
    #[arg(long)]
    mine: bool,
    /// How to write the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    service: ServiceArguments,
}

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum What {
    /// Roles that may be activated
    Eligible,
    /// Roles that are held
    Active,
    /// Requests that wait or have not started
    Pending,
    /// Requests that wait for your decision
    Approvals,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    let configuration = Configurations::new(&arguments.source)?.of(None)?;
    let catalog = configuration.catalog();
    let mut what = arguments.what.clone();
    if what.is_empty() {
        what = vec![What::Eligible, What::Active];
    }
    what.sort();
    what.dedup();
    let mut session = arguments.service.session(console)?;
    let (mut schedules, mut requests) = (Vec::new(), Vec::new());
    for one in &what {
        match one {
            What::Eligible => {
                schedules.extend(arguments.schedules(Family::Eligibility, &mut session)?);
            }
            What::Active => {
                schedules.extend(arguments.schedules(Family::Assignment, &mut session)?);
            }
            What::Pending => requests.extend(arguments.pending(&mut session)?),
            What::Approvals => requests.extend(arguments.approvals(&mut session)?),
        }
    }
    let name = |one: &ScheduleAnswer| {
        role_name(one.schedule.role_definition_id.guid, Some(&one.names), catalog)
    };
    schedules.sort_by_cached_key(|one| {
        (name(one).to_lowercase(), scope_of(one.schedule.scope.as_ref()), one.schedule.family)
    });
    let with_schedules = what.iter().any(|one| *one < What::Pending);
    let with_requests = what.iter().any(|one| *one >= What::Pending);
    match arguments.format {
        Format::Json => {
            let assignments: Vec<_> =
                schedules.iter().map(|one| schedule_json(one, &name(one))).collect();
            let requests: Vec<_> = requests.iter().map(|one| request_json(one, catalog)).collect();
            let json = json!({ "version": 1, "assignments": assignments, "requests": requests });
            session.console.write(&format!("{json:#}\n"));
        }
        Format::Text => {
            let style = session.console.style;
            let mut text = String::new();
            if with_schedules && !schedules.is_empty() {
                text.push_str(
                    &schedule_table(&schedules, arguments.is_mine(), catalog).draw(style),
                );
            }
            if with_requests && !requests.is_empty() {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&request_table(&requests, catalog).draw(style));
            }
            let mut found = Vec::new();
            if with_schedules {
                found.push(count(schedules.len(), "assignment", "assignments"));
            }
            if with_requests {
                found.push(count(requests.len(), "request", "requests"));
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&format!("{}\n", style.paint(FAINT, &found.join(", "))));
            session.console.write(&text);
        }
    }
    Ok(Status::Clean)
}

impl Arguments {
    fn at(&self) -> Scope {
        self.scope.clone().unwrap_or(Scope::Tenant)
    }

    fn is_mine(&self) -> bool {
        self.mine || self.scope.is_none()
    }

    fn schedules(
        &self,
        family: Family,
        session: &mut Session<'_>,
    ) -> Result<Vec<ScheduleAnswer>, Failure> {
        let filter = if self.is_mine() { Filter::AsTarget } else { Filter::AtScope };
        let listed = session.list(call::instances(&self.at(), family, &filter))?;
        listed.map_err(|trouble| troubled(&trouble, session))
    }

    fn pending(&self, session: &mut Session<'_>) -> Result<Vec<RequestAnswer>, Failure> {
        let filter = if self.is_mine() { Filter::AsRequestor } else { Filter::AtScope };
        let mut found = Vec::new();
        for family in [Family::Eligibility, Family::Assignment] {
            let listed = session.list(call::requests(&self.at(), family, &filter))?;
            found.extend(listed.map_err(|trouble| troubled(&trouble, session))?);
        }
        found.retain(|one| !one.status.is_final() || one.status == RequestStatus::Granted);
        Ok(found)
    }

    fn approvals(&self, session: &mut Session<'_>) -> Result<Vec<RequestAnswer>, Failure> {
        let call = call::requests(&self.at(), Family::Assignment, &Filter::AsApprover);
        let listed = session.list(call)?;
        let mut found = listed.map_err(|trouble| troubled(&trouble, session))?;
        found.retain(|one| one.status == RequestStatus::PendingApproval);
        Ok(found)
    }
}

fn scope_of(scope: Option<&Scope>) -> String {
    scope.map(ToString::to_string).unwrap_or_default()
}

/// Says how somebody came to an assignment.
fn how(one: &ScheduleAnswer) -> &'static str {
    match (one.schedule.is_activation, one.schedule.member_type) {
        (true, _) => "activated",
        (false, Some(MemberType::Group)) => "through a group",
        (false, Some(MemberType::Inherited)) => "from above",
        (false, _) => "direct",
    }
}

/// One's own assignments need not say whose they are.
fn schedule_table(schedules: &[ScheduleAnswer], is_mine: bool, catalog: &Catalog) -> Table<7> {
    let headings = ["ROLE", "IS", "PRINCIPAL", "SCOPE", "ENDS", "HOW", "CONDITION"];
    let mut table = Table::new(headings, &[2, 3]);
    for one in schedules {
        let schedule = &one.schedule;
        let has = schedule.condition.as_deref().is_some_and(|text| !text.trim().is_empty());
        table.row([
            role_name(schedule.role_definition_id.guid, Some(&one.names), catalog),
            schedule.family.to_string(),
            if is_mine { String::new() } else { people(schedule.principal_id, &one.names) },
            scope_of(schedule.scope.as_ref()),
            schedule.end_date_time.map_or_else(|| "never".to_owned(), minute),
            how(one).to_owned(),
            if has { "yes" } else { "" }.to_owned(),
        ]);
    }
    table
}

/// Writes an instant to the minute.
fn minute(at: Timestamp) -> String {
    let text = at.to_string();
    match (text.get(..10), text.get(11..16)) {
        (Some(day), Some(time)) => format!("{day} {time}"),
        _ => text,
    }
}

fn request_table(requests: &[RequestAnswer], catalog: &Catalog) -> Table<6> {
    let headings = ["ROLE", "REQUEST", "PRINCIPAL", "SCOPE", "STATUS", "NAME"];
    let mut table = Table::new(headings, &[2, 3]);
    for one in requests {
        let request = &one.request;
        table.row([
            role_name(request.role_definition_id.guid, Some(&one.names), catalog),
            request.request_type.to_string(),
            people(request.principal_id, &one.names),
            scope_of(request.scope.as_ref()),
            one.status.to_string(),
            request.name.map(|name| name.to_string()).unwrap_or_default(),
        ]);
    }
    table
}

fn schedule_json(one: &ScheduleAnswer, role: &str) -> Value {
    let schedule = &one.schedule;
    json!({
        "family": schedule.family.as_str(),
        "role": role,
        "roleDefinitionId": schedule.role_definition_id.to_string(),
        "principalId": schedule.principal_id,
        "principal": one.names.principal,
        "scope": schedule.scope.as_ref().map(ToString::to_string),
        "start": schedule.start_date_time.map(|at| at.to_string()),
        "end": schedule.end_date_time.map(|at| at.to_string()),
        "memberType": schedule.member_type,
        "isActivation": schedule.is_activation,
        "condition": schedule.condition,
        "id": schedule.id,
    })
}

fn request_json(one: &RequestAnswer, catalog: &Catalog) -> Value {
    let request = &one.request;
    json!({
        "id": one.id,
        "status": one.status.as_str(),
        "approvalId": one.approval_id,
        "role": role_name(request.role_definition_id.guid, Some(&one.names), catalog),
        "request": request.to_json(),
    })
}
