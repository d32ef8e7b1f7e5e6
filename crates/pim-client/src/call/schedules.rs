//! Schedules and their instances, which are only read.

use super::{Call, Filter, at, filtered, reader, version};
use crate::answer::{self, Page, ScheduleAnswer};
use crate::http::HttpRequest;
use pim_model::{Family, Scope};
use uuid::Uuid;

/// Lists schedules: assignments that are or will be.
#[must_use]
pub fn schedules(scope: &Scope, family: Family, filter: &Filter) -> Call<Page<ScheduleAnswer>> {
    let path = filtered(at(scope, family.schedule_kind(), version::PIM), filter);
    Call::new(HttpRequest::get(path), reader!(page answer::schedule))
}

/// Reads a schedule.
#[must_use]
pub fn schedule(scope: &Scope, family: Family, name: Uuid) -> Call<ScheduleAnswer> {
    let path = at(scope, &format!("{}/{name}", family.schedule_kind()), version::PIM);
    Call::new(HttpRequest::get(path), reader!(one answer::schedule))
}

/// Lists schedule instances: assignments that hold now.
#[must_use]
pub fn instances(scope: &Scope, family: Family, filter: &Filter) -> Call<Page<ScheduleAnswer>> {
    let kind = match family {
        Family::Eligibility => "roleEligibilityScheduleInstances",
        Family::Assignment => "roleAssignmentScheduleInstances",
    };
    let path = filtered(at(scope, kind, version::PIM), filter);
    Call::new(HttpRequest::get(path), reader!(page answer::schedule))
}
