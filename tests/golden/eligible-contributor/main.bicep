// Makes 11111111-1111-1111-1111-111111111111 eligible for Contributor on resource group rg-app,
// for 180 days.
// A second deployment is a new request, refused with RoleAssignmentExists while the assignment
// lasts; schedule requests are never changed.
// Deploy it with:
//   az deployment group create --subscription 00000000-0000-0000-0000-000000000000 --resource-group rg-app --template-file main.bicep

targetScope = 'resourceGroup'

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
    requestType: 'AdminAssign'
    scheduleInfo: {
      expiration: {
        type: 'AfterDuration'
        duration: 'P180D'
      }
    }
    justification: 'CHG-1234: team on call for the app'
  }
}
