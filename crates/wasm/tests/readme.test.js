// The three programs of the README, run; the page is shown in `browser.test.js`.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { programs, removed } from "./programs.js";
import { DELEGATION, REQUEST } from "./samples.js";

const { "validator.mjs": validator, "ci.mjs": ci } = programs();
// Beside the tests, so that `grantif` is found.
const folder = mkdtempSync(join(import.meta.dirname, "readme-"));
after(() => removed(folder));
const file = (name, text) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test("the validator refuses a condition with errors", async () => {
  const { validCondition } = await import(pathToFileURL(file("validator.mjs", validator)));
  const answer = (body) => {
    const seen = { passed: false };
    const response = {
      status(code) {
        seen.status = code;
        return this;
      },
      json(body) {
        seen.body = body;
      },
    };
    validCondition({ body }, response, () => {
      seen.passed = true;
    });
    return seen;
  };
  assert.equal(answer({ condition: DELEGATION }).passed, true);
  assert.equal(answer({}).status, 400);
  const refused = answer({ condition: "@Request[a:b] StringEqual 'x'" });
  assert.equal(refused.status, 422);
  assert.ok(refused.body.errors.some(({ id }) => id === "unknown-operator"));
});

test("the script reports what it finds", () => {
  const script = file("ci.mjs", ci);
  const good = file("good.abac", `${DELEGATION}\n`);
  assert.equal(execFileSync(process.execPath, [script, good], { encoding: "utf8" }), "");
  const bad = file("bad.abac", "@Request[a:b] StringEqual 'x'\n");
  const json = file("request.json", JSON.stringify(REQUEST).replace("P365D", "365 days"));
  const { status, stdout } = spawnSync(process.execPath, [script, bad, json], { encoding: "utf8" });
  assert.equal(status, 1);
  assert.match(stdout, /bad\.abac:1:15: error\[unknown-operator\]/);
  assert.match(stdout, /request\.json:1:\d+: error\[pim-duration\]/);
});
