// Assigns Reader to 11111111-1111-1111-1111-111111111111 on subscription
// 00000000-0000-0000-0000-000000000000, with a condition.
// A second deployment changes nothing: the name follows from scope, principal and role.
// Deploy it with:
//   az deployment sub create --location <region> --subscription 00000000-0000-0000-0000-000000000000 --template-file main.bicep

targetScope = 'subscription'

@description('Object id of the principal')
param principalId string = '11111111-1111-1111-1111-111111111111'

// Reader
var roleDefinitionId = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')

var condition = '@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:a_b] StringEquals \'\${x}\''

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, roleDefinitionId)
  properties: {
    roleDefinitionId: roleDefinitionId
    principalId: principalId
    description: 'it\'s a=@b, "\${x}" `$(id)` \\'
    condition: condition
    conditionVersion: '2.0'
  }
}
