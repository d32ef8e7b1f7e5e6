//! The desired state: twice, and after a crash.

use super::proxy::{Fate, Proxy};
use super::sandbox::{APP, DELEGATE, DEVELOPER, Sandbox};
use std::process::Stdio;
use std::time::{Duration, Instant};

fn file(exclusive: &str, principals: &[&str]) -> String {
    let mut text = format!("[[scope]]\nid = \"{APP}\"\nexclusive = {exclusive}\n");
    for principal in principals {
        text.push_str(&format!(
            "[[scope.eligible]]\nrole = \"Reader\"\nprincipal = \"{principal}\"\nfor = \"30 days\"\n"
        ));
    }
    text
}

fn eligible(sandbox: &Sandbox) -> Vec<String> {
    let mut found: Vec<String> = sandbox
        .assignments(APP)
        .iter()
        .filter(|one| one["family"] == "eligible")
        .map(|one| one["principalId"].as_str().unwrap().to_owned())
        .collect();
    found.sort();
    found
}

const APPLY: [&str; 4] = ["pim", "apply", "team.pim.toml", "--yes"];

#[test]
fn a_second_apply_does_nothing() {
    let sandbox = Sandbox::start();
    sandbox.write("team.pim.toml", &file("false", &[DEVELOPER, DELEGATE]));
    let plan = sandbox.run("admin", &["pim", "plan", "team.pim.toml"]).gives(1);
    assert!(plan.out.contains("2 changes: 2 assign"), "{plan:#?}");
    assert_eq!(eligible(&sandbox), [""; 0], "a plan changes nothing");
    let unasked = sandbox.run("admin", &["pim", "apply", "team.pim.toml"]).gives(2);
    assert!(unasked.err.contains("--yes"), "{unasked:#?}");
    assert_eq!(eligible(&sandbox), [""; 0]);

    sandbox.run("admin", &APPLY).gives(0);
    assert_eq!(eligible(&sandbox), [DELEGATE, DEVELOPER]);
    let again = sandbox.run("admin", &APPLY).gives(0);
    assert_eq!(again.out, "nothing to do; 2 as it shall be\n");
    sandbox.run("admin", &["pim", "plan", "team.pim.toml"]).gives(0);
    assert!(!sandbox.place.path("team.pim.toml.journal").exists());
}

#[test]
fn changes_are_told_with_their_reasons_and_only_what_is_owned_is_removed() {
    let sandbox = Sandbox::start();
    sandbox.write("team.pim.toml", &file("false", &[DEVELOPER, DELEGATE]));
    sandbox.run("admin", &APPLY).gives(0);

    let condition = "@Environment[isPrivateLink] BoolEquals true";
    let with = |condition: &str| {
        let text = file("[\"eligible\"]", &[DEVELOPER]).replace("30 days", "60 days");
        format!("{text}condition = \"{condition}\"\n")
    };
    sandbox.write("team.pim.toml", &with(condition));
    let plan = sandbox.run("admin", &["pim", "plan", "team.pim.toml", "--format", "json"]).gives(1);
    let plan = plan.json();
    let steps: Vec<(&str, String)> = plan["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (step["action"].as_str().unwrap(), step["reasons"].to_string()))
        .collect();
    assert_eq!(steps.len(), 2, "{steps:#?}");
    assert!(steps[0].0 == "update" && steps[0].1.contains("it has no condition"), "{steps:#?}");
    assert!(steps[0].1.contains("shall last 60 days"), "{steps:#?}");
    assert!(steps[1].0 == "remove" && steps[1].1.contains("not in the file"), "{steps:#?}");

    sandbox.run("admin", &APPLY).gives(0);
    assert_eq!(eligible(&sandbox), [DEVELOPER]);
    // The same condition in another layout is no change.
    sandbox.write("team.pim.toml", &with("( @environment[ISPRIVATELINK]   boolequals TRUE )"));
    let plan = sandbox.run("admin", &["pim", "plan", "team.pim.toml"]).gives(0);
    assert_eq!(plan.out, "nothing to do; 1 as it shall be\n");
}

#[test]
fn the_example_is_planned_and_applied() {
    let sandbox = Sandbox::start();
    let examples = format!("{}/../../examples", env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(format!("{examples}/{name}")).unwrap();
    let file = read("team.pim.toml")
        .replace("00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000000")
        .replace("33333333-3333-3333-3333-333333333333", DEVELOPER)
        .replace("44444444-4444-4444-4444-444444444444", DELEGATE)
        .replace("until = 2027-03-31T00:00:00Z", "for = \"10 days\"");
    sandbox.write("team.pim.toml", &file);
    sandbox.write("registry-delegation.abac", &read("registry-delegation.abac"));
    let plan = sandbox.run("admin", &["pim", "plan", "team.pim.toml"]).gives(1);
    insta::assert_snapshot!(plan.out);
    sandbox.run("admin", &APPLY).gives(0);
    let again = sandbox.run("admin", &APPLY).gives(0);
    assert_eq!(again.out, "nothing to do; 4 as it shall be\n");
}

#[test]
fn an_assignment_is_extended_before_it_ends_and_made_again_after_it() {
    let sandbox = Sandbox::start();
    sandbox.write("team.pim.toml", &file("false", &[DEVELOPER]));
    sandbox.run("admin", &APPLY).gives(0);
    for (days, change) in
        [("20 days", None), ("8 days", Some("extend")), ("31 days", Some("assign"))]
    {
        sandbox.advance(days);
        let plan = sandbox.run("admin", &["pim", "plan", "team.pim.toml"]);
        let plan = plan.gives(i32::from(change.is_some()));
        assert!(plan.out.contains(change.unwrap_or("nothing to do")), "{days}: {plan:#?}");
        sandbox.run("admin", &APPLY).gives(0);
        let again = sandbox.run("admin", &APPLY).gives(0);
        assert!(again.out.contains("nothing to do"), "{days}: {again:#?}");
    }
}

#[test]
fn what_the_policy_refuses_is_told_before_it_is_sent() {
    let sandbox = Sandbox::start();
    let long = file("false", &[DEVELOPER]).replace("30 days", "700 days");
    sandbox.write("team.pim.toml", &long);
    let plan = sandbox.run("admin", &["pim", "plan", "team.pim.toml"]).gives(1);
    assert!(plan.out.contains("the policy refuses it, `ExpirationRule`"), "{plan:#?}");
    let applied = sandbox.run("admin", &APPLY).gives(1);
    assert!(applied.out.contains("RoleAssignmentRequestPolicyValidationFailed"), "{applied:#?}");
    assert_eq!(eligible(&sandbox), [""; 0]);
}

#[test]
fn a_broken_file_is_shown_where_it_is_broken() {
    let sandbox = Sandbox::start();
    sandbox.write("team.pim.toml", &file("false", &[DEVELOPER]).replace("Reader", "Raeder"));
    let broken = sandbox.run("admin", &["pim", "plan", "team.pim.toml"]).gives(2);
    assert!(broken.err.contains("did you mean `Reader`?"), "{broken:#?}");
    assert!(broken.err.contains("team.pim.toml:5:8"), "{broken:#?}");
}

/// Runs `apply` until its second request, whose answer never comes, kills it, and returns the
/// journal.
fn killed(sandbox: &Sandbox, fate: Fate) -> String {
    let mut sent = 0;
    let proxy = Proxy::start(&sandbox.url, move |method, _| {
        sent += usize::from(method == "PUT");
        if method == "PUT" && sent == 2 { fate } else { Fate::Fine }
    });
    let mut child = sandbox
        .command(&proxy.url, "admin", &APPLY)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let puts = || proxy.seen().iter().filter(|(call, _)| call.starts_with("PUT")).count();
    while puts() < 2 {
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", proxy.seen());
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    sandbox.place.read("team.pim.toml.journal")
}

#[test]
fn an_apply_that_was_killed_goes_on_and_doubles_nothing() {
    let principals = [DEVELOPER, DELEGATE, "a0000000-0000-4000-8000-000000000005"];
    for fate in [Fate::Stalled, Fate::Lost] {
        let sandbox = Sandbox::start();
        sandbox.write("team.pim.toml", &file("false", &principals));
        let journal = killed(&sandbox, fate);
        let journal: serde_json::Value = serde_json::from_str(&journal).unwrap();
        let open = journal["requests"].as_array().unwrap();
        assert_eq!(open.len(), 2, "the first is settled: {journal:#}");
        let there = eligible(&sandbox);
        assert_eq!(there.len(), if fate == Fate::Stalled { 2 } else { 1 }, "{there:?}");

        let proxy = Proxy::start(&sandbox.url, |_, _| Fate::Fine);
        let resumed = sandbox.through(&proxy.url, "admin", &APPLY).gives(0);
        assert_eq!(eligible(&sandbox).len(), 3, "{resumed:#?}");
        let puts: Vec<String> = proxy
            .seen()
            .into_iter()
            .filter(|(call, _)| call.starts_with("PUT"))
            .map(|(call, _)| call)
            .collect();
        // What had not arrived is sent under the name that the journal has for it.
        let names: Vec<&str> = open.iter().map(|one| one["name"].as_str().unwrap()).collect();
        let expected = if fate == Fate::Stalled { &names[1..] } else { &names[..] };
        assert_eq!(puts.len(), expected.len(), "{puts:?}");
        for (put, name) in puts.iter().zip(expected) {
            assert!(put.contains(name), "{put} {name}");
        }
        assert!(!sandbox.place.path("team.pim.toml.journal").exists());
        let third = sandbox.run("admin", &APPLY).gives(0);
        assert!(third.out.contains("nothing to do"), "{third:#?}");
    }
}
