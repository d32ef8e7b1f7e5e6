# Makes 11111111-1111-1111-1111-111111111111 eligible for Reader on management group mg-platform,
# for 365 days.
# A second apply changes nothing. After the schedule has ended, the assignment is gone and the
# next apply makes it again.
resource "azurerm_pim_eligible_role_assignment" "eligible" {
  scope              = "/providers/Microsoft.Management/managementGroups/mg-platform"
  role_definition_id = "/providers/Microsoft.Management/managementGroups/mg-platform/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
  principal_id       = "11111111-1111-1111-1111-111111111111"
  justification      = "Auditors, until the next audit"

  schedule {
    expiration {
      duration_days = 365
    }
  }
}
