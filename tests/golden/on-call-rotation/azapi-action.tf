# Makes 11111111-1111-1111-1111-111111111111 eligible for Contributor on subscription
# 00000000-0000-0000-0000-000000000000, from 2026-12-07T08:00:00Z, for 14 days.
# A second apply sends nothing, and drift is not noticed. A changed request needs another name.
# Needs the provider Azure/azapi, 2.0 or newer, and hashicorp/random.
resource "azapi_resource_action" "eligible" {
  type        = "Microsoft.Authorization/roleEligibilityScheduleRequests@2020-10-01"
  resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/6f0f3b0e-5a43-5d1c-9d0b-6a2f0d3c9b11"
  method      = "PUT"

  body = {
    properties = {
      principalId      = "11111111-1111-1111-1111-111111111111"
      roleDefinitionId = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"
      requestType      = "AdminAssign"
      scheduleInfo = {
        startDateTime = "2026-12-07T08:00:00Z"
        expiration = {
          type     = "AfterDuration"
          duration = "P14D"
        }
      }
      justification = "On-call rotation, weeks 50 and 51"
    }
  }

  response_export_values = ["properties.status"]
}

# Nothing deletes a request; a second one takes back what it gave.
resource "random_uuid" "remove" {}

resource "azapi_resource_action" "eligible_remove" {
  when        = "destroy"
  type        = "Microsoft.Authorization/roleEligibilityScheduleRequests@2020-10-01"
  resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${random_uuid.remove.result}"
  method      = "PUT"

  body = {
    properties = {
      principalId      = "11111111-1111-1111-1111-111111111111"
      roleDefinitionId = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"
      requestType      = "AdminRemove"
    }
  }
}
