# Makes 11111111-1111-1111-1111-111111111111 eligible for Storage Blob Data Reader on resource
# reports, for 90 days.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
$scope = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata/blobServices/default/containers/reports'
$name = [guid]::NewGuid().ToString()

@'
{
  "properties": {
    "principalId": "11111111-1111-1111-1111-111111111111",
    "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "requestType": "AdminAssign",
    "scheduleInfo": {
      "expiration": {
        "type": "AfterDuration",
        "duration": "P90D"
      }
    },
    "justification": "Reads the monthly reports"
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
