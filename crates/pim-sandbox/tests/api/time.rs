//! Clock, snapshots, seeds, restarts.

use super::client::{CONTRIBUTOR, SUBSCRIPTION, Server, pim, wanted};
use pim_sandbox::{Location, Sandbox, StoreError};
use serde_json::{Value, json};

const MINE: &str = "roleAssignmentScheduleInstances?$filter=asTarget()";

#[tokio::test]
async fn activation_and_expiry_are_seen_by_moving_the_clock() {
    let server = Server::start().await;
    let (mut admin, mut developer) =
        (server.connect("admin").await, server.connect("developer").await);
    let own = server.id("developer").await;
    let eligible = wanted("AdminAssign", CONTRIBUTOR, own, "P1D");
    assert_eq!(admin.ask("Eligibility", SUBSCRIPTION, eligible).await.status, 201);
    let activation = wanted("SelfActivate", CONTRIBUTOR, own, "PT8H");
    assert_eq!(developer.ask("Assignment", SUBSCRIPTION, activation).await.status, 201);
    let mine = developer.get(&pim("", MINE)).await;
    assert_eq!(mine.items()[0]["properties"]["assignmentType"], "Activated");
    admin.wait("7 hours 59 minutes").await;
    assert_eq!(developer.get(&pim("", MINE)).await.items().len(), 1);
    admin.wait("1 minute").await;
    assert_eq!(developer.get(&pim("", MINE)).await.items().len(), 0);
    let eligible = pim("", "roleEligibilityScheduleInstances?$filter=asTarget()");
    assert_eq!(developer.get(&eligible).await.items().len(), 1);
    admin.wait("16 hours").await;
    assert_eq!(developer.get(&eligible).await.items().len(), 0);
    let back = admin.post("/sandbox/clock", json!({ "now": "2020-01-01T00:00:00Z" })).await;
    assert_eq!(back.status, 400, "{back:?}");
    server.stop().await;
}

#[tokio::test]
async fn a_snapshot_brings_everything_back_with_its_time() {
    let server = Server::start().await;
    let (mut admin, mut developer) =
        (server.connect("admin").await, server.connect("developer").await);
    let own = server.id("developer").await;
    admin.ask("Eligibility", SUBSCRIPTION, wanted("AdminAssign", CONTRIBUTOR, own, "P1D")).await;
    let activation = wanted("SelfActivate", CONTRIBUTOR, own, "PT1H");
    developer.ask("Assignment", SUBSCRIPTION, activation).await;
    let saved = admin.post("/sandbox/snapshots", json!({ "name": "active" })).await;
    assert_eq!(saved.status, 201, "{saved:?}");
    let before = admin.get("/sandbox/snapshots/active").await;

    admin.wait("3 days").await;
    assert_eq!(developer.get(&pim("", MINE)).await.items().len(), 0);
    let seeded = admin.post("/sandbox/seed", json!({ "name": "default" })).await;
    assert_eq!(seeded.status, 200);
    let restored = admin.post("/sandbox/snapshots/active/restore", json!({})).await;
    assert_eq!(restored.body["records"], saved.body["records"]);
    assert_eq!(developer.get(&pim("", MINE)).await.items().len(), 1, "nothing has expired");

    admin.post("/sandbox/snapshots", json!({ "name": "again" })).await;
    let mut after = admin.get("/sandbox/snapshots/again").await;
    after.body["time"] = before.body["time"].clone();
    assert_eq!(after.body, before.body);
    // A snapshot is a seed.
    let loaded = admin.post("/sandbox/seed", before.body.clone()).await;
    assert_eq!(loaded.body["records"], saved.body["records"], "{loaded:?}");
    for (method, path) in
        [("POST", "/sandbox/snapshots/none/restore"), ("DELETE", "/sandbox/snapshots/none")]
    {
        assert_eq!(admin.send(method, path, Some(json!({}))).await.status, 404, "{path}");
    }
    assert_eq!(admin.send("DELETE", "/sandbox/snapshots/again", None).await.status, 204);
    assert_eq!(admin.get("/sandbox/snapshots").await.items().len(), 1);
    server.stop().await;
}

#[tokio::test]
async fn a_directory_keeps_everything_for_one_process_at_a_time() {
    let directory = tempfile::tempdir().unwrap();
    let server = Server::in_directory(directory.path()).await;
    let mut admin = server.connect("admin").await;
    let own = server.id("developer").await;
    let made = admin
        .ask("Eligibility", SUBSCRIPTION, wanted("AdminAssign", CONTRIBUTOR, own, "P9D"))
        .await;
    admin.wait("2 days").await;
    let now = admin.get("/sandbox/clock").await.body["now"].as_str().unwrap().to_owned();
    let token = admin.token.clone();

    let location = Location::Directory(directory.path().to_owned());
    let second = Sandbox::open(&location, None).await.err().unwrap();
    assert!(matches!(second, pim_sandbox::OpenError::Store(StoreError::InUse(_))), "{second}");
    server.stop().await;

    let server = Server::in_directory(directory.path()).await;
    let mut admin = server.connect("admin").await;
    admin.token = token;
    let id = made.body["id"].as_str().unwrap();
    let kept = admin.get(&format!("{id}?api-version=2020-10-01")).await;
    assert_eq!(kept.body, made.body, "the token still holds, and so does what was written");
    let later = admin.get("/sandbox/clock").await.body["now"].as_str().unwrap().to_owned();
    assert!(later >= now, "{later} {now}");
    let told: Vec<Value> = admin.get("/sandbox/events?order=asc&top=1000").await.items().to_vec();
    assert!(told.iter().any(|event| event["summary"].as_str().unwrap().contains("Contributor")));
    server.stop().await;
}

#[tokio::test]
async fn what_is_no_seed_changes_nothing() {
    let server = Server::start().await;
    let mut admin = server.connect("admin").await;
    let before = admin.get("/sandbox/directory").await;
    for (body, words) in [
        (json!({}), "version"),
        (json!({ "version": 2 }), "version"),
        (json!({ "version": 1, "people": [] }), "people"),
        (json!({ "version": 1, "principals": [{ "name": "x" }] }), "principals[0]"),
        (
            json!({ "version": 1, "schedules": [{ "family": "assignment", "principal": "nobody" }] }),
            "nobody",
        ),
        (
            json!({ "version": 1, "schedules": [{ "family": "assignment", "role": "Nothing" }] }),
            "Nothing",
        ),
        (json!({ "version": 1, "principals": { "a": 1 } }), "principals"),
        (
            json!({ "version": 1, "policies": [{ "role": "Reader", "scope": "/", "rules": [
                { "id": "Expiration_EndUser_Assignment", "maximumDuration": "soon" }] }] }),
            "policies[0]",
        ),
        (json!({ "name": "no such seed" }), "no such seed"),
        (json!([1]), "version"),
    ] {
        let refused = admin.post("/sandbox/seed", body.clone()).await;
        assert!((400..500).contains(&refused.status), "{body} {refused:?}");
        assert!(refused.message().contains(words), "{body} {refused:?}");
    }
    assert_eq!(admin.get("/sandbox/directory").await.body, before.body);
    server.stop().await;
}

#[tokio::test]
async fn the_directory_is_edited() {
    let server = Server::start().await;
    let mut admin = server.connect("admin").await;
    let body = json!({
        "principals": [
            { "name": "newcomer", "type": "User", "displayName": "Nia Newcomer" },
            { "name": "night-shift", "type": "Group", "members": ["newcomer", "developer"] },
        ],
        "containers": [{ "id": format!("{SUBSCRIPTION}/resourceGroups/rg-night") }],
    });
    let edited = admin.post("/sandbox/directory", body).await;
    assert_eq!(edited.body["records"], 3, "{edited:?}");
    let group = admin.get("/sandbox/directory").await;
    let group = group.body["principals"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "night-shift")
        .cloned()
        .unwrap();
    assert_eq!(group["members"].as_array().unwrap().len(), 2);
    let mut newcomer = server.connect("newcomer").await;
    let id = serde_json::from_value(group["id"].clone()).unwrap();
    let scope = format!("{SUBSCRIPTION}/resourceGroups/rg-night");
    assert_eq!(newcomer.assign(&scope, CONTRIBUTOR, id).await.status, 403);
    assert_eq!(
        admin.assign(&scope, super::client::USER_ACCESS_ADMINISTRATOR, id).await.status,
        201
    );
    assert_eq!(newcomer.assign(&scope, CONTRIBUTOR, id).await.status, 201, "through the new group");
    assert_eq!(
        admin.send("DELETE", "/sandbox/directory/principals/newcomer", None).await.status,
        204
    );
    assert_eq!(newcomer.assign(&scope, super::client::READER, id).await.status, 401, "gone");
    let wrong = admin.post("/sandbox/directory", json!({ "schedules": [] , "people": [] })).await;
    assert_eq!(wrong.status, 400);
    server.stop().await;
}
