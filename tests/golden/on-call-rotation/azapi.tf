# Makes 11111111-1111-1111-1111-111111111111 eligible for Contributor on subscription
# 00000000-0000-0000-0000-000000000000, from 2026-12-07T08:00:00Z, for 14 days.
# A second apply changes nothing while Azure knows the request, about 45 days; then it asks again,
# and is refused with RoleAssignmentExists while the assignment lasts. `terraform destroy` fails
# with 405, since schedule requests cannot be deleted: take the resource out of the state and send
# an AdminRemove, or use the target terraform-azapi-action.
# Needs the provider Azure/azapi, 2.0 or newer.
resource "azapi_resource" "eligible" {
  type      = "Microsoft.Authorization/roleEligibilityScheduleRequests@2020-10-01"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000"
  name      = "6f0f3b0e-5a43-5d1c-9d0b-6a2f0d3c9b11"

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
}
