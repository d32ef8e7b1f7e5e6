#!/usr/bin/env bash
# Assigns Reader to 11111111-1111-1111-1111-111111111111 on subscription
# 00000000-0000-0000-0000-000000000000, with a condition.
# A second run is refused with RoleAssignmentExists.
set -euo pipefail

scope=/subscriptions/00000000-0000-0000-0000-000000000000
name=$(uuidgen | tr '[:upper:]' '[:lower:]')

cat > body.json <<'JSON'
{
  "properties": {
    "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7",
    "principalId": "11111111-1111-1111-1111-111111111111",
    "description": "it's a=@b, \"${x}\" `$(id)` \\",
    "condition": "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:a_b] StringEquals '${x}'",
    "conditionVersion": "2.0"
  }
}
JSON

az rest --method put \
  --url "${scope}/providers/Microsoft.Authorization/roleAssignments/${name}?api-version=2022-04-01" \
  --body @body.json --query id --output tsv
