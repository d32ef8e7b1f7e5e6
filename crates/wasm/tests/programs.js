// The programs of the README, by the name on their first line.

import { readFileSync, rmSync } from "node:fs";

export function programs() {
  const readme = readFileSync(new URL("./node_modules/grantif/README.md", import.meta.url), "utf8");
  const found = {};
  for (const [, text] of readme.matchAll(/^```(?:js|html)\n([\s\S]*?)^```/gm)) {
    const name = /^(?:\/\/|<!--) (\S+\.\w+)/.exec(text)?.[1];
    if (name !== undefined) found[name] = text;
  }
  return found;
}

export function removed(folder) {
  rmSync(folder, { recursive: true, force: true });
}
