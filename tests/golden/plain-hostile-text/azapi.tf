# Assigns Reader to 11111111-1111-1111-1111-111111111111 on subscription
# 00000000-0000-0000-0000-000000000000, with a condition.
# A second apply changes nothing: the name is kept in the state.
# Needs the provider Azure/azapi, 2.0 or newer, and hashicorp/random.
resource "random_uuid" "request" {
  keepers = {
    principal = "11111111-1111-1111-1111-111111111111"
    role      = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
    scope     = "/subscriptions/00000000-0000-0000-0000-000000000000"
  }
}

resource "azapi_resource" "assignment" {
  type      = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000"
  name      = random_uuid.request.result

  body = {
    properties = {
      roleDefinitionId = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
      principalId      = "11111111-1111-1111-1111-111111111111"
      description      = "it's a=@b, \"$${x}\" `$(id)` \\"
      condition        = "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:a_b] StringEquals '$${x}'"
      conditionVersion = "2.0"
    }
  }
}
