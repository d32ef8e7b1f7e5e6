//! Who may do what, and what policies become.

use super::scene::{GROUP, SUBSCRIPTION, Scene};
use super::{Outcome, Record, assignments, policy, roles};
use pim_model::{Family, PrincipalType, RequestType, RoleAssignment};
use serde_json::{Value, json};
use uuid::Uuid;

/// What the delegate of the story may hand out: four roles of the container registry.
const FOUR: &str = "c2f4ef07-c644-48eb-af81-4b1b4947fb11, 6cef56e8-d556-48e5-a04f-b8e64114680f, \
                    7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec";

fn four_roles() -> String {
    format!(
        "((!(ActionMatches{{'Microsoft.Authorization/roleAssignments/write'}})) OR \
         (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] \
         ForAnyOfAnyValues:GuidEquals {{{FOUR}}})) AND \
         ((!(ActionMatches{{'Microsoft.Authorization/roleAssignments/delete'}})) OR \
         (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] \
         ForAnyOfAnyValues:GuidEquals {{{FOUR}}}))"
    )
}

/// Gives the delegate User Access Administrator under a condition.
fn constrain(scene: &mut Scene, condition: &str) {
    let admin = scene.caller("admin");
    let scope = SUBSCRIPTION.parse().unwrap();
    let role = scene.role("User Access Administrator");
    let mut body = RoleAssignment::new(scope, role, scene.id("delegate"));
    body.condition = Some(condition.to_owned());
    let name = Uuid::new_v4();
    scene.run(|change| assignments::put(change, &admin, SUBSCRIPTION, name, &body)).unwrap();
}

#[test]
fn a_condition_decides_each_assignment_and_the_log_says_which_clause() {
    let mut scene = Scene::new();
    constrain(&mut scene, &four_roles());
    let delegate = scene.caller("delegate");
    let refused =
        scene.assign(&delegate, "Container Registry Repository Catalog Lister", "pipeline");
    assert_eq!(refused, Err("AuthorizationFailed"));
    let told = scene.events.last().unwrap();
    assert_eq!(
        (told.outcome, told.code.as_deref()),
        (Outcome::Denied, Some("AuthorizationFailed"))
    );
    assert!(
        told.summary.contains("has an authorization with ABAC condition that is not fulfilled")
    );
    let unmet = &told.reason["conditionsNotMet"][0];
    assert_eq!(unmet["role"], "User Access Administrator");
    let clauses: Vec<&str> = unmet["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["clause"].as_str().unwrap())
        .collect();
    assert!(clauses.iter().any(|clause| clause.starts_with("@Request[")), "{clauses:?}");

    let written = scene.assign(&delegate, "AcrPush", "pipeline").unwrap();
    assert_eq!(scene.events.last().unwrap().outcome, Outcome::Allowed);
    let name = written.role_assignment.as_ref().unwrap().name;
    let removed = scene.run(|change| assignments::delete(change, &delegate, SUBSCRIPTION, name));
    assert!(removed.unwrap().is_some());

    // What the delegate may not give it may not take either.
    let owner = scene.world.schedules(Family::Assignment).held_anywhere(scene.id("admin")).next();
    let name = owner.unwrap().role_assignment.as_ref().unwrap().name;
    let refused = scene.run(|change| assignments::delete(change, &delegate, SUBSCRIPTION, name));
    assert_eq!(refused, Err("AuthorizationFailed"));
}

#[test]
fn a_principal_type_that_the_body_leaves_out_is_missing_for_the_condition() {
    let mut scene = Scene::new();
    constrain(
        &mut scene,
        "@Request[Microsoft.Authorization/roleAssignments:PrincipalType] \
         ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}",
    );
    let delegate = scene.caller("delegate");
    assert_eq!(scene.assign(&delegate, "Reader", "pipeline"), Err("AuthorizationFailed"));
    let (role, pipeline) = (scene.role("Reader"), scene.id("pipeline"));
    let mut body = RoleAssignment::new(SUBSCRIPTION.parse().unwrap(), role, pipeline);
    body.principal_type = Some(PrincipalType::ServicePrincipal);
    let name = Uuid::new_v4();
    let written =
        scene.run(|change| assignments::put(change, &delegate, SUBSCRIPTION, name, &body));
    assert!(written.unwrap().created);
    // Requests of PIM cannot say it, so they stay refused.
    let kind = RequestType::AdminAssign;
    let ask = scene.ask(Family::Assignment, kind, "AcrPull", "pipeline").lasting("1 day");
    assert_eq!(scene.send(&delegate, ask.because("x")), Err("AuthorizationFailed"));
}

#[test]
fn requests_of_administrators_are_decided_as_the_assignments_they_make_and_end() {
    let mut scene = Scene::new();
    constrain(&mut scene, &four_roles());
    let delegate = scene.caller("delegate");
    let ask = |scene: &Scene, kind, role| {
        scene.ask(Family::Eligibility, kind, role, "developer").lasting("1 day")
    };
    let push = ask(&scene, RequestType::AdminAssign, "AcrPush");
    assert!(scene.send(&delegate, push).is_ok());
    let reader = ask(&scene, RequestType::AdminAssign, "Reader");
    assert_eq!(scene.send(&delegate, reader), Err("AuthorizationFailed"));
    scene.eligible("developer", "Reader");
    let reader = ask(&scene, RequestType::AdminRemove, "Reader");
    assert_eq!(scene.send(&delegate, reader), Err("AuthorizationFailed"));
    let push = ask(&scene, RequestType::AdminRemove, "AcrPush");
    assert!(scene.send(&delegate, push).is_ok());
    // Nor does a condition let through what it says nothing about: the settings of roles.
    let name = scene.world.policy(SUBSCRIPTION, scene.role("Reader")).name;
    let body = json!({ "properties": { "rules": [] } });
    let changed =
        scene.run(|change| policy::change(change, &delegate, SUBSCRIPTION, name, &body).map(drop));
    assert_eq!(changed, Err("AuthorizationFailed"));
}

#[test]
fn rights_come_from_above_and_from_groups_and_end_in_time() {
    let mut scene = Scene::new();
    let admin = scene.caller("admin");
    let approver = scene.caller("approver");
    assert_eq!(scene.assign(&approver, "Reader", "developer"), Err("AuthorizationFailed"));
    let kind = RequestType::AdminAssign;
    let ask = scene.ask(Family::Assignment, kind, "User Access Administrator", "approvers");
    scene.send(&admin, ask.lasting("1 hour").because("x")).unwrap();
    let (role, developer) = (scene.role("Reader"), scene.id("developer"));
    let body = RoleAssignment::new(GROUP.parse().unwrap(), role, developer);
    let name = Uuid::new_v4();
    let below = scene.run(|change| assignments::put(change, &approver, GROUP, name, &body));
    assert!(below.is_ok(), "through the group, from the subscription to the resource group");
    let above = "/providers/Microsoft.Management/managementGroups/mg-contoso";
    let body = RoleAssignment::new(above.parse().unwrap(), role, developer);
    let name = Uuid::new_v4();
    let refused = scene.run(|change| assignments::put(change, &approver, above, name, &body));
    assert_eq!(refused.map(drop), Err("AuthorizationFailed"), "never upwards");
    scene.wait("1 hour");
    assert_eq!(scene.assign(&approver, "Reader", "auditor"), Err("AuthorizationFailed"));
}

#[test]
fn whoever_was_removed_has_nothing() {
    let mut scene = Scene::new();
    let admin = scene.caller("admin");
    let record = scene.world.principal(admin.id).cloned().unwrap();
    scene
        .run(|change| {
            change.remove(&Record::Principal(record).key());
            Ok(())
        })
        .unwrap();
    assert_eq!(scene.assign(&admin, "Reader", "developer"), Err("AuthorizationFailed"));
}

#[test]
fn role_assignments_are_unique_and_change_in_two_fields_only() {
    let mut scene = Scene::new();
    let admin = scene.caller("admin");
    let first = scene.assign(&admin, "Reader", "developer").unwrap();
    assert_eq!(scene.assign(&admin, "Reader", "developer"), Err("RoleAssignmentExists"));
    let name = first.role_assignment.as_ref().unwrap().name;
    let scope = SUBSCRIPTION.parse().unwrap();
    let mut body = RoleAssignment::new(scope, first.role, first.principal);
    body.description = Some("why".to_owned());
    body.condition = Some("true".to_owned());
    let again = scene.run(|change| assignments::put(change, &admin, SUBSCRIPTION, name, &body));
    let again = again.unwrap();
    assert!(!again.created);
    assert_eq!(again.schedule.condition.as_deref(), Some("true"));
    body.principal_id = scene.id("auditor");
    let moved = scene.run(|change| assignments::put(change, &admin, SUBSCRIPTION, name, &body));
    assert_eq!(moved.map(drop), Err("RoleAssignmentUpdateNotPermitted"));
    body.principal_id = Uuid::from_u128(7);
    let fresh = Uuid::new_v4();
    let nobody = scene.run(|change| assignments::put(change, &admin, SUBSCRIPTION, fresh, &body));
    assert_eq!(nobody.map(drop), Err("PrincipalNotFound"));
    body.principal_id = scene.id("pipeline");
    body.principal_type = Some(PrincipalType::User);
    let wrong = scene.run(|change| assignments::put(change, &admin, SUBSCRIPTION, fresh, &body));
    assert_eq!(wrong.map(drop), Err("UnmatchedPrincipalType"));
}

#[test]
fn the_pim_only_mode_blocks_what_does_not_come_through_pim() {
    let mut scene = Scene::new();
    let admin = scene.caller("admin");
    let mode = |mode: &str| {
        json!([{
            "id": "PIMOnlyMode_Admin_Assignment",
            "ruleType": "RoleManagementPolicyPimOnlyModeRule",
            "pimOnlyModeSettings": { "mode": mode, "excludes": [], "excludedAssignmentTypes": [] },
            "target": { "caller": "Admin", "operations": ["all"], "level": "Assignment",
                "targetObjects": [], "inheritableSettings": ["all"], "enforcedSettings": ["all"] },
        }])
    };
    scene.change_policy("Reader", mode("ReportOnly")).unwrap();
    assert!(scene.assign(&admin, "Reader", "developer").is_ok());
    scene.change_policy("Reader", mode("Enabled")).unwrap();
    assert_eq!(
        scene.assign(&admin, "Reader", "delegate"),
        Err("RoleAssignmentBlockedByPimOnlyMode")
    );
    let kind = RequestType::AdminAssign;
    let ask = scene.ask(Family::Assignment, kind, "Reader", "delegate");
    assert!(scene.send(&admin, ask.lasting("1 day").because("x")).is_ok());
}

fn rule(id: &str, changes: Value) -> Value {
    let mut rule = policy::default_rules().iter().find(|rule| rule["id"] == id).unwrap().clone();
    for (name, value) in changes.as_object().unwrap() {
        rule[name] = value.clone();
    }
    rule
}

#[test]
fn a_patch_replaces_the_rules_it_names_and_the_name_changes() {
    let mut scene = Scene::new();
    let reader = scene.role("Reader");
    let before = scene.world.policy(SUBSCRIPTION, reader);
    assert_eq!(scene.world.policy_named(SUBSCRIPTION, before.name).unwrap(), before);
    assert!(scene.world.policy_named(GROUP, before.name).is_none(), "it is of one scope");
    let four = rule("Expiration_EndUser_Assignment", json!({ "maximumDuration": "PT4H" }));
    scene.change_policy("Reader", json!([four])).unwrap();
    let after = scene.world.policy(SUBSCRIPTION, reader);
    assert_ne!(after.name, before.name);
    assert!(scene.world.policy_named(SUBSCRIPTION, before.name).is_none());
    assert_eq!(after.rules().len(), before.rules().len());
    let differing = after.rules().iter().zip(before.rules()).filter(|(one, other)| one != other);
    assert_eq!(differing.count(), 1);
    // No other scope and no other role has changed.
    assert!(scene.world.policy(GROUP, reader).changed.is_none());
    assert!(scene.world.policy(SUBSCRIPTION, scene.role("Owner")).changed.is_none());
    scene.eligible("developer", "Reader");
    let refused = Err("RoleAssignmentRequestPolicyValidationFailed");
    assert_eq!(scene.activate("developer", "Reader", "5 hours"), refused);
    assert!(scene.activate("developer", "Reader", "4 hours").is_ok());
}

#[test]
fn a_policy_that_cannot_be_is_refused_as_a_whole() {
    let mut scene = Scene::new();
    let activation = "Enablement_EndUser_Assignment";
    let context = "AuthenticationContext_EndUser_Assignment";
    let both = json!([
        rule(activation, json!({ "enabledRules": ["MultiFactorAuthentication"] })),
        rule(context, json!({ "isEnabled": true, "claimValue": "c1" })),
    ]);
    assert_eq!(scene.change_policy("Reader", both), Err("MfaAndAcrsConflict"));
    let mut untargeted = rule(activation, json!({}));
    untargeted.as_object_mut().unwrap().shift_remove("target");
    for wrong in [
        json!([]),
        json!([{}]),
        json!([untargeted]),
        json!([rule("Enablement_Admin_Assignment", json!({ "enabledRules": ["Ticketing"] }))]),
        json!([rule(activation, json!({ "enabledRules": ["Nothing"] }))]),
        json!([rule(activation, json!({ "ruleType": "RoleManagementPolicyExpirationRule" }))]),
        json!([rule(context, json!({ "isEnabled": true, "claimValue": "100" }))]),
        json!([rule("Expiration_EndUser_Assignment", json!({ "maximumDuration": "P1M" }))]),
        json!([rule("Expiration_EndUser_Assignment", json!({ "id": "Unknown_Rule" }))]),
    ] {
        assert_eq!(scene.change_policy("Reader", wrong.clone()), Err("InvalidPolicy"), "{wrong}");
    }
    assert!(scene.world.policy(SUBSCRIPTION, scene.role("Reader")).changed.is_none());
}

#[test]
fn custom_roles_grant_what_they_say_where_they_are_assignable() {
    let mut scene = Scene::new();
    let (admin, id) = (scene.caller("admin"), Uuid::new_v4());
    let body = |name: &str, scope: &str| {
        json!({ "properties": {
            "roleName": name,
            "permissions": [{
                "actions": ["Microsoft.Authorization/roleAssignments/*"],
                "notActions": ["Microsoft.Authorization/roleAssignments/delete"],
            }],
            "assignableScopes": [scope],
        }})
    };
    let put = |scene: &mut Scene, caller: &str, id, body: Value| {
        let caller = scene.caller(caller);
        scene.run(|change| roles::put(change, &caller, GROUP, id, &body).map(drop))
    };
    assert_eq!(put(&mut scene, "developer", id, body("Giver", GROUP)), Err("AuthorizationFailed"));
    assert_eq!(put(&mut scene, "admin", id, body("Giver", GROUP)), Ok(()));
    let other = Uuid::new_v4();
    let taken = Err("RoleDefinitionWithSameNameExists");
    assert_eq!(put(&mut scene, "admin", other, body("giver", GROUP)), taken);
    let built_in = scene.role("Reader");
    let refused = Err("RoleDefinitionUpdateNotAllowed");
    assert_eq!(put(&mut scene, "admin", built_in, body("Mine", GROUP)), refused);
    assert_eq!(
        scene.assign(&admin, "Giver", "developer"),
        Err("ScopeDoesNotMatchRoleDefinition"),
        "the subscription is above its assignable scope"
    );
    let assignment = RoleAssignment::new(GROUP.parse().unwrap(), id, scene.id("developer"));
    let name = Uuid::new_v4();
    scene.run(|change| assignments::put(change, &admin, GROUP, name, &assignment)).unwrap();
    let developer = scene.caller("developer");
    let given = RoleAssignment::new(GROUP.parse().unwrap(), built_in, scene.id("auditor"));
    let fresh = Uuid::new_v4();
    let written = scene.run(|change| assignments::put(change, &developer, GROUP, fresh, &given));
    assert!(written.is_ok());
    let taken = scene.run(|change| assignments::delete(change, &developer, GROUP, fresh));
    assert_eq!(taken, Err("AuthorizationFailed"), "notActions takes it away");
    let gone = scene.run(|change| roles::delete(change, &admin, GROUP, id));
    assert_eq!(gone, Err("RoleDefinitionHasAssignments"));
}
