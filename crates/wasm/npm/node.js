// For Node: the module is read from its file, and ready when this is imported.

import { readFileSync } from "node:fs";
import { Condition, PreparedRequest, RequestBatch, initSync } from "./grantif.js";
import { adopt } from "./guard.js";

initSync({ module: readFileSync(new URL("./grantif_bg.wasm", import.meta.url)) });
adopt(Condition, PreparedRequest, RequestBatch);

export * from "./grantif.js";
export { default } from "./grantif.js";
