//! A schedule request for Azure resources.

use super::Checker;
use crate::document::Node;
use crate::reader::{Got, Place, shown, token};
use crate::request::ScheduleRequest;
use crate::request_type::{Family, PrincipalType, RequestType};
use crate::role_definition::{RoleDefinitionId, RoleDefinitionIdError};
use crate::rules::severity;
use crate::scope::Scope;
use diagnostics::{Diagnostic, Fix, Span};
use serde_json::Map;
use uuid::Uuid;

/// The fields only Azure fills.
const ANSWERED: &[&str] = &[
    "scope",
    "principalType",
    "status",
    "approvalId",
    "createdOn",
    "requestorId",
    "expandedProperties",
];

const WRITTEN: &[&str] = &[
    "principalId",
    "roleDefinitionId",
    "requestType",
    "scheduleInfo",
    "justification",
    "ticketInfo",
    "condition",
    "conditionVersion",
    "linkedRoleEligibilityScheduleId",
    "targetRoleEligibilityScheduleId",
    "targetRoleEligibilityScheduleInstanceId",
    "targetRoleAssignmentScheduleId",
    "targetRoleAssignmentScheduleInstanceId",
];

/// The roles that can hand out roles: Owner, User Access Administrator and Role Based Access
/// Control Administrator.
pub(crate) const DELEGATING: [Uuid; 3] = [
    Uuid::from_u128(0x8e3af657_a8ff_443c_a75c_2fe8c4bcb635),
    Uuid::from_u128(0x18d7d88d_d35e_4fb5_a5c3_7773c20a72d9),
    Uuid::from_u128(0xf58310d9_a9f6_439a_9e8d_f62e7b41a168),
];

impl Checker<'_> {
    /// Reads a request; `None` if something is missing without which there is none.
    pub(crate) fn request(
        &mut self,
        place: &Place<'_>,
        properties: &Place<'_>,
        in_template: bool,
    ) -> Option<ScheduleRequest> {
        let known: Vec<&str> = WRITTEN.iter().chain(ANSWERED).copied().collect();
        self.reader.unknown_fields(properties, &known);
        let family = self.family(place, properties);
        let is_answer = properties.node.get("status").is_some();
        if !is_answer {
            for field in properties.node.fields() {
                if ANSWERED.contains(&field.name.as_str()) && !field.value.is_null() {
                    let message =
                        format!("Azure fills `{}` and takes it in no request", field.name);
                    let help = "leave it out";
                    self.reader.advise("pim-read-only-field", field.name_span, message, help);
                }
            }
        } else if let Got::Is("FailedAsResourceIsLocked", span) =
            self.reader.string(properties, "status")
        {
            self.locked(span);
        }

        let scope = self.scope(place, properties);
        let name = self.request_name(place, in_template);
        let request_type = token!(self.reader, properties, "requestType", RequestType);
        let kind = request_type.get().copied();
        if let (Got::Is(kind, span), Family::Eligibility) = (&request_type, family)
            && matches!(kind, RequestType::SelfActivate | RequestType::SelfDeactivate)
        {
            let message = format!(
                "`{kind}` is a request for an active assignment, and this is one for an eligible"
            );
            let help = "send it to `roleAssignmentScheduleRequests`";
            self.reader.advise("pim-wrong-endpoint", *span, message, help);
        }
        if let (Got::Is(kind, span), true) = (&request_type, in_template)
            && kind.is_self()
        {
            let message =
                format!("`{kind}` is for the one who deploys, who is seldom the one meant");
            let help = "send it with `az rest` as the user who holds the role";
            self.reader.advise("pim-self-in-template", *span, message, help);
        }
        let principal = self.reader.guid(properties, "principalId");
        let role = self.role_definition(properties, scope.as_ref());
        let required = [
            ("principalId", principal.is_absent()),
            ("roleDefinitionId", role.is_absent()),
            ("requestType", request_type.is_absent()),
        ];
        for (name, absent) in required {
            if absent {
                self.reader.missing(properties, name);
            }
        }

        let schedule_info = self.schedule(properties, family, kind);
        let justification = self.justification(properties);
        let ticket_info = self.ticket(properties);
        let condition = self.condition(properties);
        let linked = self.linked(properties, kind);
        let targets = self.targets(properties, family, kind, is_answer);
        self.principal_kind(properties, family);
        let principal_type = token_quietly(properties.node, "principalType");
        let role_definition_id = role.value()?;
        if let (Some(_), Some(span)) = (&condition, properties.node.get("condition")) {
            if kind == Some(RequestType::SelfActivate) && !is_answer {
                let message = "an activation takes over the condition of the eligibility";
                let help = "leave the condition out";
                self.reader.advise("pim-condition-on-activation", span.span, message, help);
            }
            if DELEGATING.contains(&role_definition_id.guid) {
                let message = "whoever holds the role with a condition is refused as sender of PIM \
                               requests";
                let help = "deploy PIM requests with an identity whose role has no condition";
                self.reader.advise("pim-constrained-deployer", span.span, message, help);
            }
        }

        let written = |name: &str| WRITTEN.contains(&name) || name == "principalType";
        let other: Map<_, _> = properties
            .node
            .fields()
            .iter()
            .filter(|field| !written(&field.name))
            .map(|field| (field.name.clone(), field.value.to_json()))
            .collect();
        Some(ScheduleRequest {
            family,
            name,
            scope,
            role_definition_id,
            principal_id: principal.value()?,
            principal_type,
            request_type: kind?,
            schedule_info,
            justification,
            ticket_info,
            condition,
            linked_role_eligibility_schedule_id: linked,
            target_schedule_id: targets.0,
            target_schedule_instance_id: targets.1,
            other,
        })
    }

    fn family(&self, place: &Place<'_>, properties: &Place<'_>) -> Family {
        let text = |name: &str| place.node.get(name).and_then(Node::text);
        let of_id = |id: &str| {
            let mut segments = id.rsplit('/').skip(1);
            segments.next().and_then(Family::of_resource_type)
        };
        let has = |name: &str| properties.node.get(name).is_some();
        let kind = text("type").and_then(Family::of_resource_type);
        let inferred = || {
            let request_type = properties.node.get("requestType").and_then(Node::text);
            let activation = request_type.and_then(RequestType::from_token).is_some_and(|one| {
                matches!(one, RequestType::SelfActivate | RequestType::SelfDeactivate)
            });
            if activation || has("targetRoleAssignmentScheduleId") {
                Family::Assignment
            } else {
                Family::Eligibility
            }
        };
        kind.or_else(|| text("id").and_then(of_id)).or(self.options.family).unwrap_or_else(inferred)
    }

    /// Reads the scope: from the answer, from the id, or as the caller knows it.
    pub(crate) fn scope(&mut self, place: &Place<'_>, properties: &Place<'_>) -> Option<Scope> {
        if let Got::Is(text, span) = self.reader.string(properties, "scope") {
            match text.parse() {
                Ok(scope) => return Some(scope),
                Err(error) => {
                    let message = format!("`{}` is no scope: {error}", shown(text));
                    self.reader.report("pim-malformed-scope", span, message);
                }
            }
        }
        // Whoever keeps a request in a file writes down beside it where it is sent; in a template
        // the name means another thing, and is looked at with the template.
        let beside = place.node.get("scope").and_then(Node::text);
        if let Some(scope) = beside.filter(|_| self.template.is_none()) {
            match scope.parse() {
                Ok(scope) => return Some(scope),
                Err(error) => {
                    let message = format!("`{}` is no scope: {error}", shown(scope));
                    let span = place.node.get("scope").map_or_else(|| place.span(), |one| one.span);
                    self.reader.report("pim-malformed-scope", span, message);
                }
            }
        }
        let of_id = |id: &str| {
            let lower = id.to_lowercase();
            let at = lower.rfind("/providers/microsoft.authorization/")?;
            let front = id.get(..at)?;
            if front.is_empty() { Some(Scope::Tenant) } else { front.parse().ok() }
        };
        let id = place.node.get("id").and_then(Node::text);
        id.and_then(of_id).or_else(|| self.options.scope.clone())
    }

    fn request_name(&mut self, place: &Place<'_>, in_template: bool) -> Option<Uuid> {
        if in_template {
            self.template_name(place);
            return None;
        }
        match self.reader.guid(place, "name") {
            Got::Is(name, _) => Some(name),
            _ => None,
        }
    }

    pub(crate) fn role_definition(
        &mut self,
        properties: &Place<'_>,
        scope: Option<&Scope>,
    ) -> Got<RoleDefinitionId> {
        let id = "pim-role-id-scope";
        let (text, span) = match self.reader.string(properties, "roleDefinitionId") {
            Got::Is(text, span) => (text, span),
            Got::Opaque(span) => return Got::Opaque(span),
            Got::Absent => return Got::Absent,
        };
        match text.parse::<RoleDefinitionId>() {
            Ok(role) => match scope {
                Some(scope) if !role.fits(scope) => {
                    let wanted = RoleDefinitionId::seen_from(scope, role.guid);
                    let message = format!(
                        "the role is seen from `{}`, and the request is at `{scope}`",
                        role.scope
                    );
                    self.reader.fixable(
                        id,
                        span,
                        message,
                        "name the role as it is seen there",
                        &wanted.to_string(),
                    );
                    Got::Is(wanted, span)
                }
                None if role.scope == Scope::Tenant => {
                    self.unscoped(span, role.guid, scope);
                    Got::Is(role, span)
                }
                _ => Got::Is(role, span),
            },
            Err(RoleDefinitionIdError::GuidAlone(guid)) => {
                self.unscoped(span, guid, scope);
                let scope = scope.cloned().unwrap_or(Scope::Tenant);
                Got::Is(RoleDefinitionId::seen_from(&scope, guid), span)
            }
            Err(error) => {
                let message = format!("`{}` is no id of a role definition: {error}", shown(text));
                self.reader.report(id, span, message);
                Got::Opaque(span)
            }
        }
    }

    fn unscoped(&mut self, span: Span, guid: Uuid, scope: Option<&Scope>) {
        let id = "pim-role-id-scope";
        let message = "the id of the role names no subscription and no management group";
        let mut found = Diagnostic::new(id, severity(id), span, message);
        found = match scope {
            Some(scope) => {
                let wanted = RoleDefinitionId::seen_from(scope, guid).to_string();
                let fix = Fix::safe("name the role as it is seen there", span, format!("\"{wanted}\""));
                found.help(format!("write `{wanted}`")).fix(fix)
            }
            None => found.help(
                "write `/subscriptions/{id}/providers/Microsoft.Authorization/roleDefinitions/{guid}`, \
                 with the subscription of the request",
            ),
        };
        self.reader.push(found);
    }

    fn linked(&mut self, place: &Place<'_>, kind: Option<RequestType>) -> Option<String> {
        let id = "pim-linked-eligibility";
        let name = "linkedRoleEligibilityScheduleId";
        let (text, span) = match self.reader.string(place, name) {
            Got::Is(text, span) if !text.is_empty() => (text, span),
            _ => return None,
        };
        if kind.is_some_and(|one| one != RequestType::SelfActivate) {
            let message = format!("`{name}` is for activations only");
            self.reader.advise(id, span, message, "leave it out");
        } else if Uuid::try_parse(text).is_ok() {
            let message = "the linked eligibility is a GUID alone, which fails below its own scope";
            let help = "leave it out, Azure finds the eligibility; or write its whole id, \
                        `{scope}/providers/Microsoft.Authorization/roleEligibilitySchedules/{guid}`";
            self.reader.advise(id, span, message, help);
        }
        Some(text.to_owned())
    }

    fn targets(
        &mut self,
        place: &Place<'_>,
        family: Family,
        kind: Option<RequestType>,
        is_answer: bool,
    ) -> (Option<String>, Option<String>) {
        let schedule = self.reader.string(place, family.target_schedule_field());
        let instance = self.reader.string(place, family.target_instance_field());
        if schedule.is_absent()
            && instance.is_absent()
            && !is_answer
            && let Some(kind) = kind.filter(|one| one.changes_schedule())
        {
            let message = format!("`{kind}` does not name the schedule it changes");
            let help = format!("add `{}`", family.target_schedule_field());
            self.reader.advise("pim-missing-target-schedule", place.span(), message, help);
        }
        let owned = |got: Got<&str>| got.value().filter(|text| !text.is_empty()).map(str::to_owned);
        (owned(schedule), owned(instance))
    }

    fn principal_kind(&mut self, place: &Place<'_>, family: Family) {
        let Some(node) = place.node.get("principalType") else { return };
        let kind = token!(self.reader, place, "principalType", PrincipalType).value();
        match (kind, family) {
            (Some(PrincipalType::ServicePrincipal), Family::Eligibility) => {
                let message = "a service principal cannot activate what it is eligible for";
                let help = "give it an active assignment with an end";
                let id = "pim-service-principal-eligible";
                self.reader.advise(id, node.span, message, help);
            }
            (Some(PrincipalType::Group), Family::Eligibility) => {
                let message =
                    "each member of the group activates alone, with an object id of its own";
                let help = "and nobody but an administrator can extend the eligibility";
                self.reader.advise("pim-eligible-group", node.span, message, help);
            }
            _ => {}
        }
    }
}

fn token_quietly(node: &Node, name: &str) -> Option<PrincipalType> {
    node.get(name).and_then(Node::text).and_then(PrincipalType::from_token)
}
