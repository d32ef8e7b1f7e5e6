# Removes the eligible assignment of Contributor to 11111111-1111-1111-1111-111111111111 on
# subscription 00000000-0000-0000-0000-000000000000.
# A second run is refused with RoleAssignmentDoesNotExist once this one is done.
$scope = '/subscriptions/00000000-0000-0000-0000-000000000000'
$name = [guid]::NewGuid().ToString()

@'
{
  "properties": {
    "principalId": "11111111-1111-1111-1111-111111111111",
    "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
    "requestType": "AdminRemove",
    "justification": "Left the team"
  }
}
'@ | Set-Content -Path body.json -Encoding utf8

# Ask first whether the request would be accepted; this creates nothing.
az rest --method post `
  --url "${scope}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${name}/validate?api-version=2020-10-01" `
  --body '@body.json' --output none
if ($LASTEXITCODE -ne 0) { throw 'The request would be refused.' }

az rest --method put `
  --url "${scope}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${name}?api-version=2020-10-01" `
  --body '@body.json' --query properties.status --output tsv
