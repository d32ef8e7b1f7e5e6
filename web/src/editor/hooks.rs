//! What the text view asks.

use super::tokens;
use crate::browser;
use crate::session::Session;
use js_sys::{Object, Reflect, Uint32Array};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// The functions that the text view calls, and the object it finds them in.
pub(super) struct Hooks {
    object: Object,
    _tokens: Closure<dyn Fn(String) -> Uint32Array>,
    _changed: Closure<dyn Fn(String)>,
}

impl Hooks {
    pub(super) fn new(session: Session) -> Self {
        let object = Object::new();
        let read: Closure<dyn Fn(String) -> Uint32Array> =
            Closure::new(|text: String| Uint32Array::from(tokens::classes(&text).as_slice()));
        let changed: Closure<dyn Fn(String)> = Closure::new(move |text: String| {
            browser::mark("keystroke");
            session.text.set(Arc::from(text));
        });
        set(&object, "tokens", read.as_ref());
        set(&object, "changed", changed.as_ref());
        Self { object, _tokens: read, _changed: changed }
    }

    pub(super) fn object(&self) -> &JsValue {
        &self.object
    }
}

/// Sets a property of an object made here, which cannot refuse it.
fn set(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}
