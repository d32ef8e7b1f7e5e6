# Extends the eligible assignment of Contributor to 11111111-1111-1111-1111-111111111111 on
# subscription 00000000-0000-0000-0000-000000000000, until 2027-06-30T22:00:00Z.
# A second run is a new request of the same kind; schedule requests are never changed.
$parameters = @{
  Name                            = [guid]::NewGuid().ToString()
  Scope                           = '/subscriptions/00000000-0000-0000-0000-000000000000'
  PrincipalId                     = '11111111-1111-1111-1111-111111111111'
  RoleDefinitionId                = '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c'
  RequestType                     = 'AdminExtend'
  ExpirationType                  = 'AfterDateTime'
  ExpirationEndDateTime           = ([datetime]'2027-06-30T22:00:00Z').ToUniversalTime()
  Justification                   = 'Project runs until the end of June'
  TargetRoleEligibilityScheduleId = '9ddfb7d9-1a6f-4d0b-9a5c-5b7b7a0a6f10'
}
New-AzRoleEligibilityScheduleRequest @parameters
