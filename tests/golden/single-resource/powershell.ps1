# Makes 11111111-1111-1111-1111-111111111111 eligible for Storage Blob Data Reader on resource
# reports, for 90 days.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
$parameters = @{
  Name               = [guid]::NewGuid().ToString()
  Scope              = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata/blobServices/default/containers/reports'
  PrincipalId        = '11111111-1111-1111-1111-111111111111'
  RoleDefinitionId   = '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  RequestType        = 'AdminAssign'
  ExpirationType     = 'AfterDuration'
  ExpirationDuration = 'P90D'
  Justification      = 'Reads the monthly reports'
}
New-AzRoleEligibilityScheduleRequest @parameters
