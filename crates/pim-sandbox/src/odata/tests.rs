use super::*;
use serde_json::json;

fn holds(filter: &str, item: &serde_json::Value) -> bool {
    let filter = Filter::parse(filter).unwrap();
    let property = |path: &str| {
        let pointer = format!("/{path}");
        item.pointer(&pointer).and_then(Value::of_json)
    };
    filter.matches(&property, &|function| {
        item["functions"].as_array().is_some_and(|all| all.contains(&json!(name(function))))
    })
}

fn name(function: &Function) -> String {
    match function {
        Function::AssignedTo(principal) => format!("assignedTo {principal}"),
        other => format!("{other:?}"),
    }
}

fn refused(filter: &str) -> String {
    Filter::parse(filter).unwrap_err().to_string()
}

#[test]
fn compares_without_regard_to_case() {
    let item = json!({"principalId": "ABCDEF00-0000-0000-0000-000000000001"});
    assert!(holds("principalId eq 'abcdef00-0000-0000-0000-000000000001'", &item));
    assert!(holds("principalId eq abcdef00-0000-0000-0000-000000000001", &item));
    assert!(!holds("principalId eq 'abcdef00-0000-0000-0000-000000000002'", &item));
    assert!(holds("principalId ne 'abcdef00-0000-0000-0000-000000000002'", &item));
}

#[test]
fn joins_bind_as_in_odata() {
    let item = json!({"a": 1, "b": 2});
    assert!(holds("a eq 1 or b eq 3 and a eq 2", &item));
    assert!(!holds("(a eq 1 or b eq 3) and a eq 2", &item));
    assert!(holds("not (a eq 2) and not b eq 3", &item));
    assert!(holds("a in (3, 2, 1)", &item));
}

#[test]
fn orders_numbers_and_instants() {
    let item = json!({"count": 5, "createdOn": "2026-11-25T09:00:00Z"});
    assert!(holds("count gt 4 and count le 5 and not (count lt 5)", &item));
    assert!(holds("createdOn ge 2026-11-25T10:00:00+01:00", &item));
    assert!(!holds("createdOn lt 2026-11-25T09:00:00Z", &item));
}

#[test]
fn an_absent_property_equals_null_only() {
    let item = json!({"present": "x"});
    assert!(holds("endDateTime eq null", &item));
    assert!(holds("endDateTime ne 'x'", &item));
    assert!(!holds("endDateTime eq 'x'", &item));
    assert!(!holds("present eq null", &item));
    assert!(!holds("endDateTime le null and endDateTime lt null", &item));
}

#[test]
fn reads_apostrophes_and_paths() {
    let item = json!({"info": {"name": "O'Neill"}});
    assert!(holds("info/name eq 'O''Neill'", &item));
    assert!(holds("startsWith(info/name, 'o''')", &item));
    assert!(holds("contains(info/name,'NEI') and endswith( info/name ,'ll' )", &item));
}

#[test]
fn asks_for_functions() {
    let item = json!({"functions": ["AtScope", "assignedTo x"]});
    assert!(holds("atScope() and assignedTo('x')", &item));
    assert!(!holds("asTarget() or asApprover() or asRequestor() or asCreatedBy()", &item));
    assert!(!holds("assignedTo('y')", &item));
}

#[test]
fn says_what_narrows_a_list() {
    let filter = Filter::parse("asTarget() and principalId eq 'p'").unwrap();
    assert!(filter.requires(&Function::AsTarget));
    assert_eq!(filter.required_text("PrincipalId"), Some("p"));
    let filter = Filter::parse("asTarget() or principalId eq 'p'").unwrap();
    assert!(!filter.requires(&Function::AsTarget));
    assert_eq!(filter.required_text("principalId"), None);
    assert_eq!(filter.unknown_property(&["principalId"]), None);
    assert_eq!(filter.unknown_property(&["status"]), Some("principalId"));
}

#[test]
fn says_where_a_filter_is_wrong() {
    let cases = [
        ("", "a property or function is expected at position 0"),
        ("principalId", "'gt', 'ge' or 'in' is expected at position 11"),
        ("principalId eq", "a literal is expected at position 14"),
        ("principalId eq 'a", "the text has no closing quote at position 15"),
        ("principalId eq abc", "a text must stand in single quotes at position 15"),
        ("(a eq 1", "')' is expected at position 7"),
        ("a eq 1)", "'and', 'or' or the end is expected at position 6"),
        ("a eq 1 b", "'and', 'or' or the end is expected at position 7"),
        ("asOwner()", "the function 'asOwner' is not supported at position 0"),
        ("a eq 'ü' x", "the end is expected at position 9"),
        ("assignedTo(x)", "a text in single quotes is expected at position 11"),
        ("startsWith(x 'y')", "',' is expected at position 13"),
    ];
    for (filter, expected) in cases {
        let message = refused(filter);
        assert!(message.contains(expected), "{filter}: {message}");
    }
}

#[test]
fn bounds_depth_and_length() {
    let deep = format!("{}a eq 1{}", "(".repeat(1000), ")".repeat(1000));
    assert!(refused(&deep).contains("nested more than 32 levels"));
    let deep = format!("{}a eq 1", "not ".repeat(1000));
    assert!(refused(&deep).contains("nested more than 32 levels"));
    let long = "a eq 1 and ".repeat(1000);
    assert!(refused(&long).contains("longer than 8192 bytes"));
    let just = format!("{}a eq 1{}", "(".repeat(32), ")".repeat(32));
    assert!(Filter::parse(&just).is_ok());
}
