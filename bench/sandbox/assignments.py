"""Writes a seed with 100,000 active assignments in 100 resource groups."""

import json
import sys

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
groups = [f"{SUBSCRIPTION}/resourceGroups/rg-{number:03}" for number in range(100)]
people = [f"user-{number:04}" for number in range(1000)]
json.dump(
    {
        "version": 1,
        "principals": [{"name": "admin", "type": "User", "displayName": "Admin"}]
        + [{"name": name, "type": "User", "displayName": name} for name in people],
        "containers": [{"id": SUBSCRIPTION, "displayName": "Many"}]
        + [{"id": group} for group in groups],
        "schedules": [
            {"family": "assignment", "principal": "admin", "role": "Owner", "scope": SUBSCRIPTION}
        ]
        + [
            {"family": "assignment", "principal": person, "role": "Reader", "scope": group}
            for group in groups
            for person in people
        ],
    },
    sys.stdout,
)
