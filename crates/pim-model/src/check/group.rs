//! A PIM for Groups request.

use super::Checker;
use crate::reader::{Place, token};
use crate::request::GroupRequest;
use crate::request_type::{Access, Family, RequestType};
use serde_json::Map;

const WRITTEN: &[&str] = &[
    "accessId",
    "principalId",
    "groupId",
    "action",
    "scheduleInfo",
    "justification",
    "ticketInfo",
    "targetScheduleId",
];

const ANSWERED: &[&str] = &[
    "id",
    "status",
    "createdDateTime",
    "completedDateTime",
    "createdBy",
    "approvalId",
    "customData",
    "isValidationOnly",
];

impl Checker<'_> {
    /// Reads a request; `family` is what the path of its call tells.
    pub(crate) fn group(
        &mut self,
        place: &Place<'_>,
        family: Option<Family>,
    ) -> Option<GroupRequest> {
        let known: Vec<&str> = WRITTEN.iter().chain(ANSWERED).copied().collect();
        self.reader.unknown_fields(place, &known);
        let access = token!(self.reader, place, "accessId", Access);
        let action = token!(self.reader, place, "action", RequestType);
        let group = self.reader.guid(place, "groupId");
        let principal = self.reader.guid(place, "principalId");
        let required = [
            ("accessId", access.is_absent()),
            ("action", action.is_absent()),
            ("groupId", group.is_absent()),
            ("principalId", principal.is_absent()),
        ];
        for (name, absent) in required {
            if absent {
                self.reader.missing(place, name);
            }
        }
        let kind = action.get().copied();
        let activation =
            matches!(kind, Some(RequestType::SelfActivate | RequestType::SelfDeactivate));
        let inferred = if activation { Family::Assignment } else { Family::Eligibility };
        let family = family.or(self.options.family).unwrap_or(inferred);
        if activation
            && family == Family::Eligibility
            && let Some(span) = action.span()
        {
            let message = "an activation is a request for an active assignment";
            let help = "send it to `assignmentScheduleRequests`";
            self.reader.advise("pim-wrong-endpoint", span, message, help);
        }
        let is_answer = place.node.get("status").is_some();
        if let (Some(RequestType::AdminAssign), Some(span), false) = (kind, group.span(), is_answer)
        {
            let message = "the first request brings the group into PIM, which cannot be undone";
            let help = "dynamic groups and groups synchronised from on premises are refused";
            self.reader.advise("pim-group-onboarding", span, message, help);
        }
        let schedule_info = self.schedule(place, family, kind);
        let justification = self.justification(place);
        let ticket_info = self.ticket(place);
        let target = self.reader.string(place, "targetScheduleId").value().map(str::to_owned);
        let other: Map<_, _> = place
            .node
            .fields()
            .iter()
            .filter(|field| !WRITTEN.contains(&field.name.as_str()))
            .map(|field| (field.name.clone(), field.value.to_json()))
            .collect();
        Some(GroupRequest {
            family,
            access_id: access.value()?,
            group_id: group.value()?,
            principal_id: principal.value()?,
            action: kind?,
            schedule_info,
            justification,
            ticket_info,
            target_schedule_id: target,
            other,
        })
    }
}
