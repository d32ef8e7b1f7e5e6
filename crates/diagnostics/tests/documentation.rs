//! The examples of `docs/output-formats.md` are what is written.

#![expect(clippy::expect_used, reason = "helpers of tests state expectations, too")]

use diagnostics::{
    Baseline, Diagnostic, Fix, Report, RuleInfo, Severity, SourceReport, Span, TextOptions, Tool,
    render,
};
use std::path::Path;

const CONDITION: &str = "(
  @Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEqual 'logs'
)
";

fn report() -> Report {
    let tool = Tool {
        name: "grantif".into(),
        version: "0.1.0".into(),
        home: "https://github.com/grantif/grantif".into(),
        docs: "https://github.com/grantif/grantif/blob/main/docs/rules/".into(),
    };
    let operator = "StringEqual";
    let start = CONDITION.find(operator).expect("the operator is there") as u32;
    let span = Span::new(start, start + operator.len() as u32);
    let message = "unknown operator `StringEqual`";
    let finding = Diagnostic::new("unknown-operator", Severity::Error, span, message)
        .help("did you mean `StringEquals`?")
        .fix(Fix::needs_review("write `StringEquals`", span, "StringEquals"));
    let rule = RuleInfo {
        id: "unknown-operator".into(),
        summary: "A word where an operator should stand that is none.".into(),
        markdown: None,
        severity: Severity::Error,
    };
    Report {
        noun: ("condition", "conditions"),
        rules: vec![rule],
        sources: vec![SourceReport::file("logs.abac", CONDITION, vec![finding])],
        ..Report::new(tool)
    }
}

/// Returns the first block of code of a section.
fn example<'d>(document: &'d str, heading: &str) -> &'d str {
    let heading = format!("\n## {heading}\n");
    let (_, section) = document.split_once(&heading).expect("the section is there");
    let (_, block) = section.split_once("\n```").expect("the section has an example");
    let (_, block) = block.split_once('\n').expect("the block has lines");
    let (block, _) = block.split_once("```\n").expect("the block ends");
    block
}

#[test]
fn examples_are_real() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/output-formats.md");
    let document = std::fs::read_to_string(path).expect("the document can be read");
    let report = report();
    let sections = [
        ("`text`", render::text(&report, TextOptions::default())),
        ("`json`", render::json(&report)),
        ("`sarif`", render::sarif(&report)),
        ("`github`", render::github(&report)),
        #[cfg(feature = "junit")]
        ("`junit`", render::junit(&report)),
        ("`azure-devops`", render::azure_devops(&report)),
        ("`gitlab`", render::gitlab(&report)),
        ("Baseline", Baseline::from_report(&report).to_json()),
    ];
    for (heading, expect) in sections {
        let block = example(&document, heading);
        assert_eq!(block.trim_end(), expect.trim_end(), "in section {heading}:\n{expect}");
    }
}
