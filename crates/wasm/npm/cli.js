#!/usr/bin/env node
// The command line: the same program as the native binary, built for WASI and run by Node.

import { chmodSync, readFileSync, statSync } from "node:fs";
import { parse } from "node:path";
import process from "node:process";

// Of Node's warnings only the one that WASI may change; nothing but `preview1` is used here.
const { emitWarning } = process;
process.emitWarning = (warning, ...rest) => {
  const [kind] = rest;
  if ((kind?.type ?? kind) === "ExperimentalWarning" && String(warning).includes("WASI")) return;
  emitWarning.call(process, warning, ...rest);
};
const { WASI } = await import("node:wasi");

const { root } = parse(process.cwd());
const wasi = new WASI({
  version: "preview1",
  args: ["grantif", ...process.argv.slice(2)],
  env: { ...process.env, PWD: process.cwd().slice(root.length - 1).replaceAll("\\", "/") },
  preopens: { "/": root },
  returnOnExit: true,
});
const { wasi_snapshot_preview1: calls } = wasi.getImportObject();

// WASI knows no permissions. A file that takes the place of another gets those of the other here,
// and takes no place that may not be written.
const NOT_PERMITTED = 2;
const rename = calls.path_rename;
let memory;
const pathAt = (start, length) =>
  root + Buffer.from(memory.buffer, start, length).toString("utf8");
calls.path_rename = (fromFolder, from, fromLength, toFolder, to, toLength) => {
  const target = statSync(pathAt(to, toLength), { throwIfNoEntry: false });
  if (target !== undefined) {
    if ((target.mode & 0o222) === 0) return NOT_PERMITTED;
    chmodSync(pathAt(from, fromLength), target.mode & 0o7777);
  }
  return rename(fromFolder, from, fromLength, toFolder, to, toLength);
};

const module = new WebAssembly.Module(readFileSync(new URL("./cli.wasm", import.meta.url)));
const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: calls });
memory = instance.exports.memory;
process.exitCode = wasi.start(instance);
