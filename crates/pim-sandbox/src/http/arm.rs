//! `Microsoft.Authorization`, as Azure Resource Manager answers it.

mod alerts;
mod approvals;
mod assignments;
mod call;
mod children;
mod definitions;
mod list;
mod permissions;
mod policies;
mod render;
mod requests;
mod schedules;
mod versions;

use super::answer::{Answer, method_not_allowed};
use super::{AppState, Origin, authenticate};
use crate::engine::{Caller, Code, ServiceError};
use crate::identity::Audience;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use call::ArmCall;
use versions::Kind;

/// Answers a call of any path that no other module has.
pub(crate) async fn answer(State(state): State<AppState>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let (headers, origin) = (&parts.headers, Origin::of(&parts));
    let caller = match authenticate(&state, headers, &origin, Audience::ResourceManager).await {
        Ok(caller) => caller,
        Err(refusal) => return refusal.into_response(),
    };
    let answered = match call::read(parts, body).await {
        Ok(call) => dispatch(&state, &caller, &call).await,
        Err(error) => Err(error),
    };
    answered.unwrap_or_else(IntoResponse::into_response)
}

async fn dispatch(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
) -> Result<Response, ServiceError> {
    let kind = Kind::of(&call.kind).ok_or_else(|| {
        let message = format!(
            "The resource type '{}' could not be found in the namespace 'Microsoft.Authorization' \
             for api version '{}'.",
            call.kind,
            call.query("api-version").unwrap_or_default()
        );
        ServiceError::with(Code::INVALID_RESOURCE_TYPE, message)
    })?;
    versions::check(kind, call)?;
    let answered = match kind {
        Kind::Requests(family) => requests::answer(state, caller, call, family).await?,
        Kind::Schedules(family) => schedules::answer(state, caller, call, family, false).await?,
        Kind::Instances(family) => schedules::answer(state, caller, call, family, true).await?,
        Kind::Policies => policies::policies(state, caller, call).await?,
        Kind::PolicyAssignments => policies::assignments(state, caller, call).await?,
        Kind::RoleAssignments => assignments::answer(state, caller, call).await?,
        Kind::RoleDefinitions => definitions::answer(state, caller, call).await?,
        Kind::Approvals => approvals::answer(state, caller, call).await?,
        Kind::EligibleChildren => children::answer(state, caller, call).await?,
        Kind::Alerts => alerts::answer(state, caller, call).await?,
        Kind::AlertDefinitions => alerts::definitions(state, caller, call).await?,
        Kind::AlertConfigurations => alerts::configurations(state, caller, call).await?,
        Kind::AlertOperations => alerts::operations(state, caller, call).await?,
        Kind::Permissions => permissions::answer(state, caller, call).await?,
    };
    Ok(match answered {
        Some(answer) => answer.into_response(),
        None => method_not_allowed(call.method.as_str(), kind.verbs()),
    })
}

/// What a handler answers; `None` where it does not have the verb.
type Answered = Result<Option<Answer>, ServiceError>;

/// Refuses to show what belongs to others to a caller who may not read it.
async fn may_read(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
    permission: &'static str,
) -> Result<(), ServiceError> {
    use crate::engine::{Event, Outcome, Question};
    let (scope, key) = (call.scope.clone(), call.scope_key());
    let refused = state
        .store
        .read(|world, now| {
            let question = Question::plain(permission, &key, &scope);
            world.authorize(caller, &question).err().map(|refusal| (refusal, now))
        })
        .await?;
    let Some((refusal, now)) = refused else { return Ok(()) };
    let event = Event {
        time: now,
        caller: Some(caller.id),
        action: permission.to_owned(),
        scope,
        outcome: Outcome::Denied,
        code: Some(refusal.error.code.name.to_owned()),
        summary: refusal.error.message.to_string(),
        reason: refusal.reason,
    };
    state
        .store
        .write(move |change| {
            change.tell(event);
            Ok(())
        })
        .await?;
    Err(refusal.error)
}

/// What PIM answers in place of [`Code::AUTHORIZATION_FAILED`] to those who list what is not theirs.
fn insufficient(caller: &Caller) -> ServiceError {
    ServiceError::with(
        Code::INSUFFICIENT_PERMISSIONS,
        format!(
            "The requestor {} does not have permissions for this request. Please use \
             $filter=asTarget() to filter on the requestor's assignments.",
            caller.id
        ),
    )
}
