// Bundles the editor's JavaScript and style sheets.
//
//   node build.mjs parts OUT          what `trunk serve` copies beside the program
//   node build.mjs site PROGRAM OUT   the site: one start script, hashed names, split where loaded late
//   node build.mjs weigh OUT          what the first load weighs: name, bytes, bytes after brotli

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { brotliCompressSync } from "node:zlib";
import { readdir, readFile, writeFile, copyFile } from "node:fs/promises";
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

/** The program imports `./editor.js` and its like, which in the site are part of the same bundle. */
const islands = {
  name: "islands",
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\/(account|editor|library)\.js$/ }, (found) => ({
      path: path.join(here, "src", found.path.replace(/\.js$/, ".ts")),
    }));
  },
};

/** Where the page may connect to at all; `src/start/connections.ts` narrows it to what was chosen. */
const CONNECTIONS = [
  "'self'",
  ...Object.values(JSON.parse(await readFile(path.join(here, "clouds.json"), "utf8"))).flatMap(Object.values),
  // A sandbox on this computer.
  "http://127.0.0.1:*", "https://127.0.0.1:*", "http://localhost:*", "https://localhost:*",
];

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  `connect-src ${CONNECTIONS.join(" ")}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Why each rule is there, from its page. It is asked for rarely, so it is a file of its own. */
async function reasons(out) {
  const folder = path.join(here, "../../docs/rules");
  const found = {};
  for (const file of (await readdir(folder)).sort()) {
    const page = await readFile(path.join(folder, file), "utf8");
    const why = page.split("\n## Why\n")[1]?.split("\n## ")[0];
    if (why) found[path.basename(file, ".md")] = why.trim().split(/\s+/).join(" ");
  }
  await writeFile(path.join(out, "reasons.json"), JSON.stringify(found));
}

async function parts(out) {
  await build({
    ...common,
    entryPoints: ["src/account.ts", "src/editor.ts", "src/library.ts", "../styles.css"],
    outdir: out,
    minify: false,
    outbase: "src",
    entryNames: "[name]",
  });
  await reasons(out);
}

async function site(program, out) {
  const result = await build({
    ...common,
    entryPoints: { start: "src/start.ts", styles: "../styles.css", "signed-in": "src/signed-in.ts" },
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
  const outputs = Object.entries(result.metafile.outputs);
  const named = (entry) =>
    path.basename(outputs.find(([, output]) => output.entryPoint === entry)[0]);
  const wasm = path.basename(outputs.find(([name]) => name.endsWith(".wasm"))[0]);
  for (const asset of await readdir(path.join(here, "../assets"))) {
    await copyFile(path.join(here, "../assets", asset), path.join(out, asset));
  }
  await reasons(out);
  await writeFile(path.join(out, "index.html"), await page(named("src/start.ts"), named("../styles.css"), wasm));
  await writeFile(path.join(out, "signed-in.html"), signedIn(named("src/signed-in.ts")));
  await serviceWorker(out);
}

/** The page that an identity provider leads back to. */
function signedIn(script) {
  const policy = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'";
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <title>grantif: signed in</title>
    <script type="module" src="${script}"></script>
  </head>
  <body></body>
</html>
`;
}

/** What a first visit loads before it works: the page, what it names, and what that imports. */
async function weigh(out) {
  const text = (file) => readFile(path.join(out, file), "utf8");
  const found = new Set(["index.html"]);
  const named = /(?:href|src)="([\w.-]+\.(?:js|css|wasm))"/g;
  for (const [, file] of (await text("index.html")).matchAll(named)) found.add(file);
  for (const file of found) {
    if (!file.endsWith(".js")) continue;
    for (const [, other] of (await text(file)).matchAll(/(?:from|import)"\.\/([\w.-]+\.js)"/g)) found.add(other);
  }
  for (const file of found) {
    const bytes = await readFile(path.join(out, file));
    console.log([file, bytes.length, brotliCompressSync(bytes).length].join("\t"));
  }
}

/** The page of the site: that of `trunk serve`, with what a site adds. */
async function page(script, styles, wasm) {
  const source = await readFile(path.join(here, "../index.html"), "utf8");
  const lines = source.split("\n").filter((line) => !line.includes("data-trunk"));
  const head = [
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}" />`,
    `<link rel="stylesheet" href="${styles}" />`,
    `<link rel="preload" href="${wasm}" as="fetch" type="application/wasm" crossorigin />`,
    `<script type="module" src="${script}"></script>`,
  ];
  const at = lines.findIndex((line) => line.includes("charset")) + 1;
  return [...lines.slice(0, at), ...head.map((line) => `    ${line}`), ...lines.slice(at)].join("\n");
}

async function serviceWorker(out) {
  const files = (await readdir(out)).filter((file) => !file.endsWith(".LEGAL.txt")).sort();
  const digest = createHash("sha256");
  for (const file of files) digest.update(file).update(await readFile(path.join(out, file)));
  // Signing in needs the network, so what it takes is not kept.
  const names = files.filter((file) => file !== "index.html" && !/^(msal|signed-in)[-.]/.test(file));
  await build({
    ...common,
    format: "iife",
    entryPoints: ["src/service-worker.ts"],
    outdir: out,
    legalComments: "none",
    define: {
      FILES: JSON.stringify(["./", "index.html", ...names]),
      BUILD: JSON.stringify(digest.digest("hex").slice(0, 16)),
    },
  });
}

if (mode === "parts" && rest.length === 1) {
  await parts(path.resolve(rest[0]));
} else if (mode === "site" && rest.length === 2) {
  await site(path.resolve(rest[0]), path.resolve(rest[1]));
} else if (mode === "weigh" && rest.length === 1) {
  await weigh(path.resolve(rest[0]));
} else {
  console.error("node build.mjs parts OUT | site PROGRAM OUT | weigh OUT");
  process.exitCode = 2;
}
