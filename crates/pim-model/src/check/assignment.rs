//! A plain role assignment.

use super::Checker;
use crate::reader::{Got, Place, token};
use crate::request::RoleAssignment;
use crate::request_type::PrincipalType;
use serde_json::Map;

const WRITTEN: &[&str] = &[
    "roleDefinitionId",
    "principalId",
    "principalType",
    "description",
    "condition",
    "conditionVersion",
    "delegatedManagedIdentityResourceId",
];

const ANSWERED: &[&str] = &["scope", "createdOn", "updatedOn", "createdBy", "updatedBy"];

impl Checker<'_> {
    pub(crate) fn role_assignment(
        &mut self,
        place: &Place<'_>,
        properties: &Place<'_>,
        in_template: bool,
    ) -> Option<RoleAssignment> {
        let known: Vec<&str> = WRITTEN.iter().chain(ANSWERED).copied().collect();
        self.reader.unknown_fields(properties, &known);
        let scope = self.scope(place, properties);
        let name = if in_template { None } else { self.reader.guid(place, "name").value() };
        // Azure answers the id without a subscription here, so only what is not readable is wrong.
        let role = match self.reader.string(properties, "roleDefinitionId") {
            Got::Is(text, _) if text.parse::<crate::RoleDefinitionId>().is_ok() => {
                text.parse().ok()
            }
            Got::Is(..) => self.role_definition(properties, scope.as_ref()).value(),
            Got::Opaque(_) => None,
            Got::Absent => {
                self.reader.missing(properties, "roleDefinitionId");
                None
            }
        };
        let principal = self.reader.guid(properties, "principalId");
        if principal.is_absent() {
            self.reader.missing(properties, "principalId");
        }
        let principal_type = token!(self.reader, properties, "principalType", PrincipalType);
        if in_template && principal_type.is_absent() {
            let span = principal.span().unwrap_or_else(|| properties.span());
            let message = "the role assignment does not say its `principalType`";
            let help = "add `principalType`: `ServicePrincipal` for a managed identity, `Group` or \
                        `User`";
            self.reader.advise("pim-missing-principal-type", span, message, help);
        }
        let condition = self.condition(properties);
        let mut text = |name: &str| self.reader.string(properties, name).value().map(str::to_owned);
        let description = text("description");
        let identity = text("delegatedManagedIdentityResourceId");
        let other: Map<_, _> = properties
            .node
            .fields()
            .iter()
            .filter(|field| !WRITTEN.contains(&field.name.as_str()))
            .map(|field| (field.name.clone(), field.value.to_json()))
            .collect();
        Some(RoleAssignment {
            name,
            scope,
            role_definition_id: role?,
            principal_id: principal.value()?,
            principal_type: principal_type.value(),
            condition,
            description,
            delegated_managed_identity_resource_id: identity,
            other,
        })
    }
}
