// Assigns Contributor to 11111111-1111-1111-1111-111111111111 on subscription
// 00000000-0000-0000-0000-000000000000, from 2026-12-01T06:00:00Z, until 2026-12-05T18:00:00Z.
// A second deployment is a new request, refused with RoleAssignmentExists while the assignment
// lasts; schedule requests are never changed.
// Deploy it with:
//   az deployment sub create --location <region> --subscription 00000000-0000-0000-0000-000000000000 --template-file main.bicep

targetScope = 'subscription'

@description('Object id of the principal')
param principalId string = '11111111-1111-1111-1111-111111111111'

@description('Name of the request: a new one each time, since no name is taken twice')
param requestName string = newGuid()

// Contributor
var roleDefinitionId = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b24988ac-6180-42a0-ab88-20f7382dd24c')

resource active 'Microsoft.Authorization/roleAssignmentScheduleRequests@2020-10-01' = {
  name: requestName
  properties: {
    principalId: principalId
    roleDefinitionId: roleDefinitionId
    requestType: 'AdminAssign'
    scheduleInfo: {
      startDateTime: '2026-12-01T06:00:00Z'
      expiration: {
        type: 'AfterDateTime'
        endDateTime: '2026-12-05T18:00:00Z'
      }
    }
    justification: 'CHG-3456: migration'
    ticketInfo: {
      ticketNumber: 'CHG-3456'
      ticketSystem: 'ServiceNow'
    }
  }
}
