// The real program: the editor and a sandbox in memory, on free ports.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");
const SITE = process.env.GRANTIF_SITE ?? path.join(root, "target/web/site");
const PROGRAM = process.env.GRANTIF_BIN ?? path.join(root, "target/debug/grantif");

export const SCOPE = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-registry";
export const PEOPLE = {
  delegate: "a0000000-0000-4000-8000-000000000002",
  developer: "a0000000-0000-4000-8000-000000000003",
};

/** Starts `grantif serve`, and returns where it listens. */
export async function serve(...more) {
  const given = ["--ephemeral", "--listen", "127.0.0.1:0", "--https", "0", "--editor", SITE];
  const program = spawn(PROGRAM, ["serve", ...given, ...more], {
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const found = {};
  for await (const line of createInterface({ input: program.stdout })) {
    found.http ??= line.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
    found.https ??= line.match(/https:\/\/localhost:\d+/)?.[0];
    if (line.includes("Ctrl-C")) break;
  }
  const ask = (method, where, body, token) => fetch(found.http + where, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: body && JSON.stringify(body),
  }).then((answer) => answer.json());
  return {
    ...found,
    ask,
    token: async (who) => (await ask("POST", "/sandbox/token", { as: who, mfa: true })).access_token,
    advance: (time) => ask("POST", "/sandbox/clock", { advance: time }),
    close: () => new Promise((closed) => {
      program.on("close", closed);
      program.kill("SIGKILL");
    }),
  };
}

/** Signs in as somebody of the sandbox, by a press. */
export async function signInAs(page, name) {
  await page.locator(".account-button").click();
  const dialog = page.getByRole("dialog", { name: "Connection" });
  const out = dialog.getByRole("button", { name: "Sign out" });
  if (await out.isVisible()) await out.click();
  await dialog.locator(".people button", { has: page.locator("small", { hasText: new RegExp(`^${name}$`) }) }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** Fills the form of the request. */
export async function fill(page, { scope = SCOPE, principal, role, how, condition, why }) {
  await page.getByRole("tab", { name: "Deliver" }).click();
  const form = page.getByRole("region", { name: "Request", exact: true });
  await form.getByRole("combobox", { name: "Where" }).fill(scope);
  await form.getByRole("combobox", { name: "Who" }).fill(principal);
  if (how) await form.getByRole("button", { name: how }).click();
  if (condition !== undefined) await form.getByLabel("Condition").setChecked(condition);
  if (why) await form.getByRole("textbox", { name: "Why" }).fill(why);
  if (role) {
    await form.locator(".for-role").click();
    await page.locator("dialog.picker[open] input").fill(role);
    await page.locator("dialog.picker[open]").getByRole("option", { name: role }).first().click();
  }
}
