# Makes 11111111-1111-1111-1111-111111111111 eligible for Storage Blob Data Reader on resource
# reports, for 90 days.
# A second apply sends nothing, and drift is not noticed. A changed request is sent under a new
# name; while the assignment lasts, its requestType has to be AdminUpdate.
# Needs the provider Azure/azapi, 2.0 or newer, and hashicorp/random.
locals {
  request = {
    properties = {
      principalId      = "11111111-1111-1111-1111-111111111111"
      roleDefinitionId = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
      requestType      = "AdminAssign"
      scheduleInfo = {
        expiration = {
          type     = "AfterDuration"
          duration = "P90D"
        }
      }
      justification = "Reads the monthly reports"
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
  resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata/blobServices/default/containers/reports/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${random_uuid.request.result}"
  method      = "PUT"

  body = local.request

  response_export_values = ["properties.status"]
}

# Nothing deletes a request; a second one takes back what it gave.
resource "random_uuid" "remove" {}

resource "azapi_resource_action" "eligible_remove" {
  when        = "destroy"
  type        = "Microsoft.Authorization/roleEligibilityScheduleRequests@2020-10-01"
  resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata/blobServices/default/containers/reports/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${random_uuid.remove.result}"
  method      = "PUT"

  body = {
    properties = {
      principalId      = "11111111-1111-1111-1111-111111111111"
      roleDefinitionId = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"
      requestType      = "AdminRemove"
    }
  }
}
