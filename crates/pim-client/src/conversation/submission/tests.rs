use super::*;
use crate::http::{HttpRequest, Method};
use pim_model::{Duration as Length, Expiration, Family, ScheduleInfo};
use proptest::prelude::*;

fn scope() -> Scope {
    Scope::resource_group(Uuid::from_u128(1), "logs")
}

fn wanted(request_type: RequestType) -> ScheduleRequest {
    let (role, who) = (Uuid::from_u128(2), Uuid::from_u128(3));
    let mut request = ScheduleRequest::new(Family::Assignment, request_type, scope(), role, who);
    if !request_type.is_removal() {
        request.schedule_info =
            Some(ScheduleInfo::now(Expiration::AfterDuration(Length::hours(1))));
    }
    request
}

const NAME: Uuid = Uuid::from_u128(4);

fn submission(request_type: RequestType, mode: Mode) -> Submission {
    Submission::new(wanted(request_type), &scope(), NAME, mode, Pace::new(7))
}

fn answered(status: &str) -> HttpResponse {
    let mut body = wanted(RequestType::SelfActivate).to_json();
    body["properties"]["status"] = status.into();
    body["id"] = format!("/x/roleAssignmentScheduleRequests/{NAME}").into();
    body["type"] = "Microsoft.Authorization/roleAssignmentScheduleRequests".into();
    HttpResponse::new(201, body.to_string())
}

fn refused(status: u16, code: &str) -> HttpResponse {
    HttpResponse::new(status, format!(r#"{{"error":{{"code":"{code}","message":"m"}}}}"#))
}

const A_DAY: Mode = Mode::Finish(Duration::from_secs(86_400));

fn sent(step: Step<Outcome>) -> HttpRequest {
    match step {
        Step::Send(request) => request,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_request_is_followed_to_its_end() {
    let mut submission = submission(RequestType::SelfActivate, A_DAY);
    let put = sent(submission.next(Event::Begin));
    assert_eq!(put.method, Method::Put);
    let step = submission.next(Event::Answer(&answered("PendingApproval")));
    assert!(matches!(step, Step::Wait(_, Waiting::Request(_))), "{step:?}");
    assert_eq!(sent(submission.next(Event::Waited)).method, Method::Get);
    let step = submission.next(Event::Answer(&answered("Provisioned")));
    assert!(matches!(step, Step::Done(Outcome::Final(_))), "{step:?}");
}

#[test]
fn patience_ends() {
    let mode = Mode::Finish(Duration::from_secs(60));
    let mut submission = submission(RequestType::SelfActivate, mode);
    let mut step = submission.next(Event::Begin);
    let mut waited = Duration::ZERO;
    for _ in 0..100 {
        step = match step {
            Step::Send(_) => submission.next(Event::Answer(&answered("PendingApproval"))),
            Step::Wait(wait, _) => {
                waited += wait;
                submission.next(Event::Waited)
            }
            Step::Done(Outcome::Pending(_)) => {
                assert!(waited >= Duration::from_secs(60) && waited < Duration::from_secs(90));
                return;
            }
            Step::Done(other) => panic!("{other:?}"),
        };
    }
    panic!("it never ends");
}

#[test]
fn a_lost_answer_is_asked_for() {
    for lost in [Event::Lost("timed out"), Event::Answer(&HttpResponse::new(503, ""))] {
        let mut submission = submission(RequestType::SelfActivate, Mode::Send);
        submission.next(Event::Begin);
        assert!(matches!(submission.next(lost), Step::Wait(_, Waiting::Service(_))));
        assert_eq!(sent(submission.next(Event::Waited)).method, Method::Get);
        // The service does not have it: it is sent again, under the same name.
        let again = sent(submission.next(Event::Answer(&refused(404, "x"))));
        assert_eq!(again.method, Method::Put);
        assert!(again.path.contains(&NAME.to_string()));
    }
}

#[test]
fn a_busy_service_is_waited_for_and_sent_to_again() {
    let mut submission = submission(RequestType::SelfActivate, Mode::Send);
    submission.next(Event::Begin);
    let retry_after = Some("5".to_owned());
    let busy = HttpResponse { status: 429, retry_after, ..HttpResponse::default() };
    let Step::Wait(wait, _) = submission.next(Event::Answer(&busy)) else { panic!() };
    assert!(wait >= Duration::from_secs(5));
    assert_eq!(sent(submission.next(Event::Waited)).method, Method::Put);
}

#[test]
fn a_name_of_another_is_told_from_ones_own() {
    let taken = HttpResponse::new(
        400,
        r#"{"error":{"code":"BadRequest","message":"A role assignment request with Id: x already exists"}}"#,
    );
    for (answer, ours) in [(answered("Provisioned"), true), (answered_for(9), false)] {
        let mut submission = submission(RequestType::SelfActivate, Mode::Send);
        submission.next(Event::Begin);
        assert_eq!(sent(submission.next(Event::Answer(&taken))).method, Method::Get);
        match submission.next(Event::Answer(&answer)) {
            Step::Done(Outcome::Final(_)) => assert!(ours),
            Step::Done(Outcome::NameTaken(_)) => assert!(!ours),
            other => panic!("{other:?}"),
        }
    }
}

fn answered_for(principal: u128) -> HttpResponse {
    let other = Uuid::from_u128(principal).to_string();
    let answer = answered("Provisioned");
    HttpResponse::new(200, answer.body.replace(&Uuid::from_u128(3).to_string(), &other))
}

#[test]
fn waiting_for_what_a_request_needs_is_bounded() {
    let mut submission = submission(RequestType::SelfDeactivate, A_DAY);
    let young = refused(400, "ActiveDurationTooShort");
    let mut step = submission.next(Event::Begin);
    let (mut waited, mut puts) = (Duration::ZERO, 0);
    loop {
        step = match step {
            Step::Send(request) => {
                assert_eq!(request.method, Method::Put);
                puts += 1;
                submission.next(Event::Answer(&young))
            }
            Step::Wait(wait, Waiting::Need(_)) => {
                waited += wait;
                submission.next(Event::Waited)
            }
            Step::Done(Outcome::Refused(_)) => break,
            other => panic!("{other:?}"),
        };
    }
    assert!(waited >= Duration::from_secs(300) && waited < Duration::from_secs(420), "{waited:?}");
    assert!(puts > 5 && puts < 30, "{puts}");
}

#[test]
fn whoever_does_not_wait_is_told_at_once() {
    let young = refused(400, "ActiveDurationTooShort");
    for mode in [Mode::Send, Mode::Finish(Duration::ZERO)] {
        let mut submission = submission(RequestType::SelfDeactivate, mode);
        submission.next(Event::Begin);
        let step = submission.next(Event::Answer(&young));
        assert!(matches!(step, Step::Done(Outcome::Refused(_))), "{step:?}");
    }
}

#[test]
fn what_is_there_already_is_no_failure() {
    for (request_type, code, nothing) in [
        (RequestType::AdminAssign, "RoleAssignmentExists", true),
        (RequestType::SelfActivate, "RoleAssignmentExists", true),
        (RequestType::AdminRemove, "RoleAssignmentDoesNotExist", true),
        (RequestType::AdminUpdate, "RoleAssignmentDoesNotExist", false),
        (RequestType::AdminAssign, "RoleNotFound", false),
    ] {
        let mut submission = submission(request_type, Mode::Send);
        submission.next(Event::Begin);
        match submission.next(Event::Answer(&refused(400, code))) {
            Step::Done(Outcome::NothingToDo(_)) => assert!(nothing, "{code}"),
            Step::Done(Outcome::Refused(_)) => assert!(!nothing, "{code}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_validation_creates_nothing() {
    let mut submission = submission(RequestType::SelfActivate, Mode::Validate);
    let asked = sent(submission.next(Event::Begin));
    assert!(asked.method == Method::Post && asked.path.contains("/validate?"));
    let step = submission.next(Event::Answer(&answered("Granted")));
    assert!(matches!(step, Step::Done(Outcome::Validated(_))));
}

/// What becomes of one message between client and service.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Fine,
    /// It never arrives.
    Dropped,
    /// It is carried out, and the answer never arrives.
    AnswerDropped,
    /// It is turned away.
    Throttled,
    /// It is carried out or not, and the service answers that it failed.
    Failed {
        carried_out: bool,
    },
    /// The client dies, and a new one goes on.
    Crash {
        arrived: bool,
    },
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        4 => Just(Fate::Fine),
        1 => Just(Fate::Dropped),
        1 => Just(Fate::AnswerDropped),
        1 => Just(Fate::Throttled),
        1 => any::<bool>().prop_map(|carried_out| Fate::Failed { carried_out }),
        1 => any::<bool>().prop_map(|arrived| Fate::Crash { arrived }),
    ]
}

/// A service that has at most one request.
#[derive(Default)]
struct Service {
    created: u32,
    asked: u32,
    /// A request whose fate the client does not know, and about which it has not asked since.
    in_doubt: bool,
}

impl Service {
    fn answer(&mut self, request: &HttpRequest) -> HttpResponse {
        match request.method {
            Method::Put if self.created > 0 => HttpResponse::new(
                400,
                r#"{"error":{"code":"x","message":"A role assignment request with Id: y already exists"}}"#,
            ),
            Method::Put => {
                self.created += 1;
                answered("PendingProvisioning")
            }
            _ if self.created == 0 => refused(404, "RoleAssignmentRequestNotFound"),
            _ => {
                self.asked += 1;
                answered(if self.asked > 2 { "Provisioned" } else { "PendingProvisioning" })
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_fails_a_request_is_made_once(fates in prop::collection::vec(fate(), 0..24)) {
        let mut service = Service::default();
        let mut fates = fates.into_iter();
        let mut submission = submission(RequestType::SelfActivate, A_DAY);
        let mut step = submission.next(Event::Begin);
        let mut turns = 0;
        let outcome = loop {
            turns += 1;
            prop_assert!(turns < 1000, "it never ends");
            step = match step {
                Step::Wait(..) => submission.next(Event::Waited),
                Step::Done(outcome) => break outcome,
                Step::Send(request) => {
                    let puts = request.method == Method::Put;
                    prop_assert!(!(puts && service.in_doubt), "sent again without asking");
                    match fates.next().unwrap_or(Fate::Fine) {
                        Fate::Fine => {
                            let response = service.answer(&request);
                            service.in_doubt = false;
                            submission.next(Event::Answer(&response))
                        }
                        Fate::Throttled => submission.next(Event::Answer(&HttpResponse::new(429, ""))),
                        Fate::Dropped => {
                            service.in_doubt |= puts;
                            submission.next(Event::Lost("reset"))
                        }
                        Fate::AnswerDropped => {
                            service.answer(&request);
                            service.in_doubt |= puts;
                            submission.next(Event::Lost("timed out"))
                        }
                        Fate::Failed { carried_out } => {
                            if carried_out {
                                service.answer(&request);
                            }
                            service.in_doubt |= puts;
                            submission.next(Event::Answer(&HttpResponse::new(503, "")))
                        }
                        Fate::Crash { arrived } => {
                            if arrived {
                                service.answer(&request);
                            }
                            service.in_doubt |= puts;
                            submission = Submission::resume(
                                wanted(RequestType::SelfActivate), &scope(), NAME, A_DAY, Pace::new(1),
                            );
                            submission.next(Event::Begin)
                        }
                    }
                }
            };
        };
        prop_assert!(service.created <= 1);
        match outcome {
            Outcome::Final(answer) => {
                prop_assert_eq!(service.created, 1);
                prop_assert_eq!(answer.status.as_str(), "Provisioned");
            }
            // Too much went wrong in a row; it says that it does not know.
            Outcome::Unknown(_) | Outcome::Refused(_) => {}
            other => prop_assert!(false, "{:?}", other),
        }
    }
}
