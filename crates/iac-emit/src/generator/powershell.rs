//! Az.Resources: `New-AzRoleEligibilityScheduleRequest`, `New-AzRoleAssignmentScheduleRequest`,
//! `New-AzRoleAssignment`, `Update-AzRoleManagementPolicy`.

use crate::document::powershell::{Document, Statement, Value, Word};
use crate::plan::{End, Kind, Plan};
use crate::policy::PolicyPlan;
use crate::target::Target;
use crate::wording;

pub(crate) fn document(plan: &Plan) -> Document {
    let header = format!("{}\n{}", plan.summary(), wording::second_time(plan, Target::Powershell));
    let (command, fields) = match plan.kind {
        Kind::Eligible => ("New-AzRoleEligibilityScheduleRequest", schedule_request(plan)),
        Kind::Active => ("New-AzRoleAssignmentScheduleRequest", schedule_request(plan)),
        Kind::Plain => ("New-AzRoleAssignment", assignment(plan)),
    };
    let statements = vec![
        Statement::Comment(header),
        Statement::Table("parameters", fields),
        Statement::Command { name: command, words: vec![Word::Plain("@parameters")] },
    ];
    Document { statements }
}

/// A change of a policy, as JSON: the typed rules that the documentation shows are unknown to
/// newer versions of the module (*observed*: azure-powershell issue 21297, read 2026-11).
pub(crate) fn policy(plan: &PolicyPlan) -> Document {
    let role = plan.role.rsplit('/').next().unwrap_or_default().to_owned();
    let scope = || Word::Value(Value::Variable("scope"));
    Document {
        statements: vec![
            Statement::Comment(format!("{}\n{}", plan.summary(), PolicyPlan::SECOND_RUN)),
            Statement::Variable("scope", Value::Text(plan.scope.to_string())),
            Statement::Blank,
            Statement::Comment(PolicyPlan::NAME_CHANGES.to_owned()),
            Statement::Find {
                variable: "assignment",
                command: "Get-AzRoleManagementPolicyAssignment",
                words: vec![Word::Plain("-Scope"), scope()],
                property: "RoleDefinitionId",
                suffix: format!("/{role}"),
            },
            Statement::Line("$name = ($assignment.PolicyId -split '/')[-1]"),
            Statement::Blank,
            Statement::Variable("json", Value::Block(format!("{:#}", plan.body()))),
            Statement::Command {
                name: "Update-AzRoleManagementPolicy",
                words: vec![
                    Word::Plain("-Scope"),
                    scope(),
                    Word::Plain("-Name $name -JsonString $json"),
                ],
            },
        ],
    }
}

type Fields = Vec<(&'static str, Value)>;

fn schedule_request(plan: &Plan) -> Fields {
    let name = match plan.name {
        Some(name) => Value::Text(name.to_string()),
        None => Value::Expression("[guid]::NewGuid().ToString()"),
    };
    let mut fields = vec![
        ("Name", name),
        ("Scope", Value::Text(plan.scope.to_string())),
        ("PrincipalId", plan.principal().into()),
        ("RoleDefinitionId", plan.role().into()),
        ("RequestType", plan.request_type().into()),
    ];
    if let Some(start) = plan.start() {
        fields.push(("ScheduleInfoStartDateTime", Value::Instant(start.to_owned())));
    }
    match plan.end() {
        End::Unsaid => {}
        End::Never => fields.push(("ExpirationType", "NoExpiration".into())),
        End::After(duration) => {
            fields.push(("ExpirationType", "AfterDuration".into()));
            fields.push(("ExpirationDuration", Value::Text(duration)));
        }
        End::At(instant) => {
            fields.push(("ExpirationType", "AfterDateTime".into()));
            fields.push(("ExpirationEndDateTime", Value::Instant(instant)));
        }
    }
    let mut text = |parameter, text: Option<&str>| {
        if let Some(text) = text {
            fields.push((parameter, text.into()));
        }
    };
    text("Justification", plan.text("justification"));
    text("TicketNumber", plan.ticket_number());
    text("TicketSystem", plan.ticket_system());
    for (parameter, property) in [
        ("TargetRoleEligibilityScheduleId", "targetRoleEligibilityScheduleId"),
        ("TargetRoleEligibilityScheduleInstanceId", "targetRoleEligibilityScheduleInstanceId"),
        ("TargetRoleAssignmentScheduleId", "targetRoleAssignmentScheduleId"),
        ("TargetRoleAssignmentScheduleInstanceId", "targetRoleAssignmentScheduleInstanceId"),
        ("LinkedRoleEligibilityScheduleId", "linkedRoleEligibilityScheduleId"),
    ] {
        text(parameter, plan.text(property));
    }
    fields.extend(condition(plan));
    fields
}

fn assignment(plan: &Plan) -> Fields {
    let role = plan.role().rsplit('/').next().unwrap_or_default();
    let mut fields = vec![
        ("ObjectId", plan.principal().into()),
        ("RoleDefinitionId", role.into()),
        ("Scope", Value::Text(plan.scope.to_string())),
    ];
    for (parameter, property) in [("ObjectType", "principalType"), ("Description", "description")] {
        if let Some(text) = plan.text(property) {
            fields.push((parameter, text.into()));
        }
    }
    fields.extend(condition(plan));
    fields
}

fn condition(plan: &Plan) -> Fields {
    plan.condition().map_or_else(Vec::new, |condition| {
        vec![
            ("Condition", Value::Block(condition.to_owned())),
            ("ConditionVersion", plan.text("conditionVersion").unwrap_or("2.0").into()),
        ]
    })
}
