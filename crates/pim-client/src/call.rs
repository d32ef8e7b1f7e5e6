//! The calls of the API: what is sent, and how the answer is read.

mod approvals;
mod groups;
mod policies;
mod requests;
mod roles;
mod schedules;

pub use approvals::{Decision, approval_stages, approvals, decide_stage, decide_stage_unwrapped};
pub use groups::{cancel_group_request, group_requests, group_schedules, submit_group_request};
pub use policies::{patch_policy, policies, policy, policy_assignments};
pub use requests::{
    cancel_request, request, request_by_id, requests, submit_request, validate_request,
};
pub use roles::{
    create_role_assignment, delete_role_assignment, eligible_child_resources, permissions,
    role_assignment, role_assignments, role_definition, role_definitions,
};
pub use schedules::{instances, schedule, schedules};

use crate::answer::Unreadable;
use crate::error::ServiceError;
use crate::http::{self, HttpRequest, HttpResponse};
use pim_model::Scope;
use uuid::Uuid;

/// The versions of the API (*documented*: azure-rest-api-specs, read 2026-11).
pub(crate) mod version {
    pub(crate) const PIM: &str = "2020-10-01";
    pub(crate) const ROLES: &str = "2022-04-01";
    pub(crate) const APPROVALS: &str = "2021-01-01-preview";
}

/// A call whose answer is a `T`.
#[derive(Debug, Clone)]
pub struct Call<T> {
    /// What is sent.
    pub request: HttpRequest,
    read: fn(&str) -> Result<T, Unreadable>,
}

/// Why a call gave nothing.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CallError {
    /// The service refused.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The answer cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

impl<T> Call<T> {
    fn new(request: HttpRequest, read: fn(&str) -> Result<T, Unreadable>) -> Self {
        Self { request, read }
    }

    /// Returns the call that reads the answer to another request in the same way.
    pub(crate) const fn to(&self, request: HttpRequest) -> Self {
        Self { request, read: self.read }
    }

    /// Reads the answer.
    ///
    /// # Errors
    /// When the service refused, or the answer is not what was asked for.
    pub fn answer(&self, response: &HttpResponse) -> Result<T, CallError> {
        if response.is_success() {
            Ok((self.read)(&response.body)?)
        } else {
            Err(ServiceError::of(response).into())
        }
    }
}

/// Which items a list has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Filter {
    /// Everything that the service gives.
    #[default]
    All,
    /// At the scope and above, nothing below.
    AtScope,
    /// What the caller has, through groups too.
    AsTarget,
    /// What the caller sent.
    AsRequestor,
    /// What the caller may decide.
    AsApprover,
    /// What a principal has itself.
    Principal(Uuid),
    /// What a principal has, through groups too.
    AssignedTo(Uuid),
    /// What is of a role, by the whole id of its definition.
    Role(String),
    /// What is called so.
    RoleName(String),
    /// Another one, in the words of the service.
    Text(String),
}

impl Filter {
    fn expression(&self) -> Option<String> {
        // A quote in a text is doubled (*documented*: OData 4.01, URL conventions).
        let quoted = |text: &str| text.replace('\'', "''");
        Some(match self {
            Self::All => return None,
            Self::AtScope => "atScope()".to_owned(),
            Self::AsTarget => "asTarget()".to_owned(),
            Self::AsRequestor => "asRequestor()".to_owned(),
            Self::AsApprover => "asApprover()".to_owned(),
            Self::Principal(id) => format!("principalId eq '{id}'"),
            Self::AssignedTo(id) => format!("assignedTo('{id}')"),
            Self::Role(id) => format!("roleDefinitionId eq '{}'", quoted(id)),
            Self::RoleName(name) => format!("roleName eq '{}'", quoted(name)),
            Self::Text(text) => text.clone(),
        })
    }
}

/// Returns the path of something of `Microsoft.Authorization` at a scope.
fn at(scope: &Scope, rest: &str, version: &str) -> String {
    let scope = http::path(&scope.to_string());
    let rest = http::path(rest);
    format!("{scope}/providers/Microsoft.Authorization{rest}?api-version={version}")
}

fn filtered(path: String, filter: &Filter) -> String {
    match filter.expression() {
        Some(text) => format!("{path}&$filter={}", http::query(&text)),
        None => path,
    }
}

/// Returns the path of something whose whole id the service gave.
fn by_id(id: &str, rest: &str, version: &str) -> String {
    format!("{}{rest}?api-version={version}", http::path(id))
}

/// Makes the reader of one item or of a page of them from the reader of an item.
macro_rules! reader {
    (one $read:path) => {
        |body| $read(&$crate::answer::json(body)?)
    };
    (page $read:path) => {
        |body| $crate::answer::page(body, $read)
    };
}
use reader;

/// Reads an answer in which nothing is of interest.
fn nothing(_: &str) -> Result<(), Unreadable> {
    Ok(())
}
