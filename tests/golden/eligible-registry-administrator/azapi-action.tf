# Makes 11111111-1111-1111-1111-111111111111 eligible for User Access Administrator on
# subscription 00000000-0000-0000-0000-000000000000, for 365 days, with a condition.
# A second apply sends nothing, and drift is not noticed. A changed request is sent under a new
# name; while the assignment lasts, its requestType has to be AdminUpdate.
# Needs the provider Azure/azapi, 2.0 or newer, and hashicorp/random.
locals {
  request = {
    properties = {
      principalId      = "11111111-1111-1111-1111-111111111111"
      roleDefinitionId = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
      requestType      = "AdminAssign"
      scheduleInfo = {
        expiration = {
          type     = "AfterDuration"
          duration = "P365D"
        }
      }
      justification = "CHG-2345: may give and take registry roles"
      ticketInfo = {
        ticketNumber = "CHG-2345"
        ticketSystem = "ServiceNow"
      }
      condition = chomp(<<-EOT
        (
         (
          !(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})
         )
         OR
         (
          @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {c2f4ef07-c644-48eb-af81-4b1b4947fb11, 6cef56e8-d556-48e5-a04f-b8e64114680f, 7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec}
         )
        )
        AND
        (
         (
          !(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})
         )
         OR
         (
          @Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {c2f4ef07-c644-48eb-af81-4b1b4947fb11, 6cef56e8-d556-48e5-a04f-b8e64114680f, 7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec}
         )
        )
      EOT
      )
      conditionVersion = "2.0"
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
      roleDefinitionId = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
      requestType      = "AdminRemove"
    }
  }
}
