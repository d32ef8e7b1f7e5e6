//! `grantif.toml`: what it does, and what is wrong with it.

use crate::run::{BROKEN, CLEAN, Place, QUOTED};

#[track_caller]
fn check(configuration: &str, condition: &str, code: i32) {
    let place = Place::new().with("grantif.toml", configuration).with("a.abac", condition);
    place.run(&["check", "a.abac"]).gives(code);
}

#[track_caller]
fn refuse(configuration: &str, parts: &[&str]) {
    let place = Place::new().with("grantif.toml", configuration).with("a.abac", CLEAN);
    let run = place.run(&["check", "a.abac"]).gives(2);
    assert_eq!(run.out, "");
    for part in parts {
        assert!(run.err.contains(part), "{part}: {}", run.err);
    }
}

#[test]
fn sets_levels() {
    check("[rules]\nquoted-boolean = \"off\"", QUOTED, 0);
    check("[rules]\nquoted-boolean = \"advice\"", QUOTED, 0);
    check("fail-on = \"error\"\n[rules]\nquoted-boolean = \"error\"", QUOTED, 1);
    check("fail-on = \"error\"", QUOTED, 0);
}

#[test]
fn ignores_with_a_reason() {
    let ignore = |fields: &str| format!("[[ignore]]\nreason = \"known\"\n{fields}");
    check(&ignore("rule = \"quoted-boolean\""), QUOTED, 0);
    check(&ignore("rule = \"quoted-boolean\"\npath = \"*.abac\""), QUOTED, 0);
    check(&ignore("rule = \"quoted-boolean\"\npath = \"other/**\""), QUOTED, 1);
    check(&ignore("path = \"a.abac\""), BROKEN, 0);
    check(&ignore("id = \"x\""), QUOTED, 1);
    let line = serde_json::json!({ "id": "x", "condition": QUOTED }).to_string();
    let place = Place::new().with("grantif.toml", ignore("id = \"x\"")).with("a.jsonl", line);
    let output = place.run(&["check", "a.jsonl"]).gives(0).out;
    assert!(output.ends_with("; 1 not shown\n"), "{output}");
}

#[test]
fn overrides_by_path() {
    let configuration =
        "[[override]]\npaths = [\"legacy/**\"]\nrules = { quoted-boolean = \"off\" }\n";
    let place = Place::new()
        .with("grantif.toml", configuration)
        .with("legacy/deep/a.abac", QUOTED)
        .with("new/a.abac", QUOTED);
    place.run(&["check", "legacy/deep/a.abac"]).gives(0);
    place.run(&["check", "new/a.abac"]).gives(1);
    place.run(&["check", "new/../legacy/deep/a.abac"]).gives(0);
}

#[test]
fn is_found_upwards_within_the_repository() {
    let off = "[rules]\nquoted-boolean = \"off\"";
    let place = Place::new()
        .with("grantif.toml", off)
        .with("deep/er/a.abac", QUOTED)
        .with("other/.git/HEAD", "")
        .with("other/a.abac", QUOTED)
        .with("own/grantif.toml", "")
        .with("own/a.abac", QUOTED);
    place.run(&["check", "deep/er/a.abac"]).gives(0);
    place.run(&["check", "other/a.abac"]).gives(1);
    place.run(&["check", "own/a.abac"]).gives(1);
    place.pipe(QUOTED, &["check"]).gives(0);
    place.run(&["check", "-c", QUOTED]).gives(0);
    place.run(&["check", "-c", QUOTED, "--no-config"]).gives(1);
    place.run(&["check", "other/a.abac", "--config", "grantif.toml"]).gives(0);
    place.run(&["check", "-c", CLEAN, "--config", "none.toml"]).gives(2);
}

#[test]
fn knows_names() {
    let configuration = "
        [known.roles]
        \"11111111-2222-3333-4444-555555555555\" = \"Blob Eraser\"
        [known.principals]
        \"22222222-2222-3333-4444-555555555555\" = \"the platform team\"
        [security-attributes]
        Engineering_Project = { type = \"string\", multi-valued = true }
    ";
    let condition = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] GuidEquals \
        11111111-2222-3333-4444-555555555555 AND \
        @Request[Microsoft.Authorization/roleAssignments:PrincipalId] GuidEquals \
        22222222-2222-3333-4444-555555555555";
    let place = Place::new().with("grantif.toml", configuration);
    let output = place.run(&["explain", "-c", condition]).gives(0).out;
    assert!(output.contains("Blob Eraser") && output.contains("the platform team"), "{output}");
    let output = place.run(&["catalog", "attributes", "Engineering_Project"]).gives(0).out;
    assert!(output.contains("type: String, several values"), "{output}");
}

#[test]
fn reads_role_definitions_beside_it() {
    let roles = r#"[{"roleName": "Blob Eraser", "name": "11111111-2222-3333-4444-555555555555",
        "permissions": []}]"#;
    let place = Place::new()
        .with("grantif.toml", "role = \"Blob Eraser\"\nrole-definitions = [\"azure/roles.json\"]")
        .with("azure/roles.json", roles)
        .with("deep/a.abac", "x");
    let error = place.run(&["check", "deep/a.abac"]).gives(1).err;
    assert_eq!(error, "");
}

#[test]
fn choices_of_the_file_hold_and_the_command_line_wins() {
    let hole = CLEAN.replace("'logs'", "${name}");
    check("template = true", &hole, 0);
    check("template = false", &hole, 1);
    check("condition-version = \"1.0\"", CLEAN, 1);
    let place = Place::new().with("grantif.toml", "condition-version = \"1.0\"");
    place.run(&["check", "-c", CLEAN, "--condition-version", "2.0"]).gives(0);
}

#[test]
fn mistakes_are_shown_where_they_are() {
    refuse(
        "fail-onn = 1",
        &["grantif.toml:1:1", "unknown field `fail-onn`", "did you mean `fail-on`?"],
    );
    refuse(
        "\n[rules]\nquoted-bolean = \"off\"",
        &["grantif.toml:3:1", "did you mean `quoted-boolean`?"],
    );
    refuse("[rules]\nquoted-boolean = \"no\"", &["grantif.toml:2:18", "unknown value `no`"]);
    refuse(
        "template = \"yes\"",
        &["grantif.toml:1:12", "expected a boolean, found string \"yes\""],
    );
    refuse("[[ignore]]\nrule = \"comment\"", &["missing field `reason`", "say why"]);
    refuse("[[ignore]]\nreason = \" \"\nrule = \"comment\"", &["grantif.toml:2:10", "empty"]);
    refuse("[[ignore]]\nreason = \"x\"", &["this would ignore everything"]);
    refuse("[[override]]\npaths = [\"a[\"]", &["grantif.toml:2:9", "unclosed character class"]);
    refuse("[[override]]\npaths = []", &["expected at least one path"]);
    refuse("role = \"Ownr\"", &["grantif.toml:1:8", "did you mean `Owner`?"]);
    refuse("role-definitions = [\"no.json\"]", &["grantif.toml:1:21", "there is no such file"]);
    refuse("[known.roles]\nx = \"y\"", &["grantif.toml:2:1", "expected a GUID, found `x`"]);
    refuse("[security-attributes]\nA_b = { type = \"guid\" }", &["unknown value `guid`"]);
    refuse("a = \"", &["grantif.toml:1:"]);
}

#[test]
fn a_file_that_is_no_text() {
    let place = Place::new().with("grantif.toml", b"\xFF").with("a.abac", CLEAN);
    assert!(place.run(&["check", "a.abac"]).gives(2).err.contains("is not UTF-8 text"));
}
