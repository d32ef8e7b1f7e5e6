//! Terraform with azuread: `azuread_privileged_access_group_eligibility_schedule` and
//! `azuread_privileged_access_group_assignment_schedule`.

use crate::document::hcl::{Document, Item, Value};
use crate::error::EmitError;
use crate::group::GroupPlan;
use crate::target::Target;

pub(crate) fn document(plan: &GroupPlan) -> Result<Document, EmitError> {
    if plan.action() != "adminAssign" {
        return Err(EmitError::Refused {
            target: Target::Azuread,
            what: format!("the action `{}`", plan.action()),
            why: "it makes and removes assignments, and sends adminAssign alone".to_owned(),
            instead: vec![Target::Graph],
        });
    }
    let (resource, label) = if plan.is_eligibility {
        ("azuread_privileged_access_group_eligibility_schedule", "eligible")
    } else {
        ("azuread_privileged_access_group_assignment_schedule", "active")
    };
    let mut body = Vec::new();
    let mut text = |name: &'static str, text: Option<&str>| {
        if let Some(text) = text {
            body.push(Item::attribute(name, text));
        }
    };
    text("group_id", plan.text("groupId"));
    text("principal_id", plan.text("principalId"));
    text("assignment_type", plan.text("accessId"));
    text("justification", plan.text("justification"));
    text("ticket_number", plan.nested(&["ticketInfo", "ticketNumber"]));
    text("ticket_system", plan.nested(&["ticketInfo", "ticketSystem"]));
    text("start_date", plan.nested(&["scheduleInfo", "startDateTime"]));
    match plan.expiration("type") {
        Some("afterDuration") => text("duration", plan.expiration("duration")),
        Some("afterDateTime") => text("expiration_date", plan.expiration("endDateTime")),
        _ => body.push(Item::attribute("permanent_assignment", Value::Boolean(true))),
    }
    let header = format!(
        "{}\nThe first request brings the group under PIM, which cannot be taken back.\nA second \
         apply changes nothing.",
        plan.summary()
    );
    let labels = vec![resource.to_owned(), label.to_owned()];
    Ok(Document { items: vec![Item::Comment(header), Item::Block("resource", labels, body)] })
}
