//! Terraform with azurerm: `azurerm_pim_eligible_role_assignment`,
//! `azurerm_pim_active_role_assignment`, `azurerm_role_assignment`.

use pim_model::{Duration, Scope};

use crate::document::hcl::{Document, Item, Value};
use crate::error::EmitError;
use crate::plan::{End, Kind, Plan};
use crate::target::Target;
use crate::wording;

pub(crate) fn document(plan: &Plan) -> Result<Document, EmitError> {
    if plan.scope == Scope::Tenant {
        return Err(EmitError::Refused {
            target: Target::Azurerm,
            what: "an assignment on the tenant".to_owned(),
            why: "it accepts management groups, subscriptions, resource groups and resources"
                .to_owned(),
            instead: vec![Target::Azapi, Target::Bicep, Target::AzRest],
        });
    }
    let resource = match plan.kind {
        Kind::Eligible => "azurerm_pim_eligible_role_assignment",
        Kind::Active => "azurerm_pim_active_role_assignment",
        Kind::Plain => "azurerm_role_assignment",
    };
    let body = if plan.kind == Kind::Plain { assignment(plan) } else { schedule_request(plan)? };
    let header = format!("{}\n{}", plan.summary(), wording::second_time(plan, Target::Azurerm));
    let labels = vec![resource.to_owned(), plan.kind.symbol().to_owned()];
    Ok(Document { items: vec![Item::Comment(header), Item::Block("resource", labels, body)] })
}

fn assignment(plan: &Plan) -> Vec<Item> {
    let mut body = Vec::new();
    if let Some(name) = plan.name {
        body.push(Item::attribute("name", Value::Text(name.to_string())));
    }
    body.extend(identity(plan));
    let optional = |name: &'static str, property: &str| {
        plan.text(property).map(|text| Item::attribute(name, text))
    };
    body.extend(optional("principal_type", "principalType"));
    body.extend(optional("description", "description"));
    body.extend(optional(
        "delegated_managed_identity_resource_id",
        "delegatedManagedIdentityResourceId",
    ));
    body.extend(condition(plan));
    body
}

fn schedule_request(plan: &Plan) -> Result<Vec<Item>, EmitError> {
    let mut body = identity(plan);
    if let Some(justification) = plan.text("justification") {
        body.push(Item::attribute("justification", justification));
    }
    let mut schedule = Vec::new();
    if let Some(start) = plan.start() {
        schedule.push(Item::attribute("start_date_time", start));
    }
    let expiration = match plan.end() {
        End::Unsaid | End::Never => None,
        End::After(duration) => Some(whole_units(&duration)?),
        End::At(instant) => Some(Item::attribute("end_date_time", Value::Text(instant))),
    };
    if let Some(expiration) = expiration {
        if !schedule.is_empty() {
            schedule.push(Item::Blank);
        }
        schedule.push(Item::block("expiration", vec![expiration]));
    }
    if !schedule.is_empty() {
        body.push(Item::Blank);
        body.push(Item::block("schedule", schedule));
    }
    let ticket: Vec<_> = [("number", plan.ticket_number()), ("system", plan.ticket_system())]
        .into_iter()
        .filter_map(|(name, text)| Some(Item::attribute(name, text?)))
        .collect();
    if !ticket.is_empty() {
        body.push(Item::Blank);
        body.push(Item::block("ticket", ticket));
    }
    let condition = condition(plan);
    if !condition.is_empty() {
        body.push(Item::Blank);
        body.extend(condition);
    }
    Ok(body)
}

fn identity(plan: &Plan) -> Vec<Item> {
    vec![
        Item::attribute("scope", Value::Text(plan.scope.to_string())),
        Item::attribute("role_definition_id", plan.role()),
        Item::attribute("principal_id", plan.principal()),
    ]
}

fn condition(plan: &Plan) -> Vec<Item> {
    plan.condition().map_or_else(Vec::new, |condition| {
        vec![
            Item::attribute("condition", Value::Block(condition.to_owned())),
            Item::attribute("condition_version", plan.text("conditionVersion").unwrap_or("2.0")),
        ]
    })
}

/// A duration in whole days or whole hours, which is all there is.
fn whole_units(text: &str) -> Result<Item, EmitError> {
    const HOUR: u64 = 3600;
    let seconds = text.parse::<Duration>().map(Duration::seconds).unwrap_or_default();
    let count = |unit: u64| i64::try_from(seconds / unit).unwrap_or(i64::MAX);
    if seconds == 0 || seconds % HOUR != 0 {
        return Err(EmitError::Refused {
            target: Target::Azurerm,
            what: format!("the duration `{text}`"),
            why: "it knows whole days, whole hours and an end date".to_owned(),
            instead: vec![Target::AzapiAction, Target::Bicep, Target::AzRest],
        });
    }
    let days = seconds % (24 * HOUR) == 0;
    Ok(if days {
        Item::attribute("duration_days", Value::Integer(count(24 * HOUR)))
    } else {
        Item::attribute("duration_hours", Value::Integer(count(HOUR)))
    })
}
