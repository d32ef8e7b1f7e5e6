//! Endpoints and tokens that are refused before anything is sent, and errors that are told.

use super::proxy::{Fate, Proxy};
use super::sandbox::Sandbox;
use crate::run::{Place, run};
use std::io::{Read, Write};
use std::net::TcpListener;

#[test]
fn a_token_goes_nowhere_but_to_the_endpoint() {
    for (endpoint, what) in [
        ("http://example.com", "is not encrypted"),
        ("https://user@localhost", "more than a scheme"),
        ("https://localhost/path", "more than a scheme"),
        ("file:///etc/passwd", "is no URL"),
    ] {
        let refused = run(&["pim", "list", "--endpoint", endpoint]).gives(2);
        assert!(refused.err.contains(what), "{refused:#?}");
    }
    let without = run(&["pim", "list", "--endpoint", "http://127.0.0.1:9"]).gives(2);
    assert!(without.err.contains("Azure's tokens are sent to Azure alone"), "{without:#?}");
    let both = run(&["pim", "list", "--endpoint", "http://127.0.0.1:9", "--cloud", "china"]);
    both.gives(2);
}

/// A service that answers everything with one answer; gives its address.
fn answers(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let mut head = [0; 4096];
            let _ = client.read(&mut head);
            let _ = client.write_all(answer.as_bytes());
        }
    });
    url
}

#[test]
fn redirects_and_foreign_links_are_not_followed() {
    let sandbox = Sandbox::start();
    let elsewhere = Proxy::start(&sandbox.url, |_, _| Fate::Fine);
    let redirect = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {}/x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        elsewhere.url
    );
    let url = answers(redirect.leak());
    let refused = sandbox.through(&url, "admin", &["pim", "list"]).gives(2);
    assert!(refused.err.contains("HTTP 307"), "{refused:#?}");

    let body = format!(r#"{{"value": [], "nextLink": "{}/next"}}"#, elsewhere.url);
    let linked = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let url = answers(linked.leak());
    let refused = sandbox.through(&url, "admin", &["pim", "list"]).gives(2);
    assert!(refused.err.contains("which is not where it is"), "{refused:#?}");
    assert_eq!(elsewhere.seen(), [], "nothing was sent elsewhere");
}

#[test]
fn what_a_service_says_does_not_command_the_terminal() {
    let sandbox = Sandbox::start();
    let body = r#"{"value": [{"id": "/x", "type": "Microsoft.Authorization/roleEligibilityScheduleInstances",
        "properties": {"principalId": "00000000-0000-0000-0000-000000000003", "scope": "/",
        "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-000000000002",
        "expandedProperties": {"roleDefinition": {"displayName": "a\u001b[31mb"}}}}]}"#;
    let error = r#"{"error": {"code": "a\u001b[31mb", "message": "a\u001b[31mb"}}"#;
    for (status, body, code) in [("200 OK", body, 0), ("403 Forbidden", error, 2)] {
        let answer = format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let url = answers(answer.leak());
        let run = sandbox.through(&url, "admin", &["pim", "list", "eligible"]).gives(code);
        let text = run.out + &run.err;
        assert!(!text.contains('\u{1b}') && text.contains("[31mb"), "{text}");
    }
}

#[test]
fn a_token_is_never_shown() {
    let sandbox = Sandbox::start();
    let token = sandbox.token("admin");
    let secret = token.rsplit('.').next().unwrap();
    for arguments in [
        &["pim", "list", "--verbose"][..],
        &["pim", "status", "x", "--verbose"],
        &["pim", "list", "--scope", "/", "--verbose"],
    ] {
        let run = sandbox.run("admin", arguments);
        assert!(!run.out.contains(secret) && !run.err.contains(secret), "{arguments:?}");
    }
}

#[test]
fn a_token_that_is_not_taken_and_a_service_that_is_not_there() {
    let sandbox = Sandbox::start();
    let mut command = sandbox.command(&sandbox.url, "admin", &["pim", "list"]);
    let output = command.env("GRANTIF_TOKEN", "x.y.z").output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(error.contains("sign in again"), "{error}");

    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let missing = sandbox.through(&format!("http://{gone}"), "admin", &["pim", "list"]).gives(2);
    assert!(missing.err.contains("nothing was sent"), "{missing:#?}");
}

#[test]
fn a_certificate_that_is_not_trusted_ends_it() {
    let (sandbox, secure, authority) = Sandbox::start_secure();
    let list = ["pim", "list"];
    let refused = sandbox.through(&secure, "admin", &list).gives(2);
    assert!(refused.err.contains("--ca-file"), "{refused:#?}");
    let trusted = [&list[..], &["--ca-file", &authority]].concat();
    let listed = sandbox.through(&secure, "admin", &trusted).gives(0);
    assert!(listed.out.contains("Owner"), "{listed:#?}");
    let wrong = [&list[..], &["--ca-file", "sandbox/none.pem"]].concat();
    sandbox.through(&secure, "admin", &wrong).gives(2);
}

#[test]
fn a_claims_challenge_is_told_with_its_command() {
    let claims = "%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%22value%22%3A%22c1%22%7D%7D%7D";
    let error = format!(
        r#"{{"error":{{"code":"RoleAssignmentRequestAcrsValidationFailed","message":"failed. claims={claims}"}}}}"#
    );
    let told = Place::new().pipe(&error, &["why"]).gives(0).out;
    assert!(told.contains("# with the authentication context c1"), "{told}");
    let command = "az login --scope https://management.azure.com/.default --claims-challenge \"eyJ";
    assert!(told.contains(command), "{told}");
}

#[test]
fn why_says_which_clause_refused() {
    let condition = "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR \
        (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}))";
    let scope = "/subscriptions/00000000-0000-0000-0000-000000000000";
    let body = |role: &str| {
        format!(
            r#"{{"properties": {{"roleDefinitionId": "{scope}/providers/Microsoft.Authorization/roleDefinitions/{role}", "principalId": "a0000000-0000-4000-8000-000000000006"}}}}"#
        )
    };
    let place = Place::new()
        .with("condition.abac", condition)
        .with("push.json", body("8311e382-0749-4cb8-b61a-304f252e45ec"))
        .with("pull.json", body("7f951dda-4ed3-4680-a7ca-43fe172d538d"))
        .with("error.txt", "(AuthorizationFailed) The client does not have authorization");
    let why = |request: &str| {
        place.run(&["why", "error.txt", "--request", request, "--condition", "condition.abac"])
    };
    let refused = why("push.json").gives(0);
    assert!(refused.out.contains("it would be allowed with the role `AcrPull`"), "{refused:#?}");
    let allowed = why("pull.json").gives(1);
    assert!(allowed.out.contains("The reason is not a condition"), "{allowed:#?}");
    place.pipe("hello", &["why"]).gives(2);
    let json = ["why", "error.txt", "--role", "AcrPush", "--condition", "condition.abac"];
    let json = place.run(&[&json[..], &["--format", "json"]].concat()).gives(0).json();
    let ways = &json["condition"]["assignments"][0]["wouldBeAllowed"];
    assert_eq!(ways[0]["roles"][0], "7f951dda-4ed3-4680-a7ca-43fe172d538d");
}
