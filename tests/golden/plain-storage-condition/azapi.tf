# Assigns Storage Blob Data Reader to 11111111-1111-1111-1111-111111111111 on resource stdata,
# with a condition.
# A second apply changes nothing: the name is kept in the state.
# Needs the provider Azure/azapi, 2.0 or newer, and hashicorp/random.
resource "random_uuid" "request" {
  keepers = {
    principal = "11111111-1111-1111-1111-111111111111"
    role      = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
    scope     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata"
  }
}

resource "azapi_resource" "assignment" {
  type      = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata"
  name      = random_uuid.request.result

  body = {
    properties = {
      roleDefinitionId = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
      principalId      = "11111111-1111-1111-1111-111111111111"
      principalType    = "Group"
      description      = "Reads the monthly reports"
      condition        = "((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND NOT SubOperationMatches{'Blob.List'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'reports'))"
      conditionVersion = "2.0"
    }
  }
}
