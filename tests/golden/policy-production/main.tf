# Changes the settings of Role Based Access Control Administrator on subscription
# 00000000-0000-0000-0000-000000000000:
#   - Activation maximum duration
#   - On activation, require
#   - On activation, require Microsoft Entra Conditional Access authentication context
#   - Require approval to activate
#   - Expire eligible assignments after
#   - Expire active assignments after
#   - On active assignment, require
#   - Activation: role activation alert
# A second apply changes nothing; the settings stay as they are when the resource is destroyed.
# active_assignment_rules may take a second apply to arrive (azurerm issue 28913).
resource "azurerm_role_management_policy" "policy" {
  scope              = "/subscriptions/00000000-0000-0000-0000-000000000000"
  role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/f58310d9-a9f6-439a-9e8d-f62e7b41a168"

  eligible_assignment_rules {
    expiration_required = true
    expire_after        = "P180D"
  }

  active_assignment_rules {
    expiration_required                = true
    expire_after                       = "P15D"
    require_justification              = true
    require_multifactor_authentication = true
    require_ticket_info                = false
  }

  activation_rules {
    maximum_duration                                   = "PT4H"
    require_approval                                   = true
    require_justification                              = true
    require_ticket_info                                = true
    required_conditional_access_authentication_context = "c1"

    approval_stage {
      primary_approver {
        object_id = "33333333-3333-3333-3333-333333333333"
        type      = "Group"
      }
    }
  }

  notification_rules {
    eligible_activations {
      admin_notifications {
        notification_level    = "Critical"
        default_recipients    = false
        additional_recipients = ["soc@contoso.com", "iam@contoso.com"]
      }
    }
  }
}
