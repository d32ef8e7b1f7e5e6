//! A delegate is constrained, activates, and is refused what the condition does not allow.

use super::sandbox::{
    APP, APPROVERS, DELEGATE, DEVELOPER, PIPELINE, REGISTRY, SUBSCRIPTION, Sandbox,
};

#[cfg(unix)]
use std::io::{BufRead, BufReader};

fn example(name: &str) -> String {
    format!("{}/../../examples/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_delegate_under_a_condition() {
    let sandbox = Sandbox::start();
    let condition = example("registry-delegation.abac");
    let who = ["--principal", DELEGATE, "--scope", SUBSCRIPTION];
    let what = ["eligible", "--role", "User Access Administrator", "--for", "90 days"];
    let condition = ["--condition", &condition, "--justification", "registry"];
    sandbox.write_request("eligible.json", &[&what[..], &who, &condition].concat());

    let dry = sandbox.run("admin", &["pim", "submit", "eligible.json", "--dry-run"]).gives(0);
    assert!(dry.out.contains("it would be granted"), "{dry:#?}");
    assert_eq!(sandbox.assignments(SUBSCRIPTION).len(), 2);

    let sent = sandbox.run("admin", &["pim", "submit", "eligible.json", "--format", "json"]);
    let result = &sent.gives(0).json()["results"][0];
    assert_eq!((&result["outcome"], &result["status"]), (&"final".into(), &"Provisioned".into()));
    let id = result["id"].as_str().unwrap().to_owned();
    let status = sandbox.run("admin", &["pim", "status", &id]).gives(0);
    assert!(status.out.starts_with("✓ Provisioned"), "{status:#?}");
    let again = sandbox.run("admin", &["pim", "submit", "eligible.json"]).gives(0);
    assert!(again.out.contains("is there already"), "{again:#?}");

    let list = sandbox.run("delegate", &["pim", "list"]).gives(0).out;
    assert!(list.contains("User Access Administrator  eligible"), "{list}");
    let role = "user access administrator";
    let without = sandbox.run("delegate", &["pim", "activate", role]).gives(1);
    assert!(without.out.contains("`JustificationRule`: give a justification"), "{without:#?}");
    let active = sandbox.run("delegate", &["pim", "activate", role, "-j", "INC-42"]).gives(0);
    assert!(active.out.contains("Provisioned"), "{active:#?}");

    let who = ["--principal", PIPELINE, "--scope", REGISTRY];
    let what = ["active", "--role", "Attestation Reader", "--for", "10 days", "-j", "release"];
    sandbox.write_request("attest.json", &[&what[..], &who].concat());
    let refused = sandbox.run("delegate", &["pim", "submit", "attest.json"]).gives(1);
    for part in [
        "a condition on a role assignment of the caller refuses it",
        "◀ decided",
        "the role `AcrPull` or `AcrPush`",
        "a request of PIM cannot say `principalType`",
    ] {
        assert!(refused.out.contains(part), "{part}: {refused:#?}");
    }
    let why = ["why", "error.txt", "--request", "attest.json", "--fetch"];
    sandbox.write("error.txt", "(AuthorizationFailed) The client does not have authorization");
    let why = sandbox.run("delegate", &why).gives(0);
    assert!(why.out.contains("User Access Administrator at /subscriptions/"), "{why:#?}");
    assert!(why.out.contains("the role `AcrPull` or `AcrPush`"), "{why:#?}");
    let deactivated = ["pim", "deactivate", role, "--no-wait"];
    let early = sandbox.run("delegate", &deactivated).gives(1);
    assert!(early.out.contains("ActiveDurationTooShort"), "{early:#?}");
}

#[test]
fn an_activation_waits_for_its_approval() {
    let sandbox = Sandbox::start();
    sandbox.write("team.pim.toml", &format!(
        "[[scope]]\nid = \"{APP}\"\n\
         [[scope.eligible]]\nrole = \"Contributor\"\nprincipal = \"{DEVELOPER}\"\nfor = \"90 days\"\n\
         [[scope.policy]]\nrole = \"Contributor\"\n[scope.policy.activation]\n\
         maximum_duration = \"2 hours\"\nrequire = [\"justification\"]\nrequire_approval = true\n\
         approvers = [{{ group = \"{APPROVERS}\" }}]\n"
    ));
    sandbox.run("admin", &["pim", "apply", "team.pim.toml", "--yes"]).gives(0);

    let activate = ["pim", "activate", "Contributor", "-j", "INC-1", "--no-wait"];
    for (decision, status, code) in [("deny", "Denied", 1), ("approve", "Provisioned", 0)] {
        let sent = sandbox.run("developer", &[&activate[..], &["--format", "json"]].concat());
        let result = sent.gives(0).json()["results"][0].clone();
        assert_eq!(result["status"], "PendingApproval");
        let id = result["id"].as_str().unwrap();
        let name = id.rsplit('/').next().unwrap();
        let pending = sandbox.run("developer", &["pim", "list", "pending"]).gives(0).out;
        assert!(pending.contains(name), "{pending}");
        let twice = sandbox.run("developer", &activate).gives(1);
        assert!(twice.out.contains("PendingRoleAssignmentRequest"), "{twice:#?}");

        let own = sandbox.run("developer", &["pim", decision, id, "-j", "me"]).gives(2);
        assert!(own.err.contains("your own request"), "{own:#?}");
        let waiting = sandbox.run("approver", &["pim", "list", "approvals"]).gives(0).out;
        assert!(waiting.contains(name), "{waiting}");
        sandbox.run("approver", &["pim", decision, name, "-j", "agreed"]).gives(0);
        let told = sandbox.run("developer", &["pim", "status", id, "--format", "json"]).json();
        let approval = told["approvalId"].as_str().unwrap();
        let late = sandbox.run("approver", &["pim", decision, approval, "-j", "again"]).gives(1);
        assert!(late.out.contains("decided before"), "{late:#?}");

        let told = sandbox.run("developer", &["pim", "status", id]).gives(code);
        assert!(told.out.contains(status), "{told:#?}");
        let cancelled = sandbox.run("developer", &["pim", "cancel", id]).gives(1);
        assert!(cancelled.out.contains("too late"), "{cancelled:#?}");
    }
    let long = [&activate[..], &["--for", "8 hours"]].concat();
    let long = sandbox.run("developer", &long).gives(2);
    assert!(long.err.contains("`PT2H` at most"), "{long:#?}");
}

#[cfg(unix)]
#[test]
fn whoever_interrupts_is_told_how_to_go_on() {
    let sandbox = Sandbox::start();
    sandbox.write(
        "team.pim.toml",
        &format!(
            "[[scope]]\nid = \"{APP}\"\n\
         [[scope.eligible]]\nrole = \"Reader\"\nprincipal = \"{DEVELOPER}\"\nfor = \"90 days\"\n\
         [[scope.policy]]\nrole = \"Reader\"\n[scope.policy.activation]\nrequire_approval = true\n\
         approvers = [{{ group = \"{APPROVERS}\" }}]\n"
        ),
    );
    sandbox.run("admin", &["pim", "apply", "team.pim.toml", "--yes"]).gives(0);
    let activate = ["pim", "activate", "Reader", "-j", "INC-1"];
    let mut child = sandbox
        .command(&sandbox.url, "developer", &activate)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut errors = BufReader::new(child.stderr.take().unwrap()).lines();
    let waiting = errors.next().unwrap().unwrap();
    assert!(waiting.contains("an approver must decide"), "{waiting}");
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let rest: Vec<String> = errors.map(Result::unwrap).collect();
    assert_eq!(child.wait().unwrap().code(), Some(1), "{rest:#?}");
    let status = rest.iter().find(|line| line.contains("grantif pim status ")).unwrap();
    let id = status.split_whitespace().nth(3).unwrap();
    let told = sandbox.run("developer", &["pim", "status", id]).gives(0);
    assert!(told.out.contains("PendingApproval"), "{told:#?}");
}

#[test]
fn a_member_of_a_group_is_made_by_microsoft_graph() {
    let sandbox = Sandbox::start();
    let who = ["--principal", DEVELOPER, "--group", "a0000000-0000-4000-8000-000000000008"];
    let what = ["eligible", "--access", "member", "--for", "30 days", "-j", "team"];
    sandbox.write_request("member.json", &[&what[..], &who].concat());
    let graph = ["sandbox", "token", "--as", "admin", "--audience", "graph", "--url", &sandbox.url];
    let token = sandbox.place.run(&graph).gives(0).out.trim().to_owned();
    let submit = ["pim", "submit", "member.json"];
    let mut command = sandbox.command(&sandbox.url, "admin", &submit);
    let output = command.env("GRANTIF_GRAPH_TOKEN", token).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("Provisioned"), "{out} {:?}", String::from_utf8(output.stderr));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_request_that_waits_is_taken_back() {
    let sandbox = Sandbox::start();
    let start = "2099-01-01T00:00:00Z";
    let what = ["eligible", "--role", "Reader", "--for", "10 days", "--start", start];
    let who = ["--principal", DEVELOPER, "--scope", APP];
    sandbox.write_request("later.json", &[&what[..], &who].concat());
    let sent = sandbox.run("admin", &["pim", "submit", "later.json", "--format", "json"]).gives(0);
    let id = sent.json()["results"][0]["id"].as_str().unwrap().to_owned();
    let cancelled = sandbox.run("admin", &["pim", "cancel", &id]).gives(0);
    assert!(cancelled.out.contains("taken back"), "{cancelled:#?}");
    let told = sandbox.run("admin", &["pim", "status", &id, "--format", "json"]).gives(1);
    assert_eq!(told.json()["status"], "Canceled");
}
