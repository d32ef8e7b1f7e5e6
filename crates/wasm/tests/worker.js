// Decides one request in a thread of its own.

import { parentPort, workerData } from "node:worker_threads";
import { compile } from "grantif";
import { CASES } from "./samples.js";

const compiled = compile(workerData);
parentPort.postMessage(
  compiled.ok ? compiled.value.evaluate(CASES[0].request).value : compiled.error.id,
);
