# Changes the settings of Role Based Access Control Administrator on subscription
# 00000000-0000-0000-0000-000000000000:
#   - Require approval to activate
# A second apply changes nothing; the settings stay as they are when the resource is destroyed.
resource "azurerm_role_management_policy" "policy" {
  scope              = "/subscriptions/00000000-0000-0000-0000-000000000000"
  role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/f58310d9-a9f6-439a-9e8d-f62e7b41a168"

  activation_rules {
    require_approval = true

    approval_stage {
      primary_approver {
        object_id = "33333333-3333-3333-3333-333333333333"
        type      = "Group"
      }
    }
  }
}
