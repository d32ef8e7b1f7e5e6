//! The approval of activations.

use crate::request_type::{Casing, tokens};
use serde_json::{Map, Value, json};
use uuid::Uuid;

tokens! {
    /// In which order approvers are asked; only `SingleStage` has an effect for Azure resources.
    ApprovalMode {
        /// One stage.
        SingleStage = "SingleStage" / "SingleStage",
        /// Stages one after the other.
        Serial = "Serial" / "Serial",
        /// Stages at once.
        Parallel = "Parallel" / "Parallel",
        /// Nobody is asked.
        NoApproval = "NoApproval" / "NoApproval",
    }
}

tokens! {
    /// What an approver is; its case counts (*observed*: EasyPIM issue 28, read 2026-11).
    ApproverType {
        /// A person.
        User = "User" / "#microsoft.graph.singleUser",
        /// A group; any member may approve.
        Group = "Group" / "#microsoft.graph.groupMembers",
    }
}

/// Someone who may approve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approver {
    /// The object id of the user or group.
    pub id: Uuid,
    /// The name people see.
    pub description: Option<String>,
    /// Whether it stands in for others.
    pub is_backup: bool,
    /// What it is.
    pub user_type: ApproverType,
}

impl Approver {
    /// Makes an approver that is a group.
    #[must_use]
    pub const fn group(id: Uuid) -> Self {
        Self { id, description: None, is_backup: false, user_type: ApproverType::Group }
    }

    /// Makes an approver that is a user.
    #[must_use]
    pub const fn user(id: Uuid) -> Self {
        Self { id, description: None, is_backup: false, user_type: ApproverType::User }
    }

    fn to_json(&self, casing: Casing) -> Value {
        let mut approver = Map::new();
        let mut put = |name: &str, value: Value| approver.insert(name.to_owned(), value);
        match casing {
            Casing::Arm => put("id", json!(self.id.to_string())),
            Casing::Graph => {
                put("@odata.type", json!(self.user_type.graph()));
                let name = match self.user_type {
                    ApproverType::User => "userId",
                    ApproverType::Group => "groupId",
                };
                put(name, json!(self.id.to_string()))
            }
        };
        if let Some(description) = &self.description {
            put("description", json!(description));
        }
        put("isBackup", json!(self.is_backup));
        if casing == Casing::Arm {
            put("userType", json!(self.user_type.arm()));
        }
        Value::Object(approver)
    }
}

/// One round of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalStage {
    /// After how many days nobody is asked any more; 1, whatever is written.
    pub approval_stage_time_out_in_days: i64,
    /// Whether an approver must say why.
    pub is_approver_justification_required: bool,
    /// After how many minutes others are asked; without effect for Azure resources.
    pub escalation_time_in_minutes: i64,
    /// Whether others are asked; without effect for Azure resources.
    pub is_escalation_enabled: bool,
    /// Who is asked.
    pub primary_approvers: Vec<Approver>,
    /// Who is asked later.
    pub escalation_approvers: Option<Vec<Approver>>,
}

impl ApprovalStage {
    /// Makes the stage that Azure resources use.
    #[must_use]
    pub const fn new(primary_approvers: Vec<Approver>) -> Self {
        Self {
            approval_stage_time_out_in_days: 1,
            is_approver_justification_required: true,
            escalation_time_in_minutes: 0,
            is_escalation_enabled: false,
            primary_approvers,
            escalation_approvers: None,
        }
    }
}

/// The setting of the approval rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Whether an activation must be approved.
    pub is_approval_required: bool,
    /// Whether an extension must be approved.
    pub is_approval_required_for_extension: bool,
    /// Whether the one who asks must say why.
    pub is_requestor_justification_required: bool,
    /// In which order approvers are asked.
    pub approval_mode: ApprovalMode,
    /// The stages; Azure resources use one.
    pub approval_stages: Vec<ApprovalStage>,
}

impl Default for Approval {
    fn default() -> Self {
        Self {
            is_approval_required: false,
            is_approval_required_for_extension: false,
            is_requestor_justification_required: true,
            approval_mode: ApprovalMode::SingleStage,
            approval_stages: Vec::new(),
        }
    }
}

impl Approval {
    /// Returns everyone who may approve.
    pub fn approvers(&self) -> impl Iterator<Item = &Approver> {
        self.approval_stages.iter().flat_map(|stage| &stage.primary_approvers)
    }

    pub(crate) fn to_json(&self, casing: Casing) -> Value {
        let list = |approvers: &[Approver]| -> Vec<Value> {
            approvers.iter().map(|one| one.to_json(casing)).collect()
        };
        let stages: Vec<Value> = self
            .approval_stages
            .iter()
            .map(|stage| {
                json!({
                    "approvalStageTimeOutInDays": stage.approval_stage_time_out_in_days,
                    "isApproverJustificationRequired": stage.is_approver_justification_required,
                    "escalationTimeInMinutes": stage.escalation_time_in_minutes,
                    "primaryApprovers": list(&stage.primary_approvers),
                    "isEscalationEnabled": stage.is_escalation_enabled,
                    "escalationApprovers": stage.escalation_approvers.as_deref().map(list),
                })
            })
            .collect();
        json!({
            "isApprovalRequired": self.is_approval_required,
            "isApprovalRequiredForExtension": self.is_approval_required_for_extension,
            "isRequestorJustificationRequired": self.is_requestor_justification_required,
            "approvalMode": self.approval_mode.arm(),
            "approvalStages": stages,
        })
    }
}
