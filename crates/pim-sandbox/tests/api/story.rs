//! The story that the sandbox is for, end to end.

use super::client::{
    ACR_PUSH, SUBSCRIPTION, Server, USER_ACCESS_ADMINISTRATOR, pim, plain, role_id, wanted,
};
use serde_json::json;
use uuid::Uuid;

const ATTESTATION_READER: &str = "fd1bd22b-8476-40bc-a0bc-69b95687b9f3";

/// AcrDelete, AcrImageSigner, AcrPull and AcrPush.
const FOUR: &str = "{c2f4ef07-c644-48eb-af81-4b1b4947fb11, 6cef56e8-d556-48e5-a04f-b8e64114680f, \
                    7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec}";

#[tokio::test]
async fn a_delegate_activates_and_hands_out_four_registry_roles_and_no_other() {
    let server = Server::start().await;
    let (mut admin, mut delegate) =
        (server.connect("admin").await, server.connect("delegate").await);
    let (own, pipeline) = (server.id("delegate").await, server.id("pipeline").await);

    let refused = delegate.assign(SUBSCRIPTION, ACR_PUSH, pipeline).await;
    assert_eq!((refused.status, refused.code()), (403, "AuthorizationFailed"));
    assert!(refused.message().contains("does not have authorization to perform action"));

    let condition = format!(
        "((!(ActionMatches{{'Microsoft.Authorization/roleAssignments/write'}})) OR \
         (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] \
         ForAnyOfAnyValues:GuidEquals {FOUR})) AND \
         ((!(ActionMatches{{'Microsoft.Authorization/roleAssignments/delete'}})) OR \
         (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] \
         ForAnyOfAnyValues:GuidEquals {FOUR}))"
    );
    let mut eligible = wanted("AdminAssign", USER_ACCESS_ADMINISTRATOR, own, "P180D");
    eligible["condition"] = json!(condition);
    eligible["conditionVersion"] = json!("2.0");
    let made = admin.ask("Eligibility", SUBSCRIPTION, eligible).await;
    assert_eq!((made.status, made.property("status")), (201, &json!("Provisioned")));
    let still = delegate.assign(SUBSCRIPTION, ACR_PUSH, pipeline).await;
    assert_eq!(still.code(), "AuthorizationFailed", "eligible is not active");

    let activation = wanted("SelfActivate", USER_ACCESS_ADMINISTRATOR, own, "PT1H");
    let activated = delegate.ask("Assignment", SUBSCRIPTION, activation).await;
    assert_eq!((activated.status, activated.property("status")), (201, &json!("Provisioned")));
    assert_eq!(activated.property("condition"), &json!(condition), "it is carried over");

    let refused = delegate.assign(SUBSCRIPTION, ATTESTATION_READER, pipeline).await;
    assert_eq!((refused.status, refused.code()), (403, "AuthorizationFailed"));
    assert!(refused.message().contains("ABAC condition that is not fulfilled"), "{refused:?}");
    let denied = admin.get("/sandbox/events?outcome=denied&top=1").await;
    let reason = &denied.items()[0]["reason"]["conditionsNotMet"][0];
    assert_eq!(reason["role"], "User Access Administrator");
    assert_eq!(reason["activated"], true);

    let pushed = delegate.assign(SUBSCRIPTION, ACR_PUSH, pipeline).await;
    assert_eq!(pushed.status, 201, "{pushed:?}");
    assert_eq!(pushed.property("principalType"), "ServicePrincipal");
    let name = pushed.body["name"].as_str().unwrap().to_owned();

    admin.wait("1 hour").await;
    let path = plain(SUBSCRIPTION, &format!("roleAssignments/{name}"));
    let late = delegate.send("DELETE", &path, None).await;
    assert_eq!(late.code(), "AuthorizationFailed", "the activation has ended");
    let kept = admin.get(&path).await;
    assert_eq!(kept.body["id"], pushed.body["id"], "what was handed out stays");
    server.stop().await;
}

#[tokio::test]
async fn an_activation_waits_for_an_approver() {
    let server = Server::start().await;
    let mut admin = server.connect("admin").await;
    let mut delegate = server.connect("delegate").await;
    let mut approver = server.connect("approver").await;
    let (own, approvers) = (server.id("delegate").await, admin.get("/sandbox").await);
    let approvers = approvers.body["callers"].as_array().unwrap();
    let group = approvers.iter().find(|one| one["name"] == "approvers").unwrap()["id"].clone();

    let filter = format!("roleDefinitionId%20eq%20'{}'", role_id(ACR_PUSH));
    let linked = pim(SUBSCRIPTION, &format!("roleManagementPolicyAssignments?$filter={filter}"));
    let linked = admin.get(&linked).await;
    let policy = linked.items()[0]["properties"]["policyId"].as_str().unwrap();
    let rule = json!({
        "id": "Approval_EndUser_Assignment",
        "ruleType": "RoleManagementPolicyApprovalRule",
        "target": { "caller": "EndUser", "operations": ["All"], "level": "Assignment",
            "targetObjects": null, "inheritableSettings": null, "enforcedSettings": null },
        "setting": {
            "isApprovalRequired": true,
            "isApprovalRequiredForExtension": false,
            "isRequestorJustificationRequired": true,
            "approvalMode": "SingleStage",
            "approvalStages": [{
                "approvalStageTimeOutInDays": 1,
                "isApproverJustificationRequired": true,
                "escalationTimeInMinutes": 0,
                "isEscalationEnabled": false,
                "primaryApprovers": [{ "id": group, "description": null, "isBackup": false, "userType": "Group" }],
                "escalationApprovers": null,
            }],
        },
    });
    let body = json!({ "properties": { "rules": [rule] } });
    let path = format!("{policy}?api-version=2020-10-01");
    let patched = admin.send("PATCH", &path, Some(body.clone())).await;
    assert_eq!(patched.status, 200, "{patched:?}");
    assert_ne!(patched.body["id"], json!(policy), "the name of the policy changes");
    let again = admin.send("PATCH", &path, Some(body)).await;
    assert_eq!(again.status, 404, "and the old one is gone");

    admin.ask("Eligibility", SUBSCRIPTION, wanted("AdminAssign", ACR_PUSH, own, "P1D")).await;
    let activation = wanted("SelfActivate", ACR_PUSH, own, "PT1H");
    let validate =
        pim(SUBSCRIPTION, &format!("roleAssignmentScheduleRequests/{}/validate", Uuid::new_v4()));
    let checked = delegate.post(&validate, json!({ "properties": activation.clone() })).await;
    assert_eq!((checked.status, checked.property("status")), (200, &json!("PendingEvaluation")));
    let waiting = delegate.ask("Assignment", SUBSCRIPTION, activation).await;
    assert_eq!(waiting.property("status"), "PendingApproval");
    let approval = waiting.property("approvalId").as_str().unwrap();

    let asked = pim("", "roleAssignmentScheduleRequests?$filter=asApprover()");
    let asked = approver.get(&asked).await;
    assert_eq!(asked.items().len(), 1, "approvers need no role");
    assert_eq!(asked.items()[0]["properties"]["approvalId"], approval);
    let stages = approver.get(&format!("{approval}/stages?api-version=2021-01-01-preview")).await;
    let stage = &stages.items()[0];
    assert_eq!(stage["properties"]["assignedToMe"], true);
    assert_eq!(stage["properties"]["status"], "InProgress");
    let stage = format!("{}?api-version=2021-01-01-preview", stage["id"].as_str().unwrap());

    let wrapped = json!({ "properties": { "reviewResult": "Approve", "justification": "yes" } });
    let own = delegate.send("PATCH", &stage, Some(wrapped.clone())).await;
    assert!(own.message().contains("Self-Approval"), "{own:?}");
    let decided = approver.send("PATCH", &stage, Some(wrapped)).await;
    assert_eq!((decided.status, decided.property("reviewResult")), (200, &json!("Approve")));
    assert_eq!(decided.property("reviewedBy")["principalName"], "Avery Approver");
    let bare = json!({ "reviewResult": "Deny", "justification": "no" });
    let late = approver.put(&stage, bare).await;
    assert_eq!(late.code(), "ApprovalAlreadyCompleted", "the first decision counts");

    let id = waiting.body["id"].as_str().unwrap();
    let now = delegate.get(&format!("{id}?api-version=2020-10-01")).await;
    assert_eq!(now.property("status"), "Provisioned");
    server.stop().await;
}
