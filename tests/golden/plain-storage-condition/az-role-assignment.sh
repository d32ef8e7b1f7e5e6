#!/usr/bin/env bash
# Assigns Storage Blob Data Reader to 11111111-1111-1111-1111-111111111111 on resource stdata,
# with a condition.
# A second run changes nothing, not even the condition: the command gives back the assignment
# there is.
set -euo pipefail

condition=$(cat <<'EOF'
((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'} AND NOT SubOperationMatches{'Blob.List'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'reports'))
EOF
)

az role assignment create \
  --assignee-object-id 11111111-1111-1111-1111-111111111111 \
  --assignee-principal-type Group \
  --role /subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1 \
  --scope /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-data/providers/Microsoft.Storage/storageAccounts/stdata \
  --description 'Reads the monthly reports' \
  --condition "${condition}" \
  --condition-version 2.0
