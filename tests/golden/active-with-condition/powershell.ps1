# Assigns Role Based Access Control Administrator to 11111111-1111-1111-1111-111111111111 on
# subscription 00000000-0000-0000-0000-000000000000, for 90 minutes, with a condition.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
$parameters = @{
  Name               = [guid]::NewGuid().ToString()
  Scope              = '/subscriptions/00000000-0000-0000-0000-000000000000'
  PrincipalId        = '11111111-1111-1111-1111-111111111111'
  RoleDefinitionId   = '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/f58310d9-a9f6-439a-9e8d-f62e7b41a168'
  RequestType        = 'AdminAssign'
  ExpirationType     = 'AfterDuration'
  ExpirationDuration = 'PT90M'
  Justification      = 'CHG-4567: hands out Reader'
  Condition          = @'
((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}))
'@
  ConditionVersion   = '2.0'
}
New-AzRoleAssignmentScheduleRequest @parameters
