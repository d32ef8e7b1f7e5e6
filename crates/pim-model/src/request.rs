//! Schedule requests for Azure resources and for groups, and plain role assignments.

use crate::request_type::{Access, Casing, Family, PrincipalType, RequestType};
use crate::role_definition::RoleDefinitionId;
use crate::schedule::{ScheduleInfo, TicketInfo};
use crate::scope::Scope;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// The only version of conditions there is (*documented*: role assignments API 2022-04-01, read
/// 2026-11).
pub const CONDITION_VERSION: &str = "2.0";

/// A role eligibility or role assignment schedule request for Azure resources.
///
/// A value can be written as it stands; what cannot be said in it is refused while reading. The
/// answer of Azure has further fields, which are read-only and kept in [`ScheduleRequest::other`].
#[derive(Debug, Clone, PartialEq)]
pub struct ScheduleRequest {
    /// Whether it is about an eligible or an active assignment.
    pub family: Family,
    /// The name of the request: a fresh GUID for each one that is sent.
    pub name: Option<Uuid>,
    /// Where it holds; part of the address and not of the body.
    pub scope: Option<Scope>,
    /// The role.
    pub role_definition_id: RoleDefinitionId,
    /// Who gets it: the object id of a principal in Entra.
    pub principal_id: Uuid,
    /// What kind of principal it is; Azure answers it and takes it in no request.
    pub principal_type: Option<PrincipalType>,
    /// What is asked for.
    pub request_type: RequestType,
    /// When it starts and ends; removals have none.
    pub schedule_info: Option<ScheduleInfo>,
    /// Why.
    pub justification: Option<String>,
    /// The ticket it belongs to.
    pub ticket_info: Option<TicketInfo>,
    /// The condition, in version 2.0.
    pub condition: Option<String>,
    /// The eligibility an activation uses; Azure finds it where there is none.
    pub linked_role_eligibility_schedule_id: Option<String>,
    /// The schedule that is changed: `targetRoleEligibilityScheduleId` or
    /// `targetRoleAssignmentScheduleId`.
    pub target_schedule_id: Option<String>,
    /// The schedule instance that is changed.
    pub target_schedule_instance_id: Option<String>,
    /// Fields that were read and are not written: those of an answer and unknown ones.
    pub other: Map<String, Value>,
}

impl ScheduleRequest {
    /// Makes a request with the fields every request has.
    #[must_use]
    pub fn new(
        family: Family,
        request_type: RequestType,
        scope: Scope,
        role: Uuid,
        principal_id: Uuid,
    ) -> Self {
        Self {
            family,
            name: None,
            role_definition_id: RoleDefinitionId::seen_from(&scope, role),
            scope: Some(scope),
            principal_id,
            principal_type: None,
            request_type,
            schedule_info: None,
            justification: None,
            ticket_info: None,
            condition: None,
            linked_role_eligibility_schedule_id: None,
            target_schedule_id: None,
            target_schedule_instance_id: None,
            other: Map::new(),
        }
    }

    /// Returns the body of the `PUT`: `{"properties": {…}}`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({ "properties": self.properties() })
    }

    /// Returns the body with what it leaves to the address of the call: `type`, `name` and `scope`.
    #[must_use]
    pub fn to_document(&self) -> Value {
        let mut document = Map::new();
        document.insert("type".to_owned(), json!(self.family.resource_type()));
        if let Some(name) = self.name {
            document.insert("name".to_owned(), json!(name.to_string()));
        }
        if let Some(scope) = &self.scope {
            document.insert("scope".to_owned(), json!(scope.to_string()));
        }
        document.insert("properties".to_owned(), json!(self.properties()));
        Value::Object(document)
    }

    /// Returns the properties that are written, in the order of the documentation.
    #[must_use]
    pub fn properties(&self) -> Map<String, Value> {
        let mut body = Map::new();
        let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
        put("principalId", json!(self.principal_id.to_string()));
        put("roleDefinitionId", json!(self.role_definition_id.to_string()));
        put("requestType", json!(self.request_type.arm()));
        if let Some(schedule) = &self.schedule_info {
            put("scheduleInfo", schedule.to_json(Casing::Arm));
        }
        if let Some(justification) = &self.justification {
            put("justification", json!(justification));
        }
        if let Some(ticket) = self.ticket_info.as_ref().filter(|one| !one.is_empty()) {
            put("ticketInfo", ticket.to_json());
        }
        if let Some(condition) = &self.condition {
            put("condition", json!(condition));
            put("conditionVersion", json!(CONDITION_VERSION));
        }
        let ids = [
            ("linkedRoleEligibilityScheduleId", &self.linked_role_eligibility_schedule_id),
            (self.family.target_schedule_field(), &self.target_schedule_id),
            (self.family.target_instance_field(), &self.target_schedule_instance_id),
        ];
        for (name, value) in ids {
            if let Some(value) = value {
                put(name, json!(value));
            }
        }
        body
    }

    /// Returns the id the request has when it is sent, where scope and name are known.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        let (scope, name) = (self.scope.as_ref()?, self.name?);
        Some(scope.authorization_id(self.family.request_kind(), &name.to_string()))
    }
}

/// A PIM for Groups request for Microsoft Graph.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupRequest {
    /// Whether it is about being eligible or being active.
    pub family: Family,
    /// Member or owner.
    pub access_id: Access,
    /// The group.
    pub group_id: Uuid,
    /// Who becomes member or owner.
    pub principal_id: Uuid,
    /// What is asked for.
    pub action: RequestType,
    /// When it starts and ends; removals have none.
    pub schedule_info: Option<ScheduleInfo>,
    /// Why.
    pub justification: Option<String>,
    /// The ticket it belongs to.
    pub ticket_info: Option<TicketInfo>,
    /// The schedule that is changed.
    pub target_schedule_id: Option<String>,
    /// Fields that were read and are not written.
    pub other: Map<String, Value>,
}

impl GroupRequest {
    /// Makes a request with the fields every request has.
    #[must_use]
    pub fn new(
        family: Family,
        action: RequestType,
        access_id: Access,
        group_id: Uuid,
        principal_id: Uuid,
    ) -> Self {
        Self {
            family,
            access_id,
            group_id,
            principal_id,
            action,
            schedule_info: None,
            justification: None,
            ticket_info: None,
            target_schedule_id: None,
            other: Map::new(),
        }
    }

    /// Returns the body of the `POST`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut body = Map::new();
        let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
        put("accessId", json!(self.access_id.graph()));
        put("principalId", json!(self.principal_id.to_string()));
        put("groupId", json!(self.group_id.to_string()));
        put("action", json!(self.action.graph()));
        if let Some(schedule) = &self.schedule_info {
            put("scheduleInfo", schedule.to_json(Casing::Graph));
        }
        if let Some(justification) = &self.justification {
            put("justification", json!(justification));
        }
        if let Some(ticket) = self.ticket_info.as_ref().filter(|one| !one.is_empty()) {
            put("ticketInfo", ticket.to_json());
        }
        if let Some(target) = &self.target_schedule_id {
            put("targetScheduleId", json!(target));
        }
        Value::Object(body)
    }

    /// Returns the path of the `POST` behind the version of the API.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        match self.family {
            Family::Eligibility => {
                "/identityGovernance/privilegedAccess/group/eligibilityScheduleRequests"
            }
            Family::Assignment => {
                "/identityGovernance/privilegedAccess/group/assignmentScheduleRequests"
            }
        }
    }
}

/// A plain role assignment, without PIM.
#[derive(Debug, Clone, PartialEq)]
pub struct RoleAssignment {
    /// Its name: a GUID that stays the same for the same assignment.
    pub name: Option<Uuid>,
    /// Where it holds.
    pub scope: Option<Scope>,
    /// The role.
    pub role_definition_id: RoleDefinitionId,
    /// Who gets it.
    pub principal_id: Uuid,
    /// What kind of principal it is; saves Azure from looking for one that was just made.
    pub principal_type: Option<PrincipalType>,
    /// The condition, in version 2.0.
    pub condition: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// The managed identity of another tenant it is delegated to.
    pub delegated_managed_identity_resource_id: Option<String>,
    /// Fields that were read and are not written.
    pub other: Map<String, Value>,
}

impl RoleAssignment {
    /// Makes an assignment with the fields every one has.
    #[must_use]
    pub fn new(scope: Scope, role: Uuid, principal_id: Uuid) -> Self {
        Self {
            name: None,
            role_definition_id: RoleDefinitionId::seen_from(&scope, role),
            scope: Some(scope),
            principal_id,
            principal_type: None,
            condition: None,
            description: None,
            delegated_managed_identity_resource_id: None,
            other: Map::new(),
        }
    }

    /// Returns the body of the `PUT`: `{"properties": {…}}`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut body = Map::new();
        let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
        put("roleDefinitionId", json!(self.role_definition_id.to_string()));
        put("principalId", json!(self.principal_id.to_string()));
        if let Some(kind) = self.principal_type {
            put("principalType", json!(kind.arm()));
        }
        if let Some(description) = &self.description {
            put("description", json!(description));
        }
        if let Some(condition) = &self.condition {
            put("condition", json!(condition));
            put("conditionVersion", json!(CONDITION_VERSION));
        }
        if let Some(identity) = &self.delegated_managed_identity_resource_id {
            put("delegatedManagedIdentityResourceId", json!(identity));
        }
        json!({ "properties": body })
    }
}

macro_rules! serialized {
    ($($name:ident)*) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.to_json().serialize(serializer)
            }
        }
    )*};
}
serialized! { ScheduleRequest GroupRequest RoleAssignment }
