//! `test`.

use crate::run::{Place, Run};
use serde_json::json;

const CONDITION: &str = "!(ActionMatches{'a/write'}) OR @Request[a:b] StringEquals 'x'\n";

const SUITE: &str = r#"
condition-file = "../c.abac"

[defaults]
action = "a/write"

[[test]]
name = "x may"
expect = "allow"
attributes = { "@Request[a:b]" = "x" }

[[test]]
name = "y may not"
expect = "allow"
because = "it was so in the old days"
attributes = { "@Request[a:b]" = "y" }
"#;

fn place() -> Place {
    let case = |id: &str, expect: &str| {
        json!({ "id": id, "condition": "Exists @Request[a:b]", "request": { "action": "a" },
            "expect": expect })
        .to_string()
    };
    Place::new()
        .with("c.abac", CONDITION)
        .with("t/a.test.toml", SUITE)
        .with("t/b.test.jsonl", format!("{}\n{}\n", case("one", "deny"), case("two", "allow")))
        .with(
            "t/good.toml",
            SUITE.replace("expect = \"allow\"\nbecause", "expect = \"deny\"\nbecause"),
        )
}

fn test(arguments: &[&str]) -> Run {
    place().run(&[&["test"], arguments].concat())
}

#[test]
fn shows_what_failed_and_why() {
    insta::assert_snapshot!(test(&["t", "--coverage"]).gives(1).out);
    let quiet = test(&["t", "--quiet"]).gives(1).out;
    assert!(!quiet.contains("x may\n") && quiet.contains("y may not"), "{quiet}");
}

#[test]
fn passes() {
    let output = test(&["t/good.toml"]).gives(0).out;
    assert!(output.contains("2 passed in 1 file; coverage 75% (3 of 4 outcomes)"), "{output}");
}

#[test]
fn asks_for_coverage() {
    test(&["t/good.toml", "--fail-under", "75"]).gives(0);
    let run = test(&["t/good.toml", "--fail-under", "76"]).gives(1);
    assert_eq!(run.err, "coverage is 75%, less than 76%\n");
}

#[test]
fn speaks_to_machines() {
    let output = test(&["t", "--format", "json"]).gives(1).json();
    assert_eq!(output["version"], 1);
    assert_eq!((&output["summary"]["tests"], &output["summary"]["failed"]), (&json!(4), &json!(2)));
    assert_eq!(output["files"][0]["tests"][1]["actual"], "deny");
    assert!(output["files"][0]["coverage"][0]["coverage"]["clauses"].is_array());

    let output = test(&["t", "--format", "junit"]).gives(1).out;
    assert!(output.contains("tests=\"4\" skipped=\"0\" failures=\"2\""), "{output}");
    let output = test(&["t", "--format", "github"]).gives(1).out;
    assert!(output.contains("::error file=t/a.test.toml,line=13,endLine=13,col=9,"), "{output}");
    assert!(output.contains("::error file=t/b.test.jsonl,line=2,"), "{output}");
}

#[test]
fn files_that_cannot_be_run() {
    let check = |name: &str, text: &str, part: &str| {
        let place = place().with(name, text);
        let run = place.run(&["test", name, "t/good.toml"]).gives(2);
        assert!(run.err.contains(part), "{text}: {}", run.err);
        assert!(run.out.contains("2 passed"), "the others are run: {}", run.out);
    };
    check("t/x.toml", "nonsense", "t/x.toml:1:");
    check("t/x.toml", &SUITE.replace("expect", "expects"), "unknown field `expects`");
    check("t/x.toml", &SUITE.replace("c.abac", "none.abac"), "none.abac");
    check("t/x.toml", "condition = \"x\"", "the file has no test");
    check(
        "t/x.toml",
        &SUITE.replace("condition-file = \"../c.abac\"", "condition = \"a ==\""),
        "error[",
    );
    check("t/x.toml", &SUITE.replace("\"y\"", "[[1]]"), "y may not");
    check("t/x.jsonl", "{}", "t/x.jsonl:1: `condition` is missing");
    check("t/x.jsonl", "", "has no tests");
}

#[test]
fn the_examples_pass() {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let output = Place::new().run(&["test", examples, "--fail-under", "100"]).gives(0).out;
    assert!(output.contains("coverage 100%"), "{output}");
}
