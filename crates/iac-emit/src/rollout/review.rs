//! Access reviews.

use pim_model::{RoleDefinitionId, Scope, Timestamp};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::RolloutOptions;

/// The namespace of the names of reviews; it must never change, or names do.
const NAMESPACE: Uuid = Uuid::from_u128(0x2c1f9a30_58d4_5b7e_8a16_4de07b93c5f2);

/// What stands in place of a reviewer; no object id, so that Azure refuses a review nobody answers.
const REVIEWER_TO_FILL: &str = "<object id of a reviewer>";

/// The definition of an access review: who is eligible for a role at a scope, every three months;
/// whoever is not confirmed loses the eligibility.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Its name.
    pub name: Uuid,
    /// Where it is, and what it reviews.
    pub scope: Scope,
    /// The role it reviews.
    pub role_definition_id: RoleDefinitionId,
    /// The name of the role.
    pub role: String,
    /// Who reviews.
    pub reviewers: Vec<Uuid>,
    /// When the first one starts.
    pub start: Timestamp,
}

impl Review {
    /// The newest API version there is: *documented*, access review schedule definitions, read
    /// 2026-11.
    pub const API_VERSION: &'static str = "2021-12-01-preview";

    pub(super) fn new(
        scope: Scope,
        role_definition_id: RoleDefinitionId,
        role: String,
        options: &RolloutOptions,
    ) -> Self {
        let nonce = &options.nonce;
        let text =
            format!("{}\n{}\n{nonce}", scope.to_string().to_lowercase(), role_definition_id.guid);
        Self {
            name: Uuid::new_v5(&NAMESPACE, text.as_bytes()),
            scope,
            role_definition_id,
            role,
            reviewers: options.reviewers.clone(),
            start: options.review_start,
        }
    }

    /// Returns the address of the `PUT`, without host and API version.
    #[must_use]
    pub fn id(&self) -> String {
        self.scope.authorization_id("accessReviewScheduleDefinitions", &self.name.to_string())
    }

    /// Returns the body of the `PUT`, in the shape of the API's own example.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let mut reviewers: Vec<Json> =
            self.reviewers.iter().map(|id| json!({ "principalId": id.to_string() })).collect();
        if reviewers.is_empty() {
            reviewers.push(json!({ "principalId": REVIEWER_TO_FILL }));
        }
        json!({ "properties": {
            "displayName": format!("Eligible for {}", self.role),
            "descriptionForAdmins":
                "Every three months. Whoever is not confirmed loses the eligibility.",
            "descriptionForReviewers":
                "Does this person or group still need to be able to activate the role? Say why.",
            "scope": {
                "resourceId": self.scope.to_string(),
                "roleDefinitionId": self.role_definition_id.to_string(),
                "principalType": "user,group",
                "assignmentState": "eligible",
            },
            "reviewers": reviewers,
            "settings": {
                "mailNotificationsEnabled": true,
                "reminderNotificationsEnabled": true,
                "justificationRequiredOnApproval": true,
                "recommendationsEnabled": true,
                "defaultDecisionEnabled": true,
                "defaultDecision": "Deny",
                "autoApplyDecisionsEnabled": true,
                "instanceDurationInDays": 14,
                "recurrence": {
                    "pattern": { "type": "absoluteMonthly", "interval": 3 },
                    "range": { "type": "noEnd", "startDate": self.start.to_string() },
                },
            },
        }})
    }
}
