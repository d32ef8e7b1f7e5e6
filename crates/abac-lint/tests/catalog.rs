//! Where rules about actions, attributes, operators and values begin and end.

use abac_catalog::{Catalog, ValueType};
use abac_lint::{Options, check};
use abac_syntax::Holes;
use diagnostics::{Applicability, Diagnostic, Severity, apply_fixes};

const NAMES: [(&str, &str); 14] = [
    ("@container", "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]"),
    ("@path", "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path]"),
    ("@prefix", "@Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:prefix]"),
    (
        "@metadata",
        "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/metadata:stage]",
    ),
    (
        "@newtag",
        "@Request[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project<$key_case_sensitive$>]",
    ),
    ("@role", "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"),
    ("@removed", "@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"),
    ("@table", "@Resource[Microsoft.OperationalInsights/workspaces/tables:name]"),
    ("@csa", "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Level]"),
    (
        "#read",
        "ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'}",
    ),
    (
        "#write",
        "ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'}",
    ),
    ("#assign", "ActionMatches{'Microsoft.Authorization/roleAssignments/write'}"),
    ("#remove", "ActionMatches{'Microsoft.Authorization/roleAssignments/delete'}"),
    ("#list", "SubOperationMatches{'Blob.List'}"),
];

fn full(text: &str) -> String {
    NAMES.iter().fold(text.to_owned(), |text, (short, long)| text.replace(short, long))
}

fn findings(text: &str) -> Vec<Diagnostic> {
    check(&full(text), Holes::Refused, &Options::new(Catalog::builtin()))
}

#[track_caller]
fn found(rule: &str, severity: Severity, text: &str) -> Diagnostic {
    let found = findings(text);
    let one = found.iter().find(|finding| finding.id == rule && finding.severity == severity);
    one.unwrap_or_else(|| panic!("{rule} in {text}: {found:#?}")).clone()
}

/// Checks that nothing but advice is given.
#[track_caller]
fn quiet(texts: &[&str]) {
    for text in texts {
        let mut found = findings(text);
        found.retain(|finding| finding.severity > Severity::Advice);
        assert!(found.is_empty(), "{text}: {found:#?}");
    }
}

#[track_caller]
fn fixed(text: &str, finding: &Diagnostic, expect: &str) {
    let one = std::slice::from_ref(finding);
    let applied = apply_fixes(&full(text), one, Applicability::NeedsReview);
    assert_eq!((applied.text, applied.applied), (full(expect), 1));
}

#[test]
fn what_the_documentation_shows_is_quiet() {
    quiet(&[
        "((!(#read AND NOT #list)) OR (@container StringEquals 'logs'))",
        "((!(#read AND #list)) OR (@prefix StringStartsWith 'logs/'))",
        "((!(#assign)) OR (@role ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d})) AND ((!(#remove)) OR (@removed ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}))",
        "((!(#read AND NOT #list)) OR (@csa NumericGreaterThan 3))",
        "((!(#write)) OR (@Environment[UtcNow] DateTimeGreaterThan '2026-05-01T13:00:00.0Z'))",
        "((!(ActionMatches{'Microsoft.OperationalInsights/workspaces/tables/data/read'})) OR (@table ForAllOfAnyValues:StringEquals {'SigninLogs', 'Heartbeat'}))",
        "((!(ActionMatches{'microsoft.storage/STORAGEACCOUNTS/blobServices/containers/blobs/write'})) OR (@container StringEquals 'logs'))",
    ]);
}

#[test]
fn availability_follows_the_guard() {
    let message = |text: &str, rule, severity| found(rule, severity, text).message;
    let role = "Microsoft.Authorization/roleAssignments";
    assert_eq!(
        message(
            "((!(#remove)) OR (@role ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}))",
            "source-not-available",
            Severity::Error,
        ),
        format!(
            "`{role}:RoleDefinitionId` is available for `{role}/delete` through `@Resource`, \
             not through `@Request`"
        ),
    );
    // A test behind `ActionMatches AND` is evaluated for that action only.
    found(
        "source-not-available",
        Severity::Error,
        "(#remove AND @role ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}) OR (#assign AND @role ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d})",
    );
    found("missing-suboperation", Severity::Warning, "((!(#read)) OR (@prefix StringEquals 'x'))");
    found("missing-suboperation", Severity::Warning, "((!(#write)) OR (@newtag StringEquals 'x'))");
    found(
        "attribute-not-available",
        Severity::Error,
        "((!(#write)) OR (@prefix StringEquals 'x'))",
    );
    found(
        "attribute-not-available",
        Severity::Warning,
        "((!(ActionMatches{'Microsoft.Storage/*'})) OR (@container StringEquals 'x'))",
    );
    // Reading and listing both have it, so all of the action does.
    quiet(&["((!(#read)) OR (@metadata StringEquals 'test'))"]);
}

#[test]
fn one_test_under_two_guards_is_one_finding() {
    let text = "((!(#write) AND !(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'})) OR (@metadata StringEquals 'test'))";
    let found = findings(text);
    let told: Vec<_> =
        found.iter().filter(|finding| finding.id == "attribute-not-available").collect();
    assert_eq!(told.iter().map(|finding| finding.labels.len()).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_source_is_only_offered_where_every_guard_needs_it() {
    let both = "((!(#assign) AND !(#remove)) OR (@role ForAnyOfAnyValues:GuidEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d}))";
    assert!(found("source-not-available", Severity::Error, both).fix.is_none());
    let wrong = "((!(#write)) OR (@Request[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'x'))";
    fixed(
        wrong,
        &found("wrong-source", Severity::Error, wrong),
        "((!(#write)) OR (@container StringEquals 'x'))",
    );
}

#[test]
fn an_old_guard_is_closed_where_it_stands() {
    for (text, expect) in [
        (
            "((!(#read)) OR (@path StringLike 'x/*'))",
            "((!(#read AND NOT #list)) OR (@path StringLike 'x/*'))",
        ),
        (
            "(!#read OR @path StringLike 'x/*')",
            "(!(#read AND NOT #list) OR @path StringLike 'x/*')",
        ),
    ] {
        fixed(text, &found("old-read-guard", Severity::Warning, text), expect);
    }
}

#[test]
fn suboperations_need_their_action() {
    found(
        "suboperation-without-action",
        Severity::Warning,
        "(!(#list) OR @container StringEquals 'x')",
    );
    found(
        "suboperation-of-other-action",
        Severity::Warning,
        "(!(#write AND #list) OR @container StringEquals 'x')",
    );
    quiet(&["((!((#read OR #write) AND NOT #list)) OR (@container StringEquals 'x'))"]);
}

#[test]
fn only_typing_mistakes_are_suggested() {
    let help = |text: &str, rule| {
        let severity = if rule == "unknown-action" { Severity::Warning } else { Severity::Error };
        found(rule, severity, text).help.unwrap_or_default()
    };
    let near = help(
        "@Resource[Microsoft.Storage/storageAccount/blobServices/container:nam] StringEquals 'x'",
        "unknown-attribute",
    );
    assert_eq!(
        near,
        "did you mean `Microsoft.Storage/storageAccounts/blobServices/containers:name`?"
    );
    let key = help(
        "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tag:Team<$key_case_sensitive$>] StringEquals 'x'",
        "unknown-attribute",
    );
    assert_eq!(
        key,
        "did you mean `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Team<$key_case_sensitive$>`?"
    );
    // Keys are not secrets.
    let far = help(
        "@Resource[Microsoft.KeyVault/vaults/keys:name] StringEquals 'x'",
        "unknown-attribute",
    );
    assert_eq!(far, "see `grantif catalog attributes`");
    let action = help(
        "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/reed'})) OR (@container StringEquals 'x'))",
        "unknown-action",
    );
    assert_eq!(
        action,
        "did you mean `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read`?"
    );
}

#[test]
fn actions_of_other_services_are_known_but_not_documented() {
    let text = "((!(ActionMatches{'Microsoft.KeyVault/vaults/keys/sign/action'})) OR (@Environment[isPrivateLink] BoolEquals true))";
    let finding = found("action-without-condition-support", Severity::Warning, text);
    assert!(finding.help.is_some_and(|help| help.contains("grantif catalog actions kv")));
    let text = "((!(ActionMatches{'Microsoft.Nowhere/things/read'})) OR (@Environment[isPrivateLink] BoolEquals true))";
    found("unknown-action", Severity::Warning, text);
    let text = "((!(ActionMatches{'Microsoft.Storage/*/reed'})) OR (@container StringEquals 'x'))";
    found("unknown-action", Severity::Warning, text);
}

#[test]
fn a_refused_attribute_is_an_error_and_an_internal_one_a_warning() {
    let refused = "@Resource[Microsoft.ServiceBus/namespaces/queues:Name] StringEquals 'x'";
    assert!(
        found("unknown-attribute", Severity::Error, refused).message.starts_with("Azure refuses")
    );
    found("unknown-attribute", Severity::Warning, "@Resource[HasObotoken] BoolEquals true");
}

#[test]
fn types_are_those_of_the_attribute() {
    let text = "(!(#assign) OR @role ForAnyOfAnyValues:StringEquals {'7f951dda-4ed3-4680-a7ca-43fe172d538d'})";
    fixed(
        text,
        &found("operator-not-for-type", Severity::Error, text),
        "(!(#assign) OR @role ForAnyOfAnyValues:GuidEquals {'7f951dda-4ed3-4680-a7ca-43fe172d538d'})",
    );
    found("operator-not-for-type", Severity::Error, "@container BoolEquals true");
    found("literal-not-for-operator", Severity::Error, "@container StringEquals true");
    found("malformed-date-time", Severity::Error, "@Environment[UtcNow] DateTimeLessThan 'soon'");
    // The tenant decides the type of a custom security attribute.
    quiet(&["((!(#write)) OR (@csa StringEquals 'x'))", "((!(#write)) OR (@csa BoolEquals true))"]);
}

#[test]
fn the_tenants_own_attributes_have_their_types() {
    let catalog = Catalog::builtin()
        .clone()
        .with_principal_attribute("Engineering_Level", ValueType::Integer, true)
        .expect("a well-formed name");
    let ids = |text: &str| -> Vec<String> {
        let found = check(&full(text), Holes::Refused, &Options::new(&catalog));
        let serious = found.into_iter().filter(|finding| finding.severity == Severity::Error);
        serious.map(|finding| finding.id.into_owned()).collect()
    };
    assert_eq!(
        ids("(!(#write) OR @csa ForAnyOfAnyValues:StringEquals {'x'})"),
        ["operator-not-for-type"]
    );
    assert_eq!(ids("(!(#write) OR @csa NumericEquals 3)"), ["missing-quantifier"]);
    assert!(ids("(!(#write) OR @csa ForAnyOfAnyValues:NumericEquals {3})").is_empty());
}

#[test]
fn sets_want_a_quantifier() {
    let text = "(!(#assign) OR @role GuidNotEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec})";
    fixed(
        text,
        &found("set-with-single-value-operator", Severity::Error, text),
        "(!(#assign) OR @role ForAnyOfAllValues:GuidNotEquals {7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec})",
    );
    let text = "(!(#write) OR @container StringStartsWith {'a', 'b'})";
    assert!(found("set-with-single-value-operator", Severity::Error, text).fix.is_none());
}

#[test]
fn what_a_command_line_left_is_told_apart() {
    let text = |rest| {
        format!(
            "(!(#write) OR @Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags{rest}] ForAnyOfAnyValues:StringEquals {{'x'}})"
        )
    };
    let message = |rest| found("marker-eaten-by-shell", Severity::Error, &text(rest)).message;
    assert_eq!(
        message(":Project<$>"),
        "`<$>` is not valid: a shell has replaced what follows a `$`"
    );
    assert_eq!(message("&&"), "`&&` is not valid: a shell has replaced what follows a `$`");
    assert_eq!(
        message(":Project<\\$key_case_sensitive\\$>"),
        "`<\\$key_case_sensitive\\$>` is not valid: an escape is left from a command line"
    );
}

#[test]
fn the_preview_of_2021_becomes_a_function() {
    let text = "(!(#read AND @Request[subOperation] ForAnyOfAnyValues:StringEqualsIgnoreCase {'Blob.List', 'Blob.Write.Tier'}) OR @container StringEquals 'x')";
    fixed(
        text,
        &found("legacy-attribute", Severity::Warning, text),
        "(!(#read AND (#list OR SubOperationMatches{'Blob.Write.Tier'})) OR @container StringEquals 'x')",
    );
    let text = "(!(#read) OR @Request[subOperation] StringNotEquals 'Blob.List')";
    assert!(found("legacy-attribute", Severity::Warning, text).fix.is_none());
}
