//! The requests that the condition of a delegate decides: role assignments created and deleted.

use super::AccessRequest;
use crate::key::AttributeKey;
use crate::value::Value;
use uuid::Uuid;

/// A role assignment that somebody is about to create or delete, as the condition of their own
/// assignment sees it.
///
/// What is not known, or not said, is missing from the request: Azure does not look up a
/// `principalType` that the body leaves out (*observed*: terraform-provider-azurerm issues 23364
/// and 31635, read 2026-11). A PIM request that gives or takes a role is decided as the role
/// assignment it makes or ends (*assumed*; that a delegate's condition refuses PIM requests is
/// *observed*: terraform-provider-azurerm issue 28067, read 2026-11).
///
/// ```
/// use abac_eval::{Decision, Delegation, Program};
/// use uuid::Uuid;
///
/// let pull = Uuid::from_u128(0x7f951dda_4ed3_4680_a7ca_43fe172d538d);
/// let source = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] \
///               ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}";
/// let program = Program::compile(source, &abac_syntax::parse(source).tree);
///
/// let mut delegation = Delegation { role: Some(pull), ..Delegation::default() };
/// assert_eq!(program.evaluate(&delegation.write().prepare()), Decision::Allow);
/// delegation.role = Some(Uuid::nil());
/// assert_eq!(program.evaluate(&delegation.write().prepare()), Decision::Deny);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delegation<'t> {
    /// The GUID of the role definition.
    pub role: Option<Uuid>,
    /// The object id of the principal.
    pub principal: Option<Uuid>,
    /// `User`, `Group`, `ServicePrincipal` or another type in Azure's spelling.
    pub principal_type: Option<&'t str>,
}

impl Delegation<'_> {
    /// The action that creates or changes a role assignment.
    pub const WRITE: &'static str = "Microsoft.Authorization/roleAssignments/write";
    /// The action that deletes a role assignment.
    pub const DELETE: &'static str = "Microsoft.Authorization/roleAssignments/delete";

    /// Returns the request to create it: what is created stands in `@Request`.
    #[must_use]
    pub fn write(&self) -> AccessRequest {
        self.request(Self::WRITE, "Request")
    }

    /// Returns the request to delete it: what is deleted stands in `@Resource`.
    #[must_use]
    pub fn delete(&self) -> AccessRequest {
        self.request(Self::DELETE, "Resource")
    }

    fn request(&self, action: &str, source: &str) -> AccessRequest {
        let guid = |guid: Option<Uuid>| guid.map(|guid| Value::from(guid.to_string()));
        let attributes = [
            ("RoleDefinitionId", guid(self.role)),
            ("PrincipalId", guid(self.principal)),
            ("PrincipalType", self.principal_type.map(Value::from)),
        ];
        let mut request = AccessRequest::new(action);
        for (name, value) in attributes {
            let key = format!("@{source}[Microsoft.Authorization/roleAssignments:{name}]");
            if let (Ok(key), Some(value)) = (AttributeKey::parse(&key), value) {
                // Only a text beyond every limit is refused; it stays missing, so that what asks
                // for it is not decided.
                let _ = request.insert(key, value.into());
            }
        }
        request
    }
}
