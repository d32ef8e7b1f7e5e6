#!/usr/bin/env bash
# Extends the eligible assignment of Contributor to 11111111-1111-1111-1111-111111111111 on
# subscription 00000000-0000-0000-0000-000000000000, until 2027-06-30T22:00:00Z.
# A second run is a new request of the same kind; schedule requests are never changed.
set -euo pipefail

scope=/subscriptions/00000000-0000-0000-0000-000000000000
name=$(uuidgen | tr '[:upper:]' '[:lower:]')

cat > body.json <<'JSON'
{
  "properties": {
    "principalId": "11111111-1111-1111-1111-111111111111",
    "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
    "requestType": "AdminExtend",
    "scheduleInfo": {
      "expiration": {
        "type": "AfterDateTime",
        "endDateTime": "2027-06-30T22:00:00Z"
      }
    },
    "justification": "Project runs until the end of June",
    "targetRoleEligibilityScheduleId": "9ddfb7d9-1a6f-4d0b-9a5c-5b7b7a0a6f10"
  }
}
JSON

# Ask first whether the request would be accepted; this creates nothing.
az rest --method post \
  --url "${scope}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${name}/validate?api-version=2020-10-01" \
  --body @body.json --output none

az rest --method put \
  --url "${scope}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${name}?api-version=2020-10-01" \
  --body @body.json --query properties.status --output tsv
