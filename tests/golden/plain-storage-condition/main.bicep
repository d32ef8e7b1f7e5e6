// Assigns Storage Blob Data Reader to 11111111-1111-1111-1111-111111111111 on resource stdata,
// with a condition.
// A second deployment changes nothing: the name follows from scope, principal and role.
// Deploy it with:
//   az deployment group create --subscription 00000000-0000-0000-0000-000000000000 --resource-group rg-data --template-file main.bicep

targetScope = 'resourceGroup'

@description('Object id of the principal')
param principalId string = '11111111-1111-1111-1111-111111111111'

resource target 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: 'stdata'
}

// Storage Blob Data Reader
var roleDefinitionId = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')

var condition = '''
((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND NOT SubOperationMatches{'Blob.List'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'reports'))'''

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: target
  name: guid(target.id, principalId, roleDefinitionId)
  properties: {
    roleDefinitionId: roleDefinitionId
    principalId: principalId
    principalType: 'Group'
    description: 'Reads the monthly reports'
    condition: condition
    conditionVersion: '2.0'
  }
}
