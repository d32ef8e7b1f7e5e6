//! The bare calls to Azure Resource Manager.

use super::body;
use crate::cloud::Cloud;
use crate::document::http::{Document, encode_path};
use crate::plan::Plan;
use crate::policy::PolicyPlan;
use crate::target::Target;
use crate::wording;

pub(crate) fn document(plan: &Plan, cloud: Cloud) -> Document {
    let name = plan.name.map_or_else(|| "{{$guid}}".to_owned(), |name| name.to_string());
    let mut remark = format!("{}\n{}", plan.summary(), wording::second_time(plan, Target::Rest));
    if plan.name.is_none() {
        remark.push_str(
            "\n{{$guid}} is a new GUID each time; put one there if your client does not.",
        );
    }
    Document {
        remark,
        method: "PUT",
        address: format!(
            "{}{}/providers/{}/{name}?api-version={}",
            cloud.resource_manager(),
            encode_path(&plan.scope_path()),
            plan.kind.resource_type(),
            plan.kind.api_version()
        ),
        body: Some(body(plan)),
    }
}

/// A change of a policy: a call that finds it, and one that changes it.
pub(crate) fn policy(plan: &PolicyPlan, cloud: Cloud) -> [Document; 2] {
    let filter = format!("roleDefinitionId eq '{}'", plan.role.replace('\'', "''"));
    let find = Document {
        remark: format!(
            "{}\n{}\n{}\nTake properties.policyId of the one answer for {{{{policyId}}}} below.",
            plan.summary(),
            PolicyPlan::SECOND_RUN,
            PolicyPlan::NAME_CHANGES
        ),
        method: "GET",
        address: format!(
            "{}{}/providers/Microsoft.Authorization/roleManagementPolicyAssignments\
             ?api-version=2020-10-01&$filter={}",
            cloud.resource_manager(),
            encode_path(&plan.scope_path()),
            encode_path(&filter)
        ),
        body: None,
    };
    let change = Document {
        remark: String::new(),
        method: "PATCH",
        address: format!(
            "{}{{{{policyId}}}}?api-version={}",
            cloud.resource_manager(),
            plan.api_version()
        ),
        body: Some(plan.body()),
    };
    [find, change]
}
