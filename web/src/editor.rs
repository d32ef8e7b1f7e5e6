//! The text view, seen from Rust: `web/js/src/editor.ts`.

mod hooks;
mod tokens;

use crate::analysis::Analysis;
use crate::session::Session;
use abac_eval::{Part, Trace, Truth};
use diagnostics::Severity;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen(raw_module = "./editor.js")]
extern "C" {
    #[wasm_bindgen(js_name = Editor)]
    type View;

    #[wasm_bindgen(constructor, js_class = "Editor")]
    fn new(parent: &Element, text: &str, hooks: &JsValue) -> View;
    #[wasm_bindgen(method)]
    fn open(this: &View, text: &str);
    #[wasm_bindgen(method)]
    fn edit(this: &View, edits: &str);
    #[wasm_bindgen(method)]
    fn names(this: &View, names: &str);
    #[wasm_bindgen(method)]
    fn outcomes(this: &View, outcomes: &[u32]);
    #[wasm_bindgen(method)]
    fn findings(this: &View, findings: &str);
    #[wasm_bindgen(method, js_name = nextFinding)]
    fn next_finding(this: &View);
    #[wasm_bindgen(method)]
    fn select(this: &View, from: u32, to: u32, focus: bool);
    #[wasm_bindgen(method)]
    fn focus(this: &View);
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
    _hooks: hooks::Hooks,
}

/// A change of the text, in the units that JavaScript counts in.
#[derive(Debug, Serialize)]
struct Edit<'t> {
    from: u32,
    to: u32,
    insert: &'t str,
}

#[derive(Serialize)]
struct Finding<'t> {
    id: &'t str,
    from: u32,
    to: u32,
    severity: &'static str,
    message: &'t str,
    caret: Option<&'t str>,
    help: Option<&'t str>,
    fix: Option<Fix<'t>>,
}

#[derive(Serialize)]
struct Fix<'t> {
    title: &'t str,
    edits: Vec<Edit<'t>>,
}

#[derive(Serialize)]
struct Name<'t> {
    at: u32,
    text: &'t str,
}

impl Editor {
    /// Puts the text view into an element.
    pub(crate) fn new(parent: &Element, session: Session, text: &str) -> Self {
        let hooks = hooks::Hooks::new(session);
        Self { view: View::new(parent, text, hooks.object()), _hooks: hooks }
    }

    /// Shows another document.
    pub(crate) fn open(&self, text: &str) {
        self.view.open(text);
    }

    /// Makes edits of the text as one step that can be undone.
    pub(crate) fn edit(&self, analysis: &Analysis, edits: &[diagnostics::Edit]) {
        self.view.edit(&json(&wire_edits(analysis, edits)));
    }

    /// Makes the whole text another one, as one step that can be undone.
    pub(crate) fn replace_all(&self, analysis: &Analysis, text: &str) {
        let length = u32::try_from(analysis.text.len()).unwrap_or(u32::MAX);
        let to = analysis.lines.utf16_offset(length);
        self.view.edit(&json(&[Edit { from: 0, to, insert: text }]));
    }

    /// Shows findings as squiggles.
    pub(crate) fn show_findings(&self, analysis: &Analysis) {
        let wire = analysis.findings.iter().map(|finding| {
            let (from, to) = analysis.utf16(finding.span);
            Finding {
                id: &finding.id,
                from,
                to,
                severity: match finding.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Advice => "info",
                },
                message: &finding.message,
                caret: finding.caret.as_deref(),
                help: finding.help.as_deref(),
                fix: finding
                    .fix
                    .as_ref()
                    .map(|fix| Fix { title: &fix.title, edits: wire_edits(analysis, &fix.edits) }),
            }
        });
        self.view.findings(&json(&wire.collect::<Vec<_>>()));
    }

    /// Shows the names of roles behind their GUIDs.
    pub(crate) fn show_names(&self, analysis: &Analysis) {
        let catalog = abac_catalog::Catalog::builtin();
        let guids = abac_syntax::tokenize(&analysis.text, abac_syntax::Holes::Refused)
            .into_iter()
            .filter(|token| token.kind == abac_syntax::TokenKind::Guid);
        let names: Vec<_> = guids
            .filter_map(|token| {
                let role = catalog.role(token.span.of(&analysis.text))?;
                Some(Name { at: analysis.utf16(token.span).1, text: role.name() })
            })
            .collect();
        self.view.names(&json(&names));
    }

    /// Colours the single clauses by what became of them.
    pub(crate) fn show_outcomes(&self, analysis: &Analysis, trace: &Trace) {
        let mut outcomes = Vec::new();
        for clause in trace.clauses.iter().filter(|clause| clause.is_single()) {
            if clause.part == Part::NotNeeded {
                continue;
            }
            let (from, to) = analysis.utf16(clause.span);
            let outcome = match clause.outcome {
                Truth::False => 0,
                Truth::True => 1,
                Truth::Unknown => 2,
            };
            outcomes.extend([from, to, outcome]);
        }
        self.view.outcomes(&outcomes);
    }

    /// Goes to the next finding.
    pub(crate) fn next_finding(&self) {
        self.view.next_finding();
    }

    /// Selects a place in the text.
    pub(crate) fn select(&self, analysis: &Analysis, span: diagnostics::Span, focus: bool) {
        let (from, to) = analysis.utf16(span);
        self.view.select(from, to, focus);
    }

    /// Moves the focus into the text.
    pub(crate) fn focus(&self) {
        self.view.focus();
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

fn wire_edits<'t>(analysis: &Analysis, edits: &'t [diagnostics::Edit]) -> Vec<Edit<'t>> {
    let wire = |edit: &'t diagnostics::Edit| {
        let (from, to) = analysis.utf16(edit.span);
        Edit { from, to, insert: &edit.replacement }
    };
    edits.iter().map(wire).collect()
}

/// Writes what JavaScript reads back; the types here always can be written.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}
