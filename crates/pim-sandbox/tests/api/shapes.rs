//! What every answer looks like: fields, layouts of errors, versions, bodies that are wrong.

use super::client::{CONTRIBUTOR, GROUP, READER, SUBSCRIPTION, Server, pim, plain, wanted};
use serde_json::{Value, json};
use uuid::Uuid;

fn fields(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn schedules_and_instances_name_each_other() {
    let server = Server::start().await;
    let (mut admin, mut developer) =
        (server.connect("admin").await, server.connect("developer").await);
    let own = server.id("developer").await;
    let eligible = admin
        .ask("Eligibility", SUBSCRIPTION, wanted("AdminAssign", CONTRIBUTOR, own, "P9D"))
        .await;
    let active = developer
        .ask("Assignment", SUBSCRIPTION, wanted("SelfActivate", CONTRIBUTOR, own, "PT1H"))
        .await;
    let mut one = async |list: &str| {
        let reply = developer.get(&pim(SUBSCRIPTION, &format!("{list}?$filter=asTarget()"))).await;
        assert_eq!(reply.items().len(), 1, "{list}");
        reply.items()[0].clone()
    };
    let schedule = one("roleEligibilitySchedules").await;
    let instance = one("roleEligibilityScheduleInstances").await;
    let assignment = one("roleAssignmentSchedules").await;
    let held = one("roleAssignmentScheduleInstances").await;
    let of = |value: &Value, name: &str| value["properties"][name].clone();
    assert_eq!(of(&schedule, "roleEligibilityScheduleRequestId"), eligible.body["id"]);
    assert_eq!(of(&instance, "roleEligibilityScheduleId"), schedule["id"]);
    assert_eq!(of(&assignment, "roleAssignmentScheduleRequestId"), active.body["id"]);
    assert_eq!(of(&held, "roleAssignmentScheduleId"), assignment["id"]);
    assert_eq!(of(&held, "linkedRoleEligibilityScheduleId"), schedule["id"]);
    assert_eq!(of(&held, "linkedRoleEligibilityScheduleInstanceId"), instance["id"]);
    assert_eq!(of(&held, "status"), "Provisioned");
    let plain_id = of(&held, "originRoleAssignmentId");
    let origin = admin.get(&format!("{}?api-version=2022-04-01", plain_id.as_str().unwrap())).await;
    assert_eq!(origin.property("principalId"), &json!(own), "each instance is one role assignment");
    for one in [&schedule, &instance, &assignment, &held] {
        let kind = one["type"].as_str().unwrap().split_once('/').unwrap().1;
        assert!(one["id"].as_str().unwrap().contains(kind), "{one}");
        let again =
            developer.get(&format!("{}?api-version=2020-10-01", one["id"].as_str().unwrap())).await;
        assert_eq!(&again.body, one);
        let expanded = of(one, "expandedProperties");
        assert_eq!(expanded["principal"]["email"], "developer@contoso.example");
        assert_eq!(expanded["scope"]["type"], "subscription");
        assert_eq!(expanded["roleDefinition"]["displayName"], "Contributor");
    }
    assert_eq!(fields(&eligible.body), ["id", "name", "properties", "type"]);
    server.stop().await;
}

#[tokio::test]
async fn assignments_made_outside_pim_are_instances_without_end() {
    let server = Server::start().await;
    let mut admin = server.connect("admin").await;
    let list = pim(SUBSCRIPTION, "roleAssignmentScheduleInstances");
    let found = admin.get(&list).await;
    let assignments = admin.get(&plain(SUBSCRIPTION, "roleAssignments")).await;
    assert_eq!(found.items().len(), assignments.items().len());
    for one in found.items() {
        assert_eq!(one["properties"]["assignmentType"], "Assigned");
        assert_eq!(one["properties"]["endDateTime"], Value::Null);
        assert_eq!(one["properties"]["status"], "Accepted");
        let origin = &one["properties"]["originRoleAssignmentId"];
        assert!(assignments.items().iter().any(|other| other["id"] == *origin));
    }
    server.stop().await;
}

#[tokio::test]
async fn validate_answers_as_the_request_would_and_leaves_nothing() {
    let server = Server::start().await;
    let mut admin = server.connect("admin").await;
    let own = server.id("developer").await;
    let path = |rest: &str| {
        pim(SUBSCRIPTION, &format!("roleEligibilityScheduleRequests/{}{rest}", Uuid::from_u128(5)))
    };
    let good = json!({ "properties": wanted("AdminAssign", READER, own, "P9D") });
    let checked = admin.post(&path("/validate"), good.clone()).await;
    assert_eq!((checked.status, checked.property("status")), (200, &json!("Granted")));
    assert_eq!(admin.get(&path("")).await.code(), "RoleAssignmentRequestNotFound");
    let bad = json!({ "properties": wanted("AdminAssign", READER, own, "P999D") });
    let refused = admin.post(&path("/validate"), bad.clone()).await;
    assert_eq!(refused.code(), "RoleAssignmentRequestPolicyValidationFailed");
    assert_eq!(refused.message(), "The following policy rules failed: [\"ExpirationRule\"]");
    assert_eq!(admin.put(&path(""), bad).await.body, refused.body);
    assert_eq!(admin.put(&path(""), good).await.status, 201);
    server.stop().await;
}

#[tokio::test]
async fn versions_types_verbs_and_names_are_checked() {
    let server = Server::start().await;
    let mut admin = server.connect("admin").await;
    let at = |rest: &str| format!("{SUBSCRIPTION}/providers/Microsoft.Authorization/{rest}");
    let name = Uuid::new_v4();
    for (method, path, status, code) in [
        ("GET", at("roleAssignments"), 400, "MissingApiVersionParameter"),
        ("GET", at("roleAssignments?api-version=1999-01-01"), 400, "NoRegisteredProviderFound"),
        (
            "GET",
            at("roleAssignmentApprovals?api-version=2020-10-01"),
            400,
            "NoRegisteredProviderFound",
        ),
        ("GET", at("nothing?api-version=2020-10-01"), 404, "InvalidResourceType"),
        (
            "GET",
            at("roleAssignments/not-a-guid?api-version=2022-04-01"),
            400,
            "InvalidResourceName",
        ),
        (
            "GET",
            at(&format!("roleAssignments/{name}?api-version=2022-04-01")),
            404,
            "RoleAssignmentNotFound",
        ),
        (
            "GET",
            at(&format!("roleDefinitions/{name}?api-version=2022-04-01")),
            404,
            "RoleDefinitionDoesNotExist",
        ),
        (
            "GET",
            at(&format!("roleManagementPolicies/{name}?api-version=2020-10-01")),
            404,
            "RoleManagementPolicyNotFound",
        ),
        (
            "GET",
            at(&format!("roleEligibilitySchedules/{name}?api-version=2020-10-01")),
            404,
            "ResourceNotFound",
        ),
        ("GET", "/nothing/here?api-version=1".to_owned(), 404, "ResourceNotFound"),
    ] {
        let reply = admin.send(method, &path, None).await;
        assert_eq!((reply.status, reply.code()), (status, code), "{path} {reply:?}");
    }
    for (method, path) in [
        ("DELETE", pim(SUBSCRIPTION, &format!("roleEligibilityScheduleRequests/{name}"))),
        ("PATCH", pim(SUBSCRIPTION, &format!("roleAssignmentScheduleRequests/{name}"))),
        ("PUT", pim(SUBSCRIPTION, &format!("roleEligibilitySchedules/{name}"))),
        ("PUT", pim(SUBSCRIPTION, &format!("roleManagementPolicies/{name}"))),
    ] {
        let reply = admin.send(method, &path, Some(json!({}))).await;
        assert_eq!(reply.status, 405, "{method} {path}");
        let message = reply.body["message"].as_str().unwrap();
        assert_eq!(
            message,
            format!("The requested resource does not support http method '{method}'.")
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn bodies_that_are_wrong_are_refused_and_change_nothing() {
    let server = Server::start().await;
    let mut admin = server.connect("admin").await;
    let own = server.id("developer").await;
    let good = wanted("AdminAssign", READER, own, "P9D");
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    let expires = |value: Value| json!({ "expiration": value });
    for (body, code) in [
        (json!(null), "InvalidRequestContent"),
        (json!({}), "InvalidRequestContent"),
        (with("principalId", json!("nobody")), "InvalidRequestContent"),
        (with("principalId", json!(Uuid::from_u128(3))), "SubjectNotFound"),
        (with("requestType", json!("AdminEverything")), "InvalidRequestContent"),
        (with("requestType", json!(["AdminAssign"])), "InvalidRequestContent"),
        (
            with(
                "roleDefinitionId",
                json!(
                    "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
                ),
            ),
            "ScopeDoesNotMatchRoleDefinition",
        ),
        (
            with(
                "scheduleInfo",
                expires(json!({ "type": "AfterDuration", "duration": "8:00:00" })),
            ),
            "InvalidRoleAssignmentRequestSchedule",
        ),
        (
            with("scheduleInfo", expires(json!({ "type": "AfterDuration", "duration": "PT4M" }))),
            "ActiveDurationTooShort",
        ),
        (
            with(
                "scheduleInfo",
                expires(json!({ "type": "AfterDateTime", "endDateTime": "2020-01-01T00:00:00Z" })),
            ),
            "InvalidRoleAssignmentRequestSchedule",
        ),
        (
            with("scheduleInfo", expires(json!({ "type": "NoExpiration" }))),
            "RoleAssignmentRequestPolicyValidationFailed",
        ),
        (
            with(
                "scheduleInfo",
                json!({ "startDateTime": "soon", "expiration": { "type": "NoExpiration" } }),
            ),
            "InvalidRequestContent",
        ),
    ] {
        let reply = admin.ask("Eligibility", SUBSCRIPTION, body.clone()).await;
        assert_eq!((reply.status, reply.code()), (400, code), "{body} {reply:?}");
    }
    let mut conditioned = with("condition", json!("@Resource[a:b] StringEquals"));
    conditioned["conditionVersion"] = json!("2.0");
    let reply = admin.ask("Eligibility", SUBSCRIPTION, conditioned.clone()).await;
    assert_eq!(reply.code(), "InvalidCondition");
    assert!(reply.message().contains("character"), "{reply:?}");
    conditioned["condition"] = json!("@Resource[a:b] StringEquals 'c'");
    conditioned["conditionVersion"] = json!("1.0");
    let reply = admin.ask("Eligibility", SUBSCRIPTION, conditioned).await;
    assert_eq!(reply.code(), "InvalidConditionVersion");
    assert_eq!(admin.get(&pim(SUBSCRIPTION, "roleEligibilitySchedules")).await.items().len(), 0);

    let path = plain(GROUP, &format!("roleAssignments/{}", Uuid::new_v4()));
    for (properties, code) in [
        (json!({}), "InvalidRequestContent"),
        (json!({ "principalId": own }), "InvalidRequestContent"),
        (
            json!({ "principalId": own, "roleDefinitionId": super::client::role_id(READER), "condition": "@Resource[a:b] StringEquals 'c'" }),
            "InvalidConditionVersion",
        ),
        (
            json!({ "principalId": own, "roleDefinitionId": super::client::role_id(READER), "condition": "x y z", "conditionVersion": "2.0" }),
            "InvalidCondition",
        ),
    ] {
        let reply = admin.put(&path, json!({ "properties": properties })).await;
        assert_eq!((reply.status, reply.code()), (400, code), "{properties} {reply:?}");
    }
    server.stop().await;
}

#[tokio::test]
async fn tokens_are_checked() {
    let server = Server::start().await;
    let mut client = server.connect("admin").await;
    let path = plain(SUBSCRIPTION, "roleAssignments");
    let good = client.token.take();
    assert_eq!(client.get(&path).await.status, 401);
    let mut changed = good.clone().unwrap();
    let last = changed.pop().unwrap();
    changed.push(if last == 'A' { 'B' } else { 'A' });
    for token in ["", "x", "a.b.c", &changed] {
        client.token = Some(token.to_owned());
        assert_eq!(client.get(&path).await.status, 401, "{token}");
    }
    let graph = client.post("/sandbox/token", json!({ "as": "admin", "audience": "graph" })).await;
    client.token = Some(graph.body["access_token"].as_str().unwrap().to_owned());
    assert_eq!(client.get(&path).await.status, 401, "a token for Microsoft Graph");
    client.token = good;
    assert_eq!(client.get(&path).await.status, 200);
    for body in [
        json!({ "as": "approvers" }),
        json!({ "as": "nobody" }),
        json!({}),
        json!({ "as": "admin", "x": 1 }),
    ] {
        let refused = client.post("/sandbox/token", body.clone()).await;
        assert!((400..500).contains(&refused.status), "{body}");
    }
    server.stop().await;
}

#[tokio::test]
async fn the_page_shows_what_was_decided_and_runs_nothing() {
    let server = Server::start().await;
    let mut client = server.connect("admin").await;
    let hostile = json!({ "principals": [
        { "name": "<script>alert(1)</script>", "type": "User", "displayName": "\"><img src=x onerror=alert(1)>" },
    ]});
    assert_eq!(client.post("/sandbox/directory", hostile).await.status, 200);
    let own = server.id("developer").await;
    client.ask("Eligibility", SUBSCRIPTION, wanted("AdminAssign", READER, own, "P9D")).await;
    client.token = None;
    let page = client.get("/").await;
    assert_eq!(page.status, 200);
    assert!(page.policy.starts_with("default-src 'none'") && !page.policy.contains("script"));
    assert!(!page.text.contains("<script") && !page.text.contains("<img"), "names stay text");
    assert!(page.text.contains("&lt;script&gt;"));
    assert!(page.text.contains("AdminAssign of Reader for Devi Developer"));
    let style = client.get("/page.css").await;
    assert!(style.text.contains("color-scheme: light dark"));
    server.stop().await;
}
