//! Policies: read, described, compared, changed, and requests held against them.

use pim_model::policy::baseline::{PrivilegedRole, production};
use pim_model::policy::{Approver, RuleId};
use pim_model::{
    Duration, Expiration, Family, Model, Options, Policy, PolicyFault, RequestType, ScheduleInfo,
    ScheduleRequest, Scope, Timestamp, check, judge,
};
use uuid::Uuid;

fn loaded(text: &str) -> Policy {
    let loaded = check(text, &Options::default());
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    match loaded.items.into_iter().next().map(|item| item.model) {
        Some(Model::Policy(policy)) => *policy,
        other => panic!("no policy: {other:?}"),
    }
}

fn baseline() -> Policy {
    production(PrivilegedRole::Contributor, vec![Approver::group(Uuid::from_u128(7))])
}

#[test]
fn a_policy_survives_json_in_both_spellings() {
    let policy = baseline();
    assert_eq!(loaded(&policy.to_json().to_string()).rules, policy.rules);
    let rules: Vec<_> =
        policy.rules.iter().map(|rule| rule.to_json(pim_model::Casing::Graph)).collect();
    let graph = serde_json::json!({ "rules": rules });
    let read = loaded(&graph.to_string());
    assert!(read.changes_to(&policy).is_empty(), "{read:#?}");
}

#[test]
fn a_policy_survives_toml() {
    let policy = baseline();
    let text = policy.to_toml();
    let read = Policy::from_toml(&text).unwrap();
    assert!(policy.changes_to(&read).is_empty() && read.changes_to(&policy).is_empty(), "{text}");
}

#[test]
fn toml_says_everything_that_is_wrong() {
    let text = "[activation]\nmaximum_duration = \"2 days\"\nauthentication_context = \"mfa\"\n\
                require_approval = true\n[eligible]\nexpire_after = \"6 months\"\n";
    let found = Policy::from_toml(text).unwrap_err();
    let ids: Vec<&str> = found.iter().map(|one| one.id.as_ref()).collect();
    assert_eq!(
        ids,
        [
            "pim-activation-too-long",
            "pim-context-claim",
            "pim-approval-without-approver",
            "pim-duration"
        ]
    );
    assert_eq!(found[3].span.of(text), "6 months");
    assert_eq!(
        Policy::from_toml("[activation]\nlength = 1").unwrap_err()[0]
            .span
            .of("[activation]\nlength = 1"),
        "length"
    );
}

#[test]
fn the_three_edits_change_one_rule_each() {
    let before = baseline();
    let mut after = before.clone();
    after.add_approver(Approver::group(Uuid::from_u128(8)));
    let changes = before.changes_to(&after);
    assert_eq!(changes.len(), 1);
    assert_eq!(
        changes[0].words(),
        "Require approval to activate: Yes, 1 approver → Yes, 2 approvers"
    );

    let mut after = before.clone();
    after.allow_permanent_eligible();
    let changes = before.changes_to(&after);
    assert_eq!(changes[0].id, RuleId::ExpirationAdminEligibility);
    assert_eq!(
        changes[0].words(),
        "Expire eligible assignments after: 180 days → 180 days, or never"
    );

    let mut after = before.clone();
    after.set_activation_maximum(Duration::hours(4)).unwrap();
    let changes = before.changes_to(&after);
    let body = Policy::patch_body(changes.iter().map(|change| &change.after));
    assert_eq!(body["properties"]["rules"].as_array().unwrap().len(), 1);
    assert_eq!(body["properties"]["rules"][0]["maximumDuration"], "PT4H");
    assert_eq!(body["properties"]["rules"][0]["target"]["caller"], "EndUser");
    assert!(after.set_activation_maximum(Duration::hours(25)).is_err());

    let mut empty = Policy::default();
    empty.allow_permanent_eligible();
    empty.add_approver(Approver::user(Uuid::nil()));
    assert_eq!(empty.rules.len(), 2);
}

#[test]
fn saying_the_same_otherwise_is_no_change() {
    let mut one = Policy::default();
    let mut other = Policy::default();
    one.set_activation_maximum(Duration::hours(24)).unwrap();
    other.set_activation_maximum(Duration::days(1)).unwrap();
    assert!(one.changes_to(&other).is_empty());
}

#[test]
fn below_a_baseline_is_only_what_is_weaker() {
    let floor = baseline();
    assert!(floor.below(&floor).is_empty());
    let mut strict = floor.clone();
    strict.set_activation_maximum(Duration::hours(1)).unwrap();
    assert!(strict.below(&floor).is_empty());
    let mut weak = floor.clone();
    weak.set_activation_maximum(Duration::hours(12)).unwrap();
    weak.allow_permanent_eligible();
    let changes = weak.below(&floor);
    let ids: Vec<&str> = changes.iter().map(|change| change.id.as_str()).collect();
    assert_eq!(ids, ["Expiration_EndUser_Assignment", "Expiration_Admin_Eligibility"]);
    for change in changes {
        *weak.rule_mut(&change.id).unwrap() = change.after;
    }
    assert!(weak.below(&floor).is_empty());
}

fn activation(expiration: Expiration) -> ScheduleRequest {
    let scope = Scope::subscription(Uuid::nil());
    let mut request = ScheduleRequest::new(
        Family::Assignment,
        RequestType::SelfActivate,
        scope,
        Uuid::nil(),
        Uuid::nil(),
    );
    request.schedule_info = Some(ScheduleInfo::now(expiration));
    request
}

#[test]
fn every_failing_rule_is_named_at_once() {
    let request = activation(Expiration::AfterDuration(Duration::hours(12)));
    let verdict = judge(&request, &baseline(), Timestamp::UNIX_EPOCH);
    let faults: Vec<PolicyFault> = verdict.failures.iter().map(|one| one.fault).collect();
    assert_eq!(
        faults,
        [
            PolicyFault::ExpirationRule,
            PolicyFault::JustificationRule,
            PolicyFault::TicketingRule,
            PolicyFault::MfaRule,
            PolicyFault::ApprovalRule
        ]
    );
    assert_eq!(verdict.failures[0].value, "`PT12H`");
    assert_eq!(
        verdict.azure_message().unwrap(),
        "The following policy rules failed: [\"ExpirationRule\",\"JustificationRule\",\"TicketingRule\"]"
    );
    let nearest = verdict.nearest.unwrap();
    let to_fill = ["justification", "ticketInfo.ticketNumber", "ticketInfo.ticketSystem"];
    assert_eq!(nearest.to_fill, to_fill);
    assert!(judge(&nearest.request, &baseline(), Timestamp::UNIX_EPOCH).is_legal());
    assert_eq!(
        nearest.patch["properties"]["scheduleInfo"],
        serde_json::json!({ "expiration": { "duration": "PT8H" } })
    );
}

#[test]
fn removals_meet_no_rule_and_ends_are_counted_from_the_start() {
    let mut request = activation(Expiration::NoExpiration);
    request.request_type = RequestType::AdminRemove;
    assert!(judge(&request, &baseline(), Timestamp::UNIX_EPOCH).failures.is_empty());

    let end = Timestamp::from_second(200 * 86_400).unwrap();
    let mut request = activation(Expiration::AfterDateTime(end));
    request.family = Family::Eligibility;
    request.request_type = RequestType::AdminAssign;
    let verdict = judge(&request, &baseline(), Timestamp::UNIX_EPOCH);
    let patch = verdict.nearest.unwrap().patch;
    assert_eq!(
        patch["properties"]["scheduleInfo"]["expiration"]["endDateTime"],
        "1970-06-30T00:00:00Z"
    );
    request.schedule_info.as_mut().unwrap().start_date_time =
        Some(Timestamp::from_second(30 * 86_400).unwrap());
    assert!(judge(&request, &baseline(), Timestamp::UNIX_EPOCH).is_legal());
}

#[test]
fn the_portal_would_say_it_so() {
    let settings = baseline().describe();
    let lines: Vec<String> =
        settings.iter().map(|one| format!("{}: {} = {}", one.tab, one.name, one.value)).collect();
    assert_eq!(lines[0], "Activation: Activation maximum duration = 8 hours");
    assert_eq!(
        lines[1],
        "Activation: On activation, require = Azure MFA, justification, ticket information"
    );
    assert!(lines.contains(&"Assignment: Allow permanent eligible assignment = No".to_owned()));
    assert!(lines.contains(&"Assignment: Expire eligible assignments after = 180 days".to_owned()));
}

#[test]
fn the_example_of_the_page_is_a_policy() {
    let page = include_str!("../../../docs/pim.md");
    let (_, rest) = page.split_once("```toml\n").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let policy = Policy::from_toml(text).unwrap();
    assert_eq!(policy.rules.len(), 7);
    assert_eq!(policy.approval().unwrap().approvers().count(), 1);
}
