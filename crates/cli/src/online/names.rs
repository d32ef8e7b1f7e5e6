//! Names for ids.

use abac_catalog::Catalog;
use pim_client::Names;
use uuid::Uuid;

/// Returns the name of a role: the service's, that of the catalog, or its GUID.
pub(crate) fn role_name(role: Uuid, names: Option<&Names>, catalog: &Catalog) -> String {
    let guid = role.to_string();
    names
        .and_then(|names| names.role.clone())
        .or_else(|| catalog.role(&guid).map(|role| role.name().to_owned()))
        .unwrap_or(guid)
}

/// Returns the name of a principal: the service's, or its object id.
pub(crate) fn people(principal: Uuid, names: &Names) -> String {
    names.principal.clone().or_else(|| names.email.clone()).unwrap_or_else(|| principal.to_string())
}
