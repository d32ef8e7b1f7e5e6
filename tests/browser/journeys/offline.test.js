import assert from "node:assert/strict";
import { journey, read, write } from "../support/editor.js";

journey("the editor opens without a network once it was visited", {}, async ({ page, context }) => {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.reload();
  await page.locator("html[data-started] .cm-content").waitFor();
  await write(page, "Exists @Environment[isPrivateLink]");
  assert.equal(await read(page), "Exists @Environment[isPrivateLink]");
  await page.locator(".status-bar", { hasText: "34 of 8,192 bytes" }).waitFor();
});

journey("the page can be installed", {}, async ({ page }) => {
  const manifest = await page.evaluate(async () => {
    const link = document.querySelector("link[rel=manifest]").href;
    return (await fetch(link)).json();
  });
  assert.equal(manifest.display, "standalone");
  assert.ok(manifest.icons.length > 0);
});
