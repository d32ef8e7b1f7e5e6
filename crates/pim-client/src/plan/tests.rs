use super::*;
use crate::desired::DesiredAssignment;
use crate::status::RequestStatus;
use diagnostics::Span;
use pim_model::{
    Duration, Expiration, Length, MemberType, RequestType, RoleDefinitionId, Schedule,
};
use proptest::prelude::*;

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;
const ROLE: Uuid = Uuid::from_u128(2);
const WHO: Uuid = Uuid::from_u128(3);

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

fn scope() -> Scope {
    Scope::resource_group(Uuid::from_u128(1), "logs")
}

fn wanted(length: Length, condition: Option<&str>) -> DesiredAssignment {
    DesiredAssignment {
        family: Family::Eligibility,
        role: ROLE,
        role_name: "Contributor".to_owned(),
        principal: WHO,
        principal_name: None,
        length,
        condition: condition.map(str::to_owned),
        justification: Some("j".to_owned()),
        ticket: None,
        span: Span::at(0),
    }
}

fn desired(assignments: Vec<DesiredAssignment>, exclusive: &[Family]) -> Desired {
    let exclusive = exclusive.to_vec();
    Desired {
        scopes: vec![DesiredScope { scope: scope(), exclusive, assignments, policies: vec![] }],
    }
}

fn there(start: i64, end: Option<i64>, condition: Option<&str>) -> ScheduleAnswer {
    let schedule = Schedule {
        family: Family::Eligibility,
        id: Some("/x/roleEligibilitySchedules/7".to_owned()),
        scope: Some(
            "/subscriptions/00000000-0000-0000-0000-000000000001/RESOURCEGROUPS/LOGS"
                .parse()
                .unwrap(),
        ),
        role_definition_id: RoleDefinitionId::seen_from(&scope(), ROLE),
        principal_id: WHO,
        principal_type: None,
        member_type: Some(MemberType::Direct),
        is_activation: false,
        start_date_time: Some(at(start)),
        end_date_time: end.map(at),
        condition: condition.map(str::to_owned),
    };
    ScheduleAnswer { schedule, names: Names::default() }
}

fn actual(schedules: Vec<ScheduleAnswer>) -> Vec<Actual> {
    vec![Actual { schedules, ..Actual::default() }]
}

fn one(desired: &Desired, actual: &[Actual]) -> PlanStep {
    let mut plan = plan(desired, actual, None, at(NOW));
    assert_eq!(plan.steps.len(), 1, "{plan:#?}");
    plan.steps.remove(0)
}

const HALF_A_YEAR: Length = Length::For(Duration::days(180));

#[test]
fn an_assignment_becomes_what_is_wanted() {
    let private = "@Environment[isPrivateLink] BoolEquals true";
    let same = "( @environment[IsPrivateLink]   boolequals true )";
    let day = |days: i64| NOW + days * DAY;
    let for_180 = HALF_A_YEAR;
    let until = |days: i64| Length::Until(at(day(days)));
    for (length, condition, there, action, reason) in [
        (for_180, None, None, Action::Assign, "not there"),
        (for_180, None, Some(there(NOW, Some(day(180)), None)), Action::Nothing, ""),
        (for_180, None, Some(there(day(-100), Some(day(80)), None)), Action::Nothing, ""),
        (
            for_180,
            None,
            Some(there(day(-170), Some(day(10)), None)),
            Action::Extend,
            "ends in 10 days",
        ),
        (
            for_180,
            None,
            Some(there(day(-10), Some(day(80)), None)),
            Action::Extend,
            "lasts 90 days, and shall last 180 days",
        ),
        (for_180, None, Some(there(NOW, Some(day(365)), None)), Action::Update, "365 days more"),
        (for_180, None, Some(there(NOW, None, None)), Action::Update, "permanent"),
        (for_180, None, Some(there(day(-181), Some(day(-1)), None)), Action::Renew, "ended on"),
        (for_180, Some(private), Some(there(NOW, Some(day(180)), Some(same))), Action::Nothing, ""),
        (
            for_180,
            Some(private),
            Some(there(NOW, Some(day(180)), None)),
            Action::Update,
            "has no condition",
        ),
        (
            for_180,
            None,
            Some(there(NOW, Some(day(180)), Some(private))),
            Action::Update,
            "shall have none",
        ),
        (until(30), None, Some(there(NOW, Some(day(30) + 60), None)), Action::Nothing, ""),
        (until(30), None, Some(there(NOW, Some(day(20)), None)), Action::Extend, "shall end on"),
        (until(30), None, Some(there(NOW, Some(day(40)), None)), Action::Update, "shall end on"),
        (until(-1), None, None, Action::Keep, "has passed"),
        (Length::Permanent, None, Some(there(NOW, None, None)), Action::Nothing, ""),
        (
            Length::Permanent,
            None,
            Some(there(NOW, Some(day(5)), None)),
            Action::Extend,
            "shall be permanent",
        ),
        (
            Length::For(Duration::hours(8)),
            None,
            Some(there(NOW - 3600, Some(NOW + 7 * 3600), None)),
            Action::Nothing,
            "",
        ),
        (for_180, None, Some(there(day(30), Some(day(210)), None)), Action::Nothing, ""),
    ] {
        let desired = desired(vec![wanted(length, condition)], &[]);
        let step = one(&desired, &actual(there.clone().into_iter().collect()));
        assert_eq!(step.action, action, "{length:?} {there:?}: {step:#?}");
        assert!(step.reasons.join("; ").contains(reason), "{:?}", step.reasons);
        assert_eq!(step.request.is_some(), action.is_change());
    }
}

#[test]
fn a_change_names_what_it_changes() {
    let desired = desired(vec![wanted(HALF_A_YEAR, Some("@Environment[a] BoolEquals true"))], &[]);
    let end = NOW + 80 * DAY;
    let step = one(&desired, &actual(vec![there(NOW - 100 * DAY, Some(end), None)]));
    let request = step.request.unwrap();
    assert_eq!(request.request_type, RequestType::AdminUpdate);
    assert_eq!(request.target_schedule_id.as_deref(), Some("/x/roleEligibilitySchedules/7"));
    assert!(step.reasons[1].contains("180 days from now"), "{:?}", step.reasons);
}

#[test]
fn nothing_is_removed_unless_the_file_names_every_one() {
    let mut other = there(NOW, None, None);
    other.schedule.principal_id = Uuid::from_u128(8);
    let mut above = other.clone();
    above.schedule.scope = scope().parent();
    let mut group = other.clone();
    group.schedule.member_type = Some(MemberType::Group);
    let mut active = other.clone();
    active.schedule.family = Family::Assignment;
    let mut activation = active.clone();
    activation.schedule.is_activation = true;
    let all = vec![other.clone(), above, group, active, activation, other];

    let actions = |exclusive: &[Family], caller| {
        let plan = plan(&desired(vec![], exclusive), &actual(all.clone()), caller, at(NOW));
        plan.steps.iter().map(|step| (step.action, step.family)).collect::<Vec<_>>()
    };
    let (eligible, active) = (Family::Eligibility, Family::Assignment);
    assert_eq!(actions(&[], None), []);
    assert_eq!(actions(&[eligible], None), [(Action::Remove, Some(eligible))]);
    assert_eq!(actions(&[eligible, active], None).len(), 2);
    let own = actions(&[eligible], Some(Uuid::from_u128(8)));
    assert_eq!(own, [(Action::Keep, Some(eligible))]);
}

#[test]
fn a_request_that_waits_is_not_sent_again() {
    let mut request =
        ScheduleRequest::new(Family::Eligibility, RequestType::AdminAssign, scope(), ROLE, WHO);
    request.name = Some(Uuid::from_u128(6));
    let answer = RequestAnswer {
        request,
        id: None,
        status: RequestStatus::PendingAdminDecision,
        approval_id: None,
        requestor_id: None,
        created_on: None,
        names: Names::default(),
    };
    let actual = [Actual { requests: vec![answer], ..Actual::default() }];
    let step = one(&desired(vec![wanted(HALF_A_YEAR, None)], &[]), &actual);
    assert_eq!(step.action, Action::Wait);
    assert!(step.reasons[0].contains("an administrator must decide"), "{:?}", step.reasons);
}

proptest! {
    /// Whatever is there: once the plan is carried out, there is nothing to do.
    #[test]
    fn a_plan_that_was_carried_out_is_empty(
        hours in prop::option::of(1_i64..9000),
        past in 0_i64..9000,
        left in prop::option::of(-100_i64..9000),
        has in any::<bool>(),
        (with, without) in (any::<bool>(), any::<bool>()),
    ) {
        let condition = "@Environment[isPrivateLink] BoolEquals true";
        let length = match hours {
            Some(hours) => Length::For(Duration::hours(hours.unsigned_abs().try_into().unwrap())),
            None => Length::Permanent,
        };
        let desired = desired(vec![wanted(length, with.then_some(condition))], &[Family::Eligibility]);
        let old = there(NOW - past * 3600, left.map(|left| NOW + left * 3600), without.then_some(condition));
        let before = if has { vec![old.clone()] } else { vec![] };
        let step = one(&desired, &actual(before));
        let Some(request) = step.request else { return Ok(()) };
        let end = match request.schedule_info.unwrap().expiration {
            Expiration::NoExpiration => None,
            Expiration::AfterDuration(duration) => Some(NOW + i64::try_from(duration.seconds()).unwrap()),
            Expiration::AfterDateTime(end) => Some(end.as_second()),
        };
        // A service may keep the old start, or write the time at which it was at it.
        for start in [NOW + 30, if has { NOW - past * 3600 } else { NOW }] {
            let after = there(start, end, request.condition.as_deref());
            let again = one(&desired, &actual(vec![after]));
            prop_assert_eq!(again.action, Action::Nothing, "{:?} {:?}", again.reasons, request);
        }
    }
}
