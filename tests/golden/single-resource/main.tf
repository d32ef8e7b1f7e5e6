# Makes 11111111-1111-1111-1111-111111111111 eligible for Storage Blob Data Reader on resource
# reports, for 90 days.
# A second apply changes nothing. After the schedule has ended, the assignment is gone and the
# next apply makes it again.
resource "azurerm_pim_eligible_role_assignment" "eligible" {
  scope              = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata/blobServices/default/containers/reports"
  role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
  principal_id       = "11111111-1111-1111-1111-111111111111"
  justification      = "Reads the monthly reports"

  schedule {
    expiration {
      duration_days = 90
    }
  }
}
