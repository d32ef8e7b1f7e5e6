#!/usr/bin/env bash
# Makes 11111111-1111-1111-1111-111111111111 eligible for User Access Administrator on
# subscription 00000000-0000-0000-0000-000000000000, for 365 days, with a condition.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
set -euo pipefail

scope=/subscriptions/00000000-0000-0000-0000-000000000000
name=$(uuidgen | tr '[:upper:]' '[:lower:]')

cat > body.json <<'JSON'
{
  "properties": {
    "principalId": "11111111-1111-1111-1111-111111111111",
    "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
    "requestType": "AdminAssign",
    "scheduleInfo": {
      "expiration": {
        "type": "AfterDuration",
        "duration": "P365D"
      }
    },
    "justification": "CHG-2345: may give and take registry roles",
    "ticketInfo": {
      "ticketNumber": "CHG-2345",
      "ticketSystem": "ServiceNow"
    },
    "condition": "(\n (\n  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})\n )\n OR\n (\n  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {c2f4ef07-c644-48eb-af81-4b1b4947fb11, 6cef56e8-d556-48e5-a04f-b8e64114680f, 7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec}\n )\n)\nAND\n(\n (\n  !(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})\n )\n OR\n (\n  @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {c2f4ef07-c644-48eb-af81-4b1b4947fb11, 6cef56e8-d556-48e5-a04f-b8e64114680f, 7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec}\n )\n)",
    "conditionVersion": "2.0"
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
