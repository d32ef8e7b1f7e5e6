# Makes 11111111-1111-1111-1111-111111111111 eligible for Contributor on subscription
# 00000000-0000-0000-0000-000000000000, from 2026-12-07T08:00:00Z, for 14 days.
# A second run is refused, because a request of this name exists already; it changes nothing. To
# ask again, change the nonce that the name is made from.
$parameters = @{
  Name                      = '6f0f3b0e-5a43-5d1c-9d0b-6a2f0d3c9b11'
  Scope                     = '/subscriptions/00000000-0000-0000-0000-000000000000'
  PrincipalId               = '11111111-1111-1111-1111-111111111111'
  RoleDefinitionId          = '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c'
  RequestType               = 'AdminAssign'
  ScheduleInfoStartDateTime = ([datetime]'2026-12-07T08:00:00Z').ToUniversalTime()
  ExpirationType            = 'AfterDuration'
  ExpirationDuration        = 'P14D'
  Justification             = 'On-call rotation, weeks 50 and 51'
}
New-AzRoleEligibilityScheduleRequest @parameters
