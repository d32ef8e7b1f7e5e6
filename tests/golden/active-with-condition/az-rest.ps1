# Assigns Role Based Access Control Administrator to 11111111-1111-1111-1111-111111111111 on
# subscription 00000000-0000-0000-0000-000000000000, for 90 minutes, with a condition.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
$scope = '/subscriptions/00000000-0000-0000-0000-000000000000'
$name = [guid]::NewGuid().ToString()

@'
{
  "properties": {
    "principalId": "11111111-1111-1111-1111-111111111111",
    "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/f58310d9-a9f6-439a-9e8d-f62e7b41a168",
    "requestType": "AdminAssign",
    "scheduleInfo": {
      "expiration": {
        "type": "AfterDuration",
        "duration": "PT90M"
      }
    },
    "justification": "CHG-4567: hands out Reader",
    "condition": "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}))",
    "conditionVersion": "2.0"
  }
}
'@ | Set-Content -Path body.json -Encoding utf8

# Ask first whether the request would be accepted; this creates nothing.
az rest --method post `
  --url "${scope}/providers/Microsoft.Authorization/roleAssignmentScheduleRequests/${name}/validate?api-version=2020-10-01" `
  --body '@body.json' --output none
if ($LASTEXITCODE -ne 0) { throw 'The request would be refused.' }

az rest --method put `
  --url "${scope}/providers/Microsoft.Authorization/roleAssignmentScheduleRequests/${name}?api-version=2020-10-01" `
  --body '@body.json' --query properties.status --output tsv
