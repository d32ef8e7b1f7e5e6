//! ARM templates: schedule requests and plain role assignments.

use serde_json::Value as Json;

use super::{properties, resource_parts, role_function};
use crate::document::arm::{Deployment, Document, Expression, Parameter, Resource, Value};
use crate::plan::{Kind, Plan};
use crate::target::Target;
use crate::wording;

pub(crate) fn document(plan: &Plan) -> Document {
    let mut parameters = vec![Parameter {
        name: "principalId",
        description: "Object id of the principal",
        default: Some(Value::Text(plan.principal().to_owned())),
    }];
    let role = role(plan);
    let name = match (plan.kind, plan.name) {
        (Kind::Plain, None) => Value::Expression(Expression::call(
            "guid",
            [scope_id(plan), Expression::parameter("principalId"), role_expression(plan)],
        )),
        (_, Some(name)) => Value::Text(name.to_string()),
        (_, None) => {
            parameters.push(Parameter {
                name: "requestName",
                description: "Name of the request: a new one each time, since no name is taken twice",
                default: Some(Value::Expression(Expression::call("newGuid", []))),
            });
            Value::Expression(Expression::parameter("requestName"))
        }
    };
    let fields = properties(plan).map(|(name, value)| {
        let value = match name.as_str() {
            "principalId" => Value::Expression(Expression::parameter("principalId")),
            "roleDefinitionId" => role.clone(),
            _ => from_json(value),
        };
        (name.clone(), value)
    });
    Document {
        deployment: plan.deployment(),
        description: plan.summary(),
        parameters,
        resource: Resource {
            kind: plan.kind.resource_type(),
            api_version: plan.kind.api_version(),
            name,
            scope: target(plan).map(Value::Expression),
            comments: wording::second_time(plan, Target::ArmJson),
            properties: fields.collect(),
        },
    }
}

fn role(plan: &Plan) -> Value {
    match role_function(plan) {
        Some(_) => Value::Expression(role_expression(plan)),
        None => Value::Text(plan.role().to_owned()),
    }
}

fn role_expression(plan: &Plan) -> Expression {
    match role_function(plan) {
        Some((function, role)) => Expression::call(
            function,
            [
                Expression::Text("Microsoft.Authorization/roleDefinitions".to_owned()),
                Expression::Text(role.to_string()),
            ],
        ),
        None => Expression::Text(plan.role().to_owned()),
    }
}

/// The id of the resource that is the scope, if the scope is one.
fn target(plan: &Plan) -> Option<Expression> {
    let (kind, names) = resource_parts(&plan.scope)?;
    let function = match plan.deployment() {
        Deployment::Subscription => "subscriptionResourceId",
        _ => "resourceId",
    };
    let texts = std::iter::once(kind).chain(names).map(Expression::Text);
    Some(Expression::call(function, texts))
}

/// The id that makes the name of a plain assignment its own.
fn scope_id(plan: &Plan) -> Expression {
    target(plan).unwrap_or(match plan.deployment() {
        Deployment::Tenant => Expression::Property("tenant", "tenantId"),
        Deployment::ManagementGroup => Expression::Property("managementGroup", "id"),
        Deployment::Subscription => Expression::Property("subscription", "id"),
        Deployment::ResourceGroup => Expression::Property("resourceGroup", "id"),
    })
}

fn from_json(value: &Json) -> Value {
    match value {
        Json::Bool(truth) => Value::Boolean(*truth),
        Json::Number(number) => Value::Integer(number.as_i64().unwrap_or_default()),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(values) => Value::Array(values.iter().map(from_json).collect()),
        Json::Null => Value::Null,
        Json::Object(fields) => Value::Object(
            fields
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name.clone(), from_json(value)))
                .collect(),
        ),
    }
}
