//! PIM for Groups: requests, schedules, instances and approvals.

mod approvals;
mod requests;
mod schedules;

use super::call::Call;
use super::fault::Fault;
use crate::engine::{Caller, MEMBER, OWNER, World};
use crate::odata::Filter;
use axum::http::Method;
use axum::response::Response;
use pim_model::{Access, Family};
use uuid::Uuid;

/// The path in front of every set, for `@odata.context`.
const SETS: &str = "identityGovernance/privilegedAccess/group";

/// Answers what is behind `/identityGovernance/privilegedAccess/group`.
pub(super) async fn answer(call: &Call, rest: &[&str]) -> Result<Response, Fault> {
    let Some((set, rest)) = rest.split_first() else { return Err(call.unknown()) };
    let family = match set {
        _ if set.starts_with("eligibility") => Family::Eligibility,
        _ => Family::Assignment,
    };
    match *set {
        "eligibilityschedulerequests" | "assignmentschedulerequests" => {
            requests::answer(call, family, rest).await
        }
        "eligibilityschedules" | "assignmentschedules" => {
            schedules::answer(call, family, schedules::View::Schedule, rest).await
        }
        "eligibilityscheduleinstances" | "assignmentscheduleinstances" => {
            schedules::answer(call, family, schedules::View::Instance, rest).await
        }
        "assignmentapprovals" => approvals::answer(call, rest).await,
        _ => Err(call.unknown()),
    }
}

/// Of whom a list is.
enum Whose {
    /// Of a group, for whoever administers it.
    Group(Uuid),
    /// Of a principal.
    Principal(Uuid),
    /// Of the caller, in a sense of its own.
    Caller(On),
}

/// What `filterByCurrentUser` compares the caller with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    Principal,
    CreatedBy,
    Approver,
}

/// Reads of whom a list is, from the function in its path or from its filter, which must name one
/// (*documented*: learn.microsoft.com/graph/api/privilegedaccessgroup-list-assignmentschedules,
/// 2026-11).
fn whose(call: &Call, rest: &[&str]) -> Result<Option<Whose>, Fault> {
    match rest {
        [] if call.method == Method::GET => {
            let filter = call.query.filter.as_ref();
            let id = |name| {
                let text = filter.and_then(|filter: &Filter| filter.required_text(name))?;
                Uuid::try_parse(text).ok()
            };
            match (id("principalId"), id("groupId")) {
                (Some(principal), _) => Ok(Some(Whose::Principal(principal))),
                (None, Some(group)) => Ok(Some(Whose::Group(group))),
                (None, None) => Err(Fault::bad_request(
                    "The list needs a $filter with groupId eq '…' or principalId eq '…'.",
                )),
            }
        }
        [function] if call.method == Method::GET => {
            let on = match function.strip_prefix("filterbycurrentuser(on='") {
                Some("principal')") => On::Principal,
                Some("createdby')") => On::CreatedBy,
                Some("approver')") => On::Approver,
                _ => return Ok(None),
            };
            Ok(Some(Whose::Caller(on)))
        }
        _ => Ok(None),
    }
}

/// Refuses a caller who may not see what a group or another principal has.
fn may_see(
    world: &World,
    caller: &Caller,
    group: Option<Uuid>,
    principal: Option<Uuid>,
) -> Result<(), Fault> {
    let own = principal.is_some_and(|principal| world.identities(caller.id).contains(&principal));
    let administers = group.is_some_and(|group| world.administers_group(caller, group));
    if own || administers || world.administers_directory(caller) {
        Ok(())
    } else {
        Err(Fault::denied())
    }
}

/// Returns the group of `/groups/{id}`.
pub(super) fn group_of(scope: &str) -> Option<Uuid> {
    Uuid::try_parse(scope.strip_prefix("/groups/")?).ok()
}

/// Returns what a role of a group is called.
pub(super) fn access(role: Uuid) -> &'static str {
    if role == OWNER { Access::Owner.graph() } else { Access::Member.graph() }
}

fn role_of(access: Access) -> Uuid {
    match access {
        Access::Owner => OWNER,
        Access::Member => MEMBER,
    }
}
