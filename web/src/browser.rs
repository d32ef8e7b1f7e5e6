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

/// Returns an id that no other document of this browser has.
pub(crate) fn new_id() -> String {
    let random = || (js_sys::Math::random() * 1e9) as u64;
    format!("{:.0}-{:09}", js_sys::Date::now(), random())
}

/// Returns what stands behind `#` in the address.
pub(crate) fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    hash.map(|hash| hash.trim_start_matches('#').to_owned()).unwrap_or_default()
}

/// Takes the fragment out of the address.
pub(crate) fn drop_fragment() -> Option<()> {
    let window = web_sys::window()?;
    let path = window.location().pathname().ok()?;
    window.history().ok()?.replace_state_with_url(&"".into(), "", Some(&path)).ok()
}

/// Returns the address of the page, without its fragment.
pub(crate) fn address() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok());
    address.map(|all| all.split('#').next().unwrap_or_default().to_owned()).unwrap_or_default()
}

/// Writes a moment, in milliseconds since 1970, as the person's own language does.
pub(crate) fn moment(milliseconds: f64) -> String {
    let date = js_sys::Date::new(&milliseconds.into());
    date.to_locale_string("default", &wasm_bindgen::JsValue::UNDEFINED).into()
}

/// Scrolls an element into sight, where it is not.
pub(crate) fn reveal(id: &str) -> Option<()> {
    let element = web_sys::window()?.document()?.get_element_by_id(id)?;
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
    Some(())
}

/// Moves the focus to the first button or field within an element.
pub(crate) fn focus_within(id: &str) -> Option<()> {
    use wasm_bindgen::JsCast as _;
    let element = web_sys::window()?.document()?.get_element_by_id(id)?;
    let found = element.query_selector(".line button, textarea, button").ok()??;
    found.dyn_into::<web_sys::HtmlElement>().ok()?.focus().ok()
}

/// Returns how wide and how high the page is in sight, in pixels.
pub(crate) fn window_size() -> (f64, f64) {
    let size =
        |read: fn(&web_sys::Window) -> Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
            web_sys::window().and_then(|window| read(&window).ok()?.as_f64()).unwrap_or_default()
        };
    (size(web_sys::Window::inner_width), size(web_sys::Window::inner_height))
}

/// Returns the time.
pub(crate) fn now() -> pim_model::Timestamp {
    pim_model::Timestamp::from_millisecond(js_sys::Date::now() as i64).unwrap_or_default()
}

/// Returns bytes that nobody can guess, as names of requests need them.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        // A browser without randomness leaves zeros, and Azure refuses the name as taken.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// Returns the origin of the page.
pub(crate) fn origin() -> String {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok());
    origin.unwrap_or_default()
}

/// Says whether a sandbox serves the page, which then says so in its head.
pub(crate) fn is_served_by_sandbox() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let marked = document.and_then(|one| one.query_selector("meta[name=grantif-sandbox]").ok());
    marked.flatten().is_some()
}

/// Loads the page anew.
pub(crate) fn reload() {
    if let Some(window) = web_sys::window() {
        // A page that cannot be loaded anew stays as it is, and its person presses again.
        let _ = window.location().reload();
    }
}

/// Returns the address of a file of the site.
pub(crate) fn address_of(file: &str) -> String {
    let base = web_sys::window().and_then(|window| window.document()?.base_uri().ok().flatten());
    let url = base.and_then(|base| web_sys::Url::new_with_base(file, &base).ok());
    url.map_or_else(|| file.to_owned(), |url| url.href())
}

/// Returns the text of a file of the site.
pub(crate) async fn fetch_text(name: &str) -> Option<String> {
    use wasm_bindgen::JsCast as _;
    use wasm_bindgen_futures::JsFuture;
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str(name)).await.ok()?;
    let answer: web_sys::Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}
