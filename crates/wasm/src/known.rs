//! What a tenant adds to the facts.

use crate::answer::Failure;
use abac_catalog::{Catalog, CatalogError, ValueType};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use tsify::Tsify;

/// What the caller knows of a tenant, as `grantif.toml` has it.
#[derive(Debug, Clone, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields, expecting = "an object")]
pub struct KnownFacts {
    /// Custom roles: role definitions as `az role definition list` writes them.
    #[tsify(type = "unknown[]")]
    pub role_definitions: Vec<serde_json::Value>,
    /// Names of roles of which nothing else is known, by GUID.
    pub roles: BTreeMap<String, String>,
    /// Names of principals, by object id.
    pub principals: BTreeMap<String, String>,
    /// Custom security attributes, by `Set_Name`.
    pub security_attributes: BTreeMap<String, SecurityAttribute>,
}

/// A custom security attribute.
#[derive(Debug, Clone, Copy, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct SecurityAttribute {
    /// What its values are.
    #[serde(rename = "type")]
    pub value_type: SecurityType,
    /// Whether it may have several values.
    #[serde(default)]
    pub multi_valued: bool,
}

/// The types that Microsoft Entra has for custom security attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum SecurityType {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// True or false.
    Boolean,
}

impl KnownFacts {
    /// Returns the catalog with what is known.
    pub(crate) fn catalog(&self) -> Result<Cow<'static, Catalog>, Failure> {
        if self.role_definitions.is_empty()
            && self.roles.is_empty()
            && self.principals.is_empty()
            && self.security_attributes.is_empty()
        {
            return Ok(Cow::Borrowed(Catalog::builtin()));
        }
        self.added().map(Cow::Owned).map_err(|error| Failure::new("options", error.to_string()))
    }

    fn added(&self) -> Result<Catalog, CatalogError> {
        let mut catalog = Catalog::builtin().clone();
        if !self.role_definitions.is_empty() {
            let list = serde_json::Value::from(self.role_definitions.clone());
            catalog = catalog.with_role_definitions(&list.to_string())?;
        }
        for (id, name) in &self.roles {
            catalog = catalog.with_known_role(id, name)?;
        }
        for (id, name) in &self.principals {
            catalog = catalog.with_known_principal(id, name)?;
        }
        for (name, attribute) in &self.security_attributes {
            let value_type = match attribute.value_type {
                SecurityType::String => ValueType::String,
                SecurityType::Integer => ValueType::Integer,
                SecurityType::Boolean => ValueType::Boolean,
            };
            catalog = catalog.with_principal_attribute(name, value_type, attribute.multi_valued)?;
        }
        Ok(catalog)
    }
}

/// Finds a role by GUID or name.
pub(crate) fn find_role<'c>(
    catalog: &'c Catalog,
    text: &str,
) -> Result<&'c abac_catalog::Role, Failure> {
    catalog.find_role(text).map_err(|error| {
        let help = match &error.suggestion {
            Some(name) => format!("did you mean `{name}`?"),
            None => "`searchRoles` finds the built-in roles; custom roles are given with \
                     `known.roleDefinitions`"
                .to_owned(),
        };
        Failure::new("unknown-role", error.to_string()).help(help)
    })
}
