# Makes 11111111-1111-1111-1111-111111111111 eligible for Contributor on resource group rg-app,
# for 180 days.
# A second apply changes nothing while Azure knows the request, about 45 days; then it asks again,
# and is refused with RoleAssignmentExists while the assignment lasts. `terraform destroy` fails
# with 405, since schedule requests cannot be deleted: take the resource out of the state and send
# an AdminRemove, or use the target terraform-azapi-action.
# Needs the provider Azure/azapi, 2.0 or newer, and hashicorp/random.
resource "random_uuid" "request" {
  keepers = {
    principal = "11111111-1111-1111-1111-111111111111"
    role      = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"
    scope     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-app"
  }
}

resource "azapi_resource" "eligible" {
  type      = "Microsoft.Authorization/roleEligibilityScheduleRequests@2020-10-01"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-app"
  name      = random_uuid.request.result

  body = {
    properties = {
      principalId      = "11111111-1111-1111-1111-111111111111"
      roleDefinitionId = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"
      requestType      = "AdminAssign"
      scheduleInfo = {
        expiration = {
          type     = "AfterDuration"
          duration = "P180D"
        }
      }
      justification = "CHG-1234: team on call for the app"
    }
  }
}
