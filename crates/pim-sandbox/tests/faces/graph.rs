//! Microsoft Graph: the directory, and PIM for Groups.

use super::client::{AUTHORIZATION, Client, SUBSCRIPTION, TENANT_ROLES, ids};
use axum::http::Method;
use serde_json::{Value, json};

const ADMIN: &str = "a0000000-0000-4000-8000-000000000001";
const DELEGATE: &str = "a0000000-0000-4000-8000-000000000002";
const DEVELOPER: &str = "a0000000-0000-4000-8000-000000000003";
const APPROVER: &str = "a0000000-0000-4000-8000-000000000004";
const APPROVERS: &str = "a0000000-0000-4000-8000-000000000007";
const PLATFORM: &str = "a0000000-0000-4000-8000-000000000008";
const PIM: &str = "/v1.0/identityGovernance/privilegedAccess/group";
const CONTRIBUTOR: &str = "b24988ac-6180-42a0-ab88-20f7382dd24c";

fn request(action: &str, principal: &str) -> Value {
    json!({
        "accessId": "member",
        "action": action,
        "principalId": principal,
        "groupId": PLATFORM,
        "justification": "On call",
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "PT4H" } },
    })
}

async fn make_eligible(client: &Client) {
    let admin = client.sign_in("admin", "graph").await;
    let body = request("adminAssign", DELEGATE);
    let made = admin.post(&format!("{PIM}/eligibilityScheduleRequests"), body).await.expect(201);
    assert_eq!(made["status"], "Provisioned");
    assert_eq!(made["action"], "adminAssign");
}

#[tokio::test]
async fn finds_people_page_by_page() {
    let client = Client::new().await.sign_in("delegate", "graph").await;
    assert_eq!(client.get("/v1.0/me").await.expect(200)["displayName"], "Dana Delegate");
    let mut found = Vec::new();
    let mut path = "/v1.0/users?$top=2&$select=id,displayName".to_owned();
    for _ in 0..10 {
        let page = client.get(&path).await.expect(200);
        assert!(page["value"][0].get("userPrincipalName").is_none());
        found.extend(ids(&page));
        let Some(next) = page["@odata.nextLink"].as_str() else { break };
        path = next.replace("http://localhost", "");
    }
    assert_eq!(found.len(), 5);
    found.dedup();
    assert_eq!(found.len(), 5, "nobody twice");
    let filter = "/beta/users?$filter=startsWith(displayName,'dana') and accountEnabled eq true";
    assert_eq!(ids(&client.get(filter).await.expect(200)), [DELEGATE]);
    let by_name = client.get("/v1.0/users/delegate%40contoso.example").await.expect(200);
    assert_eq!(by_name["id"], DELEGATE);
    let by_app = "/v1.0/servicePrincipals(appId='a0000000-0000-4000-8000-0000000000a6')";
    assert_eq!(client.get(by_app).await.expect(200)["displayName"], "Release pipeline");
}

#[tokio::test]
async fn refuses_in_the_layout_of_graph() {
    let client = Client::new().await.sign_in("delegate", "graph").await;
    let cases = [
        (format!("/v1.0/users/{PLATFORM}"), 404, "Request_ResourceNotFound"),
        ("/v1.0/users?$filter=displayName eq".to_owned(), 400, "Request_UnsupportedQuery"),
        ("/v1.0/users?$top=0".to_owned(), 400, "BadRequest"),
        ("/v1.0/users?$orderby=displayName".to_owned(), 400, "Request_UnsupportedQuery"),
        ("/v1.0/drives".to_owned(), 400, "BadRequest"),
        ("/v1.0/users/%FF".to_owned(), 400, "BadRequest"),
    ];
    for (path, status, code) in cases {
        let answer = client.get(&path).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{path}");
        assert!(answer.json()["error"]["innerError"]["request-id"].is_string());
    }
}

#[tokio::test]
async fn tells_who_belongs_to_whom() {
    let client = Client::new().await.sign_in("approver", "graph").await;
    let members = client.get(&format!("/v1.0/groups/{APPROVERS}/members")).await.expect(200);
    assert_eq!(ids(&members), [APPROVER]);
    assert_eq!(members["value"][0]["@odata.type"], "#microsoft.graph.user");
    let owners = client.get(&format!("/v1.0/groups/{APPROVERS}/owners")).await.expect(200);
    assert_eq!(ids(&owners), [ADMIN]);
    assert_eq!(ids(&client.get("/v1.0/me/memberOf").await.expect(200)), [APPROVERS]);
    let asked = json!({ "groupIds": [APPROVERS, PLATFORM] });
    let found = client.post("/v1.0/me/checkMemberGroups", asked).await.expect(200);
    assert_eq!(found["value"], json!([APPROVERS]));
    let asked = json!({ "ids": [APPROVERS, APPROVER], "types": ["group"] });
    let found = client.post("/v1.0/directoryObjects/getByIds", asked).await.expect(200);
    assert_eq!(ids(&found), [APPROVERS]);
}

#[tokio::test]
async fn an_activated_member_has_the_roles_of_the_group() {
    let client = Client::new().await;
    let admin = client.sign_in("admin", "arm").await;
    let assignment = format!("{SUBSCRIPTION}/{AUTHORIZATION}/roleAssignments/{PLATFORM}");
    let body = json!({ "properties": {
        "principalId": PLATFORM,
        "roleDefinitionId": format!("{SUBSCRIPTION}/{TENANT_ROLES}/{CONTRIBUTOR}"),
    }});
    admin.put(&format!("{assignment}?api-version=2022-04-01"), body).await.expect(201);
    make_eligible(&client).await;

    let subscription = format!("{SUBSCRIPTION}?api-version=2022-12-01");
    let arm = client.sign_in("delegate", "arm").await;
    let graph = client.sign_in("delegate", "graph").await;
    assert_eq!(arm.get(&subscription).await.status, 403);
    let body = request("selfActivate", DELEGATE);
    let made = graph.post(&format!("{PIM}/assignmentScheduleRequests"), body).await.expect(201);
    assert_eq!(made["status"], "Provisioned");
    assert_eq!(arm.get(&subscription).await.status, 200);

    let members = graph.get(&format!("/v1.0/groups/{PLATFORM}/transitiveMembers")).await;
    assert_eq!(ids(&members.expect(200)), [DELEGATE]);
    let own = format!("{PIM}/assignmentScheduleInstances/filterByCurrentUser(on='principal')");
    let own = graph.get(&own).await.expect(200);
    assert_eq!(own["value"][0]["assignmentType"], "activated");
    let id = own["value"][0]["id"].as_str().unwrap();
    assert!(id.starts_with(&format!("{PLATFORM}_member_")), "{id}");
    let one = graph.get(&format!("{PIM}/assignmentScheduleInstances/{id}")).await.expect(200);
    assert_eq!(one["accessId"], "member");

    client.post("/sandbox/clock", json!({ "advance": "PT5H" })).await.expect(200);
    assert_eq!(arm.get(&subscription).await.status, 403, "the activation has ended");
}

#[tokio::test]
async fn a_validation_changes_nothing() {
    let client = Client::new().await;
    let admin = client.sign_in("admin", "graph").await;
    let mut body = request("adminAssign", DELEGATE);
    body["isValidationOnly"] = true.into();
    let answer = admin.post(&format!("{PIM}/eligibilityScheduleRequests"), body).await.expect(201);
    assert_eq!(answer["isValidationOnly"], true);
    let list = format!("{PIM}/eligibilitySchedules?$filter=groupId eq '{PLATFORM}'");
    assert_eq!(ids(&admin.get(&list).await.expect(200)), Vec::<String>::new());
}

#[tokio::test]
async fn only_those_concerned_see_and_change() {
    let client = Client::new().await;
    make_eligible(&client).await;
    let developer = client.sign_in("developer", "graph").await;
    let delegate = client.sign_in("delegate", "graph").await;
    let path = format!("{PIM}/eligibilityScheduleRequests");
    let refused = developer.post(&path, request("adminAssign", DEVELOPER)).await;
    assert_eq!(refused.code(), "Authorization_RequestDenied");
    let of_group = format!("{PIM}/eligibilitySchedules?$filter=groupId eq '{PLATFORM}'");
    assert_eq!(developer.get(&of_group).await.code(), "Authorization_RequestDenied");
    let of_delegate = format!("{PIM}/eligibilitySchedules?$filter=principalId eq '{DELEGATE}'");
    assert_eq!(developer.get(&of_delegate).await.code(), "Authorization_RequestDenied");
    assert_eq!(ids(&delegate.get(&of_delegate).await.expect(200)).len(), 1);
    assert_eq!(delegate.get(&path).await.code(), "BadRequest", "a filter is needed");
    let activation = request("selfActivate", DEVELOPER);
    let refused = developer.post(&format!("{PIM}/assignmentScheduleRequests"), activation).await;
    assert_eq!(refused.code(), "RoleAssignmentRequestPolicyValidationFailed");
}

#[tokio::test]
async fn settings_are_read_and_changed_rule_by_rule() {
    let client = Client::new().await;
    let admin = client.sign_in("admin", "graph").await;
    let list = format!(
        "/v1.0/policies/roleManagementPolicyAssignments?$filter=scopeId eq '{PLATFORM}' and \
         scopeType eq 'Group' and roleDefinitionId eq 'member'&$expand=policy($expand=rules)"
    );
    let found = admin.get(&list).await.expect(200);
    let assignment = &found["value"][0];
    assert_eq!(found["value"].as_array().unwrap().len(), 1);
    let kind = "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule";
    let rules = assignment["policy"]["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["@odata.type"] == kind));
    let policy = assignment["policyId"].as_str().unwrap();
    let rule = format!(
        "/v1.0/policies/roleManagementPolicies/{policy}/rules/Expiration_EndUser_Assignment"
    );
    let mut body = admin.get(&rule).await.expect(200);
    assert_eq!(body["maximumDuration"], "PT8H");
    body["maximumDuration"] = "PT2H".into();
    body.as_object_mut().unwrap().remove("@odata.context");
    admin.patch(&rule, body.clone()).await.expect(204);
    assert_eq!(admin.get(&rule).await.status, 404, "the policy has another name now");

    make_eligible(&client).await;
    let delegate = client.sign_in("delegate", "graph").await;
    let too_long = request("selfActivate", DELEGATE);
    let refused = delegate.post(&format!("{PIM}/assignmentScheduleRequests"), too_long).await;
    assert!(refused.text.contains("ExpirationRule"), "{}", refused.text);

    let changed = admin.get(&list).await.expect(200);
    let policy = changed["value"][0]["policyId"].as_str().unwrap();
    let path = format!("/v1.0/policies/roleManagementPolicies/{policy}");
    assert_eq!(
        admin.patch(&path, json!({ "rules": [{ "id": "x" }] })).await.code(),
        "InvalidPolicy"
    );
    let developer = client.sign_in("developer", "graph").await;
    assert_eq!(developer.get(&path).await.code(), "Authorization_RequestDenied");
}

#[tokio::test]
async fn an_approver_decides() {
    let client = Client::new().await;
    make_eligible(&client).await;
    let admin = client.sign_in("admin", "graph").await;
    let list = format!(
        "/v1.0/policies/roleManagementPolicies?$filter=scopeId eq '{PLATFORM}' and scopeType eq \
         'Group'"
    );
    // The policy of members is the one that the assignment names.
    let named = list.replace("roleManagementPolicies", "roleManagementPolicyAssignments");
    let named = admin.get(&format!("{named} and roleDefinitionId eq 'member'")).await.expect(200);
    let policy = named["value"][0]["policyId"].as_str().unwrap();
    assert!(ids(&admin.get(&list).await.expect(200)).iter().any(|id| id == policy));
    let path =
        format!("/v1.0/policies/roleManagementPolicies/{policy}/rules/Approval_EndUser_Assignment");
    let mut rule = admin.get(&path).await.expect(200);
    rule.as_object_mut().unwrap().remove("@odata.context");
    rule["setting"]["isApprovalRequired"] = true.into();
    rule["setting"]["approvalMode"] = "SingleStage".into();
    rule["setting"]["approvalStages"] = json!([{
        "approvalStageTimeOutInDays": 1,
        "isApproverJustificationRequired": true,
        "escalationTimeInMinutes": 0,
        "isEscalationEnabled": false,
        "primaryApprovers": [
            { "@odata.type": "#microsoft.graph.groupMembers", "groupId": APPROVERS },
        ],
        "escalationApprovers": [],
    }]);
    admin.patch(&path, rule).await.expect(204);

    let delegate = client.sign_in("delegate", "graph").await;
    let requests = format!("{PIM}/assignmentScheduleRequests");
    let asked = delegate.post(&requests, request("selfActivate", DELEGATE)).await.expect(201);
    assert_eq!(asked["status"], "PendingApproval");
    let approval = asked["approvalId"].as_str().unwrap();

    let approver = client.sign_in("approver", "graph").await;
    let waiting = format!("{requests}/filterByCurrentUser(on='approver')");
    assert_eq!(ids(&approver.get(&waiting).await.expect(200)), [asked["id"].as_str().unwrap()]);
    let stages = format!("{PIM}/assignmentApprovals/{approval}/stages");
    let stage = approver.get(&stages).await.expect(200)["value"][0]["id"].clone();
    let stage = format!("{stages}/{}", stage.as_str().unwrap());
    let decision = json!({ "reviewResult": "Approve", "justification": "Go" });
    let developer = client.sign_in("developer", "graph").await;
    assert_eq!(developer.patch(&stage, decision.clone()).await.status, 403);
    approver.patch(&stage, decision).await.expect(204);
    let path = format!("{requests}/{}", asked["id"].as_str().unwrap());
    assert_eq!(delegate.get(&path).await.expect(200)["status"], "Provisioned");
    let late = delegate.send(Method::POST, &format!("{path}/cancel"), None).await;
    assert_eq!(late.status, 400, "{}", late.text);
}
