//! Where rules about whole conditions, values and spellings begin and end.

use abac_catalog::Catalog;
use abac_lint::{Context, Options, check};
use abac_syntax::Holes;
use diagnostics::{Diagnostic, Severity};

const NAMES: [(&str, &str); 13] = [
    ("@container", "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]"),
    ("@path", "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path]"),
    ("@prefix", "@Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:prefix]"),
    (
        "@version",
        "@Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:versionId]",
    ),
    (
        "@tag",
        "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project<$key_case_sensitive$>]",
    ),
    (
        "@keys",
        "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags&$keys$&]",
    ),
    ("@role", "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"),
    ("@removed", "@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"),
    ("@type", "@Request[Microsoft.Authorization/roleAssignments:PrincipalType]"),
    ("@repository", "@Request[Microsoft.ContainerRegistry/registries/repositories:name]"),
    (
        "@column",
        "@Resource[Microsoft.OperationalInsights/workspaces/tables/record:Source<$key_case_sensitive$>]",
    ),
    (
        "#read",
        "ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}",
    ),
    (
        "#write",
        "ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'}",
    ),
];

fn full(text: &str) -> String {
    NAMES.iter().fold(text.to_owned(), |text, (short, long)| text.replace(short, long))
}

fn findings(text: &str, holes: Holes) -> Vec<Diagnostic> {
    check(&full(text), holes, &Options::new(Catalog::builtin()))
}

#[track_caller]
fn found(rule: &str, texts: &[&str]) {
    for text in texts {
        let found = findings(text, Holes::Refused);
        assert!(found.iter().any(|finding| finding.id == rule), "{rule} in {text}: {found:#?}");
    }
}

#[track_caller]
fn quiet(rule: &str, texts: &[&str]) {
    for text in texts {
        let found = findings(text, Holes::Allowed);
        assert!(found.iter().all(|finding| finding.id != rule), "{rule} in {text}: {found:#?}");
    }
}

#[test]
fn both_readings_of_mixed_operators_are_shown() {
    let text = "Exists @tag AND Exists @version OR Exists @path AND Exists @prefix";
    let found = findings(text, Holes::Refused);
    let mixed = found.iter().find(|finding| finding.id == "mixed-and-or");
    let help = mixed.and_then(|finding| finding.help.as_deref()).unwrap_or_default();
    assert!(help.contains("`(A AND B) OR (C AND D)`"), "{help}");
    assert!(help.contains("`A AND (B OR C) AND D`"), "{help}");
    let letters: Vec<_> = mixed.iter().flat_map(|finding| &finding.labels).collect();
    assert_eq!(letters.iter().map(|label| &*label.message).collect::<String>(), "ABCD");
}

#[test]
fn mixed_operators() {
    quiet(
        "mixed-and-or",
        &[
            "Exists @tag AND Exists @path AND Exists @version",
            "(Exists @tag AND Exists @path) OR Exists @version",
            "!(#read) OR (Exists @tag AND Exists @path)",
        ],
    );
    let many = ["Exists @tag AND Exists @path"; 6].join(" OR ");
    found("mixed-and-or", &["Exists @tag && Exists @path || Exists @version", &many]);
}

#[test]
fn negations_that_are_always_true() {
    found(
        "always-true-negation",
        &[
            "@tag ForAnyOfAnyValues:StringNotEquals {'a', 'b'}",
            "@keys ForAllOfAnyValues:StringNotEqualsIgnoreCase {'a', 'b'}",
            "@tag ForAnyOfAnyValues:StringNotLike {'a*', 'b*'}",
            "@tag ForAnyOfAnyValues:StringNotEquals {'a', '${x}', 'b'}",
        ],
    );
    quiet(
        "always-true-negation",
        &[
            "@tag ForAnyOfAnyValues:StringNotEquals {'a'}",
            "@tag ForAnyOfAnyValues:StringNotEquals {'a', 'a'}",
            "@tag ForAnyOfAnyValues:StringNotEqualsIgnoreCase {'a', 'A'}",
            "@tag ForAnyOfAnyValues:StringNotEquals {'a', '${x}'}",
            "@tag ForAnyOfAllValues:StringNotEquals {'a', 'b'}",
            "@tag ForAnyOfAnyValues:StringNotLike {'a*', '*b'}",
            "@role ForAnyOfAnyValues:GuidNotEquals {8e3af657-a8ff-443c-a75c-2fe8c4bcb635, 8e3af657a8ff443ca75c2fe8c4bcb635}",
        ],
    );
}

#[test]
fn tests_that_are_never_true() {
    found("never-true", &["@keys ForAllOfAllValues:StringEquals {'a', 'b'}"]);
    quiet(
        "never-true",
        &[
            "@keys ForAllOfAllValues:StringEquals {'a'}",
            "@tag ForAnyOfAllValues:StringLike {'a*', '*b'}",
            "@tag ForAnyOfAnyValues:StringEquals {'a', 'b'}",
        ],
    );
}

#[test]
fn repeated_values_and_clauses() {
    quiet("duplicate-value", &["@tag ForAnyOfAnyValues:StringEquals {'a', 'A', '${x}', '${x}'}"]);
    found("duplicate-value", &["@tag ForAnyOfAnyValues:StringEqualsIgnoreCase {'a', 'A'}"]);
    found(
        "duplicate-clause",
        &[
            "Exists @tag AND (Exists @path AND Exists @tag)",
            "(@tag StringNotEquals 'a') OR NOT (@tag StringEquals 'a')",
            "((!(#read)) OR (Exists @tag)) AND ((Exists @tag) OR (NOT #read))",
            "@tag ForAnyOfAnyValues:StringEquals {'a', 'b'} OR @tag ForAnyOfAnyValues:StringEquals {'b', 'a'}",
        ],
    );
    quiet(
        "duplicate-clause",
        &[
            "@tag StringEquals 'a' OR @tag StringEquals 'A'",
            "@tag StringEquals '${x}' OR @tag StringEquals '${x}'",
            "${clause} AND ${clause}",
            "!(#read) AND !(#read)",
            "(Exists @tag OR Exists @path) AND (Exists @tag OR Exists @version)",
        ],
    );
    quiet("duplicate-guard", &["((!(#read) AND !(#write)) OR (Exists @tag))"]);
    found("duplicate-guard", &["((!(#read)) OR (Exists @tag)) AND ((!(#read)) OR (Exists @path))"]);
}

#[test]
fn clauses_that_exclude_each_other() {
    found(
        "contradiction",
        &[
            "#read AND #write",
            "Exists @tag AND NOT Exists @tag",
            "@tag StringEquals 'a' AND @tag StringNotEquals 'a'",
            "@tag ForAnyOfAnyValues:StringEquals {'a', 'b'} AND @tag StringEquals 'c'",
            "@version DateTimeGreaterThan '2023-01-01T00:00:00Z' AND @version DateTimeLessThan '2022-01-01T00:00:00Z'",
        ],
    );
    quiet(
        "contradiction",
        &[
            "@tag StringEquals 'a' AND @path StringEquals 'b'",
            "@tag StringEquals 'a' AND @tag StringEqualsIgnoreCase 'B'",
            "@tag StringEquals 'a' AND @tag StringEquals '${x}'",
            "@keys ForAnyOfAnyValues:StringEquals {'a'} AND @keys ForAnyOfAnyValues:StringEquals {'b'}",
            "@tag ForAnyOfAnyValues:StringEquals {'a', 'b'} AND @tag StringEquals 'b'",
            "@version DateTimeGreaterThan '2022-01-01T00:00:00Z' AND @version DateTimeLessThan '2023-01-01T00:00:00Z'",
            "@version DateTimeEquals '2022-01-01T00:00:00Z' AND @version DateTimeEquals '2022-01-01T00:00:00.0Z'",
            "ActionMatches{'*/read'} AND #read",
            "!(#read) AND !(#write)",
        ],
    );
}

#[test]
fn clauses_without_effect() {
    found(
        "clause-never-matters",
        &["Exists @tag OR (Exists @tag AND Exists @path)", "(Exists @tag) OR (NOT Exists @tag)"],
    );
    quiet(
        "clause-never-matters",
        &[
            "NOT Exists @version OR @version DateTimeEquals '2022-06-01T00:00:00.0Z'",
            "Exists @tag AND (Exists @path OR Exists @version)",
            "((!(#read)) OR (Exists @tag)) AND ((!(#write)) OR (Exists @tag))",
        ],
    );
}

#[test]
fn guards() {
    found(
        "guards-joined-with-or",
        &[
            "!(#read) OR !(#write) OR Exists @tag",
            "(!(#read) || !(#write AND SubOperationMatches{'Blob.Write.Tier'})) OR (Exists @tag)",
        ],
    );
    quiet(
        "guards-joined-with-or",
        &[
            "!(#read) OR !(ActionMatches{'*/read'}) OR Exists @tag",
            "!(#read) OR !(ActionMatches{'${action}'}) OR Exists @tag",
            "(!(#read) AND !(#write)) OR Exists @tag",
        ],
    );
    found("guard-not-negated", &["#read OR Exists @tag", "((#read OR #write) OR (Exists @tag))"]);
    quiet(
        "guard-not-negated",
        &[
            "(#read AND Exists @tag) OR (#write AND Exists @path)",
            "!(#read) OR Exists @tag",
            "#read OR #write",
        ],
    );
    quiet("unguarded-expression", &["#read AND Exists @tag", "${clause}", "!(#read) OR ${clause}"]);
    found("unguarded-expression", &["((!(#read)) OR (Exists @tag)) AND Exists @path"]);
}

#[test]
fn delegation() {
    let owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    let case = |text: &str| text.replace("OWNER", owner);
    found(
        "deny-list-of-roles",
        &[&case("@role GuidNotEquals OWNER"), &case("NOT (@role GuidEquals OWNER)")],
    );
    quiet(
        "deny-list-of-roles",
        &[
            &case("@role GuidEquals OWNER"),
            &case("@removed GuidNotEquals OWNER"),
            &case("NOT (@role GuidNotEquals OWNER)"),
            "@role ForAnyOfAllValues:GuidNotEquals @removed",
        ],
    );
    found("privileged-role", &[&case("@role GuidEquals 'OWNER'")]);
    quiet(
        "privileged-role",
        &[&case("@role GuidNotEquals OWNER"), &case("@removed GuidEquals OWNER")],
    );
    quiet(
        "unknown-role",
        &[
            "@role GuidEquals ${role}",
            "@role GuidEquals '${role}'",
            &case("@role GuidEquals OWNER"),
        ],
    );
    let unknown = findings("@role GuidEquals 00000000-1111-2222-3333-444444444444", Holes::Refused);
    let finding = unknown.iter().find(|finding| finding.id == "unknown-role");
    assert_eq!(finding.map(|finding| finding.severity), Some(Severity::Advice));

    let write = "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/ACTION'})) OR (@role GuidEquals ${x}))";
    quiet(
        "write-without-delete",
        &[&write.replace("ACTION", "*"), &write.replace("ACTION", "${x}")],
    );
}

#[test]
fn sibling_actions_need_a_role_that_grants_them() {
    let catalog = Catalog::builtin();
    let siblings = |text: &str, role: &str, hierarchical_namespace| {
        let role = catalog.role_by_name(role).unwrap_or_else(|| panic!("no role {role}"));
        let context = Context { hierarchical_namespace, ..Context::default() };
        let options = Options::new(catalog).role(role).context(context);
        let found = check(&full(text), Holes::Refused, &options);
        let mut siblings: Vec<_> = found
            .into_iter()
            .filter(|finding| finding.id == "unguarded-sibling-action")
            .map(|finding| finding.severity)
            .collect();
        siblings.sort_unstable();
        siblings
    };
    let guarded = "((!(#write)) OR (@container StringEquals 'a'))";
    let contributor = "Storage Blob Data Contributor";
    use Severity::{Advice, Warning};
    // `add/action`, and `move/action` with a hierarchical namespace.
    assert_eq!(siblings(guarded, contributor, Some(false)), [Warning]);
    assert_eq!(siblings(guarded, contributor, None), [Advice, Warning]);
    assert_eq!(siblings(guarded, contributor, Some(true)), [Warning, Warning]);
    assert_eq!(siblings(guarded, "Storage Blob Data Reader", Some(true)), []);
    let all = "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*'})) OR (@container StringEquals 'a'))";
    assert_eq!(siblings(all, contributor, Some(true)), []);
    assert_eq!(siblings("@container StringEquals 'a'", contributor, Some(true)), []);
}

#[test]
fn spellings() {
    found(
        "keyword-letter-case",
        &[
            "Exists @tag and Exists @path",
            "not Exists @tag",
            "exists @tag",
            "actionmatches{'a/b'}",
            "Exists @resource[a/b:c]",
            "@Environment[isPrivateLink] BoolEquals TRUE",
        ],
    );
    quiet("keyword-letter-case", &["!Exists @tag && Exists @path || NotExists @path"]);
    quiet("operator-letter-case", &["@tag StringEquals 'a'", "@tag ${operator} 'a'"]);
    found("operator-letter-case", &["@tag forAnyOfAnyValues:StringEquals {'a'}"]);
    quiet("double-quoted-string", &["@tag StringEquals 'say \"x\"'"]);
    found("double-quoted-string", &["ActionMatches{\"a/b\"}", "@tag StringEquals \"it's\""]);
    found("apostrophe-escape", &[r"@tag StringEquals 'it\'s'"]);
}

#[test]
fn values() {
    quiet(
        "url-encoded-path",
        &["@path StringLike '100%/*'", "@path StringLike '${a}%20b'", "@tag StringEquals 'a%20b'"],
    );
    found("wildcard-in-equals", &["@path StringStartsWith 'logs/*'", "@tag StringNotEquals 'a?'"]);
    quiet("wildcard-in-equals", &["@tag StringLike 'a*'", "@tag StringEquals '${x}*'"]);
    quiet(
        "like-without-wildcard",
        &[
            "@tag StringLike '${x}'",
            r"@tag StringLike 'a\*'",
            "@column StringLike 'a'",
            "@tag StringLike @path",
        ],
    );
    found("prefix-without-slash", &["@path StringLike 'logs*'", "@prefix StringStartsWith 'a/b'"]);
    quiet(
        "prefix-without-slash",
        &[
            "@path StringLike 'logs/*'",
            "@path StringStartsWith 'log-'",
            "@path StringStartsWith '${x}'",
            "@path StringLike '*.csv'",
            "@path StringLike '*/2024*'",
            "@container StringStartsWith 'logs'",
            "@path StringNotLike 'logs*'",
        ],
    );
    found("escaped-backslash", &[r"@tag StringLike 'a\b'", r"@tag StringLike 'a\'"]);
    quiet("escaped-backslash", &[r"@tag StringLike '\*\?*'", r"@tag StringEquals 'a\b'"]);
    quiet("date-time-zone", &["@version DateTimeEquals '2022-06-01T00:00:00Z'"]);
    found("date-time-zone", &["@version DateTimeEquals '2022-06-01T00:00:00'"]);
    found(
        "unlisted-value",
        &["@type StringEquals 'user'", "@type StringEqualsIgnoreCase 'Application'"],
    );
    quiet(
        "unlisted-value",
        &[
            "@type StringEqualsIgnoreCase 'user'",
            "@type StringEquals '${x}'",
            "@type StringLike 'U*'",
        ],
    );
    found("empty-string", &["@tag StringEquals ''", "@prefix StringStartsWith ''"]);
    quiet("empty-string", &["@prefix StringEquals ''", "@path StringEquals '${x}'"]);
}

#[test]
fn sides() {
    found(
        "literal-on-left",
        &["{'a', 'b'} ForAnyOfAnyValues:StringEquals @tag", "5 NumericLessThan @tag"],
    );
    quiet("literal-on-left", &["@tag StringEquals 'a'", "@tag StringEquals @path"]);
    quiet("literal-on-both-sides", &["${attribute} StringEquals 'a'", "'a' StringEquals @tag"]);
    quiet("attribute-compared-with-itself", &["@role GuidEquals @removed"]);
}

#[test]
fn log_analytics() {
    quiet(
        "log-analytics-value-characters",
        &["@column StringEquals 'a b@c.d-e'", "@tag StringEquals 'a;b'"],
    );
    quiet("log-analytics-string-like", &["@tag StringLike 'a*'", "@column StringEquals 'a'"]);
}

#[test]
fn attributes_that_may_be_missing() {
    found(
        "missing-attribute-sensitivity",
        &[
            "NOT (@tag StringEquals 'a')",
            "NOT @tag StringLike 'a*'",
            "@version DateTimeNotEquals '${x}'",
        ],
    );
    quiet(
        "missing-attribute-sensitivity",
        &[
            "@tag StringEquals 'a'",
            "NOT (@tag StringNotEquals 'a')",
            "Exists @tag AND @tag StringNotEquals 'a'",
            "@container StringNotEquals 'a'",
        ],
    );
}

/// A parenthesis or a clause put where the text cannot be read could be put there in every pass.
#[test]
fn text_that_cannot_be_read_is_not_built_upon() {
    let fixes = |text: &str| {
        let found = findings(text, Holes::Refused);
        let fixable = found.into_iter().filter(|finding| finding.fix.is_some());
        fixable.map(|finding| finding.id.into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(fixes("Exists @path AND Exists @tag OR Exists @keys"), ["mixed-and-or"]);
    assert!(fixes("Exists @path AND Exists @tag OR").is_empty());
    assert_eq!(fixes("exists @path AND Exists @tag OR"), ["keyword-letter-case"]);
}

#[test]
fn suboperations_and_their_actions() {
    found(
        "suboperation-without-action",
        &[
            "!(SubOperationMatches{'Blob.List'}) OR SubOperationMatches{'Blob.List'} AND Exists @tag",
        ],
    );
    quiet(
        "suboperation-without-action",
        &["!(#read) OR SubOperationMatches{'Blob.List'} AND Exists @tag"],
    );
    found(
        "old-read-guard",
        &["!(#read) OR Exists @tag", "!(Exists @path AND (#read AND Exists @tag))"],
    );
    quiet(
        "old-read-guard",
        &["!(NOT SubOperationMatches{'Blob.List'} AND (#read AND Exists @tag))"],
    );
}
