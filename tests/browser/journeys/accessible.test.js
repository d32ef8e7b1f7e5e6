import assert from "node:assert/strict";
import axe from "axe-core";
import { command, journey, write } from "../support/editor.js";

const MISTAKES = "@Resource[a/b:c] StringEqual 'x' or Request[d/e:f] BoolEquals 'true'";

const views = {
  "the first screen": async () => {},
  "the text alone": (page) => command(page, "show text"),
  "the blocks alone": (page) => command(page, "show blocks"),
  "findings": (page) => write(page, MISTAKES),
  "simulate": (page) => page.getByRole("tab", { name: "Simulate" }).click(),
  "deliver": (page) => page.getByRole("tab", { name: "Deliver" }).click(),
  "the palette": (page) => page.keyboard.press("Control+k"),
  "the shortcuts": (page) => page.keyboard.press("?"),
  "starting anew": (page) => page.getByRole("button", { name: "New" }).click(),
  "opening": (page) => page.getByRole("button", { name: "Open" }).click(),
  "sharing": (page) => page.getByRole("button", { name: "Share" }).click(),
  "an empty document": async (page) => {
    await page.getByRole("button", { name: "New" }).click();
    await page.getByRole("button", { name: "Empty Build" }).click();
  },
};

for (const [name, show] of Object.entries(views)) {
  for (const colorScheme of ["light", "dark"]) {
    journey(`axe finds nothing in ${name}, ${colorScheme}`, { colorScheme, reducedMotion: "reduce" }, async ({ page }) => {
      await show(page);
      await page.waitForTimeout(50);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => axe.run());
      const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(" | ")}`);
      assert.deepEqual(found, []);
    });
  }
}

for (const [name, viewport] of Object.entries({
  "a small phone": { width: 360, height: 640 },
  "a large screen": { width: 2560, height: 1300 },
  // 200 % of a screen of 1280 pixels.
  "twice the size": { width: 640, height: 400 },
})) {
  journey(`nothing lies outside of ${name}`, { viewport }, async ({ page }) => {
    for (const tab of ["Condition", "Meaning", "Simulate", "Deliver"]) {
      const button = page.locator(".bottom-tabs").getByRole("button", { name: tab });
      if (await button.isVisible()) await button.click();
      const { width, inner } = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth, inner: innerWidth,
      }));
      assert.ok(width <= inner, `${tab} is ${width} pixels wide on a screen of ${inner}`);
      // A panel cuts off what is too wide for it, which the width of the page does not tell.
      const cut = await page.locator("button, input, select, textarea").evaluateAll((controls) =>
        controls.filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
          .map((one) => one.outerHTML.slice(0, 120)));
      assert.deepEqual(cut, [], `${tab} on a screen of ${inner} pixels`);
    }
  });
}
