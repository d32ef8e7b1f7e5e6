"""The whole story, told by Azure's own SDK for Python: a delegate under a condition.

`cargo xtask test` starts a sandbox and runs this. Nothing of the SDK is changed: it gets an address,
a scope and a credential, and trusts the certificate through REQUESTS_CA_BUNDLE.

  SANDBOX       the address of the sandbox, with https
  TOKEN_<NAME>  a token of each caller, for the first part
"""

import os
import re
import time
import uuid
from urllib.parse import parse_qsl, urlsplit

import msal
import requests
from azure.core.credentials import AccessToken
from azure.core.exceptions import HttpResponseError
from azure.identity import ClientSecretCredential
from azure.mgmt.authorization import AuthorizationManagementClient

SANDBOX = os.environ["SANDBOX"]
ARM = "https://management.azure.com/.default"
SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
SCOPE = f"subscriptions/{SUBSCRIPTION}"
DELEGATE = "a0000000-0000-4000-8000-000000000002"
DEVELOPER = "a0000000-0000-4000-8000-000000000003"
PLATFORM = "a0000000-0000-4000-8000-000000000008"

USER_ACCESS_ADMINISTRATOR = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"
ATTESTATION_READER = "fd1bd22b-8476-40bc-a0bc-69b95687b9f3"
ACR_PUSH = "8311e382-0749-4cb8-b61a-304f252e45ec"
ACR_ROLES = [
    ACR_PUSH,
    "7f951dda-4ed3-4680-a7ca-43fe172d538d",  # AcrPull
    "c2f4ef07-c644-48eb-af81-4b1b4947fb11",  # AcrDelete
    "6cef56e8-d556-48e5-a04f-b8e64114680f",  # AcrImageSigner
]


class StaticToken:
    """A credential that has its token already."""

    def __init__(self, token):
        self.token = token

    def get_token(self, *scopes, **options):
        return AccessToken(self.token, int(time.time()) + 3600)


def client(credential, **options):
    return AuthorizationManagementClient(
        credential, SUBSCRIPTION, base_url=SANDBOX, credential_scopes=[ARM], **options
    )


def as_caller(name, **options):
    return client(StaticToken(os.environ[f"TOKEN_{name.upper()}"]), **options)


def role(name):
    return f"/{SCOPE}/providers/Microsoft.Authorization/roleDefinitions/{name}"


def condition():
    """Only these roles can be given, and only these can be taken away."""
    names = ", ".join(ACR_ROLES)
    parts = []
    for action, source in (("write", "Request"), ("delete", "Resource")):
        guard = f"!(ActionMatches{{'Microsoft.Authorization/roleAssignments/{action}'}})"
        attribute = f"@{source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"
        parts.append(f"(({guard}) OR ({attribute} ForAnyOfAnyValues:GuidEquals {{{names}}}))")
    return " AND ".join(parts)


def refused(call, code, words=""):
    """Expects the service to refuse, and returns what it said."""
    try:
        call()
    except HttpResponseError as error:
        assert error.error.code == code, error
        assert words in error.message, error
        return error
    raise AssertionError(f"it was not refused: {code} is expected")


def chapter(title):
    print(f"- {title}", flush=True)


def eligible(admin):
    chapter("an administrator makes a delegate eligible, under a condition")
    requests_of = admin.role_eligibility_schedule_requests
    body = {
        "principal_id": DELEGATE,
        "role_definition_id": role(USER_ACCESS_ADMINISTRATOR),
        "request_type": "AdminAssign",
        "justification": "Runs the registries",
        "condition": condition(),
        "condition_version": "2.0",
        "schedule_info": {"expiration": {"type": "AfterDuration", "duration": "P30D"}},
    }
    name = str(uuid.uuid4())
    made = requests_of.create(SCOPE, name, body)
    assert (made.name, made.status) == (name, "Provisioned"), made
    assert made.condition == condition()
    assert requests_of.get(SCOPE, name).principal_id == DELEGATE
    refused(lambda: requests_of.create(SCOPE, str(uuid.uuid4()), body), "RoleAssignmentExists")

    chapter("the role's policy refuses what it does not allow")
    forever = dict(body, principal_id=DEVELOPER)
    forever["schedule_info"] = {"expiration": {"type": "NoExpiration"}}
    refused(
        lambda: requests_of.create(SCOPE, str(uuid.uuid4()), forever),
        "RoleAssignmentRequestPolicyValidationFailed",
        "ExpirationRule",
    )


def activation(**changes):
    return {
        "principal_id": DELEGATE,
        "role_definition_id": role(USER_ACCESS_ADMINISTRATOR),
        "request_type": "SelfActivate",
        "justification": "A new registry",
        "schedule_info": {"expiration": {"type": "AfterDuration", "duration": "PT2H"}},
        **changes,
    }


def activate(delegate, developer):
    requests_of = delegate.role_assignment_schedule_requests
    chapter("the delegate can do nothing before the role is active")
    refused(lambda: assign(delegate, ACR_PUSH), "AuthorizationFailed")
    chapter("an activation must be as the policy wants it, and needs an eligibility")
    refused(
        lambda: requests_of.create(SCOPE, str(uuid.uuid4()), activation(justification=None)),
        "RoleAssignmentRequestPolicyValidationFailed",
        "JustificationRule",
    )
    refused(
        lambda: developer.role_assignment_schedule_requests.create(
            SCOPE, str(uuid.uuid4()), activation(principal_id=DEVELOPER)
        ),
        "RoleAssignmentRequestPolicyValidationFailed",
        "EligibilityRule",
    )
    chapter("a validation changes nothing; then the delegate activates")
    checked = requests_of.validate(SCOPE, str(uuid.uuid4()), activation())
    assert checked.status == "Granted", checked
    own = list(delegate.role_assignment_schedules.list_for_scope(SCOPE, filter="asTarget()"))
    assert own == [], own
    made = requests_of.create(SCOPE, str(uuid.uuid4()), activation())
    assert made.status == "Provisioned", made


def assign(caller, role_name, principal=DEVELOPER):
    return caller.role_assignments.create(
        SCOPE,
        str(uuid.uuid4()),
        {
            "principal_id": principal,
            "principal_type": "User" if principal == DEVELOPER else "Group",
            "role_definition_id": role(role_name),
        },
    )


def delegated(delegate):
    chapter("the condition refuses Attestation Reader, and lets AcrPush pass")
    error = refused(lambda: assign(delegate, ATTESTATION_READER), "AuthorizationFailed")
    assert "ABAC condition that is not fulfilled" in error.message, error
    made = assign(delegate, ACR_PUSH)
    assert made.role_definition_id.lower() == role(ACR_PUSH).lower(), made
    delegate.role_assignments.delete_by_id(made.id)


def lists(admin, delegate):
    chapter("schedules, instances and policies show it")
    by_delegate = f"principalId eq '{DELEGATE}'"
    for found in (
        list(admin.role_eligibility_schedules.list_for_scope(SCOPE, filter=by_delegate)),
        list(admin.role_eligibility_schedule_instances.list_for_scope(SCOPE, filter=by_delegate)),
        list(admin.role_assignment_schedules.list_for_scope(SCOPE, filter=by_delegate)),
        list(admin.role_assignment_schedule_instances.list_for_scope(SCOPE, filter=by_delegate)),
    ):
        assert [one.principal_id for one in found] == [DELEGATE], found
        assert found[0].condition == condition(), found
    active = delegate.role_assignment_schedule_instances.list_for_scope(SCOPE, filter="asTarget()")
    assert [one.assignment_type for one in active] == ["Activated"]
    # The SDK knows no filter here: it lists the policies of all roles.
    wanted = role(USER_ACCESS_ADMINISTRATOR).lower()
    policies = admin.role_management_policy_assignments.list_for_scope(SCOPE)
    [linked] = [one for one in policies if one.role_definition_id.lower() == wanted]
    policy = admin.role_management_policies.get(SCOPE, linked.policy_id.rsplit("/", 1)[-1])
    rules = {rule.id: rule for rule in policy.rules}
    assert rules["Expiration_EndUser_Assignment"].maximum_duration == "PT8H", rules
    return policy


def tighten(admin, developer, policy):
    chapter("a changed policy refuses at once")
    rules = {rule.id: rule for rule in policy.rules}
    rule = rules["Expiration_EndUser_Assignment"]
    rule.maximum_duration = "PT1H"
    changed = admin.role_management_policies.update(SCOPE, policy.name, {"rules": [rule]})
    after = {rule.id: rule for rule in changed.rules}
    assert after["Expiration_EndUser_Assignment"].maximum_duration == "PT1H", after
    admin.role_eligibility_schedule_requests.create(
        SCOPE,
        str(uuid.uuid4()),
        {
            "principal_id": DEVELOPER,
            "role_definition_id": role(USER_ACCESS_ADMINISTRATOR),
            "request_type": "AdminAssign",
            "justification": "A second one",
            "schedule_info": {"expiration": {"type": "AfterDuration", "duration": "P30D"}},
        },
    )
    refused(
        lambda: developer.role_assignment_schedule_requests.create(
            SCOPE, str(uuid.uuid4()), activation(principal_id=DEVELOPER)
        ),
        "RoleAssignmentRequestPolicyValidationFailed",
        "ExpirationRule",
    )


def pages(admin):
    chapter("long lists come page by page, each item once")
    names = [one.name for one in admin.role_definitions.list(SCOPE)]
    assert len(names) == len(set(names)) > 500, len(names)
    for name in names[:120]:
        assign(admin, name, PLATFORM)
    assignments = admin.role_assignments.list_for_scope(SCOPE, filter=f"principalId eq '{PLATFORM}'")
    sizes, found = [], []
    for page in assignments.by_page():
        page = [one.name for one in page]
        sizes.append(len(page))
        found.extend(page)
    assert len(sizes) > 1, sizes
    assert len(found) == len(set(found)) == 120, len(found)


def alerts():
    chapter("alerts are scanned for, and their operation is waited for")
    admin = as_caller("admin", api_version="2022-08-01-preview")
    admin.alerts.begin_refresh_all(SCOPE, polling_interval=0).result()
    outside = admin.alerts.get(SCOPE, "AzureRolesAssignedOutsidePimAlert")
    assert outside.is_active and outside.incident_count > 0, outside
    kinds = {one.alert_definition_id for one in admin.alert_configurations.list_for_scope(SCOPE)}
    assert len(kinds) == 4, kinds


def signed_in():
    chapter("an application signs in with its secret, by azure-identity")
    secret = requests.post(f"{SANDBOX}/sandbox/secret", json={"of": "pipeline"}, timeout=30).json()
    credential = ClientSecretCredential(
        secret["tenantId"],
        secret["clientId"],
        secret["clientSecret"],
        authority=SANDBOX,
        disable_instance_discovery=True,
    )
    pipeline = client(credential)
    refused(lambda: assign(pipeline, ACR_PUSH), "AuthorizationFailed")

    chapter("a person signs in with a code and PKCE, by MSAL")
    application = msal.PublicClientApplication(
        "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
        authority=f"{SANDBOX}/{secret['tenantId']}",
        instance_discovery=False,
    )
    redirect = "http://localhost:53682/"
    flow = application.initiate_auth_code_flow([ARM], redirect_uri=redirect, response_mode="form_post")
    page = requests.get(flow["auth_uri"], timeout=30)
    person = re.search(r'value="([0-9a-f-]{36})">Ada Admin', page.text).group(1)
    answer = requests.post(
        flow["auth_uri"], data={"person": person, "mfa": "true"}, allow_redirects=False, timeout=30
    )
    if answer.is_redirect:
        values = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
    else:
        # The page that sends a form on, as a browser would.
        values = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', answer.text))
    tokens = application.acquire_token_by_auth_code_flow(flow, values)
    assert "access_token" in tokens, tokens
    assert tokens["id_token_claims"]["name"] == "Ada Admin", tokens["id_token_claims"]
    admin = client(StaticToken(tokens["access_token"]))
    assert admin.role_definitions.get(SCOPE, ACR_PUSH).role_name == "AcrPush"


def main():
    admin, delegate, developer = (as_caller(name) for name in ("admin", "delegate", "developer"))
    eligible(admin)
    activate(delegate, developer)
    delegated(delegate)
    policy = lists(admin, delegate)
    tighten(admin, developer, policy)
    pages(admin)
    alerts()
    signed_in()
    print("the story ends well")


if __name__ == "__main__":
    main()
