# Activates Contributor on resource group rg-app for 22222222-2222-2222-2222-222222222222, for 4
# hours.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
$parameters = @{
  Name               = [guid]::NewGuid().ToString()
  Scope              = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-app'
  PrincipalId        = '22222222-2222-2222-2222-222222222222'
  RoleDefinitionId   = '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c'
  RequestType        = 'SelfActivate'
  ExpirationType     = 'AfterDuration'
  ExpirationDuration = 'PT4H'
  Justification      = 'INC-4711: the app doesn''t answer'
  TicketNumber       = 'INC-4711'
  TicketSystem       = 'ServiceNow'
}
New-AzRoleAssignmentScheduleRequest @parameters
