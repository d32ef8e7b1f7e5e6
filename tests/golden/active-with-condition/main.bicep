// Assigns Role Based Access Control Administrator to 11111111-1111-1111-1111-111111111111 on
// subscription 00000000-0000-0000-0000-000000000000, for 90 minutes, with a condition.
// A second deployment is a new request, refused with RoleAssignmentExists while the assignment
// lasts; schedule requests are never changed.
// Deploy it with:
//   az deployment sub create --location <region> --subscription 00000000-0000-0000-0000-000000000000 --template-file main.bicep

targetScope = 'subscription'

@description('Object id of the principal')
param principalId string = '11111111-1111-1111-1111-111111111111'

@description('Name of the request: a new one each time, since no name is taken twice')
param requestName string = newGuid()

// Role Based Access Control Administrator
var roleDefinitionId = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'f58310d9-a9f6-439a-9e8d-f62e7b41a168')

var condition = '''
((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}))'''

resource active 'Microsoft.Authorization/roleAssignmentScheduleRequests@2020-10-01' = {
  name: requestName
  properties: {
    principalId: principalId
    roleDefinitionId: roleDefinitionId
    requestType: 'AdminAssign'
    scheduleInfo: {
      expiration: {
        type: 'AfterDuration'
        duration: 'PT90M'
      }
    }
    justification: 'CHG-4567: hands out Reader'
    condition: condition
    conditionVersion: '2.0'
  }
}
