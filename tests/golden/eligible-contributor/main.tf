# Makes 11111111-1111-1111-1111-111111111111 eligible for Contributor on resource group rg-app,
# for 180 days.
# A second apply changes nothing. After the schedule has ended, the assignment is gone and the
# next apply makes it again.
resource "azurerm_pim_eligible_role_assignment" "eligible" {
  scope              = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-app"
  role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"
  principal_id       = "11111111-1111-1111-1111-111111111111"
  justification      = "CHG-1234: team on call for the app"

  schedule {
    expiration {
      duration_days = 180
    }
  }
}
