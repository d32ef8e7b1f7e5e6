// Makes 11111111-1111-1111-1111-111111111111 eligible for Contributor on subscription
// 00000000-0000-0000-0000-000000000000, from 2026-12-07T08:00:00Z, for 14 days.
// A second deployment is refused, because a request of this name exists already; it changes
// nothing. To ask again, change the nonce that the name is made from.
// Deploy it with:
//   az deployment sub create --location <region> --subscription 00000000-0000-0000-0000-000000000000 --template-file main.bicep

targetScope = 'subscription'

@description('Object id of the principal')
param principalId string = '11111111-1111-1111-1111-111111111111'

// Contributor
var roleDefinitionId = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b24988ac-6180-42a0-ab88-20f7382dd24c')

resource eligible 'Microsoft.Authorization/roleEligibilityScheduleRequests@2020-10-01' = {
  name: '6f0f3b0e-5a43-5d1c-9d0b-6a2f0d3c9b11'
  properties: {
    principalId: principalId
    roleDefinitionId: roleDefinitionId
    requestType: 'AdminAssign'
    scheduleInfo: {
      startDateTime: '2026-12-07T08:00:00Z'
      expiration: {
        type: 'AfterDuration'
        duration: 'P14D'
      }
    }
    justification: 'On-call rotation, weeks 50 and 51'
  }
}
