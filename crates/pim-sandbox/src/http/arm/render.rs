//! What the service shows of its records.

use crate::engine::{
    Approval, CustomRole, Placed as _, Principal, Request, Review, RoleView, Schedule, ScopeKey,
    State, World,
};
use pim_model::{CONDITION_VERSION, Family, RoleDefinitionId, Scope};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Returns the id of something at a scope.
pub(crate) fn id_at(scope: &str, kind: &str, name: impl std::fmt::Display) -> String {
    format!("{}/providers/Microsoft.Authorization/{kind}/{name}", scope.trim_end_matches('/'))
}

/// Returns the id of a role as it is seen from a scope.
pub(crate) fn role_id(scope: &str, role: Uuid) -> String {
    match scope.parse::<Scope>() {
        // Management groups see built-in roles without themselves in front.
        Ok(scope) if scope.subscription_id().is_none() => {
            RoleDefinitionId { scope: Scope::Tenant, guid: role }.to_string()
        }
        Ok(scope) => RoleDefinitionId::seen_from(&scope, role).to_string(),
        Err(_) => role.to_string(),
    }
}

/// Writes the first letter large, as the service does in the answers of these types.
pub(super) fn capital(kind: &str) -> String {
    let mut letters = kind.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

pub(super) fn instance_kind(family: Family) -> &'static str {
    match family {
        Family::Eligibility => "roleEligibilityScheduleInstances",
        Family::Assignment => "roleAssignmentScheduleInstances",
    }
}

fn resource(scope: &str, kind: &str, name: Uuid, properties: Map<String, Value>) -> Value {
    json!({
        "properties": properties,
        "name": name,
        "id": id_at(scope, kind, name),
        "type": format!("Microsoft.Authorization/{kind}"),
    })
}

/// How the one who lists comes to an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MemberType {
    Direct,
    Inherited,
    Group,
}

impl MemberType {
    /// `subject` is for whom the list is, `scope` where it is.
    pub(super) fn of(one: &Schedule, scope: &ScopeKey, subject: Option<Uuid>) -> Self {
        let own = ScopeKey::of(one.scope());
        if subject.is_some_and(|subject| subject != one.principal) {
            Self::Group
        } else if own != *scope && scope.as_str().starts_with(own.as_str().trim_end_matches('/')) {
            Self::Inherited
        } else {
            Self::Direct
        }
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "Direct",
            Self::Inherited => "Inherited",
            Self::Group => "Group",
        }
    }
}

/// Shows a schedule request.
pub(crate) fn request(world: &World, one: &Request) -> Value {
    let mut properties = Map::new();
    let mut put = |name: &str, value: Value| properties.insert(name.to_owned(), value);
    put(one.family.target_schedule_field(), json!(one.schedule));
    put(one.family.target_instance_field(), Value::Null);
    put("scope", json!(one.scope));
    put("roleDefinitionId", json!(role_id(&one.scope, one.role)));
    put("principalId", json!(one.principal));
    put("principalType", json!(world.principal(one.principal).map(|found| found.kind)));
    put("requestType", json!(one.request_type));
    put("status", json!(one.status.as_str()));
    let approval = one.approval.map(|name| id_at(&one.scope, "roleAssignmentApprovals", name));
    put("approvalId", json!(approval));
    put("scheduleInfo", schedule_info(one));
    let ticket = one.ticket_info.clone().unwrap_or_default();
    put(
        "ticketInfo",
        json!({ "ticketNumber": ticket.ticket_number, "ticketSystem": ticket.ticket_system }),
    );
    put("justification", json!(one.justification));
    put("requestorId", json!(one.requestor));
    put("createdOn", json!(one.created_on));
    put("condition", json!(one.condition));
    put("conditionVersion", json!(one.condition.as_ref().map(|_| CONDITION_VERSION)));
    if let Some(eligibility) = one.eligibility {
        let scope = world
            .schedules(Family::Eligibility)
            .get(eligibility)
            .map_or_else(|| one.scope.clone(), |found| found.scope.clone());
        put(
            "linkedRoleEligibilityScheduleId",
            json!(id_at(&scope, "RoleEligibilitySchedules", eligibility)),
        );
    }
    put("expandedProperties", expanded(world, &one.scope, one.role, one.principal));
    resource(&one.scope, &capital(one.family.request_kind()), one.name, properties)
}

/// The service answers every field of the expiration.
fn schedule_info(one: &Request) -> Value {
    let Some(info) = one.schedule_info else { return Value::Null };
    let mut shown = info.to_json(pim_model::Casing::Arm);
    if let Some(expiration) = shown.get_mut("expiration").and_then(Value::as_object_mut) {
        for name in ["endDateTime", "duration"] {
            expiration.entry(name).or_insert(Value::Null);
        }
    }
    shown
}

/// Shows a schedule, or its instance.
pub(super) fn schedule(world: &World, one: &Schedule, instance: bool, member: MemberType) -> Value {
    let family = one.family;
    let mut properties = Map::new();
    let mut put = |name: &str, value: Value| properties.insert(name.to_owned(), value);
    if family == Family::Assignment {
        let linked = one.activated_from.map(|name| {
            let found = world.schedules(Family::Eligibility).get(name);
            let scope = found.map_or(one.scope.as_str(), |found| found.scope.as_str());
            let id = id_at(scope, "RoleEligibilitySchedules", name);
            (
                id,
                found.map(|found| id_at(scope, "RoleEligibilityScheduleInstances", found.instance)),
            )
        });
        if instance {
            let origin = one.role_assignment.as_ref();
            let origin = origin.map(|part| id_at(&one.scope, "roleAssignments", part.name));
            put("originRoleAssignmentId", json!(origin));
            let linked = linked.as_ref().and_then(|(_, instance)| instance.clone());
            put("linkedRoleEligibilityScheduleInstanceId", json!(linked));
        }
        put("linkedRoleEligibilityScheduleId", json!(linked.map(|(id, _)| id)));
        let kind = if one.is_activation() { "Activated" } else { "Assigned" };
        put("assignmentType", json!(kind));
    }
    put("scope", json!(one.scope));
    put("roleDefinitionId", json!(role_id(&one.scope, one.role)));
    put("principalId", json!(one.principal));
    put("principalType", json!(world.principal(one.principal).map(|found| found.kind)));
    put("status", json!(status(one)));
    if instance {
        let field = match family {
            Family::Eligibility => "roleEligibilityScheduleId",
            Family::Assignment => "roleAssignmentScheduleId",
        };
        put(field, json!(id_at(&one.scope, &capital(family.schedule_kind()), one.name)));
    } else {
        let field = match family {
            Family::Eligibility => "roleEligibilityScheduleRequestId",
            Family::Assignment => "roleAssignmentScheduleRequestId",
        };
        let kind = capital(family.request_kind());
        put(field, json!(one.request.map(|name| id_at(&one.scope, &kind, name))));
    }
    put("startDateTime", json!(one.start));
    put("endDateTime", json!(one.end));
    put("memberType", json!(member.as_str()));
    put("createdOn", json!(one.created_on));
    if !instance {
        put("updatedOn", json!(one.updated_on));
    }
    put("condition", json!(one.condition));
    put("conditionVersion", json!(one.condition.as_ref().map(|_| CONDITION_VERSION)));
    put("expandedProperties", expanded(world, &one.scope, one.role, one.principal));
    let kind = if instance { instance_kind(family) } else { family.schedule_kind() };
    let name = if instance { one.instance } else { one.name };
    resource(&one.scope, &capital(kind), name, properties)
}

/// A role assignment that PIM did not make is `Accepted` (*documented*: example
/// GetRoleAssignmentScheduleInstanceByName, read 2026-11).
pub(super) fn status(one: &Schedule) -> &'static str {
    match (one.state, one.request) {
        (State::Scheduled, _) => "Granted",
        (_, None) if one.family == Family::Assignment => "Accepted",
        _ => "Provisioned",
    }
}

/// Shows the names of a scope, a role and a principal.
fn expanded(world: &World, scope: &str, role: Uuid, principal: Uuid) -> Value {
    json!({
        "scope": expanded_scope(world, scope),
        "roleDefinition": expanded_role(world, scope, role),
        "principal": expanded_principal(principal, world.principal(principal).map(|one| &**one)),
    })
}

pub(super) fn expanded_scope(world: &World, scope: &str) -> Value {
    let (name, kind) = world.describe_scope(scope);
    json!({ "id": scope, "displayName": name, "type": kind })
}

pub(super) fn expanded_role(world: &World, scope: &str, role: Uuid) -> Value {
    let found = world.role(role);
    json!({
        "id": role_id(scope, role),
        "displayName": found.as_ref().map(RoleView::name),
        "type": found.as_ref().map(RoleView::kind),
    })
}

fn expanded_principal(id: Uuid, principal: Option<&Principal>) -> Value {
    json!({
        "id": id,
        "displayName": principal.map(|one| &one.display_name),
        "email": principal.and_then(|one| one.user_principal_name.as_ref()),
        "type": principal.map(|one| one.kind),
    })
}

/// Shows a role assignment.
pub(super) fn role_assignment(world: &World, one: &Schedule) -> Value {
    let Some(part) = &one.role_assignment else { return Value::Null };
    let properties = json!({
        "roleDefinitionId": role_id(&one.scope, one.role),
        "principalId": one.principal,
        "principalType": world.principal(one.principal).map(|found| found.kind),
        "scope": one.scope,
        "condition": one.condition,
        "conditionVersion": one.condition.as_ref().map(|_| CONDITION_VERSION),
        "createdOn": one.created_on,
        "updatedOn": one.updated_on,
        "createdBy": part.created_by,
        "updatedBy": part.updated_by,
        "delegatedManagedIdentityResourceId": part.delegated_managed_identity_resource_id,
        "description": part.description,
    });
    json!({
        "properties": properties,
        "id": id_at(&one.scope, "roleAssignments", part.name),
        "type": "Microsoft.Authorization/roleAssignments",
        "name": part.name,
    })
}

/// Shows a role definition as it is seen from a scope.
pub(super) fn role_definition(scope: &str, role: &RoleView<'_>) -> Value {
    let id = role.id();
    let properties = match role {
        RoleView::BuiltIn(built_in) => json!({
            "roleName": built_in.name(),
            "type": role.kind(),
            "description": built_in.description(),
            "assignableScopes": built_in.assignable_scopes().collect::<Vec<_>>(),
            "permissions": built_in.permissions().iter().map(|block| json!({
                "actions": block.actions,
                "notActions": block.not_actions,
                "dataActions": block.data_actions,
                "notDataActions": block.not_data_actions,
                "condition": block.condition,
                "conditionVersion": block.condition_version,
            })).collect::<Vec<_>>(),
            "createdOn": Value::Null,
            "updatedOn": Value::Null,
            "createdBy": Value::Null,
            "updatedBy": Value::Null,
        }),
        RoleView::Custom(custom) => custom_role(custom),
    };
    json!({
        "properties": properties,
        "id": role_id(scope, id),
        "type": "Microsoft.Authorization/roleDefinitions",
        "name": id,
    })
}

fn custom_role(role: &CustomRole) -> Value {
    json!({
        "roleName": role.role_name,
        "type": "CustomRole",
        "description": role.description,
        "assignableScopes": role.assignable_scopes,
        "permissions": role.permissions,
        "createdOn": role.created_on,
        "updatedOn": role.updated_on,
        "createdBy": role.created_by,
        "updatedBy": role.updated_by,
    })
}

/// Shows the only stage of an approval.
pub(super) fn stage(world: &World, scope: &str, one: &Approval, caller: Uuid) -> Value {
    let reviewer = one.reviewed_by.map(|id| {
        let found = world.principal(id);
        json!({
            "principalType": found.map(|found| found.kind.graph()),
            "principalId": id,
            "principalName": found.map(|found| &found.display_name),
            "userPrincipalName": found.and_then(|found| found.user_principal_name.as_ref()),
        })
    });
    let open = one.review == Review::NotReviewed;
    let id = id_at(scope, "roleAssignmentApprovals", one.name);
    json!({
        "id": format!("{id}/stages/{}", one.stage),
        "type": "Microsoft.Authorization/roleAssignmentApprovals/stages",
        "name": one.stage,
        "properties": {
            "displayName": "Approval",
            "status": if open { "InProgress" } else { "Completed" },
            "assignedToMe": world.is_approver(caller, one),
            "reviewedBy": reviewer,
            "reviewedDateTime": one.reviewed_on,
            "reviewResult": one.review,
            "justification": one.justification.as_deref().unwrap_or_default(),
        },
    })
}

/// Shows an approval.
pub(super) fn approval(world: &World, scope: &str, one: &Approval, caller: Uuid) -> Value {
    json!({
        "id": id_at(scope, "roleAssignmentApprovals", one.name),
        "type": "Microsoft.Authorization/roleAssignmentApprovals",
        "name": one.name,
        "properties": { "stages": [stage(world, scope, one, caller)] },
    })
}
