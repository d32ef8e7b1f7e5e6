import assert from "node:assert/strict";
import { command, journey, read, write } from "../support/editor.js";

const PRIVATE_LINK = "@Environment[isPrivateLink] BoolEquals true";

journey("the first screen already decides something", {}, async ({ page }) => {
  await page.getByText("This is a condition that lets a delegate assign four roles").waitFor();
  await page.locator(".decision", { hasText: "Allowed" }).filter({ hasText: "AcrPull to a user" }).waitFor();
  await page.getByText("This condition limits creating or updating a role assignment").waitFor();
  assert.deepEqual(await page.locator(".name-inlay").first().textContent(), "AcrPull");
});

journey("findings follow the typing, and a fix removes its finding", {}, async ({ page }) => {
  await write(page, PRIVATE_LINK.replace("true", "'true'"));
  const finding = page.locator(".finding", { hasText: "quoted-boolean" });
  await finding.waitFor();
  await page.locator(".cm-lintRange").first().waitFor();
  await finding.locator(".finding-actions button").first().click();
  await finding.waitFor({ state: "detached" });
  assert.equal(await read(page), PRIVATE_LINK);
});

journey("a finding can be ignored, and shown again", {}, async ({ page }) => {
  await write(page, PRIVATE_LINK);
  const findings = page.locator(".finding");
  const before = await findings.count();
  assert.ok(before > 0);
  await page.getByRole("button", { name: /^Ignore / }).first().click();
  await page.getByRole("button", { name: "Show the ignored rule again" }).click();
  assert.equal(await findings.count(), before);
});

journey("a role is chosen by name and written as a GUID", {}, async ({ page }) => {
  await write(page, "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {");
  await page.keyboard.type("AcrPul");
  await page.locator(".cm-tooltip-autocomplete li", { hasText: "AcrPull" }).click();
  assert.match(await read(page), /\{7f951dda-4ed3-4680-a7ca-43fe172d538d/);
  await page.locator(".name-inlay", { hasText: "AcrPull" }).waitFor();
});

journey("an operator under the pointer shows what it answers", {}, async ({ page }) => {
  await write(page, PRIVATE_LINK);
  await page.locator(".token-operator").hover();
  const card = page.locator(".hover-card", { hasText: "BoolEquals" });
  await card.locator("td", { hasText: "missing" }).first().waitFor();
});

journey("formatting is one step, and undone as one", {}, async ({ page }) => {
  const untidy = "@environment[isPrivateLink]   boolequals   TRUE";
  await write(page, untidy);
  await command(page, "format one line");
  await page.waitForFunction(() => document.querySelector(".cm-line").textContent.includes("BoolEquals"));
  await command(page, "undo");
  await page.locator(".cm-line", { hasText: "boolequals" }).waitFor();
  assert.equal(await read(page), untidy);
});

journey("what is pasted is text, never markup", {}, async ({ page }) => {
  await write(page, "@Resource[a/b:<img src=x onerror=alert(1)>] StringEquals '<script>alert(1)</script>'");
  await page.locator(".finding").first().waitFor();
  assert.equal(await page.locator("img[src=x], script:not([src])").count(), 0);
});
