//! The ids of role definitions.

use crate::scope::{Scope, ScopeError};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The id of a role definition: its GUID and the scope from which it is seen.
///
/// PIM wants the id as it is seen from the scope of the request: with the subscription for
/// subscriptions and what lies below, with the management group or bare for management groups
/// (*observed*: terraform-provider-azurerm issues 31052 and 23775, read 2026-11).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RoleDefinitionId {
    /// Where it is seen from: the tenant, a management group or a subscription; anything else is
    /// written with the subscription it lies in.
    pub scope: Scope,
    /// The GUID of the role, the same in every tenant for built-in roles.
    pub guid: Uuid,
}

impl RoleDefinitionId {
    /// Makes the id of a role as it is seen from the scope of a request.
    ///
    /// ```
    /// use pim_model::{RoleDefinitionId, Scope};
    /// use uuid::Uuid;
    ///
    /// let scope = Scope::resource_group(Uuid::from_u128(1), "logs");
    /// let id = RoleDefinitionId::seen_from(&scope, Uuid::from_u128(2));
    /// assert_eq!(id.to_string(), "/subscriptions/00000000-0000-0000-0000-000000000001/providers/\
    ///     Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-000000000002");
    /// ```
    #[must_use]
    pub fn seen_from(scope: &Scope, guid: Uuid) -> Self {
        let scope = match scope.subscription_id() {
            Some(id) => Scope::subscription(id),
            None => scope.clone(),
        };
        Self { scope, guid }
    }

    /// Says whether the id may be used in a request at a scope.
    #[must_use]
    pub fn fits(&self, scope: &Scope) -> bool {
        match (scope.subscription_id(), &self.scope) {
            (Some(wanted), own) => own.subscription_id() == Some(wanted),
            (None, Scope::Tenant) => true,
            (None, own) => own.is_same(scope),
        }
    }
}

impl fmt::Display for RoleDefinitionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.scope.authorization_id("roleDefinitions", &self.guid.to_string());
        formatter.write_str(&id)
    }
}

/// Why a text is no id of a role definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoleDefinitionIdError {
    /// It does not end as these ids do.
    #[error(
        "expected an id that ends in `/providers/Microsoft.Authorization/roleDefinitions/{{guid}}`"
    )]
    Form,
    /// The text is the GUID alone.
    #[error("expected the full id, found the GUID alone")]
    GuidAlone(Uuid),
    /// The name of the role definition is no GUID.
    #[error("the name of a role definition is a GUID, found `{0}`")]
    Guid(String),
    /// What stands in front is no scope.
    #[error(transparent)]
    Scope(#[from] ScopeError),
}

impl FromStr for RoleDefinitionId {
    type Err = RoleDefinitionIdError;

    fn from_str(text: &str) -> Result<Self, RoleDefinitionIdError> {
        const MIDDLE: &str = "providers/microsoft.authorization/roledefinitions";
        let text = text.trim();
        if let Ok(guid) = Uuid::try_parse(text) {
            return Err(RoleDefinitionIdError::GuidAlone(guid));
        }
        let (front, guid) = text.rsplit_once('/').ok_or(RoleDefinitionIdError::Form)?;
        if front.len() < MIDDLE.len() || !front.is_char_boundary(front.len() - MIDDLE.len()) {
            return Err(RoleDefinitionIdError::Form);
        }
        let (scope, middle) = front.split_at(front.len() - MIDDLE.len());
        if !middle.eq_ignore_ascii_case(MIDDLE) {
            return Err(RoleDefinitionIdError::Form);
        }
        let guid =
            Uuid::try_parse(guid).map_err(|_| RoleDefinitionIdError::Guid(guid.to_owned()))?;
        let scope = match scope.strip_suffix('/').unwrap_or(scope) {
            "" => Scope::Tenant,
            other => other.parse()?,
        };
        Ok(Self { scope, guid })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_and_written_back() {
        let guid = "c8d4ff99-41c3-41a8-9f60-21dfdad59608";
        let tail = format!("/providers/Microsoft.Authorization/roleDefinitions/{guid}");
        for front in [
            "",
            "/subscriptions/00000000-0000-0000-0000-000000000001",
            "/providers/Microsoft.Management/managementGroups/root",
        ] {
            let id = format!("{front}{tail}");
            assert_eq!(id.parse::<RoleDefinitionId>().unwrap().to_string(), id);
        }
        let alone = guid.parse::<RoleDefinitionId>().unwrap_err();
        assert_eq!(alone, RoleDefinitionIdError::GuidAlone(Uuid::parse_str(guid).unwrap()));
        assert_eq!("Owner".parse::<RoleDefinitionId>(), Err(RoleDefinitionIdError::Form));
        assert_eq!("ä/é".parse::<RoleDefinitionId>(), Err(RoleDefinitionIdError::Form));
    }

    #[test]
    fn the_id_belongs_to_the_scope() {
        let guid = Uuid::from_u128(9);
        let one = Scope::subscription(Uuid::from_u128(1));
        let group = Scope::resource_group(Uuid::from_u128(1), "a");
        let root = Scope::management_group("root");
        assert!(RoleDefinitionId::seen_from(&one, guid).fits(&group));
        assert!(!RoleDefinitionId::seen_from(&one, guid).fits(&Scope::subscription(Uuid::nil())));
        assert!(!RoleDefinitionId::seen_from(&Scope::Tenant, guid).fits(&one));
        assert!(RoleDefinitionId::seen_from(&Scope::Tenant, guid).fits(&root));
        assert!(!RoleDefinitionId::seen_from(&one, guid).fits(&root));
    }
}
