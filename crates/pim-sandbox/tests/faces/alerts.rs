//! Role management alerts.

use super::client::{AUTHORIZATION, Client, OWNER, SUBSCRIPTION, TENANT_ROLES, ids};
use serde_json::json;

const VERSION: &str = "api-version=2022-08-01-preview";
const DELEGATE: &str = "a0000000-0000-4000-8000-000000000002";

fn path(rest: &str) -> String {
    format!("{SUBSCRIPTION}/{AUTHORIZATION}/{rest}?{VERSION}")
}

async fn assign_owner(admin: &Client) {
    let path = format!("{SUBSCRIPTION}/{AUTHORIZATION}/roleAssignments/{DELEGATE}");
    let body = json!({ "properties": {
        "principalId": DELEGATE,
        "roleDefinitionId": format!("{SUBSCRIPTION}/{TENANT_ROLES}/{OWNER}"),
    }});
    admin.put(&format!("{path}?api-version=2022-04-01"), body).await.expect(201);
}

#[tokio::test]
async fn rings_once_it_was_scanned() {
    let client = Client::new().await;
    let admin = client.sign_in("admin", "arm").await;
    assign_owner(&admin).await;
    let alert = path("roleManagementAlerts/TooManyOwnersAssignedToResource");
    assert_eq!(admin.get(&alert).await.expect(200)["properties"]["isActive"], false);

    let started = admin.post(&path("roleManagementAlerts/refresh"), json!({})).await;
    started.expect(202);
    let operation = started.headers["location"].to_str().unwrap().replace("http://localhost", "");
    assert_eq!(admin.get(&operation).await.expect(200)["status"], "Succeeded");
    let found = admin.get(&alert).await.expect(200);
    assert_eq!(found["properties"]["isActive"], true);
    assert_eq!(found["properties"]["incidentCount"], 2);
    let kind = "TooManyOwnersAssignedToResourceAlertIncident";
    assert_eq!(found["properties"]["alertIncidents"][0]["properties"]["alertIncidentType"], kind);

    admin.patch(&alert, json!({ "properties": { "isActive": false } })).await.expect(204);
    assert_eq!(admin.get(&alert).await.expect(200)["properties"]["isActive"], false);
    let all = admin.get(&path("roleManagementAlerts")).await.expect(200);
    assert_eq!(all["value"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn thresholds_can_be_changed() {
    let client = Client::new().await;
    let admin = client.sign_in("admin", "arm").await;
    assign_owner(&admin).await;
    let settings = path("roleManagementAlertConfigurations/TooManyOwnersAssignedToResource");
    let body = json!({ "properties": {
        "alertConfigurationType": "TooManyOwnersAssignedToResourceAlertConfiguration",
        "thresholdNumberOfOwners": 3,
    }});
    admin.patch(&settings, body).await.expect(204);
    let kept = admin.get(&settings).await.expect(200);
    assert_eq!(kept["properties"]["thresholdNumberOfOwners"], 3);
    assert_eq!(kept["properties"]["thresholdPercentageOfOwnersOutOfAllRoleMembers"], 3);
    let alert = "roleManagementAlerts/TooManyOwnersAssignedToResource";
    admin.post(&path(&format!("{alert}/refresh")), json!({})).await.expect(202);
    assert_eq!(admin.get(&path(alert)).await.expect(200)["properties"]["incidentCount"], 0);

    let kind = "TooManyOwnersAssignedToResourceAlertConfiguration";
    for (name, value) in [
        ("thresholdNumberOfOwners", json!(-1)),
        ("thresholdPercentageOfOwnersOutOfAllRoleMembers", json!(101)),
        ("isEnabled", json!("yes")),
    ] {
        let body = json!({ "properties": { "alertConfigurationType": kind, name: value } });
        assert_eq!(admin.patch(&settings, body).await.code(), "InvalidRequestContent", "{name}");
    }
    let other = json!({ "properties": { "alertConfigurationType": "Other" } });
    assert_eq!(admin.patch(&settings, other).await.code(), "InvalidRequestContent");
}

#[tokio::test]
async fn an_incident_is_remediated_as_its_caller_could() {
    let client = Client::new().await;
    let admin = client.sign_in("admin", "arm").await;
    assign_owner(&admin).await;
    let alert = "roleManagementAlerts/AzureRolesAssignedOutsidePimAlert";
    admin.post(&path(&format!("{alert}/refresh")), json!({})).await.expect(202);
    let incidents = admin.get(&path(&format!("{alert}/alertIncidents"))).await.expect(200);
    let wanted = incidents["value"].as_array().unwrap().iter();
    let wanted = wanted.filter(|one| one["properties"]["assigneeId"] == DELEGATE);
    let name = wanted.map(|one| one["name"].as_str().unwrap()).next().unwrap();
    let incident = format!("{alert}/alertIncidents/{name}");
    assert_eq!(admin.get(&path(&incident)).await.expect(200)["name"], name);

    let auditor = client.sign_in("auditor", "arm").await;
    let remediate = path(&format!("{incident}/remediate"));
    assert_eq!(auditor.post(&remediate, json!({})).await.code(), "AuthorizationFailed");
    admin.post(&remediate, json!({})).await.expect(204);
    assert_eq!(admin.get(&path(&incident)).await.status, 404);
    let list = format!("{SUBSCRIPTION}/{AUTHORIZATION}/roleAssignments?api-version=2022-04-01");
    let left = ids(&admin.get(&list).await.expect(200));
    assert!(!left.iter().any(|id| id.ends_with(DELEGATE)), "{left:?}");
}

#[tokio::test]
async fn finds_roles_that_are_another_once_more() {
    let client = Client::new().await;
    let admin = client.sign_in("admin", "arm").await;
    let role = "b0000000-0000-4000-8000-000000000001";
    let path_of_role = format!("{SUBSCRIPTION}/{TENANT_ROLES}/{role}?api-version=2022-04-01");
    let body = json!({ "properties": {
        "roleName": "Everything",
        "description": "",
        "type": "CustomRole",
        "permissions": [{ "actions": ["*/Read"], "notActions": [] }],
        "assignableScopes": [SUBSCRIPTION],
    }});
    admin.put(&path_of_role, body).await.expect(201);
    let alert = "roleManagementAlerts/DuplicateRoleCreated";
    admin.post(&path(&format!("{alert}/refresh")), json!({})).await.expect(202);
    let found = admin.get(&path(alert)).await.expect(200);
    let incident = &found["properties"]["alertIncidents"][0]["properties"];
    assert_eq!(incident["roleName"], "Everything");
    assert_eq!(incident["reason"], "Same permissions");
    assert!(incident["duplicateRoles"].as_str().unwrap().contains("Reader"), "{incident}");
    assert_eq!(admin.get(&path("roleManagementAlerts/Nothing")).await.status, 404);
}
