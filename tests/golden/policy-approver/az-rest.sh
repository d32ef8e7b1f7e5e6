#!/usr/bin/env bash
# Changes the settings of Role Based Access Control Administrator on subscription
# 00000000-0000-0000-0000-000000000000:
#   - Require approval to activate
# A second run changes nothing.
set -euo pipefail

scope=/subscriptions/00000000-0000-0000-0000-000000000000
role=/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/f58310d9-a9f6-439a-9e8d-f62e7b41a168

# The name of a policy changes whenever the policy does, so look it up each time.
policy=$(az rest --method get \
  --url "${scope}/providers/Microsoft.Authorization/roleManagementPolicyAssignments" \
  --url-parameters api-version=2020-10-01 "\$filter=roleDefinitionId eq '${role}'" \
  --query 'value[0].properties.policyId' --output tsv)

cat > body.json <<'JSON'
{
  "properties": {
    "rules": [
      {
        "setting": {
          "isApprovalRequired": true,
          "isApprovalRequiredForExtension": false,
          "isRequestorJustificationRequired": true,
          "approvalMode": "SingleStage",
          "approvalStages": [
            {
              "approvalStageTimeOutInDays": 1,
              "isApproverJustificationRequired": true,
              "escalationTimeInMinutes": 0,
              "primaryApprovers": [
                {
                  "id": "33333333-3333-3333-3333-333333333333",
                  "isBackup": false,
                  "userType": "Group"
                }
              ],
              "isEscalationEnabled": false,
              "escalationApprovers": null
            }
          ]
        },
        "id": "Approval_EndUser_Assignment",
        "ruleType": "RoleManagementPolicyApprovalRule",
        "target": {
          "caller": "EndUser",
          "operations": [
            "All"
          ],
          "level": "Assignment",
          "targetObjects": null,
          "inheritableSettings": null,
          "enforcedSettings": null
        }
      }
    ]
  }
}
JSON

az rest --method patch \
  --url "${policy}?api-version=2020-10-01" \
  --body @body.json --output none
