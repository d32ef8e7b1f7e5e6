//! Severities the caller sets, and texts with template holes.

use abac_catalog::Catalog;
use abac_lint::{Level, Levels, Options, UnknownRule, check};
use abac_syntax::Holes;
use diagnostics::Severity;

const QUOTED: &str = "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})) \
    OR (@Resource[Microsoft.Storage/storageAccounts:isHnsEnabled] BoolEquals 'true'))";

fn severities(text: &str, levels: Levels) -> Vec<(String, Severity)> {
    check(text, Holes::Refused, &Options::new(Catalog::builtin()).levels(levels))
        .into_iter()
        .map(|finding| (finding.id.into_owned(), finding.severity))
        .collect()
}

#[test]
fn a_level_takes_the_place_of_the_severity() {
    let with = |level| {
        let mut levels = Levels::default();
        levels.set("quoted-boolean", level).map(|()| severities(QUOTED, levels))
    };
    let expect = |severity| Ok(vec![("quoted-boolean".to_owned(), severity)]);
    assert_eq!(with(Level::Error), expect(Severity::Error));
    assert_eq!(with(Level::Advice), expect(Severity::Advice));
    assert_eq!(with(Level::Off), Ok(Vec::new()));
}

#[test]
fn findings_of_the_parser_have_levels_too() {
    let mut levels = Levels::default();
    assert_eq!(levels.set("empty-condition", Level::Warning), Ok(()));
    assert_eq!(severities("", levels), [("empty-condition".to_owned(), Severity::Warning)]);
}

#[test]
fn an_unknown_rule_is_refused_with_a_suggestion() {
    let unknown = Levels::default().set("quoted-bolean", Level::Off);
    let suggestion = Some("quoted-boolean");
    assert_eq!(unknown, Err(UnknownRule { id: "quoted-bolean".to_owned(), suggestion }));
    let text = UnknownRule { id: "quoted-bolean".to_owned(), suggestion }.to_string();
    assert_eq!(text, "unknown rule `quoted-bolean`, did you mean `quoted-boolean`?");
}

#[test]
fn template_holes_are_not_found_fault_with() {
    for text in [
        "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${operation}'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {8311e382-0749-4cb8-b61a-304f252e45ec}))",
        "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${ids}}))",
        "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals ${ids}))",
        "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {'${id}'}))",
        "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})) OR (@Resource[${attribute}] StringEquals 'logs'))",
        "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals '${name}'))",
        "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})) OR (@Environment[UtcNow] DateTimeLessThan '${until}'))",
        "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})) OR (@Environment[isPrivateLink] BoolEquals ${private}))",
        "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND SubOperationMatches{'${sub}'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'logs'))",
    ] {
        let options = Options::new(Catalog::builtin());
        let serious: Vec<_> = check(text, Holes::Allowed, &options)
            .into_iter()
            .filter(|finding| finding.severity > Severity::Advice)
            .collect();
        assert!(serious.is_empty(), "{text}\n{serious:#?}");
    }
}
