//! The way from standing access to just-in-time.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use iac_emit::{Cloud, File, Reason, Rollout, RolloutOptions, RolloutRole, Standing, Target};
use pim_model::policy::{Approver, RuleId};
use pim_model::{Duration, PrincipalType, Scope};
use std::collections::HashSet;
use std::process::Command;
use uuid::Uuid;

const OWNER: Uuid = Uuid::from_u128(0x8e3af657_a8ff_443c_a75c_2fe8c4bcb635);
const CONTRIBUTOR: Uuid = Uuid::from_u128(0xb24988ac_6180_42a0_ab88_20f7382dd24c);
const RBAC_ADMINISTRATOR: Uuid = Uuid::from_u128(0xf58310d9_a9f6_439a_9e8d_f62e7b41a168);

fn options() -> RolloutOptions {
    let role = |guid, name: &str| RolloutRole { guid, name: name.to_owned() };
    RolloutOptions {
        roles: vec![role(OWNER, "Owner"), role(CONTRIBUTOR, "Contributor")],
        keep: Vec::new(),
        eligibility: Duration::days(180),
        justification: "Replaces standing access".to_owned(),
        nonce: "rollout".to_owned(),
        approvers: vec![Approver::group(Uuid::from_u128(77))],
        reviewers: vec![Uuid::from_u128(78)],
        review_start: "2027-01-01T00:00:00Z".parse().unwrap(),
    }
}

fn standing(role: Uuid, principal: u128, kind: PrincipalType) -> Standing {
    Standing {
        name: Some(Uuid::from_u128(1000 + principal)),
        scope: Scope::resource_group(Uuid::from_u128(9), "rg-app"),
        role,
        role_name: None,
        principal_id: Uuid::from_u128(principal),
        principal_name: Some(format!("person{principal}@contoso.com")),
        principal_type: Some(kind),
        condition: None,
    }
}

fn user(principal: u128) -> Standing {
    standing(OWNER, principal, PrincipalType::User)
}

fn only_kept(assignment: Standing) -> Reason {
    let rollout = Rollout::new(vec![assignment], options());
    assert!(rollout.proposed.is_empty() && rollout.policies.is_empty());
    assert_eq!(rollout.kept.len(), 1);
    rollout.kept[0].reason
}

fn text<'f>(files: &'f [File], path: &str) -> &'f str {
    let file = files.iter().find(|file| file.path == path);
    &file.unwrap_or_else(|| panic!("no {path} among {:?}", paths(files))).text
}

fn paths(files: &[File]) -> Vec<&str> {
    files.iter().map(|file| file.path.as_str()).collect()
}

#[test]
fn people_and_groups_become_eligible() {
    let group = standing(CONTRIBUTOR, 2, PrincipalType::Group);
    let rollout = Rollout::new(vec![user(1), group], options());
    assert!(rollout.kept.is_empty());
    let bodies: Vec<_> = rollout.proposed.iter().map(|one| one.request.to_json()).collect();
    assert_eq!(bodies[0]["properties"]["requestType"], "AdminAssign");
    assert_eq!(bodies[0]["properties"]["scheduleInfo"]["expiration"]["duration"], "P180D");
    assert_eq!(bodies[1]["properties"]["principalId"], Uuid::from_u128(2).to_string());
    let plan = &rollout.files(Target::AzRest, Cloud::Public).unwrap()[0].text;
    assert!(plan.contains("Groups become eligible as they are"));
}

#[test]
fn who_cannot_activate_stays_with_a_reason() {
    let kind = |kind| only_kept(standing(OWNER, 1, kind));
    assert_eq!(kind(PrincipalType::ServicePrincipal), Reason::ServicePrincipal);
    assert_eq!(kind(PrincipalType::ForeignGroup), Reason::OtherTenant);
    assert_eq!(kind(PrincipalType::Device), Reason::OtherTenant);
    assert_eq!(only_kept(Standing { principal_type: None, ..user(1) }), Reason::UnknownPrincipal);
    assert_eq!(only_kept(Standing { scope: Scope::Tenant, ..user(1) }), Reason::Root);
    let pim = Standing {
        principal_name: Some("MS-PIM".to_owned()),
        ..standing(OWNER, 1, PrincipalType::ServicePrincipal)
    };
    assert_eq!(only_kept(pim), Reason::PimItself);
}

#[test]
fn who_was_deleted_has_no_name_where_others_have_one() {
    let nameless = |id| Standing { principal_name: None, ..user(id) };
    let rollout = Rollout::new(vec![user(1), nameless(2)], options());
    assert_eq!(rollout.kept[0].reason, Reason::UnknownPrincipal);
    assert_eq!(rollout.proposed.len(), 1);
    let rollout = Rollout::new(vec![nameless(1), nameless(2)], options());
    assert_eq!(rollout.proposed.len(), 2);
}

#[test]
fn break_glass_is_kept_by_id_and_by_name() {
    for keep in ["00000000-0000-0000-0000-000000000001", " Person1@Contoso.com "] {
        let options = RolloutOptions { keep: vec![keep.to_owned()], ..options() };
        let rollout = Rollout::new(vec![user(1), user(2)], options);
        assert_eq!(rollout.kept[0].reason, Reason::Named);
        assert_eq!(rollout.proposed.len(), 1);
        let files = rollout.files(Target::AzRest, Cloud::Public).unwrap();
        let id = Uuid::from_u128(1).to_string();
        assert!(!text(&files, "3-remove/remove.sh").contains(&id));
        assert!(text(&files, "5-queries/break-glass-sign-in.kql").contains(&id));
        assert!(rollout.warnings.iter().any(|one| one.contains("Only one account")));
    }
}

#[test]
fn a_name_that_matches_nobody_is_a_warning() {
    let options = RolloutOptions { keep: vec!["brake-glass".to_owned()], ..options() };
    let rollout = Rollout::new(vec![user(1)], options);
    assert!(rollout.warnings[0].contains("`brake-glass`"));
}

#[test]
fn a_condition_goes_along_and_a_broken_one_stops() {
    let condition = "@Resource[a:b] StringEquals 'it''s `|` $x'".replace("''", "");
    let with = |text: &str| Standing { condition: Some(text.to_owned()), ..user(1) };
    let rollout = Rollout::new(vec![with(&condition)], options());
    assert_eq!(rollout.proposed[0].request.condition.as_deref(), Some(condition.as_str()));
    assert_eq!(only_kept(with("@Resource[a:b] StringEquals")), Reason::Condition);
}

#[test]
fn what_is_inherited_is_counted_once() {
    let again = Standing {
        scope: "/subscriptions/00000000-0000-0000-0000-000000000009/resourcegroups/RG-App"
            .parse()
            .unwrap(),
        ..user(1)
    };
    let rollout = Rollout::new(vec![user(1), again], options());
    assert_eq!((rollout.proposed.len(), rollout.repeated), (1, 1));
}

#[test]
fn other_roles_are_counted_and_delegators_warned_of() {
    let other = standing(RBAC_ADMINISTRATOR, 1, PrincipalType::User);
    let rollout = Rollout::new(vec![other], options());
    assert_eq!((rollout.others, rollout.kept.len()), (1, 0));
    assert!(rollout.warnings[0].contains("Role Based Access Control Administrator"));
}

#[test]
fn there_is_one_policy_for_a_role_at_a_scope() {
    let rollout = Rollout::new(vec![user(1), user(2)], options());
    assert_eq!((rollout.policies.len(), rollout.reviews.len()), (1, 1));
    let has_approval = |rollout: &Rollout| {
        let rules = &rollout.policies[0].change.rules;
        rules.iter().any(|rule| rule.id == RuleId::ApprovalEndUserAssignment)
    };
    assert!(has_approval(&rollout));
    let without = RolloutOptions { approvers: Vec::new(), ..options() };
    let rollout = Rollout::new(vec![user(1)], without);
    assert!(!has_approval(&rollout));
    assert!(rollout.warnings.iter().any(|one| one.contains("No approver")));
}

#[test]
fn the_policy_allows_what_is_asked_for() {
    let limit = |days| {
        let options = RolloutOptions { eligibility: Duration::days(days), ..options() };
        let rules = Rollout::new(vec![user(1)], options).policies[0].change.rules.clone();
        let policy = pim_model::Policy { rules, ..pim_model::Policy::default() };
        policy.expiration(&RuleId::ExpirationAdminEligibility).unwrap().maximum_duration
    };
    assert_eq!(limit(90), Some(Duration::days(180)));
    assert_eq!(limit(365), Some(Duration::days(365)));
}

#[test]
fn the_review_removes_whoever_gets_no_answer() {
    let rollout = Rollout::new(vec![user(1)], options());
    let body = rollout.reviews[0].to_json();
    let settings = &body["properties"]["settings"];
    assert_eq!(settings["defaultDecision"], "Deny");
    assert_eq!(settings["autoApplyDecisionsEnabled"], true);
    assert_eq!(settings["justificationRequiredOnApproval"], true);
    assert_eq!(settings["recurrence"]["pattern"]["interval"], 3);
    assert_eq!(body["properties"]["scope"]["assignmentState"], "eligible");
    let without = RolloutOptions { reviewers: Vec::new(), ..options() };
    let body = Rollout::new(vec![user(1)], without).reviews[0].to_json();
    let reviewer = body["properties"]["reviewers"][0]["principalId"].as_str().unwrap();
    assert!(Uuid::try_parse(reviewer).is_err(), "Azure must refuse a review nobody answers");
}

#[test]
fn every_target_that_makes_eligible_gets_a_folder() {
    let rollout = Rollout::new(vec![user(1), user(2)], options());
    for target in Target::ALL {
        let Ok(files) = rollout.files(target, Cloud::Public) else {
            assert!(!target.carries().contains(&iac_emit::Carried::Eligible), "{target}");
            continue;
        };
        let unique: HashSet<_> = paths(&files).into_iter().collect();
        assert_eq!(unique.len(), files.len(), "{target}");
        let request = format!("2-eligible/01-owner-person1/{}", target.file_name());
        text(&files, &request);
        assert!(unique.iter().any(|path| path.starts_with("1-policies/01-owner-rg-app/")));
        for file in &files {
            assert!(file.text.ends_with('\n'));
            let name = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            assert!(file.path == "plan.md" || text(&files, "plan.md").contains(name), "{name}");
        }
    }
}

#[test]
fn a_folder_of_terraform_stands_alone() {
    let rollout = Rollout::new(vec![user(1)], options());
    for (target, block) in [
        (Target::Azurerm, "features {}"),
        (Target::Azapi, "Azure/azapi"),
        (Target::AzapiAction, "Azure/azapi"),
    ] {
        let files = rollout.files(target, Cloud::Public).unwrap();
        for folder in ["1-policies/01-owner-rg-app", "2-eligible/01-owner-person1"] {
            let providers = text(&files, &format!("{folder}/providers.tf"));
            assert!(providers.contains(block));
            hcl::parse(providers).unwrap();
        }
    }
}

#[test]
fn names_of_people_are_no_paths_and_no_markdown() {
    let name = "../../*x*|`y`\n# z\u{1b}[0m";
    let odd = Standing { principal_name: Some(name.to_owned()), ..user(1) };
    let files = Rollout::new(vec![odd], options()).files(Target::AzRest, Cloud::Public).unwrap();
    for path in paths(&files) {
        assert!(path.chars().all(|one| one.is_ascii_alphanumeric() || "-./_".contains(one)));
        assert!(!path.contains(".."));
    }
    let plan = text(&files, "plan.md");
    assert!(!plan.contains("\n# z") && !plan.contains('\u{1b}'));
}

/// Runs the script that removes, with an `az` that answers what a test says.
#[cfg(unix)]
fn removal(rollout: &Rollout, schedules: &str, apply: bool) -> (String, bool) {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let files = rollout.files(Target::AzRest, Cloud::Public).unwrap();
    std::fs::write(place.path().join("remove.sh"), text(&files, "3-remove/remove.sh")).unwrap();
    std::fs::write(place.path().join("schedules"), schedules).unwrap();
    let az = "#!/bin/sh\nif [ \"$1\" = rest ]; then cat schedules; else echo \"az $*\"; fi\n";
    std::fs::write(place.path().join("az"), az).unwrap();
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(place.path().join("az"), executable).unwrap();
    let path = std::env::var("PATH").unwrap();
    let output = Command::new("bash")
        .arg("remove.sh")
        .args(apply.then_some("--apply"))
        .current_dir(place.path())
        .env("PATH", format!("{}:{path}", place.path().display()))
        .output()
        .unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.success())
}

#[cfg(unix)]
#[test]
fn an_assignment_goes_only_when_its_eligibility_is_there() {
    let odd = Standing { principal_name: Some("it's $(id) \"x\"".to_owned()), ..user(1) };
    let rollout = Rollout::new(vec![odd, user(2)], options());
    let scope = "/subscriptions/00000000-0000-0000-0000-000000000009/resourcegroups/RG-APP";
    let line = |id: u128, status: &str| format!("{scope}\t{}\t{status}\n", Uuid::from_u128(id));

    let (out, done) = removal(&rollout, "", true);
    assert!(!done && out.matches("waits:").count() == 2 && !out.contains("az role"), "{out}");

    let (out, done) = removal(&rollout, &line(1, "Accepted"), true);
    assert!(!done && !out.contains("az role"), "{out}");

    let both = line(1, "Provisioned") + &line(2, "Provisioned");
    let (out, done) = removal(&rollout, &both, false);
    assert!(done && !out.contains("az role"), "{out}");
    assert!(out.contains("ready:   Owner of it's $(id) \"x\""), "{out}");

    let (out, done) = removal(&rollout, &line(1, "Provisioned"), true);
    let id = rollout.proposed[0].assignment.id().unwrap();
    assert!(!done, "the second one waits");
    assert_eq!(out.matches("az role assignment delete").count(), 1);
    assert!(out.contains(&format!("az role assignment delete --ids {id}")), "{out}");
}
