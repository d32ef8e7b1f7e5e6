//! What a target says it can carry is what it carries, and what the documentation says.

#![expect(clippy::unwrap_used, reason = "helpers state their expectations as tests do")]

use iac_emit::{Carried, EmitError, Input, Options, PolicyChange, Target, emit};
use pim_model::policy::{Expires, Rule, RuleId, RuleSettings};
use pim_model::{
    Access, Duration, Expiration, Family, GroupRequest, RequestType, RoleAssignment,
    RoleDefinitionId, ScheduleInfo, ScheduleRequest, Scope,
};
use uuid::Uuid;

/// Something to be carried.
fn input(carried: Carried) -> Input {
    use Family::{Assignment, Eligibility};
    let scope = Scope::subscription(Uuid::from_u128(1));
    let (role, principal) = (Uuid::from_u128(2), Uuid::from_u128(3));
    let request = |family, kind, has_condition: bool| {
        let mut request = ScheduleRequest::new(family, kind, scope.clone(), role, principal);
        request.condition = has_condition.then(|| "a".to_owned());
        request.schedule_info =
            Some(ScheduleInfo::now(Expiration::AfterDuration(Duration::days(1))));
        request.into()
    };
    match carried {
        Carried::Eligible => request(Eligibility, RequestType::AdminAssign, false),
        Carried::EligibleCondition => request(Eligibility, RequestType::AdminAssign, true),
        Carried::Active => request(Assignment, RequestType::AdminAssign, false),
        Carried::ActiveCondition => request(Assignment, RequestType::AdminAssign, true),
        Carried::Activation => request(Assignment, RequestType::SelfActivate, false),
        Carried::Update => request(Eligibility, RequestType::AdminExtend, false),
        Carried::Remove => request(Eligibility, RequestType::AdminRemove, false),
        Carried::Assignment => RoleAssignment::new(scope, role, principal).into(),
        Carried::AssignmentCondition => {
            let mut assignment = RoleAssignment::new(scope, role, principal);
            assignment.condition = Some("a".to_owned());
            assignment.into()
        }
        Carried::Policy => {
            let expires = Expires {
                is_expiration_required: true,
                maximum_duration: Some(Duration::days(180)),
            };
            let settings = RuleSettings::Expiration(expires);
            PolicyChange {
                role_definition_id: RoleDefinitionId::seen_from(&scope, role),
                scope,
                rules: vec![Rule::new(RuleId::ExpirationAdminEligibility, settings).unwrap()],
            }
            .into()
        }
        Carried::Group => GroupRequest::new(
            Eligibility,
            RequestType::AdminAssign,
            Access::Member,
            role,
            principal,
        )
        .into(),
    }
}

#[test]
fn a_target_carries_what_it_says() {
    for target in Target::ALL {
        for carried in Carried::ALL {
            let answer = emit(input(carried), target, &Options::default());
            match answer {
                Ok(emitted) => {
                    assert!(target.carries().contains(&carried), "{target} {carried:?}");
                    assert!(
                        emitted.text.contains("00000000-0000-0000-0000-000000000003")
                            || carried == Carried::Policy
                    );
                }
                Err(EmitError::Refused { target: refusing, why, instead, .. }) => {
                    assert!(!target.carries().contains(&carried), "{target} {carried:?}");
                    assert_eq!(refusing, target);
                    assert_ne!(why, "there is no way to say it", "{target} {carried:?}");
                    assert!(!instead.is_empty());
                    for other in instead {
                        emit(input(carried), other, &Options::default()).unwrap();
                    }
                }
                Err(other) => panic!("{target} {carried:?}: {other}"),
            }
        }
    }
}

#[test]
fn a_target_is_found_by_its_name() {
    for target in Target::ALL {
        assert_eq!(target.name().parse(), Ok(target));
    }
    assert_eq!("arm".parse::<Target>().unwrap_err().to_string(), "`arm` is no target");
}

#[test]
fn every_target_has_its_line_in_the_documentation() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/targets.md");
    let page = std::fs::read_to_string(page).unwrap();
    for target in Target::ALL {
        let cells: Vec<_> = Carried::ALL
            .iter()
            .map(|carried| if target.carries().contains(carried) { "✓" } else { "–" })
            .collect();
        let line = format!("| `{}` | {} |", target.name(), cells.join(" | "));
        assert!(page.contains(&line), "{line}");
    }
}

#[test]
fn what_a_file_cannot_say_is_noted() {
    let mut request = ScheduleRequest::new(
        Family::Eligibility,
        RequestType::AdminAssign,
        Scope::subscription(Uuid::from_u128(1)),
        Uuid::from_u128(2),
        Uuid::from_u128(3),
    );
    let notes = |request: &ScheduleRequest, target| {
        emit(request.clone(), target, &Options::default()).unwrap().notes
    };
    for target in [Target::Bicep, Target::Azurerm, Target::Powershell] {
        assert!(notes(&request, target).is_empty());
    }
    // An `e` and an accent of its own, which the form NFC has in one character.
    request.justification = Some("cafe\u{301}".to_owned());
    assert!(notes(&request, Target::Bicep).is_empty());
    assert!(notes(&request, Target::Azurerm).concat().contains("NFC"));
    assert!(notes(&request, Target::Powershell).concat().contains("byte-order mark"));
}

#[test]
fn a_request_without_a_scope_is_incomplete() {
    let scope = Scope::subscription(Uuid::from_u128(1));
    let mut assignment = RoleAssignment::new(scope, Uuid::from_u128(2), Uuid::from_u128(3));
    assignment.scope = None;
    let error = emit(assignment, Target::Bicep, &Options::default()).unwrap_err();
    assert_eq!(error, EmitError::Incomplete("the request has no scope".to_owned()));
}
