# Extends the eligible assignment of Contributor to 11111111-1111-1111-1111-111111111111 on
# subscription 00000000-0000-0000-0000-000000000000, until 2027-06-30T22:00:00Z.
# A second apply sends nothing, and drift is not noticed. A changed request is sent under a new
# name.
# Needs the provider Azure/azapi, 2.0 or newer, and hashicorp/random.
locals {
  request = {
    properties = {
      principalId      = "11111111-1111-1111-1111-111111111111"
      roleDefinitionId = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"
      requestType      = "AdminExtend"
      scheduleInfo = {
        expiration = {
          type        = "AfterDateTime"
          endDateTime = "2027-06-30T22:00:00Z"
        }
      }
      justification                   = "Project runs until the end of June"
      targetRoleEligibilityScheduleId = "9ddfb7d9-1a6f-4d0b-9a5c-5b7b7a0a6f10"
    }
  }
}

resource "random_uuid" "request" {
  keepers = {
    request = jsonencode(local.request)
  }
}

resource "azapi_resource_action" "eligible" {
  type        = "Microsoft.Authorization/roleEligibilityScheduleRequests@2020-10-01"
  resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${random_uuid.request.result}"
  method      = "PUT"

  body = local.request

  response_export_values = ["properties.status"]
}
