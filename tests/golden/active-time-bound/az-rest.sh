#!/usr/bin/env bash
# Assigns Contributor to 11111111-1111-1111-1111-111111111111 on subscription
# 00000000-0000-0000-0000-000000000000, from 2026-12-01T06:00:00Z, until 2026-12-05T18:00:00Z.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
set -euo pipefail

scope=/subscriptions/00000000-0000-0000-0000-000000000000
name=$(uuidgen | tr '[:upper:]' '[:lower:]')

cat > body.json <<'JSON'
{
  "properties": {
    "principalId": "11111111-1111-1111-1111-111111111111",
    "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
    "requestType": "AdminAssign",
    "scheduleInfo": {
      "startDateTime": "2026-12-01T06:00:00Z",
      "expiration": {
        "type": "AfterDateTime",
        "endDateTime": "2026-12-05T18:00:00Z"
      }
    },
    "justification": "CHG-3456: migration",
    "ticketInfo": {
      "ticketNumber": "CHG-3456",
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
