// Starts the program.

import init from "program";
import wasm from "program.wasm";
import { limitConnections } from "./start/connections";

limitConnections();
await init({ module_or_path: new URL(wasm, import.meta.url) });
// The first effects have run once what is queued behind them does.
await Promise.resolve();
document.documentElement.dataset.started = "";
performance.mark("works");

// A page from a folder has no service worker, and one that is refused is only not kept for later.
if ("serviceWorker" in navigator && location.protocol.startsWith("http")) {
  navigator.serviceWorker.register(new URL("service-worker.js", document.baseURI)).catch(() => {});
}
