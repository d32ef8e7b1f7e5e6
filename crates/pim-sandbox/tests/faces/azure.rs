//! What clients of Azure ask for besides roles.

use super::client::{Client, SUBSCRIPTION, ids};
use axum::http::Method;
use serde_json::json;

const VERSION: &str = "api-version=2021-04-01";

#[tokio::test]
async fn describes_its_cloud_in_each_layout() {
    let client = Client::new().await;
    let new = client.get("/metadata/endpoints?api-version=2022-09-01").await.expect(200);
    assert_eq!(new["resourceManager"], "http://localhost");
    assert_eq!(new["microsoftGraphResourceId"], "http://localhost/graph");
    let old = client.get("/metadata/endpoints?api-version=2019-05-01").await.expect(200);
    assert_eq!(old[0]["authentication"], new["authentication"]);
    let first = client.get("/metadata/endpoints?api-version=2015-01-01").await.expect(200);
    assert_eq!(first["portalEndpoint"], "http://localhost");
}

#[tokio::test]
async fn shows_what_a_role_shows() {
    let client = Client::new().await;
    let list = format!("/subscriptions?{VERSION}");
    let admin = client.sign_in("admin", "arm").await;
    assert_eq!(ids(&admin.get(&list).await.expect(200)), [SUBSCRIPTION]);
    let delegate = client.sign_in("delegate", "arm").await;
    assert_eq!(ids(&delegate.get(&list).await.expect(200)), Vec::<String>::new());
    let one = format!("{SUBSCRIPTION}?{VERSION}");
    assert_eq!(admin.get(&one).await.expect(200)["displayName"], "Contoso production");
    assert_eq!(delegate.get(&one).await.code(), "AuthorizationFailed");
    let unknown = format!("/subscriptions/00000000-0000-0000-0000-00000000000f?{VERSION}");
    assert_eq!(admin.get(&unknown).await.code(), "SubscriptionNotFound");
    assert_eq!(admin.get(SUBSCRIPTION).await.code(), "MissingApiVersionParameter");
}

#[tokio::test]
async fn resource_groups_are_made_and_found() {
    let client = Client::new().await;
    let admin = client.sign_in("admin", "arm").await;
    let path = format!("{SUBSCRIPTION}/resourcegroups/rg-new?{VERSION}");
    let missing = admin.send(Method::HEAD, &path, None).await;
    assert_eq!(missing.status, 404);
    let body = json!({ "location": "northeurope", "tags": { "team": "a" } });
    let made = admin.put(&path, body.clone()).await.expect(201);
    assert_eq!(made["properties"]["provisioningState"], "Succeeded");
    admin.put(&path, body).await.expect(200);
    let found = admin.get(&path.replace("rg-new", "RG-NEW")).await.expect(200);
    assert_eq!((&found["name"], &found["location"]), (&json!("rg-new"), &json!("northeurope")));
    assert_eq!(admin.send(Method::HEAD, &path, None).await.status, 204);
    let list = admin.get(&format!("{SUBSCRIPTION}/resourceGroups?{VERSION}")).await.expect(200);
    assert_eq!(ids(&list).len(), 3);

    let auditor = client.sign_in("auditor", "arm").await;
    let refused = auditor.put(&path, json!({ "location": "x" })).await;
    assert_eq!(refused.code(), "AuthorizationFailed");
    assert_eq!(admin.put(&path, json!({})).await.code(), "LocationRequired");
    let bad = format!("{SUBSCRIPTION}/resourcegroups/a'b?{VERSION}");
    assert_eq!(admin.put(&bad, json!({ "location": "x" })).await.code(), "InvalidResourceGroup");
}

#[tokio::test]
async fn lists_providers_tenants_and_resources() {
    let client = Client::new().await;
    let admin = client.sign_in("admin", "arm").await;
    let provider = format!("{SUBSCRIPTION}/providers/microsoft.authorization?{VERSION}");
    let found = admin.get(&provider).await.expect(200);
    assert_eq!(found["registrationState"], "Registered");
    let unknown = format!("{SUBSCRIPTION}/providers/Microsoft.Nothing?{VERSION}");
    assert_eq!(admin.get(&unknown).await.code(), "InvalidResourceNamespace");
    let tenants = admin.get(&format!("/tenants?{VERSION}")).await.expect(200);
    assert_eq!(tenants["value"].as_array().unwrap().len(), 1);
    let resources = admin.get(&format!("{SUBSCRIPTION}/resources?{VERSION}")).await.expect(200);
    assert_eq!(resources["value"][0]["type"], "Microsoft.ContainerRegistry/registries");
}

#[tokio::test]
async fn management_groups_show_what_is_in_them() {
    let client = Client::new().await;
    let name = "/providers/Microsoft.Management/managementGroups/mg-contoso";
    let admin = client.sign_in("admin", "arm").await;
    // The role on the subscription does not reach its management group.
    assert_eq!(admin.get(&format!("{name}?{VERSION}")).await.code(), "AuthorizationFailed");
    let seed = json!({
        "version": 1,
        "principals": [{ "name": "admin", "type": "User", "displayName": "Admin" }],
        "containers": [
            { "id": name, "displayName": "Contoso" },
            { "id": SUBSCRIPTION, "displayName": "Production", "parent": name },
        ],
        "schedules": [
            { "family": "assignment", "principal": "admin", "role": "Reader", "scope": name },
        ],
    });
    let client = Client::new().await;
    client.post("/sandbox/seed", seed).await.expect(200);
    let admin = client.sign_in("admin", "arm").await;
    let found = admin.get(&format!("{name}?{VERSION}")).await.expect(200);
    assert_eq!(found["properties"]["children"][0]["id"], SUBSCRIPTION);
}
