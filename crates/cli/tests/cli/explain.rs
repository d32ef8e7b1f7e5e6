//! `explain`.

use crate::run::{BROKEN, CLEAN, Place, run};

#[test]
fn explains_in_words() {
    insta::assert_snapshot!(run(&["explain", "-c", CLEAN, "--table"]).gives(0).out);
    insta::assert_snapshot!(
        "markdown",
        run(&["explain", "-c", CLEAN, "--format", "markdown", "--table"]).gives(0).out
    );
}

#[test]
fn explains_in_json() {
    let lines = serde_json::json!({ "id": "one", "condition": CLEAN }).to_string();
    let place = Place::new().with("a.abac", CLEAN).with("b.jsonl", lines);
    let output = place.run(&["explain", "a.abac", "b.jsonl", "--format", "json"]).gives(0).json();
    assert_eq!(output["version"], 1);
    assert_eq!(output["conditions"][0]["name"], "a.abac");
    assert_eq!(output["conditions"][1]["id"], "one");
    assert!(output["conditions"][1]["explanation"]["table"]["rows"].is_array());
}

#[test]
fn names_each_of_several() {
    let place = Place::new().with("a.abac", CLEAN).with("b.abac", CLEAN);
    let output = place.run(&["explain", "a.abac", "b.abac"]).gives(0).out;
    assert!(output.contains("── a.abac ─") && output.contains("── b.abac ─"), "{output}");
}

#[test]
fn says_what_it_could_not_read() {
    let run = run(&["explain", "-c", BROKEN]).gives(1);
    assert!(run.out.contains("Warning:"), "{run:#?}");
    assert!(run.err.contains("explained as far as it could be read"), "{run:#?}");
}
