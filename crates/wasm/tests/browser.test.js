// In real Chromium: plain ES modules, the page of the README, a worker, and a bundle.

import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { serve, start } from "./chromium.js";
import { programs, removed } from "./programs.js";
import { CASES, DELEGATION } from "./samples.js";

const USE = `
  const condition = compile(${JSON.stringify(DELEGATION)}).value;
  const answers = ${JSON.stringify(CASES.map(({ request }) => request))}
    .map((request) => condition.evaluate(request).value);
  condition.free();
  const freed = condition.evaluate({ action: "a" }).error.id;
  const wrong = compile(7).error.id;
`;
const EXPECTED = { answers: CASES.map(({ decision }) => decision), freed: "released", wrong: "wrong-type" };

const page = (script) => `<!doctype html><script type="module">${script}</script>`;
const plain = (entry) => `
  import init, { compile } from "./node_modules/grantif/${entry}/web.js";
  await init();
  ${USE}
  globalThis.seen = { answers, freed, wrong };
`;

let browser;
let server;
const bundles = mkdtempSync(join(import.meta.dirname, "bundle-"));
const folder = basename(bundles);
before(async () => {
  await build({
    stdin: {
      contents: `
        import init, { compile } from "grantif";
        import module from "grantif/grantif.wasm";
        await init({ module_or_path: module });
        ${USE}
        globalThis.seen = { answers, freed, wrong };
      `,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    format: "esm",
    platform: "browser",
    loader: { ".wasm": "file" },
    outfile: join(bundles, "bundle.js"),
    logLevel: "error",
  });
  server = await serve(import.meta.dirname, {
    "full.html": page(plain("full")),
    "core.html": page(plain("core")),
    "readme.html": programs()["page.html"],
    [`${folder}/bundle.html`]: page('import "./bundle.js";'),
    "thread.js": `
      import init, { compile } from "./node_modules/grantif/full/web.js";
      await init();
      ${USE}
      postMessage({ answers, freed, wrong });
    `,
    "worker.html": page(`
      const worker = new Worker("./thread.js", { type: "module" });
      worker.onmessage = ({ data }) => { globalThis.seen = data; };
    `),
  });
  browser = await start();
});
after(async () => {
  await browser?.close();
  server?.stop();
  removed(bundles);
});

const open = async (name) => {
  const opened = await browser.newPage();
  const errors = [];
  opened.on("pageerror", (error) => errors.push(error.message));
  await opened.goto(`${server.address}/${name}`);
  return { opened, errors };
};

for (const name of ["full.html", "core.html", `${folder}/bundle.html`, "worker.html"]) {
  test(`${basename(name)} decides in Chromium`, async () => {
    const { opened, errors } = await open(name);
    const seen = await opened
      .waitForFunction(() => globalThis.seen, undefined, { timeout: 20_000 })
      .then((handle) => handle.jsonValue())
      .catch((error) => assert.fail(`${error.message}: ${errors.join("; ")}`));
    assert.deepEqual(seen, EXPECTED);
    assert.deepEqual(errors, []);
    await opened.close();
  });
}

test("the page of the README decides in Chromium", async () => {
  const { opened, errors } = await open("readme.html");
  await opened.waitForFunction(() => document.getElementById("answer").textContent === "allow", undefined, { timeout: 20_000 });
  assert.deepEqual(errors, []);
  await opened.close();
});
