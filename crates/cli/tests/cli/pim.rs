//! `pim check`, `pim new`, `emit` and `policy`.

use crate::run::{BROKEN, CLEAN, Place, Run, run};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";
const PRINCIPAL: &str = "11111111-1111-1111-1111-111111111111";
const APPROVERS: &str = "33333333-3333-3333-3333-333333333333";

/// A policy as code that lets eligibility last 180 days and activations eight hours.
const POLICY: &str = "[activation]\nmaximum_duration = \"8 hours\"\nrequire = [\"justification\", \"ticket information\"]\n[eligible]\nallow_permanent = false\nexpire_after = \"180 days\"\n";

/// A request for 365 days in a file of its own.
fn place() -> Place {
    let request = new(&["eligible", "--for", "365 days"]).gives(0).out;
    Place::new().with("request.json", request).with("policy.policy.toml", POLICY)
}

/// Runs `pim new` for Contributor on a resource group.
fn new(arguments: &[&str]) -> Run {
    new_in(&Place::new(), arguments)
}

fn new_in(place: &Place, arguments: &[&str]) -> Run {
    let rest = ["--role", "Contributor", "--subscription", SUBSCRIPTION, "--resource-group", "rg"];
    let who = ["--principal", PRINCIPAL];
    place.run(&[&["pim", "new"], arguments, &rest, &who].concat())
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden").join(name)
}

#[test]
fn a_request_is_checked() {
    let place = place();
    assert_eq!(
        place.run(&["pim", "check", "request.json"]).gives(0).out,
        "no findings in 1 file\n"
    );
    let wrong = place.read("request.json").replace("P365D", "8:00:00");
    let place = place.with("wrong.json", wrong);
    let output = place.run(&["pim", "check", "wrong.json"]).gives(1).out;
    assert!(output.contains("error[pim-duration]"), "{output}");
    assert!(output.contains("wrong.json:11:21"), "{output}");
    place.run(&["pim", "check", "wrong.json", "--fix"]).gives(0);
    assert!(place.read("wrong.json").contains("\"PT8H\""));
}

#[test]
fn every_format_of_findings_is_written() {
    let place = place().with("wrong.json", "{\"properties\": {\"requestType\": \"adminassign\"}}");
    for (format, part) in [
        ("json", "\"pim-token-case\""),
        ("sarif", "\"ruleId\": \"pim-token-case\""),
        ("github", "::error"),
        ("junit", "<testsuites"),
        ("azure-devops", "##vso[task.logissue"),
        ("gitlab", "\"check_name\""),
    ] {
        let output = place.run(&["pim", "check", "wrong.json", "--format", format]).gives(1).out;
        assert!(output.contains(part), "{format}: {output}");
    }
    assert_eq!(place.run(&["pim", "check", "-q", "wrong.json"]).gives(1).out, "");
}

#[test]
fn a_request_is_held_against_a_policy() {
    let place = place();
    let check = ["pim", "check", "request.json", "--policy", "policy.policy.toml"];
    insta::assert_snapshot!(place.run(&check).gives(1).out);

    let run = place.run(&[&check[..], &["--nearest"]].concat()).gives(1);
    assert!(run.err.contains("ExpirationRule"), "{run:#?}");
    let json = run.json();
    let request = &json["requests"][0];
    assert_eq!(request["failures"][0]["rule"], "ExpirationRule");
    let patch = json!({"properties": {"scheduleInfo": {"expiration": {"duration": "P180D"}}}});
    assert_eq!(request["patch"], patch);
    let legal = place.with("legal.json", request["request"].to_string());
    legal.run(&["pim", "check", "legal.json", "--policy", "policy.policy.toml"]).gives(0);
    legal.run(&["emit", "--target", "bicep", "legal.json"]).gives(0);
}

#[test]
fn of_several_policies_each_request_meets_its_own() {
    let rule = |days: u32| {
        let limit = format!("P{days}D");
        let target = json!({"caller": "Admin", "operations": ["All"], "level": "Eligibility"});
        json!({"id": "Expiration_Admin_Eligibility", "isExpirationRequired": true,
            "ruleType": "RoleManagementPolicyExpirationRule", "maximumDuration": limit,
            "target": target})
    };
    let policy = |role: &str, days: u32| {
        let role = format!("/providers/Microsoft.Authorization/roleDefinitions/{role}");
        json!({"properties": {"roleDefinitionId": role, "effectiveRules": [rule(days)]}})
    };
    let owner = policy("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", 30);
    let contributor = policy("b24988ac-6180-42a0-ab88-20f7382dd24c", 90);
    let policies = json!({"value": [owner, contributor]});
    let place = place().with("policies.json", policies.to_string());
    let check = ["pim", "check", "request.json", "--policy", "policies.json"];
    let output = place.run(&check).gives(1).out;
    assert!(output.contains("`P365D` → `P90D`"), "{output}");

    let place = place.with("owner.json", json!({"value": [owner, owner]}).to_string());
    let check = ["pim", "check", "request.json", "--policy", "owner.json"];
    assert!(place.run(&check).gives(0).err.contains("1 request meets no policy"));
    let show = place.run(&["policy", "show", "policies.json"]).gives(2).err;
    assert!(show.contains("2 policies") && show.contains("--role"), "{show}");
    let show = place.run(&["policy", "show", "policies.json", "--role", "Owner"]).gives(0).out;
    assert!(show.contains("30 days"), "{show}");
}

#[test]
fn every_broken_rule_is_told_at_once() {
    let activation = new(&["activate", "--for", "12 hours"]).gives(0).out;
    let place = place().with("activation.json", activation);
    let output = place
        .run(&["pim", "check", "activation.json", "--policy", "policy.policy.toml"])
        .gives(1)
        .out;
    let names = "[\"ExpirationRule\",\"JustificationRule\",\"TicketingRule\"]";
    assert!(output.contains(names), "{output}");
    assert!(output.contains("justification: missing → to be filled in"), "{output}");
}

#[test]
fn what_cannot_be_checked_is_told() {
    let place = place().with("cut.json", "{\"properties\": {\"requestType\": ");
    let output = place.run(&["pim", "check", "cut.json"]).gives(1).out;
    assert!(output.contains("pim-malformed-json"), "{output}");
    let run = place.run(&["pim", "check", "no.json", "request.json"]).gives(2);
    assert!(run.err.contains("there is no such file"), "{run:#?}");
    assert!(run.out.contains("no findings in 1 file"), "{run:#?}");
    let run = place.run(&["pim", "check", "request.json", "--policy", "request.json"]).gives(2);
    assert!(run.err.contains("has no role management policy"), "{run:#?}");
    let template = "{\"$schema\": \"x\", \"resources\": []}";
    let run = place.with("empty.json", template).run(&["pim", "check", "empty.json"]);
    assert!(run.err.contains("has no request"), "{run:#?}");
}

#[test]
fn every_wish_becomes_its_request() {
    let until = "2027-01-01T00:00:00Z";
    for (arguments, family, request_type) in [
        (&["eligible", "--for", "180 days"][..], "roleEligibility", "AdminAssign"),
        (&["active", "--until", until], "roleAssignment", "AdminAssign"),
        (&["activate", "--for", "8h"], "roleAssignment", "SelfActivate"),
        (&["deactivate"], "roleAssignment", "SelfDeactivate"),
        (&["extend", "--for", "P90D"], "roleEligibility", "AdminExtend"),
        (&["extend", "--for", "P90D", "--myself"], "roleEligibility", "SelfExtend"),
        (&["renew", "--for", "P90D", "--family", "active"], "roleAssignment", "AdminRenew"),
        (&["update", "--for", "permanent"], "roleEligibility", "AdminUpdate"),
        (&["remove"], "roleEligibility", "AdminRemove"),
    ] {
        let made = new(arguments).gives(0);
        let request = made.json();
        let kind = format!("Microsoft.Authorization/{family}ScheduleRequests");
        assert_eq!(request["type"], kind, "{arguments:?}");
        assert_eq!(request["properties"]["requestType"], request_type, "{arguments:?}");
        // What is written can be read again, and says the same for every call.
        let place = Place::new().with("request.json", &made.out);
        place.run(&["pim", "check", "--quiet", "--fail-on", "error", "request.json"]).gives(0);
        let call = place.run(&["emit", "--target", "rest", "request.json"]).gives(0).out;
        assert!(call.contains(&format!("{family}ScheduleRequests/")), "{call}");
    }
}

#[test]
fn what_azure_would_not_take_is_not_made() {
    for (arguments, part) in [
        (&["eligible"][..], "--for or --until"),
        (&["activate", "--for", "permanent"], "cannot be permanent"),
        (&["remove", "--for", "8h"], "leave out --for"),
        (&["eligible", "--for", "8h", "--principal-type", "service-principal"], "pim new active"),
        (
            &["active", "--start", "2027-01-02T00:00:00Z", "--until", "2027-01-01T00:00:00Z"],
            "is not behind the start",
        ),
    ] {
        let run = new(arguments).gives(1);
        assert!(run.err.contains(part), "{run:#?}");
        assert_eq!(run.out, "");
    }
    let error = new(&["eligible", "--for", "6 months"]).gives(2).err;
    assert!(error.contains("no months"), "{error}");
    let who = ["pim", "new", "remove", "--principal", PRINCIPAL];
    let error = run(&[&who[..], &["--role", "Contributer", "--scope", "/"]].concat()).gives(2).err;
    assert!(error.contains("did you mean `Contributor`?"), "{error}");
    let error = run(&[&who[..], &["--role", "Contributor"]].concat()).gives(2).err;
    assert!(error.contains("--management-group"), "{error}");
    assert!(run(&who).gives(2).err.contains("name it with --role"));
    assert!(run(&["pim", "new", "remove"]).gives(2).err.contains("--principal"));
    // Nobody is asked where nobody sits.
    assert!(run(&["pim", "new"]).gives(2).err.contains("there is no wish"));
}

#[test]
fn the_condition_is_checked_first() {
    let place = Place::new().with("clean.abac", format!("{CLEAN}\n")).with("broken.abac", BROKEN);
    let arguments = ["eligible", "--for", "180 days", "--condition"];
    let made = new_in(&place, &[&arguments[..], &["clean.abac"]].concat()).gives(0).json();
    assert_eq!(made["properties"]["condition"], CLEAN);
    assert_eq!(made["properties"]["conditionVersion"], "2.0");
    let refused = new_in(&place, &[&arguments[..], &["broken.abac"]].concat()).gives(1);
    assert!(refused.err.contains("broken.abac:1:"), "{refused:#?}");
    assert_eq!(refused.out, "");

    let place = place.with("request.json", new(&["eligible", "--for", "180 days"]).out);
    let emit = ["emit", "--target", "az-rest", "request.json", "--condition"];
    let script = place.run(&[&emit[..], &["clean.abac"]].concat()).gives(0).out;
    assert!(script.contains(CLEAN), "{script}");
    assert_eq!(place.run(&[&emit[..], &["broken.abac"]].concat()).gives(1).out, "");
}

#[test]
fn a_nonce_gives_the_same_name_each_time() {
    let name = |nonce: &str| {
        let made = new(&["eligible", "--for", "180 days", "--nonce", nonce]).gives(0).json();
        made["name"].as_str().map(str::to_owned)
    };
    assert!(name("one").is_some());
    assert_eq!(name("one"), name("one"));
    assert_ne!(name("one"), name("two"));
    assert_eq!(new(&["eligible", "--for", "1d"]).json()["name"], Value::Null);
    let body = new(&["eligible", "--for", "1d", "--body"]).gives(0).json();
    assert_eq!(body.as_object().map(serde_json::Map::len), Some(1));
}

#[test]
fn members_and_owners_of_groups() {
    let group = ["--group", APPROVERS, "--access", "owner", "--principal", PRINCIPAL];
    let made = run(&[&["pim", "new", "active", "--for", "8h"][..], &group].concat()).gives(0).out;
    let call = Place::new().pipe(&made, &["emit", "--target", "graph"]).gives(0).out;
    assert!(call.contains("privilegedAccess/group/assignmentScheduleRequests"), "{call}");
    assert!(call.contains("\"accessId\": \"owner\""), "{call}");
    let refused = Place::new().pipe(&made, &["emit", "--target", "bicep"]).gives(1).err;
    assert!(refused.contains("help: use `terraform-azuread` or `graph`"), "{refused}");
}

#[test]
fn targets_are_listed() {
    insta::assert_snapshot!(run(&["emit", "--target", "list"]).gives(0).out);
    let ascii = run(&["emit", "--target", "list", "--ascii"]).gives(0).out;
    assert!(ascii.is_ascii(), "{ascii}");
}

/// The scenarios are what the library writes; a request that is read says the same.
#[test]
fn requests_that_are_read_are_written_as_the_scenarios() {
    let mut files = 0;
    for entry in std::fs::read_dir(golden("")).unwrap() {
        let scenario = entry.unwrap().path();
        // Its condition is no condition, so that no target may be asked for it.
        if scenario.ends_with("hostile-text") || !scenario.is_dir() {
            continue;
        }
        let place = Place::new();
        let request = scenario.join("request.json");
        let request = request.to_str().unwrap();
        place.run(&["emit", "--target", "all", "--out", "out", request]).gives(0);
        for file in std::fs::read_dir(place.path("out")).unwrap() {
            let file = file.unwrap().path();
            let expected = scenario.join(file.file_name().unwrap());
            let written = std::fs::read_to_string(&file).unwrap();
            assert_eq!(written, std::fs::read_to_string(expected).unwrap(), "{}", file.display());
            files += 1;
        }
    }
    assert!(files > 100, "{files}");
}

#[test]
fn files_are_not_written_over() {
    let place = place();
    let emit = ["emit", "--target", "bicep,arm-json", "--out", "deploy/pim", "request.json"];
    let told = place.run(&emit).gives(0).err;
    assert!(told.starts_with("wrote 2 files: "), "{told}");
    let place = place.with("deploy/pim/main.bicep", "mine");
    let refused = place.run(&emit).gives(2).err;
    assert!(refused.contains("help: --force writes over it"), "{refused}");
    assert_eq!(place.read("deploy/pim/main.bicep"), "mine");
    place.run(&[&emit[..], &["--force"]].concat()).gives(0);
    assert!(place.read("deploy/pim/main.bicep").contains("targetScope"));
}

#[test]
fn what_cannot_be_written_is_refused() {
    let place = place();
    let error = place.run(&["emit", "request.json"]).gives(2).err;
    assert!(error.contains("`--target list` shows them"), "{error}");
    let error = place.run(&["emit", "--target", "bicepp", "request.json"]).gives(2).err;
    assert!(error.contains("'bicep'"), "{error}");
    let error = place.run(&["emit", "--target", "rest,bicep", "request.json"]).gives(2).err;
    assert!(error.contains("--out"), "{error}");
    let error = place.run(&["emit", "--target", "graph", "request.json"]).gives(1).err;
    assert!(error.contains("help: use "), "{error}");
    let body = new(&["eligible", "--for", "1d", "--body"]).out;
    let error = place.pipe(&body, &["emit", "--target", "bicep"]).gives(1).err;
    assert!(error.contains("--scope"), "{error}");
    place.pipe(&body, &["emit", "--target", "bicep", "--scope", "/"]).gives(1);
    let wrong = place.read("request.json").replace("P365D", "P6M");
    let run = place.pipe(&wrong, &["emit", "--target", "bicep"]).gives(1);
    assert!(run.err.contains("error[pim-duration]") && run.out.is_empty(), "{run:#?}");
}

#[test]
fn a_policy_is_shown_in_the_portals_words() {
    let policy = golden("policy-production/request.json");
    let place = Place::new();
    let show = ["policy", "show", policy.to_str().unwrap()];
    insta::assert_snapshot!(place.run(&show).gives(0).out);
    let json = place.run(&[&show[..], &["--format", "json"]].concat()).gives(0).json();
    assert_eq!(json["settings"][0]["value"], "4 hours");
    let code = place.run(&[&show[..], &["--format", "toml"]].concat()).gives(0).out;
    let place = place.with("same.policy.toml", code);
    let diff = ["policy", "diff", "same.policy.toml", policy.to_str().unwrap()];
    assert_eq!(place.run(&diff).gives(0).out, "nothing to change\n");
}

#[test]
fn a_policy_is_linted() {
    let policy = "[activation]\nmaximum_duration = \"2 days\"\nrequire_approval = true\n";
    let place = Place::new().with("bad.policy.toml", policy);
    let output = place.run(&["policy", "lint", "bad.policy.toml"]).gives(1).out;
    assert!(output.contains("error[pim-activation-too-long]"), "{output}");
    assert!(output.contains("error[pim-approval-without-approver]"), "{output}");
    let error = place.run(&["policy", "show", "bad.policy.toml"]).gives(2).err;
    assert!(error.contains("bad.policy.toml:2:"), "{error}");
}

#[test]
fn a_policy_is_compared_with_the_baseline() {
    let place = Place::new().with("weak.policy.toml", POLICY);
    let diff = ["policy", "diff", "weak.policy.toml", "--baseline", "Owner"];
    insta::assert_snapshot!(place.run(&diff).gives(1).out);
    let json = place.run(&[&diff[..], &["--format", "json"]].concat()).gives(1).json();
    assert_eq!(json["changes"][0]["rule"], "Expiration_EndUser_Assignment");

    let write = [
        "--target",
        "terraform-azurerm",
        "--scope",
        "/subscriptions/00000000-0000-0000-0000-000000000000",
    ];
    let error = place.run(&[&diff[..], &write].concat()).gives(2).err;
    assert!(error.contains("--approver"), "{error}");
    let approver = ["--approver", APPROVERS];
    let change = place.run(&[&diff[..], &write, &approver].concat()).gives(0).out;
    assert!(change.contains("maximum_duration"), "{change}");
}

#[test]
fn the_three_edits_people_ask_for() {
    let policy = golden("policy-production/request.json");
    let place = Place::new().with("policy.json", std::fs::read(policy).unwrap());
    for (edit, part, told) in [
        (&["--approver", PRINCIPAL][..], PRINCIPAL, "Yes, 1 approver → Yes, 2 approvers"),
        (
            &["--allow-permanent-eligibility"],
            "\"isExpirationRequired\": false",
            "180 days, or never",
        ),
        (&["--max-activation", "2 hours"], "\"maximumDuration\": \"PT2H\"", "4 hours → 2 hours"),
    ] {
        for target in ["rest", "az-rest"] {
            let command = ["policy", "edit", "policy.json", "--target", target];
            let run = place.run(&[&command[..], edit].concat()).gives(0);
            assert!(run.out.contains(part), "{run:#?}");
            assert_eq!(run.out.matches("\"ruleType\"").count(), 1, "{run:#?}");
            assert!(run.err.contains(told), "{run:#?}");
        }
        for target in ["terraform-azurerm", "powershell"] {
            let command = ["policy", "edit", "policy.json", "--target", target];
            place.run(&[&command[..], edit].concat()).gives(0);
        }
    }
    let edit = ["policy", "edit", "policy.json"];
    let same = place.run(&[&edit[..], &["--max-activation", "PT4H"]].concat()).gives(0);
    assert!(same.out.is_empty() && same.err.contains("nothing to change"), "{same:#?}");
    let error = place.run(&[&edit[..], &["--max-activation", "25 hours"]].concat()).gives(2).err;
    assert!(error.contains("24 hours"), "{error}");
    let refused = [&edit[..], &["--max-activation", "1h", "--target", "bicep"]].concat();
    assert!(place.run(&refused).gives(1).err.contains("help: use "));
    place.run(&edit).gives(2);
}

#[test]
fn every_subcommand_has_help_with_examples() {
    for command in [
        ["pim", "check"],
        ["pim", "new"],
        ["policy", "show"],
        ["policy", "lint"],
        ["policy", "diff"],
        ["policy", "edit"],
    ] {
        let output = run(&[&command[..], &["--help"]].concat()).gives(0).out;
        assert!(output.contains("Examples:\n  "), "{output}");
        assert!(output.contains("Exit codes:"), "{output}");
    }
}
