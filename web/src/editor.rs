//! The text view, seen from Rust: `web/js/src/editor.ts`.

mod hooks;
mod wire;

use crate::session::Session;
use hooks::Hooks;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use workbench::simulate::Answer;
use workbench::{Analysis, Changes, Range};

#[wasm_bindgen(raw_module = "./editor.js")]
extern "C" {
    #[wasm_bindgen(js_name = Editor)]
    type View;

    #[wasm_bindgen(constructor, js_class = "Editor")]
    fn new(parent: &Element, text: &str, hooks: &JsValue) -> View;
    #[wasm_bindgen(method)]
    fn open(this: &View, text: &str);
    #[wasm_bindgen(method)]
    fn change(this: &View, changes: &str);
    #[wasm_bindgen(method, js_name = showReading)]
    fn show_reading(this: &View, tokens: &[u32], classes: &str, rest: &str, outcomes: &[u32]);
    #[wasm_bindgen(method, js_name = showOutcomes)]
    fn show_outcomes(this: &View, outcomes: &[u32]);
    #[wasm_bindgen(method, js_name = nextFinding)]
    fn next_finding(this: &View);
    #[wasm_bindgen(method)]
    fn select(this: &View, from: u32, to: u32, focus: bool);
    #[wasm_bindgen(method)]
    fn undo(this: &View) -> bool;
    #[wasm_bindgen(method)]
    fn redo(this: &View) -> bool;
    #[wasm_bindgen(method)]
    fn measure(this: &View);
}

/// The text view.
pub(crate) struct Editor {
    view: View,
    // The view calls these as long as it is there.
    _hooks: Hooks,
}

impl Editor {
    /// Puts the text view into an element.
    pub(crate) fn new(parent: &Element, session: Session, text: &str) -> Self {
        let hooks = Hooks::new(session);
        Self { view: View::new(parent, text, hooks.object()), _hooks: hooks }
    }

    /// Shows another document.
    pub(crate) fn open(&self, text: &str) {
        self.view.open(text);
    }

    /// Changes the text as one step that can be undone.
    pub(crate) fn change(&self, changes: &Changes) {
        self.view.change(&wire::json(&wire::changes(changes)));
    }

    /// Shows what is known about the text: colours, findings, names, what can be folded, and what
    /// became of each clause.
    pub(crate) fn show(&self, analysis: &Analysis, answer: &Answer) {
        let (tokens, classes) = wire::tokens(&analysis.tokens);
        self.view.show_reading(
            &tokens,
            &wire::json(&classes),
            &wire::json(&wire::Reading::of(analysis)),
            &wire::outcomes(answer),
        );
    }

    /// Colours the single clauses by what became of them.
    pub(crate) fn show_outcomes(&self, answer: &Answer) {
        self.view.show_outcomes(&wire::outcomes(answer));
    }

    /// Goes to the next finding.
    pub(crate) fn next_finding(&self) {
        self.view.next_finding();
    }

    /// Selects a place in the text and shows it; the focus goes there where it is asked to.
    pub(crate) fn select(&self, range: Range, focus: bool) {
        self.view.select(range.from, range.to, focus);
    }

    /// Takes the last change back.
    pub(crate) fn undo(&self) -> bool {
        self.view.undo()
    }

    /// Makes the change again that was taken back.
    pub(crate) fn redo(&self) -> bool {
        self.view.redo()
    }

    /// Lets the view measure itself again after it was hidden.
    pub(crate) fn measure(&self) {
        self.view.measure();
    }
}
