//! From what someone wants to the request.

use pim_model::{
    Access, Expiration, Family, GroupIntent, Intent, IntentError, Length, Naming, PrincipalType,
    RequestType, Role, Scope, Timestamp, Wish,
};
use uuid::Uuid;

fn intent(wish: Wish) -> Intent {
    let scope = Scope::resource_group(Uuid::from_u128(1), "logs");
    let naming = Naming::Fresh([7; 16]);
    Intent::new(wish, scope, Role::Name("Contributor".to_owned()), Uuid::from_u128(3), naming)
}

fn resolve(name: &str) -> Option<Uuid> {
    (name == "Contributor").then(|| Uuid::from_u128(2))
}

#[test]
fn every_wish_is_a_request_of_its_kind() {
    let check = |wish: Wish, myself: bool, wanted: (Family, RequestType)| {
        let mut intent = intent(wish);
        intent.myself = myself;
        if !wanted.1.is_removal() {
            intent.length = Some(Length::from_words("8 hours").unwrap());
        }
        let request = intent.request(resolve).unwrap();
        assert_eq!((request.family, request.request_type), wanted);
        assert_eq!(request.name.unwrap().get_version_num(), 4);
    };
    use Family::{Assignment, Eligibility};
    check(Wish::MakeEligible, false, (Eligibility, RequestType::AdminAssign));
    check(Wish::MakeActive, false, (Assignment, RequestType::AdminAssign));
    check(Wish::Activate, true, (Assignment, RequestType::SelfActivate));
    check(Wish::Deactivate, true, (Assignment, RequestType::SelfDeactivate));
    check(Wish::Extend(Eligibility), true, (Eligibility, RequestType::SelfExtend));
    check(Wish::Extend(Eligibility), false, (Eligibility, RequestType::AdminExtend));
    check(Wish::Renew(Assignment), false, (Assignment, RequestType::AdminRenew));
    check(Wish::Remove(Eligibility), false, (Eligibility, RequestType::AdminRemove));
}

#[test]
fn what_azure_would_refuse_is_refused_first() {
    let error = |change: &dyn Fn(&mut Intent), wish: Wish| {
        let mut intent = intent(wish);
        intent.length = Some(Length::from_words("180 days").unwrap());
        change(&mut intent);
        intent.request(resolve).unwrap_err()
    };
    let eligible = Wish::MakeEligible;
    assert_eq!(
        error(&|one| one.role = Role::Name("Contributer".to_owned()), eligible),
        IntentError::UnknownRole("Contributer".to_owned())
    );
    assert_eq!(error(&|one| one.length = None, eligible), IntentError::MissingLength);
    assert_eq!(
        error(&|_| {}, Wish::Deactivate),
        IntentError::LengthOfRemoval(RequestType::SelfDeactivate)
    );
    assert_eq!(
        error(&|one| one.length = Some(Length::Permanent), Wish::Activate),
        IntentError::PermanentActivation
    );
    assert_eq!(
        error(&|one| one.principal_type = Some(PrincipalType::ServicePrincipal), eligible),
        IntentError::EligibleServicePrincipal
    );
    let broken = error(&|one| one.condition = Some("(".to_owned()), eligible);
    assert!(matches!(broken, IntentError::Condition(found) if !found.is_empty()));
    let now = Timestamp::UNIX_EPOCH;
    let late = error(
        &|one| {
            one.start = Some(now);
            one.length = Some(Length::Until(now));
        },
        eligible,
    );
    assert_eq!(late, IntentError::EndBeforeStart { start: now, end: now });
}

#[test]
fn lengths_are_read_in_every_form() {
    let end: Timestamp = "2026-12-31T00:00:00Z".parse().unwrap();
    assert_eq!(Length::from_words("2026-12-31T00:00:00Z"), Ok(Length::Until(end)));
    assert_eq!(Length::from_words(" Permanent "), Ok(Length::Permanent));
    assert_eq!(Length::from_words("PT8H"), Length::from_words("8 hours"));
    assert!(Length::from_words("6 months").is_err());
}

#[test]
fn groups_speak_the_words_of_graph() {
    let intent = GroupIntent {
        wish: Wish::MakeEligible,
        myself: false,
        access: Access::Owner,
        group_id: Uuid::from_u128(1),
        principal_id: Uuid::from_u128(2),
        start: None,
        length: Some(Length::from_words("90 days").unwrap()),
        justification: None,
        ticket: None,
    };
    let request = intent.request().unwrap();
    let body = request.to_json();
    assert_eq!(body["action"], "adminAssign");
    assert_eq!(body["accessId"], "owner");
    assert_eq!(body["scheduleInfo"]["expiration"]["type"], "afterDuration");
    assert!(matches!(
        request.schedule_info.unwrap().expiration,
        Expiration::AfterDuration(duration) if duration.to_string() == "P90D"
    ));
}
