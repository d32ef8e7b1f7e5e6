# Assigns Role Based Access Control Administrator to 11111111-1111-1111-1111-111111111111 on
# subscription 00000000-0000-0000-0000-000000000000, for 90 minutes, with a condition.
# A second apply changes nothing while Azure knows the request, about 45 days; then it asks again,
# and is refused with RoleAssignmentExists while the assignment lasts. `terraform destroy` fails
# with 405, since schedule requests cannot be deleted: take the resource out of the state and send
# an AdminRemove, or use the target terraform-azapi-action.
# Needs the provider Azure/azapi, 2.0 or newer, and hashicorp/random.
resource "random_uuid" "request" {
  keepers = {
    principal = "11111111-1111-1111-1111-111111111111"
    role      = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/f58310d9-a9f6-439a-9e8d-f62e7b41a168"
    scope     = "/subscriptions/00000000-0000-0000-0000-000000000000"
  }
}

resource "azapi_resource" "active" {
  type      = "Microsoft.Authorization/roleAssignmentScheduleRequests@2020-10-01"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000"
  name      = random_uuid.request.result

  body = {
    properties = {
      principalId      = "11111111-1111-1111-1111-111111111111"
      roleDefinitionId = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/f58310d9-a9f6-439a-9e8d-f62e7b41a168"
      requestType      = "AdminAssign"
      scheduleInfo = {
        expiration = {
          type     = "AfterDuration"
          duration = "PT90M"
        }
      }
      justification    = "CHG-4567: hands out Reader"
      condition        = "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}))"
      conditionVersion = "2.0"
    }
  }
}
