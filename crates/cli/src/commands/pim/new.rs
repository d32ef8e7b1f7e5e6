//! `grantif pim new`.

mod questions;

use crate::Status;
use crate::configuration::{Configurations, Source, find_role};
use crate::console::Console;
use crate::failure::Failure;
use crate::pim::{FamilyName, SnippetArguments, check_condition};
use clap::{Args, ValueEnum};
use iac_emit::Input;
use pim_model::{
    Access, Family, GroupIntent, GroupRequest, Intent, IntentError, Length, Naming, PrincipalType,
    RequestType, Role, Scope, TicketInfo, Timestamp, Wish,
};
pub(crate) use questions::Questions;
use serde_json::json;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use uuid::Uuid;

const AFTER: &str = "\
Examples:
  grantif pim new eligible --role Contributor --principal 11111111-1111-1111-1111-111111111111 \\
    --subscription 00000000-0000-0000-0000-000000000000 --resource-group rg-app --for '180 days'
  grantif pim new activate --role Reader --principal 22222222-2222-2222-2222-222222222222 \\
    --subscription 00000000-0000-0000-0000-000000000000 --for '4 hours' \\
    --justification 'INC-42: the queue is stuck' --ticket INC-42 --ticket-system ServiceNow \\
    --target az-rest
  grantif pim new eligible --role 'User Access Administrator' --condition delegate.abac … \\
    --target bicep --out deploy
  grantif pim new eligible --group 33333333-3333-3333-3333-333333333333 --access member \\
    --principal 22222222-2222-2222-2222-222222222222 --for '180 days'

Exit codes:
  0  written
  1  the condition has errors, or nothing Azure would take can be made of what is wanted
  2  wrong usage, or something cannot be read or written";

/// Make a request from what is wanted
///
/// In a terminal, `grantif pim new` alone asks for everything that it needs.
///
/// Finds the family of the API, the request type and the body. Without --target, writes the request
/// as JSON that `grantif pim check` and `grantif emit` read. A condition is checked first.
#[derive(Debug, Clone, Args)]
#[command(after_help = AFTER)]
pub(crate) struct Arguments {
    /// What is wanted
    #[arg(value_name = "WISH", requires = "principal")]
    wish: Option<WishName>,
    /// The role, by name or GUID
    #[arg(short, long, value_name = "ROLE")]
    role: Option<String>,
    /// Who: the object id of a user, group or service principal
    #[arg(short, long, value_name = "GUID")]
    principal: Option<Uuid>,
    /// What the principal is
    #[arg(long, value_name = "TYPE")]
    principal_type: Option<PrincipalName>,
    /// Where, as an id
    #[arg(long, value_name = "ID", conflicts_with_all = ["management_group", "subscription"], help_heading = "Where")]
    scope: Option<Scope>,
    /// Where: the name of a management group
    #[arg(long, value_name = "NAME", conflicts_with = "subscription", help_heading = "Where")]
    management_group: Option<String>,
    /// Where: a subscription, or with --resource-group a part of it
    #[arg(long, value_name = "GUID", help_heading = "Where")]
    subscription: Option<Uuid>,
    /// Where: a resource group of the subscription
    #[arg(long, value_name = "NAME", requires = "subscription", help_heading = "Where")]
    resource_group: Option<String>,
    /// PIM for Groups: the group
    #[arg(long, value_name = "GUID", conflicts_with_all = ["scope", "management_group", "subscription", "role", "condition", "nonce", "target_schedule"], help_heading = "Where")]
    group: Option<Uuid>,
    /// PIM for Groups: member or owner of it
    #[arg(long, value_name = "ACCESS", requires = "group", help_heading = "Where")]
    access: Option<AccessName>,
    /// Change, remove, extend or renew an eligible or an active assignment [default: eligible]
    #[arg(long, value_name = "FAMILY")]
    family: Option<FamilyName>,
    /// Extend or renew as the one whose assignment it is
    #[arg(long)]
    myself: bool,
    /// When it starts [default: now]
    #[arg(long, value_name = "INSTANT", help_heading = "When")]
    start: Option<Timestamp>,
    /// How long: `180 days`, `PT8H`, or `permanent`
    #[arg(long = "for", value_name = "LENGTH", value_parser = Length::from_words, help_heading = "When")]
    length: Option<Length>,
    /// When it ends
    #[arg(long, value_name = "INSTANT", conflicts_with = "length", help_heading = "When")]
    until: Option<Timestamp>,
    /// Why
    #[arg(short, long, value_name = "TEXT", help_heading = "Why")]
    justification: Option<String>,
    /// The number of the ticket
    #[arg(long, value_name = "NUMBER", help_heading = "Why")]
    ticket: Option<String>,
    /// The system the ticket is in
    #[arg(long, value_name = "NAME", help_heading = "Why")]
    ticket_system: Option<String>,
    /// The file of the condition
    #[arg(short, long, value_name = "FILE")]
    condition: Option<PathBuf>,
    /// The id of the schedule to change
    #[arg(long, value_name = "ID")]
    target_schedule: Option<String>,
    /// Name the request by what it is and this text, so that it has the same name each time
    #[arg(long, value_name = "TEXT")]
    nonce: Option<String>,
    /// Write only the body of the call
    #[arg(long, conflicts_with = "targets")]
    body: bool,
    #[command(flatten)]
    snippet: SnippetArguments,
    #[command(flatten)]
    source: Source,
}

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WishName {
    /// Let someone activate the role
    Eligible,
    /// Give someone the role for a time
    Active,
    /// Use a role one is eligible for
    Activate,
    /// Stop using it
    Deactivate,
    /// Let an assignment that has not ended end later
    Extend,
    /// Bring back an assignment that has ended
    Renew,
    /// Change an assignment
    Update,
    /// Take an assignment away
    Remove,
}

/// What a principal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PrincipalName {
    User,
    Group,
    ServicePrincipal,
}

/// What someone is of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AccessName {
    Member,
    Owner,
}

pub(crate) fn run(arguments: &Arguments, console: &mut Console) -> Result<Status, Failure> {
    if arguments.snippet.wants_list() {
        return Ok(arguments.snippet.list(console));
    }
    let mut arguments = arguments.clone();
    if arguments.wish.is_none() && io::stdin().is_terminal() && io::stderr().is_terminal() {
        let configuration = Configurations::new(&arguments.source)?.of(None)?;
        let questions = Questions::new(io::stdin().lock(), io::stderr());
        questions.complete(&mut arguments, configuration.catalog())?;
    }
    let (Some(wish), Some(principal)) = (arguments.wish, arguments.principal) else {
        return Err(Failure::new("there is no wish").help(
            "say what is wanted, such as `eligible`, and who with --principal; in a terminal, \
             `grantif pim new` asks",
        ));
    };
    let wish = arguments.wish_of(wish);
    make(&arguments, wish, principal, console)
}

fn make(
    arguments: &Arguments,
    wish: Wish,
    principal: Uuid,
    console: &mut Console,
) -> Result<Status, Failure> {
    let Some(group) = arguments.group else {
        return for_resource(arguments, wish, principal, console);
    };
    match group_request(arguments, wish, principal, group) {
        Ok(request) => write(arguments, Input::Group(request), None, console),
        Err(error) => Ok(refused(&error, console)),
    }
}

fn for_resource(
    arguments: &Arguments,
    wish: Wish,
    principal: Uuid,
    console: &mut Console,
) -> Result<Status, Failure> {
    let configuration = Configurations::new(&arguments.source)?.of(None)?;
    let catalog = configuration.catalog();
    let Some(name) = arguments.role.as_deref().map(str::trim) else {
        return Err(
            Failure::new("there is no role").help("name it with --role, or a group with --group")
        );
    };
    // A role that only the tenant knows is given by its GUID.
    let (guid, role) = match Uuid::try_parse(name) {
        Ok(guid) => (guid, catalog.role(&guid.hyphenated().to_string())),
        Err(_) => {
            let role = find_role(catalog, name)
                .map_err(|(message, help)| Failure::new(message).help(help))?;
            let wrong = |_| Failure::new(format!("the id of `{name}` is no GUID"));
            (Uuid::try_parse(role.id()).map_err(wrong)?, Some(role))
        }
    };
    let condition = match &arguments.condition {
        Some(path) => match check_condition(path, catalog, role, true)?.sound(console) {
            Some(text) => Some(text),
            None => return Ok(Status::Findings),
        },
        None => None,
    };
    let naming = match &arguments.nonce {
        Some(nonce) => Naming::Fixed { nonce: nonce.clone() },
        None => Naming::Fresh(Uuid::new_v4().into_bytes()),
    };
    let intent = Intent {
        myself: arguments.myself,
        principal_type: arguments.principal_type.map(PrincipalType::from),
        start: arguments.start,
        length: arguments.length(),
        justification: arguments.justification.clone(),
        ticket: arguments.ticket(),
        condition,
        target_schedule_id: arguments.target_schedule.clone(),
        ..Intent::new(wish, arguments.place()?, Role::Guid(guid), principal, naming)
    };
    let mut request = match intent.request(|_| None) {
        Ok(request) => request,
        Err(error) => return Ok(refused(&error, console)),
    };
    if arguments.nonce.is_none() {
        // What is written takes a fresh name each time it is sent.
        request.name = None;
    }
    let name = role.map(|role| role.name().to_owned());
    write(arguments, Input::Schedule(request), name, console)
}

fn group_request(
    arguments: &Arguments,
    wish: Wish,
    principal_id: Uuid,
    group_id: Uuid,
) -> Result<GroupRequest, IntentError> {
    GroupIntent {
        wish,
        myself: arguments.myself,
        access: match arguments.access {
            Some(AccessName::Owner) => Access::Owner,
            Some(AccessName::Member) | None => Access::Member,
        },
        group_id,
        principal_id,
        start: arguments.start,
        length: arguments.length(),
        justification: arguments.justification.clone(),
        ticket: arguments.ticket(),
    }
    .request()
}

fn write(
    arguments: &Arguments,
    made: Input,
    role_name: Option<String>,
    console: &mut Console,
) -> Result<Status, Failure> {
    if arguments.snippet.wants_any() {
        return arguments.snippet.write(&made, role_name, None, console);
    }
    let value = match &made {
        Input::Schedule(request) if arguments.body => request.to_json(),
        Input::Schedule(request) => request.to_document(),
        Input::Group(request) if arguments.body => request.to_json(),
        Input::Group(request) => json!({ "path": request.path(), "body": request.to_json() }),
        Input::Assignment(assignment) => assignment.to_json(),
        Input::Policy(_) => serde_json::Value::Null,
    };
    console.write(&format!("{value:#}\n"));
    Ok(Status::Clean)
}

fn refused(error: &IntentError, console: &mut Console) -> Status {
    let failure = Failure::new(error.to_string());
    let failure = match error {
        IntentError::MissingLength => failure.help("give it with --for or --until"),
        IntentError::LengthOfRemoval(_) => failure.help("leave out --for, --until and --start"),
        IntentError::ConditionNotTaken(RequestType::SelfActivate) => {
            failure.help("an activation takes over the condition of the eligibility")
        }
        IntentError::ConditionNotTaken(_) => failure.help("leave out --condition"),
        IntentError::PermanentActivation => {
            failure.help("give its length, such as --for '8 hours'")
        }
        IntentError::EligibleServicePrincipal => {
            failure.help("`grantif pim new active` makes it active")
        }
        _ => failure,
    };
    console.report(&failure);
    Status::Findings
}

impl Arguments {
    fn wish_of(&self, wish: WishName) -> Wish {
        let family = self.family.map_or(Family::Eligibility, Family::from);
        match wish {
            WishName::Eligible => Wish::MakeEligible,
            WishName::Active => Wish::MakeActive,
            WishName::Activate => Wish::Activate,
            WishName::Deactivate => Wish::Deactivate,
            WishName::Extend => Wish::Extend(family),
            WishName::Renew => Wish::Renew(family),
            WishName::Update => Wish::Update(family),
            WishName::Remove => Wish::Remove(family),
        }
    }

    fn length(&self) -> Option<Length> {
        self.length.or_else(|| self.until.map(Length::Until))
    }

    fn ticket(&self) -> Option<TicketInfo> {
        let ticket = TicketInfo {
            ticket_number: self.ticket.clone(),
            ticket_system: self.ticket_system.clone(),
        };
        (!ticket.is_empty()).then_some(ticket)
    }

    fn place(&self) -> Result<Scope, Failure> {
        match (&self.scope, &self.management_group, self.subscription, &self.resource_group) {
            (Some(scope), ..) => Ok(scope.clone()),
            (_, Some(name), ..) => Ok(Scope::management_group(name)),
            (_, _, Some(id), Some(name)) => Ok(Scope::resource_group(id, name)),
            (_, _, Some(id), None) => Ok(Scope::subscription(id)),
            _ => Err(Failure::new("there is no scope").help(
                "say where with --scope, with --management-group, or with --subscription and \
                 perhaps --resource-group",
            )),
        }
    }
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
