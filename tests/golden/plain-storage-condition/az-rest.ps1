# Assigns Storage Blob Data Reader to 11111111-1111-1111-1111-111111111111 on resource stdata,
# with a condition.
# A second run is refused with RoleAssignmentExists.
$scope = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata'
$name = [guid]::NewGuid().ToString()

@'
{
  "properties": {
    "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "principalId": "11111111-1111-1111-1111-111111111111",
    "principalType": "Group",
    "description": "Reads the monthly reports",
    "condition": "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND NOT SubOperationMatches{'Blob.List'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'reports'))",
    "conditionVersion": "2.0"
  }
}
'@ | Set-Content -Path body.json -Encoding utf8

az rest --method put `
  --url "${scope}/providers/Microsoft.Authorization/roleAssignments/${name}?api-version=2022-04-01" `
  --body '@body.json' --query id --output tsv
