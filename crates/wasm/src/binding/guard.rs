//! What `guard.js` does for us.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(raw_module = "./guard.js")]
extern "C" {
    /// Gives `=` and the text, or `!` and what is wrong with it.
    #[wasm_bindgen(js_name = textOf)]
    pub(super) fn text_of(value: &JsValue, limit: u32) -> String;

    /// Gives `=` and the JSON of a value, nothing behind it for `undefined`; or `!` and what is wrong.
    #[wasm_bindgen(js_name = jsonOf)]
    pub(super) fn json_of(value: &JsValue, limit: u32) -> String;

    /// Gives the text itself for a string, and its JSON for anything else.
    #[wasm_bindgen(js_name = documentOf)]
    pub(super) fn document_of(value: &JsValue, limit: u32) -> String;

    /// Gives the length of a list; of anything else -1.
    #[wasm_bindgen(js_name = lengthOf)]
    pub(super) fn length_of(value: &JsValue) -> f64;

    /// Does what [`json_of`] does, for an item of a list.
    #[wasm_bindgen(js_name = itemOf)]
    pub(super) fn item_of(list: &JsValue, index: u32, limit: u32) -> String;

    /// Gives the number under which [`done`] handed a value out, or -1.
    #[wasm_bindgen(js_name = handleOf)]
    pub(super) fn handle_of(value: &JsValue) -> f64;

    /// Makes `{ ok: true, value }` and remembers the number of the value.
    #[wasm_bindgen(js_name = done)]
    pub(super) fn done(value: &JsValue, handle: f64) -> JsValue;

    /// Gives `{ ok: true, value: "allow" }` or `"deny"`; the same object each time.
    #[wasm_bindgen(js_name = decided)]
    pub(super) fn decided(allowed: bool) -> JsValue;

    /// Makes `{ ok: true, value: Uint8Array }`.
    #[wasm_bindgen(js_name = bytes)]
    pub(super) fn bytes(values: &[u8]) -> JsValue;

    /// Reads JSON of ours.
    #[wasm_bindgen(js_name = fromJson)]
    pub(super) fn from_json(text: &str) -> JsValue;
}

#[cfg(feature = "full")]
#[wasm_bindgen(raw_module = "./guard.js")]
extern "C" {
    /// Gives the milliseconds since 1970.
    #[wasm_bindgen(js_name = now)]
    pub(super) fn now() -> f64;

    /// Says whether a text is in Unicode's form NFC.
    #[wasm_bindgen(js_name = isNfc)]
    pub(super) fn is_nfc(text: &str) -> bool;
}
