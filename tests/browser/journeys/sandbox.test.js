import assert from "node:assert/strict";
import { after, before } from "node:test";
import { journey, read } from "../support/editor.js";
import { PEOPLE, SCOPE, fill, serve, signInAs } from "../support/sandbox.js";

let sandbox;
before(async () => { sandbox = await serve(); });
after(() => sandbox?.close());

/** What the browser says of a refusal that the test is about. */
const REFUSED = /the server responded with a status of 40[0-9]/;
const here = (more) => () => ({ address: sandbox.http, ...more });

const ROLES = ["AcrPush", "AcrDelete", "AcrImageSigner"];

journey("the story: constrain, make eligible, activate, be refused, succeed", here({ expected: REFUSED }), async ({ page }) => {
  // The constraint of four roles, from the template.
  await page.getByRole("button", { name: "New" }).click();
  await page.getByRole("button", { name: /^Constrain roles Allow/ }).click();
  const template = page.locator(".template", { hasText: "Constrain roles" });
  for (const role of ROLES) {
    await template.getByRole("button", { name: "Add a role: Roles" }).click();
    await page.locator("dialog.picker[open] input").fill(role);
    await page.keyboard.press("Enter");
    await template.locator(".chip", { hasText: role }).waitFor();
  }
  assert.match(await read(page), /7f951dda-4ed3-4680-a7ca-43fe172d538d, 8311e382/);

  // The administrator makes the delegate eligible.
  await signInAs(page, "admin");
  await fill(page, {
    principal: PEOPLE.delegate,
    role: "Role Based Access Control Administrator",
    why: "Runs the registry",
  });
  const submit = page.getByRole("region", { name: "Submit" });
  const exact = await submit.getByRole("region", { name: "The exact request" }).innerText();
  assert.match(exact, new RegExp(`^PUT ${sandbox.http}${SCOPE}/providers/Microsoft.Authorization/roleEligibilityScheduleRequests/`));
  await submit.getByRole("button", { name: "Validate" }).click();
  await submit.getByText("it would be granted").waitFor();
  await submit.getByRole("button", { name: "Submit to sandbox" }).click();
  await submit.locator(".timeline", { hasText: "Provisioned" }).waitFor();

  // The delegate activates it.
  await signInAs(page, "delegate");
  await page.getByRole("button", { name: "My roles" }).click();
  const own = page.getByRole("region", { name: "My roles" });
  await own.locator("li", { hasText: "Role Based Access Control Administrator" }).getByRole("button", { name: "Activate" }).click();
  await own.getByRole("textbox", { name: "Why" }).fill("Release day");
  await own.getByRole("button", { name: "Activate now" }).click();
  await own.locator(".role-cards li", { hasText: "activated" }).getByText(/7:59:\d\d left/).waitFor();

  // Attestation Reader is not one of the four.
  await page.getByRole("button", { name: "Request", exact: true }).click();
  await fill(page, { principal: PEOPLE.developer, role: "Attestation Reader", how: "Without PIM", condition: false });
  await submit.getByRole("button", { name: "Submit to sandbox" }).click();
  const refusal = submit.locator(".service-problem");
  await refusal.getByText("AuthorizationFailed").waitFor();
  await refusal.getByText(/Refused by the condition of/).waitFor();
  assert.match(await refusal.locator(".clause").first().innerText(), /RoleDefinitionId\].*GuidEquals/s);
  await refusal.locator(".way", { hasText: "AcrPush" }).waitFor();

  // AcrPush is.
  await fill(page, { principal: PEOPLE.developer, role: "AcrPush" });
  await submit.getByRole("button", { name: "Submit to sandbox" }).click();
  await submit.locator(".timeline", { hasText: "the role assignment is there" }).waitFor();
  const token = await sandbox.token("admin");
  const filter = encodeURIComponent(`principalId eq '${PEOPLE.developer}'`);
  const { value } = await sandbox.ask("GET", `${SCOPE}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=${filter}`, undefined, token);
  assert.deepEqual(value.map((one) => one.properties.roleDefinitionId.split("/").pop()), ["8311e382-0749-4cb8-b61a-304f252e45ec"]);
});

journey("a role is given back, once it is old enough", here(), async ({ page }) => {
  await sandbox.advance("6 minutes");
  await signInAs(page, "delegate");
  await page.getByRole("tab", { name: "Deliver" }).click();
  await page.getByRole("button", { name: "My roles" }).click();
  const own = page.getByRole("region", { name: "My roles" });
  await own.getByRole("button", { name: "Deactivate" }).click();
  await own.getByText("No role of yours is active.").waitFor();
});

journey("an activation waits for its approver: taken back, asked for again, approved", here({ expected: REFUSED }), async ({ page }) => {
  const token = await sandbox.token("admin");
  const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  const role = `${SCOPE.split("/resourceGroups")[0]}/providers/Microsoft.Authorization/roleDefinitions/${reader}`;
  const at = (rest) => `${SCOPE}/providers/Microsoft.Authorization/${rest}`;
  await sandbox.ask("PUT", at("roleEligibilityScheduleRequests/b0000000-0000-4000-8000-000000000001?api-version=2020-10-01"), {
    properties: {
      principalId: PEOPLE.developer, roleDefinitionId: role, requestType: "AdminAssign",
      justification: "x", scheduleInfo: { expiration: { type: "AfterDuration", duration: "P30D" } },
    },
  }, token);
  const filter = encodeURIComponent(`roleDefinitionId eq '${role}'`);
  const { value: [policy] } = await sandbox.ask("GET", at(`roleManagementPolicyAssignments?api-version=2020-10-01&$filter=${filter}`), undefined, token);
  const approval = policy.properties.effectiveRules.find((rule) => rule.id === "Approval_EndUser_Assignment");
  approval.setting = {
    isApprovalRequired: true, isApprovalRequiredForExtension: false, isRequestorJustificationRequired: true,
    approvalMode: "SingleStage",
    approvalStages: [{
      approvalStageTimeOutInDays: 1, isApproverJustificationRequired: true, escalationTimeInMinutes: 0, isEscalationEnabled: false,
      primaryApprovers: [{ id: "a0000000-0000-4000-8000-000000000004", userType: "User", isBackup: false, description: "Avery Approver" }],
    }],
  };
  const id = policy.properties.policyId;
  await sandbox.ask("PATCH", `${id}?api-version=2020-10-01`, { properties: { rules: [approval] } }, token);

  await signInAs(page, "developer");
  await page.getByRole("tab", { name: "Deliver" }).click();
  await page.getByRole("button", { name: "My roles" }).click();
  const own = page.getByRole("region", { name: "My roles" });
  await own.getByRole("button", { name: "Activate" }).click();
  await own.getByRole("textbox", { name: "Why" }).fill("Read the logs");
  await own.getByRole("button", { name: "Activate now" }).click();
  await own.locator(".timeline", { hasText: "PendingApproval" }).waitFor();
  await own.getByRole("button", { name: "Cancel the request" }).click();
  await own.locator(".timeline li", { hasText: "Canceled" }).waitFor();
  await own.getByRole("button", { name: "Activate now" }).click();
  await own.locator(".timeline", { hasText: "PendingApproval" }).waitFor();

  await signInAs(page, "approver");
  await page.getByRole("button", { name: "Approvals" }).click();
  const waiting = page.getByRole("region", { name: "Approvals" });
  const approve = waiting.getByRole("button", { name: "Approve" });
  await waiting.getByText("Read the logs").waitFor();
  assert.ok(await approve.isDisabled(), "a decision needs its reason");
  await waiting.getByRole("textbox", { name: /Justification/ }).fill("Agreed");
  await approve.click();
  await waiting.getByText("Nothing waits for you.").waitFor();

  await signInAs(page, "developer");
  await page.getByRole("button", { name: "My roles" }).click();
  await own.locator(".role-cards li", { hasText: "activated" }).waitFor();
});

journey("the policy of the role is fetched, and objects at its field", here(), async ({ page }) => {
  await signInAs(page, "admin");
  await fill(page, { principal: PEOPLE.delegate, role: "Reader", condition: false, why: "x" });
  await page.locator(".policy summary").click();
  await page.getByRole("button", { name: "Fetch it from the service" }).click();
  await page.locator(".policy td", { hasText: "365 days" }).first().waitFor();
  await page.getByRole("textbox", { name: "End" }).fill("500 days");
  await page.locator("#field-End-findings", { hasText: "the policy asks for" }).waitFor();
});
