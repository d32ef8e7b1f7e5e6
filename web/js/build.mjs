// Bundles the editor's JavaScript and style sheets.
//
//   node build.mjs parts OUT          what `trunk serve` copies beside the program
//   node build.mjs site PROGRAM OUT   the site: one start script, hashed names, split where loaded late

import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const [mode, ...rest] = process.argv.slice(2);
const common = {
  absWorkingDir: here,
  bundle: true,
  format: "esm",
  target: ["chrome123", "firefox128", "safari17.5"],
  minify: true,
  legalComments: "linked",
  logLevel: "warning",
};

/** The program imports `./editor.js`, which in the site is part of the same bundle. */
const islands = {
  name: "islands",
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\/editor\.js$/ }, () => ({ path: path.join(here, "src/editor.ts") }));
  },
};

if (mode === "parts") {
  const [out] = rest;
  await build({ ...common, entryPoints: ["src/editor.ts", "../styles.css"], outdir: path.resolve(out), minify: false });
} else if (mode === "site") {
  const [program, out] = rest.map((one) => path.resolve(one));
  const result = await build({
    ...common,
    entryPoints: { start: "src/start.ts", styles: "../styles.css" },
    outdir: out,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    splitting: true,
    loader: { ".wasm": "file" },
    alias: { program: path.join(program, "web.js"), "program.wasm": path.join(program, "web_bg.wasm") },
    plugins: [islands],
    metafile: true,
  });
  const named = (entry) => {
    const found = Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint === entry);
    return path.basename(found[0]);
  };
  console.log(JSON.stringify({ script: named("src/start.ts"), styles: named("../styles.css") }));
} else {
  console.error("node build.mjs parts OUT | site PROGRAM OUT");
  process.exit(2);
}
