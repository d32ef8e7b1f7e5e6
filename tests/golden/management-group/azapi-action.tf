# Makes 11111111-1111-1111-1111-111111111111 eligible for Reader on management group mg-platform,
# for 365 days.
# A second apply sends nothing, and drift is not noticed. A changed request is sent under a new
# name; while the assignment lasts, its requestType has to be AdminUpdate.
# Needs the provider Azure/azapi, 2.0 or newer, and hashicorp/random.
locals {
  request = {
    properties = {
      principalId      = "11111111-1111-1111-1111-111111111111"
      roleDefinitionId = "/providers/Microsoft.Management/managementGroups/mg-platform/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
      requestType      = "AdminAssign"
      scheduleInfo = {
        expiration = {
          type     = "AfterDuration"
          duration = "P365D"
        }
      }
      justification = "Auditors, until the next audit"
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
  resource_id = "/providers/Microsoft.Management/managementGroups/mg-platform/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${random_uuid.request.result}"
  method      = "PUT"

  body = local.request

  response_export_values = ["properties.status"]
}

# Nothing deletes a request; a second one takes back what it gave.
resource "random_uuid" "remove" {}

resource "azapi_resource_action" "eligible_remove" {
  when        = "destroy"
  type        = "Microsoft.Authorization/roleEligibilityScheduleRequests@2020-10-01"
  resource_id = "/providers/Microsoft.Management/managementGroups/mg-platform/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${random_uuid.remove.result}"
  method      = "PUT"

  body = {
    properties = {
      principalId      = "11111111-1111-1111-1111-111111111111"
      roleDefinitionId = "/providers/Microsoft.Management/managementGroups/mg-platform/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
      requestType      = "AdminRemove"
    }
  }
}
