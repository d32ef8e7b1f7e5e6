//! Schedules, schedule instances and policy assignments, which Azure only answers.

use super::Checker;
use crate::document::Node;
use crate::reader::{Got, Place, token};
use crate::request_type::{Family, PrincipalType, tokens};
use crate::role_definition::RoleDefinitionId;
use crate::scope::Scope;
use jiff::Timestamp;
use uuid::Uuid;

tokens! {
    /// How a principal came to an assignment.
    MemberType {
        /// Assigned here, to this principal.
        Direct = "Direct" / "direct",
        /// From a scope above.
        Inherited = "Inherited" / "inherited",
        /// Through a group.
        Group = "Group" / "group",
    }
}

/// A schedule or schedule instance: an eligible or active assignment as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// Whether it is an eligible or an active assignment.
    pub family: Family,
    /// Its whole id; the name in it changes when the schedule is changed.
    pub id: Option<String>,
    /// Where it holds.
    pub scope: Option<Scope>,
    /// The role.
    pub role_definition_id: RoleDefinitionId,
    /// Who holds it.
    pub principal_id: Uuid,
    /// What kind of principal that is.
    pub principal_type: Option<PrincipalType>,
    /// How the principal came to it.
    pub member_type: Option<MemberType>,
    /// Whether it is an activation, for an active assignment.
    pub is_activation: bool,
    /// When it starts.
    pub start_date_time: Option<Timestamp>,
    /// When it ends; never, where there is none.
    pub end_date_time: Option<Timestamp>,
    /// The condition.
    pub condition: Option<String>,
}

/// The family of the type of a schedule or schedule instance.
pub(crate) fn schedule_family(kind: &str) -> Option<Family> {
    let kind = kind.rsplit('/').next().unwrap_or("").to_lowercase();
    match kind.as_str() {
        "roleeligibilityschedules" | "roleeligibilityscheduleinstances" => {
            Some(Family::Eligibility)
        }
        "roleassignmentschedules" | "roleassignmentscheduleinstances" => Some(Family::Assignment),
        _ => None,
    }
}

impl Checker<'_> {
    pub(crate) fn schedule_answer(
        &mut self,
        place: &Place<'_>,
        properties: &Place<'_>,
        family: Family,
    ) -> Option<Schedule> {
        let scope = self.scope(place, properties);
        let role = self.reader.string(properties, "roleDefinitionId");
        let role = role.value().and_then(|text| text.parse().ok());
        let principal = self.reader.guid(properties, "principalId");
        let activated = matches!(
            self.reader.string(properties, "assignmentType"),
            Got::Is(text, _) if text.eq_ignore_ascii_case("Activated")
        );
        Some(Schedule {
            family,
            id: place.node.get("id").and_then(Node::text).map(str::to_owned),
            scope,
            role_definition_id: role?,
            principal_id: principal.value()?,
            principal_type: token!(self.reader, properties, "principalType", PrincipalType).value(),
            member_type: token!(self.reader, properties, "memberType", MemberType).value(),
            is_activation: activated,
            start_date_time: self.reader.instant(properties, "startDateTime").value(),
            end_date_time: self.reader.instant(properties, "endDateTime").value(),
            condition: self.reader.string(properties, "condition").value().map(str::to_owned),
        })
    }
}
