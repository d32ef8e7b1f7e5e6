# Makes 11111111-1111-1111-1111-111111111111 eligible for Contributor on subscription
# 00000000-0000-0000-0000-000000000000, from 2026-12-07T08:00:00Z, for 14 days.
# A second apply changes nothing. After the schedule has ended, the assignment is gone and the
# next apply makes it again.
# azurerm chooses the names of its requests.
resource "azurerm_pim_eligible_role_assignment" "eligible" {
  scope              = "/subscriptions/00000000-0000-0000-0000-000000000000"
  role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"
  principal_id       = "11111111-1111-1111-1111-111111111111"
  justification      = "On-call rotation, weeks 50 and 51"

  schedule {
    start_date_time = "2026-12-07T08:00:00Z"

    expiration {
      duration_days = 14
    }
  }
}
