// Starts the program.

import init from "program";
import wasm from "program.wasm";

await init({ module_or_path: new URL(wasm, import.meta.url) });
