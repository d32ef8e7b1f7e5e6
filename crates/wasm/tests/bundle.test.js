// Bundled by esbuild: with the module inside, and for Node with the package left outside.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { build } from "esbuild";
import { removed } from "./programs.js";

const folder = mkdtempSync(join(import.meta.dirname, "bundle-"));
after(() => removed(folder));

const bundle = async (name, contents, options) => {
  const outfile = join(folder, name);
  const stdin = { contents, resolveDir: import.meta.dirname };
  await build({ stdin, bundle: true, format: "esm", outfile, logLevel: "error", ...options });
  return execFileSync(process.execPath, [outfile], { encoding: "utf8" });
};

for (const entry of ["grantif", "grantif/core"]) {
  const module = entry === "grantif" ? "grantif/grantif.wasm" : "grantif/core.wasm";
  test(`${entry} is bundled with its module inside`, async () => {
    const program = `
      import init, { format } from ${JSON.stringify(entry)};
      import module from ${JSON.stringify(module)};
      await init({ module_or_path: module });
      console.log(format("exists @Request[a:b]", { layout: "one-line" }).value);
    `;
    const options = { platform: "browser", target: "node20", loader: { ".wasm": "binary" } };
    assert.equal(await bundle("inside.mjs", program, options), "Exists @Request[a:b]\n");
  });

  test(`${entry} is left outside of a bundle for Node`, async () => {
    const program = `
      import { format } from ${JSON.stringify(entry)};
      console.log(format("exists @Request[a:b]", { layout: "one-line" }).value);
    `;
    const options = { platform: "node", packages: "external" };
    assert.equal(await bundle("outside.mjs", program, options), "Exists @Request[a:b]\n");
  });
}
