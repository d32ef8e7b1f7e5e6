import assert from "node:assert/strict";
import { deflateRawSync } from "node:zlib";
import { journey, open, read, write } from "../support/editor.js";

const packed = (text) => `#g1.${deflateRawSync(text).toString("base64url")}`;

journey("a document travels in a link", {}, async ({ page, address }) => {
  await write(page, "Exists @Environment[isPrivateLink]");
  await page.getByLabel("Name of the document").fill("Travelled");
  await page.getByRole("button", { name: "Share" }).click();
  const link = await page.getByRole("textbox", { name: /whole document/ }).inputValue();
  assert.ok(link.startsWith(`${address}#g1.`), link);
  const other = await open({ fragment: new URL(link).hash });
  try {
    assert.equal(await read(other.page), "Exists @Environment[isPrivateLink]");
    assert.equal(await other.page.getByLabel("Name of the document").inputValue(), "Travelled");
    assert.equal(new URL(other.page.url()).hash, "", "the address does not go on telling it");
  } finally {
    await other.context.close();
  }
});

const hostile = {
  "a bomb": packed(JSON.stringify({ grantif: 1, name: "a".repeat(40 << 20) })),
  "a deep document": packed(`{"grantif":1,"requests":${"[".repeat(200_000)}`),
  "a cut link": packed(JSON.stringify({ grantif: 1, condition: "Exists @Environment[isPrivateLink]" })).slice(0, 40),
  "a link of a later editor": "#g2.AAAA",
};

for (const [name, fragment] of Object.entries(hostile)) {
  journey(`${name} is refused in words`, { fragment }, async ({ page }) => {
    await page.getByText("The link was not opened").waitFor();
    await page.locator(".decision", { hasText: "Allowed" }).waitFor();
  });
}

journey("what was worked on is there after a reload, and kept in the list", {}, async ({ page }) => {
  await write(page, "Exists @Environment[isPrivateLink]");
  await page.getByLabel("Name of the document").fill("Kept");
  await page.waitForFunction(() => localStorage.getItem("grantif.current")?.includes("Kept"));
  await page.reload();
  await page.locator("html[data-started] .cm-content").waitFor();
  assert.equal(await read(page), "Exists @Environment[isPrivateLink]");
  await page.getByRole("button", { name: "Open" }).click();
  await page.locator(".kept li", { hasText: "Kept" }).waitFor();
});
