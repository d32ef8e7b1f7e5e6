# Assigns Reader to 11111111-1111-1111-1111-111111111111 on subscription
# 00000000-0000-0000-0000-000000000000, with a condition.
# A second run is refused with RoleAssignmentExists.
$parameters = @{
  ObjectId         = '11111111-1111-1111-1111-111111111111'
  RoleDefinitionId = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
  Scope            = '/subscriptions/00000000-0000-0000-0000-000000000000'
  Description      = 'it''s a=@b, "${x}" `$(id)` \'
  Condition        = @'
@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:a_b] StringEquals '${x}'
'@
  ConditionVersion = '2.0'
}
New-AzRoleAssignment @parameters
