# Makes 11111111-1111-1111-1111-111111111111 eligible for User Access Administrator on
# subscription 00000000-0000-0000-0000-000000000000, for 365 days, with a condition.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
$parameters = @{
  Name               = [guid]::NewGuid().ToString()
  Scope              = '/subscriptions/00000000-0000-0000-0000-000000000000'
  PrincipalId        = '11111111-1111-1111-1111-111111111111'
  RoleDefinitionId   = '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'
  RequestType        = 'AdminAssign'
  ExpirationType     = 'AfterDuration'
  ExpirationDuration = 'P365D'
  Justification      = 'CHG-2345: may give and take registry roles'
  TicketNumber       = 'CHG-2345'
  TicketSystem       = 'ServiceNow'
  Condition          = @'
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
 )
 OR
 (
  @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {c2f4ef07-c644-48eb-af81-4b1b4947fb11, 6cef56e8-d556-48e5-a04f-b8e64114680f, 7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec}
 )
)
AND
(
 (
  !(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
 )
 OR
 (
  @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {c2f4ef07-c644-48eb-af81-4b1b4947fb11, 6cef56e8-d556-48e5-a04f-b8e64114680f, 7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec}
 )
)
'@
  ConditionVersion   = '2.0'
}
New-AzRoleEligibilityScheduleRequest @parameters
