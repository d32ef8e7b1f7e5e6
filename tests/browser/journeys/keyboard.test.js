import assert from "node:assert/strict";
import { journey, read } from "../support/editor.js";

journey("the keyboard alone reaches everything", {}, async ({ page }) => {
  const { keyboard } = page;
  await keyboard.press("Alt+2");
  await page.locator(".requests", { hasText: "AcrPull to a user" }).waitFor();
  await keyboard.press("Alt+1");
  await page.locator(".meaning").waitFor();

  await keyboard.press("?");
  await page.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor();
  await keyboard.press("Escape");
  await page.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor({ state: "hidden" });

  await keyboard.press("Control+k");
  await keyboard.type("light dark");
  await keyboard.press("Enter");
  await page.locator("html[data-theme=dark]").waitFor();

  await page.getByRole("link", { name: "Skip to the condition" }).focus();
  await keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "condition");
});

journey("findings are walked with F8, and told to a screen reader", {}, async ({ page }) => {
  const { keyboard } = page;
  await page.locator(".cm-content").focus();
  await keyboard.press("ControlOrMeta+a");
  await keyboard.insertText("@Resource[a/b:c] StringEqual 'x'");
  await page.locator("[aria-live]", { hasText: /[1-9]\d* error/ }).waitFor({ state: "attached" });
  await keyboard.press("Control+Home");
  await keyboard.press("F8");
  await page.locator(".cm-tooltip .cm-diagnostic, .cm-lintRange-active").first().waitFor();
  assert.match(await read(page), /StringEqual/);
});

journey("every control that can be reached shows that it is", {}, async ({ page }) => {
  for (let presses = 0; presses < 25; presses++) {
    await page.keyboard.press("Tab");
    const shown = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body || element.classList.contains("cm-content")) return true;
      const style = getComputedStyle(element);
      return style.outlineStyle !== "none" || style.boxShadow !== "none";
    });
    assert.ok(shown, await page.evaluate(() => document.activeElement.outerHTML.slice(0, 200)));
  }
});
