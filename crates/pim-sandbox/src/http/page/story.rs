//! The story of the sandbox as commands to copy.

/// Returns title, text and command of each step.
pub(super) fn steps(origin: &str) -> [(&'static str, &'static str, String); 7] {
    let token = |who: &str| format!("$(grantif sandbox token --as {who} --mfa --url {origin})");
    let put = |kind: &str, version: &str, file: &str| {
        format!(
            "curl -sX PUT \"$AT/{kind}/$(uuidgen)?api-version={version}\" \\\n  -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\\n  -d {file}"
        )
    };
    let role =
        |guid: &str| format!("'\"$SUB\"'/providers/Microsoft.Authorization/roleDefinitions/{guid}");
    let delegate = "a0000000-0000-4000-8000-000000000002";
    let pipeline = "a0000000-0000-4000-8000-000000000006";
    let uaa = role("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9");
    let assign = |guid: &str| {
        let body = format!(
            "'{{\"properties\":{{\"principalId\":\"{pipeline}\",\"principalType\":\"ServicePrincipal\",\"roleDefinitionId\":\"{}\"}}}}'",
            role(guid)
        );
        put("roleAssignments", "2022-04-01", &body)
    };
    [
        (
            "Where",
            "The subscription of the default seed, and a condition that allows four registry roles.",
            format!(
                "SUB=/subscriptions/00000000-0000-0000-0000-000000000000\n\
                 AT={origin}$SUB/providers/Microsoft.Authorization\n\
                 FOUR='{{c2f4ef07-c644-48eb-af81-4b1b4947fb11, 6cef56e8-d556-48e5-a04f-b8e64114680f, 7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec}}'\n\
                 CONDITION=\"((!(ActionMatches{{'Microsoft.Authorization/roleAssignments/write'}})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals $FOUR)) AND ((!(ActionMatches{{'Microsoft.Authorization/roleAssignments/delete'}})) OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals $FOUR))\""
            ),
        ),
        (
            "Make the delegate eligible",
            "The administrator lets the delegate activate User Access Administrator, constrained to four roles.",
            format!(
                "TOKEN={}\n{}",
                token("admin"),
                put(
                    "roleEligibilityScheduleRequests",
                    "2020-10-01",
                    &format!(
                        "'{{\"properties\":{{\"principalId\":\"{delegate}\",\"roleDefinitionId\":\"{uaa}\",\"requestType\":\"AdminAssign\",\"scheduleInfo\":{{\"expiration\":{{\"type\":\"AfterDuration\",\"duration\":\"P180D\"}}}},\"condition\":\"'\"$CONDITION\"'\",\"conditionVersion\":\"2.0\"}}}}'"
                    )
                )
            ),
        ),
        (
            "Activate",
            "The delegate activates it for an hour.",
            format!(
                "TOKEN={}\n{}",
                token("delegate"),
                put(
                    "roleAssignmentScheduleRequests",
                    "2020-10-01",
                    &format!(
                        "'{{\"properties\":{{\"principalId\":\"{delegate}\",\"roleDefinitionId\":\"{uaa}\",\"requestType\":\"SelfActivate\",\"justification\":\"registry access for the pipeline\",\"scheduleInfo\":{{\"expiration\":{{\"type\":\"AfterDuration\",\"duration\":\"PT1H\"}}}}}}}}'"
                    )
                )
            ),
        ),
        (
            "Be refused",
            "Attestation Reader is none of the four: 403, and the log below says which clause decided.",
            assign("fd1bd22b-8476-40bc-a0bc-69b95687b9f3"),
        ),
        ("Succeed", "AcrPush is one of them: 201.", assign("8311e382-0749-4cb8-b61a-304f252e45ec")),
        (
            "Let time pass",
            "An hour later the activation has ended, and the same call is refused.",
            format!(
                "curl -sX POST {origin}/sandbox/clock -H 'Content-Type: application/json' -d '{{\"advance\":\"1 hour\"}}'"
            ),
        ),
        (
            "Start again",
            "Back to the default seed.",
            format!(
                "curl -sX POST {origin}/sandbox/seed -H 'Content-Type: application/json' -d '{{\"name\":\"default\"}}'"
            ),
        ),
    ]
}
