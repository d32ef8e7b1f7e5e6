//! `roleManagementAlerts`, their definitions, configurations, incidents and operations.

mod definition;

use super::call::ArmCall;
use super::render::{id_at, role_id};
use super::{Answered, may_read};
use crate::engine::{
    Alert, AlertKind, Caller, Code, Evidence, Incident, ServiceError, Subject, World, alerts,
};
use crate::http::AppState;
use crate::http::answer::Answer;
use axum::http::{Method, StatusCode};
use definition::definition;
use pim_model::PrincipalType;
use serde_json::{Value, json};
use uuid::Uuid;

const READ: &str = "Microsoft.Authorization/roleAssignments/read";
const VERSION: &str = "2022-08-01-preview";

/// No operation of that name.
const NO_OPERATION: Code = Code {
    name: "RoleManagementAlertOperationNotFound",
    status: 404,
    message: "The operation is not found. Only the last one of each alert is kept.",
    evidence: Evidence::Assumed,
};

/// Answers `roleManagementAlerts`.
pub(super) async fn answer(state: &AppState, caller: &Caller, call: &ArmCall) -> Answered {
    let lower: Vec<String> = call.rest.iter().map(|one| one.to_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    match (&call.method, lower.as_slice()) {
        (&Method::GET, []) => {
            let scope = &call.scope;
            list(state, caller, call, |world| {
                let all = AlertKind::ALL.into_iter();
                all.map(|kind| alert(world, &world.alert(scope, kind), call)).collect()
            })
            .await
        }
        (&Method::POST, ["refresh"]) => refresh(state, caller, call, None).await,
        (&Method::GET, [id]) => {
            let kind = alerts::kind(id)?;
            one(state, caller, call, |world| {
                Ok(alert(world, &world.alert(&call.scope, kind), call))
            })
            .await
        }
        (&Method::PATCH, [id]) => {
            let (kind, body) = (alerts::kind(id)?, call.json()?);
            let (caller, scope) = (caller.clone(), call.scope.clone());
            let done = state
                .store
                .write(move |change| alerts::dismiss(change, &caller, &scope, kind, &body));
            done.await?;
            Ok(Some(Answer::empty(StatusCode::NO_CONTENT)))
        }
        (&Method::POST, [id, "refresh"]) => {
            refresh(state, caller, call, Some(alerts::kind(id)?)).await
        }
        (&Method::GET, [id, "alertincidents"]) => {
            let kind = alerts::kind(id)?;
            list(state, caller, call, |world| {
                let kept = world.alert(&call.scope, kind);
                kept.incidents.iter().map(|one| incident(world, &kept, one)).collect()
            })
            .await
        }
        (&Method::GET, [id, "alertincidents", _]) => {
            let (kind, name) = (alerts::kind(id)?, call.guid(2)?);
            one(state, caller, call, |world| {
                let kept = world.alert(&call.scope, kind);
                alerts::incident(&kept, name).map(|one| incident(world, &kept, one))
            })
            .await
        }
        (&Method::POST, [id, "alertincidents", _, "remediate"]) => {
            let (kind, name) = (alerts::kind(id)?, call.guid(2)?);
            let (caller, scope) = (caller.clone(), call.scope.clone());
            let done = state
                .store
                .write(move |change| alerts::remediate(change, &caller, &scope, kind, name));
            done.await?;
            Ok(Some(Answer::empty(StatusCode::NO_CONTENT)))
        }
        _ => Ok(None),
    }
}

/// Answers `roleManagementAlertDefinitions`.
pub(super) async fn definitions(state: &AppState, caller: &Caller, call: &ArmCall) -> Answered {
    match (&call.method, call.rest.as_slice()) {
        (&Method::GET, []) => {
            list(state, caller, call, |_| {
                AlertKind::ALL.into_iter().map(|kind| definition(kind, &call.scope)).collect()
            })
            .await
        }
        (&Method::GET, [id]) => {
            let kind = alerts::kind(id)?;
            one(state, caller, call, |_| Ok(definition(kind, &call.scope))).await
        }
        _ => Ok(None),
    }
}

/// Answers `roleManagementAlertConfigurations`.
pub(super) async fn configurations(state: &AppState, caller: &Caller, call: &ArmCall) -> Answered {
    match (&call.method, call.rest.as_slice()) {
        (&Method::GET, []) => {
            list(state, caller, call, |world| {
                let all = AlertKind::ALL.into_iter();
                all.map(|kind| configuration(&world.alert(&call.scope, kind))).collect()
            })
            .await
        }
        (&Method::GET, [id]) => {
            let kind = alerts::kind(id)?;
            one(state, caller, call, |world| Ok(configuration(&world.alert(&call.scope, kind))))
                .await
        }
        (&Method::PATCH, [id]) => {
            let (kind, body) = (alerts::kind(id)?, call.json()?);
            let (caller, scope) = (caller.clone(), call.scope.clone());
            let done = state
                .store
                .write(move |change| alerts::configure(change, &caller, &scope, kind, &body));
            done.await?;
            Ok(Some(Answer::empty(StatusCode::NO_CONTENT)))
        }
        _ => Ok(None),
    }
}

/// Answers `roleManagementAlertOperations`. A scan takes no time here, so each has succeeded.
pub(super) async fn operations(state: &AppState, caller: &Caller, call: &ArmCall) -> Answered {
    match (&call.method, call.rest.as_slice()) {
        (&Method::GET, [_]) => {
            let name = call.guid(0)?;
            one(state, caller, call, |world| {
                let all = AlertKind::ALL.into_iter().map(|kind| world.alert(&call.scope, kind));
                let scanned: Vec<Alert> = all.filter(|one| one.operation == Some(name)).collect();
                match scanned.is_empty() {
                    true => Err(ServiceError::new(NO_OPERATION)),
                    false => Ok(operation(call, name, &scanned, "Succeeded")),
                }
            })
            .await
        }
        _ => Ok(None),
    }
}

async fn refresh(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
    only: Option<AlertKind>,
) -> Answered {
    let (caller, scope) = (caller.clone(), call.scope.clone());
    let (name, scanned) = state
        .store
        .write(move |change| {
            let name = alerts::refresh(change, &caller, &scope, only)?;
            let all = AlertKind::ALL.into_iter().map(|kind| change.world().alert(&scope, kind));
            Ok((name, all.filter(|one| one.operation == Some(name)).collect::<Vec<_>>()))
        })
        .await?;
    let path = id_at(&call.scope, "roleManagementAlertOperations", name);
    let location = format!("{}{path}?api-version={VERSION}", call.origin);
    let body = operation(call, name, &scanned, "Running");
    Ok(Some(Answer::new(StatusCode::ACCEPTED, body).at(location)))
}

async fn list(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
    show: impl FnOnce(&World) -> Vec<Value>,
) -> Answered {
    may_read(state, caller, call, READ).await?;
    let items = state.store.read(|world, _| show(world)).await?;
    Ok(Some(Answer::ok(json!({ "value": items }))))
}

async fn one(
    state: &AppState,
    caller: &Caller,
    call: &ArmCall,
    show: impl FnOnce(&World) -> Result<Value, ServiceError>,
) -> Answered {
    may_read(state, caller, call, READ).await?;
    Ok(Some(Answer::ok(state.store.read(|world, _| show(world)).await??)))
}

fn alert(world: &World, alert: &Alert, call: &ArmCall) -> Value {
    let expands = call.query("$expand").is_some();
    let mut properties = json!({
        "scope": alert.scope,
        "isActive": alert.is_active(),
        "incidentCount": alert.incidents.len(),
        "lastModifiedDateTime": alert.modified_on,
        "lastScannedDateTime": alert.scanned_on,
    });
    if let (true, Some(fields)) = (expands || call.rest.len() == 1, properties.as_object_mut()) {
        let incidents = alert.incidents.iter().map(|one| incident(world, alert, one));
        fields.insert("alertDefinition".to_owned(), definition(alert.kind, &alert.scope));
        fields.insert("alertIncidents".to_owned(), incidents.collect());
        fields.insert("alertConfiguration".to_owned(), configuration(alert));
    }
    resource(&alert.scope, "roleManagementAlerts", alert.kind.as_str(), properties)
}

fn configuration(alert: &Alert) -> Value {
    let mut properties = json!({
        "alertConfigurationType": alerts::configuration_type(alert.kind),
        "alertDefinitionId": alert.kind.as_str(),
        "scope": alert.scope,
        "isEnabled": alert.is_enabled,
    });
    if let (Some((number, percentage)), Some(fields)) =
        (alerts::threshold_names(alert.kind), properties.as_object_mut())
    {
        fields.insert(number.to_owned(), json!(alert.threshold_number));
        fields.insert(percentage.to_owned(), json!(alert.threshold_percentage));
    }
    resource(&alert.scope, "roleManagementAlertConfigurations", alert.kind.as_str(), properties)
}

fn incident(world: &World, alert: &Alert, incident: &Incident) -> Value {
    let mut properties = match &incident.subject {
        Subject::Assignment(name) => assignment(world, alert, *name),
        Subject::Role { role, like, name } => {
            let title = |id: &Uuid| world.role(*id).map(|one| one.name().to_owned());
            let like: Vec<String> = like.iter().filter_map(title).collect();
            json!({
                "roleName": title(role),
                "duplicateRoles": like.join(", "),
                "reason": if *name { "Same name" } else { "Same permissions" },
            })
        }
    };
    if let Some(fields) = properties.as_object_mut() {
        let kind = alerts::incident_type(alert.kind);
        fields.shift_insert(0, "alertIncidentType".to_owned(), kind.into());
    }
    let parent = format!("roleManagementAlerts/{}/alertIncidents", alert.kind.as_str());
    let mut shown = resource(&alert.scope, &parent, &incident.name.to_string(), properties);
    if let Some(fields) = shown.as_object_mut() {
        let kind = "Microsoft.Authorization/roleManagementAlerts/alertIncidents";
        fields.insert("type".to_owned(), kind.into());
    }
    shown
}

/// Shows the assignment that an incident is about, as its alert tells it.
fn assignment(world: &World, alert: &Alert, name: Uuid) -> Value {
    let Some(found) = world.role_assignment(name) else { return json!({}) };
    let principal = world.principal(found.principal);
    let display_name = principal.map(|one| &one.display_name);
    if alert.kind != AlertKind::AzureRolesAssignedOutsidePimAlert {
        let kind = principal.map(|one| PrincipalType::arm(one.kind));
        return json!({ "assigneeName": display_name, "assigneeType": kind });
    }
    let requestor = found.role_assignment.as_ref().and_then(|part| part.created_by);
    let by = requestor.and_then(|id| world.principal(id));
    json!({
        "assigneeDisplayName": display_name,
        "assigneeUserPrincipalName": principal.and_then(|one| one.user_principal_name.as_ref()),
        "assigneeId": found.principal,
        "roleDisplayName": world.role(found.role).map(|role| role.name().to_owned()),
        "roleTemplateId": found.role,
        "roleDefinitionId": role_id(&found.scope, found.role),
        "assignmentActivatedDate": found.created_on,
        "requestorId": requestor,
        "requestorDisplayName": by.map(|one| &one.display_name),
        "requestorUserPrincipalName": by.and_then(|one| one.user_principal_name.as_ref()),
    })
}

fn operation(call: &ArmCall, name: Uuid, scanned: &[Alert], status: &str) -> Value {
    let detail: Vec<Value> = scanned
        .iter()
        .map(|one| {
            let detail = format!("{} incidents found.", one.incidents.len());
            json!({ "name": one.kind.as_str(), "statusDetail": detail })
        })
        .collect();
    let when = scanned.first().and_then(|one| one.scanned_on);
    let alerts = match scanned {
        [one] => id_at(&call.scope, "roleManagementAlerts", one.kind.as_str()),
        _ => id_at(&call.scope, "roleManagementAlerts", "").trim_end_matches('/').to_owned(),
    };
    json!({
        "id": name,
        "status": status,
        "statusDetail": json!({ "result": detail }).to_string(),
        "createdDateTime": when,
        "lastActionDateTime": when,
        "resourceLocation": format!("{}{alerts}?api-version={VERSION}", call.origin),
    })
}

fn resource(scope: &str, kind: &str, name: &str, properties: Value) -> Value {
    json!({
        "properties": properties,
        "id": id_at(scope, kind, name),
        "name": name,
        "type": format!("Microsoft.Authorization/{kind}"),
    })
}
