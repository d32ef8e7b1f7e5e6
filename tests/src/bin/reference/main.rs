//! Checks grantif against conditions, requests and faults that were collected elsewhere: the
//! folder's `corpus/conditions.jsonl`, `invalid-cases.jsonl` and `semantics-cases.jsonl`.

#![expect(clippy::print_stdout, reason = "the report of a check")]
#![expect(clippy::indexing_slicing, reason = "a field that JSON does not have is null")]

mod answers;
mod editor;
mod examples;
mod templates;

use abac_catalog::Catalog;
use abac_eval::{AccessRequest, Decision, Program};
use abac_lint::{Context, Options, check};
use abac_syntax::{Holes, Layout, format, parse, parse_with, same_shape};
use diagnostics::{Diagnostic, Severity};
use serde_json::Value;
use std::path::Path;
use std::process::ExitCode;

type Check = fn(&Value) -> Result<(), String>;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        println!("usage: reference FOLDER");
        return ExitCode::FAILURE;
    };
    let corpus = Path::new(&folder).join("corpus");
    let checks: [(&str, Check); 4] = [
        ("conditions.jsonl", condition),
        ("conditions.jsonl", editor::blocks),
        ("invalid-cases.jsonl", invalid),
        ("semantics-cases.jsonl", semantics),
    ];
    let mut failed = 0;
    for (name, check) in checks {
        let text = match std::fs::read_to_string(corpus.join(name)) {
            Ok(text) => text,
            Err(error) => {
                println!("{name}: {error}");
                return ExitCode::FAILURE;
            }
        };
        let (passed, failures) = run(&text, check);
        for failure in &failures {
            println!("{name}: {failure}");
        }
        println!("{name}: {passed} passed, {} failed", failures.len());
        failed += failures.len();
    }
    let folder = Path::new(&folder).join("reference");
    for (name, result) in [
        ("api-examples", examples::run(&folder)),
        ("hosts", editor::hosts(&corpus)),
        ("sandbox-answers", answers::run(&folder)),
        ("arm-templates", templates::run(&folder)),
    ] {
        let (passed, failures) = result.unwrap_or_else(|error| (0, vec![error]));
        for failure in &failures {
            println!("{name}: {failure}");
        }
        println!("{name}: {passed} passed, {} failed", failures.len());
        failed += failures.len();
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run(text: &str, check: Check) -> (usize, Vec<String>) {
    let mut passed = 0;
    let mut failures = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let result = serde_json::from_str(line)
            .map_err(|error| error.to_string())
            .and_then(|row: Value| check(&row).map_err(|wrong| format!("{}: {wrong}", row["id"])));
        match result {
            Ok(()) => passed += 1,
            Err(failure) => failures.push(failure),
        }
    }
    (passed, failures)
}

/// What is plausibly valid parses without an error, keeps its shape when it is formatted, and
/// gets no error from the linter that is not known to be right; what is not plausibly valid gets
/// an error.
fn condition(row: &Value) -> Result<(), String> {
    let text = row["text"].as_str().ok_or("no text")?;
    let holes = match row["template_holes"].as_bool() {
        Some(true) => Holes::Allowed,
        _ => Holes::Refused,
    };
    let parsed = parse_with(text, holes);
    let findings = check(text, holes, &Options::new(Catalog::builtin()));
    match row["plausibly_valid"].as_bool() {
        Some(true) => {
            if !parsed.diagnostics.iter().all(|one| one.severity < Severity::Error) {
                return Err(format!("does not parse: {}", ids(&parsed.diagnostics)));
            }
            for layout in [Layout::Portal, Layout::OneLine, Layout::Smallest] {
                let formatted = format(text, &parsed.tree, layout)
                    .map_err(|error| format!("{layout:?}: {error}"))?;
                let again = parse_with(&formatted, holes);
                if !same_shape(text, &parsed.tree, &formatted, &again.tree) {
                    return Err(format!("{layout:?} changes the shape"));
                }
            }
            let errors: Vec<&Diagnostic> =
                findings.iter().filter(|one| one.severity == Severity::Error).collect();
            let id = row["id"].as_str().unwrap_or("");
            match errors.is_empty() || KNOWN_FAULTY.iter().any(|(known, _)| *known == id) {
                true => Ok(()),
                false => Err(format!("an error in what is plausibly valid: {}", ids(&findings))),
            }
        }
        Some(false) if findings.iter().all(|one| one.severity < Severity::Error) => {
            Err(format!("no error, only: {}", ids(&findings)))
        }
        _ => Ok(()),
    }
}

/// Conditions that the collection calls plausibly valid and that have an error all the same, with
/// the reason.
const KNOWN_FAULTY: &[(&str, &str)] = &[
    ("c199", "its delete clause reads @Request, which only write has"),
    ("c203", "its delete clause reads @Request, which only write has"),
    ("c273", "its delete clause reads @Request, which only write has"),
];

/// Every fault is told with its severity; one of unknown severity as a warning.
fn invalid(row: &Value) -> Result<(), String> {
    let generated;
    let text = match row["condition"].as_str() {
        Some(text) => text,
        None => {
            let recipe = &row["generate"];
            let part = |name: &str| recipe[name].as_str().unwrap_or("").to_owned();
            let times = recipe["times"].as_u64().unwrap_or(0) as usize;
            let values = vec![part("repeat"); times].join(&part("separator"));
            generated = format!("{}{values}{}", part("prefix"), part("suffix"));
            &generated
        }
    };
    let facts = &row["context"];
    let context = Context {
        condition_version: facts["conditionVersion"].as_str().map(str::to_owned),
        hierarchical_namespace: facts["isHnsEnabled"].as_bool(),
        pim: facts["pim"].as_bool().unwrap_or(false),
        classic_administrator: facts["classicAdministrator"].as_bool().unwrap_or(false),
        existing_assignment_without_condition: facts.get("existingAssignment").is_some(),
        shell: None,
    };
    let options = Options::new(Catalog::builtin()).context(context);
    let mut findings = check(text, Holes::Refused, &options);
    // Some cases are about something else and name their attributes as the documentation does when
    // it explains operators: `@Resource[a1]`.
    if !matches!(row["category"].as_str(), Some("attribute" | "source" | "applicability")) {
        let shorthand = |one: &Diagnostic| !one.span.of(text).contains('/');
        findings.retain(|one| one.id != "unknown-attribute" || !shorthand(one));
    }
    let expected = match row["severity"].as_str() {
        Some("error") => Severity::Error,
        _ => Severity::Warning,
    };
    match findings.iter().map(|one| one.severity).max() {
        Some(worst) if worst == expected => Ok(()),
        _ => Err(format!("expected {expected:?} ({}), found: {}", row["reason"], ids(&findings))),
    }
}

/// The decision is the expected one.
fn semantics(row: &Value) -> Result<(), String> {
    let text = row["condition"].as_str().ok_or("no condition")?;
    let request =
        AccessRequest::from_json(&row["request"].to_string()).map_err(|error| error.to_string())?;
    let parsed = parse(text);
    let program = Program::compile(text, &parsed.tree);
    let expected = match row["expect"].as_str() {
        Some("allow") => Decision::Allow,
        _ => Decision::Deny,
    };
    let decision = program.evaluate(&request.prepare());
    let trace = program.trace(text, &parsed.tree, &request);
    match decision == expected && trace.decision == expected {
        true => Ok(()),
        false => Err(format!("expected {expected:?} ({}): {}", row["why"], trace.reason)),
    }
}

fn ids(findings: &[Diagnostic]) -> String {
    let shown: Vec<String> =
        findings.iter().map(|one| format!("{} ({})", one.id, one.severity.as_str())).collect();
    if shown.is_empty() { "nothing".to_owned() } else { shown.join(", ") }
}
