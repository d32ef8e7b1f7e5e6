//! The house: which crate may use which.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a miss fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// The crates from the ground up; none may use one that stands behind it.
const ORDER: &[&str] = &[
    "diagnostics",
    "abac-catalog",
    "abac-syntax",
    "abac-eval",
    "abac-lint",
    "abac-explain",
    "pim-model",
    "iac-emit",
    "iac-extract",
    "pim-client",
    "pim-sandbox",
    "workbench",
    "cli",
    "wasm",
];

/// What each crate may use of the house, in the table of `ARCHITECTURE.md`.
const MAY_USE: &[(&str, &[&str])] = &[
    ("diagnostics", &[]),
    ("abac-catalog", &[]),
    ("abac-syntax", &["diagnostics"]),
    ("abac-eval", &["diagnostics", "abac-syntax"]),
    ("abac-lint", &["diagnostics", "abac-catalog", "abac-syntax"]),
    ("abac-explain", &["diagnostics", "abac-catalog", "abac-syntax"]),
    ("pim-model", &["diagnostics", "abac-syntax"]),
    ("iac-emit", &["diagnostics", "abac-syntax", "pim-model"]),
    ("iac-extract", &["diagnostics", "pim-model"]),
    ("pim-client", &["diagnostics", "abac-catalog", "abac-syntax", "abac-eval", "pim-model"]),
    ("pim-sandbox", &["diagnostics", "abac-catalog", "abac-syntax", "abac-eval", "pim-model"]),
    (
        "workbench",
        &[
            "diagnostics",
            "abac-catalog",
            "abac-syntax",
            "abac-eval",
            "abac-lint",
            "abac-explain",
            "pim-model",
            "iac-emit",
        ],
    ),
    (
        "cli",
        &[
            "diagnostics",
            "abac-catalog",
            "abac-syntax",
            "abac-eval",
            "abac-lint",
            "abac-explain",
            "pim-model",
            "iac-emit",
            "iac-extract",
            "pim-client",
            "pim-sandbox",
        ],
    ),
    (
        "wasm",
        &[
            "diagnostics",
            "abac-catalog",
            "abac-syntax",
            "abac-eval",
            "abac-lint",
            "abac-explain",
            "pim-model",
            "iac-emit",
        ],
    ),
];

fn root() -> String {
    format!("{}/..", env!("CARGO_MANIFEST_DIR"))
}

/// The dependencies of each crate under `crates/`, without those of its tests.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut found = BTreeMap::new();
    for package in metadata["packages"].as_array().unwrap() {
        let manifest = package["manifest_path"].as_str().unwrap();
        if !manifest.replace('\\', "/").contains("/crates/") {
            continue;
        }
        let uses = package["dependencies"].as_array().unwrap().iter();
        let uses = uses.filter(|one| one["kind"].is_null() && !one["path"].is_null());
        let uses = uses.map(|one| one["name"].as_str().unwrap().to_owned()).collect();
        found.insert(package["name"].as_str().unwrap().to_owned(), uses);
    }
    found
}

#[test]
fn crates_use_what_they_may() {
    let dependencies = dependencies();
    let known: BTreeSet<&str> = MAY_USE.iter().map(|(name, _)| *name).collect();
    let there: BTreeSet<&str> = dependencies.keys().map(String::as_str).collect();
    assert_eq!(there, known, "the table and crates/ name the same crates");
    for (name, may_use) in MAY_USE {
        let may_use: BTreeSet<String> = may_use.iter().map(|one| (*one).to_owned()).collect();
        let uses = &dependencies[*name];
        let beyond: Vec<&String> = uses.difference(&may_use).collect();
        assert!(beyond.is_empty(), "{name} must not use {beyond:?}");
    }
}

#[test]
fn arrows_point_up_the_table() {
    let place = |name: &str| ORDER.iter().position(|one| *one == name).unwrap();
    for (name, may_use) in MAY_USE {
        for used in *may_use {
            assert!(place(used) < place(name), "{name} names the later {used}");
        }
    }
}
