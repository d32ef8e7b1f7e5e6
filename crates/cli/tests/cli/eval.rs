//! `eval`.

use crate::run::{BROKEN, Place, run};
use serde_json::{Value, json};

const CONDITION: &str = "@Environment[isPrivateLink] BoolEquals true";

fn eval(arguments: &[&str]) -> crate::run::Run {
    run(&[&["eval", "-c", CONDITION, "-a", "a/read"], arguments].concat())
}

#[test]
fn decides() {
    eval(&["--attr", "@Environment[isPrivateLink]=true"]).gives(0);
    eval(&["--attr", "@Environment[isPrivateLink]=false"]).gives(1);
    eval(&["--attr", "@Environment[isPrivateLink]=false", "--exit-zero"]).gives(0);
    let run = eval(&[]).gives(1);
    assert!(run.out.starts_with("✗ denied, because the condition cannot be decided: "), "{run:#?}");
}

#[test]
fn reads_files() {
    let request = json!({ "action": "a", "attributes": { "@Environment[isPrivateLink]": true } });
    let place = Place::new().with("c.abac", CONDITION).with("r.json", request.to_string());
    place.run(&["eval", "-f", "c.abac", "-r", "r.json"]).gives(0);
    place.pipe(CONDITION, &["eval", "-f", "-", "-r", "r.json"]).gives(0);
    place.pipe(&request.to_string(), &["eval", "-f", "c.abac", "-r", "-"]).gives(0);
    let error = place.run(&["eval", "-f", "-", "-r", "-"]).gives(2).err;
    assert!(error.contains("cannot both come from the standard input"), "{error}");
}

#[test]
fn traces_every_clause() {
    let condition = "((!(ActionMatches{'a/write'} AND SubOperationMatches{'S'})) OR (@Request[a:b] StringEquals 'x' AND NOT (@Request[a:c] NumericLessThan 10 OR Exists @Request[a:d]))) AND @Request[a:b] StringEquals @Resource[a:b]";
    let arguments = [
        "eval",
        "-c",
        condition,
        "-a",
        "a/write",
        "--suboperation",
        "S",
        "--attr",
        "@Request[a:b]=x",
    ];
    let traced = run(&[&arguments[..], &["--trace"]].concat()).gives(1);
    insta::assert_snapshot!("trace", traced.out);
    let traced = run(&[&arguments[..], &["--trace", "--ascii"]].concat()).gives(1);
    insta::assert_snapshot!("trace_in_ascii", traced.out);
    let traced = run(&[&arguments[..], &["--trace", "--color", "always"]].concat()).gives(1);
    insta::assert_snapshot!("trace_in_colour", traced.out);
}

#[test]
fn answers_in_json() {
    let plain = eval(&["--format", "json"]).gives(1).json();
    assert_eq!(plain["version"], 1);
    assert_eq!((&plain["decision"], &plain["outcome"]), (&json!("deny"), &json!("unknown")));
    assert_eq!(plain.get("clauses"), None);
    let traced = eval(&["--format", "json", "--trace"]).gives(1).json();
    assert_eq!(traced["clauses"][0]["unknown"], "missingAttribute");
}

#[test]
fn streams() {
    let requests = [
        r#"{"action": "a", "attributes": {"@Environment[isPrivateLink]": true}}"#,
        "",
        r#"{"id": 7, "request": {"action": "a", "attributes": {"@Environment[isPrivateLink]": false}}}"#,
        r#"{"action": "request"}"#,
    ];
    let run = Place::new().pipe(&requests.join("\n"), &["eval", "-c", CONDITION, "--stream"]);
    insta::assert_snapshot!(run.gives(0).out, @r#"
    {"line":1,"decision":"allow","outcome":"true"}
    {"line":3,"id":7,"decision":"deny","outcome":"false"}
    {"line":4,"decision":"deny","outcome":"unknown"}
    "#);
}

#[test]
fn streams_on_after_an_error() {
    let mut requests = br#"{"action": 1}
{"action": "a", "attributes": {"@Environment[isPrivateLink]": {}}}
nonsense
{"id": "x", "request": {"act": "a"}}
"#
    .to_vec();
    requests.extend(b"\xFF\n");
    requests.extend(std::iter::repeat_n(b'[', 1_200_000));
    requests.extend(b"\n{\"action\": \"a\"}\n");
    let place = Place::new().with("r.jsonl", requests);
    let run = place.run(&["eval", "-c", CONDITION, "--stream", "-r", "r.jsonl"]).gives(2);
    let answers: Vec<Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 7, "{run:#?}");
    let errors: Vec<_> = answers.iter().map(|answer| answer["error"].as_str()).collect();
    insta::assert_debug_snapshot!(errors);
    assert_eq!(answers[3]["id"], "x");
    assert_eq!(answers[6], json!({ "line": 7, "decision": "deny", "outcome": "unknown" }));
    assert!(run.err.contains("6 lines are no request"), "{run:#?}");
}

#[test]
fn streams_traces() {
    let input = r#"{"action": "a"}"#;
    let run = Place::new().pipe(input, &["eval", "-c", CONDITION, "--stream", "--trace"]).gives(0);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&answer["line"], &answer["decision"]), (&json!(1), &json!("deny")));
    assert!(answer["clauses"].is_array());
}

#[test]
fn wrong_requests_are_named() {
    let check = |request: &str, part: &str| {
        let place = Place::new().with("r.json", request);
        let error = place.run(&["eval", "-c", CONDITION, "-r", "r.json"]).gives(2).err;
        assert!(error.contains(part), "{request}: {error}");
    };
    check("{\"action\": 1}", "`r.json`: `action`: expected a string, found the number 1");
    check("{\"action\": \"a\", \"x\": 1}", "unknown field `x`");
    check("{\"action\": \"a\",}", "r.json:1:16");
    check("", "r.json:1:1");
    check("{\"action\": \"a\", \"attributes\": {\"b\": 1}}", "`b` is not an attribute reference");
    let error = eval(&["--attr", "nonsense"]).gives(2).err;
    assert!(error.contains("--attr: `nonsense`: expected `@Source[…]=value`"), "{error}");
    assert!(run(&["eval", "-c", CONDITION, "-a", " "]).gives(2).err.contains("--action is empty"));
}

#[test]
fn a_condition_with_errors_is_not_evaluated() {
    let error = run(&["eval", "-c", BROKEN, "-a", "a"]).gives(2).err;
    assert!(error.contains("error[missing-value]") && error.contains('^'), "{error}");
}
