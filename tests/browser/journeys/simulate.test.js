import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { choose, journey, write } from "../support/editor.js";

const decision = (page) => page.locator(".decision-word strong").textContent();

journey("another value turns the decision at once", {}, async ({ page }) => {
  await page.getByRole("tab", { name: "Simulate" }).click();
  assert.equal(await decision(page), "Allowed");
  await page.locator(".form-row", { hasText: "Role definition ID" }).getByRole("button").click();
  await page.locator("dialog.picker[open] input").fill("8e3af657-a8ff-443c-a75c-2fe8c4bcb635");
  await page.keyboard.press("Enter");
  await page.locator(".decision[data-decision=Denied]").waitFor();
  await page.locator(".form-row", { hasText: "Role definition ID" }).getByText("Owner").waitFor();
  await page.locator(".outcome-false").first().waitFor();
  await page.locator(".block .truth[data-truth=false]").first().waitFor();
});

journey("a change that breaks an expectation is marked", {}, async ({ page }) => {
  await page.getByRole("tab", { name: "Simulate" }).click();
  await write(page, "@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'Group'");
  await page.getByText(/are not as expected/).waitFor();
  assert.ok(await page.locator(".request-rows li.wrong").count() > 1);
});

journey("a table is imported, decided and exported as tests", {}, async ({ page }) => {
  await page.getByRole("tab", { name: "Simulate" }).click();
  await page.getByRole("button", { name: "Import" }).click();
  const key = "@Request[Microsoft.Authorization/roleAssignments:PrincipalType]";
  await page.getByRole("textbox", { name: /JSON/ }).fill(
    `name,action,${key}\nFrom a table,Microsoft.Authorization/roleAssignments/write,Group\n`,
  );
  await page.getByRole("button", { name: "Add the requests" }).click();
  await page.locator(".request-rows li", { hasText: "From a table" }).getByText("denied").waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export tests" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  assert.match(file, /name = "From a table"/);
});

journey("a broken table is refused with its line", {}, async ({ page }) => {
  await page.getByRole("tab", { name: "Simulate" }).click();
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByRole("textbox", { name: /JSON/ }).fill("[{]");
  await page.getByRole("button", { name: "Add the requests" }).click();
  await page.locator(".problem", { hasText: /line|JSON/ }).waitFor();
});

journey("the matrix shows what a delegate may hand out", {}, async ({ page }) => {
  await page.getByRole("tab", { name: "Simulate" }).click();
  const row = page.locator(".matrix tr", { hasText: "AcrPull" });
  assert.deepEqual(await row.locator("td").allInnerTexts(), ["allowed", "denied", "allowed"]);
  const owner = page.locator(".matrix tr", { hasText: "Owner" });
  assert.deepEqual(await owner.locator("td").allInnerTexts(), ["denied", "denied", "denied"]);
});

journey("ten thousand requests are in the table, and few in the page", {}, async ({ page }) => {
  await page.getByRole("tab", { name: "Simulate" }).click();
  await page.getByRole("button", { name: "Import" }).click();
  const row = (at) => JSON.stringify({ name: `Row ${at}`, action: "Microsoft.Authorization/roleAssignments/write", attributes: {} });
  await choose(page, Array.from({ length: 9_990 }, (_, at) => row(at)));
  await page.getByRole("heading", { name: "Requests (9996)" }).waitFor();
  assert.ok(await page.locator(".request-rows li").count() < 40);
  await page.locator(".request-rows").evaluate((rows) => { rows.scrollTop = rows.scrollHeight; });
  await page.locator(".request-rows li", { hasText: "Row 9989" }).waitFor();
});
