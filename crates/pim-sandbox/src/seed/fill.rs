//! What an item of a seed leaves out.

use super::{SeedError, list_name};
use crate::engine::policy;
use crate::engine::{Kind, MEMBER, OWNER, Record};
use abac_catalog::Catalog;
use jiff::{SignedDuration, Timestamp};
use pim_model::Duration;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The space of names of what seeds leave to be named.
const SPACE: Uuid = Uuid::from_u128(0x6772_616e_7469_6640_8000_7365_6564_0001);

/// The names that items may use in place of ids.
#[derive(Debug)]
pub(super) struct Fill {
    now: Timestamp,
    principals: BTreeMap<String, Uuid>,
    roles: BTreeMap<String, Uuid>,
    count: u32,
}

impl Fill {
    pub(super) const fn new(now: Timestamp) -> Self {
        Self { now, principals: BTreeMap::new(), roles: BTreeMap::new(), count: 0 }
    }

    /// Lets items name a principal.
    pub(super) fn know(&mut self, name: &str, id: Uuid) {
        self.principals.insert(name.to_lowercase(), id);
    }

    /// Makes the records of all lists.
    pub(super) fn lists(
        &mut self,
        lists: &mut Map<String, Value>,
    ) -> Result<Vec<Record>, SeedError> {
        let mut records = Vec::new();
        for kind in Kind::ALL {
            let name = list_name(*kind);
            let items = match lists.remove(name) {
                None => continue,
                Some(Value::Array(items)) => items,
                Some(_) => return Err(SeedError::List(name.to_owned())),
            };
            if *kind == Kind::Principal {
                // A group may name members that stand behind it.
                for item in &items {
                    if let Some(name) = item.get("name").and_then(Value::as_str) {
                        let id = item.get("id").and_then(Value::as_str);
                        let id = id.and_then(|id| Uuid::try_parse(id).ok());
                        self.know(name, id.unwrap_or_else(|| made("principal", name)));
                    }
                }
            }
            for (index, item) in items.into_iter().enumerate() {
                let record = self.record(*kind, item).map_err(|reason| SeedError::Item {
                    list: name.to_owned(),
                    index,
                    reason,
                })?;
                records.push(record);
            }
        }
        match lists.keys().next() {
            Some(unknown) => Err(SeedError::List(unknown.clone())),
            None => Ok(records),
        }
    }

    /// Makes the record of an item.
    fn record(&mut self, kind: Kind, item: Value) -> Result<Record, String> {
        let Value::Object(mut fields) = item else { return Err("expected an object".to_owned()) };
        self.count += 1;
        for name in ["principal", "requestor", "createdBy", "modifiedBy"] {
            self.resolve(&mut fields, name)?;
        }
        for name in ["members", "owners", "approvers"] {
            if let Some(Value::Array(items)) = fields.get_mut(name) {
                for item in items {
                    *item = json!(self.principal(item)?);
                }
            }
        }
        if let Some(role) = fields.get("role") {
            let role = self.role(role)?;
            fields.insert("role".to_owned(), json!(role));
        }
        match kind {
            Kind::Principal => self.principal_defaults(&mut fields),
            Kind::Container => container_defaults(&mut fields),
            Kind::Schedule => self.schedule_defaults(&mut fields)?,
            Kind::Policy => {
                self.default(&mut fields, "name", "policy");
                default(&mut fields, "modifiedOn", json!(self.now));
                self.policy_rules(&mut fields)?;
            }
            Kind::Role => {
                default(&mut fields, "createdOn", json!(self.now));
                default(&mut fields, "updatedOn", json!(self.now));
            }
            Kind::Request => default(&mut fields, "createdOn", json!(self.now)),
            Kind::Approval | Kind::Alert => {}
        }
        let record =
            Record::from_value(kind, Value::Object(fields)).map_err(|error| error.to_string())?;
        if let Record::Role(one) = &record {
            self.roles.insert(one.role_name.to_lowercase(), one.id);
        }
        Ok(record)
    }

    fn resolve(&self, fields: &mut Map<String, Value>, name: &str) -> Result<(), String> {
        if let Some(value) = fields.get(name).filter(|value| !value.is_null()) {
            let id = self.principal(value)?;
            fields.insert(name.to_owned(), json!(id));
        }
        Ok(())
    }

    fn principal(&self, value: &Value) -> Result<Uuid, String> {
        let text = value.as_str().ok_or("expected the name or the id of a principal")?;
        let known = || self.principals.get(&text.to_lowercase()).copied();
        let id = Uuid::try_parse(text).ok().or_else(known);
        id.ok_or_else(|| format!("there is no principal `{text}`"))
    }

    fn role(&self, value: &Value) -> Result<Uuid, String> {
        let text = value.as_str().ok_or("expected the name or the id of a role")?;
        let built_in = || {
            let role = Catalog::builtin().role_by_name(text)?;
            Uuid::try_parse(role.id()).ok()
        };
        let custom = || self.roles.get(&text.to_lowercase()).copied();
        let group = || match text {
            "member" => Some(MEMBER),
            "owner" => Some(OWNER),
            _ => None,
        };
        let id = Uuid::try_parse(text).ok().or_else(group).or_else(custom).or_else(built_in);
        id.ok_or_else(|| format!("there is no role `{text}`"))
    }

    fn principal_defaults(&self, fields: &mut Map<String, Value>) {
        let name = fields.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        default(fields, "id", json!(made("principal", &name)));
        default(fields, "displayName", json!(name));
    }

    fn schedule_defaults(&self, fields: &mut Map<String, Value>) -> Result<(), String> {
        let start = match fields.get("start").and_then(Value::as_str) {
            Some(text) => text.parse::<Timestamp>().map_err(|error| error.to_string())?,
            None => self.now,
        };
        default(fields, "start", json!(start));
        if let Some(length) = fields.remove("for") {
            let text = length.as_str().unwrap_or_default();
            let length = Duration::from_words(text).map_err(|error| error.to_string())?;
            let seconds = i64::try_from(length.seconds()).unwrap_or(i64::MAX);
            let end = start.checked_add(SignedDuration::from_secs(seconds));
            fields.insert("end".to_owned(), json!(end.map_err(|error| error.to_string())?));
        }
        let state = if start > self.now { "scheduled" } else { "current" };
        default(fields, "state", json!(state));
        default(fields, "createdOn", json!(start.min(self.now)));
        default(fields, "updatedOn", json!(start.min(self.now)));
        self.default(fields, "name", "schedule");
        self.default(fields, "instance", "instance");
        if fields.get("family").and_then(Value::as_str) == Some("assignment") {
            let name = json!({ "name": self.made("roleAssignment") });
            default(fields, "roleAssignment", name);
        }
        Ok(())
    }

    /// Lets a policy of a seed name only the rules that differ from the default.
    fn policy_rules(&self, fields: &mut Map<String, Value>) -> Result<(), String> {
        let Some(Value::Array(own)) = fields.get("rules") else {
            return Err("`rules` is missing".to_owned());
        };
        let id = |rule: &Value| rule.get("id").and_then(Value::as_str).map(str::to_owned);
        let mut rules = policy::default_rules().to_vec();
        for rule in own {
            match rules.iter_mut().find(|other| id(other) == id(rule)) {
                Some(place) => {
                    let mut rule = rule.clone();
                    // The target goes with the id.
                    if let (Some(fields), Some(target)) =
                        (rule.as_object_mut(), place.get("target"))
                    {
                        default(fields, "target", target.clone());
                        default(
                            fields,
                            "ruleType",
                            place.get("ruleType").cloned().unwrap_or_default(),
                        );
                    }
                    *place = rule;
                }
                None => rules.push(rule.clone()),
            }
        }
        if let Some((_, fault)) = policy::faults(&rules).into_iter().next() {
            return Err(fault);
        }
        fields.insert("rules".to_owned(), Value::Array(rules));
        Ok(())
    }

    fn default(&self, fields: &mut Map<String, Value>, name: &str, what: &str) {
        default(fields, name, json!(self.made(what)));
    }

    /// Makes an id that is the same each time the seed is read.
    fn made(&self, what: &str) -> Uuid {
        made(what, &self.count.to_string())
    }
}

fn made(what: &str, name: &str) -> Uuid {
    Uuid::new_v5(&SPACE, format!("{what} {}", name.to_lowercase()).as_bytes())
}

fn default(fields: &mut Map<String, Value>, name: &str, value: Value) {
    fields.entry(name).or_insert(value);
}

fn container_defaults(fields: &mut Map<String, Value>) {
    let id = fields.get("id").and_then(Value::as_str).unwrap_or_default();
    let name = id.rsplit('/').next().unwrap_or_default().to_owned();
    default(fields, "displayName", json!(name));
}
