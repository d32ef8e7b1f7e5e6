//! Bicep: schedule requests and plain role assignments.

use serde_json::Value as Json;

use super::{properties, resource_parts, role_function};
use crate::document::bicep::{Document, Statement, Value};
use crate::plan::{Kind, Plan};
use crate::target::Target;
use crate::wording;

pub(crate) fn document(plan: &Plan) -> Document {
    let header = format!(
        "{}\n{}\nDeploy it with:\n  {}",
        plan.summary(),
        wording::second_time(plan, Target::Bicep),
        wording::deploy_command(&plan.scope, "main.bicep")
    );
    let mut statements = vec![
        Statement::Comment(header),
        Statement::TargetScope(plan.deployment().target_scope()),
        Statement::Parameter {
            description: "Object id of the principal",
            name: "principalId",
            kind: "string",
            default: Some(plan.principal().into()),
        },
    ];
    let name = match (plan.kind, plan.name) {
        (Kind::Plain, None) => Value::Call(
            "guid",
            vec![scope_id(plan), Value::Name("principalId"), Value::Name("roleDefinitionId")],
        ),
        (_, Some(name)) => Value::Text(name.to_string()),
        (_, None) => {
            statements.push(Statement::Parameter {
                description: "Name of the request: a new one each time, since no name is taken twice",
                name: "requestName",
                kind: "string",
                default: Some(Value::Call("newGuid", Vec::new())),
            });
            Value::Name("requestName")
        }
    };
    if let Some((kind, names)) = resource_parts(&plan.scope) {
        statements.push(Statement::Resource {
            remark: None,
            symbol: "target",
            kind: format!("{kind}@{}", existing_api_version(&kind)),
            existing: true,
            body: vec![("name".to_owned(), Value::Text(names.join("/")))],
        });
    }
    let role = match role_function(plan) {
        Some((function, role)) => Value::Call(
            function,
            vec!["Microsoft.Authorization/roleDefinitions".into(), Value::Text(role.to_string())],
        ),
        None => plan.role().into(),
    };
    if let Some(name) = &plan.role_name {
        statements.push(Statement::Variable(Some(name.clone()), "roleDefinitionId", role));
    } else {
        statements.push(Statement::Variable(None, "roleDefinitionId", role));
    }
    if let Some(condition) = plan.condition() {
        let condition = Value::Block(condition.to_owned());
        statements.push(Statement::Variable(None, "condition", condition));
    }
    let fields = properties(plan).map(|(name, value)| {
        let value = match name.as_str() {
            "principalId" => Value::Name("principalId"),
            "roleDefinitionId" => Value::Name("roleDefinitionId"),
            "condition" if plan.condition().is_some() => Value::Name("condition"),
            _ => from_json(value),
        };
        (name.clone(), value)
    });
    let mut body = vec![("name".to_owned(), name)];
    if resource_parts(&plan.scope).is_some() {
        body.insert(0, ("scope".to_owned(), Value::Name("target")));
    }
    body.push(("properties".to_owned(), Value::Object(fields.collect())));
    statements.push(Statement::Resource {
        remark: None,
        symbol: plan.kind.symbol(),
        kind: format!("{}@{}", plan.kind.resource_type(), plan.kind.api_version()),
        existing: false,
        body,
    });
    Document { statements }
}

/// The id that makes the name of a plain assignment its own.
fn scope_id(plan: &Plan) -> Value {
    use crate::document::arm::Deployment;
    if resource_parts(&plan.scope).is_some() {
        return Value::Name("target.id");
    }
    Value::Name(match plan.deployment() {
        Deployment::Tenant => "tenant().tenantId",
        Deployment::ManagementGroup => "managementGroup().id",
        Deployment::Subscription => "subscription().id",
        Deployment::ResourceGroup => "resourceGroup().id",
    })
}

fn from_json(value: &Json) -> Value {
    match value {
        Json::Bool(truth) => Value::Boolean(*truth),
        Json::Number(number) => Value::Integer(number.as_i64().unwrap_or_default()),
        Json::Object(fields) => Value::Object(
            fields
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name.clone(), from_json(value)))
                .collect(),
        ),
        Json::String(text) => Value::Text(text.clone()),
        Json::Null => Value::Name("null"),
        Json::Array(values) => Value::Array(values.iter().map(from_json).collect()),
    }
}

/// An API version in which a type exists. An existing resource that is only a scope is not asked
/// for, so that the version has no effect but on completion and checks in the editor.
fn existing_api_version(kind: &str) -> &'static str {
    let provider = kind.split('/').next().unwrap_or_default().to_ascii_lowercase();
    match provider.as_str() {
        "microsoft.compute" => "2024-03-01",
        "microsoft.containerregistry" | "microsoft.keyvault" => "2023-07-01",
        "microsoft.containerservice" => "2024-05-01",
        "microsoft.documentdb" => "2024-05-15",
        "microsoft.eventhub" | "microsoft.network" => "2024-01-01",
        "microsoft.servicebus" | "microsoft.sql" => "2021-11-01",
        "microsoft.storage" => "2023-05-01",
        "microsoft.web" => "2023-12-01",
        _ => "2021-04-01",
    }
}
