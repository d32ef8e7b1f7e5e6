import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { journey } from "../support/editor.js";


journey("the request is written for the tool that is chosen", {}, async ({ page }) => {
  await page.getByRole("tab", { name: "Deliver" }).click();
  await page.locator(".snippets pre", { hasText: "roleEligibilityScheduleRequests" }).waitFor();
  await page.getByRole("combobox", { name: "Target" }).selectOption("terraform-azurerm");
  await page.locator(".snippets pre", { hasText: "azurerm_pim_eligible_role_assignment" }).waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  assert.match(await readFile(await (await download).path(), "utf8"), /azurerm_pim_eligible_role_assignment/);
});

journey("what is wrong stands at its field", {}, async ({ page }) => {
  await page.getByRole("tab", { name: "Deliver" }).click();
  await page.getByRole("combobox", { name: "Who" }).fill("somebody@example.com");
  await page.locator("#field-Principal-findings", { hasText: "GUID" }).waitFor();
  assert.equal(await page.getByRole("combobox", { name: "Who" }).getAttribute("aria-invalid"), "true");
});

journey("the exact request is shown", {}, async ({ page }) => {
  await page.getByRole("tab", { name: "Deliver" }).click();
  const text = await page.getByRole("region", { name: "The exact request" }).innerText();
  assert.match(text, /^PUT https:\/\/management\.azure\.com\/subscriptions\//);
  assert.match(text, /"condition":/);
});
