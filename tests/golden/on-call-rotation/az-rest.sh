#!/usr/bin/env bash
# Makes 11111111-1111-1111-1111-111111111111 eligible for Contributor on subscription
# 00000000-0000-0000-0000-000000000000, from 2026-12-07T08:00:00Z, for 14 days.
# A second run is refused, because a request of this name exists already; it changes nothing. To
# ask again, change the nonce that the name is made from.
set -euo pipefail

scope=/subscriptions/00000000-0000-0000-0000-000000000000
name=6f0f3b0e-5a43-5d1c-9d0b-6a2f0d3c9b11

cat > body.json <<'JSON'
{
  "properties": {
    "principalId": "11111111-1111-1111-1111-111111111111",
    "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
    "requestType": "AdminAssign",
    "scheduleInfo": {
      "startDateTime": "2026-12-07T08:00:00Z",
      "expiration": {
        "type": "AfterDuration",
        "duration": "P14D"
      }
    },
    "justification": "On-call rotation, weeks 50 and 51"
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
