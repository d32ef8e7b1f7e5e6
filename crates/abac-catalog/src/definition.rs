//! Reading role definitions that users export.

use crate::error::CatalogError;
use crate::role::{PermissionBlock, Role, RoleKind, guid};
use serde_json::{Map, Value};

/// How much JSON is read; a tenant has at most 5000 custom roles (custom-roles, 2023-11-15).
const LIMIT: usize = 16 * 1024 * 1024;

/// Reads role definitions.
pub(crate) fn read(json: &str) -> Result<Vec<Role>, CatalogError> {
    if json.len() > LIMIT {
        return Err(CatalogError::TooLarge { found: json.len(), limit: LIMIT });
    }
    let json = json.trim_start_matches('\u{feff}');
    let value: Value = serde_json::from_str(json).map_err(|error| CatalogError::NotJson {
        line: error.line(),
        column: error.column(),
        reason: reason(&error),
    })?;
    let (path, list) = match &value {
        Value::Array(list) => (String::new(), list.as_slice()),
        Value::Object(object) => match get(object, "value") {
            Some(Value::Array(list)) => ("value".to_owned(), list.as_slice()),
            Some(other) => return Err(wrong("value", "a list of role definitions", other)),
            None => return Ok(vec![role(Place { path: String::new(), value: &value })?]),
        },
        other => return Err(wrong("the top", "a list of role definitions", other)),
    };
    let place = |(index, value)| Place { path: format!("{path}[{index}]"), value };
    list.iter().enumerate().map(place).map(role).collect()
}

/// Returns what the parser says, without the place at its end, which the error tells by itself.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

/// A value and where it stands.
struct Place<'v> {
    path: String,
    value: &'v Value,
}

impl<'v> Place<'v> {
    fn object(&self, expected: &'static str) -> Result<&'v Map<String, Value>, CatalogError> {
        self.value.as_object().ok_or_else(|| wrong(&self.path, expected, self.value))
    }

    /// Returns a field, in any letter case; `null` counts as absent.
    fn field(&self, name: &str) -> Option<Place<'v>> {
        let value = get(self.value.as_object()?, name).filter(|value| !value.is_null())?;
        let dot = if self.path.is_empty() { "" } else { "." };
        Some(Place { path: format!("{}{dot}{name}", self.path), value })
    }

    fn text(&self, name: &str) -> Result<Option<String>, CatalogError> {
        let Some(field) = self.field(name) else { return Ok(None) };
        match field.value {
            Value::String(text) => Ok(Some(text.clone())),
            other => Err(wrong(&field.path, "a string", other)),
        }
    }

    fn texts(&self, name: &str) -> Result<Vec<String>, CatalogError> {
        let Some(field) = self.field(name) else { return Ok(Vec::new()) };
        let list = match field.value {
            Value::Array(list) => list,
            other => return Err(wrong(&field.path, "a list of strings", other)),
        };
        let item = |(index, value): (usize, &Value)| match value {
            Value::String(text) => Ok(text.trim().to_owned()),
            other => Err(wrong(&format!("{}[{index}]", field.path), "a string", other)),
        };
        list.iter().enumerate().map(item).collect()
    }

    fn missing(&self, expected: &'static str) -> CatalogError {
        let found = "nothing of the kind".to_owned();
        let path = if self.path.is_empty() { "the top".to_owned() } else { self.path.clone() };
        CatalogError::NotARoleDefinition { path, expected, found }
    }
}

fn role(outer: Place<'_>) -> Result<Role, CatalogError> {
    outer.object("a role definition")?;
    let inner = outer.field("properties");
    if let Some(properties) = &inner {
        properties.object("the properties of a role definition")?;
    }
    let nested = inner.is_some();
    let inner = inner.unwrap_or(Place { path: outer.path.clone(), value: outer.value });

    // `name` is the GUID in the Azure CLI and the REST API, and the role's name in PowerShell.
    let mut ids = Vec::new();
    for field in ["name", "id"] {
        ids.extend(outer.text(field)?);
    }
    let id = ids
        .iter()
        .find_map(|text| guid(text))
        .ok_or_else(|| outer.missing("a `name` or an `id` with the GUID of the role"))?;
    let name = match inner.text("roleName")? {
        Some(name) => Some(name),
        None => outer.text("name")?.filter(|name| !nested && guid(name).is_none()),
    };
    let name = name.ok_or_else(|| inner.missing("a `roleName`"))?;

    let kind = match inner.text("roleType")?.or(inner.text("type")?) {
        Some(kind) if kind.eq_ignore_ascii_case("BuiltInRole") => RoleKind::BuiltIn,
        _ => match inner.field("isCustom").map(|field| field.value) {
            Some(Value::Bool(false)) => RoleKind::BuiltIn,
            _ => RoleKind::Custom,
        },
    };
    Ok(Role::custom(
        id.as_hyphenated().to_string(),
        name.trim().to_owned(),
        kind,
        inner.text("description")?.unwrap_or_default(),
        inner.texts("assignableScopes")?,
        permissions(&inner)?,
    ))
}

fn permissions(role: &Place<'_>) -> Result<Vec<PermissionBlock>, CatalogError> {
    const FIELDS: [&str; 4] = ["actions", "notActions", "dataActions", "notDataActions"];
    let Some(field) = role.field("permissions") else {
        // PowerShell, and the input of `az role definition create`, write one block flat.
        if FIELDS.iter().any(|name| role.field(name).is_some()) {
            return Ok(vec![block(role)?]);
        }
        return Err(role.missing("`permissions`"));
    };
    let Value::Array(list) = field.value else {
        return Err(wrong(&field.path, "a list of permissions", field.value));
    };
    let place = |(index, value)| Place { path: format!("{}[{index}]", field.path), value };
    list.iter().enumerate().map(place).map(|place| block(&place)).collect()
}

fn block(place: &Place<'_>) -> Result<PermissionBlock, CatalogError> {
    place.object("permissions")?;
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    Ok(PermissionBlock {
        actions: place.texts("actions")?,
        not_actions: place.texts("notActions")?,
        data_actions: place.texts("dataActions")?,
        not_data_actions: place.texts("notDataActions")?,
        condition: filled(place.text("condition")?),
        condition_version: filled(place.text("conditionVersion")?),
    })
}

/// Returns a field of an object, in any letter case: PowerShell writes `AssignableScopes`.
fn get<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    object.get(name).or_else(|| {
        object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    })
}

fn wrong(path: &str, expected: &'static str, found: &Value) -> CatalogError {
    let found = match found {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(value) => format!("the number {value}"),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    let path = if path.is_empty() { "the top" } else { path };
    CatalogError::NotARoleDefinition { path: path.to_owned(), expected, found }
}
