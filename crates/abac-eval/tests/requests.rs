//! Reading requests from JSON and from a command line.

#![expect(clippy::expect_used, reason = "helpers state their expectations as tests do")]

use abac_eval::{AccessRequest, AttributeKey, AttributeValue, RequestError, Value};

#[track_caller]
fn refused(json: &str) -> String {
    AccessRequest::from_json(json).expect_err(json).to_string()
}

#[test]
fn json() {
    let request = AccessRequest::from_json(
        r#"{"action": "a/read", "suboperation": "Blob.List", "attributes": {
            "@Request[s]": "x", "@Request[n]": -1, "@Request[b]": false,
            "@Request[l]": ["x", 2, true], "@Request[e]": [], "@Request[m]": null}}"#,
    )
    .unwrap();
    let value = |key: &str| request.value(&AttributeKey::parse(key).unwrap()).cloned();
    assert_eq!(request.action(), "a/read");
    assert_eq!(request.suboperation_name(), Some("Blob.List"));
    assert_eq!(value("@REQUEST[S]"), Some("x".into()));
    assert_eq!(value("@Request[n]"), Some((-1).into()));
    assert_eq!(value("@Request[b]"), Some(false.into()));
    let list = vec![Value::from("x"), Value::from(2), Value::from(true)];
    assert_eq!(value("@Request[l]"), Some(AttributeValue::Many(list)));
    assert_eq!(value("@Request[e]"), Some(AttributeValue::Many(Vec::new())));
    assert_eq!(value("@Request[m]"), None);
}

#[test]
fn json_is_written_as_it_is_read() {
    let text = r#"{"action":"a/read","attributes":{"@Request[l]":["x",2],"@Resource[S]":"y"}}"#;
    let request = AccessRequest::from_json(text).unwrap();
    assert_eq!(serde_json::to_string(&request).unwrap(), text);
    assert_eq!(serde_json::from_str::<AccessRequest>(text).unwrap(), request);
}

#[test]
fn refusals_name_the_field() {
    for (json, message) in [
        ("", "not JSON: EOF while parsing a value (line 1, column 0)"),
        ("[]", "`request`: expected an object, found a list"),
        ("{}", "`action` is missing; a request names its action"),
        (r#"{"action": 1}"#, "`action`: expected a string, found the number 1"),
        (r#"{"action": " "}"#, "`action`: expected a name, found an empty string"),
        (r#"{"action": "a", "action": "b"}"#, "`action` is there twice"),
        (
            r#"{"action": "a", "subOperation": "b"}"#,
            "unknown field `subOperation`, expected `action`, `suboperation` or `attributes`",
        ),
        (
            r#"{"action": "a", "attributes": []}"#,
            "`attributes`: expected an object from references to values, found a list",
        ),
        (
            r#"{"action": "a", "attributes": {"@Request[x]": 1.5}}"#,
            "`@Request[x]`: expected a string, a whole number, `true`, `false` or a list of \
             these, found the number 1.5, which is no integer of 64 bits",
        ),
        (
            r#"{"action": "a", "attributes": {"@Request[x]": 9223372036854775808}}"#,
            "`@Request[x]`: expected a string, a whole number, `true`, `false` or a list of \
             these, found the number 9223372036854775808, which is no integer of 64 bits",
        ),
        (
            r#"{"action": "a", "attributes": {"@Request[x]": {"y": 1}}}"#,
            "`@Request[x]`: expected a string, a whole number, `true`, `false` or a list of \
             these, found an object",
        ),
        (
            r#"{"action": "a", "attributes": {"@Request[x]": ["y", null]}}"#,
            "`@Request[x][1]`: expected a string, a whole number, `true` or `false`, found `null`",
        ),
        (
            r#"{"action": "a", "attributes": {"@Request[x]": 1, "@request[X]": 2}}"#,
            "`@request[X]` names the same attribute as `@Request[x]`",
        ),
    ] {
        assert_eq!(refused(json), message, "{json}");
    }
}

#[test]
fn keys_that_are_no_reference() {
    for key in ["", "x", "Request[x]", "@Subject[x]", "@Request[x] ", "@Request[x] OR @Request[y]"]
    {
        let json = format!(r#"{{"action": "a", "attributes": {{"{key}": 1}}}}"#);
        let result = AccessRequest::from_json(&json);
        if key == "@Request[x] " {
            assert!(result.is_ok(), "space around a reference is no part of it");
        } else {
            assert!(matches!(result, Err(RequestError::AttributeKey { .. })), "{key}: {result:?}");
        }
    }
    assert!(AttributeKey::parse(&format!("@Request[{}]", "x".repeat(10_000))).is_err());
}

#[test]
fn sizes_are_bounded() {
    let large = format!(r#"{{"action": "{}"}}"#, "a".repeat(1 << 20));
    assert!(matches!(AccessRequest::from_json(&large), Err(RequestError::TooLarge { .. })));

    let text = "a".repeat((1 << 16) + 1);
    let result = AccessRequest::new("a").attribute("@Request[x]", text);
    assert!(matches!(result, Err(RequestError::TextTooLong { limit: 65_536, .. })));

    let texts = vec!["a".repeat(1 << 16); 17];
    let result = AccessRequest::new("a").attribute("@Request[x]", texts);
    assert!(matches!(result, Err(RequestError::TooLarge { .. })));

    let values = vec![1_i64; 100_001];
    let result = AccessRequest::new("a").attribute("@Request[x]", values);
    assert!(matches!(result, Err(RequestError::TooManyValues { limit: 100_000 })));

    let attributes: Vec<_> = (0..10_001).map(|n| format!(r#""@Request[x{n}]":1"#)).collect();
    let json = format!(r#"{{"action":"a","attributes":{{{}}}}}"#, attributes.join(","));
    let result = AccessRequest::from_json(&json);
    assert!(matches!(result, Err(RequestError::TooManyAttributes { limit: 10_000 })));

    let deep = format!(r#"{{"action":"a","attributes":{}"#, "[".repeat(100_000));
    assert!(matches!(AccessRequest::from_json(&deep), Err(RequestError::Json { .. })));
}

#[test]
fn a_removed_attribute_makes_room() {
    let values = || vec![1_i64; 100_000];
    let mut request = AccessRequest::new("a").attribute("@Request[x]", values()).unwrap();
    assert!(request.remove(&AttributeKey::parse("@request[X]").unwrap()));
    assert!(request.attribute("@Request[y]", values()).is_ok());
}

#[test]
fn assignments() {
    for (text, expected) in [
        ("@Request[a]='x'", AttributeValue::from("x")),
        ("@Request[a] = 'x'", "x".into()),
        ("@Request[a]=x", "x".into()),
        ("@Request[a]=x=y", "x=y".into()),
        ("@Request[a]=", "".into()),
        ("@Request[a]=''", "".into()),
        ("@Request[a]=10", 10.into()),
        ("@Request[a]='10'", "10".into()),
        ("@Request[a]=\"10\"", "10".into()),
        ("@Request[a]=true", true.into()),
        ("@Request[a]={'x', 'y'}", ["x", "y"].into()),
        ("@Request[a]={1, 2}", [1, 2].into()),
        (r#"@Request[a]=["x", "y"]"#, ["x", "y"].into()),
        ("@Request[a]=[]", AttributeValue::Many(Vec::new())),
        (
            "@Request[a]=28c35fea-2099-4cf5-8ad9-473547bc9423",
            "28c35fea-2099-4cf5-8ad9-473547bc9423".into(),
        ),
        (
            "@Request[a]={28c35fea-2099-4cf5-8ad9-473547bc9423}",
            ["28c35fea-2099-4cf5-8ad9-473547bc9423"].into(),
        ),
        ("@Request[a]=2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z".into()),
    ] {
        let request = AccessRequest::new("a").assign(text).expect(text);
        let key = AttributeKey::parse("@Request[a]").unwrap();
        assert_eq!(request.value(&key), Some(&expected), "{text}");
    }
    let tagged = "@Resource[a/tags:k=v<$key_case_sensitive$>]=x";
    let request = AccessRequest::new("a").assign(tagged).unwrap();
    assert_eq!(request.attributes().next().unwrap().1, &"x".into());
}

#[test]
fn assignments_that_are_none() {
    for text in [
        "",
        "@Request[a]",
        "@Request[a]:x",
        "a=x",
        "@Request[a]='x",
        "@Request[a]={'x'",
        "@Request[a]='x' OR 'y'",
        "@Request[a]=[1.5]",
        "@Request[a]=[",
        "@Request[a]={@Request[b]}",
    ] {
        assert!(AccessRequest::new("a").assign(text).is_err(), "{text}");
    }
    let twice = AccessRequest::new("a").assign("@Request[a]=1").unwrap().assign("@request[A]=2");
    assert!(matches!(twice, Err(RequestError::DuplicateAttribute { .. })));
}
