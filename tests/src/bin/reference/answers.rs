//! Official examples of answers: the sandbox's own answers have every field they have.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use pim_sandbox::{Listen, Location, Sandbox, TokenAudience};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tower::ServiceExt;

const SUBSCRIPTION: &str = "/subscriptions/00000000-0000-0000-0000-000000000000";
const READER: &str = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const CONTRIBUTOR: &str = "b24988ac-6180-42a0-ab88-20f7382dd24c";

/// The lists that are compared: what stands behind the provider, and the version.
const LISTS: &[(&str, &str)] = &[
    ("roleEligibilityScheduleRequests", "2020-10-01"),
    ("roleAssignmentScheduleRequests", "2020-10-01"),
    ("roleEligibilitySchedules", "2020-10-01"),
    ("roleAssignmentSchedules", "2020-10-01"),
    ("roleEligibilityScheduleInstances", "2020-10-01"),
    ("roleAssignmentScheduleInstances", "2020-10-01"),
    ("roleManagementPolicies", "2020-10-01"),
    ("roleManagementPolicyAssignments", "2020-10-01"),
    ("roleAssignmentApprovals", "2021-01-01-preview"),
    ("roleAssignments", "2022-04-01"),
    ("roleDefinitions", "2022-04-01"),
    ("permissions", "2022-04-01"),
    ("eligibleChildResources", "2020-10-01"),
    ("roleManagementAlerts", "2022-08-01-preview"),
    ("roleManagementAlertDefinitions", "2022-08-01-preview"),
    ("roleManagementAlertConfigurations", "2022-08-01-preview"),
];

/// Fields of the examples that are a slip of theirs.
const SLIPS: &[&str] = &["nextLink"];

/// Compares the fields of every example of an answer; gives how many passed, and the failures.
pub(crate) fn run(folder: &Path) -> Result<(usize, Vec<String>), String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let own = runtime.block_on(own_fields())?;
    let index = super::examples::read(&folder.join("api-examples/INDEX.jsonl"))?;
    let (mut passed, mut failures) = (0, Vec::new());
    for line in index.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let (file, path) =
            (row["file"].as_str().unwrap_or(""), row["path"][0].as_str().unwrap_or(""));
        let Some(kind) = kind(path) else { continue };
        let example: Value = serde_json::from_str(&super::examples::read(&folder.join(file))?)
            .map_err(|error| format!("{file}: {error}"))?;
        let mut wanted = BTreeSet::new();
        for (_, answer) in example["responses"].as_object().into_iter().flatten() {
            let body = &answer["body"];
            match body["value"].as_array() {
                Some(items) => items.iter().for_each(|item| fields(item, "", &mut wanted)),
                None => fields(body, "", &mut wanted),
            }
        }
        let own = own.get(&kind).cloned().unwrap_or_default();
        let missing: Vec<&String> =
            wanted.difference(&own).filter(|name| !SLIPS.contains(&name.as_str())).collect();
        if missing.is_empty() {
            passed += 1;
        } else {
            failures.push(format!("{file}: the sandbox does not answer {missing:?}"));
        }
    }
    Ok((passed, failures))
}

/// Returns the type an example is about, if the sandbox has it in a list.
fn kind(path: &str) -> Option<String> {
    let behind = path.rsplit_once("Microsoft.Authorization/")?.1;
    let segments: Vec<&str> = behind.split('/').filter(|one| !one.starts_with('{')).collect();
    match segments.as_slice() {
        [kind] | [kind, "validate" | "cancel"] => Some((*kind).to_owned()),
        ["roleAssignmentApprovals", "stages"] => Some("stages".to_owned()),
        _ => None,
    }
    .filter(|kind| kind == "stages" || LISTS.iter().any(|(known, _)| known == kind))
}

/// Collects the names of all fields that hold something: `properties.scheduleInfo.expiration.type`.
fn fields(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                found.insert(path.clone());
                fields(member, &path, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, path, found)),
        _ => {}
    }
}

/// Plays what fills every list, and collects the fields of each.
async fn own_fields() -> Result<BTreeMap<String, BTreeSet<String>>, String> {
    let sandbox =
        Sandbox::open(&Location::Memory, None).await.map_err(|error| error.to_string())?;
    let mut callers = BTreeMap::new();
    for name in ["admin", "developer"] {
        let token = sandbox.token(name, true, Vec::new(), TokenAudience::Arm).await;
        callers.insert(name, token.map_err(|error| error.to_string())?);
    }
    let known = sandbox.callers().await.map_err(|error| error.to_string())?;
    let developer = known.iter().find(|one| one.name == "developer").map(|one| one.id);
    let service = sandbox.service(&Listen::loopback());
    let call = async |who: &str, method: &str, path: &str, body: Option<Value>| {
        let token = callers.get(who).cloned().unwrap_or_default();
        send(&service, &token, method, path, body).await
    };
    let at = |rest: &str, version: &str| {
        format!("{SUBSCRIPTION}/providers/Microsoft.Authorization/{rest}?api-version={version}")
    };
    let request = |kind: &str, role: &str, duration: &str| {
        json!({ "properties": {
            "principalId": developer,
            "roleDefinitionId": format!("{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{role}"),
            "requestType": kind,
            "justification": "reference",
            "condition": (role == READER).then_some("@Resource[a:b] StringEquals 'c'"),
            "conditionVersion": (role == READER).then_some("2.0"),
            "scheduleInfo": { "expiration": { "type": "AfterDuration", "duration": duration } },
        }})
    };
    let mut number = 0;
    let mut fresh = |kind: &str| {
        number += 1;
        at(&format!("{kind}/00000000-0000-4000-8000-{number:012}"), "2020-10-01")
    };
    for role in [READER, CONTRIBUTOR] {
        let path = fresh("roleEligibilityScheduleRequests");
        call("admin", "PUT", &path, Some(request("AdminAssign", role, "P30D"))).await?;
    }
    let mut activation = request("SelfActivate", READER, "PT1H");
    activation["properties"]["condition"] = Value::Null;
    activation["properties"]["conditionVersion"] = Value::Null;
    let path = fresh("roleAssignmentScheduleRequests");
    call("developer", "PUT", &path, Some(activation)).await?;
    // Somebody has to approve the second one, so that there is an approval to show.
    let assigned = call(
        "admin",
        "GET",
        &format!(
            "{}&$filter=roleDefinitionId%20eq%20'{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{CONTRIBUTOR}'",
            at("roleManagementPolicies", "2020-10-01")
        ),
        None,
    )
    .await?;
    let policy = &assigned["value"][0];
    let rules = policy["properties"]["rules"].as_array().cloned().unwrap_or_default();
    let mut rule = rules
        .into_iter()
        .find(|rule| rule["id"] == "Approval_EndUser_Assignment")
        .ok_or("the policy has no rule about approval")?;
    rule["setting"]["isApprovalRequired"] = json!(true);
    rule["setting"]["approvalStages"] = json!([{
        "approvalStageTimeOutInDays": 1,
        "isApproverJustificationRequired": false,
        "escalationTimeInMinutes": 0,
        "isEscalationEnabled": false,
        "escalationApprovers": null,
        "primaryApprovers": [{ "id": known.iter().find(|one| one.name == "admin").map(|one| one.id),
            "description": "Ada", "isBackup": false, "userType": "User" }],
    }]);
    let id = policy["id"].as_str().unwrap_or_default();
    let body = json!({ "properties": { "rules": [rule] } });
    call("admin", "PATCH", &format!("{id}?api-version=2020-10-01"), Some(body)).await?;
    let path = fresh("roleAssignmentScheduleRequests");
    let waiting =
        call("developer", "PUT", &path, Some(request("SelfActivate", CONTRIBUTOR, "PT1H"))).await?;
    let approval = waiting["properties"]["approvalId"].as_str().unwrap_or_default();
    let stages = format!("{approval}/stages?api-version=2021-01-01-preview");
    let stages = call("admin", "GET", &stages, None).await?;
    let stage = stages["value"][0]["id"].as_str().unwrap_or_default();
    let said = json!({ "properties": { "reviewResult": "Approve", "justification": "yes" } });
    let stage = format!("{stage}?api-version=2021-01-01-preview");
    let decided = call("admin", "PATCH", &stage, Some(said)).await?;

    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    fields(&decided, "", found.entry("stages".to_owned()).or_default());
    for (kind, version) in LISTS {
        let who = if *kind == "eligibleChildResources" { "developer" } else { "admin" };
        let path = format!("{}&$top=1000", at(kind, version));
        let list = call(who, "GET", &path, None).await?;
        let own = found.entry((*kind).to_owned()).or_default();
        for item in list["value"].as_array().into_iter().flatten() {
            fields(item, "", own);
        }
    }
    sandbox.close().await;
    Ok(found)
}

async fn send(
    service: &Router,
    token: &str,
    method: &str,
    path: &str,
    body: Option<Value>,
) -> Result<Value, String> {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "localhost")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(body.map_or_else(Body::empty, |body| Body::from(body.to_string())))
        .map_err(|error| error.to_string())?;
    let response = service.clone().oneshot(request).await.map_err(|error| error.to_string())?;
    let status = response.status();
    let bytes =
        to_bytes(response.into_body(), 64 << 20).await.map_err(|error| error.to_string())?;
    let body: Value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    match status.is_success() {
        true => Ok(body),
        false => Err(format!("{method} {path}: {status} {body}")),
    }
}
