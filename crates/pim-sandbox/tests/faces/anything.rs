//! Whatever is asked, the sandbox answers: never with a failure of its own, always in JSON.

use super::client::Client;
use axum::body::Body;
use axum::http::Request;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use std::sync::OnceLock;
use tokio::runtime::Runtime;

/// Words that lead far into the paths, and some that lead nowhere.
const WORDS: &[&str] = &[
    "subscriptions",
    "00000000-0000-0000-0000-000000000000",
    "resourceGroups",
    "rg-app",
    "providers",
    "Microsoft.Authorization",
    "Microsoft.Management",
    "managementGroups",
    "roleAssignments",
    "roleDefinitions",
    "roleEligibilityScheduleRequests",
    "roleAssignmentScheduleRequests",
    "roleAssignmentSchedules",
    "roleManagementPolicies",
    "roleManagementAlerts",
    "TooManyOwnersAssignedToResource",
    "alertIncidents",
    "refresh",
    "validate",
    "cancel",
    "v1.0",
    "beta",
    "users",
    "groups",
    "me",
    "a0000000-0000-4000-8000-000000000008",
    "members",
    "checkMemberGroups",
    "identityGovernance",
    "privilegedAccess",
    "group",
    "eligibilityScheduleRequests",
    "assignmentSchedules",
    "filterByCurrentUser(on='principal')",
    "assignmentApprovals",
    "stages",
    "policies",
    "roleManagementPolicyAssignments",
    "Group_a0000000-0000-4000-8000-000000000008_a0000000-0000-4000-8000-000000000008",
    "rules",
    "organizations",
    "oauth2",
    "token",
    "authorize",
    "x'--",
    "%C3%BC",
];

const FIELDS: &[&str] = &[
    "properties",
    "principalId",
    "roleDefinitionId",
    "requestType",
    "scheduleInfo",
    "expiration",
    "type",
    "duration",
    "condition",
    "rules",
    "id",
    "target",
    "ruleType",
    "isActive",
    "accessId",
    "action",
    "groupId",
    "groupIds",
    "reviewResult",
    "location",
];

fn json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        prop::sample::select(WORDS).prop_map(str::to_owned),
        prop::sample::select(
            &["AdminAssign", "SelfActivate", "AfterDuration", "PT1H", "member"][..]
        )
        .prop_map(str::to_owned),
        "\\PC{0,12}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        let field = prop::sample::select(FIELDS).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(field, inner, 0..6).prop_map(|members| json!(members)),
        ]
    })
}

fn target() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        9 => prop::sample::select(WORDS).prop_map(str::to_owned),
        1 => "[!-~]{1,12}".prop_map(|text| text.replace(['?', '#', '%'], "")),
    ];
    let scope = prop::sample::select(
        &[
            "",
            "/subscriptions/00000000-0000-0000-0000-000000000000",
            "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization",
            "/v1.0/identityGovernance/privilegedAccess/group",
        ][..],
    );
    let version = prop::sample::select(
        &["2022-04-01", "2020-10-01", "2022-08-01-preview", "2021-04-01", ""][..],
    );
    let filter = prop_oneof![
        Just(String::new()),
        prop::sample::select(&["asTarget()", "atScope()", "principalId%20eq%20%27x%27"][..])
            .prop_map(str::to_owned),
        "[a-z'()%20]{0,20}".prop_map(|text| text.replace('%', "")),
    ];
    (scope, prop::collection::vec(word, 0..7), version, filter).prop_map(
        |(scope, words, version, filter)| {
            format!("{scope}/{}?api-version={version}&$filter={filter}", words.join("/"))
        },
    )
}

struct World {
    runtime: Runtime,
    clients: Vec<Client>,
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let runtime = Runtime::new().unwrap();
        let clients = runtime.block_on(async {
            let client = Client::new().await;
            let arm = client.sign_in("admin", "arm").await;
            let graph = client.sign_in("admin", "graph").await;
            vec![client, arm, graph]
        });
        World { runtime, clients }
    })
}

/// The same input in every run, unless `PROPTEST_RNG_SEED` says otherwise.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 2_000,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_answer_is_never_a_failure(
        who in 0..3_usize,
        method in prop::sample::select(&["GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS"][..]),
        target in target(),
        body in prop_oneof![2 => json().prop_map(|body| body.to_string()), 1 => "\\PC{0,40}"],
    ) {
        // What the library of HTTP cannot make a request of, no client can send.
        prop_assume!(target.parse::<axum::http::Uri>().is_ok());
        let world = world();
        let request = Request::builder().method(method).uri(target.as_str());
        let request = request.header("content-type", "application/json");
        let answer = world.runtime.block_on(world.clients[who].request(request, Body::from(body)));
        prop_assert!(answer.status.as_u16() < 500, "{method} {target}: {}", answer.text);
        let kind = answer.headers.get("content-type").map(|kind| kind.as_bytes().to_vec());
        let is_json = kind.is_some_and(|kind| kind.starts_with(b"application/json"));
        if answer.status.is_client_error() && is_json && method != "HEAD" {
            let code = answer.json();
            prop_assert!(code.get("error").is_some() || code.get("message").is_some(), "{}", answer.text);
        }
    }
}
