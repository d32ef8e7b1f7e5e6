// Conditions, requests and documents that several tests use.

const ROLES =
  "7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382-0749-4cb8-b61a-304f252e45ec, " +
  "acdd72a7-3385-48ef-bd42-f606fba81ae7, 2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";

const half = (action, source) =>
  `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${action}'})) OR ` +
  `(@${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ` +
  `ForAnyOfAnyValues:GuidEquals {${ROLES}}))`;

/** Role delegation: the condition that `bench/src/case.rs` measures, too. */
export const DELEGATION = `${half("write", "Request")} AND ${half("delete", "Resource")}`;

const READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

const asked = (action, source, role) => ({
  action: `Microsoft.Authorization/roleAssignments/${action}`,
  attributes: { [`@${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId]`]: role },
});

/** Requests for it, and what becomes of them. */
export const CASES = [
  { name: "write, allow", action: "write", role: READER, request: asked("write", "Request", READER), decision: "allow" },
  { name: "write, deny", action: "write", role: OWNER, request: asked("write", "Request", OWNER), decision: "deny" },
  { name: "delete, allow", action: "delete", role: READER, request: asked("delete", "Resource", READER), decision: "allow" },
  { name: "delete, deny", action: "delete", role: OWNER, request: asked("delete", "Resource", OWNER), decision: "deny" },
];

const SCOPE = "/subscriptions/00000000-0000-0000-0000-000000000003";

/** A year of eligibility, without a justification. */
export const REQUEST = {
  type: "Microsoft.Authorization/roleEligibilityScheduleRequests",
  scope: SCOPE,
  properties: {
    principalId: "00000000-0000-0000-0000-000000000001",
    roleDefinitionId: `${SCOPE}/providers/Microsoft.Authorization/roleDefinitions/${OWNER}`,
    requestType: "AdminAssign",
    scheduleInfo: { expiration: { type: "AfterDuration", duration: "P365D" } },
  },
};

const rule = (id, ruleType, rest) => ({
  id,
  ruleType,
  target: { caller: "Admin", operations: ["All"], level: "Eligibility" },
  ...rest,
});

/** Half a year at most, and a justification. */
export const POLICY = {
  id: `${SCOPE}/providers/Microsoft.Authorization/roleManagementPolicies/00000000-0000-0000-0000-000000000009`,
  properties: {
    scope: SCOPE,
    rules: [
      rule("Expiration_Admin_Eligibility", "RoleManagementPolicyExpirationRule", {
        isExpirationRequired: true,
        maximumDuration: "P180D",
      }),
      rule("Enablement_Admin_Eligibility", "RoleManagementPolicyEnablementRule", {
        enabledRules: ["Justification"],
      }),
    ],
  },
};

/** What is wanted when `REQUEST` is. */
export const INTENT = {
  wish: "eligible",
  principal: "00000000-0000-0000-0000-000000000001",
  role: "Owner",
  scope: SCOPE,
  length: "180 days",
};
