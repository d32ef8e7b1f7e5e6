//! The call that a request is, for those who send it themselves.

use serde_json::Value as Json;

use crate::emit::{Input, Options};
use crate::error::EmitError;
use crate::generator::{graph, rest};
use crate::group::GroupPlan;
use crate::plan::Plan;
use pim_model::Family;

/// One call of HTTP, without the token of whoever sends it.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The method.
    pub method: &'static str,
    /// The address, percent-encoded.
    pub address: String,
    /// The body.
    pub body: Json,
}

/// Returns the call that sends a request: the same that [`emit()`](crate::emit()) writes for
/// [`Target::Rest`](crate::Target::Rest) and [`Target::Graph`](crate::Target::Graph).
///
/// # Errors
///
/// A request without scope or name, and a change of a policy, which takes two calls.
///
/// ```
/// use iac_emit::{Options, call};
/// use pim_model::{Family, RequestType, ScheduleRequest, Scope};
/// use uuid::Uuid;
///
/// let (role, principal) = (Uuid::from_u128(1), Uuid::from_u128(2));
/// let scope = Scope::subscription(Uuid::from_u128(3));
/// let assign = RequestType::AdminAssign;
/// let mut request = ScheduleRequest::new(Family::Eligibility, assign, scope, role, principal);
/// request.name = Some(Uuid::from_u128(4));
///
/// let call = call(request, &Options::default()).unwrap();
/// assert_eq!(call.method, "PUT");
/// assert!(call.address.starts_with("https://management.azure.com/subscriptions/"));
/// assert!(call.address.ends_with("-000000000004?api-version=2020-10-01"));
/// ```
pub fn call(input: impl Into<Input>, options: &Options) -> Result<Call, EmitError> {
    let plan = match input.into() {
        Input::Schedule(request) => Plan::of_request(request, options)?,
        Input::Assignment(assignment) => Plan::of_assignment(assignment, options)?,
        Input::Group(request) => {
            let Json::Object(body) = request.to_json() else { return Err(no_call()) };
            let is_eligibility = request.family == Family::Eligibility;
            let plan = GroupPlan { is_eligibility, body };
            return whole(graph::document(&plan, options.cloud));
        }
        Input::Policy(_) => return Err(no_call()),
    };
    if plan.name.is_none() {
        return Err(EmitError::Incomplete("the request has no name".to_owned()));
    }
    whole(rest::document(&plan, options.cloud))
}

fn whole(document: crate::document::http::Document) -> Result<Call, EmitError> {
    let body = document.body.ok_or_else(no_call)?;
    Ok(Call { method: document.method, address: document.address, body })
}

fn no_call() -> EmitError {
    EmitError::Incomplete("this is more than one call".to_owned())
}
