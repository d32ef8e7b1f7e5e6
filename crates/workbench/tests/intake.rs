//! What somebody pastes.

use abac_catalog::Catalog;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use workbench::intake::{FoundCondition, IntakeError, Taken, take};
use workbench::{Document, share};

const GUARD: &str = "!(ActionMatches{'a/write'}) OR @Request[a:name] StringEquals 'it''s'";

fn taken(text: &str) -> Vec<FoundCondition> {
    match take(text, Catalog::builtin()) {
        Ok(Taken::Conditions(found)) => found,
        other => panic!("{text}: {other:?}"),
    }
}

fn check(text: &str, form: &str, line: usize) {
    let found = taken(text);
    let shown: Vec<_> =
        found.iter().map(|one| (one.text.as_str(), one.form, one.line, one.errors)).collect();
    assert_eq!(shown, [(GUARD, form, line, 0)], "{text}");
}

#[test]
fn a_bare_condition_is_taken_as_it_is() {
    check(&format!("\n {GUARD}\n"), "", 1);
    assert!(taken("@Request[a:b] StringEq")[0].errors > 0);
}

#[test]
fn strings_of_every_language_are_read() {
    let single = "a string in single quotes";
    let double = "a string in double quotes";
    let backslash = GUARD.replace('\'', "\\'");
    let doubled = GUARD.replace('\'', "''");
    check(&format!("resource r 'x' = {{\n  condition: '{backslash}'\n}}"), single, 2);
    check(&format!("// don't\nvar c = '''\n{GUARD}\n'''\n"), "a multi-line string", 2);
    check(&format!("$c = '{doubled}'\nNew-AzRoleAssignment -Condition $c"), single, 1);
    check(&format!("$c = @'\n{GUARD}\n'@\n"), "a here-string", 1);
    check(&format!("  condition = \"{GUARD}\"\n"), double, 1);
    check(&format!("  condition = <<-EOT\n    {GUARD}\n  EOT\n"), "a heredoc", 1);
    check(&format!("az role assignment create --condition \"{GUARD}\" --scope /"), double, 1);
    let json = serde_json::json!({ "properties": { "condition": GUARD } });
    check(&json.to_string(), double, 1);
    check(&format!("{json:#}"), double, 3);
    let arm = serde_json::json!({ "condition": format!("[concat('{doubled}', '')]") });
    check(&arm.to_string(), single, 1);
    let lines = doubled.replace(" OR ", "\nOR\n");
    let arm = serde_json::json!({ "condition": format!("[concat('{lines}', '')]") });
    let found = taken(&arm.to_string());
    assert_eq!(found[0].form, "an expression of a template");
    assert_eq!(found[0].text, GUARD.replace(" OR ", "\nOR\n"));
    let braces = doubled.replace('{', "{{").replace('}', "}}");
    let arm = serde_json::json!({ "condition": format!("[format('{braces}')]") });
    check(&arm.to_string(), single, 1);
}

#[test]
fn joined_strings_are_put_together_and_what_the_file_fills_in_is_named() {
    let bicep = "var c = join([\n  '!(ActionMatches{\\'a/write\\'})'\n  'OR'\n  \
                 '@Request[a:name] StringEquals \\'x\\''\n], ' ')";
    let found = taken(bicep);
    assert_eq!(found[0].text, "!(ActionMatches{'a/write'})\nOR\n@Request[a:name] StringEquals 'x'");
    let terraform = "condition = \"@Request[a:id] ForAnyOfAnyValues:GuidEquals {${join(\", \", \
                     var.roles)}}\"";
    let found = taken(terraform);
    assert_eq!(found[0].errors, 0, "{found:?}");
    assert_eq!(found[0].holes, ["${join(\", \", var.roles)}"]);
    assert!(found[0].words().ends_with("which the file fills in."), "{}", found[0].words());
    let arm = r#"{"c": "[concat('@Request[a:name] StringEquals ''', parameters('n'), '''')]"}"#;
    let found = taken(arm);
    assert_eq!(found[0].text, "@Request[a:name] StringEquals '${parameters('n')}'");
}

#[test]
fn several_conditions_are_all_found() {
    let file =
        format!("a = \"{GUARD}\"\nb = \"{}\"\nc = \"{GUARD}\"\n", GUARD.replace("write", "read"));
    assert_eq!(taken(&file).iter().map(|one| one.line).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn other_things_are_what_they_are() {
    let catalog = Catalog::builtin();
    let document = Document::example();
    let is_document = |text: &str| match take(text, catalog) {
        Ok(Taken::Document(opened)) => opened.document == document,
        _ => false,
    };
    assert!(is_document(&document.to_json()));
    let fragment = share::link(&document).unwrap_or_default();
    assert!(is_document(&fragment));
    assert!(is_document(&format!("https://example.com/editor/#{fragment}")));
    let request = r#"{"action": "a/b", "attributes": {"@Request[a:b]": "c"}}"#;
    for text in
        [request, &format!("[{request}]"), &format!("{request}\n{request}"), "name,action\nx,a/b"]
    {
        assert!(matches!(take(text, catalog), Ok(Taken::Requests(_))), "{text}");
    }
    let policy = r#"{"properties": {"rules": []}}"#;
    assert!(matches!(take(policy, catalog), Ok(Taken::Policy(_))));
    assert_eq!(take(" \n", catalog), Err(IntakeError::Empty));
    assert_eq!(take("Dear team,", catalog), Err(IntakeError::NoCondition));
    assert!(matches!(take("g1.AAAA", catalog), Err(IntakeError::Share(_))));
    let large = "x".repeat(5 << 20);
    assert!(matches!(take(&large, catalog), Err(IntakeError::TooLarge { .. })));
}

#[test]
fn hostile_text_ends() {
    let catalog = Catalog::builtin();
    for piece in
        ["'ActionMatches", "\"@Request[", "<<A\nActionMatches", "join(['ActionMatches', ${"]
    {
        let _ = take(&piece.repeat(20_000), catalog);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_is_survived(text in "(['\"\\\\`@<\n(){}$,ü a]|ActionMatches|@Request\\[|join\\(|<<EOT\n|'''){0,60}") {
        let _ = take(&text, Catalog::builtin());
    }

    /// Whatever a condition says, its JSON is read back to the byte.
    #[test]
    fn json_gives_the_condition_back(value in "[^\\x00-\\x1f'\\\\${}<%]{0,20}") {
        let condition = format!("@Request[a:name] StringEquals '{value}'");
        let text = serde_json::json!({ "condition": condition }).to_string();
        let found = taken(&text);
        prop_assert_eq!(&found[0].text, &condition);
    }
}
