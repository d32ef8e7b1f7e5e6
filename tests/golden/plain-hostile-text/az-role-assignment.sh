#!/usr/bin/env bash
# Assigns Reader to 11111111-1111-1111-1111-111111111111 on subscription
# 00000000-0000-0000-0000-000000000000, with a condition.
# A second run changes nothing, not even the condition: the command gives back the assignment
# there is.
set -euo pipefail

cat > description.txt <<'EOF'
it's a=@b, "${x}" `$(id)` \
EOF

cat > condition.txt <<'EOF'
@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:a_b] StringEquals '${x}'
EOF

az role assignment create \
  --assignee-object-id 11111111-1111-1111-1111-111111111111 \
  --role /subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7 \
  --scope /subscriptions/00000000-0000-0000-0000-000000000000 \
  --description @description.txt \
  --condition @condition.txt \
  --condition-version 2.0
