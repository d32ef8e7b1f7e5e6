# Assigns Contributor to 11111111-1111-1111-1111-111111111111 on subscription
# 00000000-0000-0000-0000-000000000000, from 2026-12-01T06:00:00Z, until 2026-12-05T18:00:00Z.
# A second apply sends nothing, and drift is not noticed. A changed request is sent under a new
# name; while the assignment lasts, its requestType has to be AdminUpdate.
# Needs the provider Azure/azapi, 2.0 or newer, and hashicorp/random.
locals {
  request = {
    properties = {
      principalId      = "11111111-1111-1111-1111-111111111111"
      roleDefinitionId = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"
      requestType      = "AdminAssign"
      scheduleInfo = {
        startDateTime = "2026-12-01T06:00:00Z"
        expiration = {
          type        = "AfterDateTime"
          endDateTime = "2026-12-05T18:00:00Z"
        }
      }
      justification = "CHG-3456: migration"
      ticketInfo = {
        ticketNumber = "CHG-3456"
        ticketSystem = "ServiceNow"
      }
    }
  }
}

resource "random_uuid" "request" {
  keepers = {
    request = jsonencode(local.request)
  }
}

resource "azapi_resource_action" "active" {
  type        = "Microsoft.Authorization/roleAssignmentScheduleRequests@2020-10-01"
  resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleAssignmentScheduleRequests/${random_uuid.request.result}"
  method      = "PUT"

  body = local.request

  response_export_values = ["properties.status"]
}

# Nothing deletes a request; a second one takes back what it gave.
resource "random_uuid" "remove" {}

resource "azapi_resource_action" "active_remove" {
  when        = "destroy"
  type        = "Microsoft.Authorization/roleAssignmentScheduleRequests@2020-10-01"
  resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleAssignmentScheduleRequests/${random_uuid.remove.result}"
  method      = "PUT"

  body = {
    properties = {
      principalId      = "11111111-1111-1111-1111-111111111111"
      roleDefinitionId = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"
      requestType      = "AdminRemove"
    }
  }
}
