// Measures the package beside Cedar's in one run, and writes the table of docs/performance.md:
// `node bench.js [docs/performance.md]`. Leave the machine alone meanwhile.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import * as grantif from "grantif";
import { CASES, DELEGATION } from "./samples.js";

const ROLES = `["7f951dda-4ed3-4680-a7ca-43fe172d538d", "8311e382-0749-4cb8-b61a-304f252e45ec",
  "acdd72a7-3385-48ef-bd42-f606fba81ae7", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"]`;
const POLICY = `permit(principal, action, resource) when {
  (action != Action::"Microsoft.Authorization/roleAssignments/write" ||
    ${ROLES}.contains(context.roleDefinitionId)) &&
  (action != Action::"Microsoft.Authorization/roleAssignments/delete" ||
    ${ROLES}.contains(resource.roleDefinitionId))
};`;

/** The same request for Cedar, whose policies were read before. */
const forCedar = ({ action, role }) => {
  const resource = { type: "RoleAssignment", id: "it" };
  const it = { roleDefinitionId: role };
  return {
    principal: { type: "User", id: "me" },
    action: { type: "Action", id: `Microsoft.Authorization/roleAssignments/${action}` },
    resource,
    context: action === "write" ? it : {},
    entities: action === "write" ? [] : [{ uid: resource, attrs: it, parents: [] }],
    preparsedPolicySetId: "delegation",
  };
};

const median = (times) => times.sort((one, other) => one - other)[Math.floor(times.length / 2)];

/** The median time of a call in nanoseconds, over many rounds too short to be interrupted often. */
const timed = (call, calls, rounds = 301) => {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = process.hrtime.bigint();
    for (let index = 0; index < calls; index += 1) call();
    times.push(Number(process.hrtime.bigint() - start) / calls);
  }
  return median(times);
};

const shown = (nanoseconds) =>
  nanoseconds < 1000 ? `${nanoseconds.toFixed(0)} ns`
  : nanoseconds < 1e6 ? `${(nanoseconds / 1000).toFixed(1)} µs`
  : `${(nanoseconds / 1e6).toFixed(1)} ms`;

const condition = grantif.compile(DELEGATION).value;
assert.equal(cedar.preparsePolicySet("delegation", { staticPolicies: POLICY }).type, "success");

const rows = CASES.map((one) => {
  const prepared = grantif.prepareRequest(one.request).value;
  const call = forCedar(one);
  // All must do the same work before anything is measured.
  assert.equal(condition.evaluate(prepared).value, one.decision);
  assert.equal(condition.evaluate(one.request).value, one.decision);
  assert.equal(cedar.statefulIsAuthorized(call).response.decision, one.decision);
  const [ready, plain, other] = [
    timed(() => condition.evaluate(prepared), 1000),
    timed(() => condition.evaluate(one.request), 100),
    timed(() => cedar.statefulIsAuthorized(call), 20),
  ];
  const ratio = (other / ready).toFixed(0);
  return `|${one.name}|${shown(ready)}|${shown(plain)}|${shown(other)}|${ratio}|10|`;
});

const batch = grantif.prepareRequests(
  Array.from({ length: 100_000 }, (_, index) => CASES[index % CASES.length].request),
).value;
const batched = timed(() => condition.evaluateAll(batch), 1, 51);

const instantiated = () => {
  const home = new URL("./node_modules/grantif/full/", import.meta.url).href;
  const program = `
    import { readFileSync } from "node:fs";
    import { initSync } from "${home}grantif.js";
    const bytes = readFileSync(new URL("${home}grantif_bg.wasm"));
    const start = performance.now();
    initSync({ module: bytes });
    console.log(performance.now() - start);
  `;
  const args = ["--input-type=module", "--eval", program];
  return Number(execFileSync(process.execPath, args, { encoding: "utf8" })) * 1e6;
};
const started = median(Array.from({ length: 11 }, instantiated));

const weigh = new URL("./weigh.js", import.meta.url).pathname;
const size = (entry) => {
  const file = new URL(`./node_modules/grantif/${entry}/grantif_bg.wasm`, import.meta.url).pathname;
  const [raw, brotli] = execFileSync(process.execPath, [weigh, file], { encoding: "utf8" }).split(" ");
  return `${(raw / 1024).toFixed(0)} KiB, ${(brotli / 1024).toFixed(0)} KiB after brotli`;
};

const manifest = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"));
const version = manifest.dependencies["@cedar-policy/cedar-wasm"];
const day = new Date().toISOString().slice(0, 10);
const table = `Measured on ${cpus().length} cores of ${cpus()[0].model.trim()}, Node ${process.versions.node}, ${day}.

|decide|grantif, prepared|grantif, plain object|cedar-wasm ${version}|cedar-wasm ÷ prepared|goal|
|---|--:|--:|--:|--:|--:|
${rows.join("\n")}

|the module|measured|goal|
|---|--:|--:|
|100,000 prepared requests in one call|${shown(batched)}|60 ms|
|instantiated in Node|${shown(started)}|20 ms|
|\`grantif\`, with the role catalog|${size("full")}|350 KiB|
|\`grantif/core\`|${size("core")}|120 KiB|`;

console.log(table);
const page = process.argv[2];
if (page !== undefined) {
  const [begin, end] = ["<!-- measured in Node: begin -->", "<!-- measured in Node: end -->"];
  const text = readFileSync(page, "utf8");
  const [before, after] = [text.split(begin)[0], text.split(end)[1]];
  writeFileSync(page, `${before}${begin}\n${table}\n${end}${after}`);
}
