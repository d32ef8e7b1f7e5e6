// For browsers, workers and bundlers: ready after `await init()`.

import { Condition, PreparedRequest, RequestBatch } from "./grantif.js";
import { adopt } from "./guard.js";

adopt(Condition, PreparedRequest, RequestBatch);

export * from "./grantif.js";
export { default } from "./grantif.js";
