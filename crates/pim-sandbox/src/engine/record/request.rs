//! Schedule requests, as they were answered.

use crate::engine::world::Placed;
use jiff::{SignedDuration, Timestamp};
use pim_model::{Family, RequestType, ScheduleInfo, TicketInfo};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What became of a request (*documented*: role eligibility schedule requests API 2020-10-01, read
/// 2026-11; the sandbox uses these of the 22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Status {
    /// Answered by `validate` where somebody would have to approve.
    PendingEvaluation,
    Granted,
    Provisioned,
    PendingApproval,
    PendingAdminDecision,
    Revoked,
    Canceled,
    Denied,
    TimedOut,
    Failed,
}

/// A request, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Request {
    pub(crate) name: Uuid,
    pub(crate) family: Family,
    /// Where: an ARM id, or `/groups/{id}` for PIM for Groups.
    pub(crate) scope: String,
    pub(crate) role: Uuid,
    pub(crate) principal: Uuid,
    pub(crate) request_type: RequestType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) schedule_info: Option<ScheduleInfo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) justification: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ticket_info: Option<TicketInfo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) condition: Option<String>,
    /// The eligibility an activation uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) eligibility: Option<Uuid>,
    /// The schedule it made, changed or ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) schedule: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) approval: Option<Uuid>,
    pub(crate) status: Status,
    pub(crate) requestor: Uuid,
    pub(crate) created_on: Timestamp,
}

/// How long requests are kept (*observed*: terraform-provider-azurerm issues 24118 and 25811, read
/// 2026-11).
const KEPT: SignedDuration = SignedDuration::from_hours(45 * 24);

impl Request {
    pub(crate) fn key(&self) -> String {
        format!("{}|{}", self.family, self.name)
    }

    /// Returns when it is forgotten.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.created_on.checked_add(KEPT).ok()
    }
}

impl Request {
    /// Returns the request as `validate` answers it: granted, or still to be decided (*observed*:
    /// az-pim-cli issue 13, read 2026-11).
    pub(crate) fn validated(&self) -> Self {
        let status = match self.status {
            Status::PendingApproval | Status::PendingAdminDecision => Status::PendingEvaluation,
            _ => Status::Granted,
        };
        Self { status, approval: None, ..self.clone() }
    }
}

impl Status {
    /// Returns Azure's word.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::PendingEvaluation => "PendingEvaluation",
            Self::Granted => "Granted",
            Self::Provisioned => "Provisioned",
            Self::PendingApproval => "PendingApproval",
            Self::PendingAdminDecision => "PendingAdminDecision",
            Self::Revoked => "Revoked",
            Self::Canceled => "Canceled",
            Self::Denied => "Denied",
            Self::TimedOut => "TimedOut",
            Self::Failed => "Failed",
        }
    }

    /// Says whether somebody still has to decide.
    pub(crate) const fn is_pending(self) -> bool {
        matches!(self, Self::PendingApproval | Self::PendingAdminDecision)
    }
}

impl Placed for Request {
    fn name(&self) -> Uuid {
        self.name
    }

    fn scope(&self) -> &str {
        &self.scope
    }

    fn principal(&self) -> Uuid {
        self.principal
    }
}
