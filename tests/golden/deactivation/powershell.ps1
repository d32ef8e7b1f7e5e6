# Deactivates Contributor on resource group rg-app for 22222222-2222-2222-2222-222222222222.
# A second run is refused with RoleAssignmentDoesNotExist once this one is done.
$parameters = @{
  Name             = [guid]::NewGuid().ToString()
  Scope            = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-app'
  PrincipalId      = '22222222-2222-2222-2222-222222222222'
  RoleDefinitionId = '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c'
  RequestType      = 'SelfDeactivate'
}
New-AzRoleAssignmentScheduleRequest @parameters
