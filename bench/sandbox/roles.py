"""Writes the GUIDs of roles, one in each line."""

import json
import os
import sys
import urllib.request

SCOPE = "/subscriptions/00000000-0000-0000-0000-000000000000"
address = f"{sys.argv[1]}{SCOPE}/providers/Microsoft.Authorization/roleDefinitions?api-version=2022-04-01"
request = urllib.request.Request(address, headers={"Authorization": f"Bearer {os.environ['TOKEN']}"})
with urllib.request.urlopen(request) as answer:
    for role in json.load(answer)["value"]:
        print(role["name"])
