# Assigns Reader to 11111111-1111-1111-1111-111111111111 on subscription
# 00000000-0000-0000-0000-000000000000, with a condition.
# A second apply changes nothing.
resource "azurerm_role_assignment" "assignment" {
  scope              = "/subscriptions/00000000-0000-0000-0000-000000000000"
  role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
  principal_id       = "11111111-1111-1111-1111-111111111111"
  description        = "it's a=@b, \"$${x}\" `$(id)` \\"
  condition          = "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:a_b] StringEquals '$${x}'"
  condition_version  = "2.0"
}
