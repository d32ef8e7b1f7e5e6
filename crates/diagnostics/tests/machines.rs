//! The formats for machines: what they look like, and that they are what they say.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests state expectations, too"
)]

use diagnostics::{Diagnostic, Fix, Report, RuleInfo, Severity, SourceReport, Span, Tool, render};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A report with a bit of everything that is difficult.
fn report() -> Report {
    let tool = Tool {
        name: "grantif".into(),
        version: "0.1.0".into(),
        home: "https://example.com".into(),
        docs: "https://example.com/rules/".into(),
    };
    let span = |text: &str, needle: &str| {
        let start = text.find(needle).expect("the text contains the needle");
        Span::new(start as u32, (start + needle.len()) as u32)
    };

    let operators = "(\n  '😀' == b\n)";
    let first = Diagnostic::new(
        "unknown-operator",
        Severity::Error,
        span(operators, "=="),
        "unknown operator `==`, 100%\nwrong",
    )
    .caret("here")
    .label(span(operators, "("), "opened here")
    .help("use `=`")
    .fix(Fix::safe("use one `=`", span(operators, "=="), "="));
    let whole = Diagnostic::new(
        "always-true",
        Severity::Warning,
        Span::new(0, operators.len() as u32),
        "this is always true",
    )
    .fix(Fix::needs_review("leave it out", span(operators, "b"), "c").and(Span::at(0), "!"));
    let taste = Diagnostic::new("layout", Severity::Advice, Span::at(0), "##vso[task.x]not [so]");

    let record = "a\u{1b} == b";
    let third = || {
        let message = "unknown operator `==`";
        Diagnostic::new("unknown-operator", Severity::Error, span(record, "=="), message)
    };
    let rule = RuleInfo {
        id: "unknown-operator".into(),
        summary: "an operator that does not exist".into(),
        markdown: Some("# unknown-operator\n".into()),
        severity: Severity::Error,
    };
    Report {
        noun: ("condition", "conditions"),
        rules: vec![rule],
        sources: vec![
            SourceReport::file("a dir\\x,y:%;].abac", operators, vec![first, whole, taste]),
            SourceReport::file("clean.abac", "a = b", vec![]),
            SourceReport::file("all.jsonl", record, vec![third()]).record(7, Some("p-1".into())),
            SourceReport::file("all.jsonl", record, vec![third()]).record(8, None),
            SourceReport::unnamed("<stdin>", record, vec![third()]),
        ],
        suppressed: 2,
        ..Report::new(tool)
    }
}

fn empty() -> Report {
    Report { sources: vec![], rules: vec![], ..report() }
}

#[test]
fn json() {
    insta::assert_snapshot!(render::json(&report()));
}

#[test]
fn sarif() {
    insta::assert_snapshot!(render::sarif(&report()));
}

#[test]
fn github() {
    insta::assert_snapshot!(render::github(&report()));
}

#[test]
fn azure_devops() {
    insta::assert_snapshot!(render::azure_devops(&report()));
}

#[test]
fn gitlab() {
    insta::assert_snapshot!(render::gitlab(&report()));
}

#[cfg(feature = "junit")]
#[test]
fn junit() {
    insta::assert_snapshot!(render::junit(&report()));
}

#[test]
fn a_command_cannot_be_smuggled_in() {
    for text in [render::github(&report()), render::azure_devops(&report())] {
        for line in text.lines() {
            let commands = line.matches("##vso[").count() + line.matches("::error ").count();
            assert!(commands <= 1, "{line}");
        }
    }
    let advice = render::azure_devops(&report());
    let advice = advice.lines().find(|line| line.starts_with("advice")).expect("there is advice");
    assert!(!advice.contains("##"), "{advice}");
}

fn read(schema: &Path) -> Value {
    let schema = std::fs::read_to_string(schema).expect("the schema can be read");
    serde_json::from_str(&schema).expect("the schema is JSON")
}

fn assert_valid(schema: &Value, output: &str) {
    let validator = jsonschema::validator_for(schema).expect("the schema is a schema");
    let output: Value = serde_json::from_str(output).expect("the output is JSON");
    let errors: Vec<_> = validator
        .iter_errors(&output)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

/// Forbids in every object of a schema what it does not name.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.contains_key("properties") {
                object.insert("additionalProperties".into(), false.into());
            }
            object.values_mut().for_each(close);
        }
        Value::Array(array) => array.iter_mut().for_each(close),
        _ => {}
    }
}

fn our_schema() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schemas/findings.v1.json")
}

#[test]
fn json_is_valid_by_its_schema() {
    let schema = read(&our_schema());
    assert_valid(&schema, &render::json(&report()));
    assert_valid(&schema, &render::json(&empty()));
}

#[test]
fn the_schema_names_all_that_json_says() {
    let mut schema = read(&our_schema());
    close(&mut schema);
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let mut output: Value = serde_json::from_str(&render::json(&report())).expect("JSON");
    assert!(validator.is_valid(&output));
    output["inputs"][0]["findings"][0]["unheardOf"] = 1.into();
    assert!(!validator.is_valid(&output));
}

/// Finds the official schema where the registry put it.
fn sarif_schema() -> PathBuf {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let run = |arguments: &[&str]| {
        let output = Command::new(&cargo)
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("cargo writes UTF-8")
    };
    let version = run(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let metadata = run(&["metadata", "--format-version", "1", "--filter-platform", host]);
    let metadata: Value = serde_json::from_str(&metadata).expect("metadata is JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let package = packages.iter().find(|package| package["name"] == "serde-sarif");
    let manifest = package.and_then(|package| package["manifest_path"].as_str());
    Path::new(manifest.expect("serde-sarif is a dependency")).with_file_name("src/schema.json")
}

#[test]
fn sarif_is_valid_by_its_official_schema() {
    let mut schema = read(&sarif_schema());
    // One pattern of the official schema has a `]` too many, which strict readers of regular
    // expressions refuse; grantif writes no `language`.
    for owner in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][owner]["properties"]["language"];
        let pattern = language.as_object_mut().and_then(|language| language.remove("pattern"));
        assert_eq!(pattern, Some("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$".into()));
    }
    for report in [report(), empty()] {
        let output = render::sarif(&report);
        assert_valid(&schema, &output);
        let log: serde_sarif::sarif::Sarif = serde_json::from_str(&output).expect("SARIF");
        let results = log.runs.first().and_then(|run| run.results.as_ref()).expect("results");
        assert_eq!(results.len(), report.counts().total());
    }
}

/// The same input in every run, unless `PROPTEST_RNG_SEED` says otherwise.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 64,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    // A validator is built for every case, which takes longer than all the rest.
    #![proptest_config(config())]

    /// Whatever the text and the spans, every format is written and keeps to its form.
    #[test]
    fn every_format_keeps_its_form(
        text in "[é😀a\\u{200b}\\u{1b}\\t\\r\\n#:%;\\]<&]{0,40}",
        spans in proptest::collection::vec((0_u32..60, 0_u32..60), 3),
        is_record in any::<bool>(),
    ) {
        let span = |n: usize| Span { start: spans[n].0, end: spans[n].1 };
        let message = format!("message {text}");
        let finding = Diagnostic::new("some-rule", Severity::Error, span(0), message)
            .label(span(1), text.clone())
            .help(text.clone())
            .fix(Fix::safe(text.clone(), span(2), text.clone()));
        let source = SourceReport::file(text.clone(), text.clone(), vec![finding]);
        let source = if is_record { source.record(1, Some(text)) } else { source };
        let report = Report { sources: vec![source], ..report() };

        assert_valid(&read(&our_schema()), &render::json(&report));
        for text in [render::sarif(&report), render::gitlab(&report)] {
            prop_assert!(serde_json::from_str::<Value>(&text).is_ok());
        }
        for text in [render::github(&report), render::azure_devops(&report)] {
            prop_assert_eq!(text.lines().count(), 1);
            let control = text.trim_end().contains(char::is_control);
            prop_assert!(!control);
        }
        #[cfg(feature = "junit")]
        prop_assert!(quick_junit::Report::deserialize_from_str(&render::junit(&report)).is_ok());
    }
}
