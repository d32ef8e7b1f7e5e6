//! Bad input: a clear finding at its place, and everything else still reported.

use pim_model::{MAX_DOCUMENT_BYTES, Model, Options, check};

fn found(text: &str) -> Vec<(String, String)> {
    let loaded = check(text, &Options::default());
    let pair = |one: &diagnostics::Diagnostic| (one.id.to_string(), one.span.of(text).to_owned());
    loaded.diagnostics.iter().map(pair).collect()
}

fn ids(text: &str) -> Vec<String> {
    found(text).into_iter().map(|(id, _)| id).collect()
}

const FAULTY: &str = r#"{
  "properties": {
    "principalId": "Ada",
    "roleDefinitionId": "Owner",
    "requestType": "adminAssign",
    "scheduleInfo": {
      "startDateTime": "soon",
      "expiration": { "type": "AfterDuration", "duration": "P6M" }
    },
    "condition": "@Resource[a:b] == \"c\"",
    "conditionVersion": "1.0",
    "justification": 3,
    "reason": "x"
  }
}"#;

#[test]
fn everything_wrong_is_named_at_its_place() {
    let all = found(FAULTY);
    for (id, text) in [
        ("pim-malformed-guid", "\"Ada\""),
        ("pim-role-id-scope", "\"Owner\""),
        ("pim-token-case", "\"adminAssign\""),
        ("pim-malformed-instant", "\"soon\""),
        ("pim-duration", "\"P6M\""),
        ("pim-condition-version", "\"1.0\""),
        ("pim-wrong-type", "3"),
        ("pim-unknown-field", "\"reason\""),
        ("unknown-operator", "=="),
    ] {
        let wanted = (id.to_owned(), text.to_owned());
        assert!(all.contains(&wanted), "{wanted:?} is not among {all:#?}");
    }
}

#[test]
fn a_cut_text_is_checked_as_far_as_it_goes() {
    let (cut, _) = FAULTY.split_once("\"condition\"").unwrap();
    let all = ids(cut);
    assert!(all.contains(&"pim-malformed-json".to_owned()));
    assert!(
        all.contains(&"pim-malformed-guid".to_owned()) && all.contains(&"pim-duration".to_owned())
    );
}

#[test]
fn what_is_too_large_is_refused_with_one_finding() {
    let text = format!("[{}]", "1,".repeat(MAX_DOCUMENT_BYTES / 2 + 1));
    assert_eq!(ids(&text), ["pim-malformed-json"]);
    assert_eq!(ids(&"{\"a\":".repeat(1000)), ["pim-malformed-json"]);
}

#[test]
fn many_faults_are_bounded() {
    let rules = vec![r#"{"id": 1}"#; 5000].join(",");
    let text = format!(r#"{{"properties": {{"rules": [{rules}]}}}}"#);
    assert_eq!(ids(&text).len(), 1000);
}

#[test]
fn a_fix_in_a_condition_is_written_for_json() {
    let text = FAULTY.replace("==", "StringEqual");
    let loaded = check(&text, &Options::default());
    let fixed = diagnostics::apply_fixes_repeatedly(
        &text,
        diagnostics::Applicability::NeedsReview,
        |text| check(text, &Options::default()).diagnostics,
    );
    assert!(!loaded.diagnostics.is_empty());
    serde_json::from_str::<serde_json::Value>(&fixed.text).unwrap();
    assert!(
        fixed.text.contains("StringEquals") && fixed.text.contains("\"conditionVersion\": \"2.0\"")
    );
}

#[test]
fn unknown_fields_and_rules_are_kept() {
    let text = r#"{"properties": {"rules": [{"id": "Expiration_New", "ruleType": "New", "a": 1,
        "target": {"caller": "Admin", "operations": ["All"], "level": "Assignment"}}]}}"#;
    let loaded = check(text, &Options::default());
    let [item] = loaded.items.as_slice() else { panic!("one item") };
    let Model::Policy(policy) = &item.model else { panic!("a policy") };
    let body = policy.to_json();
    assert_eq!(body["properties"]["rules"][0]["a"], 1);
    assert_eq!(body["properties"]["rules"][0]["id"], "Expiration_New");
}

#[test]
fn answers_are_read() {
    let text = r#"{"value": [{
        "type": "Microsoft.Authorization/RoleEligibilitySchedules",
        "id": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/RoleEligibilitySchedules/b1477448-2cc6-4ceb-93b4-54a202a89413",
        "properties": {
            "principalId": "11111111-1111-1111-1111-111111111111", "principalType": "User",
            "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
            "memberType": "Direct", "endDateTime": null, "status": "Provisioned"
        }
    }]}"#;
    let loaded = check(text, &Options::default());
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    assert!(matches!(&loaded.items[0].model, Model::Schedule(one) if one.end_date_time.is_none()));
}

#[test]
fn a_large_text_is_answered_in_reasonable_time() {
    let rule = r#"{"id": "Expiration_Admin_Eligibility", "ruleType": "x", "a": 1, "target": {"caller": "EndUser", "level": "Assignment"}}"#;
    let count = MAX_DOCUMENT_BYTES / (rule.len() + 1) - 1;
    let rules = vec![rule; count].join(",");
    let text = format!(r#"{{"properties": {{"rules": [{rules}]}}}}"#);
    let start = std::time::Instant::now();
    assert_eq!(ids(&text).len(), 1000);
    // Seconds in a debug build; anything quadratic takes hours.
    assert!(start.elapsed().as_secs() < 120);
}
