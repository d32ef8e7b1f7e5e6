# Makes 11111111-1111-1111-1111-111111111111 eligible for Contributor on resource group rg-app,
# for 180 days.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
$parameters = @{
  Name               = [guid]::NewGuid().ToString()
  Scope              = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-app'
  PrincipalId        = '11111111-1111-1111-1111-111111111111'
  RoleDefinitionId   = '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c'
  RequestType        = 'AdminAssign'
  ExpirationType     = 'AfterDuration'
  ExpirationDuration = 'P180D'
  Justification      = 'CHG-1234: team on call for the app'
}
New-AzRoleEligibilityScheduleRequest @parameters
