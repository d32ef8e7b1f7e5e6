//! One test a rule.

use crate::engine::record::{Review, Status};
use crate::engine::scene::{Ask, GROUP, SUBSCRIPTION, Scene};
use crate::engine::{Outcome, State};
use jiff::SignedDuration;
use pim_model::{Family, RequestType, TicketInfo};
use serde_json::json;
use uuid::Uuid;

use Family::{Assignment, Eligibility};
use RequestType::{
    AdminAssign, AdminExtend, AdminRemove, AdminRenew, AdminUpdate, SelfActivate, SelfDeactivate,
    SelfExtend, SelfRenew,
};

fn rules_of(error: &crate::engine::ServiceError) -> Vec<String> {
    let message = &error.message;
    let list = message.split_once('[').unwrap().1.trim_end_matches(']');
    list.split(',').map(|one| one.trim_matches('"').to_owned()).collect()
}

fn rule(id: &str, mut fields: serde_json::Value) -> serde_json::Value {
    let defaults = crate::engine::policy::default_rules();
    let known = defaults.iter().find(|rule| rule["id"] == id).unwrap();
    fields["id"] = json!(id);
    fields["ruleType"] = known["ruleType"].clone();
    fields["target"] = known["target"].clone();
    fields
}

#[test]
fn an_eligible_user_activates_and_the_activation_ends() {
    let mut scene = Scene::new();
    assert_eq!(scene.eligible("developer", "Contributor").status, Status::Provisioned);
    assert_eq!(scene.activate("developer", "Contributor", "2 hours"), Ok(Status::Provisioned));
    assert_eq!(scene.holds(Assignment, "developer", "Contributor"), 1);
    assert_eq!(scene.activate("developer", "Contributor", "1 hour"), Err("RoleAssignmentExists"));
    scene.wait("2 hours");
    assert_eq!(scene.holds(Assignment, "developer", "Contributor"), 0);
    assert_eq!(scene.holds(Eligibility, "developer", "Contributor"), 1);
    let last = scene.events.last().unwrap();
    assert_eq!(last.outcome, Outcome::Elapsed);
    assert_eq!(last.summary, "active assignment ends: Contributor for Devi Developer");
    assert_eq!(scene.activate("developer", "Contributor", "1 hour"), Ok(Status::Provisioned));
}

#[test]
fn every_rule_that_fails_is_named_at_once() {
    let mut scene = Scene::new();
    scene.eligible("developer", "Contributor");
    let enabled =
        json!({ "enabledRules": ["MultiFactorAuthentication", "Justification", "Ticketing"] });
    scene
        .change_policy("Contributor", json!([rule("Enablement_EndUser_Assignment", enabled)]))
        .unwrap();
    let developer = scene.caller("developer");
    let ask = scene.ask(Assignment, SelfActivate, "Contributor", "developer").lasting("9 hours");
    let error = scene.try_send(&developer, ask.clone()).unwrap_err();
    assert_eq!(error.code.name, "RoleAssignmentRequestPolicyValidationFailed");
    let all = ["ExpirationRule", "JustificationRule", "TicketingRule", "MfaRule"];
    assert_eq!(rules_of(&error), all);
    let denied = scene.events.last().unwrap();
    assert_eq!(denied.outcome, Outcome::Denied);
    assert_eq!(denied.reason["failed"].as_array().unwrap().len(), 4);

    let mut with_mfa = developer;
    with_mfa.mfa = true;
    let mut full = ask.lasting("8 hours").because("work");
    full.0.ticket_info = Some(TicketInfo::new("1", "ServiceNow"));
    assert_eq!(scene.send(&with_mfa, full).unwrap().status, Status::Provisioned);
}

#[test]
fn nobody_activates_without_an_eligibility_of_its_own() {
    let mut scene = Scene::new();
    scene.eligible("developer", "Contributor");
    let refused = Err("RoleAssignmentRequestPolicyValidationFailed");
    assert_eq!(scene.activate("delegate", "Contributor", "1 hour"), refused);
    // Somebody else's eligibility cannot be activated either.
    let delegate = scene.caller("delegate");
    let ask = scene.ask(Assignment, SelfActivate, "Contributor", "developer");
    let error = scene.try_send(&delegate, ask.lasting("1 hour").because("work")).unwrap_err();
    assert_eq!(rules_of(&error), ["EligibilityRule"]);
}

#[test]
fn a_group_makes_its_members_eligible_through_groups_in_groups() {
    let mut scene = Scene::new();
    let (inner, outer) = (scene.id("approvers"), scene.id("platform"));
    scene
        .run(|change| {
            let mut group =
                crate::engine::Principal::clone(change.world().principal(outer).unwrap());
            group.members.insert(inner);
            change.put(group);
            Ok(())
        })
        .unwrap();
    scene.eligible("platform", "Contributor");
    assert_eq!(scene.activate("approver", "Contributor", "1 hour"), Ok(Status::Provisioned));
    assert_eq!(scene.holds(Assignment, "approver", "Contributor"), 1);
}

#[test]
fn an_activation_may_be_narrower_than_the_eligibility_and_never_wider() {
    let mut scene = Scene::new();
    scene.eligible("developer", "Contributor");
    let developer = scene.caller("developer");
    let ask = |scene: &Scene| {
        scene
            .ask(Assignment, SelfActivate, "Contributor", "developer")
            .lasting("1 hour")
            .because("x")
    };
    let narrower = ask(&scene).at(GROUP);
    assert_eq!(scene.send(&developer, narrower).unwrap().status, Status::Provisioned);
    let wider = ask(&scene).at("/providers/Microsoft.Management/managementGroups/mg-contoso");
    let error = scene.try_send(&developer, wider).unwrap_err();
    assert_eq!(rules_of(&error), ["EligibilityRule"]);
}

#[test]
fn an_activation_ends_with_the_eligibility() {
    let mut scene = Scene::new();
    let admin = scene.caller("admin");
    let ask = scene.ask(Eligibility, AdminAssign, "Contributor", "developer");
    scene.send(&admin, ask.lasting("1 hour")).unwrap();
    scene.activate("developer", "Contributor", "8 hours").unwrap();
    scene.wait("61 minutes");
    assert_eq!(scene.holds(Assignment, "developer", "Contributor"), 0);
}

#[test]
fn the_authentication_context_of_the_policy_is_a_claims_challenge() {
    let mut scene = Scene::new();
    scene.eligible("developer", "Contributor");
    let context = json!({ "isEnabled": true, "claimValue": "c1" });
    let id = "AuthenticationContext_EndUser_Assignment";
    scene.change_policy("Contributor", json!([rule(id, context)])).unwrap();
    let mut developer = scene.caller("developer");
    let ask = scene.ask(Assignment, SelfActivate, "Contributor", "developer");
    let ask = ask.lasting("1 hour").because("work");
    let error = scene.try_send(&developer, ask.clone()).unwrap_err();
    assert_eq!(error.code.name, "RoleAssignmentRequestAcrsValidationFailed");
    assert!(error.message.contains("claims=%7B%22access_token%22%3A%7B%22acrs%22"));
    assert!(error.message.contains("%22c1%22"));
    developer.authentication_contexts = vec!["c2".to_owned()];
    assert!(scene.send(&developer, ask.clone()).is_err(), "another context does not do");
    developer.authentication_contexts.push("c1".to_owned());
    assert_eq!(scene.send(&developer, ask).unwrap().status, Status::Provisioned);
}

/// Lets activations of Contributor wait for the group of approvers.
fn require_approval(scene: &mut Scene) {
    let approvers = scene.id("approvers");
    let setting = json!({ "setting": {
        "isApprovalRequired": true,
        "isApprovalRequiredForExtension": false,
        "isRequestorJustificationRequired": true,
        "approvalMode": "SingleStage",
        "approvalStages": [{
            "approvalStageTimeOutInDays": 1,
            "isApproverJustificationRequired": true,
            "escalationTimeInMinutes": 0,
            "isEscalationEnabled": false,
            "primaryApprovers": [{ "id": approvers, "isBackup": false, "userType": "Group" }],
        }],
    }});
    scene
        .change_policy("Contributor", json!([rule("Approval_EndUser_Assignment", setting)]))
        .unwrap();
}

#[test]
fn an_approver_decides_once_and_never_for_itself() {
    let mut scene = Scene::new();
    scene.eligible("developer", "Contributor");
    scene.eligible("approver", "Contributor");
    require_approval(&mut scene);
    let developer = scene.caller("developer");
    let ask = scene.ask(Assignment, SelfActivate, "Contributor", "developer");
    let ask = ask.lasting("2 hours").because("work");
    let request = scene.send(&developer, ask.clone()).unwrap();
    assert_eq!(request.status, Status::PendingApproval);
    assert_eq!(scene.holds(Assignment, "developer", "Contributor"), 0);
    assert_eq!(scene.send(&developer, ask), Err("PendingRoleAssignmentRequest"));
    let approval = request.approval.unwrap();
    assert_eq!(scene.review("developer", approval, Review::Approve), Err("SelfApprovalNotAllowed"));
    assert_eq!(scene.review("auditor", approval, Review::Approve), Err("ApproverNotFound"));
    scene.wait("3 hours");
    assert_eq!(scene.review("approver", approval, Review::Approve), Ok(()));
    assert_eq!(scene.review("approver", approval, Review::Deny), Err("ApprovalAlreadyCompleted"));
    assert_eq!(scene.status(&request), Status::Provisioned);
    // The time counts from the approval.
    scene.wait("119 minutes");
    assert_eq!(scene.holds(Assignment, "developer", "Contributor"), 1);
    scene.wait("1 minute");
    assert_eq!(scene.holds(Assignment, "developer", "Contributor"), 0);

    let own = scene.caller("approver");
    let ask = scene.ask(Assignment, SelfActivate, "Contributor", "approver");
    let request = scene.send(&own, ask.lasting("1 hour").because("work")).unwrap();
    let approval = request.approval.unwrap();
    assert_eq!(scene.review("approver", approval, Review::Approve), Err("SelfApprovalNotAllowed"));
}

#[test]
fn an_activation_that_is_denied_or_forgotten_gives_nothing() {
    let mut scene = Scene::new();
    scene.eligible("developer", "Contributor");
    require_approval(&mut scene);
    let developer = scene.caller("developer");
    let ask = scene.ask(Assignment, SelfActivate, "Contributor", "developer");
    let ask = ask.lasting("2 hours").because("work");
    let denied = scene.send(&developer, ask.clone()).unwrap();
    scene.review("approver", denied.approval.unwrap(), Review::Deny).unwrap();
    assert_eq!(scene.status(&denied), Status::Denied);
    let forgotten = scene.send(&developer, ask.clone()).unwrap();
    scene.wait("24 hours");
    assert_eq!(scene.status(&forgotten), Status::TimedOut);
    let approval = forgotten.approval.unwrap();
    assert_eq!(
        scene.review("approver", approval, Review::Approve),
        Err("RoleAssignmentApprovalNotFound")
    );
    let canceled = scene.send(&developer, ask).unwrap();
    assert_eq!(scene.cancel("auditor", &canceled), Err("AuthorizationFailed"));
    assert_eq!(scene.cancel("developer", &canceled), Ok(()));
    assert_eq!(scene.cancel("developer", &canceled), Err("InvalidRoleAssignmentRequest"));
    assert_eq!(scene.holds(Assignment, "developer", "Contributor"), 0);
}

#[test]
fn an_approval_comes_to_nothing_once_the_eligibility_is_gone() {
    let mut scene = Scene::new();
    scene.eligible("developer", "Contributor");
    require_approval(&mut scene);
    let developer = scene.caller("developer");
    let ask = scene.ask(Assignment, SelfActivate, "Contributor", "developer");
    let request = scene.send(&developer, ask.lasting("1 hour").because("work")).unwrap();
    let admin = scene.caller("admin");
    let remove = scene.ask(Eligibility, AdminRemove, "Contributor", "developer");
    scene.send(&admin, remove).unwrap();
    scene.review("approver", request.approval.unwrap(), Review::Approve).unwrap();
    assert_eq!(scene.status(&request), Status::Failed);
    assert_eq!(scene.holds(Assignment, "developer", "Contributor"), 0);
}

#[test]
fn an_approval_comes_to_nothing_once_the_role_is_there_already() {
    let mut scene = Scene::new();
    scene.eligible("developer", "Contributor");
    require_approval(&mut scene);
    let developer = scene.caller("developer");
    let ask = scene.ask(Assignment, SelfActivate, "Contributor", "developer");
    let request = scene.send(&developer, ask.lasting("1 hour").because("work")).unwrap();
    let admin = scene.caller("admin");
    scene.assign(&admin, "Contributor", "developer").unwrap();
    scene.review("approver", request.approval.unwrap(), Review::Approve).unwrap();
    assert_eq!(scene.status(&request), Status::Failed);
    assert_eq!(scene.holds(Assignment, "developer", "Contributor"), 1);
}

#[test]
fn approval_without_approvers_locks_everybody_out() {
    let mut scene = Scene::new();
    scene.eligible("developer", "Contributor");
    let setting = json!({ "setting": {
        "isApprovalRequired": true, "isApprovalRequiredForExtension": false,
        "isRequestorJustificationRequired": true, "approvalMode": "SingleStage", "approvalStages": [],
    }});
    let rules = json!([rule("Approval_EndUser_Assignment", setting)]);
    assert_eq!(scene.change_policy("Contributor", rules), Ok(()), "Azure takes it");
    assert_eq!(scene.activate("developer", "Contributor", "1 hour"), Ok(Status::PendingApproval));
    let pending = scene.world.approvals_behind(None).next().unwrap().name;
    for name in ["admin", "approver", "developer"] {
        assert!(scene.review(name, pending, Review::Approve).is_err(), "{name}");
    }
}

#[test]
fn five_minutes_must_pass() {
    let mut scene = Scene::new();
    scene.eligible("developer", "Contributor");
    let developer = scene.caller("developer");
    let short = scene.ask(Assignment, SelfActivate, "Contributor", "developer");
    let short = short.lasting("4 minutes").because("x");
    assert_eq!(scene.send(&developer, short), Err("ActiveDurationTooShort"));
    scene.activate("developer", "Contributor", "1 hour").unwrap();
    let end = scene.ask(Assignment, SelfDeactivate, "Contributor", "developer");
    assert_eq!(scene.send(&developer, end.clone()), Err("ActiveDurationTooShort"));
    scene.wait("4 minutes 59 seconds");
    assert_eq!(scene.send(&developer, end.clone()), Err("ActiveDurationTooShort"));
    scene.wait("1 second");
    assert_eq!(scene.send(&developer, end.clone()).unwrap().status, Status::Revoked);
    assert_eq!(scene.holds(Assignment, "developer", "Contributor"), 0);
    assert_eq!(scene.send(&developer, end), Err("RoleAssignmentDoesNotExist"));
}

#[test]
fn a_name_is_used_up_by_what_succeeds_and_by_nothing_else() {
    let mut scene = Scene::new();
    let (admin, name) = (scene.caller("admin"), Uuid::new_v4());
    let ask = scene.ask(Eligibility, AdminAssign, "Reader", "developer").named(name);
    let too_long = ask.clone().forever();
    assert_eq!(
        scene.send(&admin, too_long),
        Err("RoleAssignmentRequestPolicyValidationFailed"),
        "the default policy takes no permanent assignment"
    );
    assert!(scene.send(&admin, ask.clone().lasting("30 days")).is_ok());
    let other = Ask(ask.0.clone()).lasting("30 days");
    assert_eq!(scene.send(&admin, other), Err("RoleAssignmentRequestExists"));
}

#[test]
fn who_has_it_does_not_get_it_again() {
    let mut scene = Scene::new();
    scene.eligible("developer", "Reader");
    let admin = scene.caller("admin");
    let again = scene.ask(Eligibility, AdminAssign, "Reader", "developer").lasting("1 day");
    assert_eq!(scene.send(&admin, again), Err("RoleAssignmentExists"));
    // One eligible and one active assignment go together.
    let active = scene.ask(Assignment, AdminAssign, "Reader", "developer");
    let active = active.lasting("30 days").because("x");
    assert_eq!(scene.send(&admin, active.clone()).unwrap().status, Status::Provisioned);
    assert_eq!(scene.send(&admin, active), Err("RoleAssignmentExists"));
    assert_eq!(scene.activate("developer", "Reader", "1 hour"), Err("RoleAssignmentExists"));
}

#[test]
fn making_somebody_active_needs_a_justification_by_default() {
    let mut scene = Scene::new();
    let admin = scene.caller("admin");
    let ask = scene.ask(Assignment, AdminAssign, "Reader", "developer").lasting("30 days");
    let error = scene.try_send(&admin, ask).unwrap_err();
    assert_eq!(rules_of(&error), ["JustificationRule"]);
}

#[test]
fn only_those_who_may_assign_roles_send_requests_of_administrators() {
    let mut scene = Scene::new();
    for name in ["developer", "auditor", "pipeline"] {
        let caller = scene.caller(name);
        for kind in [AdminAssign, AdminUpdate, AdminRemove, AdminExtend, AdminRenew] {
            let ask = scene.ask(Eligibility, kind, "Reader", "developer").lasting("1 day");
            assert_eq!(scene.send(&caller, ask), Err("AuthorizationFailed"), "{name} {kind}");
        }
    }
    let events = scene.events.iter().filter(|event| event.outcome == Outcome::Denied);
    assert_eq!(events.count(), 15);
}

#[test]
fn a_start_in_the_future_is_granted_and_comes_about() {
    let mut scene = Scene::new();
    let admin = scene.caller("admin");
    let tomorrow = scene.now + SignedDuration::from_hours(24);
    let ask = scene.ask(Eligibility, AdminAssign, "Reader", "developer");
    let request = scene.send(&admin, ask.lasting("2 days").starting(tomorrow)).unwrap();
    assert_eq!(request.status, Status::Granted);
    assert_eq!(scene.holds(Eligibility, "developer", "Reader"), 0);
    scene.wait("1 day");
    assert_eq!(scene.status(&request), Status::Provisioned);
    assert_eq!(scene.holds(Eligibility, "developer", "Reader"), 1);
    scene.wait("2 days");
    assert_eq!(scene.holds(Eligibility, "developer", "Reader"), 0);
}

#[test]
fn what_has_not_started_can_be_canceled() {
    let mut scene = Scene::new();
    let admin = scene.caller("admin");
    let tomorrow = scene.now + SignedDuration::from_hours(24);
    let ask = scene.ask(Eligibility, AdminAssign, "Reader", "developer");
    let ask = ask.lasting("2 days").starting(tomorrow);
    let request = scene.send(&admin, ask.clone()).unwrap();
    assert_eq!(scene.cancel("admin", &request), Ok(()));
    scene.wait("1 day");
    assert_eq!(scene.holds(Eligibility, "developer", "Reader"), 0);
    assert_eq!(scene.status(&request), Status::Canceled);
    let started = scene.eligible("developer", "Reader");
    assert_eq!(scene.cancel("admin", &started), Err("InvalidRoleAssignmentRequest"));
}

#[test]
fn a_past_start_is_moved_to_now() {
    let mut scene = Scene::new();
    let admin = scene.caller("admin");
    let yesterday = scene.now - SignedDuration::from_hours(24);
    let ask = scene.ask(Eligibility, AdminAssign, "Reader", "developer");
    let request = scene.send(&admin, ask.lasting("2 days").starting(yesterday)).unwrap();
    let start = request.schedule_info.unwrap().start_date_time;
    assert_eq!(start, Some(scene.now));
}

#[test]
fn an_administrator_updates_extends_renews_and_removes() {
    let mut scene = Scene::new();
    let admin = scene.caller("admin");
    let ask = |scene: &Scene, kind| scene.ask(Eligibility, kind, "Reader", "developer");
    let missing = Err("RoleAssignmentDoesNotExist");
    for kind in [AdminUpdate, AdminExtend, AdminRenew, AdminRemove] {
        let ask = ask(&scene, kind).lasting("1 day");
        assert_eq!(scene.send(&admin, ask), missing, "{kind}");
    }
    scene.eligible("developer", "Reader");
    let schedule = |scene: &Scene| {
        let mut held = scene.world.schedules(Eligibility).held_anywhere(scene.id("developer"));
        held.next().cloned().unwrap()
    };
    let before = schedule(&scene);
    let earlier = ask(&scene, AdminExtend).lasting("10 days");
    assert_eq!(scene.send(&admin, earlier), Err("InvalidRoleAssignmentRequestSchedule"));
    let update = ask(&scene, AdminUpdate).lasting("10 days").with_condition("true");
    scene.send(&admin, update).unwrap();
    let after = schedule(&scene);
    assert_ne!(after.name, before.name, "the name changes when it is modified");
    assert_eq!(after.instance, before.instance);
    assert_eq!(after.condition.as_deref(), Some("true"));
    assert_eq!(after.end, Some(scene.now + SignedDuration::from_hours(240)));
    let extend = ask(&scene, AdminExtend).lasting("30 days");
    scene.send(&admin, extend).unwrap();
    assert_eq!(schedule(&scene).condition.as_deref(), Some("true"), "it is kept");
    let early = ask(&scene, AdminRenew).lasting("30 days");
    assert_eq!(scene.send(&admin, early), Err("RoleAssignmentExists"));
    scene.wait("30 days");
    assert_eq!(schedule(&scene).state, State::Expired);
    let late = ask(&scene, AdminExtend).lasting("30 days");
    assert_eq!(scene.send(&admin, late), missing);
    let renew = ask(&scene, AdminRenew).lasting("30 days");
    scene.send(&admin, renew.clone()).unwrap();
    assert_eq!(scene.holds(Eligibility, "developer", "Reader"), 1);
    scene.wait("60 days");
    scene.wait("1 second");
    assert_eq!(scene.send(&admin, renew), missing, "30 days have passed");
}

#[test]
fn what_has_ended_does_not_hide_what_holds() {
    let mut scene = Scene::new();
    let admin = scene.caller("admin");
    let ask = scene.ask(Assignment, AdminAssign, "Reader", "developer");
    scene.send(&admin, ask.lasting("1 hour").because("x")).unwrap();
    scene.wait("1 hour");
    scene.eligible("developer", "Reader");
    scene.activate("developer", "Reader", "2 hours").unwrap();
    scene.wait("5 minutes");
    let renew = scene.ask(Assignment, AdminRenew, "Reader", "developer").lasting("1 day");
    assert_eq!(scene.send(&admin, renew.because("x")), Err("RoleAssignmentExists"));
    let remove = scene.ask(Assignment, AdminRemove, "Reader", "developer");
    assert_eq!(scene.send(&admin, remove).unwrap().status, Status::Revoked);
    assert_eq!(scene.holds(Assignment, "developer", "Reader"), 0);
    let renew = scene.ask(Assignment, AdminRenew, "Reader", "developer");
    assert!(scene.send(&admin, renew.lasting("1 day").because("x")).is_ok());
}

#[test]
fn a_user_asks_for_more_and_an_administrator_has_to_decide() {
    let mut scene = Scene::new();
    scene.eligible("developer", "Reader");
    let developer = scene.caller("developer");
    let ask = |scene: &Scene, kind| {
        scene.ask(Eligibility, kind, "Reader", "developer").lasting("30 days").because("x")
    };
    let renew = ask(&scene, SelfRenew);
    assert_eq!(scene.send(&developer, renew), Err("RoleAssignmentDoesNotExist"));
    let extend = ask(&scene, SelfExtend);
    let request = scene.send(&developer, extend.clone()).unwrap();
    assert_eq!(request.status, Status::PendingAdminDecision);
    assert_eq!(scene.send(&developer, extend), Err("PendingRoleAssignmentRequest"));
    assert_eq!(scene.cancel("developer", &request), Ok(()));
    // Nobody asks for somebody else.
    let delegate = scene.caller("delegate");
    let foreign = ask(&scene, SelfExtend);
    assert_eq!(scene.send(&delegate, foreign), Err("RoleAssignmentDoesNotExist"));
}

#[test]
fn what_is_not_there_is_refused() {
    let mut scene = Scene::new();
    let admin = scene.caller("admin");
    let base = || scene_ask();
    fn scene_ask() -> Ask {
        let scene = Scene::new();
        scene.ask(Eligibility, AdminAssign, "Reader", "developer").lasting("1 day")
    }
    let mut nobody = base();
    nobody.0.principal_id = Uuid::from_u128(1);
    assert_eq!(scene.send(&admin, nobody), Err("SubjectNotFound"));
    let mut role = base();
    role.0.role_definition_id.guid = Uuid::from_u128(1);
    assert_eq!(scene.send(&admin, role), Err("RoleNotFound"));
    let group = base().at(&format!("{SUBSCRIPTION}/resourceGroups/none"));
    assert_eq!(scene.send(&admin, group), Err("ResourceGroupNotFound"));
    let subscription = base().at("/subscriptions/00000000-0000-0000-0000-000000000009");
    assert_eq!(scene.send(&admin, subscription), Err("SubscriptionNotFound"));
}

#[test]
fn requests_are_forgotten_after_45_days() {
    let mut scene = Scene::new();
    let request = scene.eligible("developer", "Reader");
    scene.wait("44 days");
    assert!(scene.world.requests(Eligibility).get(request.name).is_some());
    scene.wait("1 day");
    assert!(scene.world.requests(Eligibility).get(request.name).is_none());
    assert_eq!(scene.holds(Eligibility, "developer", "Reader"), 1, "what it gave stays");
}

#[test]
fn a_moved_clock_gives_the_same_as_waiting() {
    let play = |steps: &[&str]| {
        let mut scene = Scene::new();
        scene.eligible("developer", "Reader");
        let admin = scene.caller("admin");
        let tomorrow = scene.now + SignedDuration::from_hours(24);
        let ask = scene.ask(Assignment, AdminAssign, "Reader", "developer");
        scene.send(&admin, ask.lasting("3 days").because("x").starting(tomorrow)).unwrap();
        scene.events.clear();
        for step in steps {
            scene.wait(step);
        }
        scene.events.iter().map(|event| (event.time, event.summary.clone())).collect::<Vec<_>>()
    };
    let at_once = play(&["200 days"]);
    assert_eq!(at_once.len(), 3, "start, end, and end of the eligibility");
    assert_eq!(at_once, play(&["1 hour", "1 day", "1 minute", "100 days", "98 days", "23 hours"]));
}
