//! Who may do what: the caller's own assignments, and their conditions, decide.

use super::caller::Caller;
use super::error::{Code, ServiceError};
use super::record::{Schedule, State};
use super::world::{ScopeKey, World};
use abac_eval::AccessRequest;
use pim_model::Family;
use serde_json::{Value, json};
use std::sync::Arc;

/// The permission that gives roles, and that Azure asks of every request of an administrator
/// (*documented*: privileged-role-assignment-rest-sample, read 2026-11).
pub(crate) const ASSIGN: &str = "Microsoft.Authorization/roleAssignments/write";

/// What is asked.
#[derive(Debug)]
pub(crate) struct Question<'q> {
    /// The permission a role must have.
    pub(crate) permission: &'q str,
    /// What the condition of an assignment is asked.
    pub(crate) access: AccessRequest,
    /// Where.
    pub(crate) scope: &'q ScopeKey,
    /// The id of what is touched, for the message.
    pub(crate) target: &'q str,
}

/// Why a caller may do something, for the log.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grounds(pub(crate) Value);

/// Why a caller may not.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) error: ServiceError,
    pub(crate) reason: Value,
}

impl<'q> Question<'q> {
    /// Asks for a permission that no attribute of a condition describes.
    pub(crate) fn plain(permission: &'q str, scope: &'q ScopeKey, target: &'q str) -> Self {
        Self { permission, access: AccessRequest::new(permission), scope, target }
    }
}

impl World {
    /// Returns the current active assignments of a caller that reach a scope: its own and those of
    /// its groups, at the scope and above.
    pub(crate) fn reach(&self, caller: &Caller, scope: &ScopeKey) -> Vec<&Arc<Schedule>> {
        // Whoever was removed from the directory has nothing any more, though its assignments stay.
        let known = self.principal(caller.id).is_some();
        let identities = if known { self.identities(caller.id) } else { Vec::new() };
        let scopes = self.at_or_above(scope);
        let assignments = self.schedules(Family::Assignment);
        scopes
            .iter()
            .flat_map(|scope| identities.iter().map(move |id| (*id, scope)))
            .flat_map(|(id, scope)| assignments.held(id, scope))
            .filter(|one| one.state == State::Current)
            .collect()
    }

    /// Decides whether a caller may do something.
    ///
    /// One assignment that grants the permission and whose condition holds is enough. Conditions of
    /// the assignment and of the role itself must both hold (*assumed*; how Azure combines them is
    /// not documented).
    pub(crate) fn authorize(
        &self,
        caller: &Caller,
        question: &Question<'_>,
    ) -> Result<Grounds, Box<Refusal>> {
        if let Some(group) = question.scope.as_str().strip_prefix("/groups/") {
            return self.authorize_for_group(caller, group);
        }
        let mut refused = Vec::new();
        for assignment in self.reach(caller, question.scope) {
            let Some(role) = self.role(assignment.role) else { continue };
            for permission in role.permissions_for(question.permission) {
                let conditions = [assignment.condition.as_deref(), permission.condition];
                let unmet = conditions.into_iter().flatten().find_map(|text| {
                    let condition = self.condition(text);
                    (!condition.allows(&question.access)).then_some(condition)
                });
                let what = |assignment: &Schedule| {
                    json!({
                        "roleAssignment": assignment.role_assignment.as_ref().map(|part| part.name),
                        "role": role.name(),
                        "scope": assignment.scope,
                        "principal": assignment.principal,
                        "activated": assignment.is_activation(),
                    })
                };
                match unmet {
                    None => {
                        let mut grounds = what(assignment);
                        if let (Some(text), Some(fields)) =
                            (&assignment.condition, grounds.as_object_mut())
                        {
                            fields.insert("condition".to_owned(), json!(text));
                        }
                        return Ok(Grounds(json!({ "allowedBy": grounds })));
                    }
                    Some(condition) => {
                        let trace = condition.trace(&question.access);
                        let clauses: Vec<Value> = trace
                            .deciding()
                            .map(|clause| json!({ "clause": clause.text, "outcome": clause.outcome, "seen": clause.seen, "note": clause.note }))
                            .collect();
                        let mut entry = what(assignment);
                        if let Some(fields) = entry.as_object_mut() {
                            fields.insert("reason".to_owned(), json!(trace.reason));
                            fields.insert("clauses".to_owned(), json!(clauses));
                        }
                        refused.push(entry);
                    }
                }
            }
        }
        let conditioned = !refused.is_empty();
        let reason = if conditioned {
            json!({ "conditionsNotMet": refused })
        } else {
            json!({ "missingPermission": question.permission })
        };
        Err(Box::new(Refusal { error: not_authorized(caller, question, conditioned), reason }))
    }
}

/// Azure's sentence (*observed*: AzureTRE issue 4278 for the second, read 2026-11).
fn not_authorized(caller: &Caller, question: &Question<'_>, conditioned: bool) -> ServiceError {
    let what = if conditioned {
        "has an authorization with ABAC condition that is not fulfilled to perform action"
    } else {
        "does not have authorization to perform action"
    };
    ServiceError::with(
        Code::AUTHORIZATION_FAILED,
        format!(
            "The client '{}' with object id '{}' {what} '{}' over scope '{}' or the scope is \
             invalid. If access was recently granted, please refresh your credentials.",
            caller.name, caller.id, question.permission, question.target
        ),
    )
}
