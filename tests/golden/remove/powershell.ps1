# Removes the eligible assignment of Contributor to 11111111-1111-1111-1111-111111111111 on
# subscription 00000000-0000-0000-0000-000000000000.
# A second run is refused with RoleAssignmentDoesNotExist once this one is done.
$parameters = @{
  Name             = [guid]::NewGuid().ToString()
  Scope            = '/subscriptions/00000000-0000-0000-0000-000000000000'
  PrincipalId      = '11111111-1111-1111-1111-111111111111'
  RoleDefinitionId = '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c'
  RequestType      = 'AdminRemove'
  Justification    = 'Left the team'
}
New-AzRoleEligibilityScheduleRequest @parameters
