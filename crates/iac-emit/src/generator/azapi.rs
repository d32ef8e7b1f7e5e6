//! Terraform with azapi: `azapi_resource` for what is kept, `azapi_resource_action` for what is
//! sent once.

use serde_json::{Value as Json, json};

use super::body;
use crate::document::hcl::{Document, Item, Piece, Value};
use crate::plan::{Kind, Plan};
use crate::policy::PolicyPlan;
use crate::target::{Carried, Target};
use crate::wording;

const PROVIDERS: &str = "Needs the provider Azure/azapi, 2.0 or newer";

pub(crate) fn resource(plan: &Plan) -> Document {
    let mut items = vec![Item::Comment(header(plan, Target::Azapi))];
    let name = match plan.name {
        Some(name) => Value::Text(name.to_string()),
        None => {
            let keepers = vec![
                ("principal".to_owned(), Value::Text(plan.principal().to_owned())),
                ("role".to_owned(), Value::Text(plan.role().to_owned())),
                ("scope".to_owned(), Value::Text(plan.scope.to_string())),
            ];
            items.push(uuid("request", keepers));
            items.push(Item::Blank);
            Value::Reference("random_uuid.request.result".to_owned())
        }
    };
    let parent = plan.scope.to_string();
    items.push(Item::Block(
        "resource",
        vec!["azapi_resource".to_owned(), plan.kind.symbol().to_owned()],
        vec![
            Item::attribute("type", Value::Text(typed(plan.kind))),
            Item::attribute("parent_id", Value::Text(parent)),
            Item::attribute("name", name),
            Item::Blank,
            Item::attribute("body", from_json(&body(plan))),
        ],
    ));
    Document { items }
}

pub(crate) fn action(plan: &Plan) -> Document {
    let mut items = vec![Item::Comment(header(plan, Target::AzapiAction))];
    let (name, body) = match plan.name {
        Some(name) => (Value::Text(name.to_string()), from_json(&body(plan))),
        None => {
            let request = Item::attribute("request", from_json(&body(plan)));
            items.push(Item::block("locals", vec![request]));
            items.push(Item::Blank);
            let request = Value::Reference("local.request".to_owned());
            let keeper = Value::Call("jsonencode", Box::new(request.clone()));
            items.push(uuid("request", vec![("request".to_owned(), keeper)]));
            items.push(Item::Blank);
            (Value::Reference("random_uuid.request.result".to_owned()), request)
        }
    };
    items.push(put(plan, plan.kind.symbol(), "apply", name, body));
    if plan.carried() == Carried::Update {
        return Document { items };
    }
    items.push(Item::Blank);
    items.push(Item::Comment(
        "Nothing deletes a request; a second one takes back what it gave.".to_owned(),
    ));
    items.push(uuid("remove", Vec::new()));
    items.push(Item::Blank);
    let removal = json!({ "properties": {
        "principalId": plan.principal(),
        "roleDefinitionId": plan.role(),
        "requestType": "AdminRemove",
    } });
    let name = Value::Reference("random_uuid.remove.result".to_owned());
    items.push(put(
        plan,
        &format!("{}_remove", plan.kind.symbol()),
        "destroy",
        name,
        from_json(&removal),
    ));
    Document { items }
}

/// A policy: the name is looked up each time, since it changes with every change of the policy.
pub(crate) fn policy(plan: &PolicyPlan) -> Document {
    let filter = format!("roleDefinitionId eq '{}'", plan.role.replace('\'', "''"));
    let list = Item::Block(
        "data",
        vec!["azapi_resource_list".to_owned(), "policy".to_owned()],
        vec![
            Item::attribute(
                "type",
                "Microsoft.Authorization/roleManagementPolicyAssignments@2020-10-01",
            ),
            Item::attribute("parent_id", Value::Text(plan.scope.to_string())),
            Item::attribute(
                "query_parameters",
                Value::Object(vec![("$filter".to_owned(), Value::List(vec![Value::Text(filter)]))]),
            ),
            Item::attribute("response_export_values", Value::List(vec!["value".into()])),
        ],
    );
    let kind = format!("Microsoft.Authorization/roleManagementPolicies@{}", plan.api_version());
    let action = Item::Block(
        "resource",
        vec!["azapi_resource_action".to_owned(), "policy".to_owned()],
        vec![
            Item::attribute("type", Value::Text(kind)),
            Item::attribute(
                "resource_id",
                Value::Reference(
                    "data.azapi_resource_list.policy.output.value[0].properties.policyId"
                        .to_owned(),
                ),
            ),
            Item::attribute("method", "PATCH"),
            Item::Blank,
            Item::attribute("body", from_json(&plan.body())),
        ],
    );
    let header = format!("{}\n{}\n{PROVIDERS}.", plan.summary(), PolicyPlan::SECOND_APPLY);
    Document { items: vec![Item::Comment(header), list, Item::Blank, action] }
}

fn header(plan: &Plan, target: Target) -> String {
    let has_removal = target == Target::AzapiAction && plan.carried() != Carried::Update;
    let random = if plan.name.is_none() || has_removal { ", and hashicorp/random" } else { "" };
    let second = wording::second_time(plan, target);
    format!("{}\n{second}\n{PROVIDERS}{random}.", plan.summary())
}

fn typed(kind: Kind) -> String {
    format!("{}@{}", kind.resource_type(), kind.api_version())
}

/// A GUID that stays the same until one of its keepers changes.
fn uuid(label: &str, keepers: Vec<(String, Value)>) -> Item {
    let body = match keepers.is_empty() {
        true => Vec::new(),
        false => vec![Item::attribute("keepers", Value::Object(keepers))],
    };
    Item::Block("resource", vec!["random_uuid".to_owned(), label.to_owned()], body)
}

fn put(plan: &Plan, label: &str, when: &'static str, name: Value, body: Value) -> Item {
    let front = format!("{}/providers/{}/", plan.scope_path(), plan.kind.resource_type());
    let id = match name {
        Value::Reference(reference) => {
            Value::Template(vec![Piece::Text(front), Piece::Reference(reference)])
        }
        Value::Text(name) => Value::Text(format!("{front}{name}")),
        other => other,
    };
    let mut items = vec![
        Item::attribute("type", Value::Text(typed(plan.kind))),
        Item::attribute("resource_id", id),
        Item::attribute("method", "PUT"),
        Item::Blank,
        Item::attribute("body", body),
    ];
    if when == "destroy" {
        items.insert(0, Item::attribute("when", when));
    } else {
        items.push(Item::Blank);
        let status = Value::List(vec!["properties.status".into()]);
        items.push(Item::attribute("response_export_values", status));
    }
    Item::Block("resource", vec!["azapi_resource_action".to_owned(), label.to_owned()], items)
}

fn from_json(value: &Json) -> Value {
    match value {
        Json::Null => Value::Reference("null".to_owned()),
        Json::Bool(truth) => Value::Boolean(*truth),
        Json::Number(number) => Value::Integer(number.as_i64().unwrap_or_default()),
        Json::String(text) => Value::Block(text.clone()),
        Json::Array(values) if values.iter().any(Json::is_object) => {
            Value::Lines(values.iter().map(from_json).collect())
        }
        Json::Array(values) => Value::List(values.iter().map(from_json).collect()),
        Json::Object(fields) => Value::Object(
            fields.iter().map(|(name, value)| (name.clone(), from_json(value))).collect(),
        ),
    }
}
