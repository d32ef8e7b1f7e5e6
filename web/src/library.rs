//! The documents that this browser keeps: `web/js/src/library.ts`.

use serde::Deserialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./library.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = keep)]
    async fn keep_document(id: &str, name: &str, json: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = list)]
    async fn list_documents() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = forget)]
    async fn forget_document(id: &str) -> Result<(), JsValue>;
}

/// A document that is kept.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Kept {
    pub(crate) id: String,
    pub(crate) name: String,
    /// When it was last changed, in milliseconds since 1970.
    pub(crate) changed: f64,
    pub(crate) json: String,
}

/// Keeps a document; a browser that forbids it keeps nothing, and the work goes on.
pub(crate) async fn keep(id: &str, name: &str, json: &str) {
    let _ = keep_document(id, name, json).await;
}

/// Lists what is kept, the newest first; nothing where the browser forbids it.
pub(crate) async fn list() -> Vec<Kept> {
    let listed = list_documents().await.ok().and_then(|value| value.as_string());
    listed.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

/// Forgets a document.
pub(crate) async fn forget(id: &str) {
    let _ = forget_document(id).await;
}
