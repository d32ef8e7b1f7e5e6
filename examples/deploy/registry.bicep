// Lets the pipeline's identity pull images, and a team write into one container.
param pipelineId string
param environment string = 'test'

var containers = 'Microsoft.Storage/storageAccounts/blobServices/containers'

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, pipelineId, 'pull')
  properties: {
    principalId: pipelineId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')
  }
}

resource write 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, 'write')
  properties: {
    principalId: '3e0ae4ff-42c1-4bc9-b2cd-d9f4b4a2e0a1'
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')
    condition: '((!(ActionMatches{\'${containers}/blobs/write\'})) OR (@Resource[${containers}:name] stringequals \'logs-${environment}\'))'
  }
}
