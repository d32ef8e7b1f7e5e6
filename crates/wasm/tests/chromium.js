// A real Chromium, and a server for what it shows.

import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

const names = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts Chromium, which has to be installed. */
export function start() {
  const executablePath = process.env.CHROMIUM ?? names.find((name) => existsSync(name));
  if (executablePath === undefined) throw new Error("install chromium, or name it with CHROMIUM");
  return chromium.launch({
    executablePath,
    args: [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
}

/** Serves the files of a folder, on a port that is free; for a name of `texts` its text. */
export async function serve(folder, texts) {
  const server = createServer((request, response) => {
    const name = normalize(new URL(request.url, "http://localhost").pathname).slice(1);
    const path = join(folder, name);
    if (texts[name] === undefined && !existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "text/plain" });
    response.end(texts[name] ?? readFileSync(path));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
