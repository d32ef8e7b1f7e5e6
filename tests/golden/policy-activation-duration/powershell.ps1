# Changes the settings of Role Based Access Control Administrator on subscription
# 00000000-0000-0000-0000-000000000000:
#   - Activation maximum duration
# A second run changes nothing.
$scope = '/subscriptions/00000000-0000-0000-0000-000000000000'

# The name of a policy changes whenever the policy does, so look it up each time.
$assignment = Get-AzRoleManagementPolicyAssignment -Scope $scope |
  Where-Object RoleDefinitionId -like '*/f58310d9-a9f6-439a-9e8d-f62e7b41a168'
$name = ($assignment.PolicyId -split '/')[-1]

$json = @'
{
  "properties": {
    "rules": [
      {
        "isExpirationRequired": true,
        "maximumDuration": "PT4H",
        "id": "Expiration_EndUser_Assignment",
        "ruleType": "RoleManagementPolicyExpirationRule",
        "target": {
          "caller": "EndUser",
          "operations": [
            "All"
          ],
          "level": "Assignment",
          "targetObjects": null,
          "inheritableSettings": null,
          "enforcedSettings": null
        }
      }
    ]
  }
}
'@
Update-AzRoleManagementPolicy -Scope $scope -Name $name -JsonString $json
