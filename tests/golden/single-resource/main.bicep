// Makes 11111111-1111-1111-1111-111111111111 eligible for Storage Blob Data Reader on resource
// reports, for 90 days.
// A second deployment is a new request, refused with RoleAssignmentExists while the assignment
// lasts; schedule requests are never changed.
// Deploy it with:
//   az deployment group create --subscription 00000000-0000-0000-0000-000000000000 --resource-group rg-data --template-file main.bicep

targetScope = 'resourceGroup'

@description('Object id of the principal')
param principalId string = '11111111-1111-1111-1111-111111111111'

@description('Name of the request: a new one each time, since no name is taken twice')
param requestName string = newGuid()

resource target 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' existing = {
  name: 'stdata/default/reports'
}

// Storage Blob Data Reader
var roleDefinitionId = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')

resource eligible 'Microsoft.Authorization/roleEligibilityScheduleRequests@2020-10-01' = {
  scope: target
  name: requestName
  properties: {
    principalId: principalId
    roleDefinitionId: roleDefinitionId
    requestType: 'AdminAssign'
    scheduleInfo: {
      expiration: {
        type: 'AfterDuration'
        duration: 'P90D'
      }
    }
    justification: 'Reads the monthly reports'
  }
}
