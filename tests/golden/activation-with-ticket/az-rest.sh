#!/usr/bin/env bash
# Activates Contributor on resource group rg-app for 22222222-2222-2222-2222-222222222222, for 4
# hours.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
set -euo pipefail

scope=/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-app
name=$(uuidgen | tr '[:upper:]' '[:lower:]')

cat > body.json <<'JSON'
{
  "properties": {
    "principalId": "22222222-2222-2222-2222-222222222222",
    "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
    "requestType": "SelfActivate",
    "scheduleInfo": {
      "expiration": {
        "type": "AfterDuration",
        "duration": "PT4H"
      }
    },
    "justification": "INC-4711: the app doesn't answer",
    "ticketInfo": {
      "ticketNumber": "INC-4711",
      "ticketSystem": "ServiceNow"
    }
  }
}
JSON

# Ask first whether the request would be accepted; this creates nothing.
az rest --method post \
  --url "${scope}/providers/Microsoft.Authorization/roleAssignmentScheduleRequests/${name}/validate?api-version=2020-10-01" \
  --body @body.json --output none

az rest --method put \
  --url "${scope}/providers/Microsoft.Authorization/roleAssignmentScheduleRequests/${name}?api-version=2020-10-01" \
  --body @body.json --query properties.status --output tsv
