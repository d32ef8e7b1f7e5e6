# Changes the settings of Role Based Access Control Administrator on subscription
# 00000000-0000-0000-0000-000000000000:
#   - Expire eligible assignments after
# A second apply changes nothing; the settings stay as they are when the resource is destroyed.
resource "azurerm_role_management_policy" "policy" {
  scope              = "/subscriptions/00000000-0000-0000-0000-000000000000"
  role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/f58310d9-a9f6-439a-9e8d-f62e7b41a168"

  eligible_assignment_rules {
    expiration_required = false
    expire_after        = "P365D"
  }
}
