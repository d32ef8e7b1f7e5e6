//! Test files, cases and coverage.

#![expect(clippy::expect_used, reason = "helpers state their expectations as tests do")]

use abac_eval::{Case, ClauseRole, Decision, Suite, SuiteError, SuiteReport, run_cases};

fn run(text: &str) -> Result<SuiteReport, SuiteError> {
    Suite::from_toml(text)?.run(|path| Err(format!("no file {path} here")))
}

#[track_caller]
fn refused(text: &str) -> String {
    run(text).expect_err(text).to_string()
}

/// Returns the blocks of one language in `docs/testing.md`.
fn blocks(language: &str) -> Vec<&'static str> {
    include_str!("../../../docs/testing.md")
        .split("```")
        .filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n'))
        .collect()
}

#[test]
fn the_page_runs() {
    let files = blocks("toml");
    assert_eq!(files.len(), 1);
    let report = run(files[0]).unwrap();
    assert_eq!(report.failed(), 0, "{:?}", report.results);
    assert_eq!(report.results.len(), 5);
    assert_eq!(report.coverage.percent, 100, "{:?}", report.coverage);

    let lines = blocks("json");
    assert_eq!(lines.len(), 1);
    let cases: Vec<_> = Case::from_json_lines(lines[0]).map(|(_, case)| case.unwrap()).collect();
    assert_eq!(run_cases(&cases).failed(), 0);
}

const HEAD: &str = "condition = \"@Request[x] StringEquals 'x'\"\n[[test]]\nname = \"n\"\n";

#[test]
fn failures_carry_the_trace() {
    let text = format!(
        "{HEAD}action = \"a\"\nexpect = \"allow\"\nbecause = \"it must\"\nattributes = {{ \"@Request[x]\" = \"y\" }}"
    );
    let report = run(&text).unwrap();
    let result = &report.results[0];
    assert!(!result.passed);
    assert_eq!((result.expected, result.actual), (Decision::Allow, Decision::Deny));
    assert_eq!(result.because.as_deref(), Some("it must"));
    let reason = &result.trace.as_ref().unwrap().reason;
    assert_eq!(
        reason,
        "denied, because `@Request[x] StringEquals 'x'` is false (the request has `'y'`)"
    );
}

#[test]
fn defaults() {
    let text = r#"
        condition = "@Request[x] StringEquals 'x' AND SubOperationMatches{'s'} AND ActionMatches{'a'}"
        [defaults]
        action = "a"
        suboperation = "s"
        attributes = { "@Request[x]" = "x" }
        [[test]]
        name = "all"
        expect = "allow"
        [[test]]
        name = "other value"
        attributes = { "@request[X]" = "y" }
        expect = "deny"
        [[test]]
        name = "other action"
        action = "b"
        expect = "deny"
        [[test]]
        name = "without the suboperation"
        without = ["suboperation"]
        expect = "deny"
        [[test]]
        name = "without the attribute"
        without = ["@REQUEST[x]"]
        expect = "deny"
    "#;
    let suite = Suite::from_toml(text).unwrap();
    assert_eq!(suite.tests()[1].request.attributes().count(), 1);
    assert_eq!(suite.tests()[4].request.attributes().count(), 0);
    let report = run(text).unwrap();
    assert_eq!(report.failed(), 0, "{:?}", report.results);
}

#[test]
fn a_condition_file_is_read_by_the_caller() {
    let text =
        "condition-file = \"x.abac\"\n[[test]]\nname = \"n\"\naction = \"a\"\nexpect = \"allow\"";
    let suite = Suite::from_toml(text).unwrap();
    let report = suite.run(|path| {
        assert_eq!(path, "x.abac");
        Ok("ActionMatches{'a'}".to_owned())
    });
    assert_eq!(report.unwrap().failed(), 0);
    assert_eq!(refused(text), "`condition-file`: cannot read `x.abac`: no file x.abac here");
}

#[test]
fn a_date_time_needs_no_quotes() {
    let text = "condition = \"@Environment[UtcNow] DateTimeEquals '2026-11-22T00:00:00Z'\"\n[[test]]\nname = \"n\"\naction = \"a\"\nexpect = \"allow\"\nattributes = { \"@Environment[UtcNow]\" = 2026-11-22T00:00:00.0Z }";
    assert_eq!(run(text).unwrap().failed(), 0);
}

#[test]
fn refusals() {
    let test = "[[test]]\nname = \"n\"\naction = \"a\"\nexpect = \"allow\"\n";
    let condition = "condition = \"ActionMatches{'a'}\"\n";
    for (text, message) in [
        (String::new(), "the file has no condition; expected `condition` or `condition-file`"),
        (condition.to_owned(), "the file has no test; expected at least one `[[test]]`"),
        (
            format!("condition-file = \"x\"\n{condition}{test}"),
            "the file has both `condition` and `condition-file`; expected one of them",
        ),
        (format!("{condition}{test}{test}"), "two tests are named `n`"),
        (
            format!("{condition}[[test]]\nname = \"\"\naction = \"a\"\nexpect = \"deny\""),
            "test 1 has an empty name",
        ),
        (
            format!("{condition}[[test]]\nname = \"n\"\nexpect = \"deny\""),
            "test `n`: `action` is missing, and `[defaults]` has none",
        ),
        (
            format!("{condition}{test}attributes = {{ \"@Request[x]\" = 1.5 }}"),
            "test `n`: `@Request[x]`: expected a string, a whole number, `true`, `false` or a \
             list of these, found the number 1.5, which is no integer of 64 bits",
        ),
        (
            format!(
                "{condition}[defaults]\naction = \"\"\n[[test]]\nname = \"n\"\nexpect = \"deny\""
            ),
            "test `n`: `action`: expected a name, found an empty string",
        ),
        (format!("condition = \"ActionMatches{{'a'\"\n{test}"), "the condition cannot be read: "),
        (format!("{condition}{test}expected = \"allow\""), "line 6: unknown field `expected`"),
        (
            format!("{condition}[[test]]\nname = \"n\"\nexpect = \"yes\""),
            "line 4: unknown variant `yes`",
        ),
        ("condition = ".to_owned(), "line 1: "),
    ] {
        let found = refused(&text);
        assert!(found.starts_with(message), "{text}\n{found}");
    }
}

#[test]
fn coverage_counts_what_was_needed() {
    let text = r#"
        condition = """
        (!(ActionMatches{'a/write'}) OR (Exists @Request[x] OR Exists @Request[y]))
        AND (!(ActionMatches{'a/read'} AND NOT SubOperationMatches{'List'}) OR Exists @Request[z])"""
        [[test]]
        name = "write with x"
        action = "a/write"
        attributes = { "@Request[x]" = "1", "@Request[z]" = "1" }
        expect = "allow"
        [[test]]
        name = "write with nothing"
        action = "a/write"
        expect = "deny"
    "#;
    let coverage = run(text).unwrap().coverage;
    let told: Vec<_> = coverage
        .clauses
        .iter()
        .map(|clause| (clause.role, clause.text.as_str(), clause.times_true, clause.times_false))
        .collect();
    assert_eq!(
        told,
        [
            (ClauseRole::Guard, "!(ActionMatches{'a/write'})", 0, 2),
            (ClauseRole::Clause, "Exists @Request[x]", 1, 1),
            (ClauseRole::Clause, "Exists @Request[y]", 0, 1),
            (
                ClauseRole::Guard,
                "!(ActionMatches{'a/read'} AND NOT SubOperationMatches{'List'})",
                1,
                0
            ),
            (ClauseRole::Clause, "ActionMatches{'a/read'}", 0, 1),
            (ClauseRole::Clause, "SubOperationMatches{'List'}", 0, 0),
            (ClauseRole::Clause, "Exists @Request[z]", 0, 0),
        ]
    );
    assert_eq!((coverage.reached, coverage.outcomes, coverage.percent), (6, 14, 42));
    assert_eq!(coverage.never_true().count(), 5);
    assert_eq!(coverage.never_false().count(), 3);
}

#[test]
fn cases_share_a_condition() {
    let lines = r#"
{"id": "a", "condition": "Exists @Request[x]", "request": {"action": "a"}, "expect": "deny", "why": "ignored"}
{"id": 2, "condition": "Exists @Request[x]", "request": {"action": "a", "attributes": {"@Request[x]": 1}}, "expect": "deny"}

{"condition": "Exists", "request": {"action": "a"}, "expect": "deny"}
"#;
    let cases: Vec<_> = Case::from_json_lines(lines).map(|(_, case)| case.unwrap()).collect();
    let report = run_cases(&cases);
    let told: Vec<_> = report
        .results
        .iter()
        .map(|result| (result.id.as_str(), result.passed, result.actual))
        .collect();
    assert_eq!(
        told,
        [
            ("a", true, Some(Decision::Deny)),
            ("2", false, Some(Decision::Allow)),
            ("line 5", false, None),
        ]
    );
    assert!(report.results[1].trace.is_some());
    assert!(report.results[2].error.is_some());
    assert_eq!(report.coverage.len(), 1);
    assert_eq!(report.coverage[0].coverage.percent, 100);
}

#[test]
fn lines_that_are_no_case() {
    for (line, message) in [
        ("x", "line 1: not JSON: "),
        ("[]", "line 1: expected an object"),
        (r#"{"condition": "x"}"#, "line 1: `request` is missing"),
        (r#"{"condition": 1}"#, "line 1: `condition`: expected a string"),
        (r#"{"expect": "maybe"}"#, "line 1: `expect`: expected `allow` or `deny`"),
        (r#"{"request": {"actions": "a"}}"#, "line 1: unknown field `actions`"),
    ] {
        let (number, case) = Case::from_json_lines(line).next().unwrap();
        let found = case.expect_err(line).to_string();
        assert!(number == 1 && found.starts_with(message), "{line}: {found}");
    }
}
