//! Everything the sandbox knows, in memory.

mod conditions;
mod directory;
mod places;
mod roles;
mod shelf;

pub(crate) use places::ScopeKey;
pub(crate) use roles::RoleView;
pub(crate) use shelf::{Cursor, Placed, Shelf, Span};

use super::record::{
    Alert, Approval, Container, CustomRole, Key, Kind, Principal, Record, Request, RolePolicy,
    Schedule,
};
use conditions::Conditions;
use jiff::Timestamp;
use pim_model::Family;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// The records, and the indexes that answers need.
#[derive(Debug, Default)]
pub(crate) struct World {
    principals: BTreeMap<Uuid, Arc<Principal>>,
    /// The groups each principal is a direct member of.
    groups_of: BTreeMap<Uuid, BTreeSet<Uuid>>,
    containers: BTreeMap<ScopeKey, Arc<Container>>,
    /// What lies directly in a management group.
    children: BTreeMap<ScopeKey, BTreeSet<ScopeKey>>,
    roles: BTreeMap<Uuid, Arc<CustomRole>>,
    policies: BTreeMap<String, Arc<RolePolicy>>,
    policies_by_name: BTreeMap<Uuid, Arc<RolePolicy>>,
    eligibilities: Shelf<Schedule>,
    assignments: Shelf<Schedule>,
    eligibility_requests: Shelf<Request>,
    assignment_requests: Shelf<Request>,
    approvals: BTreeMap<Uuid, Arc<Approval>>,
    alerts: BTreeMap<String, Arc<Alert>>,
    /// The schedule that each instance and role assignment belongs to.
    instances: BTreeMap<(Family, Uuid), Uuid>,
    role_assignments: BTreeMap<Uuid, Uuid>,
    /// What time will change, in order.
    due: BTreeSet<(Timestamp, Key)>,
    conditions: Conditions,
}

impl World {
    /// Puts a record, and returns the one that was there.
    pub(crate) fn put(&mut self, record: Record) -> Option<Record> {
        let key = record.key();
        let old = self.remove(&key);
        if let Some(due) = record.due() {
            self.due.insert((due, key));
        }
        match record {
            Record::Principal(one) => {
                for member in &one.members {
                    self.groups_of.entry(*member).or_default().insert(one.id);
                }
                self.principals.insert(one.id, one);
            }
            Record::Container(one) => {
                let key = ScopeKey::of(&one.id);
                if let Some(parent) = one.parent_key() {
                    self.children.entry(parent).or_default().insert(key.clone());
                }
                self.containers.insert(key, one);
            }
            Record::Role(one) => {
                self.roles.insert(one.id, one);
            }
            Record::Policy(one) => {
                self.policies_by_name.insert(one.name, Arc::clone(&one));
                self.policies.insert(one.key(), one);
            }
            Record::Request(one) => self.requests_mut(one.family).put(one),
            Record::Schedule(one) => {
                self.instances.insert((one.family, one.instance), one.name);
                if let Some(part) = &one.role_assignment {
                    self.role_assignments.insert(part.name, one.name);
                }
                self.schedules_mut(one.family).put(one);
            }
            Record::Approval(one) => {
                self.approvals.insert(one.name, one);
            }
            Record::Alert(one) => {
                self.alerts.insert(one.key(), one);
            }
        }
        old
    }

    /// Removes a record, and returns it.
    pub(crate) fn remove(&mut self, key: &Key) -> Option<Record> {
        let record = self.get(key)?;
        if let Some(due) = record.due() {
            self.due.remove(&(due, key.clone()));
        }
        match &record {
            Record::Principal(one) => {
                for member in &one.members {
                    if let Some(groups) = self.groups_of.get_mut(member) {
                        groups.remove(&one.id);
                    }
                }
                self.principals.remove(&one.id);
            }
            Record::Container(one) => {
                let key = ScopeKey::of(&one.id);
                if let Some(children) = one.parent_key().and_then(|one| self.children.get_mut(&one))
                {
                    children.remove(&key);
                }
                self.containers.remove(&key);
            }
            Record::Role(one) => {
                self.roles.remove(&one.id);
            }
            Record::Policy(one) => {
                self.policies_by_name.remove(&one.name);
                self.policies.remove(&one.key());
            }
            Record::Request(one) => self.requests_mut(one.family).remove(one.name),
            Record::Schedule(one) => {
                self.instances.remove(&(one.family, one.instance));
                if let Some(part) = &one.role_assignment {
                    self.role_assignments.remove(&part.name);
                }
                self.schedules_mut(one.family).remove(one.name);
            }
            Record::Approval(one) => {
                self.approvals.remove(&one.name);
            }
            Record::Alert(one) => {
                self.alerts.remove(&one.key());
            }
        }
        Some(record)
    }

    pub(crate) fn get(&self, key: &Key) -> Option<Record> {
        let name = key.name.as_str();
        let guid = || Uuid::try_parse(name).ok();
        let placed = || {
            let (family, name) = name.split_once('|')?;
            let family = match family {
                "eligible" => Family::Eligibility,
                _ => Family::Assignment,
            };
            Some((family, Uuid::try_parse(name).ok()?))
        };
        match key.kind {
            Kind::Principal => self.principals.get(&guid()?).cloned().map(Record::Principal),
            Kind::Container => {
                self.containers.get(&ScopeKey::of(name)).cloned().map(Record::Container)
            }
            Kind::Role => self.roles.get(&guid()?).cloned().map(Record::Role),
            Kind::Policy => self.policies.get(name).cloned().map(Record::Policy),
            Kind::Request => {
                let (family, name) = placed()?;
                self.requests(family).get(name).cloned().map(Record::Request)
            }
            Kind::Schedule => {
                let (family, name) = placed()?;
                self.schedules(family).get(name).cloned().map(Record::Schedule)
            }
            Kind::Approval => self.approvals.get(&guid()?).cloned().map(Record::Approval),
            Kind::Alert => self.alerts.get(name).cloned().map(Record::Alert),
        }
    }

    /// Returns every record, those that others name first.
    pub(crate) fn records(&self) -> impl Iterator<Item = Record> {
        let shelves = [&self.eligibilities, &self.assignments];
        let requests = [&self.eligibility_requests, &self.assignment_requests];
        (self.principals.values().cloned().map(Record::Principal))
            .chain(self.containers.values().cloned().map(Record::Container))
            .chain(self.roles.values().cloned().map(Record::Role))
            .chain(self.policies.values().cloned().map(Record::Policy))
            .chain(shelves.into_iter().flat_map(Shelf::all).cloned().map(Record::Schedule))
            .chain(requests.into_iter().flat_map(Shelf::all).cloned().map(Record::Request))
            .chain(self.approvals.values().cloned().map(Record::Approval))
            .chain(self.alerts.values().cloned().map(Record::Alert))
    }

    /// Returns what time changes next.
    pub(crate) fn next_due(&self) -> Option<&(Timestamp, Key)> {
        self.due.first()
    }

    pub(crate) const fn schedules(&self, family: Family) -> &Shelf<Schedule> {
        match family {
            Family::Eligibility => &self.eligibilities,
            Family::Assignment => &self.assignments,
        }
    }

    const fn schedules_mut(&mut self, family: Family) -> &mut Shelf<Schedule> {
        match family {
            Family::Eligibility => &mut self.eligibilities,
            Family::Assignment => &mut self.assignments,
        }
    }

    pub(crate) const fn requests(&self, family: Family) -> &Shelf<Request> {
        match family {
            Family::Eligibility => &self.eligibility_requests,
            Family::Assignment => &self.assignment_requests,
        }
    }

    const fn requests_mut(&mut self, family: Family) -> &mut Shelf<Request> {
        match family {
            Family::Eligibility => &mut self.eligibility_requests,
            Family::Assignment => &mut self.assignment_requests,
        }
    }

    /// Returns the schedule that an instance belongs to.
    pub(crate) fn schedule_of_instance(
        &self,
        family: Family,
        instance: Uuid,
    ) -> Option<&Arc<Schedule>> {
        self.schedules(family).get(*self.instances.get(&(family, instance))?)
    }

    /// Returns the schedule that a role assignment is.
    pub(crate) fn role_assignment(&self, name: Uuid) -> Option<&Arc<Schedule>> {
        self.assignments.get(*self.role_assignments.get(&name)?)
    }

    /// Returns an alert that was scanned or changed.
    pub(crate) fn kept_alert(&self, key: &str) -> Option<&Arc<Alert>> {
        self.alerts.get(key)
    }

    pub(crate) fn approval(&self, name: Uuid) -> Option<&Arc<Approval>> {
        self.approvals.get(&name)
    }

    /// Returns the approvals behind a name, in order.
    pub(crate) fn approvals_behind(
        &self,
        name: Option<Uuid>,
    ) -> impl Iterator<Item = &Arc<Approval>> {
        use std::ops::Bound;
        let from = name.map_or(Bound::Unbounded, Bound::Excluded);
        self.approvals.range((from, Bound::Unbounded)).map(|(_, one)| one)
    }

    /// Returns the settings of a role at a scope, if they were ever changed.
    pub(crate) fn changed_policy(&self, scope: &ScopeKey, role: Uuid) -> Option<&Arc<RolePolicy>> {
        self.policies.get(&format!("{scope}|{role}"))
    }

    pub(crate) fn policy_by_name(&self, name: Uuid) -> Option<&Arc<RolePolicy>> {
        self.policies_by_name.get(&name)
    }
}
