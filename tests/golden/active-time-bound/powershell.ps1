# Assigns Contributor to 11111111-1111-1111-1111-111111111111 on subscription
# 00000000-0000-0000-0000-000000000000, from 2026-12-01T06:00:00Z, until 2026-12-05T18:00:00Z.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
$parameters = @{
  Name                      = [guid]::NewGuid().ToString()
  Scope                     = '/subscriptions/00000000-0000-0000-0000-000000000000'
  PrincipalId               = '11111111-1111-1111-1111-111111111111'
  RoleDefinitionId          = '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c'
  RequestType               = 'AdminAssign'
  ScheduleInfoStartDateTime = ([datetime]'2026-12-01T06:00:00Z').ToUniversalTime()
  ExpirationType            = 'AfterDateTime'
  ExpirationEndDateTime     = ([datetime]'2026-12-05T18:00:00Z').ToUniversalTime()
  Justification             = 'CHG-3456: migration'
  TicketNumber              = 'CHG-3456'
  TicketSystem              = 'ServiceNow'
}
New-AzRoleAssignmentScheduleRequest @parameters
