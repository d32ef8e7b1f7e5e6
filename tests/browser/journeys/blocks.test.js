import assert from "node:assert/strict";
import { command, journey, read, write } from "../support/editor.js";

const line = (page, words) => page.locator(".block[data-kind=line]", { hasText: words }).first();

/** Chooses from the open list by typing. */
async function choose(page, typed) {
  await page.locator("dialog.picker[open] input").fill(typed);
  await page.keyboard.press("Enter");
  await page.locator("dialog.picker[open]").waitFor({ state: "detached" });
}

async function empty(page) {
  await page.getByRole("button", { name: "New" }).click();
  await page.getByRole("button", { name: "Empty Build" }).click();
}

journey("a condition is built from nothing, block by block", {}, async ({ page }) => {
  await empty(page);
  await page.getByRole("button", { name: "Choose an action" }).click();
  await choose(page, "Read a blob");
  await page.getByRole("button", { name: "what must hold" }).click();
  await page.locator("dialog.picker[open] input").fill("blob path");
  await page.keyboard.press("Enter");
  await page.locator("dialog.picker[open]", { hasText: "Value" }).waitFor();
  await page.locator("dialog.picker[open] input").fill("logs/*");
  await page.locator(".picker-about [data-matches=true]").first().waitFor();
  await page.keyboard.press("Enter");
  await line(page, "logs/*").waitFor();
  const text = await read(page);
  assert.match(text, /ActionMatches\{'Microsoft\.Storage\/.*\/blobs\/read'\}/);
  assert.match(text, /blobs:path\] StringLike 'logs\/\*'/);
});

journey("a role is added in one block, and nothing else changes", {}, async ({ page }) => {
  const before = await read(page);
  await line(page, "Role definition ID").getByRole("button", { name: "Add a role" }).click();
  await choose(page, "Reader");
  await line(page, "Reader").waitFor();
  const after = await read(page);
  const [first, ...rest] = before.split("6cef56e8-d556-48e5-a04f-b8e64114680f");
  assert.ok(after.startsWith(first), "what stands before the list is as it was");
  assert.ok(after.endsWith(rest.at(-1)), "what stands behind it is as it was");
  await page.keyboard.press("Control+z");
  assert.equal(await read(page), before, "one step takes it back");
});

journey("what has no form stays as text, byte for byte", {}, async ({ page }) => {
  const odd = "(${anything}  AND  @Environment[isPrivateLink] BoolEquals true)";
  await write(page, odd);
  await page.locator(".kept-as-text").first().waitFor();
  await page.locator(".as-text textarea").first().waitFor();
  assert.equal(await read(page), odd);
});

journey("blocks are walked, negated, grouped, moved and removed by keys", {}, async ({ page }) => {
  await command(page, "show blocks");
  const { keyboard } = page;
  await line(page, "Role definition ID").focus();
  await keyboard.press("!");
  await page.locator(".block .not").waitFor();
  assert.match(await read(page), /NOT|!\s*\(?@Request/);
  await keyboard.press("!");
  await page.locator(".block .not").waitFor({ state: "detached" });
  await keyboard.press("Alt+ArrowDown");
  await page.waitForFunction(() => document.querySelector(".block[data-kind=line]").textContent.includes("Principal type"));
  await keyboard.press("Alt+ArrowUp");
  await page.waitForFunction(() => document.querySelector(".block[data-kind=line]").textContent.includes("Role definition"));
  await line(page, "Role definition ID").focus();
  await keyboard.press("d");
  await page.waitForFunction(() => document.querySelectorAll(".card:first-of-type .block[data-kind=line]").length === 3);
  await line(page, "Role definition ID").focus();
  await keyboard.press("g");
  await page.locator(".block[data-kind=group]", { hasText: "any of" }).waitFor();
  await page.locator(".block[data-kind=group]").focus();
  await keyboard.press("u");
  await page.locator(".block[data-kind=group]").waitFor({ state: "detached" });
  const lines = await page.locator(".block[data-kind=line]").count();
  await line(page, "Principal type").focus();
  await keyboard.press("Delete");
  await page.waitForFunction((count) => document.querySelectorAll(".block[data-kind=line]").length === count, lines - 1);
  assert.ok(await page.evaluate(() => document.activeElement.dataset.block), "the focus stays in the blocks");
});

journey("a block is dragged onto another, which groups them", {}, async ({ page }) => {
  await command(page, "show blocks");
  const first = line(page, "Role definition ID");
  await first.hover();
  await first.locator("> .grip").dragTo(line(page, "Principal type"));
  // The card had two lines; now it has one group, which it shows as its own.
  await page.locator(".card").first().locator(".join", { hasText: "any of" }).waitFor();
});

journey("selecting a block selects its text, and the reverse", {}, async ({ page }) => {
  await line(page, "Principal type").focus();
  await page.locator(".cm-selectionBackground").first().waitFor({ state: "attached" });
  await page.locator(".cm-line", { hasText: "PrincipalType" }).first().click();
  await page.locator(".block.active", { hasText: "Principal type" }).first().waitFor();
});

journey("a template is chosen, filled, and recognised again", {}, async ({ page }) => {
  await page.getByRole("button", { name: "New" }).click();
  await page.getByRole("button", { name: /^Constrain roles Allow/ }).click();
  const template = page.locator(".template", { hasText: "Constrain roles" });
  await template.getByRole("button", { name: "Add a role: Roles" }).click();
  await choose(page, "AcrPush");
  await template.locator(".chip", { hasText: "AcrPush" }).waitFor();
  const text = await read(page);
  assert.equal(text.split("8311e382-0749-4cb8-b61a-304f252e45ec").length - 1, 2, "written for assigning and for removing");
  assert.match(text, /@Request\[/);
  assert.match(text, /@Resource\[/);
});
