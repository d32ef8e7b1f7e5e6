# Makes 11111111-1111-1111-1111-111111111111 eligible for Reader on subscription
# 00000000-0000-0000-0000-000000000000, for 8 hours, with a condition.
# A second apply changes nothing. After the schedule has ended, the assignment is gone and the
# next apply makes it again.
resource "azurerm_pim_eligible_role_assignment" "eligible" {
  scope              = "/subscriptions/00000000-0000-0000-0000-000000000000"
  role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
  principal_id       = "11111111-1111-1111-1111-111111111111"
  justification      = "['it's \"$${x}\" \u0024$${y} %%{z} `$(id)` {{v}} \\ ''' '@ @' größer 名 🔐\n\ttab, \u0007bell]"

  schedule {
    expiration {
      duration_hours = 8
    }
  }

  ticket {
    number = "[1]"
    system = "EOF\nJSON"
  }

  condition         = "@Resource[a:b] StringEquals 'it\\'s $${x} \u0024$${y} ''' \\\\'"
  condition_version = "2.0"
}
