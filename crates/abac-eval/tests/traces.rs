//! What a trace says.

#![expect(clippy::unwrap_used, reason = "helpers state their expectations as tests do")]

use abac_eval::{AccessRequest, ClauseKind, Decision, Part, Program, Trace, Truth, UnknownReason};
use abac_syntax::{Holes, parse_with};

fn trace(source: &str, attributes: &[&str]) -> Trace {
    let mut request = AccessRequest::new("a/write");
    for attribute in attributes {
        request = request.assign(attribute).unwrap();
    }
    let tree = parse_with(source, Holes::Allowed).tree;
    Program::compile(source, &tree).trace(source, &tree, &request)
}

const GUARDED: &str = "(!(ActionMatches{'a/write'}) OR (@Request[x] StringEquals 'x' AND @Request[y] StringEquals 'y')) AND (!(ActionMatches{'a/delete'}) OR Exists @Request[z])";

#[test]
fn reasons() {
    for (source, attributes, reason) in [
        (
            GUARDED,
            &["@Request[x]=x", "@Request[y]=y"][..],
            "allowed, because `@Request[x] StringEquals 'x'` is true, `@Request[y] StringEquals \
             'y'` is true, and `ActionMatches{'a/delete'}` is false",
        ),
        (
            GUARDED,
            &["@Request[x]=x", "@Request[y]=z"],
            "denied, because `ActionMatches{'a/write'}` is true and `@Request[y] StringEquals \
             'y'` is false (the request has `'z'`)",
        ),
        (
            "@Request[x] StringEquals 'x'",
            &[],
            "denied, because the condition cannot be decided: `@Request[x]` is missing from the \
             request",
        ),
        (
            "@Request[t/tags:Key<$key_case_sensitive$>] StringEquals 'x'",
            &["@Request[t/tags:key<$key_case_sensitive$>]=x"],
            "denied, because the condition cannot be decided: \
             `@Request[t/tags:Key<$key_case_sensitive$>]` is missing from the request (the \
             request has `@Request[t/tags:key<$key_case_sensitive$>]`, whose key differs in \
             letter case or in its marker)",
        ),
        (
            "@Request[x] StringEquals 'x'",
            &["@Resource[x]=x"],
            "denied, because the condition cannot be decided: `@Request[x]` is missing from the \
             request (the request has `@Resource[x]`, which is of another source)",
        ),
        (
            "@Request[x] StringEquals '1'",
            &["@Request[x]=1"],
            "denied, because the condition cannot be decided: `@Request[x]` is the Integer `1`, \
             and `StringEquals` compares Strings",
        ),
        (
            "@Request[x] GuidEquals 28c35fea-2099-4cf5-8ad9-473547bc9423",
            &["@Request[x]=Owner"],
            "denied, because the condition cannot be decided: `@Request[x]` is the String \
             `'Owner'`, and `GuidEquals` compares GUIDs",
        ),
        (
            "@Request[x] StringEquals {'x'}",
            &["@Request[x]=x"],
            "denied, because the condition cannot be decided: `{'x'}` is a set, and \
             `StringEquals` without a quantifier compares single values",
        ),
        (
            "@Request[x] StringEquals 'x'",
            &["@Request[x]={'x'}"],
            "denied, because the condition cannot be decided: `@Request[x]` has a list of values \
             in the request, and `StringEquals` without a quantifier compares single values",
        ),
        (
            "@Request[x] NumericEquals 'ten'",
            &["@Request[x]=10"],
            "denied, because the condition cannot be decided: `'ten'` is not an Integer, which \
             `NumericEquals` compares",
        ),
        (
            "@Request[x] StringEquals '${name}'",
            &["@Request[x]=x"],
            "denied, because the condition cannot be decided: `'${name}'` holds a template hole",
        ),
        (
            "@Request[x] StringEquals 'x' OR @Request[x] StringEquals 'y'",
            &[],
            "denied, because the condition cannot be decided: `@Request[x]` is missing from the \
             request",
        ),
        (
            "@Request[x] StringEquals 'Cascade'",
            &["@Request[x]=cascade"],
            "denied, because `@Request[x] StringEquals 'Cascade'` is false (`cascade` differs \
             only in letter case)",
        ),
        (
            "NOT @Request[x] NumericLessThan @Request[y]",
            &["@Request[x]=1", "@Request[y]=2"],
            "denied, because `@Request[x] NumericLessThan @Request[y]` is true (the request has \
             `1` and `2`)",
        ),
        ("", &[], "denied, because there is no condition to decide"),
        (
            "Exists @Request[a] OR Exists @Request[b] OR Exists @Request[c] OR Exists @Request[d] OR Exists @Request[e]",
            &[],
            "denied, because `Exists @Request[a]` is false, `Exists @Request[b]` is false, \
             `Exists @Request[c]` is false, and 2 more clauses",
        ),
    ] {
        assert_eq!(trace(source, attributes).reason, reason, "{source}");
    }
}

#[test]
fn parts() {
    let trace = trace(GUARDED, &["@Request[x]=x", "@Request[y]=z"]);
    let single: Vec<_> = trace
        .clauses
        .iter()
        .filter(|clause| clause.is_single())
        .map(|clause| (clause.text.as_str(), clause.outcome, clause.part))
        .collect();
    assert_eq!(
        single,
        [
            ("ActionMatches{'a/write'}", Truth::True, Part::Decided),
            ("@Request[x] StringEquals 'x'", Truth::True, Part::Evaluated),
            ("@Request[y] StringEquals 'y'", Truth::False, Part::Decided),
            ("ActionMatches{'a/delete'}", Truth::False, Part::NotNeeded),
            ("Exists @Request[z]", Truth::False, Part::NotNeeded),
        ]
    );
    assert_eq!(trace.deciding().count(), 2);
}

#[test]
fn clauses_come_before_what_is_within() {
    let source = "NOT (Exists @Request[a] AND Exists @Request[b])";
    let trace = trace(source, &["@Request[a]=1"]);
    let shape: Vec<_> = trace.clauses.iter().map(|clause| (clause.depth, clause.kind)).collect();
    assert_eq!(
        shape,
        [
            (0, ClauseKind::Not),
            (1, ClauseKind::Group),
            (2, ClauseKind::And),
            (3, ClauseKind::Exists),
            (3, ClauseKind::Exists),
        ]
    );
    let texts: Vec<_> = trace.clauses.iter().map(|clause| clause.span.of(source)).collect();
    assert_eq!(texts[0], source);
    assert_eq!(texts[4], "Exists @Request[b]");
}

#[test]
fn notes_on_clauses_that_are_false() {
    for (source, attribute, note) in [
        (
            "@Request[x] StringEquals 'Cascade'",
            "@Request[x]=cascade",
            "`cascade` differs only in letter case",
        ),
        (
            "@Request[x] ForAllOfAnyValues:StringEquals {'x'}",
            "@Request[x]=[]",
            "`@Request[x]` is an empty list, which satisfies no comparison",
        ),
        ("SubOperationMatches{'Blob.List'}", "@Request[x]=1", "the request has no suboperation"),
        (
            "Exists @Request[x]",
            "@Resource[x]=1",
            "the request has `@Resource[x]`, which is of another source",
        ),
    ] {
        let trace = trace(source, &[attribute]);
        assert_eq!(trace.outcome, Truth::False);
        assert_eq!(trace.clauses[0].note.as_deref(), Some(note));
    }
}

#[test]
fn why_a_clause_is_unknown() {
    for (source, reason) in [
        ("@Request[m] StringEquals 'x'", UnknownReason::MissingAttribute),
        ("@Request[n] StringEquals 'x'", UnknownReason::WrongType),
        ("@Request[n] NumericEquals 'x'", UnknownReason::WrongType),
        ("@Request[n] NumericEquals {1}", UnknownReason::CannotBeDecided),
        ("@Request[n] NumericIs 1", UnknownReason::CannotBeDecided),
        ("@Request[n] NumericEquals ${n}", UnknownReason::CannotBeDecided),
        ("${clause}", UnknownReason::CannotBeDecided),
    ] {
        let trace = trace(source, &["@Request[n]=1"]);
        assert_eq!(trace.decision, Decision::Deny, "{source}");
        assert_eq!(trace.clauses[0].unknown, Some(reason), "{source}");
        assert!(trace.clauses[0].note.is_some(), "{source}");
    }
}

#[test]
fn json_shape() {
    let trace = trace("NOT @Request[x] StringEquals 'x'", &[]);
    let json = serde_json::to_value(&trace).unwrap();
    let expected = serde_json::json!({
        "decision": "deny",
        "outcome": "unknown",
        "reason": "denied, because the condition cannot be decided: `@Request[x]` is missing \
                   from the request",
        "clauses": [
            {
                "kind": "not",
                "span": {"start": 0, "end": 32},
                "depth": 0,
                "text": "NOT @Request[x] StringEquals 'x'",
                "outcome": "unknown",
                "part": "decided",
            },
            {
                "kind": "comparison",
                "span": {"start": 4, "end": 32},
                "depth": 1,
                "text": "@Request[x] StringEquals 'x'",
                "outcome": "unknown",
                "part": "decided",
                "seen": [{"name": "@Request[x]", "value": null}],
                "unknown": "missingAttribute",
                "note": "`@Request[x]` is missing from the request",
            },
        ],
    });
    assert_eq!(json, expected);
}

#[test]
fn long_clauses_are_cut() {
    let source = vec!["Exists @Request[x]"; 1_000].join("\n  OR ");
    let trace = trace(&source, &[]);
    assert!(trace.clauses[0].text.chars().count() <= 162);
    assert!(trace.clauses[0].text.starts_with("Exists @Request[x] OR Exists"));
    assert!(trace.reason.len() < 400);
}

#[test]
fn a_clause_is_told_on_one_line() {
    let trace = trace("@Request[x]\n  StringEquals\t'a  b'", &[]);
    assert_eq!(trace.clauses[0].text, "@Request[x] StringEquals 'a  b'");
}
