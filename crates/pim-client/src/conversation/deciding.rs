//! Approving and denying.

use super::{Conversation, Event, Pace, Step, Trouble, pause};
use crate::answer::{Page, Stage};
use crate::call::{Call, Decision, approval_stages, decide_stage, decide_stage_unwrapped};

/// Decides the stage of an approval that the caller may decide.
///
/// It looks who has decided before it decides, and again where an answer was lost: the first
/// decision counts (*documented*: pim-resource-roles-approval-workflow, read 2026-11).
#[derive(Debug, Clone)]
pub struct Deciding {
    look: Call<Page<Stage>>,
    decision: Decision,
    justification: String,
    pace: Pace,
    state: State,
    /// Whether the body of the API's description is sent instead of that of its example.
    unwrapped: bool,
    sent: bool,
}

#[derive(Debug, Clone)]
enum State {
    Looking,
    Deciding(Call<()>),
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// It is decided as the caller wanted, now.
    Now,
    /// It was decided before.
    Before(Stage),
}

impl Deciding {
    /// Makes the conversation, for the whole id of an approval.
    #[must_use]
    pub fn new(approval: &str, decision: Decision, justification: &str, pace: Pace) -> Self {
        Self {
            look: approval_stages(approval),
            decision,
            justification: justification.to_owned(),
            pace,
            state: State::Looking,
            unwrapped: false,
            sent: false,
        }
    }

    fn looked(&mut self, stages: Vec<Stage>) -> Step<Result<Decided, Trouble>> {
        let is_open = |stage: &&Stage| stage.status.eq_ignore_ascii_case("InProgress");
        if let Some(mine) = stages.iter().filter(is_open).find(|stage| stage.assigned_to_me) {
            let decide = if self.unwrapped { decide_stage_unwrapped } else { decide_stage };
            let call = decide(&mine.id, self.decision, &self.justification);
            let request = call.request.clone();
            self.state = State::Deciding(call);
            self.sent = true;
            return Step::Send(request);
        }
        if stages.iter().any(|stage| is_open(&stage)) {
            let why = "it waits for the decision of others: you are no approver of it, or it is \
                       your own request";
            return Step::Done(Err(Trouble::Nothing(why.to_owned())));
        }
        let decided = stages.into_iter().find(|stage| {
            [Decision::Approve, Decision::Deny]
                .iter()
                .any(|decision| stage.review_result.eq_ignore_ascii_case(decision.as_str()))
        });
        match decided {
            Some(stage) if self.sent && self.is_ours(&stage) => Step::Done(Ok(Decided::Now)),
            Some(stage) => Step::Done(Ok(Decided::Before(stage))),
            None => {
                let why = "no stage of the approval is open: nobody decided in time, or the \
                           request was taken back";
                Step::Done(Err(Trouble::Nothing(why.to_owned())))
            }
        }
    }

    /// Says whether a decision is the one that was sent and whose answer was lost.
    fn is_ours(&self, stage: &Stage) -> bool {
        stage.review_result.eq_ignore_ascii_case(self.decision.as_str())
            && stage.justification.as_deref().unwrap_or("") == self.justification
    }
}

impl Conversation for Deciding {
    type Outcome = Result<Decided, Trouble>;

    fn next(&mut self, event: Event<'_>) -> Step<Self::Outcome> {
        if let Some(pause) = pause(&mut self.pace, event) {
            self.state = State::Looking;
            return pause.into();
        }
        match (&self.state, event) {
            (State::Looking, Event::Answer(response)) => match self.look.answer(response) {
                Ok(page) => self.looked(page.items),
                Err(error) => Step::Done(Err(error.into())),
            },
            (State::Deciding(call), Event::Answer(response)) => match call.answer(response) {
                Ok(()) => Step::Done(Ok(Decided::Now)),
                // Which of the two bodies is taken is not documented.
                Err(_) if response.status == 400 && !self.unwrapped && is_about_body(response) => {
                    self.unwrapped = true;
                    self.state = State::Looking;
                    Step::Send(self.look.request.clone())
                }
                Err(error) => Step::Done(Err(error.into())),
            },
            _ => Step::Send(self.look.request.clone()),
        }
    }
}

/// Says whether the service refused the form of a body and not the decision in it.
fn is_about_body(response: &crate::http::HttpResponse) -> bool {
    let error = crate::error::ServiceError::of(response);
    ["BadRequest", "InvalidRequest", "InvalidRequestContent", "InvalidRequestBody", ""]
        .iter()
        .any(|code| error.code.eq_ignore_ascii_case(code))
        && !error.message.to_lowercase().contains("approv")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{HttpResponse, Method};

    fn stages(status: &str, mine: bool, result: &str) -> HttpResponse {
        HttpResponse::new(
            200,
            format!(
                r#"{{"value": [{{"id": "/a/stages/1", "properties": {{"status": "{status}", "assignedToMe": {mine}, "reviewResult": "{result}", "justification": "ok"}}}}]}}"#
            ),
        )
    }

    fn deciding() -> Deciding {
        let mut deciding = Deciding::new("/a", Decision::Approve, "ok", Pace::new(1));
        assert!(matches!(deciding.next(Event::Begin), Step::Send(_)));
        deciding
    }

    #[test]
    fn an_open_stage_is_decided_once() {
        let mut deciding = deciding();
        let open = stages("InProgress", true, "NotReviewed");
        let Step::Send(sent) = deciding.next(Event::Answer(&open)) else { panic!() };
        assert_eq!(
            (sent.method, sent.path.as_str()),
            (Method::Patch, "/a/stages/1?api-version=2021-01-01-preview")
        );
        assert_eq!(sent.body.unwrap()["properties"]["reviewResult"], "Approve");
        // The answer is lost, and the decision has arrived.
        assert!(matches!(deciding.next(Event::Lost("timed out")), Step::Wait(..)));
        assert!(
            matches!(deciding.next(Event::Waited), Step::Send(look) if look.method == Method::Get)
        );
        let done = stages("Completed", true, "Approve");
        assert_eq!(deciding.next(Event::Answer(&done)), Step::Done(Ok(Decided::Now)));
    }

    #[test]
    fn the_other_body_is_tried() {
        let mut deciding = deciding();
        let open = stages("InProgress", true, "NotReviewed");
        deciding.next(Event::Answer(&open));
        let refused = HttpResponse::new(
            400,
            r#"{"error":{"code":"InvalidRequestContent","message":"unexpected field"}}"#,
        );
        assert!(
            matches!(deciding.next(Event::Answer(&refused)), Step::Send(look) if look.method == Method::Get)
        );
        let Step::Send(sent) = deciding.next(Event::Answer(&open)) else { panic!() };
        assert_eq!(sent.body.unwrap()["reviewResult"], "Approve");
        assert!(matches!(deciding.next(Event::Answer(&refused)), Step::Done(Err(_))));
    }

    #[test]
    fn what_others_decide_is_left_to_them() {
        let mut one = deciding();
        let others = stages("InProgress", false, "NotReviewed");
        assert!(matches!(one.next(Event::Answer(&others)), Step::Done(Err(Trouble::Nothing(_)))));
        let mut other = deciding();
        let denied = stages("Completed", true, "Deny");
        assert!(matches!(other.next(Event::Answer(&denied)), Step::Done(Ok(Decided::Before(_)))));
    }
}
