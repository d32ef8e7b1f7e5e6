// Makes 11111111-1111-1111-1111-111111111111 eligible for Reader on management group mg-platform,
// for 365 days.
// A second deployment is a new request, refused with RoleAssignmentExists while the assignment
// lasts; schedule requests are never changed.
// Deploy it with:
//   az deployment mg create --location <region> --management-group-id mg-platform --template-file main.bicep

targetScope = 'managementGroup'

@description('Object id of the principal')
param principalId string = '11111111-1111-1111-1111-111111111111'

@description('Name of the request: a new one each time, since no name is taken twice')
param requestName string = newGuid()

// Reader
var roleDefinitionId = managementGroupResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')

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
    justification: 'Auditors, until the next audit'
  }
}
