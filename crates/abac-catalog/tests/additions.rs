//! What a tenant adds to the catalog, good and bad.

use abac_catalog::{Catalog, CatalogError, Marker, Plane, RoleKind, ValueType};

const ID: &str = "11111111-2222-3333-4444-555555555555";

fn with(json: &str) -> Result<Catalog, CatalogError> {
    Catalog::builtin().clone().with_role_definitions(json)
}

#[track_caller]
fn refused(json: &str, expect: &str) {
    assert_eq!(with(json).err().map(|error| error.to_string()).as_deref(), Some(expect));
}

#[test]
fn the_output_of_the_cli_is_read() {
    let json = format!(
        r#"[{{"assignableScopes": ["/subscriptions/1", "/subscriptions/2"],
            "description": "", "id": "/subscriptions/1/providers/x/roleDefinitions/{ID}",
            "name": "{ID}", "roleName": "Our Delegate", "roleType": "CustomRole",
            "type": "Microsoft.Authorization/roleDefinitions", "createdOn": null,
            "permissions": [
              {{"actions": ["*/read"], "notActions": null, "condition": null}},
              {{"actions": ["Microsoft.Authorization/roleAssignments/write"],
                "condition": "@Request[a] StringEquals 'b'", "conditionVersion": "2.0"}}]}}]"#
    );
    let catalog = with(&json).unwrap();
    let role = catalog.role(ID).unwrap();
    assert_eq!((role.name(), role.kind()), ("Our Delegate", RoleKind::Custom));
    assert_eq!(
        role.assignable_scopes().collect::<Vec<_>>(),
        ["/subscriptions/1", "/subscriptions/2"]
    );
    assert!(role.has_condition() && !role.can_assign_roles());
    assert!(role.grants("Microsoft.Compute/disks/read", Plane::Control));
    assert_eq!(catalog.roles().count(), 930);
    assert_eq!(
        role.description(),
        "Grants 2 control-plane action patterns and no data-plane action patterns."
    );
}

#[test]
fn the_answer_of_the_rest_api_is_read() {
    let json = format!(
        r#"{{"value": [{{"name": "{ID}", "properties": {{"roleName": "R", "type": "CustomRole",
            "permissions": [{{"dataActions": ["a/b"]}}]}}}}]}}"#
    );
    let catalog = with(&json).unwrap();
    assert!(catalog.role_by_name("r").unwrap().grants("A/B", Plane::Data));
}

#[test]
fn the_output_of_powershell_is_read() {
    let json = format!(
        "\u{feff}{{\"Name\": \"R\", \"Id\": \"{ID}\", \"IsCustom\": true, \"Description\": \"D\",
          \"Actions\": [\"a/*\"], \"NotActions\": [\"a/b\"], \"AssignableScopes\": [\"/\"]}}"
    );
    let catalog = with(&json).unwrap();
    let role = catalog.role(ID).unwrap();
    assert_eq!((role.name(), &*role.description()), ("R", "D"));
    assert!(role.grants("a/c", Plane::Control) && !role.grants("a/b", Plane::Control));
}

#[test]
fn a_role_that_is_there_already_is_replaced() {
    let owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    let json =
        |name: &str| format!(r#"[{{"name": "{owner}", "roleName": "{name}", "permissions": []}}]"#);
    let catalog = with(&json("A")).unwrap().with_role_definitions(&json("B")).unwrap();
    assert_eq!(catalog.role(owner).unwrap().name(), "B");
    assert_eq!(catalog.custom_roles().len(), 1);
    assert_eq!(with("[]").unwrap().custom_roles(), []);
}

#[test]
fn what_is_not_a_role_definition_is_refused_with_its_place() {
    refused("", "role definitions are not JSON: line 1, column 0: EOF while parsing a value");
    refused("[\n{]", "role definitions are not JSON: line 2, column 2: key must be a string");
    refused(
        "1",
        "role definitions: at the top: expected a list of role definitions, found the number 1",
    );
    refused(
        r#"{"value": {}}"#,
        "role definitions: at value: expected a list of role definitions, found an object",
    );
    refused("[[]]", "role definitions: at [0]: expected a role definition, found a list");
    refused(
        r#"[{"roleName": "R", "permissions": []}]"#,
        "role definitions: at [0]: expected a `name` or an `id` with the GUID of the role, found nothing of the kind",
    );
    refused(
        &format!(r#"[{{"name": "{ID}", "permissions": []}}]"#),
        "role definitions: at [0]: expected a `roleName`, found nothing of the kind",
    );
    refused(
        &format!(r#"[{{"name": "{ID}", "roleName": "R"}}]"#),
        "role definitions: at [0]: expected `permissions`, found nothing of the kind",
    );
    refused(
        &format!(r#"[{{"name": "{ID}", "roleName": 7, "permissions": []}}]"#),
        "role definitions: at [0].roleName: expected a string, found the number 7",
    );
    refused(
        &format!(
            r#"{{"value": [{{"name": "{ID}", "properties": {{"roleName": "R", "permissions": [{{"actions": ["a", true]}}]}}}}]}}"#
        ),
        "role definitions: at value[0].properties.permissions[0].actions[1]: expected a string, found `true`",
    );
    refused(
        &format!(r#"{{"name": "{ID}", "roleName": "R", "permissions": [{{"actions": "*"}}]}}"#),
        "role definitions: at permissions[0].actions: expected a list of strings, found a string",
    );
}

#[test]
fn bounds_hold() {
    let long = " ".repeat(16 * 1024 * 1024 + 1);
    assert!(matches!(with(&long), Err(CatalogError::TooLarge { .. })));
    assert!(matches!(with(&"[".repeat(100_000)), Err(CatalogError::NotJson { .. })));
}

#[test]
fn security_attributes_are_given_by_set_and_name() {
    let catalog = Catalog::builtin()
        .clone()
        .with_principal_attribute("Engineering_Project", ValueType::String, true)
        .unwrap()
        .with_principal_attribute("Engineering_Level", ValueType::Integer, false)
        .unwrap();
    let body = "Microsoft.Directory/CustomSecurityAttributes/Id:ENGINEERING_Project";
    let found = catalog.match_attribute(body).unwrap();
    let [attribute] = found.attributes[..] else { panic!("one attribute") };
    assert_eq!((found.marker, attribute.multi_valued), (Marker::Fine, Some(true)));
    assert_eq!(attribute.body(""), body.replace("ENGINEERING", "Engineering"));
    let action = catalog.action("blob.read").unwrap();
    assert!(catalog.attribute_for(action, "Principal", body).is_some());

    let level = catalog.attribute("principal.Engineering_Level").unwrap();
    assert!(level.takes_operator("NumericLessThan") && !level.takes_operator("StringEquals"));
    assert!(level.takes_operator("ForAnyOfAnyValues:NumericEquals"));
    // The attribute's own name is case-sensitive, so this one is another attribute.
    let other = catalog.find_attribute(&body.replace("Project", "project")).unwrap();
    assert_eq!(other.id, "principal.customSecurityAttribute");
    let close = catalog
        .closest_attribute("Microsoft.Directory/CustomSecurityAttribute/Id:Engineering_Level");
    assert_eq!(
        close.as_deref(),
        Some("Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Level")
    );
}

#[test]
fn security_attributes_that_cannot_be_are_refused() {
    let give = |name: &str, value_type, multi_valued| {
        let catalog = Catalog::builtin().clone();
        catalog
            .with_principal_attribute(name, value_type, multi_valued)
            .err()
            .map(|error| error.to_string())
    };
    for (name, reason) in [
        ("Project", "an underscore parts set and attribute"),
        ("_Project", "neither set nor attribute may be empty"),
        ("A b_c", "only letters, digits and underscores are allowed"),
        (&"a_".repeat(40), "set and attribute have at most 32 characters each"),
    ] {
        let expect = format!(
            "expected the name of a custom security attribute as `Set_Name`, found `{name}`: {reason}"
        );
        assert_eq!(give(name, ValueType::String, false), Some(expect));
    }
    assert!(give("A_b", ValueType::Boolean, true).unwrap().contains("several values"));
    assert!(give("A_b", ValueType::Guid, false).unwrap().contains("String, Integer or Boolean"));
}

#[test]
fn principals_have_names() {
    let catalog = Catalog::builtin().clone().with_known_principal(ID, " Build agents ").unwrap();
    assert_eq!(catalog.principal(&ID.replace('-', "")), Some("Build agents"));
    assert_eq!(catalog.principal("x"), None);
    let wrong = Catalog::builtin().clone().with_known_principal("agents", "x").unwrap_err();
    assert_eq!(wrong.to_string(), "expected a GUID, found `agents`");
}
