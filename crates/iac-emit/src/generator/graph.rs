//! The bare call to Microsoft Graph, for PIM for Groups.

use serde_json::Value as Json;

use crate::cloud::Cloud;
use crate::document::http::Document;
use crate::group::GroupPlan;

pub(crate) fn document(plan: &GroupPlan, cloud: Cloud) -> Document {
    let (collection, permission) = if plan.is_eligibility {
        ("eligibilityScheduleRequests", "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup")
    } else {
        ("assignmentScheduleRequests", "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup")
    };
    let fields = plan.body.iter().filter(|(_, value)| !value.is_null());
    Document {
        remark: format!(
            "{}\nNeeds the permission {permission}.\nThe first request brings the group under PIM, \
             which cannot be taken back.\nEach call is a request of its own; a second one is refused \
             while the first one's effect lasts.",
            plan.summary()
        ),
        method: "POST",
        address: format!(
            "{}/v1.0/identityGovernance/privilegedAccess/group/{collection}",
            cloud.graph()
        ),
        body: Some(Json::Object(
            fields.map(|(name, value)| (name.clone(), value.clone())).collect(),
        )),
    }
}
