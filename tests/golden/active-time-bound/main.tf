# Assigns Contributor to 11111111-1111-1111-1111-111111111111 on subscription
# 00000000-0000-0000-0000-000000000000, from 2026-12-01T06:00:00Z, until 2026-12-05T18:00:00Z.
# A second apply changes nothing. After the schedule has ended, the assignment is gone and the
# next apply makes it again.
resource "azurerm_pim_active_role_assignment" "active" {
  scope              = "/subscriptions/00000000-0000-0000-0000-000000000000"
  role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"
  principal_id       = "11111111-1111-1111-1111-111111111111"
  justification      = "CHG-3456: migration"

  schedule {
    start_date_time = "2026-12-01T06:00:00Z"

    expiration {
      end_date_time = "2026-12-05T18:00:00Z"
    }
  }

  ticket {
    number = "CHG-3456"
    system = "ServiceNow"
  }
}
