// How long the editor takes, by the browser's own marks. The figures are printed, and written to
// docs/performance.md where GRANTIF_MEASURED names it; nothing fails for being slow on a busy machine.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { after, test } from "node:test";
import { choose, journey, open, write } from "../support/editor.js";
import { largeCondition } from "../support/large.js";

const figures = [];

function note(what, durations, goal) {
  const sorted = durations.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  figures.push({ what, median: at(0.5), most: at(0.95), count: sorted.length, goal });
}

/** Types letters, one a frame, and measures each from the key to the page laid out anew. */
async function keystrokes(page, count) {
  await page.evaluate(() => {
    window.measured = [];
    addEventListener("keydown", (event) => {
      if (event.key.length !== 1) return;
      performance.mark("key");
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        // Style and layout are part of what a keystroke costs.
        document.body.getBoundingClientRect();
        document.querySelector(".cm-content").getBoundingClientRect();
        window.measured.push(performance.measure("keystroke", "key").duration);
        channel.port1.close();
      };
      // Behind the event, its microtasks, and with them every panel.
      setTimeout(() => channel.port2.postMessage(0), 0);
    }, true);
  });
  for (let at = 0; at < count; at++) {
    await page.keyboard.press("abcdefghij"[at % 10]);
    await page.waitForTimeout(24);
  }
  return page.evaluate(() => window.measured);
}

for (const [panel, tab] of [["meaning", "Meaning"], ["simulation", "Simulate"]]) {
  journey(`a keystroke in a condition of 8 KB, with the ${panel} beside it`, {}, async ({ page }) => {
    await page.getByRole("tab", { name: tab }).click();
    await write(page, largeCondition());
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+Home");
    const place = page.locator(".cm-line", { hasText: "team-0/" }).locator(".token-string").first();
    await place.dblclick();
    await page.keyboard.press("ArrowRight");
    const durations = await keystrokes(page, 110);
    assert.equal(durations.length, 110);
    note(`keystroke in ${largeCondition().length} bytes to everything updated, ${panel} open`, durations.slice(10), 16);
  });
}

test("the first screen works, from an empty cache", async () => {
  const durations = [];
  for (let at = 0; at < 5; at++) {
    const editor = await open();
    durations.push(await editor.page.evaluate(() => performance.getEntriesByName("works")[0].startTime));
    await editor.context.close();
  }
  note("from the address to the example working, nothing cached", durations, 1_000);
});

journey("a table of ten thousand requests", {}, async ({ page }) => {
  await page.getByRole("tab", { name: "Simulate" }).click();
  await page.getByRole("button", { name: "Import" }).click();
  const role = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]";
  const row = (at) => JSON.stringify({
    name: `Row ${at}`,
    action: "Microsoft.Authorization/roleAssignments/write",
    attributes: { [role]: ["7f951dda-4ed3-4680-a7ca-43fe172d538d"] },
  });
  await choose(page, Array.from({ length: 9_994 }, (_, at) => row(at)));
  await page.getByRole("heading", { name: "Requests (10000)" }).waitFor();
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+End");
  const durations = await keystrokes(page, 30);
  note("keystroke with 10,000 requests decided anew", durations.slice(5), 100);
});

after(async () => {
  const rows = figures.map(({ what, median, most, goal }) =>
    `|${what}|${median.toFixed(1)} ms|${most.toFixed(1)} ms|${goal.toLocaleString("en")} ms|`);
  const table = ["|the editor in Chromium|median|95 of 100|goal|", "|---|--:|--:|--:|", ...rows].join("\n");
  console.log(table);
  const file = process.env.GRANTIF_MEASURED;
  if (!file) return;
  const page = await readFile(file, "utf8");
  const [begin, end] = ["<!-- editor: begin -->", "<!-- editor: end -->"];
  const before = page.slice(0, page.indexOf(begin) + begin.length);
  await writeFile(file, `${before}\n${table}\n${page.slice(page.indexOf(end))}`);
});
