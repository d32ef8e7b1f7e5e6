//! Principals, as Microsoft Graph writes them.

use crate::engine::Principal;
use pim_model::PrincipalType;
use serde_json::{Value, json};

/// Returns a principal with its `@odata.type`.
pub(super) fn with_type(principal: &Principal) -> Value {
    let mut object = to_json(principal);
    let kind = match principal.kind {
        PrincipalType::Group => "#microsoft.graph.group",
        PrincipalType::ServicePrincipal => "#microsoft.graph.servicePrincipal",
        _ => "#microsoft.graph.user",
    };
    if let Some(members) = object.as_object_mut() {
        members.shift_insert(0, "@odata.type".to_owned(), kind.into());
    }
    object
}

/// Returns a principal.
pub(super) fn to_json(principal: &Principal) -> Value {
    match principal.kind {
        PrincipalType::Group => json!({
            "id": principal.id,
            "displayName": principal.display_name,
            "mailNickname": principal.name,
            "mailEnabled": false,
            "securityEnabled": true,
            "groupTypes": [],
            "isAssignableToRole": Value::Null,
        }),
        PrincipalType::ServicePrincipal => json!({
            "id": principal.id,
            "appId": principal.app_id,
            "appDisplayName": principal.display_name,
            "displayName": principal.display_name,
            "accountEnabled": true,
            "servicePrincipalType": "Application",
            "servicePrincipalNames": [principal.app_id],
        }),
        _ => json!({
            "id": principal.id,
            "displayName": principal.display_name,
            "userPrincipalName": principal.user_principal_name,
            "mail": principal.user_principal_name,
            "mailNickname": principal.name,
            "accountEnabled": true,
            "userType": "Member",
            "businessPhones": [],
        }),
    }
}
