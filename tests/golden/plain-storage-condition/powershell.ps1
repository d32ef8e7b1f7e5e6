# Assigns Storage Blob Data Reader to 11111111-1111-1111-1111-111111111111 on resource stdata,
# with a condition.
# A second run is refused with RoleAssignmentExists.
$parameters = @{
  ObjectId         = '11111111-1111-1111-1111-111111111111'
  RoleDefinitionId = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  Scope            = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata'
  ObjectType       = 'Group'
  Description      = 'Reads the monthly reports'
  Condition        = @'
((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND NOT SubOperationMatches{'Blob.List'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'reports'))
'@
  ConditionVersion = '2.0'
}
New-AzRoleAssignment @parameters
