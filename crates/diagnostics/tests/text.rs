//! Caret pictures: the picture is the test of the spans.

#![expect(clippy::expect_used, reason = "helpers of tests state expectations, too")]

use diagnostics::{
    Diagnostic, Fix, Report, Severity, SourceReport, Span, TextOptions, Tool, render,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn report(sources: Vec<SourceReport>) -> Report {
    let tool = Tool {
        name: "grantif".into(),
        version: "0.1.0".into(),
        home: "https://example.com".into(),
        docs: "https://example.com/rules/".into(),
    };
    Report { noun: ("condition", "conditions"), sources, ..Report::new(tool) }
}

fn draw(text: &str, findings: Vec<Diagnostic>) -> String {
    let sources = vec![SourceReport::file("storage/read.abac", text, findings)];
    render::text(&report(sources), TextOptions { color: false, width: 80 })
}

/// Finds the nth place of a text.
fn nth(text: &str, needle: &str, n: usize) -> Span {
    let (start, _) = text.match_indices(needle).nth(n).expect("the text contains the needle");
    Span::new(start as u32, (start + needle.len()) as u32)
}

fn first(text: &str, needle: &str) -> Span {
    nth(text, needle, 0)
}

fn error(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new("some-rule", Severity::Error, span, message)
}

#[test]
fn one_finding_with_everything() {
    let text =
        "(\n  @Resource[name] StringEqual 'logs'\n  AND\n  @Resource[path] StringLike 'a*'\n)\n";
    let operator = first(text, "StringEqual");
    let finding = Diagnostic::new(
        "unknown-operator",
        Severity::Error,
        operator,
        "unknown operator `StringEqual`",
    )
    .caret("did you mean `StringEquals`?")
    .label(first(text, "@Resource[name]"), "this attribute is a string")
    .help("string attributes are compared with StringEquals, StringLike and their negations")
    .fix(Fix::safe("write `StringEquals`", operator, "StringEquals"));
    insta::assert_snapshot!(draw(text, vec![finding]));
}

#[test]
fn several_findings_and_severities() {
    let text = "a == 'x' AND b = 'y'";
    let findings = vec![
        error(first(text, "=="), "unknown operator `==`").fix(Fix::safe(
            "use one `=`",
            first(text, "=="),
            "=",
        )),
        Diagnostic::new("doubt", Severity::Warning, first(text, "b"), "`b` is nowhere documented")
            .fix(Fix::needs_review("leave the clause out", first(text, " AND b = 'y'"), "")),
        Diagnostic::new("taste", Severity::Advice, first(text, "'y'"), "say it shorter"),
    ];
    insta::assert_snapshot!(draw(text, findings));
}

#[test]
fn the_end_of_the_text() {
    let text = "(a = 'x'";
    let end = Span::at(text.len() as u32);
    let finding = error(end, "expected `)`").label(first(text, "("), "opened here").fix(Fix::safe(
        "close the parenthesis",
        end,
        ")",
    ));
    insta::assert_snapshot!(draw(text, vec![finding]));
}

#[test]
fn the_end_of_a_text_that_ends_in_a_line_break() {
    let text = "(a = 'x'\n";
    let finding =
        error(Span::at(text.len() as u32), "expected `)`").label(first(text, "("), "opened here");
    insta::assert_snapshot!(draw(text, vec![finding]));
}

#[test]
fn an_empty_text() {
    insta::assert_snapshot!(draw("", vec![error(Span::at(0), "the condition is empty")]));
}

#[test]
fn a_span_of_many_lines() {
    let text =
        "a = 'x'\nAND (\n  b = 'y'\n  OR c = 'z'\n  OR d = 'z'\n  OR e = 'z'\n)\nAND f = 'g'\n";
    let all = first(text, "(").to(first(text, ")"));
    let finding = error(all, "this group is always true")
        .caret("always true")
        .label(first(text, "f"), "only this clause decides");
    insta::assert_snapshot!(draw(text, vec![finding]));
}

#[test]
fn labels_far_apart_are_folded() {
    let mut text = "first\n".to_owned();
    text.push_str(&"between\n".repeat(30));
    text.push_str("last\n");
    let finding =
        error(first(&text, "last"), "`last` says the same").label(first(&text, "first"), "first");
    insta::assert_snapshot!(draw(&text, vec![finding]));
}

#[test]
fn what_is_very_far_apart_is_counted() {
    let text = "line\n".repeat(2000);
    let all = Span::new(0, text.len() as u32);
    let last = Span::new(all.end - 5, all.end - 1);
    let finding =
        error(all, "too much").label(last, "not shown").label(first(&text, "line"), "one");
    insta::assert_snapshot!(draw(&text, vec![finding]));
}

#[test]
fn every_line_break_counts() {
    let text = "one\r\ntwo\rthree\nfour";
    let findings = ["one", "two", "three", "four"].map(|word| error(first(text, word), word));
    insta::assert_snapshot!(draw(text, findings.to_vec()));
}

#[test]
fn tabs_and_wide_characters_keep_the_carets_aligned() {
    let text = "\ta = '漢字😀é' AND\tb = 'e\u{301}' x";
    let findings = vec![
        error(first(text, "漢字😀é"), "wide"),
        error(first(text, "b"), "behind a tab"),
        error(first(text, "x"), "behind a combining accent"),
    ];
    insta::assert_snapshot!(draw(text, findings));
}

#[test]
fn what_cannot_be_seen_is_shown() {
    let text = "a\u{a0}= 'x\u{200b}y' \u{feff}AND\0 b \u{202e}= \u{1b}[31m";
    let findings = vec![
        error(first(text, "\u{a0}"), "invisible character `\u{a0}`")
            .caret("a no-break space")
            .fix(Fix::safe("use a space", first(text, "\u{a0}"), " ")),
        error(first(text, "\u{200b}"), "invisible character"),
        error(first(text, "\u{feff}"), "invisible character"),
        error(first(text, "\0"), "control character"),
        error(first(text, "\u{1b}[31m"), "control character"),
    ];
    insta::assert_snapshot!(draw(text, findings));
}

fn long() -> String {
    let clause = |n: usize| {
        format!(
            "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] \
             StringEquals 'container-{n}'"
        )
    };
    format!("(({}))", (0..80).map(clause).collect::<Vec<_>>().join(" OR "))
}

#[test]
fn a_long_line_is_cut_to_what_matters() {
    let text = long();
    assert!(text.len() > 8000);
    let operator = nth(&text, "StringEquals", 40);
    let findings = vec![
        error(operator, "in the middle").caret("here").fix(Fix::safe(
            "ignore case",
            operator,
            "StringEqualsIgnoreCase",
        )),
        error(nth(&text, "container-40", 0), "two places")
            .label(nth(&text, "container-3", 0), "the first place")
            .label(Span::at(0), "the beginning"),
        error(Span::new(0, text.len() as u32), "all of it").caret("this is too long"),
        error(Span::at(text.len() as u32), "the end"),
        error(Span::new(0, 1), "the beginning"),
        error(nth(&text, "'container-50'", 0), "a long label")
            .caret("a label that says a lot, so much that it would not fit on the line"),
    ];
    insta::assert_snapshot!(draw(&text, findings));
}

#[test]
fn many_edits() {
    let text = "a and b and (c or d)";
    let fix = Fix::safe("write the operators in capitals", nth(text, "and", 0), "AND")
        .and(nth(text, "and", 1), "AND")
        .and(first(text, "or"), "OR");
    insta::assert_snapshot!(draw(text, vec![error(first(text, "and"), "`and`").fix(fix)]));
}

#[test]
fn an_edit_of_several_lines_is_only_named() {
    let text = "a AND\nb";
    let fix = Fix::needs_review("lay the clauses out", Span::new(0, 7), "(\n  a\n  AND\n  b\n)");
    insta::assert_snapshot!(draw(text, vec![error(Span::new(0, 7), "layout").fix(fix)]));
}

#[test]
fn inputs_that_are_not_files() {
    let text = "a == b";
    let finding = || vec![error(first(text, "=="), "unknown operator `==`")];
    let sources = vec![
        SourceReport::unnamed("<stdin>", text, finding()),
        SourceReport::unnamed("--condition", "a = b", vec![]),
        SourceReport::file("conditions.jsonl", text, finding()).record(17, Some("prod-1".into())),
        SourceReport::file("conditions.jsonl", text, finding()).record(18, None),
    ];
    insta::assert_snapshot!(render::text(&report(sources), TextOptions::default()));
}

#[test]
fn colours() {
    let text = "a == b";
    let finding = error(first(text, "=="), "unknown operator `==`")
        .caret("here")
        .help("use `=`")
        .fix(Fix::safe("use one `=`", first(text, "=="), "="));
    let sources = vec![SourceReport::file("a.abac", text, vec![finding])];
    let drawn = render::text(&report(sources), TextOptions { color: true, width: 80 });
    insta::assert_snapshot!(drawn.replace('\u{1b}', "␛"));
}

#[test]
fn the_summary_counts() {
    let text = "ab";
    let safe = || error(Span::at(0), "x").fix(Fix::safe("x", Span::at(0), "y"));
    let review = || error(Span::at(0), "x").fix(Fix::needs_review("x", Span::at(0), "y"));
    let warning = || Diagnostic::new("x", Severity::Warning, Span::at(0), "x");
    let summary = |findings: Vec<Diagnostic>| {
        render::summary(&report(vec![SourceReport::file("a", text, findings)]))
    };
    assert_eq!(summary(vec![]), "no findings in 1 condition");
    assert_eq!(
        summary(vec![safe(), error(Span::at(0), "x"), warning()]),
        "2 errors, 1 warning in 1 condition; 1 fixable with --fix"
    );
    assert_eq!(summary(vec![review()]), "1 error in 1 condition; 1 fixable with --fix --unsafe");
    assert_eq!(
        summary(vec![safe(), review()]),
        "2 errors in 1 condition; 1 fixable with --fix, 1 more with --fix --unsafe"
    );
}

/// The same input in every run, unless `PROPTEST_RNG_SEED` says otherwise.
fn config() -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    /// Whatever the spans, the picture is drawn, and the message is in it.
    #[test]
    fn draws_everything(
        text in "[é😀a\u{200b}\t\r\n ()]{0,40}",
        spans in proptest::collection::vec((0_u32..60, 0_u32..60), 4),
        replacement in "[é😀a\n\u{200b}]{0,4}",
        width in 0_usize..100,
    ) {
        let span = |n: usize| Span { start: spans[n].0, end: spans[n].1 };
        let finding = error(span(0), "the message")
            .caret("caret")
            .label(span(1), "label")
            .fix(Fix::safe("title", span(2), replacement.clone()).and(span(3), replacement));
        let sources = vec![SourceReport::file("a", text, vec![finding])];
        let drawn = render::text(&report(sources), TextOptions { color: false, width });
        prop_assert!(drawn.contains("error[some-rule]: the message"));
        let hidden = drawn.contains('\u{200b}');
        prop_assert!(!hidden);
    }
}
