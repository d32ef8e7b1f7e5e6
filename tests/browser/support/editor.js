// One browser and one site for a file of tests; a fresh page, with nothing remembered, for each.

import { chromium } from "playwright-core";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import path from "node:path";
import { serve } from "./site.js";

const SITE = process.env.GRANTIF_SITE ?? path.resolve(import.meta.dirname, "../../../target/web/site");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

let browser;
let site;

before(async () => {
  site = await serve(SITE);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  await site?.close();
});

/** Opens the editor on an empty browser. What the browser complains about, and is not expected, fails the test. */
export async function open({ fragment = "", address = site.address, expected, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const bad = ["error", "warning"].includes(message.type());
    if (bad && !expected?.test(message.text())) complaints.push(message.text());
  });
  await page.goto(address + fragment);
  await page.locator("html[data-started] .cm-content").waitFor({ state: "attached" });
  return { page, context, complaints, address, close: () => site.close() };
}

/** A test with an open editor. */
export function journey(name, options, act) {
  test(name, async () => {
    const editor = await open(await (typeof options === "function" ? options() : options));
    try {
      await act(editor);
      assert.deepEqual(editor.complaints, [], "the browser complains about nothing");
    } finally {
      await editor.context.close();
    }
  });
}

/** Puts a text in place of the condition, as somebody who pastes does. */
export async function write(page, text) {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

/** Returns the condition. */
export async function read(page) {
  const lines = await page.locator(".cm-line").evaluateAll((all) => all.map((line) => {
    const copy = line.cloneNode(true);
    for (const inlay of copy.querySelectorAll(".name-inlay")) inlay.remove();
    return copy.textContent;
  }));
  return lines.join("\n");
}

/** Chooses a command of the palette. */
export async function command(page, words) {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find a command" }).fill(words);
  await page.keyboard.press("Enter");
}

/** Chooses a file of requests, one JSON object a line. */
export async function choose(page, lines) {
  const file = { name: "requests.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(lines.join("\n")) };
  await page.locator("dialog[open] input[type=file]").setInputFiles(file);
}
