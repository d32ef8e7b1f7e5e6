//! What the text view tells and asks.

use super::wire;
use crate::browser;
use crate::session::Session;
use js_sys::{Object, Reflect};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use workbench::Range;
use workbench::analysis::{complete, hover};

/// The functions that the text view calls, and the object it finds them in.
pub(super) struct Hooks {
    object: Object,
    _changed: Closure<dyn Fn(String)>,
    _selected: Closure<dyn Fn(u32, u32)>,
    _asked: [Closure<dyn Fn(u32) -> String>; 2],
}

impl Hooks {
    pub(super) fn new(session: Session) -> Self {
        let changed: Closure<dyn Fn(String)> = Closure::new(move |text: String| {
            browser::mark("keystroke");
            session.text.set(Arc::from(text));
        });
        let selected: Closure<dyn Fn(u32, u32)> =
            Closure::new(move |from, to| session.selected.set(Range { from, to }));
        let completed: Closure<dyn Fn(u32) -> String> = Closure::new(move |at| {
            let (condition, settings) =
                (session.condition.get_untracked(), session.settings.get_untracked());
            let offered = complete(&condition, at, &settings);
            wire::json(&offered.as_ref().map(wire::Offered::of))
        });
        let hovered: Closure<dyn Fn(u32) -> String> = Closure::new(move |at| {
            let (condition, settings) =
                (session.condition.get_untracked(), session.settings.get_untracked());
            let found = hover(&condition, at, &settings);
            wire::json(&found.as_ref().map(wire::Card::of))
        });
        let object = Object::new();
        for (name, function) in [
            ("changed", changed.as_ref()),
            ("selected", selected.as_ref()),
            ("complete", completed.as_ref()),
            ("hover", hovered.as_ref()),
        ] {
            // An object that was made here takes every property.
            let _ = Reflect::set(&object, &name.into(), function);
        }
        Self { object, _changed: changed, _selected: selected, _asked: [completed, hovered] }
    }

    pub(super) fn object(&self) -> &JsValue {
        &self.object
    }
}
