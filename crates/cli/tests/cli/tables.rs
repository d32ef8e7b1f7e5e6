//! `rule`, `catalog`, `completions`, `man` and the help texts.

use crate::run::{Place, run};

const COMMANDS: [&str; 12] = [
    "check",
    "fmt",
    "eval",
    "test",
    "explain",
    "pim",
    "policy",
    "emit",
    "rule",
    "catalog",
    "completions",
    "man",
];

#[test]
fn lists_every_rule() {
    let output = run(&["rule"]).gives(0).out;
    let json = run(&["rule", "--format", "json"]).gives(0).json();
    let rules = json["rules"].as_array().unwrap();
    assert!(rules.len() >= 35);
    assert!(rules.iter().any(|rule| rule["category"] == "pim"));
    for rule in rules {
        let id = rule["id"].as_str().unwrap();
        assert!(output.contains(&format!("  {id} ")), "{id}");
    }
    assert!(run(&["rule", "--format", "markdown"]).gives(0).out.contains("| `quoted-guid` |"));
}

#[test]
fn shows_the_page_of_a_rule() {
    insta::assert_snapshot!(run(&["rule", "missing-at-sign"]).gives(0).out);
    let markdown = run(&["rule", "missing-at-sign", "--format", "markdown"]).gives(0).out;
    assert!(markdown.starts_with("# missing-at-sign\n"), "{markdown}");
    let json = run(&["rule", "missing-at-sign", "--format", "json"]).gives(0).json();
    assert_eq!(json["page"].as_str(), Some(markdown.as_str()));
}

#[test]
fn an_unknown_rule_is_named() {
    let error = run(&["rule", "missing-at-sing"]).gives(2).err;
    assert!(error.contains("did you mean `missing-at-sign`?"), "{error}");
}

#[test]
fn looks_facts_up_with_page_and_date() {
    let check = |arguments: &[&str], parts: &[&str]| {
        let output = run(&[&["catalog"], arguments].concat()).gives(0).out;
        for part in parts {
            assert!(output.contains(part), "{part}: {output}");
        }
    };
    check(
        &["actions", "list", "blobs"],
        &["blob.list", "with Blob.List", "page: storage-auth-abac-attributes, 20"],
    );
    check(&["attributes", "blob.path"], &["containers/blobs:path]", "type: String", "page: "]);
    check(
        &["operators", "guid"],
        &["GuidNotEquals", "negates GuidEquals", "conditions-format, 20"],
    );
    check(
        &["roles", "acrpull"],
        &["7f951dda-4ed3-4680-a7ca-43fe172d538d  AcrPull", "built-in roles as of"],
    );
    check(&["role", "Owner"], &["8e3af657", "It can assign any role", "actions\n  *\n", "page: "]);
    check(&["role", "8e3af657a8ff443ca75c2fe8c4bcb635"], &["Owner"]);
}

#[test]
fn facts_as_json() {
    for topic in ["actions", "attributes", "operators", "roles"] {
        let json = run(&["catalog", topic, "--format", "json"]).gives(0).json();
        assert_eq!(json["version"], 1);
        assert!(json[topic].as_array().unwrap().len() > 5, "{topic}");
    }
    let json = run(&["catalog", "role", "Owner", "--format", "json"]).gives(0).json();
    assert!(json["conditionableActions"].as_array().unwrap().len() > 1);
}

#[test]
fn nothing_found_is_told() {
    let run = run(&["catalog", "operators", "StringEqals"]).gives(1);
    assert!(run.err.contains("did you mean `StringEquals`?"), "{run:#?}");
    crate::run::run(&["catalog", "role", "Ownr"]).gives(2);
}

#[test]
fn every_command_has_help_with_examples() {
    for command in COMMANDS {
        let output = run(&[command, "--help"]).gives(0).out;
        assert!(output.contains("Examples:\n  grantif "), "{command}: {output}");
        assert!(output.lines().all(|line| line.chars().count() <= 130), "{command}: {output}");
    }
    assert!(run(&["--version"]).gives(0).out.starts_with("grantif "));
    assert!(run(&["--help"]).gives(0).out.contains("Exit codes:"));
}

#[test]
fn completes_in_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell]).gives(0).out;
        assert!(script.contains("explain") && script.contains("fail-on"), "{shell}");
    }
}

#[test]
fn writes_manual_pages() {
    assert!(run(&["man"]).gives(0).out.contains(".TH grantif 1"));
    let place = Place::new();
    place.run(&["man", "--dir", "man/man1"]).gives(0);
    for command in COMMANDS {
        let page = place.read(&format!("man/man1/grantif-{command}.1"));
        assert!(page.contains("Examples:"), "{command}: {page}");
    }
    assert!(place.read("man/man1/grantif.1").contains("check"));
    assert!(place.read("man/man1/grantif-pim-check.1").contains("nearest"));
}
