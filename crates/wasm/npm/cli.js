#!/usr/bin/env node
// The command line: the same program as the native binary, built for WASI and run by Node.

import { chmodSync, readFileSync, readSync, statSync, writeSync } from "node:fs";
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
let memory;

// The numbers of WASI for what goes wrong.
const SUCCESS = 0;
const NOT_PERMITTED = 2;
const ERRORS = { EIO: 29, EISDIR: 31, ENOSPC: 51, EPIPE: 64 };

/**
 * Does something with each of the buffers that WASI names, until one is not done whole. Pipes may be
 * set not to wait; then it is tried again.
 */
function transfer(buffers, count, done, act) {
  const view = new DataView(memory.buffer);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const start = view.getUint32(buffers + index * 8, true);
    const length = view.getUint32(buffers + index * 8 + 4, true);
    let moved = 0;
    while (moved < length) {
      try {
        const step = act(new Uint8Array(memory.buffer, start + moved, length - moved));
        moved += step;
        if (step === 0 || act === read) break;
      } catch (error) {
        if (error.code === "EOF") break;
        if (error.code !== "EAGAIN") return ERRORS[error.code] ?? ERRORS.EIO;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
      }
    }
    total += moved;
    if (moved < length) break;
  }
  view.setUint32(done, total, true);
  return SUCCESS;
}

const read = (bytes) => readSync(0, bytes);
const { fd_read: readFile, fd_write: writeFile, path_rename: rename } = calls;
calls.fd_read = (file, ...rest) =>
  file === 0 ? transfer(...rest, read) : readFile(file, ...rest);
calls.fd_write = (file, ...rest) =>
  file === 1 || file === 2
    ? transfer(...rest, (bytes) => writeSync(file, bytes))
    : writeFile(file, ...rest);

// WASI knows no permissions. A file that takes the place of another gets those of the other here,
// and takes no place that may not be written.
const pathAt = (start, length) => root + Buffer.from(memory.buffer, start, length).toString("utf8");
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
