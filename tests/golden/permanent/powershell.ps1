# Makes 11111111-1111-1111-1111-111111111111 eligible for Reader on subscription
# 00000000-0000-0000-0000-000000000000, without end.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
$parameters = @{
  Name             = [guid]::NewGuid().ToString()
  Scope            = '/subscriptions/00000000-0000-0000-0000-000000000000'
  PrincipalId      = '11111111-1111-1111-1111-111111111111'
  RoleDefinitionId = '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7'
  RequestType      = 'AdminAssign'
  ExpirationType   = 'NoExpiration'
}
New-AzRoleEligibilityScheduleRequest @parameters
