# Makes 11111111-1111-1111-1111-111111111111 eligible for Reader on subscription
# 00000000-0000-0000-0000-000000000000, for 8 hours, with a condition.
# A second run is a new request, refused with RoleAssignmentExists while the assignment lasts;
# schedule requests are never changed.
$scope = '/subscriptions/00000000-0000-0000-0000-000000000000'
$name = [guid]::NewGuid().ToString()

@'
{
  "properties": {
    "principalId": "11111111-1111-1111-1111-111111111111",
    "roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7",
    "requestType": "AdminAssign",
    "scheduleInfo": {
      "expiration": {
        "type": "AfterDuration",
        "duration": "PT8H"
      }
    },
    "justification": "['it's \"${x}\" $${y} %{z} `$(id)` {{v}} \\ ''' '@ @' größer 名 🔐\n\ttab, \u0007bell]",
    "ticketInfo": {
      "ticketNumber": "[1]",
      "ticketSystem": "EOF\nJSON"
    },
    "condition": "@Resource[a:b] StringEquals 'it\\'s ${x} $${y} ''' \\\\'",
    "conditionVersion": "2.0"
  }
}
'@ | Set-Content -Path body.json -Encoding utf8

# Ask first whether the request would be accepted; this creates nothing.
az rest --method post `
  --url "${scope}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${name}/validate?api-version=2020-10-01" `
  --body '@body.json' --output none
if ($LASTEXITCODE -ne 0) { throw 'The request would be refused.' }

az rest --method put `
  --url "${scope}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/${name}?api-version=2020-10-01" `
  --body '@body.json' --query properties.status --output tsv
