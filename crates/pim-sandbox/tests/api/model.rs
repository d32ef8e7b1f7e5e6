//! A simple model of PIM, and random sequences of calls held against it.
//!
//! The model knows minutes, two people, two roles and one scope. Activating Contributor waits for
//! an approver; everything else is as the default policy has it.

use super::client::{
    CONTRIBUTOR, Client, READER, Reply, SUBSCRIPTION, Server, pim, plain, role_id, wanted,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tokio::runtime::Runtime;
use uuid::Uuid;

const PEOPLE: [&str; 2] = ["developer", "delegate"];
const ROLES: [&str; 2] = [READER, CONTRIBUTOR];

const MINUTES_OF_DAY: u32 = 24 * 60;

/// Which person and which role, by number.
type Who = (usize, usize);

#[derive(Debug, Clone)]
enum Call {
    MakeEligible(Who, u32),
    RemoveEligible(Who),
    MakeActive { who: Who, minutes: u32, justified: bool },
    RemoveActive(Who),
    Activate { who: Who, minutes: u32, justified: bool },
    Deactivate(Who),
    Assign(Who),
    Delete(Who),
    Approve(usize),
    Deny(usize),
    Cancel(usize),
    Wait(u32),
}

fn call() -> impl Strategy<Value = Call> {
    // Mostly one person and the role that waits, so that calls meet each other.
    let person = prop_oneof![4 => Just(0usize), 1 => Just(1usize)];
    let who = (person.clone(), prop_oneof![1 => Just(0usize), 3 => Just(1usize)]);
    // Mostly what is allowed, so that calls have something to meet.
    let minutes = prop_oneof![
        12 => 5..60u32,
        2 => Just(480),
        1 => Just(481),
        1 => Just(4),
    ];
    let days = prop_oneof![
        2 => Just(60u32),
        8 => Just(MINUTES_OF_DAY),
        4 => Just(365 * MINUTES_OF_DAY),
        1 => Just(366 * MINUTES_OF_DAY),
        1 => Just(4),
    ];
    let wait = prop_oneof![
        4 => Just(1u32),
        4 => Just(5),
        2 => Just(30),
        1 => Just(480),
        1 => Just(MINUTES_OF_DAY),
    ];
    prop_oneof![
        3 => (who.clone(), days.clone()).prop_map(|(who, minutes)| Call::MakeEligible(who, minutes)),
        1 => who.clone().prop_map(Call::RemoveEligible),
        1 => (who.clone(), days, any::<bool>())
            .prop_map(|(who, minutes, justified)| Call::MakeActive { who, minutes, justified }),
        1 => who.clone().prop_map(Call::RemoveActive),
        4 => (who.clone(), minutes, prop::bool::weighted(0.9))
            .prop_map(|(who, minutes, justified)| Call::Activate { who, minutes, justified }),
        2 => who.clone().prop_map(Call::Deactivate),
        1 => who.clone().prop_map(Call::Assign),
        1 => who.prop_map(Call::Delete),
        2 => person.clone().prop_map(Call::Approve),
        1 => person.clone().prop_map(Call::Deny),
        1 => person.prop_map(Call::Cancel),
        3 => wait.prop_map(Call::Wait),
    ]
}

/// What the service is expected to answer: a code of an error, or the status of a request.
type Expected = &'static str;

#[derive(Debug, Clone, Copy, PartialEq)]
struct Active {
    start: u32,
    end: Option<u32>,
    activated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Waiting {
    since: u32,
    minutes: u32,
    /// When the eligibility began that is to be activated.
    eligibility: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Eligible {
    /// Tells one eligibility from a later one of the same.
    number: u32,
    end: u32,
}

/// What there should be.
#[derive(Debug, Default)]
struct Model {
    now: u32,
    count: u32,
    eligible: BTreeMap<Who, Eligible>,
    active: BTreeMap<Who, Active>,
    /// Activations of Contributor that wait, by person.
    waiting: BTreeMap<usize, Waiting>,
}

const REFUSED: Expected = "RoleAssignmentRequestPolicyValidationFailed";
const MISSING: Expected = "RoleAssignmentDoesNotExist";
const SHORT: Expected = "ActiveDurationTooShort";

impl Model {
    fn wait(&mut self, minutes: u32) {
        self.now += minutes;
        let now = self.now;
        self.eligible.retain(|_, one| one.end > now);
        self.active.retain(|_, one| one.end.is_none_or(|end| end > now));
        self.waiting.retain(|_, one| one.since + MINUTES_OF_DAY > now);
    }

    fn is_waiting(&self, (person, role): Who) -> bool {
        ROLES[role] == CONTRIBUTOR && self.waiting.contains_key(&person)
    }

    fn apply(&mut self, call: &Call) -> Expected {
        let now = self.now;
        match *call {
            Call::MakeEligible(who, minutes) => {
                if minutes < 5 {
                    return SHORT;
                }
                if self.eligible.contains_key(&who) {
                    return "RoleAssignmentExists";
                }
                if minutes > 365 * MINUTES_OF_DAY {
                    return REFUSED;
                }
                self.count += 1;
                self.eligible.insert(who, Eligible { number: self.count, end: now + minutes });
                "Provisioned"
            }
            Call::RemoveEligible(who) => match self.eligible.remove(&who) {
                Some(_) => "Revoked",
                None => MISSING,
            },
            Call::MakeActive { who, minutes, justified } => {
                if minutes < 5 {
                    return SHORT;
                }
                if self.active.contains_key(&who) {
                    return "RoleAssignmentExists";
                }
                if self.is_waiting(who) {
                    return "PendingRoleAssignmentRequest";
                }
                if minutes > 180 * MINUTES_OF_DAY || !justified {
                    return REFUSED;
                }
                let active = Active { start: now, end: Some(now + minutes), activated: false };
                self.active.insert(who, active);
                "Provisioned"
            }
            Call::RemoveActive(who) => self.end(who, |_| true),
            Call::Deactivate(who) => self.end(who, |one| one.activated),
            Call::Activate { who, minutes, justified } => {
                if minutes < 5 {
                    return SHORT;
                }
                let Some(eligible) = self.eligible.get(&who).copied() else { return REFUSED };
                if self.active.contains_key(&who) {
                    return "RoleAssignmentExists";
                }
                if self.is_waiting(who) {
                    return "PendingRoleAssignmentRequest";
                }
                if minutes > 480 || !justified {
                    return REFUSED;
                }
                if ROLES[who.1] == CONTRIBUTOR {
                    let waiting = Waiting { since: now, minutes, eligibility: eligible.number };
                    self.waiting.insert(who.0, waiting);
                    return "PendingApproval";
                }
                self.activate(who, minutes, eligible);
                "Provisioned"
            }
            Call::Assign(who) => {
                if self.active.contains_key(&who) {
                    return "RoleAssignmentExists";
                }
                self.active.insert(who, Active { start: now, end: None, activated: false });
                "created"
            }
            Call::Delete(who) => match self.active.remove(&who) {
                Some(_) => "deleted",
                None => "nothing",
            },
            Call::Approve(person) => {
                let Some(waiting) = self.waiting.remove(&person) else { return "nothing" };
                let who = (person, 1);
                let eligible = self.eligible.get(&who).copied();
                match eligible.filter(|one| one.number == waiting.eligibility) {
                    Some(eligible) if !self.active.contains_key(&who) => {
                        self.activate(who, waiting.minutes, eligible);
                        "Provisioned"
                    }
                    _ => "Failed",
                }
            }
            Call::Deny(person) => self.waiting.remove(&person).map_or("nothing", |_| "Denied"),
            Call::Cancel(person) => self.waiting.remove(&person).map_or("nothing", |_| "Canceled"),
            Call::Wait(minutes) => {
                self.wait(minutes);
                "waited"
            }
        }
    }

    fn activate(&mut self, who: Who, minutes: u32, eligible: Eligible) {
        let end = (self.now + minutes).min(eligible.end);
        self.active.insert(who, Active { start: self.now, end: Some(end), activated: true });
    }

    fn end(&mut self, who: Who, fits: impl Fn(&Active) -> bool) -> Expected {
        match self.active.get(&who).filter(|one| fits(one)) {
            None => MISSING,
            Some(one) if self.now - one.start < 5 => SHORT,
            Some(_) => {
                self.active.remove(&who);
                "Revoked"
            }
        }
    }
}

/// The real thing, driven by the same calls.
struct Real {
    server: Server,
    admin: Client,
    approver: Client,
    people: Vec<(Client, Uuid)>,
    /// The request and the stage of what waits, by person.
    waiting: BTreeMap<usize, (String, String)>,
}

impl Real {
    async fn start() -> Self {
        let server = Server::start().await;
        let mut admin = server.connect("admin").await;
        let approver = server.connect("approver").await;
        let mut people = Vec::new();
        for name in PEOPLE {
            people.push((server.connect(name).await, server.id(name).await));
        }
        require_approval(&mut admin, server.id("approver").await).await;
        admin.post("/sandbox/snapshots", json!({ "name": "start" })).await;
        Self { server, admin, approver, people, waiting: BTreeMap::new() }
    }

    async fn reset(&mut self) {
        self.waiting.clear();
        let reply = self.admin.post("/sandbox/snapshots/start/restore", json!({})).await;
        assert_eq!(reply.status, 200);
    }

    async fn administer(
        &mut self,
        family: &str,
        kind: &str,
        who: Who,
        minutes: u32,
        justified: bool,
    ) -> String {
        let body = self.body(kind, who, minutes, justified);
        outcome(&self.admin.ask(family, SUBSCRIPTION, body).await)
    }

    fn body(&self, kind: &str, (person, role): Who, minutes: u32, justified: bool) -> Value {
        let id = self.people[person].1;
        let mut body = wanted(kind, ROLES[role], id, &format!("PT{minutes}M"));
        if !justified {
            body["justification"] = Value::Null;
        }
        if kind == "AdminRemove" || kind == "SelfDeactivate" {
            body.as_object_mut().unwrap().shift_remove("scheduleInfo");
        }
        body
    }

    async fn apply(&mut self, call: &Call) -> String {
        match *call {
            Call::MakeEligible(who, minutes) => {
                self.administer("Eligibility", "AdminAssign", who, minutes, true).await
            }
            Call::RemoveEligible(who) => {
                self.administer("Eligibility", "AdminRemove", who, 0, true).await
            }
            Call::MakeActive { who, minutes, justified } => {
                self.administer("Assignment", "AdminAssign", who, minutes, justified).await
            }
            Call::RemoveActive(who) => {
                self.administer("Assignment", "AdminRemove", who, 0, true).await
            }
            Call::Activate { who, minutes, justified } => {
                let body = self.body("SelfActivate", who, minutes, justified);
                let reply = self.people[who.0].0.ask("Assignment", SUBSCRIPTION, body).await;
                if let Some(approval) = reply.property("approvalId").as_str() {
                    let stages = format!("{approval}/stages?api-version=2021-01-01-preview");
                    let stages = self.approver.get(&stages).await;
                    let stage = stages.items()[0]["id"].as_str().unwrap().to_owned();
                    let request = reply.body["id"].as_str().unwrap().to_owned();
                    self.waiting.insert(who.0, (request, stage));
                }
                outcome(&reply)
            }
            Call::Deactivate(who) => {
                let body = self.body("SelfDeactivate", who, 0, true);
                outcome(&self.people[who.0].0.ask("Assignment", SUBSCRIPTION, body).await)
            }
            Call::Assign((person, role)) => {
                let id = self.people[person].1;
                let reply = self.admin.assign(SUBSCRIPTION, ROLES[role], id).await;
                if reply.status == 201 { "created".to_owned() } else { reply.code().to_owned() }
            }
            Call::Delete((person, role)) => {
                let filter = format!("principalId%20eq%20'{}'", self.people[person].1);
                let path = plain(SUBSCRIPTION, &format!("roleAssignments?$filter={filter}"));
                let held = self.admin.get(&path).await;
                let role = json!(role_id(ROLES[role]));
                let mut held = held.items().iter();
                let found = held.find(|one| one["properties"]["roleDefinitionId"] == role);
                let name = found.map_or_else(|| json!(Uuid::new_v4()), |one| one["name"].clone());
                let path =
                    plain(SUBSCRIPTION, &format!("roleAssignments/{}", name.as_str().unwrap()));
                match self.admin.send("DELETE", &path, None).await.status {
                    200 => "deleted".to_owned(),
                    204 => "nothing".to_owned(),
                    other => other.to_string(),
                }
            }
            Call::Approve(person) => self.review(person, "Approve").await,
            Call::Deny(person) => self.review(person, "Deny").await,
            Call::Cancel(person) => {
                let Some((request, _)) = self.waiting.remove(&person) else {
                    return "nothing".to_owned();
                };
                let path = format!("{request}/cancel?api-version=2020-10-01");
                let own = &mut self.people[person].0;
                match own.send("POST", &path, None).await.status {
                    200 => self.status(person, &request).await,
                    _ => "nothing".to_owned(),
                }
            }
            Call::Wait(minutes) => {
                self.admin.wait(&format!("{minutes} minutes")).await;
                "waited".to_owned()
            }
        }
    }

    async fn review(&mut self, person: usize, result: &str) -> String {
        let Some((request, stage)) = self.waiting.remove(&person) else {
            return "nothing".to_owned();
        };
        let body = json!({ "reviewResult": result, "justification": "x" });
        let path = format!("{stage}?api-version=2021-01-01-preview");
        match self.approver.send("PATCH", &path, Some(body)).await.status {
            200 => self.status(person, &request).await,
            _ => "nothing".to_owned(),
        }
    }

    async fn status(&mut self, person: usize, request: &str) -> String {
        let path = format!("{request}?api-version=2020-10-01");
        let reply = self.people[person].0.get(&path).await;
        reply.property("status").as_str().unwrap().to_owned()
    }

    /// Returns who has what now: eligible, and active with whether it was activated.
    async fn holds(&mut self) -> (BTreeSet<Who>, BTreeMap<Who, bool>) {
        let list = pim(SUBSCRIPTION, "roleEligibilityScheduleInstances?$top=1000");
        let eligible = self.admin.get(&list).await;
        let list = pim(SUBSCRIPTION, "roleAssignmentScheduleInstances?$top=1000");
        let active = self.admin.get(&list).await;
        let plain = self.admin.get(&plain(SUBSCRIPTION, "roleAssignments?$top=1000")).await;
        assert_eq!(plain.items().len(), active.items().len(), "one instance, one role assignment");
        let who = |one: &Value| {
            let properties = &one["properties"];
            let principal = properties["principalId"].as_str().unwrap();
            let role = properties["roleDefinitionId"].as_str().unwrap();
            let person = self.people.iter().position(|(_, id)| id.to_string() == principal)?;
            Some((person, ROLES.iter().position(|known| role.ends_with(known))?))
        };
        let activated = |one: &Value| one["properties"]["assignmentType"] == "Activated";
        let eligible = eligible.items().iter().filter_map(who).collect();
        let active = active.items().iter().filter_map(|one| Some((who(one)?, activated(one))));
        (eligible, active.collect())
    }
}

fn outcome(reply: &Reply) -> String {
    match reply.property("status").as_str() {
        Some(status) => status.to_owned(),
        None => reply.code().to_owned(),
    }
}

async fn require_approval(admin: &mut Client, approver: Uuid) {
    let filter = format!("roleDefinitionId%20eq%20'{}'", role_id(CONTRIBUTOR));
    let list = pim(SUBSCRIPTION, &format!("roleManagementPolicies?$filter={filter}"));
    let policy = admin.get(&list).await.items()[0].clone();
    let rules = policy["properties"]["rules"].as_array().unwrap();
    let mut rule =
        rules.iter().find(|rule| rule["id"] == "Approval_EndUser_Assignment").cloned().unwrap();
    rule["setting"]["isApprovalRequired"] = json!(true);
    rule["setting"]["approvalStages"] = json!([{
        "approvalStageTimeOutInDays": 1,
        "isApproverJustificationRequired": false,
        "escalationTimeInMinutes": 0,
        "isEscalationEnabled": false,
        "primaryApprovers": [{ "id": approver, "isBackup": false, "userType": "User" }],
    }]);
    let path = format!("{}?api-version=2020-10-01", policy["id"].as_str().unwrap());
    let body = json!({ "properties": { "rules": [rule] } });
    assert_eq!(admin.send("PATCH", &path, Some(body)).await.status, 200);
}

#[test]
fn random_calls_agree_with_a_simple_model() {
    let runtime = Runtime::new().unwrap();
    let real = runtime.block_on(Real::start());
    let real = tokio::sync::Mutex::new(real);
    // The same calls in every run.
    let config = Config { cases: 48, failure_persistence: None, ..Config::default() };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let sequences = prop::collection::vec(call(), 1..60);
    let outcome = runner.run(&sequences, |calls| {
        runtime.block_on(async {
            let mut real = real.lock().await;
            real.reset().await;
            let mut model = Model::default();
            for (place, call) in calls.iter().enumerate() {
                let expected = model.apply(call);
                let answered = real.apply(call).await;
                prop_assert_eq!(expected, answered, "call {}: {:?}", place, call);
                let (eligible, active) = real.holds().await;
                let wanted: BTreeSet<Who> = model.eligible.keys().copied().collect();
                prop_assert_eq!(wanted, eligible, "eligible after call {}: {:?}", place, call);
                let wanted: BTreeMap<Who, bool> =
                    model.active.iter().map(|(who, one)| (*who, one.activated)).collect();
                prop_assert_eq!(wanted, active, "active after call {}: {:?}", place, call);
            }
            Ok(())
        })
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    runtime.block_on(real.into_inner().server.stop());
}
