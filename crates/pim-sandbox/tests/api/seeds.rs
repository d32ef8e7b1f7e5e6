//! The scenarios that snippets are written for, played: each request of `tests/golden` succeeds on
//! the seed of its name.

use super::client::Server;
use pim_sandbox::{BUILT_IN, Location, TokenAudience, built_in};
use serde_json::Value;
use std::path::{Path, PathBuf};
use uuid::Uuid;

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden")
}

#[tokio::test]
async fn every_golden_request_succeeds_on_its_seed() {
    let mut played = 0;
    for (name, _) in BUILT_IN.iter().filter(|(name, _)| !["default", "golden"].contains(name)) {
        let text = std::fs::read_to_string(golden().join(name).join("request.json")).unwrap();
        let request: Value = serde_json::from_str(&text).unwrap();
        let now = "2026-11-25T09:00:00Z".parse().unwrap();
        let server = Server::open(&Location::Memory, built_in(name, now)).await;
        let body = request.get("body").unwrap_or(&request);
        let kind = body.pointer("/properties/requestType").or(body.get("action"));
        let own = kind
            .and_then(Value::as_str)
            .is_some_and(|kind| kind.to_lowercase().starts_with("self"));
        let who = if own { "user" } else { "admin" };
        let graph = request.get("path").and_then(Value::as_str);
        let audience = if graph.is_some() { TokenAudience::Graph } else { TokenAudience::Arm };
        let mut client = server.connect_for(who, audience).await;
        let reply = match graph {
            Some(path) => client.post(&format!("/v1.0{path}"), body.clone()).await,
            None => {
                let (scope, kind) =
                    (request["scope"].as_str().unwrap(), request["type"].as_str().unwrap());
                let at = format!("{}/providers/{kind}", scope.trim_end_matches('/'));
                let sent = serde_json::json!({ "properties": request["properties"] });
                if kind.ends_with("roleManagementPolicies") {
                    let role = request["roleDefinitionId"].as_str().unwrap();
                    let list = format!(
                        "{at}?$filter=roleDefinitionId%20eq%20'{role}'&api-version=2020-10-01"
                    );
                    let id = client.get(&list).await.items()[0]["id"].as_str().unwrap().to_owned();
                    client.send("PATCH", &format!("{id}?api-version=2020-10-01"), Some(sent)).await
                } else {
                    let plain = kind.ends_with("roleAssignments");
                    let version = if plain { "2022-04-01" } else { "2020-10-01" };
                    let fresh = Uuid::new_v4().to_string();
                    let name = request["name"].as_str().unwrap_or(&fresh);
                    client.put(&format!("{at}/{name}?api-version={version}"), sent).await
                }
            }
        };
        assert!(matches!(reply.status, 200 | 201), "{name}: {reply:?}");
        server.stop().await;
        played += 1;
    }
    assert!(played >= 12, "{played}");
}
