# Makes 11111111-1111-1111-1111-111111111111 eligible for Reader on management group mg-platform,
# for 365 days.
# A second apply changes nothing while Azure knows the request, about 45 days; then it asks again,
# and is refused with RoleAssignmentExists while the assignment lasts. `terraform destroy` fails
# with 405, since schedule requests cannot be deleted: take the resource out of the state and send
# an AdminRemove, or use the target terraform-azapi-action.
# Needs the provider Azure/azapi, 2.0 or newer, and hashicorp/random.
resource "random_uuid" "request" {
  keepers = {
    principal = "11111111-1111-1111-1111-111111111111"
    role      = "/providers/Microsoft.Management/managementGroups/mg-platform/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
    scope     = "/providers/Microsoft.Management/managementGroups/mg-platform"
  }
}

resource "azapi_resource" "eligible" {
  type      = "Microsoft.Authorization/roleEligibilityScheduleRequests@2020-10-01"
  parent_id = "/providers/Microsoft.Management/managementGroups/mg-platform"
  name      = random_uuid.request.result

  body = {
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
