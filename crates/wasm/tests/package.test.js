// What is packed, and the types: the emitted declarations are kept, and programs hold to them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { removed } from "./programs.js";

const home = join(import.meta.dirname, "node_modules/grantif");
const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));

const ENTRY = ["grantif.d.ts", "grantif.js", "grantif_bg.wasm", "guard.js", "node.js", "web.js"];
const FILES = [
  "LICENSE-APACHE", "LICENSE-MIT", "README.md", "cli.js", "cli.wasm",
  ...ENTRY.map((name) => `core/${name}`), ...ENTRY.map((name) => `full/${name}`), "package.json",
];

test("the package holds these files and no others", () => {
  const packed = readdirSync(home, { recursive: true }).filter((name) => statSync(join(home, name)).isFile());
  assert.deepEqual(packed.sort(), [...FILES].sort());
  for (const name of FILES.filter((name) => /\.(js|ts)$/.test(name))) {
    assert.doesNotMatch(readFileSync(join(home, name), "utf8"), /sourceMappingURL/, name);
  }
  for (const name of FILES) {
    const bytes = readFileSync(join(home, name));
    console.log(`${name}: ${bytes.length} bytes, ${gzipSync(bytes).length} after gzip`);
  }
});

test("the manifest names a licence, what Node it needs, and files that are there", () => {
  assert.match(manifest.license, /MIT OR Apache-2\.0/);
  assert.notEqual(manifest.version, "0.0.0");
  assert.deepEqual(manifest.engines, { node: ">=20" });
  assert.equal(manifest.dependencies, undefined);
  const named = [manifest.bin.grantif, ...Object.values(manifest.exports).flatMap((one) => (typeof one === "string" ? one : Object.values(one)))];
  for (const name of named) assert.ok(existsSync(join(home, name)), name);
});

for (const entry of ["full", "core"]) {
  test(`the types of ${entry} are those that are kept`, () => {
    const kept = join(import.meta.dirname, `types/${entry}.d.ts`);
    const emitted = readFileSync(join(home, entry, "grantif.d.ts"), "utf8");
    if (process.env.GRANTIF_BLESS === "1") writeFileSync(kept, emitted);
    assert.equal(emitted, readFileSync(kept, "utf8"), "GRANTIF_BLESS=1 keeps the new ones; read the difference");
  });
}

test("programs hold to the types", () => {
  const folder = mkdtempSync(join(import.meta.dirname, "types-"));
  after(() => removed(folder));
  const program = `
    import init, { check, compile, emit, type Answer, type CheckOptions, type Finding } from "grantif";
    import { parse, type Expression } from "grantif/core";

    await init();
    const options: CheckOptions = { role: "Owner", rules: { "quoted-boolean": "off" } };
    const checked = check("", options);
    const findings: Finding[] = checked.ok ? checked.value.findings : (checked.error.findings ?? []);
    const place: number = findings[0]?.place.start ?? 0;
    const compiled = compile("");
    if (compiled.ok) {
      const decided: Answer<"allow" | "deny"> = compiled.value.evaluate({ action: "a", attributes: { x: [1, "a"] } });
      compiled.value.free();
    }
    const parsed = parse("");
    const kinds = (one: Expression): string => (one.kind === "and" ? one.operands.map(kinds).join() : one.kind);
    if (parsed.ok && parsed.value.expression) kinds(parsed.value.expression);
    // @ts-expect-error: a target is needed
    emit({}, {});
    // @ts-expect-error: there is no such level
    check("", { rules: { comment: "loud" } });
    // @ts-expect-error: a condition is text
    check(7);
    export { place };
  `;
  writeFileSync(join(folder, "program.ts"), program);
  const compiler = join(import.meta.dirname, "node_modules/typescript/bin/tsc");
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom,esnext.disposable"];
  const { status, stdout } = spawnSync(process.execPath, [compiler, ...options, join(folder, "program.ts")], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});
