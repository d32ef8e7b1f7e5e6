//! The rules of `docs/semantics.md`, each by its number.

#![expect(clippy::expect_used, reason = "helpers state their expectations as tests do")]

use Truth::{False, True, Unknown};
use abac_eval::{AccessRequest, Decision, Program, Truth};
use abac_syntax::{Holes, parse_with};

/// Evaluates against a request for reading blobs that carries these attributes, as JSON.
#[track_caller]
fn check(rule: &str, source: &str, attributes: &str, expected: Truth) {
    let json = format!(r#"{{"action": "Contoso.Blobs/a/read", "attributes": {attributes}}}"#);
    let request = AccessRequest::from_json(&json).expect(&json);
    check_request(rule, source, &request, expected);
}

#[track_caller]
fn check_request(rule: &str, source: &str, request: &AccessRequest, expected: Truth) {
    let parsed = parse_with(source, Holes::Allowed);
    let program = Program::compile(source, &parsed.tree);
    let prepared = request.prepare();
    let trace = program.trace(source, &parsed.tree, request);
    assert_eq!(program.truth(&prepared), expected, "{rule}: {source} {}", trace.reason);
    assert_eq!(program.evaluate(&prepared), expected.decision(), "{rule}: {source}");
    assert_eq!((trace.outcome, trace.decision), (expected, expected.decision()), "{source}");
}

/// Three attributes that are true, false and missing.
const TRI: &str = r#"{"@Resource[t]": true, "@Resource[f]": false}"#;
const T: &str = "@Resource[t] BoolEquals true";
const F: &str = "@Resource[f] BoolEquals true";
const U: &str = "@Resource[u] BoolEquals true";

// One case a line.
#[rustfmt::skip]
const CASES: &[(&str, &str, &str, Truth)] = &[
    ("S1", "@Resource[t] BoolEquals true", TRI, True),
    ("S1", "@Resource[f] BoolEquals true", TRI, False),
    ("S2", "@Resource[u] BoolEquals true", TRI, Unknown),
    ("S3", "NOT @Resource[u] BoolEquals true", TRI, Unknown),
    // Precedence.
    ("S5", "@Resource[t] BoolEquals true OR @Resource[f] BoolEquals true AND @Resource[f] BoolEquals true", TRI, True),
    ("S5", "@Resource[f] BoolEquals true AND @Resource[f] BoolEquals true OR @Resource[t] BoolEquals true", TRI, True),
    ("S5", "(@Resource[t] BoolEquals true OR @Resource[f] BoolEquals true) AND @Resource[f] BoolEquals true", TRI, False),
    ("S5", "NOT @Resource[f] BoolEquals true AND @Resource[f] BoolEquals true", TRI, False),
    ("S5", "NOT (@Resource[f] BoolEquals true AND @Resource[f] BoolEquals true)", TRI, True),
    ("S5", "NOT NOT @Resource[t] BoolEquals true", TRI, True),
    // Spelling.
    ("S6", "@Resource[t] BoolEquals true && !(@Resource[f] BoolEquals true)", TRI, True),
    ("S6", "@Resource[f] BoolEquals true || @Resource[t] BoolEquals true", TRI, True),
    ("S7", "exists @resource[T] and not @Resource[t] boolequals false", TRI, True),
    ("S7", "@Resource[t] foranyofanyvalues:BOOLEQUALS {true}", TRI, True),
    // What cannot be read.
    ("S8", "", "{}", Unknown),
    ("S8", " \n", "{}", Unknown),
    ("S9", "@Resource[t] BoolEqual true", TRI, Unknown),
    ("S9", "@Resource[t] BoolEquals true OR @Resource[t] StringContains 'a'", TRI, True),
    ("S9", "@Subject[t] BoolEquals true", TRI, Unknown),
    ("S9", "@Resource[t] BoolEquals", TRI, Unknown),
    ("S9", "NOT (@Resource[t] BoolEquals true AND )", TRI, Unknown),
    ("S9", "@Resource[s] StringEquals 'x-${name}'", r#"{"@Resource[s]": "x-${name}"}"#, Unknown),
    ("S9", "@Resource[s] ForAnyOfAnyValues:StringEquals {'x', ${more}}", r#"{"@Resource[s]": "x"}"#, Unknown),
    ("S9", "NOT ${clause}", "{}", Unknown),
    // Missing attributes.
    ("S10", "@Resource[s] StringEquals 'x'", "{}", Unknown),
    ("S10", "@Resource[s] StringNotEquals 'x'", "{}", Unknown),
    ("S10", "NOT @Resource[s] StringEquals 'x'", "{}", Unknown),
    ("S10", "'x' StringEquals @Resource[s]", "{}", Unknown),
    ("S10", "@Resource[s] ForAllOfAllValues:StringNotEquals {'x'}", "{}", Unknown),
    ("S10", "@Resource[s] StringEquals 'x'", r#"{"@Resource[s]": null}"#, Unknown),
    ("S10", "@Resource[s] StringEquals ''", r#"{"@Resource[s]": ""}"#, True),
    ("S11", "Exists @Resource[s]", "{}", False),
    ("S11", "NOT Exists @Resource[s]", "{}", True),
    ("S11", "Exists @Resource[s]", r#"{"@Resource[s]": ""}"#, True),
    ("S11", "Exists @Resource[s]", r#"{"@Resource[s]": []}"#, True),
    ("S11", "Exists @Resource[s]", r#"{"@Resource[s]": null}"#, False),
    // Names.
    ("S12", "@Resource[Contoso.Blobs/A:Name] StringEquals 'x'", r#"{"@RESOURCE[contoso.blobs/a:name]": "x"}"#, True),
    ("S12", "@Resource[Contoso.Blobs/tags:Key<$key_case_sensitive$>] StringEquals 'x'", r#"{"@resource[contoso.blobs/Tags:Key<$key_case_sensitive$>]": "x"}"#, True),
    ("S12", "@Resource[Contoso.Blobs/tags:Key<$key_case_sensitive$>] StringEquals 'x'", r#"{"@Resource[Contoso.Blobs/tags:key<$key_case_sensitive$>]": "x"}"#, Unknown),
    ("S12", "@Resource[Contoso.Blobs/tags:Key<$key_case_sensitive$>] StringEquals 'x'", r#"{"@Resource[Contoso.Blobs/tags:Key]": "x"}"#, Unknown),
    ("S12", "@Request[Contoso.Blobs/tags&$keys$&] ForAnyOfAnyValues:StringEquals {'x'}", r#"{"@Request[Contoso.Blobs/Tags&$keys$&]": ["x"]}"#, True),
    ("S13", "@Request[s] StringEquals 'x'", r#"{"@Resource[s]": "x"}"#, Unknown),
    ("S13", "@Environment[s] StringEquals 'x' AND @Principal[s] StringEquals 'y'", r#"{"@Environment[s]": "x", "@Principal[s]": "y"}"#, True),
    // Attributes and literals on either side.
    ("S14", "@Principal[a] StringEquals @Resource[b]", r#"{"@Principal[a]": "x", "@Resource[b]": "x"}"#, True),
    ("S14", "@Principal[a] StringEquals @Resource[b]", r#"{"@Principal[a]": "x", "@Resource[b]": "X"}"#, False),
    ("S14", "@Principal[a] StringEquals @Resource[b]", r#"{"@Principal[a]": "x"}"#, Unknown),
    ("S14", "@Resource[b] ForAnyOfAnyValues:StringEquals @Principal[a]", r#"{"@Principal[a]": ["x", "y"], "@Resource[b]": "y"}"#, True),
    ("S14", "@Resource[b] StringLike @Principal[a]", r#"{"@Principal[a]": "y*", "@Resource[b]": "yes"}"#, True),
    ("S14", "@Principal[a] GuidEquals @Resource[b]", r#"{"@Principal[a]": "28c35fea20994cf58ad9473547bc9423", "@Resource[b]": "28C35FEA-2099-4CF5-8AD9-473547BC9423"}"#, True),
    ("S15", "{'x', 'y'} ForAllOfAnyValues:StringEquals {'z', 'y', 'x'}", "{}", True),
    ("S15", "2 NumericLessThan 1", "{}", False),
    // Strings.
    ("S30", "@Resource[s] StringEquals 'x'", r#"{"@Resource[s]": "x"}"#, True),
    ("S30", "@Resource[s] StringEquals 'x'", r#"{"@Resource[s]": "X"}"#, False),
    ("S30", "@Resource[s] StringEquals 'x'", r#"{"@Resource[s]": "x "}"#, False),
    ("S30", "@Resource[s] StringEquals 'x*'", r#"{"@Resource[s]": "xy"}"#, False),
    ("S30", "@Resource[s] StringEquals 'a\\b'", r#"{"@Resource[s]": "a\\b"}"#, True),
    ("S30", "@Resource[s] StringStartsWith 'ab'", r#"{"@Resource[s]": "abc"}"#, True),
    ("S30", "@Resource[s] StringStartsWith 'Ab'", r#"{"@Resource[s]": "abc"}"#, False),
    ("S30", "@Resource[s] StringStartsWith ''", r#"{"@Resource[s]": "abc"}"#, True),
    ("S31", "@Resource[s] StringEqualsIgnoreCase 'GRÖSSE'", r#"{"@Resource[s]": "grösse"}"#, True),
    ("S31", "@Resource[s] StringEqualsIgnoreCase 'STRASSE'", r#"{"@Resource[s]": "straße"}"#, False),
    ("S31", "@Resource[s] StringEqualsIgnoreCase 'ὈΔΟΣ'", r#"{"@Resource[s]": "ὀδοσ"}"#, True),
    ("S31", "@Resource[s] StringEqualsIgnoreCase 'İ'", r#"{"@Resource[s]": "i"}"#, True),
    ("S31", "@Resource[s] StringStartsWithIgnoreCase 'AB'", r#"{"@Resource[s]": "abc"}"#, True),
    ("S31", "@Resource[s] StringLikeIgnoreCase '?B*'", r#"{"@Resource[s]": "abc"}"#, True),
    ("S32", "@Resource[s] StringNotEquals 'x'", r#"{"@Resource[s]": "X"}"#, True),
    ("S32", "@Resource[s] StringNotEqualsIgnoreCase 'x'", r#"{"@Resource[s]": "X"}"#, False),
    ("S32", "@Resource[s] StringNotStartsWith 'a'", r#"{"@Resource[s]": "abc"}"#, False),
    ("S32", "@Resource[s] StringNotStartsWithIgnoreCase 'B'", r#"{"@Resource[s]": "abc"}"#, True),
    ("S32", "@Resource[s] StringNotLike 'a*'", r#"{"@Resource[s]": "abc"}"#, False),
    ("S32", "@Resource[s] StringNotLikeIgnoreCase 'A*'", r#"{"@Resource[s]": "bc"}"#, True),
    ("S33", "@Resource[s] StringLike 'a*c?'", r#"{"@Resource[s]": "abcd"}"#, True),
    ("S33", "@Resource[s] StringLike 'A*C?'", r#"{"@Resource[s]": "abcd"}"#, False),
    ("S33", "@Resource[s] StringLike 'a*c'", r#"{"@Resource[s]": "abcd"}"#, False),
    ("S33", "@Resource[s] StringLike 'logs/*'", r#"{"@Resource[s]": "logs/"}"#, True),
    ("S33", "@Resource[s] StringLike 'logs*t'", r#"{"@Resource[s]": "logs/2026/a.txt"}"#, True),
    ("S33", "@Resource[s] StringLike '?'", r#"{"@Resource[s]": "🔑"}"#, True),
    ("S33", "@Resource[s] StringLike '?'", r#"{"@Resource[s]": "e\u0301"}"#, False),
    ("S33", "@Resource[s] StringLike 'why\\?'", r#"{"@Resource[s]": "why?"}"#, True),
    ("S33", "@Resource[s] StringLike 'why\\?'", r#"{"@Resource[s]": "whys"}"#, False),
    ("S33", "@Resource[s] StringLike '\\*'", r#"{"@Resource[s]": "*"}"#, True),
    ("S33", "@Resource[s] StringLike 'a\\b'", r#"{"@Resource[s]": "a\\b"}"#, True),
    // Numbers.
    ("S34", "@Resource[n] NumericEquals 10", r#"{"@Resource[n]": 10}"#, True),
    ("S34", "@Resource[n] NumericNotEquals 10", r#"{"@Resource[n]": 10}"#, False),
    ("S34", "@Resource[n] NumericGreaterThan 10", r#"{"@Resource[n]": 10}"#, False),
    ("S34", "@Resource[n] NumericGreaterThanEquals 10", r#"{"@Resource[n]": 10}"#, True),
    ("S34", "@Resource[n] NumericLessThan 10", r#"{"@Resource[n]": -11}"#, True),
    ("S34", "@Resource[n] NumericLessThanEquals 10", r#"{"@Resource[n]": 11}"#, False),
    ("S34", "@Resource[n] NumericEquals 9223372036854775807", r#"{"@Resource[n]": 9223372036854775806}"#, False),
    // Booleans.
    ("S37", "@Resource[t] BoolNotEquals false", TRI, True),
    ("S37", "@Resource[t] BoolNotEquals true", TRI, False),
    // GUIDs.
    ("S35", "@Request[g] GuidEquals 28c35fea-2099-4cf5-8ad9-473547bc9423", r#"{"@Request[g]": "28C35FEA-2099-4cf5-8ad9-473547bc9423"}"#, True),
    ("S35", "@Request[g] GuidEquals 28c35fea20994cf58ad9473547bc9423", r#"{"@Request[g]": "28c35fea-2099-4cf5-8ad9-473547bc9423"}"#, True),
    ("S35", "@Request[g] GuidNotEquals 28c35fea-2099-4cf5-8ad9-473547bc9423", r#"{"@Request[g]": "28c35fea20994cf58ad9473547bc9423"}"#, False),
    ("S35", "@Request[g] GuidEquals 28c35fea-2099-4cf5-8ad9-473547bc9423", r#"{"@Request[g]": "28c35fea-2099-4cf5-8ad9-473547bc9424"}"#, False),
    ("S35", "@Request[g] GuidEquals 28c35fea-2099-4cf5-8ad9-473547bc9423", r#"{"@Request[g]": "{28c35fea-2099-4cf5-8ad9-473547bc9423}"}"#, Unknown),
    // Date-times.
    ("S36", "@Environment[UtcNow] DateTimeEquals '2026-11-22T00:00:00Z'", r#"{"@Environment[UtcNow]": "2026-11-22T00:00:00.0000000Z"}"#, True),
    ("S36", "@Environment[UtcNow] DateTimeNotEquals '2026-11-22T00:00:00.5Z'", r#"{"@Environment[UtcNow]": "2026-11-22T00:00:00.50Z"}"#, False),
    ("S36", "@Environment[UtcNow] DateTimeGreaterThan '2026-11-22T00:00:00.0Z'", r#"{"@Environment[UtcNow]": "2026-11-22T00:00:00.0000001Z"}"#, True),
    ("S36", "@Environment[UtcNow] DateTimeGreaterThanEquals '2026-11-22T00:00:00Z'", r#"{"@Environment[UtcNow]": "2026-11-21T23:59:59.9999999Z"}"#, False),
    ("S36", "@Environment[UtcNow] DateTimeLessThan '2026-11-22T00:00:00Z'", r#"{"@Environment[UtcNow]": "2026-11-22T01:00:00+02:00"}"#, True),
    ("S36", "@Environment[UtcNow] DateTimeLessThanEquals '2024-02-29T00:00:00Z'", r#"{"@Environment[UtcNow]": "2024-03-01T00:00:00Z"}"#, False),
    ("S36", "@Environment[UtcNow] DateTimeLessThan '2026-11-22'", r#"{"@Environment[UtcNow]": "2026-11-21T00:00:00Z"}"#, Unknown),
    ("S36", "@Environment[UtcNow] DateTimeLessThan '2026-11-22T00:00:00Z'", r#"{"@Environment[UtcNow]": "2026-11-21T00:00:00"}"#, Unknown),
    // Types.
    ("S37", "@Resource[s] StringEquals '10'", r#"{"@Resource[s]": 10}"#, Unknown),
    ("S37", "@Resource[n] NumericEquals 10", r#"{"@Resource[n]": "10"}"#, Unknown),
    ("S37", "@Resource[b] BoolEquals true", r#"{"@Resource[b]": "true"}"#, Unknown),
    ("S37", "NOT @Request[g] GuidEquals 28c35fea-2099-4cf5-8ad9-473547bc9423", r#"{"@Request[g]": "Owner"}"#, Unknown),
    ("S37", "@Resource[s] ForAnyOfAnyValues:StringEquals {'x'}", r#"{"@Resource[s]": ["x", 1]}"#, Unknown),
    ("S37", "@Resource[s] ForAnyOfAnyValues:NumericEquals {1}", r#"{"@Resource[s]": ["x", 1]}"#, Unknown),
    ("S38", "@Resource[n] NumericEquals '10'", r#"{"@Resource[n]": 10}"#, True),
    ("S38", "@Resource[n] NumericEquals '-1'", r#"{"@Resource[n]": -1}"#, True),
    ("S38", "@Resource[n] NumericEquals 'ten'", r#"{"@Resource[n]": 10}"#, Unknown),
    ("S38", "@Resource[t] BoolEquals 'True'", TRI, True),
    ("S38", "@Resource[t] BoolEquals 'yes'", TRI, Unknown),
    ("S38", "@Resource[t] BoolEquals 1", TRI, Unknown),
    ("S38", "@Request[g] GuidEquals '28c35fea-2099-4cf5-8ad9-473547bc9423'", r#"{"@Request[g]": "28c35fea20994cf58ad9473547bc9423"}"#, True),
    ("S38", "@Resource[s] StringEquals 10", r#"{"@Resource[s]": "10"}"#, Unknown),
    ("S38", "@Resource[s] StringEquals true", r#"{"@Resource[s]": "true"}"#, Unknown),
    // Several values.
    ("S40", "@Resource[s] StringEquals {'x'}", r#"{"@Resource[s]": "x"}"#, Unknown),
    ("S40", "NOT @Resource[s] StringEquals {'x', 'y'}", r#"{"@Resource[s]": "z"}"#, Unknown),
    ("S40", "@Resource[s] StringEquals 'x'", r#"{"@Resource[s]": ["x"]}"#, Unknown),
    ("S40", "@Resource[s] StringEquals 'x'", r#"{"@Resource[s]": []}"#, Unknown),
    ("S41", "@Resource[s] ForAnyOfAnyValues:StringEquals {'x', 'y'}", r#"{"@Resource[s]": "y"}"#, True),
    ("S41", "@Resource[s] ForAnyOfAnyValues:StringEquals {'x', 'y'}", r#"{"@Resource[s]": ["z", "x"]}"#, True),
    ("S41", "@Resource[s] ForAnyOfAnyValues:StringEquals {'x', 'y'}", r#"{"@Resource[s]": ["z"]}"#, False),
    ("S41", "@Resource[s] ForAllOfAnyValues:StringEquals {'x', 'y'}", r#"{"@Resource[s]": ["y", "x"]}"#, True),
    ("S41", "@Resource[s] ForAllOfAnyValues:StringEquals {'x', 'y'}", r#"{"@Resource[s]": ["y", "z"]}"#, False),
    ("S41", "@Resource[n] ForAnyOfAllValues:NumericLessThan {15, 18}", r#"{"@Resource[n]": [10, 20]}"#, True),
    ("S41", "@Resource[n] ForAnyOfAllValues:NumericLessThan {15, 18}", r#"{"@Resource[n]": [16, 20]}"#, False),
    ("S41", "@Resource[n] ForAllOfAllValues:NumericLessThan {25, 30}", r#"{"@Resource[n]": [10, 20]}"#, True),
    ("S41", "@Resource[n] ForAllOfAllValues:NumericLessThan {15, 25}", r#"{"@Resource[n]": [10, 20]}"#, False),
    ("S41", "@Resource[s] ForAnyOfAnyValues:StringNotEquals {'x', 'y'}", r#"{"@Resource[s]": "x"}"#, True),
    ("S41", "@Resource[s] ForAnyOfAllValues:StringNotEquals {'x', 'y'}", r#"{"@Resource[s]": "x"}"#, False),
    ("S41", "@Resource[s] ForAllOfAllValues:StringNotLike {'x*', 'y*'}", r#"{"@Resource[s]": ["a", "b"]}"#, True),
    ("S41", "@Resource[s] ForAnyOfAnyValues:StringLike {'x*'}", r#"{"@Resource[s]": "x"}"#, True),
    ("S42", "@Resource[s] ForAnyOfAnyValues:StringEquals {'x'}", r#"{"@Resource[s]": []}"#, False),
    ("S42", "@Resource[s] ForAllOfAnyValues:StringEquals {'x'}", r#"{"@Resource[s]": []}"#, False),
    ("S42", "@Resource[s] ForAllOfAllValues:StringNotEquals {'x'}", r#"{"@Resource[s]": []}"#, False),
    ("S42", "@Resource[s] ForAnyOfAllValues:StringEquals @Principal[a]", r#"{"@Resource[s]": "x", "@Principal[a]": []}"#, False),
    ("S42", "@Resource[n] ForAllOfAllValues:NumericEquals {1}", r#"{"@Resource[n]": []}"#, False),
    ("S43", "@Resource[s] ForAnyOfAnyValues:StringStartsWith {'x', 'y'}", r#"{"@Resource[s]": "yes"}"#, True),
    ("S43", "@Environment[UtcNow] ForAnyOfAllValues:DateTimeGreaterThan {'2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'}", r#"{"@Environment[UtcNow]": "2026-01-15T00:00:00Z"}"#, False),
    ("S43", "@Resource[b] ForAllOfAnyValues:BoolEquals {true}", r#"{"@Resource[b]": [true, false]}"#, False),
];

#[test]
fn cases() {
    for (rule, source, attributes, expected) in CASES {
        check(rule, source, attributes, *expected);
    }
}

/// The whole table of S4.
#[test]
fn three_valued_logic() {
    let clauses = [(T, True), (F, False), (U, Unknown)];
    for (left, left_value) in clauses {
        check("S4", &format!("NOT {left}"), TRI, left_value.negate());
        for (right, right_value) in clauses {
            let (and, or) = (left_value.and(right_value), left_value.or(right_value));
            check("S4", &format!("{left} AND {right}"), TRI, and);
            check("S4", &format!("{left} OR {right}"), TRI, or);
            check("S4", &format!("NOT ({left} AND {right})"), TRI, and.negate());
            check("S4", &format!("NOT ({left} OR {right})"), TRI, or.negate());
        }
    }
    assert_eq!(Unknown.and(False), False);
    assert_eq!(Unknown.or(True), True);
    assert_eq!(Unknown.and(True), Unknown);
    assert_eq!(Unknown.or(False), Unknown);
}

// One case a line.
#[rustfmt::skip]
const CALLS: &[(&str, &str, &str, Option<&str>, Truth)] = &[
    ("S20", "ActionMatches{'Contoso.Blobs/a/read'}", "Contoso.Blobs/a/read", None, True),
    ("S20", "ActionMatches{'contoso.blobs/A/READ'}", "Contoso.Blobs/a/read", None, True),
    ("S20", "ActionMatches{'Contoso.Blobs/a'}", "Contoso.Blobs/a/read", None, False),
    ("S20", "ActionMatches{'Contoso.Blobs/*'}", "Contoso.Blobs/a/b/read", None, True),
    ("S20", "ActionMatches{'*/READ'}", "Contoso.Blobs/a/b/read", None, True),
    ("S20", "ActionMatches{'Contoso.*/read'}", "Contoso.Blobs/a/write", None, False),
    ("S20", "ActionMatches{'*'}", "Contoso.Blobs/a/read", None, True),
    ("S20", "ActionMatches{'Contoso.Blobs/a/rea?'}", "Contoso.Blobs/a/read", None, False),
    ("S21", "SubOperationMatches{'Blob.List'}", "a/read", Some("Blob.List"), True),
    ("S21", "SubOperationMatches{'blob.list'}", "a/read", Some("Blob.List"), True),
    ("S21", "SubOperationMatches{'Blob.*'}", "a/read", Some("Blob.List"), True),
    ("S21", "SubOperationMatches{'Blob.List'}", "a/read", Some("Blob.Write.Tier"), False),
    ("S21", "SubOperationMatches{'*'}", "a/read", None, False),
    ("S21", "NOT SubOperationMatches{'Blob.List'}", "a/read", None, True),
    ("S22", "!(ActionMatches{'a/read'}) OR @Resource[s] StringEquals 'x'", "a/write", None, True),
    ("S22", "!(ActionMatches{'a/read'}) OR @Resource[s] StringEquals 'x'", "a/read", None, Unknown),
    (
        "S22",
        "(!(ActionMatches{'a/read'} AND NOT SubOperationMatches{'Blob.List'}) OR Exists @Resource[s])",
        "a/read",
        Some("Blob.List"),
        True,
    ),
    (
        "S22",
        "(!(ActionMatches{'a/read'} AND NOT SubOperationMatches{'Blob.List'}) OR Exists @Resource[s])",
        "a/read",
        None,
        False,
    ),
];

#[test]
fn calls() {
    for (rule, source, action, suboperation, expected) in CALLS {
        let mut request = AccessRequest::new(*action);
        if let Some(name) = suboperation {
            request = request.suboperation(*name);
        }
        check_request(rule, source, &request, *expected);
    }
}

/// Every rule of the page is tested, and every rule that is cited is on the page.
#[test]
fn rules_and_cases_match() {
    let page = include_str!("../../../docs/semantics.md");
    let mut stated: Vec<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("**"))
        .filter_map(|line| line.split_once('.').map(|(rule, _)| rule))
        .collect();
    let mut cited: Vec<_> = CASES.iter().map(|case| case.0).collect();
    cited.extend(CALLS.iter().map(|call| call.0));
    cited.push("S4");
    cited.sort_unstable();
    cited.dedup();
    stated.sort_unstable();
    assert_eq!(cited, stated);
}

/// Long chains and deep nesting neither overflow the stack nor change the outcome.
#[test]
fn large_conditions() {
    let chain = [T; 5_000].join(" AND ");
    check("S4", &chain, TRI, True);
    check("S4", &format!("{chain} AND {U}"), TRI, Unknown);
    let nested = format!("{}{T}{}", "NOT (".repeat(60), ")".repeat(60));
    check("S5", &nested, TRI, True);
    let mixed = format!("({F} OR {T} AND ").repeat(126);
    check("S5", &format!("{mixed}{T}{}", ")".repeat(126)), TRI, True);
    check("S5", &format!("{mixed}{U}{}", ")".repeat(126)), TRI, Unknown);
}

/// Attributes are found among many, and equal hashes of their keys would not confuse them.
#[test]
fn many_attributes() {
    let mut request = AccessRequest::new("a/read");
    for index in 0..200 {
        request = request.attribute(&format!("@Request[n{index}]"), index).unwrap();
    }
    for index in 0..200 {
        let source = format!("@Request[N{index}] NumericEquals {index}");
        check_request("S12", &source, &request, True);
    }
    check_request("S10", "@Request[n200] NumericEquals 1", &request, Unknown);
}

/// A stream is decided request by request.
#[test]
fn batches() {
    let source = "@Request[n] NumericLessThan 2";
    let program = Program::compile(source, &parse_with(source, Holes::Refused).tree);
    let request = |n: i64| AccessRequest::new("a").attribute("@Request[n]", n).unwrap().prepare();
    let requests = [request(1), request(2), AccessRequest::new("a").prepare()];
    let decisions: Vec<_> = program.evaluate_batch(&requests).collect();
    assert_eq!(decisions, [Decision::Allow, Decision::Deny, Decision::Deny]);
}
