# Makes 11111111-1111-1111-1111-111111111111 eligible for Reader on subscription
# 00000000-0000-0000-0000-000000000000, without end.
# A second apply changes nothing.
resource "azurerm_pim_eligible_role_assignment" "eligible" {
  scope              = "/subscriptions/00000000-0000-0000-0000-000000000000"
  role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
  principal_id       = "11111111-1111-1111-1111-111111111111"
}
