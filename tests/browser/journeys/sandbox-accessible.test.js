import assert from "node:assert/strict";
import { after, before } from "node:test";
import axe from "axe-core";
import { journey } from "../support/editor.js";
import { PEOPLE, fill, serve, signInAs } from "../support/sandbox.js";

let sandbox;
before(async () => { sandbox = await serve(); });
after(() => sandbox?.close());

const connect = (page) => page.locator(".account-button").click();
const views = {
  "the connection": async (page) => {
    await connect(page);
    await page.locator(".people button").first().waitFor();
    await page.getByText("Or paste an access token").click();
  },
  "whoever is signed in": async (page) => {
    await signInAs(page, "admin");
    await connect(page);
  },
  "my roles": async (page) => {
    await signInAs(page, "delegate");
    await page.getByRole("tab", { name: "Deliver" }).click();
    await page.getByRole("button", { name: "My roles" }).click();
    await page.getByText("No role of yours is active.").waitFor();
  },
  "approvals": async (page) => {
    await signInAs(page, "approver");
    await page.getByRole("tab", { name: "Deliver" }).click();
    await page.getByRole("button", { name: "Approvals" }).click();
    await page.getByText("Nothing waits for you.").waitFor();
  },
  "a refusal": async (page) => {
    await signInAs(page, "auditor");
    await fill(page, { principal: PEOPLE.developer, role: "AcrPush", condition: false, why: "x" });
    await page.getByRole("button", { name: "Submit to sandbox" }).click();
    await page.locator(".service-problem").waitFor();
  },
};

for (const [name, show] of Object.entries(views)) {
  for (const colorScheme of ["light", "dark"]) {
    const options = () => ({ address: sandbox.http, colorScheme, reducedMotion: "reduce", expected: /status of 403/ });
    journey(`axe finds nothing in ${name}, ${colorScheme}`, options, async ({ page }) => {
      await show(page);
      // The message that goes away by itself is over.
      await page.locator(".notice:not(.shown)").waitFor({ state: "attached", timeout: 10_000 });
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => axe.run());
      const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(" | ")}`);
      assert.deepEqual(found, []);
    });
  }
}
