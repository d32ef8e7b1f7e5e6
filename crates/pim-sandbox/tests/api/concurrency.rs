//! Many clients at once.

use super::client::{GROUP, READER, SUBSCRIPTION, Server, pim, plain, role_id, wanted};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

const CLIENTS: usize = 64;

#[tokio::test(flavor = "multi_thread")]
async fn no_name_is_accepted_twice_and_no_update_is_lost() {
    let server = Arc::new(Server::start().await);
    let mut admin = server.connect("admin").await;
    let people: Vec<_> = (0..CLIENTS)
        .map(|number| json!({ "name": format!("p{number}"), "type": "User" }))
        .collect();
    admin.post("/sandbox/directory", json!({ "principals": people })).await;
    let directory = admin.get("/sandbox/directory").await;
    let ids: Vec<Uuid> = directory.body["principals"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| {
            one["name"].as_str().unwrap().starts_with('p') && one["displayName"] == one["name"]
        })
        .map(|one| serde_json::from_value(one["id"].clone()).unwrap())
        .collect();
    assert_eq!(ids.len(), CLIENTS);

    // All of them send the same eight names, each for another principal.
    let shared: Vec<Uuid> = (0..8).map(|_| Uuid::new_v4()).collect();
    let tasks: Vec<_> = ids
        .iter()
        .map(|id| {
            let (server, shared, id) = (Arc::clone(&server), shared.clone(), *id);
            tokio::spawn(async move {
                let mut client = server.connect("admin").await;
                let mut accepted = Vec::new();
                for name in shared {
                    let path =
                        pim(SUBSCRIPTION, &format!("roleEligibilityScheduleRequests/{name}"));
                    let body = json!({ "properties": wanted("AdminAssign", READER, id, "P9D") });
                    let reply = client.put(&path, body).await;
                    match (reply.status, reply.code()) {
                        (201, _) => accepted.push(name),
                        (409, "RoleAssignmentRequestExists") | (400, "RoleAssignmentExists") => {}
                        other => panic!("{other:?} {reply:?}"),
                    }
                    // One more that is nobody else's.
                    let name = Uuid::new_v4();
                    let path = plain(GROUP, &format!("roleAssignments/{name}"));
                    let body = json!({ "properties": {
                        "principalId": id, "roleDefinitionId": role_id(READER) } });
                    let reply = client.put(&path, body).await;
                    assert!(matches!(reply.status, 201 | 409), "{reply:?}");
                }
                accepted
            })
        })
        .collect();
    let mut accepted: BTreeMap<Uuid, usize> = BTreeMap::new();
    for task in tasks {
        for name in task.await.unwrap() {
            *accepted.entry(name).or_default() += 1;
        }
    }
    assert_eq!(accepted.len(), shared.len(), "every name was taken");
    assert!(accepted.values().all(|count| *count == 1), "and by one: {accepted:?}");

    let eligible = admin.get(&pim(SUBSCRIPTION, "roleEligibilitySchedules?$top=1000")).await;
    assert_eq!(eligible.items().len(), shared.len());
    let below = admin.get(&plain(GROUP, "roleAssignments?$top=1000")).await;
    let at_group = below.items().iter().filter(|one| one["properties"]["scope"] == GROUP).count();
    assert_eq!(at_group, CLIENTS, "each principal has it once");
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_one_policy_all_take_effect() {
    let server = Arc::new(Server::start().await);
    let rules: Vec<String> = ["Admin_Eligibility", "Admin_Assignment", "EndUser_Assignment"]
        .iter()
        .flat_map(|kind| ["Admin", "Requestor"].map(|who| format!("Notification_{who}_{kind}")))
        .collect();
    let filter = format!("roleDefinitionId%20eq%20'{}'", role_id(READER));
    let list = pim(SUBSCRIPTION, &format!("roleManagementPolicies?$filter={filter}"));
    let tasks: Vec<_> = rules
        .iter()
        .map(|id| {
            let (server, list, id) = (Arc::clone(&server), list.clone(), id.clone());
            tokio::spawn(async move {
                let mut admin = server.connect("admin").await;
                // The name changes with each change, so look it up and try again.
                for _ in 0..100 {
                    let policy = admin.get(&list).await.items()[0].clone();
                    let rules = policy["properties"]["rules"].as_array().unwrap();
                    let mut rule = rules.iter().find(|rule| rule["id"] == id).cloned().unwrap();
                    rule["notificationLevel"] = json!("Critical");
                    let path = format!("{}?api-version=2020-10-01", policy["id"].as_str().unwrap());
                    let body = json!({ "properties": { "rules": [rule] } });
                    match admin.send("PATCH", &path, Some(body)).await.status {
                        200 => return,
                        404 => {}
                        other => panic!("{other}"),
                    }
                }
                panic!("never found the policy as it was");
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let mut admin = server.connect("admin").await;
    let policy = admin.get(&list).await.items()[0].clone();
    for rule in policy["properties"]["rules"].as_array().unwrap() {
        if rules.iter().any(|id| rule["id"] == json!(id)) {
            assert_eq!(rule["notificationLevel"], "Critical", "{rule}");
        }
    }
}
