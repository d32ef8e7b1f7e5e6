//! What a tenant adds to the facts.

use super::Catalog;
use crate::action::Status;
use crate::attribute::{Attribute, NameForm, SECURITY_ATTRIBUTE_PATH, ValueType};
use crate::definition;
use crate::error::CatalogError;
use crate::operator;
use crate::role::guid;
use std::borrow::Cow;

impl Catalog {
    /// Adds role definitions from JSON; one that is there already is replaced.
    ///
    /// Reads what `az role definition list` prints, the answer of the REST API
    /// (`{"value": [{"properties": …}]}`), what `Get-AzRoleDefinition | ConvertTo-Json` prints, and
    /// a single definition of any of these. At most 16 MiB are read.
    ///
    /// # Errors
    ///
    /// Returns the place of the first thing that is not a role definition.
    ///
    /// ```
    /// use abac_catalog::{Catalog, Plane};
    ///
    /// let json = r#"[{
    ///   "roleName": "Blob Auditor",
    ///   "name": "11111111-2222-3333-4444-555555555555",
    ///   "permissions": [{"actions": ["Microsoft.Storage/*/read"]}]
    /// }]"#;
    /// let catalog = Catalog::builtin().clone().with_role_definitions(json)?;
    /// let role = catalog.role_by_name("blob auditor").unwrap();
    /// assert!(role.grants("Microsoft.Storage/storageAccounts/read", Plane::Control));
    /// # Ok::<(), abac_catalog::CatalogError>(())
    /// ```
    pub fn with_role_definitions(mut self, json: &str) -> Result<Self, CatalogError> {
        let mut given = definition::read(json)?;
        let known: std::collections::BTreeSet<String> =
            given.iter().map(|role| role.id().to_owned()).collect();
        self.custom_roles.retain(|role| !known.contains(role.id()));
        self.custom_roles.append(&mut given);
        Ok(self)
    }

    /// Adds a custom security attribute, `Set_Name`; one that is there already is replaced.
    ///
    /// # Errors
    ///
    /// Refuses a name without a set, and a type that Microsoft Entra does not know: String, Integer
    /// and Boolean are known, a Boolean has one value (*documented*: Microsoft Graph,
    /// customSecurityAttributeDefinition).
    pub fn with_principal_attribute(
        mut self,
        set_name: &str,
        value_type: ValueType,
        multi_valued: bool,
    ) -> Result<Self, CatalogError> {
        let name = set_name.trim();
        check_name(name)?;
        let wrong = |reason| CatalogError::NotAnAttributeType { name: name.to_owned(), reason };
        match value_type {
            ValueType::DateTime | ValueType::Guid => {
                return Err(wrong("expected String, Integer or Boolean"));
            }
            ValueType::Boolean if multi_valued => {
                return Err(wrong("a Boolean cannot have several values"));
            }
            _ => {}
        }
        let applies_to = self.actions().filter(|one| one.principal_attributes).map(|one| one.id);
        let attribute = Attribute {
            id: format!("principal.{name}").into(),
            display_name: name.to_owned().into(),
            reference: format!("{SECURITY_ATTRIBUTE_PATH}:{name}").into(),
            path: SECURITY_ATTRIBUTE_PATH.into(),
            form: NameForm::Named(Cow::Owned(name.to_owned())),
            sources: vec!["Principal"],
            value_types: vec![value_type],
            multi_valued: Some(multi_valued),
            values: Vec::new(),
            operators: operator::by_type(value_type),
            operators_basis: "by-type".into(),
            exists_in_visual_editor: false,
            applies_to: applies_to.collect(),
            case_sensitivity: "".into(),
            status: Status::Ga,
            status_note: "".into(),
            verified: true,
            verified_note: "".into(),
            hierarchical_namespace: None,
            description: "Custom security attribute of the caller.".into(),
            source: &crate::source::GIVEN,
            notes: "".into(),
        };
        self.principal_attributes.retain(|known| known.id != attribute.id);
        self.principal_attributes.push(attribute);
        Ok(self)
    }

    /// Adds a role of which nothing but the name is known. A role that is there already stays as it
    /// is, since it has permissions, which a bare name would hide.
    ///
    /// # Errors
    ///
    /// Refuses an id that is not a GUID.
    pub fn with_known_role(self, id: &str, name: &str) -> Result<Self, CatalogError> {
        if self.role(id).is_some() {
            return Ok(self);
        }
        let role = serde_json::json!({ "name": id, "roleName": name, "permissions": [] });
        self.with_role_definitions(&role.to_string())
    }

    /// Adds the name of a principal, for texts that name it by its object id.
    ///
    /// # Errors
    ///
    /// Refuses an id that is not a GUID.
    pub fn with_known_principal(mut self, id: &str, name: &str) -> Result<Self, CatalogError> {
        let id = guid(id).ok_or_else(|| CatalogError::NotAGuid { found: id.to_owned() })?;
        self.principals.insert(id, name.trim().to_owned());
        Ok(self)
    }
}

/// Checks the name of a security attribute.
///
/// *Documented*: set and attribute have at most 32 characters each and neither spaces nor special
/// characters (Microsoft Graph, customSecurityAttributeDefinition).
fn check_name(name: &str) -> Result<(), CatalogError> {
    let wrong = |reason| CatalogError::NotAnAttributeName { found: name.to_owned(), reason };
    let Some((set, attribute)) = name.split_once('_') else {
        return Err(wrong("an underscore parts set and attribute"));
    };
    if set.is_empty() || attribute.is_empty() {
        return Err(wrong("neither set nor attribute may be empty"));
    }
    if name.chars().count() > 65 {
        return Err(wrong("set and attribute have at most 32 characters each"));
    }
    if !name.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
        return Err(wrong("only letters, digits and underscores are allowed"));
    }
    Ok(())
}
