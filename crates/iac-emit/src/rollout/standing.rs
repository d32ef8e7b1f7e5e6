//! Assignments, as `az role assignment list` shows them.

use pim_model::{PrincipalType, RoleAssignment, Scope};
use serde_json::Value as Json;
use uuid::Uuid;

/// A role assignment that stands all the time.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Its name.
    pub name: Option<Uuid>,
    /// Where it holds.
    pub scope: Scope,
    /// The GUID of its role.
    pub role: Uuid,
    /// The name of its role, as it was read.
    pub role_name: Option<String>,
    /// Who has it: an object id in Entra.
    pub principal_id: Uuid,
    /// The name of who has it: that with which a user signs in, the name of a group, the id of an
    /// application.
    pub principal_name: Option<String>,
    /// What has it.
    pub principal_type: Option<PrincipalType>,
    /// Its condition.
    pub condition: Option<String>,
}

impl Standing {
    /// Takes an assignment that [`pim_model::check`] read from the answer of Azure or of `az`;
    /// nothing, if it does not say where it holds.
    ///
    /// ```
    /// use iac_emit::Standing;
    /// use pim_model::{Model, Options, check};
    ///
    /// let text = r#"[{
    ///   "principalId": "00000000-0000-0000-0000-000000000001",
    ///   "principalName": "anna@contoso.com",
    ///   "principalType": "User",
    ///   "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    ///   "scope": "/subscriptions/00000000-0000-0000-0000-000000000002"
    /// }]"#;
    /// let item = check(text, &Options::default()).items.remove(0);
    /// let Model::RoleAssignment(assignment) = item.model else { panic!() };
    /// let standing = Standing::of(&assignment).unwrap();
    /// assert_eq!(standing.principal_name.as_deref(), Some("anna@contoso.com"));
    /// ```
    #[must_use]
    pub fn of(assignment: &RoleAssignment) -> Option<Self> {
        let text = |field: &str| {
            let text = assignment.other.get(field).and_then(Json::as_str);
            text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        Some(Self {
            name: assignment.name,
            scope: assignment.scope.clone()?,
            role: assignment.role_definition_id.guid,
            role_name: text("roleDefinitionName"),
            principal_id: assignment.principal_id,
            principal_name: text("principalName"),
            principal_type: assignment.principal_type,
            condition: assignment.condition.clone(),
        })
    }

    /// Returns the name of who has it, or else the object id.
    #[must_use]
    pub fn principal(&self) -> String {
        self.principal_name.clone().unwrap_or_else(|| self.principal_id.to_string())
    }

    /// Returns its id, where its name is known.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        let name = self.name?.to_string();
        Some(self.scope.authorization_id("roleAssignments", &name))
    }

    pub(super) fn is(&self, keep: &str) -> bool {
        let same = |text: &str| text.eq_ignore_ascii_case(keep.trim());
        same(&self.principal_id.to_string()) || self.principal_name.as_deref().is_some_and(same)
    }
}
