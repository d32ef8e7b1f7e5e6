//! What explanations of conditions look like.

use abac_catalog::{Catalog, ValueType};
use abac_explain::{Decision, Explanation, Statement, explain};
use abac_syntax::{Holes, parse_with};
use insta::assert_snapshot;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn explained_with(source: &str, catalog: &Catalog) -> Explanation {
    explain(source, &parse_with(source, Holes::Allowed).tree, catalog)
}

fn explained(source: &str) -> Explanation {
    explained_with(source, Catalog::builtin())
}

/// Returns what a condition of a single test says.
fn said(source: &str) -> String {
    let explanation = explained(source);
    assert_eq!(explanation.warnings, [], "{source}");
    let requirement = explanation.blocks.first().and_then(|block| block.requirement.as_ref());
    requirement.map(|statement| statement.text.to_string()).unwrap_or_default()
}

fn write(expression: &str) -> String {
    format!(
        "(!(ActionMatches{{'Microsoft.Authorization/roleAssignments/write'}})) OR ({expression})"
    )
}

const ROLE: &str = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]";
const PRINCIPAL: &str = "@Request[Microsoft.Authorization/roleAssignments:PrincipalId]";
const PRINCIPAL_TYPE: &str = "@Request[Microsoft.Authorization/roleAssignments:PrincipalType]";
const BLOBS: &str = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
const CONTAINER: &str = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]";

fn path(operator_and_value: &str) -> String {
    format!("@Resource[{BLOBS}:path] {operator_and_value}")
}

fn tag(operator_and_value: &str) -> String {
    format!("@Resource[{BLOBS}/tags:Project<$key_case_sensitive$>] {operator_and_value}")
}

fn keys(operator_and_value: &str) -> String {
    format!("@Request[{BLOBS}/tags&$keys$&] {operator_and_value}")
}

fn delegation() -> String {
    let one = |action: &str, source: &str| {
        format!(
            "(
              (!(ActionMatches{{'Microsoft.Authorization/roleAssignments/{action}'}}))
              OR (
                @{source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId]
                  ForAnyOfAnyValues:GuidEquals {{7f951dda4ed34680a7ca43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec}}
                AND
                @{source}[Microsoft.Authorization/roleAssignments:PrincipalType]
                  ForAnyOfAnyValues:StringEqualsIgnoreCase {{'ServicePrincipal'}}
              )
            )"
        )
    };
    format!("{} AND {}", one("write", "Request"), one("delete", "Resource"))
}

fn private_link() -> String {
    format!(
        "((!(ActionMatches{{'{BLOBS}/read'}} AND NOT SubOperationMatches{{'Blob.List'}})) OR (
           ({} AND @Environment[isPrivateLink] BoolEquals true)
           OR {}
           OR NOT Exists @Resource[{BLOBS}/tags:Project<$key_case_sensitive$>]
         ))",
        tag("StringEquals 'secret'"),
        tag("StringNotEquals 'secret'"),
    )
}

#[test]
fn delegation_of_roles() {
    assert_snapshot!(explained(&delegation()).to_text());
}

#[test]
fn delegation_as_markdown() {
    assert_snapshot!(explained(&delegation()).to_markdown());
}

#[test]
fn delegation_as_json() {
    let source = write(&format!("{ROLE} GuidEquals 7f951dda4ed34680a7ca43fe172d538d"));
    assert_snapshot!(serde_json::to_string_pretty(&explained(&source)).unwrap());
}

#[test]
fn delegation_as_table() {
    assert_snapshot!(explained(&delegation()).table.to_text());
}

#[test]
fn delegation_as_markdown_table() {
    assert_snapshot!(explained(&delegation()).table.to_markdown());
}

#[test]
fn every_role_but_some() {
    let roles = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635, f58310d9-a9f6-439a-9e8d-f62e7b41a168, 18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";
    let source = write(&format!("{ROLE} ForAnyOfAllValues:GuidNotEquals {{{roles}}}"));
    assert_snapshot!(explained(&source).to_text());
}

#[test]
fn many_roles_are_listed_one_by_one() {
    let roles = [
        "acdd72a7-3385-48ef-bd42-f606fba81ae7",
        "b24988ac-6180-42a0-ab88-20f7382dd24c",
        "7f951dda-4ed3-4680-a7ca-43fe172d538d",
        "8311e382-0749-4cb8-b61a-304f252e45ec",
        "11111111-2222-3333-4444-555555555555",
    ];
    let source = write(&format!("{ROLE} ForAnyOfAnyValues:GuidEquals {{{}}}", roles.join(",")));
    assert_snapshot!(explained(&source).to_text());
}

#[test]
fn names_that_the_user_gave() {
    let json = r#"[{
        "roleName": "Blob *Auditor*",
        "name": "11111111-2222-3333-4444-555555555555",
        "permissions": [{"actions": ["Microsoft.Authorization/*"]}]
    }]"#;
    let catalog = Catalog::builtin()
        .clone()
        .with_role_definitions(json)
        .unwrap()
        .with_known_principal("22222222-2222-3333-4444-555555555555", "Team Blue")
        .unwrap()
        .with_principal_attribute("Engineering_Project", ValueType::String, false)
        .unwrap();
    let source = write(&format!(
        "{ROLE} GuidEquals 11111111222233334444555555555555
         AND {PRINCIPAL} GuidEquals 22222222-2222-3333-4444-555555555555
         AND @Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Project] StringEquals 'Cascade'"
    ));
    assert_snapshot!(explained_with(&source, &catalog).to_markdown());
}

#[test]
fn nested_alternatives() {
    assert_snapshot!(explained(&private_link()).to_text());
}

#[test]
fn nested_alternatives_as_table() {
    assert_snapshot!(explained(&private_link()).table.to_text());
}

#[test]
fn several_actions_and_a_missing_tag() {
    let source = format!(
        "(!(ActionMatches{{'{BLOBS}/write'}}) AND !(ActionMatches{{'{BLOBS}/add/action'}})) OR ({CONTAINER} StringEquals 'x' AND {})",
        tag("StringEquals 'Cascade'"),
    );
    assert_snapshot!(explained(&source).to_text());
}

#[test]
fn condition_without_guard() {
    let source = "@Resource[Microsoft.KeyVault/vaults/secrets:name] StringStartsWith 'app-' AND @Environment[UtcNow] DateTimeLessThan '2026-12-31T23:59:59.0Z'";
    let explanation = explained(source);
    assert_snapshot!(explanation.to_text());
    assert_snapshot!(explanation.table.to_text());
}

#[test]
fn two_blocks_about_one_action() {
    let guard = format!("(!(ActionMatches{{'{BLOBS}/read'}}))");
    let source = format!(
        "({guard} OR ({})) AND ({guard} OR ({}))",
        tag("StringEquals 'Alpine'"),
        path("StringLike 'logs*'")
    );
    let explanation = explained(&source);
    assert_snapshot!(explanation.to_text());
    assert_snapshot!(explanation.table.to_text());
}

#[test]
fn special_actions_come_before_general_ones() {
    let source = format!(
        "(!(ActionMatches{{'{BLOBS}/*'}}) OR {CONTAINER} StringEquals 'x') AND (!(ActionMatches{{'{BLOBS}/delete'}}) OR {})",
        path("StringStartsWith 'tmp/'")
    );
    assert_snapshot!(explained(&source).table.to_text());
}

#[test]
fn an_attribute_of_the_wrong_source() {
    let source = format!(
        "!(ActionMatches{{'Microsoft.Authorization/roleAssignments/delete'}}) OR ({ROLE} GuidEquals acdd72a7-3385-48ef-bd42-f606fba81ae7)"
    );
    assert_snapshot!(explained(&source).to_text());
}

#[test]
fn a_block_that_refuses() {
    let explanation =
        explained("!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})");
    assert_snapshot!(explanation.to_text());
    assert_eq!(explanation.table.rows[0].decision, Decision::Denied);
    assert_eq!(explanation.table.rows[1].decision, Decision::Allowed);
}

#[test]
fn template_holes() {
    let source = write(&format!(
        "{ROLE} ForAnyOfAnyValues:GuidEquals {{${{join(', ', roles)}}}} AND {PRINCIPAL_TYPE} StringEquals '$type' AND ${{more}}"
    ));
    assert_snapshot!(explained(&source).to_text());
}

#[test]
fn a_condition_with_errors() {
    let source = write(&format!("{ROLE} GuidIs {{1}} AND {PRINCIPAL_TYPE} StringEquals 'User'"));
    let explanation = explained(&format!("{source})"));
    assert!(!explanation.warnings.is_empty());
    assert_snapshot!(explanation.to_text());
}

#[test]
fn mixed_operators_without_parentheses() {
    let source = format!(
        "{} AND {CONTAINER} StringEquals 'x' OR {CONTAINER} StringEquals 'y'",
        path("StringLike 'a*c?'")
    );
    assert_snapshot!(explained(&source).to_text());
}

#[test]
fn no_condition() {
    assert_snapshot!(explained("").to_text(), @"There is no condition: everything the role grants is allowed.");
}

#[test]
fn operators_in_words() {
    let role = |text: &str| format!("{ROLE} {text}");
    let (reader, contributor) =
        ("acdd72a7-3385-48ef-bd42-f606fba81ae7", "b24988ac-6180-42a0-ab88-20f7382dd24c");
    for (source, expect) in [
        (path("StringEquals 'a'"), "the blob's path is `a`"),
        (path("StringEqualsIgnoreCase 'a'"), "the blob's path is `a` (in any letter case)"),
        (path("StringNotEquals 'a'"), "the blob's path is not `a`"),
        (path("StringEquals ''"), "the blob's path is an empty text"),
        (path("StringStartsWith 'a/'"), "the blob's path starts with `a/`"),
        (path("StringNotStartsWith 'a/'"), "the blob's path does not start with `a/`"),
        (path("StringLike 'readonly/*'"), "the blob's path starts with `readonly/`"),
        (path("StringNotLike '*.txt'"), "the blob's path does not end with `.txt`"),
        (path("StringLike '*'"), "the blob's path is any text at all"),
        (
            path("StringLike 'a*c?'"),
            "the blob's path matches `a*c?`, where * stands for any text and ? for any one character",
        ),
        (
            path("ForAnyOfAnyValues:StringLike {'a*', 'b*'}"),
            "the blob's path starts with `a` or `b`",
        ),
        (
            path("ForAnyOfAnyValues:StringLike {'a*', '*b'}"),
            "the blob's path starts with `a` or ends with `b`",
        ),
        (
            path("ForAllOfAllValues:StringNotLike {'a*', 'b*'}"),
            "the blob's path does not start with `a` or `b`",
        ),
        (
            path("ForAllOfAllValues:StringLike {'a*', '*b'}"),
            "the blob's path starts with `a` and ends with `b`",
        ),
        (
            path("ForAnyOfAnyValues:StringNotLike {'a*', 'b*'}"),
            "the blob's path does not start with `a` or does not start with `b`",
        ),
        (
            path("StringEquals {'a', 'b'}"),
            "the blob's path is `a` or `b` (a list without a quantifier; what Azure makes of it is not documented)",
        ),
        (role(&format!("GuidEquals {reader}")), "the role is Reader"),
        (
            role(&format!("ForAnyOfAnyValues:GuidEquals {{{reader}, {contributor}}}")),
            "the role is Reader or Contributor (privileged)",
        ),
        (
            role(&format!("ForAnyOfAllValues:GuidNotEquals {{{reader}, {contributor}}}")),
            "the role is not Reader or Contributor (privileged)",
        ),
        (
            role(&format!("ForAnyOfAnyValues:GuidNotEquals {{{reader}, {contributor}}}")),
            "the role differs from Reader or Contributor (privileged) (which always holds: nothing equals all of them)",
        ),
        (
            role(&format!("ForAllOfAllValues:GuidEquals {{{reader}, {contributor}}}")),
            "the role is each of Reader and Contributor (privileged) (which never holds: nothing equals several different values)",
        ),
        (
            role("GuidEquals 11111111222233334444555555555555"),
            "the role is `11111111-2222-3333-4444-555555555555` (not a built-in role)",
        ),
        (
            format!("{PRINCIPAL_TYPE} ForAnyOfAnyValues:StringEqualsIgnoreCase {{'User', 'Group'}}"),
            "the assignee is a user or a group",
        ),
        (
            keys("ForAllOfAnyValues:StringEquals {'a', 'b'}"),
            "every one of the request's index tag keys is `a` or `b`",
        ),
        (
            keys("ForAnyOfAnyValues:StringEquals {'a'}"),
            "at least one of the request's index tag keys is `a`",
        ),
        (
            keys("ForAllOfAllValues:StringNotEquals {'a', 'b'}"),
            "none of the request's index tag keys is `a` or `b`",
        ),
        (
            keys("ForAnyOfAllValues:StringNotEquals {'a', 'b'}"),
            "at least one of the request's index tag keys is not `a` or `b`",
        ),
        (
            "@Environment[UtcNow] DateTimeGreaterThan '2026-01-31T08:30:00.0Z'".to_owned(),
            "the time of the request is after 31 January 2026, 08:30 UTC",
        ),
        (
            "@Environment[isPrivateLink] BoolNotEquals true".to_owned(),
            "the request does not come over a private link",
        ),
        (
            "@Request[Contoso.Things/things:size] NumericGreaterThanEquals 3".to_owned(),
            "`@Request[Contoso.Things/things:size]` is at least 3",
        ),
        (
            "@Resource[Microsoft.OperationalInsights/workspaces/tables/record:Level<$key_case_sensitive$>] StringLike 'Error'".to_owned(),
            "the row's value in column `Level` contains the term `Error`",
        ),
        (
            format!("@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Set_Name] StringEquals @Resource[{BLOBS}/tags:Project<$key_case_sensitive$>]"),
            "the caller's attribute `Set_Name` is the same as the blob's index tag `Project`",
        ),
        (
            format!("{CONTAINER} ForAnyOfAnyValues:StringEquals @Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Set_Name]"),
            "the container's name is the same as one of the values of the caller's attribute `Set_Name`",
        ),
        (format!("Exists @Request[{BLOBS}:versionId]"), "the request names a version of the blob"),
        (
            "SubOperationMatches{'Blob.List'}".to_owned(),
            "the suboperation is `Blob.List`",
        ),
    ] {
        assert_eq!(said(&source), expect, "{source}");
    }
}

#[test]
fn negation_in_words() {
    for (source, expect) in [
        (path("StringEquals 'a'"), "the blob's path is not `a`"),
        (path("StringNotEquals 'a'"), "the blob's path is `a`"),
        (path("ForAnyOfAnyValues:StringEquals {'a', 'b'}"), "the blob's path is not `a` or `b`"),
        (
            keys("ForAllOfAnyValues:StringEquals {'a', 'b'}"),
            "at least one of the request's index tag keys is not `a` or `b`",
        ),
        (
            "@Environment[UtcNow] DateTimeGreaterThan '2026-01-31T08:30:00.0Z'".to_owned(),
            "the time of the request is not after 31 January 2026, 08:30 UTC",
        ),
        ("@Request[a/b:c] NumericLessThan 3".to_owned(), "`@Request[a/b:c]` is at least 3"),
        (
            "@Environment[isPrivateLink] BoolEquals true".to_owned(),
            "the request does not come over a private link",
        ),
        (format!("Exists @Request[{BLOBS}:versionId]"), "the request names no version of the blob"),
        (
            format!("{} AND {}", path("StringEquals 'a'"), path("StringEquals 'b'")),
            "not all of these hold",
        ),
        (
            format!("{} OR {}", path("StringEquals 'a'"), path("StringEquals 'b'")),
            "none of these holds",
        ),
    ] {
        assert_eq!(said(&format!("NOT ({source})")), expect, "{source}");
        if !source.contains(" AND ") && !source.contains(" OR ") {
            assert_eq!(said(&format!("NOT (NOT ({source}))")), said(&source));
        }
    }
}

fn depth(statement: &Statement) -> usize {
    1 + statement.parts.iter().map(depth).max().unwrap_or(0)
}

#[test]
fn deep_nesting_is_explained() {
    let mut source = path("StringEquals 'a'");
    for level in 0..60 {
        let word = if level % 2 == 0 { "AND" } else { "OR" };
        source = format!("({source} {word} {})", path("StringEquals 'b'"));
    }
    let explanation = explained(&source);
    assert!(explanation.warnings.is_empty());
    assert_eq!(depth(explanation.blocks[0].requirement.as_ref().unwrap()), 61);
}

#[test]
fn large_conditions_are_explained_in_bounded_time() {
    let block = |number: usize| {
        format!("(!(ActionMatches{{'A.B/c{number}/*'}}) OR {})", tag("StringEquals 'a'"))
    };
    let source = (0..3_000).map(block).collect::<Vec<_>>().join(" AND ");
    let explanation = explained(&source);
    assert_eq!(explanation.blocks.len(), 3_000);
    assert!(explanation.table.rows.len() < 1_000);
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

    #[test]
    fn any_text_is_explained(
        words in prop::collection::vec(prop::sample::select(&[
            "(", ")", "AND", "OR", "NOT", "!", "ActionMatches{'a/*'}", "SubOperationMatches{'B'}",
            "Exists", "@Request[a/b:c]", "@Environment[UtcNow]", "ForAllOfAnyValues:StringLike",
            "GuidEquals", "{'a', '*b'}", "'x'", "{", "}", "true", "3", "${x}", "\u{e9}", "'",
        ][..]), 0..30)
    ) {
        let explanation = explained(&words.join(" "));
        let shown = [
            explanation.to_text(),
            explanation.to_markdown(),
            explanation.table.to_text(),
            explanation.table.to_markdown(),
        ];
        prop_assert!(shown.iter().all(|text| !text.is_empty()));
        prop_assert!(!explanation.table.rows.is_empty());
    }
}
