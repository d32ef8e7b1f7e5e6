//! The state of the page: one struct of signals that every component reads.

use crate::analysis::Analysis;
use crate::browser;
use crate::editor::Editor;
use crate::example;
use abac_catalog::Catalog;
use abac_eval::{AccessRequest, Trace};
use abac_explain::Explanation;
use leptos::prelude::*;
use std::sync::Arc;

/// How the condition is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Blocks,
    Text,
    Both,
}

impl Shown {
    pub(crate) const ALL: [(Self, &'static str); 3] =
        [(Self::Blocks, "Blocks"), (Self::Text, "Text"), (Self::Both, "Both")];

    pub(crate) const fn blocks(self) -> bool {
        !matches!(self, Self::Text)
    }

    pub(crate) const fn text(self) -> bool {
        !matches!(self, Self::Blocks)
    }
}

/// What stands beside the condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Meaning,
    Simulate,
    Deliver,
}

impl Side {
    pub(crate) const ALL: [(Self, &'static str); 3] =
        [(Self::Meaning, "Meaning"), (Self::Simulate, "Simulate"), (Self::Deliver, "Deliver")];
}

/// A dialog that lies over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialog {
    Palette,
    Shortcuts,
}

/// The state of the page. A copy is a set of handles to the same state.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    pub(crate) name: RwSignal<String>,
    pub(crate) text: RwSignal<Arc<str>>,
    pub(crate) analysis: Memo<Arc<Analysis>>,
    pub(crate) meaning: Memo<Arc<Explanation>>,
    pub(crate) requests: RwSignal<Vec<(String, AccessRequest)>>,
    pub(crate) current: RwSignal<usize>,
    pub(crate) trace: Memo<Arc<Trace>>,
    pub(crate) shown: RwSignal<Shown>,
    pub(crate) side: RwSignal<Side>,
    /// Whether the condition is in front where the halves do not fit beside each other.
    pub(crate) condition_in_front: RwSignal<bool>,
    pub(crate) dialog: RwSignal<Option<Dialog>>,
    /// What a screen reader is told next.
    pub(crate) announcement: RwSignal<String>,
    /// A message that goes away by itself.
    pub(crate) notice: RwSignal<Option<String>>,
    editor: StoredValue<Option<Editor>, LocalStorage>,
}

impl Session {
    pub(crate) fn new() -> Self {
        let text = RwSignal::new(Arc::from(example::TEXT));
        let analysis = Memo::new_with_compare(
            move |_| Arc::new(Analysis::new(text.get())),
            |old, new| old.zip(new).is_none_or(|(old, new)| old.text != new.text),
        );
        let meaning = Memo::new(move |_| {
            let analysis = analysis.get();
            Arc::new(abac_explain::explain(&analysis.text, &analysis.tree, Catalog::builtin()))
        });
        let requests = RwSignal::new(example::requests());
        let current = RwSignal::new(0);
        let trace = Memo::new(move |_| {
            let analysis = analysis.get();
            let request = requests.with(|all| all.get(current.get()).map(|one| one.1.clone()));
            let request = request.unwrap_or_else(|| AccessRequest::new(""));
            Arc::new(analysis.program.trace(&analysis.text, &analysis.tree, &request))
        });
        Self {
            name: RwSignal::new("ACR delegation".to_owned()),
            text,
            analysis,
            meaning,
            requests,
            current,
            trace,
            shown: RwSignal::new(match browser::recall("shown").as_deref() {
                Some("Blocks") => Shown::Blocks,
                Some("Text") => Shown::Text,
                _ => Shown::Both,
            }),
            side: RwSignal::new(Side::Meaning),
            condition_in_front: RwSignal::new(true),
            dialog: RwSignal::new(None),
            announcement: RwSignal::new(String::new()),
            notice: RwSignal::new(None),
            editor: StoredValue::new_local(None),
        }
    }

    /// Lets the session reach the text view.
    pub(crate) fn attach(self, editor: Editor) {
        self.editor.set_value(Some(editor));
    }

    /// Does something with the text view, once it is there.
    pub(crate) fn with_editor<T>(self, act: impl FnOnce(&Editor) -> T) -> Option<T> {
        self.editor.with_value(|editor| editor.as_ref().map(act))
    }

    /// Shows another document.
    pub(crate) fn open(self, name: &str, text: &str) {
        self.name.set(name.to_owned());
        self.text.set(Arc::from(text));
        self.with_editor(|editor| editor.open(text));
    }

    /// Changes how the condition is shown, and remembers it.
    pub(crate) fn show(self, shown: Shown) {
        let name = Shown::ALL.iter().find(|(one, _)| *one == shown).map_or("Both", |one| one.1);
        browser::remember("shown", name);
        self.shown.set(shown);
        self.condition_in_front.set(true);
    }

    /// Turns to a panel beside the condition.
    pub(crate) fn turn_to(self, side: Side) {
        self.side.set(side);
        self.condition_in_front.set(false);
    }

    /// Puts the text in another layout, as one step that can be undone.
    pub(crate) fn format(self, layout: abac_syntax::Layout) {
        let analysis = self.analysis.get_untracked();
        match abac_syntax::format(&analysis.text, &analysis.tree, layout) {
            Ok(text) => {
                self.with_editor(|editor| editor.replace_all(&analysis, &text));
            }
            Err(error) => self.notice.set(Some(error.to_string())),
        }
    }
}
