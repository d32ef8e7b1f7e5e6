//! From the form to the call.

#![expect(clippy::unwrap_used, reason = "a miss fails the test")]

use abac_catalog::Catalog;
use diagnostics::Severity;
use iac_emit::Target;
use pim_model::Timestamp;
use workbench::Document;
use workbench::delivery::{Assignment, CloudName, End, FormField, Prepared, prepare};

/// 2026-11-25T12:00:00Z.
const NOW: i64 = 1_795_608_000;

fn prepared(document: &Document) -> Prepared {
    let now = Timestamp::from_second(NOW).unwrap();
    prepare(document, Catalog::builtin(), now, [7; 16])
}

fn messages(prepared: &Prepared, severity: Severity) -> Vec<(FormField, &str)> {
    let wanted = prepared.findings.iter().filter(|one| one.severity == severity);
    wanted.map(|one| (one.field, one.message.as_str())).collect()
}

#[test]
fn the_example_is_ready_to_be_sent() {
    let prepared = prepared(&Document::example());
    assert_eq!(messages(&prepared, Severity::Error), []);
    assert!(prepared.is_ready());
    let call = prepared.call.as_ref().unwrap();
    assert_eq!(call.method, "PUT");
    assert_eq!(
        call.address,
        "https://management.azure.com/subscriptions/7a3b1c5e-2f4d-4c8b-9e1a-0b6d2f8c4e10\
         /resourceGroups/rg-registry/providers/Microsoft.Authorization\
         /roleEligibilityScheduleRequests/07070707-0707-4707-8707-070707070707\
         ?api-version=2020-10-01"
    );
    let properties = &call.body["properties"];
    assert_eq!(properties["requestType"], "AdminAssign");
    assert_eq!(properties["conditionVersion"], "2.0");
    assert_eq!(properties["scheduleInfo"]["expiration"]["duration"], "P180D");
    assert_eq!(properties["condition"], Document::example().condition);
}

#[test]
fn each_cloud_has_its_address() {
    for (cloud, address) in [
        (CloudName::UsGovernment, "https://management.usgovcloudapi.net/"),
        (CloudName::China, "https://management.chinacloudapi.cn/"),
    ] {
        let mut document = Document::example();
        document.delivery.cloud = cloud;
        assert!(prepared(&document).call.unwrap().address.starts_with(address));
    }
}

#[test]
fn every_target_has_a_snippet_or_a_reason() {
    let snippets = prepared(&Document::example()).snippets();
    assert_eq!(snippets.len(), Target::ALL.len());
    let bicep = snippets.iter().find(|one| one.target == Target::Bicep).unwrap();
    assert!(bicep.text.as_ref().unwrap().contains("roleEligibilityScheduleRequests"));
    let graph = snippets.iter().find(|one| one.target == Target::Graph).unwrap();
    assert!(graph.text.as_ref().unwrap_err().contains("use "), "{graph:?}");
    assert!(snippets.iter().filter(|one| one.text.is_ok()).count() >= 8);
    assert!(snippets.first().unwrap().text.is_ok());
    let azapi = snippets.iter().find(|one| one.target == Target::Azapi).unwrap();
    assert!(azapi.notes.iter().any(|note| note.contains("45 days")), "{azapi:?}");
}

#[test]
fn every_field_that_is_wrong_says_so_at_once() {
    let mut document = Document::example();
    document.role = Some("No such role".to_owned());
    document.condition = "(".to_owned();
    let form = &mut document.delivery;
    form.scope = "rg-app".to_owned();
    form.principal = "ada@example.com".to_owned();
    form.start = "tomorrow".to_owned();
    form.principal_type = "ServicePrincipal".to_owned();
    let wrong = prepared(&document);
    let fields: Vec<_> =
        messages(&wrong, Severity::Error).into_iter().map(|(field, _)| field).collect();
    use FormField::{Condition, Principal, PrincipalType, Role, Scope, Start};
    assert_eq!(fields, [Scope, Principal, PrincipalType, Role, Start, Condition]);
    assert!(!wrong.is_ready());
    assert_eq!(wrong.snippets(), []);

    let mut document = Document::example();
    document.delivery.end = End::At("2026-11-01T00:00:00Z".to_owned());
    let error = messages(&prepared(&document), Severity::Error).first().map(|one| one.0);
    assert_eq!(error, Some(FormField::End));
}

const POLICY: &str = r#"
[eligible]
allow_permanent = false
expire_after = "90 days"

[active]
expire_after = "15 days"
require = ["justification"]
"#;

#[test]
fn a_policy_is_broken_at_its_fields_and_one_step_from_being_met() {
    let mut document = Document::example();
    document.policy = Some(POLICY.to_owned());
    let broken = prepared(&document);
    let errors = messages(&broken, Severity::Error);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors.first().map(|one| one.0), Some(FormField::End));
    assert!(!broken.is_ready());
    assert!(broken.settings.iter().any(|setting| setting.value == "90 days"));

    let nearest = broken.nearest.unwrap();
    assert_eq!(nearest.changes, [FormField::End]);
    document.delivery = nearest.form;
    assert_eq!(document.delivery.end, End::After("90 days".to_owned()));
    assert!(prepared(&document).is_ready());
}

#[test]
fn what_only_a_person_can_fill_is_named() {
    let mut document = Document::example();
    document.policy = Some(POLICY.to_owned());
    document.delivery.assignment = Assignment::Active;
    document.delivery.end = End::After("8 hours".to_owned());
    document.delivery.justification = String::new();
    let nearest = prepared(&document).nearest.unwrap();
    assert_eq!(nearest.to_fill, [FormField::Justification]);
    assert_eq!(nearest.changes, nearest.to_fill);
}

#[test]
fn a_plain_assignment_has_no_schedule() {
    let mut document = Document::example();
    document.delivery.assignment = Assignment::Plain;
    document.delivery.end = End::After("nonsense".to_owned());
    let plain = prepared(&document);
    let call = plain.call.unwrap();
    assert!(call.address.contains("/roleAssignments/"), "{}", call.address);
    assert!(call.body["properties"].get("scheduleInfo").is_none());
}

#[test]
fn a_policy_that_is_none_says_why() {
    for (text, expect) in [
        ("{\"a\": 1}", "line 1: "),
        ("[eligible]\nexpire_after = 4\n", "line 2: "),
        ("[eligible]\nexpire_afterwards = \"4 days\"\n", "line 2: "),
    ] {
        let mut document = Document::example();
        document.policy = Some(text.to_owned());
        let found = prepared(&document);
        let first = messages(&found, Severity::Error).first().map(|one| one.1.to_owned());
        assert!(first.as_deref().is_some_and(|one| one.starts_with(expect)), "{text}: {first:?}");
    }
}
