//! What the page asks of the browser: small things remembered, the clipboard, downloads.

use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// Remembers how somebody likes the page; a browser that forbids it forgets.
pub(crate) fn remember(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage costs a preference, nothing else.
        let _ = storage.set_item(&format!("grantif.{key}"), value);
    }
}

/// Returns what was remembered.
pub(crate) fn recall(key: &str) -> Option<String> {
    storage()?.get_item(&format!("grantif.{key}")).ok()?
}

/// Gives a text to the person as a file.
pub(crate) fn download(name: &str, mime: &str, text: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&text.into());
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let document = web_sys::window()?.document()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    Url::revoke_object_url(&url).ok()
}

/// Puts a text on the clipboard.
pub(crate) fn copy(text: &str) {
    if let Some(window) = web_sys::window() {
        // The person sees at once whether pasting works; there is nothing to wait for.
        let _ = window.navigator().clipboard().write_text(text);
    }
}

/// Sets an attribute of the page as a whole, which style sheets read.
pub(crate) fn mark_page(name: &str, value: Option<&str>) -> Option<()> {
    let root = web_sys::window()?.document()?.document_element()?;
    match value {
        Some(value) => root.set_attribute(name, value).ok(),
        None => root.remove_attribute(name).ok(),
    }
}

/// Marks a moment, for the browser's own measurements.
pub(crate) fn mark(name: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        // Measurements that the browser refuses are only missing from the report.
        let _ = performance.mark(name);
    }
}

/// Moves the focus to the element of an id.
pub(crate) fn focus(id: &str) -> Option<()> {
    use wasm_bindgen::JsCast as _;
    let element = web_sys::window()?.document()?.get_element_by_id(id)?;
    element.dyn_into::<web_sys::HtmlElement>().ok()?.focus().ok()
}

/// Sets a custom property of the page, which style sheets read.
pub(crate) fn set_page_property(name: &str, value: &str) -> Option<()> {
    use wasm_bindgen::JsCast as _;
    let root = web_sys::window()?.document()?.document_element()?;
    root.dyn_into::<web_sys::HtmlElement>().ok()?.style().set_property(name, value).ok()
}

/// Says whether the person's system is dark.
pub(crate) fn prefers_dark() -> bool {
    let query = web_sys::window()
        .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten());
    query.is_some_and(|query| query.matches())
}
