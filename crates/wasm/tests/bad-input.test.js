// Whatever is given: a value, never an exception, never a module that is spoilt for the next call.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import * as core from "grantif/core";
import init, * as grantif from "grantif";
import { CASES, DELEGATION, INTENT, POLICY, REQUEST } from "./samples.js";

const { request } = CASES[0];
const cyclic = { action: "a" };
cyclic.attributes = cyclic;
const throwing = {
  get action() {
    throw new Error("not today");
  },
};
const revoked = Proxy.revocable([], {});
revoked.revoke();
const hostile = new Proxy(
  {},
  {
    get() {
      throw new TypeError("circular, or so");
    },
    ownKeys() {
      throw 7;
    },
    getPrototypeOf() {
      throw null;
    },
  },
);
const deep = () => {
  let value = {};
  for (let depth = 0; depth < 100_000; depth += 1) value = { value };
  return value;
};

const VALUES = [
  undefined, null, true, 0, -1, 1.5, NaN, Infinity, 2 ** 60, 10n, 10n ** 40n, "", "\ud800", "a\udfff",
  "\0", Symbol("x"), () => 1, class {}, [], [null], [undefined], {}, { action: null }, { action: "" },
  { action: "a", attributes: [] }, { action: "a", attributes: { x: 1 } }, { action: "a", extra: 1 },
  { action: "a", attributes: { "@Request[a:b]": NaN } }, { action: "\ud800" }, { "\ud800": 1 },
  { action: "a", attributes: { "@Request[a:b]": () => 1 } }, { __proto__: null }, new Map(), new Set(),
  new Date(NaN), new Uint8Array(4), Object.create(null), cyclic, throwing, revoked.proxy, hostile,
  deep(), new Array(1e9), Object.create(core.Condition.prototype), grantif, globalThis,
];

/** Each function of a module, and the methods of a condition, as functions of two values. */
const functionsOf = (module) => {
  const condition = module.compile(DELEGATION).value;
  const names = Object.keys(module).filter(
    (name) => !["default", "initSync", "version"].includes(name) && !/^[A-Z]/.test(name),
  );
  return [
    ...names.map((name) => [name, module[name]]),
    ...["evaluate", "evaluateAll", "trace"].map((name) => [name, (one) => condition[name](one)]),
  ];
};

const isAnswer = (answer, name) => {
  assert.equal(typeof answer?.ok, "boolean", name);
  if (answer.ok) return;
  assert.match(answer.error.id, /^[a-z0-9-]+$/, name);
  assert.ok(answer.error.message.length > 0, name);
  assert.doesNotMatch(answer.error.message, /struct |enum |::/, name);
};

const works = (module) => {
  assert.equal(module.compile(DELEGATION).value.evaluate(request).value, "allow");
};

for (const [entry, module] of [["grantif", grantif], ["grantif/core", core]]) {
  test(`${entry}: values of the wrong type are answered`, () => {
    for (const [name, run] of functionsOf(module)) {
      for (const one of VALUES) {
        isAnswer(run(one), name);
        for (const start of ["a", REQUEST]) isAnswer(run(start, one, one), name);
      }
    }
    works(module);
  });

  test(`${entry}: any values at all are answered`, () => {
    const anything = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true }),
      fc.string({ unit: "binary" }),
      fc.constantFrom(DELEGATION, REQUEST, POLICY, INTENT, request),
    );
    const functions = functionsOf(module);
    const property = fc.property(anything, anything, anything, (one, two, three) => {
      for (const [name, run] of functions) isAnswer(run(one, two, three), name);
    });
    fc.assert(property, { numRuns: 1000, seed: 1 });
    works(module);
  });
}

test("conditions and documents that nearly are some are answered", () => {
  const pieces = fc.constantFrom(
    "(", ")", "!", "NOT ", " AND ", " OR ", "ActionMatches{'a/b'}", "Exists ", "@Request[a:b]",
    " StringEquals ", "'x'", "{", "}", ", ", "1", "true", "\u{1F600}", "\u0301", "\n", "/*", "${x}",
  );
  const property = fc.property(fc.array(pieces, { maxLength: 60 }), fc.json(), (some, json) => {
    const text = some.join("");
    for (const run of ["parse", "check", "fix", "format", "explain", "compile"]) {
      isAnswer(grantif[run](text), run);
      isAnswer(grantif[run](text, { template: true }), run);
    }
    for (const run of [grantif.checkRequest, grantif.emit]) {
      isAnswer(run(json, { target: "bicep" }), run.name);
    }
    isAnswer(grantif.judge(json, json), "judge");
  });
  fc.assert(property, { numRuns: 1000, seed: 1 });
  works(grantif);
});

test("what is too large is refused without being copied", async () => {
  const { memory } = await init();
  const before = memory.buffer.byteLength;
  const large = "x".repeat(50 << 20);
  const { error } = grantif.check(large);
  assert.equal(error.id, "too-large");
  for (const [name, run] of functionsOf(grantif)) {
    isAnswer(run(large), name);
    isAnswer(run("a", { role: large }), name);
    isAnswer(run({ action: large, properties: { large } }), name);
    isAnswer(run(new Array(2e6).fill(request)), name);
  }
  assert.equal(grantif.prepareRequests(new Array(2e6)).error.id, "too-large");
  assert.ok(memory.buffer.byteLength - before < 8 << 20, "nothing of it is in the memory");
  works(grantif);
});

test("a megabyte of parentheses is answered", () => {
  for (const text of ["(".repeat(1 << 20), "NOT ".repeat(1 << 18), "[".repeat(1 << 20), "{".repeat(1 << 20)]) {
    for (const run of ["parse", "check", "fix", "format", "explain", "compile", "checkRequest"]) {
      isAnswer(grantif[run](text), run);
    }
  }
  works(grantif);
});

test("what was freed says so", () => {
  const condition = grantif.compile(DELEGATION).value;
  const prepared = grantif.prepareRequest(request).value;
  const batch = grantif.prepareRequests([request]).value;
  prepared.free();
  prepared.free();
  assert.equal(condition.evaluate(prepared).error.id, "released");
  batch.free();
  assert.equal(condition.evaluateAll(batch).error.id, "released");
  assert.equal(batch.count().error.id, "released");
  condition[Symbol.dispose ?? "free"]();
  for (const answer of [condition.evaluate(request), condition.trace(request), condition.text()]) {
    assert.equal(answer.error.id, "released");
  }
  works(grantif);
});

test("objects of another module, another class or no class are refused", () => {
  const condition = grantif.compile(DELEGATION).value;
  const others = [
    core.prepareRequest(request).value, grantif.prepareRequests([request]).value, condition,
    structuredClone(grantif.prepareRequest(request).value), { __wbg_ptr: 1 << 20 },
  ];
  for (const other of others) isAnswer(condition.evaluate(other), "evaluate");
  for (const other of others) assert.equal(condition.evaluate(other).ok, false);
  const { evaluate } = grantif.Condition.prototype;
  for (const self of [undefined, {}, new grantif.Condition(), { __wbg_ptr: 64 }]) {
    assert.equal(evaluate.call(self, request).error.id, "wrong-type");
  }
  works(grantif);
});

test("a getter that uses the module while it is looked at does no harm", () => {
  const condition = grantif.compile(DELEGATION).value;
  const sly = {
    get action() {
      condition.free();
      return "a";
    },
  };
  assert.equal(condition.evaluate(sly).error.id, "released");
  works(grantif);
});

test("workers have a module each", async () => {
  const answer = (text) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: text });
      worker.once("message", resolve);
      worker.once("error", reject);
    });
  const texts = [DELEGATION, "@Request[a:b] StringEqual 'x'", DELEGATION, "("];
  const answers = await Promise.all(texts.map(answer));
  assert.deepEqual(answers, ["allow", "unknown-operator", "allow", answers[3]]);
  assert.equal(answers[3], grantif.compile("(").error.id);
});

test("100,000 calls leave the memory as it was", async () => {
  const { memory } = await init();
  const round = (count) => {
    for (let index = 0; index < count; index += 1) {
      const condition = grantif.compile(DELEGATION).value;
      condition.evaluate(request);
      condition.free();
      grantif.compile(`@Request[a:b] StringEqual '${index}'`);
      grantif.evaluate;
    }
  };
  round(1000);
  const before = memory.buffer.byteLength;
  round(50_000);
  assert.equal(memory.buffer.byteLength, before);
});

test("what nobody frees is freed by the garbage collector", { skip: !globalThis.gc && "needs --expose-gc" }, async () => {
  const { memory } = await init();
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
  const round = async (rounds) => {
    for (let index = 0; index < rounds; index += 1) {
      for (let made = 0; made < 1000; made += 1) {
        grantif.compile(DELEGATION);
        grantif.prepareRequest(request);
      }
      globalThis.gc();
      await turn();
    }
  };
  await round(5);
  const before = memory.buffer.byteLength;
  await round(50);
  assert.ok(memory.buffer.byteLength <= before, `${before} grew to ${memory.buffer.byteLength}`);
});
