// Extends the eligible assignment of Contributor to 11111111-1111-1111-1111-111111111111 on
// subscription 00000000-0000-0000-0000-000000000000, until 2027-06-30T22:00:00Z.
// A second deployment is a new request of the same kind; schedule requests are never changed.
// Deploy it with:
//   az deployment sub create --location <region> --subscription 00000000-0000-0000-0000-000000000000 --template-file main.bicep

targetScope = 'subscription'

@description('Object id of the principal')
param principalId string = '11111111-1111-1111-1111-111111111111'

@description('Name of the request: a new one each time, since no name is taken twice')
param requestName string = newGuid()

// Contributor
var roleDefinitionId = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b24988ac-6180-42a0-ab88-20f7382dd24c')

resource eligible 'Microsoft.Authorization/roleEligibilityScheduleRequests@2020-10-01' = {
  name: requestName
  properties: {
    principalId: principalId
    roleDefinitionId: roleDefinitionId
    requestType: 'AdminExtend'
    scheduleInfo: {
      expiration: {
        type: 'AfterDateTime'
        endDateTime: '2027-06-30T22:00:00Z'
      }
    }
    justification: 'Project runs until the end of June'
    targetRoleEligibilityScheduleId: '9ddfb7d9-1a6f-4d0b-9a5c-5b7b7a0a6f10'
  }
}
