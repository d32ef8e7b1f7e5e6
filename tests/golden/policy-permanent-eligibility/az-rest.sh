#!/usr/bin/env bash
# Changes the settings of Role Based Access Control Administrator on subscription
# 00000000-0000-0000-0000-000000000000:
#   - Expire eligible assignments after
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
        "isExpirationRequired": false,
        "maximumDuration": "P365D",
        "id": "Expiration_Admin_Eligibility",
        "ruleType": "RoleManagementPolicyExpirationRule",
        "target": {
          "caller": "Admin",
          "operations": [
            "All"
          ],
          "level": "Eligibility",
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
