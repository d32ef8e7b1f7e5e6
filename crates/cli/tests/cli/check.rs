//! `check`: inputs, formats, severities, baselines.

use crate::run::{BROKEN, CLEAN, Place, QUOTED, run};
use serde_json::{Value, json};
use std::path::Path;

fn schema(path: &str) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    serde_json::from_str(&std::fs::read_to_string(root.join(path)).unwrap()).unwrap()
}

#[test]
fn shows_findings_with_their_place() {
    let place = Place::new().with("a.abac", format!("{QUOTED}\n"));
    insta::assert_snapshot!(place.run(&["check", "a.abac"]).gives(1).out);
}

#[test]
fn tells_everything_in_one_run() {
    let place = Place::new()
        .with("a.abac", CLEAN)
        .with("deep/b.abac", BROKEN)
        .with("deep/c.txt", BROKEN)
        .with("deep/d.abac.jsonl", json!({ "id": "x", "text": QUOTED }).to_string())
        .with(".gitignore", "ignored")
        .with("ignored/e.abac", BROKEN);
    let output = place.run(&["check", ".", "deep/c.txt", "a.abac"]).gives(1).out;
    for part in ["deep/b.abac:1:", "deep/c.txt:1:", "deep/d.abac.jsonl:1 (x) at 1:"] {
        assert_eq!(output.matches(part).count(), 1, "{part} in {output}");
    }
    assert!(!output.contains("ignored/e.abac"), "{output}");
    assert!(output.ends_with("2 errors, 1 warning in 4 conditions; 1 fixable with --fix\n"));
}

#[test]
fn reads_the_standard_input() {
    let place = Place::new();
    assert!(place.pipe(BROKEN, &["check"]).gives(1).out.contains("<stdin>:1:"));
    assert!(place.pipe(BROKEN, &["check", "-"]).gives(1).out.contains("<stdin>:1:"));
    place.pipe(CLEAN, &["check", "-"]).gives(0);
}

#[test]
fn reads_json_lines() {
    let lines = [
        json!({ "id": "one", "condition": BROKEN }),
        json!({ "id": 2, "text": BROKEN, "other": [1] }),
        json!({ "condition": CLEAN }),
    ];
    let lines = lines.map(|line| line.to_string()).join("\n\n");
    let place = Place::new().with("all.jsonl", lines);
    let report = place.run(&["check", "all.jsonl", "--format", "json"]).gives(1).json();
    let records: Vec<_> =
        report["inputs"].as_array().unwrap().iter().map(|input| &input["record"]).collect();
    let expect =
        [json!({ "line": 1, "id": "one" }), json!({ "line": 3, "id": "2" }), json!({ "line": 5 })];
    assert_eq!(records, expect.iter().collect::<Vec<_>>());
}

#[test]
fn exit_code_follows_the_severity() {
    let advice = "@Environment[isPrivateLink] BoolEquals true";
    let check = |condition: &str, fail_on: &str, code: i32| {
        run(&["check", "-c", condition, "--fail-on", fail_on]).gives(code);
    };
    run(&["check", "-c", CLEAN]).gives(0);
    run(&["check", "-c", QUOTED]).gives(1);
    run(&["check", "-c", advice]).gives(0);
    check(advice, "advice", 1);
    check(QUOTED, "error", 0);
    check(QUOTED, "warning", 1);
    check(BROKEN, "error", 1);
}

#[test]
fn what_cannot_be_read_outweighs_findings() {
    let place = Place::new().with("a.abac", BROKEN);
    let run = place.run(&["check", "nowhere.abac", "a.abac"]).gives(2);
    assert!(run.out.contains("a.abac:1:"), "{run:#?}");
    assert!(run.err.contains("cannot read `nowhere.abac`: there is no such file"), "{run:#?}");
}

#[test]
fn json_fits_its_schema() {
    let place = Place::new()
        .with("a.abac", format!("{BROKEN} and"))
        .with("b.jsonl", json!({ "id": "x", "condition": QUOTED }).to_string());
    let report = place.run(&["check", "a.abac", "b.jsonl", "--format", "json"]).gives(1).json();
    let schema = jsonschema::validator_for(&schema("docs/schemas/findings.v1.json")).unwrap();
    let wrong: Vec<_> = schema.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(report["summary"]["inputs"], 2);
}

#[test]
fn sarif_has_the_rules_with_the_findings() {
    let place = Place::new().with("a.abac", QUOTED);
    let report = place.run(&["check", "a.abac", "--format", "sarif"]).gives(1).json();
    assert_eq!(
        (&report["version"], &report["runs"][0]["results"][0]["ruleId"]),
        (&json!("2.1.0"), &json!("quoted-boolean"))
    );
    let rules = report["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["id"] == "quoted-boolean" && rule["help"].is_object()));
}

#[test]
fn speaks_to_every_service() {
    let place = Place::new().with("a.abac", BROKEN);
    let check = |format: &str, begin: &str, part: &str| {
        let output = place.run(&["check", "a.abac", "--format", format]).gives(1).out;
        assert!(output.starts_with(begin) && output.contains(part), "{format}: {output}");
    };
    check("github", "::error file=a.abac,line=1,", "title=missing-value::");
    check("azure-devops", "##vso[task.logissue type=error;sourcepath=a.abac;", "missing-value");
    check("gitlab", "[", "\"check_name\": \"missing-value\"");
    check("junit", "<?xml", "missing-value at 1:");
}

#[test]
fn quiet_says_nothing() {
    let run = run(&["check", "-q", "-c", BROKEN]).gives(1);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
}

#[test]
fn colours_only_where_they_are_wanted() {
    let plain = run(&["check", "-c", BROKEN]).out;
    assert!(!plain.contains('\u{1b}'), "no terminal, no colours");
    assert!(run(&["check", "-c", BROKEN, "--color", "always"]).out.contains('\u{1b}'));
}

#[test]
fn reads_template_holes_when_told() {
    let condition = CLEAN.replace("'logs'", "${container}");
    run(&["check", "-c", &condition]).gives(1);
    run(&["check", "-c", &condition, "--template"]).gives(0);
}

#[test]
fn knows_what_the_role_grants() {
    let condition = CLEAN.replace("blobs/delete", "blobs/write");
    run(&["check", "-c", &condition]).gives(0);
    let role = ["check", "-c", &condition, "--role"];
    let out = run(&[&role[..], &["Storage Blob Data Contributor"]].concat()).gives(1).out;
    assert!(out.contains("unguarded-sibling-action"), "{out}");
    let error = run(&[&role[..], &["Storage Blob Data Contributer"]].concat()).gives(2).err;
    assert!(error.contains("did you mean `Storage Blob Data Contributor`?"), "{error}");
}

#[test]
fn accepts_roles_of_the_tenant() {
    let roles = json!([{ "roleName": "Blob Eraser", "name": "11111111-2222-3333-4444-555555555555",
        "permissions": [{ "dataActions": ["Microsoft.Storage/*/blobs/delete"] }] }]);
    let place = Place::new().with("roles.json", roles.to_string()).with("bad.json", "[1]");
    let role = ["check", "-c", CLEAN, "--role", "blob eraser"];
    place.run(&role).gives(2);
    place.run(&[&role[..], &["--roles", "roles.json"]].concat()).gives(0);
    let error = place.run(&[&role[..], &["--roles", "bad.json"]].concat()).gives(2).err;
    assert!(error.contains("`bad.json`"), "{error}");
}

#[test]
fn context_reaches_the_rules() {
    let out = run(&["check", "-c", CLEAN, "--condition-version", "1.0"]).gives(1).out;
    assert!(out.contains("condition-version"), "{out}");
}

#[test]
fn a_baseline_hides_what_was_there() {
    let place = Place::new().with("a.abac", BROKEN);
    place.run(&["check", "a.abac", "--write-baseline", "base.json"]).gives(0);
    let run = place.run(&["check", "a.abac", "--baseline", "base.json"]).gives(0);
    assert!(run.out.contains("no findings in 1 condition; 1 not shown"), "{run:#?}");

    let place = place.with("a.abac", CLEAN);
    let run = place.run(&["check", "a.abac", "--baseline", "base.json"]).gives(0);
    assert!(run.err.contains("1 entry of the baseline"), "{run:#?}");
    let place = place.with("base.json", "{}");
    place.run(&["check", "a.abac", "--baseline", "base.json"]).gives(2);
}
