# Makes 11111111-1111-1111-1111-111111111111 eligible for Reader on management group mg-platform,
# for 365 days.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
$parameters = @{
  Name               = [guid]::NewGuid().ToString()
  Scope              = '/providers/Microsoft.Management/managementGroups/mg-platform'
  PrincipalId        = '11111111-1111-1111-1111-111111111111'
  RoleDefinitionId   = '/providers/Microsoft.Management/managementGroups/mg-platform/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7'
  RequestType        = 'AdminAssign'
  ExpirationType     = 'AfterDuration'
  ExpirationDuration = 'P365D'
  Justification      = 'Auditors, until the next audit'
}
New-AzRoleEligibilityScheduleRequest @parameters
