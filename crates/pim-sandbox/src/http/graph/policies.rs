//! The settings of groups: policies, their rules, and to which of member and owner they belong.

use super::call::Call;
use super::fault::Fault;
use super::list::Page;
use super::pim::{access, group_of};
use crate::engine::policy::{self, PolicyView};
use crate::engine::{MEMBER, OWNER, World};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use pim_model::policy::RuleId;
use pim_model::{Casing, Model, Options, PrincipalType};
use serde_json::{Value, json};
use uuid::Uuid;

const SET: &str = "policies/roleManagementPolicies";
const ASSIGNMENTS: &str = "policies/roleManagementPolicyAssignments";

/// Answers `/policies/roleManagementPolicies`.
pub(super) async fn answer(call: &Call, rest: &[&str]) -> Result<Response, Fault> {
    match (&call.method, rest) {
        (&Method::GET, []) => {
            let page = call.read(|world, _| {
                let group = group(call, world)?;
                let mut all = [MEMBER, OWNER].map(|role| policy_json(call, world, group, role));
                sort(&mut all);
                Page::of(call, all.into_iter())
            });
            Ok(page.await?.answer(call, SET))
        }
        (&Method::GET, [id]) => {
            let object = call.read(|world, _| {
                let view = find(call, world, id)?;
                Ok(to_json(call, &view))
            });
            Ok(call.entity(SET, object.await?))
        }
        (&Method::GET, [id, "rules"]) => {
            let page = call.read(|world, _| {
                let mut rules = rules(&find(call, world, id)?);
                sort(&mut rules);
                Page::of(call, rules.into_iter())
            });
            Ok(page.await?.answer(call, &format!("{SET}('{id}')/rules")))
        }
        (&Method::GET, [id, "rules", rule]) => {
            let object = call.read(|world, _| {
                let rules = rules(&find(call, world, id)?);
                let id = |one: &Value| one.get("id").and_then(Value::as_str).map(str::to_lowercase);
                let found = rules.into_iter().find(|one| id(one).as_deref() == Some(*rule));
                found.ok_or_else(|| Fault::no_object(rule))
            });
            Ok(call.entity(&format!("{SET}('{id}')/rules"), object.await?))
        }
        (&Method::PATCH, [id]) => {
            let body = call.json()?;
            let rules = body.get("rules").and_then(Value::as_array).cloned();
            let rules = rules.ok_or_else(|| Fault::bad_request("The body needs 'rules'."))?;
            change(call, id, rules).await
        }
        (&Method::PATCH, [id, "rules", rule]) => {
            let mut body = call.json()?;
            let name = RuleId::ALL.iter().find(|one| one.as_str().eq_ignore_ascii_case(rule));
            let name = name.ok_or_else(|| Fault::no_object(rule))?;
            if let Some(members) = body.as_object_mut() {
                members.insert("id".to_owned(), name.as_str().into());
            }
            change(call, id, vec![body]).await
        }
        _ => Err(call.unknown()),
    }
}

/// Answers `/policies/roleManagementPolicyAssignments`.
pub(super) async fn assignments(call: &Call, rest: &[&str]) -> Result<Response, Fault> {
    let assignment = |world: &World, group: Uuid, role: Uuid| {
        let view = world.policy(&scope(group), role);
        let mut object = json!({
            "id": format!("{}_{}", id_of(&view), access(role)),
            "policyId": id_of(&view),
            "scopeId": group,
            "scopeType": "Group",
            "roleDefinitionId": access(role),
        });
        if call.query.expands("policy")
            && let Some(members) = object.as_object_mut()
        {
            members.insert("policy".to_owned(), to_json(call, &view));
        }
        object
    };
    match (&call.method, rest) {
        (&Method::GET, []) => {
            let page = call.read(|world, _| {
                let group = group(call, world)?;
                let mut all = [MEMBER, OWNER].map(|role| assignment(world, group, role));
                sort(&mut all);
                Page::of(call, all.into_iter())
            });
            Ok(page.await?.answer(call, ASSIGNMENTS))
        }
        (&Method::GET, [id]) => {
            let object = call.read(|world, _| {
                let policy = id.rsplit_once('_').map(|(policy, _)| policy).unwrap_or_default();
                let view = find(call, world, policy)?;
                let group = group_of(&view.scope).unwrap_or_default();
                Ok(assignment(world, group, view.role))
            });
            Ok(call.entity(ASSIGNMENTS, object.await?))
        }
        _ => Err(call.unknown()),
    }
}

/// Changes rules that are written as Graph writes them.
async fn change(call: &Call, id: &str, sent: Vec<Value>) -> Result<Response, Fault> {
    let rules = to_arm(sent)?;
    let (scope, name) = call
        .read(|world, _| {
            let view = find(call, world, id)?;
            Ok((view.scope, view.name))
        })
        .await?;
    let caller = call.caller.clone();
    let changed = call.state.store.write(move |change| {
        policy::change(change, &caller, &scope, name, &json!({ "properties": { "rules": rules } }))
    });
    changed.await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Returns rules as Azure Resource Manager writes them, which is how they are kept.
fn to_arm(rules: Vec<Value>) -> Result<Vec<Value>, Fault> {
    let count = rules.len();
    let loaded = pim_model::check(&json!({ "rules": rules }).to_string(), &Options::default());
    let policy = loaded.items.into_iter().find_map(|item| match item.model {
        Model::Policy(policy) => Some(*policy),
        _ => None,
    });
    let rules: Vec<Value> = policy.map_or_else(Vec::new, |policy| {
        policy.rules.iter().map(|rule| rule.to_json(Casing::Arm)).collect()
    });
    if rules.is_empty() || rules.len() != count {
        return Err(Fault::new(400, "InvalidPolicy", "The policy is invalid."));
    }
    Ok(rules)
}

/// Returns the group that the filter of a list names.
fn group(call: &Call, world: &World) -> Result<Uuid, Fault> {
    let filter = call.query.filter.as_ref();
    let text = |name| filter.and_then(|filter| filter.required_text(name));
    let of_group = text("scopeType").is_some_and(|kind| kind.eq_ignore_ascii_case("Group"));
    let id = text("scopeId").and_then(|id| Uuid::try_parse(id).ok());
    let (Some(id), true) = (id, of_group) else {
        return Err(Fault::bad_request(
            "The list needs a $filter with scopeId eq '…' and scopeType eq 'Group'. The sandbox \
             has no roles of the directory.",
        ));
    };
    let known = world.principal(id).is_some_and(|one| one.kind == PrincipalType::Group);
    if !known {
        return Err(Fault::no_object(&id.to_string()));
    }
    may_see(call, world, id).map(|()| id)
}

/// Returns the policy of `Group_{group}_{name}`.
fn find(call: &Call, world: &World, id: &str) -> Result<PolicyView, Fault> {
    let missing = || Fault::no_object(id);
    let mut parts = id.splitn(3, '_').skip(1);
    let (group, name) = (parts.next(), parts.next());
    let guid = |text: Option<&str>| text.and_then(|text| Uuid::try_parse(text).ok());
    let (group, name) = (guid(group).ok_or_else(missing)?, guid(name).ok_or_else(missing)?);
    may_see(call, world, group)?;
    world.policy_named(&scope(group), name).ok_or_else(missing)
}

/// Those who are eligible or active in a group see its settings, and so does who administers it.
fn may_see(call: &Call, world: &World, group: Uuid) -> Result<(), Fault> {
    use crate::engine::ScopeKey;
    use pim_model::Family;
    let key = ScopeKey::of(&scope(group));
    let identities = world.identities(call.caller.id);
    let concerned = [Family::Eligibility, Family::Assignment].into_iter().any(|family| {
        identities.iter().any(|id| world.schedules(family).held(*id, &key).next().is_some())
    });
    if concerned || world.administers_group(&call.caller, group) {
        Ok(())
    } else {
        Err(Fault::denied())
    }
}

fn policy_json(call: &Call, world: &World, group: Uuid, role: Uuid) -> Value {
    to_json(call, &world.policy(&scope(group), role))
}

fn to_json(call: &Call, view: &PolicyView) -> Value {
    let group = group_of(&view.scope);
    let changed = view.changed.as_ref();
    let mut object = json!({
        "id": id_of(view),
        "displayName": "Group",
        "description": "Group",
        "isOrganizationDefault": changed.is_none(),
        "scopeId": group,
        "scopeType": "Group",
        "lastModifiedDateTime": changed.map(|one| one.modified_on),
        "lastModifiedBy": changed.map(|one| json!({ "id": one.modified_by })),
    });
    if let Some(members) = object.as_object_mut() {
        for name in ["rules", "effectiveRules"] {
            if call.query.expands(&name.to_lowercase()) {
                members.insert(name.to_owned(), rules(view).into());
            }
        }
    }
    object
}

/// Returns the rules as Graph writes them.
fn rules(view: &PolicyView) -> Vec<Value> {
    view.policy().rules.iter().map(|rule| rule.to_json(Casing::Graph)).collect()
}

fn id_of(view: &PolicyView) -> String {
    let group = group_of(&view.scope).unwrap_or_default();
    format!("Group_{group}_{}", view.name)
}

fn scope(group: Uuid) -> String {
    format!("/groups/{group}")
}

fn sort(objects: &mut [Value]) {
    objects.sort_by_key(|one| one.get("id").and_then(Value::as_str).map(str::to_owned));
}
