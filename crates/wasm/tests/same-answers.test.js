// The module answers what a native build answers, byte for byte: for generated conditions, and for
// those that were collected elsewhere where they are (`GRANTIF_ANSWERS` names the native answers).

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { test } from "node:test";
import * as core from "grantif/core";
import * as grantif from "grantif";

const decided = (module, method) => (condition, request) => {
  const compiled = module.compile(condition);
  if (!compiled.ok) return compiled;
  const answer = compiled.value[method](request);
  compiled.value.free();
  return answer;
};
const calls = (module) => ({
  ...module,
  evaluate: decided(module, "evaluate"),
  trace: decided(module, "trace"),
});
const full = calls(grantif);
const small = calls(core);

const revive = (_, value) => (value?.$bigint === undefined ? value : BigInt(value.$bigint));

const file = process.env.GRANTIF_ANSWERS;
const skip = file === undefined && "`cargo xtask wasm test` writes the native answers";

test("native and WebAssembly answer alike", { skip }, async () => {
  const counts = new Map();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { call, arguments: given, answer } = JSON.parse(line, revive);
    for (const module of [full, small]) {
      const run = module[call];
      if (run === undefined) continue;
      const found = JSON.stringify(run(...given));
      if (found !== answer) {
        assert.fail(`${call}(${String(given[0])})\nnative: ${answer}\nmodule: ${found}`);
      }
      counts.set(call, (counts.get(call) ?? 0) + 1);
    }
  }
  for (const call of ["parse", "format", "check", "fix", "explain", "evaluate", "trace"]) {
    assert.ok(counts.get(call) >= 400, `${call}: ${counts.get(call)} calls`);
  }
});
