//! Lists: filters, pages, who may read what.

use super::client::{
    CONTRIBUTOR, Client, GROUP, READER, SUBSCRIPTION, Server, pim, plain, role_id, wanted,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn names(items: &[Value]) -> Vec<String> {
    items.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

/// Follows `nextLink` to the end, doing something between the pages.
async fn follow(client: &mut Client, first: &str, between: impl AsyncFn(usize)) -> Vec<String> {
    let mut found = Vec::new();
    let mut path = first.to_owned();
    for page in 0.. {
        let reply = client.get(&path).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        found.extend(names(reply.items()));
        let Some(next) = reply.body["nextLink"].as_str() else { break };
        path = next
            .split_once("://")
            .unwrap()
            .1
            .split_once('/')
            .map(|(_, rest)| format!("/{rest}"))
            .unwrap();
        between(page).await;
    }
    found
}

/// Makes `count` principals, and gives each of them Reader in the resource group.
async fn populate(admin: &mut Client, count: usize) -> Vec<String> {
    let people: Vec<Value> = (0..count)
        .map(|number| json!({ "name": format!("person-{number}"), "type": "User" }))
        .collect();
    admin.post("/sandbox/directory", json!({ "principals": people })).await;
    let directory = admin.get("/sandbox/directory").await;
    let mut made = Vec::new();
    for one in directory.body["principals"].as_array().unwrap() {
        if one["name"].as_str().unwrap().starts_with("person-") {
            let id = serde_json::from_value(one["id"].clone()).unwrap();
            let reply = admin.assign(GROUP, READER, id).await;
            assert_eq!(reply.status, 201, "{reply:?}");
            made.push(reply.body["name"].as_str().unwrap().to_owned());
        }
    }
    made
}

#[tokio::test]
async fn pages_miss_nothing_and_repeat_nothing_while_others_write() {
    let server = Server::start().await;
    let mut admin = server.connect("admin").await;
    let made = populate(&mut admin, 60).await;
    let stay: BTreeSet<String> = made.iter().skip(20).cloned().collect();
    let list = plain(GROUP, "roleAssignments?$top=7");
    let found = follow(&mut admin, &list, async |page| {
        // Some go, and others come, while the list is read.
        let mut other = server.connect("admin").await;
        if let Some(name) = made.get(page) {
            let path = plain(GROUP, &format!("roleAssignments/{name}"));
            assert_eq!(other.send("DELETE", &path, None).await.status, 200);
        }
        if page == 1 {
            let id = server.id("developer").await;
            assert_eq!(other.assign(GROUP, CONTRIBUTOR, id).await.status, 201);
        }
    })
    .await;
    let distinct: BTreeSet<String> = found.iter().cloned().collect();
    assert_eq!(distinct.len(), found.len(), "nothing twice");
    assert!(stay.is_subset(&distinct), "nothing that stays is missed");

    let bad = admin.get(&plain(GROUP, "roleAssignments?$skiptoken=nonsense")).await;
    assert_eq!((bad.status, bad.code()), (400, "InvalidSkipToken"));
    server.stop().await;
}

#[tokio::test]
async fn scope_and_principal_narrow_a_list() {
    let server = Server::start().await;
    let mut admin = server.connect("admin").await;
    let own = server.id("developer").await;
    admin.assign(GROUP, READER, own).await;
    let count = async |client: &mut Client, scope: &str, filter: &str| {
        let path = plain(scope, &format!("roleAssignments?$filter={filter}"));
        let reply = client.get(&path).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.items().len()
    };
    // The two of the seed at the subscription, and one below.
    assert_eq!(count(&mut admin, SUBSCRIPTION, "").await, 3);
    assert_eq!(count(&mut admin, SUBSCRIPTION, "atScope()").await, 2, "nothing below");
    assert_eq!(count(&mut admin, GROUP, "atScope()").await, 3, "and what is above");
    let principal = format!("principalId%20eq%20'{own}'");
    assert_eq!(count(&mut admin, SUBSCRIPTION, &principal).await, 1);
    assert_eq!(count(&mut admin, SUBSCRIPTION, &format!("assignedTo('{own}')")).await, 1);
    let other = format!("{SUBSCRIPTION}/resourceGroups/rg-registry");
    assert_eq!(count(&mut admin, &other, &principal).await, 0);
    let upper = SUBSCRIPTION.to_uppercase();
    assert_eq!(count(&mut admin, &upper, "").await, 3, "the letter case of a path does not count");
    for filter in ["principalId", "atScope(", "unknown%20eq%20'x'", "principalId%20eq%20'x"] {
        let path = plain(SUBSCRIPTION, &format!("roleAssignments?$filter={filter}"));
        assert_eq!(admin.get(&path).await.code(), "InvalidFilter", "{filter}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_group_and_a_scope_above_are_told_apart() {
    let server = Server::start().await;
    let mut admin = server.connect("admin").await;
    let mut approver = server.connect("approver").await;
    let directory = admin.get("/sandbox/directory").await;
    let group = directory.body["principals"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "approvers")
        .cloned()
        .unwrap();
    let group = serde_json::from_value(group["id"].clone()).unwrap();
    let own = server.id("approver").await;
    for (principal, role) in [(group, CONTRIBUTOR), (own, READER)] {
        let made = admin
            .ask("Eligibility", SUBSCRIPTION, wanted("AdminAssign", role, principal, "P9D"))
            .await;
        assert_eq!(made.status, 201, "{made:?}");
    }
    let kinds = async |client: &mut Client, scope: &str| {
        let path = pim(scope, "roleEligibilityScheduleInstances?$filter=asTarget()");
        let reply = client.get(&path).await;
        let kind = |one: &Value| {
            let properties = &one["properties"];
            let role = properties["expandedProperties"]["roleDefinition"]["displayName"].as_str();
            (role.unwrap().to_owned(), properties["memberType"].as_str().unwrap().to_owned())
        };
        reply.items().iter().map(kind).collect::<BTreeSet<_>>()
    };
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    let here = kinds(&mut approver, SUBSCRIPTION).await;
    assert_eq!(here, BTreeSet::from([pair("Contributor", "Group"), pair("Reader", "Direct")]));
    let below = kinds(&mut approver, GROUP).await;
    assert_eq!(below, BTreeSet::from([pair("Contributor", "Group"), pair("Reader", "Inherited")]));
    let children =
        pim(SUBSCRIPTION, "eligibleChildResources?$filter=resourceType%20eq%20'resourcegroup'");
    assert_eq!(approver.get(&children).await.items().len(), 2);
    let mut developer = server.connect("developer").await;
    assert_eq!(developer.get(&children).await.items().len(), 0);
    server.stop().await;
}

#[tokio::test]
async fn those_without_read_see_what_is_their_own() {
    let server = Server::start().await;
    let mut developer = server.connect("developer").await;
    for list in [
        "roleEligibilitySchedules",
        "roleAssignmentScheduleInstances",
        "roleEligibilityScheduleRequests",
    ] {
        let all = developer.get(&pim(SUBSCRIPTION, list)).await;
        assert_eq!((all.status, all.code()), (403, "InsufficientPermissions"), "{list}");
        assert!(all.message().contains("$filter=asTarget()"));
        let own = developer.get(&pim(SUBSCRIPTION, &format!("{list}?$filter=asTarget()"))).await;
        assert_eq!(own.status, 200, "{list}");
        let widened = format!("{list}?$filter=asTarget()%20or%20status%20eq%20'Provisioned'");
        assert_eq!(developer.get(&pim(SUBSCRIPTION, &widened)).await.status, 403, "{list}");
    }
    for list in ["roleAssignments", "roleDefinitions"] {
        let all = developer.get(&plain(SUBSCRIPTION, list)).await;
        assert_eq!((all.status, all.code()), (403, "AuthorizationFailed"), "{list}");
    }
    let policies = developer.get(&pim(SUBSCRIPTION, "roleManagementPolicies")).await;
    assert_eq!(policies.code(), "AuthorizationFailed");
    let mut auditor = server.connect("auditor").await;
    assert_eq!(auditor.get(&pim(SUBSCRIPTION, "roleEligibilitySchedules")).await.status, 200);
    server.stop().await;
}

#[tokio::test]
async fn roles_and_policies_are_found_by_role() {
    let server = Server::start().await;
    let mut admin = server.connect("admin").await;
    let by_name = plain(SUBSCRIPTION, "roleDefinitions?$filter=roleName%20eq%20'AcrPush'");
    let found = admin.get(&by_name).await;
    assert_eq!(names(found.items()), ["8311e382-0749-4cb8-b61a-304f252e45ec"]);
    let custom = plain(SUBSCRIPTION, "roleDefinitions?$filter=type%20eq%20'CustomRole'");
    assert_eq!(admin.get(&custom).await.items().len(), 0);
    let all =
        follow(&mut admin, &plain(SUBSCRIPTION, "roleDefinitions?$top=200"), async |_| {}).await;
    let at_once = admin.get(&plain(SUBSCRIPTION, "roleDefinitions")).await;
    assert_eq!(names(at_once.items()), all);
    assert_eq!(all.len(), abac_catalog::Catalog::builtin().roles().count());
    let filter = format!("roleDefinitionId%20eq%20'{}'", role_id(READER));
    for list in ["roleManagementPolicies", "roleManagementPolicyAssignments"] {
        let one = admin.get(&pim(SUBSCRIPTION, &format!("{list}?$filter={filter}"))).await;
        assert_eq!(one.items().len(), 1, "{list}");
        let id = one.items()[0]["id"].as_str().unwrap();
        let again = admin.get(&format!("{id}?api-version=2020-10-01")).await;
        assert_eq!(&again.body, &one.items()[0], "{list}");
    }
    let pages =
        follow(&mut admin, &pim(GROUP, "roleManagementPolicies?$top=500"), async |_| {}).await;
    assert_eq!(pages.len(), all.len(), "there is one for every role at every scope");
    server.stop().await;
}
