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
# The name of a policy changes whenever the policy does, so the next apply finds another one and
# sends the same change again, which changes nothing. The settings stay as they are when the
# resource is destroyed.
# Needs the provider Azure/azapi, 2.0 or newer.
data "azapi_resource_list" "policy" {
  type      = "Microsoft.Authorization/roleManagementPolicyAssignments@2020-10-01"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000"
  query_parameters = {
    "$filter" = ["roleDefinitionId eq '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/f58310d9-a9f6-439a-9e8d-f62e7b41a168'"]
  }
  response_export_values = ["value"]
}

resource "azapi_resource_action" "policy" {
  type        = "Microsoft.Authorization/roleManagementPolicies@2020-10-01"
  resource_id = data.azapi_resource_list.policy.output.value[0].properties.policyId
  method      = "PATCH"

  body = {
    properties = {
      rules = [
        {
          isExpirationRequired = true
          maximumDuration      = "PT4H"
          id                   = "Expiration_EndUser_Assignment"
          ruleType             = "RoleManagementPolicyExpirationRule"
          target = {
            caller              = "EndUser"
            operations          = ["All"]
            level               = "Assignment"
            targetObjects       = null
            inheritableSettings = null
            enforcedSettings    = null
          }
        },
        {
          enabledRules = ["Justification", "Ticketing"]
          id           = "Enablement_EndUser_Assignment"
          ruleType     = "RoleManagementPolicyEnablementRule"
          target = {
            caller              = "EndUser"
            operations          = ["All"]
            level               = "Assignment"
            targetObjects       = null
            inheritableSettings = null
            enforcedSettings    = null
          }
        },
        {
          isEnabled  = true
          claimValue = "c1"
          id         = "AuthenticationContext_EndUser_Assignment"
          ruleType   = "RoleManagementPolicyAuthenticationContextRule"
          target = {
            caller              = "EndUser"
            operations          = ["All"]
            level               = "Assignment"
            targetObjects       = null
            inheritableSettings = null
            enforcedSettings    = null
          }
        },
        {
          setting = {
            isApprovalRequired               = true
            isApprovalRequiredForExtension   = false
            isRequestorJustificationRequired = true
            approvalMode                     = "SingleStage"
            approvalStages = [
              {
                approvalStageTimeOutInDays      = 1
                isApproverJustificationRequired = true
                escalationTimeInMinutes         = 0
                primaryApprovers = [
                  {
                    id       = "33333333-3333-3333-3333-333333333333"
                    isBackup = false
                    userType = "Group"
                  },
                ]
                isEscalationEnabled = false
                escalationApprovers = null
              },
            ]
          }
          id       = "Approval_EndUser_Assignment"
          ruleType = "RoleManagementPolicyApprovalRule"
          target = {
            caller              = "EndUser"
            operations          = ["All"]
            level               = "Assignment"
            targetObjects       = null
            inheritableSettings = null
            enforcedSettings    = null
          }
        },
        {
          isExpirationRequired = true
          maximumDuration      = "P180D"
          id                   = "Expiration_Admin_Eligibility"
          ruleType             = "RoleManagementPolicyExpirationRule"
          target = {
            caller              = "Admin"
            operations          = ["All"]
            level               = "Eligibility"
            targetObjects       = null
            inheritableSettings = null
            enforcedSettings    = null
          }
        },
        {
          isExpirationRequired = true
          maximumDuration      = "P15D"
          id                   = "Expiration_Admin_Assignment"
          ruleType             = "RoleManagementPolicyExpirationRule"
          target = {
            caller              = "Admin"
            operations          = ["All"]
            level               = "Assignment"
            targetObjects       = null
            inheritableSettings = null
            enforcedSettings    = null
          }
        },
        {
          enabledRules = ["MultiFactorAuthentication", "Justification"]
          id           = "Enablement_Admin_Assignment"
          ruleType     = "RoleManagementPolicyEnablementRule"
          target = {
            caller              = "Admin"
            operations          = ["All"]
            level               = "Assignment"
            targetObjects       = null
            inheritableSettings = null
            enforcedSettings    = null
          }
        },
        {
          notificationType           = "Email"
          recipientType              = "Admin"
          isDefaultRecipientsEnabled = false
          notificationLevel          = "Critical"
          notificationRecipients     = ["soc@contoso.com", "iam@contoso.com"]
          id                         = "Notification_Admin_EndUser_Assignment"
          ruleType                   = "RoleManagementPolicyNotificationRule"
          target = {
            caller              = "EndUser"
            operations          = ["All"]
            level               = "Assignment"
            targetObjects       = null
            inheritableSettings = null
            enforcedSettings    = null
          }
        },
      ]
    }
  }
}
