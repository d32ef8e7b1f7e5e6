# Makes 11111111-1111-1111-1111-111111111111 eligible for User Access Administrator on
# subscription 00000000-0000-0000-0000-000000000000, for 365 days, with a condition.
# A second apply changes nothing. After the schedule has ended, the assignment is gone and the
# next apply makes it again.
resource "azurerm_pim_eligible_role_assignment" "eligible" {
  scope              = "/subscriptions/00000000-0000-0000-0000-000000000000"
  role_definition_id = "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
  principal_id       = "11111111-1111-1111-1111-111111111111"
  justification      = "CHG-2345: may give and take registry roles"

  schedule {
    expiration {
      duration_days = 365
    }
  }

  ticket {
    number = "CHG-2345"
    system = "ServiceNow"
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
  condition_version = "2.0"
}
