//! Taking back a request that was not carried out.

use crate::engine::authorization::{ASSIGN, Grounds, Question, Refusal};
use crate::engine::caller::Caller;
use crate::engine::change::Change;
use crate::engine::decision::tell;
use crate::engine::error::{Code, ServiceError};
use crate::engine::record::{Key, Kind, Record, Request, State, Status};
use crate::engine::world::ScopeKey;
use pim_model::Family;
use serde_json::Value;
use uuid::Uuid;

/// Takes back a request of the caller's own, or as an administrator, as long as nothing came of it.
pub(crate) fn cancel(
    change: &mut Change<'_>,
    caller: &Caller,
    family: Family,
    scope: &str,
    name: Uuid,
) -> Result<(), ServiceError> {
    let taken = take_back(change, caller, family, scope, name);
    let action = format!("Microsoft.Authorization/{}/cancel/action", family.request_kind());
    tell(change, caller, &action, scope, &format!("request {name} canceled"), taken)
}

fn take_back(
    change: &mut Change<'_>,
    caller: &Caller,
    family: Family,
    scope: &str,
    name: Uuid,
) -> Result<((), Grounds), Box<Refusal>> {
    let world = change.world();
    let request =
        world.requests(family).get(name).filter(|one| one.scope.eq_ignore_ascii_case(scope));
    let request = request.cloned().ok_or(ServiceError::new(Code::REQUEST_NOT_FOUND))?;
    let grounds = if request.requestor == caller.id {
        Grounds(Value::Null)
    } else {
        let key = ScopeKey::of(&request.scope);
        world.authorize(caller, &Question::plain(ASSIGN, &key, &request.scope))?
    };
    let schedule = request.schedule.and_then(|name| world.schedules(family).get(name)).cloned();
    let waiting =
        schedule.filter(|one| one.state == State::Scheduled && request.status == Status::Granted);
    if !request.status.is_pending() && waiting.is_none() {
        let message = format!(
            "The request {name} is {} and can no longer be canceled.",
            request.status.as_str()
        );
        return Err(ServiceError::with(Code::INVALID_REQUEST, message).into());
    }
    if let Some(schedule) = waiting {
        change.remove(&Record::Schedule(schedule).key());
    }
    if let Some(approval) = request.approval {
        change.remove(&Key { kind: Kind::Approval, name: approval.to_string() });
    }
    change.put(Request { status: Status::Canceled, schedule: None, ..Request::clone(&request) });
    Ok(((), grounds))
}
