//! Role assignments and PIM requests among command lines.

use super::Finder;
use crate::expr::{Expr, Kind};
use crate::found::{AssignmentField, AssignmentKind, FieldValue};
use diagnostics::Span;
use pim_model::Tool;

/// The flags of `az role assignment`.
const AZ: &[(&str, &str)] = &[
    ("--scope", "scope"),
    ("--name", "name"),
    ("-n", "name"),
    ("--role", "role"),
    ("--assignee", "assignee"),
    ("--assignee-object-id", "properties.principalId"),
    ("--assignee-principal-type", "properties.principalType"),
    ("--condition", "properties.condition"),
    ("--condition-version", "properties.conditionVersion"),
    ("--description", "properties.description"),
];

/// The parameters of `New-AzRoleAssignment` and of the cmdlets for schedule requests.
const CMDLETS: &[(&str, &str)] = &[
    ("-scope", "scope"),
    ("-name", "name"),
    ("-objectid", "properties.principalId"),
    ("-principalid", "properties.principalId"),
    ("-objecttype", "properties.principalType"),
    ("-roledefinitionid", "properties.roleDefinitionId"),
    ("-roledefinitionname", "roleName"),
    ("-condition", "properties.condition"),
    ("-conditionversion", "properties.conditionVersion"),
    ("-description", "properties.description"),
    ("-requesttype", "properties.requestType"),
    ("-justification", "properties.justification"),
    ("-ticketnumber", "properties.ticketInfo.ticketNumber"),
    ("-ticketsystem", "properties.ticketInfo.ticketSystem"),
    ("-scheduleinfostartdatetime", "properties.scheduleInfo.startDateTime"),
    ("-expirationtype", "properties.scheduleInfo.expiration.type"),
    ("-expirationduration", "properties.scheduleInfo.expiration.duration"),
    ("-expirationenddatetime", "properties.scheduleInfo.expiration.endDateTime"),
    ("-linkedroleeligibilityscheduleid", "properties.linkedRoleEligibilityScheduleId"),
    ("-targetroleeligibilityscheduleid", "properties.targetRoleEligibilityScheduleId"),
    ("-targetroleassignmentscheduleid", "properties.targetRoleAssignmentScheduleId"),
];

impl Finder<'_> {
    pub(super) fn command(&mut self, name: &str, head: Span, body: &Expr) {
        let name = name.to_ascii_lowercase();
        let (kind, deletes, flags, tool) = match name.as_str() {
            "az role assignment create" => (AssignmentKind::Role, false, AZ, Tool::Rest),
            "az role assignment delete" => (AssignmentKind::Role, true, AZ, Tool::Rest),
            "new-azroleassignment" => (AssignmentKind::Role, false, CMDLETS, Tool::PowerShell),
            "remove-azroleassignment" => (AssignmentKind::Role, true, CMDLETS, Tool::PowerShell),
            "new-azroleeligibilityschedulerequest" => {
                (AssignmentKind::Eligible, false, CMDLETS, Tool::PowerShell)
            }
            "new-azroleassignmentschedulerequest" => {
                (AssignmentKind::Active, false, CMDLETS, Tool::PowerShell)
            }
            _ => return,
        };
        self.keep(kind, head, deletes, Some(tool), None, |finder, fields| {
            for (flag, path) in flags {
                finder.field(body, flag, path, fields);
            }
            splatted(body, fields);
            for from in ["role", "assignee"] {
                rename(fields, from);
            }
        });
    }
}

/// What is splatted into a call and cannot be followed may be any field.
fn splatted(body: &Expr, fields: &mut Vec<AssignmentField>) {
    let unknown = body
        .fields()
        .iter()
        .find(|one| one.name.is_empty() && matches!(&one.value.kind, Kind::Other(_)));
    let Some(unknown) = unknown else { return };
    for (_, path) in CMDLETS {
        if !fields.iter().any(|one| one.path == *path) {
            fields.push(AssignmentField {
                path: (*path).to_owned(),
                name: unknown.name_span,
                value: FieldValue::Unknown(unknown.value.span),
            });
        }
    }
}

/// `--role` takes a name, a GUID or an id; `--assignee` an object id or a name.
fn rename(fields: &mut [AssignmentField], from: &str) {
    for field in fields.iter_mut().filter(|one| one.path == from) {
        let known = match &field.value {
            FieldValue::Text(text) => text.known().map(str::to_owned),
            _ => None,
        };
        let guid = known.as_deref().is_some_and(|text| {
            text.contains("/roleDefinitions/")
                || (text.len() == 36 && text.bytes().filter(|byte| *byte == b'-').count() == 4)
        });
        field.path = match (from, guid) {
            ("role", true) => "properties.roleDefinitionId",
            ("role", false) if known.is_none() => "properties.roleDefinitionId",
            ("role", false) => "roleName",
            _ => "properties.principalId",
        }
        .to_owned();
        if from == "assignee" && !guid {
            // A name is looked up in Entra first.
            field.value = FieldValue::Unknown(field.name);
        }
    }
}
