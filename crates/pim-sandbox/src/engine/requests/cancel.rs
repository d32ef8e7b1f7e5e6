//! Taking back a request that was not carried out.

use crate::engine::authorization::{ASSIGN, Question};
use crate::engine::caller::Caller;
use crate::engine::change::Change;
use crate::engine::error::{Code, ServiceError};
use crate::engine::event::{Event, Outcome};
use crate::engine::record::{Key, Kind, Record, Request, State, Status};
use crate::engine::world::ScopeKey;
use pim_model::Family;
use serde_json::Value;
use std::sync::Arc;
use uuid::Uuid;

/// Takes back a request of the caller's own, or as an administrator, as long as nothing came of it.
pub(crate) fn cancel(
    change: &mut Change<'_>,
    caller: &Caller,
    family: Family,
    scope: &str,
    name: Uuid,
) -> Result<(), ServiceError> {
    let world = change.world();
    let request =
        world.requests(family).get(name).filter(|one| one.scope.eq_ignore_ascii_case(scope));
    let request = request.cloned().ok_or(ServiceError::new(Code::REQUEST_NOT_FOUND))?;
    if request.requestor != caller.id {
        let key = ScopeKey::of(&request.scope);
        let question = Question::plain(ASSIGN, &key, &request.scope);
        world.authorize(caller, &question).map_err(|refusal| refusal.error)?;
    }
    let schedule = request.schedule.and_then(|name| world.schedules(family).get(name)).cloned();
    let waiting =
        schedule.filter(|one| one.state == State::Scheduled && request.status == Status::Granted);
    if !request.status.is_pending() && waiting.is_none() {
        let message = format!(
            "The request {name} is {} and can no longer be canceled.",
            request.status.as_str()
        );
        return Err(ServiceError::with(Code::INVALID_REQUEST, message));
    }
    if let Some(schedule) = waiting {
        change.remove(&Record::Schedule(schedule).key());
    }
    if let Some(approval) = request.approval {
        change.remove(&Key { kind: Kind::Approval, name: approval.to_string() });
    }
    let canceled = Request {
        status: Status::Canceled,
        schedule: None,
        ..Request::clone(&Arc::clone(&request))
    };
    change.tell(Event {
        time: change.now(),
        caller: Some(caller.id),
        action: format!("Microsoft.Authorization/{}/cancel/action", family.request_kind()),
        scope: request.scope.clone(),
        outcome: Outcome::Allowed,
        code: None,
        summary: format!("{} {name} canceled", request.request_type),
        reason: Value::Null,
    });
    change.put(canceled);
    Ok(())
}
