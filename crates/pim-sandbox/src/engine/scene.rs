//! A world for tests: the default seed, a time that stands still, and short words.

#![expect(clippy::unwrap_used, reason = "a miss fails the test")]

use super::approvals::decide;
use super::record::{Request, Review, Schedule, Status};
use super::requests::{Submission, cancel, submit};
use super::{Caller, Change, Event, ServiceError, World, advance, assignments, policy};
use crate::seed::built_in;
use jiff::{SignedDuration, Timestamp};
use pim_model::{
    Duration, Expiration, Family, RequestType, RoleAssignment, ScheduleInfo, ScheduleRequest, Scope,
};
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

pub(crate) const SUBSCRIPTION: &str = "/subscriptions/00000000-0000-0000-0000-000000000000";
pub(crate) const GROUP: &str =
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-app";

pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) now: Timestamp,
    pub(crate) events: Vec<Event>,
}

impl Scene {
    pub(crate) fn new() -> Self {
        let now: Timestamp = "2026-11-25T09:00:00Z".parse().unwrap();
        let mut world = World::default();
        for record in built_in("default", now).unwrap().records() {
            world.put(record.clone());
        }
        Self { world, now, events: Vec::new() }
    }

    pub(crate) fn caller(&self, name: &str) -> Caller {
        let found = self.world.find_principal(name).unwrap();
        let name = found.display_name.clone();
        Caller { id: found.id, name, mfa: false, authentication_contexts: Vec::new() }
    }

    pub(crate) fn id(&self, name: &str) -> Uuid {
        self.world.find_principal(name).unwrap().id
    }

    pub(crate) fn role(&self, name: &str) -> Uuid {
        self.world.role_by_name(name).unwrap().id()
    }

    /// Waits, settling what becomes due.
    pub(crate) fn wait(&mut self, time: &str) {
        let seconds = Duration::from_words(time).unwrap().seconds();
        self.now += SignedDuration::from_secs(seconds.try_into().unwrap());
        self.events.extend(advance(&mut self.world, self.now).events);
    }

    /// Carries out a command as the store does.
    pub(crate) fn run<T>(
        &mut self,
        command: impl FnOnce(&mut Change<'_>) -> Result<T, ServiceError>,
    ) -> Result<T, &'static str> {
        self.try_run(command).map_err(|error| error.code.name)
    }

    pub(crate) fn try_run<T>(
        &mut self,
        command: impl FnOnce(&mut Change<'_>) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let mut change = Change::new(&mut self.world, self.now);
        let answer = command(&mut change);
        let done = if answer.is_ok() { change.keep() } else { change.undo() };
        self.events.extend(done.events);
        answer
    }

    pub(crate) fn ask(&self, family: Family, kind: RequestType, role: &str, whom: &str) -> Ask {
        let scope: Scope = SUBSCRIPTION.parse().unwrap();
        let role = self.role(role);
        Ask(ScheduleRequest::new(family, kind, scope, role, self.id(whom)))
    }

    pub(crate) fn send(&mut self, caller: &Caller, ask: Ask) -> Result<Arc<Request>, &'static str> {
        self.try_send(caller, ask).map_err(|error| error.code.name)
    }

    pub(crate) fn try_send(
        &mut self,
        caller: &Caller,
        Ask(body): Ask,
    ) -> Result<Arc<Request>, ServiceError> {
        let scope = body.scope.clone().unwrap().to_string();
        let name = body.name.unwrap_or_else(Uuid::new_v4);
        let sent = Submission { name, scope, body };
        self.try_run(|change| submit(change, caller, &sent))
    }

    /// Makes somebody eligible for half a year, as the administrator.
    pub(crate) fn eligible(&mut self, whom: &str, role: &str) -> Arc<Request> {
        let admin = self.caller("admin");
        let ask = self.ask(Family::Eligibility, RequestType::AdminAssign, role, whom);
        self.send(&admin, ask.lasting("180 days")).unwrap()
    }

    /// Activates as the eligible one, for a time.
    pub(crate) fn activate(
        &mut self,
        who: &str,
        role: &str,
        time: &str,
    ) -> Result<Status, &'static str> {
        let caller = self.caller(who);
        let ask = self.ask(Family::Assignment, RequestType::SelfActivate, role, who);
        self.send(&caller, ask.lasting(time).because("work")).map(|request| request.status)
    }

    /// Changes rules of the policy of a role at the subscription.
    pub(crate) fn change_policy(&mut self, role: &str, rules: Value) -> Result<(), &'static str> {
        let admin = self.caller("admin");
        let name = self.world.policy(SUBSCRIPTION, self.role(role)).name;
        let body = json!({ "properties": { "rules": rules } });
        self.run(|change| policy::change(change, &admin, SUBSCRIPTION, name, &body).map(drop))
    }

    /// Writes a role assignment at the subscription.
    pub(crate) fn assign(
        &mut self,
        caller: &Caller,
        role: &str,
        whom: &str,
    ) -> Result<Arc<Schedule>, &'static str> {
        let body =
            RoleAssignment::new(SUBSCRIPTION.parse().unwrap(), self.role(role), self.id(whom));
        let name = Uuid::new_v4();
        self.run(|change| {
            assignments::put(change, caller, SUBSCRIPTION, name, &body).map(|one| one.schedule)
        })
    }

    pub(crate) fn review(
        &mut self,
        who: &str,
        approval: Uuid,
        review: Review,
    ) -> Result<(), &'static str> {
        let caller = self.caller(who);
        self.run(|change| decide(change, &caller, approval, review, None).map(drop))
    }

    pub(crate) fn cancel(&mut self, who: &str, request: &Request) -> Result<(), &'static str> {
        let caller = self.caller(who);
        let (family, scope, name) = (request.family, request.scope.clone(), request.name);
        self.run(|change| cancel(change, &caller, family, &scope, name))
    }

    /// Returns how many current schedules somebody holds of a role, itself.
    pub(crate) fn holds(&self, family: Family, whom: &str, role: &str) -> usize {
        let role = self.role(role);
        let held = self.world.schedules(family).held_anywhere(self.id(whom));
        held.filter(|one| one.role == role && one.state == super::State::Current).count()
    }

    pub(crate) fn status(&self, request: &Request) -> Status {
        self.world.requests(request.family).get(request.name).unwrap().status
    }
}

/// A request that is being put together.
#[derive(Clone)]
pub(crate) struct Ask(pub(crate) ScheduleRequest);

impl Ask {
    pub(crate) fn lasting(mut self, time: &str) -> Self {
        let duration = Duration::from_words(time).unwrap();
        self.0.schedule_info = Some(ScheduleInfo::now(Expiration::AfterDuration(duration)));
        self
    }

    pub(crate) fn forever(mut self) -> Self {
        self.0.schedule_info = Some(ScheduleInfo::now(Expiration::NoExpiration));
        self
    }

    pub(crate) fn starting(mut self, start: Timestamp) -> Self {
        let info = self.0.schedule_info.as_mut().unwrap();
        info.start_date_time = Some(start);
        self
    }

    pub(crate) fn because(mut self, text: &str) -> Self {
        self.0.justification = Some(text.to_owned());
        self
    }

    pub(crate) fn with_condition(mut self, text: &str) -> Self {
        self.0.condition = Some(text.to_owned());
        self
    }

    pub(crate) fn at(mut self, scope: &str) -> Self {
        let scope: Scope = scope.parse().unwrap();
        self.0.role_definition_id =
            pim_model::RoleDefinitionId::seen_from(&scope, self.0.role_definition_id.guid);
        self.0.scope = Some(scope);
        self
    }

    pub(crate) fn named(mut self, name: Uuid) -> Self {
        self.0.name = Some(name);
        self
    }
}
