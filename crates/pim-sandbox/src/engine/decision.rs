//! Decisions, as they go into the log.

use super::authorization::{Grounds, Refusal};
use super::caller::Caller;
use super::change::Change;
use super::error::ServiceError;
use super::event::{Event, Outcome};

/// Writes a decision into the log, and returns what was decided.
pub(super) fn tell<T>(
    change: &mut Change<'_>,
    caller: &Caller,
    action: &str,
    scope: &str,
    summary: &str,
    decided: Result<(T, Grounds), Box<Refusal>>,
) -> Result<T, ServiceError> {
    let (outcome, code, summary, reason, answer) = match decided {
        Ok((answer, Grounds(reason))) => {
            (Outcome::Allowed, None, summary.to_owned(), reason, Ok(answer))
        }
        Err(refusal) => {
            let Refusal { error, reason } = *refusal;
            let summary = format!("{summary}: {}", error.message);
            (Outcome::Denied, Some(error.code.name.to_owned()), summary, reason, Err(error))
        }
    };
    change.tell(Event {
        time: change.now(),
        caller: Some(caller.id),
        action: action.to_owned(),
        scope: scope.to_owned(),
        outcome,
        code,
        summary,
        reason,
    });
    answer
}
