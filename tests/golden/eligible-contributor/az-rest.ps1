# Makes 11111111-1111-1111-1111-111111111111 eligible for Contributor on resource group rg-app,
# for 180 days.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
$scope = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-app'
$name = [guid]::NewGuid().ToString()

@'
{
  "properties": {
    "principalId": "11111111-1111-1111-1111-111111111111",
    "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
    "requestType": "AdminAssign",
    "scheduleInfo": {
      "expiration": {
        "type": "AfterDuration",
        "duration": "P180D"
      }
    },
    "justification": "CHG-1234: team on call for the app"
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
