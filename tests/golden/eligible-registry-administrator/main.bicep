// Makes 11111111-1111-1111-1111-111111111111 eligible for User Access Administrator on
// subscription 00000000-0000-0000-0000-000000000000, for 365 days, with a condition.
// A second deployment is a new request, refused with RoleAssignmentExists while the assignment
// lasts; schedule requests are never changed.
// Deploy it with:
//   az deployment sub create --location <region> --subscription 00000000-0000-0000-0000-000000000000 --template-file main.bicep

targetScope = 'subscription'

@description('Object id of the principal')
param principalId string = '11111111-1111-1111-1111-111111111111'

@description('Name of the request: a new one each time, since no name is taken twice')
param requestName string = newGuid()

// User Access Administrator
var roleDefinitionId = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9')

var condition = '''
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
)'''

resource eligible 'Microsoft.Authorization/roleEligibilityScheduleRequests@2020-10-01' = {
  name: requestName
  properties: {
    principalId: principalId
    roleDefinitionId: roleDefinitionId
    requestType: 'AdminAssign'
    scheduleInfo: {
      expiration: {
        type: 'AfterDuration'
        duration: 'P365D'
      }
    }
    justification: 'CHG-2345: may give and take registry roles'
    ticketInfo: {
      ticketNumber: 'CHG-2345'
      ticketSystem: 'ServiceNow'
    }
    condition: condition
    conditionVersion: '2.0'
  }
}
